// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP
#define POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP

#include <polku/impl/feel/code_aggregates.hpp>
#include <polku/impl/feel/code_functions.hpp>
#include <polku/impl/feel/code_operators.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value closure::call(evaluation_context& with, std::span<const value> passed) const {
    if (passed.size() != code_->parameters.size()) return value(null_reason::wrong_arguments);
    const depth_guard depth(with, code_->body.weight);
    if (!depth || !with.step()) return value();
    stacked_values locals(with, code_->body.locals);
    for (std::size_t i = 0; i < passed.size(); ++i) {
        locals.data()[i] = coerce(passed[i], code_->parameters[i].type);
        if (locals.data()[i].is_null() && !passed[i].is_null()) return value(null_reason::type_mismatch);
    }
    frame in{with, {}, locals.data(), captures_.data()};
    return code_->body.root->run(in);
}

POLKU_DECL value closure_operation::run(frame& in) const {
    std::vector<value> captured;
    captured.reserve(captures_.size());
    for (const operation_pointer& each : captures_) captured.push_back(each->run(in));
    return value(static_cast<const function*>(new closure(code_, std::move(captured))));
}

POLKU_DECL value call_function(const function& callee, std::span<const operation_pointer> from,
                               std::span<const std::string> names, frame& in) {
    if (!in.with.step()) return value();
    stacked_values passed(in.with, from.size());
    for (std::size_t i = 0; i < from.size(); ++i) passed[i] = from[i]->run(in);
    if (in.with.faulted()) return value();
    return names.empty() ? callee.call(in.with, passed.span()) : callee.call_named(in.with, names, passed.span());
}

POLKU_DECL value call_operation::run(frame& in) const {
    const value callee = callee_->run(in);
    if (!callee.is(kind::function)) return value(null_reason::not_a_function);
    return call_function(callee.as_function(), arguments_, names_, in);
}

POLKU_DECL value builtin_operation::run(frame& in) const { return call_function(*callee_, arguments_, names_, in); }

POLKU_DECL value direct_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    value passed[most_arguments];
    const std::size_t count = arguments_.size();
    if (count == 1) {
        const value& only = arguments_[0].look(in, passed[0]);
        if (POLKU_UNLIKELY(in.with.faulted())) return value();
        return target_.body(in.with, target_.signature_index, {&only, 1});
    }
    for (std::size_t i = 0; i < count; ++i) passed[i] = arguments_[i].run(in);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    return target_.body(in.with, target_.signature_index, {passed, count});
}

POLKU_DECL value extreme_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    stacked_values passed(in.with, arguments_.size());
    for (std::size_t i = 0; i < arguments_.size(); ++i) passed[i] = arguments_[i].run(in);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    return extreme_of(in.with, passed.span(), least_ ? 1 : -1);
}

POLKU_DECL value rounded_quotient_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    value left;
    value passed[2];
    static_cast<const arithmetic_operation*>(arguments_[0].get())->run_sides(in, left, passed[0]);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    if (left.is(kind::number) && passed[0].is(kind::number)) {
        if (const auto made = divide_rounded(left.as_number(), passed[0].as_number(), scale_, mode_)) return *made;
    }
    passed[0] = divide(left, passed[0], in.with);
    passed[1] = *arguments_[1]->constant();
    return target_.body(in.with, target_.signature_index, {passed, 2});
}

/// The mode of a rounding built-in.
POLKU_DECL bool rounding_of(std::string_view name, rounding& out) noexcept {
    struct named_mode {
        std::string_view name;
        rounding mode;
    };
    static constexpr named_mode modes[] = {
        {"decimal", rounding::half_even},        {"floor", rounding::floor},
        {"ceiling", rounding::ceiling},          {"round up", rounding::up},
        {"round down", rounding::down},          {"round half up", rounding::half_up},
        {"round half down", rounding::half_down}};
    for (const named_mode& each : modes) {
        if (each.name != name) continue;
        out = each.mode;
        return true;
    }
    return false;
}

POLKU_DECL operation_pointer make_rounded_quotient(const function& callee, builtin_target target,
                                                   std::vector<operation_pointer>& passed) {
    rounding mode = rounding::half_even;
    if (!target || passed.size() != 2 || !rounding_of(callee.name(), mode)) return nullptr;
    const auto* of = dynamic_cast<const arithmetic_operation*>(passed[0].get());
    const value* const scale = passed[1]->constant();
    if (of == nullptr || !of->ends_in_division() || scale == nullptr || !scale->is(kind::number)) return nullptr;
    const auto decimals = scale->as_number().to_int64();
    if (!decimals || *decimals < 0 || *decimals > number::max_scale) return nullptr;
    return std::make_unique<rounded_quotient_operation>(target, mode, static_cast<std::int32_t>(*decimals),
                                                        std::move(passed));
}

POLKU_DECL operation_pointer make_builtin_call(const function* callee, std::vector<operation_pointer> passed,
                                               std::vector<std::string> names) {
    if (names.empty()) {
        const builtin_target target = target_of(*callee, passed.size());
        const std::string_view name = callee->name();
        if (passed.size() == 1) {
            if (auto made = make_aggregate(name, target, passed[0])) return made;
        } else if (passed.size() > 1 && (name == "min" || name == "max")) {
            return std::make_unique<extreme_operation>(name == "min", std::move(passed));
        }
        if (auto made = make_rounded_quotient(*callee, target, passed)) return made;
        if (target && !passed.empty() && passed.size() <= direct_operation::most_arguments)
            return std::make_unique<direct_operation>(target, std::move(passed));
    }
    return std::make_unique<builtin_operation>(callee, std::move(passed), std::move(names));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
