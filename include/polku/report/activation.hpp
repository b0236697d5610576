// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_ACTIVATION_HPP
#define POLKU_REPORT_ACTIVATION_HPP

#include <polku/feel/number.hpp>
#include <polku/report/figures.hpp>
#include <polku/result.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Activation rate and structural unemployment of an area, from figures that a statistic gives. The definitions are
/// decisions of the shipped pack `tyollisyysluvut`.

namespace polku::inline POLKU_V::report {

/// Figures of one area in one period, counted by the same statistic.
struct area_figures {
    std::string area;              ///< name or code, as it is shown
    std::string period;            ///< such as `2025` or `2026-05`
    std::int64_t unemployed = 0;   ///< persons
    std::int64_t in_services = 0;  ///< persons in the services that the statistic counts
    // The four groups of structural unemployment (rakennetyöttömät).
    std::optional<std::int64_t> long_term_unemployed;       ///< continuously at least a year
    std::optional<std::int64_t> repeatedly_unemployed;      ///< in total 12 of the last 16 months
    std::optional<std::int64_t> unemployed_after_services;  ///< unemployed three months after a service ended
    std::optional<std::int64_t> from_service_to_service;    ///< in a service again within three months
};
BOOST_DESCRIBE_STRUCT(area_figures, (),
                      (area, period, unemployed, in_services, long_term_unemployed, repeatedly_unemployed,
                       unemployed_after_services, from_service_to_service))

/// What was given, and the rates that follow.
struct area_rates {
    area_figures figures;                         ///< as given
    std::optional<feel::number> activation_rate;  ///< percent to two decimals; none where there is nobody to count
    std::optional<std::int64_t> structural;       ///< none unless all four groups are given
};
BOOST_DESCRIBE_STRUCT(area_rates, (), (figures, activation_rate, structural))

/// Areas in the order of the rows.
struct activation_report {
    std::vector<area_rates> areas;     ///< one for each row
    std::vector<std::string> sources;  ///< of the rules, as act and section or publication
};
BOOST_DESCRIBE_STRUCT(activation_report, (), (areas, sources))

/// Reads rows, from JSON under the name `areas`. Errors: those of JSON, `table_syntax`, `row_refused`.
result<std::vector<area_figures>> try_read_area_figures(const rows_text& from);

/// Errors: `row_refused` for figures that cannot be: negative ones, groups that are more than all unemployed, more
/// people from service to service than in services, the same area and period twice.
result<activation_report> try_activation(std::span<const area_figures> rows);

/// The report in a form; `language` is `fi`, `sv` or `en`, another counts as English.
std::string write_activation(const activation_report& of, figures_form form, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
