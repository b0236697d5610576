// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_PLACE_COUNTS_HPP
#define POLKU_IMPL_PATH_DETAIL_PLACE_COUNTS_HPP

#include <polku/path/place_book.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

inline bool has_text(const std::vector<std::string>& among, std::string_view text) {
    return std::find(among.begin(), among.end(), text) != among.end();
}

inline bool counts_in(const place_terms& of, place_scope scope, std::string_view what) {
    switch (scope) {
        case place_scope::package: return of.package == what;
        case place_scope::task: return has_text(of.tasks, what);
        default: return true;
    }
}

inline const place_limit* find_limit(const place_book& in, place_scope scope, std::string_view of) noexcept {
    for (const place_limit& each : in.limits)
        if (each.scope == scope && (scope == place_scope::any || each.of == of)) return &each;
    return nullptr;
}

inline bool is_closed_on(const place_book& in, time::date day) noexcept {
    return std::any_of(in.closings.begin(), in.closings.end(), [&](const place_closing& each) {
        return each.from <= day && (!each.until || day <= *each.until);
    });
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
