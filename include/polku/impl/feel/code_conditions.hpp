// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_CONDITIONS_HPP
#define POLKU_IMPL_FEEL_CODE_CONDITIONS_HPP

#include <polku/feel/code.hpp>
#include <polku/impl/feel/quick_compare.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

class path_operation;

/// What a filter's condition, and a path behind the filter, read of each item: some entries by name. A condition is
/// known here when it compares entries with what stays the same from item to item, joined by `and` and `or`. The items
/// of a list mostly share their names: then their entries are read by place, and no part of the condition is a call.
class item_reads {
public:
    static constexpr std::uint8_t most = 8;  ///< entries, and comparisons

    item_reads() = default;
    /// The condition of a filter whose items lie in a local, and the path behind it or null pointer.
    POLKU_DECL item_reads(const operation& condition, std::uint32_t local, const path_operation* part);
    /// False when the condition is more than comparisons of entries.
    explicit operator bool() const noexcept { return is_known_; }

private:
    friend class item_reader;
    // Where the condition goes on after a comparison: another comparison or an end.
    static constexpr std::uint8_t yes = 255;
    static constexpr std::uint8_t no = 254;
    static constexpr std::uint8_t unknown = 253;

    /// How a comparison is made when the entry is what it mostly is; all else goes the general way.
    enum class way : std::uint8_t { general, same_bits, small_number };
    struct comparison {
        const operand* with;  ///< a constant, slot, local or entry outside of the item
        const value* other;   ///< what that is; null pointer until the items are read
        std::uint8_t entry;
        std::uint8_t if_true;
        std::uint8_t if_not;
        syntax_operator is;
        way how;

        POLKU_DECL void set_other(const value* found) noexcept;
    };
    struct places {
        const entry_names* names;  ///< of the contexts that have their entries so
        std::uint32_t room;        ///< the values that a context must have for that
        std::uint32_t of[most];
    };

    POLKU_DECL std::uint8_t add(const operation& of, std::uint32_t local, std::uint8_t if_true, std::uint8_t if_not);
    POLKU_DECL std::uint8_t add_comparison(const operation& of, std::uint32_t local);
    POLKU_DECL std::uint8_t add_entry(const operation& of, std::uint32_t local);
    POLKU_DECL std::uint8_t add_name(const std::string& name);
    POLKU_DECL void find_places(const entry_names& names, places& into) const noexcept;

    std::vector<std::string> names_;
    std::vector<comparison> comparisons_;
    entry_names expected_;  ///< what the items' type says
    places expected_places_{};
    std::uint8_t first_ = unknown;
    std::uint8_t part_ = 0;
    bool is_known_ = false;
    bool is_constant_ = true;  ///< entries are compared with constants alone
};

/// Reads one list's items.
class item_reader {
public:
    POLKU_DECL item_reader(const item_reads& what, frame& in);
    item_reader(const item_reader&) = delete;
    item_reader& operator=(const item_reader&) = delete;

    /// The item's values, for the functions below; null pointer when it must be read in the general way.
    const value* entries_of(const value& item) {
        if (POLKU_UNLIKELY(!item.is(kind::context))) return nullptr;
        const context_cell& cell = quick_access::context_in(item);
        if (POLKU_UNLIKELY(cell.names != *places_.names)) learn(cell.names);
        return POLKU_LIKELY(cell.size >= places_.room) ? cell.values() : nullptr;
    }
    /// Whether the condition is true.
    bool accepts(const value* entries) const {
        std::uint8_t at = what_.first_;
        do {
            const item_reads::comparison& each = comparisons_[at];
            at = is_true(each, entries[places_.of[each.entry]]) ? each.if_true : each.if_not;
        } while (at < item_reads::most);
        return at == item_reads::yes;
    }
    /// What the path behind the filter reads.
    const value& part(const value* entries) const noexcept { return entries[places_.of[what_.part_]]; }

private:
    bool is_true(const item_reads::comparison& of, const value& entry) const {
        if (of.how == item_reads::way::same_bits) return cell_access::same_bits(entry, *of.other);
        if (POLKU_UNLIKELY(of.how == item_reads::way::general || !quick_access::is_small_number(entry)))
            return is_true_at_all(of, entry);
        const std::int64_t first = quick_access::coefficient(entry);
        const std::int64_t second = quick_access::coefficient(*of.other);
        // Scales do not matter beside a zero.
        if (POLKU_UNLIKELY(quick_access::scale(entry) != quick_access::scale(*of.other) && second != 0))
            return is_true_at_all(of, entry);
        return ordered_answer(of.is, (first > second) - (first < second));
    }
    POLKU_DECL bool is_true_at_all(const item_reads::comparison& of, const value& entry) const;
    POLKU_DECL void learn(const entry_names& names) noexcept;
    POLKU_DECL bool take_others(frame& in) noexcept;

    const item_reads& what_;
    const item_reads::comparison* comparisons_;
    const evaluation_context& with_;
    item_reads::places places_;
    item_reads::comparison own_[item_reads::most];
    bool is_usable_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif
