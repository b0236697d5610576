// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP
#define POLKU_IMPL_FEEL_CODE_FUNCTIONS_IPP

#include <polku/impl/feel/code_aggregates.hpp>
#include <polku/impl/feel/code_functions.hpp>
#include <polku/impl/feel/code_operators.hpp>
#include <polku/impl/feel/quick_compare.hpp>

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
    const std::size_t count = arguments_.size();
    if (count == 1) {
        value held;
        const value& only = arguments_[0].look(in, held);
        if (POLKU_UNLIKELY(in.with.faulted())) return value();
        return target_.body(in.with, target_.signature_index, {&only, 1});
    }
    value passed[most_arguments];
    for (std::size_t i = 0; i < count; ++i) passed[i] = arguments_[i].run(in);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    return target_.body(in.with, target_.signature_index, {passed, count});
}

/// Two numbers, or the general way over both.
POLKU_DECL value extreme_operation::run_pair(frame& in) const {
    value passed[2];
    const value& first = arguments_[0].look(in, passed[0]);
    const value& second = arguments_[1].look(in, passed[1]);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    if (POLKU_LIKELY(quick_access::are_small_numbers(first, second))) {
        if (!in.with.step(2)) return value();
        const auto order = second.as_number() <=> first.as_number();
        return (least_ ? order < 0 : order > 0) ? second : first;
    }
    if (&first != &passed[0]) passed[0] = first;
    if (&second != &passed[1]) passed[1] = second;
    return extreme_of(in.with, {passed, 2}, least_ ? 1 : -1);
}

POLKU_DECL value extreme_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    if (arguments_.size() == 2) return run_pair(in);
    stacked_values passed(in.with, arguments_.size());
    for (std::size_t i = 0; i < arguments_.size(); ++i) passed[i] = arguments_[i].run(in);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    return extreme_of(in.with, passed.span(), least_ ? 1 : -1);
}

POLKU_DECL rounding_operation::rounding_operation(builtin_target target, rounding mode, std::int32_t scale,
                                                  std::vector<operation_pointer> passed)
    : target_(target), arguments_(operands_of(std::move(passed))), scale_(scale), mode_(mode) {
    const auto* of = dynamic_cast<const arithmetic_operation*>(arguments_[0].get());
    if (of != nullptr && of->ends_in_division()) quotient_ = of;
}

POLKU_DECL value rounding_operation::rounded(const value& of, frame& in) const {
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    if (POLKU_LIKELY(of.is(kind::number))) return round_at(of.as_number(), scale_, mode_);
    const value passed[2] = {of, *arguments_[1].constant()};
    return target_.body(in.with, target_.signature_index, {passed, 2});
}

POLKU_DECL value rounding_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    value left;
    if (quotient_ == nullptr) return rounded(arguments_[0].look(in, left), in);
    value right;
    quotient_->run_sides(in, left, right);
    if (POLKU_LIKELY(left.is(kind::number) && right.is(kind::number) && !in.with.faulted())) {
        if (const auto made = divide_rounded(left.as_number(), right.as_number(), scale_, mode_)) return *made;
    }
    return rounded(divide(left, right, in.with), in);
}

POLKU_DECL value unit_duration_operation::run(frame& in) const {
    value scratch;
    const value& count = count_.look(in, scratch);
    // What the text of a larger or an uneven number comes to, the general way knows.
    constexpr std::uint64_t most = 1'000'000;
    if (!quick_access::are_small_numbers(count, count) || quick_access::scale(count) != 0 ||
        static_cast<std::uint64_t>(quick_access::coefficient(count)) > most)
        return general_->run(in);
    if (!in.with.step(3)) return value();  // two calls and a text
    const std::int64_t units = quick_access::coefficient(count);
    if (unit_.months != 0) return time::months_duration{units * unit_.months};
    return time::days_duration{units * unit_.seconds, 0};
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

POLKU_DECL operation_pointer make_rounding(const function& callee, builtin_target target,
                                           std::vector<operation_pointer>& passed) {
    rounding mode = rounding::half_even;
    if (!target || passed.size() != 2 || !rounding_of(callee.name(), mode)) return nullptr;
    const value* const scale = passed[1]->constant();
    if (scale == nullptr || !scale->is(kind::number)) return nullptr;
    const auto decimals = scale->as_number().to_int64();
    if (!decimals || *decimals < 0 || *decimals > number::max_scale) return nullptr;
    return std::make_unique<rounding_operation>(target, mode, static_cast<std::int32_t>(*decimals), std::move(passed));
}

/// The unit that stands around the number in the text of a duration.
POLKU_DECL bool find_duration_unit(const value* before, const value* after, unit_duration_operation::unit& out) {
    struct named_unit {
        std::string_view before;
        std::string_view after;
        unit_duration_operation::unit is;
    };
    static constexpr named_unit units[] = {{"P", "Y", {12, 0}},     {"P", "M", {1, 0}},   {"P", "D", {0, 86'400}},
                                           {"PT", "H", {0, 3'600}}, {"PT", "M", {0, 60}}, {"PT", "S", {0, 1}}};
    if (before == nullptr || !before->is(kind::string) || after == nullptr || !after->is(kind::string)) return false;
    for (const named_unit& each : units) {
        if (each.before != before->as_string() || each.after != after->as_string()) continue;
        out = each.is;
        return true;
    }
    return false;
}

/// The operand whose `string` stands alone between two constants in a sum; null pointer for another operation.
POLKU_DECL const operand* count_in_text(const operation* of, unit_duration_operation::unit& out) {
    const auto* const sum = dynamic_cast<const arithmetic_operation*>(of);
    if (sum == nullptr || sum->operands().size() != 3) return nullptr;
    for (const syntax_operator each : sum->operators())
        if (each != syntax_operator::add) return nullptr;
    if (!find_duration_unit(sum->operands()[0].constant(), sum->operands()[2].constant(), out)) return nullptr;
    const auto* const text = dynamic_cast<const direct_operation*>(sum->operands()[1].get());
    if (text == nullptr || text->target().body != builtin_string || text->arguments().size() != 1) return nullptr;
    std::uint32_t place = 0;
    const operand& count = text->arguments()[0];
    return count->form(place) != operand_form::computed ? &count : nullptr;
}

POLKU_DECL operation_pointer make_direct_call(builtin_target target, std::vector<operation_pointer> passed) {
    auto made = std::make_unique<direct_operation>(target, std::move(passed));
    if (target.body != builtin_duration) return made;
    unit_duration_operation::unit unit;
    const operand* const count = count_in_text(made->arguments()[0].get(), unit);
    if (count == nullptr) return made;
    return std::make_unique<unit_duration_operation>(std::move(made), *count, unit);
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
        if (auto made = make_rounding(*callee, target, passed)) return made;
        if (target && !passed.empty() && passed.size() <= direct_operation::most_arguments)
            return make_direct_call(target, std::move(passed));
    }
    return std::make_unique<builtin_operation>(callee, std::move(passed), std::move(names));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
