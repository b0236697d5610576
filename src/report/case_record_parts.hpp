// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_CASE_RECORD_PARTS_HPP
#define POLKU_SRC_REPORT_CASE_RECORD_PARTS_HPP

#include <polku/report/case_record.hpp>

#include <optional>

namespace polku::inline POLKU_V::report {

/// What `try_record` tells, in two parts: what changes with events only, from the case as they leave it, and what
/// changes by the passing of days. Between two events only the second is told anew.
std::optional<case_record> record_of(const path::case_state& of);
void tell_day(case_record& into, const path::service_path& path, const path::case_state& whole,
              const path::case_state& of, time::date as_of);

}  // namespace polku::inline POLKU_V::report

#endif
