// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below, so they must come
// through here a second time.
#include <polku/dmn/program.hpp>

#ifndef POLKU_DMN_DETAIL_DIRECT_TABLE_HPP
#define POLKU_DMN_DETAIL_DIRECT_TABLE_HPP

#include <polku/dmn/decision_table.hpp>
#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

struct program_data;

/// One column of a direct table: from what an input holds to the rules that accept it, with the types and allowed
/// values on the way already settled for each atom. A place is an atom, or behind them a kind without an axis.
class direct_column {
public:
    static constexpr std::uint32_t none = column_atoms::none;

    std::uint32_t input = 0;   ///< of the decision, or the slot
    std::uint32_t column = 0;  ///< of the table

    std::uint32_t place_of_null() const noexcept { return column_atoms::null_atom; }
    std::uint32_t place_of_number(std::int64_t coefficient, std::int32_t scale) const {
        const std::uint32_t fixed = fixed_[static_cast<std::size_t>(feel::kind::number)];
        return POLKU_LIKELY(fixed == none) ? atoms_->of_number(coefficient, scale) : fixed;
    }
    std::uint32_t place_of_boolean(bool truth) const noexcept {
        const std::uint32_t fixed = fixed_[static_cast<std::size_t>(feel::kind::boolean)];
        return POLKU_LIKELY(fixed == none) ? atoms_->of_boolean(truth) : fixed;
    }
    std::uint32_t place_of_text(std::string_view text) const noexcept {
        const std::uint32_t fixed = fixed_[static_cast<std::size_t>(feel::kind::string)];
        return POLKU_LIKELY(fixed == none) ? atoms_->of_text(text) : fixed;
    }
    std::uint32_t place_of_date(time::date day) const noexcept {
        const std::uint32_t fixed = fixed_[static_cast<std::size_t>(feel::kind::date)];
        return POLKU_LIKELY(fixed == none) ? atoms_->of_date(day) : fixed;
    }
    /// `none` for values that the general way has to look at.
    POLKU_DECL std::uint32_t place_of(const feel::value& of, const feel::evaluation_context& with) const;

    std::uint64_t word(std::uint32_t place) const noexcept { return words_[place]; }
    std::uint32_t row(std::uint32_t place) const noexcept {
        return POLKU_LIKELY(place < atom_rows_.size()) ? atom_rows_[place] : kind_rows_[place - atom_rows_.size()];
    }

private:
    friend class direct_table_maker;
    const column_atoms* atoms_ = nullptr;
    std::shared_ptr<const column_atoms> own_;    // where constraints cut finer than the cells do
    std::array<std::uint32_t, 13> fixed_{};      // by kind: its place where it has no axis
    std::span<const std::uint32_t> atom_rows_;   // by atom: of the table's column, or one of the marks below
    std::array<std::uint32_t, 13> kind_rows_{};  // the same for the places behind the atoms
    std::vector<std::uint32_t> own_rows_;        // those of the atoms where they are not simply the column's
    std::vector<std::uint64_t> words_;           // by place: mask of the rules and marks, for narrow tables
};

/// A decision table over plain names, made ready so that an evaluation neither takes memory nor makes a value: an atom
/// for each column, the join of their rules, a constant. It stands for a whole decision, with the types of its inputs
/// and of its result settled, or for the table alone wherever it stands, over the values of its slots. Its answers are
/// those of the general way; where it cannot answer (a value without an atom, a rule whose output is an expression) it
/// says so.
class direct_table {
public:
    static constexpr std::uint32_t violated_row = 0xFFFFFFFE;  ///< outside the input values
    static constexpr std::uint32_t general_row = 0xFFFFFFFF;
    /// Narrow tables have a word for each place: the rules, and two marks that are clear for the rows above.
    static constexpr std::size_t most_narrow_rules = 62;
    static constexpr std::uint64_t not_general = std::uint64_t{1} << 63U;
    static constexpr std::uint64_t not_violated = std::uint64_t{1} << 62U;

    bool is_narrow() const noexcept { return narrow_; }
    /// In the order of the inputs.
    std::span<const direct_column> columns() const noexcept { return columns_; }
    /// Inputs that no column reads.
    std::span<const std::uint32_t> unread_inputs() const noexcept { return unread_; }
    std::size_t table_columns() const noexcept { return table_->inputs.size(); }
    /// True when every rule's answer is a context with the table's outputs as entries, in their order.
    bool answers_contexts() const noexcept { return plain_contexts_; }
    const compiled_table& table() const noexcept { return *table_; }

    /// The answer to the join of the columns' words; valid as long as the program. Null pointer: go the general way.
    const feel::value* answer(std::uint64_t joined) const noexcept {
        if (POLKU_UNLIKELY((joined & not_general) == 0)) return nullptr;
        if (POLKU_UNLIKELY((joined & not_violated) == 0)) return &violated_;
        const std::uint64_t rules = joined & (not_violated - 1);
        if (POLKU_UNLIKELY(rules == 0)) return no_match_known_ ? &no_match_ : nullptr;
        if (unique_ && POLKU_UNLIKELY((rules & (rules - 1)) != 0)) return several();
        return answers_[static_cast<std::size_t>(std::countr_zero(rules))];
    }
    /// The same from the row of each of the table's columns, for tables of any width.
    POLKU_DECL const feel::value* answer(std::span<const std::uint32_t> rows) const;
    /// The answer to one value for each input of the decision, or for each slot.
    POLKU_DECL const feel::value* evaluate(std::span<const feel::value> inputs,
                                           const feel::evaluation_context& with) const;
    /// False when the limits are so tight that the general way might pass one.
    static bool within(const feel::limits& bounds) noexcept { return bounds.steps > 0 && bounds.depth >= 64; }

private:
    friend class direct_table_maker;
    static constexpr std::size_t most_masks = 16;
    POLKU_DECL const feel::value* answer_by_masks(std::span<const std::uint32_t> rows) const;
    const feel::value* several() const noexcept { return all_constant_ ? &several_ : nullptr; }

    const compiled_table* table_ = nullptr;
    std::vector<direct_column> columns_;
    std::vector<std::uint32_t> unread_;
    std::vector<const feel::value*> answers_;  // by rule; null pointer: the rule has no constant answer
    std::vector<feel::value> coerced_;         // those answers that the decision's type changes
    std::size_t least_inputs_ = 0;
    bool narrow_ = false;
    bool by_masks_ = false;
    bool unique_ = false;
    bool all_constant_ = false;
    bool plain_contexts_ = false;
    bool no_match_known_ = false;
    feel::value no_match_;
    feel::value violated_;
    feel::value several_;
};
using direct_table_pointer = std::shared_ptr<const direct_table>;

/// Null pointer for decisions of another form.
POLKU_DECL direct_table_pointer make_direct_table(const program_data& program, std::uint32_t node);
/// A table over slots; null pointer for one whose inputs are more than names. The table has to stay where it is.
POLKU_DECL direct_table_pointer make_direct_table(const compiled_table& table);
/// The one that the program made for a decision, or null pointer.
POLKU_DECL const direct_table* direct_table_of(const program& from, decision_ref what) noexcept;

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/direct_table.ipp>
#endif

#endif
