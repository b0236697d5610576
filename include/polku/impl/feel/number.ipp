// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_NUMBER_IPP
#define POLKU_IMPL_FEEL_NUMBER_IPP

#include <polku/feel/number.hpp>
#include <polku/impl/feel/detail/decimal.hpp>
#include <polku/impl/feel/detail/wide.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace polku::inline POLKU_V::feel {

namespace detail {

// Powers of ten up to this one fit the two limbs that `divide` takes.
constexpr int max_divisor_power = 38;

POLKU_DECL wide divide_rounded(wide magnitude, std::int64_t drop, bool sticky, rounding mode, bool negative) noexcept {
    wide rest;
    while (drop > max_divisor_power && !magnitude.is_zero()) {
        const int part = static_cast<int>(std::min<std::int64_t>(drop - max_divisor_power, max_divisor_power));
        magnitude = divide(magnitude, ten_to_the(part), rest);
        sticky = sticky || !rest.is_zero();
        drop -= part;
    }
    drop = std::min<std::int64_t>(drop, max_divisor_power);
    const wide& divisor = ten_to_the(static_cast<int>(drop));
    magnitude = divide(magnitude, divisor, rest);
    const int against_half = compare(shifted_left(rest, 1), divisor);
    tail after = tail::none;
    if (against_half > 0 || (against_half == 0 && sticky))
        after = tail::above_half;
    else if (against_half == 0)
        after = tail::half;
    else if (sticky || !rest.is_zero())
        after = tail::below_half;
    if (rounds_away(after, mode, negative, (magnitude.limb[0] & 1U) != 0)) magnitude = sum(magnitude, wide(1));
    return magnitude;
}

POLKU_DECL void strip_zeros(wide& magnitude, std::int64_t& scale, std::int64_t floor) noexcept {
    for (const int step : {16, 8, 4, 2, 1}) {
        const auto divisor = static_cast<std::uint64_t>(small_power_of_ten[step]);
        while (scale - step >= floor) {
            // A multiple of 10^step is one of 2^step.
            if ((magnitude.limb[0] & ((std::uint64_t{1} << step) - 1)) != 0) break;
            std::uint64_t rest = 0;
            const wide shorter = divide_by_word(magnitude, divisor, rest);
            if (rest != 0) break;
            magnitude = shorter;
            scale -= step;
        }
    }
}

POLKU_DECL std::optional<number> rounded(bool negative, const wide& magnitude, bool sticky,
                                         std::int64_t scale) noexcept {
    wide kept = magnitude;
    const int digits = digits_of(magnitude);
    const std::int64_t drop = std::max<std::int64_t>({0, digits - max_digits, scale - number::max_scale});
    if (drop > 0) {
        kept = divide_rounded(kept, drop, sticky, rounding::half_even, negative);
        scale -= drop;
        if (compare(kept, ten_to_the(max_digits)) == 0) {
            kept = ten_to_the(max_digits - 1);
            --scale;
        }
    }
    if (kept.is_zero()) {
        scale = std::clamp<std::int64_t>(scale, number::min_scale, number::max_scale);
    } else if (scale < number::min_scale) {
        const std::int64_t padding = number::min_scale - scale;
        if (digits_of(kept) + padding > max_digits) return std::nullopt;
        kept = product(kept, ten_to_the(static_cast<int>(padding)));
        scale = number::min_scale;
    } else if (kept.limb[1] != 0 && (kept.limb[0] & 15U) == 0) {
        // Likely trailing zeros: without them the coefficient may fit the fast path.
        strip_zeros(kept, scale, std::min<std::int64_t>(scale, 0));
    }
    return number_access::from_magnitude(negative, kept, static_cast<std::int32_t>(scale));
}

// Beyond this distance of scales the smaller operand only shows in the sticky bit.
constexpr std::int64_t max_alignment = 38;

POLKU_DECL std::optional<number> add_wide(const number& left, const number& right, bool minus) noexcept {
    bool first_negative = left.is_negative();
    bool second_negative = right.is_negative() != minus;
    wide first = magnitude_of(left);
    wide second = magnitude_of(right);
    std::int64_t first_scale = left.scale();
    std::int64_t second_scale = right.scale();
    if (second.is_zero()) return rounded(first_negative, first, false, first_scale);
    if (first.is_zero()) return rounded(second_negative, second, false, second_scale);
    if (first_scale > second_scale) {
        std::swap(first, second);
        std::swap(first_scale, second_scale);
        std::swap(first_negative, second_negative);
    }
    const std::int64_t distance = second_scale - first_scale;
    const std::int64_t raise = std::min(distance, max_alignment);
    first = product(first, ten_to_the(static_cast<int>(raise)));
    bool sticky = false;
    for (std::int64_t drop = distance - raise; drop > 0 && !second.is_zero();) {
        const int part = static_cast<int>(std::min<std::int64_t>(drop, max_divisor_power));
        wide rest;
        second = divide(second, ten_to_the(part), rest);
        sticky = sticky || !rest.is_zero();
        drop -= part;
    }
    const std::int64_t scale = first_scale + raise;
    if (first_negative == second_negative) return rounded(first_negative, sum(first, second), sticky, scale);
    // With a sticky rest the true subtrahend is a little larger: one less, and again a little more.
    if (sticky) return rounded(first_negative, difference(difference(first, second), wide(1)), true, scale);
    const int order = compare(first, second);
    if (order >= 0) return rounded(first_negative && order != 0, difference(first, second), false, scale);
    return rounded(second_negative, difference(second, first), false, scale);
}

POLKU_DECL std::optional<number> multiply_wide(const number& left, const number& right) noexcept {
    return rounded(left.is_negative() != right.is_negative() && !left.is_zero() && !right.is_zero(),
                   product(magnitude_of(left), magnitude_of(right)), false, std::int64_t{left.scale()} + right.scale());
}

POLKU_DECL int compare_magnitudes(const number& left, const number& right) noexcept {
    wide a = magnitude_of(left);
    wide b = magnitude_of(right);
    const int a_top = digits_of(a) - left.scale();
    const int b_top = digits_of(b) - right.scale();
    if (a_top != b_top) return a_top < b_top ? -1 : 1;
    // Equal tops: the scales differ by less than 34.
    if (left.scale() < right.scale()) a = product(a, ten_to_the(right.scale() - left.scale()));
    if (right.scale() < left.scale()) b = product(b, ten_to_the(left.scale() - right.scale()));
    return compare(a, b);
}

POLKU_DECL std::strong_ordering compare_wide(const number& left, const number& right) noexcept {
    const int left_sign = left.is_negative() ? -1 : (left.is_zero() ? 0 : 1);
    const int right_sign = right.is_negative() ? -1 : (right.is_zero() ? 0 : 1);
    if (left_sign != right_sign || left_sign == 0) return left_sign <=> right_sign;
    return left_sign * compare_magnitudes(left, right) <=> 0;
}

}  // namespace detail

POLKU_DECL std::optional<number> number::from_words(std::uint64_t lo, std::int64_t hi, std::int32_t scale) noexcept {
    if (scale < min_scale || scale > max_scale) return std::nullopt;
    number made;
    made.lo_ = lo;
    made.hi_ = hi;
    made.scale_ = scale;
    if (detail::compare(detail::magnitude_of(made), detail::ten_to_the(detail::max_digits)) >= 0) return std::nullopt;
    return made;
}

POLKU_DECL bool number::is_integer() const noexcept {
    if (scale_ <= 0 || is_zero()) return true;
    if (scale_ >= detail::max_digits) return false;
    detail::wide rest;
    detail::divide(detail::magnitude_of(*this), detail::ten_to_the(scale_), rest);
    return rest.is_zero();
}

POLKU_DECL std::optional<std::int64_t> number::to_int64() const noexcept {
    if (scale_ == 0 && is_small()) return small_coefficient();
    if (is_zero()) return 0;
    if (scale_ <= -detail::small_powers || scale_ >= detail::max_digits) return std::nullopt;
    detail::wide whole = detail::magnitude_of(*this);
    detail::wide rest;
    if (scale_ > 0)
        whole = detail::divide(whole, detail::ten_to_the(scale_), rest);
    else
        whole = detail::product(whole, detail::ten_to_the(-scale_));
    if (!rest.is_zero() || whole.bits() > 64) return std::nullopt;
    const number made = detail::number_access::from_magnitude(is_negative(), whole, 0);
    if (!made.is_small()) return std::nullopt;
    return made.small_coefficient();
}

POLKU_DECL number number::negated() const noexcept {
    if (is_zero()) return *this;
    return detail::number_access::from_magnitude(!is_negative(), detail::magnitude_of(*this), scale_);
}

POLKU_DECL number number::absolute() const noexcept { return is_negative() ? negated() : *this; }

POLKU_DECL number number::normalized() const noexcept {
    if (is_zero()) return {};
    detail::wide magnitude = detail::magnitude_of(*this);
    std::int64_t scale = scale_;
    detail::strip_zeros(magnitude, scale, min_scale);
    if (scale < 0 && detail::digits_of(magnitude) - scale <= detail::max_digits) {
        magnitude = detail::product(magnitude, detail::ten_to_the(static_cast<int>(-scale)));
        scale = 0;
    }
    return detail::number_access::from_magnitude(is_negative(), magnitude, static_cast<std::int32_t>(scale));
}

namespace detail {

POLKU_DECL std::optional<number> divide_wide(const number& left, const number& right) noexcept {
    wide dividend = magnitude_of(left);
    wide divisor = magnitude_of(right);
    std::int64_t ideal = std::int64_t{left.scale()} - right.scale();
    const bool negative = left.is_negative() != right.is_negative();
    // Two digits more than are kept, so that the rest only decides ties.
    const int raise = std::max(0, max_digits + 2 + digits_of(divisor) - digits_of(dividend));
    wide rest;
    wide quotient = divide(product(dividend, ten_to_the(raise)), divisor, rest);
    std::int64_t scale = ideal + raise;
    if (rest.is_zero()) strip_zeros(quotient, scale, std::min<std::int64_t>(ideal, 0));
    return rounded(negative, quotient, !rest.is_zero(), scale);
}

}  // namespace detail

namespace detail {

constexpr std::uint64_t magnitude_of(std::int64_t of) noexcept {
    return of < 0 ? ~static_cast<std::uint64_t>(of) + 1 : static_cast<std::uint64_t>(of);
}

// A coefficient divided by a power of ten, which only moves the point. Trailing zeros go as far as the scale is above
// `ideal`, the scale that the quotient has where it is whole.
POLKU_DECL std::optional<number> divide_by_power(std::int64_t coefficient, std::int32_t ideal,
                                                 std::uint64_t divisor) noexcept {
    const int digits = ((static_cast<int>(std::bit_width(divisor)) * 1233) >> 12);
    if (digits >= small_powers || static_cast<std::uint64_t>(small_power_of_ten[digits]) != divisor)
        return std::nullopt;
    std::int32_t scale = ideal + digits;
    const std::int32_t least = std::min(ideal, 0);
    while (scale > least && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale > number::max_scale || scale < number::min_scale) return std::nullopt;
    return number::from_scaled(coefficient, scale);
}

}  // namespace detail

POLKU_DECL std::optional<number> divide(const number& left, const number& right) noexcept {
    if (right.is_zero()) return std::nullopt;
    if (left.is_zero()) return number();
    const std::int32_t scale = left.scale() - right.scale();
    if (left.is_small() && right.is_small() && scale <= number::max_scale && scale >= number::min_scale) {
        const std::int64_t dividend = left.small_coefficient();
        const std::int64_t divisor = right.small_coefficient();
        if (divisor != -1 && dividend % divisor == 0) return number::from_scaled(dividend / divisor, scale);
        if (divisor > 0) {
            const auto made = detail::divide_by_power(dividend, scale, static_cast<std::uint64_t>(divisor));
            if (made) return made;
        }
    }
    return detail::divide_wide(left, right);
}

namespace detail {

// The integer part of a square root of a number of at least 64 bits: a guess from its upper 64 bits, then Newton's
// steps.
POLKU_DECL wide integer_root(const wide& of) noexcept {
    const int shift = (of.bits() - 63) / 2 * 2;
    const wide top = shifted_right(of, shift);
    constexpr int spare = 20;  // the guess has 52 good bits, 32 of them in the root of `top`
    const double guess = std::sqrt(static_cast<double>(top.limb[0]));
    wide root(static_cast<std::uint64_t>(guess * (1 << spare)));
    root = shift / 2 < spare ? shifted_right(root, spare - shift / 2) : shifted_left(root, shift / 2 - spare);
    // The first step lands on or above the root from either side; from there the steps fall until they reach it.
    wide rest;
    root = shifted_right(sum(root, divide(of, root, rest)), 1);
    for (;;) {
        const wide next = shifted_right(sum(root, divide(of, root, rest)), 1);
        if (compare(next, root) >= 0) return root;
        root = next;
    }
}

}  // namespace detail

POLKU_DECL std::optional<number> square_root(const number& value) noexcept {
    if (value.is_negative()) return std::nullopt;
    if (value.is_zero()) return number();
    detail::wide radicand = detail::magnitude_of(value);
    // A radicand of 71 digits or more gives a root of 36, and an even scale halves.
    int raise = 71 - detail::digits_of(radicand);
    if ((value.scale() + raise) % 2 != 0) ++raise;
    radicand = detail::product(radicand, detail::ten_to_the(raise));
    detail::wide root = detail::integer_root(radicand);
    const bool exact = detail::compare(detail::product(root, root), radicand) == 0;
    std::int64_t scale = (std::int64_t{value.scale()} + raise) / 2;
    if (exact) detail::strip_zeros(root, scale, std::min<std::int64_t>(value.scale() / 2, 0));
    return detail::rounded(false, root, !exact, scale);
}

namespace detail {

// (magnitude x 10^power) mod divisor, for a divisor of two limbs.
POLKU_DECL wide raised_remainder(const wide& magnitude, std::int64_t power, const wide& divisor) noexcept {
    wide rest;
    divide(magnitude, divisor, rest);
    wide base;
    divide(wide(10), divisor, base);
    for (; power > 0; power >>= 1) {
        if ((power & 1) != 0) divide(product(rest, base), divisor, rest);
        divide(product(base, base), divisor, base);
    }
    return rest;
}

// The rest of a division cut towards zero: exact, with the dividend's sign and the larger of the two scales.
POLKU_DECL number truncated_remainder(const number& dividend, const number& divisor) noexcept {
    const std::int64_t distance = std::int64_t{divisor.scale()} - dividend.scale();
    wide rest;
    if (distance >= 0) {
        rest = raised_remainder(magnitude_of(dividend), distance, magnitude_of(divisor));
        return number_access::from_magnitude(dividend.is_negative(), rest, divisor.scale());
    }
    if (-distance > max_digits) return dividend;
    const wide scaled = product(magnitude_of(divisor), ten_to_the(static_cast<int>(-distance)));
    if (scaled.limbs() > 2) return dividend;
    divide(magnitude_of(dividend), scaled, rest);
    return number_access::from_magnitude(dividend.is_negative(), rest, dividend.scale());
}

}  // namespace detail

POLKU_DECL std::optional<number> modulo(const number& dividend, const number& divisor) noexcept {
    if (divisor.is_zero()) return std::nullopt;
    const number rest = detail::truncated_remainder(dividend, divisor);
    if (rest.is_zero() || rest.is_negative() == divisor.is_negative()) return rest;
    return add(rest, divisor);
}

namespace detail {

constexpr tail tail_of(std::uint64_t rest, std::uint64_t divisor) noexcept {
    if (rest == 0) return tail::none;
    const std::uint64_t other = divisor - rest;
    return rest < other ? tail::below_half : rest == other ? tail::half : tail::above_half;
}

// A 64-bit coefficient without its last `drop` digits, of which there are at most 18.
POLKU_DECL std::int64_t cut_small(std::int64_t coefficient, std::int32_t drop, rounding mode) noexcept {
    const std::int64_t divisor = small_power_of_ten[drop];
    const std::int64_t quotient = coefficient / divisor;
    const std::uint64_t rest = magnitude_of(coefficient % divisor);
    const tail after = tail_of(rest, static_cast<std::uint64_t>(divisor));
    if (!rounds_away(after, mode, coefficient < 0, (quotient & 1) != 0)) return quotient;
    return coefficient < 0 ? quotient - 1 : quotient + 1;
}

}  // namespace detail

POLKU_DECL std::optional<number> divide_rounded(const number& left, const number& right, std::int32_t scale,
                                                rounding mode) noexcept {
    const std::int32_t raise = scale + right.scale() - left.scale();
    if (!left.is_small() || !right.is_small() || raise <= -detail::small_powers || raise >= detail::small_powers)
        return std::nullopt;
    // The exact quotient at this scale lies on a boundary of rounding, or at least 1 / (2 x divisor) beside it. Up to
    // this divisor that is more than half a unit of the 34th digit, so that rounding there first changes nothing.
    constexpr std::uint64_t most_divisor = 100'000'000'000'000;
    std::uint64_t divisor = detail::magnitude_of(right.small_coefficient());
    if (divisor == 0 || divisor > most_divisor) return std::nullopt;
    std::uint64_t high = 0;
    std::uint64_t low = detail::magnitude_of(left.small_coefficient());
    if (raise < 0) {
        const auto power = static_cast<std::uint64_t>(detail::small_power_of_ten[-raise]);
        if (power > most_divisor / divisor) return std::nullopt;
        divisor *= power;
    } else {
        low = detail::multiply_words(low, static_cast<std::uint64_t>(detail::small_power_of_ten[raise]), high);
    }
    if (high >= divisor) return std::nullopt;
    std::uint64_t rest = 0;
    const std::uint64_t quotient = detail::divide_words(high, low, divisor, rest);
    if (rest == 0 || quotient >= static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    const bool negative = left.is_negative() != right.is_negative();
    const bool away = detail::rounds_away(detail::tail_of(rest, divisor), mode, negative, (quotient & 1) != 0);
    const auto made = static_cast<std::int64_t>(quotient + (away ? 1 : 0));
    return number::from_scaled(negative ? -made : made, scale);
}

POLKU_DECL std::optional<number> quantize(const number& value, std::int32_t scale, rounding mode) noexcept {
    if (scale < number::min_scale || scale > number::max_scale) return std::nullopt;
    const std::int64_t distance = std::int64_t{scale} - value.scale();
    if (POLKU_LIKELY(value.is_small() && distance < 0 && distance > -detail::small_powers))
        return number::from_scaled(
            detail::cut_small(value.small_coefficient(), static_cast<std::int32_t>(-distance), mode), scale);
    detail::wide magnitude = detail::magnitude_of(value);
    if (distance >= 0) {
        if (!value.is_zero() && detail::digits_of(magnitude) + distance > detail::max_digits) return std::nullopt;
        if (!value.is_zero()) magnitude = detail::product(magnitude, detail::ten_to_the(static_cast<int>(distance)));
    } else {
        magnitude = detail::divide_rounded(magnitude, -distance, false, mode, value.is_negative());
    }
    return detail::number_access::from_magnitude(value.is_negative(), magnitude, scale);
}

}  // namespace polku::inline POLKU_V::feel

#endif
