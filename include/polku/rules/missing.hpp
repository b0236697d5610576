// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_MISSING_HPP
#define POLKU_RULES_MISSING_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// @file
/// Which facts can still change a decision of a rule pack, and which question to ask next (docs/missing.md).

namespace polku::inline POLKU_V::rules {

/// An unknown fact that can still change the outcome.
struct missing_input {
    std::string name;       ///< as the pack spells it
    std::string group;      ///< questions of a group are asked together
    std::int64_t cost = 1;  ///< of an answer, as the pack says
    /// Proved: there are two complete sets of facts that differ in this one only and have different outcomes. False:
    /// it may be so, and nobody proved the contrary.
    bool certain = false;
    bool exact_value = false;  ///< the outcome is computed from its exact value, not only from where it lies
};

/// What is still missing for a decision.
struct missing_answer {
    std::string version;  ///< id of the version or variant that rules
    /// True when every value of the unknown facts leads to the same outcome.
    bool decided = false;
    feel::value value;     ///< the outcome when decided, else null
    std::string decision;  ///< that was asked for
    /// Names under which the outcome holds nulls that say "there is none": all of them, but none where a figure of law
    /// is not known.
    std::vector<std::string> settled_nulls;
    std::vector<missing_input> inputs;  ///< in the order of the pack; all others cannot change the outcome any more
    std::string next;                   ///< the fact to ask first; empty when decided
    std::vector<std::string> together;  ///< other facts of its group among `inputs`
    double expected_cost = 0;           ///< of the questions until it is decided, the next one included
    bool optimal = false;               ///< no order of questions has a lower expected cost; false: a good order
    bool complete =
        true;  ///< false: a limit was passed, and `inputs` has every unknown fact that the decision can reach
};

/// How probable the answers to one question are. Each value that the input can have passes one of the tests.
struct answer_weights {
    /// One class of values with its weight.
    struct one {
        std::string test;   ///< FEEL unary test of constants: `true`, `"skills"`, `< 18`, `[18..25]`
        double weight = 0;  ///< zero or more, and not all zero; only their proportions count
    };
    std::string input;         ///< name of an input of the pack
    std::vector<one> weights;  ///< for all its values together
};

/// Bounds on the work, and what is known of the answers.
struct missing_options {
    std::size_t max_nodes = 200'000;  ///< of the diagrams that a decision is made of
    /// Steps that the search for the best order of questions may take, a quarter where more than 12 facts are open;
    /// past them `next` is a good question. More steps find a better order and take longer (docs/missing.md).
    std::size_t max_work = 10'000;
    std::vector<answer_weights> weights;  ///< of inputs that are not here, each class of values is as probable as any
};

namespace detail {
struct question_texts;
}

/// A pack made ready for questions about what is missing: its texts are read once. Immutable, shared freely by threads,
/// cheap to copy.
class question_guide {
public:
    /// Keeps the pack, whose texts it reads.
    POLKU_DECL explicit question_guide(pack of);

    /// What is missing for a question. A fact that nobody gave, and one given as null, is unknown: it has some value of
    /// its type within its allowed values. Without weights each atom of a fact, which is a set of values that the rules
    /// do not tell apart, is taken for as probable as any other; they move the order of questions alone. Errors: those
    /// of `pack::try_decide`; for weights `not_found` (no such input), `invalid_argument` (below zero, all zero, a
    /// value that is left out, named twice or not allowed), those of FEEL for their tests.
    POLKU_DECL result<missing_answer> try_missing(const pack_question& asked, const missing_options& with = {}) const;

private:
    pack pack_;
    std::shared_ptr<const detail::question_texts> texts_;
};

/// The same for one question.
POLKU_DECL result<missing_answer> try_missing(const pack& of, const pack_question& asked,
                                              const missing_options& with = {});

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/missing.ipp>
#endif

#endif
