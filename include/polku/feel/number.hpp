// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_NUMBER_HPP
#define POLKU_FEEL_NUMBER_HPP

#include <polku/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::feel {

/// How `quantize` and the rounding built-ins round (DMN 1.5 clause 10.3.4.5). `half_even`, `half_up` (away from zero)
/// and `half_down` (towards zero) round to the nearest and differ in ties; `up` is away from zero, `down` towards it,
/// `floor` to lower numbers, `ceiling` to higher ones.
enum class rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

namespace detail {
struct number_access;
}

/// A FEEL number: exact decimal with up to 34 significant digits and the range of IEEE 754-2008 decimal128 (exponents
/// -6176 to 6111), no NaN, no infinity. Every operation rounds its exact result once, half to even, to 34 digits; one
/// that leaves the range answers empty. Two numbers are equal when their values are: 1.0 equals 1.00.
///
/// Held as coefficient x 10^-scale with a 128-bit two's complement coefficient in two words; the same layout as
/// `polku_decimal` in the C ABI. A coefficient that fits 64 bits takes the fast path. Trivially copyable; no
/// allocation.
class number {
public:
    constexpr number() noexcept = default;
    /// Exactly that integer.
    constexpr number(std::int64_t integer) noexcept
        : lo_(static_cast<std::uint64_t>(integer)), hi_(integer < 0 ? -1 : 0) {}
    /// Exactly that integer.
    constexpr number(int integer) noexcept : number(static_cast<std::int64_t>(integer)) {}
    static constexpr std::int32_t max_scale = 6176;   ///< the most decimals that a number can have
    static constexpr std::int32_t min_scale = -6111;  ///< the least; a negative scale stands for zeros before the point
    number(double) = delete;                          // binary floating point never enters a value

    /// coefficient x 10^-scale from a 64-bit coefficient; `scale` within -6111 to 6176.
    static constexpr number from_scaled(std::int64_t coefficient, std::int32_t scale) noexcept {
        number made(coefficient);
        made.scale_ = scale;
        return made;
    }
    /// From the words of a `polku_decimal`; empty when the coefficient has more than 34 digits or the scale is out of
    /// range.
    POLKU_DECL static std::optional<number> from_words(std::uint64_t lo, std::int64_t hi, std::int32_t scale) noexcept;
    /// Reads `[-]digits[.digits][(e|E)[+-]digits]`, also `.5`; more than 34 digits are rounded half to even. Empty for
    /// anything else or out of range.
    POLKU_DECL static std::optional<number> parse(std::string_view text) noexcept;

    /// Low word of the coefficient, as in `polku_decimal`.
    constexpr std::uint64_t lo() const noexcept { return lo_; }
    /// High word of the coefficient, with its sign.
    constexpr std::int64_t hi() const noexcept { return hi_; }
    /// Number of decimals: the coefficient is divided by ten to this power.
    constexpr std::int32_t scale() const noexcept { return scale_; }
    /// True when the coefficient fits a signed 64-bit word (`lo()` is then that word).
    constexpr bool is_small() const noexcept { return hi_ == (static_cast<std::int64_t>(lo_) < 0 ? -1 : 0); }
    /// The coefficient; only when `is_small()`.
    constexpr std::int64_t small_coefficient() const noexcept { return static_cast<std::int64_t>(lo_); }

    /// True for zero of any scale.
    constexpr bool is_zero() const noexcept { return lo_ == 0 && hi_ == 0; }
    /// True below zero; there is no negative zero.
    constexpr bool is_negative() const noexcept { return hi_ < 0; }
    /// True when the value is a whole number, whatever its scale.
    POLKU_DECL bool is_integer() const noexcept;
    /// The value as a 64-bit integer; empty when it is no integer or does not fit.
    POLKU_DECL std::optional<std::int64_t> to_int64() const noexcept;
    /// Plain decimal text without trailing zeros (`1260`, `-0.05`), exponent form `1.5E+40` only outside 1e-34..1e34.
    POLKU_DECL std::string to_string() const;

    /// The number with the other sign, same scale.
    POLKU_DECL number negated() const noexcept;
    /// The number without its sign, same scale.
    POLKU_DECL number absolute() const noexcept;
    /// Same value with no trailing zeros in the coefficient and a scale of at least 0 where that is possible.
    POLKU_DECL number normalized() const noexcept;

    friend std::strong_ordering operator<=>(const number& left, const number& right) noexcept;
    friend bool operator==(const number& left, const number& right) noexcept {
        return (left <=> right) == std::strong_ordering::equal;
    }

private:
    friend struct detail::number_access;
    std::uint64_t lo_ = 0;
    std::int64_t hi_ = 0;
    std::int32_t scale_ = 0;
};

namespace detail {

// The paths for what leaves 64 bits or needs rounding.
POLKU_DECL std::optional<number> add_wide(const number& left, const number& right, bool minus) noexcept;
POLKU_DECL std::optional<number> multiply_wide(const number& left, const number& right) noexcept;
POLKU_DECL std::strong_ordering compare_wide(const number& left, const number& right) noexcept;

constexpr std::int32_t small_powers = 19;
inline constexpr std::int64_t small_power_of_ten[small_powers] = {1,
                                                                  10,
                                                                  100,
                                                                  1'000,
                                                                  10'000,
                                                                  100'000,
                                                                  1'000'000,
                                                                  10'000'000,
                                                                  100'000'000,
                                                                  1'000'000'000,
                                                                  10'000'000'000,
                                                                  100'000'000'000,
                                                                  1'000'000'000'000,
                                                                  10'000'000'000'000,
                                                                  100'000'000'000'000,
                                                                  1'000'000'000'000'000,
                                                                  10'000'000'000'000'000,
                                                                  100'000'000'000'000'000,
                                                                  1'000'000'000'000'000'000};

#if defined(__GNUC__) || defined(__clang__)
constexpr bool product_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    return !__builtin_mul_overflow(a, b, &out);
}
constexpr bool sum_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    return !__builtin_add_overflow(a, b, &out);
}
constexpr bool difference_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    return !__builtin_sub_overflow(a, b, &out);
}
#else
constexpr bool product_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    constexpr std::int64_t bound = 2'000'000'000;  // a coarse test: larger factors take the wide path
    if (a > bound || a < -bound || b > bound || b < -bound) return false;
    out = a * b;
    return true;
}
constexpr bool sum_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return false;
    out = a + b;
    return true;
}
constexpr bool difference_fits(std::int64_t a, std::int64_t b, std::int64_t& out) noexcept {
    if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b) return false;
    out = a - b;
    return true;
}
#endif

// Brings two small coefficients to the larger scale; false when one does not fit.
constexpr bool align_small(const number& left, const number& right, std::int64_t& a, std::int64_t& b,
                           std::int32_t& scale) noexcept {
    if (!left.is_small() || !right.is_small()) return false;
    a = left.small_coefficient();
    b = right.small_coefficient();
    scale = left.scale();
    if (POLKU_LIKELY(scale == right.scale())) return true;
    const std::int32_t distance = scale - right.scale();
    if (distance >= small_powers || distance <= -small_powers) return false;
    if (distance > 0) return product_fits(b, small_power_of_ten[distance], b);
    scale = right.scale();
    return product_fits(a, small_power_of_ten[-distance], a);
}

}  // namespace detail

/// Orders by value, whatever the scales.
inline std::strong_ordering operator<=>(const number& left, const number& right) noexcept {
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int32_t scale = 0;
    if (POLKU_LIKELY(detail::align_small(left, right, a, b, scale))) return a <=> b;
    return detail::compare_wide(left, right);
}

// Empty answers mean: out of range, or no value (division by zero, root of a negative number, ...).
/// The sum, rounded once; empty out of range.
inline std::optional<number> add(const number& left, const number& right) noexcept {
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int32_t scale = 0;
    if (POLKU_LIKELY(detail::align_small(left, right, a, b, scale) && detail::sum_fits(a, b, a)))
        return number::from_scaled(a, scale);
    return detail::add_wide(left, right, false);
}
/// The difference, rounded once; empty out of range.
inline std::optional<number> subtract(const number& left, const number& right) noexcept {
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int32_t scale = 0;
    if (POLKU_LIKELY(detail::align_small(left, right, a, b, scale) && detail::difference_fits(a, b, a)))
        return number::from_scaled(a, scale);
    return detail::add_wide(left, right, true);
}
/// The product, rounded once; empty out of range.
inline std::optional<number> multiply(const number& left, const number& right) noexcept {
    std::int64_t made = 0;
    const std::int32_t scale = left.scale() + right.scale();
    if (POLKU_LIKELY(left.is_small() && right.is_small() && scale <= number::max_scale && scale >= number::min_scale &&
                     detail::product_fits(left.small_coefficient(), right.small_coefficient(), made)))
        return number::from_scaled(made, scale);
    return detail::multiply_wide(left, right);
}
/// The quotient, rounded once; empty out of range or for a divisor of zero.
POLKU_DECL std::optional<number> divide(const number& left, const number& right) noexcept;
/// Integer exponents exactly (one rounding of the exact power); others by exp(y log x) to 50 digits, rounded once.
POLKU_DECL std::optional<number> power(const number& base, const number& exponent);
/// Rounded once; empty for a negative number.
POLKU_DECL std::optional<number> square_root(const number& value) noexcept;
/// e to that power, rounded once; empty out of range.
POLKU_DECL std::optional<number> exponential(const number& value);
/// Rounded once; empty for zero and below.
POLKU_DECL std::optional<number> natural_logarithm(const number& value);
/// FEEL `modulo`: dividend - divisor * floor(dividend / divisor), exact; the sign is the divisor's.
POLKU_DECL std::optional<number> modulo(const number& dividend, const number& divisor) noexcept;
/// The value at `scale` decimals (negative: tens, hundreds); empty when 34 digits cannot hold it.
POLKU_DECL std::optional<number> quantize(const number& value, std::int32_t scale, rounding mode) noexcept;
/// `quantize(divide(left, right), scale, mode)` in one step where that surely comes to the same and the quotient has
/// more decimals than `scale`; empty where not.
POLKU_DECL std::optional<number> divide_rounded(const number& left, const number& right, std::int32_t scale,
                                                rounding mode) noexcept;

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/number.ipp>
#include <polku/impl/feel/number_power.ipp>
#include <polku/impl/feel/number_text.ipp>
#endif

#endif
