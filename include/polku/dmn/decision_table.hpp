// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DECISION_TABLE_HPP
#define POLKU_DMN_DECISION_TABLE_HPP

#include <polku/dmn/cell_list.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/dmn/model.hpp>
#include <polku/dmn/rule_list.hpp>
#include <polku/dmn/table_index.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// A decision table whose texts are compiled (DMN 1.5 clause 8). Immutable after `finish`.
struct compiled_table {
    /// A column of conditions.
    struct input {
        feel::expression expression;  ///< what the cells are tested against
        item_type_pointer type;       ///< of the input expression; null pointer when none is given
        feel::unary_tests values;     ///< `inputValues`; empty when none are given
        std::uint32_t same_as = 0;    ///< the first column with the same text; its own index when it is the first
    };
    /// A column of answers.
    struct output {
        std::string name;                     ///< empty where the table has one output without a name
        item_type_pointer type;               ///< declared type; null pointer when none is given
        feel::unary_tests values;             ///< `outputValues`; empty when none are given
        std::vector<feel::value> priorities;  ///< the output values in their order, highest first
        feel::expression default_entry;       ///< for no match; empty when none is given
    };
    /// An output entry; those of one column with the same text are one.
    struct output_entry {
        static constexpr std::uint32_t no_expression = 0xFFFFFFFF;  ///< what `expression` is for a constant
        feel::value constant;                                       ///< already of the column's type
        std::uint32_t expression = no_expression;  ///< in `output_expressions`, where it is no constant
        std::uint32_t column = 0;                  ///< of the outputs, from 0
    };

    std::string id;                                         ///< of the table's element
    std::string owner;                                      ///< name of the decision or knowledge model around it
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;   ///< which rules answer
    dmn::aggregation aggregation = dmn::aggregation::none;  ///< of COLLECT; none for the others
    std::vector<input> inputs;                              ///< in the order of the columns
    std::vector<output> outputs;                            ///< in the order of the columns
    rule_list rules;                                        ///< ids and annotations
    cell_list distinct_cells;                               ///< cells repeat down a column; each text is compiled once
    std::vector<std::uint32_t> cells;                  ///< rule by rule, one for each input: place in `distinct_cells`
    std::vector<output_entry> distinct_outputs;        ///< each text of a column once
    std::vector<feel::expression> output_expressions;  ///< those that are no constants
    std::vector<std::uint32_t> output_cells;  ///< rule by rule, one for each output: place in `distinct_outputs`
    static constexpr std::uint32_t no_result =
        0xFFFFFFFF;                        ///< in `result_of`: not all outputs of the rule are constants
    feel::entry_names output_names;        ///< of several outputs, shared by all answers; the type's where it has these
    std::vector<feel::value> results;      ///< contexts of constant outputs, each combination once
    std::vector<std::uint32_t> result_of;  ///< by rule, in `results`; empty for a table with one output
    table_index index;                     ///< made by `finish`
    bool use_index = true;                 ///< false: rule by rule, for tests

    /// Place of a cell in `distinct_cells`; rule and column from 0.
    std::uint32_t cell_place(std::size_t of_rule, std::size_t column) const noexcept {
        return cells[of_rule * inputs.size() + column];
    }
    /// The compiled cell; rule and column from 0.
    feel::unary_tests cell(std::size_t of_rule, std::size_t column) const {
        return distinct_cells[cell_place(of_rule, column)];
    }
    /// The cell as it was written; lives as long as the table.
    std::string_view cell_text(std::size_t of_rule, std::size_t column) const noexcept {
        return distinct_cells.text(cell_place(of_rule, column));
    }
    /// What a cell says of an input: true, false or null.
    feel::value accepts(std::size_t of_rule, std::size_t column, feel::evaluation_context& with,
                        std::span<const feel::value> slots, const feel::value& given) const {
        return distinct_cells.accepts(cell_place(of_rule, column), with, slots, given);
    }
    /// The value of an output entry that needs no evaluation, of the column's type; null pointer for any other entry.
    const feel::value* constant(std::size_t of_rule, std::size_t column) const noexcept {
        const output_entry& entry = distinct_outputs[output_cells[of_rule * outputs.size() + column]];
        return entry.expression == output_entry::no_expression ? &entry.constant : nullptr;
    }
    /// The expression of an output entry; only for one that is no constant.
    const feel::expression& output_expression(std::size_t of_rule, std::size_t column) const noexcept {
        return output_expressions[distinct_outputs[output_cells[of_rule * outputs.size() + column]].expression];
    }
    /// What the rule answers when all of its outputs are constants; null pointer otherwise.
    const feel::value* result(std::size_t of_rule) const noexcept {
        if (outputs.size() == 1) return constant(of_rule, 0);
        const std::uint32_t at = result_of.empty() ? no_result : result_of[of_rule];
        return at == no_result ? nullptr : &results[at];
    }
    /// Adds an output entry to the distinct ones: a constant where the expression is one. Answers its place.
    POLKU_DECL std::uint32_t add_output(feel::expression of, std::size_t column);
    /// Adds a constant to the distinct output entries; answers its place.
    POLKU_DECL std::uint32_t add_constant(feel::value of, std::size_t column);
    /// Fills what follows from the rest: coerced constants, priorities, index. Call once, after everything above is
    /// set.
    POLKU_DECL void finish(feel::evaluation_context& with);

private:
    POLKU_DECL void join_constants();
};

/// Evaluates the table: hit rules by atoms and masks (or rule by rule when `use_index` is off), then the hit policy.
/// Nulls: `no_rule_matched`, `hit_policy_violated`, `constraint_violated` for an input outside its input values.
POLKU_DECL feel::value evaluate_table(const compiled_table& table, feel::evaluation_context& with,
                                      std::span<const feel::value> slots);

/// The rules that accept the inputs (one value for each column), ascending, at most `limit`: rule by rule with the
/// cells' own evaluator. This is the definition that the index must agree with.
POLKU_DECL void reference_matches(const compiled_table& table, feel::evaluation_context& with,
                                  std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                  std::size_t limit, std::vector<std::uint32_t>& out);
/// The same by atoms and masks.
POLKU_DECL void indexed_matches(const compiled_table& table, feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                std::size_t limit, std::vector<std::uint32_t>& out);

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/decision_table.ipp>
#endif

#endif
