// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_WHY_NOT_IPP
#define POLKU_IMPL_DMN_WHY_NOT_IPP

#include <polku/dmn/why_not.hpp>

#include <utility>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// The causes of the nulls in the answer: those of the decision's own step, or of a service's output decisions.
POLKU_DECL void take_null_causes(const trace& from, decision_ref what, std::vector<null_cause>& into) {
    const trace_step* own = nullptr;
    for (const trace_step& each : from.steps)
        if (each.run == 0 && each.node == what.index) own = &each;
    if (own) {
        into = own->nulls;
        return;
    }
    for (const trace_step& each : from.steps)
        if (each.run == 0) into.insert(into.end(), each.nulls.begin(), each.nulls.end());
}

}  // namespace detail

POLKU_DECL result<why_not_report> try_why_not(const program& from, decision_ref what, const feel::context& inputs,
                                              feel::evaluation_context& with, const trace_options& options) {
    trace seen;
    seen.with = options;
    POLKU_TRY(feel::value value, try_evaluate(from, what, inputs, with, &seen));
    why_not_report made;
    made.value = std::move(value);
    detail::take_null_causes(seen, what, made.nulls);
    bool found = options.rule.empty();
    for (trace_step& step : seen.steps) {
        for (table_trace& table : step.tables) {
            found = found || !table.asked.empty();
            if (table.matched.empty() || !table.asked.empty()) made.tables.push_back({step.name, std::move(table)});
        }
    }
    if (!found)
        return error(error_code::not_found,
                     "no table that ran for '" + from.info(what).name + "' has the rule '" + options.rule +
                         "'; give its id, or its number counted from 1",
                     {.element = from.info(what).name});
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
