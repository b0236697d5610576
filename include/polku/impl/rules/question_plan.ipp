// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_QUESTION_PLAN_IPP
#define POLKU_IMPL_RULES_QUESTION_PLAN_IPP

#include <polku/impl/rules/detail/question_plan.hpp>

#include <algorithm>
#include <limits>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL const question_plan::part_needs& question_plan::needs_of(diagram part) const {
    const auto [at, fresh] = needs_.try_emplace(part);
    part_needs& made = at->second;
    if (!fresh) return made;
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    made.nodes = store_.look(part, variables, terminals);
    for (std::uint32_t each = 0; each < variables.size(); ++each)
        if (variables[each]) made.variables.push_back(each);
    for (const diagram each : terminals)
        if (store_.is_opaque(each)) add_inputs(made.exact, of_.term(each).inputs);
    return made;
}

POLKU_DECL std::vector<std::uint32_t> question_plan::exact_inputs(std::span<const diagram> parts) const {
    std::vector<std::uint32_t> made;
    for (const diagram part : parts)
        if (const part_needs& needs = needs_of(part); !needs.exact.empty()) add_inputs(made, needs.exact);
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
    is_open_.assign(store_.variables(), false);
    std::size_t seen = 0;
    for (const diagram part : of.parts) {
        const part_needs& needs = needs_of(part);
        seen += needs.nodes;
        for (const std::uint32_t each : needs.variables) is_open_[each] = true;
    }
    if (nodes != nullptr) *nodes = seen;
    std::vector<std::uint32_t> made;
    for (std::uint32_t each = 0; each < is_open_.size(); ++each)
        if (is_open_[each]) made.push_back(each);
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
        const std::vector<std::uint32_t>& branches = needs_of(each).variables;
        const bool hangs = std::binary_search(branches.begin(), branches.end(), variable);
        const diagram part = hangs ? store_.restricted(each, variable, atom) : each;
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

POLKU_DECL void question_plan::add_below(diagram of) const {
    if (store_.is_terminal(of) || share_[store_.node_place(of)] >= 0) return;
    share_[store_.node_place(of)] = 0;
    for (const diagram each : store_.children(of)) add_below(each);
    below_.push_back(of);
}

POLKU_DECL const question_plan::part_reach& question_plan::reach_of(diagram part) const {
    const auto [at, fresh] = reach_.try_emplace(part);
    part_reach& made = at->second;
    if (!fresh) return made;
    share_.resize(std::max(share_.size(), store_.nodes()), -1);
    below_.clear();
    add_below(part);
    const auto add = [&](diagram to, double share) {
        if (!store_.is_terminal(to))
            share_[store_.node_place(to)] += share;
        else if (store_.is_opaque(to))
            made.exact += share;
    };
    add(part, 1);
    std::vector<double> by_variable(store_.variables(), 0);
    for (std::size_t each = below_.size(); each-- > 0;) {
        const diagram node = below_[each];
        double& share = share_[store_.node_place(node)];
        by_variable[store_.variable(node)] += share;
        const auto children = store_.children(node);
        for (const diagram to : children) add(to, share / static_cast<double>(children.size()));
        share = -1;
    }
    for (std::uint32_t each = 0; each < by_variable.size(); ++each)
        if (by_variable[each] > 0) made.variables.emplace_back(each, by_variable[each]);
    return made;
}

/// The cost of asking what the parts branch on in their own order: each question as often as the part that needs it
/// most.
POLKU_DECL double question_plan::estimate(const state& of, std::vector<double>* reached) const {
    std::vector<double> chance(store_.variables(), 0);
    double exact = 0;
    for (const diagram part : of.parts) {
        const part_reach& reach = reach_of(part);
        for (const auto& [variable, share] : reach.variables) chance[variable] = std::max(chance[variable], share);
        exact = std::max(exact, reach.exact);
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
    // What follows an answer may be small enough for the best order; all of that together is as much work again.
    max_work_ /= looked_at * 2;
    for (std::size_t at = 0; at < open.size() && at < looked_at; ++at) {
        const std::uint32_t atoms = store_.atoms(open[at]);
        double cost = cost_of(open[at], from.asked);
        for (std::uint32_t atom = 0; atom < atoms && cost < lowest; ++atom) {
            const state next = after(from, open[at], atom);
            work_ = 0;
            const std::optional<double> exact = best(next, nullptr);
            cost += (exact ? *exact : estimate(next, nullptr)) / static_cast<double>(atoms);
        }
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
