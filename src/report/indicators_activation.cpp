// SPDX-License-Identifier: Apache-2.0
#include <polku/report/activation.hpp>

#include "report/money_input.hpp"
#include "report/money_pack.hpp"
#include "report/money_page.hpp"

#include <polku/json/rule_pack.hpp>

#include <set>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

using detail::figure_word;
using detail::word_of;

feel::value given(const std::optional<std::int64_t>& of) { return of ? feel::value(*of) : feel::value(); }

result<void> check_figures(const area_figures& of) {
    if (of.area.empty()) return detail::row_fault("area", "the area has no name; give one such as Lappi");
    const std::pair<std::string_view, std::int64_t> counts[] = {
        {"unemployed", of.unemployed},
        {"in_services", of.in_services},
        {"long_term_unemployed", of.long_term_unemployed.value_or(0)},
        {"repeatedly_unemployed", of.repeatedly_unemployed.value_or(0)},
        {"unemployed_after_services", of.unemployed_after_services.value_or(0)},
        {"from_service_to_service", of.from_service_to_service.value_or(0)}};
    constexpr std::int64_t most = 1'000'000'000;
    for (const auto& each : counts)
        if (each.second < 0 || each.second > most)
            return detail::row_fault(
                each.first, "found " + std::to_string(each.second) + " people, expected a count from 0 to 1000000000");
    if (of.from_service_to_service.value_or(0) > of.in_services)
        return detail::row_fault("from_service_to_service", std::to_string(*of.from_service_to_service) +
                                                                " people went from service to service, but only " +
                                                                std::to_string(of.in_services) +
                                                                " are in services; a part is not above its whole");
    const std::int64_t within = of.long_term_unemployed.value_or(0) + of.repeatedly_unemployed.value_or(0) +
                                of.unemployed_after_services.value_or(0);
    if (within > of.unemployed)
        return detail::row_fault("unemployed",
                                 "long-term, repeatedly and after services unemployed are " + std::to_string(within) +
                                     " people, but only " + std::to_string(of.unemployed) +
                                     " are unemployed; the groups are parts of the unemployed and exclude each other");
    return {};
}

}  // namespace

result<std::vector<area_figures>> try_read_area_figures(const rows_text& from) {
    return detail::try_read_rows<area_figures>(from, "areas", check_figures);
}

result<activation_report> try_activation(std::span<const area_figures> rows) {
    if (rows.empty()) return detail::no_rows({});
    POLKU_TRY(const rules::pack pack, json::try_shipped_pack("tyollisyysluvut"));
    const detail::pack_model model(pack, pack.says().versions.back());
    POLKU_TRY(
        detail::pack_decision figures,
        detail::pack_decision::try_make(model, "Figures",
                                        {"unemployed", "in services", "long term unemployed", "repeatedly unemployed",
                                         "unemployed after services", "from service to service"},
                                        pack.says().facts_read));
    activation_report made;
    made.sources = rules::source_texts(pack.says(), model.version().sources);
    std::set<std::pair<std::string, std::string>> seen;
    std::vector<error> faults;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const area_figures& row = rows[at];
        result<void> fits = check_figures(row);
        if (fits && !seen.insert({row.area, row.period}).second)
            fits = detail::row_fault("area", "the area stands twice for the period; leave one row out");
        if (!fits) {
            faults.push_back(detail::numbered_fault(std::move(fits).error(), at, row.area));
            continue;
        }
        POLKU_TRY(const feel::value answer,
                  figures.try_evaluate({feel::value(row.unemployed), feel::value(row.in_services),
                                        given(row.long_term_unemployed), given(row.repeatedly_unemployed),
                                        given(row.unemployed_after_services), given(row.from_service_to_service)}));
        area_rates rates{row, {}, {}};
        if (const feel::value& rate = detail::entry_of(answer, "activation"); !rate.is_null())
            rates.activation_rate = detail::rounded(rate.as_number(), 2);
        if (const feel::value& sum = detail::entry_of(answer, "structural"); !sum.is_null())
            rates.structural = sum.as_number().to_int64();
        made.areas.push_back(std::move(rates));
    }
    if (!faults.empty()) return detail::refused_rows(std::move(faults), rows.size(), {});
    return made;
}

std::string write_activation(const activation_report& of, figures_form form, std::string_view language) {
    if (form == figures_form::json) return json::write(json::to_value(of)) + "\n";
    const detail::cell_maker make{language};
    detail::page_table table{"areas", word_of(figure_word::activation_title, language), {}, {}, false};
    table.columns = {make.column(figure_word::area, "area", false),
                     make.column(figure_word::period, "period", false),
                     make.column(figure_word::unemployed, "unemployed"),
                     make.column(figure_word::in_services, "in_services"),
                     make.column(figure_word::activation_rate, "activation_rate"),
                     make.column(figure_word::structural, "structural")};
    for (const area_rates& each : of.areas)
        table.rows.push_back({make.text(each.figures.area), make.text(each.figures.period),
                              make.count(each.figures.unemployed), make.count(each.figures.in_services),
                              make.percent(each.activation_rate), make.count(each.structural)});
    detail::figures_page page;
    page.language = std::string(language);
    page.title = word_of(figure_word::activation_title, language);
    page.lead = {word_of(figure_word::activation_lead, language)};
    page.tables = {std::move(table)};
    if (const auto pack = json::try_shipped_pack("tyollisyysluvut"))
        page.notice.push_back(detail::text_in(pack->says().notice, language));
    page.sources = of.sources;
    if (form == figures_form::html) return detail::page_as_html(page);
    return form == figures_form::text ? detail::page_as_text(page) : detail::page_as_csv(page);
}

}  // namespace polku::inline POLKU_V::report
