// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_INPUT_ATOMS_IPP
#define POLKU_IMPL_RULES_INPUT_ATOMS_IPP

#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/input_cutter.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/value_flow.hpp>
#include <polku/rules/input_atoms.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// The part of a decision's value that a goal looks at is compared with its test; without a goal all of it counts.
inline result<void> try_look(flow_reader& reader, const flow& value, const std::optional<pack_goal>& goal) {
    if (!goal) {
        reader.says("the answer");
        reader.consume(value);
        return {};
    }
    flow seen = value;
    if (!goal->member.empty()) {
        const auto found = value.members.find(goal->member);
        seen = found != value.members.end() ? found->second : flow();
        seen.raw.insert(value.same.begin(), value.same.end());
        seen.raw.insert(value.raw.begin(), value.raw.end());
        seen.unknown = seen.unknown || value.unknown;
    }
    if (goal->test.empty()) {
        reader.says("the answer");
        reader.consume(seen);
        return {};
    }
    reader.says("the goal " + goal->test);
    return reader.try_test(seen, goal->test, {});
}

inline std::map<std::string, feel::type> types_of(const dmn::program& program, dmn::decision_ref of) {
    std::map<std::string, feel::type> types;
    for (const dmn::decision_info& each : program.decisions()) {
        types.emplace(each.name, each.result_type);
        if (each.is != dmn::evaluable_kind::decision) continue;
        for (const dmn::input_info& input : program.inputs(each.ref)) types.emplace(input.name, input.type);
    }
    for (const dmn::input_info& input : program.inputs(of)) types[input.name] = input.type;
    return types;
}

/// Figures of law and facts that stay as they are: constants, by name.
inline result<std::map<std::string, flow>> try_known_flows(const compiled_pack& data,
                                                           std::span<const dmn::input_info> inputs,
                                                           const feel::context& parameters,
                                                           const feel::context& fixed) {
    std::map<std::string, flow> flows;
    for (const dmn::input_info& each : inputs) {
        const bool is_parameter = data.find_parameter(each.name) != nullptr;
        const feel::value* const given = is_parameter ? parameters.find(each.name) : fixed.find(each.name);
        if (given != nullptr) {
            POLKU_TRY(const feel::value typed,
                      dmn::try_typed(*given, each.type, pointer_to({}, each.name), feel::evaluation_context{}));
            flows[each.name].add_constant(typed);
        } else if (is_parameter) {
            flows[each.name].unknown = true;
        }
    }
    return flows;
}

/// Reads a decision's logic; `of` gets the decision in the model.
inline result<flow_reader> try_reader(const pack& of, const pack_version& version, std::string_view decision,
                                      const feel::context& parameters, const feel::context& fixed,
                                      const dmn::decision*& found) {
    const compiled_pack& data = compiled_pack::of(of);
    const dmn::program& program = data.programs.find(version.model)->second;
    const dmn::model& model = data.models.find(version.model)->second;
    const auto ref = program.find(decision);
    const auto asked = std::find_if(model.decisions.begin(), model.decisions.end(),
                                    [&](const dmn::decision& each) { return ref && each.id == program.info(*ref).id; });
    if (asked == model.decisions.end()) return no_such_decision(data, version, decision);
    found = &*asked;
    POLKU_TRY(auto flows, try_known_flows(data, program.inputs(*ref), parameters, fixed));
    return flow_reader(model, types_of(program, *ref), std::move(flows));
}

POLKU_DECL result<std::map<std::string, input_use>> try_input_uses(const pack& of, const pack_version& version,
                                                                   std::string_view decision,
                                                                   const feel::context& parameters,
                                                                   const std::optional<pack_goal>& goal,
                                                                   const feel::context& fixed) {
    const dmn::decision* asked = nullptr;
    POLKU_TRY(flow_reader reader, try_reader(of, version, decision, parameters, fixed, asked));
    const flow value = reader.decision_flow(*asked);
    POLKU_CHECK(try_look(reader, value, goal));
    return reader.uses();
}

POLKU_DECL result<flow> try_value_flow(const pack& of, const pack_question& asked) {
    const compiled_pack& data = compiled_pack::of(of);
    pack_answer used;
    POLKU_TRY(const question_place place, try_place(of, data, asked, used.by_transition));
    question_inputs inputs(of, data, *place.version, asked, used);
    POLKU_TRY(const feel::context parameters, inputs.try_parameters(*place.program, place.decision));
    const dmn::decision* found = nullptr;
    POLKU_TRY(flow_reader reader, try_reader(of, *place.version, asked.decision, parameters, {}, found));
    return reader.decision_flow(*found);
}

}  // namespace detail

POLKU_DECL result<std::vector<input_atoms>> try_input_atoms(const pack& of, const pack_version& version,
                                                            std::string_view decision, const feel::context& parameters,
                                                            const std::optional<pack_goal>& goal,
                                                            const feel::context& fixed) {
    POLKU_TRY(const auto uses, detail::try_input_uses(of, version, decision, parameters, goal, fixed));
    const detail::compiled_pack& data = detail::compiled_pack::of(of);
    const dmn::program& program = data.programs.find(version.model)->second;
    std::vector<input_atoms> made;
    for (const dmn::input_info& each : program.inputs(*program.find(decision))) {
        if (data.find_parameter(each.name) != nullptr || fixed.find(each.name) != nullptr) continue;
        const auto use = uses.find(each.name);
        made.push_back(detail::input_cutter(each, use != uses.end() ? use->second : detail::input_use()).run());
    }
    return made;
}

POLKU_DECL result<std::vector<input_atoms>> try_input_atoms(const pack& of, const pack_question& asked,
                                                            const std::optional<pack_goal>& goal,
                                                            const feel::context& fixed) {
    const detail::compiled_pack& data = detail::compiled_pack::of(of);
    pack_answer used;
    POLKU_TRY(const detail::question_place place, detail::try_place(of, data, asked, used.by_transition));
    detail::question_inputs inputs(of, data, *place.version, asked, used);
    POLKU_TRY(const feel::context parameters, inputs.try_parameters(*place.program, place.decision));
    return try_input_atoms(of, *place.version, asked.decision, parameters, goal, fixed);
}

POLKU_DECL std::vector<input_atoms> atoms_of_decision(const dmn::model& of, const dmn::program& program,
                                                      const dmn::decision_ref& decision) {
    const auto asked = std::find_if(of.decisions.begin(), of.decisions.end(),
                                    [&](const dmn::decision& each) { return each.id == program.info(decision).id; });
    detail::flow_reader reader(of, detail::types_of(program, decision), {});
    if (asked != of.decisions.end()) {
        const detail::flow value = reader.decision_flow(*asked);
        reader.says("the answer");
        reader.consume(value);
    }
    std::vector<input_atoms> made;
    for (const dmn::input_info& each : program.inputs(decision)) {
        const auto use = reader.uses().find(each.name);
        made.push_back(
            detail::input_cutter(each, use != reader.uses().end() ? use->second : detail::input_use()).run());
        if (asked != of.decisions.end()) continue;
        made.back().exact = false;
        made.back().why = "the decision is not of the model";
    }
    return made;
}

}  // namespace polku::inline POLKU_V::rules

#endif
