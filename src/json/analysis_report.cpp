// SPDX-License-Identifier: Apache-2.0
#include <polku/json/analysis_report.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

feel::value count_value(std::size_t of) { return {static_cast<std::int64_t>(of)}; }

feel::value place_value(const position& at) {
    feel::context out;
    if (!at.source.empty()) out.set("source", at.source);
    if (!at.element.empty()) out.set("element", at.element);
    if (!at.pointer.empty()) out.set("pointer", at.pointer);
    if (at.line != 0) out.set("line", count_value(at.line));
    if (at.column != 0) out.set("column", count_value(at.column));
    return feel::value(std::move(out));
}

feel::value numbers_value(const std::vector<std::uint32_t>& of) {
    std::vector<feel::value> out;
    for (const std::uint32_t each : of) out.push_back(count_value(each));
    return feel::value(std::move(out));
}

feel::value cells_value(const std::vector<dmn::cell_place>& of) {
    std::vector<feel::value> out;
    for (const dmn::cell_place& each : of)
        out.emplace_back(feel::context{{"rule", count_value(each.rule)}, {"input", count_value(each.column)}});
    return feel::value(std::move(out));
}

std::string_view severity_text(severity of) noexcept {
    return of == severity::error ? "error" : of == severity::warning ? "warning" : "note";
}

}  // namespace

feel::value finding_value(const dmn::finding& of) {
    feel::context out{{"finding", name_of(of.is)},   {"severity", severity_text(of.severity)},
                      {"verdict", name_of(of.says)}, {"message", of.message},
                      {"decision", of.decision},     {"table", of.table}};
    std::vector<feel::value> positions;
    for (const position& each : of.positions) positions.push_back(place_value(each));
    out.set("positions", feel::value(std::move(positions)));
    if (!of.rules.empty()) {
        out.set("rules", numbers_value(of.rules));
        out.set("rule_ids", feel::value(std::vector<feel::value>(of.rule_ids.begin(), of.rule_ids.end())));
    }
    if (!of.columns.empty())
        out.set(of.is == dmn::finding_kind::output_refused ? "outputs" : "inputs", numbers_value(of.columns));
    std::vector<feel::value> at;
    for (const auto& each : of.at) at.emplace_back(feel::context{{"expression", each.first}, {"value", each.second}});
    if (!at.empty()) out.set("at", feel::value(std::move(at)));
    std::vector<feel::value> region;
    for (const auto& each : of.region)
        region.emplace_back(feel::context{{"expression", each.first}, {"tests", each.second}});
    if (!region.empty()) out.set("region", feel::value(std::move(region)));
    if (of.input) out.set("input", feel::value(*of.input));
    if (!of.opaque.empty()) out.set("opaque", cells_value(of.opaque));
    return feel::value(std::move(out));
}

feel::value verdicts_value(const dmn::table_verdicts& of) {
    feel::context out{{"decision", of.decision},
                      {"table", of.table},
                      {"hit_policy", name_of(of.hit_policy)},
                      {"rules", count_value(of.rules)},
                      {"columns", count_value(of.columns)},
                      {"complete", name_of(of.complete)},
                      {"consistent", name_of(of.consistent)},
                      {"reachable", name_of(of.reachable)},
                      {"position", place_value(of.at)}};
    if (of.out_of_work) out.set("out_of_work", true);
    if (!of.opaque.empty()) out.set("opaque", cells_value(of.opaque));
    return feel::value(std::move(out));
}

feel::value analysis_value(const dmn::analysis_report& of) {
    std::vector<feel::value> tables;
    for (const dmn::table_verdicts& each : of.tables) tables.push_back(verdicts_value(each));
    std::vector<feel::value> findings;
    for (const dmn::finding& each : of.findings) findings.push_back(finding_value(each));
    return feel::value(feel::context{{"verdict", name_of(of.overall())},
                                     {"tables", feel::value(std::move(tables))},
                                     {"findings", feel::value(std::move(findings))}});
}

result<dmn::analysis_options> try_analysis_options(const feel::value& document) {
    if (!document.is(feel::kind::context))
        return error(error_code::json_wrong_type, "found " + std::string(feel::name_of(document.kind())) +
                                                      "; the options of an analysis are one JSON object");
    dmn::analysis_options made;
    for (const feel::context::entry& each : document.as_context()) {
        const position at{.source = {}, .element = {}, .pointer = pointer_step(each.name), .line = 0, .column = 0};
        if (each.name == "nulls" || each.name == "advice") {
            if (!each.value.is(feel::kind::boolean))
                return error(error_code::json_wrong_type, "'" + each.name + "' is true or false", at);
            (each.name == "nulls" ? made.nulls : made.advice) = each.value.as_boolean();
            continue;
        }
        const bool known = each.name == "max_work" || each.name == "max_findings" || each.name == "max_replays";
        if (!known)
            return error(error_code::json_unknown_member,
                         "'" + each.name +
                             "' is no option of an analysis; it has nulls, advice, max_work, max_findings, max_replays",
                         at);
        const auto number = each.value.is(feel::kind::number) ? each.value.as_number().to_int64() : std::nullopt;
        if (!number || *number < 0)
            return error(error_code::json_wrong_type, "'" + each.name + "' is a whole number from 0", at);
        if (each.name == "max_work") made.max_work = static_cast<std::uint64_t>(*number);
        if (each.name == "max_findings") made.max_findings = static_cast<std::size_t>(*number);
        if (each.name == "max_replays") made.max_replays = static_cast<std::size_t>(*number);
    }
    return made;
}

}  // namespace polku::inline POLKU_V::json
