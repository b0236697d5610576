// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PROGRAM_IPP
#define POLKU_IMPL_DMN_PROGRAM_IPP

#include <polku/dmn/detail/direct_table.hpp>
#include <polku/dmn/detail/null_search.hpp>
#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/program.hpp>
#include <polku/feel/lexer.hpp>
#include <polku/impl/dmn/compiler.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn {

namespace detail {

POLKU_DECL result<feel::value> finished(feel::value made, const feel::evaluation_context& with) {
    if (with.faulted()) return error(*with.fault());
    return made;
}

POLKU_DECL void record_knowledge(const program_data& program, std::uint32_t node, const feel::value& callee,
                                 std::span<const feel::value> inputs, const feel::value& made,
                                 const feel::evaluation_context& with) {
    std::vector<feel::value> slots;
    capture_sources(program, program.nodes[node], callee.as_function(), slots);
    slots.insert(slots.end(), inputs.begin(), inputs.end());
    record_step(program, node, slots, made, made, with);
}

POLKU_DECL feel::value run_knowledge(const program_data& program, std::uint32_t node,
                                     std::span<const feel::value> inputs, feel::evaluation_context& with) {
    feel::value callee = program.function_of(node);
    if (!callee.is(feel::kind::function)) return callee;
    feel::value made = callee.as_function().call(with, inputs);
    if (with.observer()) record_knowledge(program, node, callee, inputs, made, with);
    return made;
}

POLKU_DECL feel::value run_node(const program_data& program, std::uint32_t node, std::span<const feel::value> inputs,
                                feel::evaluation_context& with) {
    const program_node& what = program.nodes[node];
    if (what.is == node_kind::knowledge) return run_knowledge(program, node, inputs, with);
    program_run run(program, what, with);
    run.set_inputs(inputs);
    run.evaluate();
    return what.is == node_kind::service ? run.service_result() : std::move(run.result());
}

POLKU_DECL error unknown_input_error(const program_node& what, std::string_view key) {
    std::string message = "'" + std::string(key) + "' is no input of '" + what.name + "'";
    std::size_t best = 4;
    const input_info* nearest = nullptr;
    std::string all;
    for (const input_info& each : what.inputs) {
        all += (all.empty() ? "" : ", ") + each.name;
        const std::size_t distance = feel::detail::edit_distance(each.name, key, best);
        if (distance >= best) continue;
        best = distance;
        nearest = &each;
    }
    if (nearest)
        message += "; the nearest is '" + nearest->name + "'";
    else
        message += all.empty() ? "; it has no inputs" : "; it has: " + all;
    return error(error_code::dmn_unknown_input, std::move(message),
                 {.element = what.name, .pointer = pointer_to({}, key)});
}

/// Input data of the same model: callers may hand over a whole record.
POLKU_DECL bool is_declared_beside(const program_data& program, std::uint32_t node, const program_node& input) {
    return input.is == node_kind::input && program.nodes[node].is == node_kind::decision &&
           input.model == program.nodes[node].model;
}

POLKU_DECL bool is_declared_input(const program_data& program, std::uint32_t node, std::string_view key) {
    return std::any_of(program.nodes.begin(), program.nodes.end(), [&](const program_node& each) {
        return is_declared_beside(program, node, each) && each.name == key;
    });
}

}  // namespace detail

POLKU_DECL std::string_view program::name() const noexcept { return data_ ? std::string_view(data_->name) : ""; }

POLKU_DECL std::span<const decision_info> program::decisions() const noexcept {
    return data_ ? std::span<const decision_info>(data_->decisions) : std::span<const decision_info>();
}

POLKU_DECL std::optional<decision_ref> program::find(std::string_view name_or_id) const {
    const std::string name = feel::detail::fold_name(name_or_id);
    for (const decision_info& each : decisions())
        if (each.name == name) return each.ref;
    for (const decision_info& each : decisions())
        if (!each.id.empty() && each.id == name_or_id) return each.ref;
    return std::nullopt;
}

POLKU_DECL const decision_info& program::info(decision_ref of) const {
    const auto found = std::find_if(data_->decisions.begin(), data_->decisions.end(),
                                    [&](const decision_info& each) { return each.ref == of; });
    return found == data_->decisions.end() ? data_->decisions.front() : *found;
}

POLKU_DECL std::span<const input_info> program::inputs(decision_ref of) const { return data_->nodes[of.index].inputs; }

POLKU_DECL std::vector<std::string_view> program::other_inputs(decision_ref of) const {
    std::vector<std::string_view> names;
    const auto needed = inputs(of);
    for (const detail::program_node& each : data_->nodes) {
        if (!detail::is_declared_beside(*data_, of.index, each)) continue;
        if (std::none_of(needed.begin(), needed.end(), [&](const auto& known) { return known.name == each.name; }))
            names.push_back(each.name);
    }
    return names;
}

POLKU_DECL const item_type* program::input_type(decision_ref of, std::size_t input) const {
    const detail::program_node& node = data_->nodes[of.index];
    if (node.is == detail::node_kind::knowledge)
        return node.parameters && input < node.parameters->types.size() ? node.parameters->types[input].get() : nullptr;
    return input < node.input_nodes.size() ? data_->nodes[node.input_nodes[input]].type.get() : nullptr;
}

POLKU_DECL std::span<const diagnostic> program::diagnostics() const noexcept {
    return data_ ? std::span<const diagnostic>(data_->diagnostics) : std::span<const diagnostic>();
}

POLKU_DECL result<program> try_compile(std::vector<model> models, const compile_options& with) {
    detail::program_compiler compiler(std::move(models), with);
    if (compiler.compile()) return detail::program_data::wrap(compiler.take());
    error* first = nullptr;
    for (diagnostic& each : compiler.found().all()) {
        if (each.severity != severity::error) continue;
        if (first)
            first->because(std::move(each.what));
        else
            first = &each.what;
    }
    return std::move(*first);
}

POLKU_DECL std::vector<diagnostic> check(std::vector<model> models, const compile_options& with) {
    detail::program_compiler compiler(std::move(models), with);
    compiler.compile();
    return std::move(compiler.found().all());
}

POLKU_DECL result<feel::value> try_evaluate_slots(const program& from, decision_ref what,
                                                  std::span<const feel::value> inputs, feel::evaluation_context& with,
                                                  trace* into) {
    const detail::program_data* data = detail::program_data::of(from);
    if (!data || what.index >= data->nodes.size())
        return error(error_code::invalid_argument, "the decision does not belong to this program");
    if (inputs.size() != data->nodes[what.index].inputs.size())
        return error(error_code::invalid_argument, "'" + data->nodes[what.index].name + "' has " +
                                                       std::to_string(data->nodes[what.index].inputs.size()) +
                                                       " inputs, but " + std::to_string(inputs.size()) +
                                                       " values were given");
    with.reset();
    const detail::direct_table* direct = data->nodes[what.index].direct.get();
    if (direct != nullptr && into == nullptr && detail::direct_table::within(with.bounds()) && with.step()) {
        if (const feel::value* known = direct->evaluate(inputs, with)) return *known;
        with.reset();
    }
    with.set_observer(into);
    feel::value made = detail::run_node(*data, what.index, inputs, with);
    with.set_observer(nullptr);
    return detail::finished(std::move(made), with);
}

POLKU_DECL result<std::vector<feel::value>> try_slots(const program& from, decision_ref what,
                                                      const feel::context& inputs) {
    const detail::program_data* data = detail::program_data::of(from);
    if (!data || what.index >= data->nodes.size())
        return error(error_code::invalid_argument, "the decision does not belong to this program");
    const auto known = from.inputs(what);
    std::vector<feel::value> slots(known.size(), feel::value(feel::null_reason::unknown_input));
    for (const auto& each : inputs) {
        const auto at =
            std::find_if(known.begin(), known.end(), [&](const input_info& info) { return info.name == each.name; });
        if (at == known.end()) {
            if (detail::is_declared_input(*data, what.index, each.name)) continue;
            return detail::unknown_input_error(data->nodes[what.index], each.name);
        }
        slots[static_cast<std::size_t>(at - known.begin())] = each.value;
    }
    return slots;
}

POLKU_DECL result<feel::value> try_evaluate(const program& from, decision_ref what, const feel::context& inputs,
                                            feel::evaluation_context& with, trace* into) {
    POLKU_TRY(const std::vector<feel::value> slots, try_slots(from, what, inputs));
    return try_evaluate_slots(from, what, slots, with, into);
}

}  // namespace polku::inline POLKU_V::dmn

#endif
