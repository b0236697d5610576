// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_CHARTS_HPP
#define POLKU_SRC_REPORT_SITUATION_CHARTS_HPP

#include <polku/report/situation.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

// Charts of the last layer of a picture, as SVG: the total, or the municipality that was asked for. Empty where there
// is nothing to draw. A number that is hidden has no length: its bar or band is dashed.

/// Arrivals at each stage, and the clients who are there now.
std::string stage_chart(const situation& of, const path_situation& in, std::string_view language);
/// Moves as bands between where clients came from and where they went.
std::string flow_chart(const situation& of, const path_situation& in, std::string_view language);
/// Time in each stage as boxes from quartile to quartile.
std::string duration_chart(const situation& of, const path_situation& in, std::string_view language);
std::string outcome_chart(const situation& of, const path_situation& in, std::string_view language);
/// Clients in each environment beside its places.
std::string caseload_chart(const situation& of, const path_situation& in, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
