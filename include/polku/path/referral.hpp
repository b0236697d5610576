// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REFERRAL_HPP
#define POLKU_PATH_REFERRAL_HPP

#include <polku/path/network.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::path {

/// Where a referral is: a closed loop from sender to receiver and back.
enum class referral_state : std::uint8_t {
    draft,        ///< with the sender, not sent yet
    sent,         ///< the receiver has not looked at it
    received,     ///< the receiver has it and has not answered
    returned,     ///< back at the sender for information
    accepted,     ///< the receiver has taken the client
    wait_listed,  ///< waits for a place until a day
    declined,     ///< back at the sender, who forwards it, lets it end, or has parked it until a day on which it wakes
    onward,       ///< forwarded; the new referral goes on
    in_progress,  ///< the service goes on
    on_hold,      ///< the service pauses until a day
    completed,    ///< ended with an outcome
    failed,       ///< ended without one, after it was accepted
    revoked,      ///< by the client or the sender
    expired,      ///< its time ran out before it was accepted
    entered_in_error,  ///< it should never have been
};
BOOST_DESCRIBE_ENUM(referral_state, draft, sent, received, returned, accepted, wait_listed, declined, onward,
                    in_progress, on_hold, completed, failed, revoked, expired, entered_in_error)
constexpr unsigned referral_state_count = 15;  ///< number of enumerators of `referral_state`

/// What somebody may do with a referral; which states a move leads from and to is in `referral_transitions`.
enum class referral_move : std::uint8_t {
    send,                    ///< to the receiver; checks the pre-information contract
    receive,                 ///< the receiver has it
    return_for_information,  ///< back to the sender, with a reason
    accept,                  ///< the receiver takes the client, and responsibility
    wait_list,               ///< a place is awaited until a day
    decline,                 ///< with a reason; parked where a day is given
    forward,                 ///< another service gets a new referral
    start,                   ///< the service begins
    hold,                    ///< pauses until a day
    resume,                  ///< goes on after a pause
    complete,                ///< with an outcome
    fail,                    ///< with a reason
    revoke,                  ///< with a reason; by the client or the sender
    expire,                  ///< after its deadline only
    wake,  ///< a declined referral is with the sender again, to be sent anew; by itself on the day until which it is
           ///< parked
    enter_in_error,  ///< with a reason
};
BOOST_DESCRIBE_ENUM(referral_move, send, receive, return_for_information, accept, wait_list, decline, forward, start,
                    hold, resume, complete, fail, revoke, expire, wake, enter_in_error)
constexpr unsigned referral_move_count = 16;  ///< number of enumerators of `referral_move`

/// One legal move. The table of these is the whole truth about referrals.
struct referral_transition {
    referral_state from;  ///< state before
    referral_move move;   ///< what is done
    referral_state to;    ///< state after
};
/// All legal moves, by state; static data.
POLKU_DECL std::span<const referral_transition> referral_transitions() noexcept;

/// The state after a move, or error `illegal_referral_move` that names the legal ones.
POLKU_DECL result<referral_state> try_move(referral_state from, referral_move move);
/// Moves that a state allows; empty for those that end.
POLKU_DECL std::vector<referral_move> legal_moves(referral_state from);

/// As JSON spells it, such as `wait_listed`; static text.
POLKU_DECL std::string_view name_of(referral_state of) noexcept;
/// As JSON spells it, such as `wait_list`; static text.
POLKU_DECL std::string_view name_of(referral_move of) noexcept;
/// The state or move of that name; empty for others.
POLKU_DECL std::optional<referral_state> referral_state_named(std::string_view name) noexcept;
/// The move of that name; empty for others.
POLKU_DECL std::optional<referral_move> referral_move_named(std::string_view name) noexcept;

/// An open state waits for somebody: it has an owner and a deadline. The others are ends. A declined referral is open:
/// the client is not helped yet, and the sender must find another way.
constexpr bool is_open(referral_state of) noexcept {
    switch (of) {
        case referral_state::draft:
        case referral_state::sent:
        case referral_state::received:
        case referral_state::returned:
        case referral_state::accepted:
        case referral_state::wait_listed:
        case referral_state::declined:
        case referral_state::in_progress:
        case referral_state::on_hold: return true;
        default: return false;
    }
}
/// Until a receiver has accepted, the sender stays responsible.
constexpr bool is_sender_responsible(referral_state of) noexcept {
    return of == referral_state::draft || of == referral_state::sent || of == referral_state::received ||
           of == referral_state::returned || of == referral_state::wait_listed || of == referral_state::declined;
}
/// The sender must act (draft, returned, declined); in the other open states the receiver must.
constexpr bool is_waiting_for_sender(referral_state of) noexcept {
    return of == referral_state::draft || of == referral_state::returned || of == referral_state::declined;
}
/// The receiver has the client's information, or a place in a queue for the client: what a withdrawn consent stops.
constexpr bool is_with_receiver(referral_state of) noexcept { return is_open(of) && !is_waiting_for_sender(of); }

/// How long an open state may last and what then happens, where the service does not say otherwise. `then` is a move,
/// or empty for "escalate".
struct referral_limit {
    std::string_view within;  ///< period, such as `P14D`
    std::optional<referral_move> then;
};
/// For an open state; what it says of others has no use.
POLKU_DECL referral_limit default_limit(referral_state open_state) noexcept;
/// The move that ends an open state whose escalation has come to its end: `expire`, or `fail` once it was accepted.
constexpr referral_move final_disposition(referral_state open_state) noexcept {
    return open_state == referral_state::accepted || open_state == referral_state::in_progress ||
                   open_state == referral_state::on_hold
               ? referral_move::fail
               : referral_move::expire;
}

/// True for moves that the receiver makes; the others are the sender's, the client's or time's.
constexpr bool is_made_by_receiver(referral_move of) noexcept {
    switch (of) {
        case referral_move::receive:
        case referral_move::return_for_information:
        case referral_move::accept:
        case referral_move::wait_list:
        case referral_move::decline:
        case referral_move::forward:
        case referral_move::start:
        case referral_move::hold:
        case referral_move::resume:
        case referral_move::complete:
        case referral_move::fail: return true;
        default: return false;
    }
}

/// One client sent to one service. `responsible` is the sender until the receiver accepts; `owner` is the role that
/// must act now; `deadline` and `disposition` say until when, and what happens then.
struct referral {
    std::string id;                                ///< chosen by whoever drafted it
    std::string service;                           ///< id of the receiving service
    party sender;                                  ///< who refers; stays the same when it is forwarded
    std::string receiver;                          ///< role
    referral_state state = referral_state::draft;  ///< where it is
    time::date since;                              ///< first day in this state
    std::string responsible;                       ///< role
    std::string owner;                             ///< role
    std::optional<time::date> deadline;
    std::string disposition;                  ///< `escalate`, or the move taken at the deadline
    std::int64_t escalations = 0;             ///< in this state
    std::optional<std::string> reason;        ///< why the client is referred
    std::optional<std::string> background;    ///< what the receiver must know besides the reason
    std::optional<std::string> client_view;   ///< what the client may read of why
    std::optional<std::string> state_reason;  ///< of declining, failing, returning, revoking
    std::optional<time::date> until;          ///< wait-listed, parked or on hold until
    std::optional<std::string> outcome;       ///< required to complete it
    std::optional<std::string> previous;      ///< the referral that was forwarded to this one
    std::optional<std::string> next;          ///< the referral that this one was forwarded to
    std::optional<time::date> started;        ///< the first day in progress
    std::optional<time::date> ended;  ///< of one that was started: the first day on which it was not open any more
    bool operator==(const referral&) const = default;
};
BOOST_DESCRIBE_STRUCT(referral, (),
                      (id, service, sender, receiver, state, since, responsible, owner, deadline, disposition,
                       escalations, reason, background, client_view, state_reason, until, outcome, previous, next,
                       started, ended))

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/referral.ipp>
#endif

#endif
