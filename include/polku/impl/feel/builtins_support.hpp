// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_SUPPORT_HPP
#define POLKU_IMPL_FEEL_BUILTINS_SUPPORT_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/value.hpp>
#include <polku/impl/feel/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What the families of built-ins share: taking arguments with FEEL's coercions, making bounded results. Private.

namespace polku::inline POLKU_V::feel::detail {

using arguments = std::span<const value>;

// The families, one in each builtins_*.ipp.
POLKU_DECL std::span<const builtin> conversion_builtins() noexcept;
POLKU_DECL std::span<const builtin> boolean_builtins() noexcept;
POLKU_DECL std::span<const builtin> string_builtins() noexcept;
POLKU_DECL std::span<const builtin> list_builtins() noexcept;
POLKU_DECL std::span<const builtin> aggregate_builtins() noexcept;
POLKU_DECL std::span<const builtin> numeric_builtins() noexcept;
POLKU_DECL std::span<const builtin> interval_builtins() noexcept;
POLKU_DECL std::span<const builtin> temporal_builtins() noexcept;
POLKU_DECL std::span<const builtin> context_builtins() noexcept;

/// The body that a built-in runs for so many arguments by position, where those fill a signature exactly.
struct builtin_target {
    value (*body)(evaluation_context& with, std::size_t signature_index, arguments given) = nullptr;
    std::size_t signature_index = 0;
    explicit operator bool() const noexcept { return body != nullptr; }
};
POLKU_DECL builtin_target target_of(const function& callee, std::size_t count) noexcept;
/// Least (`sign` 1) or greatest (-1) of comparable items, as `min` and `max` define it; there is one item at least.
POLKU_DECL value extreme_of(evaluation_context& with, arguments items, int sign);
// Bodies of built-ins that the compiler knows.
POLKU_DECL value builtin_string(evaluation_context& with, std::size_t, arguments given);
POLKU_DECL value builtin_duration(evaluation_context&, std::size_t, arguments given);
/// A number rounded at so many decimals, as the rounding built-ins do.
POLKU_DECL value round_at(const number& n, std::int64_t scale, rounding mode);

/// The null that an argument of the wrong kind gives; a null argument hands its own reason on.
POLKU_DECL value refuse(const value& culprit);
inline value refuse_value() { return value(null_reason::invalid_argument); }

/// The item of a list with one item, everything else as it is (DMN 1.5 clause 10.3.2.9.4, "from singleton list").
POLKU_DECL const value& unwrapped(const value& from) noexcept;
// Each `take_` reads an argument of its kind after that coercion; false for another kind.
POLKU_DECL bool take_string(const value& from, std::string_view& out) noexcept;
POLKU_DECL bool take_number(const value& from, number& out) noexcept;
/// A number as an integer, the fraction cut off; false also past 64 bits.
POLKU_DECL bool take_integer(const value& from, std::int64_t& out) noexcept;
POLKU_DECL bool take_context(const value& from, const context*& out) noexcept;
POLKU_DECL bool take_function(const value& from, const function*& out) noexcept;
/// The date of a date or of a date and time.
POLKU_DECL bool take_date(const value& from, time::date& out) noexcept;
/// The items of a list; anything else but null counts as a list of itself ("to singleton list").
POLKU_DECL bool take_list(const value& from, std::span<const value>& out) noexcept;

/// A string or list as a result; null with a fault in `with` past its limits.
POLKU_DECL value bounded_text(evaluation_context& with, std::string_view text);
POLKU_DECL value bounded_list(evaluation_context& with, std::vector<value> items);
/// FEEL's `=` as a plain truth: null counts as false.
POLKU_DECL bool same(const value& left, const value& right, const evaluation_context& with);
/// Zero-based index for a position from 1, or from the end when negative; false for 0 and outside `size` items.
POLKU_DECL bool take_position(std::int64_t position, std::size_t size, std::size_t& index) noexcept;

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/builtins_support.ipp>
#endif

#endif
