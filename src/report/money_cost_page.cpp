// SPDX-License-Identifier: Apache-2.0
#include <polku/report/municipal_cost.hpp>

#include "report/charts.hpp"
#include "report/money_pack.hpp"
#include "report/money_page.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>
#include <polku/rules/municipality.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

using detail::cell_maker;
using detail::figure_word;
using detail::page_cell;
using detail::page_table;
using detail::word_of;

page_cell municipality_cell(const std::string& code, std::string_view language) {
    if (code.empty()) return {word_of(figure_word::total, language), ""};
    const rules::municipality* const known = rules::find_municipality(code);
    if (known == nullptr) return {code, code};
    return {std::string(language == "sv" ? known->name_sv : known->name_fi), code};
}

page_table municipality_table(const cost_report& of, const cell_maker& make) {
    page_table made{"municipalities", word_of(figure_word::cost_by_municipality, make.language), {}, {}, true};
    made.columns = {make.column(figure_word::municipality, "municipality", false),
                    make.column(figure_word::people, "people"),
                    make.column(figure_word::resolved, "resolved"),
                    make.column(figure_word::days_without, "days_without"),
                    make.column(figure_word::days_with, "days_with"),
                    make.column(figure_word::without_resolution, "euros_without"),
                    make.column(figure_word::with_resolution, "euros_with"),
                    make.column(figure_word::difference, "euros_difference")};
    const auto row = [&](const municipality_cost& each) {
        made.rows.push_back({municipality_cell(each.municipality, make.language), make.count(each.people),
                             make.count(each.resolved), make.count(each.without_resolution.days),
                             make.count(each.with_resolution.days), make.money(each.without_resolution.amount),
                             make.money(each.with_resolution.amount), make.money(each.difference)});
    };
    for (const municipality_cost& each : of.municipalities) row(each);
    row(of.total);
    return made;
}

page_table step_table(const unemployment_cost& of, bool with, const cell_maker& make) {
    page_table made{with ? "steps_with" : "steps",
                    word_of(with ? figure_word::cost_by_step_with : figure_word::cost_by_step, make.language),
                    {},
                    {},
                    true};
    made.columns = {make.column(figure_word::ladder, "ladder", false), make.column(figure_word::step, "percent"),
                    make.column(figure_word::days, with ? "days_with" : "days_without"),
                    make.column(figure_word::amount, with ? "euros_with" : "euros_without")};
    for (const cost_step& each : of.steps)
        made.rows.push_back(
            {make.text(each.ladder), make.percent(each.percent, 0), make.count(each.days), make.money(each.amount)});
    made.rows.push_back({make.text(figure_word::total, ""), {"", ""}, make.count(of.days), make.money(of.amount)});
    return made;
}

page_table month_table(const cost_report& of, const cell_maker& make) {
    page_table made{"months", word_of(figure_word::cost_by_month, make.language), {}, {}, false};
    made.columns = {make.column(figure_word::month, "month", false),
                    make.column(figure_word::without_resolution, "euros_without"),
                    make.column(figure_word::with_resolution, "euros_with")};
    for (const month_cost& each : of.months)
        made.rows.push_back(
            {make.text(each.month), make.money(each.without_resolution), make.money(each.with_resolution)});
    return made;
}

page_table people_table(const cost_report& of, const cell_maker& make) {
    page_table made{"people", word_of(figure_word::cost_by_person, make.language), {}, {}, false};
    made.columns = {make.column(figure_word::person, "id", false),
                    make.column(figure_word::municipality, "municipality", false),
                    make.column(figure_word::days_without, "days_without"),
                    make.column(figure_word::days_with, "days_with"),
                    make.column(figure_word::without_resolution, "euros_without"),
                    make.column(figure_word::with_resolution, "euros_with"),
                    make.column(figure_word::difference, "euros_difference")};
    for (const person_cost& each : of.people)
        made.rows.push_back({make.text(each.id), municipality_cell(each.municipality, make.language),
                             make.count(each.without_resolution.days), make.count(each.with_resolution.days),
                             make.money(each.without_resolution.amount), make.money(each.with_resolution.amount),
                             make.money(each.difference)});
    return made;
}

/// Two bars for each month; with many months the bars grow thin and only some months are named.
std::string cost_chart(const cost_report& of, std::string_view language) {
    constexpr int left = 92;
    constexpr int width = 900;
    constexpr int top = 40;
    constexpr int height = 240;
    feel::number most(1);
    for (const month_cost& each : of.months) most = std::max(most, each.without_resolution);
    const feel::number axis = axis_top(most);
    constexpr int right = 32;  // for the name of the last month
    drawing made(left + width + right, top + height + 34, word_of(figure_word::cost_chart, language));
    made.box(left, 6, 12, 12, "without").text(left + 18, 16, word_of(figure_word::without_resolution, language), "");
    made.box(left + 180, 6, 12, 12, "with").text(left + 198, 16, word_of(figure_word::with_resolution, language), "");
    made.text(left + width, 16, word_of(figure_word::euros_axis, language), "small", "end");
    constexpr int lines = 4;
    for (int each = 0; each <= lines; ++each) {
        const int y = top + height - height * each / lines;
        const auto part = feel::divide(feel::multiply(axis, feel::number(each)).value_or(axis), feel::number(lines));
        const std::int32_t decimals = axis < feel::number(lines) ? 2 : 0;
        made.line(left, y, left + width, y, "grid");
        made.text(left - 8, y + 4, money_text(part.value_or(axis), language, decimals), "small", "end");
    }
    const int months = static_cast<int>(of.months.size());
    const int every = std::max(1, (months * 58 + width - 1) / width);
    for (int at = 0; at < months; ++at) {
        const month_cost& month = of.months[static_cast<std::size_t>(at)];
        const int x = left + width * at / months;
        const int room = std::max(2, std::min(64, width / months));
        const int bar = std::max(1, room * 2 / 5);
        const auto draw = [&](const feel::number& amount, int from, std::string_view look, figure_word what) {
            const int tall = pixels_of(amount, axis, height);
            const std::string tip = month.month + ", " + word_of(what, language) + ": " + money_text(amount, language);
            if (tall > 0) made.box(from, top + height - tall, bar, tall, look, tip);
        };
        draw(month.without_resolution, x + 2, "without", figure_word::without_resolution);
        draw(month.with_resolution, x + 2 + bar, "with", figure_word::with_resolution);
        if (at % every == 0) made.text(x + 2, top + height + 16, month.month, "small");
    }
    return std::move(made).finish();
}

feel::value json_of(const cost_report& of, bool people) {
    feel::value whole = json::to_value(of);
    if (people) return whole;
    feel::context made;
    for (const auto& each : whole.as_context())
        if (each.name != "people") made.append(each.name, each.value);
    return feel::value(std::move(made));
}

}  // namespace

std::string write_municipal_cost(const cost_report& of, const cost_page_options& how) {
    if (how.form == figures_form::json) return json::write(json_of(of, how.people)) + "\n";
    const cell_maker make{how.language};
    detail::figures_page page;
    page.language = how.language;
    page.title = word_of(figure_word::cost_title, how.language);
    page.lead = {word_of(figure_word::cost_lead, how.language), word_of(figure_word::cost_rounding, how.language)};
    page.chart_heading = word_of(figure_word::cost_chart, how.language);
    page.chart = cost_chart(of, how.language);
    page.tables = {municipality_table(of, make), step_table(of.total.without_resolution, false, make),
                   step_table(of.total.with_resolution, true, make), month_table(of, make)};
    if (how.people) page.tables.push_back(people_table(of, make));
    if (const auto pack = json::try_shipped_pack("kuntarahoitus")) {
        page.notice.push_back(detail::text_in(pack->says().notice, how.language));
        for (const rules::pack_version& each : pack->says().versions)
            page.sources.push_back(detail::source_line(*pack, each, how.language));
    }
    if (how.form == figures_form::html) return detail::page_as_html(page);
    if (how.form == figures_form::text) return detail::page_as_text(page);
    for (page_table& each : page.tables)
        if (each.id == how.table) std::swap(each, page.tables.front());
    return detail::page_as_csv(page);
}

}  // namespace polku::inline POLKU_V::report
