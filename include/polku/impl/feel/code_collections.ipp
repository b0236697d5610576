// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_COLLECTIONS_IPP
#define POLKU_IMPL_FEEL_CODE_COLLECTIONS_IPP

#include <polku/impl/feel/code_collections.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value item_at(std::span<const value> items, const value& index) {
    const auto at = index.as_number().to_int64();
    if (!at) return value(null_reason::no_such_item);
    const auto count = static_cast<std::int64_t>(items.size());
    const std::int64_t from_zero = *at > 0 ? *at - 1 : *at < 0 && *at >= -count ? count + *at : count;
    return from_zero < count ? items[static_cast<std::size_t>(from_zero)] : value(null_reason::no_such_item);
}

/// The items of a list; anything else is a list of itself (DMN 1.5 clause 10.3.2.5).
POLKU_DECL std::span<const value> items_of(const value& of) noexcept {
    return of.is(kind::list) ? of.as_list() : std::span<const value>(&of, 1);
}

POLKU_DECL value list_operation::run(frame& in) const {
    std::vector<value> items;
    items.reserve(items_.size());
    in.with.step(items_.size());
    for (const operation_pointer& each : items_) items.push_back(each->run(in));
    return items;
}

POLKU_DECL value context_operation::run(frame& in) const {
    context made;
    made.reserve(entries_.size());
    for (const context_entry_code& each : entries_) {
        value entry = each.of->run(in);
        if (each.local >= 0) in.locals[each.local] = entry;
        made.set(each.name, std::move(entry));
    }
    return made;
}

POLKU_DECL value interval_operation::run(frame& in) const {
    value low = low_->run(in);
    value high = high_->run(in);
    if (!low.is_null() && !high.is_null()) {
        bool comparable = false;
        compare(low, high, in.with, comparable);
        if (!comparable) return value(null_reason::not_comparable);
    }
    return range{std::move(low), std::move(high), low_closed_, high_closed_};
}

POLKU_DECL range::form range_form(syntax_operator op) noexcept {
    switch (op) {
        case syntax_operator::less: return range::form::less;
        case syntax_operator::less_or_equal: return range::form::less_or_equal;
        case syntax_operator::greater: return range::form::greater;
        case syntax_operator::greater_or_equal: return range::form::greater_or_equal;
        case syntax_operator::equal: return range::form::equal;
        default: return range::form::not_equal;
    }
}

POLKU_DECL value unary_range_operation::run(frame& in) const {
    return range::comparison(range_form(operator_), operand_->run(in));
}

POLKU_DECL value path_operation::run(frame& in) const {
    value scratch;
    return look(in, scratch);
}

POLKU_DECL const value& path_operation::look(frame& in, value& scratch) const {
    value held;
    const value& of = of_->look(in, held);
    if (of.is(kind::context)) {
        const value* entry = of.as_context().find(name_);
        // An entry of a context made only for this path goes with it.
        if (entry != nullptr && &of != &held) return *entry;
        return scratch = entry != nullptr ? *entry : value(null_reason::no_such_entry);
    }
    if (of.is(kind::list)) in.with.step(of.as_list().size());
    return scratch = member(of, name_, in.with);
}

POLKU_DECL value plain_filter_operation::run(frame& in) const {
    value held;
    const value& of = of_->look(in, held);
    if (of.is_null()) return of;
    const value condition = condition_->run(in);
    if (condition.is(kind::number)) return item_at(items_of(of), condition);
    if (condition.is_true()) return of.is(kind::list) ? of : value(std::vector<value>{of});
    const bool none = condition.is(kind::boolean) || condition.is_null();
    return none ? value(std::vector<value>()) : value(null_reason::type_mismatch);
}

POLKU_DECL value item_filter_operation::run(frame& in) const {
    const value of = of_->run(in);
    if (of.is_null()) return of;
    const std::span<const value> items = items_of(of);
    in.locals[local_] = items.empty() ? value() : items[0];
    const value first = condition_->run(in);
    if (first.is(kind::number)) return item_at(items, first);
    if (!first.is(kind::boolean) && !first.is_null()) return value(null_reason::type_mismatch);
    if (items.empty()) return of;
    return kept(in, items);
}

POLKU_DECL value item_filter_operation::kept(frame& in, std::span<const value> items) const {
    std::vector<value> made;
    value scratch;
    for (const value& item : items) {
        if (!in.with.step()) return value();
        in.locals[local_] = item;
        if (condition_->look(in, scratch).is_true()) made.push_back(item);
    }
    return made;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
