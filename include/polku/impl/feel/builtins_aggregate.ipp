// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_AGGREGATE_IPP
#define POLKU_IMPL_FEEL_BUILTINS_AGGREGATE_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/builtins_support.hpp>

#include <algorithm>

// List built-ins that make one value of many (DMN 1.5 clause 10.3.4.4). Each takes one list, or its items as arguments
// (signature 1, where they come as a list all the same).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value extreme_of(evaluation_context& with, arguments items, int sign) {
    const value* found = nullptr;
    for (const value& each : items) {
        if (!with.step()) return {};
        bool comparable = !each.is_null();
        const int order = comparable ? compare(each, found == nullptr ? each : *found, with, comparable) : 0;
        if (!comparable) return each.is_null() ? refuse(each) : value(null_reason::not_comparable);
        if (found == nullptr || order * sign < 0) found = &each;
    }
    return *found;
}

/// Least (`Sign` 1) or greatest (-1) of comparable items.
template <int Sign>
value builtin_extreme(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    return items.empty() ? refuse_value() : extreme_of(with, items, Sign);
}

/// The numbers of a list, or the null to answer.
struct number_items {
    std::vector<number> numbers;
    value refused;
    bool fits = false;

    number_items(evaluation_context& with, const value& from) {
        arguments items;
        if (!take_list(from, items)) {
            refused = refuse(from);
            return;
        }
        numbers.reserve(items.size());
        for (const value& each : items) {
            if (!with.step()) return;
            if (!each.is(kind::number)) {
                refused = refuse(each);
                return;
            }
            numbers.push_back(each.as_number());
        }
        fits = true;
    }
};

POLKU_DECL std::optional<number> sum_of(std::span<const number> numbers) {
    std::optional<number> total = number(0);
    for (const number& each : numbers)
        if (total) total = add(*total, each);
    return total;
}

POLKU_DECL std::optional<number> mean_of(std::span<const number> numbers) {
    const std::optional<number> total = sum_of(numbers);
    return total ? divide(*total, number(static_cast<std::int64_t>(numbers.size()))) : std::nullopt;
}

POLKU_DECL std::optional<number> product_of(std::span<const number> numbers) {
    std::optional<number> total = number(1);
    for (const number& each : numbers)
        if (total) total = multiply(*total, each);
    return total;
}

/// The middle item, or the mean of the two in the middle.
POLKU_DECL std::optional<number> median_of(std::span<const number> numbers) {
    std::vector<number> sorted(numbers.begin(), numbers.end());
    std::sort(sorted.begin(), sorted.end());
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 != 0 ? sorted[middle] : mean_of(std::span<const number>(sorted).subspan(middle - 1, 2));
}

/// Standard deviation of a sample: needs two items.
POLKU_DECL std::optional<number> sample_deviation(std::span<const number> numbers) {
    const std::optional<number> mean = mean_of(numbers);
    std::optional<number> squares = number(0);
    for (const number& each : numbers) {
        const std::optional<number> apart = mean ? subtract(each, *mean) : std::nullopt;
        const std::optional<number> square = apart ? multiply(*apart, *apart) : std::nullopt;
        squares = squares && square ? add(*squares, *square) : std::nullopt;
    }
    const auto others = static_cast<std::int64_t>(numbers.size()) - 1;
    const std::optional<number> variance = squares ? divide(*squares, number(others)) : std::nullopt;
    return variance ? square_root(*variance) : std::nullopt;
}

using number_aggregate = std::optional<number> (*)(std::span<const number>);

template <number_aggregate Aggregate, std::size_t Least>
value builtin_aggregate(evaluation_context& with, std::size_t, arguments given) {
    const number_items items(with, given[0]);
    if (!items.fits) return items.refused;
    if (items.numbers.size() < Least) return refuse_value();
    const std::optional<number> made = Aggregate(items.numbers);
    return made ? value(*made) : value(null_reason::out_of_range);
}

/// The most frequent numbers, ascending; an empty list for an empty list.
POLKU_DECL value builtin_mode(evaluation_context& with, std::size_t, arguments given) {
    number_items items(with, given[0]);
    if (!items.fits) return items.refused;
    std::vector<number>& sorted = items.numbers;
    std::sort(sorted.begin(), sorted.end());
    std::vector<value> modes;
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin;
        while (end < sorted.size() && sorted[end] == sorted[begin]) ++end;
        if (end - begin > most) modes.clear();
        most = std::max(most, end - begin);
        if (end - begin == most) modes.emplace_back(sorted[begin]);
        begin = end;
    }
    return bounded_list(with, std::move(modes));
}

/// `all` (deciding item false) and `any` (deciding item true): the deciding item decides; without one, an item that is
/// no boolean makes the answer null.
template <bool Deciding>
value builtin_quantifier(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    const value* odd = nullptr;
    for (const value& each : items) {
        if (!with.step()) return {};
        if (!each.is(kind::boolean))
            odd = &each;
        else if (each.as_boolean() == Deciding)
            return Deciding;
    }
    return odd == nullptr ? value(!Deciding) : refuse(*odd);
}

POLKU_DECL std::span<const builtin> aggregate_builtins() noexcept {
    static constexpr signature comparable[] = {{"list: list"}, {"c...: Any"}};
    static constexpr signature numbers[] = {{"list: list"}, {"n...: number"}};
    static constexpr signature truths[] = {{"list: list"}, {"b...: boolean"}};
    static constexpr builtin family[] = {
        {"min", comparable, builtin_extreme<1>, "Any"},
        {"max", comparable, builtin_extreme<-1>, "Any"},
        {"sum", numbers, builtin_aggregate<sum_of, 1>, "number"},
        {"mean", numbers, builtin_aggregate<mean_of, 1>, "number"},
        {"product", numbers, builtin_aggregate<product_of, 1>, "number"},
        {"median", numbers, builtin_aggregate<median_of, 1>, "number"},
        {"stddev", numbers, builtin_aggregate<sample_deviation, 2>, "number"},
        {"mode", numbers, builtin_mode, "list"},
        {"all", truths, builtin_quantifier<false>, "boolean"},
        {"any", truths, builtin_quantifier<true>, "boolean"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
