// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_STORE_PEOPLE_HPP
#define POLKU_WORKSPACE_STORE_PEOPLE_HPP

#include <polku/population/simulation.hpp>
#include <polku/workspace/workspace.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// @file
/// The cases of a store as a table of people, so that rules can be simulated over one's own clients.

namespace polku::inline POLKU_V {

/// Which cases are rows, and of which day.
struct store_people_options {
    time::date as_of;                                   ///< the cases and their facts as they stood at its end
    bool ended = false;                                 ///< also cases that have ended; their stage is the exit
    std::function<void(std::uint64_t cases)> progress;  ///< told now and then how many cases were read
};

/// A row for each case that was open at the end of the day, in the order of the store, read while rows are asked for.
/// Columns: `municipality` (code; `not_shown` under a non-disclosure order), `path`, `stage` (ids), then the facts that
/// are named. A fact of the case with that very name is the cell; one that was not known, or no longer, by that day is
/// empty. A fact named like one of the first three columns is that column, with an empty municipality where it is
/// hidden. The workspace outlives the reader. Cases are read without a reader and not logged as reads of a person, so
/// what is made of the rows must be counts. Errors while reading are those of `workspace::try_load`.
std::unique_ptr<population::people_reader> read_store_people(workspace& of, const std::vector<std::string>& facts,
                                                             const store_people_options& with);

/// `population::try_simulate` over that table, with the facts that the rules ask for. The first three columns need not
/// be among those to keep. `unknown` of the report names facts that no case of the table knows. Errors: those of
/// `try_simulate` and of reading cases; `invalid_argument` where each row is to be told, or a column of municipality
/// codes is to be checked: the store's own are, but for those that are hidden.
result<population::simulation_report> try_simulate_store(workspace& of, population::simulation_options what,
                                                         const store_people_options& with);

}  // namespace polku::inline POLKU_V

#endif
