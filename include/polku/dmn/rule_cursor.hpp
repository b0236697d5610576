// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_RULE_CURSOR_HPP
#define POLKU_DMN_RULE_CURSOR_HPP

#include <polku/dmn/detail/short_array.hpp>
#include <polku/dmn/table_index.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace polku::inline POLKU_V::dmn {

namespace detail {

inline constexpr std::size_t joined_words = 8;

/// Joins eight words of all masks from word `at` on; answers zero when no rule is left in them. At least one mask.
inline std::uint64_t join_words(std::span<const std::uint64_t* const> masks, std::size_t at,
                                std::array<std::uint64_t, joined_words>& out) noexcept {
    std::uint64_t any = 0;
    for (std::size_t from = 0; from < joined_words; from += 4) {
        // Four words at a time stay in registers over all masks.
        const std::uint64_t* with = masks[0] + at + from;
        std::uint64_t first = with[0];
        std::uint64_t second = with[1];
        std::uint64_t third = with[2];
        std::uint64_t fourth = with[3];
        for (std::size_t mask = 1; mask < masks.size(); ++mask) {
            with = masks[mask] + at + from;
            first &= with[0];
            second &= with[1];
            third &= with[2];
            fourth &= with[3];
        }
        out[from] = first;
        out[from + 1] = second;
        out[from + 2] = third;
        out[from + 3] = fourth;
        any |= first | second | third | fourth;
    }
    return any;
}

}  // namespace detail

/// Walks the rules that accept one row of each column, ascending: masks are joined word by word, and where a column is
/// kept as lists its few rules are tested against the others. Opaque cells are let through; the caller runs them. A
/// column whose row is `column_index::no_atom` is left out. The index and the rows must outlive the cursor.
class rule_cursor {
public:
    static constexpr std::uint32_t end = 0xFFFFFFFF;  ///< what `next` answers when there is no more rule

    /// `rows` has one row for each column; both are borrowed.
    POLKU_DECL rule_cursor(const table_index& index, std::span<const std::uint32_t> rows);
    rule_cursor(const rule_cursor&) = delete;
    rule_cursor& operator=(const rule_cursor&) = delete;

    /// The next rule, or `end`.
    POLKU_DECL std::uint32_t next();

private:
    static constexpr std::size_t chunk_words = detail::joined_words;
    static constexpr std::size_t most_candidates = 64;

    POLKU_DECL void take_candidates(std::size_t column);
    POLKU_DECL void scatter(std::size_t column);
    POLKU_DECL bool fill_chunk();
    POLKU_DECL bool accepted(std::uint32_t rule) const;

    const table_index& index_;
    std::span<const std::uint32_t> rows_;
    std::size_t words_;
    detail::short_array<const std::uint64_t*, 16> masks_;
    std::size_t mask_count_ = 0;
    detail::short_array<std::uint32_t, 16> tested_;  // columns whose rows the masks do not settle
    std::size_t tested_count_ = 0;
    detail::short_array<std::uint64_t, 256> scattered_;
    std::array<std::uint64_t, chunk_words> chunk_{};
    std::size_t next_word_ = 0;  // first word that is in no chunk yet
    std::size_t chunk_at_ = 0;   // word of the chunk that is being read
    std::size_t chunk_size_ = 0;
    std::uint64_t left_ = 0;
    std::array<std::uint32_t, most_candidates> candidates_;
    std::size_t candidate_count_ = 0;
    std::size_t candidate_at_ = 0;
    bool by_candidates_ = false;
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/rule_cursor.ipp>
#endif

#endif
