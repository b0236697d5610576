// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_LEXER_IPP
#define POLKU_IMPL_FEEL_LEXER_IPP

#include <polku/detail/out_of_memory.hpp>
#include <polku/feel/lexer.hpp>

#include <utf8proc.h>
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

struct point_range {
    char32_t low;
    char32_t high;
};

template <std::size_t count>
constexpr bool is_in_ranges(const point_range (&ranges)[count], char32_t point) noexcept {
    for (const point_range& each : ranges)
        if (point >= each.low && point <= each.high) return true;
    return false;
}

POLKU_DECL char32_t decode(std::string_view text, std::size_t place, std::size_t& length) noexcept {
    if (place >= text.size()) {
        length = 0;
        return no_character;
    }
    const auto first = static_cast<unsigned char>(text[place]);
    if (first < 0x80) {
        length = 1;
        return first;
    }
    const std::size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    length = 1;
    if (first < 0xC2 || first > 0xF4 || place + wanted > text.size()) return no_character;
    char32_t point = first & (0x7FU >> wanted);
    for (std::size_t i = 1; i < wanted; ++i) {
        const auto next = static_cast<unsigned char>(text[place + i]);
        if ((next & 0xC0) != 0x80) return no_character;
        point = (point << 6) | (next & 0x3FU);
    }
    const bool overlong = (wanted == 3 && point < 0x800) || (wanted == 4 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return no_character;
    length = wanted;
    return point;
}

POLKU_DECL void append_utf8(std::string& out, char32_t point) {
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (point < 0x80) return push(point);
    if (point < 0x800) {
        push(0xC0 | (point >> 6));
    } else {
        if (point < 0x10000) {
            push(0xE0 | (point >> 12));
        } else {
            push(0xF0 | (point >> 18));
            push(0x80 | ((point >> 12) & 0x3F));
        }
        push(0x80 | ((point >> 6) & 0x3F));
    }
    push(0x80 | (point & 0x3F));
}

POLKU_DECL std::size_t find_invalid_utf8(std::string_view text) noexcept {
    std::size_t length = 0;
    for (std::size_t place = 0; place < text.size(); place += length)
        if (decode(text, place, length) == no_character) return place;
    return no_place;
}

POLKU_DECL bool is_space(char32_t point) noexcept {
    if (point < 0x80) return point == ' ' || (point >= 0x09 && point <= 0x0D);
    constexpr point_range spaces[] = {{0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x180E, 0x180E},
                                      {0x2000, 0x200B}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
                                      {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
    return is_in_ranges(spaces, point);
}

POLKU_DECL bool is_name_start(char32_t point) noexcept {
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || point == '_' || point == '?';
    constexpr point_range starts[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                      {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                      {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    return is_in_ranges(starts, point) && !is_space(point);
}

POLKU_DECL bool is_name_part(char32_t point) noexcept {
    if (point < 0x80) return is_name_start(point) || (point >= '0' && point <= '9');
    constexpr point_range parts[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
    return is_name_start(point) || is_in_ranges(parts, point);
}

POLKU_DECL std::size_t skip_blanks(std::string_view text, std::size_t place) noexcept {
    std::size_t length = 0;
    while (place < text.size() && is_space(decode(text, place, length))) place += length;
    return place;
}

POLKU_DECL std::size_t skip_space(std::string_view text, std::size_t place) noexcept {
    for (;;) {
        place = skip_blanks(text, place);
        const std::string_view opening = text.substr(place, 2);
        if (opening == "//") {
            const std::size_t end = text.find_first_of("\n\r", place);
            place = end == std::string_view::npos ? text.size() : end;
        } else if (opening == "/*") {
            const std::size_t end = text.find("*/", place + 2);
            if (end == std::string_view::npos) return place;
            place = end + 2;
        } else {
            return place;
        }
    }
}

POLKU_DECL std::size_t word_end(std::string_view text, std::size_t place) noexcept {
    std::size_t length = 0;
    while (place < text.size() && is_name_part(decode(text, place, length))) place += length;
    return place;
}

POLKU_DECL std::size_t number_end(std::string_view text, std::size_t place) noexcept {
    const auto digit_at = [text](std::size_t at) { return at < text.size() && is_digit(text[at]); };
    std::size_t end = place;
    while (digit_at(end)) ++end;
    if (end < text.size() && text[end] == '.' && digit_at(end + 1)) {
        ++end;
        while (digit_at(end)) ++end;
    }
    if (end == place || end >= text.size() || (text[end] != 'e' && text[end] != 'E')) return end;
    std::size_t power = end + 1;
    if (power < text.size() && (text[power] == '+' || text[power] == '-')) ++power;
    if (!digit_at(power)) return end;
    while (digit_at(power)) ++power;
    return power;
}

POLKU_DECL bool is_infix_keyword(std::string_view word) noexcept {
    constexpr std::string_view words[] = {"and",    "or",        "then",    "else",    "in",
                                          "return", "satisfies", "between", "instance"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

POLKU_DECL std::string normalize_nfc(std::string_view text) {
    // No code point below U+0300 combines, and U+0300 is the first whose bytes begin past 0xCB.
    if (std::all_of(text.begin(), text.end(), [](char each) { return static_cast<unsigned char>(each) < 0xCC; }))
        return std::string(text);
    utf8proc_uint8_t* made = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &made, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const auto release = [](utf8proc_uint8_t* bytes) { std::free(bytes); };
    const std::unique_ptr<utf8proc_uint8_t, decltype(release)> owned(made, release);
    if (size == UTF8PROC_ERROR_NOMEM) polku::detail::out_of_memory();
    if (size < 0) return std::string(text);
    return std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
}

POLKU_DECL std::string fold_name(std::string_view name) {
    std::string out;
    out.reserve(name.size());
    std::size_t length = 0;
    bool pending = false;
    for (std::size_t place = 0; place < name.size(); place += length) {
        if (is_space(decode(name, place, length))) {
            pending = !out.empty();
            continue;
        }
        if (pending) out.push_back(' ');
        pending = false;
        out.append(name.substr(place, length));
    }
    return normalize_nfc(out);
}

/// One step of `match_name`: past the word or symbol that both have next, or `no_place`.
POLKU_DECL std::size_t match_name_piece(std::string_view name, std::size_t& at, std::string_view text,
                                        std::size_t place) {
    const std::size_t name_end = word_end(name, at);
    if (name_end == at) {
        std::size_t length = 0;
        decode(name, at, length);
        const bool same = text.substr(place, length) == name.substr(at, length);
        at += length;
        return same ? place + length : no_place;
    }
    const std::size_t text_end = word_end(text, place);
    const std::string_view wanted = name.substr(at, name_end - at);
    const std::string_view found = text.substr(place, text_end - place);
    at = name_end;
    if (wanted == found) return text_end;
    // The name is in NFC; a word that is not may still be the same one.
    return found.size() >= wanted.size() && normalize_nfc(found) == wanted ? text_end : no_place;
}

POLKU_DECL std::size_t match_name(std::string_view name, std::string_view text, std::size_t place) {
    if (name.empty() || place >= text.size()) return no_place;
    const auto first = static_cast<unsigned char>(name.front());
    if (first < 0x80 && name.front() != text[place] && static_cast<unsigned char>(text[place]) < 0x80) return no_place;
    std::size_t at = 0;
    while (at < name.size()) {
        if (at != 0) place = skip_blanks(text, place);
        place = match_name_piece(name, at, text, place);
        if (place == no_place) return no_place;
        at = skip_blanks(name, at);
    }
    return place;
}

POLKU_DECL bool same_name(std::string_view folded, std::string_view other) {
    if (folded == other) return true;
    const std::string clean = fold_name(other);
    return folded == clean || match_name(folded, clean, 0) == clean.size();
}

POLKU_DECL std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most) {
    if (left.size() > right.size()) std::swap(left, right);
    if (right.size() - left.size() >= most || right.size() > 64) return most;
    std::vector<std::size_t> row(left.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
        std::size_t diagonal = row[0];
        row[0] = j;
        for (std::size_t i = 1; i <= left.size(); ++i) {
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
        }
    }
    return std::min(row[left.size()], most);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
