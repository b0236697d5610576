// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_EVENTS_HPP
#define POLKU_PATH_EVENTS_HPP

#include <polku/path/assessment_events.hpp>
#include <polku/path/client_events.hpp>
#include <polku/path/coaching_events.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/correction_events.hpp>
#include <polku/path/definition.hpp>
#include <polku/path/event.hpp>
#include <polku/path/fact.hpp>
#include <polku/path/meeting_events.hpp>
#include <polku/path/network_events.hpp>
#include <polku/path/obligation_events.hpp>
#include <polku/path/pack_decision.hpp>
#include <polku/path/placement_events.hpp>
#include <polku/path/plan_events.hpp>
#include <polku/path/referral_events.hpp>
#include <polku/path/stage_events.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// @file
/// What happened in a case. Each struct is the content of one event; all members may be missing after erasure, and then
/// have their default. Facts, consents, identifiers and representatives belong to the client's stream, the rest to the
/// case's. A referral's moves are stored under the name of the state they lead to (`referral_sent`).

namespace polku::inline POLKU_V::path {

/// One of all events of a case and its client.
using event_body =
    std::variant<client_details_recorded, fact_recorded, fact_withdrawn, consent_given, consent_withdrawn,
                 representative_added, representative_ended, non_disclosure_set, non_disclosure_lifted, case_opened,
                 stage_entered, stage_timed_out, referral_drafted, referral_amended, referral_moved, referral_escalated,
                 responsible_assigned, own_worker_assigned, team_member_added, team_member_removed, meeting_planned,
                 meeting_moved, meeting_cancelled, meeting_missed, meeting_held, assessment_started,
                 assessment_completed, assessment_cancelled, instrument_recorded, feedback_recorded,
                 experience_recorded, plan_agreed, plan_reviewed, goal_set, goal_scored, coaching_started,
                 attendance_recorded, coaching_completed, placement_started, placement_ended, support_recorded,
                 follow_ups_scheduled, follow_up_recorded, decision_made, pack_decision_made, pack_decision_notified,
                 case_closed, case_reopened, obligation_opened, obligation_redated, obligation_satisfied,
                 obligation_ended, obligation_escalated, corrected, entered_in_error>;

/// One event of a case or of its client, as `decide` makes it and `evolve` takes it. `version` and `position` are the
/// store's (0 before storing; `evolve` then counts on by itself). `erased` is set when a part of its content is gone.
struct event {
    event_body what;                          ///< the content, of one event type
    stream_kind stream = stream_kind::case_;  ///< the client's or the case's
    std::uint64_t version = 0;
    std::uint64_t position = 0;
    time::date effective_date;        ///< when it holds in the client's life; the store keeps the order of telling
    std::int64_t recorded_at_ms = 0;  ///< UTC milliseconds; never orders events
    std::string actor;                ///< who did it, as the host names people
    std::string purpose;              ///< why the data was touched
    std::string retention;            ///< class of the personal members
    bool erased = false;
};

/// The event's type as it is stored: `fact_recorded`, `referral_sent`.
POLKU_DECL std::string type_of(const event_body& what);
/// What the event is about, by which triggers are told apart: a fact, a kind, a stage, a service; empty for many.
POLKU_DECL std::string qualifier_of(const event_body& what);
/// Which stream the event belongs to.
POLKU_DECL stream_kind stream_of(const event_body& what) noexcept;
/// True when `trigger` is the event's type, or its type and qualifier joined by a colon.
POLKU_DECL bool is_triggered(const event_body& what, std::string_view trigger);
/// True for every type name that an event can have.
POLKU_DECL bool is_event_type(std::string_view type);
/// An empty body of a stored type; empty optional when no event has that type.
POLKU_DECL std::optional<event_body> body_of_type(std::string_view type);

/// Replaces members of an event's content by name; the values as JSON brings them (temporal ones as ISO texts). Error
/// `correction_refused` when there is no such member, or it cannot be corrected singly, or the value does not fit.
POLKU_DECL result<void> try_patch(event_body& what, const feel::value& members);

namespace detail {
/// True for events whose members may be corrected singly.
POLKU_DECL bool is_correctable(const event_body& what);
POLKU_DECL error correction_error(const event_body& what, const std::string& why);
}  // namespace detail

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/events.ipp>
#endif

#endif
