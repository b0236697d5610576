// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_REGION_PAIRS_IPP
#define POLKU_IMPL_RULES_REGION_PAIRS_IPP

#include <polku/impl/rules/detail/region_pairs.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

inline std::uint32_t region_pairs::number_lists::place_of(std::vector<std::uint32_t> of) {
    const auto [at, fresh] = places.try_emplace(of, static_cast<std::uint32_t>(list.size()));
    if (fresh) list.push_back(std::move(of));
    return at->second;
}

POLKU_DECL void region_pairs::run(region_value was, region_value is, const std::string& member) {
    if (!member.empty()) {
        was = member_of(was, member);
        is = member_of(is, member);
    }
    compare(was, is, member, 0);
}

POLKU_DECL diagram region_pairs::told(int& coarseness, bool with_names) {
    with_names_ = with_names;
    for (;; ++coarseness) {
        const diagram made = folded(coarseness);
        if (store_.exhausted()) return diagrams::null;
        if (combinations_.list.size() > most_ && coarseness < coarsest) continue;
        sets_ = {};
        projected_.clear();
        return projected(made);
    }
}

// -------------------------------------------------------------------------------------------------- parts of outcomes

/// Where a value has a mark, or is a constant of the same kind.
POLKU_DECL diagram region_pairs::where(const region_value& of, diagram mark, feel::kind kind) {
    return store_.mapped(std::span<const diagram>(&of.scalar, 1), [&](std::span<const diagram> each) {
        const bool is = each[0] == mark || (store_.is_constant(each[0]) && store_.at(each[0]).constant.is(kind));
        return is ? diagrams::truth : diagrams::falsehood;
    });
}

POLKU_DECL region_value region_pairs::narrowed(const region_value& of, diagram within) {
    region_value made = of;
    made.scalar = store_.choice(within, of.scalar, diagrams::absent);
    return made;
}

/// A member of a context; absent where there is none, and where there is no context.
POLKU_DECL region_value region_pairs::member_of(const region_value& of, const std::string& name) {
    region_value made =
        of_.plain(store_.mapped(std::span<const diagram>(&of.scalar, 1), [&](std::span<const diagram> each) {
            if (!store_.is_constant(each[0]) || !store_.at(each[0]).constant.is(feel::kind::context))
                return store_.is_opaque(each[0]) ? each[0] : diagrams::absent;
            const feel::value* const found = store_.at(each[0]).constant.as_context().find(name);
            return found != nullptr ? store_.constant(*found) : diagrams::absent;
        }));
    if (!of.context) return made;
    for (const region_entry& each : *of.context) {
        if (each.name != name) continue;
        const diagram inside = store_.mapped(std::span<const diagram>(&of.scalar, 1), [&](std::span<const diagram> at) {
            return at[0] == diagrams::a_context ? diagrams::truth : diagrams::falsehood;
        });
        return of_.chosen(inside, each.is, made);
    }
    return made;
}

POLKU_DECL std::vector<std::string> region_pairs::members_of(const region_value& of) const {
    std::vector<std::string> names;
    const auto add_name = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of.scalar, variables, terminals);
    for (const diagram each : terminals) {
        if (each == diagrams::a_context)
            for (const region_entry& entry : *of.context) add_name(entry.name);
        if (!store_.is_constant(each) || !store_.at(each).constant.is(feel::kind::context)) continue;
        for (const feel::context::entry& entry : store_.at(each).constant.as_context())
            add_name(std::string(entry.name));
    }
    return names;
}

// ---------------------------------------------------------------------------------------------------------- comparing

POLKU_DECL void region_pairs::compare(const region_value& was, const region_value& is, const std::string& path,
                                      int depth) {
    constexpr int max_depth = 16;
    if (!of_.complete()) return;
    const bool has_parts = depth < max_depth;
    const diagram contexts = has_parts ? store_.both(where(was, diagrams::a_context, feel::kind::context),
                                                     where(is, diagrams::a_context, feel::kind::context))
                                       : diagrams::falsehood;
    const diagram lists =
        store_.both(where(was, diagrams::a_list, feel::kind::list), where(is, diagrams::a_list, feel::kind::list));
    if (contexts != diagrams::falsehood) compare_contexts(was, is, contexts, path, depth);
    if (lists != diagrams::falsehood) compare_lists(was, is, lists, path);
    const diagram rest = store_.opposite(store_.either(contexts, lists));
    if (rest != diagrams::falsehood) compare_flat(was, is, rest, path);
}

POLKU_DECL void region_pairs::compare_contexts(const region_value& was, const region_value& is, diagram within,
                                               const std::string& path, int depth) {
    const region_value before = narrowed(was, within);
    const region_value now = narrowed(is, within);
    std::vector<std::string> names = members_of(before);
    for (const std::string& each : members_of(now))
        if (std::find(names.begin(), names.end(), each) == names.end()) names.push_back(each);
    for (const std::string& each : names)
        compare(member_of(before, each), member_of(now, each), path.empty() ? each : path + "." + each, depth + 1);
}

POLKU_DECL region_end region_pairs::end_of(diagram plain, diagram flat) const {
    if (store_.is_constant(flat)) return {region_end::kind::value, store_.at(flat).constant, {}};
    if (store_.is_opaque(flat)) return {region_end::kind::computed, {}, of_.term(flat).inputs};
    return {plain == diagrams::absent ? region_end::kind::absent : region_end::kind::varies, {}, {}};
}

/// Terminals as they stand, with marks for lists and contexts.
POLKU_DECL bool region_pairs::surely_differ(diagram left, diagram right) const {
    constexpr int any = -2;  // of a value that may be of any kind
    constexpr int none = -1;
    const auto kind_of = [&](diagram of) {
        if (of == diagrams::absent) return none;
        if (of == diagrams::a_list) return static_cast<int>(feel::kind::list);
        if (of == diagrams::a_context) return static_cast<int>(feel::kind::context);
        if (store_.is_constant(of)) return static_cast<int>(store_.at(of).constant.kind());
        const region_term& from = of_.term(of);
        return from.may_be_null || from.sample.is_null() ? any : static_cast<int>(from.sample.kind());
    };
    const int first = kind_of(left);
    const int second = kind_of(right);
    if (first == none || second == none) return first != second;
    return first != any && second != any && first != second;
}

POLKU_DECL void region_pairs::compare_flat(const region_value& was, const region_value& is, diagram within,
                                           const std::string& path) {
    const region_value before = narrowed(was, within);
    const region_value now = narrowed(is, within);
    const diagram sides[] = {before.scalar, now.scalar, of_.flat(before), of_.flat(now)};
    add(store_.mapped(sides, [&](std::span<const diagram> of) {
        if (of[2] == of[3]) return diagrams::falsehood;
        const bool both_known = store_.is_constant(of[2]) && store_.is_constant(of[3]);
        return pair_of(
            {path, {}, end_of(of[0], of[2]), end_of(of[1], of[3]), both_known || surely_differ(of[0], of[1])});
    }));
}

/// The items of a side's lists, and which of them stands before which where both do. False where the lists are more
/// than sets of known items in one order.
POLKU_DECL bool region_pairs::list_items(const region_value& of, diagram within, bool is_was,
                                         std::vector<shared_item>& shared,
                                         std::vector<std::pair<std::size_t, std::size_t>>& order) {
    constexpr std::size_t max_items = 64;
    std::vector<region_item> items;
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of.scalar, variables, terminals);
    for (const diagram each : terminals) {
        const bool is_known = store_.is_constant(each) && store_.at(each).constant.is(feel::kind::list);
        if (!is_known && each != diagrams::a_list) continue;
        const diagram here = store_.both(
            within, store_.mapped(std::span<const diagram>(&of.scalar, 1), [&](std::span<const diagram> end) {
                return end[0] == each ? diagrams::truth : diagrams::falsehood;
            }));
        if (!is_known)
            for (const region_item& item : *of.list) items.push_back({store_.both(here, item.guard), item.is});
        const feel::value known = is_known ? store_.at(each).constant : feel::value(std::vector<feel::value>());
        for (const feel::value& item : known.as_list()) items.push_back({here, of_.plain(store_.constant(item))});
    }
    if (items.size() > max_items) return false;
    std::vector<ordered_item> seen;
    for (const region_item& each : items) {
        const diagram guard = each.guard;
        if (guard == diagrams::falsehood) continue;
        if (!of_.is_known(each.is)) return false;
        const feel::value& known = store_.at(each.is.scalar).constant;
        std::size_t at = 0;
        while (at < shared.size() && !(shared[at].is == known)) ++at;
        if (at == shared.size()) shared.push_back({known});
        diagram& into = is_was ? shared[at].was : shared[at].now;
        if (store_.both(into, guard) != diagrams::falsehood) return false;  // twice in one list
        into = store_.either(guard, into);
        for (const ordered_item& other : seen)
            if (other.of != at && store_.both(other.guard, guard) != diagrams::falsehood)
                order.emplace_back(other.of, at);
        seen.push_back({at, guard});
    }
    return of_.complete();
}

POLKU_DECL bool region_pairs::has_circle(std::size_t items,
                                         const std::vector<std::pair<std::size_t, std::size_t>>& order) {
    std::vector<bool> placed(items, false);
    for (std::size_t left = items; left > 0; --left) {
        std::vector<bool> waits(items, false);
        for (const auto& each : order)
            if (!placed[each.first]) waits[each.second] = true;
        std::size_t next = 0;
        while (next < items && (placed[next] || waits[next])) ++next;
        if (next == items) return true;
        placed[next] = true;
    }
    return false;
}

POLKU_DECL void region_pairs::compare_lists(const region_value& was, const region_value& is, diagram within,
                                            const std::string& path) {
    std::vector<shared_item> shared;
    std::vector<std::pair<std::size_t, std::size_t>> order;
    const bool are_sets = list_items(was, within, true, shared, order) &&
                          list_items(is, within, false, shared, order) && !has_circle(shared.size(), order);
    if (!are_sets) return compare_flat(was, is, within, path);
    // Lists in one order are equal where each item is in both of them or in none.
    for (const shared_item& each : shared) {
        const diagram sides[] = {each.was, each.now};
        add(store_.mapped(sides, [&](std::span<const diagram> of) {
            if (of[0] == of[1]) return diagrams::falsehood;
            const auto end = [&](diagram there) {
                return region_end{region_end::kind::value, feel::value(there == diagrams::truth), {}};
            };
            return pair_of({path, each.is, end(of[0]), end(of[1]), true});
        }));
    }
}

// ------------------------------------------------------------------------------------------------- one diagram of all

POLKU_DECL diagram region_pairs::pair_of(region_pair made) {
    const auto found = std::find(pairs_.begin(), pairs_.end(), made);
    const auto at = static_cast<std::uint32_t>(found - pairs_.begin());
    if (found == pairs_.end()) pairs_.push_back(std::move(made));
    return store_.opaque(first_pair + at);
}

POLKU_DECL void region_pairs::add(diagram component) {
    if (component != diagrams::falsehood) components_.push_back(component);
}

/// A pair as it is, the pair of its place, or the one pair of all.
POLKU_DECL std::uint32_t region_pairs::coarse(std::uint32_t pair, int coarseness) {
    if (coarseness == 0) return pair;
    region_pair made;
    made.path = coarseness == 1 ? pairs_[pair].path : std::string();
    made.was.is = made.is.is = region_end::kind::varies;
    made.certain = pairs_[pair].certain;
    return store_.at(pair_of(std::move(made))).term - first_pair;
}

POLKU_DECL diagram region_pairs::folded(int coarseness) {
    combinations_ = {};
    combinations_.place_of({});
    diagram made = store_.opaque(first_combination);
    for (const diagram each : components_) {
        const diagram sides[] = {made, each};
        made = store_.mapped(sides, [&](std::span<const diagram> of) {
            const bool is_full = combinations_.list.size() > most_ && coarseness < coarsest;
            if (of[1] == diagrams::falsehood || is_full) return of[0];
            std::vector<std::uint32_t> both = combinations_.list[store_.at(of[0]).term - first_combination];
            const std::uint32_t pair = coarse(store_.at(of[1]).term - first_pair, coarseness);
            const auto at = std::lower_bound(both.begin(), both.end(), pair);
            if (at == both.end() || *at != pair) both.insert(at, pair);
            return store_.opaque(first_combination + combinations_.place_of(std::move(both)));
        });
        const bool is_too_much = combinations_.list.size() > most_ && coarseness < coarsest;
        if (store_.exhausted() || is_too_much) break;
    }
    return made;
}

/// What may be the case in either.
POLKU_DECL diagram region_pairs::joined(diagram left, diagram right) {
    if (left == right) return left;
    const diagram sides[] = {left, right};
    return store_.mapped(sides, [&](std::span<const diagram> of) {
        if (of[0] == of[1]) return of[0];
        const std::vector<std::uint32_t>& first = sets_.list[set_at(of[0])];
        const std::vector<std::uint32_t>& second = sets_.list[set_at(of[1])];
        std::vector<std::uint32_t> all;
        std::set_union(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(all));
        return store_.opaque(first_set + sets_.place_of(std::move(all)));
    });
}

POLKU_DECL diagram region_pairs::projected(diagram of) {
    if (store_.exhausted()) return diagrams::null;
    if (store_.is_terminal(of)) {
        const std::uint32_t combination = store_.at(of).term - first_combination;
        return store_.opaque(first_set + sets_.place_of({combination}));
    }
    if (const auto found = projected_.find(of); found != projected_.end()) return found->second;
    const std::uint32_t variable = store_.variable(of);
    // The children move as diagrams are made.
    const auto below = store_.children(of);
    std::vector<diagram> children(below.begin(), below.end());
    for (diagram& each : children) each = projected(each);
    diagram made = children.front();
    if (of_.variables()[variable].is_input || (with_names_ && !of_.names_of(variable).empty()))
        made = store_.branch(variable, children);
    else
        for (const diagram each : children) made = joined(made, each);
    projected_.emplace(of, made);
    return made;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
