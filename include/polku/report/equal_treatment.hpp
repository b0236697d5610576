// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_EQUAL_TREATMENT_HPP
#define POLKU_REPORT_EQUAL_TREATMENT_HPP

#include <polku/path/equal_treatment.hpp>

#include <span>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// A comparison of variants as text in one of the languages: each pair with its verdict, what refutes it or stands in
/// the way, the client day by day and both answers; where asked, also the declared differences. `paths` are the
/// variants in the order of the comparison. English
/// readers get the engine's own words.
std::string treatment_text(std::span<const path::service_path> paths, const path::equal_treatment& of,
                           std::string_view language, bool declared = false);

}  // namespace polku::inline POLKU_V::report

#endif
