// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_SITUATION_OUTPUT_HPP
#define POLKU_REPORT_SITUATION_OUTPUT_HPP

#include <polku/report/situation.hpp>

#include <string>
#include <string_view>

/// @file
/// A situation picture in the forms in which it is read, with the entries of reported registers. What is hidden is in
/// none of them. Languages: `fi`, `sv`, `en`; `fi-selko` gets Finnish.

namespace polku::inline POLKU_V::report {

/// The whole picture, or only its transition data: where clients go from each stage and how long it took. In order:
/// `all`, `transitions`.
enum class picture_part : unsigned char { all, transitions };

/// Tables for a terminal.
std::string situation_text(const situation& of, picture_part part, std::string_view language);
/// One line of canonical JSON: ids, no words.
std::string situation_json(const situation& of, picture_part part);
/// RFC 4180, one figure a line (transition data: one move a line), ids, no words.
std::string situation_csv(const situation& of, picture_part part);
/// A self-contained page: tables, and charts drawn in SVG, without scripts, nothing fetched.
std::string situation_page(const situation& of, picture_part part, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
