// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_COACHING_EVENTS_HPP
#define POLKU_PATH_COACHING_EVENTS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/coaching.hpp>
#include <polku/path/network.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to coaching. `type` is the event's stored name; `coaching` the id of the coaching.

namespace polku::inline POLKU_V::path {

/// Coaching began on the event's day: `package`, `environment` and `tasks` by their ids (tasks as free texts where the
/// path has no catalogue), `coach`, `weekly_hours` as agreed and the planned last day `ends`.
struct coaching_started {
    static constexpr std::string_view type = "coaching_started";
    std::string coaching;
    std::string package;
    party coach;
    std::optional<std::string> environment;
    std::optional<feel::number> weekly_hours;
    std::vector<std::string> tasks;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(coaching_started, (), (coaching, package, coach, environment, weekly_hours, tasks, ends))

/// What was attended in some days of it; `attendance` has hours and reason.
struct attendance_recorded {
    static constexpr std::string_view type = "attendance_recorded";
    std::string coaching;
    path::attendance attendance;
};
BOOST_DESCRIBE_STRUCT(attendance_recorded, (), (coaching, attendance))

/// It ended with the conclusion `result`; `package` is its id in the definition.
struct coaching_completed {
    static constexpr std::string_view type = "coaching_completed";
    std::string coaching;
    std::string package;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(coaching_completed, (), (coaching, package, result))

}  // namespace polku::inline POLKU_V::path

#endif
