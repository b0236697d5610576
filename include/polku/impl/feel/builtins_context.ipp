// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_CONTEXT_IPP
#define POLKU_IMPL_FEEL_BUILTINS_CONTEXT_IPP

#include <polku/impl/feel/builtins_support.hpp>

// Context built-ins (DMN 1.5 clause 10.3.4.10).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value get_value_at(const context& from, arguments keys) {
    const context* inner = &from;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].is(kind::string)) return refuse(keys[i]);
        const value* const found = inner->find(keys[i].as_string());
        if (found == nullptr) return value(null_reason::no_such_entry);
        if (i + 1 == keys.size()) return *found;
        if (!found->is(kind::context)) return value(null_reason::no_such_entry);
        inner = &found->as_context();
    }
    return refuse_value();
}

POLKU_DECL value builtin_get_value(evaluation_context&, std::size_t, arguments given) {
    const context* from = nullptr;
    arguments keys;
    if (!take_context(given[0], from)) return refuse(given[0]);
    if (!take_list(given[1], keys)) return refuse(given[1]);
    return get_value_at(*from, keys);
}

POLKU_DECL value builtin_get_entries(evaluation_context& with, std::size_t, arguments given) {
    const context* from = nullptr;
    if (!take_context(given[0], from)) return refuse(given[0]);
    std::vector<value> entries;
    entries.reserve(from->size());
    for (const context::entry& each : *from)
        entries.emplace_back(context{{"key", value(each.name)}, {"value", each.value}});
    return bounded_list(with, std::move(entries));
}

POLKU_DECL value builtin_context(evaluation_context& with, std::size_t, arguments given) {
    arguments entries;
    if (!take_list(given[0], entries)) return refuse(given[0]);
    context made;
    for (const value& each : entries) {
        if (!with.step(1 + made.size() / 16)) return {};
        if (!each.is(kind::context)) return refuse(each);
        const value* const key = each.as_context().find("key");
        const value* const of = each.as_context().find("value");
        if (key == nullptr || of == nullptr || !key->is(kind::string)) return refuse_value();
        if (made.find(key->as_string()) != nullptr) return refuse_value();
        made.set(key->as_string(), *of);
    }
    return made;
}

/// A copy of `to` in which the entry that `keys` lead to is replaced or added. Contexts on the way must exist.
POLKU_DECL value put_at(evaluation_context& with, const context& to, arguments keys, const value& of) {
    if (keys.empty()) return refuse_value();
    if (!keys.front().is(kind::string)) return refuse(keys.front());
    const std::string_view key = keys.front().as_string();
    context changed = to;
    if (keys.size() == 1) return changed.set(key, of);
    const value* const inner = to.find(key);
    if (inner == nullptr || !inner->is(kind::context)) return value(null_reason::no_such_entry);
    value put;
    if (with.enter()) put = put_at(with, inner->as_context(), keys.subspan(1), of);
    with.leave();
    return put.is_null() ? put : value(changed.set(key, std::move(put)));
}

/// By position (signature 0) the second argument may be a key or a list of keys; named `key` (1) takes a string only.
POLKU_DECL value builtin_context_put(evaluation_context& with, std::size_t signature_index, arguments given) {
    const context* to = nullptr;
    arguments keys;
    std::string_view key;
    if (!take_context(given[0], to)) return refuse(given[0]);
    if (signature_index == 1 && !take_string(given[1], key)) return refuse(given[1]);
    if (!take_list(given[1], keys)) return refuse(given[1]);
    return put_at(with, *to, keys, given[2]);
}

POLKU_DECL value builtin_context_merge(evaluation_context& with, std::size_t, arguments given) {
    arguments contexts;
    if (!take_list(given[0], contexts)) return refuse(given[0]);
    context merged;
    for (const value& each : contexts) {
        if (!each.is(kind::context)) return refuse(each);
        for (const context::entry& entry : each.as_context()) {
            if (!with.step(1 + merged.size() / 16)) return {};
            merged.set(entry.name, entry.value);
        }
    }
    return merged;
}

POLKU_DECL std::span<const builtin> context_builtins() noexcept {
    static constexpr signature get_value[] = {{"m: context, key: Any"}};
    static constexpr signature get_entries[] = {{"m: context"}};
    static constexpr signature entries[] = {{"entries: list"}};
    static constexpr signature put[] = {{"context: context, keys: list, value: Any"},
                                        {"context: context, key: string, value: Any"}};
    static constexpr signature merge[] = {{"contexts: list"}};
    static constexpr builtin family[] = {
        {"get value", get_value, builtin_get_value, "Any"},
        {"get entries", get_entries, builtin_get_entries, "list"},
        {"context", entries, builtin_context, "context"},
        {"context put", put, builtin_context_put, "context"},
        {"context merge", merge, builtin_context_merge, "context"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
