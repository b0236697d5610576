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
/// Commands about coaching.

namespace polku::inline POLKU_V::path {

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

struct complete_coaching {
    static constexpr std::string_view type = "complete_coaching";
    std::string coaching;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(complete_coaching, (), (coaching, result))

}  // namespace polku::inline POLKU_V::path

#endif
