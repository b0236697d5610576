// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_DATE_TIME_HPP
#define POLKU_TIME_DATE_TIME_HPP

#include <polku/time/date.hpp>
#include <polku/time/duration.hpp>
#include <polku/time/zone.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::time {

constexpr std::int64_t nanoseconds_per_day = 86'400'000'000'000;  ///< a day of 24 hours; leap seconds are not counted

/// A time of day, with or without a zone (FEEL `time`).
struct clock_time {
    std::int64_t nanoseconds = 0;  ///< since midnight, under `nanoseconds_per_day`
    time::zone zone;               ///< none, an offset or a name

    /// 0 to 23.
    unsigned hour() const noexcept { return static_cast<unsigned>(nanoseconds / 3'600'000'000'000); }
    /// 0 to 59.
    unsigned minute() const noexcept { return static_cast<unsigned>(nanoseconds / 60'000'000'000 % 60); }
    /// 0 to 59; there are no leap seconds.
    unsigned second() const noexcept { return static_cast<unsigned>(nanoseconds / 1'000'000'000 % 60); }
    /// 0 to 999 999 999.
    unsigned nanosecond() const noexcept { return static_cast<unsigned>(nanoseconds % 1'000'000'000); }
    bool operator==(const clock_time&) const = default;
};

/// A date and a time of day, with or without a zone (FEEL `date and time`). `==` compares the parts, not the moment.
struct date_time {
    time::date date;   ///< civil date at the zone
    clock_time clock;  ///< time of that day, with the zone

    bool operator==(const date_time&) const = default;
};

/// A moment in UTC. `nanoseconds` is 0 to 999 999 999.
struct moment {
    std::int64_t seconds = 0;  ///< since 1970-01-01T00:00:00Z
    std::int32_t nanoseconds = 0;

    constexpr auto operator<=>(const moment&) const noexcept = default;
};

/// Reads `hh:mm:ss[.fraction][zone]` where zone is `Z`, `±hh:mm[:ss]` or `@Area/Place`. `24:00:00` reads as `00:00:00`.
/// A fraction is cut after nine digits.
/// A named zone must be known to `zones`. Empty for anything else.
POLKU_DECL std::optional<clock_time> parse_time(std::string_view text, const zone_source& zones) noexcept;
/// Reads `date` or `dateTtime[zone]`, the forms of `parse_date` and `parse_time`; a date alone is midnight without
/// zone. `T24:00:00` is midnight of the next day.
POLKU_DECL std::optional<date_time> parse_date_time(std::string_view text, const zone_source& zones) noexcept;

/// `hh:mm:ss[.fraction][zone]`, the form that `parse_time` reads; a fraction without trailing zeros.
POLKU_DECL std::string to_string(const clock_time& value);
/// The form that `parse_date_time` reads, with `T` between date and time.
POLKU_DECL std::string to_string(const date_time& value);

/// Offset from UTC that applies to a time; empty without a zone. A named zone of a time without a date is read at
/// `on` (FEEL leaves the day open; the caller gives the evaluation date).
POLKU_DECL std::optional<std::int32_t> offset_of(const clock_time& value, date on, const zone_source& zones) noexcept;
/// The moment that a zoned date-time names; a local one is read as if it were UTC.
POLKU_DECL moment moment_of(const date_time& value, const zone_source& zones) noexcept;
/// The date-time that a moment is at a zone (`none` gives UTC without a zone).
POLKU_DECL date_time at_zone(moment when, const zone& where, const zone_source& zones);

/// Clock arithmetic: the date carries, the zone is kept, a named zone's local time moves by elapsed time. Empty out of
/// range.
POLKU_DECL std::optional<date_time> plus(const date_time& from, days_duration by, const zone_source& zones) noexcept;
/// Months move the civil date by the month-end rule of `date::plus_months`; the clock stays.
POLKU_DECL std::optional<date_time> plus(const date_time& from, months_duration by) noexcept;
/// Wraps at midnight.
POLKU_DECL clock_time plus(const clock_time& from, days_duration by) noexcept;
/// `to - from` as elapsed time.
POLKU_DECL days_duration between(const date_time& from, const date_time& to, const zone_source& zones) noexcept;
/// Whole months from `from` to `to`, rounded towards zero (DMN 1.5 table 76, `years and months duration`).
POLKU_DECL months_duration months_between(date from, date to) noexcept;

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/date_time.ipp>
#endif

#endif
