// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_RULE_LIST_IPP
#define POLKU_IMPL_DMN_RULE_LIST_IPP

#include <polku/dmn/rule_list.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL std::string_view rule_list::id(std::size_t rule) const noexcept {
    const std::size_t start = rule == 0 ? 0 : id_ends_[rule - 1];
    return std::string_view(ids_).substr(start, id_ends_[rule] - start);
}

POLKU_DECL std::size_t rule_list::first_note(std::size_t rule) const noexcept {
    const auto at = std::lower_bound(notes_.begin(), notes_.end(), rule,
                                     [](const note& each, std::size_t wanted) { return each.rule < wanted; });
    return static_cast<std::size_t>(at - notes_.begin());
}

POLKU_DECL std::vector<std::pair<std::string, std::string>> rule_list::annotations(std::size_t rule) const {
    std::vector<std::pair<std::string, std::string>> made;
    for (std::size_t at = first_note(rule); at < notes_.size() && notes_[at].rule == rule; ++at) {
        const std::size_t start = at == 0 ? 0 : notes_[at - 1].end;
        made.emplace_back(columns_[notes_[at].column], notes_text_.substr(start, notes_[at].end - start));
    }
    return made;
}

POLKU_DECL void rule_list::add(std::string_view id) {
    ids_ += id;
    id_ends_.push_back(static_cast<std::uint32_t>(ids_.size()));
}

POLKU_DECL void rule_list::annotate(std::string_view column, std::string_view text) {
    auto known = std::find(columns_.begin(), columns_.end(), column);
    if (known == columns_.end()) known = columns_.emplace(columns_.end(), column);
    notes_text_ += text;
    notes_.push_back({static_cast<std::uint32_t>(size() - 1), static_cast<std::uint32_t>(known - columns_.begin()),
                      static_cast<std::uint32_t>(notes_text_.size())});
}

POLKU_DECL void rule_list::shrink() {
    ids_.shrink_to_fit();
    id_ends_.shrink_to_fit();
    notes_text_.shrink_to_fit();
    notes_.shrink_to_fit();
    columns_.shrink_to_fit();
}

}  // namespace polku::inline POLKU_V::dmn

#endif
