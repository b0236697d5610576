// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_SUPPLEMENT_QUERIES_IPP
#define POLKU_IMPL_PATH_SUPPLEMENT_QUERIES_IPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/impl/path/detail/supplement_steps.hpp>
#include <polku/path/service_path.hpp>
#include <polku/path/supplement.hpp>

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>

namespace polku::inline POLKU_V::path {

namespace detail {

inline feel::number plus(const feel::number& left, const feel::number& right) {
    return feel::add(left, right).value_or(left);
}
inline feel::number minus_to_zero(const feel::number& left, const feel::number& right) {
    const feel::number less = feel::subtract(left, right).value_or(left);
    return less.is_negative() ? feel::number() : less;
}

template <class Value>
feel::value value_of(const std::optional<Value>& told) {
    return told ? feel::value(*told) : feel::value(feel::null_reason::unknown_input);
}

inline feel::value texts_value(const std::vector<std::string>& of) {
    std::vector<feel::value> items;
    for (const std::string& each : of) items.emplace_back(each);
    return feel::value(std::move(items));
}

inline std::string_view name_of(employer_kind of) noexcept {
    switch (of) {
        case employer_kind::company: return "company";
        case employer_kind::cooperative: return "cooperative";
        case employer_kind::association: return "association";
        case employer_kind::foundation: return "foundation";
        case employer_kind::municipality: return "municipality";
        case employer_kind::state: return "state";
        case employer_kind::household: return "household";
        case employer_kind::other: break;
    }
    return "other";
}

/// The duties of one application, gathered.
struct duty_gatherer {
    const application& of;
    const terms_definition* says;  ///< null pointer when the terms are not at hand
    time::date by;
    std::vector<supplement_due>& into;

    void add(supplement_duty duty, std::string what, time::date due, bool has_last_day = false) const {
        if (due <= by) into.push_back({of.id, duty, std::move(what), due, has_last_day && due < by});
    }
    void gather() const {
        if (of.phase == application_phase::submitted && of.arrived)
            add(of.missing.empty() ? supplement_duty::decide : supplement_duty::complete, of.id, *of.arrived);
        if (of.phase == application_phase::completing && of.completion_until)
            add(supplement_duty::complete, of.id, *of.completion_until, true);
        for (const decision_entry& each : of.decisions) gather(each);
        for (const contest& each : of.claims)
            if (each.is_open()) add(supplement_duty::decide_claim, each.id, each.filed);
        for (const payment_claim& each : of.payment_claims)
            if (!each.payment && !of.settled)
                add(each.missing.empty() ? supplement_duty::pay : supplement_duty::complete_payment, each.id,
                    each.filed);
        for (const decision_entry& each : of.decisions) collect(each);
        effects();
    }
    void gather(const decision_entry& each) const {
        if (!each.notice) {
            add(supplement_duty::give_notice, each.id, each.made);
            return;
        }
        const bool contested = std::any_of(of.claims.begin(), of.claims.end(),
                                           [&](const contest& claim) { return claim.decision == each.id; }) ||
                               std::any_of(of.appeals.begin(), of.appeals.end(),
                                           [&](const contest& appeal) { return appeal.decision == each.id; });
        const auto period = contest_period_of(each);
        // A period that has run out is nothing that anybody waits for.
        if (period && !contested && by <= period->last)
            into.push_back({of.id, supplement_duty::contest_ends, each.id, period->last, false});
    }
    void collect(const decision_entry& each) const {
        if (each.content.kind != decision_kind::recovery) return;
        const recovery_entry* const known = find_by_id(of.recoveries, each.id);
        if (known != nullptr && known->repaid < known->amount) add(supplement_duty::collect, known->id, each.made);
    }
    void effects() const {
        const auto until = supported_until(of);
        if (says == nullptr || !until) return;
        for (const std::string& point : says->effect_points) {
            const bool done = std::any_of(of.effects.begin(), of.effects.end(),
                                          [&](const effect_entry& each) { return each.point == point; });
            const auto due = time::nominal_deadline(*until, parse_period(point).value_or(time::period{}));
            if (!done && due) add(supplement_duty::record_effect, point, *due, true);
        }
    }
};

}  // namespace detail

POLKU_DECL std::string_view type_of(const employer_command& asked) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, asked);
}

POLKU_DECL std::string application_of(const employer_command& asked) {
    return std::visit(
        [](const auto& each) -> std::string {
            if constexpr (requires { each.application; })
                return each.application;
            else
                return {};
        },
        asked);
}

POLKU_DECL std::string programme_of(const employer_state& now, const employer_command& asked) {
    if (const auto* drafting = std::get_if<draft_application>(&asked)) return drafting->programme;
    const application* const found = find_application(now, application_of(asked));
    return found != nullptr ? found->programme : std::string();
}

POLKU_DECL const application* find_application(const employer_state& of, std::string_view id) noexcept {
    return detail::find_by_id(of.applications, id);
}

POLKU_DECL const decision_entry* newest_decision(const application& of) noexcept {
    for (auto each = of.decisions.rbegin(); each != of.decisions.rend(); ++each)
        if (!each->content.recovery) return &*each;
    return nullptr;
}

POLKU_DECL std::vector<std::string> open_steps(const application& of) {
    std::vector<std::string> names;
    for (const detail::step_rule& each : detail::step_rules)
        if (detail::is_open_step(of, each)) names.emplace_back(each.type);
    return names;
}

POLKU_DECL std::optional<contest_period> contest_period_of(const decision_entry& of) {
    if (!of.notice) return std::nullopt;
    const auto received = time::receipt_of({of.notice->way, of.notice->sent, of.notice->shown});
    if (!received) return std::nullopt;
    const auto last = time::statutory_deadline(received->day, {of.content.remedy.days, time::period_unit::days});
    if (!last) return std::nullopt;
    return contest_period{of.content.remedy, received->day, received->presumed, last->nominal, last->last};
}

POLKU_DECL supplement_sums sums_of(const application& of) {
    supplement_sums made;
    const decision_entry* const newest = newest_decision(of);
    if (newest != nullptr) made.granted = newest->content.total;
    for (const payment_claim& each : of.payment_claims)
        if (each.payment) made.paid = detail::plus(made.paid, each.payment->amount);
    for (const recovery_entry& each : of.recoveries) {
        made.to_recover = detail::plus(made.to_recover, each.amount);
        made.repaid = detail::plus(made.repaid, each.repaid);
    }
    if (!of.settled) made.left = detail::minus_to_zero(made.granted, made.paid);
    return made;
}

POLKU_DECL std::optional<time::date> supported_until(const application& of) {
    const decision_entry* const newest = newest_decision(of);
    if (newest == nullptr || !of.started || newest->content.months == 0) return std::nullopt;
    const auto end = of.started->plus_months(newest->content.months);
    const auto last = end ? end->plus_days(-1) : std::nullopt;
    if (!last) return std::nullopt;
    return of.ended ? std::min(*last, *of.ended) : *last;
}

POLKU_DECL feel::number reserved_in(const programme_state& of) {
    feel::number sum;
    for (const reservation& each : of.reservations) sum = detail::plus(sum, each.amount);
    return sum;
}
POLKU_DECL feel::number free_budget(const programme_state& of) {
    return detail::minus_to_zero(of.budget, reserved_in(of));
}

POLKU_DECL const published_terms* terms_on(const programme_state& of, time::date day) noexcept {
    const published_terms* newest = nullptr;
    for (const published_terms& each : of.terms)
        if (each.from <= day && (newest == nullptr || newest->from <= each.from)) newest = &each;
    return newest;
}

namespace detail {

/// The day on which the right to the present sum was given: later decisions that keep it do not move it.
inline time::date aid_day(const application& of, const decision_entry& newest) {
    time::date day = newest.made;
    for (auto each = of.decisions.rbegin(); each != of.decisions.rend(); ++each) {
        if (each->content.recovery) continue;
        if (each->content.total != newest.content.total) break;
        day = each->made;
    }
    return day;
}

}  // namespace detail

POLKU_DECL std::vector<aid_grant> aid_of(const employer_state& of, std::string_view without) {
    std::vector<aid_grant> all = of.declared_aid;
    for (const application& each : of.applications) {
        const decision_entry* const newest = newest_decision(each);
        if (each.id == without || newest == nullptr || !newest->content.aid) continue;
        if (newest->content.outcome == decision_outcome::refused) continue;
        all.push_back({detail::aid_day(each, *newest), newest->content.total, each.programme});
    }
    return all;
}

POLKU_DECL feel::context terms_inputs_of(const employer_state& employer, const application& of, time::date arrived) {
    const application_details& told = of.details;
    // A permanent employment has no last day: that is known, not missing.
    const feel::value ends = told.permanent.value_or(false) ? feel::value() : detail::value_of(told.ends_on);
    return {{"employer kind", detail::name_of(employer.details.kind)},
            {"economic activity", employer.details.economic_activity},
            {"wage or tax debts", detail::value_of(told.wage_or_tax_debts)},
            {"recent dismissals", detail::value_of(told.recent_dismissals)},
            {"job", detail::value_of(told.job)},
            {"target group", detail::value_of(of.group)},
            {"group confirmed", of.group_confirmed_by.has_value()},
            {"weekly hours", detail::value_of(told.weekly_hours)},
            {"starts on", detail::value_of(told.starts_on)},
            {"ends on", ends},
            {"permanent", told.permanent.value_or(false)},
            {"arrived on", arrived},
            {"months asked", detail::value_of(told.months_asked)},
            {"pay follows agreement", detail::value_of(told.pay_follows_agreement)},
            {"pay subsidy", detail::value_of(told.pay_subsidy)},
            {"municipal supplement", detail::value_of(told.municipal_supplement)},
            {"attachments", detail::texts_value(told.attachments)}};
}

POLKU_DECL std::vector<supplement_due> supplement_due_by(const employer_state& of,
                                                         std::span<const supplement_terms> terms, time::date by) {
    std::vector<supplement_due> all;
    for (const application& each : of.applications) {
        const auto found = std::find_if(terms.begin(), terms.end(), [&](const supplement_terms& one) {
            return detail::hex_text(one.content_hash()) == each.terms_hash;
        });
        detail::duty_gatherer{each, found == terms.end() ? nullptr : &found->says(), by, all}.gather();
    }
    std::stable_sort(all.begin(), all.end(), [](const supplement_due& left, const supplement_due& right) {
        return std::tie(left.due, left.application) < std::tie(right.due, right.application);
    });
    return all;
}

}  // namespace polku::inline POLKU_V::path

#endif
