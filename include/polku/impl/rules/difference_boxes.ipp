// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DIFFERENCE_BOXES_IPP
#define POLKU_IMPL_RULES_DIFFERENCE_BOXES_IPP

#include <polku/impl/rules/detail/difference_data.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL std::uint32_t box_cutter::side_of(std::vector<std::uint32_t> classes) {
    const auto [at, fresh] = side_places_.try_emplace(classes, static_cast<std::uint32_t>(sides_.size()));
    if (fresh) sides_.push_back(std::move(classes));
    return at->second;
}

/// The children of a node, each once with the classes that lead to it, in the order of the first of these.
inline std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> branches_of(const box_tree::node& of) {
    std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> made;
    for (std::uint32_t at = 0; at < of.below.size(); ++at) {
        const auto same =
            std::find_if(made.begin(), made.end(), [&](const auto& each) { return each.first == of.below[at]; });
        if (same == made.end())
            made.push_back({of.below[at], {at}});
        else
            same->second.push_back(at);
    }
    return made;
}

POLKU_DECL double box_cutter::count(std::uint32_t node, std::vector<double>& known) const {
    const box_tree::node& of = tree_.nodes[node];
    if (of.column == diagrams::none) return of.set == unchanged_ ? 0 : 1;
    if (known[node] >= 0) return known[node];
    double made = 0;
    for (const auto& each : branches_of(of)) made += count(each.first, known);
    known[node] = made;
    return made;
}

POLKU_DECL void box_cutter::walk(std::uint32_t node, region_box& so_far) {
    const box_tree::node& of = tree_.nodes[node];
    if (boxes_.size() >= most_) return;
    if (of.column == diagrams::none) {
        so_far.set = of.set;
        if (of.set != unchanged_) boxes_.push_back(so_far);
        return;
    }
    for (auto& each : branches_of(of)) {
        so_far.sides[of.column] = side_of(std::move(each.second));
        walk(each.first, so_far);
    }
    so_far.sides[of.column] = 0;
}

/// Joins boxes that differ in one column only.
POLKU_DECL bool box_cutter::merge(std::size_t column) {
    std::map<region_box, std::vector<std::uint32_t>> joined;
    for (region_box& each : boxes_) {
        const std::vector<std::uint32_t>& side = sides_[each.sides[column]];
        const bool is_all = each.sides[column] == 0;
        each.sides[column] = 0;
        std::vector<std::uint32_t>& into = joined[each];
        for (std::uint32_t at = 0; is_all && at < columns_[column].classes.size(); ++at) into.push_back(at);
        into.insert(into.end(), side.begin(), side.end());
    }
    const bool fewer = joined.size() < boxes_.size();
    boxes_.clear();
    for (auto& each : joined) {
        region_box made = each.first;
        std::sort(each.second.begin(), each.second.end());
        if (each.second.size() < columns_[column].classes.size()) made.sides[column] = side_of(std::move(each.second));
        boxes_.push_back(std::move(made));
    }
    return fewer;
}

POLKU_DECL void box_cutter::run(std::size_t max_boxes, std::size_t max_unmerged) {
    std::vector<double> known(tree_.nodes.size(), -1);
    paths_ = count(tree_.root, known);
    merged_ = paths_ <= static_cast<double>(max_boxes);
    most_ = merged_ ? max_boxes : max_unmerged;
    region_box so_far{0, std::vector<std::uint32_t>(columns_.size(), 0)};
    walk(tree_.root, so_far);
    if (!merged_) return;
    // A column may join what another one has joined before. The lowest columns differ between the most boxes.
    for (bool again = true; again;) {
        again = false;
        for (std::size_t column = columns_.size(); column-- > 0;) again = merge(column) || again;
    }
    // Places of sets were given in the order of the walk; the order told is that of the classes.
    std::sort(boxes_.begin(), boxes_.end(), [&](const region_box& left, const region_box& right) {
        if (left.set != right.set) return left.set < right.set;
        for (std::size_t at = 0; at < left.sides.size(); ++at)
            if (left.sides[at] != right.sides[at]) return sides_[left.sides[at]] < sides_[right.sides[at]];
        return false;
    });
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
