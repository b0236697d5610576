// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DETAIL_NEAREST_NAME_HPP
#define POLKU_DETAIL_NEAREST_NAME_HPP

#include <polku/config.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// Number of slips that turn one text into the other: a byte too many, too few or wrong, or two neighbours swapped.
inline std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last;
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        before_last = std::move(last);
        last = row;
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

/// The known name that a mistyped one most likely meant; empty when none is near (more than a third of it differs, and
/// more than one letter) or the name is too long to be a slip.
inline std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> known) {
    constexpr std::size_t longest = 200;
    if (typed.size() > longest) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
    for (const std::string_view each : known) {
        if (each.size() > longest) continue;
        const std::size_t distance = edit_distance(typed, each);
        if (distance >= least) continue;
        least = distance;
        best = each;
    }
    return best;
}

/// At most three known names that a mistyped one may have meant, the nearest first: those as near as `nearest_name`
/// wants, then those that the typed one is a part of.
inline std::vector<std::string_view> nearest_names(std::string_view typed, std::span<const std::string_view> known) {
    constexpr std::size_t longest = 200;
    constexpr std::size_t least_part = 4;
    constexpr std::size_t most = 3;
    if (typed.size() > longest) return {};
    const std::size_t limit = std::max<std::size_t>(1, typed.size() / 3);
    std::vector<std::pair<std::size_t, std::string_view>> near;
    for (const std::string_view each : known) {
        if (each.size() > longest) continue;
        const std::size_t distance = edit_distance(typed, each);
        const bool is_part = typed.size() >= least_part && each.find(typed) != std::string_view::npos;
        if (distance <= limit || is_part) near.emplace_back(distance, each);
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    near.resize(std::min(near.size(), most));
    std::vector<std::string_view> made;
    for (const auto& each : near) made.push_back(each.second);
    return made;
}

}  // namespace polku::inline POLKU_V::detail

#endif
