// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_TABLE_INDEX_HPP
#define POLKU_DMN_TABLE_INDEX_HPP

#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// Which rules accept each atom of one column. Atoms in a row that the same rules accept are one row.
class column_index {
public:
    static constexpr std::uint32_t no_atom =
        column_atoms::none;  ///< what `locate` answers where the cells must be asked
    static constexpr std::uint32_t null_atom = column_atoms::null_atom;  ///< what `locate` answers for null
    /// Dense masks only while they take no more than this for each cell.
    static constexpr std::size_t max_dense_bytes = 64;

    /// How the rules of a row are kept.
    enum class form : std::uint8_t {
        dense,   ///< one mask for each row
        listed,  ///< sorted rule lists on a segment tree over the rows: each cell accepts few of very many rows
        coarse,  ///< a mask for each block of rows, and each cell's own rows: cells accept many of very many rows
    };

    /// Builds from the cells of the column, one for each rule. A cell that is no simple test is opaque: its bit is set
    /// for every atom, and it is evaluated for surviving rules. All other bits are set by running the cell itself on
    /// the representative of an atom.
    POLKU_DECL void build(std::span<const feel::unary_tests* const> cells, feel::evaluation_context& with);

    /// The atoms of the column.
    const column_atoms& atoms() const noexcept { return atoms_; }
    /// The atom of a value; `no_atom` where the cells must be asked.
    std::uint32_t locate(const feel::value& of, const feel::evaluation_context& with) const {
        return atoms_.locate(of, with);
    }
    /// How many atoms there are.
    std::size_t atom_count() const noexcept { return atoms_.count(); }
    /// A value inside the atom; false when none could be made (then `locate` never answers it).
    bool representative(std::uint32_t atom, feel::value& out) const { return atoms_.representative(atom, out); }

    /// How the rules of a row are kept here.
    form kept_as() const noexcept { return form_; }
    /// True for one mask for each row.
    bool is_dense() const noexcept { return form_ == form::dense; }
    /// How many rows there are; never more than atoms.
    std::uint32_t row_count() const noexcept { return rows_; }
    /// The row of an atom; `no_atom` for `no_atom`.
    std::uint32_t row_of(std::uint32_t atom) const noexcept { return atom == no_atom ? no_atom : row_of_[atom]; }

    /// By atom.
    std::span<const std::uint32_t> rows() const noexcept { return row_of_; }
    /// The mask of the rules that accept the row (bit r % 64 of word r / 64 is rule r), opaque ones included; dense
    /// columns only.
    const std::uint64_t* row_mask(std::uint32_t row) const noexcept { return masks_.data() + row * words_; }
    /// The mask of the atom's row; dense columns only, and not for `no_atom`.
    const std::uint64_t* mask(std::uint32_t atom) const noexcept { return row_mask(row_of_[atom]); }
    /// Coarse columns only: a mask that has every rule that accepts the row, and some that do not.
    const std::uint64_t* coarse_mask(std::uint32_t row) const noexcept {
        return masks_.data() + (row >> block_shift_) * words_;
    }
    /// Listed columns only: how many rules accept the row, and which (not sorted).
    POLKU_DECL std::size_t listed_count(std::uint32_t row) const noexcept;
    /// Calls `visit` with each such rule.
    template <class Visit>
    void visit_listed(std::uint32_t row, Visit visit) const {
        for (std::size_t node = std::size_t{row} + rows_; node >= 1; node /= 2)
            for (std::uint32_t at = list_begin_[node]; at < list_begin_[node + 1]; ++at) visit(lists_[at]);
    }
    /// Whether one rule accepts the row (or is opaque); any form.
    POLKU_DECL bool row_accepts(std::uint32_t row, std::uint32_t rule) const noexcept;

    /// The rules that accept the atom, ascending, opaque ones included; any form.
    POLKU_DECL void candidates(std::uint32_t atom, std::vector<std::uint32_t>& out) const;
    /// Whether the rule accepts the atom, or is opaque; not for `no_atom`.
    bool accepts(std::uint32_t atom, std::uint32_t rule) const noexcept { return row_accepts(row_of_[atom], rule); }

    /// Whether the rule's cell in this column is opaque.
    bool is_opaque(std::uint32_t rule) const noexcept {
        return has_opaque_ && ((opaque_[rule / 64] >> (rule % 64)) & 1U) != 0;
    }
    /// Whether any cell of the column is opaque.
    bool has_opaque() const noexcept { return has_opaque_; }
    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;

private:
    using range = std::pair<std::uint32_t, std::uint32_t>;  // first and last, both inside

    POLKU_DECL std::vector<const feel::unary_tests*> group_cells(std::span<const feel::unary_tests* const> cells);
    POLKU_DECL void find_ranges(std::span<const feel::unary_tests* const> groups, const std::vector<bool>& opaque,
                                feel::evaluation_context& with);
    POLKU_DECL void add_ranges(const feel::unary_tests& cell, std::vector<std::uint32_t>& points,
                               feel::evaluation_context& with);
    POLKU_DECL void merge_atoms();
    POLKU_DECL std::size_t accepted_rows() const noexcept;
    POLKU_DECL void fill_dense();
    POLKU_DECL void fill_coarse();
    POLKU_DECL void fill_lists();
    std::span<const range> ranges_of(std::uint32_t rule) const noexcept {
        const std::uint32_t group = group_of_[rule];
        return {ranges_.data() + range_begin_[group], ranges_.data() + range_begin_[group + 1]};
    }

    column_atoms atoms_;
    std::vector<std::uint32_t> row_of_;  // by atom
    std::uint32_t rows_ = 0;
    std::uint32_t block_shift_ = 0;
    std::size_t rules_ = 0;
    std::size_t words_ = 0;
    form form_ = form::dense;
    bool has_opaque_ = false;
    std::vector<std::uint64_t> opaque_;       // words; empty when no rule is opaque
    std::vector<std::uint64_t> masks_;        // dense: rows x words; coarse: blocks x words
    std::vector<std::uint32_t> list_begin_;   // listed: by node of the tree, whose leaves are at rows + row
    std::vector<std::uint32_t> lists_;        // rules, ascending in each node
    std::vector<std::uint32_t> group_of_;     // listed and coarse: cells with the same text, by rule
    std::vector<std::uint32_t> range_begin_;  // by group
    std::vector<range> ranges_;               // rows that the group accepts, ascending
};

/// All columns of a table.
struct table_index {
    std::vector<column_index> columns;  ///< one for each input
    std::size_t rules = 0;              ///< how many rules the table has

    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/table_index.ipp>
#endif

#endif
