// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_MONEY_HPP
#define POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_MONEY_HPP

// The employment, payments, recovery, and what came of it.

#include <polku/impl/path/detail/supplement_decider.hpp>
#include <polku/path/service_path.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline feel::number employer_decider::reserved() const {
    for (const reservation& each : programme_.reservations)
        if (each.employer == room_.employer && each.application == application_) return each.amount;
    return {};
}

/// Sets money aside for the application, or free, until `target` is set aside.
inline result<void> employer_decider::set_reserved(const feel::number& target, const std::string& reason) {
    const feel::number now = reserved();
    if (target == now) return {};
    if (target < now) {
        add_to_programme(
            budget_released{room_.employer, application_, feel::subtract(now, target).value_or(now), reason});
        return {};
    }
    const feel::number more = feel::subtract(target, now).value_or(target);
    if (free_budget(programme_) < more)
        return refuse(error_code::budget_exceeded,
                      "the grant needs " + money_text(more) + ", but the programme has " +
                          money_text(free_budget(programme_)) +
                          " free; change_budget gives it more, or decide with 'without_funds'");
    add_to_programme(budget_reserved{room_.employer, application_, more, business_ids()});
    return {};
}

inline result<void> employer_decider::check_money(const feel::number& amount, const char* member) const {
    if (!amount.is_negative() && !amount.is_zero() && is_cents(amount)) return {};
    return refuse(error_code::invalid_argument,
                  "'" + amount.to_string() + "' is no amount; it is more than zero euros, in whole cents", member);
}

inline result<void> employer_decider::handle(const start_employment& what) {
    POLKU_CHECK(check_not_before(*at().arrived, "the application"));
    add(employment_started{what.application});
    return {};
}

inline result<void> employer_decider::handle(const interrupt_employment& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_not_before(*at().started, "the employment"));
    if (!at().interruptions.empty() && on_ <= *at().interruptions.back().until)
        return refuse(error_code::command_too_early,
                      "the interruption before lasted until " + time::to_string(*at().interruptions.back().until));
    add(employment_interrupted{what.application, what.reason});
    return {};
}

inline result<void> employer_decider::handle(const resume_employment& what) {
    if (on_ <= at().interruptions.back().from)
        return refuse(error_code::command_too_early, "the interruption began on " +
                                                         time::to_string(at().interruptions.back().from) +
                                                         "; work goes on after that day");
    add(employment_resumed{what.application});
    return {};
}

inline result<void> employer_decider::handle(const end_employment& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_not_before(*at().started, "the employment"));
    add(employment_ended{what.application, what.reason});
    return {};
}

/// The month must be one of the supported time in which there was work, and must be over.
inline result<void> employer_decider::check_month(const claim_payment& what, time::date month,
                                                  time::date month_end) const {
    const auto until = supported_until(at());
    if (!until || month_end < *at().started || *until < month)
        return refuse(error_code::invalid_argument,
                      "the month of " + time::to_string(month) + " is outside the supported time, which is " +
                          time::to_string(*at().started) + " to " + time::to_string(until.value_or(*at().started)),
                      "month");
    if (on_ < month_end && on_ < *until)
        return refuse(error_code::command_too_early,
                      "a month is claimed after it, and this one ends on " + time::to_string(month_end), "month");
    const time::date first = std::max(month, *at().started);
    const time::date last = std::min(month_end, *until);
    for (const day_span& each : at().interruptions)
        if (each.from <= first && (!each.until || last <= *each.until))
            return refuse(error_code::invalid_argument,
                          "the employment was interrupted for all of the month of " + time::to_string(month), "month");
    for (const payment_claim& each : at().payment_claims)
        if (each.id != what.claim && each.month == month)
            return refuse(error_code::duplicate_record,
                          "the month is claimed by '" + each.id + "' already; complete that claim", "month");
    return {};
}

/// The claim with what is told now put to what was told before.
inline std::optional<payment_claim> employer_decider::completed(const payment_claim* known, const claim_payment& what) {
    payment_claim made = known != nullptr ? *known : payment_claim{};
    if (what.worked_hours) made.worked_hours = what.worked_hours;
    if (what.full_hours) made.full_hours = what.full_hours;
    if (what.wage_cost) made.wage_cost = what.wage_cost;
    if (what.other_aid) made.other_aid = what.other_aid;
    for (const std::string& each : what.attachments)
        if (std::find(made.attachments.begin(), made.attachments.end(), each) == made.attachments.end())
            made.attachments.push_back(each);
    for (const auto* told : {&made.worked_hours, &made.full_hours, &made.wage_cost, &made.other_aid})
        if (*told && (*told)->is_negative()) return std::nullopt;
    if (made.full_hours && made.full_hours->is_zero()) return std::nullopt;
    return made;
}

template <class Value>
feel::value told_or_unknown(const std::optional<Value>& told) {
    return told ? feel::value(*told) : feel::value(feel::null_reason::unknown_input);
}

inline result<void> employer_decider::handle(const claim_payment& what) {
    POLKU_CHECK(check_text(what.claim, "claim"));
    const payment_claim* const known = find_by_id(at().payment_claims, what.claim);
    if (known != nullptr && known->payment)
        return refuse(error_code::record_not_open,
                      "the claim '" + what.claim + "' was paid on " + time::to_string(known->payment->paid), "claim");
    const time::date month = *what.month.plus_days(1 - static_cast<std::int64_t>(what.month.day()));
    const time::date month_end = *month.plus_months(1)->plus_days(-1);
    if (known != nullptr && known->month != month)
        return refuse(error_code::invalid_argument,
                      "the claim '" + what.claim + "' is for the month of " + time::to_string(known->month), "month");
    POLKU_CHECK(check_month(what, month, month_end));
    const auto made = completed(known, what);
    if (!made)
        return refuse(error_code::invalid_argument,
                      "hours and sums are zero or more, and the full hours of a month are more than zero");
    std::vector<feel::value> attached;
    for (const std::string& each : made->attachments) attached.emplace_back(each);
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    POLKU_TRY(std::vector<std::string> missing,
              terms->try_missing_claim_items(feel::context{{"worked hours", told_or_unknown(made->worked_hours)},
                                                           {"full hours", told_or_unknown(made->full_hours)},
                                                           {"wage cost", told_or_unknown(made->wage_cost)},
                                                           {"other aid", told_or_unknown(made->other_aid)},
                                                           {"attachments", feel::value(std::move(attached))}}));
    add(payment_claimed{what.application, what.claim, month, made->worked_hours, made->full_hours, made->wage_cost,
                        made->other_aid, made->attachments, std::move(missing)});
    return {};
}

inline result<void> employer_decider::handle(const pay_claim& what) {
    POLKU_TRY(const payment_claim* const claim, find(at().payment_claims, what.claim, "claim for payment", "claim"));
    POLKU_CHECK(check_text(what.reference, "reference"));
    if (claim->payment)
        return refuse(error_code::record_not_open,
                      "the claim '" + what.claim + "' was paid on " + time::to_string(claim->payment->paid), "claim");
    if (!claim->missing.empty())
        return refuse(error_code::application_incomplete,
                      "the claim '" + what.claim + "' lacks " + quoted(claim->missing) +
                          "; claim_payment with the same id completes it",
                      "claim");
    POLKU_CHECK(check_not_before(claim->filed, "the claim"));
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    const feel::number left = sums_of(at()).left;
    POLKU_TRY(const feel::number amount,
              terms->try_payable(feel::context{{"monthly amount", newest_decision(at())->content.monthly_amount},
                                               {"worked hours", told_or_unknown(claim->worked_hours)},
                                               {"full hours", told_or_unknown(claim->full_hours)},
                                               {"wage cost", told_or_unknown(claim->wage_cost)},
                                               {"other aid", told_or_unknown(claim->other_aid)},
                                               {"left of the grant", left}}));
    // Whatever the terms' model says, a grant is never overpaid.
    if (left < amount)
        return refuse(error_code::amount_exceeded,
                      "the terms give " + money_text(amount) + ", but " + money_text(left) + " is left of the grant");
    add(payment_made{what.application, what.claim, amount, what.reference});
    return {};
}

inline result<void> employer_decider::handle(const recover_payment& what) {
    POLKU_CHECK(check_new(at().decisions, what.decision, "decision", "decision"));
    POLKU_CHECK(check_money(what.amount, "amount"));
    POLKU_CHECK(check_text(what.reason, "reason"));
    const supplement_sums sums = sums_of(at());
    const feel::number most = feel::subtract(sums.paid, sums.to_recover).value_or(feel::number());
    if (most < what.amount)
        return refuse(error_code::amount_exceeded,
                      money_text(sums.paid) + " was paid and " + money_text(sums.to_recover) +
                          " is recovered already, so at most " + money_text(most) + " can be recovered",
                      "amount");
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    supplement_decision made;
    made.id = what.decision;
    made.kind = decision_kind::recovery;
    made.outcome = decision_outcome::recovery_ordered;
    made.total = what.amount;
    made.text = what.reason;
    made.terms_version = at().terms_version;
    made.terms_hash = at().terms_hash;
    made.recovery = what.decision;
    POLKU_TRY(made.remedy, terms->try_remedy("recovery"));
    add(decision_issued{what.application, std::move(made), {}});
    return {};
}

inline result<void> employer_decider::handle(const record_repayment& what) {
    POLKU_TRY(const recovery_entry* const known, find(at().recoveries, what.recovery, "recovery", "recovery"));
    POLKU_CHECK(check_money(what.amount, "amount"));
    const feel::number left = feel::subtract(known->amount, known->repaid).value_or(feel::number());
    if (left < what.amount)
        return refuse(error_code::amount_exceeded,
                      money_text(left) + " of the recovery is open, so " + money_text(what.amount) + " is too much",
                      "amount");
    const feel::number kept = feel::subtract(reserved(), what.amount).value_or(feel::number());
    POLKU_CHECK(set_reserved(kept.is_negative() ? feel::number() : kept, "repaid " + what.recovery));
    add(repayment_received{what.application, what.recovery, what.amount});
    return {};
}

inline result<void> employer_decider::handle(const record_effect& what) {
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    const std::vector<std::string>& points = terms->says().effect_points;
    if (std::find(points.begin(), points.end(), what.point) == points.end())
        return refuse(error_code::unknown_path_item,
                      "'" + what.point + "' is no check point of the terms; they have " + quoted(points), "point");
    for (const effect_entry& each : at().effects)
        if (each.point == what.point)
            return refuse(error_code::duplicate_record,
                          "the check point '" + what.point + "' was recorded on " + time::to_string(each.recorded),
                          "point");
    const auto until = supported_until(at());
    if (!until) return refuse(error_code::step_missing, "there is no supported time whose effect could be told");
    const auto due = time::nominal_deadline(*until, *parse_period(what.point));
    if (due) POLKU_CHECK(check_not_before(*due, "the check point"));
    add(effect_recorded{what.application, what.point, what.employed, what.note});
    return {};
}

inline result<void> employer_decider::handle(const settle_application& what) {
    for (const payment_claim& each : at().payment_claims)
        if (!each.payment)
            return refuse(error_code::step_missing,
                          "the claim '" + each.id + "' is not paid; complete and pay it first", "application");
    const supplement_sums sums = sums_of(at());
    const feel::number kept = feel::subtract(sums.paid, sums.repaid).value_or(feel::number());
    POLKU_CHECK(set_reserved(kept, "settled"));
    add(application_settled{what.application, sums.left});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
