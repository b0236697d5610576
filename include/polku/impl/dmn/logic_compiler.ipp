// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_LOGIC_COMPILER_IPP
#define POLKU_IMPL_DMN_LOGIC_COMPILER_IPP

#include <polku/feel/lexer.hpp>
#include <polku/impl/dmn/compiler.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL compiled_logic no_logic(feel::null_reason reason) {
    return {std::make_shared<null_logic>(reason), feel::type::any()};
}

POLKU_DECL bool is_blank_text(std::string_view text) noexcept {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

POLKU_DECL error relocated(error what, const located_view& text) {
    if (what.positions().empty()) return what;
    position& first = what.positions().front();
    const place at = text.in_file({first.line, first.column});
    first.line = at.line;
    first.column = at.column;
    return what;
}

POLKU_DECL void logic_compiler::report(severity how, error_code code, std::string message, place at,
                                       std::string pointer) {
    into_.add(how, error(code, std::move(message),
                         {.source = in_model().source,
                          .element = owner_,
                          .pointer = std::move(pointer),
                          .line = at.line,
                          .column = at.column}));
}

POLKU_DECL item_type_pointer logic_compiler::type_named(const std::string& reference, place at) {
    return types_.find(in_, reference, at, owner_);
}

POLKU_DECL feel::compile_options logic_compiler::text_options(const located_view& text, const std::string& pointer) {
    feel::compile_options out;
    out.origin = {in_model().source, owner_, pointer, text.at.line, text.at.column};
    out.hooks = &hooks_;
    return out;
}

/// Compiles a text. One that names something unknown is reported, and still compiled with null for that name.
POLKU_DECL std::optional<feel::expression> logic_compiler::compile_text(const located_view& text,
                                                                        const feel::scope& names,
                                                                        const std::string& pointer) {
    feel::compile_options options = text_options(text, pointer);
    auto made = feel::try_compile(text.text, names, options);
    if (!made) {
        const bool unknown_name = made.error().code() == error_code::feel_unknown_name;
        into_.add(severity::error, relocated(std::move(made).error(), text));
        if (!unknown_name) return std::nullopt;
        options.unknown_names_are_null = true;
        made = feel::try_compile(text.text, names, options);
        if (!made) return std::nullopt;
        return std::move(*made);
    }
    for (const diagnostic& each : made->diagnostics()) into_.add(each.severity, relocated(each.what, text));
    return std::move(*made);
}

POLKU_DECL std::optional<feel::unary_tests> logic_compiler::compile_tests(const located_view& text,
                                                                          const feel::scope& names,
                                                                          const feel::type& over,
                                                                          const std::string& pointer) {
    feel::compile_options options = text_options(text, pointer);
    const std::string_view written = is_blank_text(text.text) ? std::string_view("-") : std::string_view(text.text);
    auto made = feel::try_compile_unary_tests(written, names, over, options);
    if (!made) {
        const bool unknown_name = made.error().code() == error_code::feel_unknown_name;
        into_.add(severity::error, relocated(std::move(made).error(), text));
        if (!unknown_name) return std::nullopt;
        options.unknown_names_are_null = true;
        made = feel::try_compile_unary_tests(written, names, over, options);
        if (!made) return std::nullopt;
        return std::move(*made);
    }
    for (const diagnostic& each : made->diagnostics()) into_.add(each.severity, relocated(each.what, text));
    return std::move(*made);
}

/// True for FEEL by name or by the namespace of any DMN version.
POLKU_DECL bool logic_compiler::is_feel(const std::string& language, place at) {
    const std::string& said = language.empty() ? in_model().expression_language : language;
    if (said.empty() || said == "feel" || said == "FEEL" || said.find("/FEEL") != std::string::npos ||
        said.find("dmn.xsd") != std::string::npos)
        return true;
    report(severity::error, error_code::dmn_unsupported,
           "the expression language '" + said + "' is not supported; write FEEL", at);
    return false;
}

POLKU_DECL compiled_logic logic_compiler::compile(const boxed_expression* from, const feel::scope& names,
                                                  const item_type_pointer& declared) {
    if (!from) return no_logic(feel::null_reason::no_logic);
    const item_type_pointer type = type_named(from->type_ref, from->at);
    compiled_logic made;
    if (const auto* literal = std::get_if<literal_expression>(&from->is))
        made = compile_literal(*literal, names);
    else if (const auto* table = std::get_if<decision_table>(&from->is))
        made = compile_table(*from, *table, names, type ? type : declared);
    else if (const auto* context = std::get_if<boxed_context>(&from->is))
        made = compile_context(*context, names);
    else if (const auto* list = std::get_if<boxed_list>(&from->is))
        made = compile_list(*list, names);
    else if (const auto* rows = std::get_if<relation>(&from->is))
        made = compile_relation(*rows, names);
    else if (const auto* call = std::get_if<invocation>(&from->is))
        made = compile_invocation(*call, names);
    else if (const auto* function = std::get_if<function_definition>(&from->is))
        made = compile_function(*function, names, from->at);
    else if (const auto* choice = std::get_if<conditional>(&from->is))
        made = compile_conditional(*choice, names);
    else if (const auto* filtered = std::get_if<filter>(&from->is))
        made = compile_filter(*filtered, names);
    else if (const auto* loop = std::get_if<iterator>(&from->is))
        made = compile_iterator(*loop, names);
    if (type) made = {std::make_shared<typed_logic>(std::move(made.logic), type), type->type};
    return made;
}

POLKU_DECL compiled_logic logic_compiler::compile_literal(const literal_expression& from, const feel::scope& names) {
    if (!is_feel(from.language, from.text.at)) return no_logic(feel::null_reason::no_logic);
    if (is_blank_text(from.text.text)) {
        report(severity::warning, error_code::dmn_missing, "the literal expression is empty, so it is null",
               from.text.at);
        return no_logic(feel::null_reason::no_logic);
    }
    auto made = compile_text(from.text, names, {});
    if (!made) return no_logic(feel::null_reason::no_logic);
    const feel::type type = made->result_type();
    return {std::make_shared<literal_logic>(std::move(*made)), type};
}

POLKU_DECL compiled_logic logic_compiler::compile_context(const boxed_context& from, const feel::scope& names) {
    feel::scope inner = names;
    std::vector<context_logic::entry> entries;
    std::vector<feel::type::member> members;
    for (const context_entry& each : from.entries) {
        item_type_pointer type;
        if (each.variable) type = type_named(each.variable->type_ref, each.at);
        compiled_logic value = compile(each.value.get(), inner, type);
        const feel::type known = type ? type->type : value.type;
        if (!each.variable) {
            entries.push_back({"", std::move(value.logic), nullptr});
            return {std::make_shared<context_logic>(std::move(entries)), known};
        }
        const std::string name = feel::detail::fold_name(each.variable->name);
        for (const auto& before : members)
            if (before.name == name)
                report(severity::error, error_code::dmn_duplicate,
                       "the context has two entries named '" + name + "'; rename one", each.at);
        inner.add(name, known);
        members.push_back({name, std::make_shared<const feel::type>(known)});
        entries.push_back({name, std::move(value.logic), std::move(type)});
    }
    return {std::make_shared<context_logic>(std::move(entries)), feel::type::context_of(std::move(members))};
}

POLKU_DECL compiled_logic logic_compiler::compile_list(const boxed_list& from, const feel::scope& names) {
    std::vector<logic_pointer> items;
    for (const boxed_pointer& each : from.items) items.push_back(compile(each.get(), names).logic);
    return {std::make_shared<list_logic>(std::move(items)), feel::type::list_of(feel::type::any())};
}

POLKU_DECL compiled_logic logic_compiler::compile_relation(const relation& from, const feel::scope& names) {
    std::vector<std::string> columns;
    std::vector<item_type_pointer> types;
    std::vector<feel::type::member> members;
    for (const information_item& each : from.columns) {
        columns.push_back(feel::detail::fold_name(each.name));
        types.push_back(type_named(each.type_ref, each.at));
        members.push_back({columns.back(),
                           std::make_shared<const feel::type>(types.back() ? types.back()->type : feel::type::any())});
    }
    std::vector<std::vector<logic_pointer>> rows;
    for (const auto& row : from.rows) {
        auto& made = rows.emplace_back();
        for (std::size_t column = 0; column < row.size(); ++column) {
            compiled_logic cell = compile(row[column].get(), names);
            const bool typed = column < types.size() && types[column];
            made.push_back(typed ? std::make_shared<typed_logic>(std::move(cell.logic), types[column])
                                 : std::move(cell.logic));
        }
    }
    return {std::make_shared<relation_logic>(std::move(columns), std::move(rows)),
            feel::type::list_of(feel::type::context_of(std::move(members)))};
}

POLKU_DECL compiled_logic logic_compiler::compile_invocation(const invocation& from, const feel::scope& names) {
    compiled_logic callee = compile(from.callee.get(), names);
    std::vector<invocation_logic::argument> arguments;
    for (const binding& each : from.bindings) {
        const item_type_pointer type = type_named(each.parameter.type_ref, each.parameter.at);
        compiled_logic value = compile(each.value.get(), names, type);
        if (type) value.logic = std::make_shared<typed_logic>(std::move(value.logic), type);
        arguments.push_back({feel::detail::fold_name(each.parameter.name), std::move(value.logic)});
    }
    const feel::type result =
        callee.type.is() == feel::type::form::function ? callee.type.element() : feel::type::any();
    return {std::make_shared<invocation_logic>(std::move(callee.logic), std::move(arguments)), result};
}

POLKU_DECL std::shared_ptr<const parameter_list> logic_compiler::compile_parameters(const function_definition& from,
                                                                                    std::string name) {
    auto made = std::make_shared<parameter_list>();
    made->name = std::move(name);
    for (const information_item& each : from.parameters) {
        item_type_pointer type = type_named(each.type_ref, each.at);
        made->declared.push_back({feel::detail::fold_name(each.name), type ? type->type : feel::type::any()});
        made->types.push_back(std::move(type));
    }
    made->result = type_named(from.type_ref, from.body ? from.body->at : place{});
    return made;
}

POLKU_DECL feel::value logic_compiler::external_function(const function_definition& from,
                                                         const parameter_list& parameters, place at) {
    if (from.kind == function_kind::pmml) {
        report(severity::error, error_code::dmn_unsupported,
               "PMML functions are not supported; write the model in FEEL", at);
        return feel::value(feel::null_reason::external_failed);
    }
    feel::context mapping;
    const auto* body = from.body ? std::get_if<boxed_context>(&from.body->is) : nullptr;
    for (std::size_t each = 0; body && each < body->entries.size(); ++each) {
        const context_entry& entry = body->entries[each];
        const auto* text = entry.value ? std::get_if<literal_expression>(&entry.value->is) : nullptr;
        if (!entry.variable || !text) continue;
        auto made = compile_text(text->text, feel::scope(), {});
        if (made && made->constant()) mapping.set(entry.variable->name, *made->constant());
    }
    if (!mapping.find("class") || !mapping.find("method signature")) {
        report(severity::error, error_code::dmn_missing,
               "a Java function wants a context with the texts 'class' and 'method signature'", at);
        return feel::value(feel::null_reason::external_failed);
    }
    const std::string named =
        feel::to_string(*mapping.find("class")) + "." + feel::to_string(*mapping.find("method signature"));
    feel::value made =
        options_.externals->make(parameters.declared, feel::context{{"java", feel::value(std::move(mapping))}});
    if (made.is_null())
        report(severity::warning, error_code::dmn_external,
               "the external function " + named + " is not registered, so it is null; register it or use FEEL", at);
    return made;
}

POLKU_DECL compiled_logic logic_compiler::compile_function(const function_definition& from, const feel::scope& names,
                                                           place at) {
    auto parameters = compile_parameters(from, {});
    std::vector<feel::type> types;
    for (const feel::parameter& each : parameters->declared) types.push_back(each.type);
    if (from.kind != function_kind::feel)
        return {std::make_shared<constant_logic>(external_function(from, *parameters, at)),
                feel::type::function_of(std::move(types), feel::type::any())};
    feel::scope inner = names;
    for (const feel::parameter& each : parameters->declared) inner.add(each.name, each.type);
    compiled_logic body = compile(from.body.get(), inner);
    return {std::make_shared<function_logic>(std::move(parameters), std::move(body.logic)),
            feel::type::function_of(std::move(types), body.type)};
}

POLKU_DECL compiled_logic logic_compiler::compile_conditional(const conditional& from, const feel::scope& names) {
    compiled_logic condition = compile(from.condition.get(), names);
    compiled_logic then = compile(from.then.get(), names);
    compiled_logic otherwise = compile(from.otherwise.get(), names);
    const feel::type type = then.type.equivalent_to(otherwise.type) ? then.type : feel::type::any();
    return {std::make_shared<conditional_logic>(std::move(condition.logic), std::move(then.logic),
                                                std::move(otherwise.logic)),
            type};
}

POLKU_DECL feel::type element_type(const feel::type& of) {
    return of.is() == feel::type::form::list ? of.element() : of;
}

POLKU_DECL compiled_logic logic_compiler::compile_filter(const filter& from, const feel::scope& names) {
    compiled_logic in = compile(from.in.get(), names);
    const feel::type element = element_type(in.type);
    const feel::type result = feel::type::list_of(element);
    feel::scope inner = names;
    const auto* text = from.match ? std::get_if<literal_expression>(&from.match->is) : nullptr;
    if (text) {
        // The list stands in an added slot under a name that a model is not likely to have.
        constexpr std::string_view added = "_polku_filtered_";
        inner.add(added, in.type);
        const std::string prefix = std::string(added) + "[";
        located_text whole{prefix + text->text.text + "\n]", text->text.at, text->text.shifts};
        for (text_shift& each : whole.shifts) each.offset += prefix.size();
        whole.at.column -= std::min(whole.at.column - 1, static_cast<std::uint32_t>(prefix.size()));
        auto made = compile_text(whole, inner, {});
        if (!made) return no_logic(feel::null_reason::no_logic);
        return {std::make_shared<filter_logic>(std::move(in.logic), std::move(*made)), result};
    }
    inner.add("item", element);
    compiled_logic match = compile(from.match.get(), inner);
    return {std::make_shared<boxed_filter_logic>(std::move(in.logic), std::move(match.logic)), result};
}

POLKU_DECL compiled_logic logic_compiler::compile_iterator(const iterator& from, const feel::scope& names) {
    compiled_logic in = compile(from.in.get(), names);
    const item_type_pointer type = type_named(from.variable_type, place{});
    feel::scope inner = names;
    // The type on `in` may be that of the whole list.
    const feel::type element = element_type(type ? type->type : in.type);
    inner.add(from.variable, element);
    if (from.kind == iterator_kind::for_each) inner.add("partial", feel::type::list_of(feel::type::any()));
    compiled_logic body = compile(from.body.get(), inner);
    const feel::type result =
        from.kind == iterator_kind::for_each ? feel::type::list_of(body.type) : feel::type::simple(feel::kind::boolean);
    return {std::make_shared<iterator_logic>(from.kind, std::move(in.logic), std::move(body.logic)), result};
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
