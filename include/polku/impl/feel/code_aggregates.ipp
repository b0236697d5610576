// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_AGGREGATES_IPP
#define POLKU_IMPL_FEEL_CODE_AGGREGATES_IPP

#include <polku/impl/feel/code_aggregates.hpp>

#include <optional>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value aggregate_operation::run(frame& in) const {
    if (!in.with.step()) return value();
    value held;
    const operand& base = filter_ != nullptr ? filter_->of() : path_->of();
    const value& of = base.look(in, held);
    if (POLKU_UNLIKELY(in.with.faulted())) return value();
    if (POLKU_LIKELY(of.is(kind::list) || (filter_ != nullptr && !of.is_null()))) return over_items(in, items_of(of));
    value scratch;
    const value& over = path_ != nullptr ? path_->member_of(of, scratch, in) : of;
    return plain_.body(in.with, plain_.signature_index, {&over, 1});
}

/// Hands each part to `take` until that answers false; false where the evaluation was stopped.
template <class Take>
bool aggregate_operation::each_part(frame& in, std::span<const value> items, Take&& take) const {
    value scratch;
    if (filter_ == nullptr) {
        for (const value& each : items)
            if (!in.with.step() || !take(path_->member_of(each, scratch, in))) return !in.with.faulted();
        return true;
    }
    lent_local item(in.locals[filter_->local()]);
    item_reader reader(reads_, in);
    for (const value& each : items) {
        if (!in.with.step()) return false;
        if (const value* const entries = reader.entries_of(each)) {
            if (reader.accepts(entries) && !take(path_ != nullptr ? reader.part(entries) : each)) break;
            continue;
        }
        item.lend(each);
        if (filter_->condition().test(in) == truth::yes &&
            !take(path_ != nullptr ? path_->member_of(each, scratch, in) : each))
            break;
    }
    return !in.with.faulted();
}

/// Adds one more; what leaves the range of numbers stays out of it.
inline void add_to(std::optional<number>& total, const value& part) {
    if (POLKU_UNLIKELY(!total)) return;
    std::int64_t sum = 0;
    if (POLKU_LIKELY(quick_access::is_small_number(part) && total->scale() == quick_access::scale(part) &&
                     total->is_small() && sum_fits(total->small_coefficient(), quick_access::coefficient(part), sum)))
        *total = number::from_scaled(sum, total->scale());
    else
        total = add(*total, part.as_number());
}

POLKU_DECL value aggregate_operation::sum_over(frame& in, std::span<const value> items) const {
    std::optional<number> total = number(0);
    value refused;
    bool any = false;
    bool fits = true;
    const bool done = each_part(in, items, [&](const value& part) {
        any = true;
        fits = part.is(kind::number);
        if (POLKU_LIKELY(fits))
            add_to(total, part);
        else
            refused = refuse(part);
        return fits;
    });
    if (!done) return value();
    if (!fits) return refused;
    if (!any) return refuse_value();
    return total ? value(*total) : value(null_reason::out_of_range);
}

POLKU_DECL value aggregate_operation::extreme_over(frame& in, std::span<const value> items, int sign) const {
    value found;
    bool any = false;
    bool fits = true;
    const bool done = each_part(in, items, [&](const value& part) {
        bool comparable = !part.is_null();
        const int order = comparable ? compare(part, any ? found : part, in.with, comparable) : 0;
        fits = comparable;
        if (!fits)
            found = part.is_null() ? refuse(part) : value(null_reason::not_comparable);
        else if (!any || order * sign < 0)
            found = part;
        any = true;
        return fits;
    });
    if (!done) return value();
    return any ? found : refuse_value();
}

POLKU_DECL value aggregate_operation::over_items(frame& in, std::span<const value> items) const {
    switch (is_) {
        case what::sum: return sum_over(in, items);
        case what::min: return extreme_over(in, items, 1);
        case what::max: return extreme_over(in, items, -1);
        case what::count: break;
    }
    if (filter_ == nullptr) return static_cast<std::int64_t>(items.size());
    std::int64_t count = 0;
    const bool done = each_part(in, items, [&](const value&) {
        ++count;
        return true;
    });
    return done ? value(count) : value();
}

POLKU_DECL bool aggregate_of(std::string_view name, aggregate_operation::what& out) noexcept {
    if (name == "count")
        out = aggregate_operation::what::count;
    else if (name == "sum")
        out = aggregate_operation::what::sum;
    else if (name == "min")
        out = aggregate_operation::what::min;
    else if (name == "max")
        out = aggregate_operation::what::max;
    else
        return false;
    return true;
}

POLKU_DECL operation_pointer make_aggregate(std::string_view name, builtin_target plain, operation_pointer& over) {
    aggregate_operation::what is = aggregate_operation::what::count;
    if (!plain || !aggregate_of(name, is)) return nullptr;
    const auto* path = dynamic_cast<const path_operation*>(over.get());
    const auto* filter = dynamic_cast<const item_filter_operation*>(path != nullptr ? path->of().get() : over.get());
    if (filter != nullptr && !filter->condition()->is_condition()) filter = nullptr;
    if (path == nullptr && filter == nullptr) return nullptr;
    return std::make_unique<aggregate_operation>(is, plain, std::move(over), path, filter);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
