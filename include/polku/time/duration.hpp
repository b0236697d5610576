// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_DURATION_HPP
#define POLKU_TIME_DURATION_HPP

#include <polku/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::time {

/// FEEL's years and months duration: a whole number of months.
struct months_duration {
    std::int64_t months = 0;  ///< negative backwards

    constexpr auto operator<=>(const months_duration&) const noexcept = default;
};

/// FEEL's days and time duration: seconds, and nanoseconds of the same sign (their absolute value under 1e9).
struct days_duration {
    std::int64_t seconds = 0;      ///< negative backwards
    std::int32_t nanoseconds = 0;  ///< the rest, of the same sign

    constexpr auto operator<=>(const days_duration&) const noexcept = default;
};

/// Reads `[-]PnYnM`; at least one part. Empty for anything else or past 64 bits.
POLKU_DECL std::optional<months_duration> parse_months_duration(std::string_view text) noexcept;
/// Reads `[-]PnDTnHnMn.nS`; at least one part, `T` only with a time part; a fraction is cut after nine digits.
/// Empty for anything else or past 64 bits of seconds.
POLKU_DECL std::optional<days_duration> parse_days_duration(std::string_view text) noexcept;

/// Normal form as FEEL's `string()` gives it: `P1Y2M`, `P0M` for zero, a minus sign in front.
POLKU_DECL std::string to_string(months_duration value);
/// Normal form: `P1DT2H3M4.5S`, `PT0S` for zero.
POLKU_DECL std::string to_string(days_duration value);

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/duration.ipp>
#endif

#endif
