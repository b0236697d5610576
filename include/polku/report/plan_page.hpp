// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_PLAN_PAGE_HPP
#define POLKU_REPORT_PLAN_PAGE_HPP

#include <polku/path/case.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// One case's plan as a page to print and sign: self-contained HTML (no script, nothing fetched) in one of `languages`.
/// Goal, steps with owner, day and effect on benefits (a risk to the basic level is flagged), responsible worker and
/// network, services that the client is in or referred to, what is due next, measured abilities with their change,
/// goals with their scores. What a non-disclosure order hides is left out.
std::string plan_page(const path::service_path& path, const path::case_state& of, time::date as_of,
                      std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
