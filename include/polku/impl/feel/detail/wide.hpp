// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DETAIL_WIDE_HPP
#define POLKU_IMPL_FEEL_DETAIL_WIDE_HPP

#include <polku/config.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// Unsigned integers of 256 bits: just what exact decimal arithmetic on 34 digits needs (products have 68 digits,
// aligned sums 72, radicands 71). POLKU_PORTABLE_WIDE leaves out the compiler's 128-bit type, for compilers without it
// and for the tests that compare the two.
#if defined(__SIZEOF_INT128__) && !defined(POLKU_PORTABLE_WIDE)
#define POLKU_HAS_INT128 1
#else
#define POLKU_HAS_INT128 0
#endif

namespace polku::inline POLKU_V::feel::detail {

#if POLKU_HAS_INT128
__extension__ using double_word = unsigned __int128;
#endif

// The low word of a product; the high word goes to `high`.
constexpr std::uint64_t multiply_words(std::uint64_t a, std::uint64_t b, std::uint64_t& high) noexcept {
#if POLKU_HAS_INT128
    const double_word product = static_cast<double_word>(a) * b;
    high = static_cast<std::uint64_t>(product >> 64);
    return static_cast<std::uint64_t>(product);
#else
    const std::uint64_t a_low = a & 0xffffffffU;
    const std::uint64_t a_high = a >> 32;
    const std::uint64_t b_low = b & 0xffffffffU;
    const std::uint64_t b_high = b >> 32;
    const std::uint64_t low = a_low * b_low;
    const std::uint64_t middle = a_high * b_low + (low >> 32);
    const std::uint64_t other = a_low * b_high + (middle & 0xffffffffU);
    high = a_high * b_high + (middle >> 32) + (other >> 32);
    return (other << 32) | (low & 0xffffffffU);
#endif
}

// (high, low) / divisor with high < divisor.
constexpr std::uint64_t divide_words(std::uint64_t high, std::uint64_t low, std::uint64_t divisor,
                                     std::uint64_t& rest) noexcept {
#if POLKU_HAS_INT128
    if (high == 0) {
        rest = low % divisor;
        return low / divisor;
    }
#if defined(__x86_64__) && defined(__GNUC__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t quotient = 0;
        __asm__("divq %4" : "=a"(quotient), "=d"(rest) : "a"(low), "d"(high), "r"(divisor) : "cc");
        return quotient;
    }
#endif
    const double_word dividend = (static_cast<double_word>(high) << 64) | low;
    const auto quotient = static_cast<std::uint64_t>(dividend / divisor);
    rest = low - quotient * divisor;
    return quotient;
#else
    // Schoolbook division with half words (Knuth, The Art of Computer Programming 2, section 4.3.1, algorithm D).
    const int shift = std::countl_zero(divisor);
    divisor <<= shift;
    const std::uint64_t d1 = divisor >> 32;
    const std::uint64_t d0 = divisor & 0xffffffffU;
    std::uint64_t upper = shift == 0 ? high : (high << shift) | (low >> (64 - shift));
    const std::uint64_t lower = low << shift;
    std::uint64_t quotient = 0;
    for (int half = 1; half >= 0; --half) {
        const std::uint64_t next = half == 1 ? lower >> 32 : lower & 0xffffffffU;
        std::uint64_t digit = upper / d1;
        std::uint64_t left = upper % d1;
        while (digit >> 32 != 0 || digit * d0 > ((left << 32) | next)) {
            --digit;
            left += d1;
            if (left >> 32 != 0) break;
        }
        upper = ((upper << 32) | next) - digit * divisor;
        quotient = (quotient << 32) | digit;
    }
    rest = upper >> shift;
    return quotient;
#endif
}

struct wide {
    std::uint64_t limb[4] = {0, 0, 0, 0};  // least significant first

    constexpr wide() noexcept = default;
    constexpr explicit wide(std::uint64_t low, std::uint64_t high = 0) noexcept : limb{low, high, 0, 0} {}

    constexpr bool is_zero() const noexcept { return (limb[0] | limb[1] | limb[2] | limb[3]) == 0; }
    constexpr int limbs() const noexcept { return limb[3] != 0 ? 4 : (limb[2] != 0 ? 3 : (limb[1] != 0 ? 2 : 1)); }
    constexpr int bits() const noexcept {
        const int top = limbs() - 1;
        return 64 * top + static_cast<int>(std::bit_width(limb[top]));
    }
};

constexpr int compare(const wide& a, const wide& b) noexcept {
    for (int i = 3; i >= 0; --i)
        if (a.limb[i] != b.limb[i]) return a.limb[i] < b.limb[i] ? -1 : 1;
    return 0;
}

constexpr wide sum(const wide& a, const wide& b) noexcept {
    wide out;
    std::uint64_t carry = 0;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t part = a.limb[i] + carry;
        carry = part < carry ? 1U : 0U;
        out.limb[i] = part + b.limb[i];
        carry += out.limb[i] < part ? 1U : 0U;
    }
    return out;
}

// a - b for a >= b.
constexpr wide difference(const wide& a, const wide& b) noexcept {
    wide out;
    std::uint64_t borrow = 0;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t part = a.limb[i] - borrow;
        borrow = part > a.limb[i] ? 1U : 0U;
        out.limb[i] = part - b.limb[i];
        borrow += out.limb[i] > part ? 1U : 0U;
    }
    return out;
}

// The caller knows that the product fits.
constexpr wide product(const wide& a, const wide& b) noexcept {
    wide out;
    const int a_limbs = a.limbs();
    const int b_limbs = b.limbs();
    for (int i = 0; i < a_limbs; ++i) {
        std::uint64_t carry = 0;
        for (int j = 0; j < b_limbs && i + j < 4; ++j) {
            std::uint64_t high = 0;
            const std::uint64_t low = multiply_words(a.limb[i], b.limb[j], high);
            const std::uint64_t with_carry = low + carry;
            high += with_carry < low ? 1U : 0U;
            out.limb[i + j] += with_carry;
            carry = high + (out.limb[i + j] < with_carry ? 1U : 0U);
        }
        if (i + b_limbs < 4) out.limb[i + b_limbs] = carry;
    }
    return out;
}

constexpr wide shifted_left(const wide& of, int by) noexcept {
    wide out;
    const int words = by / 64;
    const int rest = by % 64;
    for (int i = 3; i >= words; --i) {
        out.limb[i] = of.limb[i - words] << rest;
        if (rest != 0 && i > words) out.limb[i] |= of.limb[i - words - 1] >> (64 - rest);
    }
    return out;
}

constexpr wide shifted_right(const wide& of, int by) noexcept {
    wide out;
    const int words = by / 64;
    const int rest = by % 64;
    for (int i = 0; i + words < 4; ++i) {
        out.limb[i] = of.limb[i + words] >> rest;
        if (rest != 0 && i + words < 3) out.limb[i] |= of.limb[i + words + 1] << (64 - rest);
    }
    return out;
}

constexpr wide divide_by_word(const wide& dividend, std::uint64_t divisor, std::uint64_t& rest) noexcept {
    wide out;
    std::uint64_t carry = 0;
    for (int i = dividend.limbs() - 1; i >= 0; --i) out.limb[i] = divide_words(carry, dividend.limb[i], divisor, carry);
    rest = carry;
    return out;
}

// One step of algorithm D: the digit of (u2, u1, u0) / (d1, d0), d1 with its top bit set, (u2, u1) < (d1, d0). Leaves
// the rest in u1, u0.
constexpr std::uint64_t divide_step(std::uint64_t u2, std::uint64_t& u1, std::uint64_t& u0, std::uint64_t d1,
                                    std::uint64_t d0) noexcept {
    // The guess from the upper limb is at most two too large; the lower limb corrects it before anything is subtracted.
    std::uint64_t digit = ~std::uint64_t{0};
    std::uint64_t left = u1 + d1;
    bool carried = left < d1;
    if (u2 < d1) {
        digit = divide_words(u2, u1, d1, left);
        carried = false;
    }
    std::uint64_t high = 0;
    std::uint64_t low = multiply_words(digit, d0, high);
    while (!carried && (high > left || (high == left && low > u0))) {
        --digit;
        left += d1;
        carried = left < d1;
        high -= low < d0 ? 1U : 0U;
        low -= d0;
    }
    u1 = left - high - (u0 < low ? 1U : 0U);
    u0 -= low;
    return digit;
}

// The divisor has at most two limbs.
constexpr wide divide(const wide& dividend, const wide& divisor, wide& rest) noexcept {
    rest = wide();
    if (divisor.limb[1] == 0) return divide_by_word(dividend, divisor.limb[0], rest.limb[0]);
    const int shift = std::countl_zero(divisor.limb[1]);
    const wide scaled = shifted_left(wide(divisor.limb[0], divisor.limb[1]), shift);
    const std::uint64_t overflow = shift == 0 ? 0 : dividend.limb[3] >> (64 - shift);
    const wide source = shifted_left(dividend, shift);
    wide out;
    std::uint64_t high = overflow;
    std::uint64_t low = source.limb[3];
    for (int i = 2; i >= 0; --i) {
        if (high == 0 && low == 0 && out.is_zero()) {
            low = source.limb[i];
            continue;
        }
        std::uint64_t next = source.limb[i];
        std::uint64_t middle = low;
        out.limb[i] = divide_step(high, middle, next, scaled.limb[1], scaled.limb[0]);
        high = middle;
        low = next;
    }
    rest.limb[0] = shift == 0 ? low : (low >> shift) | (high << (64 - shift));
    rest.limb[1] = high >> shift;
    return out;
}

constexpr int max_power_of_ten = 77;

constexpr std::array<wide, max_power_of_ten + 1> make_powers_of_ten() noexcept {
    std::array<wide, max_power_of_ten + 1> out{};
    out[0] = wide(1);
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = product(out[i - 1], wide(10));
    return out;
}
inline constexpr std::array<wide, max_power_of_ten + 1> powers_of_ten = make_powers_of_ten();

constexpr const wide& ten_to_the(int power) noexcept { return powers_of_ten[static_cast<std::size_t>(power)]; }

// Decimal digits; 0 for zero.
constexpr int digits_of(const wide& of) noexcept {
    // 1233 / 4096 is just above log10(2), so the guess is right or one too small.
    const int guess = (of.bits() * 1233) >> 12;
    return guess + (compare(of, ten_to_the(guess)) >= 0 ? 1 : 0);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
