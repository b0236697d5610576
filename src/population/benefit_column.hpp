// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_BENEFIT_COLUMN_HPP
#define POLKU_SRC_POPULATION_BENEFIT_COLUMN_HPP

#include "path_ladder.hpp"
#include "people_cells.hpp"

#include <polku/population/simulation.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// What municipalities pay of the benefit of each row while it stays unemployed: by the ladder of the path simulations,
/// from each day of the simulation to the next, and a month from the last one.
class benefit_column {
public:
    struct share {
        std::int64_t days = 0;
        std::int64_t millionths = 0;  ///< of a euro
    };

    /// Errors: `people_column`, `simulation_shape`, `pack_not_in_force`.
    static result<benefit_column> try_make(const benefit_question& of, const std::vector<time::date>& days,
                                           const std::vector<std::string>& columns);

    void read(const people_block& from, row_faults& faults);
    /// Of a row of the block, from a day on by its number; none where the row's days are unknown.
    std::optional<share> share_of(std::size_t row, std::size_t day) const;

private:
    benefit_column(benefit_ladder ladder, std::size_t column, std::string name)
        : ladder_(std::move(ladder)), column_(column), name_(std::move(name)) {}

    benefit_ladder ladder_;
    std::size_t column_;
    std::string name_;
    std::vector<std::int64_t> starts_;  ///< of the days, from the first one, and of the end
    std::vector<std::int64_t> so_far_;  ///< by row; below 0: unknown
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
