// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DISTINCT_VALUES_IPP
#define POLKU_IMPL_FEEL_DISTINCT_VALUES_IPP

#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/distinct_values.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

/// Joins a part to a hash so that order counts (the finishing step of the splitmix64 generator).
constexpr std::uint64_t mixed_hash(std::uint64_t hash, std::uint64_t part) noexcept {
    std::uint64_t made = (hash ^ part) + 0x9E3779B97F4A7C15U;
    made = (made ^ (made >> 30U)) * 0xBF58476D1CE4E5B9U;
    made = (made ^ (made >> 27U)) * 0x94D049BB133111EBU;
    return made ^ (made >> 31U);
}

constexpr std::uint64_t mixed_hash(std::uint64_t hash, std::int64_t part) noexcept {
    return mixed_hash(hash, static_cast<std::uint64_t>(part));
}

POLKU_DECL std::uint64_t hash_of_text(std::uint64_t hash, std::string_view text) noexcept {
    std::uint64_t made = 0xCBF29CE484222325U;  // FNV-1a
    for (const char each : text) made = (made ^ static_cast<unsigned char>(each)) * 0x100000001B3U;
    return mixed_hash(mixed_hash(hash, made), static_cast<std::uint64_t>(text.size()));
}

/// What `=` compares: whole seconds of UTC where there is a zone, of the local clock where there is none.
POLKU_DECL std::uint64_t hash_of_clock(std::uint64_t hash, const value& of, const evaluation_context& with) {
    constexpr std::int64_t second = 1'000'000'000;
    if (of.is(kind::date_time)) {
        const time::date_time& when = of.as_date_time();
        const bool zoned = when.clock.zone.is != time::zone::kind::none;
        return mixed_hash(mixed_hash(hash, std::uint64_t{zoned}), time::moment_of(when, with.zones()).seconds);
    }
    const time::clock_time clock = of.as_time();
    const bool zoned = clock.zone.is != time::zone::kind::none;
    const std::int64_t offset = time::offset_of(clock, with.today(), with.zones()).value_or(0);
    return mixed_hash(mixed_hash(hash, std::uint64_t{zoned}), clock.nanoseconds / second - offset);
}

POLKU_DECL std::uint64_t hash_of_leaf(std::uint64_t hash, const value& of, const evaluation_context& with) {
    switch (of.kind()) {
        case kind::boolean: return mixed_hash(hash, std::uint64_t{of.as_boolean()});
        case kind::number: {
            const number plain = of.as_number().normalized();
            hash = mixed_hash(hash, plain.lo());
            return mixed_hash(mixed_hash(hash, plain.hi()), std::int64_t{plain.scale()});
        }
        case kind::string: return hash_of_text(hash, of.as_string());
        case kind::date: return mixed_hash(hash, of.as_date().to_days());
        case kind::time:
        case kind::date_time: return hash_of_clock(hash, of, with);
        case kind::months_duration: return mixed_hash(hash, of.as_months_duration().months);
        case kind::days_duration: {
            const time::days_duration span = of.as_days_duration();
            return mixed_hash(mixed_hash(hash, span.seconds), std::int64_t{span.nanoseconds});
        }
        default: return hash;  // functions are few; comparing tells them apart
    }
}

POLKU_DECL std::uint64_t hash_at_level(const value& of, unsigned levels, const evaluation_context& with) {
    constexpr std::size_t most_parts = 32;
    std::uint64_t hash = mixed_hash(0, static_cast<std::uint64_t>(of.kind()));
    if (of.is(kind::list)) {
        const std::span<const value> items = of.as_list();
        hash = mixed_hash(hash, static_cast<std::uint64_t>(items.size()));
        for (std::size_t i = 0; levels > 0 && i < std::min(items.size(), most_parts); ++i)
            hash = mixed_hash(hash, hash_at_level(items[i], levels - 1, with));
        return hash;
    }
    if (of.is(kind::context)) {
        const context& entries = of.as_context();
        hash = mixed_hash(hash, static_cast<std::uint64_t>(entries.size()));
        if (levels == 0 || entries.size() > most_parts) return hash;
        std::uint64_t sum = 0;  // entries have no order
        for (const context::entry& each : entries)
            sum += hash_of_text(hash_at_level(each.value, levels - 1, with), each.name);
        return mixed_hash(hash, sum);
    }
    if (!of.is(kind::range)) return hash_of_leaf(hash, of, with);
    const range& bounds = of.as_range();
    if (levels == 0) return hash;
    hash = mixed_hash(hash, hash_at_level(bounds.low, levels - 1, with));
    return mixed_hash(hash, hash_at_level(bounds.high, levels - 1, with));
}

POLKU_DECL std::uint64_t hash_of(const value& of, const evaluation_context& with) {
    constexpr unsigned most_levels = 3;
    return hash_at_level(of, most_levels, with);
}

POLKU_DECL void distinct_values::grow() {
    places_.assign(std::max<std::size_t>(16, places_.size() * 2), 0);
    for (std::size_t i = 0; i < hashes_.size(); ++i) {
        std::size_t at = static_cast<std::size_t>(hashes_[i]) & (places_.size() - 1);
        while (places_[at] != 0) at = (at + 1) & (places_.size() - 1);
        places_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

POLKU_DECL bool distinct_values::add_one(const value& each) {
    if (items_.size() * 2 >= places_.size()) grow();
    const std::uint64_t hash = hash_of(each, with_);
    std::size_t at = static_cast<std::size_t>(hash) & (places_.size() - 1);
    for (; places_[at] != 0; at = (at + 1) & (places_.size() - 1)) {
        const std::size_t known = places_[at] - 1;
        if (hashes_[known] != hash) continue;
        // Values made to share a hash are compared one by one, so each comparison counts.
        if (!with_.step()) return false;
        if (same(items_[known], each, with_)) return true;
    }
    places_[at] = static_cast<std::uint32_t>(items_.size() + 1);
    items_.push_back(each);
    hashes_.push_back(hash);
    return true;
}

POLKU_DECL bool distinct_values::add(std::span<const value> items) {
    for (const value& each : items)
        if (!with_.step() || items_.size() > with_.bounds().list_length || !add_one(each)) return !with_.faulted();
    return true;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
