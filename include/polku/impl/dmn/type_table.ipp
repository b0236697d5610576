// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TYPE_TABLE_IPP
#define POLKU_IMPL_DMN_TYPE_TABLE_IPP

#include <polku/feel/lexer.hpp>
#include <polku/impl/dmn/compiler.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL item_type_pointer type_table::find_definition(std::uint32_t in, std::string_view name, bool& known) {
    known = true;
    if (const auto made = by_name_[in].find(name); made != by_name_[in].end()) return made->second;
    for (const item_definition& each : models_[in].item_definitions) {
        if (feel::detail::fold_name(each.name) != name) continue;
        // A type that is being compiled refers to itself: inside, it is Any.
        if (open_[in].contains(name)) return nullptr;
        open_[in].emplace(name, true);
        item_type_pointer made = compile(in, each);
        open_[in].erase(open_[in].find(name));
        by_name_[in].emplace(std::string(name), made);
        return made;
    }
    for (const import& each : models_[in].imports) {
        const bool prefixed = name.size() > each.name.size() && name.substr(0, each.name.size()) == each.name &&
                              name[each.name.size()] == '.';
        if (!each.name.empty() && !prefixed) continue;
        for (std::uint32_t other = 0; other < models_.size(); ++other) {
            if (models_[other].model_namespace != each.model_namespace || other == in) continue;
            item_type_pointer made = find_definition(other, prefixed ? name.substr(each.name.size() + 1) : name, known);
            if (known) return made;
        }
    }
    known = false;
    return nullptr;
}

POLKU_DECL item_type_pointer type_table::find(std::uint32_t in, std::string_view reference, place at,
                                              std::string_view owner) {
    const std::string name = feel::detail::fold_name(reference);
    if (name.empty()) return nullptr;
    bool known = false;
    if (item_type_pointer made = find_definition(in, name, known); known) return made;
    feel::type builtin;
    if (feel::type::from_name(name, builtin)) {
        if (builtin.is() == feel::type::form::any) return nullptr;
        auto made = std::make_shared<item_type>();
        made->name = name;
        made->type = std::move(builtin);
        by_name_[in].emplace(name, made);
        return made;
    }
    into_.add(
        severity::error,
        error(error_code::dmn_unknown_type,
              "the type '" + name + "' of '" + std::string(owner) +
                  "' is neither a FEEL type nor an item definition of this model or its imports",
              {.source = models_[in].source, .element = std::string(owner), .line = at.line, .column = at.column}));
    by_name_[in].emplace(name, nullptr);
    return nullptr;
}

POLKU_DECL feel::type type_table::function_type(std::uint32_t in, const function_item& from,
                                                const item_definition& owner) {
    std::vector<feel::type> parameters;
    for (const information_item& each : from.parameters) {
        const item_type_pointer made = find(in, each.type_ref, each.at, owner.name);
        parameters.push_back(made ? made->type : feel::type::any());
    }
    const item_type_pointer result = find(in, from.output_type_ref, owner.at, owner.name);
    return feel::type::function_of(std::move(parameters), result ? result->type : feel::type::any());
}

/// The type without the collection around it; fills base and members.
POLKU_DECL feel::type type_table::inner_type(std::uint32_t in, const item_definition& from, item_type& into) {
    if (from.function) return function_type(in, *from.function, from);
    if (from.components.empty()) {
        into.base = find(in, from.type_ref, from.at, from.name);
        if (into.base && into.base->is_constrained) into.is_constrained = true;
        return into.base ? into.base->type : feel::type::any();
    }
    std::vector<feel::type::member> members;
    for (const item_definition& each : from.components) {
        item_type_pointer made = compile(in, each);
        if (made->is_constrained) into.is_constrained = true;
        members.push_back({feel::detail::fold_name(each.name), std::make_shared<const feel::type>(made->type)});
        into.members.push_back({members.back().name, std::move(made)});
    }
    return feel::type::context_of(std::move(members));
}

POLKU_DECL feel::unary_tests type_table::compile_tests(std::uint32_t in, const located_view& text,
                                                       const item_definition& owner, const feel::type& over) {
    feel::compile_options options;
    options.origin = {models_[in].source, owner.name, "allowed values", text.at.line, text.at.column};
    auto made = feel::try_compile_unary_tests(text.text, feel::scope(), over, options);
    if (made) return std::move(*made);
    into_.add(severity::error, relocated(std::move(made).error(), text));
    return {};
}

POLKU_DECL item_type_pointer type_table::compile(std::uint32_t in, const item_definition& from) {
    auto made = std::make_shared<item_type>();
    made->name = from.name;
    made->is_collection = from.is_collection;
    const feel::type inner = inner_type(in, from, *made);
    made->type = from.is_collection ? feel::type::list_of(inner) : inner;
    if (from.allowed_values) {
        made->allowed = compile_tests(in, *from.allowed_values, from, inner);
        made->allowed_text = from.allowed_values->text;
    }
    if (from.type_constraint) made->constraint = compile_tests(in, *from.type_constraint, from, made->type);
    if (made->allowed || made->constraint) made->is_constrained = true;
    return made;
}

POLKU_DECL void type_table::compile_all() {
    bool known = false;
    for (std::uint32_t in = 0; in < models_.size(); ++in)
        for (const item_definition& each : models_[in].item_definitions)
            find_definition(in, feel::detail::fold_name(each.name), known);
}

POLKU_DECL bool type_table::lookup(std::uint32_t in, std::string_view name, feel::type& out) {
    bool known = false;
    const item_type_pointer made = find_definition(in, feel::detail::fold_name(name), known);
    if (made) out = made->type;
    return known;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
