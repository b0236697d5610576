// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_TESTS_IPP
#define POLKU_IMPL_FEEL_CODE_TESTS_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/code_tests.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value list_holds(const value& holder, const value& point, const evaluation_context& with) {
    for (const value& each : holder.as_list()) {
        if (compare_values(syntax_operator::equal, each, point, with).is_true()) return true;
        if (each.is(kind::range) && in_range(point, each.as_range(), with).is_true()) return true;
    }
    return point.is(kind::list) && equal(holder, point, with).is_true();
}

POLKU_DECL value holds(const value& holder, const value& point, const evaluation_context& with) {
    if (holder.is(kind::list)) return list_holds(holder, point, with);
    if (holder.is(kind::range) && !point.is(kind::range)) return in_range(point, holder.as_range(), with);
    return compare_values(syntax_operator::equal, point, holder, with);
}

POLKU_DECL value compare_membership::accepts(frame& in, const value& input) const {
    value scratch;
    return compare_values(operator_, input, operand_->look(in, scratch), in.with);
}

POLKU_DECL simple_test::op simple_operator(syntax_operator op) noexcept {
    switch (op) {
        case syntax_operator::not_equal: return simple_test::op::not_equal;
        case syntax_operator::less: return simple_test::op::less;
        case syntax_operator::less_or_equal: return simple_test::op::less_or_equal;
        case syntax_operator::greater: return simple_test::op::greater;
        case syntax_operator::greater_or_equal: return simple_test::op::greater_or_equal;
        default: return simple_test::op::equal;
    }
}

POLKU_DECL bool compare_membership::describe(std::vector<simple_test>& into) const {
    const value* operand = operand_->constant();
    if (operand != nullptr) into.push_back({simple_operator(operator_), *operand});
    return operand != nullptr;
}

POLKU_DECL value value_membership::accepts(frame& in, const value& input) const {
    value scratch;
    const value& holder = of_->look(in, scratch);
    if (holder.is(kind::list)) in.with.step(holder.as_list().size());
    return holds(holder, input, in.with);
}

POLKU_DECL void describe_holder(const value& holder, std::vector<simple_test>& into) {
    into.push_back({holder.is(kind::range) ? simple_test::op::in_range : simple_test::op::equal, holder});
    if (!holder.is(kind::list)) return;
    for (const value& each : holder.as_list()) {
        into.push_back({simple_test::op::equal, each});
        if (each.is(kind::range)) into.push_back({simple_test::op::in_range, each});
    }
}

POLKU_DECL bool value_membership::describe(std::vector<simple_test>& into) const {
    const value* holder = of_->constant();
    if (holder != nullptr) describe_holder(*holder, into);
    return holder != nullptr;
}

POLKU_DECL value condition_membership::accepts(frame& in, const value& input) const {
    value scratch;
    const value& answer = of_->look(in, scratch);
    if (names_input_ && (answer.is(kind::boolean) || answer.is_null())) return answer;
    const bool compares = boolean_column_ || input.is(kind::boolean);
    if (answer.is(kind::boolean) && !compares) return answer;
    if (answer.is(kind::list)) in.with.step(answer.as_list().size());
    return holds(answer, input, in.with);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
