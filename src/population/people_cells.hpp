// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PEOPLE_CELLS_HPP
#define POLKU_SRC_POPULATION_PEOPLE_CELLS_HPP

#include <polku/dmn/batch.hpp>
#include <polku/dmn/program.hpp>
#include <polku/feel/expression.hpp>
#include <polku/population/people.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// Texts are looked up as they lie in the table.
struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view of) const noexcept { return std::hash<std::string_view>()(of); }
};

/// A short text as two words, with its length in the last byte.
struct short_text {
    static constexpr std::size_t longest = 15;
    std::uint64_t head = 0;
    std::uint64_t tail = 0;

    bool operator==(const short_text&) const = default;
};

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
    /// The block's rows, as codes into what cells of this and earlier blocks came to.
    dmn::batch_column::repeated values() const noexcept { return {codes_, items_}; }
    const feel::value& at(std::size_t row) const noexcept { return items_[static_cast<std::size_t>(codes_[row])]; }

private:
    using read_cell = std::pair<feel::value, std::string>;  ///< the value, or what is wrong

    void forget();
    fact_column(std::size_t column, dmn::input_info fact) : column_(column), fact_(std::move(fact)) {}
    read_cell read_text(std::string_view text);
    std::int32_t code_of(std::string_view text);
    std::int32_t known_code_of(std::string_view text);

    std::size_t column_;
    dmn::input_info fact_;
    std::optional<feel::unary_tests> allowed_;
    feel::evaluation_context with_;
    std::vector<std::int32_t> codes_;  ///< by row
    /// Cells repeat: ages, dates of a year, codes. The first item is of an empty cell.
    std::vector<feel::value> items_;
    std::vector<std::string> wrong_;  ///< by item: what is wrong with the cell
    bool has_wrong_ = false;          ///< with any
    boost::unordered_flat_map<std::string, std::int32_t, text_hash, std::equal_to<>> known_;
    /// In front of `known_`: the last short cell that came to each place.
    struct recent_cell {
        short_text text;
        std::int32_t code = 0;
    };
    std::vector<recent_cell> recent_;
    std::string wanted_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
