// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_DETAIL_ITEM_LISTS_HPP
#define POLKU_PATH_DETAIL_ITEM_LISTS_HPP

// Lists of objects that have an `id`: where one definition extends another, their items are told apart by it.

#include <polku/feel/context.hpp>

#include <string_view>

namespace polku::inline POLKU_V::path::detail {

inline std::string_view id_of(const feel::value& item) {
    const feel::value* id = item.is(feel::kind::context) ? item.as_context().find("id") : nullptr;
    return id != nullptr && id->is(feel::kind::string) ? id->as_string() : std::string_view();
}
inline bool is_list_of_ids(const feel::value& of) {
    if (!of.is(feel::kind::list) || of.as_list().empty()) return false;
    for (const feel::value& item : of.as_list())
        if (id_of(item).empty()) return false;
    return true;
}
inline bool is_removal(const feel::value& item) {
    const feel::value* removed = item.as_context().find("removed");
    return removed != nullptr && removed->is(feel::kind::boolean) && removed->as_boolean();
}
inline const feel::value* find_item(const feel::value& list, std::string_view id) {
    for (const feel::value& item : list.as_list())
        if (id_of(item) == id) return &item;
    return nullptr;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
