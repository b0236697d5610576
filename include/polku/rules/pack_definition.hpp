// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_PACK_DEFINITION_HPP
#define POLKU_RULES_PACK_DEFINITION_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/texts.hpp>
#include <polku/time/date.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// What the `pack.json` of a rule pack says (docs/packs.md): versions, parameters, transition provisions, texts and
/// sources.

namespace polku::inline POLKU_V::rules {

/// How sure a fact of law is: read in its source, or general knowledge that waits for a reader.
enum class source_mark : std::uint8_t { SEEN, KNOWN };

/// Where a rule or a figure comes from.
struct source {
    std::string act;      ///< `380/2023`
    std::string section;  ///< `82 § 1 mom`
    std::string title;
    std::string address;
    time::date read;  ///< the day on which it was read
    source_mark mark = source_mark::SEEN;
};

/// Days from the first to before the second; an absent end is open.
struct date_interval {
    std::optional<time::date> from;
    std::optional<time::date> before;

    bool contains(time::date day) const noexcept { return (!from || *from <= day) && (!before || day < *before); }
};

/// Rules as they stand from a day on.
struct pack_version {
    std::string id;
    time::date from;
    std::optional<time::date> before;  ///< first day on which it no longer holds
    std::string model;                 ///< DMN file beside `pack.json`
    std::vector<std::string> sources;  ///< keys of `pack_definition::sources`
    std::optional<texts> flag;         ///< of a variant: why it is none of the versions
};

/// Which of the two dates of a question picks a parameter's value.
enum class date_choice : std::uint8_t { decision, event };

struct parameter_value {
    time::date from;
    std::optional<time::date> before;
    feel::value value;  ///< as in JSON; dates and durations are texts; null with `review`: the figure was not read
    std::vector<std::string> sources;
    std::optional<texts> review;    ///< why a human must look at the value before it is used
    std::optional<bool> override_;  ///< the authority may give another value
};

/// A figure of law. The models have an input of its name.
struct parameter {
    std::string name;
    texts text;
    std::string type;  ///< FEEL name of a simple type
    std::optional<std::string> unit;
    std::optional<date_choice> by;  ///< absent: the date of the decision
    std::vector<parameter_value> series;
};

/// A transition provision: for events and decisions of these days, another version than that of the decision's date.
struct transition {
    std::string id;
    texts text;
    std::optional<date_interval> event;
    std::optional<date_interval> decided;
    std::string version;
    std::vector<std::string> sources;
};

/// A decision that callers ask for.
struct pack_decision {
    std::string name;
    texts text;
    std::optional<texts> result;        ///< what its value says
    std::optional<std::string> appeal;  ///< kind of decision in the pack of remedies
    std::optional<time::date> since;    ///< versions from this day on have it; absent: all have
};

/// How a fact comes to have another value: somebody acts, or time passes.
enum class change_way : std::uint8_t { act, time };
/// What a number that rises by itself counts: days, days from Monday to Friday, full months or full years.
enum class time_step : std::uint8_t { day, weekday, month, year };

/// That a client, or an employer with it, can change a fact, or that it changes as time passes. Facts of the past, age,
/// diagnosis and judgements of authorities have none.
struct pack_change {
    change_way by = change_way::act;
    std::optional<std::int64_t> cost;  ///< of an act: how much it asks of people, from 1 to 1000
    std::optional<time_step> each;     ///< of time: a number rises by one, a date moves on with each of it
};

/// A fact that the models ask for.
struct pack_input {
    std::string name;
    texts text;                         ///< the question
    std::string group;                  ///< questions of a group are asked together
    std::int64_t cost = 1;              ///< of an answer: 1 is known by heart, 10 a doctor's statement
    std::optional<texts> judge;         ///< whose judgement it is; never computed
    std::optional<pack_change> change;  ///< absent: what is so stays so
};

/// What a rule of a table says. `{name}` stands for the value of an input, a parameter or a decision of the model.
struct rule_text {
    texts text;
    std::vector<std::string> sources;
};

struct pack_definition {
    std::string id;
    texts name;
    texts notice;
    time::date facts_read;
    texts event;  ///< what the date of the event is
    std::map<std::string, source> sources;
    std::vector<pack_version> versions;  ///< in the order of time, without gaps
    std::vector<pack_version> variants;  ///< used only when asked for by id
    std::vector<parameter> parameters;
    std::vector<transition> transitions;
    std::vector<pack_decision> decisions;
    std::vector<pack_input> inputs;
    std::map<std::string, rule_text> rules;  ///< by id of the rule in the models
    value_labels labels;                     ///< of values that are no plain words; the others stand as they are
    std::map<std::string, texts> members;    ///< what members of answers are called, by name; the others as they are
};

/// What stands beside a definition.
struct pack_sources {
    std::map<std::string, std::string> models;  ///< texts of the DMN files by the names that versions use
    std::string name;                           ///< source of positions in findings
    std::size_t max_findings = 100;
};

}  // namespace polku::inline POLKU_V::rules

#endif
