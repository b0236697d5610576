// SPDX-License-Identifier: Apache-2.0
#include "arrow_people.hpp"

#include "arrow_cells.hpp"

#include <polku/feel/lexer.hpp>

#include <algorithm>
#include <limits>
#include <system_error>
#include <utility>

namespace feel = polku::feel;

namespace {

using polku_capi::column_type;

polku::error bad_people(std::string why) { return {polku::error_code::people_table, std::move(why)}; }

/// The first part of a type that is binary floating point; null pointer when there is none.
const column_type* floating_in(const column_type& type) {
    if (type.is == column_type::layout::floating) return &type;
    for (const auto* parts : {&type.children, &type.dictionary})
        for (const column_type& each : *parts)
            if (const column_type* const found = floating_in(each)) return found;
    return nullptr;
}

const column_type* refused_in(const column_type& type) {
    if (type.is == column_type::layout::refused) return &type;
    for (const auto* parts : {&type.children, &type.dictionary})
        for (const column_type& each : *parts)
            if (const column_type* const found = refused_in(each)) return found;
    return nullptr;
}

}  // namespace

namespace polku_capi {

std::string why_failed(ArrowArrayStream& stream, int failed) {
    const char* const why = stream.get_last_error(&stream);
    return why == nullptr ? std::generic_category().message(failed) : why;
}

polku::result<owned<ArrowSchema>> schema_of(owned<ArrowArrayStream>& rows) {
    owned<ArrowSchema> made;
    const int failed = rows->get_schema(rows.get(), made.get());
    if (failed == 0) return made;
    return polku::error(polku::error_code::invalid_argument,
                        "the stream of rows has no schema: " + why_failed(*rows, failed));
}

polku::result<std::unique_ptr<arrow_people>> arrow_people::try_open(owned<ArrowArrayStream> rows, bool allow_float) {
    if (!rows) return bad_people("the stream of rows was released");
    POLKU_TRY(const owned<ArrowSchema> schema, schema_of(rows));
    std::unique_ptr<arrow_people> made(new arrow_people(std::move(rows)));
    POLKU_TRY(const column_type type, column_type_of(*schema));
    if (type.is != column_type::layout::record)
        return bad_people("the table's format is '" + type.format +
                          "', not a struct ('+s') with one child for each column");
    for (std::int64_t child = 0; child < schema->n_children; ++child) {
        POLKU_TRY(column_type column, column_type_of(*schema->children[child]));
        if (const column_type* const wrong = refused_in(column))
            return bad_people("the column '" + column.member + "' has the format '" + wrong->format +
                              "', which is not read; cast it to date32, to a decimal or to texts");
        if (!allow_float && floating_in(column) != nullptr)
            return bad_people("the column '" + column.member +
                              "' is binary floating point; cast it to a decimal or an integer, or allow floats");
        std::string name = feel::detail::normalize_nfc(column.member);
        if (std::find(made->names_.begin(), made->names_.end(), name) != made->names_.end())
            return bad_people("the table has more than one column '" + name + "'");
        made->names_.push_back(std::move(name));
        made->types_.push_back(std::move(column));
    }
    return made;
}

/// The next array with rows; false after the last.
polku::result<bool> arrow_people::try_fetch() {
    while (!array_ || at_ == array_->length) {
        owned<ArrowArray> next;
        const int failed = rows_->get_next(rows_.get(), next.get());
        if (failed != 0) return bad_people("the stream of rows failed: " + why_failed(*rows_, failed));
        if (!next) return false;
        if (next->length < 0 || next->offset < 0 || next->n_children != static_cast<std::int64_t>(types_.size()) ||
            (next->n_children > 0 && next->children == nullptr))
            return bad_people("the table has " + std::to_string(next->n_children) + " columns and " +
                              std::to_string(next->length) + " rows, its schema " + std::to_string(types_.size()) +
                              " columns");
        for (std::size_t column = 0; column < types_.size(); ++column) {
            if (next->children[column] == nullptr) return bad_people("the column '" + names_[column] + "' is NULL");
            POLKU_CHECK(check_array(types_[column], *next->children[column], next->offset, next->length));
        }
        array_ = std::move(next);
        at_ = 0;
    }
    return true;
}

polku::result<void> arrow_people::add_cell(std::size_t column, std::int64_t row,
                                           polku::population::text_column& into) const {
    const ArrowArray& cells = *array_->children[column];
    const std::int64_t index = array_->offset + row;
    const bool is_known = is_valid(*array_, row) && is_valid(cells, index);
    if (is_known && types_[column].is_text() && types_[column].dictionary.empty()) {
        into.bytes += text_of(types_[column], cells, index);
    } else if (is_known) {
        const polku::result<feel::value> cell = cell_at(types_[column], cells, index);
        // What is no number goes on as what it is, and is a fault of its row.
        into.bytes += cell ? polku::population::cell_text(*cell) : std::string("NaN");
    }
    if (into.bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        return bad_people("the column '" + names_[column] +
                          "' has more than 2 GiB of text in a block; take smaller blocks");
    into.offsets.push_back(static_cast<std::int32_t>(into.bytes.size()));
    return {};
}

polku::result<bool> arrow_people::try_next(polku::population::people_block& into, std::size_t most) {
    into.first_row = given_ + 1;
    into.rows = 0;
    into.columns.resize(names_.size());
    for (auto& column : into.columns) {
        column.bytes.clear();
        column.offsets.assign(1, 0);
    }
    POLKU_TRY(const bool is_more, try_fetch());
    if (!is_more) return false;
    const std::int64_t rows = std::min(array_->length - at_, static_cast<std::int64_t>(most));
    for (std::size_t column = 0; column < names_.size(); ++column)
        for (std::int64_t row = 0; row < rows; ++row) POLKU_CHECK(add_cell(column, at_ + row, into.columns[column]));
    at_ += rows;
    into.rows = static_cast<std::size_t>(rows);
    given_ += into.rows;
    return true;
}

}  // namespace polku_capi
