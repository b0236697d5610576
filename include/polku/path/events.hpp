// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_EVENTS_HPP
#define POLKU_PATH_EVENTS_HPP

#include <polku/path/coaching.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/definition.hpp>
#include <polku/path/event.hpp>
#include <polku/path/fact.hpp>
#include <polku/path/follow_up.hpp>
#include <polku/path/placement.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What happened in a case. Each struct is the content of one event; all members may be missing after erasure, and then
/// have their default. Facts, consents, identifiers and representatives belong to the client's stream, the rest to the
/// case's. A referral's moves are stored under the name of the state they lead to (`referral_sent`).

namespace polku::inline POLKU_V::path {

struct client_details_recorded {
    static constexpr std::string_view type = "client_details_recorded";
    client_details details;
};
BOOST_DESCRIBE_STRUCT(client_details_recorded, (), (details))

struct fact_recorded {
    static constexpr std::string_view type = "fact_recorded";
    std::string fact;
    std::string fact_type;  ///< FEEL type of the value, so that a date read back from JSON is a date
    feel::value value;
    std::string source;
    std::string category;
    time::date told;
    std::optional<time::date> valid_until;
};
BOOST_DESCRIBE_STRUCT(fact_recorded, (), (fact, fact_type, value, source, category, told, valid_until))

struct fact_withdrawn {
    static constexpr std::string_view type = "fact_withdrawn";
    std::string fact;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(fact_withdrawn, (), (fact, reason))

struct consent_given {
    static constexpr std::string_view type = "consent_given";
    std::string consent;
    std::optional<time::date> until;
    std::optional<std::string> way;
    std::optional<std::string> given_by;
};
BOOST_DESCRIBE_STRUCT(consent_given, (), (consent, until, way, given_by))

struct consent_withdrawn {
    static constexpr std::string_view type = "consent_withdrawn";
    std::string consent;
};
BOOST_DESCRIBE_STRUCT(consent_withdrawn, (), (consent))

struct representative_added {
    static constexpr std::string_view type = "representative_added";
    representative who;
};
BOOST_DESCRIBE_STRUCT(representative_added, (), (who))

struct representative_ended {
    static constexpr std::string_view type = "representative_ended";
    std::string id;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(representative_ended, (), (id, reason))

struct non_disclosure_set {
    static constexpr std::string_view type = "non_disclosure_set";
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(non_disclosure_set, (), (until))

struct non_disclosure_lifted {
    static constexpr std::string_view type = "non_disclosure_lifted";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(non_disclosure_lifted, (), (reason))

struct case_opened {
    static constexpr std::string_view type = "case_opened";
    std::string client;
    std::string entry;
    std::string municipality;
    bool self_referral = false;
    std::optional<std::string> channel;
    std::optional<party> sender;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(case_opened, (), (client, entry, municipality, self_referral, channel, sender, reason))

struct stage_entered {
    static constexpr std::string_view type = "stage_entered";
    std::string stage;
    std::optional<std::string> from_stage;
    std::string owner;
    time::date deadline;
    std::int64_t visit = 1;
};
BOOST_DESCRIBE_STRUCT(stage_entered, (), (stage, from_stage, owner, deadline, visit))

/// The stay in a stage passed its deadline; the next role of the chain is called.
struct stage_timed_out {
    static constexpr std::string_view type = "stage_timed_out";
    std::string stage;
    time::date deadline;
    std::int64_t level = 1;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(stage_timed_out, (), (stage, deadline, level, role))

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

struct responsible_assigned {
    static constexpr std::string_view type = "responsible_assigned";
    party who;
};
BOOST_DESCRIBE_STRUCT(responsible_assigned, (), (who))

struct own_worker_assigned {
    static constexpr std::string_view type = "own_worker_assigned";
    party who;
};
BOOST_DESCRIBE_STRUCT(own_worker_assigned, (), (who))

struct team_member_added {
    static constexpr std::string_view type = "team_member_added";
    party who;
};
BOOST_DESCRIBE_STRUCT(team_member_added, (), (who))

struct team_member_removed {
    static constexpr std::string_view type = "team_member_removed";
    party who;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(team_member_removed, (), (who, reason))

struct meeting_held {
    static constexpr std::string_view type = "meeting_held";
    path::meeting meeting;
};
BOOST_DESCRIBE_STRUCT(meeting_held, (), (meeting))

struct assessment_started {
    static constexpr std::string_view type = "assessment_started";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(assessment_started, (), (assessment, kind, organiser, purpose, ends))

struct assessment_completed {
    static constexpr std::string_view type = "assessment_completed";
    std::string assessment;
    std::string kind;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(assessment_completed, (), (assessment, kind, result, strengths, limits))

struct assessment_cancelled {
    static constexpr std::string_view type = "assessment_cancelled";
    std::string assessment;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(assessment_cancelled, (), (assessment, kind, reason))

struct instrument_recorded {
    static constexpr std::string_view type = "instrument_recorded";
    instrument_result result;
};
BOOST_DESCRIBE_STRUCT(instrument_recorded, (), (result))

struct feedback_recorded {
    static constexpr std::string_view type = "feedback_recorded";
    path::feedback feedback;
};
BOOST_DESCRIBE_STRUCT(feedback_recorded, (), (feedback))

struct plan_agreed {
    static constexpr std::string_view type = "plan_agreed";
    std::string goal;
    std::vector<plan_step> steps;
    std::vector<std::string> agreed_with;
    std::optional<time::date> review_by;
};
BOOST_DESCRIBE_STRUCT(plan_agreed, (), (goal, steps, agreed_with, review_by))

struct plan_reviewed {
    static constexpr std::string_view type = "plan_reviewed";
    std::optional<std::string> goal;
    std::vector<plan_step> steps;
    std::optional<time::date> review_by;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(plan_reviewed, (), (goal, steps, review_by, notes))

struct goal_set {
    static constexpr std::string_view type = "goal_set";
    std::string goal;
    std::string text;
    std::optional<feel::number> target;
};
BOOST_DESCRIBE_STRUCT(goal_set, (), (goal, text, target))

struct goal_scored {
    static constexpr std::string_view type = "goal_scored";
    std::string goal;
    feel::number score;
};
BOOST_DESCRIBE_STRUCT(goal_scored, (), (goal, score))

struct coaching_started {
    static constexpr std::string_view type = "coaching_started";
    std::string coaching;
    std::string package;
    party coach;
    std::optional<std::string> environment;
    std::optional<feel::number> weekly_hours;
    std::vector<std::string> tasks;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(coaching_started, (), (coaching, package, coach, environment, weekly_hours, tasks, ends))

struct attendance_recorded {
    static constexpr std::string_view type = "attendance_recorded";
    std::string coaching;
    path::attendance attendance;
};
BOOST_DESCRIBE_STRUCT(attendance_recorded, (), (coaching, attendance))

struct coaching_completed {
    static constexpr std::string_view type = "coaching_completed";
    std::string coaching;
    std::string package;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(coaching_completed, (), (coaching, package, result))

struct placement_started {
    static constexpr std::string_view type = "placement_started";
    std::string placement;
    std::string kind;
    std::optional<std::string> employer;
    std::vector<std::string> tasks;
    std::optional<bool> tailored;
    std::optional<feel::number> weekly_hours;
    std::optional<bool> social_procurement;
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(placement_started, (),
                      (placement, kind, employer, tasks, tailored, weekly_hours, social_procurement, until))

struct placement_ended {
    static constexpr std::string_view type = "placement_ended";
    std::string placement;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(placement_ended, (), (placement, kind, reason))

struct support_recorded {
    static constexpr std::string_view type = "support_recorded";
    std::string placement;
    path::support support;
};
BOOST_DESCRIBE_STRUCT(support_recorded, (), (placement, support))

struct follow_ups_scheduled {
    static constexpr std::string_view type = "follow_ups_scheduled";
    std::string about;
    std::vector<check_point> points;
};
BOOST_DESCRIBE_STRUCT(follow_ups_scheduled, (), (about, points))

struct follow_up_recorded {
    static constexpr std::string_view type = "follow_up_recorded";
    std::string point;
    std::string status;
    std::optional<std::string> text;
    std::optional<bool> support_needed;
};
BOOST_DESCRIBE_STRUCT(follow_up_recorded, (), (point, status, text, support_needed))

/// An input of a decision: its value, and where it came from: a fact in that version of the client stream, or the case.
struct decision_input {
    feel::value value;
    std::optional<std::int64_t> fact_version;  ///< none: from the case itself
    std::string retention;                     ///< class of the fact; of the event where empty
    bool operator==(const decision_input&) const = default;
};
BOOST_DESCRIBE_STRUCT(decision_input, (), (value, fact_version, retention))

/// A rule that matched: decision, rule id of the DMN file (or its number), and number from 1.
struct matched_rule {
    std::string decision;
    std::string rule;
    std::int64_t number = 0;
    bool operator==(const matched_rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(matched_rule, (), (decision, rule, number))

/// A routing decision with all it rested on. It is never evaluated again as if today's rules were yesterday's.
struct decision_made {
    static constexpr std::string_view type = "decision_made";
    std::string decision;
    std::string model;
    std::string stage;
    std::map<std::string, decision_input> inputs;
    feel::value result;
    std::string next;  ///< stage or exit
    std::vector<matched_rule> rules;
    std::vector<std::string> reasons;  ///< ids in the definition's `reasons` of the decision
    std::string path_hash;             ///< hex
    std::int64_t engine_version = 0;
};
BOOST_DESCRIBE_STRUCT(decision_made, (),
                      (decision, model, stage, inputs, result, next, rules, reasons, path_hash, engine_version))

struct case_closed {
    static constexpr std::string_view type = "case_closed";
    std::string exit;
    std::string stage;
    outcome_class outcome = outcome_class::other;
    exit_way way = exit_way::routing;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(case_closed, (), (exit, stage, outcome, way, reason))

struct case_reopened {
    static constexpr std::string_view type = "case_reopened";
    std::string stage;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(case_reopened, (), (stage, reason))

struct obligation_opened {
    static constexpr std::string_view type = "obligation_opened";
    std::string id;
    std::string obligation;
    std::int64_t times = 1;
    std::string trigger;
    time::date event_date;
    time::date nominal;
    time::date due;
    std::string roll;
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(obligation_opened, (), (id, obligation, times, trigger, event_date, nominal, due, roll, owner))

struct obligation_redated {
    static constexpr std::string_view type = "obligation_redated";
    std::string id;
    std::string obligation;
    time::date event_date;
    time::date nominal;
    time::date due;
};
BOOST_DESCRIBE_STRUCT(obligation_redated, (), (id, obligation, event_date, nominal, due))

struct obligation_satisfied {
    static constexpr std::string_view type = "obligation_satisfied";
    std::string id;
    std::string obligation;
    std::string by;  ///< trigger, or the reason a person gave
};
BOOST_DESCRIBE_STRUCT(obligation_satisfied, (), (id, obligation, by))

struct obligation_ended {
    static constexpr std::string_view type = "obligation_ended";
    std::string id;
    std::string obligation;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(obligation_ended, (), (id, obligation, by))

struct obligation_escalated {
    static constexpr std::string_view type = "obligation_escalated";
    std::string id;
    std::string obligation;
    std::int64_t level = 1;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(obligation_escalated, (), (id, obligation, level, role))

/// Replaces members of an earlier event, and its day where `effective` is given.
struct corrected {
    static constexpr std::string_view type = "corrected";
    event_name event;
    feel::value members;
    std::optional<time::date> effective;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(corrected, (), (event, members, effective, reason))

struct entered_in_error {
    static constexpr std::string_view type = "entered_in_error";
    event_name event;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(entered_in_error, (), (event, reason))

using event_body =
    std::variant<client_details_recorded, fact_recorded, fact_withdrawn, consent_given, consent_withdrawn,
                 representative_added, representative_ended, non_disclosure_set, non_disclosure_lifted, case_opened,
                 stage_entered, stage_timed_out, referral_drafted, referral_amended, referral_moved, referral_escalated,
                 responsible_assigned, own_worker_assigned, team_member_added, team_member_removed, meeting_held,
                 assessment_started, assessment_completed, assessment_cancelled, instrument_recorded, feedback_recorded,
                 plan_agreed, plan_reviewed, goal_set, goal_scored, coaching_started, attendance_recorded,
                 coaching_completed, placement_started, placement_ended, support_recorded, follow_ups_scheduled,
                 follow_up_recorded, decision_made, case_closed, case_reopened, obligation_opened, obligation_redated,
                 obligation_satisfied, obligation_ended, obligation_escalated, corrected, entered_in_error>;

/// One event of a case or of its client, as `decide` makes it and `evolve` takes it. `version` and `position` are the
/// store's (0 before storing; `evolve` then counts on by itself). `erased` is set when a part of its content is gone.
struct event {
    event_body what;
    stream_kind stream = stream_kind::case_;
    std::uint64_t version = 0;
    std::uint64_t position = 0;
    time::date effective_date;
    std::int64_t recorded_at_ms = 0;
    std::string actor;
    std::string purpose;
    std::string retention;  ///< class of the personal members
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
