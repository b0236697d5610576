// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REFERRAL_EVENTS_HPP
#define POLKU_PATH_REFERRAL_EVENTS_HPP

#include <polku/path/network.hpp>
#include <polku/path/referral.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to referrals. Their moves are stored under the name of the state they lead to (`referral_sent`).

namespace polku::inline POLKU_V::path {

struct referral_drafted {
    static constexpr std::string_view type = "referral_drafted";
    std::string referral;
    std::string service;
    std::string receiver;
    party sender;
    std::string owner;
    time::date deadline;
    std::string disposition;
    std::optional<std::string> reason;
    std::optional<std::string> background;
    std::optional<std::string> client_view;
    std::optional<std::string> previous;
};
BOOST_DESCRIBE_STRUCT(referral_drafted, (),
                      (referral, service, receiver, sender, owner, deadline, disposition, reason, background,
                       client_view, previous))

struct referral_amended {
    static constexpr std::string_view type = "referral_amended";
    std::string referral;
    std::string service;
    std::optional<std::string> reason;
    std::optional<std::string> background;
    std::optional<std::string> client_view;
};
BOOST_DESCRIBE_STRUCT(referral_amended, (), (referral, service, reason, background, client_view))

/// Stored as `referral_<state it leads to>`. `tells` are the roles that hear of it, since somebody else made the move.
struct referral_moved {
    static constexpr std::string_view type = "referral_moved";
    std::string referral;
    std::string service;
    referral_move move = referral_move::send;
    referral_state from_state = referral_state::draft;
    referral_state to_state = referral_state::draft;
    std::string responsible;
    std::string owner;
    std::optional<time::date> deadline;
    std::string disposition;
    std::optional<std::string> reason;
    std::optional<time::date> until;
    std::optional<std::string> outcome;
    std::optional<std::string> next;
    std::vector<std::string> tells;
};
BOOST_DESCRIBE_STRUCT(referral_moved, (),
                      (referral, service, move, from_state, to_state, responsible, owner, deadline, disposition, reason,
                       until, outcome, next, tells))

/// A referral's deadline passed and somebody else is called to act by a new one.
struct referral_escalated {
    static constexpr std::string_view type = "referral_escalated";
    std::string referral;
    std::string service;
    std::string owner;
    time::date deadline;
    std::int64_t level = 1;
};
BOOST_DESCRIBE_STRUCT(referral_escalated, (), (referral, service, owner, deadline, level))

}  // namespace polku::inline POLKU_V::path

#endif
