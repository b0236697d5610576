// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_GRAPH_IPP
#define POLKU_IMPL_DMN_ANALYSIS_GRAPH_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL const output_set* upstream_of(const table_study& of, const table_axis& axis) {
    if (axis.from.is != axis_origin::form::decision) return nullptr;
    const output_set* made = &of.outputs[axis.from.node];
    for (const std::string& each : axis.from.path) {
        const auto member = std::find_if(made->members.begin(), made->members.end(),
                                         [&](const auto& entry) { return entry.name == each; });
        if (member == made->members.end()) return nullptr;
        made = &member->values;
    }
    return made;
}

POLKU_DECL void add_output(output_set& into, const feel::value& of, std::optional<std::uint32_t> rule) {
    if (of.is_null()) return;
    auto same = std::find_if(into.values.begin(), into.values.end(),
                             [&](const output_set::one& each) { return each.value == of; });
    if (same == into.values.end()) {
        into.values.push_back({of, {}});
        same = std::prev(into.values.end());
    }
    if (rule) same->rules.push_back(*rule);
}

/// The values of one output column: constants of the rules that can be chosen, and the default. More than so many
/// values are not listed.
POLKU_DECL output_set outputs_of_column(const table_study& of, std::size_t column, feel::evaluation_context& with) {
    constexpr std::size_t most = 4096;
    output_set made;
    for (std::uint32_t rule = 0; rule < of.table().rules.size(); ++rule) {
        if (of.dead.test(rule)) continue;
        const feel::value* constant = of.table().constant(rule, column);
        if (constant == nullptr || made.values.size() > most) return {};
        add_output(made, *constant, rule);
    }
    const compiled_table::output& from = of.table().outputs[column];
    if (from.default_entry) {
        const auto constant = from.default_entry.constant();
        if (!constant) return {};
        add_output(made, from.type ? conform(*constant, *from.type, with) : *constant, std::nullopt);
    }
    made.known = true;
    return made;
}

POLKU_DECL output_set outputs_of_table(const table_study& of, feel::evaluation_context& with) {
    if (!takes_one_rule(of.table().hit_policy)) return {};
    if (of.table().outputs.size() == 1) return outputs_of_column(of, 0, with);
    output_set made;
    for (std::size_t column = 0; column < of.table().outputs.size(); ++column)
        made.members.push_back({of.table().outputs[column].name, outputs_of_column(of, column, with)});
    return made;
}

/// What is left of possible values when they are made to fit a type.
POLKU_DECL output_set conformed(const output_set& from, const item_type& type, feel::evaluation_context& with) {
    output_set made;
    made.known = from.known;
    for (const output_set::one& each : from.values) {
        const feel::value fits = conform(each.value, type, with);
        add_output(made, fits, std::nullopt);
        for (output_set::one& kept : made.values)
            if (kept.value == fits) kept.rules.insert(kept.rules.end(), each.rules.begin(), each.rules.end());
    }
    // Entries of a context pass a context type as they are, or the whole is null.
    if (type.type.is() == feel::type::form::context || type.type.is() == feel::type::form::any)
        made.members = from.members;
    return made;
}

POLKU_DECL output_set outputs_of_node(const program_data& program, std::uint32_t node,
                                      std::span<const std::unique_ptr<table_study>> studies,
                                      feel::evaluation_context& with) {
    const program_node& from = program.nodes[node];
    if (from.is != node_kind::decision || !from.body) return {};
    std::vector<const item_type*> types;
    if (from.type) types.push_back(from.type.get());
    const logic* body = from.body.get();
    const item_type* to = nullptr;
    for (const logic* inner = body->coerced(to); inner != nullptr; inner = body->coerced(to)) {
        types.push_back(to);
        body = inner;
    }
    output_set made;
    if (const compiled_table* table = body->table()) {
        const auto study = std::find_if(studies.begin(), studies.end(),
                                        [&](const auto& each) { return each && each->place.table == table; });
        if (study != studies.end()) made = outputs_of_table(**study, with);
    } else if (const feel::expression* text = body->text()) {
        if (const auto constant = text->constant()) {
            made.known = true;
            add_output(made, *constant, std::nullopt);
        }
    }
    for (std::size_t each = types.size(); each-- > 0;) made = conformed(made, *types[each], with);
    return made;
}

POLKU_DECL std::vector<std::uint32_t> nodes_in_order(const program_data& program) {
    std::vector<std::uint32_t> made;
    std::vector<bool> seen(program.nodes.size(), false);
    const auto add = [&](std::uint32_t node) {
        if (!seen[node]) made.push_back(node);
        seen[node] = true;
    };
    for (std::uint32_t node = 0; node < program.nodes.size(); ++node) {
        for (const std::uint32_t each : program.nodes[node].plan) add(each);
        add(node);
    }
    return made;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
