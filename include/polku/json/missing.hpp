// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_MISSING_HPP
#define POLKU_JSON_MISSING_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/missing.hpp>

#include <string_view>

namespace polku::inline POLKU_V::json {

/// What is missing for a decision as a JSON value, with the questions of the pack in a language (`fi`, `sv`, `en`,
/// `fi-selko`): `version`, `decided`, `value` when decided, `inputs`, `next` where there is one, `together`, `expected
/// cost` rounded to two decimals, `optimal`, `complete` (docs/missing.md).
feel::value to_value(const rules::missing_answer& of, const rules::pack& from, std::string_view language);

}  // namespace polku::inline POLKU_V::json

#endif
