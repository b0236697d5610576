// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CORRECTION_COMMANDS_HPP
#define POLKU_PATH_CORRECTION_COMMANDS_HPP

#include <polku/feel/value.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// @file
/// Commands that put right what was recorded. `type` is the command's name in JSON; `event` the event that is put
/// right, of this case or its client; `reason` is required.

namespace polku::inline POLKU_V::path {

/// Names an event of a stream of this case. `stream` is `case` or `client`.
struct event_name {
    std::string stream;
    std::int64_t version = 0;  ///< number of the event in its stream, from 1
    bool operator==(const event_name&) const = default;
};
BOOST_DESCRIBE_STRUCT(event_name, (), (stream, version))

/// Puts right members of an earlier event (and its day, by `effective`); the event itself stays as it was written.
struct correct {
    static constexpr std::string_view type = "correct";
    event_name event;
    feel::value members;  ///< a context: the members to replace, by name
    std::optional<time::date> effective;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(correct, (), (event, members, effective, reason))

/// Says that an earlier event never happened.
struct enter_in_error {
    static constexpr std::string_view type = "enter_in_error";
    event_name event;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(enter_in_error, (), (event, reason))

}  // namespace polku::inline POLKU_V::path

#endif
