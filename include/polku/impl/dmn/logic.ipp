// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_LOGIC_IPP
#define POLKU_IMPL_DMN_LOGIC_IPP

#include <polku/dmn/detail/direct_table.hpp>
#include <polku/dmn/detail/logic.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL table_logic::table_logic(compiled_table table)
    : table_(std::move(table)), direct_(make_direct_table(table_)) {}

POLKU_DECL feel::value table_logic::evaluate(frame& in) const {
    if (direct_ != nullptr && in.with.observer() == nullptr) {
        // The general way enters a level for each input, too.
        const feel::value* const known = in.with.enter() ? direct_->evaluate(in.slots, in.with) : nullptr;
        in.with.leave();
        if (POLKU_LIKELY(known != nullptr)) return *known;
    }
    return evaluate_table(table_, in.with, in.slots);
}

POLKU_DECL context_logic::context_logic(std::vector<entry> entries) : entries_(std::move(entries)) {
    std::vector<std::string> names;
    for (const entry& each : entries_)
        if (!each.name.empty() && std::find(names.begin(), names.end(), each.name) == names.end())
            names.push_back(each.name);
    names_ = feel::entry_names(std::move(names));
}

POLKU_DECL feel::value context_logic::evaluate(frame& in) const {
    const std::size_t before = in.slots.size();
    feel::context made = feel::context::like(names_);
    feel::value answer;
    bool has_answer = false;
    for (const entry& each : entries_) {
        feel::value value = each.value->evaluate(in);
        if (each.type) value = conformed(std::move(value), *each.type, in.with);
        if (each.name.empty()) {
            answer = std::move(value);
            has_answer = true;
            break;
        }
        made.set(each.name, value);
        in.slots.push_back(std::move(value));
    }
    in.slots.shrink(before);
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
        feel::context entries = feel::context::like(names_);
        for (std::size_t column = 0; column < columns_.size() && column < row.size(); ++column)
            entries.set(columns_[column], row[column]->evaluate(in));
        made.emplace_back(std::move(entries));
    }
    return feel::value(std::move(made));
}

POLKU_DECL invocation_logic::invocation_logic(logic_pointer callee, std::vector<argument> arguments)
    : callee_(std::move(callee)) {
    for (argument& each : arguments) {
        names_.push_back(std::move(each.name));
        arguments_.push_back(std::move(each.value));
    }
}

POLKU_DECL feel::value invocation_logic::evaluate(frame& in) const {
    const feel::value callee = callee_->evaluate(in);
    if (!callee.is(feel::kind::function)) return feel::value(feel::null_reason::not_a_function);
    feel::detail::stacked_values values(in.with, arguments_.size());
    for (std::size_t at = 0; at < arguments_.size(); ++at) values[at] = arguments_[at]->evaluate(in);
    if (!in.with.step()) return feel::value();
    if (names_.empty()) return callee.as_function().call(in.with, values.span());
    return callee.as_function().call_named(in.with, names_, values.span());
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

/// False when the logic is a text that does not read the slot; other logic may read it.
POLKU_DECL bool may_read_slot(const logic& of, std::size_t slot) {
    const item_type* type = nullptr;
    const logic* inner = &of;
    while (const logic* next = inner->coerced(type)) inner = next;
    const feel::expression* const text = inner->text();
    if (!text) return true;
    const auto used = text->used_slots();
    return std::find(used.begin(), used.end(), slot) != used.end();
}

POLKU_DECL feel::value iterator_logic::evaluate_for(frame& in, std::span<const feel::value> over) const {
    std::vector<feel::value> made;
    const std::size_t before = in.slots.size();
    const bool reads_partial = may_read_slot(*body_, before + 1);
    for (const feel::value& each : over) {
        // The results so far are copied for each turn that may read them; that is work, too.
        if (!in.with.step(reads_partial ? 1 + made.size() / 16 : 1)) return feel::value();
        in.slots.push_back(each);
        in.slots.push_back(reads_partial ? feel::value(made) : feel::value());
        made.push_back(body_->evaluate(in));
        in.slots.shrink(before);
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

POLKU_DECL bool parameter_list::coerce(std::span<feel::value> arguments, feel::evaluation_context& with) const {
    for (std::size_t at = 0; at < types.size(); ++at) {
        if (!types[at]) continue;
        feel::value scratch;
        const feel::value& made = conform(arguments[at], *types[at], with, scratch);
        if (&made != &scratch) continue;
        if (scratch.is_null() && !arguments[at].is_null()) return false;
        arguments[at] = std::move(scratch);
    }
    return true;
}

POLKU_DECL feel::value call_logic(const logic& body, const parameter_list& parameters,
                                  std::span<const feel::value> captured, std::span<const feel::value> arguments,
                                  feel::evaluation_context& with) {
    if (arguments.size() != parameters.declared.size()) return feel::value(feel::null_reason::wrong_arguments);
    frame in(with);
    for (const feel::value& each : captured) in.slots.borrow(each);
    for (const feel::value& each : arguments) in.slots.push_back(each);
    if (!parameters.coerce(in.slots.last(arguments.size()), with)) return feel::value(feel::null_reason::type_mismatch);
    feel::value made;
    if (with.enter() && with.step()) made = body.evaluate(in);
    with.leave();
    return parameters.result ? conformed(std::move(made), *parameters.result, with) : made;
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
    const std::span<const feel::value> around = in.slots;
    return feel::value(new closure(parameters_, body_, std::vector<feel::value>(around.begin(), around.end())));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
