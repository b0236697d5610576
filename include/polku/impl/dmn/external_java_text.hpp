// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_JAVA_TEXT_HPP
#define POLKU_IMPL_DMN_EXTERNAL_JAVA_TEXT_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <span>
#include <string_view>

// The methods of Java's classes that make text. Private.

namespace polku::inline POLKU_V::dmn::detail {

/// Characters, that is code points.
POLKU_DECL std::size_t java_length(std::string_view text) noexcept;
/// The text of a whole number, boolean or character.
POLKU_DECL feel::value java_text(feel::evaluation_context& with, std::span<const feel::value> arguments);
/// `String.join`.
POLKU_DECL feel::value java_join(feel::evaluation_context& with, std::span<const feel::value> arguments);
/// `String.format` with the conversions s S d f b c n and %, width, precision and the flags - and 0, always with a
/// decimal point; null for anything else, and where an item is missing or of another kind.
POLKU_DECL feel::value java_format(feel::evaluation_context& with, std::span<const feel::value> arguments);

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/external_java_text.ipp>
#endif

#endif
