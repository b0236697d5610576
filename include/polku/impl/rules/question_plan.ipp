// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_QUESTION_PLAN_IPP
#define POLKU_IMPL_RULES_QUESTION_PLAN_IPP

#include <polku/impl/rules/detail/question_plan.hpp>

#include <algorithm>
#include <limits>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL std::vector<std::uint32_t> question_plan::exact_inputs(std::span<const diagram> parts) const {
    std::vector<std::uint32_t> made;
    for (const diagram part : parts) {
        std::vector<bool> variables;
        std::vector<diagram> terminals;
        store_.look(part, variables, terminals);
        for (const diagram each : terminals)
            if (store_.is_opaque(each)) add_inputs(made, of_.term(each).inputs);
    }
    return made;
}

POLKU_DECL question_plan::state question_plan::start() {
    state made;
    for (const region_part& each : of_.parts()) made.parts.push_back(each.of);
    std::sort(made.parts.begin(), made.parts.end());
    // Inputs of several questions are remembered when they were asked.
    asked_set seen;
    const auto meet = [&](const std::vector<std::uint32_t>& inputs) {
        for (const std::uint32_t each : inputs) {
            if (seen.test(each)) shared_.set(each);
            seen.set(each);
        }
    };
    for (const std::uint32_t each : open_variables(made)) meet(of_.variables()[each].inputs);
    meet(exact_inputs(made.parts));
    return made;
}

POLKU_DECL std::vector<std::uint32_t> question_plan::open_variables(const state& of, std::size_t* nodes) const {
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    std::size_t seen = 0;
    for (const diagram each : of.parts) seen += store_.look(each, variables, terminals);
    if (nodes != nullptr) *nodes = seen;
    std::vector<std::uint32_t> made;
    for (std::uint32_t each = 0; each < variables.size(); ++each)
        if (variables[each]) made.push_back(each);
    return made;
}

POLKU_DECL double question_plan::cost_of(std::uint32_t variable, const asked_set& asked) const {
    double made = 0;
    for (const std::uint32_t each : of_.variables()[variable].inputs)
        if (!asked.test(each)) made += static_cast<double>(costs_[each]);
    return made;
}

/// What the exact values cost that are left when no part branches any more.
POLKU_DECL double question_plan::exact_cost(const state& of) const {
    double made = 0;
    for (const std::uint32_t each : exact_inputs(of.parts))
        if (!of.asked.test(each)) made += static_cast<double>(costs_[each]);
    return made;
}

POLKU_DECL question_plan::state question_plan::after(const state& from, std::uint32_t variable, std::uint32_t atom) {
    state made;
    made.asked = from.asked;
    for (const std::uint32_t each : of_.variables()[variable].inputs)
        if (shared_.test(each)) made.asked.set(each);
    for (const diagram each : from.parts) {
        const diagram part = store_.restricted(each, variable, atom);
        if (!store_.is_terminal(part) || store_.is_opaque(part)) made.parts.push_back(part);
    }
    std::sort(made.parts.begin(), made.parts.end());
    made.parts.erase(std::unique(made.parts.begin(), made.parts.end()), made.parts.end());
    if (made.parts.empty()) made.asked.reset();
    return made;
}

/// The lowest expected cost from a state on; none past the limit of work.
POLKU_DECL std::optional<double> question_plan::best(const state& of, std::uint32_t* first) {
    if (first == nullptr)
        if (const auto found = known_.find(of); found != known_.end()) return found->second;
    if (of.parts.empty()) return 0.0;
    std::size_t nodes = 0;
    const std::vector<std::uint32_t> open = open_variables(of, &nodes);
    if (open.empty()) return exact_cost(of);
    work_ += nodes * open.size();
    if (work_ > max_work_ || store_.exhausted()) return std::nullopt;
    double lowest = std::numeric_limits<double>::infinity();
    for (const std::uint32_t variable : open) {
        double cost = cost_of(variable, of.asked);
        const std::uint32_t atoms = store_.atoms(variable);
        for (std::uint32_t atom = 0; atom < atoms && cost < lowest; ++atom) {
            const std::optional<double> rest = best(after(of, variable, atom), nullptr);
            if (!rest) return std::nullopt;
            cost += *rest / static_cast<double>(atoms);
        }
        // Equal costs keep the earlier variable, so that answers do not change from run to run.
        if (cost >= lowest - 1e-9) continue;
        lowest = cost;
        if (first != nullptr) *first = variable;
    }
    known_.emplace(of, lowest);
    return lowest;
}

/// The cost of asking what the parts branch on in their own order: each question as often as the part that needs it
/// most.
POLKU_DECL double question_plan::estimate(const state& of, std::vector<double>* reached) const {
    std::vector<double> chance(store_.variables(), 0);
    double exact = 0;
    for (const diagram part : of.parts) {
        std::vector<std::unordered_map<diagram, double>> levels(store_.variables());
        std::vector<double> here(store_.variables(), 0);
        double open = 0;
        const auto add = [&](diagram to, double share) {
            if (!store_.is_terminal(to))
                levels[store_.variable(to)][to] += share;
            else if (store_.is_opaque(to))
                open += share;
        };
        add(part, 1);
        for (std::size_t level = 0; level < levels.size(); ++level) {
            for (const auto& node : levels[level]) {
                here[level] += node.second;
                const auto children = store_.children(node.first);
                for (const diagram each : children) add(each, node.second / static_cast<double>(children.size()));
            }
            chance[level] = std::max(chance[level], here[level]);
        }
        exact = std::max(exact, open);
    }
    double made = exact > 0 ? exact * exact_cost(of) : 0;
    for (std::uint32_t each = 0; each < chance.size(); ++each)
        if (chance[each] > 0) made += chance[each] * cost_of(each, of.asked);
    if (reached != nullptr) *reached = std::move(chance);
    return made;
}

POLKU_DECL question_plan::step question_plan::looked_ahead(const state& from) {
    constexpr std::size_t looked_at = 6;
    std::vector<double> reached;
    step made;
    made.expected = estimate(from, &reached);
    std::vector<std::uint32_t> open = open_variables(from);
    // The most needed for their price come first.
    std::stable_sort(open.begin(), open.end(), [&](std::uint32_t left, std::uint32_t right) {
        return reached[left] * cost_of(right, from.asked) > reached[right] * cost_of(left, from.asked);
    });
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at < open.size() && at < looked_at; ++at) {
        const std::uint32_t atoms = store_.atoms(open[at]);
        double cost = cost_of(open[at], from.asked);
        for (std::uint32_t atom = 0; atom < atoms; ++atom)
            cost += estimate(after(from, open[at], atom), nullptr) / static_cast<double>(atoms);
        if (cost >= lowest - 1e-9) continue;
        lowest = cost;
        made.variable = open[at];
    }
    made.expected = lowest;
    return made;
}

POLKU_DECL question_plan::step question_plan::first() {
    const state from = start();
    step made;
    const std::vector<std::uint32_t> open = open_variables(from);
    if (open.empty()) {
        made.expected = exact_cost(from);
        made.optimal = true;
        return made;
    }
    if (const auto lowest = best(from, &made.variable)) {
        made.expected = *lowest;
        made.optimal = true;
        return made;
    }
    return looked_ahead(from);
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
