// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_DECISION_TABLE_IPP
#define POLKU_IMPL_DMN_DECISION_TABLE_IPP

#include <polku/dmn/decision_table.hpp>
#include <polku/dmn/detail/short_array.hpp>
#include <polku/dmn/nearest_rules.hpp>
#include <polku/dmn/rule_cursor.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// Rules that matched. Hit policies that look at two at most take no memory.
class rule_hits {
public:
    explicit rule_hits(std::size_t limit) : limit_(limit) {}
    /// False once no more are wanted.
    bool add(std::uint32_t rule) {
        if (limit_ > few_.size())
            many_.push_back(rule);
        else
            few_[size_] = rule;
        return ++size_ < limit_;
    }
    std::size_t limit() const noexcept { return limit_; }
    std::span<const std::uint32_t> rules() const noexcept {
        return {limit_ > few_.size() ? many_.data() : few_.data(), size_};
    }

private:
    std::size_t limit_;
    std::size_t size_ = 0;
    std::array<std::uint32_t, 2> few_{};
    std::vector<std::uint32_t> many_;
};

/// A rule that the masks let through still has to pass its opaque cells, and all cells of columns without an atom.
POLKU_DECL bool survives(const compiled_table& table, feel::evaluation_context& with,
                         std::span<const feel::value> slots, std::span<const feel::value> inputs,
                         std::span<const std::uint32_t> rows, std::uint32_t rule) {
    const auto& columns = table.index.columns;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (rows[at] != column_index::no_atom && !columns[at].is_opaque(rule)) continue;
        if (!table.accepts(rule, at, with, slots, inputs[at]).is_true()) return false;
    }
    return true;
}

POLKU_DECL void match_by_index(const compiled_table& table, feel::evaluation_context& with,
                               std::span<const feel::value> slots, std::span<const feel::value> inputs,
                               rule_hits& out) {
    if (table.rules.empty()) return;
    const auto& columns = table.index.columns;
    short_array<std::uint32_t, 16> rows(columns.size());
    bool settled = true;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        rows[at] = columns[at].row_of(columns[at].locate(inputs[at], with));
        settled = settled && rows[at] != column_index::no_atom && !columns[at].has_opaque();
    }
    rule_cursor found(table.index, rows);
    for (std::uint32_t rule = found.next(); rule != rule_cursor::end; rule = found.next()) {
        if (!settled && !survives(table, with, slots, inputs, rows, rule)) continue;
        if (!out.add(rule)) return;
    }
}

POLKU_DECL void match_by_rules(const compiled_table& table, feel::evaluation_context& with,
                               std::span<const feel::value> slots, std::span<const feel::value> inputs,
                               rule_hits& out) {
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
        bool accepted = true;
        for (std::size_t at = 0; accepted && at < inputs.size(); ++at)
            accepted = table.accepts(rule, at, with, slots, inputs[at]).is_true();
        if (accepted && !out.add(static_cast<std::uint32_t>(rule))) return;
    }
}

/// What a table answers when no rule accepts: its default outputs, if it has any.
POLKU_DECL feel::value default_result(const compiled_table& table, feel::evaluation_context& with,
                                      std::span<const feel::value> slots, bool& used) {
    used = std::any_of(table.outputs.begin(), table.outputs.end(),
                       [](const compiled_table::output& each) { return static_cast<bool>(each.default_entry); });
    if (!used) return feel::value(feel::null_reason::no_rule_matched);
    const auto one = [&](const compiled_table::output& each) {
        feel::value made = each.default_entry ? each.default_entry.evaluate(with, slots) : feel::value();
        return each.type ? conform(made, *each.type, with) : made;
    };
    if (table.outputs.size() == 1) return one(table.outputs.front());
    feel::context made = feel::context::like(table.output_names);
    for (const auto& each : table.outputs) made.set(each.name, one(each));
    return feel::value(std::move(made));
}

POLKU_DECL feel::value rule_output(const compiled_table& table, std::uint32_t rule, std::size_t column,
                                   feel::evaluation_context& with, std::span<const feel::value> slots) {
    if (const feel::value* known = table.constant(rule, column)) return *known;
    feel::value made = table.output_expression(rule, column).evaluate(with, slots);
    const auto& type = table.outputs[column].type;
    return type ? conform(made, *type, with) : made;
}

POLKU_DECL feel::value rule_result(const compiled_table& table, std::uint32_t rule, feel::evaluation_context& with,
                                   std::span<const feel::value> slots) {
    if (const feel::value* known = table.result(rule)) return *known;
    if (table.outputs.size() == 1) return rule_output(table, rule, 0, with, slots);
    feel::context made = feel::context::like(table.output_names);
    for (std::size_t column = 0; column < table.outputs.size(); ++column)
        made.set(table.outputs[column].name, rule_output(table, rule, column, with, slots));
    return feel::value(std::move(made));
}

/// Rank of a value among the output values of its column; those that are not listed come last.
POLKU_DECL std::size_t rank_of(const compiled_table::output& column, const feel::value& value) {
    std::size_t rank = 0;
    while (rank < column.priorities.size() && !(column.priorities[rank] == value)) ++rank;
    return rank;
}

/// Hit rules by descending priority of their outputs, the first column deciding first; equal ones stay in rule order.
POLKU_DECL void order_by_priority(const compiled_table& table, std::vector<feel::value>& results) {
    std::vector<std::vector<std::size_t>> ranks;
    for (const feel::value& each : results) {
        auto& of = ranks.emplace_back();
        if (table.outputs.size() == 1) of.push_back(rank_of(table.outputs.front(), each));
        for (std::size_t column = 0; table.outputs.size() > 1 && column < table.outputs.size(); ++column)
            of.push_back(rank_of(table.outputs[column], each.as_context()[column].value));
    }
    std::vector<std::size_t> order(results.size());
    for (std::size_t each = 0; each < order.size(); ++each) order[each] = each;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t left, std::size_t right) { return ranks[left] < ranks[right]; });
    std::vector<feel::value> sorted;
    for (const std::size_t each : order) sorted.push_back(std::move(results[each]));
    results = std::move(sorted);
}

POLKU_DECL feel::value aggregate(aggregation how, std::vector<feel::value> results, feel::evaluation_context& with) {
    if (how == aggregation::none) return feel::value(std::move(results));
    if (how == aggregation::count) return feel::value(static_cast<std::int64_t>(results.size()));
    feel::value made = results.front();
    for (std::size_t each = 1; each < results.size(); ++each) {
        if (how == aggregation::sum) {
            made = feel::add(made, results[each], with);
            continue;
        }
        bool comparable = false;
        const int order = feel::compare(results[each], made, with, comparable);
        if (!comparable) return feel::value(feel::null_reason::not_comparable);
        if (how == aggregation::min ? order < 0 : order > 0) made = results[each];
    }
    return made;
}

POLKU_DECL feel::value only_result(hit_policy policy, std::vector<feel::value>& results) {
    if (policy == hit_policy::unique && results.size() > 1) return feel::value(feel::null_reason::hit_policy_violated);
    for (std::size_t each = 1; policy == hit_policy::any && each < results.size(); ++each)
        if (!(results[each] == results.front())) return feel::value(feel::null_reason::hit_policy_violated);
    return std::move(results.front());
}

/// Joins the results of the hit rules by the hit policy (DMN 1.5 clause 8.2.8).
POLKU_DECL feel::value joined_result(const compiled_table& table, std::vector<feel::value> results,
                                     feel::evaluation_context& with) {
    switch (table.hit_policy) {
        case hit_policy::unique:
        case hit_policy::any:
        case hit_policy::first: return only_result(table.hit_policy, results);
        case hit_policy::priority: order_by_priority(table, results); return std::move(results.front());
        case hit_policy::output_order: order_by_priority(table, results); return feel::value(std::move(results));
        case hit_policy::rule_order: return feel::value(std::move(results));
        case hit_policy::collect: return aggregate(table.aggregation, std::move(results), with);
    }
    return feel::value();
}

/// True for hit policies whose answer is that of one rule.
POLKU_DECL bool answers_one(hit_policy policy) noexcept {
    return policy == hit_policy::unique || policy == hit_policy::first || policy == hit_policy::any ||
           policy == hit_policy::priority;
}

POLKU_DECL std::size_t match_limit(hit_policy policy, std::size_t rules) noexcept {
    if (policy == hit_policy::first) return 1;
    return policy == hit_policy::unique ? 2 : std::max<std::size_t>(rules, 1);
}

/// Evaluates the input expressions; a null result with a reason means that one is outside its input values.
POLKU_DECL bool evaluate_inputs(const compiled_table& table, feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<feel::value> out, std::size_t& count) {
    for (count = 0; count < table.inputs.size(); ++count) {
        const auto& column = table.inputs[count];
        feel::value& made = out[count];
        if (column.same_as != count) {
            made = out[column.same_as];
        } else {
            made = column.expression.evaluate(with, slots);
            if (column.type) made = conform(made, *column.type, with);
        }
        if (column.values && !made.is_null() && !column.values.accepts(with, slots, made).is_true()) {
            ++count;
            return false;
        }
    }
    return true;
}

POLKU_DECL void record_table(const compiled_table& table, std::span<const feel::value> slots,
                             std::span<const feel::value> inputs, std::span<const std::uint32_t> matched,
                             std::span<const feel::value> results, bool used_default, const feel::value& result,
                             const feel::evaluation_context& with) {
    auto& into = *static_cast<trace*>(with.observer());
    if (into.recorded >= into.with.records) {
        ++into.omitted;
        return;
    }
    ++into.recorded;
    table_trace made;
    made.id = table.id;
    made.owner = table.owner;
    made.hit_policy = table.hit_policy;
    for (std::size_t at = 0; at < inputs.size(); ++at)
        made.inputs.emplace_back(std::string(table.inputs[at].expression.text()), inputs[at]);
    for (std::size_t each = 0; each < matched.size(); ++each) {
        const std::uint32_t rule = matched[each];
        made.matched.push_back(
            {rule + 1, std::string(table.rules.id(rule)), table.rules.annotations(rule), results[each]});
    }
    made.used_default = used_default;
    made.result = result;
    record_failures(table, with, slots, inputs, into, made);
    into.open.push_back(std::move(made));
}

}  // namespace detail

POLKU_DECL void reference_matches(const compiled_table& table, feel::evaluation_context& with,
                                  std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                  std::size_t limit, std::vector<std::uint32_t>& out) {
    if (limit == 0) return;
    detail::rule_hits hits(limit);
    detail::match_by_rules(table, with, slots, inputs, hits);
    out.insert(out.end(), hits.rules().begin(), hits.rules().end());
}

POLKU_DECL void indexed_matches(const compiled_table& table, feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                std::size_t limit, std::vector<std::uint32_t>& out) {
    if (limit == 0) return;
    detail::rule_hits hits(limit);
    detail::match_by_index(table, with, slots, inputs, hits);
    out.insert(out.end(), hits.rules().begin(), hits.rules().end());
}

POLKU_DECL std::uint32_t compiled_table::add_constant(feel::value of, std::size_t column) {
    output_entry& made = distinct_outputs.emplace_back();
    made.constant = std::move(of);
    made.column = static_cast<std::uint32_t>(column);
    return static_cast<std::uint32_t>(distinct_outputs.size() - 1);
}

POLKU_DECL std::uint32_t compiled_table::add_output(feel::expression of, std::size_t column) {
    if (auto constant = of.constant()) return add_constant(*std::move(constant), column);
    const std::uint32_t place = add_constant({}, column);
    distinct_outputs[place].expression = static_cast<std::uint32_t>(output_expressions.size());
    output_expressions.push_back(std::move(of));
    return place;
}

POLKU_DECL void compiled_table::finish(feel::evaluation_context& with) {
    for (std::size_t at = 0; at < inputs.size(); ++at) {
        inputs[at].same_as = static_cast<std::uint32_t>(at);
        for (std::size_t before = 0; before < at; ++before)
            if (inputs[before].expression.text() == inputs[at].expression.text() &&
                inputs[before].type == inputs[at].type && inputs[at].same_as == at)
                inputs[at].same_as = static_cast<std::uint32_t>(before);
    }
    for (output& each : outputs) {
        const feel::unary_tests& listed = each.values ? each.values : each.type ? each.type->allowed : each.values;
        if (!listed) continue;
        const auto tests = listed.simple_tests();
        for (std::size_t at = 0; tests && at < tests->size(); ++at) each.priorities.push_back((*tests)[at].operand);
    }
    for (output_entry& each : distinct_outputs) {
        const auto& type = outputs[each.column].type;
        if (type && each.expression == output_entry::no_expression) each.constant = conform(each.constant, *type, with);
    }
    join_constants();
    index.rules = rules.size();
    for (std::size_t column = 0; use_index && column < inputs.size(); ++column) {
        std::vector<const feel::unary_tests*> column_cells;
        column_cells.reserve(rules.size());
        for (std::size_t at = 0; at < rules.size(); ++at)
            column_cells.push_back(&distinct_cells.unpacked()[cell_place(at, column)]);
        index.columns.emplace_back().build(column_cells, with);
    }
    constexpr std::size_t many_cells = 1000;
    if (use_index && distinct_cells.size() > many_cells) distinct_cells.pack();
}

/// Makes the contexts of rules whose outputs are all constants, one for each combination of output entries.
POLKU_DECL void compiled_table::join_constants() {
    if (outputs.size() < 2) return;
    std::vector<std::string> names;
    for (const output& each : outputs)
        if (std::find(names.begin(), names.end(), each.name) == names.end()) names.push_back(each.name);
    if (!output_names.are(names)) output_names = feel::entry_names(std::move(names));
    std::unordered_map<std::string_view, std::uint32_t> known;
    result_of.reserve(rules.size());
    for (std::size_t at = 0; at < rules.size(); ++at) {
        const std::uint32_t* entries = &output_cells[at * outputs.size()];
        const std::string_view key(reinterpret_cast<const char*>(entries), outputs.size() * sizeof *entries);
        const auto [place, fresh] = known.emplace(key, static_cast<std::uint32_t>(results.size()));
        const bool constant = std::all_of(entries, entries + outputs.size(), [&](std::uint32_t entry) {
            return distinct_outputs[entry].expression == output_entry::no_expression;
        });
        if (!constant) {
            if (fresh) known.erase(place);
            result_of.push_back(no_result);
            continue;
        }
        result_of.push_back(place->second);
        if (!fresh) continue;
        feel::context made = feel::context::like(output_names);
        for (std::size_t column = 0; column < outputs.size(); ++column)
            made.set(outputs[column].name, distinct_outputs[entries[column]].constant);
        results.emplace_back(std::move(made));
    }
    results.shrink_to_fit();
}

POLKU_DECL feel::value evaluate_table(const compiled_table& table, feel::evaluation_context& with,
                                      std::span<const feel::value> slots) {
    detail::short_array<feel::value, 8> kept(table.inputs.size());
    const std::span<feel::value> inputs(kept.data(), kept.size());
    std::size_t known = 0;
    detail::rule_hits hits(detail::match_limit(table.hit_policy, table.rules.size()));
    feel::value made;
    bool used_default = false;
    std::vector<feel::value> results;
    if (!detail::evaluate_inputs(table, with, slots, inputs, known)) {
        made = feel::value(feel::null_reason::constraint_violated);
    } else {
        if (table.use_index)
            detail::match_by_index(table, with, slots, inputs, hits);
        else
            detail::match_by_rules(table, with, slots, inputs, hits);
        const auto matched = hits.rules();
        if (matched.empty()) {
            made = detail::default_result(table, with, slots, used_default);
        } else if (matched.size() == 1 && detail::answers_one(table.hit_policy) && with.observer() == nullptr) {
            return detail::rule_result(table, matched.front(), with, slots);
        } else {
            results.reserve(matched.size());
            for (const std::uint32_t rule : matched) results.push_back(detail::rule_result(table, rule, with, slots));
            made = detail::joined_result(table, with.observer() ? results : std::exchange(results, {}), with);
        }
    }
    if (with.observer())
        detail::record_table(table, slots, inputs.first(known), hits.rules(), results, used_default, made, with);
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
