// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_OBLIGATIONS_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_OBLIGATIONS_HPP

// Duties: what opens, meets, ends and re-dates them.

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/path/case_inputs.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// Events that may follow from one command before something must be wrong with the definition.
inline constexpr std::size_t max_events_of_command = 1000;

inline decided case_decider::react() {
    while (reacted_ < made_.size()) {
        if (made_.size() > max_events_of_command)
            return refuse(error_code::limit_length, "obligations open each other without end; the command is refused");
        const event happened = made_[reacted_++];
        POLKU_CHECK(react_to(happened));
    }
    return {};
}

inline decided case_decider::react_to(const event& happened) {
    if (std::holds_alternative<case_closed>(happened.what)) {
        const std::vector<obligation> open = state_.obligations;
        for (const obligation& each : open)
            if (each.is_open()) add(obligation_ended{each.id, each.obligation_, "case_closed"});
        cancel_meetings();
    }
    POLKU_CHECK(meet_obligations(happened));
    if (state_.is_opened() && !state_.is_closed()) POLKU_CHECK(open_obligations(happened));
    const bool knows_more = std::holds_alternative<fact_recorded>(happened.what) ||
                            std::holds_alternative<fact_withdrawn>(happened.what) ||
                            std::holds_alternative<corrected>(happened.what);
    const bool dates_change = std::holds_alternative<meeting_planned>(happened.what) ||
                              std::holds_alternative<meeting_moved>(happened.what) ||
                              std::holds_alternative<meeting_cancelled>(happened.what);
    if ((!knows_more && !dates_change) || !state_.is_opened() || state_.is_closed()) return {};
    POLKU_CHECK(redate_obligations());
    return knows_more ? revisit_guards() : decided{};
}

inline std::optional<std::size_t> case_decider::obligation_index(std::string_view id) const {
    for (std::size_t i = 0; i < says().obligations.size(); ++i)
        if (says().obligations[i].id == id) return i;
    return std::nullopt;
}

inline const obligation* case_decider::open_one(std::string_view wanted) const {
    for (const obligation& each : state_.obligations)
        if (each.obligation_ == wanted && each.is_open()) return &each;
    return nullptr;
}

inline const std::vector<feel::value>& case_decider::slots(time::date event_date) const {
    if (slots_after_ != made_.size()) {
        slots_ = fact_values(says(), state_, on_);
        slots_.reserve(path_.data().scope.size());
        for (const case_input& each : case_inputs()) slots_.push_back(each.read(state_, on_));
        slots_.emplace_back();
        slots_after_ = made_.size();
    }
    slots_.back() = feel::value(event_date);
    return slots_;
}

inline bool case_decider::guard_holds(std::size_t index, time::date event_date) const {
    const auto& guard = path_.data().obligations[index].guard;
    if (!guard) return true;
    feel::evaluation_context with(time::date_time{on_, {}});
    return guard->evaluate(with, slots(event_date)).is_true();
}

inline result<time::deadline> case_decider::due_of(std::size_t index, time::date event_date) const {
    const compiled_obligation& rule = path_.data().obligations[index];
    feel::evaluation_context with(time::date_time{on_, {}});
    const feel::value due = rule.due.evaluate(with, slots(event_date));
    std::optional<time::date> nominal;
    if (due.is(feel::kind::date)) nominal = due.as_date();
    if (due.is(feel::kind::date_time)) nominal = due.as_date_time().date;
    const auto rolled =
        nominal ? time::statutory_deadline(*nominal, {0, time::period_unit::days}, rule.roll) : std::nullopt;
    if (rolled) return *rolled;
    return refuse(error_code::path_expression, "the due date of the obligation '" + says().obligations[index].id +
                                                   "' gave " + feel::to_string(due) + " where a date is needed");
}

inline decided case_decider::open_obligation(std::size_t index, const std::string& trigger, time::date event_date,
                                             std::int64_t times) {
    const obligation_definition& rule = says().obligations[index];
    POLKU_TRY(const time::deadline due, due_of(index, event_date));
    const auto before = std::count_if(state_.obligations.begin(), state_.obligations.end(),
                                      [&](const obligation& each) { return each.obligation_ == rule.id; });
    obligation_opened opened;
    opened.id = rule.id + " " + std::to_string(before + 1);
    opened.obligation = rule.id;
    opened.times = times;
    opened.trigger = trigger;
    opened.event_date = event_date;
    opened.nominal = due.nominal;
    opened.due = due.last;
    opened.roll = time::name_of(due.rule);
    opened.owner = rule.owner;
    add(std::move(opened));
    return {};
}

inline decided case_decider::open_obligations(const event& happened) {
    for (std::size_t i = 0; i < says().obligations.size(); ++i) {
        const obligation_definition& rule = says().obligations[i];
        if (!is_triggered(happened.what, rule.on) || !guard_holds(i, happened.effective_date)) continue;
        const obligation* open = open_one(rule.id);
        if (!open) {
            POLKU_CHECK(open_obligation(i, rule.on, happened.effective_date, 1));
        } else if (rule.restart.value_or(false)) {
            // What was told late of an earlier day leaves the duty that runs from a later one.
            if (happened.effective_date < open->opened) continue;
            add(obligation_ended{std::string(open->id), rule.id, rule.on});
            POLKU_CHECK(open_obligation(i, rule.on, happened.effective_date, 1));
        } else if (happened.effective_date < open->opened) {
            // The event was told late: the duty runs from the earlier day.
            POLKU_TRY(const time::deadline due, due_of(i, happened.effective_date));
            add(obligation_redated{std::string(open->id), rule.id, happened.effective_date, due.nominal, due.last});
        }
    }
    return {};
}

inline decided case_decider::meet_obligations(const event& happened) {
    // Those that there are now; what is added moves them, so one that changes is copied first.
    const std::size_t before = state_.obligations.size();
    for (std::size_t i = 0; i < before; ++i) {
        const obligation& stands = state_.obligations[i];
        if (!stands.is_open() || happened.effective_date < stands.opened) continue;
        const obligation_definition* rule = path_.find_obligation(stands.obligation_);
        if (!rule) continue;
        if (is_triggered(happened.what, rule->satisfied_by)) {
            const obligation met = stands;
            add(obligation_satisfied{met.id, met.obligation_, rule->satisfied_by});
            POLKU_CHECK(repeat_obligation(met, happened));
            continue;
        }
        for (const std::string& trigger : rule->ends_with) {
            if (!is_triggered(happened.what, trigger)) continue;
            add(obligation_ended{std::string(stands.id), std::string(stands.obligation_), trigger});
            break;
        }
    }
    return {};
}

inline decided case_decider::repeat_obligation(const obligation& met, const event& by) {
    const auto index = obligation_index(met.obligation_);
    if (!index || state_.is_closed()) return {};
    const obligation_definition& rule = says().obligations[*index];
    constexpr std::int64_t usual_bound = 60;
    if (!rule.repeat.value_or(false) || rule.max_times.value_or(usual_bound) <= met.times) return {};
    if (open_one(rule.id) || !guard_holds(*index, by.effective_date)) return {};
    return open_obligation(*index, rule.satisfied_by, by.effective_date, met.times + 1);
}

/// Facts and the next meeting may stand in due dates, so what is told of them can move those.
inline decided case_decider::redate_obligations() {
    const std::size_t before = state_.obligations.size();
    for (std::size_t i = 0; i < before; ++i) {
        const obligation& each = state_.obligations[i];
        if (!each.is_open()) continue;
        const auto index = obligation_index(each.obligation_);
        if (!index) continue;
        auto due = due_of(*index, each.opened);
        if (!due || due.value().nominal == each.nominal) continue;
        add(obligation_redated{std::string(each.id), std::string(each.obligation_), each.opened, due.value().nominal,
                               due.value().last});
    }
    return {};
}

/// A guard that was unknown when its event happened may hold now: the duty then runs from that event all the same.
inline decided case_decider::revisit_guards() {
    for (std::size_t i = 0; i < says().obligations.size(); ++i) {
        const obligation_definition& rule = says().obligations[i];
        if (!rule.guard || open_one(rule.id)) continue;
        const event_mark* found = last_time(state_, rule.on);
        if (found == nullptr || has_happened(state_, rule.satisfied_by, found->at)) continue;
        const event_mark last = *found;
        const time::date event_date = last.on;
        const bool was_open = std::any_of(
            state_.obligations.begin(), state_.obligations.end(),
            [&](const obligation& each) { return each.obligation_ == rule.id && event_date <= each.opened; });
        const bool ended = std::any_of(rule.ends_with.begin(), rule.ends_with.end(),
                                       [&](const std::string& each) { return has_happened(state_, each, last.at); });
        if (was_open || ended || !guard_holds(i, event_date)) continue;
        POLKU_CHECK(open_obligation(i, rule.on, event_date, 1));
    }
    return {};
}

inline decided case_decider::handle(const satisfy_obligation& what) {
    POLKU_TRY(const obligation* found, find_open("obligation", state_.obligations, what.obligation));
    POLKU_CHECK(check_text(what.reason, "reason"));
    const obligation met = *found;
    add(obligation_satisfied{met.id, met.obligation_, what.reason});
    return repeat_obligation(met, made_.back());
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
