// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_UTF8_HPP
#define POLKU_IMPL_FEEL_UTF8_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Text by code points, as the string built-ins and the regular expressions count it. Private.

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL std::size_t count_code_points(std::string_view text) noexcept;
/// Byte offset where code point `index` (from 0) starts; the text's size when there are not so many.
POLKU_DECL std::size_t offset_of_code_point(std::string_view text, std::size_t index) noexcept;
/// Adds a code point in UTF-8; false for surrogates and past U+10FFFF.
POLKU_DECL bool append_utf8(std::uint32_t point, std::string& to);
/// Reads the code point at `at` and moves behind it. The text is valid UTF-8; odd bytes read as themselves.
POLKU_DECL std::uint32_t next_code_point(std::string_view text, std::size_t& at) noexcept;

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/utf8.ipp>
#endif

#endif
