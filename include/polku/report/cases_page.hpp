// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_CASES_PAGE_HPP
#define POLKU_REPORT_CASES_PAGE_HPP

#include <polku/path/case.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report {

/// One case for a page: what it is called there, and words about it.
struct page_case {
    std::string name;        ///< made up, or as the host calls the case
    path::texts story;       ///< in all four languages; may be empty
    path::case_state state;  ///< with its whole history
};

/// One self-contained HTML page (no script, nothing fetched) about cases of one path, in all four languages by a
/// switch: the path as a diagram, a table of where each client is and why, and for each client the timeline, the
/// decisions with their reasons and inputs, and what is open. What a non-disclosure order hides is left out.
std::string cases_page(const path::service_path& path, const std::vector<page_case>& cases, const path::texts& notice,
                       time::date as_of);

/// Where a case is, in words: the name of its stage, or of the exit by which it ended.
std::string place_text(const path::case_state& of, const path::service_path& path, std::string_view language);
/// Why it is there: the reasons of the last decision, the client's or worker's own words, or empty.
std::string reason_text(const path::case_state& of, const path::service_path& path, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
