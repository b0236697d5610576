// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_EQUAL_TREATMENT_HPP
#define POLKU_JSON_EQUAL_TREATMENT_HPP

#include <polku/feel/value.hpp>
#include <polku/path/equal_treatment.hpp>

namespace polku::inline POLKU_V::json {

/// A comparison of variants as `polku equal --json` writes it: verdict, variants, and for each pair its base, verdict,
/// counts and differences, those that clients meet with their commands and both answers.
feel::value treatment_value(const path::equal_treatment& of);

}  // namespace polku::inline POLKU_V::json

#endif
