// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_TIMELINE_HPP
#define POLKU_REPORT_TIMELINE_HPP

#include <polku/path/case.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// A case as a picture over time (SVG): stages, assessments, coaching and placements as bars, meetings, decisions and
/// follow-up points as marks, duties with their due days, up to `as_of`. Names of employers and places stay out, so the
/// picture shows nothing that a non-disclosure order hides. The look comes from `drawing_style` (svg.hpp).
std::string timeline(const path::case_state& of, const path::service_path& path, time::date as_of,
                     std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
