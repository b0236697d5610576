// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_QUICK_COMPARE_HPP
#define POLKU_IMPL_FEEL_QUICK_COMPARE_HPP

#include <polku/feel/syntax.hpp>
#include <polku/impl/feel/detail/cells.hpp>

#include <compare>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

/// Whether an operator accepts an order: below 0, 0, or above 0.
constexpr bool ordered_answer(syntax_operator op, int order) noexcept {
    // For each operator from `equal` on: a bit each for less, equal and greater.
    constexpr unsigned accepted = 0b110'100'011'001'101'010;
    const auto index = static_cast<unsigned>(op) - static_cast<unsigned>(syntax_operator::equal);
    return (accepted >> (3 * index + static_cast<unsigned>(order + 1)) & 1U) != 0;
}
static_assert(ordered_answer(syntax_operator::equal, 0) && !ordered_answer(syntax_operator::not_equal, 0));
static_assert(ordered_answer(syntax_operator::less, -1) && ordered_answer(syntax_operator::less_or_equal, 0));
static_assert(ordered_answer(syntax_operator::greater, 1) && ordered_answer(syntax_operator::greater_or_equal, 0));

constexpr int sign_of(std::strong_ordering order) noexcept { return order > 0 ? 1 : order < 0 ? -1 : 0; }

inline bool compare_texts(syntax_operator op, const value& left, const value& right) noexcept {
    const std::string_view first = left.as_string();
    const std::string_view second = right.as_string();
    if (op != syntax_operator::equal && op != syntax_operator::not_equal)
        return ordered_answer(op, sign_of(first <=> second));
    const bool same = first.size() > value::short_text && second.size() == first.size() && first == second;
    return same == (op == syntax_operator::equal);
}

/// The kinds that are compared most, without going through the general rules; false for all others.
inline bool compare_quickly(syntax_operator op, const value& left, const value& right, bool& answer) noexcept {
    if (left.is(kind::number) && right.is(kind::number)) {
        const std::int64_t first = quick_access::coefficient(left);
        const std::int64_t second = quick_access::coefficient(right);
        // Scales do not matter beside a zero.
        if (POLKU_LIKELY(quick_access::are_small_numbers(left, right) &&
                         (quick_access::scale(left) == quick_access::scale(right) || second == 0)))
            answer = ordered_answer(op, (first > second) - (first < second));
        else
            answer = ordered_answer(op, sign_of(left.as_number() <=> right.as_number()));
        return true;
    }
    if (!left.is(kind::string) || !right.is(kind::string)) return false;
    if (cell_access::same_bits(left, right))
        answer = ordered_answer(op, 0);
    else
        answer = compare_texts(op, left, right);
    return true;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
