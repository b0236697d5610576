// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_COMMANDS_HPP
#define POLKU_PATH_COMMANDS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/assessment.hpp>
#include <polku/path/client.hpp>
#include <polku/path/network.hpp>
#include <polku/path/plan.hpp>
#include <polku/path/referral.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What somebody may ask of a case. Each struct is one command, `type` its name in JSON. A command is refused or
/// accepted as a whole by `decide` (case.hpp). Ids of records (referral, assessment, placement, ...) are chosen by the
/// caller.

namespace polku::inline POLKU_V::path {

/// Opens the case through an entry of the definition. `client` is the hex id of the client's stream.
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

/// Sets the details that are given and leaves the others.
struct update_client {
    static constexpr std::string_view type = "update_client";
    client_details details;
};
BOOST_DESCRIBE_STRUCT(update_client, (), (details))

/// Null as value: known to be none. `told` is the day of telling, the command's day unless given.
struct record_fact {
    static constexpr std::string_view type = "record_fact";
    std::string fact;
    feel::value value;
    std::string source;
    std::optional<time::date> told;
    std::optional<time::date> valid_until;
};
BOOST_DESCRIBE_STRUCT(record_fact, (), (fact, value, source, told, valid_until))

/// The fact is unknown again, for instance since it was told of somebody else.
struct withdraw_fact {
    static constexpr std::string_view type = "withdraw_fact";
    std::string fact;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(withdraw_fact, (), (fact, reason))

struct give_consent {
    static constexpr std::string_view type = "give_consent";
    std::string consent;
    std::optional<time::date> until;
    std::optional<std::string> way;
    std::optional<std::string> given_by;  ///< a representative's id
};
BOOST_DESCRIBE_STRUCT(give_consent, (), (consent, until, way, given_by))

struct withdraw_consent {
    static constexpr std::string_view type = "withdraw_consent";
    std::string consent;
};
BOOST_DESCRIBE_STRUCT(withdraw_consent, (), (consent))

struct add_representative {
    static constexpr std::string_view type = "add_representative";
    representative who;
};
BOOST_DESCRIBE_STRUCT(add_representative, (), (who))

struct end_representative {
    static constexpr std::string_view type = "end_representative";
    std::string id;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(end_representative, (), (id, reason))

struct set_non_disclosure {
    static constexpr std::string_view type = "set_non_disclosure";
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(set_non_disclosure, (), (until))

struct lift_non_disclosure {
    static constexpr std::string_view type = "lift_non_disclosure";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(lift_non_disclosure, (), (reason))

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

/// Completes a draft, or one that came back for information.
struct amend_referral {
    static constexpr std::string_view type = "amend_referral";
    std::string referral;
    std::optional<std::string> reason;
    std::optional<std::string> background;
    std::optional<std::string> client_view;
};
BOOST_DESCRIBE_STRUCT(amend_referral, (), (referral, reason, background, client_view))

/// One move of the referral's table. `reason` is needed to decline, fail, return, revoke; `until` to wait-list and hold
/// (declining, it parks until a day on which it wakes); `outcome` to complete; `to` and `next` (new id) to forward.
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

struct assign_responsible {
    static constexpr std::string_view type = "assign_responsible";
    party who;
};
BOOST_DESCRIBE_STRUCT(assign_responsible, (), (who))

struct assign_own_worker {
    static constexpr std::string_view type = "assign_own_worker";
    party who;
};
BOOST_DESCRIBE_STRUCT(assign_own_worker, (), (who))

struct add_team_member {
    static constexpr std::string_view type = "add_team_member";
    party who;
};
BOOST_DESCRIBE_STRUCT(add_team_member, (), (who))

struct remove_team_member {
    static constexpr std::string_view type = "remove_team_member";
    std::string person;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(remove_team_member, (), (person, reason))

struct hold_meeting {
    static constexpr std::string_view type = "hold_meeting";
    std::string meeting;
    std::string kind;
    std::vector<participant> participants;
    std::optional<bool> client_present;
    std::optional<std::string> agreed;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(hold_meeting, (), (meeting, kind, participants, client_present, agreed, notes))

struct start_assessment {
    static constexpr std::string_view type = "start_assessment";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(start_assessment, (), (assessment, kind, organiser, purpose, ends))

struct complete_assessment {
    static constexpr std::string_view type = "complete_assessment";
    std::string assessment;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(complete_assessment, (), (assessment, result, strengths, limits))

struct cancel_assessment {
    static constexpr std::string_view type = "cancel_assessment";
    std::string assessment;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel_assessment, (), (assessment, reason))

struct record_instrument {
    static constexpr std::string_view type = "record_instrument";
    std::string instrument;
    instrument_phase phase = instrument_phase::start;
    std::map<std::string, feel::number> scores;
};
BOOST_DESCRIBE_STRUCT(record_instrument, (), (instrument, phase, scores))

struct record_feedback {
    static constexpr std::string_view type = "record_feedback";
    std::string from;
    std::optional<std::string> about;
    std::vector<observation> observations;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(record_feedback, (), (from, about, observations, text))

struct agree_plan {
    static constexpr std::string_view type = "agree_plan";
    std::string goal;
    std::vector<plan_step> steps;
    std::vector<std::string> agreed_with;
    std::optional<time::date> review_by;
};
BOOST_DESCRIBE_STRUCT(agree_plan, (), (goal, steps, agreed_with, review_by))

/// Looks at the plan again; what is given replaces what was agreed.
struct review_plan {
    static constexpr std::string_view type = "review_plan";
    std::optional<std::string> goal;
    std::vector<plan_step> steps;
    std::optional<time::date> review_by;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(review_plan, (), (goal, steps, review_by, notes))

struct set_goal {
    static constexpr std::string_view type = "set_goal";
    std::string goal;
    std::string text;
    std::optional<feel::number> target;
};
BOOST_DESCRIBE_STRUCT(set_goal, (), (goal, text, target))

struct score_goal {
    static constexpr std::string_view type = "score_goal";
    std::string goal;
    feel::number score;
};
BOOST_DESCRIBE_STRUCT(score_goal, (), (goal, score))

struct start_coaching {
    static constexpr std::string_view type = "start_coaching";
    std::string coaching;
    std::string package;
    party coach;
    std::optional<std::string> environment;
    std::optional<feel::number> weekly_hours;
    std::vector<std::string> tasks;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(start_coaching, (), (coaching, package, coach, environment, weekly_hours, tasks, ends))

struct record_attendance {
    static constexpr std::string_view type = "record_attendance";
    std::string coaching;
    time::date from;
    time::date until;
    feel::number planned_hours;
    feel::number attended_hours;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(record_attendance, (), (coaching, from, until, planned_hours, attended_hours, reason))

struct complete_coaching {
    static constexpr std::string_view type = "complete_coaching";
    std::string coaching;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(complete_coaching, (), (coaching, result))

struct start_placement {
    static constexpr std::string_view type = "start_placement";
    std::string placement;
    std::string kind;
    std::optional<std::string> employer;
    std::vector<std::string> tasks;
    std::optional<bool> tailored;
    std::optional<feel::number> weekly_hours;
    std::optional<bool> social_procurement;
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(start_placement, (),
                      (placement, kind, employer, tasks, tailored, weekly_hours, social_procurement, until))

struct end_placement {
    static constexpr std::string_view type = "end_placement";
    std::string placement;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(end_placement, (), (placement, reason))

struct record_support {
    static constexpr std::string_view type = "record_support";
    std::string placement;
    std::string support;
    time::date from;
    std::optional<time::date> until;
    std::optional<feel::number> monthly_amount;
};
BOOST_DESCRIBE_STRUCT(record_support, (), (placement, support, from, until, monthly_amount))

struct record_follow_up {
    static constexpr std::string_view type = "record_follow_up";
    std::string point;
    std::string status;
    std::optional<std::string> text;
    std::optional<bool> support_needed;
};
BOOST_DESCRIBE_STRUCT(record_follow_up, (), (point, status, text, support_needed))

/// Evaluates the routing decision of the stage and follows it to the next stage or exit.
struct route {
    static constexpr std::string_view type = "route";
};
BOOST_DESCRIBE_STRUCT(route, (), ())

/// A worker ends the case by an exit that is open to workers.
struct close_case {
    static constexpr std::string_view type = "close_case";
    std::string exit;
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
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(satisfy_obligation, (), (obligation, reason))

/// Names an event of a stream of this case. `stream` is `case` or `client`.
struct event_name {
    std::string stream;
    std::int64_t version = 0;
    bool operator==(const event_name&) const = default;
};
BOOST_DESCRIBE_STRUCT(event_name, (), (stream, version))

/// Puts right members of an earlier event (and its day, by `effective`); the event itself stays as it was written.
struct correct {
    static constexpr std::string_view type = "correct";
    event_name event;
    feel::value members;  ///< a context: the members to replace, by name
    std::optional<time::date> effective;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(correct, (), (event, members, effective, reason))

/// Says that an earlier event never happened.
struct enter_in_error {
    static constexpr std::string_view type = "enter_in_error";
    event_name event;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(enter_in_error, (), (event, reason))

/// Records what the passing of time has brought about by the command's day: time-outs, escalations, dispositions.
struct tick {
    static constexpr std::string_view type = "tick";
};
BOOST_DESCRIBE_STRUCT(tick, (), ())

using command_body =
    std::variant<open_case, update_client, record_fact, withdraw_fact, give_consent, withdraw_consent,
                 add_representative, end_representative, set_non_disclosure, lift_non_disclosure, draft_referral,
                 amend_referral, move_referral, assign_responsible, assign_own_worker, add_team_member,
                 remove_team_member, hold_meeting, start_assessment, complete_assessment, cancel_assessment,
                 record_instrument, record_feedback, agree_plan, review_plan, set_goal, score_goal, start_coaching,
                 record_attendance, complete_coaching, start_placement, end_placement, record_support, record_follow_up,
                 route, close_case, withdraw, reopen_case, satisfy_obligation, correct, enter_in_error, tick>;

/// A command and the day on which what it tells of happened; without `on` today.
struct command {
    command_body what;
    std::optional<time::date> on;
};

/// The command's name: `record_fact`.
POLKU_DECL std::string_view type_of(const command_body& what) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/commands.ipp>
#endif

#endif
