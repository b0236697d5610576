// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TABLE_COMPILER_IPP
#define POLKU_IMPL_DMN_TABLE_COMPILER_IPP

#include <polku/feel/lexer.hpp>
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

POLKU_DECL bool logic_compiler::compile_rule(const decision_table& table, std::size_t index, const feel::scope& names,
                                             compiled_table& into) {
    const decision_rule& from = table.rules[index];
    const std::string pointer = "rule " + std::to_string(index + 1) + ", ";
    compiled_table::rule& made = into.rules.emplace_back();
    made.id = from.id;
    bool sound = from.inputs.size() == table.inputs.size() && from.outputs.size() == table.outputs.size();
    for (std::size_t column = 0; sound && column < from.inputs.size(); ++column) {
        const compiled_table::input& over = into.inputs[column];
        auto cell =
            compile_tests(from.inputs[column].text, names, over.type ? over.type->type : over.expression.result_type(),
                          pointer + "input " + std::to_string(column + 1));
        into.cells.push_back(static_cast<std::uint32_t>(into.distinct_cells.size()));
        into.distinct_cells.push_back(cell ? std::move(*cell) : feel::unary_tests());
        sound = sound && cell.has_value();
    }
    for (std::size_t column = 0; column < from.outputs.size(); ++column) {
        located_text text = from.outputs[column].text;
        if (is_blank_text(text.text) || text.text == "-") text.text = "null";
        auto cell = compile_text(text, names, pointer + "output " + std::to_string(column + 1));
        made.outputs.push_back(cell ? std::move(*cell) : feel::expression());
        sound = sound && cell.has_value();
    }
    for (std::size_t each = 0; each < from.annotations.size(); ++each) {
        const bool named = each < table.annotations.size() && !table.annotations[each].empty();
        made.annotations.emplace_back(named ? table.annotations[each] : "annotation", from.annotations[each]);
    }
    if (!from.description.empty()) made.annotations.emplace_back("description", from.description);
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
    if (made.inputs.size() == from.inputs.size())
        for (std::size_t rule = 0; rule < from.rules.size(); ++rule)
            sound = compile_rule(from, rule, names, made) && sound;
    check_priorities(from, made, around.at);
    const feel::type type = table_type(made, declared);
    if (!sound) return {std::make_shared<null_logic>(feel::null_reason::no_logic), type};
    made.finish(with_);
    return {std::make_shared<table_logic>(std::move(made)), type};
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
