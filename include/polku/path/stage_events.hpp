// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_STAGE_EVENTS_HPP
#define POLKU_PATH_STAGE_EVENTS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/definition_words.hpp>
#include <polku/path/network.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The case as a whole: its opening, its stages, the decisions that route it, and its end. `type` is the event's stored
/// name; `stage`, `exit` and `entry` are ids of the definition, `role` and `owner` roles.

namespace polku::inline POLKU_V::path {

/// `client` is the hex id of the client's stream, `municipality` a three-digit code; `sender` and `channel` are those
/// of the entry, `self_referral` is true where the client came alone. `reason` says why the client came.
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

/// The client came to `stage`, from `from_stage` unless it is the first. `deadline` is the last day before somebody is
/// called, `visit` counts the entries of this stage, from 1.
struct stage_entered {
    static constexpr std::string_view type = "stage_entered";
    std::string stage;
    std::optional<std::string> from_stage;
    std::string owner;
    time::date deadline;
    std::int64_t visit = 1;
};
BOOST_DESCRIBE_STRUCT(stage_entered, (), (stage, from_stage, owner, deadline, visit))

/// The stay in a stage passed its deadline; the next role of the chain is called. `deadline` is the day that passed,
/// `level` the place of `role` in the chain, from 1.
struct stage_timed_out {
    static constexpr std::string_view type = "stage_timed_out";
    std::string stage;
    time::date deadline;
    std::int64_t level = 1;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(stage_timed_out, (), (stage, deadline, level, role))

/// An input of a decision: its value, and where it came from: a fact in that version of the client stream, or the case.
struct decision_input {
    feel::value value;                         ///< null where nobody knew it
    std::optional<std::int64_t> fact_version;  ///< none: from the case itself
    std::string retention;                     ///< class of the fact; of the event where empty
    bool operator==(const decision_input&) const = default;
};
BOOST_DESCRIBE_STRUCT(decision_input, (), (value, fact_version, retention))

/// A rule that matched: decision, rule id of the DMN file (or its number), and number from 1.
struct matched_rule {
    std::string decision;     ///< name of the decision
    std::string rule;         ///< as the file has it, or the number as text
    std::int64_t number = 0;  ///< place in its table
    bool operator==(const matched_rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(matched_rule, (), (decision, rule, number))

/// A routing decision with all it rested on. It is never evaluated again as if today's rules were yesterday's.
struct decision_made {
    static constexpr std::string_view type = "decision_made";
    std::string decision;                          ///< name of the decision
    std::string model;                             ///< name of its DMN file
    std::string stage;                             ///< id of the stage that was left
    std::map<std::string, decision_input> inputs;  ///< by name
    feel::value result;                            ///< as the decision gave it
    std::string next;                              ///< stage or exit
    std::vector<matched_rule> rules;               ///< of the whole requirement graph
    std::vector<std::string> reasons;              ///< ids in the definition's `reasons` of the decision
    std::string path_hash;                         ///< hex
    std::int64_t engine_version = 0;               ///< semantics version of the engine
};
BOOST_DESCRIBE_STRUCT(decision_made, (),
                      (decision, model, stage, inputs, result, next, rules, reasons, path_hash, engine_version))

/// The case ended by `exit`, taken in the `way` it says; `outcome` is what figures count it as and `stage` where the
/// client was. `reason` is absent where routing decided.
struct case_closed {
    static constexpr std::string_view type = "case_closed";
    std::string exit;
    std::string stage;
    outcome_class outcome = outcome_class::other;
    exit_way way = exit_way::routing;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(case_closed, (), (exit, stage, outcome, way, reason))

/// The case goes on in `stage`, with new deadlines; `reason` says why.
struct case_reopened {
    static constexpr std::string_view type = "case_reopened";
    std::string stage;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(case_reopened, (), (stage, reason))

}  // namespace polku::inline POLKU_V::path

#endif
