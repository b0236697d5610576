// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_TICK_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_TICK_HPP

// What the passing of time brings about, as events.

#include <polku/impl/path/detail/case_decider.hpp>

namespace polku::inline POLKU_V::path::detail {

/// How many roles of a chain must have been called by a day: one when the deadline has passed, another after each turn.
inline std::int64_t calls_due(time::date deadline, const time::period& every, std::size_t chain, time::date by) {
    std::int64_t calls = 0;
    while (calls < static_cast<std::int64_t>(chain)) {
        const auto next = time::nominal_deadline(deadline, {every.count * calls, every.unit});
        if (!next || by <= *next) break;
        ++calls;
    }
    return calls;
}

inline decided case_decider::handle(const tick&) {
    if (!state_.is_closed()) tick_stage();
    tick_obligations();
    if (!state_.is_closed()) tick_meetings();
    tick_referrals();
    return {};
}

inline void case_decider::tick_stage() {
    if (!state_.stage) return;
    const stage_stay stay = *state_.stage;
    for (std::size_t i = 0; i < says().stages.size(); ++i) {
        const stage_definition& stage = says().stages[i];
        if (stage.id != stay.stage) continue;
        const std::int64_t due =
            calls_due(stay.deadline, path_.data().stages[i].escalate_every, stage.on_timeout.size(), on_);
        for (std::int64_t level = stay.escalated + 1; level <= due; ++level)
            add(stage_timed_out{stay.stage, stay.deadline, level,
                                stage.on_timeout[static_cast<std::size_t>(level - 1)]});
    }
}

inline void case_decider::tick_obligations() {
    const std::vector<obligation> before = state_.obligations;
    for (const obligation& each : before) {
        const auto index = obligation_index(each.obligation_);
        if (!each.is_open() || !index) continue;
        const auto& chain = says().obligations[*index].escalate;
        const std::int64_t due =
            calls_due(each.due, path_.data().obligations[*index].escalate_every, chain.size(), on_);
        for (std::int64_t level = each.escalated + 1; level <= due; ++level)
            add(obligation_escalated{each.id, each.obligation_, level, chain[static_cast<std::size_t>(level - 1)]});
    }
}

inline void case_decider::tick_referrals() {
    for (std::size_t i = 0; i < state_.referrals.size(); ++i)
        while (tick_referral(state_.referrals[i])) {
        }
}

/// True when something happened to the referral, so that it must be looked at again.
inline bool case_decider::tick_referral(const referral& now) {
    if (!is_open(now.state) || !now.deadline || on_ <= *now.deadline) return false;
    const referral of = now;
    move_referral ends;
    ends.referral = of.id;
    ends.reason = "the deadline " + time::to_string(*of.deadline) + " passed";
    ends.move = referral_move_named(of.disposition).value_or(final_disposition(of.state));
    if (of.disposition == "escalate") {
        std::vector<std::string> chain;
        const auto service = says().services.find(of.service);
        if (service != says().services.end()) {
            const auto own = service->second.states.find(std::string(name_of(of.state)));
            if (own != service->second.states.end()) chain = own->second.to;
        }
        const stage_definition* stage = state_.stage ? path_.find_stage(state_.stage->stage) : nullptr;
        if (chain.empty() && stage) {
            chain = stage->on_timeout;
            chain.insert(chain.begin(), stage->owner);
        }
        if (of.escalations < static_cast<std::int64_t>(chain.size())) {
            const limit next = referral_limit_of(of.service, of.state, *of.deadline);
            add(referral_escalated{of.id, of.service, chain[static_cast<std::size_t>(of.escalations)], next.deadline,
                                   of.escalations + 1});
            return true;
        }
        ends.move = final_disposition(of.state);
    }
    const auto to = try_move(of.state, ends.move);
    if (!to) return false;
    add_referral_move(of, ends, to.value());
    return true;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
