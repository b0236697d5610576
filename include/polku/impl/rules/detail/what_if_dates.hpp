// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_WHAT_IF_DATES_HPP
#define POLKU_IMPL_RULES_DETAIL_WHAT_IF_DATES_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/time/date.hpp>

#include <string>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// A fact that changes as time passes, with its value on the date of the question.
struct passing_fact {
    std::string name;
    feel::value from;
    time_step each = time_step::day;
};

/// Its value on a later day.
POLKU_DECL feel::value value_on(const passing_fact& of, time::date today, time::date day);
/// The days after today, up to a last one, on which the fact comes to a point and on which it leaves it.
POLKU_DECL void add_crossings(const passing_fact& of, const feel::value& point, time::date today, time::date until,
                              std::vector<time::date>& into);
/// The days after today, up to a last one, on which other rules or figures begin to hold. Ascending, each once.
POLKU_DECL std::vector<time::date> boundaries(const pack_definition& says, bool event_moves, time::date today,
                                              time::date until);
POLKU_DECL void sort_days(std::vector<time::date>& days);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
