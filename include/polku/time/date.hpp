// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_DATE_HPP
#define POLKU_TIME_DATE_HPP

#include <polku/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::time {

/// Monday is 1 and Sunday 7, as in ISO 8601. The names are `monday`, `tuesday`, `wednesday`, `thursday`, `friday`,
/// `saturday` and `sunday`.
enum class weekday : std::uint8_t { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

/// By the Gregorian rule, also for years before it was in force; year 0 is a leap year.
constexpr bool is_leap_year(std::int64_t year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}
/// 28 to 31; `month` must be 1 to 12.
constexpr unsigned days_in_month(std::int64_t year, unsigned month) noexcept {
    constexpr unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29U : days[month - 1];
}

/// A civil date in the proleptic Gregorian calendar; years from -999 999 999 to 999 999 999 (FEEL's nine digits), year
/// 0 exists. Eight bytes, ordered, a plain value. A `date` always holds a real calendar date; 1970-01-01 by default.
class date {
public:
    static constexpr std::int64_t max_year = 999'999'999;  ///< the greatest year, and without its sign the least

    constexpr date() noexcept : date(1970, 1, 1, unchecked{}) {}

    /// Empty when the parts are no calendar date.
    static constexpr std::optional<date> from_parts(std::int64_t year, unsigned month, unsigned day) noexcept {
        if (year < -max_year || year > max_year || month < 1 || month > 12 || day < 1) return std::nullopt;
        if (day > days_in_month(year, month)) return std::nullopt;
        return date(year, month, day, unchecked{});
    }
    /// The last day of the month where `day` is past it; `month` may be any number and carries into the year. Empty out
    /// of the range of years.
    static constexpr std::optional<date> clamped(std::int64_t year, std::int64_t month, unsigned day) noexcept {
        const std::int64_t shifted = month - 1;
        const std::int64_t carry = shifted >= 0 ? shifted / 12 : -((11 - shifted) / 12);
        const auto in_year = static_cast<unsigned>(shifted - carry * 12 + 1);
        const std::int64_t at = year + carry;
        if (at < -max_year || at > max_year || day < 1) return std::nullopt;
        const unsigned last = days_in_month(at, in_year);
        return date(at, in_year, day < last ? day : last, unchecked{});
    }
    /// Days since 1970-01-01 to a date; empty out of the range of years.
    static constexpr std::optional<date> from_days(std::int64_t days) noexcept;

    /// Year 0 exists, and years before it are negative.
    constexpr std::int64_t year() const noexcept { return packed_ >> 9; }
    /// 1 to 12.
    constexpr unsigned month() const noexcept { return static_cast<unsigned>(packed_ >> 5) & 15U; }
    /// 1 to 31.
    constexpr unsigned day() const noexcept { return static_cast<unsigned>(packed_) & 31U; }
    /// Days since 1970-01-01, negative before it.
    constexpr std::int64_t to_days() const noexcept;
    /// Computed, for every date that there can be.
    constexpr time::weekday weekday() const noexcept {
        const std::int64_t rest = (to_days() + 3) % 7;
        return static_cast<time::weekday>((rest < 0 ? rest + 7 : rest) + 1);
    }
    /// 1 to 366.
    constexpr unsigned day_of_year() const noexcept {
        return static_cast<unsigned>(to_days() - date(year(), 1, 1, unchecked{}).to_days()) + 1U;
    }
    /// ISO 8601 week, 1 to 53.
    POLKU_DECL unsigned iso_week() const noexcept;

    /// So many days later, or earlier where `days` is negative; empty out of the range of years.
    constexpr std::optional<date> plus_days(std::int64_t days) const noexcept {
        if (days > 2 * 366 * max_year || days < -2 * 366 * max_year) return std::nullopt;
        return from_days(to_days() + days);
    }
    /// Month-end rule: the day of the month is kept where it exists, otherwise the last day of the month is taken
    /// (31 January plus one month is 28 or 29 February).
    constexpr std::optional<date> plus_months(std::int64_t months) const noexcept {
        if (months > 12 * 2 * max_year || months < -12 * 2 * max_year) return std::nullopt;
        return clamped(year(), static_cast<std::int64_t>(month()) + months, day());
    }

    constexpr auto operator<=>(const date&) const noexcept = default;

    /// The packed form (year, month, day in one ordered integer), for storage inside other values.
    constexpr std::int64_t packed() const noexcept { return packed_; }
    /// The date of a packed form; `packed` must be what `packed()` gave.
    static constexpr date from_packed(std::int64_t packed) noexcept {
        date made;
        made.packed_ = packed;
        return made;
    }

private:
    struct unchecked {};
    constexpr date(std::int64_t year, unsigned month, unsigned day, unchecked) noexcept
        : packed_(year * 512 + static_cast<std::int64_t>(month * 32 + day)) {}

    std::int64_t packed_;
};

constexpr std::int64_t date::to_days() const noexcept {
    // Days are counted in 400-year eras whose years begin on 1 March, so that the leap day comes last.
    const unsigned m = month();
    const std::int64_t y = year() - (m <= 2 ? 1 : 0);
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const auto year_of_era = static_cast<std::int64_t>(y - era * 400);
    const std::int64_t shifted_month = m > 2 ? m - 3 : m + 9;
    const std::int64_t day_of_year = (153 * shifted_month + 2) / 5 + day() - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

constexpr std::optional<date> date::from_days(std::int64_t days) noexcept {
    if (days < -366 * max_year || days > 366 * max_year) return std::nullopt;
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const auto day = static_cast<unsigned>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    const auto month = static_cast<unsigned>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return from_parts(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/// Reads `[-]YYYY-MM-DD` with four to nine digits of year (more than four without leading zeros), as XML Schema 1.1
/// section 3.3.9 and FEEL (DMN 1.5 clause 10.3.4.1) do; no zone. Empty for anything else.
POLKU_DECL std::optional<date> parse_date(std::string_view text) noexcept;
/// `YYYY-MM-DD`, the form that `parse_date` reads.
POLKU_DECL std::string to_string(date value);

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/date.ipp>
#endif

#endif
