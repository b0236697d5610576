// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_COMPARISON_HPP
#define POLKU_REPORT_COMPARISON_HPP

#include <polku/feel/number.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Figures that somebody else published, of the country or of another municipality, to stand beside the own ones.

namespace polku::inline POLKU_V::report {

/// Which own figure stands beside: its key in the situation picture (docs/reports.md lists the sections).
struct own_figure {
    std::string path;                    ///< id
    std::string section;                 ///< of the picture
    std::string item;                    ///< of the section
    std::optional<std::string> to;       ///< second item, where the figure has one
    std::optional<std::string> measure;  ///< `clients` unless said
    bool operator==(const own_figure&) const = default;
};
BOOST_DESCRIBE_STRUCT(own_figure, (), (path, section, item, to, measure))

/// One published figure, as it was published. Nothing is computed from it.
struct comparison_figure {
    std::string id;                           ///< unlike those of the others
    std::map<std::string, std::string> name;  ///< by language: `fi`, `sv`, `en`
    std::string area;                         ///< as it is shown: `Koko maa`, `Lappi`, ...
    time::date on;                            ///< the day, or the last day of the period, that it tells of
    feel::number value;                       ///< exact
    std::string unit;                         ///< `%`, `persons`, ...
    std::string source;                       ///< who published it, and where
    std::optional<std::string> method;        ///< survey, interview, instrument or register
    std::optional<own_figure> own;            ///< absent: none stands beside
    bool operator==(const comparison_figure&) const = default;
};
BOOST_DESCRIBE_STRUCT(comparison_figure, (), (id, name, area, on, value, unit, source, method, own))

/// Reads `{"figures": [...]}`. Errors: those of the 8xx family with a JSON pointer for what is no such document,
/// `comparison_invalid` for a figure without a source, area or name in a language, or an id that stands twice.
result<std::vector<comparison_figure>> try_read_comparison(std::string_view text, std::string source);

}  // namespace polku::inline POLKU_V::report

#endif
