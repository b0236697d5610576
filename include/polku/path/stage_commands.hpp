// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_STAGE_COMMANDS_HPP
#define POLKU_PATH_STAGE_COMMANDS_HPP

#include <polku/path/network.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// Commands about the case as a whole: its opening, stages, duties and end. `type` is the command's name in JSON; a
/// `reason` is required, but when opening.

namespace polku::inline POLKU_V::path {

/// Opens the case through an entry of the definition. `client` is the hex id of the client's stream. `entry` is an id
/// of the definition, whose facts must be known and whose `sender` be given where it has one; `municipality` a
/// three-digit code; `channel` one of the entry's.
struct open_case {
    static constexpr std::string_view type = "open_case";
    std::string client;
    std::string entry;
    std::string municipality;
    std::optional<std::string> channel;
    std::optional<party> sender;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(open_case, (), (client, entry, municipality, channel, sender, reason))

/// Evaluates the routing decision of the stage and follows it to the next stage or exit.
struct route {
    static constexpr std::string_view type = "route";
};
BOOST_DESCRIBE_STRUCT(route, (), ())

/// A worker ends the case by an exit that is open to workers.
struct close_case {
    static constexpr std::string_view type = "close_case";
    std::string exit;  ///< id of the definition
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(close_case, (), (exit, reason))

/// The client ends the case; without `exit` by the definition's first exit that is open to clients.
struct withdraw {
    static constexpr std::string_view type = "withdraw";
    std::string reason;
    std::optional<std::string> exit;
};
BOOST_DESCRIBE_STRUCT(withdraw, (), (reason, exit))

/// Opens an ended case again: identity and history stay, deadlines start anew.
struct reopen_case {
    static constexpr std::string_view type = "reopen_case";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reopen_case, (), (reason))

/// Says that a duty was met by something that no event of this case shows.
struct satisfy_obligation {
    static constexpr std::string_view type = "satisfy_obligation";
    std::string obligation;  ///< instance id, such as `joint plan 1`
    std::string reason;      ///< what met it
};
BOOST_DESCRIBE_STRUCT(satisfy_obligation, (), (obligation, reason))

/// Records what the passing of time has brought about by the command's day: time-outs, escalations, dispositions.
struct tick {
    static constexpr std::string_view type = "tick";
};
BOOST_DESCRIBE_STRUCT(tick, (), ())

}  // namespace polku::inline POLKU_V::path

#endif
