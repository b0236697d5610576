// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_VALUE_IPP
#define POLKU_IMPL_FEEL_VALUE_IPP

#include <polku/feel/value.hpp>
#include <polku/impl/feel/detail/cells.hpp>

#include <cassert>
#include <new>

namespace polku::inline POLKU_V::feel {

namespace detail {

// Takes the counted children out of a dying container: those whose count falls to zero are chained before `pending`
// when they are containers themselves, and freed otherwise. So nesting of any depth is freed without recursion.
POLKU_DECL void cell_access::drop_child(value& child, const container_cell*& pending) noexcept {
    if (!child.state_.counted) return;
    const cell* const held = child.held();
    child.state_.counted = false;
    if (held->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (is_container(child.state_.is)) {
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
            for (std::uint32_t at = 0; at < static_cast<context_cell*>(dying)->size; ++at)
                drop_child(static_cast<context_cell*>(dying)->values()[at], pending);
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

POLKU_DECL const text_cell* text_cell::make(std::string_view text) {
    void* const room = ::operator new(sizeof(text_cell) + text.size());
    auto* const made = ::new (room) text_cell(text.size());
    std::memcpy(static_cast<void*>(made + 1), text.data(), text.size());
    return made;
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

POLKU_DECL void value::hold_long(std::string_view text) { hold(feel::kind::string, detail::text_cell::make(text)); }

POLKU_DECL value::value(const time::clock_time& clock) : value(feel::kind::time, clock.nanoseconds) {
    if (clock.zone.is != time::zone::kind::none) hold(feel::kind::time, new detail::time_cell(clock));
}

POLKU_DECL value::value(const time::date_time& when) : value(feel::kind::date_time, new detail::date_time_cell(when)) {}

POLKU_DECL value::value(std::vector<value> items) : value(feel::kind::list, new detail::list_cell(std::move(items))) {}

POLKU_DECL value::value(context entries) {
    if (entries.cell_ == nullptr) entries.cell_ = detail::context_cell::make(0);
    hold(feel::kind::context, std::exchange(entries.cell_, nullptr));
}

POLKU_DECL value::value(range bounds) : value(feel::kind::range, new detail::range_cell(std::move(bounds))) {}

POLKU_DECL void value::hold_big(const number& amount) { hold(feel::kind::number, new detail::number_cell(amount)); }

POLKU_DECL void value::release() noexcept {
    if (held()->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
        detail::cell_access::destroy(held(), state_.is);
}

POLKU_DECL number value::big_number() const noexcept { return static_cast<const detail::number_cell*>(held())->amount; }

POLKU_DECL std::string_view value::long_string() const noexcept {
    const auto* const text = static_cast<const detail::text_cell*>(held());
    return {text->data(), text->size};
}

POLKU_DECL time::clock_time value::as_time() const {
    assert(is(feel::kind::time));
    if (state_.counted) return static_cast<const detail::time_cell*>(held())->clock;
    return {integer(), {}};
}

POLKU_DECL const time::date_time& value::as_date_time() const noexcept {
    assert(is(feel::kind::date_time));
    return static_cast<const detail::date_time_cell*>(held())->when;
}

POLKU_DECL const range& value::as_range() const noexcept {
    assert(is(feel::kind::range));
    return static_cast<const detail::range_cell*>(held())->bounds;
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
        const bool alike = a.names() == b.names();
        for (std::size_t at = 0; at < a.size(); ++at) {
            const std::size_t other = alike ? at : b.index_of(a[at].name, at);
            if (other == context::npos) return false;
            open.push_back({&a.values()[at], &b.values()[other]});
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

POLKU_DECL bool pairs_met::is_new(const value& left, const value& right) {
    if (++count_ <= unwritten) return true;
    return known_.emplace(cell_access::identity(left), cell_access::identity(right)).second;
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
    detail::pairs_met met;
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (a->kind() != b->kind()) return false;
        if (!detail::is_container(a->kind())) {
            if (!detail::same_leaf(*a, *b)) return false;
        } else if (detail::cell_access::identity(*a) != detail::cell_access::identity(*b) && met.is_new(*a, *b)) {
            if (!detail::push_part_pairs(*a, *b, open)) return false;
        }
    }
    return true;
}

}  // namespace polku::inline POLKU_V::feel

#endif
