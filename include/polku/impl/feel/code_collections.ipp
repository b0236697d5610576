// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_COLLECTIONS_IPP
#define POLKU_IMPL_FEEL_CODE_COLLECTIONS_IPP

#include <polku/impl/feel/code_collections.hpp>
#include <polku/impl/feel/code_functions.hpp>
#include <polku/impl/feel/code_operators.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value item_at(std::span<const value> items, const value& index) {
    const auto at = index.as_number().to_int64();
    if (!at) return value(null_reason::no_such_item);
    const auto count = static_cast<std::int64_t>(items.size());
    const std::int64_t from_zero = *at > 0 ? *at - 1 : *at < 0 && *at >= -count ? count + *at : count;
    return from_zero < count ? items[static_cast<std::size_t>(from_zero)] : value(null_reason::no_such_item);
}

POLKU_DECL value list_operation::run(frame& in) const {
    std::vector<value> items;
    items.reserve(items_.size());
    in.with.step(items_.size());
    for (const operation_pointer& each : items_) items.push_back(each->run(in));
    return items;
}

POLKU_DECL context_operation::context_operation(std::vector<context_entry_code> entries, const entry_names& known) {
    std::vector<std::string> names;
    entries_.reserve(entries.size());
    for (context_entry_code& each : entries) {
        names.push_back(std::move(each.name));
        entries_.push_back({std::move(each.of), each.local});
    }
    names_ = known.are(names) ? known : entry_names(std::move(names));
}

POLKU_DECL value context_operation::run(frame& in) const {
    context made = context::like(names_);
    context_cell& cell = quick_access::fresh_cell(made);
    for (const entry& each : entries_) {
        value* const at = cell.values() + cell.size;
        ::new (static_cast<void*>(at)) value(each.of.run(in));
        ++cell.size;
        if (each.local >= 0) in.locals[each.local] = *at;
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

POLKU_DECL path_operation::path_operation(operation_pointer of, std::string name, const type& base)
    : of_(std::move(of)), name_(std::move(name)) {
    const type& item = base.is() == type::form::list ? base.element() : base;
    if (item.is() != type::form::context) return;
    const entry_names& names = item.names();
    std::size_t place = 0;
    while (place < names.size() && names[place] != name_) ++place;
    if (place == names.size()) return;
    path_.names = names;
    path_.place = place;
    const operand_form form = of_->form(path_.index);
    path_.is_local = form == operand_form::local;
    is_direct_ = path_.is_local || form == operand_form::slot;
}

POLKU_DECL const value& path_operation::look(frame& in, value& scratch) const {
    value held;
    const value& of = of_.look(in, held);
    if (POLKU_LIKELY(of.is(kind::context) && &of != &held)) {
        if (const value* entry = entry_of(of)) return *entry;
        return scratch = value(null_reason::no_such_entry);
    }
    // An entry of a context made only for this path goes with it.
    value part;
    const value& found = member_of(of, part, in);
    if (&found == &part) return scratch = std::move(part);
    return scratch = found;
}

POLKU_DECL const value& path_operation::member_of(const value& of, value& scratch, frame& in) const {
    if (POLKU_LIKELY(of.is(kind::context))) {
        if (const value* entry = entry_of(of)) return *entry;
        return scratch = value(null_reason::no_such_entry);
    }
    if (!of.is(kind::list)) return scratch = member(of, name_, in.with);
    const std::span<const value> items = of.as_list();
    if (!in.with.step(items.size())) return scratch = value();
    std::vector<value> made;
    made.reserve(items.size());
    for (const value& each : items) {
        const value* const entry = entry_of(each);
        made.push_back(entry != nullptr ? *entry : member(each, name_, in.with));
    }
    return scratch = value(std::move(made));
}

POLKU_DECL value temporal_path_operation::run(frame& in) const {
    const value of = path_.of().run(in);
    value made;
    if (POLKU_LIKELY(take_part(of, part_, made))) return made;
    return path_.member_of(of, made, in);
}

POLKU_DECL operation_pointer make_path(operation_pointer of, std::string name, const type& base) {
    const bool is_temporal = temporal_part_of(name) != temporal_part::none;
    const bool is_computed = dynamic_cast<const arithmetic_operation*>(of.get()) != nullptr ||
                             dynamic_cast<const direct_operation*>(of.get()) != nullptr;
    if (is_temporal && is_computed && base.is() != type::form::context)
        return std::make_unique<temporal_path_operation>(std::move(of), std::move(name), base);
    return std::make_unique<path_operation>(std::move(of), std::move(name), base);
}

POLKU_DECL value plain_filter_operation::run(frame& in) const {
    value held;
    const value& of = of_.look(in, held);
    if (of.is_null()) return of;
    const value condition = condition_.run(in);
    if (condition.is(kind::number)) return item_at(items_of(of), condition);
    if (condition.is_true()) return of.is(kind::list) ? of : value(std::vector<value>{of});
    const bool none = condition.is(kind::boolean) || condition.is_null();
    return none ? value(std::vector<value>()) : value(null_reason::type_mismatch);
}

POLKU_DECL value item_filter_operation::run(frame& in) const {
    value held;
    const value& of = of_.look(in, held);
    if (of.is_null()) return of;
    const std::span<const value> items = items_of(of);
    if (!condition_->is_condition()) {
        in.locals[local_] = items.empty() ? value() : items[0];
        const value first = condition_.run(in);
        if (first.is(kind::number)) return item_at(items, first);
        if (!first.is(kind::boolean) && !first.is_null()) return value(null_reason::type_mismatch);
    }
    if (items.empty()) return of;
    return kept(in, items);
}

POLKU_DECL value item_filter_operation::kept(frame& in, std::span<const value> items) const {
    std::vector<value> made;
    lent_local item(in.locals[local_]);
    item_reader reader(reads_, in);
    for (const value& each : items) {
        if (!in.with.step()) return value();
        const value* const entries = reader.entries_of(each);
        if (entries == nullptr) item.lend(each);
        if (entries != nullptr ? reader.accepts(entries) : condition_.test(in) == truth::yes) made.push_back(each);
    }
    return made;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
