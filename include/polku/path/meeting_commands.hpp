// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_MEETING_COMMANDS_HPP
#define POLKU_PATH_MEETING_COMMANDS_HPP

#include <polku/path/planned_meeting.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about meetings. `type` is the command's name in JSON; `meeting` is an id that the caller chooses, `kind`
/// one among the definition's meetings.

namespace polku::inline POLKU_V::path {

/// Agrees a meeting for `day`; `hold_meeting` with the same id then holds it. What is invited must fit what the
/// definition asks of a meeting of that kind. `place` is where it is held, `link` how to join it from elsewhere and
/// `tool` the id of what it is held with; `way` says which of these count. `client_invited` must be true where the kind
/// asks for the client. `invited` are the people besides the client.
struct plan_meeting {
    static constexpr std::string_view type = "plan_meeting";
    std::string meeting;
    std::string kind;
    time::date day;
    std::optional<std::string> at;  ///< `13:30`
    meeting_way way = meeting_way::on_site;
    std::optional<std::string> place;
    std::optional<std::string> link;
    std::optional<std::string> tool;
    std::vector<participant> invited;
    std::optional<bool> client_invited;
};
BOOST_DESCRIBE_STRUCT(plan_meeting, (), (meeting, kind, day, at, way, place, link, tool, invited, client_invited))

/// Gives an agreed meeting another `day`, not before the command's, and what else is given of `at`, `way`, `place` and
/// `link`. The `reason` is required.
struct move_meeting {
    static constexpr std::string_view type = "move_meeting";
    std::string meeting;
    time::date day;
    std::optional<std::string> at;
    std::optional<meeting_way> way;
    std::optional<std::string> place;
    std::optional<std::string> link;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(move_meeting, (), (meeting, day, at, way, place, link, reason))

/// An agreed meeting is not held; the `reason` is required.
struct cancel_meeting {
    static constexpr std::string_view type = "cancel_meeting";
    std::string meeting;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel_meeting, (), (meeting, reason))

/// Tells of a meeting that was held on the command's day, agreed before or not. `participants` must fit the kind,
/// `client_present` be true where it asks for the client, and `agreed` (the joint follow-on plan) be given where it
/// asks for one. `notes` are free words.
struct hold_meeting {
    static constexpr std::string_view type = "hold_meeting";
    std::string meeting;
    std::string kind;
    std::vector<participant> participants;
    std::optional<bool> client_present;
    std::optional<std::string> agreed;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(hold_meeting, (), (meeting, kind, participants, client_present, agreed, notes))

}  // namespace polku::inline POLKU_V::path

#endif
