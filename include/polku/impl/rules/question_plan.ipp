// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_QUESTION_PLAN_IPP
#define POLKU_IMPL_RULES_QUESTION_PLAN_IPP

#include <polku/impl/rules/detail/question_plan.hpp>

#include <algorithm>
#include <bit>
#include <limits>

namespace polku::inline POLKU_V::rules::detail {

/// Atoms of a variable that lead to the same in every node so far stay in one group; `first` of each is its name.
inline void split_groups(std::vector<std::uint32_t>& groups, std::span<const diagram> children) {
    const std::vector<std::uint32_t> before = groups;
    for (std::uint32_t each = 0; each < groups.size(); ++each) {
        std::uint32_t same = each;
        for (std::uint32_t other = before[each]; other < each && same == each; ++other)
            if (before[other] == before[each] && children[other] == children[each]) same = other;
        groups[each] = same == each ? each : groups[same];
    }
}

POLKU_DECL const question_plan::part_needs& question_plan::needs_of(diagram part) const {
    const auto [at, fresh] = needs_.try_emplace(part);
    part_needs& made = at->second;
    if (!fresh) return made;
    if (store_.is_opaque(part)) add_inputs(made.exact, of_.term(part).inputs);
    find_below(part);
    made.nodes = below_.size();
    place_.assign(store_.variables(), diagrams::none);
    for (const diagram each : below_) place_[store_.variable(each)] = 0;
    for (std::uint32_t each = 0; each < place_.size(); ++each) {
        if (place_[each] == diagrams::none) continue;
        place_[each] = static_cast<std::uint32_t>(made.variables.size());
        made.variables.push_back(each);
        made.groups.emplace_back(store_.atoms(each), 0);
    }
    for (const diagram each : below_) {
        split_groups(made.groups[place_[store_.variable(each)]], store_.children(each));
        for (const diagram to : store_.children(each))
            if (store_.is_opaque(to)) add_inputs(made.exact, of_.term(to).inputs);
    }
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

/// Leaves out of what was asked that which no question that is left has.
POLKU_DECL void question_plan::keep_useful(state& of) const {
    if (of.asked.none()) return;
    asked_set useful;
    for (const diagram part : of.parts) {
        const part_needs& needs = needs_of(part);
        for (const std::uint32_t variable : needs.variables)
            for (const std::uint32_t each : of_.variables()[variable].inputs) useful.set(each);
        for (const std::uint32_t each : needs.exact) useful.set(each);
    }
    of.asked &= useful;
}

/// What is left when an answer is known; `asked` may have inputs that no question that is left has.
POLKU_DECL question_plan::state question_plan::left_of(const state& from, std::uint32_t variable, std::uint32_t atom) {
    state made;
    made.asked = from.asked;
    for (const std::uint32_t each : of_.variables()[variable].inputs)
        if (shared_.test(each)) made.asked.set(each);
    for (const diagram each : from.parts) {
        const part_needs& needs = needs_of(each);
        const bool hangs = std::binary_search(needs.variables.begin(), needs.variables.end(), variable);
        if (hangs) work_ += needs.nodes;
        const diagram part = hangs ? store_.restricted(each, variable, atom) : each;
        if (!store_.is_terminal(part) || store_.is_opaque(part)) made.parts.push_back(part);
    }
    std::sort(made.parts.begin(), made.parts.end());
    made.parts.erase(std::unique(made.parts.begin(), made.parts.end()), made.parts.end());
    return made;
}

POLKU_DECL question_plan::state question_plan::after(const state& from, std::uint32_t variable, std::uint32_t atom) {
    state made = left_of(from, variable, atom);
    keep_useful(made);
    return made;
}

/// The answers to a question that the parts tell apart, by one atom of each, with how probable they are.
POLKU_DECL std::vector<std::pair<std::uint32_t, double>> question_plan::answers_of(const state& of,
                                                                                   std::uint32_t variable) const {
    std::vector<std::uint32_t> groups(store_.atoms(variable), 0);
    for (const diagram part : of.parts) {
        const part_needs& needs = needs_of(part);
        const auto at = std::lower_bound(needs.variables.begin(), needs.variables.end(), variable);
        if (at == needs.variables.end() || *at != variable) continue;
        split_groups(groups, needs.groups[static_cast<std::size_t>(at - needs.variables.begin())]);
    }
    std::vector<std::pair<std::uint32_t, double>> made;
    std::vector<std::size_t> place(groups.size(), 0);
    for (std::uint32_t each = 0; each < groups.size(); ++each) {
        if (groups[each] == each) {
            place[each] = made.size();
            made.emplace_back(each, 0);
        }
        made[place[groups[each]]].second += chances_[variable][each];
    }
    return made;
}

/// Parts that share no question cost what they cost alone, in whatever order.
POLKU_DECL std::vector<question_plan::state> question_plan::independent(const state& of) const {
    std::vector<std::size_t> owner(store_.variables() + max_inputs, static_cast<std::size_t>(-1));
    std::vector<std::size_t> root(of.parts.size());
    const auto find = [&](std::size_t at) {
        while (root[at] != at) at = root[at] = root[root[at]];
        return at;
    };
    for (std::size_t each = 0; each < of.parts.size(); ++each) {
        root[each] = each;
        const auto meet = [&](std::size_t what) {
            if (owner[what] == static_cast<std::size_t>(-1))
                owner[what] = each;
            else
                root[std::max(find(each), find(owner[what]))] = std::min(find(each), find(owner[what]));
        };
        const part_needs& needs = needs_of(of.parts[each]);
        for (const std::uint32_t variable : needs.variables) {
            meet(max_inputs + variable);
            for (const std::uint32_t input : of_.variables()[variable].inputs)
                if (shared_.test(input) && !of.asked.test(input)) meet(input);
        }
        for (const std::uint32_t input : needs.exact)
            if (!of.asked.test(input)) meet(input);
    }
    std::vector<state> made;
    for (std::size_t each = 0; each < of.parts.size(); ++each) {
        if (find(each) != each) continue;
        state one;
        one.asked = of.asked;
        for (std::size_t other = each; other < of.parts.size(); ++other)
            if (find(other) == each) one.parts.push_back(of.parts[other]);
        keep_useful(one);
        made.push_back(std::move(one));
    }
    return made;
}

// ----------------------------------------------------------------------------------------------------------- search

constexpr double question_slack = 1e-9;

/// The lowest expected cost from a state on where it is less than `below`; else some bound of it that is not.
POLKU_DECL double question_plan::solve(const state& of, double below) {
    if (of.parts.empty()) return 0;
    if (const auto at = known_.find(of); at != known_.end() && (at->second.is_exact || at->second.low >= below))
        return at->second.low;
    if (of.parts.size() > 1) {
        const std::vector<state> apart = independent(of);
        if (apart.size() > 1) return solve_apart(apart, below);
    }
    return gave_up_ ? 0 : solve_one(of, below);
}

POLKU_DECL double question_plan::solve_apart(const std::vector<state>& parts, double below) {
    std::vector<double> lows;
    double all = 0;
    for (const state& each : parts) {
        lows.push_back(lower_bound(each));
        all += lows.back();
    }
    for (std::size_t each = 0; each < parts.size() && all < below && !gave_up_; ++each)
        all += solve(parts[each], below - (all - lows[each])) - lows[each];
    return all;
}

/// The questions that can come first in a best order, the most promising ones first.
POLKU_DECL std::vector<question_plan::candidate> question_plan::candidates(const state& of) {
    std::vector<candidate> made;
    const double all = needs_cost(of);
    for (const std::uint32_t variable : open_variables(of)) {
        candidate one{variable, 0, all};
        for (const std::uint32_t each : of_.variables()[variable].inputs) {
            if (of.asked.test(each)) continue;
            one.cost += static_cast<double>(costs_[each]);
            one.low += (1 - std::min(1.0, need_[each])) * static_cast<double>(costs_[each]);
        }
        // What costs nothing, or is asked in every order, can as well be asked at once.
        if (one.low <= all + question_slack) return {one};
        made.push_back(one);
    }
    std::stable_sort(made.begin(), made.end(),
                     [](const candidate& left, const candidate& right) { return left.low < right.low; });
    return made;
}

POLKU_DECL std::vector<question_plan::outlook> question_plan::outlooks(const state& of, std::uint32_t variable) {
    std::vector<outlook> made;
    for (const auto& [atom, chance] : answers_of(of, variable)) made.push_back({after(of, variable, atom), chance, 0});
    return made;
}

/// The lowest expected cost with a question asked first where it is less than `below`; else a bound that is not.
POLKU_DECL double question_plan::asked_first(const state& of, const candidate& question, double below) {
    double all = question.cost;
    std::vector<outlook> then = outlooks(of, question.variable);
    for (outlook& each : then) all += each.chance * (each.low = lower_bound(each.next));
    for (const outlook& each : then) {
        if (all >= below - question_slack || gave_up_) break;
        if (each.chance <= 0) continue;
        const double most = each.low + (below - all) / each.chance;
        all += each.chance * (std::max(each.low, solve(each.next, most)) - each.low);
    }
    return all;
}

POLKU_DECL double question_plan::solve_one(const state& of, double below) {
    const std::vector<candidate> asks = candidates(of);
    if (asks.empty()) return exact_cost(of);
    double lowest = below;
    std::uint32_t first = diagrams::none;
    for (const candidate& each : asks) {
        if (each.low >= lowest - question_slack) continue;
        const double cost = asked_first(of, each, lowest);
        gave_up_ = gave_up_ || work_ > max_work_ || store_.exhausted();
        if (gave_up_) return 0;
        if (cost >= lowest - question_slack) continue;
        lowest = cost;
        first = each.variable;
    }
    known_[of] = {lowest, first != diagrams::none, first};
    return lowest;
}

// ----------------------------------------------------------------------------------------------- bounds and estimates

/// How probable it is that two functions differ.
POLKU_DECL double question_plan::differs(diagram left, diagram right) {
    if (left == right) return 0;
    if (store_.is_terminal(left) && store_.is_terminal(right)) return 1;
    if (left > right) std::swap(left, right);
    const std::uint64_t key = (std::uint64_t{left} << 32U) | right;
    if (const auto at = differs_.find(key); at != differs_.end()) return at->second;
    // Nothing is a bound, too.
    if (work_ > max_work_) return 0;
    const std::uint32_t top = std::min(store_.variable(left), store_.variable(right));
    const auto child = [&](diagram of, std::uint32_t atom) {
        return store_.variable(of) == top ? store_.children(of)[atom] : of;
    };
    double made = 0;
    for (std::uint32_t atom = 0; atom < store_.atoms(top); ++atom)
        made += chances_[top][atom] * differs(child(left, atom), child(right, atom));
    work_ += store_.atoms(top);
    differs_.emplace(key, made);
    return made;
}

/// How probable it is that the answer to a node's question counts, at least.
POLKU_DECL double question_plan::least_need(diagram node) {
    if (const auto at = least_needs_.find(node); at != least_needs_.end()) return at->second;
    const std::span<const diagram> children = store_.children(node);
    double made = 0;
    for (std::size_t each = 1; each < children.size(); ++each) {
        if (children[each] != children[each - 1]) made = std::max(made, differs(children[each], children[each - 1]));
        if (children[each] != children[0]) made = std::max(made, differs(children[each], children[0]));
    }
    least_needs_.emplace(node, made);
    return made;
}

/// Visits each node of a part once, parents first: a child has a lower number than its parents.
template <typename Visit>
void question_plan::go_down(diagram part, Visit&& visit) const {
    if (store_.is_terminal(part)) return;
    met_.resize(std::max(met_.size(), store_.nodes() / 64 + 1), 0);
    std::size_t word = store_.node_place(part) / 64;
    met_[word] = std::uint64_t{1} << (store_.node_place(part) % 64);
    for (std::size_t open = 1; open > 0; --word) {
        while (met_[word] != 0) {
            const auto bit = static_cast<std::size_t>(std::bit_width(met_[word])) - 1;
            met_[word] ^= std::uint64_t{1} << bit;
            --open;
            const diagram node = store_.node_at(word * 64 + bit);
            visit(node);
            for (const diagram each : store_.children(node)) {
                if (store_.is_terminal(each)) continue;
                const std::size_t place = store_.node_place(each);
                const std::uint64_t before = met_[place / 64];
                met_[place / 64] = before | (std::uint64_t{1} << (place % 64));
                open += met_[place / 64] != before ? 1 : 0;
            }
        }
    }
}

/// The nodes of a part, parents first.
POLKU_DECL void question_plan::find_below(diagram part) const {
    below_.clear();
    go_down(part, [&](diagram node) { below_.push_back(node); });
}

/// `counts` by node of `below_`: how much of reaching it counts; none: all of it.
POLKU_DECL question_plan::part_reach question_plan::reach_of(diagram part, std::span<const double> counts) const {
    part_reach made;
    const auto end = [&](diagram to, double share) {
        if (!store_.is_opaque(to)) return;
        made.exact += share;
        for (const std::uint32_t each : of_.term(to).inputs) made.exactly.emplace_back(each, share);
    };
    if (store_.is_terminal(part)) {
        end(part, 1);
        return made;
    }
    share_.resize(std::max(share_.size(), store_.nodes()), 0);
    share_[store_.node_place(part)] = 1;
    by_variable_.assign(store_.variables(), -1);
    std::size_t at = 0;
    std::size_t met = 0;
    go_down(part, [&](diagram node) {
        const double share = std::exchange(share_[store_.node_place(node)], 0);
        const std::uint32_t variable = store_.variable(node);
        double& all = by_variable_[variable];
        met += all < 0 ? 1 : 0;
        all = std::max(all, 0.0) + share * (counts.empty() ? 1 : counts[at++]);
        const double* chance = chances_[variable].data();
        for (const diagram to : store_.children(node)) {
            if (store_.is_terminal(to))
                end(to, share * *chance++);
            else
                share_[store_.node_place(to)] += share * *chance++;
        }
    });
    made.variables.reserve(met);
    for (std::uint32_t each = 0; each < by_variable_.size(); ++each)
        if (by_variable_[each] >= 0) made.variables.emplace_back(each, by_variable_[each]);
    return made;
}

POLKU_DECL const question_plan::part_reach& question_plan::read_of(diagram part) const {
    const auto [at, fresh] = read_.try_emplace(part);
    if (fresh) at->second = reach_of(part, {});
    return at->second;
}

POLKU_DECL const question_plan::part_reach& question_plan::needed_of(diagram part) {
    const auto [at, fresh] = needed_.try_emplace(part);
    if (fresh) {
        find_below(part);
        std::vector<double> counts;
        for (const diagram each : below_) counts.push_back(least_need(each));
        at->second = reach_of(part, counts);
        work_ += below_.size();
    }
    return at->second;
}

/// What the inputs cost, each as often as it is asked in every order; `need_` has that for each.
POLKU_DECL double question_plan::needs_cost(const state& of) {
    need_.assign(costs_.size(), 0);
    for (const diagram part : of.parts) {
        const part_reach& reach = needed_of(part);
        for (const auto& [variable, share] : reach.variables)
            for (const std::uint32_t input : of_.variables()[variable].inputs)
                need_[input] = std::max(need_[input], share);
        if (reach.exactly.empty()) continue;
        exact_need_.assign(costs_.size(), 0);
        for (const auto& [input, share] : reach.exactly) exact_need_[input] += share;
        for (const auto& [input, share] : reach.exactly) need_[input] = std::max(need_[input], exact_need_[input]);
    }
    double made = 0;
    for (std::size_t each = 0; each < need_.size(); ++each)
        if (need_[each] > 0 && !of.asked.test(each)) made += need_[each] * static_cast<double>(costs_[each]);
    return made;
}

/// Whatever the order, a question is asked where its answer counts, and one of them comes first.
POLKU_DECL double question_plan::lower_bound(const state& of) {
    if (of.parts.empty()) return 0;
    if (const auto at = known_.find(of); at != known_.end()) return at->second.low;
    const std::vector<candidate> asks = candidates(of);
    const double made = asks.empty() ? exact_cost(of) : asks.front().low;
    known_[of] = {made, asks.empty(), diagrams::none};
    return made;
}

/// The cost of asking what the parts branch on in their own order: each question as often as the part that needs it
/// most.
POLKU_DECL double question_plan::estimate(const state& of, std::vector<double>* reached) const {
    std::vector<double> chance(store_.variables(), 0);
    double exact = 0;
    double exactly = 0;  // what the exact values cost that are left
    asked_set seen = of.asked;
    for (const diagram part : of.parts) {
        const part_reach& reach = read_of(part);
        for (const auto& [variable, share] : reach.variables) chance[variable] = std::max(chance[variable], share);
        exact = std::max(exact, reach.exact);
        for (const auto& [input, share] : reach.exactly) {
            if (!seen.test(input)) exactly += static_cast<double>(costs_[input]);
            seen.set(input);
        }
    }
    double made = exact * exactly;
    for (std::uint32_t each = 0; each < chance.size(); ++each)
        if (chance[each] > 0) made += chance[each] * cost_of(each, of.asked);
    if (reached != nullptr) *reached = std::move(chance);
    return made;
}

/// The expected cost of always asking what is needed most for its price.
POLKU_DECL double question_plan::greedy(const state& of) {
    if (of.parts.empty() || gave_up_) return 0;
    if (const auto at = known_.find(of); at != known_.end() && at->second.is_exact) return at->second.low;
    if (const auto at = greedy_.find(of); at != greedy_.end()) return at->second;
    double made = 0;
    if (const std::vector<state> apart = independent(of); apart.size() > 1) {
        for (const state& each : apart) made += greedy(each);
        return made;
    }
    const std::vector<candidate> asks = candidates(of);
    if (asks.empty()) return exact_cost(of);
    made = asks.front().cost;
    for (const outlook& each : outlooks(of, asks.front().variable)) made += each.chance * greedy(each.next);
    gave_up_ = gave_up_ || work_ > max_work_ || store_.exhausted();
    greedy_.emplace(of, made);
    return made;
}

/// Looks for the question after which the greedy order is cheapest; false past the limit of work.
POLKU_DECL bool question_plan::rolled_out(const state& from, step& into) {
    work_ = 0;
    gave_up_ = false;
    double lowest = std::numeric_limits<double>::infinity();
    for (const candidate& each : candidates(from)) {
        if (each.low >= lowest - question_slack) continue;
        double cost = each.cost;
        for (const outlook& then : outlooks(from, each.variable)) cost += then.chance * greedy(then.next);
        // An order that was cut short has no cost.
        if (gave_up_) break;
        if (cost >= lowest - question_slack) continue;
        lowest = cost;
        into = {each.variable, cost, false};
    }
    return into.variable != diagrams::none;
}

/// A bound below what `estimate` says of the states that the answers to a question lead to, on the average: a part is
/// read as often as before in what comes after the question, and where it does not ask it.
POLKU_DECL double question_plan::least_estimate(const state& from, std::uint32_t variable) const {
    asked_set asked = from.asked;
    for (const std::uint32_t each : of_.variables()[variable].inputs)
        if (shared_.test(each)) asked.set(each);
    std::vector<double> chance(store_.variables(), 0);
    for (const diagram part : from.parts) {
        const std::vector<std::uint32_t>& asks = needs_of(part).variables;
        const bool hangs = std::binary_search(asks.begin(), asks.end(), variable);
        for (const auto& [other, share] : read_of(part).variables)
            if (!hangs || other > variable) chance[other] = std::max(chance[other], share);
    }
    double made = 0;
    for (std::uint32_t each = 0; each < chance.size(); ++each)
        if (chance[each] > 0) made += chance[each] * cost_of(each, asked);
    return made;
}

POLKU_DECL question_plan::step question_plan::looked_ahead(const state& from) {
    constexpr std::size_t looked_at = 6;
    work_ = 0;
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
        double cost = cost_of(open[at], from.asked);
        if (cost + least_estimate(from, open[at]) >= lowest - question_slack) continue;
        for (const auto& [atom, chance] : answers_of(from, open[at])) {
            if (cost >= lowest - question_slack) break;  // it only grows
            cost += chance * estimate(left_of(from, open[at], atom), nullptr);
        }
        if (cost >= lowest - question_slack) continue;
        lowest = cost;
        made.variable = open[at];
    }
    made.expected = lowest;
    return made;
}

POLKU_DECL question_plan::step question_plan::first() {
    const state from = start();
    step made;
    std::size_t nodes = 0;
    const std::vector<std::uint32_t> open = open_variables(from, &nodes);
    if (open.empty()) {
        made.expected = exact_cost(from);
        made.optimal = true;
        return made;
    }
    if (nodes * open.size() > max_work_) return looked_ahead(from);
    const double lowest = solve(from, std::numeric_limits<double>::infinity());
    if (gave_up_) return rolled_out(from, made) ? made : looked_ahead(from);
    made.expected = lowest;
    made.optimal = true;
    for (const state& each : independent(from))
        if (const auto at = known_.find(each); at != known_.end() && made.variable == diagrams::none)
            made.variable = at->second.first;
    return made;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
