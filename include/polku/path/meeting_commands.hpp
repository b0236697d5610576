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
/// Commands about meetings.

namespace polku::inline POLKU_V::path {

/// Agrees a meeting for `day`; `hold_meeting` with the same id then holds it. What is invited must fit what the
/// definition asks of a meeting of that kind.
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

/// Gives an agreed meeting another day; time, way, place and link where they are given.
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

struct cancel_meeting {
    static constexpr std::string_view type = "cancel_meeting";
    std::string meeting;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel_meeting, (), (meeting, reason))

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
