// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_DIFFERENCE_HPP
#define POLKU_RULES_DIFFERENCE_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// For which facts two rule packs, or one pack on two dates, decide differently, and how (docs/diff.md).

namespace polku::inline POLKU_V::rules {

/// The two sides are called "was" and "is". The names are `both`, `was` and `is`.
enum class difference_side : std::uint8_t { both, was, is };
/// `both`, `was`, `is`.
POLKU_DECL std::string_view name_of(difference_side of) noexcept;

/// What is compared.
struct difference_question {
    /// The decision, the dates, the variant and the overrides of each side. Their inputs are not read.
    pack_question was;
    pack_question is;     ///< of the side "is"
    feel::context facts;  ///< what is known, by name; all other facts, and those given as null, may have any value
    std::string member;   ///< of a context that the decisions answer; empty: the whole answer
};

/// What is known of an answer.
enum class outcome_kind : std::uint8_t {
    value,     ///< a known value
    computed,  ///< from the exact values of facts
    absent,    ///< the context has no such member
    varies,    ///< several values that are not listed one by one
};
/// `value`, `computed`, `absent`, `varies`.
POLKU_DECL std::string_view name_of(outcome_kind of) noexcept;

/// What one side answers in a region.
struct outcome_end {
    outcome_kind is = outcome_kind::value;  ///< what is known of it
    feel::value value;                      ///< of a value; null for the others
    std::vector<std::string> from;          ///< of a computed one: the facts, in the order of the comparison's inputs
};

/// A place of the answer that changes.
struct outcome_change {
    std::string member;               ///< with dots between; empty: the answer itself
    std::optional<feel::value> item;  ///< of a list: the values are whether this item is in it
    outcome_end was;                  ///< on the side "was"
    outcome_end is;                   ///< on the side "is"
    bool always = true;               ///< for all facts of the region; false: for some of them, or perhaps
};

/// How sure it is that the sides differ.
enum class difference_proof : std::uint8_t {
    everywhere,  ///< the sides answer differently for all facts of the region
    somewhere,   ///< they do for the witness; for other facts of the region they may answer the same
    perhaps,     ///< nobody found facts for which they do, and nobody proved that there are none
};
/// `everywhere`, `somewhere`, `perhaps`.
POLKU_DECL std::string_view name_of(difference_proof of) noexcept;

/// A condition of a region.
struct region_test {
    std::string input;                           ///< name of a fact, or of a decision
    difference_side of = difference_side::both;  ///< one side: the other has no such input, or one of another type
    std::string test;                            ///< FEEL unary test, such as `[55..60)`
    /// `input` names no input but what is computed: a decision of the model, or `decision.entry` for an entry of the
    /// context that it answers. Its value for facts is what that decision answers for them.
    bool computed = false;
};

/// Facts for which the sides answer differently: `pack::try_decide` does so with them.
struct difference_witness {
    feel::context was_facts;  ///< the inputs that the side's pack has
    feel::context is_facts;   ///< the inputs that this side's pack has
    feel::value was;          ///< the answer of the side "was" to them
    feel::value is;           ///< the answer of the side "is" to them
};

/// Facts for which the answers change in the same way. Regions have no facts in common, and outside of all of them
/// nothing changes.
struct difference_region {
    std::vector<region_test> tests;                      ///< all of them hold; an input without one may have any value
    std::vector<outcome_change> changes;                 ///< what changes in it
    difference_proof proof = difference_proof::perhaps;  ///< of the region as a whole
    std::optional<difference_witness> witness;           ///< none with `perhaps`
};

/// How an input is another on the other side.
enum class input_difference_kind : std::uint8_t {
    added,    ///< only the decision of the side "is" asks for it
    removed,  ///< only that of the side "was" does
    retyped,  ///< the fact has another type
    allowed,  ///< other values are allowed
};
/// `added`, `removed`, `retyped`, `allowed`.
POLKU_DECL std::string_view name_of(input_difference_kind of) noexcept;

/// An input that both sides do not have alike.
struct input_difference {
    std::string input;                                        ///< name of the fact
    input_difference_kind is = input_difference_kind::added;  ///< how they differ
    std::string was_type;  ///< as FEEL, with the allowed values where those differ; empty where there is no such input
    std::string is_type;   ///< as `was_type`, of the side "is"
};

/// A figure that both sides use with other values, or only one of them.
struct parameter_difference {
    std::string parameter;           ///< name
    std::optional<feel::value> was;  ///< none on a side that does not use it
    std::optional<feel::value> is;   ///< none on a side that does not use it
};

/// All that was found between two sides.
struct difference_answer {
    std::string decision;  ///< name of the decision that was compared
    difference_side has =
        difference_side::both;             ///< one side: only that one has the decision, and there are no regions
    std::string was_version;               ///< id of the version or variant that rules on that side
    std::string is_version;                ///< id of the version or variant that rules on that side
    std::vector<input_difference> inputs;  ///< in the order of the inputs
    std::vector<parameter_difference> parameters;  ///< figures that differ
    std::vector<difference_region> regions;        ///< those with proof everywhere first; not more than was asked for
    std::size_t count = 0;                         ///< of all regions
    bool count_is_exact = true;  ///< false: there are so many that they were not merged; at most `count`
    bool exact = true;     ///< every region differs everywhere: the regions are the changed facts and nothing else
    bool complete = true;  ///< false: a limit was passed, and one region of all facts stands for what was not found out
    std::string member;    ///< what was compared of the answer; empty: all of it
    /// Where the whole answer has so many regions that it is not told what changes, or the limit of work was passed:
    /// the same comparison member by member.
    std::vector<difference_answer> by_member;

    /// True when it is proved that the sides answer the same for all facts.
    bool is_same() const noexcept { return has == difference_side::both && count == 0; }
};

/// Bounds on the work; `difference_answer` says when one was passed.
struct difference_options {
    std::size_t max_regions = 100;      ///< that are told; `count` has all
    std::size_t max_nodes = 1'000'000;  ///< of the diagrams that the decisions are made of
    std::size_t max_boxes = 20'000;     ///< before regions are merged
    std::size_t max_tries = 400;        ///< answers of each side in search of a witness of one region
};

/// Where facts lie among the regions.
enum class difference_place_kind : std::uint8_t {
    unchanged,  ///< in no region: the sides answer the same
    region,     ///< in one that is told
    other,      ///< in a region past those that are told
    undecided,  ///< facts are unknown that decide between regions, or between one and none
};

/// Where facts lie.
struct difference_place {
    difference_place_kind is = difference_place_kind::unchanged;  ///< in which kind of place
    std::size_t region = 0;                                       ///< place among the regions
    std::optional<bool> differs;  ///< what the sides answer for these facts differs; absent: facts that matter are open
};

namespace detail {
struct difference_data;
}

/// The difference of two decisions. Immutable, shared freely by threads, cheap to copy; it holds the packs.
class difference {
public:
    /// All that was found; lives as long as any copy.
    POLKU_DECL const difference_answer& says() const noexcept;

    /// In which region facts lie, beside those that the question has. Errors: `not_found` for a fact that neither pack
    /// has, `invalid_argument` for one that the question has with another value, `dmn_input_type` for a value that no
    /// side allows, those of `pack::try_decide`.
    POLKU_DECL result<difference_place> try_find(const feel::context& facts) const;

private:
    friend struct detail::difference_data;
    std::shared_ptr<const detail::difference_data> data_;
};

/// Compares two decisions. A fact is compared by its name; one that both sides have with the same type is one fact,
/// else each side has its own. Unknown facts have some value of their type. Errors: those of `pack::try_decide` for
/// dates, variants, figures and facts; `not_found` for a decision that neither side has.
POLKU_DECL result<difference> try_difference(const pack& was, const pack& is, const difference_question& asked,
                                             const difference_options& with = {});

/// The decisions that callers may ask for and that at least one side has, in the order of the side "was".
struct decision_presence {
    std::string name;                             ///< of the decision
    difference_side has = difference_side::both;  ///< which sides have it
};
/// Errors: those of `pack::try_decide` for the dates and variants. The decisions of the questions are not read.
POLKU_DECL result<std::vector<decision_presence>> try_decisions(const pack& was, const pack_question& asked_was,
                                                                const pack& is, const pack_question& asked_is);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/rules/input_atoms.hpp>

#include <polku/impl/rules/difference.ipp>
#include <polku/impl/rules/difference_boxes.ipp>
#include <polku/impl/rules/difference_inputs.ipp>
#include <polku/impl/rules/difference_witness.ipp>
#endif

#endif
