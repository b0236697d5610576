// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_SEARCH_IPP
#define POLKU_IMPL_DMN_ANALYSIS_SEARCH_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace polku::inline POLKU_V::dmn::detail {

/// Sets of rules below which all was covered, at each depth.
struct covered_sets {
    std::vector<std::unordered_map<std::size_t, std::vector<index_set>>> by_hash;
};

POLKU_DECL cover_search::cover_search(table_study& of, table_region asked, const index_set& rules)
    : of_(of), asked_(std::move(asked)), rules_(rules), order_(of.axes.size()) {
    order_axes();
    from_here_on_.assign(order_.size() + 1, rules_);
    for (std::size_t depth = order_.size(); depth-- > 0;) {
        from_here_on_[depth] = from_here_on_[depth + 1];
        for (const std::uint32_t each : asked_[order_[depth]])
            from_here_on_[depth] &= of_.axes[order_[depth]].classes[each].must;
    }
    covered_ = std::make_shared<covered_sets>();
    covered_->by_hash.resize(order_.size());
    chosen_.resize(order_.size());
}

/// Axes whose classes leave few rules come first, so that the set of rules is small early.
POLKU_DECL void cover_search::order_axes() {
    std::iota(order_.begin(), order_.end(), 0U);
    std::vector<std::uint64_t> left(order_.size(), 0);  // rules that a class leaves, in thousandths
    for (std::size_t axis = 0; axis < order_.size(); ++axis) {
        for (const std::uint32_t each : asked_[axis]) {
            index_set both = of_.axes[axis].classes[each].must;
            both &= rules_;
            left[axis] += 1000 * both.count();
        }
        if (!asked_[axis].empty()) left[axis] /= asked_[axis].size();
        of_.spend(asked_[axis].size() * rules_.words());
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t one, std::uint32_t other) { return left[one] < left[other]; });
}

/// Keeps an uncovered piece: the classes chosen so far, these of the axis at `depth`, and all of those after it.
POLKU_DECL void cover_search::note(std::size_t depth, std::vector<std::uint32_t> classes) {
    table_region made = asked_;
    for (std::size_t above = 0; above < depth; ++above) made[order_[above]] = {chosen_[above]};
    if (depth < order_.size()) made[order_[depth]] = std::move(classes);
    found_.push_back(std::move(made));
}

/// True when everything below is covered. The depth of the recursion is the number of axes, which is bounded.
POLKU_DECL bool cover_search::explore(std::size_t depth, const index_set& left) {
    if (depth == order_.size() || left.intersects(from_here_on_[depth])) return true;
    auto& bucket = covered_->by_hash[depth][left.hash()];
    if (std::find(bucket.begin(), bucket.end(), left) != bucket.end()) return true;
    const table_axis& axis = of_.axes[order_[depth]];
    std::vector<std::uint32_t> open;  // noted before anything below, where the work may run out
    std::vector<std::uint32_t> below;
    for (const std::uint32_t each : asked_[order_[depth]]) {
        if (!of_.spend(1 + left.words() / 8)) return false;
        (left.intersects(axis.classes[each].must) ? below : open).push_back(each);
    }
    bool covered = open.empty();
    if (!covered) note(depth, std::move(open));
    for (const std::uint32_t each : below) {
        if (found_.size() >= limit_ || !of_.spend(1 + left.words() / 8)) return false;
        index_set rest = left;
        rest &= axis.classes[each].must;
        chosen_[depth] = each;
        covered = explore(depth + 1, rest) && covered;
    }
    if (covered) covered_->by_hash[depth][left.hash()].push_back(left);
    return covered;
}

POLKU_DECL std::vector<table_region> cover_search::uncovered(std::size_t limit) {
    limit_ = limit;
    const bool empty = std::any_of(asked_.begin(), asked_.end(), [](const auto& classes) { return classes.empty(); });
    if (empty || limit == 0) return {};
    if (rules_.none())
        note(order_.size(), {});
    else
        explore(0, rules_);
    return std::move(found_);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
