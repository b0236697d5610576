// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_CASE_COUNTS_HPP
#define POLKU_REPORT_CASE_COUNTS_HPP

#include <polku/path/case.hpp>
#include <polku/path/service_path.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What one case adds to the situation picture, day by day, so that a store can keep the sums of all cases and the
/// picture of any day needs none of them.

namespace polku::inline POLKU_V::report {

/// From `day` on a figure has so much more (or less). `label` says which figure of which path and layer;
/// `situation_builder::add_counted` reads it. `value` is a number of days in figures of durations, else 0.
struct counted_change {
    std::string label;
    std::int64_t value = 0;
    time::date day;
    std::int64_t count = 0;  ///< negative where there is less
    bool operator==(const counted_change&) const = default;
};

/// Way of counting, told to the store beside the changes. It goes up whenever the same events come to count otherwise,
/// so that counters of an earlier way are not taken for those of this one.
inline constexpr std::uint32_t counting_way = 2;

/// Empty when the figures of a path can be kept by day; else the id of the target group whose rule asks for the day
/// itself (`today()`, `now()`), so that its members change on days which cannot be told beforehand. Pictures of such
/// cases are made by reading the cases.
std::optional<std::string> not_countable(const path::service_path& path);

/// True when the changes from `before` to `after` are told by their states and the events between them: nothing was put
/// right, and nothing reaches back behind what `before` knows. Otherwise both need their whole history, which a case
/// that was opened from a snapshot lacks.
bool counts_without_history(const path::case_state& before, const path::case_state& after);

/// What the figures of a case change when its events go from those of `before` to those of `after`: `after` is `before`
/// with further events of the case or its client, `before` may be a case that was not opened. On every day, that day
/// and days to come included, the sums of all changes since the case was opened are what `situation_builder::add`
/// counts of `try_record(path, after, day)`. Sorted by day; no zeros. Both have their whole history, or
/// `counts_without_history` is true.
std::vector<counted_change> counted_changes(const path::service_path& path, const path::case_state& before,
                                            const path::case_state& after);

/// The hash, in hex, of the path version of which a label counts the cases that are pinned to it; empty for another
/// label.
std::optional<std::string> counted_path_version(std::string_view label);
/// The path and the layer that a label is of; empty texts for a label of another kind.
struct counted_place {
    std::string path;   ///< id
    std::string layer;  ///< a municipality's code, `not_shown` or `total`
};
/// Of a label that `counted_changes` made.
counted_place counted_place_of(std::string_view label);

}  // namespace polku::inline POLKU_V::report

#endif
