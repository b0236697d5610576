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

/// How sure a fact of law is: read in its source, or general knowledge that waits for a reader. `SEEN`: read in the
/// source; `KNOWN`: general knowledge.
enum class source_mark : std::uint8_t { SEEN, KNOWN };

/// Where a rule or a figure comes from.
struct source {
    std::string act;                       ///< `380/2023`
    std::string section;                   ///< `82 § 1 mom`
    std::string title;                     ///< what the source is called
    std::string address;                   ///< web address; may be empty
    time::date read;                       ///< the day on which it was read
    source_mark mark = source_mark::SEEN;  ///< how sure it is
};

/// Days from the first to before the second; an absent end is open.
struct date_interval {
    std::optional<time::date> from;    ///< first day
    std::optional<time::date> before;  ///< first day after it

    /// True when the day is in it.
    bool contains(time::date day) const noexcept { return (!from || *from <= day) && (!before || day < *before); }
};

/// Rules as they stand from a day on.
struct pack_version {
    std::string id;                    ///< by which questions and answers name it
    time::date from;                   ///< first day on which it holds
    std::optional<time::date> before;  ///< first day on which it no longer holds
    std::string model;                 ///< DMN file beside `pack.json`
    std::vector<std::string> sources;  ///< keys of `pack_definition::sources`
    std::optional<texts> flag;         ///< of a variant: why it is none of the versions
};

/// Which of the two dates of a question picks a parameter's value. The date of the `decision` or that of the `event`.
enum class date_choice : std::uint8_t { decision, event };

/// One value of a figure, and the days of it.
struct parameter_value {
    time::date from;                   ///< first day
    std::optional<time::date> before;  ///< first day on which it no longer holds
    feel::value value;  ///< as in JSON; dates and durations are texts; null with `review`: the figure was not read
    std::vector<std::string> sources;  ///< keys of `pack_definition::sources`
    std::optional<texts> review;       ///< why a human must look at the value before it is used
    std::optional<bool> override_;     ///< the authority may give another value
};

/// A figure of law. The models have an input of its name.
struct parameter {
    std::string name;                     ///< that of the input of the models
    texts text;                           ///< what people call it
    std::string type;                     ///< FEEL name of a simple type
    std::optional<std::string> unit;      ///< such as `euros` or `%`
    std::optional<date_choice> by;        ///< absent: the date of the decision
    std::vector<parameter_value> series;  ///< its values in the order of time
};

/// A transition provision: for events and decisions of these days, another version than that of the decision's date.
struct transition {
    std::string id;                        ///< by which answers name it
    texts text;                            ///< what it says
    std::optional<date_interval> event;    ///< days of the event for which it holds
    std::optional<date_interval> decided;  ///< days of the decision for which it holds
    std::string version;                   ///< id of the version that it keeps alive
    std::vector<std::string> sources;      ///< keys of `pack_definition::sources`
};

/// A decision that callers ask for.
struct pack_decision {
    std::string name;                   ///< that of the decision in the models
    texts text;                         ///< what is decided
    std::optional<texts> result;        ///< what its value says
    std::optional<std::string> appeal;  ///< kind of decision in the pack of remedies
    std::optional<time::date> since;    ///< versions from this day on have it; absent: all have
};

/// How a fact comes to have another value: somebody acts, or time passes. `act` or `time`.
enum class change_way : std::uint8_t { act, time };
/// What a number that rises by itself counts: days, days from Monday to Friday, full months or full years. The names
/// are `day`, `weekday`, `month` and `year`.
enum class time_step : std::uint8_t { day, weekday, month, year };

/// That a client, or an employer with it, can change a fact, or that it changes as time passes. Facts of the past, age,
/// diagnosis and judgements of authorities have none.
struct pack_change {
    change_way by = change_way::act;   ///< what changes it
    std::optional<std::int64_t> cost;  ///< of an act: how much it asks of people, from 1 to 1000
    std::optional<time_step> each;     ///< of time: a number rises by one, a date moves on with each of it
};

/// A fact that the models ask for.
struct pack_input {
    std::string name;                   ///< that of the input of the models
    texts text;                         ///< the question
    std::string group;                  ///< questions of a group are asked together
    std::int64_t cost = 1;              ///< of an answer: 1 is known by heart, 10 a doctor's statement
    std::optional<texts> judge;         ///< whose judgement it is; never computed
    std::optional<pack_change> change;  ///< absent: what is so stays so
};

/// What a rule of a table says. `{name}` stands for the value of an input, a parameter or a decision of the model.
struct rule_text {
    texts text;                        ///< the sentence with its placeholders
    std::vector<std::string> sources;  ///< keys of `pack_definition::sources`
};

/// The whole of a rule pack but for its models.
struct pack_definition {
    std::string id;                          ///< of the pack, the same for ever
    texts name;                              ///< what people call it
    texts notice;                            ///< what the reader must know: no legal advice
    time::date facts_read;                   ///< the day up to which the law was read
    texts event;                             ///< what the date of the event is
    std::map<std::string, source> sources;   ///< by a key of the author's own
    std::vector<pack_version> versions;      ///< in the order of time, without gaps
    std::vector<pack_version> variants;      ///< used only when asked for by id
    std::vector<parameter> parameters;       ///< figures of law
    std::vector<transition> transitions;     ///< provisions between versions
    std::vector<pack_decision> decisions;    ///< that callers may ask for
    std::vector<pack_input> inputs;          ///< facts that the models ask for
    std::map<std::string, rule_text> rules;  ///< by id of the rule in the models
    value_labels labels;                     ///< of values that are no plain words; the others stand as they are
    std::map<std::string, texts> members;    ///< what members of answers are called, by name; the others as they are
};

/// What stands beside a definition.
struct pack_sources {
    std::map<std::string, std::string> models;  ///< texts of the DMN files by the names that versions use
    std::string name;                           ///< source of positions in findings
    std::size_t max_findings = 100;             ///< more are not looked for
};

}  // namespace polku::inline POLKU_V::rules

#endif
