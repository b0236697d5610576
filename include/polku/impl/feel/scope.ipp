// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_SCOPE_IPP
#define POLKU_IMPL_FEEL_SCOPE_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/scope.hpp>

namespace polku::inline POLKU_V::feel {

POLKU_DECL std::uint32_t scope::add(std::string_view name, type of) {
    entries_.push_back({detail::fold_name(name), std::move(of)});
    return static_cast<std::uint32_t>(entries_.size() - 1);
}

POLKU_DECL std::optional<std::uint32_t> scope::find(std::string_view name) const noexcept {
    for (std::size_t i = entries_.size(); i-- > 0;)
        if (entries_[i].name == name) return static_cast<std::uint32_t>(i);
    for (std::size_t i = entries_.size(); i-- > 0;)
        if (detail::same_name(entries_[i].name, name)) return static_cast<std::uint32_t>(i);
    return std::nullopt;
}

}  // namespace polku::inline POLKU_V::feel

#endif
