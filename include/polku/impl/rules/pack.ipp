// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_PACK_IPP
#define POLKU_IMPL_RULES_PACK_IPP

#include <polku/dmn/trace.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/rules/pack.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

inline pack compiled_pack::made(std::shared_ptr<const compiled_pack> data) {
    pack made;
    made.data_ = std::move(data);
    return made;
}

POLKU_DECL std::string day_text(const std::optional<time::date>& day) {
    return day ? time::to_string(*day) : "an open end";
}

}  // namespace detail

POLKU_DECL const pack_definition& pack::says() const noexcept { return data_->says; }

POLKU_DECL const dmn::program& pack::program_of(const pack_version& version) const noexcept {
    return data_->programs.find(version.model)->second;
}

POLKU_DECL result<const pack_version*> pack::try_version(time::date decided, time::date event,
                                                         const transition** by) const {
    for (const transition& each : data_->says.transitions) {
        const bool holds =
            (!each.event || each.event->contains(event)) && (!each.decided || each.decided->contains(decided));
        if (!holds) continue;
        if (by != nullptr) *by = &each;
        return data_->find_version(each.version);
    }
    for (const pack_version& each : data_->says.versions)
        if (date_interval{each.from, each.before}.contains(decided)) return &each;
    return error(error_code::pack_not_in_force, "the pack '" + data_->says.id + "' has no version for decisions of " +
                                                    time::to_string(decided) + "; it has " +
                                                    detail::versions_text(data_->says.versions));
}

POLKU_DECL result<const parameter_value*> pack::try_parameter(std::string_view name, const pack_version& of,
                                                              time::date decided, time::date event) const {
    const parameter* const says = data_->find_parameter(name);
    if (says == nullptr) return error(error_code::not_found, "the pack has no parameter '" + std::string(name) + "'");
    time::date day = says->by == date_choice::event ? event : decided;
    // Older rules that a provision keeps alive have the figures of their own last days, newer ones of their first.
    if (of.before && day >= *of.before) day = of.before->plus_days(-1).value_or(of.from);
    if (day < of.from) day = of.from;
    for (const parameter_value& each : says->series)
        if (date_interval{each.from, each.before}.contains(day)) return &each;
    return error(error_code::pack_not_in_force, "the parameter '" + says->name + "' has no value on " +
                                                    time::to_string(day) + "; its series begins on " +
                                                    time::to_string(says->series.front().from) + " and ends at " +
                                                    detail::day_text(says->series.back().before));
}

namespace detail {

POLKU_DECL result<const pack_version*> try_version_of(const pack& from, const pack_question& asked,
                                                      const transition** by) {
    if (asked.variant.empty()) return from.try_version(asked.decided, asked.event.value_or(asked.decided), by);
    const pack_definition& says = from.says();
    const pack_version* const version = compiled_pack::of(from).find_version(asked.variant);
    if (version != nullptr) return version;
    return no_such(
        "version", asked.variant,
        versions_text(says.versions) + (says.variants.empty() ? "" : "; variants: ") + versions_text(says.variants));
}

POLKU_DECL error no_such_decision(const compiled_pack& data, const pack_version& version, std::string_view name) {
    const dmn::program& program = data.programs.find(version.model)->second;
    std::string known;
    for (const pack_decision& each : data.says.decisions)
        if (program.find(each.name)) known += (known.empty() ? "'" : ", '") + each.name + "'";
    return no_such("decision", name, known + " (" + version.id + ")");
}

}  // namespace detail

POLKU_DECL result<pack_answer> pack::try_decide(const pack_question& asked) const {
    pack_answer answer;
    POLKU_TRY(const detail::question_place place, detail::try_place(*this, *data_, asked, answer.by_transition));
    answer.version = place.version->id;
    detail::question_inputs given(*this, *data_, *place.version, asked, answer);
    POLKU_TRY(const feel::context inputs, given.try_make(*place.program, place.decision));
    feel::evaluation_context with;
    dmn::trace trace;
    trace.with.nearest = 0;
    trace.with.nulls = false;
    POLKU_TRY(answer.value, dmn::try_evaluate(*place.program, place.decision, inputs, with, &trace));
    answer.values = inputs;
    for (const dmn::trace_step& step : trace.steps) {
        answer.values.set(step.name, step.value);
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched) {
                answer.rules.push_back(rule.id);
                answer.matched.push_back({step.name, rule.id, static_cast<std::int64_t>(rule.index)});
            }
    }
    return answer;
}

POLKU_DECL result<pack> try_compile_pack(pack_definition says, const pack_sources& with) {
    auto data = std::make_shared<detail::compiled_pack>();
    data->says = std::move(says);
    detail::pack_findings notes{with.name, with.max_findings, {}};
    detail::check_pack(*data, with, notes);
    if (notes.found.empty()) return detail::compiled_pack::made(std::move(data));
    error first = std::move(notes.found.front());
    for (std::size_t at = 1; at < notes.found.size(); ++at) first.because(std::move(notes.found[at]));
    return first;
}

}  // namespace polku::inline POLKU_V::rules

#endif
