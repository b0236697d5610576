// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_LOOPS_IPP
#define POLKU_IMPL_FEEL_CODE_LOOPS_IPP

#include <polku/impl/feel/code_loops.hpp>

#include <string>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL iteration iteration::over(value domain) {
    iteration made;
    made.valid_ = !domain.is_null();
    made.domain_ = std::move(domain);
    if (made.domain_.is(kind::range)) made.from_range(made.domain_.as_range());
    return made;
}

POLKU_DECL iteration iteration::between(const value& low, const value& high) {
    iteration made;
    made.count(low, high, true);
    return made;
}

/// `moved` items on from a whole number or a day; null where that leaves the range of the kind.
POLKU_DECL value moved_by(const value& from, int by) {
    if (from.is(kind::number)) {
        const auto next = add(from.as_number(), number(by));
        return next ? value(*next) : value();
    }
    const auto next = from.as_date().plus_days(by);
    return next ? value(*next) : value();
}

POLKU_DECL bool is_past(const value& left, const value& right) {
    return left.is(kind::number) ? left.as_number() > right.as_number() : left.as_date() > right.as_date();
}

POLKU_DECL void iteration::from_range(const range& of) {
    const value low = of.low;
    const value high = of.high;
    const bool open = of.is == range::form::interval && !of.low_closed;
    skip_last_ = !of.high_closed;
    if (of.is != range::form::interval && of.is != range::form::equal) {
        valid_ = false;
        return;
    }
    count(low, high, false);
    if (!valid_ || !open) return;
    current_ = moved_by(current_, 1);
}

POLKU_DECL void iteration::count(const value& low, const value& high, bool may_descend) {
    counted_ = true;
    const bool whole =
        low.is(kind::number) && high.is(kind::number) && low.as_number().is_integer() && high.as_number().is_integer();
    valid_ = whole || (low.is(kind::date) && high.is(kind::date));
    down_ = valid_ && is_past(low, high);
    if (down_ && !may_descend) valid_ = false;
    current_ = low;
    last_ = high;
}

POLKU_DECL bool iteration::next_counted(value& out) {
    if (current_.is_null()) return false;
    if (down_ ? is_past(last_, current_) : is_past(current_, last_)) return false;
    if (skip_last_ && !is_past(last_, current_)) return false;
    value following = moved_by(current_, down_ ? -1 : 1);
    out = std::move(current_);
    // A number of 34 digits may be too coarse to count by one; then it would never end.
    const bool stuck = !following.is_null() && !is_past(following, out) && !is_past(out, following);
    current_ = stuck ? value() : std::move(following);
    return true;
}

POLKU_DECL bool iteration::next(value& out) {
    if (counted_) return next_counted(out);
    if (domain_.is(kind::range)) return false;
    const std::span<const value> items =
        domain_.is(kind::list) ? domain_.as_list() : std::span<const value>(&domain_, 1);
    if (index_ >= items.size()) return false;
    out = items[index_++];
    return true;
}

POLKU_DECL iteration loop_operation::domain_of(const iterator_code& of, frame& in) const {
    if (of.high == nullptr) return iteration::over(of.domain->run(in));
    const value low = of.domain->run(in);
    return iteration::between(low, of.high->run(in));
}

template <class Turn>
bool loop_operation::each_turn(frame& in, Turn&& turn, std::size_t depth) const {
    if (depth == iterators_.size()) return turn();
    iteration items = domain_of(iterators_[depth], in);
    if (!items.is_valid()) return false;
    while (items.next(in.locals[iterators_[depth].local])) {
        if (!in.with.step() || !each_turn(in, turn, depth + 1)) return false;
    }
    return true;
}

POLKU_DECL value for_operation::run(frame& in) const {
    std::vector<value> results;
    const std::uint64_t most = in.with.bounds().list_length;
    const partial_results here{&results, partial_, in.partials};
    in.partials = &here;
    const bool done = each_turn(in, [&] {
        if (lists_partial_) {
            in.with.step(results.size());
            in.locals[partial_] = value(results);
        }
        if (results.size() >= most) {
            in.with.set_fault({error_code::limit_length, "a 'for' makes a list of more than " + std::to_string(most) +
                                                             " items; raise the limit or make less"});
            return false;
        }
        results.push_back(body().run(in));
        return !in.with.faulted();
    });
    in.partials = here.outer;
    return done ? value(std::move(results)) : value(null_reason::invalid_argument);
}

POLKU_DECL value partial_item_operation::run(frame& in) const {
    const partial_results* loop = in.partials;
    while (loop != nullptr && loop->local != local_) loop = loop->outer;
    const value index = index_->run(in);
    if (loop == nullptr || !index.is(kind::number)) return value(null_reason::type_mismatch);
    return item_at(*loop->items, index);
}

POLKU_DECL value quantified_operation::run(frame& in) const {
    bool known = true;
    bool stopped = false;
    value scratch;
    const bool done = each_turn(in, [&] {
        const value& part = body().look(in, scratch);
        stopped = part.is(kind::boolean) && part.as_boolean() == stop_;
        known = known && part.is(kind::boolean);
        return !stopped;
    });
    if (stopped) return stop_;
    return done && known ? value(!stop_) : value(null_reason::invalid_argument);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
