// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_DEFINITION_HPP
#define POLKU_PATH_DEFINITION_HPP

#include <polku/path/casework_definition.hpp>
#include <polku/path/definition_words.hpp>
#include <polku/path/register_definition.hpp>
#include <polku/path/waiting_definition.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// A service path as data: what its JSON file says, word for word, before anything is checked or compiled
/// (`service_path.hpp` does both). Members that are `std::optional`, lists and maps may be left out of the file; the
/// rest is required. Periods are ISO 8601 texts of whole days, weeks, months and years (`P3M`, `P14D`). `name` is what
/// people are shown; every text stands in all four languages (`fi`, `sv`, `en`, `fi-selko`). Keys of maps are ids.

namespace polku::inline POLKU_V::path {

/// Who takes part in the path: an employment area, a county, Kela, a company.
struct organisation_definition {
    texts name;
    bool operator==(const organisation_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(organisation_definition, (), (name))

/// A role that a person has in a case. Escalation chains end at a role whose `human` is not false.
struct role_definition {
    std::string organisation;  ///< id of one of `organisations`
    std::optional<bool> human;
    texts name;
    bool operator==(const role_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(role_definition, (), (organisation, human, name))

/// Something that can be known of a client. `type` is a FEEL type name; `values` lists what a string may be. `ask` is
/// the question as a client is asked it.
struct fact_definition {
    std::string type;
    std::string category;              ///< data category for access: `health`, `social`, `employment`, `identity`, ...
    std::string retention;             ///< retention class, one of `retention.classes`
    std::optional<std::int64_t> cost;  ///< how hard it is to ask, 1 (at hand) to 5 (a long examination)
    std::vector<std::string> sources;  ///< who may tell it; empty: anybody
    std::optional<std::string> valid_for;  ///< period after which what was told must be asked again
    std::map<std::string, texts> values;
    std::optional<bool> reported;  ///< reports over many clients count its values; of a boolean or of listed values
    texts name;
    texts ask;
    bool operator==(const fact_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(fact_definition, (),
                      (type, category, retention, cost, sources, valid_for, values, reported, name, ask))

/// A consent by what it is for. Sharing outside the path's own organisations needs one.
struct consent_definition {
    texts name;
    std::vector<std::string> categories;   ///< of the data that it lets be shared
    std::vector<std::string> recipients;   ///< organisations
    std::optional<std::string> valid_for;  ///< period after which it must be given again
    bool operator==(const consent_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(consent_definition, (), (name, categories, recipients, valid_for))

/// A door through which clients come, and the stage behind it.
struct entry_definition {
    std::string stage;                   ///< id of the first stage
    std::optional<std::string> sender;   ///< role that refers; none for a self-referral
    std::optional<bool> self_referral;   ///< the client may come without a sender
    std::vector<std::string> channels;   ///< `letter`, `visit`, `e-service`, ...
    std::vector<std::string> requires_;  ///< facts that must be known at the door
    texts name;
    bool operator==(const entry_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(entry_definition, (), (stage, sender, self_referral, channels, requires_, name))

/// The decision that names the next stage or exit: a decision of a DMN file beside the definition. Its result is the id
/// as a string, or a context whose entry `next` is the id.
struct routing_definition {
    std::string model;     ///< name of the file, as the host gives it in `path_sources`
    std::string decision;  ///< name of the decision in it
    bool operator==(const routing_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(routing_definition, (), (model, decision))

/// A part of the way in which a client stays until routing leads on or an exit ends it.
struct stage_definition {
    std::string id;                             ///< unlike those of all other stages
    stage_kind kind = stage_kind::referral;     ///< which of the five it is
    std::string owner;                          ///< role
    std::string max;                            ///< longest stay before `on_timeout` starts
    std::vector<std::string> on_timeout;        ///< roles, nearest first
    std::optional<std::string> escalate_every;  ///< from one role of the chain to the next; `P7D`
    std::vector<std::string> requires_;         ///< facts that must be known before the client is routed on
    std::vector<std::string> actions;           ///< ids of `actions`, or command names that need no more
    std::optional<routing_definition> routing;  ///< absent: only a worker or the client ends the case here
    std::optional<std::int64_t> max_visits;     ///< how often one client may enter
    texts name;
    texts help;  ///< what the stage is for
    bool operator==(const stage_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(stage_definition, (),
                      (id, kind, owner, max, on_timeout, escalate_every, requires_, actions, routing, max_visits, name,
                       help))

/// A named use of a command: `with` holds members of the command that must have these values for the action to apply.
struct action_definition {
    std::string command;  ///< its name in JSON, such as `record_fact`
    std::map<std::string, std::string> with;
    std::vector<std::string> requires_;  ///< facts that must be known first
    std::optional<std::string> consent;  ///< a consent that must be in force
    std::optional<std::string> role;     ///< whose action it is
    std::vector<std::string> after;      ///< event triggers that must have happened in this case
    texts name;
    bool operator==(const action_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(action_definition, (), (command, with, requires_, consent, role, after, name))

/// A duty with a date. `on`, `satisfied_by` and `ends_with` are event triggers: an event type (`plan_agreed`), or a
/// type and what it was about (`assessment_completed:health_check`, `stage_entered:coaching`).
struct obligation_definition {
    std::string id;  ///< by which commands and reports name it
    std::string on;
    std::string due;                   ///< FEEL over `event date`, `today` and the facts; a date
    std::optional<std::string> guard;  ///< FEEL; the duty arises only where it is true
    std::optional<std::string> roll;   ///< `none` (the default) or `150/1930`
    std::string owner;                 ///< role
    std::string satisfied_by;
    std::vector<std::string> ends_with;         ///< triggers that end the duty undone (besides the closing of the case)
    std::vector<std::string> escalate;          ///< roles, nearest first
    std::optional<std::string> escalate_every;  ///< `P7D`
    std::optional<bool> repeat;                 ///< opens again when satisfied, from that day
    std::optional<std::int64_t> max_times;      ///< bound of `repeat`; 60
    std::optional<std::string> source;          ///< act and section, or `operating model`
    std::optional<std::string> criterion;       ///< a quality criterion that the duty serves, one of `criteria`
    texts name;
    std::optional<bool> restart;  ///< when `on` happens again, the open duty ends and a new one runs from that day
    bool operator==(const obligation_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(obligation_definition, (),
                      (id, on, due, guard, roll, owner, satisfied_by, ends_with, escalate, escalate_every, repeat,
                       max_times, source, criterion, name, restart))

/// How long a referral may stay in a state, and what happens then: a legal move (`expire`, `decline`, `fail`, ...) or
/// `escalate`, which hands it to the roles of `to` in turn. `within` is the longest stay as a period, `then` what
/// follows it.
struct referral_state_definition {
    std::string within;
    std::string then;
    std::vector<std::string> to;
    bool operator==(const referral_state_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(referral_state_definition, (), (within, then, to))

/// A receiver of referrals and its pre-information contract: what must be there before a referral may be sent.
struct referral_service_definition {
    std::string organisation;               ///< id of one of `organisations`
    std::string receiver;                   ///< role that receives
    std::string purpose;                    ///< what the service gets the client's data for
    std::vector<std::string> requires_;     ///< facts
    std::optional<std::string> consent;     ///< id of one that must be in force for the data to be sent
    std::optional<bool> reason_required;    ///< a referral without a reason is not sent; true unless said
    std::vector<std::string> completed_by;  ///< event triggers without which it is not completed
    std::map<std::string, referral_state_definition> states;  ///< deadline by state; defaults for the others
    std::optional<std::string> when;  ///< FEEL boolean over the facts: whom the service is for; nobody else is sent
    std::optional<validity> valid;    ///< days on which clients may be sent; always where absent
    texts name;
    bool operator==(const referral_service_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(referral_service_definition, (),
                      (organisation, receiver, purpose, requires_, consent, reason_required, completed_by, states, when,
                       valid, name))

/// A kind of meeting of the network around a client.
struct meeting_definition {
    std::vector<std::string> must_attend;  ///< roles
    std::vector<std::string> may_attend;   ///< further roles; anybody where none is named
    std::optional<bool> remote;            ///< remote participants are possible; true unless said
    std::optional<bool> client_present;    ///< the client must be there
    std::optional<bool> agreed_plan;       ///< a joint follow-on plan must come of it
    texts name;
    std::optional<std::string> owner;  ///< role that holds or cancels one that was agreed; the stage's unless said
    std::optional<std::string> hold_within;  ///< period after the agreed day until which it is; `P7D`
    std::vector<std::string> escalate;       ///< roles called after that, nearest first; the stage's unless said
    bool operator==(const meeting_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(meeting_definition, (),
                      (must_attend, may_attend, remote, client_present, agreed_plan, name, owner, hold_within,
                       escalate))

/// How an instrument is used somewhere: the register of which instruments there are and what they are good for.
struct instrument_use {
    std::optional<std::string> municipality;  ///< all where none is said
    std::string sector;                       ///< `employment services`, `social services`, ...
    texts strengths, weaknesses;              ///< each in all four languages
    std::vector<std::string> target_groups;   ///< whom it fits
    std::optional<bool> combinable;           ///< its data can be put together with those of others
    std::optional<bool> agreed_common;        ///< agreed to be used by all
    bool operator==(const instrument_use&) const = default;
};
BOOST_DESCRIBE_STRUCT(instrument_use, (),
                      (municipality, sector, strengths, weaknesses, target_groups, combinable, agreed_common))

/// A measuring instrument, without its licensed item texts.
struct instrument_definition {
    std::vector<std::string> scales;         ///< ids of what is scored
    std::optional<std::int64_t> minimum;     ///< lowest score of every scale
    std::optional<std::int64_t> maximum;     ///< highest score of every scale
    std::optional<std::string> again_after;  ///< period until the change is measured
    std::optional<std::string> source;       ///< who made it, or where it is described
    std::vector<instrument_use> uses;        ///< by municipality and sector
    texts name;
    bool operator==(const instrument_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(instrument_definition, (), (scales, minimum, maximum, again_after, source, uses, name))

/// A kind of assessment, and what it needs to begin and to be complete.
struct assessment_definition {
    std::optional<std::string> owner;          ///< role
    std::vector<std::string> requires_;        ///< facts that must be known before it starts
    std::vector<std::string> aspects;          ///< what is observed, for functional assessment
    std::optional<std::string> feedback_from;  ///< `organiser`: not complete before that feedback is there
    std::optional<std::string> max;            ///< longest time as a period; ends it where a plan names no day
    texts name;
    bool operator==(const assessment_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(assessment_definition, (), (owner, requires_, aspects, feedback_from, max, name))

/// A group that services are made for. `when` is a FEEL boolean over the facts; without it anybody belongs.
struct target_group_definition {
    std::optional<std::string> when;
    texts name;
    bool operator==(const target_group_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(target_group_definition, (), (when, name))

/// Something that work asks for, in levels from 0 to `highest`; never a diagnosis.
struct ability_definition {
    std::string fact;  ///< numeric fact that holds the client's level
    std::int64_t highest = 0;
    texts name;
    bool operator==(const ability_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(ability_definition, (), (fact, highest, name))

/// A work task of the catalogue, assessed from the coaching view. An ability that it does not name is not asked for.
struct task_definition {
    std::string sector;                           ///< line of work, as texts name it
    std::map<std::string, std::int64_t> demands;  ///< by ability the lowest level that does
    std::vector<task_purpose> serves;             ///< what it is good for besides the work
    std::optional<std::string> orderer;           ///< organisation
    std::optional<validity> valid;                ///< days on which it is offered
    texts name;
    bool operator==(const task_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(task_definition, (), (sector, demands, serves, orderer, valid, name))

/// Where coaching takes place. One that lists no packages (tasks) has all of them.
struct environment_definition {
    std::string organisation;                               ///< id of who runs it
    std::optional<environment_form> form;                   ///< absent: not told
    std::optional<std::string> municipality;                ///< three-digit code
    std::optional<std::int64_t> places;                     ///< how many clients at a time
    std::optional<std::int64_t> coaches;                    ///< how many job coaches
    std::vector<std::string> sectors, premises, equipment;  ///< as texts, one for each
    std::vector<std::string> packages, tasks;               ///< ids
    std::optional<validity> valid;                          ///< days on which it takes clients
    texts name;
    bool operator==(const environment_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(environment_definition, (),
                      (organisation, form, municipality, places, coaches, sectors, premises, equipment, packages, tasks,
                       valid, name))

/// Coaching for the target groups that it names; for everybody where it names none.
struct package_definition {
    std::optional<std::string> max;                ///< longest time as a period
    std::optional<std::int64_t> weekly_hours_max;  ///< hours that a client may be coached in a week
    std::vector<std::string> target_groups;        ///< ids of `target_groups`
    std::optional<validity> valid;                 ///< days on which coaching may begin
    texts name;
    bool operator==(const package_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(package_definition, (), (max, weekly_hours_max, target_groups, valid, name))

/// A kind of placement and when it is looked at again after its start.
struct placement_definition {
    outcome_class outcome = outcome_class::other;  ///< what figures count it as
    std::vector<std::string> follow_up;            ///< periods after the start
    std::optional<bool> employer_required;         ///< it is not started without one
    texts name;
    bool operator==(const placement_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(placement_definition, (), (outcome, follow_up, employer_required, name))

/// A way in which a case ends.
struct exit_definition {
    std::string id;                                ///< by which routing tables and commands name it
    outcome_class outcome = outcome_class::other;  ///< what figures count it as
    std::vector<std::string> follow_up;            ///< periods after the exit
    std::vector<exit_way> ways;                    ///< `routing` unless said
    std::optional<std::string> follow_up_owner;    ///< role; the stage's owner unless said
    texts name;
    bool operator==(const exit_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(exit_definition, (), (id, outcome, follow_up, ways, follow_up_owner, name))

/// Where a reopened case starts again, and until when after its end it may be reopened.
struct reopening_definition {
    std::string stage;                  ///< id
    std::optional<std::string> within;  ///< period; without end where absent
    bool operator==(const reopening_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(reopening_definition, (), (stage, within))

/// How long the content of some events is kept.
struct retention_class_definition {
    std::int64_t years = 0;  ///< full years after `from`
    std::string from;        ///< the event that starts the clock, in words
    std::string source;      ///< act and section, or who decided so
    bool operator==(const retention_class_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(retention_class_definition, (), (years, from, source))

/// Which retention class an event's personal content has: by event type or trigger, else `fallback`. Keys of `events`
/// are types or triggers, their values ids of `classes`.
struct retention_definition {
    std::string fallback;
    std::map<std::string, std::string> events;
    std::map<std::string, retention_class_definition> classes;
    bool operator==(const retention_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(retention_definition, (), (fallback, events, classes))

/// The whole definition. `reasons` gives, by decision and rule id, the sentence that a client is told.
struct definition {
    // Bodies stand apart (POLKU_DECL): each unit that holds one would have them again.
    definition();
    definition(const definition& other);
    definition(definition&& other) noexcept;
    definition& operator=(const definition& other);
    definition& operator=(definition&& other) noexcept;
    ~definition();

    std::string id;       ///< of the path, the same in all its versions
    std::string version;  ///< of this text; the author's own words
    validity valid;       ///< days on which cases may be opened
    texts name;
    texts notice;                                 ///< what the reader must know: no legal advice, date of the facts
    std::map<std::string, texts> municipalities;  ///< by three-digit code
    std::map<std::string, organisation_definition> organisations;  ///< who takes part
    std::map<std::string, role_definition> roles;                  ///< that people have in a case
    std::map<std::string, fact_definition> facts;                  ///< what can be known of a client
    std::map<std::string, consent_definition> consents;            ///< that a client can be asked for
    std::map<std::string, entry_definition> entries;               ///< doors
    std::vector<stage_definition> stages;                          ///< in the order of the way
    std::map<std::string, action_definition> actions;              ///< what may be done in stages
    std::vector<obligation_definition> obligations;                ///< duties with dates
    std::map<std::string, referral_service_definition> services;   ///< receivers of referrals
    std::map<std::string, texts> criteria;                         ///< quality criteria that duties name
    std::map<std::string, meeting_definition> meetings;            ///< kinds of meeting
    std::map<std::string, assessment_definition> assessments;      ///< kinds of assessment
    std::map<std::string, instrument_definition> instruments;      ///< measuring instruments
    std::map<std::string, experience_definition> experiences;      ///< what clients are asked of the own experience
    std::map<std::string, tool_definition> tools;                  ///< digital tools
    std::map<std::string, target_group_definition> target_groups;  ///< groups that packages are for
    std::map<std::string, ability_definition> abilities;           ///< what tasks demand
    std::map<std::string, task_definition> tasks;                  ///< work catalogue
    std::map<std::string, environment_definition> environments;    ///< where coaching takes place
    std::map<std::string, package_definition> packages;            ///< of coaching
    std::optional<waiting_definition> waiting;                     ///< usual rules where absent
    std::map<std::string, placement_definition> placements;        ///< kinds of placement
    std::map<std::string, texts> supports;  ///< supports of an employment: pay subsidy, supplement, ...
    std::vector<exit_definition> exits;     ///< in the order in which `withdraw` looks for one
    reopening_definition reopening;         ///< of ended cases
    retention_definition retention;         ///< of what is stored
    std::map<std::string, std::map<std::string, texts>> reasons;
    std::map<std::string, std::vector<std::string>> declassified;  ///< output to roles
    std::map<std::string, register_definition> registers;          ///< what is kept beside the cases
    /// Member by member.
    bool operator==(const definition& other) const;
};
BOOST_DESCRIBE_STRUCT(definition, (),
                      (id, version, valid, name, notice, municipalities, organisations, roles, facts, consents, entries,
                       stages, actions, obligations, services, criteria, meetings, assessments, instruments,
                       experiences, tools, target_groups, abilities, tasks, environments, packages, waiting, placements,
                       supports, exits, reopening, retention, reasons, declassified, registers))

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/definition.ipp>
#endif

#endif
