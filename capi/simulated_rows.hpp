// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_SIMULATED_ROWS_HPP
#define POLKU_CAPI_SIMULATED_ROWS_HPP

// The rows of a simulation as a table.

#include "arrow_answers.hpp"

#include <polku/population/simulation.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace polku_capi {

/// Gathers the rows of a block and gives them as one array.
class simulated_rows {
public:
    simulated_rows(const polku::population::simulation_options& what, const std::vector<std::string>& columns,
                   std::vector<answer_column> answers, std::string error_column);

    /// Two columns of one name could not be told apart.
    polku::result<void> check_names() const;
    void make_schema(ArrowSchema& out) const;
    void add(const polku::population::simulated_row& row);
    /// The array of what was added since the last call.
    polku::result<void> take(ArrowArray& out);

private:
    /// The values of a column of the block.
    struct column {
        answer_column shape;
        polku::dmn::batch_result cells;
        std::unordered_map<const void*, std::uint32_t> known;  ///< codes of answers by where they lie
    };
    void add_value(column& into, polku::feel::value of);
    void add_answer(std::size_t first, const polku::population::simulated_answer* of);

    std::vector<std::size_t> shown_;  ///< columns of the table of people
    std::size_t members_ = 0;         ///< columns of one side's answer
    bool is_compared_ = false;
    bool has_reasons_ = false;
    std::vector<column> columns_;  ///< all but the row's number and its error
    std::vector<std::uint64_t> rows_;
    std::vector<std::string> errors_;
    std::string error_column_;
};

}  // namespace polku_capi

#endif
