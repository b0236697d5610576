// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_TIME_FWD_HPP
#define POLKU_TIME_FWD_HPP

/// @file
/// The name of every public type of `time`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::time {
// clang-format off
struct clock_time; class date; class date_interval; struct date_time; struct dated_holiday; struct days_duration;
struct deadline; enum class holiday : std::uint8_t; struct holiday_names; struct moment; struct months_duration;
struct notice; enum class notice_way : std::uint8_t; struct period; enum class period_unit : std::uint8_t;
struct receipt; enum class roll_rule : std::uint8_t; enum class weekday : std::uint8_t; struct zone; class zone_source;
// clang-format on
}  // namespace polku::inline POLKU_V::time

#endif
