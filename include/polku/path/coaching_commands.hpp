// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_COACHING_COMMANDS_HPP
#define POLKU_PATH_COACHING_COMMANDS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/network.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about coaching. `type` is the command's name in JSON; `coaching` is an id that the caller chooses when
/// starting.

namespace polku::inline POLKU_V::path {

/// Begins coaching with `coach` by a `package` of the definition, in one of its environments or at a workplace
/// (`environment` absent). `tasks` are ids of the catalogue, or free texts where the path has none; `weekly_hours` at
/// most what the package allows; `ends` by its longest time unless given. Error `not_in_target_group` for a client whom
/// the package is not for.
struct start_coaching {
    static constexpr std::string_view type = "start_coaching";
    std::string coaching;
    std::string package;
    party coach;
    std::optional<std::string> environment;
    std::optional<feel::number> weekly_hours;
    std::vector<std::string> tasks;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(start_coaching, (), (coaching, package, coach, environment, weekly_hours, tasks, ends))

/// Hours planned and attended in an open coaching between two days, both included (`from`, `until`): `planned_hours`
/// and `attended_hours` are zero or more, `reason` is for hours that were not attended.
struct record_attendance {
    static constexpr std::string_view type = "record_attendance";
    std::string coaching;
    time::date from;
    time::date until;
    feel::number planned_hours;
    feel::number attended_hours;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(record_attendance, (), (coaching, from, until, planned_hours, attended_hours, reason))

/// Ends an open coaching with its conclusion `result`, which is required.
struct complete_coaching {
    static constexpr std::string_view type = "complete_coaching";
    std::string coaching;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(complete_coaching, (), (coaching, result))

}  // namespace polku::inline POLKU_V::path

#endif
