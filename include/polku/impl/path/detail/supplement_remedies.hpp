// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_REMEDIES_HPP
#define POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_REMEDIES_HPP

// Decisions, notice of them, and how they are contested.

#include <polku/impl/path/detail/supplement_decider.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline result<void> employer_decider::check_undertaking() const {
    const std::vector<std::string> own = business_ids();
    for (const reservation& each : programme_.reservations) {
        if (each.employer == room_.employer || each.amount.is_zero()) continue;
        for (const std::string& id : each.business_ids)
            if (std::find(own.begin(), own.end(), id) != own.end())
                return refuse(error_code::duplicate_record,
                              "the business '" + id + "' has a grant as employer " + each.employer +
                                  "; a single undertaking shares one limit of aid, so it applies as one employer");
    }
    return {};
}

/// The limit of de minimis aid and the programme's money.
inline result<void> employer_decider::check_limits(proposal& of, const grant_answer& answer, bool without_funds) const {
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    supplement_decision& made = of.decision;
    if (answer.is_aid) {
        POLKU_TRY(made.aid, terms->try_aid(aid_of(state_, at().id), on_, answer.total));
        if (!made.aid->allowed) made.outcome = decision_outcome::refused;
        made.reasons.push_back({"De minimis", made.aid->rule, !made.aid->allowed});
    }
    if (made.outcome == decision_outcome::refused) return {};
    const feel::number more = feel::subtract(answer.total, reserved()).value_or(answer.total);
    const bool is_short = free_budget(programme_) < more;
    if (without_funds && !is_short)
        return refuse(error_code::invalid_argument,
                      "the programme has " + money_text(free_budget(programme_)) + " free, and the grant needs " +
                          money_text(more) + "; decide without 'without_funds'",
                      "without_funds");
    if (!without_funds) return {};
    made.outcome = decision_outcome::refused;
    made.reasons.push_back({"Budget", "budget_spent", true});
    return {};
}

/// Asks the rules for a decision with the application as it is now.
inline result<employer_decider::proposal> employer_decider::propose(const std::string& id, decision_kind kind,
                                                                    bool without_funds) {
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    auto asked = terms->try_grant(terms_inputs_of(state_, at(), *at().arrived));
    if (!asked) return refuse(asked.error().code(), asked.error().message()).because(asked.error());
    const grant_answer& answer = *asked;
    proposal made;
    made.inputs = answer.inputs;
    supplement_decision& decision = made.decision;
    decision.id = id;
    decision.kind = kind;
    decision.reasons = answer.reasons;
    decision.terms_version = at().terms_version;
    decision.terms_hash = at().terms_hash;
    if (answer.eligible) {
        decision.outcome = at().details.months_asked && answer.months < *at().details.months_asked
                               ? decision_outcome::partly_granted
                               : decision_outcome::granted;
        POLKU_CHECK(check_limits(made, answer, without_funds));
    }
    if (decision.outcome != decision_outcome::refused) {
        decision.monthly_amount = answer.monthly_amount;
        decision.months = answer.months;
        decision.total = answer.total;
    }
    POLKU_TRY(decision.remedy, terms->try_remedy(kind == decision_kind::rectified ? "rectification" : "grant"));
    return made;
}

/// What was asked for did not come in time: the application is refused for what it lacks.
inline employer_decider::proposal employer_decider::refuse_incomplete(const std::string& id) const {
    proposal made;
    made.decision.id = id;
    made.decision.terms_version = at().terms_version;
    made.decision.terms_hash = at().terms_hash;
    for (const std::string& each : at().missing) made.decision.reasons.push_back({"Missing items", each, true});
    return made;
}

/// Stores a decision on the grant, with the money that it sets aside or sets free.
inline result<void> employer_decider::issue(proposal what) {
    const supplement_sums sums = sums_of(at());
    const feel::number& needed = what.decision.total < sums.paid ? sums.paid : what.decision.total;
    const feel::number target = feel::subtract(needed, sums.repaid).value_or(needed);
    if (what.decision.outcome != decision_outcome::refused) POLKU_CHECK(check_undertaking());
    POLKU_CHECK(set_reserved(target, "decision " + what.decision.id));
    add(decision_issued{application_, std::move(what.decision), std::move(what.inputs)});
    return {};
}

inline result<void> employer_decider::handle(const decide_application& what) {
    POLKU_CHECK(check_new(at().decisions, what.decision, "decision", "decision"));
    const bool completing = at().phase == application_phase::completing;
    if (completing && on_ <= *at().completion_until)
        return refuse(error_code::application_incomplete,
                      "the employer may complete the application until " + time::to_string(*at().completion_until));
    if (!completing && !at().missing.empty())
        return refuse(error_code::application_incomplete,
                      "the application lacks " + quoted(at().missing) + "; request_completion asks for it");
    const bool anew = newest_decision(at()) != nullptr;
    const bool lacks = completing && !at().missing.empty();
    auto made = lacks ? result<proposal>(refuse_incomplete(what.decision))
                      : propose(what.decision, decision_kind::initial, what.without_funds.value_or(false));
    if (!made) return std::move(made).error();
    if (lacks) {
        POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
        POLKU_TRY(made->decision.remedy, terms->try_remedy("grant"));
    }
    if (anew) made->decision.kind = decision_kind::anew;
    made->decision.text = what.text;
    return issue(std::move(made).value());
}

inline result<void> employer_decider::handle(const give_notice& what) {
    POLKU_TRY(const decision_entry* const about, find(at().decisions, what.decision, "decision", "decision"));
    if (about->notice)
        return refuse(error_code::duplicate_record,
                      "notice was given on " + time::to_string(about->notice->sent) +
                          "; record_receipt says when it was received",
                      "decision");
    POLKU_CHECK(check_not_before(about->made, "the decision"));
    if (what.shown && (*what.shown < on_ || with_.today < *what.shown))
        return refuse(
            error_code::invalid_argument,
            "a decision sent on " + time::to_string(on_) + " was not received on " + time::to_string(*what.shown),
            "shown");
    add(notice_given{what.application, what.decision, notice_record{what.way, on_, what.shown}});
    return {};
}

inline result<void> employer_decider::handle(const record_receipt& what) {
    POLKU_TRY(const decision_entry* const about, find(at().decisions, what.decision, "decision", "decision"));
    if (!about->notice)
        return refuse(error_code::step_missing, "no notice of the decision has been given; give_notice comes first",
                      "decision");
    if (what.shown < about->notice->sent || on_ < what.shown)
        return refuse(error_code::invalid_argument,
                      "a decision sent on " + time::to_string(about->notice->sent) + " was not received on " +
                          time::to_string(what.shown),
                      "shown");
    add(receipt_recorded{what.application, what.decision, what.shown});
    return {};
}

/// The decision, which must be one that this remedy is for and that notice was given of.
inline result<const decision_entry*> employer_decider::contested(const std::string& decision,
                                                                 std::string_view remedy) const {
    POLKU_TRY(const decision_entry* const about, find(at().decisions, decision, "decision", "decision"));
    if (about->content.remedy.remedy != remedy)
        return refuse(error_code::invalid_argument,
                      "the decision '" + decision + "' is contested by '" + about->content.remedy.remedy +
                          "', not by '" + std::string(remedy) + "'",
                      "decision");
    if (!about->notice)
        return refuse(error_code::step_missing, "no notice of the decision has been given; give_notice comes first",
                      "decision");
    POLKU_CHECK(check_not_before(about->notice->sent, "the notice of the decision"));
    return about;
}

inline result<contest> employer_decider::made_contest(const std::string& id, const std::string& decision,
                                                      const std::string& by, const std::string& grounds,
                                                      std::string_view remedy) const {
    POLKU_TRY(const decision_entry* const about, contested(decision, remedy));
    POLKU_CHECK(check_text(by, "by"));
    POLKU_CHECK(check_text(grounds, "grounds"));
    contest made;
    made.id = id;
    made.decision = decision;
    made.filed = on_;
    made.by = by;
    made.grounds = grounds;
    // Before the decision is received the time has not begun, so nothing can be late.
    if (const auto period = contest_period_of(*about)) {
        made.last_day = period->last;
        made.in_time = on_ <= period->last;
    }
    return made;
}

inline result<void> employer_decider::handle(const file_claim& what) {
    POLKU_CHECK(check_new(at().claims, what.claim, "claim", "claim"));
    POLKU_TRY(contest made, made_contest(what.claim, what.decision, what.by, what.grounds, "rectification"));
    add(claim_filed{what.application, std::move(made)});
    return {};
}

inline result<void> employer_decider::handle(const record_appeal& what) {
    POLKU_CHECK(check_new(at().appeals, what.appeal, "appeal", "appeal"));
    POLKU_TRY(contest made, made_contest(what.appeal, what.decision, what.by, what.grounds, "appeal"));
    add(appeal_recorded{what.application, std::move(made)});
    return {};
}

inline result<supplement_decision> employer_decider::answer_recovery(const decide_claim& what,
                                                                     const decision_entry& about) const {
    supplement_decision made = about.content;
    POLKU_TRY(const recovery_entry* const known, find(at().recoveries, *made.recovery, "recovery", "claim"));
    made.total = known->amount;
    if (what.outcome != claim_outcome::changed) return made;
    if (!what.amount)
        return refuse(error_code::missing_detail, "a changed recovery has a new amount; give 'amount'", "amount");
    if (what.amount->is_negative() || !is_cents(*what.amount))
        return refuse(error_code::invalid_argument, "an amount is zero or more, in whole cents", "amount");
    if (known->amount < *what.amount || *what.amount < known->repaid)
        return refuse(error_code::amount_exceeded,
                      "the recovery is of " + money_text(known->amount) + " of which " + money_text(known->repaid) +
                          " came back; the new amount lies between these",
                      "amount");
    made.total = *what.amount;
    if (made.total.is_zero()) made.outcome = decision_outcome::recovery_cancelled;
    return made;
}

inline result<employer_decider::proposal> employer_decider::answer_claim(const decide_claim& what,
                                                                         const decision_entry& about) {
    proposal made;
    if (about.content.recovery) {
        POLKU_TRY(made.decision, answer_recovery(what, about));
    } else if (what.outcome == claim_outcome::changed) {
        POLKU_TRY(made, propose(what.decision, decision_kind::rectified, false));
    } else {
        made.decision = newest_decision(at())->content;
    }
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    POLKU_TRY(made.decision.remedy, terms->try_remedy("rectification"));
    made.decision.id = what.decision;
    made.decision.kind = decision_kind::rectified;
    made.decision.claim = what.claim;
    made.decision.text = what.text;
    return made;
}

inline result<void> employer_decider::handle(const decide_claim& what) {
    POLKU_TRY(const contest* const claim, find(at().claims, what.claim, "claim", "claim"));
    if (!claim->is_open())
        return refuse(error_code::record_not_open,
                      "the claim '" + what.claim + "' was decided on " + time::to_string(*claim->decided), "claim");
    POLKU_CHECK(check_new(at().decisions, what.decision, "decision", "decision"));
    POLKU_CHECK(check_text(what.text, "text"));
    if (!claim->in_time && what.outcome != claim_outcome::inadmissible)
        return refuse(error_code::illegal_application_step,
                      "the claim came on " + time::to_string(claim->filed) + ", after its last day " +
                          time::to_string(*claim->last_day) + "; a late claim is 'inadmissible'",
                      "outcome");
    const decision_entry about = **find(at().decisions, claim->decision, "decision", "claim");
    POLKU_TRY(proposal made, answer_claim(what, about));
    const char* const outcome = what.outcome == claim_outcome::kept      ? "kept"
                                : what.outcome == claim_outcome::changed ? "changed"
                                                                         : "inadmissible";
    add(claim_decided{what.application, what.claim, outcome, what.text});
    if (!about.content.recovery) return issue(std::move(made));
    add(decision_issued{what.application, std::move(made.decision), {}});
    return {};
}

inline result<void> employer_decider::handle(const record_appeal_outcome& what) {
    POLKU_TRY(const contest* const appeal, find(at().appeals, what.appeal, "appeal", "appeal"));
    if (!appeal->is_open())
        return refuse(error_code::record_not_open,
                      "the appeal '" + what.appeal + "' was decided on " + time::to_string(*appeal->decided), "appeal");
    POLKU_CHECK(check_text(what.text, "text"));
    const char* const outcome = what.outcome == appeal_outcome::rejected   ? "rejected"
                                : what.outcome == appeal_outcome::returned ? "returned"
                                                                           : "inadmissible";
    add(appeal_decided{what.application, what.appeal, outcome, what.text});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
