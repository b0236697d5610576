// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_MISSING_HPP
#define POLKU_JSON_MISSING_HPP

#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/result.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack.hpp>

#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// A question about what is missing.
struct missing_wish {
    rules::pack_question asked;     ///< the question
    rules::missing_options search;  ///< bounds and weights
};
/// From a JSON text: the members of a question (`try_parse_pack_question`), and `weights` where there are any. Errors:
/// those of `try_parse_pack_question` and of `try_read_weights`.
result<missing_wish> try_parse_missing(std::string_view text, const parse_options& options = {});
/// Weights of answers from a JSON object: by input an object with a number for each FEEL unary test,
/// `{"dismissals": {"true": 1, "false": 9}}`. Errors: `invalid_argument` for another shape.
result<std::vector<rules::answer_weights>> try_read_weights(const feel::value& from);

/// What is missing for a decision as a JSON value, with the questions of the pack in a language (`fi`, `sv`, `en`,
/// `fi-selko`): `version`, `decided`, `value` and its `words` when decided, `inputs`, `next` where there is one,
/// `together`, `expected cost` rounded to two decimals, `optimal`, `complete` (docs/missing.md).
feel::value to_value(const rules::missing_answer& of, const rules::pack& from, std::string_view language);

}  // namespace polku::inline POLKU_V::json

#endif
