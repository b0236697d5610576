// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_FIGURES_HPP
#define POLKU_REPORT_FIGURES_HPP

#include <polku/feel/number.hpp>
#include <polku/result.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// How a report of figures is written: for a terminal, as canonical JSON with exact decimals, as a table of values
/// separated by `;` for spreadsheets (plain numbers, ISO dates), or as one self-contained page (no script, nothing
/// fetched). The names are `text`, `json`, `csv` and `html`.
enum class figures_form : std::uint8_t { text, json, csv, html };

/// Languages of the reports of figures; another counts as English.
inline constexpr std::array<std::string_view, 3> figures_languages = {"fi", "sv", "en"};

/// Rows as text, and what it is called in errors. A text that begins with `{` or `[` is JSON: an array of objects, or
/// an object that holds it under the name that the reader says. Any other text is a table: a line of names, then a line
/// for each row, separated by `;` (then `37,21` is a number too) or `,`; an empty cell is a member left out; quotes as
/// in RFC 4180.
struct rows_text {
    std::string_view text;  ///< borrowed for the call
    std::string source;     ///< such as a file name
};

/// Money as people write it: `1 260,00 €` (with no-break spaces) in Finnish and Swedish, `€1,260.00` in English.
/// Rounded half up to `decimals`.
std::string money_text(const feel::number& euros, std::string_view language, std::int32_t decimals = 2);
/// A share such as `80,00 %`, `80.00%` in English; rounded half up to `decimals`.
std::string percent_text(const feel::number& percent, std::string_view language, std::int32_t decimals = 2);
/// A count with its thousands apart: `351 872`, `351,872` in English.
std::string count_text(std::int64_t count, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
