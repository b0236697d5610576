// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_WHAT_IF_HPP
#define POLKU_JSON_WHAT_IF_HPP

#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/result.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/what_if.hpp>

#include <string_view>

namespace polku::inline POLKU_V::json {

/// What is wanted of an answer, and how far and how long is searched.
struct what_if_wish {
    rules::pack_goal goal;          ///< what is wanted of the answer
    rules::what_if_options search;  ///< how far and how long is searched
};
/// A wish from a JSON text: `goal` (a FEEL unary test), and where there are any `member`, `until`, `max_evaluations`.
/// Errors have line, column and JSON pointer: those of `try_parse` and of `try_from_value` (json/described.hpp).
result<what_if_wish> try_parse_wish(std::string_view text, const parse_options& options = {});

/// What was found as a JSON value: `outcome`, `proposals` with their changes, dates and answers, and what the search
/// rests on (docs/what-if.md).
feel::value to_value(const rules::what_if_answer& of, const rules::pack& from);
/// The same with words for people in a language (`fi`, `sv`, `en`, `fi-selko`): `today words`, of each change the
/// `question`, `from words` and `to words`, and the `words` of each answer.
feel::value to_value(const rules::what_if_answer& of, const rules::pack& from, std::string_view language);

}  // namespace polku::inline POLKU_V::json

#endif
