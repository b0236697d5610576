// SPDX-License-Identifier: Apache-2.0
#include <polku/report/indicators.hpp>

#include "report/indicators_pack.hpp"
#include "report/money_pack.hpp"
#include "report/money_page.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/report/labels.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

using detail::figure_word;
using detail::page_table;
using detail::word_of;

class indicators_page {
public:
    indicators_page(const indicator_report& of, const detail::indicator_list& list, std::string_view language)
        : of_(of), list_(list), make_{language} {}

    std::vector<page_table> tables() const {
        std::vector<page_table> made = {counts("outputs", false), counts("results", true)};
        if (of_.rows > 0) made.push_back(state());
        if (!of_.gaps.empty()) made.push_back(gaps());
        if (!of_.findings.empty()) made.push_back(findings());
        return made;
    }

private:
    page_table table(std::string id, figure_word heading) const {
        return {std::move(id), word_of(heading, make_.language), {}, {}, false};
    }
    const detail::indicator_info* info(const std::string& code) const {
        const auto found = std::find_if(list_.indicators.begin(), list_.indicators.end(),
                                        [&](const detail::indicator_info& each) { return each.code == code; });
        return found == list_.indicators.end() ? nullptr : &*found;
    }
    page_table counts(std::string id, bool results) const {
        page_table made = table(std::move(id), results ? figure_word::esf_results : figure_word::esf_outputs);
        made.columns = {make_.column(figure_word::indicator, "code", false),
                        make_.column(figure_word::name, "name", false),
                        make_.column(figure_word::total, "total"),
                        make_.column(figure_word::women, "women"),
                        make_.column(figure_word::men, "men"),
                        make_.column(figure_word::non_binary, "non_binary")};
        for (const indicator_count& each : of_.counts) {
            const detail::indicator_info* const known = info(each.code);
            if (known == nullptr) continue;
            const bool is_result =
                known->kind == detail::indicator_kind::immediate || known->kind == detail::indicator_kind::long_term;
            if (is_result != results) continue;
            const bool people = known->kind != detail::indicator_kind::entity;
            const auto cell = [&](std::int64_t count) {
                return people ? make_.count(count) : detail::page_cell{"–", ""};
            };
            made.rows.push_back({make_.text(each.code), make_.text(detail::text_in(known->name, make_.language)),
                                 make_.count(each.total), cell(each.women), cell(each.men), cell(each.non_binary)});
        }
        return made;
    }
    page_table state() const {
        page_table made = table("state", figure_word::esf_state);
        made.columns = {make_.column(figure_word::note, "what", false),
                        make_.column(figure_word::participants, "count")};
        const auto row = [&](figure_word what, const std::string& plain, std::int64_t count) {
            made.rows.push_back({make_.text(what, plain), make_.count(count)});
        };
        row(figure_word::rows, "rows", of_.rows);
        row(figure_word::incomplete, "incomplete", of_.incomplete);
        row(figure_word::in_operation, "in_operation", of_.in_operation);
        row(figure_word::window_open, "window_open", of_.window_open);
        return made;
    }
    page_table gaps() const {
        page_table made = table("gaps", figure_word::esf_gaps);
        made.columns = {
            make_.column(figure_word::field, "field", false), make_.column(figure_word::participants, "participants"),
            make_.column(figure_word::where_from, "source", false), make_.column(figure_word::note, "how", false)};
        for (const indicator_gap& each : of_.gaps) {
            const auto known =
                std::find_if(list_.fields.begin(), list_.fields.end(),
                             [&](const detail::indicator_field& one) { return one.field == each.field; });
            const auto source = each.source == "case" ? figure_word::from_case : figure_word::from_asking;
            made.rows.push_back(
                {make_.text(each.field), make_.count(each.participants), make_.text(source, each.source),
                 make_.text(known == list_.fields.end() ? std::string()
                                                        : detail::text_in(known->how, make_.language))});
        }
        return made;
    }
    figure_word column_word(const std::string& column) const {
        if (column == "women") return figure_word::women;
        if (column == "men") return figure_word::men;
        return column == "non_binary" ? figure_word::non_binary : figure_word::total;
    }
    page_table findings() const {
        page_table made = table("findings", figure_word::esf_findings);
        made.columns = {make_.column(figure_word::check, "check", false),
                        make_.column(figure_word::column, "column", false), make_.column(figure_word::found, "found"),
                        make_.column(figure_word::expected, "expected")};
        for (const indicator_finding& each : of_.findings) {
            std::string sum;
            for (const std::string& code : each.parts) sum += (sum.empty() ? "" : " + ") + code;
            if (!each.whole.empty()) sum += (each.at_most ? " ≤ " : " = ") + each.whole;
            detail::page_cell expected = make_.count(each.expected);
            if (each.at_most) expected.shown = word_of(figure_word::at_most, make_.language) + " " + expected.shown;
            made.rows.push_back({make_.text(sum), make_.text(column_word(each.column), each.column),
                                 make_.count(each.found), std::move(expected)});
        }
        return made;
    }

    const indicator_report& of_;
    const detail::indicator_list& list_;
    detail::cell_maker make_;
};

}  // namespace

std::string write_indicators(const indicator_report& of, figures_form form, std::string_view language) {
    if (form == figures_form::json) return json::write(json::to_value(of)) + "\n";
    const auto list = detail::try_read_indicator_list();
    const auto pack = json::try_shipped_pack("esfplus");
    detail::figures_page page;
    page.language = std::string(language);
    page.title = word_of(figure_word::esf_title, language);
    if (of.as_of) page.lead.push_back(word_of(figure_word::as_of, language) + ": " + date_text(*of.as_of, language));
    page.lead.push_back(word_of(figure_word::esf_lead, language));
    if (of.findings.empty()) page.lead.push_back(word_of(figure_word::esf_no_findings, language));
    page.tables = indicators_page(of, list ? *list : detail::indicator_list(), language).tables();
    if (pack) {
        page.notice.push_back(detail::text_in(pack->says().notice, language));
        page.sources = rules::source_texts(pack->says(), pack->says().versions.back().sources);
    }
    if (form == figures_form::html) return detail::page_as_html(page);
    return form == figures_form::text ? detail::page_as_text(page) : detail::page_as_csv(page);
}

}  // namespace polku::inline POLKU_V::report
