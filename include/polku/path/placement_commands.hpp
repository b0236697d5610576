// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACEMENT_COMMANDS_HPP
#define POLKU_PATH_PLACEMENT_COMMANDS_HPP

#include <polku/feel/number.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about placements, the supports of an employment, and follow-up. `type` is the command's name in JSON;
/// `placement` is an id that the caller chooses when starting.

namespace polku::inline POLKU_V::path {

/// Begins a placement of `kind`, an id among the definition's placements. `employer` is the employer, school or payer,
/// which some kinds need; `tasks` are texts, `weekly_hours` as agreed; `tailored` says that they were cut out for the
/// client. `until` is the agreed end, `social_procurement` true for a job found through social criteria of a
/// procurement. Check points are set with it.
struct start_placement {
    static constexpr std::string_view type = "start_placement";
    std::string placement;
    std::string kind;
    std::optional<std::string> employer;
    std::vector<std::string> tasks;
    std::optional<bool> tailored;
    std::optional<feel::number> weekly_hours;
    std::optional<bool> social_procurement;
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(start_placement, (),
                      (placement, kind, employer, tasks, tailored, weekly_hours, social_procurement, until))

/// The placement ends on the command's day; the `reason` is required.
struct end_placement {
    static constexpr std::string_view type = "end_placement";
    std::string placement;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(end_placement, (), (placement, reason))

/// A `support` of the employment (an id among the definition's supports) between two days, both included: from `from`,
/// not before the placement began, to `until` where that is known. `monthly_amount` is in euros.
struct record_support {
    static constexpr std::string_view type = "record_support";
    std::string placement;
    std::string support;
    time::date from;
    std::optional<time::date> until;
    std::optional<feel::number> monthly_amount;
};
BOOST_DESCRIBE_STRUCT(record_support, (), (placement, support, from, until, monthly_amount))

/// Tells how it went at the check point `point`, an id of the case. `status` is required (`in work`, `studying`, ...);
/// `support_needed` says whether the client still needs support. `text` is in the worker's words.
struct record_follow_up {
    static constexpr std::string_view type = "record_follow_up";
    std::string point;
    std::string status;
    std::optional<std::string> text;
    std::optional<bool> support_needed;
};
BOOST_DESCRIBE_STRUCT(record_follow_up, (), (point, status, text, support_needed))

}  // namespace polku::inline POLKU_V::path

#endif
