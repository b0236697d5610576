// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_OVERLAPS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_OVERLAPS_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL rule_meeting meeting_of(const table_study& of, std::uint32_t left, std::uint32_t right, bool in_play) {
    rule_meeting made{true, true};
    for (const table_axis& axis : of.axes) {
        const index_set& within = in_play ? axis.in_play : axis.yielded;
        if (!axis.may_of[left].intersects(axis.may_of[right], within)) return {};
        made.surely = made.surely && axis.must_of[left].intersects(axis.must_of[right], within);
    }
    return made;
}

POLKU_DECL std::optional<bool> answer_alike(const table_study& of, std::uint32_t left, std::uint32_t right) {
    bool known = true;
    for (std::size_t column = 0; column < of.table().outputs.size(); ++column) {
        const auto& one = of.constants[left][column];
        const auto& other = of.constants[right][column];
        if (!one || !other)
            known = false;
        else if (!(*one == *other))
            return false;
    }
    return known ? std::optional<bool>(true) : std::nullopt;
}

/// A class on each axis that both rules accept; surely, where there is one, and rather not null.
POLKU_DECL chosen_classes meeting_point(const table_study& of, std::uint32_t left, std::uint32_t right) {
    chosen_classes made;
    for (const table_axis& axis : of.axes) {
        index_set both = axis.must_of[left];
        both &= axis.must_of[right];
        both &= axis.in_play;
        if (both.none()) {
            both = axis.may_of[left];
            both &= axis.may_of[right];
            both &= axis.in_play;
        }
        const auto classes = both.items();
        const auto valued = std::find_if(classes.begin(), classes.end(),
                                         [&](std::uint32_t each) { return !value_in(axis, each).is_null(); });
        made.push_back(valued == classes.end() ? classes.front() : *valued);
    }
    return made;
}

/// The hit policy was violated where both rules match. Under UNIQUE the evaluator names the first two rules that match;
/// where these are others, the cells have already said that both rules accept the same values.
class overlap_test final : public replay_test {
public:
    overlap_test(std::uint32_t left, std::uint32_t right, std::vector<feel::value> sure)
        : left_(left + 1), right_(right + 1), sure_(std::move(sure)) {}
    bool shown_by(const table_trace& in) const override {
        if (in.result.reason() != feel::null_reason::hit_policy_violated) return false;
        const auto matched = [&](std::uint32_t rule) {
            return std::any_of(in.matched.begin(), in.matched.end(),
                               [&](const rule_trace& each) { return each.index == rule; });
        };
        if (matched(left_) && matched(right_)) return true;
        bool same = !sure_.empty() && in.hit_policy == hit_policy::unique;
        for (std::size_t at = 0; same && at < sure_.size(); ++at) same = in.inputs[at].second == sure_[at];
        return same;
    }

private:
    std::uint32_t left_;
    std::uint32_t right_;
    std::vector<feel::value> sure_;  // values that both rules surely accept, by column; empty when that is not known
};

POLKU_DECL finding overlap_finding(const table_study& of, std::uint32_t left, std::uint32_t right,
                                   const std::vector<feel::value>& at, verdict says) {
    const severity how = says == verdict::unknown ? severity::warning : severity::error;
    finding made = finding_about(of, finding_kind::overlap, how, says, {left, right});
    const std::string policy(name_of(of.table().hit_policy));
    const std::uint32_t both[] = {left, right};
    made.message = rules_text(both) + (says == verdict::unknown ? " may both accept " : " both accept ") +
                   values_text(of, at) + (of.table().hit_policy == hit_policy::any ? " and answer differently" : "") +
                   ", which " + policy + " forbids: the answer is null";
    if (says == verdict::unknown)
        made.message = rules_text(both) + " may both accept " + values_text(of, at) + ", which " + policy +
                       " forbids; whether they do was not found out";
    set_witness(made, of, at);
    return made;
}

POLKU_DECL void find_overlaps(table_study& of) {
    const hit_policy policy = of.table().hit_policy;
    if (policy != hit_policy::unique && policy != hit_policy::any) return;
    std::optional<finding> suspicion;
    const auto rules = static_cast<std::uint32_t>(of.table().rules.size());
    for (std::uint32_t left = 0; left < rules && of.wants(finding_kind::overlap); ++left) {
        if (!of.spend(1 + (rules - left) / 4)) break;
        for (std::uint32_t right = left + 1; right < rules && of.wants(finding_kind::overlap); ++right) {
            const rule_meeting meeting = meeting_of(of, left, right, true);
            if (!meeting.possibly) continue;
            const std::optional<bool> alike =
                policy == hit_policy::any ? answer_alike(of, left, right) : std::optional<bool>(false);
            if (alike == true) continue;
            const chosen_classes classes = meeting_point(of, left, right);
            const std::vector<feel::value> at = values_at(of, classes);
            const overlap_test test(left, right, meeting.surely ? at : std::vector<feel::value>());
            if (const auto shown = replay(of, classes, test)) {
                finding made = overlap_finding(of, left, right, shown->at, verdict::counterexample);
                set_witness(made, of, *shown);
                report(of, std::move(made));
                of.verdicts.consistent = verdict::counterexample;
            } else if (!suspicion) {
                suspicion = overlap_finding(of, left, right, at, verdict::unknown);
                for (const cell_place& each : of.opaque)
                    if (each.rule == left + 1 || each.rule == right + 1) suspicion->opaque.push_back(each);
            }
        }
    }
    if (of.verdicts.consistent == verdict::counterexample) return;
    if (suspicion || of.unsure || of.out_of_work) of.verdicts.consistent = verdict::unknown;
    if (suspicion) report(of, std::move(*suspicion));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
