// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_REQUIREMENT_GRAPH_IPP
#define POLKU_IMPL_DMN_REQUIREMENT_GRAPH_IPP

#include <polku/impl/dmn/compiler.hpp>

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL std::string_view kind_text(node_kind of) noexcept {
    switch (of) {
        case node_kind::input: return "input data";
        case node_kind::decision: return "a decision";
        case node_kind::knowledge: return "a business knowledge model";
        case node_kind::service: return "a decision service";
    }
    return "";
}

POLKU_DECL std::optional<std::uint32_t> program_compiler::resolve(std::uint32_t in, const element_reference& from,
                                                                  std::string_view owner,
                                                                  std::initializer_list<node_kind> wanted) {
    const model& home = models_[in];
    std::uint32_t target = in;
    if (!from.model_namespace.empty() && from.model_namespace != home.model_namespace) {
        const auto known = model_by_namespace_.find(from.model_namespace);
        if (known == model_by_namespace_.end()) {
            found_.add(severity::error, error(error_code::dmn_unknown_reference,
                                              "'" + std::string(owner) + "' requires '" + from.id + "' of the model '" +
                                                  from.model_namespace + "', which is not among the models given",
                                              where(in, from.at, owner)));
            return std::nullopt;
        }
        target = known->second;
    }
    const auto node = node_by_id_[target].find(from.id);
    if (node == node_by_id_[target].end()) {
        found_.add(severity::error, error(error_code::dmn_unknown_reference,
                                          "'" + std::string(owner) + "' refers to the id '" + from.id +
                                              "', but no input data, decision, knowledge model or service has it",
                                          where(in, from.at, owner)));
        return std::nullopt;
    }
    const program_node& found = data_->nodes[node->second];
    if (std::find(wanted.begin(), wanted.end(), found.is) != wanted.end()) return node->second;
    found_.add(severity::error,
               error(error_code::dmn_wrong_reference,
                     "'" + std::string(owner) + "' refers to '" + found.name + "', which is " +
                         std::string(kind_text(found.is)) + "; expected " + std::string(kind_text(*wanted.begin())),
                     where(in, from.at, owner)));
    return std::nullopt;
}

POLKU_DECL void program_compiler::resolve_list(std::uint32_t from, const std::vector<element_reference>& references,
                                               std::initializer_list<node_kind> wanted,
                                               std::vector<std::uint32_t>& into) {
    for (const element_reference& each : references) {
        const auto found = resolve(data_->nodes[from].model, each, data_->nodes[from].name, wanted);
        if (found && std::find(into.begin(), into.end(), *found) == into.end()) into.push_back(*found);
    }
}

POLKU_DECL void program_compiler::resolve_all() {
    for (std::uint32_t at = 0; at < data_->nodes.size(); ++at) {
        requirement_list& into = requirements_[at];
        switch (data_->nodes[at].is) {
            case node_kind::input: break;
            case node_kind::decision: {
                const auto& from = *static_cast<const decision*>(into.element);
                resolve_list(at, from.required_inputs, {node_kind::input}, into.values);
                resolve_list(at, from.required_decisions, {node_kind::decision}, into.values);
                resolve_list(at, from.required_knowledge, {node_kind::knowledge, node_kind::service}, into.knowledge);
                break;
            }
            case node_kind::knowledge: {
                const auto& from = *static_cast<const business_knowledge_model*>(into.element);
                resolve_list(at, from.required_knowledge, {node_kind::knowledge, node_kind::service}, into.knowledge);
                break;
            }
            case node_kind::service: {
                const auto& from = *static_cast<const decision_service*>(into.element);
                resolve_list(at, from.output_decisions, {node_kind::decision}, data_->nodes[at].outputs);
                resolve_list(at, from.input_data, {node_kind::input}, into.service_inputs);
                resolve_list(at, from.input_decisions, {node_kind::decision}, into.service_inputs);
                std::vector<std::uint32_t> encapsulated;
                resolve_list(at, from.encapsulated_decisions, {node_kind::decision}, encapsulated);
                break;
            }
        }
    }
}

POLKU_DECL std::vector<std::uint32_t> program_compiler::edges(std::uint32_t of, edge_set which) const {
    std::vector<std::uint32_t> out = requirements_[of].values;
    if (which == edge_set::decisions) return out;
    const requirement_list& from = requirements_[of];
    out.insert(out.end(), from.knowledge.begin(), from.knowledge.end());
    out.insert(out.end(), from.service_inputs.begin(), from.service_inputs.end());
    out.insert(out.end(), data_->nodes[of].outputs.begin(), data_->nodes[of].outputs.end());
    return out;
}

POLKU_DECL void program_compiler::report_cycle(const std::vector<std::uint32_t>& path) {
    std::string names;
    for (const std::uint32_t each : path) names += "'" + data_->nodes[each].name + "' -> ";
    names += "'" + data_->nodes[path.front()].name + "'";
    const program_node& first = data_->nodes[path.front()];
    error what(error_code::dmn_cycle,
               "decisions require each other in a circle: " + names + "; take one of these requirements away",
               where(first.model, first.at, first.name));
    for (std::size_t each = 1; each < path.size(); ++each) {
        const program_node& next = data_->nodes[path[each]];
        what.at(where(next.model, next.at, next.name));
    }
    found_.add(severity::error, std::move(what));
}

POLKU_DECL std::vector<std::uint32_t> program_compiler::ordered(edge_set which) {
    struct step {
        std::uint32_t node;
        std::vector<std::uint32_t> next;
        std::size_t at = 0;
    };
    enum : std::uint8_t { unseen, open, done };
    std::vector<std::uint8_t> state(data_->nodes.size(), unseen);
    std::vector<std::uint32_t> out;
    std::vector<step> path;  // depth first without recursion, so that long chains cost no stack
    for (std::uint32_t start = 0; start < data_->nodes.size(); ++start) {
        if (state[start] != unseen) continue;
        path.push_back({start, edges(start, which)});
        state[start] = open;
        while (!path.empty()) {
            step& now = path.back();
            if (now.at == now.next.size()) {
                state[now.node] = done;
                out.push_back(now.node);
                path.pop_back();
                continue;
            }
            const std::uint32_t next = now.next[now.at++];
            if (state[next] == unseen) {
                state[next] = open;
                path.push_back({next, edges(next, which)});
            } else if (state[next] == open && which == edge_set::decisions) {
                std::vector<std::uint32_t> circle;
                for (const step& each : path)
                    if (!circle.empty() || each.node == next) circle.push_back(each.node);
                report_cycle(circle);
            }
        }
    }
    return out;
}

/// The decisions that a node needs, in order, and the inputs that these need; a service stops at its inputs.
POLKU_DECL void program_compiler::plan_node(std::uint32_t of) {
    program_node& node = data_->nodes[of];
    if (node.is == node_kind::input || node.is == node_kind::knowledge) return;
    std::set<std::uint32_t> given(requirements_[of].service_inputs.begin(), requirements_[of].service_inputs.end());
    std::set<std::uint32_t> seen;
    std::vector<std::uint32_t> inputs;
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    const std::vector<std::uint32_t> roots =
        node.is == node_kind::service ? node.outputs : std::vector<std::uint32_t>{of};
    for (const std::uint32_t root : roots) {
        if (given.contains(root) || !seen.insert(root).second) continue;
        path.emplace_back(root, 0);
        while (!path.empty()) {
            auto& [at, next] = path.back();
            const auto& values = requirements_[at].values;
            if (next == values.size()) {
                if (data_->nodes[at].is == node_kind::input)
                    inputs.push_back(at);
                else
                    node.plan.push_back(at);
                path.pop_back();
                continue;
            }
            const std::uint32_t required = values[next++];
            if (!given.contains(required) && seen.insert(required).second) path.emplace_back(required, 0);
        }
    }
    if (node.is == node_kind::service) {
        node.input_nodes = requirements_[of].service_inputs;
    } else {
        std::sort(inputs.begin(), inputs.end());
        node.input_nodes = std::move(inputs);
    }
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
