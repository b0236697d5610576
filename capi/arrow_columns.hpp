// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_COLUMNS_HPP
#define POLKU_CAPI_ARROW_COLUMNS_HPP

// Columns of an Arrow table as inputs of a decision.

#include "handles.hpp"
#include "polku_arrow.h"

#include <polku/dmn/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polku_capi {

/// What the cells of a column are, by the format text of its schema.
struct column_type {
    enum class layout : std::uint8_t {
        none,  ///< Arrow's null type
        boolean,
        integer,
        decimal,
        floating,
        text,
        large_text,
        view_text,
        date,
        record,
        list,
        large_list,
        refused,
    };
    layout is = layout::refused;
    bool is_signed = true;
    std::size_t bytes = 0;  ///< of a number; of an index where there is a dictionary
    std::int32_t scale = 0;
    std::string name;    ///< with those of the columns around it: `address.city`
    std::string member;  ///< its own name
    std::string format;
    std::vector<column_type> children;
    std::vector<column_type> dictionary;  ///< one, or none

    bool is_text() const noexcept { return is == layout::text || is == layout::large_text || is == layout::view_text; }
};

/// Reads a schema; formats that polku does not know are `refused`, which is an error only where an input takes them.
polku::result<column_type> column_type_of(const ArrowSchema& schema, const std::string& around = {}, int depth = 0);

/// Checks that `rows` cells from `first` on can be read: buffers that are there, lengths, offsets, indexes.
polku::result<void> check_array(const column_type& type, const ArrowArray& array, std::int64_t first,
                                std::int64_t rows);

/// A cell that is no value of its input: its row has this fault.
struct cell_fault {
    std::size_t row;
    std::string what;
};

/// One input of a decision, read from one column of each array.
class column_reader {
public:
    column_reader(column_type type, polku::dmn::input_info input) : type_(std::move(type)), input_(std::move(input)) {}

    const column_type& type() const noexcept { return type_; }
    /// Before the first `read` of each array, which `check_array` has passed.
    void start(const ArrowArray& array);
    /// The cells from `first` on, counted from the column's own beginning; what `into` shows is borrowed from the array
    /// and from this reader until the next call.
    polku::result<void> read(const ArrowArray& array, std::int64_t first, std::size_t rows,
                             const polku::feel::evaluation_context& with, polku::dmn::batch_column& into,
                             std::vector<cell_fault>& faults);

private:
    bool wants_texts() const noexcept;
    void read_integers(const ArrowArray& array, std::int64_t at, std::size_t rows, polku::dmn::batch_column& into);
    bool read_texts(const ArrowArray& array, std::int64_t at, std::size_t rows, polku::dmn::batch_column& into);
    void read_codes(const ArrowArray& array, std::int64_t at, std::size_t rows, polku::dmn::batch_column& into);
    void read_values(const ArrowArray& array, std::int64_t first, std::size_t rows,
                     const polku::feel::evaluation_context& with, polku::dmn::batch_column& into,
                     std::vector<cell_fault>& faults);

    column_type type_;
    polku::dmn::input_info input_;
    bool has_plain_dictionary_ = false;  // of texts without a null
    // What the last block's column shows.
    std::vector<std::uint8_t> bits_;
    std::vector<std::uint8_t> validity_;
    std::vector<std::int64_t> integers_;
    std::vector<polku::dmn::batch_column::decimals::words> decimals_;
    std::vector<std::int32_t> indexes_;
    std::string bytes_;
    std::vector<std::string_view> dictionary_;
    std::vector<polku::feel::value> values_;
};

/// What keeps a column from being read as this input, or empty.
std::string misfit(const column_type& type, const polku::dmn::input_info& input, bool allow_float);

}  // namespace polku_capi

#endif
