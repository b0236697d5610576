// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_CONVERSION_IPP
#define POLKU_IMPL_FEEL_BUILTINS_CONVERSION_IPP

#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/range_literal.hpp>
#include <polku/time/duration.hpp>

#include <algorithm>
#include <charconv>

// Conversion built-ins (DMN 1.5 clause 10.3.4.1).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value value_of_date_text(std::string_view text) {
    const std::optional<time::date> read = time::parse_date(text);
    return read ? value(*read) : refuse_value();
}

POLKU_DECL value value_of_time_text(std::string_view text, const evaluation_context& with) {
    const std::optional<time::clock_time> read = time::parse_time(text, with.zones());
    return read ? value(*read) : refuse_value();
}

POLKU_DECL value value_of_date_time_text(std::string_view text, const evaluation_context& with) {
    const std::optional<time::date_time> read = time::parse_date_time(text, with.zones());
    return read ? value(*read) : refuse_value();
}

POLKU_DECL value value_of_duration_text(std::string_view text) {
    if (const std::optional<time::months_duration> months = time::parse_months_duration(text)) return *months;
    if (const std::optional<time::days_duration> days = time::parse_days_duration(text)) return *days;
    return refuse_value();
}

POLKU_DECL value date_from_parts(arguments given) {
    std::int64_t parts[3] = {};
    for (std::size_t i = 0; i < 3; ++i)
        if (!take_integer(given[i], parts[i])) return refuse(given[i]);
    if (parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31) return refuse_value();
    const auto made =
        time::date::from_parts(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
    return made ? value(*made) : refuse_value();
}

POLKU_DECL value builtin_date(evaluation_context&, std::size_t signature_index, arguments given) {
    if (signature_index == 1) return date_from_parts(given);
    time::date day;
    if (take_date(given[0], day)) return day;
    std::string_view text;
    return take_string(given[0], text) ? value_of_date_text(text) : refuse(given[0]);
}

POLKU_DECL value builtin_date_and_time(evaluation_context& with, std::size_t signature_index, arguments given) {
    if (signature_index == 0) {
        if (unwrapped(given[0]).is(kind::date_time)) return unwrapped(given[0]);
        std::string_view text;
        return take_string(given[0], text) ? value_of_date_time_text(text, with) : refuse(given[0]);
    }
    time::date_time made;
    if (!take_date(given[0], made.date)) return refuse(given[0]);
    if (!unwrapped(given[1]).is(kind::time)) return refuse(given[1]);
    made.clock = unwrapped(given[1]).as_time();
    return made;
}

/// Offsets follow what a text may say: within 14 hours, or 18 where it has seconds (DMN 1.5 clause 10.3.2.3.4).
POLKU_DECL bool take_offset(const value& from, time::zone& out) {
    if (from.is_null()) return true;
    const value& only = unwrapped(from);
    if (!only.is(kind::days_duration)) return false;
    const time::days_duration span = only.as_days_duration();
    const std::int64_t bound = (span.seconds % 60 == 0 ? 14 : 18) * std::int64_t{3600};
    if (span.nanoseconds != 0 || span.seconds < -bound || span.seconds > bound) return false;
    out = {time::zone::kind::offset, static_cast<std::int32_t>(span.seconds), {}};
    return true;
}

/// Seconds of a minute with their fraction, cut to nanoseconds.
POLKU_DECL bool take_nanoseconds(const value& from, std::int64_t& out) {
    number seconds;
    if (!take_number(from, seconds) || seconds.is_negative()) return false;
    const std::optional<number> scaled = multiply(seconds, number(1'000'000'000));
    const std::optional<number> whole = scaled ? quantize(*scaled, 0, rounding::down) : std::nullopt;
    const std::optional<std::int64_t> count = whole ? whole->to_int64() : std::nullopt;
    if (!count || *count >= 60'000'000'000) return false;
    out = *count;
    return true;
}

POLKU_DECL value time_from_parts(arguments given) {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    if (!take_integer(given[0], hour)) return refuse(given[0]);
    if (!take_integer(given[1], minute)) return refuse(given[1]);
    if (!unwrapped(given[2]).is(kind::number)) return refuse(given[2]);
    time::clock_time made;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return refuse_value();
    if (!take_nanoseconds(given[2], made.nanoseconds) || !take_offset(given[3], made.zone)) return refuse_value();
    made.nanoseconds += (hour * 60 + minute) * 60'000'000'000;
    return made;
}

POLKU_DECL value builtin_time(evaluation_context& with, std::size_t signature_index, arguments given) {
    if (signature_index == 1) return time_from_parts(given);
    const value& from = unwrapped(given[0]);
    switch (from.kind()) {
        case kind::string: return value_of_time_text(from.as_string(), with);
        case kind::time: return from;
        case kind::date_time: return from.as_date_time().clock;
        case kind::date: return time::clock_time{0, time::zone::utc()};  // a date stands for midnight UTC
        default: return refuse(from);
    }
}

POLKU_DECL bool take_separator(const value& from, std::string_view allowed, char& out) noexcept {
    out = '\0';
    if (from.is_null()) return true;
    std::string_view text;
    if (!take_string(from, text) || text.size() != 1 || allowed.find(text.front()) == std::string_view::npos)
        return false;
    out = text.front();
    return true;
}

/// Plain number text without grouping and with a point; empty when the separators stand where they must not.
POLKU_DECL std::string plain_number_text(std::string_view text, char grouping, char decimal) {
    const char point = decimal != '\0' ? decimal : grouping == '.' ? '\0' : '.';
    std::string plain;
    bool after_point = false;
    for (const char each : text) {
        if (each == point && point != '\0') {
            if (after_point) return {};
            after_point = true;
            plain += '.';
        } else if (each == grouping && grouping != '\0') {
            if (after_point) return {};
        } else if (each == '.') {
            return {};
        } else {
            plain += each;
        }
    }
    return plain;
}

POLKU_DECL value builtin_number(evaluation_context&, std::size_t signature_index, arguments given) {
    std::string_view text;
    if (!take_string(given[0], text)) return refuse(given[0]);
    char grouping = '\0';
    char decimal = '\0';
    if (signature_index == 1) {
        if (!take_separator(given[1], " ,.", grouping) || !take_separator(given[2], ",.", decimal))
            return refuse_value();
        if (grouping != '\0' && grouping == decimal) return refuse_value();
    }
    const std::optional<number> read = number::parse(plain_number_text(text, grouping, decimal));
    return read ? value(*read) : refuse_value();
}

POLKU_DECL value builtin_string(evaluation_context& with, std::size_t, arguments given) {
    if (given[0].is_null() || given[0].is(kind::string)) return given[0];
    if (quick_access::is_small_number(given[0]) && quick_access::scale(given[0]) == 0) {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, quick_access::coefficient(given[0])).ptr;
        return bounded_text(with, {digits, static_cast<std::size_t>(end - digits)});
    }
    // Some bytes more than are allowed, so that a text that is cut here is refused there.
    const std::uint64_t most = std::min<std::uint64_t>(with.bounds().text_bytes, std::size_t(-1) / 2);
    return bounded_text(with, to_string(given[0], static_cast<std::size_t>(most) + 16));
}

POLKU_DECL value builtin_duration(evaluation_context&, std::size_t, arguments given) {
    std::string_view text;
    return take_string(given[0], text) ? value_of_duration_text(text) : refuse(given[0]);
}

POLKU_DECL value builtin_months_between(evaluation_context&, std::size_t, arguments given) {
    time::date from;
    time::date to;
    if (!take_date(given[0], from)) return refuse(given[0]);
    if (!take_date(given[1], to)) return refuse(given[1]);
    return time::months_between(from, to);
}

POLKU_DECL value builtin_range(evaluation_context& with, std::size_t, arguments given) {
    std::string_view text;
    return take_string(given[0], text) ? parse_range_literal(text, with) : refuse(given[0]);
}

POLKU_DECL std::span<const builtin> conversion_builtins() noexcept {
    static constexpr signature date[] = {{"from: Any"}, {"year: number, month: number, day: number"}};
    static constexpr signature date_time[] = {{"from: Any"}, {"date: Any, time: time"}};
    static constexpr signature time[] = {{"from: Any"}, {"hour: number, minute: number, second: number, offset?: Any"}};
    static constexpr signature number[] = {{"from: string"},
                                           {"from: string, grouping separator: string, decimal separator: string"}};
    static constexpr signature from[] = {{"from: Any"}};
    static constexpr signature from_text[] = {{"from: string"}};
    static constexpr signature from_to[] = {{"from: Any, to: Any"}};
    static constexpr builtin family[] = {
        {"date", date, builtin_date, "date"},
        {"date and time", date_time, builtin_date_and_time, "date and time"},
        {"time", time, builtin_time, "time"},
        {"number", number, builtin_number, "number"},
        {"string", from, builtin_string, "string"},
        {"duration", from_text, builtin_duration, "Any"},
        {"years and months duration", from_to, builtin_months_between, "years and months duration"},
        {"range", from_text, builtin_range, "Any"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
