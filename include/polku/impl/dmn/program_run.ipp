// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PROGRAM_RUN_IPP
#define POLKU_IMPL_DMN_PROGRAM_RUN_IPP

#include <polku/dmn/detail/null_search.hpp>
#include <polku/dmn/detail/program_data.hpp>

namespace polku::inline POLKU_V::dmn::detail {

/// A business knowledge model as a function. It holds the program, so it may outlive the program's last handle.
class knowledge_function final : public feel::function {
public:
    knowledge_function(std::shared_ptr<const program_data> program, std::uint32_t node)
        : program_(std::move(program)), node_(&program_->nodes[node]) {}
    std::span<const feel::parameter> parameters() const noexcept override { return node_->parameters->declared; }
    feel::type result_type() const override { return node_->parameters->result_type(); }
    std::string_view name() const noexcept override { return node_->name; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        std::vector<feel::value> captured;
        capture_sources(*program_, *node_, *this, captured);
        return call_logic(*node_->body, *node_->parameters, captured, arguments, with);
    }

private:
    std::shared_ptr<const program_data> program_;
    const program_node* node_;
};

/// Keeps the records of a service's decisions apart from those of the decision that calls it.
class traced_call {
public:
    explicit traced_call(trace* into) : into_(into) {
        if (!into) return;
        open_.swap(into->open);
        run_ = into->run;
        into->run = ++into->runs;
    }
    ~traced_call() {
        if (!into_) return;
        open_.swap(into_->open);
        into_->run = run_;
    }
    traced_call(const traced_call&) = delete;
    traced_call& operator=(const traced_call&) = delete;

private:
    trace* into_;
    std::vector<table_trace> open_;
    std::uint32_t run_ = 0;
};

/// A decision service as a function: input data first, then input decisions.
class service_function final : public feel::function {
public:
    service_function(std::shared_ptr<const program_data> program, std::uint32_t node)
        : program_(std::move(program)), node_(&program_->nodes[node]) {}
    std::span<const feel::parameter> parameters() const noexcept override { return node_->parameters->declared; }
    feel::type result_type() const override { return node_->parameters->result_type(); }
    std::string_view name() const noexcept override { return node_->name; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        if (arguments.size() != node_->input_nodes.size()) return feel::value(feel::null_reason::wrong_arguments);
        feel::value made;
        std::vector<feel::value> coerced(arguments.begin(), arguments.end());
        if (!node_->parameters->coerce(coerced, 0, with)) return feel::value(feel::null_reason::type_mismatch);
        if (with.enter() && with.step()) made = called(with, coerced);
        with.leave();
        return made;
    }

private:
    feel::value called(feel::evaluation_context& with, std::span<const feel::value> arguments) const {
        const traced_call apart(static_cast<trace*>(with.observer()));
        program_run run(*program_, with);
        for (std::size_t at = 0; at < arguments.size(); ++at) run.set_input(node_->input_nodes[at], arguments[at]);
        run.evaluate_plan(node_->plan);
        return run.service_result(*node_);
    }

    std::shared_ptr<const program_data> program_;
    const program_node* node_;
};

POLKU_DECL feel::value program_data::function_of(std::uint32_t node) const {
    if (nodes[node].is == node_kind::service) return feel::value(new service_function(shared_from_this(), node));
    // An external function is already a value, and does not lean on the program.
    if (!nodes[node].parameters) {
        feel::evaluation_context none;
        frame empty{none, {}};
        return nodes[node].body ? nodes[node].body->evaluate(empty) : feel::value(feel::null_reason::no_logic);
    }
    return feel::value(new knowledge_function(shared_from_this(), node));
}

POLKU_DECL void capture_sources(const program_data& program, const program_node& of, const feel::function& self,
                                std::vector<feel::value>& out) {
    for (const slot_source& each : of.sources) {
        if (each.members.empty() && &program.nodes[each.node] == &of) {
            self.references.fetch_add(1, std::memory_order_relaxed);
            out.push_back(feel::value(&self));
        } else if (each.members.empty()) {
            out.push_back(program.function_of(each.node));
        } else {
            feel::context entries;
            for (const auto& member : each.members) entries.set(member.name, program.function_of(member.node));
            out.emplace_back(std::move(entries));
        }
    }
}

POLKU_DECL feel::value program_run::source_value(std::uint32_t node) const {
    const node_kind is = program_.nodes[node].is;
    if (is == node_kind::input || is == node_kind::decision) return values_[node];
    return program_.function_of(node);
}

POLKU_DECL void program_run::set_input(std::uint32_t node, const feel::value& of) {
    const item_type_pointer& type = program_.nodes[node].type;
    values_[node] = type ? conform(of, *type, frame_.with) : of;
}

POLKU_DECL void program_run::evaluate_decision(std::uint32_t node) {
    const program_node& of = program_.nodes[node];
    frame_.slots.clear();
    for (const slot_source& each : of.sources) {
        if (each.members.empty()) {
            frame_.slots.push_back(source_value(each.node));
            continue;
        }
        feel::context entries;
        for (const auto& member : each.members) entries.set(member.name, source_value(member.node));
        frame_.slots.emplace_back(std::move(entries));
    }
    feel::value made = of.body->evaluate(frame_);
    values_[node] = of.type ? conform(made, *of.type, frame_.with) : std::move(made);
    if (frame_.with.observer())
        record_step(program_, node, frame_.slots, values_[node], of.type ? made : values_[node], frame_.with);
}

POLKU_DECL void program_run::evaluate_plan(const std::vector<std::uint32_t>& plan) {
    for (const std::uint32_t node : plan) {
        if (!frame_.with.step()) return;
        evaluate_decision(node);
    }
}

POLKU_DECL feel::value program_run::service_result(const program_node& service) {
    feel::value made;
    if (service.outputs.size() == 1) {
        made = values_[service.outputs.front()];
    } else {
        feel::context entries;
        for (const std::uint32_t each : service.outputs) entries.set(program_.nodes[each].name, values_[each]);
        made = feel::value(std::move(entries));
    }
    const item_type_pointer& result = service.parameters->result;
    return result ? conform(made, *result, frame_.with) : made;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
