// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_OPERATIONS_HPP
#define POLKU_FEEL_OPERATIONS_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

namespace polku::inline POLKU_V::feel {

// FEEL's operators on values, shared by the evaluator, the built-ins and decision tables (DMN 1.5 clause 10.3.2.13-15).
// Each answers null with a reason where the standard says null.

/// `=`: true, false, or null for values of different kinds (null equals only null).
POLKU_DECL value equal(const value& left, const value& right, const evaluation_context& with);
/// `<`, `<=`; null for kinds without an order or different kinds.
POLKU_DECL value less(const value& left, const value& right, const evaluation_context& with);
/// `<=`, as `less`.
POLKU_DECL value less_or_equal(const value& left, const value& right, const evaluation_context& with);
/// Orders two values of one ordered kind: negative, zero, positive; false in `comparable` for others.
POLKU_DECL int compare(const value& left, const value& right, const evaluation_context& with, bool& comparable);
/// `+` of numbers, texts and temporal values; null with a reason for other kinds and out of range.
POLKU_DECL value add(const value& left, const value& right, evaluation_context& with);
/// `-` of numbers and temporal values, as `add`.
POLKU_DECL value subtract(const value& left, const value& right, evaluation_context& with);
/// `*` of numbers and durations, as `add`.
POLKU_DECL value multiply(const value& left, const value& right, evaluation_context& with);
/// `/` of numbers and durations, as `add`; null with `division_by_zero` for a divisor of zero.
POLKU_DECL value divide(const value& left, const value& right, evaluation_context& with);
/// `**` of numbers, as `add`.
POLKU_DECL value power(const value& left, const value& right, evaluation_context& with);
/// Unary `-` of a number or duration; null for other kinds.
POLKU_DECL value negate(const value& of);
/// Three-valued logic (clause 10.3.2.10, table 50): a non-boolean counts as null.
POLKU_DECL value logical_and(const value& left, const value& right);
/// `or`: true where one is, else null where one is no boolean, else false.
POLKU_DECL value logical_or(const value& left, const value& right);
/// `not()`: null for what is no boolean.
POLKU_DECL value logical_not(const value& of);
/// Membership in a range (`x in [a..b]`): true, false or null.
POLKU_DECL value in_range(const value& point, const range& bounds, const evaluation_context& with);
/// `expression.name`: an entry of a context, a property of a temporal value or range, or the list of these over a list.
POLKU_DECL value member(const value& of, std::string_view name, const evaluation_context& with);

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/operations.ipp>
#include <polku/impl/feel/operations_temporal.ipp>
#endif

#endif
