// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_ADVICE_IPP
#define POLKU_IMPL_DMN_ANALYSIS_ADVICE_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>
#include <map>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL void find_constant_columns(table_study& of) {
    for (std::uint32_t column = 0; column < of.table().inputs.size(); ++column) {
        const column_cells cells = cells_of(of, column);
        if (cells.size() != 1) continue;
        const feel::unary_tests cell = of.table().cell(0, column);
        if (!cell.is_any() && of.table().rules.size() < 2) continue;
        finding made = finding_about(of, finding_kind::constant_column, severity::note, verdict::proved, {});
        made.columns = {column + 1};
        made.positions.front() = place_of_column(of, column);
        made.message = "every cell over " + std::string(of.table().inputs[column].expression.text()) + " is '" +
                       (cell.is_any() ? std::string("-") : std::string(cell.text())) +
                       "', so the column tells no rule from another";
        report(of, std::move(made));
    }
}

/// What a rule asks of the axes, as numbers: rules with equal ones accept the same inputs. Cells that could not be seen
/// through count as the same only where their texts are.
POLKU_DECL std::vector<std::size_t> conditions_of(const table_study& of, std::uint32_t rule) {
    std::vector<std::size_t> made;
    for (const table_axis& axis : of.axes) {
        std::size_t hash = axis.may_of[rule].hash() ^ (axis.must_of[rule].hash() << 1U);
        for (const std::uint32_t column : axis.columns)
            if (std::find(of.opaque.begin(), of.opaque.end(), cell_place{rule + 1, column + 1}) != of.opaque.end())
                for (const char each : of.table().cell_text(rule, column))
                    hash = hash * 1099511628211U + static_cast<unsigned char>(each);
        made.push_back(hash);
    }
    return made;
}

/// True when the rules ask the same of every axis but, perhaps, one. Hashes only bring candidates together.
POLKU_DECL bool same_conditions(const table_study& of, std::uint32_t left, std::uint32_t right, std::size_t but) {
    for (std::size_t at = 0; at < of.axes.size(); ++at) {
        if (at == but) continue;
        const table_axis& axis = of.axes[at];
        if (!(axis.may_of[left] == axis.may_of[right]) || !(axis.must_of[left] == axis.must_of[right])) return false;
        for (const std::uint32_t column : axis.columns)
            if (axis.may_of[left] != axis.must_of[left] &&
                of.table().cell_text(left, column) != of.table().cell_text(right, column))
                return false;
    }
    return true;
}

POLKU_DECL void report_duplicate(table_study& of, std::uint32_t first, std::uint32_t again) {
    const std::optional<bool> alike = answer_alike(of, first, again);
    const bool counts_twice = !takes_one_rule(of.table().hit_policy);
    finding made = finding_about(of, finding_kind::duplicate_rule, counts_twice ? severity::warning : severity::note,
                                 verdict::proved, {first, again});
    const std::uint32_t both[] = {first, again};
    made.message = rules_text(both) + " have the same conditions" +
                   (alike == true    ? " and the same outputs"
                    : alike == false ? " and different outputs"
                                     : "");
    report(of, std::move(made));
}

/// Rules with the same conditions, each with the first of its kind.
POLKU_DECL void find_duplicates(table_study& of, const std::vector<std::vector<std::size_t>>& conditions) {
    std::map<std::vector<std::size_t>, std::vector<std::uint32_t>> first;
    for (std::uint32_t rule = 0; rule < conditions.size(); ++rule) {
        auto& candidates = first[conditions[rule]];
        const auto same = std::find_if(candidates.begin(), candidates.end(), [&](std::uint32_t each) {
            return same_conditions(of, each, rule, of.axes.size());
        });
        if (same != candidates.end())
            report_duplicate(of, *same, rule);
        else
            candidates.push_back(rule);
    }
}

/// True when rules may trade places: no order among them matters.
POLKU_DECL bool order_is_free(const table_study& of) {
    return of.table().hit_policy == hit_policy::unique || of.table().hit_policy == hit_policy::any;
}

/// Rules that answer the same and differ on one axis with one column: their cells can be one.
POLKU_DECL void find_joinable(table_study& of, const std::vector<std::vector<std::size_t>>& conditions) {
    if (!order_is_free(of)) return;
    for (std::size_t but = 0; but < of.axes.size(); ++but) {
        if (of.axes[but].columns.size() != 1) continue;
        std::map<std::vector<std::size_t>, std::vector<std::uint32_t>> groups;
        for (std::uint32_t rule = 0; rule < conditions.size(); ++rule) {
            std::vector<std::size_t> key = conditions[rule];
            key.erase(key.begin() + static_cast<std::ptrdiff_t>(but));
            groups[std::move(key)].push_back(rule);
        }
        for (const auto& [key, rules] : groups) {
            std::vector<std::uint32_t> joined = {rules.front()};
            for (std::size_t each = 1; each < rules.size(); ++each)
                if (same_conditions(of, rules.front(), rules[each], but) &&
                    answer_alike(of, rules.front(), rules[each]) == true &&
                    !(of.axes[but].may_of[rules.front()] == of.axes[but].may_of[rules[each]]))
                    joined.push_back(rules[each]);
            if (joined.size() < 2) continue;
            finding made = finding_about(of, finding_kind::joinable_rules, severity::note, verdict::proved, joined);
            made.columns = {of.axes[but].columns.front() + 1};
            made.message = rules_text(joined) + " answer the same and differ only in " + of.axes[but].text +
                           ": they can be one rule with the cells joined by commas";
            report(of, std::move(made));
        }
    }
}

/// True when the inputs of the one rule are all among those of the other.
POLKU_DECL bool covers(const table_study& of, std::uint32_t wide, std::uint32_t narrow) {
    return std::all_of(of.axes.begin(), of.axes.end(),
                       [&](const table_axis& axis) { return axis.must_of[wide].contains(axis.may_of[narrow]); });
}

/// Under ANY a rule that another one covers adds nothing; under FIRST so does one that a later rule covers with the
/// same answer, when no rule between them meets it.
POLKU_DECL bool adds_nothing(const table_study& of, std::uint32_t rule, std::uint32_t other) {
    if (rule == other || of.dead.test(rule) || answer_alike(of, rule, other) != true || !covers(of, other, rule))
        return false;
    if (of.table().hit_policy == hit_policy::any) return !covers(of, rule, other) || other < rule;
    if (of.table().hit_policy != hit_policy::first || other < rule) return false;
    for (std::uint32_t between = rule + 1; between < other; ++between)
        if (meeting_of(of, between, rule, false).possibly) return false;
    return true;
}

POLKU_DECL void find_subsumed(table_study& of) {
    if (of.table().hit_policy != hit_policy::any && of.table().hit_policy != hit_policy::first) return;
    const auto rules = static_cast<std::uint32_t>(of.table().rules.size());
    for (std::uint32_t rule = 0; rule < rules && of.wants(finding_kind::subsumed_rule); ++rule) {
        if (!of.spend(rules)) return;
        for (std::uint32_t other = 0; other < rules; ++other) {
            if (!adds_nothing(of, rule, other)) continue;
            finding made =
                finding_about(of, finding_kind::subsumed_rule, severity::note, verdict::proved, {other, rule});
            const std::uint32_t one[] = {rule};
            const std::uint32_t by[] = {other};
            made.message = rules_text(one) + " adds nothing: " + rules_text(by) +
                           " accepts all of its inputs and answers the same";
            report(of, std::move(made));
            break;
        }
    }
}

/// What the pairs of live rules that meet have in common.
struct meeting_summary {
    bool none = true;                                               ///< no two rules can meet
    bool all_alike = true;                                          ///< those that do answer the same
    std::optional<std::pair<std::uint32_t, std::uint32_t>> unlike;  ///< the first, of those chosen, that surely do not
    bool finished = true;
};

/// True for a rule without conditions, which says openly that it is for what the rules before it leave.
POLKU_DECL bool is_otherwise(const table_study& of, std::uint32_t rule) {
    for (std::size_t column = 0; column < of.table().inputs.size(); ++column)
        if (!of.table().cell(rule, column).is_any()) return false;
    return true;
}

POLKU_DECL meeting_summary summary_of(table_study& of) {
    meeting_summary made;
    const auto rules = static_cast<std::uint32_t>(of.table().rules.size());
    for (std::uint32_t left = 0; left < rules; ++left) {
        if (!of.spend(1 + (rules - left) / 4)) {
            made.finished = false;
            return made;
        }
        for (std::uint32_t right = left + 1; right < rules; ++right) {
            const rule_meeting meeting = meeting_of(of, left, right, false);
            if (!meeting.possibly) continue;
            made.none = false;
            const std::optional<bool> alike = answer_alike(of, left, right);
            made.all_alike = made.all_alike && alike == true;
            const bool chosen = !of.dead.test(left) && !of.dead.test(right) && !is_otherwise(of, right);
            if (alike == false && meeting.surely && chosen && !made.unlike) made.unlike = {left, right};
        }
    }
    return made;
}

POLKU_DECL void advise_policy(table_study& of, hit_policy instead, const std::string& why) {
    finding made = finding_about(of, finding_kind::hit_policy_advice, severity::note, verdict::proved, {});
    made.message = "the hit policy " + std::string(name_of(instead)) + " says the same as " +
                   std::string(name_of(of.table().hit_policy)) + " and is checked: " + why;
    report(of, std::move(made));
}

POLKU_DECL void find_policy_advice(table_study& of) {
    const hit_policy policy = of.table().hit_policy;
    if (!takes_one_rule(policy) || of.table().rules.size() < 2 || of.unsure) return;
    const meeting_summary all = summary_of(of);
    if (!all.finished) return;
    if (policy == hit_policy::unique) {
        if (!all.none && all.all_alike)
            advise_policy(of, hit_policy::any, "rules that meet answer the same, which UNIQUE forbids and ANY allows");
        return;
    }
    if (all.none) return advise_policy(of, hit_policy::unique, "no input meets two rules");
    if (policy != hit_policy::any && all.all_alike)
        return advise_policy(of, hit_policy::any, "rules that meet answer the same");
    if (policy != hit_policy::first || !all.unlike) return;
    const auto [left, right] = *all.unlike;
    finding made = finding_about(of, finding_kind::misleading_first, severity::note, verdict::proved, {left, right});
    const std::uint32_t one[] = {right};
    const std::uint32_t before[] = {left};
    made.message = "FIRST hides that " + rules_text(before) + " and " + rules_text(one) +
                   " meet and answer differently: read alone, " + rules_text(one) + " says more than it does";
    report(of, std::move(made));
}

POLKU_DECL void find_advice(table_study& of) {
    const std::size_t rules = of.table().rules.size();
    if (rules == 0) return;
    find_constant_columns(of);
    if (!of.spend(rules * (1 + of.opaque.size()))) return;
    std::vector<std::vector<std::size_t>> conditions;
    for (std::uint32_t rule = 0; rule < rules; ++rule) conditions.push_back(conditions_of(of, rule));
    find_duplicates(of, conditions);
    if (!of.options.advice) return;
    find_joinable(of, conditions);
    find_subsumed(of);
    find_policy_advice(of);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
