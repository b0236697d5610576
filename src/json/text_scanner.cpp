// SPDX-License-Identifier: Apache-2.0
#include "text_scanner.hpp"

#include <polku/impl/feel/utf8.hpp>

#include <optional>

#include "number_text.hpp"

namespace polku::inline POLKU_V::json::detail {

namespace {

/// Bytes of the code point outside ASCII that begins here; 0 when it is not valid UTF-8 (Unicode 15, table 3-7).
std::size_t foreign_length(const char* at, const char* end) noexcept {
    const auto byte = [at](std::size_t index) { return static_cast<unsigned char>(at[index]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || static_cast<std::size_t>(end - at) < length) return 0;
    const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < least || byte(1) > most) return 0;
    for (std::size_t index = 2; index < length; ++index)
        if ((byte(index) & 0xC0U) != 0x80U) return 0;
    return length;
}

}  // namespace

const char* text_scanner::past_rest(const char* at, const char* end) noexcept {
    while (at != end) {
        const auto here = static_cast<unsigned char>(*at);
        if (here < ' ' || here == '"' || here == '\\') break;
        const std::size_t length = here < 0x80 ? 1 : foreign_length(at, end);
        if (length == 0) break;
        at += length;
        if (length > 1) at = past_plain_words<special_or_foreign_bytes>(at, end);
    }
    return at;
}

bool text_scanner::take_long_number(const char* begin, feel::number& out) {
    if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
        ++at_;
        if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
        constexpr std::size_t most_digits = 4;  // the range of numbers ends before 10^6177
        std::uint64_t exponent = 0;
        const std::size_t digits = take_digits(exponent);
        if (digits == 0 || digits > most_digits) return false;
    }
    const auto exact = exact_number({begin, static_cast<std::size_t>(at_ - begin)});
    if (!exact) return false;
    out = *exact;
    return true;
}

/// A string whose first escape stands here.
bool text_scanner::take_escaped(const char* begin, std::string_view& out) {
    unescaped_.assign(begin, at_);
    while (at_ != end_) {
        if (*at_ == '"') {
            ++at_;
            out = unescaped_;
            return true;
        }
        if (*at_ != '\\' || !take_escape()) return false;
        const char* const plain = at_;
        at_ = past_plain(plain, end_);
        unescaped_.append(plain, at_);
    }
    return false;
}

bool text_scanner::take_escape() {
    static constexpr std::string_view letters = "\"\\/bfnrtu";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (++at_ == end_) return false;
    const std::size_t found = letters.find(*at_++);
    if (found < meanings.size()) {
        unescaped_ += meanings[found];
        return true;
    }
    std::uint32_t point = 0;
    if (found == std::string_view::npos || !take_code_unit(point)) return false;
    if (point >= 0xD800 && point < 0xDC00) {
        std::uint32_t second = 0;
        if (!take_word("\\u") || !take_code_unit(second) || second < 0xDC00 || second > 0xDFFF) return false;
        point = 0x10000 + ((point - 0xD800) << 10U) + (second - 0xDC00);
    }
    return feel::detail::append_utf8(point, unescaped_);
}

bool text_scanner::take_code_unit(std::uint32_t& out) noexcept {
    constexpr std::size_t digits = 4;
    if (static_cast<std::size_t>(end_ - at_) < digits) return false;
    out = 0;
    for (const char* const behind = at_ + digits; at_ != behind; ++at_) {
        const auto letter = static_cast<unsigned char>(*at_ | 0x20);
        const bool is_digit = *at_ >= '0' && *at_ <= '9';
        if (!is_digit && (letter < 'a' || letter > 'f')) return false;
        out = out << 4U | static_cast<std::uint32_t>(is_digit ? *at_ - '0' : letter - 'a' + 10);
    }
    return true;
}

}  // namespace polku::inline POLKU_V::json::detail
