// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_PACK_HPP
#define POLKU_RULES_PACK_HPP

#include <polku/dmn/fwd.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Rule packs: the rules of an act as dated DMN models, with figures of law as dated parameters, texts and sources
/// (docs/packs.md). What a `pack.json` says is `pack_definition` (rules/pack_definition.hpp); a checked and
/// compiled one is `pack`.

namespace polku::inline POLKU_V::rules {

struct pack_definition;
struct pack_sources;
struct pack_version;
struct parameter_value;
struct transition;

/// What is asked of a pack.
struct pack_question {
    std::string decision;             ///< name of one of the pack's decisions
    time::date decided;               ///< the date of the decision
    std::optional<time::date> event;  ///< absent: the date of the decision
    std::string variant;              ///< a version or variant by id; empty: by the dates
    feel::context inputs;             ///< facts by name; an absent one is unknown
    feel::context overrides;          ///< parameters that the authority gives another value
};

/// A parameter as it was used.
struct used_parameter {
    std::string name;                       ///< as the models have it
    feel::value value;                      ///< null for a figure that nobody knows
    const parameter_value* from = nullptr;  ///< the entry of its series; lives as long as the pack
    bool overridden = false;                ///< the authority gave another value
};

/// A rule that matched, in a table of a decision of the requirement graph.
struct rule_match {
    std::string decision;  ///< name of the decision that the table was run for
    std::string rule;      ///< id
    std::int64_t number;   ///< place in its table, from 1
    bool operator==(const rule_match&) const = default;
};

/// What a pack answered.
struct pack_answer {
    feel::value value;                          ///< null: not decided, because facts are unknown
    std::string version;                        ///< id of the version or variant
    const transition* by_transition = nullptr;  ///< the provision that chose the version
    std::vector<used_parameter> parameters;     ///< figures of law that were used
    std::vector<std::string> rules;             ///< ids of the rules that matched, in the order of evaluation
    feel::context values;             ///< what took part, by name: facts, parameters, and decisions as they came out
    std::vector<rule_match> matched;  ///< the rules again, with the decisions that they are of
};

namespace detail {
struct compiled_pack;
}

/// A checked and compiled rule pack: immutable, shared freely by threads, cheap to copy.
class pack {
public:
    pack() = default;

    /// What the pack was compiled from; lives as long as any copy.
    POLKU_DECL const pack_definition& says() const noexcept;
    /// False for a default-made object, on which nothing else may be called.
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// The compiled model of one of this pack's own versions or variants; lives as long as the pack.
    POLKU_DECL const dmn::program& program_of(const pack_version& version) const noexcept;

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
