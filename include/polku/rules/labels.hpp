// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_LABELS_HPP
#define POLKU_RULES_LABELS_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/texts.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What values of a rule pack are called (docs/explain.md).

namespace polku::inline POLKU_V::rules {

/// The labels of a pack, for those who hold them by a pointer.
struct pack_labels {
    value_labels by_name;                  ///< of values
    std::map<std::string, texts> members;  ///< of members of answers, by name
};

/// As `value_words` of rules/pack_explanation.hpp, with the labels of a pack: `name` is the input, decision or member
/// that has the value.
POLKU_DECL std::string value_words(const feel::value& of, std::string_view language, const value_labels& labels,
                                   std::string_view name);

/// As `exact_words`, with the labels of a pack, each entry of a context by its own name. A text without a label that is
/// the label of another value stands in quotes.
POLKU_DECL std::string exact_words(const feel::value& of, std::string_view language, const value_labels& labels,
                                   std::string_view name);
/// The same for the answer of a decision, whose members are called as the pack says. A null is "not known", or "none"
/// under a name that is among `settled_nulls`. These words are for people; they are not read back.
POLKU_DECL std::string answer_words(const feel::value& of, std::string_view language, const pack_labels& labels,
                                    std::string_view name, std::span<const std::string> settled_nulls = {});
/// The names under which a value holds nulls, `name` for itself: what `settled_nulls` is where all facts are known.
POLKU_DECL std::vector<std::string> null_names(const feel::value& of, std::string_view name);
/// What a member of an answer is called: by the pack, else as it is.
POLKU_DECL std::string member_words(const std::string& name, std::string_view language, const pack_labels& labels);
/// True for a text that `exact_words` can write as it is: it begins with a letter, has letters, digits, spaces, `_`,
/// `-` and `/` alone, and is none of the words for other values.
POLKU_DECL bool is_plain_words(std::string_view text, std::string_view language);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/pack_explanation.ipp>
#include <polku/impl/rules/settled_nulls.ipp>
#endif

#endif
