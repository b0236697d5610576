// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_EXPLANATION_HPP
#define POLKU_RULES_EXPLANATION_HPP

#include <polku/dmn/trace.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules {

/// What a decision rests on, in sentences of one language, read off its trace: for each decision its value; for each
/// table the inputs as they were, and the rules that matched with their annotations, or that none did, with what kept
/// the nearest ones from being met; for each null where it came from. Every name, value, text and annotation stands as
/// the model has it. Languages: `fi`, `sv`, `en`, `fi-selko`; others are told in English.
POLKU_DECL std::vector<std::string> explain(const dmn::trace& of, std::string_view language);

/// True for the four languages that texts are written in.
POLKU_DECL bool is_language(std::string_view language) noexcept;

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/explanation.ipp>
#endif

#endif
