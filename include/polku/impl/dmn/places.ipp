// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PLACES_IPP
#define POLKU_IMPL_DMN_PLACES_IPP

#include <polku/dmn/places.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL void integer_places::build(std::vector<std::int64_t> points) {
    points_ = std::move(points);
    direct_.clear();
    if (points_.empty() || points_.front() == INT64_MIN || points_.back() == INT64_MAX) return;
    const std::uint64_t span = static_cast<std::uint64_t>(points_.back()) - static_cast<std::uint64_t>(points_.front());
    constexpr std::uint64_t largest = 8192;
    if (span > largest || span > std::max<std::uint64_t>(512, 16 * points_.size())) return;
    first_ = points_.front() - 1;
    last_ = points_.back() + 1;
    direct_.reserve(span + 3);
    for (std::int64_t each = first_; each <= last_; ++each)
        direct_.push_back(static_cast<std::uint16_t>(find_by_halving(each)));
}

POLKU_DECL std::size_t integer_places::memory() const noexcept {
    return points_.capacity() * sizeof(std::int64_t) + direct_.capacity() * sizeof(std::uint16_t);
}

POLKU_DECL bool decimal_places::build(std::span<const feel::number> points) {
    std::vector<feel::number> plain;
    plain.reserve(points.size());
    std::int32_t scale = 0;
    for (const feel::number& each : points) {
        plain.push_back(each.normalized());
        if (!plain.back().is_small() || plain.back().scale() < 0) return false;
        scale = std::max(scale, plain.back().scale());
    }
    if (scale >= feel::detail::small_powers) return false;
    std::vector<std::int64_t> raised;
    raised.reserve(plain.size());
    for (const feel::number& each : plain) {
        std::int64_t made = 0;
        if (!feel::detail::product_fits(each.small_coefficient(),
                                        feel::detail::small_power_of_ten[scale - each.scale()], made))
            return false;
        raised.push_back(made);
    }
    std::sort(raised.begin(), raised.end());
    raised.erase(std::unique(raised.begin(), raised.end()), raised.end());
    raised.shrink_to_fit();
    coefficients_.build(std::move(raised));
    scale_ = scale;
    return true;
}

POLKU_DECL std::uint32_t decimal_places::find(const feel::number& of) const noexcept {
    if (POLKU_LIKELY(of.is_small())) return find(of.small_coefficient(), of.scale());
    std::size_t low = 0;
    std::size_t high = coefficients_.points().size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const auto order = point(middle) <=> of;
        if (order == 0) return static_cast<std::uint32_t>(2 * middle + 1);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return static_cast<std::uint32_t>(2 * low);
}

POLKU_DECL void text_places::build(std::span<const std::string_view> points) {
    bytes_.clear();
    ends_.clear();
    slots_.clear();
    ends_.reserve(points.size());
    std::size_t bytes = 0;
    for (const std::string_view each : points) bytes += each.size();
    bytes_.reserve(bytes);
    for (const std::string_view each : points) {
        bytes_ += each;
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
    if (points.empty()) return;
    // At least a third of the slots stay free, so that a search always ends, and soon.
    std::size_t slots = 4;
    while (slots * 2 < points.size() * 3) slots *= 2;
    slots_.assign(slots, {});
    last_slot_ = slots - 1;
    for (std::uint32_t point = 0; point < points.size(); ++point) {
        const std::uint64_t hashed = hash(points[point]);
        std::size_t at = hashed >> 32U;
        while (slots_[at & last_slot_].point != none) ++at;
        slots_[at & last_slot_] = {static_cast<std::uint32_t>(hashed), point};
    }
}

POLKU_DECL std::uint32_t text_places::count_below(std::string_view text) const noexcept {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if ((*this)[middle] < text)
            low = middle + 1;
        else
            high = middle;
    }
    return static_cast<std::uint32_t>(low);
}

POLKU_DECL std::size_t text_places::memory() const noexcept {
    return bytes_.capacity() + ends_.capacity() * sizeof(std::uint32_t) + slots_.capacity() * sizeof(slot);
}

}  // namespace polku::inline POLKU_V::dmn

#endif
