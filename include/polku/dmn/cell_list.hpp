// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_CELL_LIST_HPP
#define POLKU_DMN_CELL_LIST_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// The distinct input entries of a table, by place. A large table has tens of thousands of them, nearly all literals
/// alone, and once its index answers they are seldom asked: packed, these are kept as texts one behind the other, and
/// compiled again for each question.
class cell_list {
public:
    /// How many cells there are.
    std::size_t size() const noexcept { return is_packed() ? ends_.size() : cells_.size(); }
    /// Before packing only. Answers the place.
    POLKU_DECL std::uint32_t add(feel::unary_tests of);
    /// Gives back what was reserved and not used; before packing.
    void shrink() { cells_.shrink_to_fit(); }
    /// Packs when most cells are literals alone.
    POLKU_DECL void pack();
    /// True once most cells are kept as texts alone.
    bool is_packed() const noexcept { return !ends_.empty(); }

    /// The cell at a place, compiled again where only its text is kept.
    POLKU_DECL feel::unary_tests operator[](std::size_t place) const;
    /// Valid as long as the list.
    POLKU_DECL std::string_view text(std::size_t place) const noexcept;
    /// What the cell at a place says of an input: true, false or null.
    POLKU_DECL feel::value accepts(std::size_t place, feel::evaluation_context& with,
                                   std::span<const feel::value> slots, const feel::value& input) const;
    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;

    /// The cells by place; before packing only.
    std::span<const feel::unary_tests> unpacked() const noexcept { return cells_; }

private:
    POLKU_DECL const feel::unary_tests* find_kept(std::size_t place) const noexcept;

    std::vector<feel::unary_tests> cells_;  // all; once packed, those that are more than literals
    std::vector<std::uint32_t> kept_at_;    // once packed: their places, ascending
    std::string texts_;                     // once packed: those of the others
    std::vector<std::uint32_t> ends_;       // and where each ends, by place
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/cell_list.ipp>
#endif

#endif
