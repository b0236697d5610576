// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_GROUND_FINDER_IPP
#define POLKU_IMPL_RULES_GROUND_FINDER_IPP

#include <polku/dmn/trace.hpp>
#include <polku/feel/context.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/number.hpp>
#include <polku/impl/rules/detail/ground_finder.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules::detail {

inline void add_number_trials(const feel::number& own, const std::vector<feel::value>& figures,
                              std::vector<feel::value>& into) {
    // Past every threshold of law on either side, the next ones, and each figure itself.
    constexpr std::int64_t far = 1'000'000'000;
    for (const std::int64_t step : {std::int64_t{1}, std::int64_t{-1}})
        if (const auto near = feel::add(own, feel::number::from_scaled(step, 0))) into.emplace_back(*near);
    if (const auto twice = feel::add(own, own)) into.emplace_back(*twice);
    into.emplace_back(std::int64_t{0});
    into.emplace_back(far);
    for (const feel::value& each : figures)
        if (each.is(feel::kind::number)) into.push_back(each);
}

inline void add_date_trials(time::date own, const std::vector<feel::value>& figures, std::vector<feel::value>& into) {
    for (const std::int64_t days : {1, -1})
        if (const auto near = own.plus_days(days)) into.emplace_back(*near);
    for (const std::int64_t months : {1, -1, 12, -12, 600, -600})
        if (const auto other = own.plus_months(months)) into.emplace_back(*other);
    for (const feel::value& each : figures)
        if (each.is(feel::kind::date)) into.push_back(each);
}

/// The texts in quotes of `"a","b"`, else one that no model names.
inline void add_text_trials(const std::string& allowed, std::vector<feel::value>& into) {
    std::size_t open = allowed.find('"');
    if (open == std::string::npos) into.emplace_back("?");
    while (open != std::string::npos) {
        const std::size_t close = allowed.find('"', open + 1);
        if (close == std::string::npos) break;
        into.emplace_back(allowed.substr(open + 1, close - open - 1));
        open = allowed.find('"', close + 1);
    }
}

/// Without items, without the last one, and with each of the first items another.
inline void add_list_trials(const feel::value& own, const std::string& allowed, const std::vector<feel::value>& figures,
                            std::vector<feel::value>& into) {
    constexpr std::size_t looked_at = 3;
    const std::vector<feel::value> items(own.as_list().begin(), own.as_list().end());
    into.emplace_back(std::vector<feel::value>());
    if (items.size() > 1) into.emplace_back(std::vector<feel::value>(items.begin(), items.end() - 1));
    for (std::size_t at = 0; at < items.size() && at < looked_at; ++at) {
        for (const feel::value& other : trial_values(items[at], allowed, figures)) {
            std::vector<feel::value> changed = items;
            changed[at] = other;
            into.emplace_back(std::move(changed));
        }
    }
}

inline void add_context_trials(const feel::value& own, const std::vector<feel::value>& figures,
                               std::vector<feel::value>& into) {
    for (const feel::context::entry& each : own.as_context()) {
        std::vector<feel::value> others = trial_values(each.value, "", figures);
        others.emplace_back();
        for (const feel::value& other : others) {
            feel::context changed = own.as_context();
            changed.set(each.name, other);
            into.emplace_back(std::move(changed));
        }
    }
}

POLKU_DECL std::vector<feel::value> trial_values(const feel::value& own, const std::string& allowed,
                                                 const std::vector<feel::value>& figures) {
    constexpr std::int64_t century_months = 1'200;
    constexpr std::int64_t century_seconds = std::int64_t{36'525} * 86'400;
    std::vector<feel::value> made;
    switch (own.kind()) {
        case feel::kind::boolean: made.emplace_back(!own.as_boolean()); break;
        case feel::kind::number: add_number_trials(own.as_number(), figures, made); break;
        case feel::kind::string: add_text_trials(allowed, made); break;
        case feel::kind::date: add_date_trials(own.as_date(), figures, made); break;
        case feel::kind::months_duration:
            for (const std::int64_t months : {std::int64_t{0}, century_months})
                made.emplace_back(time::months_duration{months});
            break;
        case feel::kind::days_duration:
            for (const std::int64_t seconds : {std::int64_t{0}, century_seconds})
                made.emplace_back(time::days_duration{seconds, 0});
            break;
        case feel::kind::list: add_list_trials(own, allowed, figures, made); break;
        case feel::kind::context: add_context_trials(own, figures, made); break;
        default: break;
    }
    made.erase(std::remove(made.begin(), made.end(), own), made.end());
    return made;
}

POLKU_DECL ground_finder::ground_finder(const dmn::program& of, dmn::decision_ref what, std::vector<feel::value> given)
    : program_(of), what_(what), slots_(std::move(given)), witnesses_(slots_.size()), has_witness_(slots_.size()) {
    for (const feel::value& each : slots_) {
        if (each.is(feel::kind::number) || each.is(feel::kind::date)) add_figure(each);
        if (each.is(feel::kind::list)) add_figure(feel::value(static_cast<std::int64_t>(each.as_list().size())));
    }
    answer_ = evaluate();
}

POLKU_DECL void ground_finder::add_figure(const feel::value& of) {
    if (std::find(figures_.begin(), figures_.end(), of) == figures_.end()) figures_.push_back(of);
}

POLKU_DECL ground_finder::outcome ground_finder::evaluate() const {
    outcome made;
    feel::evaluation_context with;
    dmn::trace trace;
    trace.with.nearest = 0;
    trace.with.nulls = false;
    result<feel::value> value = dmn::try_evaluate_slots(program_, what_, slots_, with, &trace);
    made.failed = !value;
    if (value) made.value = *std::move(value);
    for (const dmn::trace_step& step : trace.steps)
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched) made.rules.push_back(rule.id);
    std::sort(made.rules.begin(), made.rules.end());
    made.rules.erase(std::unique(made.rules.begin(), made.rules.end()), made.rules.end());
    return made;
}

/// The answer with another value in a slot is another; the slot is as before afterwards.
POLKU_DECL bool ground_finder::differs(const feel::value& with_value, std::size_t at) {
    const feel::value own = std::exchange(slots_[at], with_value);
    const outcome other = evaluate();
    slots_[at] = own;
    return other.failed || !(other.value == answer_.value) || other.rules != answer_.rules;
}

POLKU_DECL bool ground_finder::matters(std::size_t at) {
    if (has_witness_[at] && differs(witnesses_[at], at)) return true;
    std::vector<feel::value> others = trial_values(slots_[at], program_.inputs(what_)[at].allowed_values, figures_);
    others.insert(others.begin(), feel::value(feel::null_reason::unknown_input));
    for (feel::value& each : others) {
        if (!differs(each, at)) continue;
        witnesses_[at] = std::move(each);
        has_witness_[at] = true;
        return true;
    }
    return false;
}

POLKU_DECL std::vector<bool> ground_finder::find(const std::vector<bool>& later) {
    std::vector<bool> stays(slots_.size());
    std::vector<std::size_t> order;
    for (const bool when : {false, true})
        for (std::size_t at = slots_.size(); at-- > 0;)
            if (later[at] == when && !slots_[at].is_null()) order.push_back(at);
    // What matters beside all that was told stays, whatever leaves: in tables that collect, a condition whose partner
    // is unknown would seem to change nothing.
    std::vector<bool> is_sure(slots_.size());
    for (const std::size_t at : order) {
        stays[at] = true;
        is_sure[at] = matters(at);
    }
    for (bool left = true; left;) {
        left = false;
        for (const std::size_t at : order) {
            if (!stays[at] || is_sure[at] || matters(at)) continue;
            slots_[at] = feel::value(feel::null_reason::unknown_input);
            stays[at] = false;
            left = true;
        }
    }
    return stays;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
