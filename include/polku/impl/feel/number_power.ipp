// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_NUMBER_POWER_IPP
#define POLKU_IMPL_FEEL_NUMBER_POWER_IPP

#include <polku/feel/number.hpp>
#include <polku/impl/feel/detail/decimal.hpp>
#include <polku/impl/feel/detail/wide.hpp>

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <ios>
#include <string>

namespace polku::inline POLKU_V::feel {

namespace detail {

using big_integer = boost::multiprecision::cpp_int;
template <unsigned Digits>
using big_float =
    boost::multiprecision::number<boost::multiprecision::cpp_dec_float<Digits>, boost::multiprecision::et_off>;

// Enough for exp and log of any number: both lose at most some 40 digits to cancellation, and 50 good ones are needed.
constexpr unsigned function_digits = 130;
// For powers whose exact value has more digits than are worth computing.
constexpr unsigned power_digits = 220;
constexpr int power_check_digits = 170;
constexpr std::int64_t max_exact_power_digits = 3000;

template <unsigned Digits>
big_float<Digits> to_big(const number& of) {
    const wide magnitude = magnitude_of(of);
    big_float<Digits> out(magnitude.limb[1]);
    out = out * 4294967296U * 4294967296U + magnitude.limb[0];
    if (of.is_negative()) out = -out;
    return out * boost::multiprecision::pow(big_float<Digits>(10), -of.scale());
}

// Rounded first to `digits`, where it stands for the exact value, then once to 34.
template <unsigned Digits>
std::optional<number> from_big(const big_float<Digits>& of, int digits) {
    return number::parse(of.str(digits - 1, std::ios_base::scientific));
}

// An exact value past 10^6144 or under half of 10^-6176 needs no digits. The logarithm is given to a few places.
POLKU_DECL bool is_far_out(double decimal_logarithm, std::optional<number>& answer) {
    if (decimal_logarithm > 6150) {
        answer = std::nullopt;
        return true;
    }
    answer = number();
    return decimal_logarithm < -6180;
}

}  // namespace detail

POLKU_DECL std::optional<number> exponential(const number& value) {
    constexpr double log10_e = 0.4342944819032518;
    const number bound(20'000);
    std::optional<number> answer;
    if (value.absolute() > bound) return value.is_negative() ? std::optional(number()) : std::nullopt;
    const auto exponent = detail::to_big<detail::function_digits>(value);
    if (detail::is_far_out(exponent.convert_to<double>() * log10_e, answer)) return answer;
    return detail::from_big(detail::big_float<detail::function_digits>(exp(exponent)), 100);
}

POLKU_DECL std::optional<number> natural_logarithm(const number& value) {
    if (value.is_negative() || value.is_zero()) return std::nullopt;
    if (value == number(1)) return number();
    const auto argument = detail::to_big<detail::function_digits>(value);
    return detail::from_big(detail::big_float<detail::function_digits>(log(argument)), 90);
}

namespace detail {

POLKU_DECL wide low_limbs(const big_integer& of, bool& sticky, std::int64_t& dropped) {
    // Two hundred bits hold 60 digits: what is cut from the end only counts as "a little more".
    big_integer kept = of;
    while (msb(kept) > 230) {
        big_integer rest;
        big_integer shorter;
        const auto digits = static_cast<unsigned>((msb(kept) - 200) * 1233 / 4096 + 1);
        divide_qr(kept, big_integer(pow(big_integer(10), digits)), shorter, rest);
        sticky = sticky || rest != 0;
        dropped += digits;
        kept = shorter;
    }
    wide out;
    for (int i = 0; i < 4; ++i) out.limb[i] = static_cast<std::uint64_t>((kept >> (64 * i)) & ~std::uint64_t{0});
    return out;
}

// coefficient^exponent x 10^(-scale x exponent), or its inverse, from the exact integer power.
POLKU_DECL std::optional<number> exact_power(const wide& coefficient, std::int64_t scale, std::uint32_t exponent,
                                             bool inverse, bool negative) {
    const big_integer base = (big_integer(coefficient.limb[1]) << 64) | coefficient.limb[0];
    big_integer power = pow(base, exponent);
    std::int64_t power_scale = scale * exponent;
    bool sticky = false;
    if (inverse) {
        const auto raise = static_cast<unsigned>(msb(power) * 1233 / 4096 + 40);
        big_integer quotient;
        big_integer rest;
        divide_qr(big_integer(pow(big_integer(10), raise)), power, quotient, rest);
        sticky = rest != 0;
        power = quotient;
        power_scale = raise - power_scale;
    }
    std::int64_t dropped = 0;
    wide magnitude = low_limbs(power, sticky, dropped);
    power_scale -= dropped;
    if (!sticky) strip_zeros(magnitude, power_scale, std::min<std::int64_t>(power_scale, 0));
    return rounded(negative, magnitude, sticky, power_scale);
}

// |base|^exponent for an exponent so large that the exact power has thousands of digits. Such a power is never on the
// middle between two numbers, and the answer counts only when the two ends of its error bound round alike.
POLKU_DECL std::optional<number> long_power(const number& base, const number& exponent, bool negative) {
    using real = big_float<power_digits>;
    const real logarithm = log(to_big<power_digits>(base)) * to_big<power_digits>(exponent);
    std::optional<number> answer;
    constexpr double log10_e = 0.4342944819032518;
    const real bound = 20'000;
    if (logarithm > bound) return std::nullopt;
    if (logarithm < -bound) return number();
    if (is_far_out(logarithm.convert_to<double>() * log10_e, answer)) return answer;
    const real power = exp(logarithm);
    const real slack = power * pow(real(10), -power_check_digits);
    const auto low = from_big(real(power - slack), power_digits);
    const auto high = from_big(real(power + slack), power_digits);
    // Should the ends disagree (no such case is known), the middle is within one unit of the last digit.
    answer = low == high ? low : from_big(power, power_digits);
    return answer && negative ? std::optional(answer->negated()) : answer;
}

POLKU_DECL std::optional<number> integer_power(const number& base, const number& exponent, bool odd) {
    const bool negative = base.is_negative() && odd;
    const number positive = base.absolute().normalized();
    const bool inverse = exponent.is_negative();
    wide coefficient = magnitude_of(positive);
    std::int64_t scale = positive.scale();
    strip_zeros(coefficient, scale, number::min_scale - max_digits);
    const std::optional<std::int64_t> count = exponent.absolute().to_int64();
    if (compare(coefficient, wide(1)) == 0) {
        // A power of ten: the exponent of the result alone decides.
        if (scale == 0) return number(negative ? -1 : 1);
        if (!count || *count > 20'000) return (scale < 0) != inverse ? std::nullopt : std::optional(number());
        return rounded(negative, wide(1), false, (inverse ? -scale : scale) * *count);
    }
    if (count && *count <= max_exact_power_digits / digits_of(coefficient))
        return exact_power(coefficient, scale, static_cast<std::uint32_t>(*count), inverse, negative);
    return long_power(positive, exponent, negative);
}

POLKU_DECL bool is_odd_integer(const number& of) {
    const std::optional<number> rest = modulo(of, number(2));
    return rest && !rest->is_zero();
}

}  // namespace detail

POLKU_DECL std::optional<number> power(const number& base, const number& exponent) {
    if (exponent.is_zero()) return number(1);
    if (base.is_zero()) return exponent.is_negative() ? std::nullopt : std::optional(number());
    if (exponent.is_integer()) return detail::integer_power(base, exponent, detail::is_odd_integer(exponent));
    if (base.is_negative()) return std::nullopt;
    using real = detail::big_float<detail::function_digits>;
    const real logarithm = log(detail::to_big<detail::function_digits>(base));
    const real product = logarithm * detail::to_big<detail::function_digits>(exponent);
    std::optional<number> answer;
    constexpr double log10_e = 0.4342944819032518;
    const real bound = 20'000;
    if (product > bound) return std::nullopt;
    if (product < -bound) return number();
    if (detail::is_far_out(product.convert_to<double>() * log10_e, answer)) return answer;
    // 110 digits are well within what is right, turn 1.999...9 of an exact power back into 2, and still see on which
    // side of a middle the root of a number close to a square lies (they can agree to 69 digits).
    return detail::from_big(real(exp(product)), 110);
}

}  // namespace polku::inline POLKU_V::feel

#endif
