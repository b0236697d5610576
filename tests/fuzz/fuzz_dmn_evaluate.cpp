// SPDX-License-Identifier: Apache-2.0
// Bytes choose a model and inputs. Every decision answers the same by index, rule by rule and with a trace; why-not
// says of each table without a match which cells fail, and never names a rule that accepts.
#include "random_model.hpp"

#include <polku/dmn/analysis.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/why_not.hpp>
#include <polku/dmn/xml_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

using namespace polku;

namespace {

result<dmn::program> compiled(const std::string& text, bool reference) {
    auto model = dmn::try_read_model(text, "fuzz.dmn");
    if (!model) return std::move(model).error();
    std::vector<dmn::model> models;
    models.push_back(std::move(*model));
    dmn::compile_options options;
    options.reference_tables = reference;
    return dmn::try_compile(std::move(models), options);
}

void limit(feel::evaluation_context& with) {
    feel::limits bounds;
    bounds.steps = 20'000;
    bounds.depth = 100;
    bounds.list_length = 2'000;
    bounds.text_bytes = 1U << 14U;
    bounds.regex_steps = 10'000;
    with.set_limits(bounds);
    with.set_now(time::date_time{});
}

using rule_place = std::pair<std::string, std::uint32_t>;  // id of the table, rule from 1

std::vector<rule_place> never_met(const dmn::program& program) {
    dmn::analysis_options options;
    options.max_work = 20'000;
    options.max_replays = 50;
    std::vector<rule_place> made;
    for (const dmn::finding& each : dmn::analyse(program, {}, options).findings)
        if (each.is == dmn::finding_kind::never_matches && each.says == dmn::verdict::proved && !each.rules.empty())
            made.emplace_back(each.table, each.rules.front());
    return made;
}

void check_trace(const dmn::trace& seen, const std::vector<rule_place>& never) {
    for (const dmn::trace_step& step : seen.steps)
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched)
                if (std::find(never.begin(), never.end(), rule_place(table.id, rule.index)) != never.end())
                    std::abort();
}

void check_report(const dmn::why_not_report& report) {
    for (const dmn::why_not_table& each : report.tables) {
        std::size_t failing = 1;
        for (const dmn::near_rule& rule : each.table.nearest) {
            if (rule.failing.size() < failing) std::abort();
            failing = rule.failing.size();
        }
    }
    for (const dmn::null_cause& each : report.nulls)
        if (each.chain.empty()) std::abort();
}

void compare(const dmn::program& fast, const dmn::program& reference, const std::string& name,
             const feel::context& inputs, const std::vector<rule_place>& never) {
    feel::evaluation_context with;
    limit(with);
    const auto left = dmn::try_evaluate(fast, *fast.find(name), inputs, with);
    const auto right = dmn::try_evaluate(reference, *reference.find(name), inputs, with);
    const auto told = dmn::try_why_not(fast, *fast.find(name), inputs, with);
    if (static_cast<bool>(left) != static_cast<bool>(told)) std::abort();
    if (left && feel::to_string(*left) != feel::to_string(told->value)) std::abort();
    if (told) check_report(*told);
    if (!never.empty()) {
        dmn::trace seen;
        (void)dmn::try_evaluate(fast, *fast.find(name), inputs, with, &seen);
        check_trace(seen, never);
    }
    // The two count their work differently, so one may pass a limit alone.
    if (left && right && feel::to_string(*left) != feel::to_string(*right)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tests::choices from(data, size);
    tests::random_model model(from);
    const std::string text = model.build();
    const auto fast = compiled(text, false);
    const auto reference = compiled(text, true);
    if (static_cast<bool>(fast) != static_cast<bool>(reference)) std::abort();
    if (!fast) return 0;
    const std::vector<rule_place> never = never_met(*fast);
    for (int turn = 0; turn < 3; ++turn) {
        feel::context inputs;
        for (const char* name : {"a", "b", "c"})
            if (from.below(8) != 7) inputs.set(name, model.input());
        for (const std::string& each : model.decisions()) compare(*fast, *reference, each, inputs, never);
    }
    return 0;
}
