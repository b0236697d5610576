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
/// `type` is the event's stored name (of moves see `referral_moved`); `referral` is the id of the referral, `service`
/// its receiver in the definition. `owner`, `responsible` and `receiver` are roles; `deadline` is the last day in the
/// state, and `disposition` what happens then: `escalate` or a move.

namespace polku::inline POLKU_V::path {

/// `reason`, `background` and `client_view` (what the client may read) are as the `sender` wrote them; `previous` is
/// the referral that was forwarded to this one.
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

/// Absent members of `reason`, `background` and `client_view` stayed as they were.
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
/// `move` led from `from_state` to `to_state`. `reason`, `until`, `outcome` and `next` (the referral that it was
/// forwarded to) are there where the move has them; `deadline` is absent where it ended.
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

/// A referral's deadline passed and somebody else is called to act by a new one. `level` counts the calls in this
/// state, from 1; `deadline` is the new one.
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
