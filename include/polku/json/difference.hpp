// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DIFFERENCE_HPP
#define POLKU_JSON_DIFFERENCE_HPP

#include <polku/feel/value.hpp>
#include <polku/rules/difference.hpp>

namespace polku::inline POLKU_V::json {

/// A difference as a JSON value: versions, inputs and figures that differ, and the regions with their tests, changes
/// and witnesses (docs/diff.md).
feel::value to_value(const rules::difference_answer& of);

}  // namespace polku::inline POLKU_V::json

#endif
