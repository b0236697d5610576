// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLANNED_MEETING_HPP
#define POLKU_PATH_PLANNED_MEETING_HPP

#include <polku/path/network.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// How people come together: all at one place, all over a connection, or some of each. The names are `on_site`,
/// `remote` and `hybrid`.
enum class meeting_way : std::uint8_t { on_site, remote, hybrid };
BOOST_DESCRIBE_ENUM(meeting_way, on_site, remote, hybrid)

/// Waiting for its day (`planned`), `held` or `cancelled`.
enum class planned_meeting_state : std::uint8_t { planned, held, cancelled };
BOOST_DESCRIBE_ENUM(planned_meeting_state, planned, held, cancelled)

/// A meeting that has been agreed for a day. While it is `planned` it has an owner and a last day: by `hold_by` it is
/// held (`hold_meeting` with its id), moved or cancelled, else the next role of its chain is called. `link` and `place`
/// are what the invitation says; nothing is sent from here.
struct planned_meeting {
    std::string id;                          ///< chosen by whoever agreed it
    std::string kind;                        ///< id among the definition's meetings
    time::date agreed;                       ///< when it was agreed, or moved last
    time::date day;                          ///< the day on which it is to be held
    std::optional<std::string> at;           ///< local time of day, `13:30`
    meeting_way way = meeting_way::on_site;  ///< who is on the spot
    std::optional<std::string> place;
    std::optional<std::string> link;
    std::optional<std::string> tool;     ///< id among the definition's tools: what a remote meeting is held with
    std::vector<participant> invited;    ///< besides the client
    std::optional<bool> client_invited;  ///< whether the client is
    std::string owner;                   ///< role
    time::date hold_by;
    planned_meeting_state state = planned_meeting_state::planned;  ///< planned until it is held or cancelled
    std::int64_t moved = 0;                                        ///< how often its day was changed
    std::optional<time::date> ended;                               ///< held or cancelled on
    std::optional<std::string> reason;                             ///< why it was moved or cancelled last
    std::int64_t escalated = 0;               ///< how many roles have been called since its last day
    std::optional<std::string> escalated_to;  ///< the role called last
    /// True until it is held or cancelled.
    bool is_open() const { return state == planned_meeting_state::planned; }
    bool operator==(const planned_meeting&) const = default;
};
BOOST_DESCRIBE_STRUCT(planned_meeting, (),
                      (id, kind, agreed, day, at, way, place, link, tool, invited, client_invited, owner, hold_by,
                       state, moved, ended, reason, escalated, escalated_to))

}  // namespace polku::inline POLKU_V::path

#endif
