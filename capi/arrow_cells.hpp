// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_CELLS_HPP
#define POLKU_CAPI_ARROW_CELLS_HPP

// Cells of Arrow arrays one by one. All of it is for arrays that `check_array` has passed.

#include "arrow_columns.hpp"

#include <cstring>

namespace polku_capi {

/// Whether the cell at an index, counted from the array's own beginning, is not null.
inline bool is_valid(const ArrowArray& array, std::int64_t index) noexcept {
    if (array.null_count == 0 || array.n_buffers == 0 || array.buffers[0] == nullptr) return true;
    const std::int64_t at = array.offset + index;
    return ((static_cast<const std::uint8_t*>(array.buffers[0])[at / 8] >> (at % 8)) & 1U) != 0;
}

template <typename Item>
Item item_at(const ArrowArray& array, std::size_t buffer, std::int64_t at) noexcept {
    Item made;
    std::memcpy(&made, static_cast<const char*>(array.buffers[buffer]) + at * static_cast<std::int64_t>(sizeof made),
                sizeof made);
    return made;
}

/// An integer, an index or the coefficient of a small decimal, at a place of the buffer; unsigned ones of 64 bits as
/// they lie.
inline std::int64_t integer_at(const column_type& type, const ArrowArray& array, std::int64_t at) noexcept {
    switch (type.bytes) {
        case 1: return type.is_signed ? item_at<std::int8_t>(array, 1, at) : item_at<std::uint8_t>(array, 1, at);
        case 2: return type.is_signed ? item_at<std::int16_t>(array, 1, at) : item_at<std::uint16_t>(array, 1, at);
        case 4:
            return type.is_signed ? item_at<std::int32_t>(array, 1, at)
                                  : static_cast<std::int64_t>(item_at<std::uint32_t>(array, 1, at));
        default: return item_at<std::int64_t>(array, 1, at);
    }
}

/// The text at an index, which is not null.
std::string_view text_of(const column_type& type, const ArrowArray& array, std::int64_t index) noexcept;

/// The cell at an index as a value of FEEL. Error: a number that is none (NaN, infinity) or has more than 34 digits.
polku::result<polku::feel::value> cell_at(const column_type& type, const ArrowArray& array, std::int64_t index);

}  // namespace polku_capi

#endif
