// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_PATH_BACKTEST_HPP
#define POLKU_WORKSPACE_PATH_BACKTEST_HPP

#include <polku/population/path_simulation.hpp>
#include <polku/workspace/workspace.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// @file
/// How well a simulation along a path tells what came to pass: assumptions are read out of a store's cases up to a day,
/// the months after it are simulated, and what the store holds of those months stands beside them.

namespace polku::inline POLKU_V {

/// What is compared, and how the months after the day are simulated.
struct backtest_options {
    std::string path;                ///< id
    time::date until;                ///< the last day that is known: the last one of a month
    std::optional<time::date> last;  ///< a day of the last month to compare; none: that of the last move in the store
    std::uint32_t months_back = 12;  ///< arrivals are those of so many months up to the day, or of those that there are
    std::uint32_t repeats = 100;     ///< runs with other seeds, from 1 to 10 000
    std::uint32_t threads = 1;       ///< the figures do not depend on it
    std::uint64_t seed = 1;          ///< of the simulation
    /// For what the store does not tell: facts that nobody was routed by, and stages that nobody has left.
    std::optional<population::path_assumptions> otherwise;
    std::function<void(std::uint64_t cases)> progress;  ///< told now and then how many cases were read
};

/// A figure of a month as it was simulated, and as the store has it.
struct backtest_figure {
    std::string month;                                                       ///< `2027-01`
    std::string municipality;                                                ///< empty: all
    population::path_figure_kind kind = population::path_figure_kind::path;  ///< what the figure is about
    std::string of;       ///< id of the stage, exit or service; empty for the path
    std::string measure;  ///< as those of `path_figure`; what no case tells (waiting, cost) is not compared
    population::figure_spread simulated;  ///< over the repeats
    std::int64_t real = 0;                ///< what the store has
};
BOOST_DESCRIBE_STRUCT(backtest_figure, (), (month, municipality, kind, of, measure, simulated, real))

/// The errors of one measure over all its months: of medians against what came to pass, to a tenth.
struct backtest_measure {
    bool by_municipality = false;  ///< over the figures of single municipalities; else of all together
    population::path_figure_kind kind = population::path_figure_kind::path;  ///< what its figures are about
    std::string of;                                                          ///< as that of the figures
    std::string measure;                                                     ///< as that of the figures
    std::int64_t figures = 0;                                                ///< how many were compared
    feel::number real;                                                       ///< on average
    feel::number error;                    ///< on average: above 0 where too much was foretold
    feel::number absolute;                 ///< average of errors without their signs
    std::optional<feel::number> of_level;  ///< the absolute error of a hundred that came true; none where nothing did
    feel::number covered;                  ///< of a hundred figures, those within their 5 % to 95 %
};
BOOST_DESCRIBE_STRUCT(backtest_measure, (),
                      (by_municipality, kind, of, measure, figures, real, error, absolute, of_level, covered))

/// The assumptions that the cases up to the day gave, and how near their simulation came.
struct backtest_report {
    std::string path;                          ///< id
    time::date until;                          ///< the last day that was known
    std::vector<std::string> months;           ///< those that are compared: `2027-01`
    std::int64_t cases = 0;                    ///< on the path
    std::int64_t hidden = 0;                   ///< left out: clients whose municipality a non-disclosure order hides
    population::path_assumptions assumptions;  ///< as they were read out of the store
    std::vector<backtest_figure> figures;      ///< by month and municipality
    std::vector<backtest_measure> measures;    ///< all together first
};
BOOST_DESCRIBE_STRUCT(backtest_report, (), (path, until, months, cases, hidden, assumptions, figures, measures))

/// Reads, simulates and compares. Cases are read without a reader and not logged as reads of a person: what comes out
/// is counts. Errors: `not_found` for a path without cases; `invalid_argument` for a day that ends no month, or after
/// which the store has no whole month; `simulation_shape` where the cases up to the day tell too little of a stage, and
/// nothing is given otherwise; those of `population::try_simulate_path` and of reading cases.
result<backtest_report> try_backtest(workspace& of, const backtest_options& options);

}  // namespace polku::inline POLKU_V

#endif
