// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_OPERATIONS_IPP
#define POLKU_IMPL_FEEL_OPERATIONS_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/detail/cells.hpp>
#include <polku/impl/feel/detail/temporal.hpp>

#include <optional>
#include <string>

namespace polku::inline POLKU_V::feel {

namespace detail {

template <class Number>
int order_of(const Number& left, const Number& right) noexcept {
    return left < right ? -1 : (right < left ? 1 : 0);
}

// Two values of one kind that is no container; false in `comparable` when they have no order. `for_equality` admits the
// kinds that can be equal without being ordered, and says 1 for a time with a zone against one without.
POLKU_DECL int compare_leaves(const value& left, const value& right, const evaluation_context& with, bool for_equality,
                              bool& comparable) {
    comparable = true;
    switch (left.kind()) {
        case kind::number: {
            const auto order = left.as_number() <=> right.as_number();
            return order < 0 ? -1 : (order > 0 ? 1 : 0);
        }
        case kind::string: return left.as_string().compare(right.as_string());
        case kind::date: return order_of(left.as_date(), right.as_date());
        case kind::months_duration: return order_of(left.as_months_duration(), right.as_months_duration());
        case kind::days_duration: return order_of(left.as_days_duration(), right.as_days_duration());
        case kind::time:
        case kind::date_time: {
            const std::optional<int> order = compare_clocks(left, right, with);
            comparable = order.has_value() || for_equality;
            return order.value_or(1);
        }
        case kind::boolean: comparable = for_equality; return order_of(left.as_boolean(), right.as_boolean());
        case kind::function:
            comparable = for_equality;
            return cell_access::identity(left) == cell_access::identity(right) ? 0 : 1;
        default: comparable = for_equality && left.is_null(); return 0;
    }
}

POLKU_DECL bool leaves_equal(const value& left, const value& right, const evaluation_context& with) {
    bool comparable = false;
    return compare_leaves(left, right, with, true, comparable) == 0 && comparable;
}

POLKU_DECL bool containers_equal(const value& left, const value& right, const evaluation_context& with) {
    std::vector<value_pair> open{{&left, &right}};
    pairs_met met;
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        // Lists that share parts may have far more pairs than parts.
        if (!with.step() || a->kind() != b->kind()) return false;
        if (!is_container(a->kind())) {
            if (!leaves_equal(*a, *b, with)) return false;
        } else if (cell_access::identity(*a) != cell_access::identity(*b) && met.is_new(*a, *b) &&
                   !push_part_pairs(*a, *b, open)) {
            return false;
        }
    }
    return true;
}

// The null of an operation on operands that it does not take: an operand that is itself null hands on its reason.
POLKU_DECL value refused(const value& left, const value& right, null_reason otherwise) {
    if (left.is_null() && left.reason() != null_reason::none) return value(left.reason());
    if (right.is_null() && right.reason() != null_reason::none) return value(right.reason());
    return value(otherwise);
}

}  // namespace detail

POLKU_DECL value equal(const value& left, const value& right, const evaluation_context& with) {
    if (left.kind() != right.kind()) {
        if (left.is_null() || right.is_null()) return false;
        return value(null_reason::not_comparable);
    }
    if (detail::is_container(left.kind())) return detail::containers_equal(left, right, with);
    return detail::leaves_equal(left, right, with);
}

POLKU_DECL int compare(const value& left, const value& right, const evaluation_context& with, bool& comparable) {
    if (left.kind() != right.kind()) {
        comparable = false;
        return 0;
    }
    return detail::compare_leaves(left, right, with, false, comparable);
}

POLKU_DECL value less(const value& left, const value& right, const evaluation_context& with) {
    bool comparable = false;
    const int order = compare(left, right, with, comparable);
    return comparable ? value(order < 0) : detail::refused(left, right, null_reason::not_comparable);
}

POLKU_DECL value less_or_equal(const value& left, const value& right, const evaluation_context& with) {
    bool comparable = false;
    const int order = compare(left, right, with, comparable);
    return comparable ? value(order <= 0) : detail::refused(left, right, null_reason::not_comparable);
}

namespace detail {

POLKU_DECL value from_optional(const std::optional<number>& made) {
    return made ? value(*made) : value(null_reason::out_of_range);
}

POLKU_DECL value concatenate(std::string_view left, std::string_view right, evaluation_context& with) {
    if (left.size() + right.size() > with.bounds().text_bytes) {
        with.set_fault({error_code::limit_length,
                        "joining two strings would make a text of " + std::to_string(left.size() + right.size()) +
                            " bytes, more than the limit of " + std::to_string(with.bounds().text_bytes)});
        return value(null_reason::out_of_range);
    }
    if (left.size() + right.size() <= value::short_text) {
        char joined[value::short_text];
        left.copy(joined, left.size());
        right.copy(joined + left.size(), right.size());
        return value(std::string_view(joined, left.size() + right.size()));
    }
    std::string joined;
    joined.reserve(left.size() + right.size());
    joined.append(left).append(right);
    return value(joined);
}

}  // namespace detail

POLKU_DECL value add(const value& left, const value& right, evaluation_context& with) {
    if (left.is(kind::number) && right.is(kind::number))
        return detail::from_optional(add(left.as_number(), right.as_number()));
    if (left.is(kind::string) && right.is(kind::string))
        return detail::concatenate(left.as_string(), right.as_string(), with);
    if (detail::is_duration(right.kind())) return detail::add_duration(left, right, false, with);
    if (detail::is_duration(left.kind())) return detail::add_duration(right, left, false, with);
    return detail::refused(left, right, null_reason::type_mismatch);
}

POLKU_DECL value subtract(const value& left, const value& right, evaluation_context& with) {
    if (left.is(kind::number) && right.is(kind::number))
        return detail::from_optional(subtract(left.as_number(), right.as_number()));
    if (detail::is_duration(right.kind())) return detail::add_duration(left, right, true, with);
    return detail::subtract_points(left, right, with);
}

POLKU_DECL value multiply(const value& left, const value& right, evaluation_context&) {
    if (left.is(kind::number) && right.is(kind::number))
        return detail::from_optional(multiply(left.as_number(), right.as_number()));
    if (left.is(kind::number) && detail::is_duration(right.kind()))
        return detail::scale_duration(right, multiply(detail::amount_of(right), left.as_number()));
    if (right.is(kind::number) && detail::is_duration(left.kind()))
        return detail::scale_duration(left, multiply(detail::amount_of(left), right.as_number()));
    return detail::refused(left, right, null_reason::type_mismatch);
}

POLKU_DECL value divide(const value& left, const value& right, evaluation_context&) {
    const bool by_number = right.is(kind::number);
    const bool same_duration = detail::is_duration(left.kind()) && right.is(left.kind());
    if (!(by_number && (left.is(kind::number) || detail::is_duration(left.kind()))) && !same_duration)
        return detail::refused(left, right, null_reason::type_mismatch);
    const number divisor = by_number ? right.as_number() : detail::amount_of(right);
    if (divisor.is_zero()) return value(null_reason::division_by_zero);
    if (left.is(kind::number)) return detail::from_optional(divide(left.as_number(), divisor));
    const std::optional<number> quotient = divide(detail::amount_of(left), divisor);
    return same_duration ? detail::from_optional(quotient) : detail::scale_duration(left, quotient);
}

POLKU_DECL value power(const value& left, const value& right, evaluation_context&) {
    if (!left.is(kind::number) || !right.is(kind::number))
        return detail::refused(left, right, null_reason::type_mismatch);
    const number base = left.as_number();
    const number exponent = right.as_number();
    // The domain that table 60 gives the exponent.
    if (exponent.absolute() > number(999'999'999)) return value(null_reason::invalid_argument);
    if (base.is_zero() && exponent.is_negative()) return value(null_reason::division_by_zero);
    if (base.is_negative() && !exponent.is_integer()) return value(null_reason::invalid_argument);
    return detail::from_optional(power(base, exponent));
}

POLKU_DECL value negate(const value& of) {
    if (of.is(kind::number)) return of.as_number().negated();
    if (detail::is_duration(of.kind())) return detail::negated_duration(of);
    return detail::refused(of, of, null_reason::type_mismatch);
}

POLKU_DECL value logical_and(const value& left, const value& right) {
    if (left.is_false() || right.is_false()) return false;
    if (left.is_true() && right.is_true()) return true;
    return detail::refused(left, right, null_reason::type_mismatch);
}

POLKU_DECL value logical_or(const value& left, const value& right) {
    if (left.is_true() || right.is_true()) return true;
    if (left.is_false() && right.is_false()) return false;
    return detail::refused(left, right, null_reason::type_mismatch);
}

POLKU_DECL value logical_not(const value& of) {
    if (of.is(kind::boolean)) return !of.as_boolean();
    return detail::refused(of, of, null_reason::type_mismatch);
}

namespace detail {

// Whether `point` is on the inner side of an end: above a low one, below a high one. Null when they have no order.
POLKU_DECL value inside_end(const value& low, const value& high, bool closed, const evaluation_context& with) {
    return closed ? less_or_equal(low, high, with) : less(low, high, with);
}

}  // namespace detail

POLKU_DECL value in_range(const value& point, const range& bounds, const evaluation_context& with) {
    using form = range::form;
    switch (bounds.is) {
        case form::equal: return equal(point, bounds.low, with);
        case form::not_equal: return logical_not(equal(point, bounds.low, with));
        case form::less:
        case form::less_or_equal: return detail::inside_end(point, bounds.high, bounds.high_closed, with);
        case form::greater:
        case form::greater_or_equal: return detail::inside_end(bounds.low, point, bounds.low_closed, with);
        case form::interval: break;
    }
    value above = detail::inside_end(bounds.low, point, bounds.low_closed, with);
    if (above.is_null()) return above;
    value below = detail::inside_end(point, bounds.high, bounds.high_closed, with);
    if (below.is_null()) return below;
    return above.is_true() && below.is_true();
}

namespace detail {

POLKU_DECL value range_member(const range& of, std::string_view name) {
    if (name == "start") return of.low;
    if (name == "end") return of.high;
    if (name == "start included") return of.low_closed;
    if (name == "end included") return of.high_closed;
    return value(null_reason::no_such_entry);
}

POLKU_DECL value list_members(const value& of, std::string_view name, const evaluation_context& with) {
    std::vector<value> out;
    out.reserve(of.as_list().size());
    for (const value& each : of.as_list()) out.push_back(member(each, name, with));
    return out;
}

}  // namespace detail

POLKU_DECL value member(const value& of, std::string_view name, const evaluation_context& with) {
    switch (of.kind()) {
        case kind::context: {
            const value* const found = of.as_context().find(name);
            return found != nullptr ? *found : value(null_reason::no_such_entry);
        }
        case kind::list: return detail::list_members(of, name, with);
        case kind::range: return detail::range_member(of.as_range(), name);
        case kind::null: return of.reason() == null_reason::none ? value(null_reason::no_such_entry) : of;
        default: return detail::temporal_member(of, name, with);
    }
}

}  // namespace polku::inline POLKU_V::feel

#endif
