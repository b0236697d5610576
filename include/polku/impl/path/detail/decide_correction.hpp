// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_CORRECTION_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_CORRECTION_HPP

// Putting right what was told wrong; nothing that was written is changed.

#include <polku/impl/path/detail/case_decider.hpp>

namespace polku::inline POLKU_V::path::detail {

inline const event* case_decider::event_named(const event_name& of) const {
    if (of.stream != "case" && of.stream != "client") return nullptr;
    for (const auto& each : state_.history) {
        const bool same_stream = (each->stream == stream_kind::client) == (of.stream == "client");
        if (same_stream && static_cast<std::int64_t>(each->version) == of.version) return each.get();
    }
    return nullptr;
}

inline bool case_decider::is_in_error(const event_name& of) const {
    const event* found = event_named(of);
    return found && was_entered_in_error(state_, *found);
}

/// Adds an event about another one: in that one's stream, with that one's retention class.
inline void case_decider::add_about(event_body what, const event& target) {
    event made;
    made.stream = target.stream;
    made.effective_date = on_;
    made.recorded_at_ms = with_.now_ms;
    made.actor = with_.actor;
    made.purpose = with_.purpose;
    made.retention = target.retention;
    made.what = std::move(what);
    state_ = evolve(std::move(state_), made);
    made_.push_back(std::move(made));
}

inline decided case_decider::check_history() const {
    if (state_.has_whole_history()) return {};
    return refuse(error_code::correction_refused, "the case was opened with " + std::to_string(state_.history.size()) +
                                                      " of its " + std::to_string(state_.marks.events) +
                                                      " events; a correction needs them all");
}

inline decided case_decider::handle(const correct& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_history());
    const event* found = event_named(what.event);
    if (!found || is_in_error(what.event))
        return refuse(error_code::unknown_record, "the " + what.event.stream + " stream has no event " +
                                                      std::to_string(what.event.version) + " that still holds");
    event_body patched = found->what;
    if (what.members.is_null()) {
        if (!what.effective) return refuse(error_code::missing_detail, "a correction gives 'members' or 'effective'");
        if (!is_correctable(patched)) return correction_error(patched, "keeps its day");
    } else {
        const auto taken = try_patch(patched, what.members);
        if (!taken) return refuse(taken.error().code(), taken.error().message());
        if (const auto* fact = std::get_if<fact_recorded>(&patched); fact != nullptr)
            POLKU_CHECK(checked_fact(fact->fact, fact->value, fact->source));
    }
    if (what.effective && with_.today < *what.effective)
        return refuse(error_code::command_in_future, "the event would be of " + time::to_string(*what.effective) +
                                                         ", but today is " + time::to_string(with_.today));
    const event target = *found;
    add_about(corrected{what.event, what.members, what.effective, what.reason}, target);
    return what.effective ? redate_corrected(target, *what.effective) : decided{};
}

/// Duties that run from the corrected event run from its right day.
inline decided case_decider::redate_corrected(const event& target, time::date to) {
    const std::vector<obligation> before = state_.obligations;
    for (const obligation& each : before) {
        const auto index = obligation_index(each.obligation_);
        const bool from_target = each.opened == target.effective_date && is_triggered(target.what, each.opened_by);
        if (!each.is_open() || !index || !from_target) continue;
        POLKU_TRY(const time::deadline due, due_of(*index, to));
        add(obligation_redated{each.id, each.obligation_, to, due.nominal, due.last});
    }
    return {};
}

/// Events that hold a case together, or only follow from others: their opposite is another command.
inline bool is_frame(const event_body& what) {
    const auto* entered = std::get_if<stage_entered>(&what);
    return (entered && !entered->from_stage) || std::holds_alternative<case_opened>(what) ||
           std::holds_alternative<case_closed>(what) || std::holds_alternative<case_reopened>(what) ||
           std::holds_alternative<entered_in_error>(what) || type_of(what).substr(0, 11) == "obligation_";
}

inline decided case_decider::handle(const enter_in_error& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_history());
    const event* found = event_named(what.event);
    if (!found || is_in_error(what.event))
        return refuse(error_code::unknown_record, "the " + what.event.stream + " stream has no event " +
                                                      std::to_string(what.event.version) + " that still holds");
    if (is_frame(found->what))
        return refuse(error_code::correction_refused,
                      "an event '" + type_of(found->what) + "' holds the case together; it cannot be entered in error");
    const event target = *found;
    add_about(entered_in_error{what.event, what.reason}, target);
    end_obligations_of(target);
    return {};
}

inline void case_decider::end_obligations_of(const event& target) {
    const std::vector<obligation> before = state_.obligations;
    for (const obligation& each : before)
        if (each.is_open() && each.opened == target.effective_date && is_triggered(target.what, each.opened_by))
            add(obligation_ended{each.id, each.obligation_, "entered_in_error"});
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
