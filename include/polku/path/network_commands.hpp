// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_NETWORK_COMMANDS_HPP
#define POLKU_PATH_NETWORK_COMMANDS_HPP

#include <polku/path/network.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// Commands about the people around the client: responsibility and the team. `type` is the command's name in JSON;
/// `who` is the person with role and organisation.

namespace polku::inline POLKU_V::path {

/// Client responsibility passes to `who` from the command's day on; it ends for whoever had it.
struct assign_responsible {
    static constexpr std::string_view type = "assign_responsible";
    party who;
};
BOOST_DESCRIBE_STRUCT(assign_responsible, (), (who))

/// The client's own worker in social welfare is `who` from the command's day on, in the place of the one before.
struct assign_own_worker {
    static constexpr std::string_view type = "assign_own_worker";
    party who;
};
BOOST_DESCRIBE_STRUCT(assign_own_worker, (), (who))

/// `who` joins the network team.
struct add_team_member {
    static constexpr std::string_view type = "add_team_member";
    party who;
};
BOOST_DESCRIBE_STRUCT(add_team_member, (), (who))

/// The `person`, named as when joining, leaves the team; `reason` may say why.
struct remove_team_member {
    static constexpr std::string_view type = "remove_team_member";
    std::string person;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(remove_team_member, (), (person, reason))

}  // namespace polku::inline POLKU_V::path

#endif
