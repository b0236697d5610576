// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_RULES_IPP
#define POLKU_IMPL_DMN_ANALYSIS_RULES_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

/// Rank of a rule's outputs under PRIORITY; empty when an output is no constant.
POLKU_DECL std::optional<std::vector<std::size_t>> priority_of(const table_study& of, std::uint32_t rule) {
    std::vector<std::size_t> made;
    for (std::size_t column = 0; column < of.table().outputs.size(); ++column) {
        const auto& constant = of.constants[rule][column];
        if (!constant) return std::nullopt;
        const auto& ranks = of.table().outputs[column].priorities;
        const auto at =
            std::find_if(ranks.begin(), ranks.end(), [&](const feel::value& each) { return each == *constant; });
        made.push_back(static_cast<std::size_t>(at - ranks.begin()));
    }
    return made;
}

POLKU_DECL std::optional<index_set> rules_ahead(const table_study& of, std::uint32_t rule) {
    const auto rules = static_cast<std::uint32_t>(of.table().rules.size());
    index_set made(rules);
    if (of.table().hit_policy == hit_policy::first)
        for (std::uint32_t each = 0; each < rule; ++each) made.set(each);
    if (of.table().hit_policy != hit_policy::priority) return made;
    const auto own = priority_of(of, rule);
    for (std::uint32_t each = 0; own && each < rules; ++each) {
        const auto rank = priority_of(of, each);
        if (rank && (*rank < *own || (*rank == *own && each < rule))) made.set(each);
    }
    return own ? std::optional<index_set>(made) : std::nullopt;
}

/// The rule that would have to win did not: rules ahead of it matched too.
class passed_over_test final : public replay_test {
public:
    passed_over_test(std::uint32_t rule, hit_policy policy) : rule_(rule + 1), policy_(policy) {}
    bool shown_by(const table_trace& in) const override {
        if (in.matched.empty()) return false;
        if (policy_ == hit_policy::first) return in.matched.front().index < rule_;
        return std::any_of(in.matched.begin(), in.matched.end(),
                           [&](const rule_trace& each) { return each.index == rule_; }) &&
               in.matched.size() > 1;
    }

private:
    std::uint32_t rule_;
    hit_policy policy_;
};

/// Fewest of the rules ahead that the message may name: one that covers alone, else those that meet the rule.
POLKU_DECL std::vector<std::uint32_t> covering_rules(const table_study& of, std::uint32_t rule,
                                                     const index_set& ahead) {
    std::vector<std::uint32_t> meeting;
    for (const std::uint32_t each : ahead.items()) {
        bool alone = true;
        for (const table_axis& axis : of.axes) {
            index_set asked = axis.may_of[rule];
            asked &= axis.yielded;
            alone = alone && axis.must_of[each].contains(asked);
        }
        if (alone) return {each};
        if (meeting_of(of, each, rule, false).surely) meeting.push_back(each);
    }
    return meeting;
}

POLKU_DECL void report_masked(table_study& of, std::uint32_t rule, const index_set& ahead) {
    const std::vector<std::uint32_t> by = covering_rules(of, rule, ahead);
    finding made = finding_about(of, finding_kind::masked, severity::warning, verdict::proved, {rule});
    for (const std::uint32_t each : by) {
        made.rules.push_back(each + 1);
        made.rule_ids.emplace_back(of.table().rules.id(each));
        if (made.positions.size() < 8) made.positions.push_back(place_of_rule(of, each));
    }
    const std::uint32_t one[] = {rule};
    made.message = rules_text(one) + " is never chosen under " + std::string(name_of(of.table().hit_policy)) + ": " +
                   rules_text(by) + (by.size() == 1 ? " takes" : " take") + " every input that it accepts";
    chosen_classes classes;
    for (const table_axis& axis : of.axes) {
        index_set open = axis.may_of[rule];
        open &= axis.yielded;
        const auto items = open.items();
        const auto valued = std::find_if(items.begin(), items.end(),
                                         [&](std::uint32_t each) { return !value_in(axis, each).is_null(); });
        classes.push_back(valued == items.end() ? items.front() : *valued);
    }
    if (const auto shown = replay(of, classes, passed_over_test(rule, of.table().hit_policy)))
        set_witness(made, of, *shown);
    report(of, std::move(made));
}

/// True when a literal of the cell has a kind that its column cannot have: another check speaks of that.
POLKU_DECL bool has_foreign_literal(const table_study& of, std::uint32_t rule, std::uint32_t axis) {
    for (const std::uint32_t column : of.axes[axis].columns) {
        const auto tests = of.table().cell(rule, column).simple_tests();
        for (std::size_t each = 0; tests && each < tests->size(); ++each) {
            const feel::value& operand = (*tests)[each].operand;
            lane in{};
            const feel::value& point = operand.is(feel::kind::range) ? operand.as_range().low : operand;
            if (lane_of(point, in) && !of.axes[axis].lanes[static_cast<std::size_t>(in)]) return true;
        }
    }
    return false;
}

/// True when the cell accepts values, but none that is declared.
POLKU_DECL bool accepts_undeclared(const table_study& of, std::uint32_t rule, const table_axis& axis,
                                   feel::evaluation_context& with) {
    const feel::unary_tests cell = of.table().cell(rule, axis.columns.front());
    return axis.columns.size() == 1 && std::any_of(axis.atoms.begin(), axis.atoms.end(), [&](const table_atom& each) {
               return !each.feasible && cell.accepts(with, {}, each.inside).is_true();
           });
}

POLKU_DECL void report_never_matches(table_study& of, std::uint32_t rule, std::uint32_t at) {
    const table_axis& axis = of.axes[at];
    if (has_foreign_literal(of, rule, at)) return;
    feel::evaluation_context with;
    const bool outside = accepts_undeclared(of, rule, axis, with);
    const std::uint32_t one[] = {rule};
    finding made = finding_about(of, outside ? finding_kind::outside_domain : finding_kind::never_matches,
                                 severity::warning, verdict::proved, {rule});
    made.positions.front() = place_of_cell(of, rule, axis.columns.front());
    for (const std::uint32_t column : axis.columns) made.columns.push_back(column + 1);
    std::string cells;
    for (const std::uint32_t column : axis.columns)
        if (!of.table().cell(rule, column).is_any())
            cells += (cells.empty() ? "'" : " and '") + std::string(of.table().cell_text(rule, column)) + "'";
    made.message = rules_text(one) + " never matches: ";
    if (outside)
        made.message += cells + " accepts none of the values declared for " + axis.text;
    else
        made.message += "no value of " + axis.text + " meets " + cells;
    report(of, std::move(made));
}

POLKU_DECL void report_unreachable(table_study& of, std::uint32_t rule, std::uint32_t at) {
    const table_axis& axis = of.axes[at];
    const output_set* known = upstream_of(of, axis);
    if (!known) return;
    const std::uint32_t one[] = {rule};
    const program_node& upstream = of.program.nodes[axis.from.node];
    finding made = finding_about(of, finding_kind::unreachable_upstream, severity::warning, verdict::proved, {rule});
    made.positions.front() = place_of_cell(of, rule, axis.columns.front());
    made.positions.push_back({.source = of.source,
                              .element = upstream.name,
                              .pointer = {},
                              .line = upstream.at.line,
                              .column = upstream.at.column});
    for (const std::uint32_t column : axis.columns) made.columns.push_back(column + 1);
    const auto classes = axis.may_of[rule].items();
    made.message = rules_text(one) + " never matches: it waits for " + axis.text + " in {" + class_text(axis, classes) +
                   "}, but the decision '" + upstream.name + "' yields only ";
    constexpr std::size_t most = 12;
    std::size_t named = 0;
    for (const output_set::one& each : known->values) {
        if (named == most) break;
        made.message += (named++ == 0 ? "" : ", ") + literal_of(each.value);
        if (!each.rules.empty()) made.message += " (" + rules_text(each.rules) + ")";
    }
    if (known->values.size() > most) made.message += " and " + std::to_string(known->values.size() - most) + " more";
    made.message += known->values.empty() ? "null" : " or null";
    report(of, std::move(made));
}

/// The first axis on which a rule can accept nothing; `within` picks what is possible there.
POLKU_DECL std::optional<std::uint32_t> empty_axis(const table_study& of, std::uint32_t rule, bool yielded) {
    for (std::uint32_t at = 0; at < of.axes.size(); ++at) {
        const index_set& accepted = of.axes[at].may_of[rule];
        if (yielded ? !accepted.intersects(of.axes[at].yielded) : accepted.none()) return at;
    }
    return std::nullopt;
}

/// True when the search has shown that rules ahead leave the rule nothing.
POLKU_DECL bool is_masked(table_study& of, std::uint32_t rule, const index_set& ahead) {
    if (ahead.none()) return false;
    table_region asked;
    for (const table_axis& axis : of.axes) {
        index_set open = axis.may_of[rule];
        open &= axis.yielded;
        asked.push_back(open.items());
    }
    cover_search search(of, std::move(asked), ahead);
    return search.uncovered(1).empty() && !of.out_of_work;
}

POLKU_DECL void find_rules_never_chosen(table_study& of) {
    const auto rules = static_cast<std::uint32_t>(of.table().rules.size());
    of.dead = index_set(rules);
    bool exact = of.opaque.empty();
    for (const table_axis& axis : of.axes)
        exact = exact && (axis.from.is == axis_origin::form::input || !axis.relevant);
    for (std::uint32_t rule = 0; rule < rules && !of.unsure && !of.out_of_work; ++rule) {
        if (const auto never = empty_axis(of, rule, false)) {
            report_never_matches(of, rule, *never);
        } else if (const auto waits = empty_axis(of, rule, true)) {
            report_unreachable(of, rule, *waits);
        } else {
            const auto ahead = rules_ahead(of, rule);
            exact = exact && ahead.has_value();
            if (!ahead || !is_masked(of, rule, *ahead)) continue;
            report_masked(of, rule, *ahead);
        }
        of.dead.set(rule);
        of.verdicts.reachable = verdict::counterexample;
    }
    if (of.verdicts.reachable == verdict::proved && (of.unsure || of.out_of_work || !exact))
        of.verdicts.reachable = verdict::unknown;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
