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
/// What happened to placements, and their follow-up. `type` is the event's stored name; `placement` the id of the
/// placement, `kind` its id in the definition.

namespace polku::inline POLKU_V::path {

/// It began on the event's day. `employer` is the employer, school or payer and `tasks` texts; `tailored`,
/// `weekly_hours` and `social_procurement` tell of the job, `until` is its agreed end.
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

/// It ended on the event's day; `reason` says why.
struct placement_ended {
    static constexpr std::string_view type = "placement_ended";
    std::string placement;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(placement_ended, (), (placement, kind, reason))

/// The employment is supported; `support` says how, from when, until when and with how much.
struct support_recorded {
    static constexpr std::string_view type = "support_recorded";
    std::string placement;
    path::support support;
};
BOOST_DESCRIBE_STRUCT(support_recorded, (), (placement, support))

/// Check points were set: `about` is a placement's id or `exit <id>`, `points` are the days with their owners.
struct follow_ups_scheduled {
    static constexpr std::string_view type = "follow_ups_scheduled";
    std::string about;
    std::vector<check_point> points;
};
BOOST_DESCRIBE_STRUCT(follow_ups_scheduled, (), (about, points))

/// Somebody looked at the check point `point`: `status` is how it went, `support_needed` whether the client still needs
/// support. `text` is in the worker's words.
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
