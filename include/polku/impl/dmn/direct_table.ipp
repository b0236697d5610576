// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_DIRECT_TABLE_IPP
#define POLKU_IMPL_DMN_DIRECT_TABLE_IPP

#include <polku/dmn/detail/direct_table.hpp>
#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/rule_cursor.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL feel::value value_of_lane(lane of);

/// Makes one direct table, of a decision or of a table over slots; each step answers false when that is not of the
/// form.
class direct_table_maker {
public:
    direct_table_maker(const program_data& program, std::uint32_t node)
        : program_(&program), node_(&program.nodes[node]), self_(node) {}
    explicit direct_table_maker(const compiled_table& table) : table_(&table) {}

    POLKU_DECL bool make(direct_table& into);

private:
    POLKU_DECL bool find_table();
    POLKU_DECL bool is_of_form() const;
    POLKU_DECL bool make_column(std::uint32_t column, direct_table& into);
    POLKU_DECL bool find_input(const feel::expression& of, std::uint32_t& out) const;
    POLKU_DECL bool gather_tests(const item_type* type, std::vector<const feel::unary_tests*>& into) const;
    POLKU_DECL bool cut_finer(std::uint32_t column, std::span<const feel::unary_tests* const> tests,
                              direct_column& into);
    POLKU_DECL feel::value arriving(const direct_column& of, const feel::value& given);
    POLKU_DECL std::uint32_t row_for(const direct_column& of, const feel::value& given);
    POLKU_DECL bool keeps_atoms(const direct_column& of);
    POLKU_DECL void fill_places(bool constrained, direct_column& into);
    POLKU_DECL bool find_unread(direct_table& into) const;
    POLKU_DECL feel::value coerced(const feel::value& from);
    POLKU_DECL void fill_answers(direct_table& into);
    POLKU_DECL void fill_no_match(direct_table& into);
    /// Of what a caller gives; slots have theirs already.
    const item_type* type_of_input(std::uint32_t input) const {
        return node_ != nullptr ? program_->nodes[node_->input_nodes[input]].type.get() : nullptr;
    }

    const program_data* program_ = nullptr;  // null pointer: over slots
    const program_node* node_ = nullptr;
    std::uint32_t self_ = 0;
    const compiled_table* table_ = nullptr;
    std::vector<const item_type*> result_types_;  // what coerces the table's answer, in order
    feel::evaluation_context with_;
};

POLKU_DECL bool direct_table_maker::find_table() {
    if (node_->is != node_kind::decision || !node_->body || node_->plan.size() != 1 || node_->plan.front() != self_)
        return false;
    const logic* body = node_->body.get();
    const item_type* type = nullptr;
    while (const logic* inner = body->coerced(type)) {
        result_types_.insert(result_types_.begin(), type);
        body = inner;
    }
    if (node_->type) result_types_.push_back(node_->type.get());
    table_ = body->table();
    return table_ != nullptr;
}

POLKU_DECL bool direct_table_maker::is_of_form() const {
    return table_->use_index && !table_->rules.empty() &&
           (table_->hit_policy == hit_policy::first || table_->hit_policy == hit_policy::unique);
}

/// The slot that an expression plainly names, or the input of the decision behind it.
POLKU_DECL bool direct_table_maker::find_input(const feel::expression& of, std::uint32_t& out) const {
    const auto slot = of.plain_slot();
    if (!slot) return false;
    out = *slot;
    if (node_ == nullptr) return true;
    if (*slot >= node_->sources.size()) return false;
    const slot_source& from = node_->sources[*slot];
    if (!from.members.empty() || program_->nodes[from.node].is != node_kind::input) return false;
    const auto at = std::find(node_->input_nodes.begin(), node_->input_nodes.end(), from.node);
    out = static_cast<std::uint32_t>(at - node_->input_nodes.begin());
    return at != node_->input_nodes.end();
}

/// The constraints that a scalar of the type has to keep; false when one is more than simple tests.
POLKU_DECL bool direct_table_maker::gather_tests(const item_type* type,
                                                 std::vector<const feel::unary_tests*>& into) const {
    for (; type != nullptr; type = type->base.get()) {
        for (const feel::unary_tests* each : {&type->allowed, &type->constraint}) {
            if (each->is_any()) continue;
            if (!each->simple_tests()) return false;
            into.push_back(each);
        }
    }
    return true;
}

/// Constraints may change their answer inside an atom of the cells; then the column gets atoms of its own.
POLKU_DECL bool direct_table_maker::cut_finer(std::uint32_t column, std::span<const feel::unary_tests* const> tests,
                                              direct_column& into) {
    into.atoms_ = &table_->index.columns[column].atoms();
    if (tests.empty()) return true;
    std::vector<std::uint32_t> cells;
    for (std::size_t rule = 0; rule < table_->rules.size(); ++rule)
        cells.push_back(table_->cells[rule * table_->inputs.size() + column]);
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    std::vector<const feel::unary_tests*> all(tests.begin(), tests.end());
    std::vector<feel::unary_tests> kept;
    kept.reserve(cells.size());
    for (const std::uint32_t each : cells) all.push_back(&kept.emplace_back(table_->distinct_cells[each]));
    auto own = std::make_shared<column_atoms>();
    std::vector<bool> opaque;
    own->build(all, with_, opaque);
    if (std::find(opaque.begin(), opaque.end(), true) != opaque.end()) return false;
    into.own_ = std::move(own);
    into.atoms_ = into.own_.get();
    return true;
}

/// The value as the types on its way to the table's column leave it.
POLKU_DECL feel::value direct_table_maker::arriving(const direct_column& of, const feel::value& given) {
    feel::value made = given;
    if (const item_type* type = type_of_input(of.input)) made = conform(made, *type, with_);
    if (const item_type* type = table_->inputs[of.column].type.get()) made = conform(made, *type, with_);
    return made;
}

/// What becomes of a value on its way from the caller to the table's column.
POLKU_DECL std::uint32_t direct_table_maker::row_for(const direct_column& of, const feel::value& given) {
    const compiled_table::input& clause = table_->inputs[of.column];
    const column_index& index = table_->index.columns[of.column];
    const feel::value made = arriving(of, given);
    if (made.is_null()) return index.row_of(column_index::null_atom);
    if (made.kind() != given.kind() || !(made == given)) return direct_table::general_row;
    if (clause.values && !clause.values.accepts(with_, {}, made).is_true()) return direct_table::violated_row;
    return index.row_of(index.locate(made, with_));
}

/// Without constraints a type lets a whole kind through or none of it. True when it lets all kinds of the atoms
/// through, so that each atom is simply in the column's row.
POLKU_DECL bool direct_table_maker::keeps_atoms(const direct_column& of) {
    for (std::size_t each = 0; each < lane_count; ++each) {
        feel::value inside;
        std::uint32_t atom = of.atoms_->first_of(static_cast<lane>(each));
        const std::uint32_t end = of.atoms_->end_of(static_cast<lane>(each));
        while (atom < end && !of.atoms_->representative(atom, inside)) ++atom;
        if (atom == end) continue;
        const feel::value made = arriving(of, inside);
        if (made.kind() != inside.kind() || !(made == inside)) return false;
    }
    return true;
}

POLKU_DECL void direct_table_maker::fill_places(bool constrained, direct_column& into) {
    const std::uint32_t atoms = into.atoms_->count();
    if (!constrained && keeps_atoms(into)) {
        into.atom_rows_ = table_->index.columns[into.column].rows();
    } else {
        into.own_rows_.assign(atoms, direct_table::general_row);
        feel::value inside;
        for (std::uint32_t atom = 0; atom < atoms; ++atom)
            if (atom != column_atoms::other_atom && into.atoms_->representative(atom, inside))
                into.own_rows_[atom] = row_for(into, inside);
        into.atom_rows_ = into.own_rows_;
    }
    into.fixed_.fill(direct_column::none);
    into.kind_rows_.fill(direct_table::general_row);
    for (std::size_t each = 0; each < lane_count; ++each) {
        if (into.atoms_->has(static_cast<lane>(each))) continue;
        const feel::value middle = value_of_lane(static_cast<lane>(each));
        const auto kind = static_cast<std::size_t>(middle.kind());
        into.fixed_[kind] = atoms + static_cast<std::uint32_t>(kind);
        into.kind_rows_[kind] = row_for(into, middle);
    }
}

POLKU_DECL bool direct_table_maker::make_column(std::uint32_t column, direct_table& into) {
    const compiled_table::input& clause = table_->inputs[column];
    direct_column made;
    made.column = column;
    std::vector<const feel::unary_tests*> tests;
    if (table_->index.columns[column].has_opaque() || !find_input(clause.expression, made.input) ||
        !gather_tests(type_of_input(made.input), tests) || !gather_tests(clause.type.get(), tests))
        return false;
    if (clause.values) {
        if (!clause.values.simple_tests()) return false;
        tests.push_back(&clause.values);
    }
    if (!cut_finer(column, tests, made)) return false;
    fill_places(!tests.empty(), made);
    const std::size_t places = made.atom_rows_.size() + made.kind_rows_.size();
    for (std::uint32_t place = 0; into.narrow_ && place < places; ++place) {
        const std::uint32_t row = made.row(place);
        made.words_.push_back(row == direct_table::general_row ? 0
                              : row == direct_table::violated_row
                                  ? direct_table::not_general
                                  : *table_->index.columns[column].row_mask(row) | direct_table::not_general |
                                        direct_table::not_violated);
    }
    into.least_inputs_ = std::max<std::size_t>(into.least_inputs_, made.input + 1);
    into.columns_.push_back(std::move(made));
    return true;
}

/// Inputs that no column reads are only coerced, which must then be free of work that limits could stop.
POLKU_DECL bool direct_table_maker::find_unread(direct_table& into) const {
    for (std::uint32_t input = 0; node_ != nullptr && input < node_->input_nodes.size(); ++input) {
        const bool read = std::any_of(into.columns_.begin(), into.columns_.end(),
                                      [&](const direct_column& each) { return each.input == input; });
        if (read) continue;
        if (const item_type* type = type_of_input(input); type != nullptr && type->is_constrained) return false;
        into.unread_.push_back(input);
    }
    return true;
}

POLKU_DECL feel::value direct_table_maker::coerced(const feel::value& from) {
    feel::value made = from;
    for (const item_type* each : result_types_) made = conform(made, *each, with_);
    return made;
}

POLKU_DECL void direct_table_maker::fill_answers(direct_table& into) {
    const std::size_t rules = table_->rules.size();
    into.all_constant_ = true;
    into.plain_contexts_ = table_->outputs.size() > 1;
    into.answers_.reserve(rules);
    if (!result_types_.empty()) into.coerced_.reserve(rules);
    for (std::size_t rule = 0; rule < rules; ++rule) {
        const feel::value* known = table_->result(rule);
        into.all_constant_ = into.all_constant_ && known != nullptr;
        if (known != nullptr && !result_types_.empty()) {
            feel::value made = coerced(*known);
            if (made.kind() != known->kind() || !(made == *known)) {
                into.coerced_.push_back(std::move(made));
                known = &into.coerced_.back();
                into.plain_contexts_ = false;
            }
        }
        into.answers_.push_back(known);
    }
}

POLKU_DECL void direct_table_maker::fill_no_match(direct_table& into) {
    into.violated_ = coerced(feel::value(feel::null_reason::constraint_violated));
    into.several_ = coerced(feel::value(feel::null_reason::hit_policy_violated));
    into.no_match_known_ = std::none_of(table_->outputs.begin(), table_->outputs.end(),
                                        [](const auto& each) { return static_cast<bool>(each.default_entry); });
    into.no_match_ = coerced(feel::value(feel::null_reason::no_rule_matched));
}

POLKU_DECL bool direct_table_maker::make(direct_table& into) {
    if ((table_ == nullptr && !find_table()) || !is_of_form()) return false;
    into.table_ = table_;
    into.unique_ = table_->hit_policy == hit_policy::unique;
    const auto& columns = table_->index.columns;
    into.by_masks_ = !columns.empty() && columns.size() <= direct_table::most_masks &&
                     std::all_of(columns.begin(), columns.end(), [](const auto& each) { return each.is_dense(); });
    into.narrow_ = into.by_masks_ && table_->rules.size() <= direct_table::most_narrow_rules;
    for (std::uint32_t column = 0; column < table_->inputs.size(); ++column)
        if (!make_column(column, into)) return false;
    std::stable_sort(into.columns_.begin(), into.columns_.end(),
                     [](const direct_column& left, const direct_column& right) { return left.input < right.input; });
    if (!find_unread(into)) return false;
    fill_answers(into);
    fill_no_match(into);
    return true;
}

POLKU_DECL direct_table_pointer make_direct_table(const program_data& program, std::uint32_t node) {
    auto made = std::make_shared<direct_table>();
    return direct_table_maker(program, node).make(*made) ? made : nullptr;
}

POLKU_DECL direct_table_pointer make_direct_table(const compiled_table& table) {
    auto made = std::make_shared<direct_table>();
    return direct_table_maker(table).make(*made) ? made : nullptr;
}

POLKU_DECL const direct_table* direct_table_of(const program& from, decision_ref what) noexcept {
    const program_data* data = program_data::of(from);
    return data != nullptr && what.index < data->nodes.size() ? data->nodes[what.index].direct.get() : nullptr;
}

POLKU_DECL std::uint32_t direct_column::place_of(const feel::value& of, const feel::evaluation_context& with) const {
    const std::uint32_t fixed = fixed_[static_cast<std::size_t>(of.kind())];
    return fixed != none ? fixed : atoms_->locate(of, with);
}

/// The join of the masks of dense columns: the first rule, and whether there is a second one where that matters.
POLKU_DECL const feel::value* direct_table::answer_by_masks(std::span<const std::uint32_t> rows) const {
    std::array<const std::uint64_t*, most_masks> masks;
    for (std::size_t at = 0; at < rows.size(); ++at) masks[at] = table_->index.columns[at].row_mask(rows[at]);
    const std::span<const std::uint64_t* const> all(masks.data(), rows.size());
    const std::size_t words = (table_->index.rules + 63) / 64;
    std::uint32_t found = rule_cursor::end;
    std::array<std::uint64_t, joined_words> joined{};
    for (std::size_t from = 0; from < words; from += joined_words) {
        const std::size_t size = std::min(joined_words, words - from);
        if (POLKU_LIKELY(size == joined_words)) {
            if (join_words(all, from, joined) == 0) continue;
        } else {
            for (std::size_t word = 0; word < size; ++word) {
                joined[word] = masks[0][from + word];
                for (std::size_t mask = 1; mask < all.size(); ++mask) joined[word] &= masks[mask][from + word];
            }
        }
        for (std::size_t word = 0; word < size; ++word) {
            const std::uint64_t left = joined[word];
            if (left == 0) continue;
            if (unique_ && (found != rule_cursor::end || (left & (left - 1)) != 0)) return several();
            found = static_cast<std::uint32_t>((from + word) * 64 + static_cast<std::size_t>(std::countr_zero(left)));
            if (!unique_) return answers_[found];
        }
    }
    return found != rule_cursor::end ? answers_[found] : no_match_known_ ? &no_match_ : nullptr;
}

POLKU_DECL const feel::value* direct_table::answer(std::span<const std::uint32_t> rows) const {
    bool violated = false;
    for (const std::uint32_t row : rows) {
        if (POLKU_UNLIKELY(row == general_row)) return nullptr;
        violated = violated || row == violated_row;
    }
    if (POLKU_UNLIKELY(violated)) return &violated_;
    if (POLKU_LIKELY(by_masks_)) return answer_by_masks(rows);
    rule_cursor found(table_->index, rows);
    const std::uint32_t rule = found.next();
    if (rule == rule_cursor::end) return no_match_known_ ? &no_match_ : nullptr;
    if (unique_ && found.next() != rule_cursor::end) return several();
    return answers_[rule];
}

POLKU_DECL const feel::value* direct_table::evaluate(std::span<const feel::value> inputs,
                                                     const feel::evaluation_context& with) const {
    if (POLKU_UNLIKELY(inputs.size() < least_inputs_)) return nullptr;
    if (narrow_) {
        std::uint64_t joined = ~std::uint64_t{0};
        for (const direct_column& each : columns_) {
            const std::uint32_t place = each.place_of(inputs[each.input], with);
            if (POLKU_UNLIKELY(place == direct_column::none)) return nullptr;
            joined &= each.word(place);
        }
        return answer(joined);
    }
    short_array<std::uint32_t, 16> rows(columns_.size());
    for (const direct_column& each : columns_) {
        const std::uint32_t place = each.place_of(inputs[each.input], with);
        if (POLKU_UNLIKELY(place == direct_column::none)) return nullptr;
        rows[each.column] = each.row(place);
    }
    return answer(rows);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
