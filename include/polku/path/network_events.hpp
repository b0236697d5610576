// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_NETWORK_EVENTS_HPP
#define POLKU_PATH_NETWORK_EVENTS_HPP

#include <polku/path/network.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// What happened to the people around the client. `type` is the event's stored name; `who` is the person with role and
/// organisation.

namespace polku::inline POLKU_V::path {

/// Client responsibility passed to `who` on the event's day.
struct responsible_assigned {
    static constexpr std::string_view type = "responsible_assigned";
    party who;
};
BOOST_DESCRIBE_STRUCT(responsible_assigned, (), (who))

/// The own worker is `who` from the event's day on.
struct own_worker_assigned {
    static constexpr std::string_view type = "own_worker_assigned";
    party who;
};
BOOST_DESCRIBE_STRUCT(own_worker_assigned, (), (who))

/// `who` is in the network team from the event's day on.
struct team_member_added {
    static constexpr std::string_view type = "team_member_added";
    party who;
};
BOOST_DESCRIBE_STRUCT(team_member_added, (), (who))

/// `who` left the team on the event's day; `reason` may say why.
struct team_member_removed {
    static constexpr std::string_view type = "team_member_removed";
    party who;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(team_member_removed, (), (who, reason))

}  // namespace polku::inline POLKU_V::path

#endif
