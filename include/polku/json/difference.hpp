// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DIFFERENCE_HPP
#define POLKU_JSON_DIFFERENCE_HPP

#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/difference.hpp>

#include <string_view>

namespace polku::inline POLKU_V::json {

/// What is compared, and how long is searched.
struct difference_wish {
    rules::difference_question asked;  ///< what is compared
    rules::difference_options search;  ///< how long is searched
};
/// Reads it from a JSON object: `was` and `is` (each a question to a pack, without inputs), `facts`, `member`,
/// `max_regions`. Errors of the 8xx family with line, column and pointer.
result<difference_wish> try_parse_difference(std::string_view text, const parse_options& options = {});

/// A difference as a JSON value: versions, inputs and figures that differ, and the regions with their tests, changes
/// and witnesses (docs/diff.md).
feel::value to_value(const rules::difference_answer& of);

}  // namespace polku::inline POLKU_V::json

#endif
