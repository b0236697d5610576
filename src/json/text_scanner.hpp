// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_TEXT_SCANNER_HPP
#define POLKU_SRC_JSON_TEXT_SCANNER_HPP

#include <polku/feel/number.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "plain_bytes.hpp"

namespace polku::inline POLKU_V::json::detail {

/// Takes JSON from left to right, as strictly as `try_parse` does, for a reader that knows what it expects. A `take_`
/// that finds something else, or something wrong or rare, is false and does not say why; where it stops then is of no
/// use. Whoever needs the reason asks `try_parse`.
class text_scanner {
public:
    void start(std::string_view text) noexcept {
        at_ = text.data();
        end_ = at_ + text.size();
    }
    /// True when the whole name can stand between quotes as it is.
    static bool is_plain(std::string_view name) noexcept {
        return past_plain(name.data(), name.data() + name.size()) == name.data() + name.size();
    }

    /// What comes behind white space; NUL at the end.
    char peek() noexcept {
        if (POLKU_UNLIKELY(at_ == end_ || static_cast<unsigned char>(*at_) <= ' ')) skip_space();
        return at_ != end_ ? *at_ : '\0';
    }
    bool at_end() noexcept {
        skip_space();
        return at_ == end_;
    }
    /// A character other than NUL.
    bool take(char wanted) noexcept {
        if (peek() != wanted) return false;
        ++at_;
        return true;
    }
    /// `true`, `false` or `null`, where `peek` stands.
    bool take_word(std::string_view word) noexcept {
        if (static_cast<std::size_t>(end_ - at_) < word.size() || std::memcmp(at_, word.data(), word.size()) != 0)
            return false;
        at_ += word.size();
        return true;
    }
    /// The string of a name that is plain; stays where it is when another one comes.
    bool take_name(std::string_view plain) noexcept {
        if (peek() != '"' || static_cast<std::size_t>(end_ - at_) < plain.size() + 2) return false;
        const char* const behind = at_ + 1 + plain.size();
        if (*behind != '"' || std::memcmp(at_ + 1, plain.data(), plain.size()) != 0) return false;
        at_ = behind + 1;
        return true;
    }
    /// A string, valid until the next one is taken.
    bool take_string(std::string_view& out) {
        if (peek() != '"') return false;
        const char* const begin = at_ + 1;
        at_ = past_plain(begin, end_);
        if (POLKU_UNLIKELY(at_ == end_ || *at_ != '"')) return take_escaped(begin, out);
        out = {begin, static_cast<std::size_t>(at_ - begin)};
        ++at_;
        return true;
    }
    /// A number that can be held exactly, where `peek` stands.
    bool take_number(feel::number& out) {
        const char* const begin = at_;
        const bool is_negative = at_ != end_ && *at_ == '-';
        if (is_negative) ++at_;
        std::uint64_t coefficient = 0;  // of no use past eighteen digits
        const bool starts_with_zero = at_ != end_ && *at_ == '0';
        const std::size_t whole = take_digits(coefficient);
        if (whole == 0 || (starts_with_zero && whole > 1)) return false;
        std::size_t decimals = 0;
        if (at_ != end_ && *at_ == '.') {
            ++at_;
            decimals = take_digits(coefficient);
            if (decimals == 0) return false;
        }
        const bool has_exponent = at_ != end_ && (*at_ == 'e' || *at_ == 'E');
        if (POLKU_UNLIKELY(whole + decimals > 18 || has_exponent)) return take_long_number(begin, out);
        const auto magnitude = static_cast<std::int64_t>(coefficient);
        out = feel::number::from_scaled(is_negative ? -magnitude : magnitude, static_cast<std::int32_t>(decimals));
        return true;
    }

private:
    /// Past bytes that stand for themselves and are valid UTF-8.
    static const char* past_plain(const char* at, const char* end) noexcept {
        at = past_plain_words<special_or_foreign_bytes>(at, end);
        return POLKU_LIKELY(at != end && *at == '"') ? at : past_rest(at, end);
    }
    static const char* past_rest(const char* at, const char* end) noexcept;

    void skip_space() noexcept {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    }
    std::size_t take_digits(std::uint64_t& number) noexcept {
        const char* const begin = at_;
        for (; at_ != end_; ++at_) {
            const auto digit = static_cast<unsigned char>(*at_ - '0');
            if (digit > 9) break;
            number = number * 10 + digit;
        }
        return static_cast<std::size_t>(at_ - begin);
    }
    bool take_long_number(const char* begin, feel::number& out);
    bool take_escaped(const char* begin, std::string_view& out);
    bool take_escape();
    bool take_code_unit(std::uint32_t& out) noexcept;

    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::string unescaped_;
};

}  // namespace polku::inline POLKU_V::json::detail

#endif
