// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_LOGIC_IPP
#define POLKU_IMPL_DMN_LOGIC_IPP

#include <polku/dmn/detail/logic.hpp>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL feel::value context_logic::evaluate(frame& in) const {
    const std::size_t before = in.slots.size();
    feel::context made;
    feel::value answer;
    bool has_answer = false;
    for (const entry& each : entries_) {
        feel::value value = each.value->evaluate(in);
        if (each.type) value = conform(value, *each.type, in.with);
        if (each.name.empty()) {
            answer = std::move(value);
            has_answer = true;
            break;
        }
        made.set(each.name, value);
        in.slots.push_back(std::move(value));
    }
    in.slots.resize(before);
    return has_answer ? answer : feel::value(std::move(made));
}

POLKU_DECL feel::value list_logic::evaluate(frame& in) const {
    std::vector<feel::value> made;
    made.reserve(items_.size());
    for (const logic_pointer& each : items_) made.push_back(each->evaluate(in));
    return feel::value(std::move(made));
}

POLKU_DECL feel::value relation_logic::evaluate(frame& in) const {
    std::vector<feel::value> made;
    for (const auto& row : rows_) {
        feel::context entries;
        for (std::size_t column = 0; column < columns_.size() && column < row.size(); ++column)
            entries.set(columns_[column], row[column]->evaluate(in));
        made.emplace_back(std::move(entries));
    }
    return feel::value(std::move(made));
}

POLKU_DECL feel::value invocation_logic::evaluate(frame& in) const {
    const feel::value callee = callee_->evaluate(in);
    if (!callee.is(feel::kind::function)) return feel::value(feel::null_reason::not_a_function);
    std::vector<std::string> names;
    std::vector<feel::value> values;
    for (const argument& each : arguments_) {
        names.push_back(each.name);
        values.push_back(each.value->evaluate(in));
    }
    if (!in.with.step()) return feel::value();
    if (names.empty()) return callee.as_function().call(in.with, values);
    return callee.as_function().call_named(in.with, names, values);
}

/// A condition that is neither true, false nor null makes the whole null, unlike FEEL's `if` in text.
POLKU_DECL feel::value conditional_logic::evaluate(frame& in) const {
    const feel::value condition = condition_->evaluate(in);
    if (!condition.is_null() && !condition.is(feel::kind::boolean))
        return feel::value(feel::null_reason::type_mismatch);
    return condition.is_true() ? then_->evaluate(in) : otherwise_->evaluate(in);
}

/// What a filter or an iterator runs over: null is nothing, and another value is a list of itself.
POLKU_DECL std::vector<feel::value> items_of(const feel::value& from) {
    if (from.is_null()) return {};
    if (!from.is(feel::kind::list)) return {from};
    return {from.as_list().begin(), from.as_list().end()};
}

POLKU_DECL feel::value filter_logic::evaluate(frame& in) const {
    in.slots.push_back(in_->evaluate(in));
    feel::value made = filtered_.evaluate(in.with, in.slots);
    in.slots.pop_back();
    return made;
}

POLKU_DECL feel::value boxed_filter_logic::evaluate(frame& in) const {
    std::vector<feel::value> made;
    for (feel::value& each : items_of(in_->evaluate(in))) {
        if (!in.with.step()) return feel::value();
        in.slots.push_back(each);
        if (match_->evaluate(in).is_true()) made.push_back(std::move(each));
        in.slots.pop_back();
    }
    return feel::value(std::move(made));
}

POLKU_DECL feel::value iterator_logic::evaluate_for(frame& in, std::span<const feel::value> over) const {
    std::vector<feel::value> made;
    const std::size_t before = in.slots.size();
    for (const feel::value& each : over) {
        if (!in.with.step()) return feel::value();
        in.slots.push_back(each);
        in.slots.push_back(feel::value(made));
        made.push_back(body_->evaluate(in));
        in.slots.resize(before);
    }
    return feel::value(std::move(made));
}

POLKU_DECL feel::value iterator_logic::evaluate_quantified(frame& in, std::span<const feel::value> over) const {
    const bool some = kind_ == iterator_kind::some;
    bool unknown = false;
    for (const feel::value& each : over) {
        if (!in.with.step()) return feel::value();
        in.slots.push_back(each);
        const feel::value made = body_->evaluate(in);
        in.slots.pop_back();
        if (some ? made.is_true() : made.is_false()) return feel::value(some);
        if (!made.is_null() && !made.is(feel::kind::boolean)) return feel::value(feel::null_reason::type_mismatch);
        unknown = unknown || made.is_null();
    }
    return unknown ? feel::value(feel::null_reason::type_mismatch) : feel::value(!some);
}

POLKU_DECL feel::value iterator_logic::evaluate(frame& in) const {
    const feel::value over = in_->evaluate(in);
    if (over.is_null()) return feel::value(feel::null_reason::type_mismatch);
    const std::vector<feel::value> items = items_of(over);
    return kind_ == iterator_kind::for_each ? evaluate_for(in, items) : evaluate_quantified(in, items);
}

POLKU_DECL bool parameter_list::coerce(std::vector<feel::value>& arguments, std::size_t from,
                                       feel::evaluation_context& with) const {
    for (std::size_t at = 0; at < types.size(); ++at) {
        if (!types[at]) continue;
        feel::value& argument = arguments[from + at];
        feel::value made = conform(argument, *types[at], with);
        if (made.is_null() && !argument.is_null()) return false;
        argument = std::move(made);
    }
    return true;
}

POLKU_DECL feel::value call_logic(const logic& body, const parameter_list& parameters,
                                  std::span<const feel::value> captured, std::span<const feel::value> arguments,
                                  feel::evaluation_context& with) {
    if (arguments.size() != parameters.declared.size()) return feel::value(feel::null_reason::wrong_arguments);
    frame in{with, {}};
    in.slots.reserve(captured.size() + arguments.size() + 4);
    in.slots.assign(captured.begin(), captured.end());
    in.slots.insert(in.slots.end(), arguments.begin(), arguments.end());
    if (!parameters.coerce(in.slots, captured.size(), with)) return feel::value(feel::null_reason::type_mismatch);
    feel::value made;
    if (with.enter() && with.step()) made = body.evaluate(in);
    with.leave();
    return parameters.result ? conform(made, *parameters.result, with) : made;
}

/// The value of a boxed function definition.
class closure final : public feel::function {
public:
    closure(std::shared_ptr<const parameter_list> parameters, logic_pointer body, std::vector<feel::value> captured)
        : parameters_(std::move(parameters)), body_(std::move(body)), captured_(std::move(captured)) {}
    std::span<const feel::parameter> parameters() const noexcept override { return parameters_->declared; }
    feel::type result_type() const override { return parameters_->result_type(); }
    std::string_view name() const noexcept override { return parameters_->name; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        return call_logic(*body_, *parameters_, captured_, arguments, with);
    }

private:
    std::shared_ptr<const parameter_list> parameters_;
    logic_pointer body_;
    std::vector<feel::value> captured_;
};

POLKU_DECL feel::value function_logic::evaluate(frame& in) const {
    return feel::value(new closure(parameters_, body_, in.slots));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
