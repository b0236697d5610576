// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DETAIL_DECIMAL_HPP
#define POLKU_IMPL_FEEL_DETAIL_DECIMAL_HPP

#include <polku/feel/number.hpp>
#include <polku/impl/feel/detail/wide.hpp>

#include <optional>

namespace polku::inline POLKU_V::feel::detail {

constexpr int max_digits = 34;

struct number_access {
    static number from_magnitude(bool negative, const wide& magnitude, std::int32_t scale) noexcept {
        number made;
        made.lo_ = negative ? ~magnitude.limb[0] + 1 : magnitude.limb[0];
        const std::uint64_t high = negative ? ~magnitude.limb[1] + (magnitude.limb[0] == 0 ? 1 : 0) : magnitude.limb[1];
        made.hi_ = static_cast<std::int64_t>(high);
        made.scale_ = scale;
        return made;
    }
};

constexpr wide magnitude_of(const number& of) noexcept {
    const auto high = static_cast<std::uint64_t>(of.hi());
    if (!of.is_negative()) return wide(of.lo(), high);
    return wide(~of.lo() + 1, ~high + (of.lo() == 0 ? 1 : 0));
}

// What stands after the digits that are kept: compared with half a unit of the last kept digit.
enum class tail : std::uint8_t { none, below_half, half, above_half };

constexpr bool rounds_away(tail rest, rounding mode, bool negative, bool odd) noexcept {
    if (rest == tail::none) return false;
    switch (mode) {
        case rounding::half_even: return rest == tail::above_half || (rest == tail::half && odd);
        case rounding::half_up: return rest != tail::below_half;
        case rounding::half_down: return rest == tail::above_half;
        case rounding::up: return true;
        case rounding::down: return false;
        case rounding::floor: return negative;
        case rounding::ceiling: return !negative;
    }
    return false;
}

// magnitude / 10^drop as an integer. `sticky` says that the exact value is a little larger than `magnitude`.
POLKU_DECL wide divide_rounded(wide magnitude, std::int64_t drop, bool sticky, rounding mode, bool negative) noexcept;
// The number nearest to magnitude x 10^-scale, half to even, in 34 digits and decimal128's range; empty past the range.
// With `sticky` (the exact magnitude is a little larger) the magnitude has at least 36 digits.
POLKU_DECL std::optional<number> rounded(bool negative, const wide& magnitude, bool sticky,
                                         std::int64_t scale) noexcept;
// What `divide` does with coefficients that leave 64 bits or a quotient that does not come out even.
POLKU_DECL std::optional<number> divide_wide(const number& left, const number& right) noexcept;
// Takes trailing zeros away while the scale is above `floor`.
POLKU_DECL void strip_zeros(wide& magnitude, std::int64_t& scale, std::int64_t floor) noexcept;

}  // namespace polku::inline POLKU_V::feel::detail

#endif
