// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_PATH_PROOF_HPP
#define POLKU_REPORT_PATH_PROOF_HPP

#include <polku/path/proof.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report {

/// The answer of a proof as plain text in one of `languages` (labels.hpp): each property with its verdict, each finding
/// with its names and, where asked, its story and how it ended. The engine's own words are in English, and quoted there
/// alone.
std::string proof_text(const path::service_path& path, const path::path_proof& of, std::string_view language,
                       bool stories = true);

/// The same as an HTML page of its own, with the drawing of the path.
std::string proof_page(const path::service_path& path, const path::path_proof& of, std::string_view language);

/// The word for a verdict.
std::string_view verdict_word(path::proof_verdict of, std::string_view language) noexcept;

/// A story as one line for each command, with day and names of the path.
std::vector<std::string> story_lines(const path::service_path& path, const std::vector<path::command>& story,
                                     std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
