// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_BUDGET_HPP
#define POLKU_REPORT_BUDGET_HPP

#include <polku/feel/number.hpp>
#include <polku/report/figures.hpp>
#include <polku/result.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The budget of a project as its plan gives it: costs, financing, and what of it was applied for, approved, rejected.
/// Flat rate and shares are decisions of the shipped pack `hankebudjetti` (Decree 866/2021 section 8).

namespace polku::inline POLKU_V::report {

/// Euros in the three columns of a funding decision. What is not given is not known, and is shown as empty.
struct budget_amounts {
    feel::number applied;                  ///< euros
    std::optional<feel::number> approved;  ///< euros
    std::optional<feel::number> rejected;  ///< euros
};
BOOST_DESCRIBE_STRUCT(budget_amounts, (), (applied, approved, rejected))

/// A source of financing.
struct budget_source {
    std::string id;                             ///< unlike those of the other sources
    std::map<std::string, std::string> name;    ///< by language
    budget_amounts amounts;                     ///< what it pays
    std::optional<feel::number> shown_percent;  ///< the share that the plan itself shows
};
BOOST_DESCRIBE_STRUCT(budget_source, (), (id, name, amounts, shown_percent))

/// A budget as its plan gives it.
struct project_budget {
    std::string id;                                 ///< of the project
    std::map<std::string, std::string> name;        ///< by language
    std::string source;                             ///< document that the figures are from
    std::optional<budget_amounts> staff_costs;      ///< direct staff costs
    std::optional<feel::number> flat_rate_percent;  ///< other costs as a flat rate of them
    std::optional<budget_amounts> flat_rate;        ///< as given
    std::optional<budget_amounts> income;           ///< taken off the costs
    budget_amounts total;                           ///< as given
    std::vector<budget_source> financing;           ///< as given; it is taken as it is, never reckoned
};
BOOST_DESCRIBE_STRUCT(project_budget, (),
                      (id, name, source, staff_costs, flat_rate_percent, flat_rate, income, total, financing))

/// One line of the report: what was given, and the share of the total.
struct budget_line {
    std::string id;                             ///< of the source
    budget_amounts amounts;                     ///< as given
    std::optional<feel::number> percent;        ///< of the total applied for, to two decimals
    std::optional<feel::number> shown_percent;  ///< as the plan shows it
    std::optional<feel::number> shown_amount;   ///< what exactly that share would come to
};
BOOST_DESCRIBE_STRUCT(budget_line, (), (id, amounts, percent, shown_percent, shown_amount))

/// The flat rate of one column, reckoned.
struct budget_flat_rate {
    std::string column;        ///< `applied`, `approved` or `rejected`
    feel::number exact;        ///< such as 2464675.20
    feel::number euros;        ///< to the whole euro
    feel::number total_exact;  ///< staff costs and flat rate
};
BOOST_DESCRIBE_STRUCT(budget_flat_rate, (), (column, exact, euros, total_exact))

/// A budget whose sums hold, and what was reckoned beside it.
struct budget_report {
    project_budget budget;                     ///< as given
    std::vector<budget_flat_rate> flat_rates;  ///< one for each column with staff costs; none without a flat rate
    std::vector<budget_line> financing;        ///< in the order of the plan
    feel::number not_told;                     ///< total applied for less all financing that was given
    std::vector<std::string> sources;          ///< of the rules
};
BOOST_DESCRIBE_STRUCT(budget_report, (), (budget, flat_rates, financing, not_told, sources))

/// Reads a budget from JSON. Errors: those of JSON.
result<project_budget> try_read_budget(std::string_view json, std::string source = {});

/// Checks that the given figures add up, to the euro and in each column: the flat rate is that of the staff costs,
/// costs less income are the total, financing is not above it (and is it, unless one source is left out), applied is
/// approved and rejected. Errors: `figures_refused` with every sum that fails as a cause, by JSON pointer;
/// `pack_not_in_force` for a flat rate that the pack does not know.
result<budget_report> try_budget_report(const project_budget& of);

/// The report in a form; `language` is `fi`, `sv` or `en`, another counts as English.
std::string write_budget(const budget_report& of, figures_form form, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
