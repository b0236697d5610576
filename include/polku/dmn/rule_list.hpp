// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_RULE_LIST_HPP
#define POLKU_DMN_RULE_LIST_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// Ids and annotations of a table's rules, all in one text: a table of many thousand rules holds no string of its own
/// for any of them. Rules are counted from 0.
class rule_list {
public:
    /// How many rules there are.
    std::size_t size() const noexcept { return id_ends_.size(); }
    /// True when there is no rule.
    bool empty() const noexcept { return id_ends_.empty(); }
    /// Empty for a rule without an id. Valid as long as the list.
    POLKU_DECL std::string_view id(std::size_t rule) const noexcept;
    /// Column name and text of each annotation of the rule, in the order of the columns.
    POLKU_DECL std::vector<std::pair<std::string, std::string>> annotations(std::size_t rule) const;

    /// Makes room for so many rules in all.
    void reserve(std::size_t rules) { id_ends_.reserve(rules); }
    /// Adds a rule; `id` may be empty.
    POLKU_DECL void add(std::string_view id);
    /// Adds to the rule that was added last.
    POLKU_DECL void annotate(std::string_view column, std::string_view text);
    /// Gives back what was reserved and not used.
    POLKU_DECL void shrink();

private:
    struct note {
        std::uint32_t rule;
        std::uint32_t column;  // in columns_
        std::uint32_t end;     // in notes_text_; it begins where the one before it ends
    };
    POLKU_DECL std::size_t first_note(std::size_t rule) const noexcept;

    std::string ids_;
    std::vector<std::uint32_t> id_ends_;
    std::string notes_text_;
    std::vector<note> notes_;  // by rule, ascending
    std::vector<std::string> columns_;
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/rule_list.ipp>
#endif

#endif
