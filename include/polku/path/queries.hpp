// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_QUERIES_HPP
#define POLKU_PATH_QUERIES_HPP

#include <polku/path/case.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// @file
/// What a case answers on a day. All of it is computed from the case and the definition; nothing is changed.

namespace polku::inline POLKU_V::path {

/// Something that may be done now, or what keeps it from being done.
struct available_action {
    std::string id;                              ///< action of the stage, or `route`
    std::string command;                         ///< name in JSON
    bool allowed = false;                        ///< nothing is missing
    std::optional<std::string> role;             ///< whose action it is
    std::vector<std::string> missing_facts;      ///< ids of facts that must be known first
    std::optional<std::string> missing_consent;  ///< id of the consent that must be in force
    std::vector<std::string> missing_events;     ///< triggers that must come first
    bool operator==(const available_action&) const = default;
};
BOOST_DESCRIBE_STRUCT(available_action, (),
                      (id, command, allowed, role, missing_facts, missing_consent, missing_events))

/// The actions of the stage in the definition's order, then `route`. Empty for a case that is not open.
POLKU_DECL std::vector<available_action> available_actions(const service_path& path, const case_state& of,
                                                           time::date on);

/// The end of a `stage`, a duty (`obligation`), the deadline of a `referral`, a check point (`follow_up`), the planned
/// end of an `assessment`, a `plan_review`, the end of a `consent`, an agreed `meeting`.
enum class due_kind : std::uint8_t {
    stage,
    obligation,
    referral,
    follow_up,
    assessment,
    plan_review,
    consent,
    meeting
};
BOOST_DESCRIBE_ENUM(due_kind, stage, obligation, referral, follow_up, assessment, plan_review, consent, meeting)

/// Something that waits with a day. `nominal` is the day before rolling; `escalated_to` who has been called since.
struct due_item {
    due_kind kind = due_kind::obligation;  ///< what waits
    std::string id;                        ///< of the obligation's instance, the referral, the check point, ...
    std::string what;                      ///< id in the definition: stage, obligation, service, placement or exit, ...
    std::string owner;                     ///< role
    time::date due;                        ///< the last day
    time::date nominal;
    bool late = false;  ///< its day has passed on the day that was asked about
    std::optional<std::string> escalated_to;
    bool operator==(const due_item&) const = default;
};
BOOST_DESCRIBE_STRUCT(due_item, (), (kind, id, what, owner, due, nominal, late, escalated_to))

/// What is due on that day or before, soonest first; without a day all that waits. A pure question: nothing is
/// recorded.
POLKU_DECL std::vector<due_item> due(const service_path& path, const case_state& of, std::optional<time::date> by,
                                     time::date today);

/// One line of a case's story. `corrected` and `in_error` tell what became of it later.
struct timeline_entry {
    event_name event;   ///< which event it is, for corrections
    time::date on;      ///< effective day, as corrected
    std::string type;   ///< as it is stored
    std::string about;  ///< the event's qualifier: a stage, a service, a kind, ...
    std::string actor;  ///< as the host names people
    bool corrected = false;
    bool in_error = false;
    bool erased = false;  ///< a part of its content is gone
    bool operator==(const timeline_entry&) const = default;
};
BOOST_DESCRIBE_STRUCT(timeline_entry, (), (event, on, type, about, actor, corrected, in_error, erased))

/// The events of a case and its client by effective date, those of one day in the order of their recording.
POLKU_DECL std::vector<timeline_entry> timeline(const case_state& of);

/// The role that answers for the client now: the responsible worker's, else the sender's until somebody takes over,
/// else the stage's owner. A case that is open always has one.
POLKU_DECL std::string answering_role(const case_state& of);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/queries.ipp>
#endif

#endif
