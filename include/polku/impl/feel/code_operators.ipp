// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_OPERATORS_IPP
#define POLKU_IMPL_FEEL_CODE_OPERATORS_IPP

#include <polku/impl/feel/code_operators.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value ordered_answer(syntax_operator op, std::strong_ordering order) noexcept {
    switch (op) {
        case syntax_operator::equal: return order == 0;
        case syntax_operator::not_equal: return order != 0;
        case syntax_operator::less: return order < 0;
        case syntax_operator::less_or_equal: return order <= 0;
        case syntax_operator::greater: return order > 0;
        case syntax_operator::greater_or_equal: return order >= 0;
        default: return value();
    }
}

POLKU_DECL value compare_values(syntax_operator op, const value& left, const value& right,
                                const evaluation_context& with) {
    if (left.is(kind::number) && right.is(kind::number))
        return ordered_answer(op, left.as_number() <=> right.as_number());
    if (left.is(kind::string) && right.is(kind::string))
        return ordered_answer(op, left.as_string() <=> right.as_string());
    switch (op) {
        case syntax_operator::equal: return equal(left, right, with);
        case syntax_operator::not_equal: return logical_not(equal(left, right, with));
        case syntax_operator::less: return less(left, right, with);
        case syntax_operator::less_or_equal: return less_or_equal(left, right, with);
        case syntax_operator::greater: return less(right, left, with);
        case syntax_operator::greater_or_equal: return less_or_equal(right, left, with);
        default: return value();
    }
}

POLKU_DECL value calculate(syntax_operator op, const value& left, const value& right, evaluation_context& with) {
    switch (op) {
        case syntax_operator::add: return add(left, right, with);
        case syntax_operator::subtract: return subtract(left, right, with);
        case syntax_operator::multiply: return multiply(left, right, with);
        case syntax_operator::divide: return divide(left, right, with);
        case syntax_operator::power: return power(left, right, with);
        default: return value();
    }
}

POLKU_DECL value item_entry_operation::run(frame& in) const {
    value scratch;
    const value& item = item_->look(in, scratch);
    if (item.is(kind::context)) {
        const value* entry = item.as_context().find(name_);
        if (entry != nullptr) return *entry;
    } else if (otherwise_ == nullptr) {
        return member(item, name_, in.with);
    }
    return otherwise_ != nullptr ? otherwise_->run(in) : value(null_reason::no_such_entry);
}

POLKU_DECL value arithmetic_operation::run(frame& in) const {
    value scratch;
    value result = calculate(operators_[0], operands_[0]->run(in), operands_[1]->look(in, scratch), in.with);
    for (std::size_t i = 1; i < operators_.size(); ++i)
        result = calculate(operators_[i], result, operands_[i + 1]->look(in, scratch), in.with);
    return result;
}

POLKU_DECL value comparison_operation::run(frame& in) const {
    value left;
    value right;
    const value& first = left_->look(in, left);
    return compare_values(operator_, first, right_->look(in, right), in.with);
}

POLKU_DECL value junction_operation::run(frame& in) const {
    bool known = true;
    for (const operation_pointer& each : operands_) {
        const value part = each->run(in);
        if (!part.is(kind::boolean)) {
            known = false;
        } else if (part.as_boolean() == stop_) {
            return stop_;
        }
    }
    return known ? value(!stop_) : value(null_reason::type_mismatch);
}

POLKU_DECL value between_operation::run(frame& in) const {
    value point;
    value bound;
    const value& at = point_->look(in, point);
    const value from = compare_values(syntax_operator::greater_or_equal, at, low_->look(in, bound), in.with);
    return logical_and(from, compare_values(syntax_operator::less_or_equal, at, high_->look(in, bound), in.with));
}

POLKU_DECL value in_operation::run(frame& in) const {
    value scratch;
    const value& point = point_->look(in, scratch);
    value answer = false;
    for (const test_pointer& each : tests_) {
        answer = logical_or(answer, each->accepts(in, point));
        if (answer.is_true()) break;
    }
    return answer;
}

POLKU_DECL value instance_operation::run(frame& in) const {
    value scratch;
    const value& subject = of_->look(in, scratch);
    // Null is an instance of Null alone, although it conforms to every type.
    if (subject.is_null()) return wanted_.is() == type::form::null;
    return is_instance(subject, wanted_);
}

POLKU_DECL value conditional_operation::run(frame& in) const {
    value scratch;
    return condition_->look(in, scratch).is_true() ? then_->run(in) : otherwise_->run(in);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
