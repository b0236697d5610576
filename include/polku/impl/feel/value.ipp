// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_VALUE_IPP
#define POLKU_IMPL_FEEL_VALUE_IPP

#include <polku/feel/value.hpp>
#include <polku/impl/feel/detail/cells.hpp>

#include <cassert>

namespace polku::inline POLKU_V::feel {

namespace detail {

// Takes the counted children out of a dying container: those whose count falls to zero are chained before `pending`
// when they are containers themselves, and freed otherwise. So nesting of any depth is freed without recursion.
POLKU_DECL void cell_access::drop_child(value& child, const container_cell*& pending) noexcept {
    if (!child.counted_) return;
    const cell* const held = child.word_.cell;
    child.counted_ = false;
    if (held->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (is_container(child.kind_)) {
        const auto* container = static_cast<const container_cell*>(held);
        container->next = pending;
        pending = container;
    } else {
        delete held;
    }
}

POLKU_DECL void cell_access::drop_children(const container_cell* of, const container_cell*& pending) noexcept {
    // The count is zero: nobody else sees the cell, and it was not made const.
    auto* const dying = const_cast<container_cell*>(of);
    switch (dying->is) {
        case kind::list:
            for (value& each : static_cast<list_cell*>(dying)->items) drop_child(each, pending);
            break;
        case kind::context:
            for (context::entry& each : context_access::entries(static_cast<context_cell*>(dying)->entries))
                drop_child(each.value, pending);
            break;
        default:
            drop_child(static_cast<range_cell*>(dying)->bounds.low, pending);
            drop_child(static_cast<range_cell*>(dying)->bounds.high, pending);
            break;
    }
}

POLKU_DECL void cell_access::destroy(const cell* dead, kind of) noexcept {
    if (!is_container(of)) {
        delete dead;
        return;
    }
    const auto* pending = static_cast<const container_cell*>(dead);
    pending->next = nullptr;
    while (pending != nullptr) {
        const container_cell* const current = pending;
        pending = current->next;
        drop_children(current, pending);
        delete current;
    }
}

}  // namespace detail

POLKU_DECL std::string_view name_of(kind of) noexcept {
    switch (of) {
        case kind::null: return "null";
        case kind::boolean: return "boolean";
        case kind::number: return "number";
        case kind::string: return "string";
        case kind::date: return "date";
        case kind::time: return "time";
        case kind::date_time: return "date and time";
        case kind::months_duration: return "years and months duration";
        case kind::days_duration: return "days and time duration";
        case kind::list: return "list";
        case kind::context: return "context";
        case kind::range: return "range";
        case kind::function: return "function";
    }
    return "unknown";
}

POLKU_DECL std::string_view text_of(null_reason reason) noexcept {
    switch (reason) {
        case null_reason::none: return "the value is null";
        case null_reason::unknown_input: return "the input was not given";
        case null_reason::type_mismatch: return "a value has a type that the operation does not take";
        case null_reason::division_by_zero: return "division by zero";
        case null_reason::out_of_range: return "the result is outside the range of its type";
        case null_reason::no_such_entry: return "the context has no entry of that name";
        case null_reason::no_such_item: return "the list has no item at that position";
        case null_reason::invalid_argument: return "the built-in does not accept the value of an argument";
        case null_reason::wrong_arguments: return "too few, too many or wrongly named arguments";
        case null_reason::not_a_function: return "what was called is not a function";
        case null_reason::no_rule_matched: return "no rule of the decision table matched and there is no default";
        case null_reason::hit_policy_violated: return "the matching rules break the table's hit policy";
        case null_reason::constraint_violated: return "the value is outside the allowed values of its type";
        case null_reason::not_comparable: return "the values cannot be compared";
        case null_reason::external_failed: return "the external function is not registered or failed";
        case null_reason::no_logic: return "the decision has no logic";
    }
    return "unknown reason";
}

POLKU_DECL value::value(std::string_view text)
    : value(feel::kind::string, new detail::string_cell(std::string(text))) {}

POLKU_DECL value::value(const time::clock_time& clock) : word_{.integer = clock.nanoseconds}, kind_(feel::kind::time) {
    if (clock.zone.is == time::zone::kind::none) return;
    word_.cell = new detail::time_cell(clock);
    counted_ = true;
}

POLKU_DECL value::value(const time::date_time& when) : value(feel::kind::date_time, new detail::date_time_cell(when)) {}

POLKU_DECL value::value(std::vector<value> items) : value(feel::kind::list, new detail::list_cell(std::move(items))) {}

POLKU_DECL value::value(context entries) : value(feel::kind::context, new detail::context_cell(std::move(entries))) {}

POLKU_DECL value::value(range bounds) : value(feel::kind::range, new detail::range_cell(std::move(bounds))) {}

POLKU_DECL void value::hold_big(const number& amount) {
    word_.cell = new detail::number_cell(amount);
    extra_ = 0;
    counted_ = true;
}

POLKU_DECL void value::release() noexcept {
    if (word_.cell->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
        detail::cell_access::destroy(word_.cell, kind_);
}

POLKU_DECL number value::big_number() const noexcept {
    return static_cast<const detail::number_cell*>(word_.cell)->amount;
}

POLKU_DECL std::string_view value::as_string() const noexcept {
    assert(is(feel::kind::string));
    return static_cast<const detail::string_cell*>(word_.cell)->text;
}

POLKU_DECL time::clock_time value::as_time() const {
    assert(is(feel::kind::time));
    if (counted_) return static_cast<const detail::time_cell*>(word_.cell)->clock;
    return {word_.integer, {}};
}

POLKU_DECL const time::date_time& value::as_date_time() const noexcept {
    assert(is(feel::kind::date_time));
    return static_cast<const detail::date_time_cell*>(word_.cell)->when;
}

POLKU_DECL std::span<const value> value::as_list() const noexcept {
    assert(is(feel::kind::list));
    return static_cast<const detail::list_cell*>(word_.cell)->items;
}

POLKU_DECL const context& value::as_context() const noexcept {
    assert(is(feel::kind::context));
    return static_cast<const detail::context_cell*>(word_.cell)->entries;
}

POLKU_DECL const range& value::as_range() const noexcept {
    assert(is(feel::kind::range));
    return static_cast<const detail::range_cell*>(word_.cell)->bounds;
}

POLKU_DECL context& context::set(std::string_view name, value of) {
    for (entry& each : entries_) {
        if (each.name != name) continue;
        each.value = std::move(of);
        return *this;
    }
    entries_.push_back({std::string(name), std::move(of)});
    return *this;
}

POLKU_DECL range range::comparison(form how, value operand) {
    const bool closed = how == form::less_or_equal || how == form::greater_or_equal || how == form::equal;
    range made;
    made.is = how;
    if (how != form::less && how != form::less_or_equal) {
        made.low = operand;
        made.low_closed = closed;
    }
    if (how != form::greater && how != form::greater_or_equal) {
        made.high = std::move(operand);
        made.high_closed = closed;
    }
    return made;
}

namespace detail {

// Two containers of one kind: pushes the pairs of their parts that must be equal; false when they cannot be.
POLKU_DECL bool push_part_pairs(const value& left, const value& right, std::vector<value_pair>& open) {
    if (left.is(kind::list)) {
        const auto a = left.as_list();
        const auto b = right.as_list();
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i) open.push_back({&a[i], &b[i]});
        return true;
    }
    if (left.is(kind::context)) {
        const context& a = left.as_context();
        const context& b = right.as_context();
        if (a.size() != b.size()) return false;
        for (const context::entry& each : a) {
            const value* const other = b.find(each.name);
            if (other == nullptr) return false;
            open.push_back({&each.value, other});
        }
        return true;
    }
    const range& a = left.as_range();
    const range& b = right.as_range();
    if (a.low_closed != b.low_closed || a.high_closed != b.high_closed || a.is != b.is) return false;
    open.push_back({&a.low, &b.low});
    open.push_back({&a.high, &b.high});
    return true;
}

POLKU_DECL bool same_leaf(const value& left, const value& right) noexcept {
    switch (left.kind()) {
        case kind::null: return true;
        case kind::boolean: return left.as_boolean() == right.as_boolean();
        case kind::number: return left.as_number() == right.as_number();
        case kind::string: return left.as_string() == right.as_string();
        case kind::date: return left.as_date() == right.as_date();
        case kind::time: return left.as_time() == right.as_time();
        case kind::date_time: return left.as_date_time() == right.as_date_time();
        case kind::months_duration: return left.as_months_duration() == right.as_months_duration();
        case kind::days_duration: return left.as_days_duration() == right.as_days_duration();
        case kind::function: return cell_access::identity(left) == cell_access::identity(right);
        default: return false;
    }
}

}  // namespace detail

POLKU_DECL bool operator==(const value& left, const value& right) noexcept {
    if (left.kind() != right.kind()) return false;
    if (!detail::is_container(left.kind())) return detail::same_leaf(left, right);
    std::vector<detail::value_pair> open{{&left, &right}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (a->kind() != b->kind()) return false;
        if (!detail::is_container(a->kind())) {
            if (!detail::same_leaf(*a, *b)) return false;
        } else if (detail::cell_access::identity(*a) != detail::cell_access::identity(*b)) {
            if (!detail::push_part_pairs(*a, *b, open)) return false;
        }
    }
    return true;
}

}  // namespace polku::inline POLKU_V::feel

#endif
