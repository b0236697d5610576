// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PROGRAM_RUN_IPP
#define POLKU_IMPL_DMN_PROGRAM_RUN_IPP

#include <polku/dmn/detail/null_search.hpp>
#include <polku/dmn/detail/program_data.hpp>

#include <unordered_map>

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
        if (!node_->parameters->coerce(coerced, with)) return feel::value(feel::null_reason::type_mismatch);
        if (with.enter() && with.step()) made = called(with, coerced);
        with.leave();
        return made;
    }

private:
    feel::value called(feel::evaluation_context& with, std::span<const feel::value> arguments) const {
        const traced_call apart(static_cast<trace*>(with.observer()));
        program_run run(*program_, *node_, with);
        run.set_inputs(arguments);
        run.evaluate();
        return run.service_result();
    }

    std::shared_ptr<const program_data> program_;
    const program_node* node_;
};

POLKU_DECL feel::value program_data::function_of(std::uint32_t node) const {
    if (nodes[node].is == node_kind::service) return feel::value(new service_function(shared_from_this(), node));
    // An external function is already a value, and does not lean on the program.
    if (!nodes[node].parameters) {
        feel::evaluation_context none;
        frame empty(none);
        return nodes[node].body ? nodes[node].body->evaluate(empty) : feel::value(feel::null_reason::no_logic);
    }
    return feel::value(new knowledge_function(shared_from_this(), node));
}

POLKU_DECL void capture_sources(const program_data& program, const program_node& of, const feel::function& self,
                                std::vector<feel::value>& out) {
    for (const slot_source& each : of.sources) {
        if (each.members.empty() && &program.nodes[each.node] == &of) {
            self.references.fetch_add(1, std::memory_order_relaxed);
            out.emplace_back(&self);
        } else if (each.members.empty()) {
            out.push_back(program.function_of(each.node));
        } else {
            feel::context entries;
            for (const auto& member : each.members) entries.set(member.name, program.function_of(member.node));
            out.emplace_back(std::move(entries));
        }
    }
}

/// Gives out the places of one plan.
class place_giver {
public:
    place_giver(const program_data& program, program_node& what) : program_(program), what_(what) {}
    void bind() {
        for (const std::uint32_t each : what_.input_nodes) places_[each] = what_.places++;
        for (const std::uint32_t each : what_.plan) {
            plan_step step;
            step.node = each;
            step.body = program_.nodes[each].body.get();
            step.type = program_.nodes[each].type.get();
            add_sources(step);
            step.place = place_of(each);
            what_.steps.push_back(std::move(step));
        }
        for (const std::uint32_t each : what_.outputs) what_.output_places.push_back(place_of(each));
    }
    std::uint32_t place_of(std::uint32_t node) {
        const auto [at, fresh] = places_.try_emplace(node, what_.places);
        if (fresh) ++what_.places;
        return at->second;
    }

private:
    void add_sources(plan_step& step) {
        const auto& sources = program_.nodes[step.node].sources;
        for (std::uint32_t at = 0; at < sources.size(); ++at) {
            const node_kind is = program_.nodes[sources[at].node].is;
            if (sources[at].members.empty() && (is == node_kind::input || is == node_kind::decision)) {
                step.slots.push_back(place_of(sources[at].node));
                continue;
            }
            step.made.push_back({what_.places, at});
            step.slots.push_back(what_.places++);
        }
    }

    const program_data& program_;
    program_node& what_;
    std::unordered_map<std::uint32_t, std::uint32_t> places_;
};

POLKU_DECL void bind_plan(program_data& program, std::uint32_t node) {
    program_node& what = program.nodes[node];
    if (what.is != node_kind::decision && what.is != node_kind::service) return;
    place_giver giver(program, what);
    giver.bind();
    what.result_place = what.is == node_kind::decision ? giver.place_of(node) : 0;
}

/// The place of a node in this run, for contexts of an import; null where the plan has none.
POLKU_DECL feel::value program_run::source_value(std::uint32_t node) {
    const node_kind is = program_.nodes[node].is;
    if (is != node_kind::input && is != node_kind::decision) return program_.function_of(node);
    for (std::size_t at = 0; at < what_.input_nodes.size(); ++at)
        if (what_.input_nodes[at] == node) return values_[at];
    for (const plan_step& each : what_.steps)
        if (each.node == node) return values_[each.place];
    return feel::value();
}

POLKU_DECL feel::value program_run::made_source(const slot_source& from) {
    if (from.members.empty()) return source_value(from.node);
    feel::context entries;
    for (const auto& member : from.members) entries.set(member.name, source_value(member.node));
    return feel::value(std::move(entries));
}

/// True when coercing to the type surely changes nothing.
inline bool is_kept(const feel::value& of, const item_type* type) noexcept {
    return type == nullptr || (!type->is_constrained && feel::fits(of, type->type));
}

POLKU_DECL void program_run::set_inputs(std::span<const feel::value> inputs) {
    for (std::size_t at = 0; at < inputs.size(); ++at) {
        const item_type* const type = program_.nodes[what_.input_nodes[at]].type.get();
        if (is_kept(inputs[at], type))
            values_.fill(at, inputs[at]);
        else
            values_.fill(at, conform(inputs[at], *type, with_));
    }
}

POLKU_DECL void program_run::evaluate_step(const plan_step& step, frame& in) {
    for (const plan_step::made_source& each : step.made)
        values_[each.place] = made_source(program_.nodes[step.node].sources[each.source]);
    in.slots.borrow_only(values_.data(), step.slots);
    feel::value made = step.body->evaluate(in);
    const item_type* const type = step.type;
    if (POLKU_UNLIKELY(with_.observer() != nullptr)) {
        values_.fill(step.place, type != nullptr ? conform(made, *type, with_) : made);
        record_step(program_, step.node, in.slots, values_[step.place], made, with_);
    } else if (is_kept(made, type)) {
        values_.fill(step.place, std::move(made));
    } else {
        values_.fill(step.place, conformed(std::move(made), *type, with_));
    }
}

POLKU_DECL void program_run::evaluate() {
    frame in(with_);
    for (const plan_step& each : what_.steps) {
        if (!with_.step()) return;
        evaluate_step(each, in);
    }
}

POLKU_DECL feel::value program_run::service_result() {
    feel::value made;
    if (what_.outputs.size() == 1) {
        made = values_[what_.output_places.front()];
    } else {
        feel::context entries;
        for (std::size_t at = 0; at < what_.outputs.size(); ++at)
            entries.set(program_.nodes[what_.outputs[at]].name, values_[what_.output_places[at]]);
        made = feel::value(std::move(entries));
    }
    const item_type_pointer& result = what_.parameters->result;
    return result ? conformed(std::move(made), *result, with_) : made;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
