// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_SUPPLEMENT_EVOLVE_IPP
#define POLKU_IMPL_PATH_SUPPLEMENT_EVOLVE_IPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/supplement.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::path {

namespace detail {

/// Where a decided application is: the newest decision says whether there is a grant, the employment the rest.
inline application_phase phase_after_decision(const application& of) {
    const decision_entry* const newest = newest_decision(of);
    if (newest == nullptr || newest->content.outcome == decision_outcome::refused) return application_phase::refused;
    if (of.settled) return application_phase::settled;
    if (of.ended) return application_phase::ended;
    if (!of.interruptions.empty() && !of.interruptions.back().until) return application_phase::interrupted;
    return of.started ? application_phase::running : application_phase::granted;
}

/// Puts one event into an employer. What speaks of records that nobody made is passed over.
struct employer_fold {
    employer_state& into;
    const employer_event& of;

    time::date day() const noexcept { return of.effective_date; }
    application* named(const std::string& id) const { return find_by_id(into.applications, id); }
    template <class Value>
    static void take(std::optional<Value>& old, const std::optional<Value>& told) {
        if (told) old = told;
    }
    static void take_details(application_details& old, const application_details& told) {
        take(old.job, told.job);
        take(old.starts_on, told.starts_on);
        take(old.ends_on, told.ends_on);
        take(old.permanent, told.permanent);
        take(old.weekly_hours, told.weekly_hours);
        take(old.months_asked, told.months_asked);
        take(old.pay_follows_agreement, told.pay_follows_agreement);
        take(old.pay_subsidy, told.pay_subsidy);
        take(old.municipal_supplement, told.municipal_supplement);
        take(old.wage_or_tax_debts, told.wage_or_tax_debts);
        take(old.recent_dismissals, told.recent_dismissals);
        for (const std::string& each : told.attachments)
            if (std::find(old.attachments.begin(), old.attachments.end(), each) == old.attachments.end())
                old.attachments.push_back(each);
    }

    void operator()(const employer_opened& what) {
        into.opened = day();
        into.details = what.details;
    }
    void operator()(const employer_updated& what) { into.details = what.details; }
    void operator()(const aid_declared& what) { into.declared_aid.push_back(what.aid); }
    void operator()(const application_drafted& what) {
        application made;
        made.id = what.application;
        made.programme = what.programme;
        made.business_id = what.business_id;
        made.client = what.client;
        made.group = what.group;
        made.details = what.details;
        made.erased = of.erased;
        into.applications.push_back(std::move(made));
    }
    void operator()(const application_amended& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        take(at->client, what.client);
        if (what.group && what.group != at->group) at->group_confirmed_by.reset();
        take(at->group, what.group);
        take_details(at->details, what.details);
    }
    void operator()(const application_submitted& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        if (!at->arrived) at->arrived = day();
        at->terms_version = what.terms_version;
        at->terms_hash = what.terms_hash;
        at->missing = what.missing;
        at->completion_until.reset();
        at->phase = application_phase::submitted;
    }
    void operator()(const group_confirmed& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        take(at->group, what.group);
        at->group_confirmed_by = of.actor;
    }
    void operator()(const completion_requested& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->missing = what.missing;
        at->completion_until = what.until;
        at->phase = application_phase::completing;
    }
    void operator()(const application_withdrawn& what) {
        if (application* const at = named(what.application)) at->phase = application_phase::withdrawn;
    }
    void operator()(const decision_issued& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->decisions.push_back({what.decision.id, what.decision, day(), of.actor, {}});
        if (what.decision.recovery)
            order(*at, what.decision);
        else
            at->phase = phase_after_decision(*at);
    }
    static void order(application& at, const supplement_decision& what) {
        if (recovery_entry* const known = find_by_id(at.recoveries, *what.recovery))
            known->amount = what.total;
        else
            at.recoveries.push_back({*what.recovery, what.total, {}});
    }
    void operator()(const notice_given& what) {
        application* const at = named(what.application);
        decision_entry* const told = at != nullptr ? find_by_id(at->decisions, what.decision) : nullptr;
        if (told != nullptr) told->notice = what.notice;
    }
    void operator()(const receipt_recorded& what) {
        application* const at = named(what.application);
        decision_entry* const told = at != nullptr ? find_by_id(at->decisions, what.decision) : nullptr;
        if (told != nullptr && told->notice) told->notice->shown = what.shown;
    }
    void operator()(const claim_filed& what) {
        if (application* const at = named(what.application)) at->claims.push_back(what.claim);
    }
    void end(std::vector<contest>& among, const std::string& id, const std::string& outcome,
             const std::optional<std::string>& text) const {
        contest* const found = find_by_id(among, id);
        if (found == nullptr) return;
        found->outcome = outcome;
        found->decided = day();
        found->text = text;
    }
    void operator()(const claim_decided& what) {
        if (application* const at = named(what.application)) end(at->claims, what.claim, what.outcome, what.text);
    }
    void operator()(const appeal_recorded& what) {
        if (application* const at = named(what.application)) at->appeals.push_back(what.appeal);
    }
    void operator()(const appeal_decided& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        end(at->appeals, what.appeal, what.outcome, what.text);
        if (what.outcome != "returned") return;
        const contest* const appeal = find_by_id(at->appeals, what.appeal);
        const decision_entry* const about = appeal != nullptr ? find_by_id(at->decisions, appeal->decision) : nullptr;
        if (about != nullptr && about->content.recovery) {
            // The recovery falls: no more is owed than what came back already.
            if (recovery_entry* const known = find_by_id(at->recoveries, *about->content.recovery))
                known->amount = known->repaid;
        } else {
            at->settled.reset();
            at->phase = application_phase::submitted;
        }
    }
    void operator()(const employment_started& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->started = day();
        at->phase = application_phase::running;
    }
    void operator()(const employment_interrupted& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->interruptions.push_back({day(), {}});
        at->phase = application_phase::interrupted;
    }
    void operator()(const employment_resumed& what) {
        application* const at = named(what.application);
        if (at == nullptr || at->interruptions.empty()) return;
        at->interruptions.back().until = day().plus_days(-1);
        at->phase = application_phase::running;
    }
    void operator()(const employment_ended& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->ended = day();
        at->phase = application_phase::ended;
    }
    void operator()(const payment_claimed& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        payment_claim told{
            what.claim,       what.month,   day(), what.worked_hours, what.full_hours, what.wage_cost, what.other_aid,
            what.attachments, what.missing, {}};
        if (payment_claim* const known = find_by_id(at->payment_claims, what.claim))
            *known = std::move(told);
        else
            at->payment_claims.push_back(std::move(told));
    }
    void operator()(const payment_made& what) {
        application* const at = named(what.application);
        payment_claim* const known = at != nullptr ? find_by_id(at->payment_claims, what.claim) : nullptr;
        if (known != nullptr) known->payment = supplement_payment{what.amount, day(), what.reference};
    }
    void operator()(const repayment_received& what) {
        application* const at = named(what.application);
        recovery_entry* const known = at != nullptr ? find_by_id(at->recoveries, what.recovery) : nullptr;
        if (known != nullptr) known->repaid = feel::add(known->repaid, what.amount).value_or(known->repaid);
    }
    void operator()(const effect_recorded& what) {
        application* const at = named(what.application);
        if (at == nullptr || !what.employed) return;
        at->effects.push_back({what.point, day(), *what.employed, what.note});
    }
    void operator()(const application_settled& what) {
        application* const at = named(what.application);
        if (at == nullptr) return;
        at->settled = day();
        at->phase = application_phase::settled;
    }
};

/// Puts one event into a programme.
struct programme_fold {
    programme_state& into;
    const programme_event& of;

    void operator()(const programme_opened& what) {
        into.opened = of.effective_date;
        into.name = what.name;
        into.valid = what.valid;
        into.budget = what.budget;
    }
    void operator()(const terms_published& what) { into.terms.push_back({what.version, what.hash, what.from}); }
    void operator()(const budget_changed& what) { into.budget = what.budget; }
    void operator()(const budget_reserved& what) {
        reservation& at = reserved(what.employer, what.application);
        at.amount = feel::add(at.amount, what.amount).value_or(at.amount);
        at.business_ids = what.business_ids;
    }
    void operator()(const budget_released& what) {
        reservation& at = reserved(what.employer, what.application);
        at.amount = feel::subtract(at.amount, what.amount).value_or(at.amount);
    }
    void operator()(const programme_closed&) { into.closed = of.effective_date; }

    reservation& reserved(const std::string& employer, const std::string& application) {
        for (reservation& each : into.reservations)
            if (each.employer == employer && each.application == application) return each;
        into.reservations.push_back({employer, application, {}, {}});
        return into.reservations.back();
    }
};

}  // namespace detail

POLKU_DECL employer_state evolve_employer(employer_state before, const employer_event& happened) {
    std::visit(detail::employer_fold{before, happened}, happened.what);
    before.version = happened.version != 0 ? happened.version : before.version + 1;
    return before;
}

POLKU_DECL programme_state evolve_programme(programme_state before, const programme_event& happened) {
    std::visit(detail::programme_fold{before, happened}, happened.what);
    before.version = happened.version != 0 ? happened.version : before.version + 1;
    return before;
}

}  // namespace polku::inline POLKU_V::path

#endif
