// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PROGRAM_COMPILER_IPP
#define POLKU_IMPL_DMN_PROGRAM_COMPILER_IPP

#include <polku/dmn/detail/direct_table.hpp>
#include <polku/feel/lexer.hpp>
#include <polku/impl/dmn/compiler.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL program_compiler::program_compiler(std::vector<model> models, const compile_options& options)
    : models_(std::move(models)),
      options_(options),
      found_(options.max_diagnostics),
      data_(std::make_shared<program_data>()),
      node_by_id_(models_.size()) {
    if (!options_.externals) options_.externals = standard_externals();
    types_ = std::make_unique<type_table>(models_, found_);
}

POLKU_DECL position program_compiler::where(std::uint32_t in, place at, std::string_view element) const {
    return {.source = models_[in].source, .element = std::string(element), .line = at.line, .column = at.column};
}

POLKU_DECL void program_compiler::index_models() {
    for (std::uint32_t in = 0; in < models_.size(); ++in) {
        const auto [known, fresh] = model_by_namespace_.emplace(models_[in].model_namespace, in);
        if (fresh) continue;
        error what(error_code::dmn_duplicate,
                   "two models have the namespace '" + models_[in].model_namespace + "'; each needs its own",
                   where(in, models_[in].at, models_[in].name));
        found_.add(severity::error,
                   std::move(what.at(where(known->second, models_[known->second].at, models_[known->second].name))));
    }
    for (std::uint32_t in = 0; in < models_.size(); ++in) {
        for (const import& each : models_[in].imports) {
            const bool is_dmn = each.import_type.find("/DMN/") != std::string::npos;
            if (!is_dmn) {
                found_.add(severity::warning, error(error_code::dmn_unsupported,
                                                    "the import of type '" + each.import_type +
                                                        "' is left out; only DMN models are imported",
                                                    where(in, each.at, each.name)));
            } else if (!model_by_namespace_.contains(each.model_namespace)) {
                found_.add(severity::error,
                           error(error_code::dmn_unknown_import,
                                 "the imported model '" + each.model_namespace + "' was not given; add its file",
                                 where(in, each.at, each.name)));
            }
        }
    }
}

POLKU_DECL std::uint32_t program_compiler::add_node(node_kind is, std::uint32_t in, const named_element& from,
                                                    const information_item& variable, const void* element) {
    const auto index = static_cast<std::uint32_t>(data_->nodes.size());
    program_node& made = data_->nodes.emplace_back();
    made.is = is;
    made.model = in;
    made.id = from.id;
    made.name = feel::detail::fold_name(variable.name);
    made.model_namespace = models_[in].model_namespace;
    made.at = from.at;
    requirements_.emplace_back().element = element;
    if (!from.id.empty()) node_by_id_[in].emplace(from.id, index);
    return index;
}

POLKU_DECL void program_compiler::collect_nodes() {
    for (std::uint32_t in = 0; in < models_.size(); ++in) {
        const model& from = models_[in];
        for (const auto& each : from.inputs) add_node(node_kind::input, in, each, each.variable, &each);
        for (const auto& each : from.decisions) add_node(node_kind::decision, in, each, each.variable, &each);
        for (const auto& each : from.knowledge_models) add_node(node_kind::knowledge, in, each, each.variable, &each);
        for (const auto& each : from.services) add_node(node_kind::service, in, each, each.variable, &each);
    }
    check_names();
}

POLKU_DECL void program_compiler::check_names() {
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> known;
    for (std::uint32_t at = 0; at < data_->nodes.size(); ++at) {
        const program_node& node = data_->nodes[at];
        const auto [first, fresh] = known.emplace(std::pair(node.model, node.name), at);
        if (fresh) continue;
        const program_node& other = data_->nodes[first->second];
        error what(error_code::dmn_duplicate,
                   "two elements of the model are named '" + node.name + "'; names are unique, rename one",
                   where(node.model, node.at, node.name));
        found_.add(severity::error, std::move(what.at(where(other.model, other.at, other.name))));
    }
}

/// Puts a required node into scope: by its name, or inside the context of its import.
POLKU_DECL void program_compiler::add_source(std::uint32_t of, std::uint32_t required, feel::scope& names) {
    program_node& node = data_->nodes[of];
    const program_node& from = data_->nodes[required];
    std::string prefix;
    if (from.model != node.model)
        for (const import& each : models_[node.model].imports)
            if (each.model_namespace == from.model_namespace) prefix = feel::detail::fold_name(each.name);
    if (prefix.empty()) {
        node.sources.push_back({required, {}, {}});
        names.add(from.name, from.known_type);
        return;
    }
    for (std::size_t at = 0; at < node.sources.size(); ++at) {
        if (node.sources[at].members.empty() || names.entries()[at].name != prefix) continue;
        node.sources[at].members.push_back({from.name, required});
        return;
    }
    slot_source made;
    made.members.push_back({from.name, required});
    made.name = prefix;
    node.sources.push_back(std::move(made));
    names.add(prefix);
}

POLKU_DECL void program_compiler::add_sources(std::uint32_t of, feel::scope& names) {
    for (const std::uint32_t each : requirements_[of].values) add_source(of, each, names);
    for (const std::uint32_t each : requirements_[of].knowledge) add_source(of, each, names);
    // The context of an import is known only now, with all its members; so the scope is made again with types.
    feel::scope typed;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const slot_source& from = data_->nodes[of].sources[at];
        if (from.members.empty()) {
            typed.add(names.entries()[at].name, names.entries()[at].type);
            continue;
        }
        std::vector<feel::type::member> members;
        for (const auto& each : from.members)
            members.push_back({each.name, std::make_shared<const feel::type>(data_->nodes[each.node].known_type)});
        typed.add(names.entries()[at].name, feel::type::context_of(std::move(members)));
    }
    names = std::move(typed);
}

POLKU_DECL void program_compiler::keep_tables(std::uint32_t of, logic_compiler& from) {
    for (table_place& each : from.tables()) {
        each.node = of;
        data_->tables.push_back(std::move(each));
    }
}

POLKU_DECL void program_compiler::compile_decision(std::uint32_t of) {
    program_node& node = data_->nodes[of];
    const auto& from = *static_cast<const decision*>(requirements_[of].element);
    feel::scope names;
    add_sources(of, names);
    logic_compiler logic(models_, node.model, node.name, *types_, found_, with_, options_);
    compiled_logic made = logic.compile(from.logic.get(), names, node.type);
    keep_tables(of, logic);
    if (!from.logic)
        found_.add(severity::warning,
                   error(error_code::dmn_missing, "the decision '" + node.name + "' has no logic, so it is null",
                         where(node.model, from.at, node.name)));
    node.body = std::move(made.logic);
    node.known_type = node.type ? node.type->type : made.type;
}

/// What a function's variable says of its result: the result of a function type, or (in older models) the type itself.
POLKU_DECL item_type_pointer result_of_variable(const item_type_pointer& type) {
    if (!type || type->type.is() != feel::type::form::function) return type;
    auto made = std::make_shared<item_type>();
    made->type = type->type.element();
    return made;
}

POLKU_DECL void program_compiler::compile_knowledge(std::uint32_t of) {
    program_node& node = data_->nodes[of];
    const auto& from = *static_cast<const business_knowledge_model*>(requirements_[of].element);
    logic_compiler logic(models_, node.model, node.name, *types_, found_, with_, options_);
    if (!from.logic) {
        found_.add(severity::warning,
                   error(error_code::dmn_missing,
                         "the business knowledge model '" + node.name + "' has no logic, so it is null",
                         where(node.model, from.at, node.name)));
        node.body = std::make_shared<null_logic>(feel::null_reason::no_logic);
        return;
    }
    auto parameters = std::make_shared<parameter_list>(*logic.compile_parameters(*from.logic, node.name));
    const item_type_pointer said = result_of_variable(node.type);
    if (!parameters->result) parameters->result = said;
    std::vector<feel::type> types;
    for (const feel::parameter& each : parameters->declared) types.push_back(each.type);
    // Known before the body is compiled, since the body may call the model itself.
    node.known_type = feel::type::function_of(types, parameters->result_type());
    if (from.logic->kind != function_kind::feel) {
        node.body = std::make_shared<constant_logic>(logic.external_function(*from.logic, *parameters, from.at));
        return;
    }
    feel::scope names;
    add_sources(of, names);
    // A model may call itself without saying that it requires itself.
    if (!names.find(node.name)) add_source(of, of, names);
    for (const feel::parameter& each : parameters->declared) names.add(each.name, each.type);
    compiled_logic made = logic.compile(from.logic->body.get(), names, parameters->result);
    keep_tables(of, logic);
    node.body = std::move(made.logic);
    if (!parameters->result) node.known_type = feel::type::function_of(std::move(types), made.type);
    node.parameters = std::move(parameters);
}

POLKU_DECL void program_compiler::compile_service(std::uint32_t of) {
    program_node& node = data_->nodes[of];
    auto parameters = std::make_shared<parameter_list>();
    parameters->name = node.name;
    parameters->result = result_of_variable(node.type);
    std::vector<feel::type> types;
    for (const std::uint32_t each : requirements_[of].service_inputs) {
        types.push_back(data_->nodes[each].known_type);
        parameters->declared.push_back({data_->nodes[each].name, types.back()});
        parameters->types.push_back(data_->nodes[each].type);
    }
    feel::type result = parameters->result_type();
    if (!parameters->result && node.outputs.size() == 1) result = data_->nodes[node.outputs.front()].known_type;
    if (!parameters->result && node.outputs.size() > 1) {
        std::vector<feel::type::member> members;
        for (const std::uint32_t each : node.outputs)
            members.push_back(
                {data_->nodes[each].name, std::make_shared<const feel::type>(data_->nodes[each].known_type)});
        result = feel::type::context_of(std::move(members));
    }
    node.known_type = feel::type::function_of(std::move(types), std::move(result));
    node.parameters = std::move(parameters);
}

POLKU_DECL void program_compiler::compile_node(std::uint32_t of) {
    switch (data_->nodes[of].is) {
        case node_kind::input: break;
        case node_kind::decision: compile_decision(of); break;
        case node_kind::knowledge: compile_knowledge(of); break;
        case node_kind::service: compile_service(of); break;
    }
}

POLKU_DECL std::string program_compiler::qualified_name(std::uint32_t of) const {
    const program_node& node = data_->nodes[of];
    if (node.model == 0) return node.name;
    for (const import& each : models_.front().imports)
        if (each.model_namespace == node.model_namespace && !each.name.empty()) return each.name + "." + node.name;
    return node.name;
}

POLKU_DECL input_info program_compiler::input_of(std::uint32_t of) const {
    const program_node& node = data_->nodes[of];
    input_info made{node.name, node.id, node.model_namespace, node.known_type, {}};
    if (node.type) made.allowed_values = node.type->allowed_text;
    return made;
}

POLKU_DECL void program_compiler::describe_inputs(std::uint32_t of) {
    program_node& node = data_->nodes[of];
    if (node.is == node_kind::knowledge && node.parameters) {
        for (std::size_t at = 0; at < node.parameters->declared.size(); ++at) {
            const feel::parameter& from = node.parameters->declared[at];
            const item_type_pointer& type = node.parameters->types[at];
            node.inputs.push_back({from.name, {}, node.model_namespace, from.type, type ? type->allowed_text : ""});
        }
    }
    for (const std::uint32_t each : node.input_nodes) node.inputs.push_back(input_of(each));
    // A plain name that two models share is told apart by the import's name.
    for (std::size_t at = 0; at < node.input_nodes.size(); ++at)
        for (std::size_t other = 0; other < node.input_nodes.size(); ++other)
            if (other != at && data_->nodes[node.input_nodes[at]].name == data_->nodes[node.input_nodes[other]].name)
                node.inputs[at].name = qualified_name(node.input_nodes[at]);
}

POLKU_DECL void program_compiler::list_decisions() {
    for (std::uint32_t at = 0; at < data_->nodes.size(); ++at) {
        const program_node& node = data_->nodes[at];
        if (node.is == node_kind::input) continue;
        decision_info made;
        made.ref = {at};
        made.is = node.is == node_kind::decision  ? evaluable_kind::decision
                  : node.is == node_kind::service ? evaluable_kind::service
                                                  : evaluable_kind::knowledge_model;
        made.id = node.id;
        made.name = qualified_name(at);
        made.model_namespace = node.model_namespace;
        made.result_type = node.is == node_kind::decision ? node.known_type : node.known_type.element();
        data_->decisions.push_back(std::move(made));
    }
}

POLKU_DECL void program_compiler::find_types() {
    types_->compile_all();
    for (std::uint32_t at = 0; at < data_->nodes.size(); ++at) {
        program_node& node = data_->nodes[at];
        const auto type_of = [&](const information_item& variable) {
            node.type = types_->find(node.model, variable.type_ref, node.at, node.name);
        };
        const void* element = requirements_[at].element;
        switch (node.is) {
            case node_kind::input: type_of(static_cast<const input_data*>(element)->variable); break;
            case node_kind::decision: type_of(static_cast<const decision*>(element)->variable); break;
            case node_kind::knowledge: type_of(static_cast<const business_knowledge_model*>(element)->variable); break;
            case node_kind::service: type_of(static_cast<const decision_service*>(element)->variable); break;
        }
        if (node.type) node.known_type = node.type->type;
    }
}

POLKU_DECL bool program_compiler::compile() {
    if (models_.empty()) {
        found_.add(severity::error, error(error_code::invalid_argument, "no model was given to compile"));
        return false;
    }
    data_->name = models_.front().name;
    index_models();
    collect_nodes();
    resolve_all();
    ordered(edge_set::decisions);
    find_types();
    for (const std::uint32_t each : ordered(edge_set::everything)) compile_node(each);
    for (std::uint32_t at = 0; at < data_->nodes.size(); ++at) {
        plan_node(at);
        describe_inputs(at);
        data_->nodes[at].direct = make_direct_table(*data_, at);
        bind_plan(*data_, at);
    }
    list_decisions();
    data_->diagnostics = found_.all();
    return !found_.fatal();
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
