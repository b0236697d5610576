// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_MONEY_WORDS_HPP
#define POLKU_SRC_REPORT_MONEY_WORDS_HPP

#include <polku/rules/texts.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report::detail {

/// Words of the reports of figures.
enum class figure_word : unsigned char {
#define X(name, fi, sv, en) name,
#include "report/money_words.inc"
#undef X
};

/// The word in `fi` or `sv`; English for another language.
std::string word_of(figure_word which, std::string_view language);
using rules::text_in;

}  // namespace polku::inline POLKU_V::report::detail

#endif
