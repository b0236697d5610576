// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>
#include <map>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// The tables of the sources by where they stand; nesting is bounded by the reader.
using written_tables = std::map<std::pair<std::uint32_t, std::uint32_t>, const boxed_expression*>;

POLKU_DECL void collect_tables(const boxed_expression* from, written_tables& into) {
    if (from == nullptr) return;
    if (std::get_if<decision_table>(&from->is)) into[{from->at.line, from->at.column}] = from;
    if (const auto* context = std::get_if<boxed_context>(&from->is))
        for (const context_entry& each : context->entries) collect_tables(each.value.get(), into);
    if (const auto* list = std::get_if<boxed_list>(&from->is))
        for (const boxed_pointer& each : list->items) collect_tables(each.get(), into);
    if (const auto* rows = std::get_if<relation>(&from->is))
        for (const auto& row : rows->rows)
            for (const boxed_pointer& each : row) collect_tables(each.get(), into);
    if (const auto* call = std::get_if<invocation>(&from->is)) {
        collect_tables(call->callee.get(), into);
        for (const binding& each : call->bindings) collect_tables(each.value.get(), into);
    }
    if (const auto* function = std::get_if<function_definition>(&from->is)) collect_tables(function->body.get(), into);
    if (const auto* choice = std::get_if<conditional>(&from->is))
        for (const boxed_pointer* each : {&choice->condition, &choice->then, &choice->otherwise})
            collect_tables(each->get(), into);
    if (const auto* filtered = std::get_if<filter>(&from->is))
        for (const boxed_pointer* each : {&filtered->in, &filtered->match}) collect_tables(each->get(), into);
    if (const auto* loop = std::get_if<iterator>(&from->is))
        for (const boxed_pointer* each : {&loop->in, &loop->body}) collect_tables(each->get(), into);
}

POLKU_DECL std::vector<written_tables> tables_of_sources(std::span<const model> sources) {
    std::vector<written_tables> made(sources.size());
    for (std::size_t at = 0; at < sources.size(); ++at) {
        for (const decision& each : sources[at].decisions) collect_tables(each.logic.get(), made[at]);
        for (const business_knowledge_model& each : sources[at].knowledge_models)
            if (each.logic) collect_tables(each.logic->body.get(), made[at]);
    }
    return made;
}

POLKU_DECL void find_written(table_study& of, std::span<const model> sources,
                             const std::vector<written_tables>& tables) {
    const std::uint32_t in = of.node().model;
    if (in >= sources.size()) return;
    of.source = sources[in].source;
    const auto found = tables[in].find({of.place.at.line, of.place.at.column});
    if (found == tables[in].end()) return;
    const auto& written = std::get<decision_table>(found->second->is);
    if (written.rules.size() != of.table().rules.size() || written.inputs.size() != of.table().inputs.size()) return;
    of.written = &written;
}

POLKU_DECL void study_table(table_study& of) {
    feel::evaluation_context with;
    table_verdicts& says = of.verdicts;
    says.decision = of.decision;
    says.table = of.table().id;
    says.at = place_of_table(of);
    says.hit_policy = of.table().hit_policy;
    says.rules = of.table().rules.size();
    says.columns = of.table().inputs.size();
    of.dead = index_set(says.rules);
    for (std::uint32_t rule = 0; rule < says.rules; ++rule) {
        auto& row = of.constants.emplace_back();
        for (std::uint32_t column = 0; column < of.table().outputs.size(); ++column) {
            const feel::value* constant = of.table().constant(rule, column);
            row.push_back(constant ? std::optional<feel::value>(*constant) : std::nullopt);
        }
    }
    constexpr std::size_t most_columns = 256;  // the search nests as deep
    if (says.columns > most_columns || !build_axes(of, with)) {
        says.out_of_work = true;
        says.complete = has_default(of.table()) ? verdict::proved : verdict::unknown;
        says.consistent = says.reachable = verdict::unknown;
        of.axes.clear();
        return;
    }
    says.opaque = of.opaque;
    find_refused_literals(of, with);
    for (void (*question)(table_study&) : {find_rules_never_chosen, find_gaps, find_overlaps, find_advice}) {
        of.next_question();
        question(of);
    }
}

}  // namespace detail

POLKU_DECL verdict analysis_report::overall() const noexcept {
    const bool open = std::any_of(tables.begin(), tables.end(), [](const table_verdicts& each) {
        return each.complete == verdict::unknown || each.consistent == verdict::unknown;
    });
    if (open) return verdict::unknown;
    const bool wrong = std::any_of(findings.begin(), findings.end(),
                                   [](const finding& each) { return each.severity != severity::note; });
    return wrong ? verdict::counterexample : verdict::proved;
}

POLKU_DECL analysis_report analyse(const program& of, std::span<const model> sources, const analysis_options& with) {
    analysis_report made;
    const detail::program_data* data = detail::program_data::of(of);
    if (data == nullptr) return made;
    const auto written = detail::tables_of_sources(sources);
    std::vector<std::unique_ptr<detail::table_study>> studies(data->tables.size());
    std::vector<detail::output_set> outputs(data->nodes.size());
    std::vector<std::vector<std::size_t>> tables_of(data->nodes.size());
    for (std::size_t at = 0; at < data->tables.size(); ++at) tables_of[data->tables[at].node].push_back(at);
    feel::evaluation_context plain;
    for (const std::uint32_t node : detail::nodes_in_order(*data)) {
        for (const std::size_t at : tables_of[node]) {
            studies[at] = std::make_unique<detail::table_study>(
                detail::table_study{*data, data->tables[at], with, studies, outputs});
            for (const decision_info& each : data->decisions)
                if (each.ref.index == node) studies[at]->decision = each.name;
            detail::find_written(*studies[at], sources, written);
            detail::study_table(*studies[at]);
        }
        outputs[node] = detail::outputs_of_node(*data, node, studies, plain);
    }
    for (const auto& study : studies) {
        made.tables.push_back(std::move(study->verdicts));
        for (finding& each : study->found) made.findings.push_back(std::move(each));
    }
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
