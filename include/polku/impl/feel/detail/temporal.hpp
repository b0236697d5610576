// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DETAIL_TEMPORAL_HPP
#define POLKU_IMPL_FEEL_DETAIL_TEMPORAL_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

// What operations.ipp needs of dates, times and durations.
namespace polku::inline POLKU_V::feel::detail {

constexpr bool is_duration(kind of) noexcept { return of == kind::months_duration || of == kind::days_duration; }

// Order of two times, or of two date-times, in whole seconds of UTC; empty when only one of them has a zone.
POLKU_DECL std::optional<int> compare_clocks(const value& left, const value& right, const evaluation_context& with);
// `point` or duration, plus (or minus) a duration.
POLKU_DECL value add_duration(const value& to, const value& duration, bool minus, const evaluation_context& with);
// Date, time or date-time minus another.
POLKU_DECL value subtract_points(const value& left, const value& right, const evaluation_context& with);
// Months, or seconds with nine decimals.
POLKU_DECL number amount_of(const value& duration) noexcept;
// A duration of the kind of `like` from its amount, cut towards zero.
POLKU_DECL value scale_duration(const value& like, const std::optional<number>& amount);
POLKU_DECL value negated_duration(const value& of);
// The properties of durations and dates that are integers.
enum class temporal_part : std::uint8_t { none, years, months, days, hours, minutes, year, month, day };
POLKU_DECL temporal_part temporal_part_of(std::string_view name) noexcept;
// The property of a value that has it; false for all else.
POLKU_DECL bool take_part(const value& of, temporal_part part, value& out) noexcept;
// A property of a date, time, date-time or duration.
POLKU_DECL value temporal_member(const value& of, std::string_view name, const evaluation_context& with);

}  // namespace polku::inline POLKU_V::feel::detail

#endif
