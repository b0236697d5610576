// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_WHAT_IF_HPP
#define POLKU_JSON_WHAT_IF_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/what_if.hpp>

namespace polku::inline POLKU_V::json {

/// What was found as a JSON value: `outcome`, `proposals` with their changes, dates and answers, and what the search
/// rests on (docs/what-if.md).
feel::value to_value(const rules::what_if_answer& of, const rules::pack& from);

}  // namespace polku::inline POLKU_V::json

#endif
