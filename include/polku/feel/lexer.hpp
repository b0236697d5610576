// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_LEXER_HPP
#define POLKU_FEEL_LEXER_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

// The characters of FEEL (DMN 1.5 clause 10.3.1.2, rules 27-30 and 61-62). FEEL has no token stream of its own: where a
// name ends depends on the names in scope, so the parser asks for words, numbers and strings at a place of the text.

constexpr std::size_t no_place = static_cast<std::size_t>(-1);
constexpr char32_t no_character = 0xFFFFFFFF;

/// The code point at `place` and its length in bytes; `no_character` (length 1) for what is no UTF-8, length 0 at the
/// end.
POLKU_DECL char32_t decode(std::string_view text, std::size_t place, std::size_t& length) noexcept;
/// Appends a code point as UTF-8.
POLKU_DECL void append_utf8(std::string& out, char32_t point);
/// The place of the first byte that is no UTF-8, or `no_place`.
POLKU_DECL std::size_t find_invalid_utf8(std::string_view text) noexcept;

POLKU_DECL bool is_space(char32_t point) noexcept;
POLKU_DECL bool is_name_start(char32_t point) noexcept;
POLKU_DECL bool is_name_part(char32_t point) noexcept;
/// The additional name symbols `. / - ' + *` (rule 30).
constexpr bool is_name_symbol(char letter) noexcept {
    return letter == '.' || letter == '/' || letter == '-' || letter == '\'' || letter == '+' || letter == '*';
}
constexpr bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

/// Past white space only.
POLKU_DECL std::size_t skip_blanks(std::string_view text, std::size_t place) noexcept;
/// Past white space and comments. An unfinished `/*` leaves the place at its start.
POLKU_DECL std::size_t skip_space(std::string_view text, std::size_t place) noexcept;
/// Past the run of name part characters at `place`; `place` itself when there is none.
POLKU_DECL std::size_t word_end(std::string_view text, std::size_t place) noexcept;
/// Past the number `digits[.digits][e[+-]digits]` or `.digits` at `place`; `place` itself when there is none. Two dots
/// after the digits belong to a range.
POLKU_DECL std::size_t number_end(std::string_view text, std::size_t place) noexcept;
/// True for the words that end a name that nobody knows: `and`, `then`, `in`, ...
POLKU_DECL bool is_infix_keyword(std::string_view word) noexcept;

/// A text in Unicode form NFC, in which names are compared.
POLKU_DECL std::string normalize_nfc(std::string_view text);
/// A name as it is kept: outer white space gone, inner runs one space, Unicode form NFC.
POLKU_DECL std::string fold_name(std::string_view name);
/// Past `name` (folded) when the text has it at `place`, else `no_place`. White space around symbols does not count,
/// and a word must end where the name's word ends.
POLKU_DECL std::size_t match_name(std::string_view name, std::string_view text, std::size_t place);
/// Equal after folding, white space around symbols left out.
POLKU_DECL bool same_name(std::string_view folded, std::string_view other);
/// Single edits (insert, delete, replace) from one name to another, to suggest what was meant; stops counting at
/// `most`.
POLKU_DECL std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/lexer.ipp>
#endif

#endif
