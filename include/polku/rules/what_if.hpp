// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_WHAT_IF_HPP
#define POLKU_RULES_WHAT_IF_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>
#include <polku/time/date.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Which few changes would lead to a wanted answer of a rule pack, and from which day on (docs/what-if.md).

namespace polku::inline POLKU_V::rules {

struct pack_goal;

/// How far and how long is searched.
struct what_if_options {
    std::optional<time::date>
        until;  ///< last date of the decision that is tried; absent: the date of the question alone
    std::size_t max_evaluations = 100'000;  ///< answers of the pack that may be asked for
};

/// How a search ended.
enum class what_if_outcome : std::uint8_t {
    holds,        ///< the goal is met as things are
    found,        ///< there are proposals
    none,         ///< within the horizon no change of what can be changed leads to the goal
    not_reached,  ///< nothing was found before the limit of work
};
/// `holds`, `found`, `none`, `not reached`.
POLKU_DECL std::string_view name_of(what_if_outcome of) noexcept;

/// A fact that has another value than today.
struct fact_change {
    std::string input;      ///< name of the fact
    feel::value from;       ///< today
    feel::value to;         ///< on the date of the proposal
    std::string any_of;     ///< of an act: the class of values that would all do as well, as a FEEL test
    std::int64_t cost = 0;  ///< of an act
};

/// Changes that lead to the goal on a date.
struct proposal {
    std::int64_t cost = 0;                   ///< of all acts together; 0: waiting is enough
    time::date decided;                      ///< the first date on which these changes are enough
    std::vector<fact_change> changes;        ///< by name; empty: waiting is enough
    std::vector<fact_change> passing;        ///< what has changed by that date because time passed, by name
    pack_answer answer;                      ///< what the pack answers then
    std::vector<std::string> settled_nulls;  ///< of the answer (rules/pack_explanation.hpp)
};

/// What was found, and what the search rests on.
struct what_if_answer {
    what_if_outcome outcome = what_if_outcome::none;  ///< how the search ended
    /// Cheapest first; each further one costs more and can be had earlier. On a date the one of the lowest cost, then
    /// of the fewest changes, then the first by name.
    std::vector<proposal> proposals;
    std::string decision;                    ///< that was asked for
    feel::value today;                       ///< the value as things are
    std::vector<std::string> settled_nulls;  ///< of `today` (rules/pack_explanation.hpp)
    bool is_complete = false;                ///< all dates and sets of changes up to `searched` were tried or ruled out
    std::vector<std::string>
        uncovered;                     ///< facts of whose values only some were tried: "none" proves nothing for others
    std::vector<std::string> judged;   ///< facts on which the goal may depend and that an authority judges
    std::vector<std::string> unknown;  ///< facts on which the goal may depend and that nobody gave
    std::vector<std::string> fixed;    ///< other facts on which the goal may depend and that nobody can change
    time::date searched;               ///< last date that was tried
    std::optional<time::date> rules_end;  ///< the pack has no rules from this day on, which lies within the horizon
    std::size_t evaluations = 0;          ///< answers of the pack that were asked for
};

/// The cheapest sets of changes by which the decision of a question meets a goal, and the earliest dates for them under
/// the rules that the pack knows. Only inputs with a `change` are changed: by an act to the nearest value of another
/// class (rules/input_atoms.hpp), by time along with the date of the decision. A date that has passed on the date of
/// the question, or would come to lie before it, is not proposed; a fact that nobody gave stays unknown. Where the
/// question has no date of the event, that moves with the date of the decision. Each proposal was answered by the pack
/// itself. Errors: those of `pack::try_decide` for the question as it is, those of FEEL for the test of the goal,
/// `not_found` for a member that the answer does not have, `invalid_argument` for a wanted value of another type or
/// that is none of the answers, and for a horizon before the date of the question.
POLKU_DECL result<what_if_answer> try_what_if(const pack& of, const pack_question& asked, const pack_goal& goal,
                                              const what_if_options& with = {});

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/rules/input_atoms.hpp>

#include <polku/impl/rules/what_if.ipp>
#include <polku/impl/rules/what_if_dates.ipp>
#endif

#endif
