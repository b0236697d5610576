// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PACK_DECISION_HPP
#define POLKU_PATH_PACK_DECISION_HPP

#include <polku/feel/value.hpp>
#include <polku/path/correction_commands.hpp>
#include <polku/path/stage_events.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Decisions about a client by a rule pack (docs/decisions.md): the command that makes one, what is stored of it, and
/// the notice that starts the time for appeal. `type` is the stored name, or the command's in JSON.

namespace polku::inline POLKU_V::rules {
struct pack_question;
}

namespace polku::inline POLKU_V::path {

/// Has the rule pack that is in use decide, and stores question and answer. Facts of the client are used as they are
/// known for the day of the decision. Who decides in a person's place is told in the inputs that the pack marks as
/// somebody's judgement.
struct decide_by_pack {
    static constexpr std::string_view type = "decide_by_pack";
    std::string id;                                ///< of the decision, chosen by the caller
    std::string pack;                              ///< id of a rule pack that the store has in use
    std::string decision;                          ///< name of a decision of the pack
    std::optional<time::date> decided;             ///< absent: the day that the command tells of
    std::optional<time::date> event_day;           ///< day of the event, where it is another
    std::optional<std::string> variant;            ///< a version or flagged variant by its id
    std::map<std::string, feel::value> inputs;     ///< facts by the names of the pack
    std::map<std::string, std::string> facts;      ///< inputs of the pack to facts of the path: their values are read
    std::map<std::string, feel::value> overrides;  ///< parameters that the authority gives another value
    /// Inputs that nobody knows and without which the decision is made all the same. Without them here, a decision that
    /// an unknown fact can still change is refused.
    std::vector<std::string> without;
    std::optional<std::string> replaces;  ///< an earlier decision that this one takes the place of
};
BOOST_DESCRIBE_STRUCT(decide_by_pack, (),
                      (id, pack, decision, decided, event_day, variant, inputs, facts, overrides, without, replaces))

/// How a decision was sent; the names are those of the pack `muutoksenhaku`. `id` is that of the decision.
struct notify_decision {
    static constexpr std::string_view type = "notify_decision";
    std::string id;
    std::string way;                     ///< `letter`, `electronic message`, `verifiable e-service`, ...
    std::optional<time::date> sent;      ///< absent: the day that the command tells of
    std::optional<time::date> received;  ///< a day of receipt that was shown
};
BOOST_DESCRIBE_STRUCT(notify_decision, (), (id, way, sent, received))

/// A decision by a rule pack with all that it rested on. The bytes of the pack are kept by the store under `pack_hash`.
struct pack_decision_made {
    static constexpr std::string_view type = "pack_decision_made";
    std::string id;                                ///< chosen by the caller
    std::string pack;                              ///< id of the rule pack
    std::string pack_hash;                         ///< hex
    std::string version;                           ///< id of the version or variant that ruled
    std::string decision;                          ///< name of the decision in the pack
    time::date decided;                            ///< day of the decision
    std::optional<time::date> event_day;           ///< day that chooses the rules, where it is another
    std::optional<std::string> variant;            ///< the one that was asked for by id
    std::map<std::string, decision_input> inputs;  ///< by the pack's names, each with where it came from
    std::map<std::string, std::string> facts;      ///< inputs of the pack to facts of the path
    std::map<std::string, feel::value> overrides;  ///< parameters that the authority gave another value
    std::vector<std::string> without;              ///< inputs that nobody knew
    feel::value result;                            ///< as the pack's decision gives it
    std::vector<std::string> rules;                ///< ids of those that matched, in the order of evaluation
    std::optional<std::string> replaces;           ///< the earlier decision whose place it takes
    std::int64_t engine_version = 0;               ///< semantics version of the engine
    std::vector<matched_rule> matched;  ///< `rules` with their decisions, of the whole requirement graph; events that
                                        ///< were stored before it was kept have none
};
BOOST_DESCRIBE_STRUCT(pack_decision_made, (),
                      (id, pack, pack_hash, version, decision, decided, event_day, variant, inputs, facts, overrides,
                       without, result, rules, replaces, engine_version, matched))

/// Notice of the decision with this `id` was given by `way` on the day `sent`; `received` is a day of receipt that was
/// shown.
struct pack_decision_notified {
    static constexpr std::string_view type = "pack_decision_notified";
    std::string id;
    std::string way;
    time::date sent;
    std::optional<time::date> received;
};
BOOST_DESCRIBE_STRUCT(pack_decision_notified, (), (id, way, sent, received))

/// What was asked of the pack.
POLKU_DECL rules::pack_question question_of(const pack_decision_made& of);

/// A decision of a case as it stands: as it was made, how it was sent, and which decision took its place.
struct pack_decision {
    event_name event;                                ///< that stored it
    time::date made;                                 ///< effective day
    std::string actor;                               ///< who asked for it, as the host names people
    pack_decision_made content;                      ///< question and answer
    std::optional<pack_decision_notified> notified;  ///< the newest notice; absent until one is given
    std::optional<std::string> replaced_by;          ///< id of the later decision
    bool erased = false;                             ///< its inputs and answer are gone
};
BOOST_DESCRIBE_STRUCT(pack_decision, (), (event, made, actor, content, notified, replaced_by, erased))

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/pack_decision.ipp>
#endif

#endif
