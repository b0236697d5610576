// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACEMENT_EVENTS_HPP
#define POLKU_PATH_PLACEMENT_EVENTS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/follow_up.hpp>
#include <polku/path/placement.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to placements, and their follow-up.

namespace polku::inline POLKU_V::path {

struct placement_started {
    static constexpr std::string_view type = "placement_started";
    std::string placement;
    std::string kind;
    std::optional<std::string> employer;
    std::vector<std::string> tasks;
    std::optional<bool> tailored;
    std::optional<feel::number> weekly_hours;
    std::optional<bool> social_procurement;
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(placement_started, (),
                      (placement, kind, employer, tasks, tailored, weekly_hours, social_procurement, until))

struct placement_ended {
    static constexpr std::string_view type = "placement_ended";
    std::string placement;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(placement_ended, (), (placement, kind, reason))

struct support_recorded {
    static constexpr std::string_view type = "support_recorded";
    std::string placement;
    path::support support;
};
BOOST_DESCRIBE_STRUCT(support_recorded, (), (placement, support))

struct follow_ups_scheduled {
    static constexpr std::string_view type = "follow_ups_scheduled";
    std::string about;
    std::vector<check_point> points;
};
BOOST_DESCRIBE_STRUCT(follow_ups_scheduled, (), (about, points))

struct follow_up_recorded {
    static constexpr std::string_view type = "follow_up_recorded";
    std::string point;
    std::string status;
    std::optional<std::string> text;
    std::optional<bool> support_needed;
};
BOOST_DESCRIBE_STRUCT(follow_up_recorded, (), (point, status, text, support_needed))

}  // namespace polku::inline POLKU_V::path

#endif
