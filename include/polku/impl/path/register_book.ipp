// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_REGISTER_BOOK_IPP
#define POLKU_IMPL_PATH_REGISTER_BOOK_IPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/register_book.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path {

POLKU_DECL const register_entry* find_entry(const register_book& in, std::string_view id) noexcept {
    return detail::find_by_id(in.entries, id);
}

POLKU_DECL std::vector<const register_entry*> entries_due(const register_book& in, time::date by) {
    std::vector<const register_entry*> due;
    for (const register_entry& each : in.entries)
        if (each.is_due_by(by)) due.push_back(&each);
    std::stable_sort(due.begin(), due.end(), [](const register_entry* left, const register_entry* right) {
        return left->review_by < right->review_by;
    });
    return due;
}

}  // namespace polku::inline POLKU_V::path

#endif
