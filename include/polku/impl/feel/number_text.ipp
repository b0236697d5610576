// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_NUMBER_TEXT_IPP
#define POLKU_IMPL_FEEL_NUMBER_TEXT_IPP

#include <polku/feel/number.hpp>
#include <polku/impl/feel/detail/decimal.hpp>
#include <polku/impl/feel/detail/wide.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace polku::inline POLKU_V::feel {

namespace detail {

// Reads the digits of a number from left to right. 36 digits decide the rounding to 34 but for one bit: whether any
// later digit is not zero.
struct digit_reader {
    std::uint64_t head = 0;  // the first 18 digits
    std::uint64_t rest = 0;  // the next 18
    int count = 0;           // digits read into the two, without leading zeros
    bool sticky = false;
    std::int64_t scale = 0;

    void take(unsigned digit, bool after_point) noexcept {
        if (after_point) ++scale;
        if (count == 0 && digit == 0) return;
        if (count < 18) {
            head = head * 10 + digit;
        } else if (count < 36) {
            rest = rest * 10 + digit;
        } else {
            sticky = sticky || digit != 0;
            --scale;
            return;
        }
        ++count;
    }
    wide magnitude() const noexcept {
        if (count <= 18) return wide(head);
        return sum(product(wide(head), ten_to_the(count - 18)), wide(rest));
    }
};

constexpr bool is_number_digit(char of) noexcept { return of >= '0' && of <= '9'; }

// `[+-]digits` from `at` to the end; false for anything else. Past a million the value stays at a million.
POLKU_DECL bool read_exponent(std::string_view text, std::size_t at, std::int64_t& exponent) noexcept {
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (at == text.size()) return false;
    constexpr std::int64_t bound = 1'000'000'000'000;
    exponent = 0;
    for (; at < text.size(); ++at) {
        if (!is_number_digit(text[at])) return false;
        exponent = std::min(bound, exponent * 10 + (text[at] - '0'));
    }
    if (negative) exponent = -exponent;
    return true;
}

}  // namespace detail

POLKU_DECL std::optional<number> number::parse(std::string_view text) noexcept {
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) ++at;
    detail::digit_reader read;
    const std::size_t first = at;
    for (; at < text.size() && detail::is_number_digit(text[at]); ++at)
        read.take(static_cast<unsigned>(text[at] - '0'), false);
    bool any = at > first;
    if (at < text.size() && text[at] == '.') {
        const std::size_t decimals = ++at;
        for (; at < text.size() && detail::is_number_digit(text[at]); ++at)
            read.take(static_cast<unsigned>(text[at] - '0'), true);
        any = at > decimals;
    }
    if (!any) return std::nullopt;
    if (at < text.size()) {
        std::int64_t exponent = 0;
        if ((text[at] != 'e' && text[at] != 'E') || !detail::read_exponent(text, at + 1, exponent)) return std::nullopt;
        read.scale -= exponent;
    }
    if (read.count <= 18 && read.scale >= 0 && read.scale <= max_scale) {
        const auto coefficient = static_cast<std::int64_t>(read.head);
        return from_scaled(negative ? -coefficient : coefficient, static_cast<std::int32_t>(read.scale));
    }
    return detail::rounded(negative, read.magnitude(), read.sticky, read.scale);
}

namespace detail {

POLKU_DECL std::string digits_text(wide magnitude) {
    constexpr std::uint64_t chunk = 1'000'000'000'000'000'000;
    std::string out;
    while (!magnitude.is_zero()) {
        std::uint64_t rest = 0;
        magnitude = divide_by_word(magnitude, chunk, rest);
        for (int i = 0; i < 18 && (rest != 0 || !magnitude.is_zero()); ++i) {
            out += static_cast<char>('0' + rest % 10);
            rest /= 10;
        }
    }
    std::reverse(out.begin(), out.end());
    return out;
}

// digits x 10^-scale without an exponent.
POLKU_DECL std::string plain_number(std::string digits, std::int64_t scale) {
    if (scale <= 0) return digits.append(static_cast<std::size_t>(-scale), '0');
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    return digits.insert(digits.size() - decimals, 1, '.');
}

}  // namespace detail

POLKU_DECL std::string number::to_string() const {
    if (is_zero()) return "0";
    if (scale_ == 0 && is_small()) return std::to_string(small_coefficient());
    detail::wide magnitude = detail::magnitude_of(*this);
    std::int64_t scale = scale_;
    detail::strip_zeros(magnitude, scale, min_scale - detail::max_digits);
    std::string digits = detail::digits_text(magnitude);
    const std::int64_t top = static_cast<std::int64_t>(digits.size()) - 1 - scale;  // the exponent of the first digit
    const bool is_power = digits == "1";
    std::string out = is_negative() ? "-" : "";
    if (top >= -detail::max_digits && (top < detail::max_digits || (top == detail::max_digits && is_power)))
        return out + detail::plain_number(std::move(digits), scale);
    if (digits.size() > 1) digits.insert(1, 1, '.');
    return out + digits + (top < 0 ? "E-" : "E+") + std::to_string(top < 0 ? -top : top);
}

}  // namespace polku::inline POLKU_V::feel

#endif
