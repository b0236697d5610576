// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REFERRAL_COMMANDS_HPP
#define POLKU_PATH_REFERRAL_COMMANDS_HPP

#include <polku/path/network.hpp>
#include <polku/path/referral.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// @file
/// Commands that make a referral and move it along its table. `type` is the command's name in JSON; `referral` is an id
/// that the caller chooses when drafting.

namespace polku::inline POLKU_V::path {

/// Drafts a referral to `service`, an id of the definition, by `sender`. `reason` says why the client is referred,
/// `background` what the receiver must know besides, `client_view` what the client may read of it; all three can be
/// added later.
struct draft_referral {
    static constexpr std::string_view type = "draft_referral";
    std::string referral;
    std::string service;
    party sender;
    std::optional<std::string> reason;
    std::optional<std::string> background;
    std::optional<std::string> client_view;
};
BOOST_DESCRIBE_STRUCT(draft_referral, (), (referral, service, sender, reason, background, client_view))

/// Completes a draft, or one that came back for information. One of `reason`, `background` and `client_view` is needed;
/// absent ones stay.
struct amend_referral {
    static constexpr std::string_view type = "amend_referral";
    std::string referral;
    std::optional<std::string> reason;
    std::optional<std::string> background;
    std::optional<std::string> client_view;
};
BOOST_DESCRIBE_STRUCT(amend_referral, (), (referral, reason, background, client_view))

/// One move of the referral's table. `reason` is needed to decline, fail, return, revoke; `until` to wait-list and hold
/// (declining, it parks until a day on which it wakes); `outcome` to complete; `to` and `next` (new id) to forward. The
/// table of `referral_transitions` says which `move` is legal.
struct move_referral {
    static constexpr std::string_view type = "move_referral";
    std::string referral;
    referral_move move = referral_move::send;
    std::optional<std::string> reason;
    std::optional<time::date> until;
    std::optional<std::string> outcome;
    std::optional<std::string> to;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(move_referral, (), (referral, move, reason, until, outcome, to, next))

}  // namespace polku::inline POLKU_V::path

#endif
