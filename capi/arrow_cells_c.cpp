// SPDX-License-Identifier: Apache-2.0
#include "arrow_cells.hpp"

#include <polku/feel/context.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

using namespace polku_capi;
namespace feel = polku::feel;
using layout = column_type::layout;

namespace {

polku::error bad_column(const column_type& type, const std::string& why) {
    return {polku::error_code::invalid_argument, "the column '" + type.name + "' cannot be read: " + why};
}

/// IEEE 754 binary16, which no C++ type of ours holds.
double half_of(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 0x1f;
    const int fraction = bits & 0x3ff;
    const double sign = (bits & 0x8000U) != 0 ? -1.0 : 1.0;
    if (exponent == 0x1f) return fraction == 0 ? sign * HUGE_VAL : std::numeric_limits<double>::quiet_NaN();
    return exponent == 0 ? sign * std::ldexp(fraction, -24) : sign * std::ldexp(fraction + 1024, exponent - 25);
}

/// The shortest decimal text that reads back as the same binary number, as a number.
template <typename Binary>
polku::result<feel::value> shortest(Binary from) {
    if (!std::isfinite(from))
        return polku::error(polku::error_code::feel_type, "NaN and infinity are no numbers of FEEL");
    std::array<char, 64> room{};
    const auto written = std::to_chars(room.data(), room.data() + room.size(), from, std::chars_format::scientific);
    const auto made = feel::number::parse({room.data(), static_cast<std::size_t>(written.ptr - room.data())});
    if (!made) return polku::error(polku::error_code::feel_type, "the number is out of the range of FEEL");
    return feel::value(made->normalized());
}

polku::result<feel::value> decimal_at(const column_type& type, const ArrowArray& array, std::int64_t at) {
    if (type.bytes < 16) return feel::value(feel::number::from_scaled(integer_at(type, array, at), type.scale));
    const auto made = feel::number::from_words(item_at<std::uint64_t>(array, 1, 2 * at),
                                               item_at<std::int64_t>(array, 1, 2 * at + 1), type.scale);
    if (!made) return polku::error(polku::error_code::feel_type, "the number has more than 34 digits");
    return feel::value(*made);
}

polku::result<feel::value> number_at(const column_type& type, const ArrowArray& array, std::int64_t at) {
    if (type.is == layout::decimal) return decimal_at(type, array, at);
    if (type.is == layout::floating) {
        if (type.bytes == 2) return shortest(static_cast<float>(half_of(item_at<std::uint16_t>(array, 1, at))));
        return type.bytes == 4 ? shortest(item_at<float>(array, 1, at)) : shortest(item_at<double>(array, 1, at));
    }
    const std::int64_t bits = integer_at(type, array, at);
    if (type.is_signed || bits >= 0) return feel::value(bits);
    return feel::value(*feel::number::from_words(static_cast<std::uint64_t>(bits), 0, 0));
}

struct item_range {
    std::int64_t first;
    std::int64_t past;
};
item_range range_at(const column_type& type, const ArrowArray& array, std::int64_t at) noexcept {
    if (type.bytes == 4) return {item_at<std::int32_t>(array, 1, at), item_at<std::int32_t>(array, 1, at + 1)};
    return {item_at<std::int64_t>(array, 1, at), item_at<std::int64_t>(array, 1, at + 1)};
}

polku::result<feel::value> container_at(const column_type& type, const ArrowArray& array, std::int64_t at) {
    if (type.is == layout::record) {
        feel::context made;
        for (std::size_t child = 0; child < type.children.size(); ++child) {
            POLKU_TRY(feel::value entry, cell_at(type.children[child], *array.children[child], at));
            made.set(type.children[child].member, std::move(entry));
        }
        return feel::value(std::move(made));
    }
    std::vector<feel::value> made;
    const item_range items = range_at(type, array, at);
    for (std::int64_t item = items.first; item < items.past; ++item) {
        POLKU_TRY(feel::value each, cell_at(type.children[0], *array.children[0], item));
        made.push_back(std::move(each));
    }
    return feel::value(std::move(made));
}

// ------------------------------------------------------------------------------------------------- checks

/// Buffers and children that a layout has; 0 buffers of Arrow's null type.
std::int64_t buffers_of(const column_type& type) {
    if (!type.dictionary.empty()) return 2;
    switch (type.is) {
        case layout::none: return 0;
        case layout::record: return 1;
        case layout::text:
        case layout::large_text: return 3;
        default: return 2;
    }
}

std::string shape_fault(const column_type& type, const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    if (array.release == nullptr) return "it was released";
    if (array.length < 0 || array.offset < 0 || first < 0 || array.length - first < rows ||
        array.offset > std::numeric_limits<std::int64_t>::max() / 16 - array.length)
        return "it has " + std::to_string(array.length) + " rows at offset " + std::to_string(array.offset) + ", and " +
               std::to_string(rows) + " from row " + std::to_string(first) + " on are wanted";
    const bool has_more = type.is == layout::view_text && type.dictionary.empty();
    const std::int64_t wanted = buffers_of(type) + (has_more ? 1 : 0);
    if (array.n_buffers < wanted || (array.n_buffers > wanted && !has_more) || (wanted > 0 && array.buffers == nullptr))
        return "it has " + std::to_string(array.n_buffers) + " buffers instead of " + std::to_string(wanted);
    if (rows > 0 && wanted > 1 && array.buffers[1] == nullptr) return "its data is NULL";
    if (array.n_children != static_cast<std::int64_t>(type.children.size()) ||
        (array.n_children > 0 && array.children == nullptr))
        return "it has " + std::to_string(array.n_children) + " children, its schema " +
               std::to_string(type.children.size());
    if ((array.dictionary != nullptr) != !type.dictionary.empty())
        return type.dictionary.empty() ? "it has a dictionary, its schema has none" : "its dictionary is missing";
    for (std::int64_t child = 0; child < array.n_children; ++child)
        if (array.children[child] == nullptr) return "a child of it is NULL";
    return {};
}

/// Numbers are read where they lie.
bool is_aligned(const column_type& type, const ArrowArray& array) {
    const std::size_t item = std::min<std::size_t>(type.bytes, 8);
    return item < 2 || array.n_buffers < 2 || reinterpret_cast<std::uintptr_t>(array.buffers[1]) % item == 0;
}

std::string offsets_fault(const column_type& type, const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    std::int64_t before = 0;
    for (std::int64_t row = 0; row <= rows; ++row) {
        const std::int64_t at = array.offset + first + row;
        const std::int64_t offset =
            type.bytes == 4 ? item_at<std::int32_t>(array, 1, at) : item_at<std::int64_t>(array, 1, at);
        if (offset < before)
            return "its offset " + std::to_string(row) + " is " + std::to_string(offset) + ", before " +
                   std::to_string(before);
        before = offset;
    }
    return before > 0 && type.is_text() && array.buffers[2] == nullptr ? "its bytes are NULL" : "";
}

std::string views_fault(const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    constexpr std::int32_t inside = 12;  // texts up to here lie in the view
    const std::int64_t blocks = array.n_buffers - 3;
    for (std::int64_t row = 0; row < rows; ++row) {
        if (!is_valid(array, first + row)) continue;
        const std::int64_t at = 4 * (array.offset + first + row);
        const auto length = item_at<std::int32_t>(array, 1, at);
        const auto block = item_at<std::int32_t>(array, 1, at + 2);
        const auto start = item_at<std::int32_t>(array, 1, at + 3);
        if (length >= 0 && length <= inside) continue;
        const bool is_known = length >= 0 && block >= 0 && block < blocks && start >= 0 &&
                              array.buffers[2 + block] != nullptr && array.buffers[array.n_buffers - 1] != nullptr;
        if (!is_known || item_at<std::int64_t>(array, static_cast<std::size_t>(array.n_buffers - 1), block) <
                             std::int64_t{start} + length)
            return "its text in row " + std::to_string(row) + " lies outside its buffers";
    }
    return {};
}

std::string indexes_fault(const column_type& type, const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    if (type.is != layout::integer) return "its indexes are no integers";
    const auto size = static_cast<std::uint64_t>(array.dictionary->length);
    if (size > static_cast<std::uint64_t>(INT32_MAX)) return "its dictionary has more than 2 147 483 647 entries";
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t index = integer_at(type, array, array.offset + first + row);
        if (static_cast<std::uint64_t>(index) >= size && is_valid(array, first + row))
            return "its index in row " + std::to_string(row) + " is " + std::to_string(index) +
                   ", and its dictionary has " + std::to_string(size) + " entries";
    }
    return {};
}

std::string cells_fault(const column_type& type, const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    if (rows == 0) return {};
    if (!is_aligned(type, array)) return "its data is not aligned to its numbers";
    if (!type.dictionary.empty()) return indexes_fault(type, array, first, rows);
    switch (type.is) {
        case layout::text:
        case layout::large_text:
        case layout::list:
        case layout::large_list: return offsets_fault(type, array, first, rows);
        case layout::view_text: return views_fault(array, first, rows);
        default: return {};
    }
}

}  // namespace

namespace polku_capi {

std::string_view text_of(const column_type& type, const ArrowArray& array, std::int64_t index) noexcept {
    const std::int64_t at = array.offset + index;
    if (type.is != layout::view_text) {
        const item_range bytes = range_at(type, array, at);
        if (bytes.first == bytes.past) return {};
        return {static_cast<const char*>(array.buffers[2]) + bytes.first,
                static_cast<std::size_t>(bytes.past - bytes.first)};
    }
    const auto length = item_at<std::int32_t>(array, 1, 4 * at);
    const char* const view = static_cast<const char*>(array.buffers[1]) + 16 * at;
    if (length <= 12) return {view + 4, static_cast<std::size_t>(length)};
    const auto block = item_at<std::int32_t>(array, 1, 4 * at + 2);
    return {static_cast<const char*>(array.buffers[2 + block]) + item_at<std::int32_t>(array, 1, 4 * at + 3),
            static_cast<std::size_t>(length)};
}

polku::result<feel::value> cell_at(const column_type& type, const ArrowArray& array, std::int64_t index) {
    if (type.is == layout::none) return feel::value(feel::null_reason::unknown_input);
    if (!is_valid(array, index)) return feel::value();
    const std::int64_t at = array.offset + index;
    if (!type.dictionary.empty())
        return cell_at(type.dictionary.front(), *array.dictionary, integer_at(type, array, at));
    switch (type.is) {
        case layout::boolean: {
            const auto byte = item_at<std::uint8_t>(array, 1, at / 8);
            return feel::value(((byte >> (at % 8)) & 1U) != 0);
        }
        case layout::integer:
        case layout::decimal:
        case layout::floating: return number_at(type, array, at);
        case layout::date: {
            const auto day = polku::time::date::from_days(item_at<std::int32_t>(array, 1, at));
            return day ? feel::value(*day) : feel::value(feel::null_reason::out_of_range);
        }
        case layout::record:
        case layout::list:
        case layout::large_list: return container_at(type, array, at);
        default: return feel::value(text_of(type, array, index));
    }
}

polku::result<void> check_array(const column_type& type, const ArrowArray& array, std::int64_t first,
                                std::int64_t rows) {
    std::string wrong = shape_fault(type, array, first, rows);
    if (!wrong.empty()) return bad_column(type, wrong);
    if (!type.dictionary.empty())
        POLKU_CHECK(check_array(type.dictionary[0], *array.dictionary, 0, array.dictionary->length));
    wrong = cells_fault(type, array, first, rows);
    if (!wrong.empty()) return bad_column(type, wrong);
    const std::int64_t at = array.offset + first;
    if (type.is == layout::record)
        for (std::size_t child = 0; child < type.children.size(); ++child)
            POLKU_CHECK(check_array(type.children[child], *array.children[child], at, rows));
    if ((type.is == layout::list || type.is == layout::large_list) && type.children.size() != 1)
        return bad_column(type, "it is a list without the column of its items");
    if ((type.is == layout::list || type.is == layout::large_list) && rows > 0) {
        const std::int64_t from = range_at(type, array, at).first;
        const std::int64_t past = range_at(type, array, at + rows - 1).past;
        POLKU_CHECK(check_array(type.children[0], *array.children[0], from, past - from));
    }
    return {};
}

}  // namespace polku_capi
