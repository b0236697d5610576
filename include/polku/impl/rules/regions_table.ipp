// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_REGIONS_TABLE_IPP
#define POLKU_IMPL_RULES_REGIONS_TABLE_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/rules/detail/regions.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL region_value regions::logic_value(const dmn::detail::logic& of, values slots) {
    const dmn::item_type* type = nullptr;
    if (const dmn::detail::logic* const inner = of.coerced(type)) return conformed(logic_value(*inner, slots), type);
    if (const feel::expression* const text = of.text()) return text_value(*text, slots);
    std::vector<std::uint32_t> all(slots.size());
    for (std::uint32_t each = 0; each < all.size(); ++each) all[each] = each;
    const bool known = std::all_of(slots.begin(), slots.end(), [&](const auto& each) { return is_known(each); });
    const dmn::compiled_table* const table = of.table();
    if (table != nullptr && !known) {
        bool can = true;
        region_value made = table_value(*table, slots, can);
        if (can) return made;
    }
    return at_all(all, slots, nullptr, &of);
}

/// Where the tests accept a term. Tests that are more than comparisons with constants of its kind may do either.
POLKU_DECL diagram regions::accepted_term(const feel::unary_tests& tests, diagram opaque, const std::string& given) {
    const std::uint32_t at = store_.at(opaque).term;
    const feel::kind kind = terms_[at].sample.kind();
    std::vector<feel::value> points;
    const auto simple = tests.simple_tests();
    bool has_axis = simple && kind != feel::kind::null;
    for (std::size_t each = 0; has_axis && each < simple->size(); ++each) {
        const feel::simple_test& test = (*simple)[each];
        using op = feel::simple_test::op;
        const bool is_equality = test.is == op::any || test.is == op::equal || test.is == op::not_equal;
        if (test.operand.is(feel::kind::range)) {
            points.push_back(test.operand.as_range().low);
            points.push_back(test.operand.as_range().high);
        } else if (test.is != op::any) {
            points.push_back(test.operand);
        }
        has_axis = is_equality || kind != feel::kind::string;
    }
    points.erase(std::remove_if(points.begin(), points.end(), [](const auto& each) { return each.is_null(); }),
                 points.end());
    has_axis =
        has_axis && std::all_of(points.begin(), points.end(), [&](const feel::value& each) { return each.is(kind); });
    if (!has_axis || !has_points(at, points))
        return any_truth("cell|" + std::to_string(opaque) + "|" + std::string(tests.text()) + given, terms_[at].inputs,
                         false);
    const std::uint32_t variable = axis_of(at);
    std::vector<diagram> children;
    for (const feel::value& each : variables_[variable].atoms)
        children.push_back(tests.accepts(with_, {}, each).is_true() ? diagrams::truth : diagrams::falsehood);
    return store_.branch(variable, children);
}

POLKU_DECL diagram regions::accepted(const feel::unary_tests& tests, diagram column, values slots, bool& can) {
    if (tests.is_any()) return diagrams::truth;
    std::vector<feel::value> given(tests.used_slots().empty() ? 0 : slots.size());
    std::string key;  // the same text with other known values is another test
    for (const std::uint32_t each : tests.used_slots()) {
        can = can && is_known(slots[each]);
        if (!can) continue;
        given[each] = store_.at(slots[each].scalar).constant;
        key += '|' + std::to_string(slots[each].scalar);
    }
    if (!can) return diagrams::falsehood;
    if (store_.is_truth_valued(column)) {
        const auto accepts = [&](diagram is) { return tests.accepts(with_, given, store_.at(is).constant).is_true(); };
        const bool when_true = accepts(diagrams::truth);
        if (when_true == accepts(diagrams::falsehood)) return when_true ? diagrams::truth : diagrams::falsehood;
        return when_true ? column : store_.opposite(column);
    }
    return store_.mapped(std::span<const diagram>(&column, 1), [&](std::span<const diagram> of) {
        if (store_.is_mark(of[0])) return diagrams::falsehood;
        if (store_.is_opaque(of[0])) return accepted_term(tests, of[0], key);
        const bool accepts = tests.accepts(with_, given, store_.at(of[0]).constant).is_true();
        return accepts ? diagrams::truth : diagrams::falsehood;
    });
}

POLKU_DECL bool regions::table_guards(const dmn::compiled_table& table, values slots, std::vector<diagram>& guards,
                                      diagram& refused) {
    bool can = true;
    std::vector<diagram> columns;
    for (const auto& column : table.inputs) {
        if (column.same_as < columns.size()) {
            columns.push_back(columns[column.same_as]);
        } else {
            columns.push_back(flat(conformed(text_value(column.expression, slots), column.type.get())));
        }
        if (!column.values) continue;
        const diagram is_null = compared(feel::syntax_operator::equal, columns.back(), diagrams::null);
        const diagram inside = store_.either(is_null, accepted(column.values, columns.back(), slots, can));
        refused = store_.either(store_.opposite(inside), refused);
    }
    guards.assign(table.rules.size(), diagrams::truth);
    std::vector<std::pair<std::size_t, diagram>> known(table.distinct_cells.size(), {columns.size(), diagrams::none});
    for (std::size_t column = 0; column < columns.size() && can; ++column) {
        for (std::size_t rule = 0; rule < guards.size() && can && complete(); ++rule) {
            auto& [of, guard] = known[table.cell_place(rule, column)];  // cells repeat down a column
            if (of != column) guard = accepted(table.cell(rule, column), columns[column], slots, can);
            of = column;
            guards[rule] = store_.both(guards[rule], guard);
        }
    }
    return can && complete();
}

POLKU_DECL region_value regions::rule_value(const dmn::compiled_table& table, std::size_t rule, values slots) {
    const auto one = [&](std::size_t column) {
        if (const feel::value* const known = table.constant(rule, column)) return plain(store_.constant(*known));
        return conformed(text_value(table.output_expression(rule, column), slots), table.outputs[column].type.get());
    };
    if (table.outputs.size() == 1) return one(0);
    std::vector<region_entry> entries;
    for (std::size_t column = 0; column < table.outputs.size(); ++column)
        entries.push_back({table.outputs[column].name, one(column)});
    return {diagrams::a_context, nullptr, std::make_shared<const std::vector<region_entry>>(std::move(entries))};
}

POLKU_DECL region_value regions::default_value(const dmn::compiled_table& table, values slots) {
    const auto one = [&](const dmn::compiled_table::output& of) {
        return of.default_entry ? conformed(text_value(of.default_entry, slots), of.type.get()) : region_value();
    };
    const bool used = std::any_of(table.outputs.begin(), table.outputs.end(),
                                  [](const auto& each) { return static_cast<bool>(each.default_entry); });
    if (!used) return {};
    if (table.outputs.size() == 1) return one(table.outputs.front());
    std::vector<region_entry> entries;
    for (const auto& each : table.outputs) entries.push_back({each.name, one(each)});
    return {diagrams::a_context, nullptr, std::make_shared<const std::vector<region_entry>>(std::move(entries))};
}

/// Sorts rules by the priority of their outputs; false where an output is no constant.
POLKU_DECL bool regions::priority_order(const dmn::compiled_table& table, std::vector<std::size_t>& rules) const {
    std::vector<std::vector<std::size_t>> ranks(table.rules.size());
    for (const std::size_t rule : rules) {
        for (std::size_t column = 0; column < table.outputs.size(); ++column) {
            const feel::value* const known = table.constant(rule, column);
            if (known == nullptr) return false;
            const auto& listed = table.outputs[column].priorities;
            const auto found = std::find(listed.begin(), listed.end(), *known);
            ranks[rule].push_back(static_cast<std::size_t>(found - listed.begin()));
        }
    }
    std::stable_sort(rules.begin(), rules.end(),
                     [&](std::size_t left, std::size_t right) { return ranks[left] < ranks[right]; });
    return true;
}

/// The value of the first rule in an order that accepts; null where UNIQUE or ANY forbid what accepts together.
POLKU_DECL region_value regions::one_of(const dmn::compiled_table& table, std::span<const std::size_t> order,
                                        std::span<const diagram> guards, values slots, bool& can) {
    region_value made = default_value(table, slots);
    diagram seen = diagrams::falsehood;  // by a later rule
    diagram broken = diagrams::falsehood;
    for (std::size_t at = order.size(); at-- > 0 && can;) {
        const diagram guard = guards[order[at]];
        if (guard == diagrams::falsehood) continue;
        const region_value rule = rule_value(table, order[at], slots);
        const diagram together = store_.both(seen, guard);
        if (table.hit_policy == dmn::hit_policy::unique) {
            broken = store_.either(together, broken);
        } else if (table.hit_policy == dmn::hit_policy::any && together != diagrams::falsehood) {
            const diagram sides[] = {together, flat(rule), flat(made)};
            can = is_small(store_, sides[1]) && is_small(store_, sides[2]);
            const diagram differ = store_.mapped(sides, [](std::span<const diagram> of) {
                return of[0] == diagrams::truth && of[1] != of[2] ? diagrams::truth : diagrams::falsehood;
            });
            broken = store_.either(differ, broken);
        }
        made = chosen(guard, rule, made);
        seen = store_.either(guard, seen);
    }
    return chosen(broken, region_value(), made);
}

/// The values of all rules that accept, as a list or joined by the table's aggregation.
POLKU_DECL region_value regions::all_of(const dmn::compiled_table& table, std::span<const std::size_t> order,
                                        std::span<const diagram> guards, values slots, bool& can) {
    using dmn::aggregation;
    const bool is_list = table.hit_policy != dmn::hit_policy::collect || table.aggregation == aggregation::none;
    std::vector<region_item> items;
    diagram seen = diagrams::falsehood;
    diagram joined = table.aggregation == aggregation::count ? store_.constant(feel::value(0)) : diagrams::absent;
    for (const std::size_t rule : order) {
        if (guards[rule] == diagrams::falsehood) continue;
        items.push_back({guards[rule], rule_value(table, rule, slots)});
        seen = store_.either(guards[rule], seen);
        if (is_list) continue;
        const diagram sides[] = {guards[rule], flat(items.back().is), joined};
        can = can && is_small(store_, sides[1]) && is_small(store_, joined) && complete();
        if (!can) return {};
        joined = store_.mapped(sides, [&](std::span<const diagram> of) {
            if (of[0] != diagrams::truth) return of[2];
            if (of[2] == diagrams::absent) return of[1];
            const feel::value& before = store_.at(of[2]).constant;
            const feel::value& next = store_.at(of[1]).constant;
            if (table.aggregation == aggregation::count)
                return store_.constant(feel::add(before, feel::value(1), with_));
            if (table.aggregation == aggregation::sum) return store_.constant(feel::add(before, next, with_));
            bool comparable = false;
            const int sign = feel::compare(next, before, with_, comparable);
            if (!comparable) return diagrams::null;
            return (table.aggregation == aggregation::min ? sign < 0 : sign > 0) ? of[1] : of[2];
        });
    }
    return chosen(seen, is_list ? list_of(std::move(items)) : plain(joined), default_value(table, slots));
}

POLKU_DECL region_value regions::table_value(const dmn::compiled_table& table, values slots, bool& can) {
    using dmn::hit_policy;
    std::vector<diagram> guards;
    diagram refused = diagrams::falsehood;
    can = table_guards(table, slots, guards, refused);
    if (!can) return {};
    std::vector<std::size_t> order(guards.size());
    for (std::size_t each = 0; each < order.size(); ++each) order[each] = each;
    const bool by_priority = table.hit_policy == hit_policy::priority || table.hit_policy == hit_policy::output_order;
    can = !by_priority || priority_order(table, order);
    if (!can) return {};
    const bool many = table.hit_policy == hit_policy::output_order || table.hit_policy == hit_policy::rule_order ||
                      table.hit_policy == hit_policy::collect;
    const region_value made =
        many ? all_of(table, order, guards, slots, can) : one_of(table, order, guards, slots, can);
    return can ? chosen(refused, region_value(), made) : region_value();
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
