// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_REGIONS_VALUES_IPP
#define POLKU_IMPL_RULES_REGIONS_VALUES_IPP

#include <polku/impl/rules/detail/regions.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL region_value regions::list_of(std::vector<region_item> items) const {
    return {diagrams::a_list, std::make_shared<const std::vector<region_item>>(std::move(items)), nullptr};
}

inline const region_value* find_entry(const region_value& of, std::string_view name) {
    if (!of.context) return nullptr;
    for (const region_entry& each : *of.context)
        if (each.name == name) return &each.is;
    return nullptr;
}

POLKU_DECL region_value regions::chosen(diagram condition, const region_value& then, const region_value& otherwise) {
    if (condition == diagrams::truth) return then;
    if (store_.is_terminal(condition)) return otherwise;
    region_value made;
    made.scalar = store_.choice(condition, then.scalar, otherwise.scalar);
    made.list = then.list;
    if (then.list != otherwise.list) {
        std::vector<region_item> items;
        const diagram opposite = store_.opposite(condition);
        for (const auto* side : {&then, &otherwise}) {
            if (!side->list) continue;
            for (const region_item& each : *side->list)
                items.push_back({store_.both(side == &then ? condition : opposite, each.guard), each.is});
        }
        made.list = std::make_shared<const std::vector<region_item>>(std::move(items));
    }
    made.context = then.context;
    if (then.context != otherwise.context) {
        const region_value outside{diagrams::absent, nullptr, nullptr};
        std::vector<region_entry> entries;
        for (const auto* side : {&then, &otherwise}) {
            if (!side->context) continue;
            for (const region_entry& each : *side->context) {
                const region_value* const other = find_entry(side == &then ? otherwise : then, each.name);
                if (side == &otherwise && other != nullptr) continue;
                entries.push_back({each.name, side == &then
                                                  ? chosen(condition, each.is, other != nullptr ? *other : outside)
                                                  : chosen(condition, outside, each.is)});
            }
        }
        made.context = std::make_shared<const std::vector<region_entry>>(std::move(entries));
    }
    return made;
}

// ------------------------------------------------------------------------------------------------- one diagram for all

inline constexpr std::size_t max_flat_values = 256;

POLKU_DECL diagram regions::flat(const region_value& of) {
    diagram made = of.scalar;
    const auto put = [&](diagram mark, diagram with) {
        const diagram operands[] = {made, with};
        made =
            store_.mapped(operands, [&](std::span<const diagram> each) { return each[0] == mark ? each[1] : each[0]; });
    };
    if (of.list) put(diagrams::a_list, flat_list(*of.list));
    if (of.context) put(diagrams::a_context, flat_context(*of.context));
    return made;
}

POLKU_DECL bool is_small(const diagrams& store, diagram of) {
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store.look(of, variables, terminals);
    return terminals.size() <= max_flat_values &&
           std::none_of(terminals.begin(), terminals.end(), [&](diagram each) { return store.is_opaque(each); });
}

POLKU_DECL void add_inputs(std::vector<std::uint32_t>& into, const std::vector<std::uint32_t>& of) {
    into.insert(into.end(), of.begin(), of.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

POLKU_DECL diagram regions::flat_list(const std::vector<region_item>& items) {
    diagram made = store_.constant(feel::value(std::vector<feel::value>()));
    // Each item that may be there can double the lists.
    constexpr std::ptrdiff_t max_open_items = 8;
    bool small = std::count_if(items.begin(), items.end(), [&](const region_item& each) {
                     return !store_.is_terminal(each.guard);
                 }) <= max_open_items;
    std::vector<std::uint32_t> inputs;
    std::string key = "list";
    for (const region_item& each : items) {
        const diagram operands[] = {each.guard, flat(each.is), made};
        key += '|' + std::to_string(operands[0]) + '|' + std::to_string(operands[1]);
        add_inputs(inputs, inputs_of(operands[0]));
        add_inputs(inputs, inputs_of(operands[1]));
        small = small && is_small(store_, operands[1]);
        if (!small || each.guard == diagrams::falsehood) continue;
        made = store_.mapped(operands, [&](std::span<const diagram> of) {
            if (of[0] != diagrams::truth) return of[2];
            const auto before = store_.at(of[2]).constant.as_list();
            std::vector<feel::value> list(before.begin(), before.end());
            list.push_back(store_.at(of[1]).constant);
            return store_.constant(feel::value(std::move(list)));
        });
        small = complete() && is_small(store_, made);
    }
    return small ? made : unknown_of(std::move(inputs), key);
}

POLKU_DECL diagram regions::flat_context(const std::vector<region_entry>& entries) {
    diagram made = store_.constant(feel::value(feel::context()));
    bool small = true;
    std::vector<std::uint32_t> inputs;
    std::string key = "context";
    for (const region_entry& each : entries) {
        const diagram operands[] = {flat(each.is), made};
        key += '|' + std::to_string(each.name.size()) + ':' + each.name + '|' + std::to_string(operands[0]);
        add_inputs(inputs, inputs_of(operands[0]));
        small = small && is_small(store_, operands[0]);
        if (!small) continue;
        made = store_.mapped(operands, [&](std::span<const diagram> of) {
            if (of[0] == diagrams::absent) return of[1];
            feel::context with = store_.at(of[1]).constant.as_context();
            with.set(each.name, store_.at(of[0]).constant);
            return store_.constant(feel::value(std::move(with)));
        });
        small = complete() && is_small(store_, made);
    }
    return small ? made : unknown_of(std::move(inputs), key);
}

// ------------------------------------------------------------------------------------------------------------- types

POLKU_DECL bool regions::is_known(const region_value& of) const noexcept {
    return of.is_plain() && store_.is_constant(of.scalar);
}

POLKU_DECL bool regions::terminals_fit(diagram of, const feel::type& type) const {
    if (store_.is_truth_valued(of)) return feel::fits(store_.at(diagrams::truth).constant, type);
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of, variables, terminals);
    return std::all_of(terminals.begin(), terminals.end(), [&](diagram each) {
        if (store_.is_mark(each)) return each == diagrams::absent;
        if (!store_.is_opaque(each)) return feel::fits(store_.at(each).constant, type);
        const feel::value& sample = term(each).sample;
        return type.is() == feel::type::form::any || (!sample.is_null() && feel::fits(sample, type));
    });
}

/// True when coercing to the type surely changes nothing.
POLKU_DECL bool regions::surely_fits(const region_value& of, const dmn::item_type& type) const {
    using form = feel::type::form;
    if (type.is_constrained) return false;
    if (type.type.is() == form::any) return true;
    if (store_.is_truth_valued(of.scalar)) return feel::fits(store_.at(diagrams::truth).constant, type.type);
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of.scalar, variables, terminals);
    for (const diagram each : terminals) {
        if (each == diagrams::a_list) {
            if (type.type.is() != form::list) return false;
            for (const region_item& item : *of.list)
                if (!item.is.is_plain() || !terminals_fit(item.is.scalar, type.type.element())) return false;
        } else if (each == diagrams::a_context) {
            if (type.type.is() != form::context) return false;
            for (const auto& member : type.type.members()) {
                const region_value* const entry = find_entry(of, member.name);
                if (entry == nullptr || !entry->is_plain() || !terminals_fit(entry->scalar, *member.is)) return false;
            }
        } else if (!terminals_fit(each, type.type)) {
            return false;
        }
    }
    return true;
}

POLKU_DECL region_value regions::conformed(const region_value& from, const dmn::item_type* type) {
    if (type == nullptr || surely_fits(from, *type)) return from;
    const diagram operands[] = {flat(from)};
    // Without constraints, types of one name do the same in every model.
    const std::string name = "type" + (type->is_constrained ? std::to_string(reinterpret_cast<std::uintptr_t>(type))
                                                            : type->type.to_string());
    return plain(applied(name, operands, false,
                         [&](std::span<const feel::value> of) { return dmn::conform(of[0], *type, with_); }));
}

// ------------------------------------------------------------------------------------------------------------- parts

POLKU_DECL void regions::take_part(diagram of, bool exact) {
    if (store_.is_terminal(of) && !store_.is_opaque(of)) return;
    for (region_part& each : parts_) {
        if (each.of != of) continue;
        each.exact = each.exact || exact;
        return;
    }
    parts_.push_back({of, exact});
}

POLKU_DECL void regions::take_parts(const region_value& of, diagram within, bool exact) {
    take_part(store_.choice(within, of.scalar, diagrams::absent), exact);
    if (of.list) take_list(*of.list, within, exact);
    if (!of.context) return;
    for (const region_entry& each : *of.context) take_parts(each.is, within, exact);
}

POLKU_DECL void regions::take_list(const std::vector<region_item>& items, diagram within, bool exact) {
    // A list of known, different items is the set of those that are in it.
    bool is_set = true;
    std::vector<diagram> seen;
    for (const region_item& each : items) {
        if (each.guard == diagrams::falsehood) continue;
        is_set = is_set && is_known(each.is) && std::find(seen.begin(), seen.end(), each.is.scalar) == seen.end();
        seen.push_back(each.is.scalar);
    }
    const diagram whole = is_set ? diagrams::null : store_.choice(within, flat_list(items), diagrams::absent);
    if (!is_set && is_small(store_, whole)) return take_part(whole, exact);
    for (const region_item& each : items) {
        const diagram guard = store_.both(within, each.guard);
        take_part(guard, exact && is_set);
        take_parts(each.is, guard, exact && is_set);
    }
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
