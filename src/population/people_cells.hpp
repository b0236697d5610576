// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PEOPLE_CELLS_HPP
#define POLKU_SRC_POPULATION_PEOPLE_CELLS_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/expression.hpp>
#include <polku/population/people.hpp>

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// The faults of a block's rows, the first one of each.
using row_faults = std::map<std::size_t, error>;

/// The column of a table as the values of a fact: cells read by the fact's type, checked against its allowed values.
class fact_column {
public:
    /// Errors are those of allowed values that do not compile.
    static result<fact_column> try_make(std::size_t column, dmn::input_info fact);

    bool is_of(std::size_t column, const dmn::input_info& fact) const;
    /// Reads the block's cells; one that cannot be read is null, with a fault for its row.
    void read(const people_block& from, row_faults& faults);
    std::span<const feel::value> values() const noexcept { return values_; }

private:
    using read_cell = std::pair<feel::value, std::string>;  ///< the value, or what is wrong

    fact_column(std::size_t column, dmn::input_info fact) : column_(column), fact_(std::move(fact)) {}
    read_cell read_text(std::string_view text);
    const read_cell& cell_of(std::string_view text);

    std::size_t column_;
    dmn::input_info fact_;
    std::optional<feel::unary_tests> allowed_;
    feel::evaluation_context with_;
    std::vector<feel::value> values_;
    /// Cells repeat: ages, dates of a year, codes.
    std::unordered_map<std::string, read_cell> known_;
    std::string wanted_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
