// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_OPERATIONS_TEMPORAL_IPP
#define POLKU_IMPL_FEEL_OPERATIONS_TEMPORAL_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/detail/temporal.hpp>

#include <iterator>
#include <limits>

namespace polku::inline POLKU_V::feel::detail {

constexpr std::int64_t temporal_second = 1'000'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

POLKU_DECL std::optional<std::int64_t> checked_sum(std::int64_t left, std::int64_t right) noexcept {
    using bounds = std::numeric_limits<std::int64_t>;
    if (right > 0 ? left > bounds::max() - right : left < bounds::min() - right) return std::nullopt;
    return left + right;
}

constexpr std::int64_t floor_quotient(std::int64_t dividend, std::int64_t divisor) noexcept {
    const std::int64_t quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

// Seconds and nanoseconds of one sign.
POLKU_DECL std::optional<time::days_duration> sum_of(time::days_duration left, time::days_duration right) noexcept {
    std::int64_t nanoseconds = std::int64_t{left.nanoseconds} + right.nanoseconds;
    std::optional<std::int64_t> seconds = checked_sum(left.seconds, right.seconds);
    if (seconds) seconds = checked_sum(*seconds, nanoseconds / temporal_second);
    if (!seconds) return std::nullopt;
    nanoseconds %= temporal_second;
    if (*seconds > 0 && nanoseconds < 0) {
        --*seconds;
        nanoseconds += temporal_second;
    } else if (*seconds < 0 && nanoseconds > 0) {
        ++*seconds;
        nanoseconds -= temporal_second;
    }
    return time::days_duration{*seconds, static_cast<std::int32_t>(nanoseconds)};
}

POLKU_DECL std::optional<time::days_duration> opposite_of(time::days_duration of) noexcept {
    if (of.seconds == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return time::days_duration{-of.seconds, -of.nanoseconds};
}

template <class Maybe>
value value_or_out_of_range(const Maybe& made) {
    return made ? value(*made) : value(null_reason::out_of_range);
}

POLKU_DECL bool has_zone(const time::zone& of) noexcept { return of.is != time::zone::kind::none; }

POLKU_DECL std::optional<int> compare_clocks(const value& left, const value& right, const evaluation_context& with) {
    std::int64_t a = 0;
    std::int64_t b = 0;
    if (left.is(kind::date_time)) {
        const time::date_time& first = left.as_date_time();
        const time::date_time& second = right.as_date_time();
        if (has_zone(first.clock.zone) != has_zone(second.clock.zone)) return std::nullopt;
        a = time::moment_of(first, with.zones()).seconds;
        b = time::moment_of(second, with.zones()).seconds;
    } else {
        const time::clock_time first = left.as_time();
        const time::clock_time second = right.as_time();
        if (has_zone(first.zone) != has_zone(second.zone)) return std::nullopt;
        a = first.nanoseconds / temporal_second - time::offset_of(first, with.today(), with.zones()).value_or(0);
        b = second.nanoseconds / temporal_second - time::offset_of(second, with.today(), with.zones()).value_or(0);
    }
    return a < b ? -1 : (a > b ? 1 : 0);
}

// A date moves as its midnight does, and the day in which that ends is taken.
POLKU_DECL std::optional<time::date> date_plus(time::date from, time::days_duration by) noexcept {
    std::int64_t days = floor_quotient(by.seconds, seconds_per_day);
    if (by.nanoseconds < 0 && by.seconds % seconds_per_day == 0) --days;
    return from.plus_days(days);
}

POLKU_DECL value add_months(const value& to, std::int64_t months, const evaluation_context&) {
    const time::months_duration by{months};
    switch (to.kind()) {
        case kind::date: return value_or_out_of_range(to.as_date().plus_months(months));
        case kind::date_time: return value_or_out_of_range(time::plus(to.as_date_time(), by));
        case kind::months_duration: {
            const auto sum = checked_sum(to.as_months_duration().months, months);
            return sum ? value(time::months_duration{*sum}) : value(null_reason::out_of_range);
        }
        default:
            return value(to.is_null() && to.reason() != null_reason::none ? to.reason() : null_reason::type_mismatch);
    }
}

POLKU_DECL value add_days(const value& to, time::days_duration by, const evaluation_context& with) {
    switch (to.kind()) {
        case kind::date: return value_or_out_of_range(date_plus(to.as_date(), by));
        case kind::time: return time::plus(to.as_time(), by);
        case kind::date_time: return value_or_out_of_range(time::plus(to.as_date_time(), by, with.zones()));
        case kind::days_duration: return value_or_out_of_range(sum_of(to.as_days_duration(), by));
        default:
            return value(to.is_null() && to.reason() != null_reason::none ? to.reason() : null_reason::type_mismatch);
    }
}

POLKU_DECL value add_duration(const value& to, const value& duration, bool minus, const evaluation_context& with) {
    value by = minus ? negated_duration(duration) : duration;
    if (by.is_null()) return by;
    if (by.is(kind::months_duration)) return add_months(to, by.as_months_duration().months, with);
    return add_days(to, by.as_days_duration(), with);
}

POLKU_DECL value subtract_times(const time::clock_time& left, const time::clock_time& right,
                                const evaluation_context& with) {
    if (has_zone(left.zone) != has_zone(right.zone)) return value(null_reason::not_comparable);
    const std::int64_t offsets = std::int64_t{time::offset_of(right, with.today(), with.zones()).value_or(0)} -
                                 time::offset_of(left, with.today(), with.zones()).value_or(0);
    const std::int64_t elapsed = left.nanoseconds - right.nanoseconds + offsets * temporal_second;
    return time::days_duration{elapsed / temporal_second, static_cast<std::int32_t>(elapsed % temporal_second)};
}

// A date stands for its midnight in UTC (DMN 1.5 clause 10.3.2.15.6).
POLKU_DECL time::date_time moment_value(const value& of) {
    if (of.is(kind::date_time)) return of.as_date_time();
    return {of.as_date(), {0, time::zone::utc()}};
}

POLKU_DECL value subtract_points(const value& left, const value& right, const evaluation_context& with) {
    if (left.is(kind::time) && right.is(kind::time)) return subtract_times(left.as_time(), right.as_time(), with);
    if (left.is(kind::date) && right.is(kind::date))
        return time::days_duration{(left.as_date().to_days() - right.as_date().to_days()) * seconds_per_day, 0};
    const auto is_dated = [](const value& of) { return of.is(kind::date) || of.is(kind::date_time); };
    if (!is_dated(left) || !is_dated(right)) {
        for (const value* each : {&left, &right})
            if (each->is_null() && each->reason() != null_reason::none) return value(each->reason());
        return value(null_reason::type_mismatch);
    }
    const time::date_time to = moment_value(left);
    const time::date_time from = moment_value(right);
    if (has_zone(to.clock.zone) != has_zone(from.clock.zone)) return value(null_reason::not_comparable);
    return time::between(from, to, with.zones());
}

POLKU_DECL number amount_of(const value& duration) noexcept {
    if (duration.is(kind::months_duration)) return duration.as_months_duration().months;
    const time::days_duration of = duration.as_days_duration();
    if (of.nanoseconds == 0) return of.seconds;
    return add(number(of.seconds), number::from_scaled(of.nanoseconds, 9)).value_or(number());
}

POLKU_DECL value scale_duration(const value& like, const std::optional<number>& amount) {
    const std::optional<number> whole = amount ? quantize(*amount, 0, rounding::down) : std::nullopt;
    const std::optional<std::int64_t> count = whole ? whole->to_int64() : std::nullopt;
    if (!count) return value(null_reason::out_of_range);
    if (like.is(kind::months_duration)) return time::months_duration{*count};
    const std::optional<number> rest = subtract(*amount, *whole);
    const std::optional<number> fraction = rest ? quantize(*rest, 9, rounding::down) : std::nullopt;
    if (!fraction) return value(null_reason::out_of_range);
    return time::days_duration{*count, static_cast<std::int32_t>(fraction->small_coefficient())};
}

POLKU_DECL value negated_duration(const value& of) {
    if (of.is(kind::days_duration)) return value_or_out_of_range(opposite_of(of.as_days_duration()));
    const std::int64_t months = of.as_months_duration().months;
    if (months == std::numeric_limits<std::int64_t>::min()) return value(null_reason::out_of_range);
    return time::months_duration{-months};
}

POLKU_DECL temporal_part temporal_part_of(std::string_view name) noexcept {
    static constexpr std::string_view names[] = {"",        "years", "months", "days", "hours",
                                                 "minutes", "year",  "month",  "day"};
    for (std::size_t at = 1; at < std::size(names); ++at)
        if (names[at] == name) return static_cast<temporal_part>(at);
    return temporal_part::none;
}

POLKU_DECL bool take_part(const value& of, temporal_part part, value& out) noexcept {
    const bool of_months = part == temporal_part::years || part == temporal_part::months;
    if (of.is(kind::months_duration) && of_months) {
        const std::int64_t months = of.as_months_duration().months;
        out = part == temporal_part::years ? months / 12 : months % 12;
        return true;
    }
    const bool of_date = part >= temporal_part::year;
    if (!(of.is(kind::days_duration) && !of_months && !of_date) && !(of.is(kind::date) && of_date)) return false;
    switch (part) {
        case temporal_part::days: out = of.as_days_duration().seconds / seconds_per_day; return true;
        case temporal_part::hours: out = of.as_days_duration().seconds % seconds_per_day / 3600; return true;
        case temporal_part::minutes: out = of.as_days_duration().seconds % 3600 / 60; return true;
        case temporal_part::year: out = of.as_date().year(); return true;
        case temporal_part::month: out = static_cast<int>(of.as_date().month()); return true;
        case temporal_part::day: out = static_cast<int>(of.as_date().day()); return true;
        default: return false;
    }
}

POLKU_DECL value date_member(time::date of, std::string_view name) {
    if (name == "year") return of.year();
    if (name == "month") return static_cast<int>(of.month());
    if (name == "day") return static_cast<int>(of.day());
    if (name == "weekday") return static_cast<int>(of.weekday());
    return value(null_reason::no_such_entry);
}

POLKU_DECL value clock_member(const time::clock_time& of, time::date on, std::string_view name,
                              const evaluation_context& with) {
    if (name == "hour") return static_cast<int>(of.hour());
    if (name == "minute") return static_cast<int>(of.minute());
    if (name == "second") return number::from_scaled(of.nanoseconds % (60 * temporal_second), 9).normalized();
    if (name == "time offset") {
        const auto offset = time::offset_of(of, on, with.zones());
        return offset ? value(time::days_duration{*offset, 0}) : value();
    }
    if (name == "timezone") return of.zone.is == time::zone::kind::named ? value(of.zone.name) : value();
    return value(null_reason::no_such_entry);
}

POLKU_DECL value months_member(time::months_duration of, std::string_view name) {
    if (name == "years") return of.months / 12;
    if (name == "months") return of.months % 12;
    return value(null_reason::no_such_entry);
}

POLKU_DECL value days_member(time::days_duration of, std::string_view name) {
    if (name == "days") return of.seconds / seconds_per_day;
    if (name == "hours") return of.seconds % seconds_per_day / 3600;
    if (name == "minutes") return of.seconds % 3600 / 60;
    if (name == "seconds")
        return number::from_scaled(of.seconds % 60 * temporal_second + of.nanoseconds, 9).normalized();
    return value(null_reason::no_such_entry);
}

POLKU_DECL value temporal_member(const value& of, std::string_view name, const evaluation_context& with) {
    switch (of.kind()) {
        case kind::date: return date_member(of.as_date(), name);
        case kind::time: return clock_member(of.as_time(), with.today(), name, with);
        case kind::date_time: {
            const time::date_time& when = of.as_date_time();
            value found = date_member(when.date, name);
            if (!found.is_null()) return found;
            // The offset of a named zone is that of the moment, not of noon or midnight of its day.
            if (name == "time offset" && has_zone(when.clock.zone)) {
                const std::int64_t local =
                    when.date.to_days() * seconds_per_day + when.clock.nanoseconds / temporal_second;
                return time::days_duration{local - time::moment_of(when, with.zones()).seconds, 0};
            }
            return clock_member(when.clock, when.date, name, with);
        }
        case kind::months_duration: return months_member(of.as_months_duration(), name);
        case kind::days_duration: return days_member(of.as_days_duration(), name);
        default: return value(null_reason::type_mismatch);
    }
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
