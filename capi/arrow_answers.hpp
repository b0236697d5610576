// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_ANSWERS_HPP
#define POLKU_CAPI_ARROW_ANSWERS_HPP

// Answers of a batch as columns of an Arrow table.

#include "handles.hpp"
#include "polku_arrow.h"

#include <polku/dmn/batch.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace polku_capi {

/// A column of answers: which entry of each answer, and in which form.
struct answer_column {
    std::string entry;  ///< empty: the answer itself
    std::string name;   ///< of the column
    std::uint32_t form = POLKU_COLUMN_TEXT;
    std::int32_t scale = 0;
};

/// The columns of a decision's answers as its model declares them.
std::vector<answer_column> declared_columns(const polku_program& program, std::uint32_t decision);
/// The same of a type alone, which declares no scales; `name` is that of an answer without members.
std::vector<answer_column> declared_columns(const polku::feel::type& type, const std::string& name);
/// Columns whose form the caller says; the error names an output that there is not.
polku::result<void> set_forms(std::span<const polku_batch_output> given, std::vector<answer_column>& of);

/// Collects one column, block of rows by block of rows.
class answer_builder {
public:
    answer_builder(const answer_column& column, std::size_t text_bytes) : column_(&column), text_bytes_(text_bytes) {}

    /// A block of answers; what cannot stand in the column is null there and goes to `errors`, one for each row.
    polku::result<void> add(const polku::dmn::batch_result& block, std::span<std::string> errors);
    /// The column of all that was added, whose release is the receiver's; the builder is empty then.
    void finish(ArrowArray& out);

private:
    /// What one distinct answer has in this column.
    struct cell {
        bool is_valid = false;
        bool is_fault = false;
        std::int64_t high = 0;
        std::uint64_t low = 0;  ///< the number, date, truth or code of the text
        std::string text;       ///< of a number in the form of a text; of a fault its sentence
    };
    polku::result<cell> cell_of(const polku::feel::value* entry);
    polku::result<void> put_text(const polku::feel::value& entry, cell& into);
    void put_number(const polku::feel::value& entry, cell& into) const;
    void fault(const polku::feel::value& entry, const char* wanted, cell& into) const;
    void append(std::span<const std::uint32_t> codes, std::span<const std::optional<cell>> cells);
    void append_validity(std::span<const std::uint32_t> codes, std::span<const std::optional<cell>> cells);

    const answer_column* column_;
    std::size_t text_bytes_;
    std::int64_t rows_ = 0;
    std::int64_t nulls_ = 0;
    std::vector<std::uint8_t> validity_;
    std::vector<std::uint8_t> bits_;
    std::vector<std::int32_t> items_;  ///< days, codes; of numbers as texts the offsets
    std::vector<std::uint64_t> words_;
    std::string bytes_;
    std::vector<std::int32_t> dictionary_offsets_{0};
    std::string dictionary_bytes_;
    std::unordered_map<std::string, std::int32_t> codes_;
    polku::json::text_writer writer_;
};

/// The column of the errors of rows; empty ones are null.
void errors_column(std::span<const std::string> errors, ArrowArray& out);

// Schemas and arrays of one's own; each can be moved out of what holds it, as the specification wants.

void make_schema(const answer_column& column, ArrowSchema& out);
void make_integer_schema(const std::string& name, ArrowSchema& out);
void make_text_schema(const std::string& name, ArrowSchema& out);
/// A record of columns, which are moved into it.
void make_record_schema(std::vector<ArrowSchema>&& columns, ArrowSchema& out);
void make_record(std::vector<ArrowArray>&& columns, std::int64_t rows, ArrowArray& out);
/// A deep copy.
void copy_schema(const ArrowSchema& from, ArrowSchema& out);

}  // namespace polku_capi

#endif
