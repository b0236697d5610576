// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_OPERATORS_IPP
#define POLKU_IMPL_FEEL_CODE_OPERATORS_IPP

#include <polku/impl/feel/code_operators.hpp>
#include <polku/impl/feel/quick_compare.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL std::vector<operand> operands_of(std::vector<operation_pointer> from) {
    std::vector<operand> made;
    made.reserve(from.size());
    for (operation_pointer& each : from) made.emplace_back(std::move(each));
    return made;
}

POLKU_DECL value compare_values(syntax_operator op, const value& left, const value& right,
                                const evaluation_context& with) {
    if (bool answer = false; POLKU_LIKELY(compare_quickly(op, left, right, answer))) return answer;
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

POLKU_DECL truth test_values(syntax_operator op, const value& left, const value& right,
                             const evaluation_context& with) {
    if (bool answer = false; POLKU_LIKELY(compare_quickly(op, left, right, answer)))
        return answer ? truth::yes : truth::no;
    return truth_of(compare_values(op, left, right, with));
}

/// Two small numbers whose result is a small one too; false for all else.
inline bool calculate_quickly(syntax_operator op, const value& left, const value& right, value& out) noexcept {
    if (!quick_access::are_small_numbers(left, right)) return false;
    const std::int64_t a = quick_access::coefficient(left);
    const std::int64_t b = quick_access::coefficient(right);
    const std::int32_t scale = quick_access::scale(left);
    std::int64_t made = 0;
    if (op == syntax_operator::multiply) {
        const std::int32_t sum = scale + quick_access::scale(right);
        if (!product_fits(a, b, made) || sum > number::max_scale || sum < number::min_scale) return false;
        out = quick_access::small_number(made, sum);
        return true;
    }
    if (scale != quick_access::scale(right)) return false;
    if (op == syntax_operator::add ? !sum_fits(a, b, made)
                                   : op != syntax_operator::subtract || !difference_fits(a, b, made))
        return false;
    out = quick_access::small_number(made, scale);
    return true;
}

POLKU_DECL value calculate(syntax_operator op, const value& left, const value& right, evaluation_context& with) {
    if (value made; calculate_quickly(op, left, right, made)) return made;
    switch (op) {
        case syntax_operator::add: return add(left, right, with);
        case syntax_operator::subtract: return subtract(left, right, with);
        case syntax_operator::multiply: return multiply(left, right, with);
        case syntax_operator::divide: return divide(left, right, with);
        case syntax_operator::power: return power(left, right, with);
        default: return value();
    }
}

POLKU_DECL const value& item_entry_operation::look(frame& in, value& scratch) const {
    value held;
    const value& item = item_.look(in, held);
    if (item.is(kind::context)) {
        if (const value* entry = item.as_context().find(name_)) {
            if (&item != &held) return *entry;
            return scratch = *entry;
        }
    } else if (otherwise_ == nullptr) {
        return scratch = member(item, name_, in.with);
    }
    if (otherwise_ != nullptr) return otherwise_->look(in, scratch);
    return scratch = value(null_reason::no_such_entry);
}

/// The result up to a number of operators, at least one.
POLKU_DECL value arithmetic_operation::run_first(frame& in, std::size_t operators) const {
    value first;
    value scratch;
    const value& left = operands_[0].look(in, first);
    value result = calculate(operators_[0], left, operands_[1].look(in, scratch), in.with);
    for (std::size_t i = 1; i < operators; ++i)
        result = calculate(operators_[i], result, operands_[i + 1].look(in, scratch), in.with);
    return result;
}

POLKU_DECL value arithmetic_operation::run(frame& in) const { return run_first(in, operators_.size()); }

POLKU_DECL void arithmetic_operation::run_sides(frame& in, value& left, value& right) const {
    left = operators_.size() == 1 ? operands_[0].run(in) : run_first(in, operators_.size() - 1);
    right = operands_.back().run(in);
}

POLKU_DECL value comparison_operation::run(frame& in) const {
    value left;
    value right;
    const value& first = left_.look(in, left);
    return compare_values(operator_, first, right_.look(in, right), in.with);
}

POLKU_DECL truth comparison_operation::test(frame& in) const {
    value left;
    value right;
    const value& first = left_.look(in, left);
    return test_values(operator_, first, right_.look(in, right), in.with);
}

POLKU_DECL truth junction_operation::test(frame& in) const {
    bool known = true;
    for (const operation_pointer& each : operands_) {
        const truth part = each->test(in);
        if (part == truth::unknown)
            known = false;
        else if ((part == truth::yes) == stop_)
            return part;
    }
    return !known ? truth::unknown : stop_ ? truth::no : truth::yes;
}

POLKU_DECL value junction_operation::run(frame& in) const {
    const truth made = test(in);
    return made == truth::unknown ? value(null_reason::type_mismatch) : value(made == truth::yes);
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
    if (input_ >= 0) in.locals[input_] = point;
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
    return condition_.test(in) == truth::yes ? then_.run(in) : otherwise_.run(in);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
