// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_PACK_EXPLANATION_HPP
#define POLKU_RULES_PACK_EXPLANATION_HPP

#include <polku/rules/pack.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules {

/// One reason of an answer: what a rule that matched says, with the facts and figures that it rests on, and its
/// sources as `act section`.
struct reason {
    std::string rule;
    std::string text;
    std::vector<std::string> sources;
};

/// The reasons of an answer in a language (`fi`, `sv`, `en`, `fi-selko`; others are told in English), one for each rule
/// that matched, in the order of evaluation, a rule once. Values stand in the sentences as `value_words` writes them.
POLKU_DECL std::vector<reason> explain(const pack_answer& of, const pack& from, std::string_view language);

/// A value as people of a language write it: `1 260,50`, `1.6.2026`, `7 päivää`, `kyllä`, `ei tiedossa` for null; lists
/// item by item. Numbers keep all their digits, so that they can be read back.
POLKU_DECL std::string value_words(const feel::value& of, std::string_view language);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/pack_explanation.ipp>
#endif

#endif
