// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_ZONE_IPP
#define POLKU_IMPL_TIME_ZONE_IPP

#include <polku/time/zone.hpp>

#include <algorithm>
#include <iterator>

namespace polku::inline POLKU_V::time {

namespace detail {

/// One distinct zone in the layout that cmake/embed_zones.py describes.
struct zone_bytes {
    const char* data;
    std::size_t size;
};
struct zone_entry {
    std::string_view name;
    std::uint16_t index;
};

#include <polku/impl/time/zone_data.inc>

/// Reads big-endian integers one after the other.
class byte_reader {
public:
    explicit byte_reader(const char* at) noexcept : at_(at) {}

    std::int64_t take(unsigned bytes) noexcept {
        std::int64_t value = 0;
        for (unsigned i = 0; i < bytes; ++i) value = value * 256 + static_cast<unsigned char>(*at_++);
        return value;
    }
    std::int32_t take_i32() noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(take(4))); }
    const char* skip(std::size_t bytes) noexcept {
        const char* const here = at_;
        at_ += bytes;
        return here;
    }

private:
    const char* at_;
};

/// A date of the year at which a rule changes the offset, and the second of that day in local time.
struct rule_change {
    unsigned kind = 0;
    unsigned month = 0;
    unsigned week = 0;
    unsigned day = 0;
    std::int64_t seconds = 0;
};

/// A zone's bytes, opened for reading; points into the embedded data.
struct zone_table {
    unsigned offset_count = 0;
    const char* offsets = nullptr;
    unsigned count = 0;
    const char* times = nullptr;
    const char* indexes = nullptr;
    bool has_rule = false;
    std::int32_t standard = 0;
    std::int32_t daylight = 0;
    rule_change start;
    rule_change end;

    std::int64_t time_at(unsigned transition) const noexcept {
        return byte_reader(times + 5 * transition).take(5) - (std::int64_t{1} << 39);
    }
    /// Offset after `transitions` transitions.
    std::int32_t offset_after(unsigned transitions) const noexcept {
        const unsigned index = transitions == 0 ? 0U : static_cast<unsigned char>(indexes[transitions - 1]);
        return byte_reader(offsets + 4 * index).take_i32();
    }
};

POLKU_DECL rule_change take_rule_change(byte_reader& from) noexcept {
    rule_change made;
    made.kind = static_cast<unsigned>(from.take(1));
    made.month = static_cast<unsigned>(from.take(1));
    made.week = static_cast<unsigned>(from.take(1));
    made.day = static_cast<unsigned>(from.take(2));
    made.seconds = from.take_i32();
    return made;
}

POLKU_DECL zone_table open_zone(const zone_bytes& bytes) noexcept {
    byte_reader from(bytes.data);
    zone_table made;
    made.offset_count = static_cast<unsigned>(from.take(1));
    made.offsets = from.skip(4U * made.offset_count);
    made.count = static_cast<unsigned>(from.take(2));
    made.times = from.skip(5U * made.count);
    made.indexes = from.skip(made.count);
    made.has_rule = from.take(1) != 0;
    if (!made.has_rule) return made;
    made.standard = from.take_i32();
    made.daylight = from.take_i32();
    made.start = take_rule_change(from);
    made.end = take_rule_change(from);
    return made;
}

/// Days since 1970-01-01 of a change in a year.
POLKU_DECL std::int64_t rule_change_day(const rule_change& change, std::int64_t year) noexcept {
    const auto first_of = [year](unsigned month) { return date::from_parts(year, month, 1)->to_days(); };
    if (change.kind == 0) {
        const std::int64_t first = first_of(change.month);
        const std::int64_t weekday = ((first + 4) % 7 + 7) % 7;  // 0 is Sunday, as in the rule
        std::int64_t day = (change.day - weekday + 7) % 7 + (change.week - 1) * 7;
        while (day >= days_in_month(year, change.month)) day -= 7;
        return first + day;
    }
    const bool after_leap_day = change.kind == 1 && change.day >= 60 && is_leap_year(year);
    return first_of(1) + change.day - (change.kind == 1 ? 1 : 0) + (after_leap_day ? 1 : 0);
}

/// Which time scale a look-up is given in.
enum class time_scale : std::uint8_t { utc, local };

/// When a change from one offset to another counts as done. Of local times, those in a gap and the first of two in an
/// overlap still belong to the offset before.
POLKU_DECL std::int64_t change_point(std::int64_t utc, std::int32_t before, std::int32_t after,
                                     time_scale scale) noexcept {
    return scale == time_scale::utc ? utc : utc + std::max(before, after);
}

/// Offset by the rule that goes on after the last transition.
POLKU_DECL std::int32_t offset_by_rule(const zone_table& zone, std::int64_t seconds, time_scale scale) noexcept {
    // The calendar repeats every 400 years, week days included, so any year can be read as one of 2000 to 2399.
    constexpr std::int64_t cycle = std::int64_t{146097} * 86400;
    constexpr std::int64_t base = std::int64_t{10957} * 86400;  // 2000-01-01
    const std::int64_t shifted = ((seconds - base) % cycle + cycle) % cycle + base;
    const std::int64_t year = date::from_days(shifted / 86400)->year();
    std::int64_t latest = INT64_MIN;
    std::int32_t offset = zone.standard;
    for (std::int64_t near = year - 1; near <= year + 1; ++near) {
        const std::int64_t start = rule_change_day(zone.start, near) * 86400 + zone.start.seconds - zone.standard;
        const std::int64_t end = rule_change_day(zone.end, near) * 86400 + zone.end.seconds - zone.daylight;
        const std::int64_t start_point = change_point(start, zone.standard, zone.daylight, scale);
        const std::int64_t end_point = change_point(end, zone.daylight, zone.standard, scale);
        if (start_point <= shifted && start_point > latest) {
            latest = start_point;
            offset = zone.daylight;
        }
        if (end_point <= shifted && end_point > latest) {
            latest = end_point;
            offset = zone.standard;
        }
    }
    return offset;
}

POLKU_DECL std::int32_t offset_in(const zone_table& zone, std::int64_t seconds, time_scale scale) noexcept {
    unsigned low = 0;  // number of transitions that are done
    unsigned high = zone.count;
    while (low < high) {
        const unsigned middle = low + (high - low) / 2;
        const std::int64_t point =
            change_point(zone.time_at(middle), zone.offset_after(middle), zone.offset_after(middle + 1), scale);
        if (point <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == zone.count && zone.has_rule) return offset_by_rule(zone, seconds, scale);
    return zone.offset_after(low);
}

POLKU_DECL const zone_bytes* find_zone(std::string_view name) noexcept {
    const auto* const found =
        std::lower_bound(std::begin(zone_entries), std::end(zone_entries), name,
                         [](const zone_entry& entry, std::string_view wanted) { return entry.name < wanted; });
    if (found == std::end(zone_entries) || found->name != name) return nullptr;
    return &zone_data[found->index];
}

class embedded_zones final : public zone_source {
public:
    bool knows(std::string_view name) const noexcept override { return find_zone(name) != nullptr; }
    bool offset_at_local(std::string_view name, std::int64_t days, std::int32_t second_of_day,
                         std::int32_t& offset_seconds) const noexcept override {
        constexpr std::int64_t far = std::int64_t{1} << 45;  // past nine-digit years, and safe to multiply
        const std::int64_t near = std::clamp(days, -far, far);
        return look_up(name, near * 86400 + second_of_day, time_scale::local, offset_seconds);
    }
    bool offset_at_utc(std::string_view name, std::int64_t utc_seconds,
                       std::int32_t& offset_seconds) const noexcept override {
        constexpr std::int64_t far = std::int64_t{1} << 62;
        return look_up(name, std::clamp(utc_seconds, -far, far), time_scale::utc, offset_seconds);
    }
    std::string_view version() const noexcept override { return zone_data_version; }

private:
    static bool look_up(std::string_view name, std::int64_t seconds, time_scale scale,
                        std::int32_t& offset_seconds) noexcept {
        const zone_bytes* const bytes = find_zone(name);
        if (bytes == nullptr) return false;
        offset_seconds = offset_in(open_zone(*bytes), seconds, scale);
        return true;
    }
};

}  // namespace detail

POLKU_DECL const zone_source& builtin_zones() noexcept {
    static const detail::embedded_zones zones;
    return zones;
}

}  // namespace polku::inline POLKU_V::time

#endif
