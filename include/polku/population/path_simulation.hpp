// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POPULATION_PATH_SIMULATION_HPP
#define POLKU_POPULATION_PATH_SIMULATION_HPP

#include <polku/feel/number.hpp>
#include <polku/path/service_path.hpp>
#include <polku/population/path_assumptions.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Clients along a path, month by month: who is where, who waits how long, who leaves where to, and what unemployment
/// costs. Routing is the path's own: the facts that are drawn for a client go through the very tables that route a
/// case.

namespace polku::inline POLKU_V::population {

/// One side of a simulation.
struct simulated_path {
    path_assumptions assumptions;  ///< arrivals, places, durations, shares of facts
    /// Versions of the path. Each month is routed by the one in force on its first day, of several the newest.
    std::vector<path::service_path> versions;
    std::string source;  ///< what the assumptions are called in errors
};

/// What is simulated, and how often.
struct path_simulation_options {
    simulated_path is;                      ///< the side that is always there
    std::optional<simulated_path> against;  ///< the other side, over the same draws
    /// The dated ladder of municipal shares (pack `kuntarahoitus`); needed where unemployment is assumed.
    std::optional<rules::pack> ladder;
    std::optional<std::uint64_t> seed;  ///< instead of that of the assumptions
    std::uint32_t repeats = 100;        ///< runs with other seeds, from 1 to 10 000
    std::uint32_t threads = 1;          ///< the figures do not depend on it
    /// Told by the calling thread how much of its work is done, in months; false stops with `cancelled`.
    std::function<bool(std::size_t done, std::size_t of)> progress;
};

/// What a figure is about: `path` (all clients of it), a `stage`, an `exit`, or a `service`.
enum class path_figure_kind : std::uint8_t { path, stage, exit, service };
BOOST_DESCRIBE_ENUM(path_figure_kind, path, stage, exit, service)

/// A figure over all repeats, by nearest rank: half of them are at most the median, a twentieth at most `low`, and
/// nineteen twentieths at most `high`.
struct figure_spread {
    feel::number median;  ///< the middle one
    feel::number low;
    feel::number high;
};
BOOST_DESCRIBE_STRUCT(figure_spread, (), (median, low, high))

/// One figure of a month. Measures, of clients unless said:
/// - of the path: `arrived`, `left`, `on_path` at the end of the month, `benefit_days`, `cost` (euros to the cent);
/// - of a stage or service: `entered`, `left`, `inside` and `waiting` at the end of the month, `waited` (days that
/// those
///   who entered had waited, on average, to a tenth); of a stage besides `moved` to a stage or exit;
/// - of an exit: `left`.
struct path_figure {
    std::string month;                               ///< `2027-01`
    std::string municipality;                        ///< code; empty: all
    path_figure_kind kind = path_figure_kind::path;  ///< what it is about
    std::string of;                                  ///< id; empty for the path
    std::string to;                                  ///< stage or exit, of `moved`
    std::string measure;                             ///< one of those above
    figure_spread is;                                ///< of the first side
    std::optional<figure_spread> against;            ///< of the other side
    std::optional<figure_spread> difference;         ///< against less is, repeat by repeat
};
BOOST_DESCRIBE_STRUCT(path_figure, (), (month, municipality, kind, of, to, measure, is, against, difference))

/// All figures of a simulation along a path.
struct path_simulation_report {
    std::string path;                         ///< id
    std::int64_t seed = 0;                    ///< the first repeat's
    std::int64_t repeats = 0;                 ///< how many were run
    std::vector<std::string> months;          ///< `2027-01`, in order
    std::vector<std::string> versions;        ///< of the path, by month
    std::vector<std::string> ladders;         ///< of the municipal share, by month; empty without unemployment
    std::vector<std::string> municipalities;  ///< codes
    std::vector<path_figure> figures;         ///< by month and municipality, all of them first
    std::int64_t clients = 0;                 ///< of the first repeat of the first side, those of the start included
};
BOOST_DESCRIBE_STRUCT(path_simulation_report, (),
                      (path, seed, repeats, months, versions, ladders, municipalities, figures, clients))

/// Simulates. The same assumptions, paths and seed give the same report on every machine and with any number of
/// threads. Errors: `simulation_shape` with a JSON pointer (what is missing or does not fit the path, shares that do
/// not add up, a stage from which no exit can be reached, facts on which a table does not decide); `path_not_in_force`
/// or `pack_not_in_force` with the month for which there is no version; `cancelled`.
result<path_simulation_report> try_simulate_path(const path_simulation_options& what);

}  // namespace polku::inline POLKU_V::population

#endif
