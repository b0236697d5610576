// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_DECISION_TABLE_IPP
#define POLKU_IMPL_DMN_DECISION_TABLE_IPP

#include <polku/dmn/decision_table.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// Rule masks of up to 1 024 rules stay on the stack.
class mask_buffer {
public:
    explicit mask_buffer(std::size_t words) : words_(words) {
        if (words > inline_.size()) heap_ = std::make_unique<std::uint64_t[]>(words);
    }
    std::uint64_t* data() noexcept { return heap_ ? heap_.get() : inline_.data(); }
    std::size_t size() const noexcept { return words_; }

private:
    std::array<std::uint64_t, 16> inline_;
    std::unique_ptr<std::uint64_t[]> heap_;
    std::size_t words_;
};

/// One table evaluation: which atom each column's input is in.
struct match_run {
    const compiled_table& table;
    feel::evaluation_context& with;
    std::span<const feel::value> slots;
    std::span<const feel::value> inputs;
    std::size_t limit;
    std::vector<std::uint32_t>& out;
    std::vector<std::uint32_t> atoms;
};

/// A rule that the masks let through still has to pass its opaque cells, and all cells of columns without an atom.
POLKU_DECL bool survives(const match_run& run, std::uint32_t rule) {
    const auto& columns = run.table.index.columns;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (run.atoms[at] != column_index::no_atom && !columns[at].is_opaque(rule)) continue;
        if (!run.table.cell(rule, at).accepts(run.with, run.slots, run.inputs[at]).is_true()) return false;
    }
    return true;
}

POLKU_DECL bool accepted_by_sparse(const match_run& run, std::uint32_t rule) {
    const auto& columns = run.table.index.columns;
    for (std::size_t at = 0; at < columns.size(); ++at)
        if (!columns[at].is_dense() && run.atoms[at] != column_index::no_atom &&
            !columns[at].accepts(run.atoms[at], rule))
            return false;
    return true;
}

POLKU_DECL void match_by_masks(match_run& run) {
    const auto& columns = run.table.index.columns;
    mask_buffer mask((run.table.rules.size() + 63) / 64);
    std::uint64_t* words = mask.data();
    std::fill_n(words, mask.size(), ~std::uint64_t{0});
    if (const std::size_t rest = run.table.rules.size() % 64; rest != 0)
        words[mask.size() - 1] = (std::uint64_t{1} << rest) - 1;
    bool all_dense = true;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        all_dense = all_dense && columns[at].is_dense();
        if (!columns[at].is_dense() || run.atoms[at] == column_index::no_atom) continue;
        const std::uint64_t* row = columns[at].mask(run.atoms[at]);
        for (std::size_t word = 0; word < mask.size(); ++word) words[word] &= row[word];
    }
    for (std::size_t word = 0; word < mask.size(); ++word) {
        for (std::uint64_t left = words[word]; left != 0; left &= left - 1) {
            const auto rule = static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
            if ((!all_dense && !accepted_by_sparse(run, rule)) || !survives(run, rule)) continue;
            run.out.push_back(rule);
            if (run.out.size() == run.limit) return;
        }
    }
}

/// The sparse column with the fewest candidates, or none when only dense ones have an atom.
POLKU_DECL std::size_t most_selective_column(const match_run& run) {
    const auto& columns = run.table.index.columns;
    std::size_t best = columns.size();
    std::size_t fewest = run.table.rules.size();
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (columns[at].is_dense() || run.atoms[at] == column_index::no_atom) continue;
        const std::size_t count = columns[at].candidate_count(run.atoms[at]);
        if (count >= fewest && best != columns.size()) continue;
        best = at;
        fewest = count;
    }
    return best;
}

POLKU_DECL void match_by_candidates(match_run& run, std::size_t from) {
    const auto& columns = run.table.index.columns;
    std::vector<std::uint32_t> rules;
    columns[from].candidates(run.atoms[from], rules);
    std::sort(rules.begin(), rules.end());
    for (const std::uint32_t rule : rules) {
        bool accepted = true;
        for (std::size_t at = 0; accepted && at < columns.size(); ++at)
            accepted = at == from || run.atoms[at] == column_index::no_atom || columns[at].accepts(run.atoms[at], rule);
        if (!accepted || !survives(run, rule)) continue;
        run.out.push_back(rule);
        if (run.out.size() == run.limit) return;
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
    feel::context made;
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
    if (table.outputs.size() == 1) return rule_output(table, rule, 0, with, slots);
    feel::context made;
    made.reserve(table.outputs.size());
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

POLKU_DECL std::size_t match_limit(hit_policy policy, std::size_t rules) noexcept {
    if (policy == hit_policy::first) return 1;
    return policy == hit_policy::unique ? 2 : std::max<std::size_t>(rules, 1);
}

/// Evaluates the input expressions; a null result with a reason means that one is outside its input values.
POLKU_DECL bool evaluate_inputs(const compiled_table& table, feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::vector<feel::value>& out) {
    out.reserve(table.inputs.size());
    for (std::size_t at = 0; at < table.inputs.size(); ++at) {
        const auto& column = table.inputs[at];
        if (column.same_as != at) {
            out.push_back(out[column.same_as]);
        } else {
            out.push_back(column.expression.evaluate(with, slots));
            if (column.type) out.back() = conform(out.back(), *column.type, with);
        }
        if (column.values && !out.back().is_null() && !column.values.accepts(with, slots, out.back()).is_true())
            return false;
    }
    return true;
}

POLKU_DECL void record_table(const compiled_table& table, const std::vector<feel::value>& inputs,
                             const std::vector<std::uint32_t>& matched, const std::vector<feel::value>& results,
                             bool used_default, const feel::value& result, feel::evaluation_context& with) {
    auto& into = *static_cast<trace*>(with.observer());
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
    into.open.push_back(std::move(made));
}

}  // namespace detail

POLKU_DECL void reference_matches(const compiled_table& table, feel::evaluation_context& with,
                                  std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                  std::size_t limit, std::vector<std::uint32_t>& out) {
    for (std::size_t rule = 0; rule < table.rules.size() && out.size() < limit; ++rule) {
        bool accepted = true;
        for (std::size_t at = 0; accepted && at < inputs.size(); ++at)
            accepted = table.cell(rule, at).accepts(with, slots, inputs[at]).is_true();
        if (accepted) out.push_back(static_cast<std::uint32_t>(rule));
    }
}

POLKU_DECL void indexed_matches(const compiled_table& table, feel::evaluation_context& with,
                                std::span<const feel::value> slots, std::span<const feel::value> inputs,
                                std::size_t limit, std::vector<std::uint32_t>& out) {
    if (table.rules.empty()) return;
    detail::match_run run{table, with, slots, inputs, limit, out, {}};
    run.atoms.reserve(inputs.size());
    for (std::size_t at = 0; at < inputs.size(); ++at)
        run.atoms.push_back(table.index.columns[at].locate(inputs[at], with));
    const std::size_t from = detail::most_selective_column(run);
    if (from == table.index.columns.size())
        detail::match_by_masks(run);
    else
        detail::match_by_candidates(run, from);
}

POLKU_DECL std::uint32_t compiled_table::add_output(feel::expression of, std::size_t column) {
    output_entry made;
    made.column = static_cast<std::uint32_t>(column);
    if (auto constant = of.constant()) {
        made.constant = std::move(*constant);
    } else {
        made.expression = static_cast<std::uint32_t>(output_expressions.size());
        output_expressions.push_back(std::move(of));
    }
    distinct_outputs.push_back(std::move(made));
    return static_cast<std::uint32_t>(distinct_outputs.size() - 1);
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
    index.rules = rules.size();
    for (std::size_t column = 0; use_index && column < inputs.size(); ++column) {
        std::vector<const feel::unary_tests*> column_cells;
        column_cells.reserve(rules.size());
        for (std::size_t at = 0; at < rules.size(); ++at) column_cells.push_back(&cell(at, column));
        index.columns.emplace_back().build(column_cells, with);
    }
}

POLKU_DECL feel::value evaluate_table(const compiled_table& table, feel::evaluation_context& with,
                                      std::span<const feel::value> slots) {
    std::vector<feel::value> inputs;
    std::vector<std::uint32_t> matched;
    std::vector<feel::value> results;
    feel::value made;
    bool used_default = false;
    if (!detail::evaluate_inputs(table, with, slots, inputs)) {
        made = feel::value(feel::null_reason::constraint_violated);
    } else {
        const std::size_t limit = detail::match_limit(table.hit_policy, table.rules.size());
        if (table.use_index)
            indexed_matches(table, with, slots, inputs, limit, matched);
        else
            reference_matches(table, with, slots, inputs, limit, matched);
        for (const std::uint32_t rule : matched) results.push_back(detail::rule_result(table, rule, with, slots));
        const bool traced = with.observer() != nullptr;
        if (matched.empty())
            made = detail::default_result(table, with, slots, used_default);
        else
            made = detail::joined_result(table, traced ? results : std::move(results), with);
    }
    if (with.observer()) detail::record_table(table, inputs, matched, results, used_default, made, with);
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
