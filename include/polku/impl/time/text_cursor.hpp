// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_TEXT_CURSOR_HPP
#define POLKU_IMPL_TIME_TEXT_CURSOR_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::time::detail {

/// Reads a text from left to right; each `take_` moves on only when it finds what it wants.
class text_cursor {
public:
    constexpr explicit text_cursor(std::string_view text) noexcept : rest_(text) {}

    constexpr bool at_end() const noexcept { return rest_.empty(); }
    constexpr std::string_view rest() const noexcept { return rest_; }
    constexpr char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }
    constexpr bool take(char wanted) noexcept {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Number of digits that follow.
    constexpr std::size_t digits_ahead() const noexcept {
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
        return count;
    }
    /// Exactly `count` digits (at most 18), no more.
    constexpr bool take_digits(std::size_t count, std::int64_t& out) noexcept {
        if (digits_ahead() != count) return false;
        out = 0;
        for (std::size_t i = 0; i < count; ++i) out = out * 10 + (rest_[i] - '0');
        rest_.remove_prefix(count);
        return true;
    }
    /// One or more digits that fit 64 bits.
    constexpr bool take_number(std::uint64_t& out) noexcept {
        const std::size_t count = digits_ahead();
        if (count == 0) return false;
        out = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto digit = static_cast<std::uint64_t>(rest_[i] - '0');
            if (out > (UINT64_MAX - digit) / 10) return false;
            out = out * 10 + digit;
        }
        rest_.remove_prefix(count);
        return true;
    }
    /// `.digits` as nanoseconds, cut after nine digits; 0 without a point. False for a point without digits.
    constexpr bool take_fraction(std::int32_t& nanoseconds) noexcept {
        nanoseconds = 0;
        if (!take('.')) return true;
        const std::size_t count = digits_ahead();
        if (count == 0) return false;
        for (std::size_t i = 0; i < 9; ++i) nanoseconds = nanoseconds * 10 + (i < count ? rest_[i] - '0' : 0);
        rest_.remove_prefix(count);
        return true;
    }

private:
    std::string_view rest_;
};

/// Appends `value` with at least `width` digits.
inline void append_padded(std::string& out, std::uint64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

/// Appends `.digits` without trailing zeros; nothing for 0.
inline void append_fraction(std::string& out, std::uint32_t nanoseconds) {
    if (nanoseconds == 0) return;
    out += '.';
    append_padded(out, nanoseconds, 9);
    while (out.back() == '0') out.pop_back();
}

}  // namespace polku::inline POLKU_V::time::detail

#endif
