// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_TEXTS_HPP
#define POLKU_RULES_TEXTS_HPP

#include <polku/config.hpp>

#include <map>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::rules {

/// A text by language: `fi`, `sv`, `en`, `fi-selko` (plain Finnish).
using texts = std::map<std::string, std::string>;

/// What values of a text type are called, by the name of the input, decision or member of an answer that has them, and
/// by the value.
using value_labels = std::map<std::string, std::map<std::string, texts>>;

/// A text in a language: the language itself, else Finnish for plain Finnish, else English, else any.
POLKU_DECL const std::string& text_in(const texts& of, std::string_view language);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/texts.ipp>
#endif

#endif
