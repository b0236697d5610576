// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_SIMULATION_PAGE_HPP
#define POLKU_WORKSPACE_SIMULATION_PAGE_HPP

#include <polku/path/service_path.hpp>
#include <polku/population/path_simulation.hpp>
#include <polku/population/simulation.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// Simulations as pages to look at: self-contained HTML with drawings, and a table with the same numbers beside each
/// (docs/simulation-pictures.md). They stand here and not in report/, since reports and simulations know nothing of
/// each other.

namespace polku::inline POLKU_V {

/// How a page of a simulation is written.
struct simulation_page_options {
    std::string language = "en";  ///< `fi`, `sv` or `en`; `fi-selko` gets Finnish
    std::int64_t threshold = 5;   ///< the smallest count that is shown; 1 shows all
    std::string municipality;     ///< the column that has municipality codes; empty: that of the simulation, if any
};

/// What rules decide of a table of people: what was asked, who is affected, differences group by group as tiles, how
/// often each value comes, and sums by month. `asked` is what the report was made from. Counts from 1 to the threshold
/// less 1 are hidden as in the situation report, and sums of so few people, too; each day by itself.
std::string simulation_page(const population::simulation_report& of, const population::simulation_options& asked,
                            const simulation_page_options& how);

/// Clients along a path: flows between stages, lines, waiting and cost by month with the interval of 5 to 95 %, and
/// ends. `path` names stages and exits. A figure of fewer clients than the threshold is hidden; sums are not compared.
std::string path_months_page(const population::path_simulation_report& of, const path::service_path& path,
                             const simulation_page_options& how);

/// A text, truth value or JSON as `member_total::values` has it, in the words of the pack.
std::string counted_value_words(const std::string& value, const std::string& member, const rules::pack& by,
                                std::string_view language);

}  // namespace polku::inline POLKU_V

#endif
