// SPDX-License-Identifier: Apache-2.0
#include "report/pack_book_parts.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>
#include <map>
#include <variant>

namespace polku::inline POLKU_V::report::detail {

namespace {

std::string verdict_cell(const book& of, dmn::verdict what) {
    switch (what) {
        case dmn::verdict::proved: return of.word(book_word::proved);
        case dmn::verdict::counterexample: return "<strong>" + of.word(book_word::counterexample) + "</strong>";
        case dmn::verdict::unknown: return "<strong>" + of.word(book_word::unknown) + "</strong>";
    }
    return {};
}

std::string opaque_text(const dmn::table_verdicts& of) {
    std::string made;
    for (const dmn::cell_place& each : of.opaque)
        made += (made.empty() ? "" : ", ") + std::to_string(each.rule) + ":" + std::to_string(each.column);
    return made.empty() ? "–" : made;
}

void collect_tables(const dmn::boxed_expression& of, std::vector<const dmn::decision_table*>& into) {
    if (const auto* table = std::get_if<dmn::decision_table>(&of.is)) into.push_back(table);
    if (const auto* context = std::get_if<dmn::boxed_context>(&of.is))
        for (const dmn::context_entry& each : context->entries)
            if (each.value) collect_tables(*each.value, into);
}

/// The rules of a decision's tables, also of those in contexts.
std::vector<const dmn::decision_rule*> rules_of(const dmn::decision& of) {
    std::vector<const dmn::decision_table*> tables;
    if (of.logic) collect_tables(*of.logic, tables);
    std::vector<const dmn::decision_rule*> made;
    for (const dmn::decision_table* table : tables)
        for (const dmn::decision_rule& each : table->rules) made.push_back(&each);
    return made;
}

std::string in_english(const std::string& name) { return "<span lang=\"en\">" + escaped(name) + "</span>"; }

void write_findings(std::string& out, const book& of, const dmn::analysis_report& report) {
    out += tagged("h4", of.word(book_word::findings));
    if (report.findings.empty()) {
        out += tagged("p", of.word(book_word::no_findings));
        return;
    }
    out += "<ul lang=\"en\">\n";
    for (const dmn::finding& each : report.findings)
        out += tagged("li", "<code>" + escaped(dmn::name_of(each.is)) + "</code> " + escaped(each.decision) + ": " +
                                escaped(each.message));
    out += "</ul>\n";
}

/// Decisions without a table: what the proofs are not about.
void write_not_analysed(std::string& out, const book& of, const book_version& version) {
    std::string names;
    for (const dmn::decision& each : version.model.decisions) {
        const bool has_table =
            std::any_of(version.proofs.tables.begin(), version.proofs.tables.end(),
                        [&](const dmn::table_verdicts& table) { return table.decision == each.name; });
        if (!has_table) names += (names.empty() ? "" : ", ") + escaped(each.name);
    }
    if (names.empty()) return;
    out += tagged("h4", of.word(book_word::not_analysed));
    out += tagged("p", of.word(book_word::not_analysed_note) + " <span lang=\"en\">" + names + "</span>.");
}

void write_tests_by_rule(std::string& out, const book& of, const book_version& version) {
    std::string rows;
    for (const dmn::decision& decision : version.model.decisions) {
        for (const dmn::decision_rule* rule : rules_of(decision)) {
            const std::vector<std::size_t> matching = of.tests_of(version.says->id, rule->id);
            std::string names;
            for (const std::size_t each : matching)
                names += (names.empty() ? "" : " ") + std::string("<a href=\"#test-") + std::to_string(each + 1) +
                         "\">" + std::to_string(each + 1) + "</a>";
            rows += table_row({"<code>" + escaped(rule->id) + "</code>", in_english(decision.name),
                               std::to_string(matching.size()),
                               names.empty() ? of.word(book_word::no_test_matches) : names});
        }
    }
    if (rows.empty()) return;
    out += table_head("coverage", of.word(book_word::per_rule) + ": " + escaped(version.says->id),
                      {of.word(book_word::rule), of.word(book_word::decision), of.word(book_word::vectors_matching),
                       of.word(book_word::test)}) +
           rows + "</tbody></table></div>\n";
}

/// Rules of all tables, and how many of them some test matches.
std::pair<std::size_t, std::size_t> tested_rules(const book& of) {
    std::size_t all = 0;
    std::size_t tested = 0;
    for (const book_version& version : of.versions)
        for (const dmn::decision& decision : version.model.decisions) {
            for (const dmn::decision_rule* rule : rules_of(decision)) {
                all += 1;
                tested += of.tests_of(version.says->id, rule->id).empty() ? 0U : 1U;
            }
        }
    return {tested, all};
}

}  // namespace

void write_proofs(std::string& out, const book& of) {
    out += "<h2 id=\"proofs\">" + of.word(book_word::proofs) + "</h2>\n" +
           tagged("p", of.word(book_word::proofs_note)) + tagged("p", of.word(book_word::limits));
    for (const book_version& version : of.versions) {
        out += tagged("h3", escaped(version.says->id));
        out += table_head("proofs", of.word(book_word::proofs) + ": " + escaped(version.says->id),
                          {of.word(book_word::decision), of.word(book_word::hit_policy), of.word(book_word::rules),
                           of.word(book_word::complete), of.word(book_word::consistent), of.word(book_word::reachable),
                           of.word(book_word::opaque)});
        for (const dmn::table_verdicts& each : version.proofs.tables)
            out += table_row({in_english(each.decision), std::string(dmn::name_of(each.hit_policy)),
                              std::to_string(each.rules), verdict_cell(of, each.complete),
                              verdict_cell(of, each.consistent), verdict_cell(of, each.reachable), opaque_text(each)});
        out += "</tbody></table></div>\n";
        write_findings(out, of, version.proofs);
        write_not_analysed(out, of, version);
    }
}

void write_tests(std::string& out, const book& of) {
    out += "<h2 id=\"tests\">" + of.word(book_word::tests) + "</h2>\n";
    if (!of.with->vectors) {
        out += tagged("p", of.word(book_word::no_tests));
        return;
    }
    const auto agreeing =
        std::count_if(of.tests.begin(), of.tests.end(), [](const run_vector& each) { return each.agrees; });
    const auto tested = tested_rules(of);
    out += "<p>" + of.word(book_word::tests_agree) + ": " + std::to_string(agreeing) + " / " +
           std::to_string(of.tests.size()) + ".<br>" + of.word(book_word::rules_tested) + ": " +
           std::to_string(tested.first) + " / " + std::to_string(tested.second) + ".</p>\n";
    for (const book_version& each : of.versions) write_tests_by_rule(out, of, each);
    out += table_head("tests", of.word(book_word::all_tests),
                      {of.word(book_word::number), of.word(book_word::test), of.word(book_word::section),
                       of.word(book_word::decision), of.word(book_word::decided_on), of.word(book_word::version),
                       of.word(book_word::agrees)});
    for (std::size_t at = 0; at < of.tests.size(); ++at) {
        const run_vector& each = of.tests[at];
        const std::string number = std::to_string(at + 1);
        out += table_row({"<span id=\"test-" + number + "\">" + number + "</span>", in_english(each.says.name),
                          escaped(each.says.section), in_english(each.says.decision), of.day(each.says.decided),
                          each.version.empty() ? "–" : escaped(each.version),
                          each.agrees ? of.word(book_word::as_expected)
                                      : "<strong>" + of.word(book_word::not_expected) + "</strong>"});
    }
    out += "</tbody></table></div>\n";
}

}  // namespace polku::inline POLKU_V::report::detail
