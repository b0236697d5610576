// SPDX-License-Identifier: Apache-2.0
#include <polku/json/decision_trace.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

feel::value cell_value(const dmn::failing_cell& cell) {
    return feel::value(feel::context{{"column", static_cast<std::int64_t>(cell.column)},
                                     {"input", cell.expression},
                                     {"value", cell.found},
                                     {"cell", cell.cell},
                                     {"verdict", cell.is_null ? feel::value() : feel::value(false)}});
}

feel::value near_rules_value(const std::vector<dmn::near_rule>& from) {
    std::vector<feel::value> rules;
    for (const dmn::near_rule& rule : from) {
        std::vector<feel::value> failing;
        for (const dmn::failing_cell& cell : rule.failing) failing.push_back(cell_value(cell));
        rules.emplace_back(feel::context{{"rule", static_cast<std::int64_t>(rule.index)},
                                         {"id", rule.id},
                                         {"failing", feel::value(std::move(failing))}});
    }
    return feel::value(std::move(rules));
}

feel::value matched_rules_value(const std::vector<dmn::rule_trace>& from) {
    std::vector<feel::value> rules;
    for (const dmn::rule_trace& rule : from) {
        feel::context annotations;
        for (const auto& [column, text] : rule.annotations) annotations.set(column, text);
        rules.emplace_back(feel::context{{"rule", static_cast<std::int64_t>(rule.index)},
                                         {"id", rule.id},
                                         {"annotations", feel::value(std::move(annotations))},
                                         {"output", rule.output}});
    }
    return feel::value(std::move(rules));
}

/// What is absent stands in few tables, so it has a key only where there is something to say.
feel::context table_entries(const dmn::table_trace& table) {
    feel::context inputs;
    for (const auto& [text, value] : table.inputs) inputs.set(text, value);
    feel::context made{{"table", table.id},
                       {"of", table.owner},
                       {"inputs", feel::value(std::move(inputs))},
                       {"matched", matched_rules_value(table.matched)},
                       {"default", table.used_default},
                       {"result", table.result}};
    if (!table.nearest.empty()) made.set("nearest", near_rules_value(table.nearest));
    if (!table.asked.empty()) made.set("asked", near_rules_value(table.asked));
    if (table.refused != 0) made.set("refused", static_cast<std::int64_t>(table.refused));
    return made;
}

feel::value nulls_value(const std::vector<dmn::null_cause>& from) {
    std::vector<feel::value> causes;
    for (const dmn::null_cause& each : from) {
        std::vector<feel::value> chain(each.chain.begin(), each.chain.end());
        causes.emplace_back(feel::context{{"path", each.path},
                                          {"chain", feel::value(std::move(chain))},
                                          {"origin", dmn::text_of(each.origin)},
                                          {"of", each.element},
                                          {"reason", feel::text_of(each.reason)}});
    }
    return feel::value(std::move(causes));
}

}  // namespace

feel::value trace_value(const dmn::trace& from) {
    std::vector<feel::value> steps;
    for (const dmn::trace_step& step : from.steps) {
        std::vector<feel::value> tables;
        for (const dmn::table_trace& table : step.tables) tables.emplace_back(table_entries(table));
        feel::context made{{"decision", step.name},
                           {"id", step.id},
                           {"value", step.value},
                           {"tables", feel::value(std::move(tables))}};
        if (!step.nulls.empty()) made.set("nulls", nulls_value(step.nulls));
        steps.emplace_back(std::move(made));
    }
    return feel::value(std::move(steps));
}

feel::value why_not_value(const dmn::why_not_report& from) {
    std::vector<feel::value> tables;
    for (const dmn::why_not_table& each : from.tables) {
        feel::context made = table_entries(each.table);
        made.set("decision", each.decision);
        tables.emplace_back(std::move(made));
    }
    return feel::value(feel::context{
        {"value", from.value}, {"tables", feel::value(std::move(tables))}, {"nulls", nulls_value(from.nulls)}});
}

}  // namespace polku::inline POLKU_V::json
