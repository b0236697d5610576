// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_LETTER_CASE_HPP
#define POLKU_IMPL_FEEL_LETTER_CASE_HPP

#include <polku/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

enum class letter_case : std::uint8_t { upper, lower };

/// The text in upper or lower case by Unicode's own mapping, without any language's rules. A character that becomes
/// several in upper case (`ß`, ligatures) does.
POLKU_DECL std::string in_letter_case(std::string_view text, letter_case wanted);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/letter_case.ipp>
#endif

#endif
