// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_SIMULATION_COUNTS_HPP
#define POLKU_SRC_WORKSPACE_SIMULATION_COUNTS_HPP

#include <polku/population/simulation.hpp>
#include <polku/report/suppression.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// @file
/// The totals of a simulation as they may be shown: small counts and the sums of few people are hidden. Each figure has
/// a layer for each group and one for all of them at the end.

namespace polku::inline POLKU_V::detail {

using layered_counts = std::vector<report::protected_count>;

/// A sum of both sides; all of it is hidden or nothing is.
struct shown_sum {
    bool is_hidden = false;
    std::optional<feel::number> is;  ///< none: more than 34 digits
    std::optional<feel::number> against;
    std::optional<feel::number> difference;
};

/// How many answers of a side have a text or truth value.
struct shown_value {
    std::string value;
    layered_counts is;
    layered_counts against;
};

/// How many answers of all groups have a number; `value` is empty for all numbers that few answers have.
struct shown_number {
    std::optional<feel::number> value;
    std::int64_t is = 0;
    std::int64_t against = 0;
};

struct shown_member {
    std::string name;
    bool has_numbers = false;
    layered_counts known[2];      ///< decided rows with a number, by side
    layered_counts without[2];    ///< decided rows without one
    std::vector<shown_sum> sums;  ///< by layer, of numbers
    std::optional<feel::number> mean_is;
    std::optional<feel::number> mean_against;
    bool has_distribution = false;
    std::vector<shown_number> numbers;
    bool by_group = true;             ///< false: the counts of values have the last layer alone
    std::vector<shown_value> values;  ///< those without a value at the end, under an empty text
};

/// What municipalities pay of a benefit: of those who are granted something on either side, and of all.
struct shown_benefit {
    shown_sum granted;
    std::optional<feel::number> all;  ///< hidden with the others
};

struct shown_day {
    time::date day;
    std::vector<std::vector<std::string>> groups;  ///< without "all"
    layered_counts rows;
    layered_counts faults;
    layered_counts changed;
    layered_counts decided;
    layered_counts undecided;
    layered_counts decided_against;
    layered_counts undecided_against;
    std::vector<shown_member> members;
    std::vector<shown_benefit> benefit;  ///< by layer; empty where it was not asked
};

/// More groups than this are shown in one figure only.
inline constexpr std::size_t most_shown_groups = 400;

/// The day's totals, which are those of one day. A threshold of 1 hides nothing.
shown_day show_day(const std::vector<const population::group_total*>& of, std::int64_t threshold);

}  // namespace polku::inline POLKU_V::detail

#endif
