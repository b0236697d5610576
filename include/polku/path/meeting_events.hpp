// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_MEETING_EVENTS_HPP
#define POLKU_PATH_MEETING_EVENTS_HPP

#include <polku/path/planned_meeting.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to meetings. `type` is the event's stored name; `meeting` the id of the meeting, `kind` its id in the
/// definition; `owner` and `role` are roles.

namespace polku::inline POLKU_V::path {

/// A meeting was agreed for `day`, at the local time `at`: `way`, `place`, `link` and `tool` say how people come
/// together, `invited` and `client_invited` who. By `hold_by` the `owner` holds, moves or cancels it.
struct meeting_planned {
    static constexpr std::string_view type = "meeting_planned";
    std::string meeting;
    std::string kind;
    time::date day;
    std::optional<std::string> at;
    meeting_way way = meeting_way::on_site;
    std::optional<std::string> place;
    std::optional<std::string> link;
    std::optional<std::string> tool;
    std::vector<participant> invited;
    std::optional<bool> client_invited;
    std::string owner;
    time::date hold_by;
};
BOOST_DESCRIBE_STRUCT(meeting_planned, (),
                      (meeting, kind, day, at, way, place, link, tool, invited, client_invited, owner, hold_by))

/// The meeting as it stands after the move. `day` and `at` are the new ones, `way`, `place` and `link` those that now
/// hold; `hold_by` is the new last day and `reason` why it was moved.
struct meeting_moved {
    static constexpr std::string_view type = "meeting_moved";
    std::string meeting;
    std::string kind;
    time::date day;
    std::optional<std::string> at;
    meeting_way way = meeting_way::on_site;
    std::optional<std::string> place;
    std::optional<std::string> link;
    time::date hold_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(meeting_moved, (), (meeting, kind, day, at, way, place, link, hold_by, reason))

/// It will not be held.
struct meeting_cancelled {
    static constexpr std::string_view type = "meeting_cancelled";
    std::string meeting;
    std::string kind;
    std::string reason;  ///< `case_closed` when the end of the case ended it
};
BOOST_DESCRIBE_STRUCT(meeting_cancelled, (), (meeting, kind, reason))

/// An agreed meeting was neither held, moved nor cancelled by its last day; the next role of the chain is called.
/// `hold_by` is the day that passed, `level` the place of `role` in the chain, from 1.
struct meeting_missed {
    static constexpr std::string_view type = "meeting_missed";
    std::string meeting;
    std::string kind;
    time::date hold_by;
    std::int64_t level = 1;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(meeting_missed, (), (meeting, kind, hold_by, level, role))

/// It was held on the event's day; `meeting` has who took part and what was agreed.
struct meeting_held {
    static constexpr std::string_view type = "meeting_held";
    path::meeting meeting;
};
BOOST_DESCRIBE_STRUCT(meeting_held, (), (meeting))

}  // namespace polku::inline POLKU_V::path

#endif
