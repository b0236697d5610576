// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_LIST_IPP
#define POLKU_IMPL_FEEL_BUILTINS_LIST_IPP

#include <polku/impl/feel/builtins_sort.hpp>
#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/distinct_values.hpp>

// List built-ins that search, cut and build lists (DMN 1.5 clause 10.3.4.4); positions count from 1, or from the end
// when negative. Items are compared by FEEL's `=`.

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value builtin_list_contains(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    for (const value& each : items) {
        if (!with.step()) return {};
        if (same(each, given[1], with)) return true;
    }
    return false;
}

POLKU_DECL value builtin_count(evaluation_context&, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    return static_cast<std::int64_t>(items.size());
}

/// Start and length follow the rules of `substring`.
POLKU_DECL value builtin_sublist(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    std::int64_t start = 0;
    std::int64_t length = 0;
    std::size_t index = 0;
    if (!take_list(given[0], items)) return refuse(given[0]);
    if (!take_integer(given[1], start)) return refuse(given[1]);
    if (!given[2].is_null() && !take_integer(given[2], length)) return refuse(given[2]);
    if (!take_position(start, items.size(), index)) return value(null_reason::no_such_item);
    arguments cut = items.subspan(index);
    if (!given[2].is_null()) {
        if (length < 1 || static_cast<std::uint64_t>(length) > cut.size()) return refuse_value();
        cut = cut.first(static_cast<std::size_t>(length));
    }
    return bounded_list(with, {cut.begin(), cut.end()});
}

POLKU_DECL value builtin_append(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    std::vector<value> made(items.begin(), items.end());
    const arguments added = given[1].as_list();
    made.insert(made.end(), added.begin(), added.end());
    return bounded_list(with, std::move(made));
}

POLKU_DECL value builtin_concatenate(evaluation_context& with, std::size_t, arguments given) {
    std::vector<value> made;
    for (const value& each : given[0].as_list()) {
        arguments items;
        if (!take_list(each, items)) return refuse(each);
        made.insert(made.end(), items.begin(), items.end());
    }
    return bounded_list(with, std::move(made));
}

/// List and position of the functions that change one place.
struct list_place {
    arguments items;
    std::size_t index = 0;
    value refused;
    bool fits = false;

    list_place(const value& list, const value& position) {
        std::int64_t number = 0;
        if (!take_list(list, items))
            refused = refuse(list);
        else if (!take_integer(position, number))
            refused = refuse(position);
        else if (!take_position(number, items.size(), index))
            refused = value(null_reason::no_such_item);
        else
            fits = true;
    }
};

POLKU_DECL value builtin_insert_before(evaluation_context& with, std::size_t, arguments given) {
    const list_place place(given[0], given[1]);
    if (!place.fits) return place.refused;
    std::vector<value> made(place.items.begin(), place.items.end());
    made.insert(made.begin() + static_cast<std::ptrdiff_t>(place.index), given[2]);
    return bounded_list(with, std::move(made));
}

POLKU_DECL value builtin_remove(evaluation_context& with, std::size_t, arguments given) {
    const list_place place(given[0], given[1]);
    if (!place.fits) return place.refused;
    std::vector<value> made(place.items.begin(), place.items.end());
    made.erase(made.begin() + static_cast<std::ptrdiff_t>(place.index));
    return bounded_list(with, std::move(made));
}

POLKU_DECL value replace_matching(evaluation_context& with, arguments items, const function& match, const value& by) {
    std::vector<value> made(items.begin(), items.end());
    for (value& each : made) {
        if (!with.step()) return {};
        const value both[] = {each, by};
        const value matched = match.call(with, both);
        if (!matched.is(kind::boolean)) return refuse(matched);
        if (matched.as_boolean()) each = by;
    }
    return bounded_list(with, std::move(made));
}

/// By position (signature 0) the second argument's kind decides; a named `match` (1) must be a function.
POLKU_DECL value builtin_list_replace(evaluation_context& with, std::size_t signature_index, arguments given) {
    const function* match = nullptr;
    arguments items;
    if (signature_index == 1 && !take_function(given[1], match)) return refuse(given[1]);
    if (take_function(given[1], match))
        return take_list(given[0], items) ? replace_matching(with, items, *match, given[2]) : refuse(given[0]);
    const list_place place(given[0], given[1]);
    if (!place.fits) return place.refused;
    std::vector<value> made(place.items.begin(), place.items.end());
    made[place.index] = given[2];
    return bounded_list(with, std::move(made));
}

POLKU_DECL value builtin_reverse(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    return bounded_list(with, {items.rbegin(), items.rend()});
}

POLKU_DECL value builtin_index_of(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    std::vector<value> found;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!with.step()) return {};
        if (same(items[i], given[1], with)) found.emplace_back(static_cast<std::int64_t>(i + 1));
    }
    return bounded_list(with, std::move(found));
}

POLKU_DECL value builtin_union(evaluation_context& with, std::size_t, arguments given) {
    distinct_values made(with);
    for (const value& each : given[0].as_list()) {
        arguments items;
        if (!take_list(each, items)) return refuse(each);
        if (!made.add(items)) return {};
    }
    return bounded_list(with, made.take());
}

POLKU_DECL value builtin_distinct_values(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    distinct_values made(with);
    if (!take_list(given[0], items)) return refuse(given[0]);
    if (!made.add(items)) return {};
    return bounded_list(with, made.take());
}

/// Innermost items from left to right; the open lists are kept on an own stack, so that no nesting is too deep.
POLKU_DECL value builtin_flatten(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    if (!take_list(given[0], items)) return refuse(given[0]);
    std::vector<value> made;
    std::vector<arguments> open{items};
    while (!open.empty()) {
        if (!with.step()) return {};
        if (open.back().empty()) {
            open.pop_back();
            continue;
        }
        const value& next = open.back().front();
        open.back() = open.back().subspan(1);
        if (next.is(kind::list))
            open.push_back(next.as_list());
        else
            made.push_back(next);
        if (made.size() > with.bounds().list_length) break;
    }
    return bounded_list(with, std::move(made));
}

POLKU_DECL std::span<const builtin> list_builtins() noexcept {
    static constexpr signature one[] = {{"list: list"}};
    static constexpr signature element[] = {{"list: list, element: Any"}};
    static constexpr signature match[] = {{"list: list, match: Any"}};
    static constexpr signature sublist[] = {{"list: list, start position: number, length?: number"}};
    static constexpr signature append[] = {{"list: list, item...: Any"}};
    static constexpr signature lists[] = {{"list...: list"}};
    static constexpr signature insert[] = {{"list: list, position: number, newItem: Any"}};
    static constexpr signature remove[] = {{"list: list, position: number"}};
    static constexpr signature replace[] = {{"list: list, position: number, newItem: Any"},
                                            {"list: list, match: Any, newItem: Any"}};
    static constexpr signature sort[] = {{"list: list, precedes: Any"}};
    static constexpr builtin family[] = {
        {"list contains", element, builtin_list_contains, "boolean"},
        {"count", one, builtin_count, "number"},
        {"sublist", sublist, builtin_sublist, "list"},
        {"append", append, builtin_append, "list"},
        {"concatenate", lists, builtin_concatenate, "list"},
        {"insert before", insert, builtin_insert_before, "list"},
        {"remove", remove, builtin_remove, "list"},
        {"list replace", replace, builtin_list_replace, "list"},
        {"reverse", one, builtin_reverse, "list"},
        {"index of", match, builtin_index_of, "list"},
        {"union", lists, builtin_union, "list"},
        {"distinct values", one, builtin_distinct_values, "list"},
        {"flatten", one, builtin_flatten, "list"},
        {"sort", sort, builtin_sort, "list"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
