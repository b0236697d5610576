// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CASE_HPP
#define POLKU_PATH_CASE_HPP

#include <polku/path/assessment.hpp>
#include <polku/path/client.hpp>
#include <polku/path/client_experience.hpp>
#include <polku/path/coaching.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/consent.hpp>
#include <polku/path/events.hpp>
#include <polku/path/fact.hpp>
#include <polku/path/follow_up.hpp>
#include <polku/path/network.hpp>
#include <polku/path/obligation.hpp>
#include <polku/path/placement.hpp>
#include <polku/path/plan.hpp>
#include <polku/path/planned_meeting.hpp>
#include <polku/path/referral.hpp>
#include <polku/path/service_path.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules {
class pack;
}

namespace polku::inline POLKU_V::path {

/// The stay in a stage. `escalated` counts the roles of `on_timeout` that have been called since. `stage` is its id,
/// `owner` the role that answers for it and `visit` counts how often the client has come there, from 1. `since` is the
/// first day, `deadline` the last before somebody is called; `escalated_to` is the role called last, if any.
struct stage_stay {
    std::string stage;
    time::date since;
    time::date deadline;
    std::string owner;
    std::int64_t visit = 1;
    std::int64_t escalated = 0;
    std::optional<std::string> escalated_to;
};
BOOST_DESCRIBE_STRUCT(stage_stay, (), (stage, since, deadline, owner, visit, escalated, escalated_to))

/// A decision that was made, as it was made. `event` names the event that holds it, `made` is its effective day,
/// `actor` who asked for it, as the host names people. `erased`: its inputs are gone and `content` has defaults.
struct decision_record {
    event_name event;
    time::date made;
    std::string actor;
    decision_made content;
    bool erased = false;
};
BOOST_DESCRIBE_STRUCT(decision_record, (), (event, made, actor, content, erased))

/// How and when a case ended. `exit` is its id in the definition, `outcome` what it counts as, `way` who took it,
/// `ended` the effective day. `reason` is absent where the routing table decided.
struct case_ending {
    std::string exit;
    outcome_class outcome = outcome_class::other;
    exit_way way = exit_way::routing;
    time::date ended;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(case_ending, (), (exit, outcome, way, ended, reason))

/// The last event with a trigger that was not entered in error: its number among all events of the case (from 0, in the
/// order of positions) and its day as it was first told.
struct event_mark {
    std::string trigger;  ///< its type, or its type and qualifier joined by a colon
    std::int64_t at = 0;  ///< number of the event
    time::date on;        ///< effective day
};
BOOST_DESCRIBE_STRUCT(event_mark, (), (trigger, at, on))

/// A stage or an exit that the client came to. `place` is its id in the definition, `on` the effective day.
struct walk_mark {
    std::string place;
    time::date on;
    bool is_exit = false;  ///< an exit, not a stage
};
BOOST_DESCRIBE_STRUCT(walk_mark, (), (place, on, is_exit))

/// What has happened, without the events themselves: enough for guards, gates and duties that ask whether and when, and
/// for the counters of reports.
struct event_marks {
    std::int64_t events = 0;       ///< how many events were folded
    std::vector<event_mark> last;  ///< sorted by trigger; as a map it took a quarter of opening a case
    std::map<std::string, std::int64_t, std::less<>>
        drafts;                        ///< number of the event that drafted a referral, by its id
    std::vector<walk_mark> walk;       ///< stages and exits in the order in which the client came to them
    std::optional<time::date> latest;  ///< the latest day of all events, as they were first told
    bool rewritten = false;            ///< an event has put another right
};
BOOST_DESCRIBE_STRUCT(event_marks, (), (events, last, drafts, walk, latest, rewritten))

/// A case as its events tell it: a fold, with no more truth of its own. Lists are in the order of the events.
struct case_state {
    // Bodies stand apart (POLKU_DECL): each unit that holds one would have them again, a fifth of its compile time.
    case_state();
    case_state(const case_state& other);
    case_state(case_state&& other) noexcept;
    case_state& operator=(const case_state& other);
    case_state& operator=(case_state&& other) noexcept;
    ~case_state();

    // of the client, whichever case it is
    client_details details;                             ///< as last told; absent members are unknown
    std::vector<representative> representatives;        ///< also those whose time is over
    std::vector<path::non_disclosure> non_disclosures;  ///< also those that are over
    std::map<std::string, fact> facts;                  ///< by id in the definition; also erased and outdated ones
    std::vector<consent> consents;                      ///< also withdrawn and outdated ones
    // of this case
    std::string client;                             ///< hex id of the client's stream; empty before the opening
    std::string entry;                              ///< id of the door by which the client came
    std::string municipality;                       ///< three-digit code, of the opening
    bool self_referral = false;                     ///< the client came without a sender
    std::optional<party> sender;                    ///< who referred the client; absent for a self-referral
    std::optional<time::date> opened;               ///< absent until the case is opened
    std::optional<case_ending> ending;              ///< absent while the case is open
    std::int64_t reopened = 0;                      ///< how often it was
    std::optional<stage_stay> stage;                ///< the last one when the case has ended; absent before the opening
    std::map<std::string, std::int64_t> visits;     ///< how often each stage was entered, by its id
    std::vector<responsibility> responsible;        ///< client responsibility, the one of now last
    std::vector<responsibility> own_workers;        ///< own workers of social welfare, the one of now last
    std::vector<responsibility> team;               ///< network team; those who left have `until`
    std::vector<referral> referrals;                ///< also ended ones
    std::vector<planned_meeting> planned_meetings;  ///< agreed for a day, held or cancelled since
    std::vector<meeting> meetings;                  ///< those that were held
    std::vector<assessment> assessments;            ///< also ended ones
    std::vector<instrument_result> instruments;     ///< each use of an instrument
    std::vector<feedback> feedbacks;                ///< of whomever, about whatever
    std::vector<client_experience> experiences;     ///< in the client's own words and answers
    std::optional<path::plan> plan;                 ///< as last agreed or reviewed; absent until then
    std::vector<goal> goals;                        ///< each with its scores
    std::vector<coaching> coachings;                ///< at most one of them is open
    std::vector<placement> placements;              ///< also ended ones
    std::vector<check_point> check_points;          ///< of placements and exits, done and to come
    std::vector<obligation> obligations;            ///< duties, met and unmet
    std::vector<decision_record> decisions;         ///< of the routing tables
    std::vector<pack_decision> pack_decisions;      ///< of rule packs
    event_marks marks;                              ///< what reports and guards need of the events
    // of the streams
    std::uint64_t case_version = 0;    ///< version of the case's stream, 0 before the first event
    std::uint64_t client_version = 0;  ///< version of the client's stream
    /// The events themselves, the newest last: all of them, or only those after a snapshot that the case was opened
    /// from. Timelines, reports of the past and corrections need all.
    std::vector<std::shared_ptr<const event>> history;

    /// True when `history` lacks no event of those that were folded.
    bool has_whole_history() const noexcept { return static_cast<std::int64_t>(history.size()) == marks.events; }
    /// True from the opening on, also after the end.
    bool is_opened() const noexcept { return opened.has_value(); }
    /// True after the end, until the case is reopened.
    bool is_closed() const noexcept { return ending.has_value(); }
};
// All that a snapshot keeps: not the history, and the versions stand in its head.
BOOST_DESCRIBE_STRUCT(case_state, (),
                      (details, representatives, non_disclosures, facts, consents, client, entry, municipality,
                       self_referral, sender, opened, ending, reopened, stage, visits, responsible, own_workers, team,
                       referrals, planned_meetings, meetings, assessments, instruments, feedbacks, experiences, plan,
                       goals, coachings, placements, check_points, obligations, decisions, pack_decisions, marks))

/// A rule pack with the hash of the bytes that it was made of.
struct pack_in_use {
    const rules::pack* pack = nullptr;  ///< borrowed; must outlive the call
    hash content{};                     ///< BLAKE2b-256 of the pack's bytes
};

/// Who asks, why, and on which day; nothing of it is read from the machine.
struct context {
    time::date today;                   ///< the day on which the command is given; commands may tell of earlier days
    std::string actor;                  ///< who gives it, as the host names people
    std::string purpose;                ///< why the data is touched; kept with every event
    std::int64_t now_ms = 0;            ///< UTC milliseconds, stored as `recorded_at`
    const pack_in_use* pack = nullptr;  ///< for `decide_by_pack` alone: the pack that it names
};

/// The events that a command brings about, or the error that says why not (6xx; nothing has changed then). First what
/// the command itself tells, then what follows from it: duties that open, are met or get another date. A correction
/// needs a case with its whole history, and is `correction_refused` without.
POLKU_DECL result<std::vector<event>> decide(const service_path& path, const case_state& now, const command& asked,
                                             const context& with);

/// The case after an event. Never fails: what an erased or odd event does not tell stays as it was. Events come in the
/// order of their positions. A correction folds the history anew with what it puts right; a case without its whole
/// history stays as it was but for the versions, and is to be opened anew.
POLKU_DECL case_state evolve(case_state before, const event& happened);
POLKU_DECL case_state evolve(case_state before, const std::vector<event>& happened);

/// The one who coordinates the whole now; null pointer when nobody has been named.
POLKU_DECL const responsibility* responsible_now(const case_state& of) noexcept;
/// True when the client has given this consent (an id of the definition) and it is in force on that day.
POLKU_DECL bool has_consent(const case_state& of, std::string_view consent, time::date on) noexcept;
/// True when a non-disclosure order is in force on that day.
POLKU_DECL bool is_non_disclosed(const case_state& of, time::date on) noexcept;
/// Null pointer when the case has no referral of that id; otherwise borrowed from the case.
POLKU_DECL const referral* find_referral(const case_state& of, std::string_view id) noexcept;
/// Those of the facts that are not known on that day.
POLKU_DECL std::vector<std::string> missing_facts(const case_state& of, const std::vector<std::string>& wanted,
                                                  time::date on);
/// The value of each fact of the definition, in its order; null for what is not known on that day.
POLKU_DECL std::vector<feel::value> fact_values(const definition& says, const case_state& of, time::date on);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/case_inputs.ipp>
#include <polku/impl/path/decide.ipp>
#include <polku/impl/path/evolve.ipp>
#endif

#endif
