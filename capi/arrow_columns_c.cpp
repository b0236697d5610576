// SPDX-License-Identifier: Apache-2.0
#include "arrow_columns.hpp"

#include "arrow_cells.hpp"

#include <polku/feel/type.hpp>

#include <algorithm>
#include <array>
#include <charconv>

using namespace polku_capi;
namespace dmn = polku::dmn;
namespace feel = polku::feel;
using layout = column_type::layout;

namespace {

/// Integer formats with their bytes; capitals are the unsigned ones.
void read_simple_format(std::string_view format, column_type& made) {
    struct simple {
        std::string_view format;
        layout is;
        std::size_t bytes;
        bool is_signed;
    };
    static constexpr std::array<simple, 21> known{{
        {"n", layout::none, 0, true},        {"b", layout::boolean, 0, true},     {"c", layout::integer, 1, true},
        {"C", layout::integer, 1, false},    {"s", layout::integer, 2, true},     {"S", layout::integer, 2, false},
        {"i", layout::integer, 4, true},     {"I", layout::integer, 4, false},    {"l", layout::integer, 8, true},
        {"L", layout::integer, 8, false},    {"e", layout::floating, 2, true},    {"f", layout::floating, 4, true},
        {"g", layout::floating, 8, true},    {"u", layout::text, 4, true},        {"U", layout::large_text, 8, true},
        {"vu", layout::view_text, 16, true}, {"tdD", layout::date, 4, true},      {"+s", layout::record, 0, true},
        {"+l", layout::list, 4, true},       {"+L", layout::large_list, 8, true}, {"", layout::refused, 0, true},
    }};
    const auto at =
        std::find_if(known.begin(), known.end(), [format](const simple& each) { return each.format == format; });
    if (at == known.end()) return;
    made.is = at->is;
    made.bytes = at->bytes;
    made.is_signed = at->is_signed;
}

constexpr std::int32_t farthest_scale = 1000;  // well within what a number of FEEL can have
constexpr int deepest = 64;                    // columns within columns

/// `d:precision,scale` or `d:precision,scale,bits` of up to 128 bits.
void read_decimal_format(std::string_view format, column_type& made) {
    std::array<std::int32_t, 3> parts{0, 0, 128};
    const char* at = format.data() + 2;
    const char* const end = format.data() + format.size();
    std::size_t count = 0;
    while (count < parts.size()) {
        const auto read = std::from_chars(at, end, parts[count]);
        if (read.ec != std::errc()) return;
        ++count;
        at = read.ptr;
        if (at == end || *at != ',') break;
        ++at;
    }
    const bool is_known = parts[2] == 32 || parts[2] == 64 || parts[2] == 128;
    const bool is_near = parts[1] >= -farthest_scale && parts[1] <= farthest_scale;
    if (at != end || count < 2 || !is_known || !is_near) return;
    made.is = layout::decimal;
    made.scale = parts[1];
    made.bytes = static_cast<std::size_t>(parts[2]) / 8;
}

std::string_view kind_wanted(const feel::type& type) {
    return type.is() == feel::type::form::simple ? feel::name_of(type.simple_kind()) : std::string_view("Any");
}

bool is_temporal(feel::kind of) {
    return of == feel::kind::date || of == feel::kind::time || of == feel::kind::date_time ||
           of == feel::kind::months_duration || of == feel::kind::days_duration;
}

bool suits_simple(const column_type& type, feel::kind wanted) {
    if (wanted == feel::kind::number)
        return type.is == layout::integer || type.is == layout::decimal || type.is == layout::floating;
    if (wanted == feel::kind::boolean) return type.is == layout::boolean;
    if (wanted == feel::kind::string) return type.is_text();
    return (wanted == feel::kind::date && type.is == layout::date) || (is_temporal(wanted) && type.is_text());
}

bool suits(const column_type& type, const feel::type& wanted) {
    if (type.is == layout::none) return true;
    if (!type.dictionary.empty()) return suits(type.dictionary.front(), wanted);
    switch (wanted.is()) {
        case feel::type::form::any: return true;
        case feel::type::form::simple: return suits_simple(type, wanted.simple_kind());
        case feel::type::form::list: return type.is == layout::list || type.is == layout::large_list;
        case feel::type::form::context: return type.is == layout::record;
        default: return false;
    }
}

/// The first column in it that is of a layout, or null pointer.
const column_type* first_of(const column_type& type, layout wanted) {
    if (type.is == wanted && type.dictionary.empty()) return &type;
    for (const auto* among : {&type.children, &type.dictionary})
        for (const column_type& each : *among)
            if (const column_type* found = first_of(each, wanted)) return found;
    return nullptr;
}

/// Bits as the batch takes them, from the first row on: where they stand if the byte begins there, else moved.
std::span<const std::uint8_t> bits_from(const void* buffer, std::int64_t at, std::size_t rows,
                                        std::vector<std::uint8_t>& room) {
    const auto* bytes = static_cast<const std::uint8_t*>(buffer) + at / 8;
    const auto shift = static_cast<unsigned>(at % 8);
    const std::size_t size = (rows + 7) / 8;
    if (shift == 0) return {bytes, size};
    room.resize(size);
    for (std::size_t byte = 0; byte < size; ++byte) {
        const bool has_next = byte * 8 + 8 - shift < rows;
        const unsigned next = has_next ? bytes[byte + 1] : 0U;
        room[byte] = static_cast<std::uint8_t>(bytes[byte] >> shift | next << (8 - shift));
    }
    return room;
}

template <typename Item>
const Item* items_of(const ArrowArray& array, std::size_t buffer, std::int64_t at) {
    return static_cast<const Item*>(array.buffers[buffer]) + at;
}

}  // namespace

namespace polku_capi {

polku::result<column_type> column_type_of(const ArrowSchema& schema, const std::string& around, int depth) {
    column_type made;
    if (depth > deepest) return polku::error(polku::error_code::invalid_argument, "a column nests too deeply");
    made.member = schema.name == nullptr ? "" : schema.name;
    made.name = around.empty() ? made.member : around + "." + made.member;
    if (schema.release == nullptr || schema.format == nullptr)
        return polku::error(polku::error_code::invalid_argument,
                            "the schema of column '" + made.name + "' was released, or has no format");
    made.format = schema.format;
    if (made.format.starts_with("d:"))
        read_decimal_format(made.format, made);
    else
        read_simple_format(made.format, made);
    if (schema.dictionary != nullptr) {
        POLKU_TRY(column_type of, column_type_of(*schema.dictionary, {}, depth + 1));
        of.name = made.name;
        made.dictionary.push_back(std::move(of));
    }
    if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
        return polku::error(polku::error_code::invalid_argument,
                            "the schema of column '" + made.name + "' says that it has " +
                                std::to_string(schema.n_children) + " children, which it has not");
    for (std::int64_t at = 0; at < schema.n_children; ++at) {
        if (schema.children[at] == nullptr) return null_argument("schema.children[]");
        POLKU_TRY(column_type child, column_type_of(*schema.children[at], made.name, depth + 1));
        made.children.push_back(std::move(child));
    }
    return made;
}

std::string misfit(const column_type& type, const dmn::input_info& input, bool allow_float) {
    if (const column_type* unknown = first_of(type, layout::refused))
        return "column '" + unknown->name + "' has the format '" + unknown->format +
               "', which polku does not read; make it integers, decimals, texts, date32 or booleans";
    if (!suits(type, input.type))
        return "column '" + type.name + "' has the format '" + type.format + "', but the input is a " +
               std::string(input.type.is() == feel::type::form::simple ? kind_wanted(input.type)
                                                                       : input.type.to_string());
    const column_type* binary = allow_float ? nullptr : first_of(type, layout::floating);
    if (binary != nullptr)
        return "column '" + binary->name +
               "' has binary floating point, which is not exact; make it decimal128, or allow floats";
    return {};
}

bool column_reader::wants_texts() const noexcept {
    return input_.type.is() == feel::type::form::any ||
           (input_.type.is() == feel::type::form::simple && input_.type.simple_kind() == feel::kind::string);
}

void column_reader::start(const ArrowArray& array) {
    dictionary_.clear();
    has_plain_dictionary_ = false;
    if (type_.dictionary.empty() || !type_.dictionary.front().is_text() || !wants_texts()) return;
    const ArrowArray& of = *array.dictionary;
    for (std::int64_t at = 0; at < of.length; ++at) {
        if (!is_valid(of, at)) return;
        dictionary_.push_back(text_of(type_.dictionary.front(), of, at));
    }
    has_plain_dictionary_ = true;
}

polku::result<void> column_reader::read(const ArrowArray& array, std::int64_t first, std::size_t rows,
                                        const feel::evaluation_context& with, dmn::batch_column& into,
                                        std::vector<cell_fault>& faults) {
    const std::int64_t at = array.offset + first;
    into.validity = {};
    if (type_.is == layout::none) {
        into.data = dmn::batch_column::unknown{};
        return {};
    }
    if (array.null_count != 0 && array.buffers[0] != nullptr)
        into.validity = bits_from(array.buffers[0], at, rows, validity_);
    if (has_plain_dictionary_) {
        read_codes(array, at, rows, into);
    } else if (!type_.dictionary.empty()) {
        read_values(array, first, rows, with, into, faults);
    } else if (type_.is == layout::boolean) {
        into.data = dmn::batch_column::booleans{bits_from(array.buffers[1], at, rows, bits_)};
    } else if (type_.is == layout::integer || (type_.is == layout::decimal && type_.bytes < 16)) {
        read_integers(array, at, rows, into);
    } else if (type_.is == layout::decimal) {
        into.data = dmn::batch_column::decimals{{items_of<dmn::batch_column::decimals::words>(array, 1, at), rows},
                                                type_.scale};
    } else if (type_.is == layout::date) {
        into.data = dmn::batch_column::days{{items_of<std::int32_t>(array, 1, at), rows}};
    } else if (!type_.is_text() || !wants_texts() || !read_texts(array, at, rows, into)) {
        read_values(array, first, rows, with, into, faults);
    }
    return {};
}

void column_reader::read_integers(const ArrowArray& array, std::int64_t at, std::size_t rows, dmn::batch_column& into) {
    const std::int32_t scale = type_.is == layout::decimal ? type_.scale : 0;
    if (type_.bytes == 8) {
        const auto* data = items_of<std::int64_t>(array, 1, at);
        // Unsigned ones that would be negative need more than 64 bits.
        if (type_.is_signed || std::none_of(data, data + rows, [](std::int64_t each) { return each < 0; })) {
            into.data = dmn::batch_column::integers{{data, rows}, scale};
            return;
        }
        decimals_.clear();
        for (std::size_t row = 0; row < rows; ++row) decimals_.push_back({static_cast<std::uint64_t>(data[row]), 0});
        into.data = dmn::batch_column::decimals{decimals_, scale};
        return;
    }
    integers_.resize(rows);
    for (std::size_t row = 0; row < rows; ++row)
        integers_[row] = integer_at(type_, array, at + static_cast<std::int64_t>(row));
    into.data = dmn::batch_column::integers{integers_, scale};
}

/// Offsets of 32 bits stand as they are; other texts are laid out so. False when a block of them is past 2 GiB.
bool column_reader::read_texts(const ArrowArray& array, std::int64_t at, std::size_t rows, dmn::batch_column& into) {
    if (type_.is == layout::text) {
        const auto* offsets = items_of<std::int32_t>(array, 1, at);
        const auto size = static_cast<std::size_t>(offsets[rows]);
        into.data = dmn::batch_column::texts{{offsets, rows + 1}, {static_cast<const char*>(array.buffers[2]), size}};
        return true;
    }
    indexes_.resize(rows + 1);
    indexes_[0] = 0;
    if (type_.is == layout::large_text) {
        const auto* offsets = items_of<std::int64_t>(array, 1, at);
        if (offsets[rows] - offsets[0] > INT32_MAX) return false;
        for (std::size_t row = 0; row <= rows; ++row)
            indexes_[row] = static_cast<std::int32_t>(offsets[row] - offsets[0]);
        const auto size = static_cast<std::size_t>(indexes_[rows]);
        const std::string_view bytes(size == 0 ? "" : static_cast<const char*>(array.buffers[2]) + offsets[0], size);
        into.data = dmn::batch_column::texts{indexes_, bytes};
        return true;
    }
    bytes_.clear();
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t index = at - array.offset + static_cast<std::int64_t>(row);
        if (is_valid(array, index)) bytes_ += text_of(type_, array, index);
        if (bytes_.size() > INT32_MAX) return false;
        indexes_[row + 1] = static_cast<std::int32_t>(bytes_.size());
    }
    into.data = dmn::batch_column::texts{indexes_, bytes_};
    return true;
}

void column_reader::read_codes(const ArrowArray& array, std::int64_t at, std::size_t rows, dmn::batch_column& into) {
    if (type_.bytes == 4 && type_.is_signed) {
        into.data = dmn::batch_column::codes{{items_of<std::int32_t>(array, 1, at), rows}, dictionary_};
        return;
    }
    indexes_.resize(rows);
    // Those of nulls may be anything; the others were checked to be in the dictionary.
    for (std::size_t row = 0; row < rows; ++row)
        indexes_[row] = static_cast<std::int32_t>(integer_at(type_, array, at + static_cast<std::int64_t>(row)));
    into.data = dmn::batch_column::codes{indexes_, dictionary_};
}

void column_reader::read_values(const ArrowArray& array, std::int64_t first, std::size_t rows,
                                const feel::evaluation_context& with, dmn::batch_column& into,
                                std::vector<cell_fault>& faults) {
    values_.assign(rows, feel::value());
    for (std::size_t row = 0; row < rows; ++row) {
        polku::result<feel::value> cell = cell_at(type_, array, first + static_cast<std::int64_t>(row));
        if (cell) cell = dmn::try_typed(*cell, input_.type, {}, with);
        if (cell)
            values_[row] = std::move(*cell);
        else
            faults.push_back({row, "input '" + input_.name + "': " + cell.error().message()});
    }
    into.data = dmn::batch_column::values{values_};
}

}  // namespace polku_capi
