// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TABLE_COMPILER_IPP
#define POLKU_IMPL_DMN_TABLE_COMPILER_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/tests_code.hpp>
#include <polku/impl/dmn/compiler.hpp>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool logic_compiler::compile_input(const input_clause& from, std::size_t column, const feel::scope& names,
                                              compiled_table& into) {
    const std::string pointer = "input " + std::to_string(column + 1);
    compiled_table::input& made = into.inputs.emplace_back();
    auto expression = compile_text(from.expression, names, pointer);
    made.type = type_named(from.type_ref, from.at);
    if (!expression) return false;
    made.expression = std::move(*expression);
    if (!from.values) return true;
    const feel::type& over = made.type ? made.type->type : made.expression.result_type();
    auto values = compile_tests(*from.values, names, over, pointer + " values");
    if (!values) return false;
    if (!values->is_any()) made.values = std::move(*values);
    return true;
}

POLKU_DECL bool logic_compiler::compile_output(const decision_table& table, std::size_t column,
                                               const feel::scope& names, const item_type_pointer& declared,
                                               compiled_table& into) {
    const output_clause& from = table.outputs[column];
    const std::string pointer = "output " + std::to_string(column + 1);
    compiled_table::output& made = into.outputs.emplace_back();
    made.name = feel::detail::fold_name(from.name);
    made.type = type_named(from.type_ref, from.at);
    const feel::type over = made.type ? made.type->type : feel::type::any();
    if (from.values) {
        auto values = compile_tests(*from.values, names, over, pointer + " values");
        if (!values) return false;
        if (!values->is_any()) made.values = std::move(*values);
    } else if (!made.type && table.outputs.size() == 1 && declared && declared->allowed) {
        made.values = declared->allowed;
    }
    if (!from.default_entry || is_blank_text(from.default_entry->text)) return true;
    auto entry = compile_text(*from.default_entry, names, pointer + " default");
    if (!entry) return false;
    made.default_entry = std::move(*entry);
    return true;
}

/// The place of a cell's tests among the distinct ones. A text that was compiled without a word to say about it is not
/// compiled again; one that earns a diagnostic earns it wherever it stands.
POLKU_DECL bool logic_compiler::compile_cell(const located_view& from, std::size_t rule, std::size_t column,
                                             const feel::scope& names, text_pool& known, compiled_table& into) {
    const auto place = static_cast<std::uint32_t>(into.distinct_cells.size());
    const auto [entry, fresh] = known.try_emplace(from.text, place);
    into.cells.push_back(entry->second);
    if (!fresh) return true;
    if (auto plain = feel::detail::plain_unary_tests(from.text, names)) {
        into.distinct_cells.add(*std::move(plain));
        return true;
    }
    const compiled_table::input& over = into.inputs[column];
    auto cell = compile_tests(from, names, over.type ? over.type->type : over.expression.result_type(),
                              "rule " + std::to_string(rule + 1) + ", input " + std::to_string(column + 1));
    if (!cell || !cell->diagnostics().empty()) known.erase(entry);
    into.distinct_cells.add(cell ? std::move(*cell) : feel::unary_tests());
    return cell.has_value();
}

/// The same for an output entry.
POLKU_DECL bool logic_compiler::compile_entry(const located_view& from, std::size_t rule, std::size_t column,
                                              const feel::scope& names, text_pool& known, compiled_table& into) {
    const auto place = static_cast<std::uint32_t>(into.distinct_outputs.size());
    const auto [known_entry, fresh] = known.try_emplace(from.text, place);
    into.output_cells.push_back(known_entry->second);
    if (!fresh) return true;
    located_view text = from;
    if (is_blank_text(text.text) || text.text == "-") text.text = "null";
    if (auto plain = feel::detail::plain_constant(text.text, names)) {
        into.add_constant(*std::move(plain), column);
        return true;
    }
    auto entry =
        compile_text(text, names, "rule " + std::to_string(rule + 1) + ", output " + std::to_string(column + 1));
    if (!entry || !entry->diagnostics().empty()) known.erase(known_entry);
    into.add_output(entry ? std::move(*entry) : feel::expression(), column);
    return entry.has_value();
}

POLKU_DECL bool logic_compiler::compile_rule(const decision_table& table, std::size_t index, const feel::scope& names,
                                             table_pools& known, compiled_table& into) {
    const decision_rule& from = table.rules[index];
    into.rules.add(from.id);
    bool sound = from.inputs.size() == table.inputs.size() && from.outputs.size() == table.outputs.size();
    for (std::size_t column = 0; sound && column < from.inputs.size(); ++column)
        sound = compile_cell(from.inputs[column].text, index, column, names, known.inputs[column], into);
    for (std::size_t column = 0; column < from.outputs.size() && column < table.outputs.size(); ++column)
        sound = compile_entry(from.outputs[column].text, index, column, names, known.outputs[column], into) && sound;
    for (std::size_t each = 0; each < from.annotations.size(); ++each) {
        const bool named = each < table.annotations.size() && !table.annotations[each].empty();
        into.rules.annotate(named ? table.annotations[each] : "annotation", from.annotations[each]);
    }
    if (!from.description.empty()) into.rules.annotate("description", from.description);
    return sound;
}

POLKU_DECL void logic_compiler::check_priorities(const decision_table& table, const compiled_table& made, place at) {
    if (table.hit_policy != hit_policy::priority && table.hit_policy != hit_policy::output_order) return;
    for (const compiled_table::output& each : made.outputs)
        if (each.values || (each.type && each.type->allowed)) return;
    report(severity::error, error_code::dmn_hit_policy,
           "the hit policy " + std::string(name_of(table.hit_policy)) +
               " needs output values (or allowed values of the output's type) to know which output goes first",
           at);
}

POLKU_DECL feel::type logic_compiler::table_type(const compiled_table& made, const item_type_pointer& declared) const {
    if (declared) return declared->type;
    const bool many = made.hit_policy == hit_policy::rule_order || made.hit_policy == hit_policy::output_order ||
                      (made.hit_policy == hit_policy::collect && made.aggregation == aggregation::none);
    feel::type one;
    if (made.outputs.size() == 1) {
        one = made.outputs.front().type ? made.outputs.front().type->type : feel::type::any();
    } else {
        std::vector<feel::type::member> members;
        for (const auto& each : made.outputs)
            members.push_back(
                {each.name, std::make_shared<const feel::type>(each.type ? each.type->type : feel::type::any())});
        one = feel::type::context_of(std::move(members));
    }
    return many ? feel::type::list_of(one) : one;
}

POLKU_DECL compiled_logic logic_compiler::compile_table(const boxed_expression& around, const decision_table& from,
                                                        const feel::scope& names, const item_type_pointer& declared) {
    compiled_table made;
    made.id = around.id;
    made.owner = owner_;
    made.hit_policy = from.hit_policy;
    made.aggregation = from.aggregation;
    made.use_index = !options_.reference_tables;
    bool sound = !from.outputs.empty();
    for (std::size_t column = 0; column < from.inputs.size(); ++column)
        sound = compile_input(from.inputs[column], column, names, made) && sound;
    for (std::size_t column = 0; column < from.outputs.size(); ++column)
        sound = compile_output(from, column, names, declared, made) && sound;
    table_pools known{std::vector<text_pool>(from.inputs.size()), std::vector<text_pool>(from.outputs.size())};
    made.rules.reserve(from.rules.size());
    made.cells.reserve(from.rules.size() * from.inputs.size());
    made.output_cells.reserve(from.rules.size() * from.outputs.size());
    if (made.inputs.size() == from.inputs.size())
        for (std::size_t rule = 0; rule < from.rules.size(); ++rule)
            sound = compile_rule(from, rule, names, known, made) && sound;
    made.rules.shrink();
    made.distinct_cells.shrink();
    made.distinct_outputs.shrink_to_fit();
    made.output_expressions.shrink_to_fit();
    check_priorities(from, made, around.at);
    const feel::type type = table_type(made, declared);
    if (!sound) return {std::make_shared<null_logic>(feel::null_reason::no_logic), type};
    made.output_names = type.is() == feel::type::form::list ? type.element().names() : type.names();
    made.finish(with_);
    auto logic = std::make_shared<const table_logic>(std::move(made));
    tables_.push_back({0, around.at, logic, logic->table()});
    return {std::move(logic), type};
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
