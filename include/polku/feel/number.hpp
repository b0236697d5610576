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

/// How `quantize` and the rounding built-ins round (DMN 1.5 clause 10.3.4.5).
enum class rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

/// A FEEL number: exact decimal with up to 34 significant digits and the range of IEEE 754-2008 decimal128 (exponents
/// -6176 to 6111), no NaN, no infinity. Every operation rounds its exact result once, half to even, to 34 digits; one that
/// leaves the range answers empty. Two numbers are equal when their values are: 1.0 equals 1.00.
///
/// Held as coefficient x 10^-scale with a 128-bit two's complement coefficient in two words; the same layout as
/// `polku_decimal` in the C ABI. A coefficient that fits 64 bits takes the fast path. Trivially copyable; no allocation.
class number {
public:
    constexpr number() noexcept = default;
    constexpr number(std::int64_t integer) noexcept
        : lo_(static_cast<std::uint64_t>(integer)), hi_(integer < 0 ? -1 : 0) {}
    constexpr number(int integer) noexcept : number(static_cast<std::int64_t>(integer)) {}
    number(double) = delete;  // binary floating point never enters a value

    /// coefficient x 10^-scale from a 64-bit coefficient; `scale` within -6111 to 6176.
    static constexpr number from_scaled(std::int64_t coefficient, std::int32_t scale) noexcept {
        number made(coefficient);
        made.scale_ = scale;
        return made;
    }
    /// From the words of a `polku_decimal`; empty when the coefficient has more than 34 digits or the scale is out of range.
    POLKU_DECL static std::optional<number> from_words(std::uint64_t lo, std::int64_t hi, std::int32_t scale) noexcept;
    /// Reads `[-]digits[.digits][(e|E)[+-]digits]`, also `.5`; more than 34 digits are rounded half to even. Empty for
    /// anything else or out of range.
    POLKU_DECL static std::optional<number> parse(std::string_view text) noexcept;

    constexpr std::uint64_t lo() const noexcept { return lo_; }
    constexpr std::int64_t hi() const noexcept { return hi_; }
    constexpr std::int32_t scale() const noexcept { return scale_; }
    /// True when the coefficient fits a signed 64-bit word (`lo()` is then that word).
    constexpr bool is_small() const noexcept { return hi_ == (static_cast<std::int64_t>(lo_) < 0 ? -1 : 0); }
    constexpr std::int64_t small_coefficient() const noexcept { return static_cast<std::int64_t>(lo_); }

    constexpr bool is_zero() const noexcept { return lo_ == 0 && hi_ == 0; }
    constexpr bool is_negative() const noexcept { return hi_ < 0; }
    POLKU_DECL bool is_integer() const noexcept;
    /// The value as a 64-bit integer; empty when it is no integer or does not fit.
    POLKU_DECL std::optional<std::int64_t> to_int64() const noexcept;
    /// Plain decimal text without trailing zeros (`1260`, `-0.05`), exponent form `1.5E+40` only outside 1e-34..1e34.
    POLKU_DECL std::string to_string() const;

    POLKU_DECL number negated() const noexcept;
    POLKU_DECL number absolute() const noexcept;
    /// Same value with no trailing zeros in the coefficient and a scale of at least 0 where that is possible.
    POLKU_DECL number normalized() const noexcept;

    friend POLKU_DECL std::strong_ordering operator<=>(const number& left, const number& right) noexcept;
    friend bool operator==(const number& left, const number& right) noexcept {
        return (left <=> right) == std::strong_ordering::equal;
    }

private:
    std::uint64_t lo_ = 0;
    std::int64_t hi_ = 0;
    std::int32_t scale_ = 0;
};

// Empty answers mean: out of range, or no value (division by zero, root of a negative number, ...).
POLKU_DECL std::optional<number> add(const number& left, const number& right) noexcept;
POLKU_DECL std::optional<number> subtract(const number& left, const number& right) noexcept;
POLKU_DECL std::optional<number> multiply(const number& left, const number& right) noexcept;
POLKU_DECL std::optional<number> divide(const number& left, const number& right) noexcept;
/// Integer exponents exactly (one rounding of the exact power); others by exp(y log x) to 50 digits, rounded once.
POLKU_DECL std::optional<number> power(const number& base, const number& exponent);
POLKU_DECL std::optional<number> square_root(const number& value) noexcept;
POLKU_DECL std::optional<number> exponential(const number& value);
POLKU_DECL std::optional<number> natural_logarithm(const number& value);
/// FEEL `modulo`: dividend - divisor * floor(dividend / divisor), exact; the sign is the divisor's.
POLKU_DECL std::optional<number> modulo(const number& dividend, const number& divisor) noexcept;
/// The value at `scale` decimals (negative: tens, hundreds); empty when 34 digits cannot hold it.
POLKU_DECL std::optional<number> quantize(const number& value, std::int32_t scale, rounding mode) noexcept;

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/number.ipp>
#endif

#endif
