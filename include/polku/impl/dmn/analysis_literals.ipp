// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_LITERALS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_LITERALS_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

/// The operands of a test that can be outside: the constant, or the ends of a range.
POLKU_DECL std::vector<feel::value> operands_of(const feel::simple_test& test) {
    if (test.is == feel::simple_test::op::any || test.operand.is_null()) return {};
    if (!test.operand.is(feel::kind::range)) return {test.operand};
    std::vector<feel::value> made;
    for (const feel::value* each : {&test.operand.as_range().low, &test.operand.as_range().high})
        if (!each->is_null()) made.push_back(*each);
    return made;
}

POLKU_DECL std::string kinds_text(const table_axis& axis) {
    std::string made;
    for (std::size_t each = 0; each < lane_count; ++each) {
        if (!axis.lanes[each]) continue;
        constexpr std::string_view names[] = {"number",
                                              "string",
                                              "boolean",
                                              "date",
                                              "time",
                                              "time",
                                              "date and time",
                                              "date and time",
                                              "years and months duration",
                                              "days and time duration"};
        if (made != names[each]) made += (made.empty() ? "" : ", ") + std::string(names[each]);
    }
    return made;
}

POLKU_DECL void report_wrong_kind(table_study& of, const table_axis& axis, std::uint32_t column,
                                  const std::vector<std::uint32_t>& rules, const feel::value& literal) {
    finding made = finding_about(of, finding_kind::wrong_kind, severity::error, verdict::proved, rules);
    made.columns = {column + 1};
    made.positions.clear();
    for (std::size_t each = 0; each < rules.size() && each < 8; ++each)
        made.positions.push_back(place_of_cell(of, rules[each], column));
    made.message = "the literal " + literal_of(literal) + " is a " + std::string(feel::name_of(literal.kind())) +
                   ", but " + axis.text + " is a " + kinds_text(axis) + ", so the two are never equal or in order";
    report(of, std::move(made));
}

/// A value that a cell names although it is none of the declared ones. Where the cell accepts nothing else, the check
/// of rules that never match has spoken.
POLKU_DECL void report_outside(table_study& of, const table_axis& axis, std::uint32_t column,
                               const std::vector<std::uint32_t>& rules, const feel::value& literal) {
    if (of.table().cell(rules.front(), column).is_any()) return;
    for (const std::uint32_t rule : rules)
        if (axis.may_of[rule].none()) return;
    finding made = finding_about(of, finding_kind::outside_domain, severity::warning, verdict::proved, rules);
    made.columns = {column + 1};
    made.positions.clear();
    for (std::size_t each = 0; each < rules.size() && each < 8; ++each)
        made.positions.push_back(place_of_cell(of, rules[each], column));
    made.message = "the cell names " + literal_of(literal) + ", which is none of the values declared for " + axis.text;
    report(of, std::move(made));
}

POLKU_DECL void check_cell_literals(table_study& of, const table_axis& axis, std::uint32_t column,
                                    const std::vector<std::uint32_t>& rules) {
    const auto tests = of.table().cell(rules.front(), column).simple_tests();
    for (std::size_t each = 0; tests && each < tests->size(); ++each) {
        for (const feel::value& operand : operands_of((*tests)[each])) {
            lane in{};
            if (!lane_of(operand, in)) continue;
            const auto lane_at = static_cast<std::size_t>(in);
            if (!axis.lanes[lane_at]) {
                report_wrong_kind(of, axis, column, rules, operand);
                break;
            }
            if ((*tests)[each].is != feel::simple_test::op::equal || operand.is(feel::kind::range)) continue;
            const auto& points = axis.points[lane_at];
            const auto at = std::find(points.begin(), points.end(), operand);
            if (at == points.end()) continue;
            const auto& atom = axis.atoms[axis.atom_of_point[lane_at][static_cast<std::size_t>(at - points.begin())]];
            if (!atom.feasible) report_outside(of, axis, column, rules, operand);
        }
    }
}

/// Why a declared type or the declared output values refuse a constant output; empty when they take it. The constant is
/// already of its column's type: what that refuses is a null that says so.
POLKU_DECL std::string refusal_of(const table_study& of, std::uint32_t output, const feel::value& constant,
                                  feel::evaluation_context& with) {
    const compiled_table::output& column = of.table().outputs[output];
    const auto sentence = [](const std::string& what, const item_type& type, feel::null_reason why) {
        return "the declared type " + type.type.to_string() +
               (why == feel::null_reason::constraint_violated ? " with its allowed values" : "") + " of " + what +
               " refuses it, so the answer is null";
    };
    if (constant.is_null()) {
        const bool refused = constant.reason() == feel::null_reason::type_mismatch ||
                             constant.reason() == feel::null_reason::constraint_violated;
        return refused && column.type ? sentence("the output", *column.type, constant.reason()) : std::string();
    }
    const item_type_pointer& whole = of.node().type;
    const bool decides = whole && of.node().body && of.node().body->table() == of.place.table &&
                         of.table().outputs.size() == 1 && takes_one_rule(of.table().hit_policy);
    if (decides) {
        const feel::value made = conform(constant, *whole, with);
        if (made.is_null()) return sentence("'" + of.node().name + "'", *whole, made.reason());
    }
    if (column.values && !column.values.accepts(with, {}, constant).is_true())
        return "it is none of the declared output values " + std::string(column.values.text());
    return {};
}

/// The output as the file has it, else what is left of it.
POLKU_DECL std::string output_text(const table_study& of, std::uint32_t rule, std::uint32_t column) {
    if (of.written) return std::string(of.written->rules[rule].outputs[column].text.text);
    const feel::value* constant = of.table().constant(rule, column);
    return constant == nullptr || constant->is_null() ? std::string("of the rule") : literal_of(*constant);
}

POLKU_DECL void check_outputs(table_study& of, feel::evaluation_context& with) {
    for (std::uint32_t rule = 0; rule < of.table().rules.size(); ++rule) {
        for (std::uint32_t column = 0; column < of.table().outputs.size(); ++column) {
            const feel::value* constant = of.table().constant(rule, column);
            if (constant == nullptr || !of.spend(4)) continue;
            const std::string why = refusal_of(of, column, *constant, with);
            if (why.empty()) continue;
            const severity how = why.ends_with("null") ? severity::error : severity::warning;
            finding made = finding_about(of, finding_kind::output_refused, how, verdict::proved, {rule});
            made.columns = {column + 1};
            made.positions.front() = place_of_output(of, rule, column);
            made.message = "the output " + output_text(of, rule, column) + ": " + why;
            report(of, std::move(made));
        }
    }
}

POLKU_DECL void find_refused_literals(table_study& of, feel::evaluation_context& with) {
    for (const table_axis& axis : of.axes)
        for (const std::uint32_t column : axis.columns)
            for (const std::vector<std::uint32_t>& rules : cells_of(of, column))
                check_cell_literals(of, axis, column, rules);
    check_outputs(of, with);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
