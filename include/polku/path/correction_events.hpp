// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CORRECTION_EVENTS_HPP
#define POLKU_PATH_CORRECTION_EVENTS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/correction_commands.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// What was put right later. `type` is the event's stored name; `event` names the earlier event, `reason` says why.

namespace polku::inline POLKU_V::path {

/// Replaces members of an earlier event, and its day where `effective` is given. `members` is a context of the new
/// values by name.
struct corrected {
    static constexpr std::string_view type = "corrected";
    event_name event;
    feel::value members;
    std::optional<time::date> effective;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(corrected, (), (event, members, effective, reason))

/// The earlier event counts as never having happened; it stays in the stream as it was written.
struct entered_in_error {
    static constexpr std::string_view type = "entered_in_error";
    event_name event;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(entered_in_error, (), (event, reason))

}  // namespace polku::inline POLKU_V::path

#endif
