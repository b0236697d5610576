// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_FIGURES_HPP
#define POLKU_SRC_POPULATION_PATH_FIGURES_HPP

#include "path_plan.hpp"

namespace polku::inline POLKU_V::population::detail {

/// Readers of assumed figures, each with the place that its errors name.

/// A number, or `[low, likely, high]`, in millionths, from 0 to `most`.
result<ranged> try_ranged(const feel::value& from, std::int64_t most, const plan_place& at);
/// A share, from 0 to 1.
result<ranged> try_share(const feel::value& from, const plan_place& at);
/// Refuses shares whose likely values do not add up to 1.
result<void> check_sum(const std::vector<ranged>& shares, const plan_place& at);
result<stay_times> try_times(const feel::value& from, const plan_place& at);
/// Room by municipality, in the order of the codes.
result<planned_room> try_room(const std::optional<feel::value>& from, const std::vector<std::string>& codes,
                              const plan_place& at);
/// A whole number from 0 to `most`.
result<std::int64_t> try_whole(const feel::value& from, std::int64_t most, const plan_place& at);
/// The first day of a month such as `2027-01`.
result<time::date> try_month(const std::string& text, const plan_place& at);
/// The place of a name; an error that names the nearest, and what the names are of.
result<std::size_t> try_find(std::string_view name, const std::vector<std::string>& among, std::string_view what,
                             const plan_place& at);

}  // namespace polku::inline POLKU_V::population::detail

#endif
