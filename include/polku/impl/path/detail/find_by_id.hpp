// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_FIND_BY_ID_HPP
#define POLKU_IMPL_PATH_DETAIL_FIND_BY_ID_HPP

#include <polku/config.hpp>

#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// The record with that id, or null pointer.
template <class Record>
Record* find_by_id(std::vector<Record>& among, std::string_view id) noexcept {
    for (Record& each : among)
        if (each.id == id) return &each;
    return nullptr;
}
template <class Record>
const Record* find_by_id(const std::vector<Record>& among, std::string_view id) noexcept {
    for (const Record& each : among)
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
