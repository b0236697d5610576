// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_SIMULATION_ROWS_HPP
#define POLKU_CLI_SIMULATION_ROWS_HPP

#include <polku/population/simulation.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace polku::cli {

/// Writes rows of a simulation as comma-separated values: the row's number and day, the columns that were kept or
/// counted by, the answers member by member (with ` against` behind the other side's), what changed, the rules and the
/// fault.
class simulation_rows {
public:
    /// Members of the answers; none: an answer is one value. `columns` are names of the people's columns.
    simulation_rows(std::ostream& to, const population::simulation_options& what, std::vector<std::string> members,
                    const std::vector<std::string>& columns);
    void write(const population::simulated_row& row);

private:
    void write_answer(const population::simulated_answer* answer);

    std::ostream& to_;
    const population::simulation_options& what_;
    std::vector<std::string> members_;
    std::vector<std::size_t> shown_;
    std::string line_;
};

}  // namespace polku::cli

#endif
