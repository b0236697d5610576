// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_VALUE_FLOW_IPP
#define POLKU_IMPL_RULES_VALUE_FLOW_IPP

#include <polku/impl/rules/detail/value_flow.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL void flow::join(const flow& other) {
    same.insert(other.same.begin(), other.same.end());
    raw.insert(other.raw.begin(), other.raw.end());
    for (const feel::value& each : other.constants) add_constant(each);
    unknown = unknown || other.unknown;
    for (const auto& [name, each] : other.members) members[name].join(each);
    if (callee == nullptr) callee = other.callee;
}

POLKU_DECL void flow::add_constant(const feel::value& of) {
    if (of.is(feel::kind::list)) {
        for (const feel::value& each : of.as_list()) add_constant(each);
    } else if (of.is(feel::kind::range)) {
        add_constant(of.as_range().low);
        add_constant(of.as_range().high);
    } else if (of.is(feel::kind::context) || of.is(feel::kind::function)) {
        unknown = true;
    } else if (std::find(constants.begin(), constants.end(), of) == constants.end()) {
        constants.push_back(of);
    }
}

POLKU_DECL void flow_names::add(std::string_view name, const feel::type& type, flow of) {
    const std::uint32_t slot = scope.add(name, type);
    if (slots.size() <= slot) slots.resize(slot + 1);
    slots[slot] = std::move(of);
}

POLKU_DECL void flow_reader::blur(const std::string& input) {
    input_use& use = uses_[input];
    if (use.blurred.empty()) use.blurred = text_;
}

POLKU_DECL void flow_reader::consume(const flow& of) {
    for (const std::string& each : of.same) blur(each);
    for (const std::string& each : of.raw) blur(each);
    for (const auto& [name, each] : of.members) consume(each);
}

POLKU_DECL void flow_reader::meet_one(const flow& left, const flow& right, bool ordered) {
    const bool is_known = right.same.empty() && right.raw.empty() && right.members.empty() && !right.unknown;
    for (const std::string& each : left.same) {
        if (!is_known) blur(each);
        input_use& use = uses_[each];
        use.is_ordered = use.is_ordered || ordered;
        for (const feel::value& point : right.constants) use.points.push_back(point);
    }
    for (const std::string& each : left.raw) blur(each);
    for (const auto& [name, each] : left.members) consume(each);
}

POLKU_DECL void flow_reader::meet(const flow& left, const flow& right, bool ordered) {
    meet_one(left, right, ordered);
    meet_one(right, left, ordered);
}

POLKU_DECL flow flow_reader::input_flow(const dmn::input_data& of) {
    if (const auto found = parameters_.find(of.name); found != parameters_.end()) return found->second;
    uses_.try_emplace(of.name);
    flow made;
    made.same.insert(of.name);
    return made;
}

POLKU_DECL flow_names flow_reader::names_of(const std::vector<dmn::element_reference>& inputs,
                                            const std::vector<dmn::element_reference>& decisions,
                                            const std::vector<dmn::element_reference>& knowledge) {
    flow_names names;
    for (const dmn::element_reference& wanted : inputs)
        for (const dmn::input_data& each : model_.inputs)
            if (each.id == wanted.id) names.add(each.name, types_[each.name], input_flow(each));
    for (const dmn::element_reference& wanted : decisions)
        for (const dmn::decision& each : model_.decisions)
            if (each.id == wanted.id) names.add(each.name, types_[each.name], decision_flow(each));
    for (const dmn::element_reference& wanted : knowledge) {
        for (const dmn::business_knowledge_model& each : model_.knowledge_models) {
            if (each.id != wanted.id) continue;
            flow of;
            of.unknown = true;
            of.callee = &each;
            names.add(each.name, feel::type::any(), std::move(of));
        }
        // What a service comes to is not followed: its arguments count exactly, and its value is unknown.
        for (const dmn::decision_service& each : model_.services) {
            if (each.id != wanted.id) continue;
            flow of;
            of.unknown = true;
            names.add(each.name, feel::type::any(), std::move(of));
        }
    }
    return names;
}

POLKU_DECL flow flow_reader::decision_flow(const dmn::decision& of) {
    if (const auto found = decisions_.find(of.id); found != decisions_.end()) return found->second;
    const flow_names names = names_of(of.required_inputs, of.required_decisions, of.required_knowledge);
    flow made = read(of.logic, names);
    conform(made, of.variable.type_ref);
    decisions_.emplace(of.id, made);
    return made;
}

POLKU_DECL flow flow_reader::call(const dmn::business_knowledge_model& of, const std::vector<std::string>& names,
                                  std::vector<flow> given) {
    flow made;
    if (!of.logic || of.logic->kind != dmn::function_kind::feel || calls_ >= max_calls) {
        for (const flow& each : given) consume(each);
        made.unknown = true;
        return made;
    }
    flow_names inside = names_of({}, {}, of.required_knowledge);
    for (std::size_t at = 0; at < of.logic->parameters.size(); ++at) {
        const dmn::information_item& parameter = of.logic->parameters[at];
        std::size_t place = at;
        if (!names.empty())
            place = static_cast<std::size_t>(std::find(names.begin(), names.end(), parameter.name) - names.begin());
        flow argument = place < given.size() ? given[place] : flow();
        conform(argument, parameter.type_ref);
        inside.add(parameter.name, feel::type::any(), std::move(argument));
    }
    ++calls_;
    made = read(of.logic->body, inside);
    --calls_;
    conform(made, of.logic->type_ref);
    return made;
}

/// A type with allowed values makes null of others: a comparison that no expression says.
POLKU_DECL void flow_reader::conform(const flow& of, std::string_view type_ref, std::size_t depth) {
    for (const dmn::item_definition& each : model_.item_definitions) {
        if (each.name != type_ref || depth >= max_calls) continue;
        for (const auto* tests : {&each.allowed_values, &each.type_constraint})
            if (*tests) test_or_consume(of, (*tests)->text, {});
        if (!each.components.empty()) {
            says(each.name);
            consume(of);
        }
        conform(of, each.type_ref, depth + 1);
    }
}

POLKU_DECL void flow_reader::test_or_consume(const flow& input, std::string_view tests, const flow_names& names) {
    if (!try_test(input, tests, names)) consume(input);
}

POLKU_DECL flow flow_reader::read(const dmn::boxed_pointer& of, const flow_names& names) {
    flow made;
    if (!of) return made;
    if (const auto* text = std::get_if<dmn::literal_expression>(&of->is)) {
        made = read_text(text->text.text, names);
    } else if (const auto* context = std::get_if<dmn::boxed_context>(&of->is)) {
        made = read_context(*context, names);
    } else if (const auto* list = std::get_if<dmn::boxed_list>(&of->is)) {
        for (const dmn::boxed_pointer& each : list->items) made.join(read(each, names));
    } else if (const auto* rows = std::get_if<dmn::relation>(&of->is)) {
        made = read_relation(*rows, names);
    } else if (const auto* called = std::get_if<dmn::invocation>(&of->is)) {
        made = read_invocation(*called, names);
    } else if (const auto* table = std::get_if<dmn::decision_table>(&of->is)) {
        made = read_table(*table, names);
    } else if (const auto* choice = std::get_if<dmn::conditional>(&of->is)) {
        read(choice->condition, names);
        made = read(choice->then, names);
        made.join(read(choice->otherwise, names));
    } else if (const auto* turns = std::get_if<dmn::iterator>(&of->is)) {
        made = read_loop(*turns, names);
    } else if (const auto* chosen = std::get_if<dmn::filter>(&of->is)) {
        made = read_filter(*chosen, names);
    } else {
        // A function as a value: who calls it and with what is not followed, so all that it sees counts exactly.
        for (const flow& each : names.slots) consume(each);
        made.unknown = true;
    }
    conform(made, of->type_ref);
    return made;
}

POLKU_DECL flow flow_reader::read_context(const dmn::boxed_context& of, const flow_names& names) {
    flow_names inner = names;
    flow made;
    for (const dmn::context_entry& each : of.entries) {
        flow value = read(each.value, inner);
        if (!each.variable) return value;
        conform(value, each.variable->type_ref);
        made.members[each.variable->name] = value;
        inner.add(each.variable->name, feel::type::any(), std::move(value));
    }
    return made;
}

POLKU_DECL flow flow_reader::read_relation(const dmn::relation& of, const flow_names& names) {
    flow made;
    for (const auto& row : of.rows)
        for (std::size_t at = 0; at < row.size() && at < of.columns.size(); ++at)
            made.members[of.columns[at].name].join(read(row[at], names));
    return made;
}

POLKU_DECL flow flow_reader::read_invocation(const dmn::invocation& of, const flow_names& names) {
    const flow callee = read(of.callee, names);
    std::vector<std::string> given;
    std::vector<flow> arguments;
    for (const dmn::binding& each : of.bindings) {
        given.push_back(each.parameter.name);
        arguments.push_back(read(each.value, names));
    }
    if (callee.callee != nullptr) return call(*callee.callee, given, std::move(arguments));
    flow made;
    for (const flow& each : arguments) consume(each);
    made.unknown = true;
    return made;
}

POLKU_DECL flow flow_reader::read_outputs(const dmn::decision_table& of, std::size_t column, const flow_names& names) {
    flow made;
    for (const dmn::decision_rule& rule : of.rules)
        if (column < rule.outputs.size()) made.join(read_text(rule.outputs[column].text.text, names));
    const dmn::output_clause& clause = of.outputs[column];
    if (clause.default_entry) made.join(read_text(clause.default_entry->text, names));
    conform(made, clause.type_ref);
    if (clause.values) test_or_consume(made, clause.values->text, names);
    if (of.aggregation == dmn::aggregation::sum || of.aggregation == dmn::aggregation::count) {
        made.raw.insert(made.same.begin(), made.same.end());
        made.same.clear();
        made.constants.clear();
        made.unknown = true;
    } else if (of.aggregation != dmn::aggregation::none) {
        meet(made, made, true);
    } else if (of.hit_policy == dmn::hit_policy::any || of.hit_policy == dmn::hit_policy::priority ||
               of.hit_policy == dmn::hit_policy::output_order) {
        meet(made, made, false);  // rules are compared by what they answer
    }
    return made;
}

POLKU_DECL flow flow_reader::read_table(const dmn::decision_table& of, const flow_names& names) {
    for (std::size_t column = 0; column < of.inputs.size(); ++column) {
        const dmn::input_clause& clause = of.inputs[column];
        const flow input = read_text(clause.expression.text, names);
        conform(input, clause.type_ref);
        if (clause.values) test_or_consume(input, clause.values->text, names);
        std::set<std::string_view> read_already;
        for (const dmn::decision_rule& rule : of.rules) {
            if (column >= rule.inputs.size()) continue;
            const std::string_view cell = rule.inputs[column].text.text;
            if (!read_already.insert(cell).second) continue;
            says(clause.expression.text);
            test_or_consume(input, cell, names);
        }
    }
    if (of.outputs.size() == 1) return read_outputs(of, 0, names);
    flow made;
    for (std::size_t column = 0; column < of.outputs.size(); ++column)
        made.members[of.outputs[column].name] = read_outputs(of, column, names);
    return made;
}

POLKU_DECL flow flow_reader::read_loop(const dmn::iterator& of, const flow_names& names) {
    flow_names inner = names;
    const flow in = read(of.in, names);
    inner.add(of.variable, feel::type::any(), in);
    if (of.kind == dmn::iterator_kind::for_each) {
        flow partial;
        partial.unknown = true;
        inner.add("partial", feel::type::any(), std::move(partial));
    }
    flow body = read(of.body, inner);
    if (of.kind != dmn::iterator_kind::for_each) return {};
    says("partial");
    consume(body);  // the body may look at what it made before
    return body;
}

POLKU_DECL flow flow_reader::read_filter(const dmn::filter& of, const flow_names& names) {
    flow_names inner = names;
    flow in = read(of.in, names);
    inner.add("item", feel::type::any(), in);
    for (const auto& [name, each] : in.members) inner.add(name, feel::type::any(), each);
    consume(read(of.match, inner));
    return in;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
