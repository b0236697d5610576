// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_NUMBER_TEXT_HPP
#define POLKU_SRC_JSON_NUMBER_TEXT_HPP

#include <polku/feel/number.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

/// Numbers as JSON writes them, exactly or not at all.
namespace polku::inline POLKU_V::json::detail {

/// Digits from the first to the last that is not zero.
std::size_t significant_digits(std::string_view number) noexcept;
/// Empty for a number that cannot be held exactly.
std::optional<feel::number> exact_number(std::string_view text);

/// A number of at most 18 digits without an exponent, in the text that a JSON parser took for a number; false for
/// others.
inline bool short_number(std::string_view text, feel::number& out) noexcept {
    constexpr std::size_t longest = 19;  // with the point
    const bool is_negative = !text.empty() && text.front() == '-';
    if (is_negative) text.remove_prefix(1);
    if (text.size() > longest) return false;
    std::uint64_t coefficient = 0;  // nineteen digits fit, so a number without a point is refused after the loop
    std::size_t point = text.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto digit = static_cast<unsigned char>(text[at] - '0');
        if (digit < 10)
            coefficient = coefficient * 10 + digit;
        else if (text[at] == '.')
            point = at + 1;
        else
            return false;
    }
    if (text.size() == longest && point == text.size()) return false;
    const auto magnitude = static_cast<std::int64_t>(coefficient);
    out =
        feel::number::from_scaled(is_negative ? -magnitude : magnitude, static_cast<std::int32_t>(text.size() - point));
    return true;
}

}  // namespace polku::inline POLKU_V::json::detail

#endif
