// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_PACK_HPP
#define POLKU_RULES_PACK_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Rule packs: the rules of an act as dated DMN models, with figures of law as dated parameters, texts and sources
/// (docs/packs.md). What a `pack.json` says is `pack_definition`; a checked and compiled one is `pack`.

namespace polku::inline POLKU_V::rules {

/// A text by language: `fi`, `sv`, `en`, `fi-selko` (plain Finnish).
using texts = std::map<std::string, std::string>;

/// How sure a fact of law is: read in its source, or general knowledge that waits for a reader.
enum class source_mark : std::uint8_t { SEEN, KNOWN };
BOOST_DESCRIBE_ENUM(source_mark, SEEN, KNOWN)

/// Where a rule or a figure comes from.
struct source {
    std::string act;      ///< `380/2023`
    std::string section;  ///< `82 § 1 mom`
    std::string title;
    std::string address;
    time::date read;  ///< the day on which it was read
    source_mark mark = source_mark::SEEN;
};
BOOST_DESCRIBE_STRUCT(source, (), (act, section, title, address, read, mark))

/// Days from the first to before the second; an absent end is open.
struct date_interval {
    std::optional<time::date> from;
    std::optional<time::date> before;

    bool contains(time::date day) const noexcept { return (!from || *from <= day) && (!before || day < *before); }
};
BOOST_DESCRIBE_STRUCT(date_interval, (), (from, before))

/// Rules as they stand from a day on.
struct pack_version {
    std::string id;
    time::date from;
    std::optional<time::date> before;  ///< first day on which it no longer holds
    std::string model;                 ///< DMN file beside `pack.json`
    std::vector<std::string> sources;  ///< keys of `pack_definition::sources`
    std::optional<texts> flag;         ///< of a variant: why it is none of the versions
};
BOOST_DESCRIBE_STRUCT(pack_version, (), (id, from, before, model, sources, flag))

/// Which of the two dates of a question picks a parameter's value.
enum class date_choice : std::uint8_t { decision, event };
BOOST_DESCRIBE_ENUM(date_choice, decision, event)

struct parameter_value {
    time::date from;
    std::optional<time::date> before;
    feel::value value;  ///< as in JSON; dates and durations are texts
    std::vector<std::string> sources;
    std::optional<texts> review;    ///< why a human must look at the value before it is used
    std::optional<bool> override_;  ///< the authority may give another value
};
BOOST_DESCRIBE_STRUCT(parameter_value, (), (from, before, value, sources, review, override_))

/// A figure of law. The models have an input of its name.
struct parameter {
    std::string name;
    texts text;
    std::string type;  ///< FEEL name of a simple type
    std::optional<std::string> unit;
    std::optional<date_choice> by;  ///< absent: the date of the decision
    std::vector<parameter_value> series;
};
BOOST_DESCRIBE_STRUCT(parameter, (), (name, text, type, unit, by, series))

/// A transition provision: for events and decisions of these days, another version than that of the decision's date.
struct transition {
    std::string id;
    texts text;
    std::optional<date_interval> event;
    std::optional<date_interval> decided;
    std::string version;
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(transition, (), (id, text, event, decided, version, sources))

/// A decision that callers ask for.
struct pack_decision {
    std::string name;
    texts text;
    std::optional<texts> result;        ///< what its value says
    std::optional<std::string> appeal;  ///< kind of decision in the pack of remedies
    std::optional<time::date> since;    ///< versions from this day on have it; absent: all have
};
BOOST_DESCRIBE_STRUCT(pack_decision, (), (name, text, result, appeal, since))

/// A fact that the models ask for.
struct pack_input {
    std::string name;
    texts text;                  ///< the question
    std::string group;           ///< questions of a group are asked together
    std::int64_t cost = 1;       ///< of an answer: 1 is known by heart, 10 a doctor's statement
    std::optional<texts> judge;  ///< whose judgement it is; never computed
};
BOOST_DESCRIBE_STRUCT(pack_input, (), (name, text, group, cost, judge))

/// What a rule of a table says. `{name}` stands for the value of an input, a parameter or a decision of the model.
struct rule_text {
    texts text;
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(rule_text, (), (text, sources))

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
};
BOOST_DESCRIBE_STRUCT(pack_definition, (),
                      (id, name, notice, facts_read, event, sources, versions, variants, parameters, transitions,
                       decisions, inputs, rules))

/// What stands beside a definition.
struct pack_sources {
    std::map<std::string, std::string> models;  ///< texts of the DMN files by the names that versions use
    std::string name;                           ///< source of positions in findings
    std::size_t max_findings = 100;
};

/// What is asked of a pack.
struct pack_question {
    std::string decision;
    time::date decided;               ///< the date of the decision
    std::optional<time::date> event;  ///< absent: the date of the decision
    std::string variant;              ///< a version or variant by id; empty: by the dates
    feel::context inputs;             ///< facts by name; an absent one is unknown
    feel::context overrides;          ///< parameters that the authority gives another value
};

/// A parameter as it was used.
struct used_parameter {
    std::string name;
    feel::value value;
    const parameter_value* from = nullptr;  ///< the entry of its series; lives as long as the pack
    bool overridden = false;
};

/// What a pack answered.
struct pack_answer {
    feel::value value;                          ///< null: not decided, because facts are unknown
    std::string version;                        ///< id of the version or variant
    const transition* by_transition = nullptr;  ///< the provision that chose the version
    std::vector<used_parameter> parameters;
    std::vector<std::string> rules;  ///< ids of the rules that matched, in the order of evaluation
    feel::context values;            ///< what took part, by name: facts, parameters, and decisions as they came out
};

namespace detail {
struct compiled_pack;
}

/// A checked and compiled rule pack: immutable, shared freely by threads, cheap to copy.
class pack {
public:
    pack() = default;

    POLKU_DECL const pack_definition& says() const noexcept;
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// The version that rules on a day of decision about an event: that of a transition provision in whose days both
    /// lie, else that of the day of decision. `pack_not_in_force` outside all versions, with their days.
    POLKU_DECL result<const pack_version*> try_version(time::date decided, time::date event,
                                                       const transition** by = nullptr) const;
    /// The value of a parameter for a version on the two dates; where a transition provision keeps older rules alive,
    /// the last value within their days. `pack_not_in_force` where the series has none, `not_found` for another name.
    POLKU_DECL result<const parameter_value*> try_parameter(std::string_view name, const pack_version& of,
                                                            time::date decided, time::date event) const;
    /// Evaluates a decision. Errors: `pack_not_in_force`, `not_found` (no such decision or variant, with the known
    /// ones), `pack_parameter` (a parameter among the inputs, or an override that is not allowed), those of the DMN
    /// room for inputs that do not fit.
    POLKU_DECL result<pack_answer> try_decide(const pack_question& asked) const;

private:
    friend struct detail::compiled_pack;
    std::shared_ptr<const detail::compiled_pack> data_;
};

/// Compiles a pack, or says all that is wrong with it (first as the error, the others as its causes): `pack_dates`
/// (gaps, overlaps and empty periods of versions and series, with both places), `pack_transition` (provisions that
/// contradict each other), `pack_text`, `pack_source`, `pack_name` (inputs, parameters, rules or decisions that the
/// models and the definition do not share), `pack_parameter` (a value of another type), and faults of the models.
POLKU_DECL result<pack> try_compile_pack(pack_definition says, const pack_sources& with);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/pack.ipp>
#include <polku/impl/rules/pack_check.ipp>
#endif

#endif
