// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_PLACES_HPP
#define POLKU_DMN_PLACES_HPP

#include <polku/feel/number.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// Places among ascending, distinct whole numbers, the points: place 2 i + 1 is point i, place 2 i lies below it and
/// above point i - 1. Points that lie close together are found by one look into a table, others by halving.
class integer_places {
public:
    /// The points must be ascending and distinct.
    POLKU_DECL void build(std::vector<std::int64_t> points);

    /// As they were given.
    std::span<const std::int64_t> points() const noexcept { return points_; }
    /// How many places there are.
    std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(2 * points_.size() + 1); }
    /// The place of a number, or with `above` that of what lies above it and below the next whole number.
    std::uint32_t find(std::int64_t of, bool above = false) const noexcept {
        std::uint32_t place = 0;
        if (POLKU_LIKELY(!direct_.empty())) {
            const std::int64_t within = of < first_ ? first_ : of > last_ ? last_ : of;
            place = direct_[static_cast<std::size_t>(within - first_)];
        } else {
            place = find_by_halving(of);
        }
        return place + (static_cast<std::uint32_t>(above) & place & 1U);
    }
    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;

private:
    std::uint32_t find_by_halving(std::int64_t of) const noexcept {
        std::size_t left = points_.size();
        if (left == 0) return 0;
        const std::int64_t* base = points_.data();
        while (left > 1) {
            const std::size_t half = left / 2;
            base = base[half - 1] < of ? base + half : base;
            left -= half;
        }
        const auto at = static_cast<std::uint32_t>(base - points_.data());
        return 2 * at + (*base < of ? 2U : *base == of ? 1U : 0U);
    }

    std::vector<std::int64_t> points_;
    std::vector<std::uint16_t> direct_;  // places from one below the first point to one above the last
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
};

/// Places among decimals with one scale: the points are coefficients x 10^-scale.
class decimal_places {
public:
    /// False when the points cannot all be held as 64-bit coefficients of one scale; ascending and distinct otherwise.
    POLKU_DECL bool build(std::span<const feel::number> points);

    /// The number of decimals that `coefficients()` are counted in.
    std::int32_t scale() const noexcept { return scale_; }
    /// The points as coefficients at that scale.
    const integer_places& coefficients() const noexcept { return coefficients_; }
    /// How many places there are.
    std::uint32_t count() const noexcept { return coefficients_.count(); }
    /// A point by its index, from 0.
    feel::number point(std::size_t index) const noexcept {
        return feel::number::from_scaled(coefficients_.points()[index], scale_);
    }
    /// The place of coefficient x 10^-scale, at any scale, exactly.
    std::uint32_t find(std::int64_t coefficient, std::int32_t scale) const noexcept {
        return POLKU_LIKELY(scale == scale_) ? coefficients_.find(coefficient) : find_at_scale(coefficient, scale);
    }
    /// The place of any number, also one past 64 bits.
    POLKU_DECL std::uint32_t find(const feel::number& of) const noexcept;

private:
    std::uint32_t find_at_scale(std::int64_t coefficient, std::int32_t scale) const noexcept {
        if (scale < scale_) {
            // A product past 64 bits is past every point.
            std::int64_t raised = 0;
            if (scale_ - scale < feel::detail::small_powers &&
                feel::detail::product_fits(coefficient, feel::detail::small_power_of_ten[scale_ - scale], raised))
                return coefficients_.find(raised);
            return coefficient == 0 ? coefficients_.find(0) : coefficient > 0 ? count() - 1 : 0;
        }
        if (scale - scale_ >= feel::detail::small_powers)
            return coefficients_.find(coefficient < 0 ? -1 : 0, coefficient != 0);
        const std::int64_t divisor = feel::detail::small_power_of_ten[scale - scale_];
        const std::int64_t quotient = coefficient / divisor;
        const std::int64_t rest = coefficient - quotient * divisor;
        return coefficients_.find(quotient - (rest < 0 ? 1 : 0), rest != 0);
    }

    integer_places coefficients_;
    std::int32_t scale_ = 0;
};

/// Texts that are found by hash. Bytes are compared, so values that are equal in FEEL are found equal here.
class text_places {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;  ///< what `find` answers for a text that is no point

    /// From ascending, distinct texts.
    POLKU_DECL void build(std::span<const std::string_view> points);

    /// How many points there are.
    std::size_t size() const noexcept { return ends_.size(); }
    /// A point by its index, from 0; lives as long as this object.
    std::string_view operator[](std::size_t index) const noexcept {
        const std::size_t start = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(bytes_).substr(start, ends_[index] - start);
    }
    /// The point that the text is, or `none`.
    std::uint32_t find(std::string_view text) const noexcept {
        if (slots_.empty()) return none;
        const std::uint64_t hashed = hash(text);
        const auto tag = static_cast<std::uint32_t>(hashed);
        for (std::size_t at = hashed >> 32U;; ++at) {
            const slot& each = slots_[at & last_slot_];
            if (each.point == none) return none;
            if (each.tag == tag && same(text, each.point)) return each.point;
        }
    }
    /// How many points are below the text.
    POLKU_DECL std::uint32_t count_below(std::string_view text) const noexcept;
    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;

private:
    struct slot {
        std::uint32_t tag = 0;
        std::uint32_t point = none;
    };
    template <class Word>
    static Word load(const char* from) noexcept {
        Word made;
        std::memcpy(&made, from, sizeof made);
        return made;
    }
    static std::uint64_t hash(std::string_view text) noexcept {
        constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
        const char* from = text.data();
        const std::size_t size = text.size();
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        if (size >= 8) {
            last = load<std::uint64_t>(from + size - 8);
            for (std::size_t at = 0; at + 8 < size; at += 8)
                first = (first ^ load<std::uint64_t>(from + at)) * odd + (first >> 29U);
        } else if (size >= 4) {
            first = load<std::uint32_t>(from);
            last = load<std::uint32_t>(from + size - 4);
        } else if (size > 0) {
            first = static_cast<unsigned char>(from[0]);
            last = std::uint64_t{static_cast<unsigned char>(from[size / 2])} << 8U |
                   static_cast<unsigned char>(from[size - 1]);
        }
        const std::uint64_t mixed = (first * odd ^ last ^ size) * odd;
        return mixed ^ (mixed >> 32U);
    }
    bool same(std::string_view text, std::uint32_t point) const noexcept {
        const std::size_t start = point == 0 ? 0 : ends_[point - 1];
        if (ends_[point] - start != text.size()) return false;
        const char* left = text.data();
        const char* right = bytes_.data() + start;
        const std::size_t size = text.size();
        if (size >= 8) {
            for (std::size_t at = 0; at + 8 < size; at += 8)
                if (load<std::uint64_t>(left + at) != load<std::uint64_t>(right + at)) return false;
            return load<std::uint64_t>(left + size - 8) == load<std::uint64_t>(right + size - 8);
        }
        if (size >= 4)
            return load<std::uint32_t>(left) == load<std::uint32_t>(right) &&
                   load<std::uint32_t>(left + size - 4) == load<std::uint32_t>(right + size - 4);
        for (std::size_t at = 0; at < size; ++at)
            if (left[at] != right[at]) return false;
        return true;
    }

    std::string bytes_;
    std::vector<std::uint32_t> ends_;
    std::vector<slot> slots_;
    std::size_t last_slot_ = 0;
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/places.ipp>
#endif

#endif
