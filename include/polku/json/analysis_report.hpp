// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_ANALYSIS_REPORT_HPP
#define POLKU_JSON_ANALYSIS_REPORT_HPP

#include <polku/dmn/analysis.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

namespace polku::inline POLKU_V::json {

/// A report of the analysis as the JSON that docs/analysis.md describes: `verdict`, `tables`, `findings`.
feel::value analysis_value(const dmn::analysis_report& of);
/// One finding, and the verdicts of one table, as they stand there. Members without content are left out.
feel::value finding_value(const dmn::finding& of);
/// The verdicts of one table as they stand in a report.
feel::value verdicts_value(const dmn::table_verdicts& of);

/// Options from a JSON object: `nulls`, `advice` (booleans), `max_work`, `max_findings`, `max_replays` (whole numbers).
/// Errors: `json_unknown_member`, `json_wrong_type`, each with the JSON pointer.
result<dmn::analysis_options> try_analysis_options(const feel::value& document);

}  // namespace polku::inline POLKU_V::json

#endif
