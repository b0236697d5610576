// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_TABLE_INDEX_HPP
#define POLKU_DMN_TABLE_INDEX_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// The kinds of scalar values that have an axis of their own in a column.
enum class lane : std::uint8_t {
    number,
    string,
    boolean,
    date,
    local_time,
    zoned_time,
    local_date_time,
    zoned_date_time,
    months_duration,
    days_duration,
};
inline constexpr std::size_t lane_count = 10;

/// One column of a table, cut into atoms: null; and for each kind the points that cells name and the open intervals
/// around them. Inside an atom every simple cell answers the same.
class column_index {
public:
    static constexpr std::uint32_t no_atom = 0xFFFFFFFF;
    static constexpr std::uint32_t null_atom = 0;
    /// Dense masks only below this many atoms: 64 bytes of mask for each cell.
    static constexpr std::size_t max_dense_atoms = 512;

    /// Builds from the cells of the column, one for each rule. A cell that is no simple test is opaque: its bit is set
    /// for every atom, and it is evaluated for surviving rules.
    POLKU_DECL void build(std::span<const feel::unary_tests* const> cells, feel::evaluation_context& with);

    /// The atom of a value; `no_atom` for kinds without an axis (lists, contexts, ranges, functions) and for atoms that
    /// have no representative: such values are tested by the cells themselves.
    POLKU_DECL std::uint32_t locate(const feel::value& of, const feel::evaluation_context& with) const;

    bool is_dense() const noexcept { return dense_; }
    std::size_t atom_count() const noexcept { return atoms_; }
    std::size_t word_count() const noexcept { return words_; }
    /// The mask of the rules that accept the atom, opaque ones included; dense columns only.
    const std::uint64_t* mask(std::uint32_t atom) const noexcept { return masks_.data() + atom * words_; }
    bool is_opaque(std::uint32_t rule) const noexcept {
        return has_opaque_ && ((opaque_[rule / 64] >> (rule % 64)) & 1U) != 0;
    }
    bool has_opaque() const noexcept { return has_opaque_; }

    /// Sparse columns: how many rules may accept the atom, and which (unordered); and whether one rule does.
    POLKU_DECL std::size_t candidate_count(std::uint32_t atom) const;
    POLKU_DECL void candidates(std::uint32_t atom, std::vector<std::uint32_t>& out) const;
    POLKU_DECL bool accepts(std::uint32_t atom, std::uint32_t rule) const;

    /// A value inside the atom; false when none could be made (then `locate` never answers it).
    POLKU_DECL bool representative(std::uint32_t atom, feel::value& out) const;
    /// Bytes held by masks or rule lists.
    POLKU_DECL std::size_t memory() const noexcept;

private:
    struct axis {
        std::vector<feel::value> points;  // ascending, distinct
        std::uint32_t first_atom = 0;     // of 2 * points + 1 atoms: interval, point, interval, ...
    };
    using atom_range = std::pair<std::uint32_t, std::uint32_t>;  // first and last, both inside

    POLKU_DECL void collect_points(std::span<const feel::unary_tests* const> cells,
                                   const feel::evaluation_context& with);
    POLKU_DECL void add_point(const feel::value& point, bool& opaque);
    POLKU_DECL void number_atoms();
    POLKU_DECL void fill_cell(const feel::unary_tests& cell, std::span<const std::uint32_t> rules,
                              feel::evaluation_context& with);
    POLKU_DECL std::vector<atom_range> accepted_ranges(const feel::unary_tests& cell, feel::evaluation_context& with);
    POLKU_DECL void set_range(atom_range range, std::span<const std::uint32_t> rules);
    POLKU_DECL void insert_range(atom_range range, std::span<const std::uint32_t> rules);
    template <class Visit>
    void visit_path(std::uint32_t atom, Visit visit) const;

    std::array<axis, lane_count> axes_;
    std::uint32_t atoms_ = 0;
    std::size_t words_ = 0;
    bool dense_ = true;
    bool has_opaque_ = false;
    std::vector<std::uint64_t> masks_;              // dense: atoms x words
    std::vector<std::uint64_t> opaque_;             // words
    std::vector<bool> unsure_;                      // atoms without a representative
    std::vector<std::vector<std::uint32_t>> tree_;  // sparse: rule lists on a segment tree over the atoms
    std::vector<std::vector<atom_range>> ranges_;   // sparse: for each rule, ascending
};

/// All columns of a table.
struct table_index {
    std::vector<column_index> columns;
    std::size_t rules = 0;
};

/// The lane of a scalar value; false for null and for kinds without one.
POLKU_DECL bool lane_of(const feel::value& of, lane& out) noexcept;

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/table_index.ipp>
#endif

#endif
