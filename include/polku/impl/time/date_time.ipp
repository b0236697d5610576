// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_DATE_TIME_IPP
#define POLKU_IMPL_TIME_DATE_TIME_IPP

#include <polku/time/date_time.hpp>

#include <polku/impl/time/text_cursor.hpp>

namespace polku::inline POLKU_V::time {

namespace detail {

POLKU_DECL std::optional<date> take_date(text_cursor& from) noexcept;  // date.ipp
POLKU_DECL std::uint64_t magnitude(std::int64_t value) noexcept;       // duration.ipp

/// `hh:mm:ss[.fraction]`; `past_midnight` tells `24:00:00`, whose clock is 0.
POLKU_DECL bool take_clock(text_cursor& from, std::int64_t& nanoseconds, bool& past_midnight) noexcept {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int32_t fraction = 0;
    if (!from.take_digits(2, hour) || !from.take(':') || !from.take_digits(2, minute) || !from.take(':') ||
        !from.take_digits(2, second) || !from.take_fraction(fraction))
        return false;
    past_midnight = hour == 24;
    if (past_midnight && (minute != 0 || second != 0 || fraction != 0)) return false;
    if (hour > 24 || minute > 59 || second > 59) return false;
    nanoseconds = past_midnight ? 0 : ((hour * 60 + minute) * 60 + second) * 1'000'000'000 + fraction;
    return true;
}

/// `±hh:mm[:ss]` after its sign.
POLKU_DECL bool take_offset(text_cursor& from, bool negative, zone& out) noexcept {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    if (!from.take_digits(2, hour) || !from.take(':') || !from.take_digits(2, minute)) return false;
    if (from.take(':') && !from.take_digits(2, second)) return false;
    const std::int64_t total = (hour * 60 + minute) * 60 + second;
    if (minute > 59 || second > 59 || total > max_offset_seconds) return false;
    out.is = zone::kind::offset;
    out.offset_seconds = static_cast<std::int32_t>(negative ? -total : total);
    return true;
}

/// What stands after the clock, up to the end of the text; nothing is a zone as well.
POLKU_DECL bool take_zone(text_cursor& from, const zone_source& zones, zone& out) noexcept {
    if (from.at_end()) return true;
    if (from.take('Z') || from.take('z')) {
        out = zone::utc();
    } else if (from.take('@')) {
        if (!zones.knows(from.rest())) return false;
        out.is = zone::kind::named;
        out.name = std::string(from.rest());
        return true;
    } else {
        const bool negative = from.take('-');
        if (!negative && !from.take('+')) return false;
        if (!take_offset(from, negative, out)) return false;
    }
    return from.at_end();
}

/// Offset of a zone at a civil date and clock; 0 without a zone or with one that is not known.
POLKU_DECL std::int32_t zone_offset_at(const zone& where, date on, std::int64_t nanoseconds,
                                       const zone_source& zones) noexcept {
    if (where.is == zone::kind::offset) return where.offset_seconds;
    std::int32_t offset = 0;
    const auto second = static_cast<std::int32_t>(nanoseconds / 1'000'000'000);
    if (where.is == zone::kind::named && !zones.offset_at_local(where.name, on.to_days(), second, offset)) return 0;
    return offset;
}

/// Empty where the moment's civil date is outside the range of years.
POLKU_DECL std::optional<date_time> civil_at(moment when, const zone& where, const zone_source& zones) noexcept {
    std::int32_t offset = where.is == zone::kind::offset ? where.offset_seconds : 0;
    if (where.is == zone::kind::named && !zones.offset_at_utc(where.name, when.seconds, offset)) offset = 0;
    constexpr std::int64_t day = 86400;
    std::int64_t days = when.seconds / day;
    std::int64_t in_day = when.seconds % day + offset;  // at most three days in size
    days += in_day / day;
    in_day %= day;
    if (in_day < 0) {
        in_day += day;
        --days;
    }
    const std::optional<date> on = date::from_days(days);
    if (!on) return std::nullopt;
    return date_time{*on, {in_day * 1'000'000'000 + when.nanoseconds, where}};
}

POLKU_DECL std::optional<moment> shifted(moment from, days_duration by) noexcept {
    constexpr std::int32_t second = 1'000'000'000;
    std::int32_t nanoseconds = from.nanoseconds + by.nanoseconds;
    std::int64_t carry = 0;
    if (nanoseconds < 0) {
        nanoseconds += second;
        carry = -1;
    } else if (nanoseconds >= second) {
        nanoseconds -= second;
        carry = 1;
    }
    const std::int64_t start = from.seconds + carry;  // a moment of nine-digit years is far from 64 bits
    if (by.seconds > 0 ? start > INT64_MAX - by.seconds : start < INT64_MIN - by.seconds) return std::nullopt;
    return moment{start + by.seconds, nanoseconds};
}

}  // namespace detail

POLKU_DECL std::optional<clock_time> parse_time(std::string_view text, const zone_source& zones) noexcept {
    detail::text_cursor from(text);
    clock_time made;
    bool past_midnight = false;
    if (!detail::take_clock(from, made.nanoseconds, past_midnight)) return std::nullopt;
    if (!detail::take_zone(from, zones, made.zone)) return std::nullopt;
    return made;
}

POLKU_DECL std::optional<date_time> parse_date_time(std::string_view text, const zone_source& zones) noexcept {
    detail::text_cursor from(text);
    const std::optional<date> on = detail::take_date(from);
    if (!on) return std::nullopt;
    date_time made{*on, {}};
    if (from.at_end()) return made;
    bool past_midnight = false;
    if (!from.take('T') || !detail::take_clock(from, made.clock.nanoseconds, past_midnight)) return std::nullopt;
    if (!detail::take_zone(from, zones, made.clock.zone)) return std::nullopt;
    if (past_midnight) {
        const std::optional<date> next = on->plus_days(1);
        if (!next) return std::nullopt;
        made.date = *next;
    }
    return made;
}

POLKU_DECL std::string to_string(const clock_time& value) {
    std::string out;
    detail::append_padded(out, value.hour(), 2);
    out += ':';
    detail::append_padded(out, value.minute(), 2);
    out += ':';
    detail::append_padded(out, value.second(), 2);
    detail::append_fraction(out, value.nanosecond());
    if (value.zone.is == zone::kind::named) return out + '@' + value.zone.name;
    if (value.zone.is == zone::kind::none) return out;
    if (value.zone.offset_seconds == 0) return out + 'Z';
    const std::uint64_t offset = detail::magnitude(value.zone.offset_seconds);
    out += value.zone.offset_seconds < 0 ? '-' : '+';
    detail::append_padded(out, offset / 3600, 2);
    out += ':';
    detail::append_padded(out, offset / 60 % 60, 2);
    if (offset % 60 == 0) return out;
    out += ':';
    detail::append_padded(out, offset % 60, 2);
    return out;
}

POLKU_DECL std::string to_string(const date_time& value) {
    return to_string(value.date) + 'T' + to_string(value.clock);
}

POLKU_DECL std::optional<std::int32_t> offset_of(const clock_time& value, date on, const zone_source& zones) noexcept {
    if (value.zone.is == zone::kind::none) return std::nullopt;
    return detail::zone_offset_at(value.zone, on, value.nanoseconds, zones);
}

POLKU_DECL moment moment_of(const date_time& value, const zone_source& zones) noexcept {
    const std::int64_t clock = value.clock.nanoseconds;
    const std::int32_t offset = detail::zone_offset_at(value.clock.zone, value.date, clock, zones);
    return {value.date.to_days() * 86400 + clock / 1'000'000'000 - offset,
            static_cast<std::int32_t>(clock % 1'000'000'000)};
}

POLKU_DECL date_time at_zone(moment when, const zone& where, const zone_source& zones) {
    if (std::optional<date_time> found = detail::civil_at(when, where, zones)) return *found;
    const bool late = when.seconds > 0;
    const std::optional<date> last =
        late ? date::from_parts(date::max_year, 12, 31) : date::from_parts(-date::max_year, 1, 1);
    return {*last, {late ? nanoseconds_per_day - 1 : 0, where}};
}

POLKU_DECL std::optional<date_time> plus(const date_time& from, days_duration by, const zone_source& zones) noexcept {
    const std::optional<moment> moved = detail::shifted(moment_of(from, zones), by);
    if (!moved) return std::nullopt;
    return detail::civil_at(*moved, from.clock.zone, zones);
}

POLKU_DECL std::optional<date_time> plus(const date_time& from, months_duration by) noexcept {
    const std::optional<date> moved = from.date.plus_months(by.months);
    if (!moved) return std::nullopt;
    return date_time{*moved, from.clock};
}

POLKU_DECL clock_time plus(const clock_time& from, days_duration by) noexcept {
    const std::int64_t moved = from.nanoseconds + by.seconds % 86400 * 1'000'000'000 + by.nanoseconds;
    const std::int64_t wrapped = moved % nanoseconds_per_day;
    return {wrapped < 0 ? wrapped + nanoseconds_per_day : wrapped, from.zone};
}

POLKU_DECL days_duration between(const date_time& from, const date_time& to, const zone_source& zones) noexcept {
    const moment start = moment_of(from, zones);
    const moment end = moment_of(to, zones);
    std::int64_t seconds = end.seconds - start.seconds;
    std::int32_t nanoseconds = end.nanoseconds - start.nanoseconds;
    if (seconds > 0 && nanoseconds < 0) {
        --seconds;
        nanoseconds += 1'000'000'000;
    } else if (seconds < 0 && nanoseconds > 0) {
        ++seconds;
        nanoseconds -= 1'000'000'000;
    }
    return {seconds, nanoseconds};
}

POLKU_DECL months_duration months_between(date from, date to) noexcept {
    std::int64_t months = (to.year() - from.year()) * 12 + static_cast<std::int64_t>(to.month()) -
                          static_cast<std::int64_t>(from.month());
    if (months > 0 && to.day() < from.day()) --months;
    if (months < 0 && to.day() > from.day()) ++months;
    return {months};
}

}  // namespace polku::inline POLKU_V::time

#endif
