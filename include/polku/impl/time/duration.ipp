// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_DURATION_IPP
#define POLKU_IMPL_TIME_DURATION_IPP

#include <polku/time/duration.hpp>

#include <polku/impl/time/text_cursor.hpp>

namespace polku::inline POLKU_V::time {

namespace detail {

/// Adds `count * unit` to `total`; false past 2^63 - 1 (so that the negated total fits as well).
POLKU_DECL bool add_units(std::uint64_t& total, std::uint64_t count, std::uint64_t unit) noexcept {
    constexpr std::uint64_t most = INT64_MAX;
    if (count > most / unit || total > most - count * unit) return false;
    total += count * unit;
    return true;
}

POLKU_DECL std::uint64_t magnitude(std::int64_t value) noexcept {
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

/// The parts after `T`: hours, minutes and seconds in this order, each at most once, at least one.
POLKU_DECL bool take_time_parts(text_cursor& from, std::uint64_t& seconds, std::int32_t& nanoseconds) noexcept {
    static constexpr struct {
        char letter;
        std::uint64_t unit;
    } parts[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
    std::size_t next = 0;
    bool any = false;
    while (!from.at_end()) {
        std::uint64_t count = 0;
        if (!from.take_number(count)) return false;
        const bool has_point = from.peek() == '.';
        if (has_point && !from.take_fraction(nanoseconds)) return false;
        while (next < 3 && parts[next].letter != from.peek()) ++next;
        if (next == 3 || (has_point && parts[next].letter != 'S')) return false;
        if (!add_units(seconds, count, parts[next].unit)) return false;
        from.take(parts[next].letter);
        ++next;
        any = true;
    }
    return any;
}

POLKU_DECL void append_part(std::string& out, std::uint64_t count, char letter) {
    if (count == 0) return;
    out += std::to_string(count);
    out += letter;
}

}  // namespace detail

POLKU_DECL std::optional<months_duration> parse_months_duration(std::string_view text) noexcept {
    detail::text_cursor from(text);
    const bool negative = from.take('-');
    if (!from.take('P')) return std::nullopt;
    std::uint64_t total = 0;
    std::uint64_t count = 0;
    if (!from.take_number(count)) return std::nullopt;
    if (from.take('Y')) {
        if (!detail::add_units(total, count, 12)) return std::nullopt;
        if (from.at_end())
            count = 0;
        else if (!from.take_number(count) || !from.take('M'))
            return std::nullopt;
    } else if (!from.take('M')) {
        return std::nullopt;
    }
    if (!from.at_end() || !detail::add_units(total, count, 1)) return std::nullopt;
    const auto months = static_cast<std::int64_t>(total);
    return months_duration{negative ? -months : months};
}

POLKU_DECL std::optional<days_duration> parse_days_duration(std::string_view text) noexcept {
    detail::text_cursor from(text);
    const bool negative = from.take('-');
    if (!from.take('P')) return std::nullopt;
    std::uint64_t total = 0;
    std::int32_t nanoseconds = 0;
    if (from.peek() != 'T') {
        std::uint64_t days = 0;
        if (!from.take_number(days) || !from.take('D') || !detail::add_units(total, days, 86400)) return std::nullopt;
    }
    if (!from.at_end() && (!from.take('T') || !detail::take_time_parts(from, total, nanoseconds))) return std::nullopt;
    const auto seconds = static_cast<std::int64_t>(total);
    return days_duration{negative ? -seconds : seconds, negative ? -nanoseconds : nanoseconds};
}

POLKU_DECL std::string to_string(months_duration value) {
    const std::uint64_t months = detail::magnitude(value.months);
    if (months == 0) return "P0M";
    std::string out = value.months < 0 ? "-P" : "P";
    detail::append_part(out, months / 12, 'Y');
    detail::append_part(out, months % 12, 'M');
    return out;
}

POLKU_DECL std::string to_string(days_duration value) {
    const std::uint64_t seconds = detail::magnitude(value.seconds);
    const auto nanoseconds = static_cast<std::uint32_t>(detail::magnitude(value.nanoseconds));
    if (seconds == 0 && nanoseconds == 0) return "PT0S";
    std::string out = value.seconds < 0 || value.nanoseconds < 0 ? "-P" : "P";
    detail::append_part(out, seconds / 86400, 'D');
    const std::uint64_t in_day = seconds % 86400;
    if (in_day == 0 && nanoseconds == 0) return out;
    out += 'T';
    detail::append_part(out, in_day / 3600, 'H');
    detail::append_part(out, in_day / 60 % 60, 'M');
    if (in_day % 60 == 0 && nanoseconds == 0) return out;
    out += std::to_string(in_day % 60);
    detail::append_fraction(out, nanoseconds);
    out += 'S';
    return out;
}

}  // namespace polku::inline POLKU_V::time

#endif
