// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_GAPS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_GAPS_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>
#include <iterator>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool takes_one_rule(hit_policy policy) noexcept {
    return policy == hit_policy::unique || policy == hit_policy::any || policy == hit_policy::first ||
           policy == hit_policy::priority;
}

POLKU_DECL bool has_default(const compiled_table& table) noexcept {
    return std::any_of(table.outputs.begin(), table.outputs.end(),
                       [](const compiled_table::output& each) { return static_cast<bool>(each.default_entry); });
}

/// No rule matched, on inputs for which one was expected.
class gap_test final : public replay_test {
public:
    explicit gap_test(const table_study& of) : of_(of) {}
    bool shown_by(const table_trace& in) const override {
        if (!in.matched.empty() || in.used_default || in.result.reason() != feel::null_reason::no_rule_matched)
            return false;
        for (const table_axis& axis : of_.axes) {
            const bool null_expected = axis.classes.empty() || axis.atoms.front().in_domain || !axis.relevant;
            if (in.inputs[axis.columns.front()].second.is_null() && !null_expected) return false;
        }
        return true;
    }

private:
    const table_study& of_;
};

/// The classes of a piece that leave the fewest rules open.
POLKU_DECL chosen_classes clearest_classes(const table_study& of, const table_region& region) {
    chosen_classes made;
    for (std::size_t axis = 0; axis < region.size(); ++axis) {
        const auto& classes = of.axes[axis].classes;
        made.push_back(
            *std::min_element(region[axis].begin(), region[axis].end(), [&](std::uint32_t left, std::uint32_t right) {
                return classes[left].may.count() < classes[right].may.count();
            }));
    }
    return made;
}

POLKU_DECL finding gap_finding(const table_study& of, const table_region& region, const std::vector<feel::value>& at,
                               verdict says) {
    const severity how = takes_one_rule(of.table().hit_policy) ? severity::warning : severity::note;
    finding made = finding_about(of, finding_kind::gap, how, says, {});
    set_witness(made, of, at);
    if (of.axes.empty()) {
        made.message = "the table has no rule, so the answer is null";
    } else if (says == verdict::counterexample) {
        made.message = "no rule accepts " + values_text(of, at) + ", so the answer is null";
    } else {
        made.message = "no rule surely accepts " + values_text(of, at) +
                       "; whether the model lets the table meet this was not found out";
    }
    for (std::size_t axis = 0; axis < of.axes.size(); ++axis)
        if (of.axes[axis].relevant || of.axes.size() == 1)
            made.region.emplace_back(of.axes[axis].text, class_text(of.axes[axis], region[axis]));
    return made;
}

/// Cells that could accept the classes although they could not be seen through.
POLKU_DECL std::vector<cell_place> opaque_at(const table_study& of, const chosen_classes& classes) {
    index_set open(of.table().rules.size(), true);
    for (std::size_t axis = 0; axis < classes.size(); ++axis) open &= of.axes[axis].classes[classes[axis]].may;
    std::vector<cell_place> made;
    for (const cell_place& each : of.opaque)
        if (open.test(each.rule - 1)) made.push_back(each);
    return made;
}

/// Joins pieces that differ on one axis only, until none do.
POLKU_DECL std::vector<table_region> joined_regions(std::vector<table_region> regions) {
    const auto join = [](table_region& into, const table_region& from) {
        std::size_t differs = into.size();
        for (std::size_t axis = 0; axis < into.size(); ++axis) {
            if (into[axis] == from[axis]) continue;
            if (differs != into.size()) return false;
            differs = axis;
        }
        if (differs == into.size()) return true;
        std::vector<std::uint32_t> both;
        std::set_union(into[differs].begin(), into[differs].end(), from[differs].begin(), from[differs].end(),
                       std::back_inserter(both));
        into[differs] = std::move(both);
        return true;
    };
    for (bool again = true; again;) {
        again = false;
        for (std::size_t left = 0; left < regions.size(); ++left) {
            for (std::size_t right = left + 1; right < regions.size();) {
                if (join(regions[left], regions[right])) {
                    regions.erase(regions.begin() + static_cast<std::ptrdiff_t>(right));
                    again = true;
                } else {
                    ++right;
                }
            }
        }
    }
    return regions;
}

POLKU_DECL void find_gaps(table_study& of) {
    if (has_default(of.table())) return;
    table_region asked(of.axes.size());
    for (std::size_t axis = 0; axis < of.axes.size(); ++axis)
        for (std::uint32_t each = 0; each < of.axes[axis].classes.size(); ++each)
            if (of.axes[axis].classes[each].in_domain) asked[axis].push_back(each);
    cover_search search(of, std::move(asked), index_set(of.table().rules.size(), true));
    const auto regions = joined_regions(search.uncovered(of.options.max_findings * 10));
    if (of.unsure || of.out_of_work || !regions.empty()) of.verdicts.complete = verdict::unknown;
    std::optional<finding> suspicion;
    for (const table_region& region : regions) {
        if (!of.wants(finding_kind::gap)) break;
        const chosen_classes classes = clearest_classes(of, region);
        if (const auto shown = replay(of, classes, gap_test(of))) {
            finding made = gap_finding(of, region, shown->at, verdict::counterexample);
            // Where cells could not be seen through, one input is shown to be in the gap, not the whole piece.
            if (!opaque_at(of, classes).empty()) made.region.clear();
            set_witness(made, of, *shown);
            report(of, std::move(made));
            of.verdicts.complete = verdict::counterexample;
        } else if (!suspicion) {
            suspicion = gap_finding(of, region, values_at(of, classes), verdict::unknown);
            suspicion->opaque = opaque_at(of, classes);
            if (!suspicion->opaque.empty()) suspicion->region.clear();
        }
    }
    if (suspicion && of.verdicts.complete == verdict::unknown) report(of, std::move(*suspicion));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
