// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>

#include <polku/detail/nearest_name.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::json::detail {

namespace {

position position_at(const place& at) {
    position where;
    std::vector<const place*> steps;
    const place* outermost = &at;
    while (outermost->parent != nullptr) {
        steps.push_back(outermost);
        outermost = outermost->parent;
    }
    where.source = std::string(outermost->source);
    where.pointer = std::string(outermost->base);
    std::reverse(steps.begin(), steps.end());
    for (const place* step : steps)
        where.pointer += step->is_item ? '/' + std::to_string(step->index) : pointer_step(step->name);
    return where;
}

/// What a value is called in JSON.
std::string_view json_type(const feel::value& of) {
    switch (of.kind()) {
        case feel::kind::list: return "an array";
        case feel::kind::context: return "an object";
        case feel::kind::null: return "null";
        case feel::kind::boolean: return "a boolean";
        case feel::kind::number: return "a number";
        case feel::kind::string: return "a string";
        default: return feel::name_of(of.kind());
    }
}

/// A value for a message: scalars as they are, cut when long.
std::string shown(const feel::value& of) {
    if (of.is(feel::kind::list) || of.is(feel::kind::context)) return std::string(json_type(of));
    constexpr std::size_t most = 80;
    std::string text = write(of);
    if (text.size() <= most) return text;
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return text.substr(0, cut) + "...";
}

std::string listed(std::span<const std::string_view> names) {
    constexpr std::size_t most = 20;
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) {
        if (i > 0) out += ", ";
        out += names[i];
    }
    return names.size() > most ? out + ", ..." : out;
}

std::string hint(std::string_view typed, std::span<const std::string_view> known) {
    if (const std::string_view near = polku::detail::nearest_name(typed, known); !near.empty())
        return "; did you mean '" + std::string(near) + "'?";
    return {};
}

template <class T, class Parse>
result<void> read_text(const place& at, const feel::value& from, std::string_view expected, T& out, Parse parse) {
    if (!from.is(feel::kind::string)) return wrong_type(at, expected, from);
    const std::optional<T> read = parse(from.as_string());
    if (!read) return invalid_value(at, expected, from);
    out = *read;
    return {};
}

}  // namespace

error wrong_type(const place& at, std::string_view expected, const feel::value& found) {
    return error(error_code::json_wrong_type,
                 "found " + std::string(json_type(found)) + ", expected " + std::string(expected), position_at(at));
}

error invalid_value(const place& at, std::string_view expected, const feel::value& found) {
    return error(error_code::json_invalid_value, "found " + shown(found) + ", expected " + std::string(expected),
                 position_at(at));
}

error unknown_name(const place& at, std::string_view found, std::span<const std::string_view> known) {
    return error(error_code::json_invalid_value,
                 "found " + shown(feel::value(found)) + ", expected one of " + listed(known) + hint(found, known),
                 position_at(at));
}

result<void> check_members(const place& at, const feel::context& of, std::span<const member_info> known) {
    std::vector<std::string_view> names;
    for (const member_info& each : known) names.push_back(each.name);
    for (const feel::context::entry& each : of) {
        if (std::find(names.begin(), names.end(), each.name) != names.end()) continue;
        std::string help = hint(each.name, names);
        if (help.empty()) help = ", expected one of " + listed(names);
        return error(error_code::json_unknown_member, "member '" + each.name + "' is not known here" + help,
                     position_at(at.member(each.name)));
    }
    for (const member_info& each : known) {
        if (!each.required || of.find(each.name) != nullptr) continue;
        return error(error_code::json_missing_member,
                     "member '" + std::string(each.name) + "' is missing, and this object must have it",
                     position_at(at));
    }
    return {};
}

result<void> read_temporal(const place& at, const feel::value& from, time::date& out) {
    if (from.is(feel::kind::date)) return out = from.as_date(), result<void>();
    return read_text(at, from, "a date as \"2026-02-01\"", out, time::parse_date);
}

result<void> read_temporal(const place& at, const feel::value& from, time::clock_time& out) {
    if (from.is(feel::kind::time)) return out = from.as_time(), result<void>();
    return read_text(at, from, "a time of day as \"09:30:00\"", out,
                     [](std::string_view text) { return time::parse_time(text, time::builtin_zones()); });
}

result<void> read_temporal(const place& at, const feel::value& from, time::date_time& out) {
    if (from.is(feel::kind::date_time)) return out = from.as_date_time(), result<void>();
    return read_text(at, from, "a date and time as \"2026-02-01T09:30:00Z\"", out,
                     [](std::string_view text) { return time::parse_date_time(text, time::builtin_zones()); });
}

result<void> read_temporal(const place& at, const feel::value& from, time::months_duration& out) {
    if (from.is(feel::kind::months_duration)) return out = from.as_months_duration(), result<void>();
    return read_text(at, from, "a years and months duration as \"P1Y6M\"", out, time::parse_months_duration);
}

result<void> read_temporal(const place& at, const feel::value& from, time::days_duration& out) {
    if (from.is(feel::kind::days_duration)) return out = from.as_days_duration(), result<void>();
    return read_text(at, from, "a days and time duration as \"P14D\"", out, time::parse_days_duration);
}

result<std::int64_t> read_integer(const place& at, const feel::value& from, std::int64_t low, std::int64_t high) {
    if (!from.is(feel::kind::number)) return wrong_type(at, "a whole number", from);
    const std::optional<std::int64_t> whole = from.as_number().to_int64();
    if (!whole || *whole < low || *whole > high)
        return invalid_value(at, "a whole number from " + std::to_string(low) + " to " + std::to_string(high), from);
    return *whole;
}

}  // namespace polku::inline POLKU_V::json::detail
