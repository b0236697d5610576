// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_NEAREST_RULES_IPP
#define POLKU_IMPL_DMN_NEAREST_RULES_IPP

#include <polku/dmn/nearest_rules.hpp>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <unordered_map>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// What the cells of one column answer for its input, each distinct one evaluated once.
class column_verdicts {
public:
    column_verdicts(const compiled_table& table, std::size_t column, feel::evaluation_context& with,
                    std::span<const feel::value> slots, const feel::value& input)
        : table_(table), column_(column), with_(with), slots_(slots), input_(input) {}

    const feel::value& of(std::size_t rule) {
        const auto [at, added] = known_.try_emplace(table_.cell_place(rule, column_));
        if (added) at->second = table_.accepts(rule, column_, with_, slots_, input_);
        return at->second;
    }

private:
    const compiled_table& table_;
    std::size_t column_;
    feel::evaluation_context& with_;
    std::span<const feel::value> slots_;
    const feel::value& input_;
    std::unordered_map<std::uint32_t, feel::value> known_;
};

/// A context for questions beside the evaluation: the same time and zones, steps and faults of its own. It nests on top
/// of what the evaluation has nested already, hence a quarter of the depth.
POLKU_DECL feel::evaluation_context probe_of(const feel::evaluation_context& with, const trace& into) {
    feel::evaluation_context made =
        with.has_now() ? feel::evaluation_context(with.now(), with.zones()) : feel::evaluation_context();
    feel::limits bounds = with.bounds();
    bounds.depth = bounds.depth / 4 + 1;
    bounds.steps = std::min(bounds.steps, into.with.steps - std::min(into.spent, into.with.steps));
    made.set_limits(bounds);
    return made;
}

/// Adds the nearest rules, the rule asked for and the refused column to the record of a table.
POLKU_DECL void record_failures(const compiled_table& table, const feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<const feel::value> inputs, trace& into,
                                table_trace& made) {
    const bool unmatched = made.matched.empty() && into.with.nearest > 0;
    if (!unmatched && into.with.rule.empty()) return;
    feel::evaluation_context probe = probe_of(with, into);
    if (made.matched.empty() && !inputs.empty()) {
        const auto& last = table.inputs[inputs.size() - 1];
        if (last.values && !inputs.back().is_null() && !last.values.accepts(probe, slots, inputs.back()).is_true())
            made.refused = static_cast<std::uint32_t>(inputs.size());
    }
    if (made.refused == 0) {
        if (unmatched) made.nearest = nearest_rules(table, probe, slots, inputs, into.with.nearest);
        const std::uint32_t asked = find_rule(table, into.with.rule);
        if (asked < table.rules.size()) made.asked.push_back(failing_cells(table, probe, slots, inputs, asked));
        if (probe.faulted()) {
            made.nearest.clear();
            made.asked.clear();
        }
    }
    into.spent += probe.steps();
}

}  // namespace detail

POLKU_DECL near_rule failing_cells(const compiled_table& table, feel::evaluation_context& with,
                                   std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                   std::uint32_t rule) {
    near_rule made;
    made.index = rule + 1;
    made.id = table.rules.id(rule);
    for (std::size_t column = 0; column < inputs.size(); ++column) {
        const feel::value verdict = table.accepts(rule, column, with, slots, inputs[column]);
        if (verdict.is_true()) continue;
        failing_cell failing;
        failing.column = static_cast<std::uint32_t>(column + 1);
        failing.expression = table.inputs[column].expression.text();
        failing.found = inputs[column];
        failing.cell = table.cell_text(rule, column);
        failing.is_null = verdict.is_null();
        made.failing.push_back(std::move(failing));
    }
    return made;
}

POLKU_DECL std::vector<near_rule> nearest_rules(const compiled_table& table, feel::evaluation_context& with,
                                                std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                                std::size_t limit) {
    std::vector<std::uint32_t> failing(table.rules.size());
    for (std::size_t column = 0; column < inputs.size(); ++column) {
        if (!with.step(failing.size())) return {};
        detail::column_verdicts verdicts(table, column, with, slots, inputs[column]);
        for (std::size_t rule = 0; rule < failing.size(); ++rule)
            if (!verdicts.of(rule).is_true()) ++failing[rule];
    }
    std::vector<std::uint32_t> order(failing.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
    std::partial_sort(order.begin(), end, order.end(), [&](std::uint32_t left, std::uint32_t right) {
        return failing[left] != failing[right] ? failing[left] < failing[right] : left < right;
    });
    std::vector<near_rule> made;
    for (auto each = order.begin(); each != end; ++each)
        made.push_back(failing_cells(table, with, slots, inputs, *each));
    return made;
}

POLKU_DECL std::uint32_t find_rule(const compiled_table& table, std::string_view id_or_number) {
    const auto count = static_cast<std::uint32_t>(table.rules.size());
    for (std::uint32_t rule = 0; rule < count; ++rule)
        if (!id_or_number.empty() && table.rules.id(rule) == id_or_number) return rule;
    std::uint32_t number = 0;
    const char* const end = id_or_number.data() + id_or_number.size();
    const auto read = std::from_chars(id_or_number.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && number >= 1 && number <= count ? number - 1 : count;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
