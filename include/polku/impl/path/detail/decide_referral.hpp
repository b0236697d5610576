// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_REFERRAL_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_REFERRAL_HPP

// Commands about referrals. The legal moves stand in referral.ipp alone.

#include <polku/impl/path/detail/case_decider.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline case_decider::limit case_decider::referral_limit_of(const std::string& service, referral_state state,
                                                           time::date from) const {
    const referral_limit usual = default_limit(state);
    std::string within(usual.within);
    std::string then(usual.then ? name_of(*usual.then) : std::string_view("escalate"));
    const auto known = says().services.find(service);
    if (known != says().services.end()) {
        const auto own = known->second.states.find(std::string(name_of(state)));
        if (own != known->second.states.end()) {
            within = own->second.within;
            then = own->second.then;
        }
    }
    const time::period length = parse_period(within).value_or(time::period{14, time::period_unit::days});
    return {time::nominal_deadline(from, length).value_or(from), then};
}

inline decided case_decider::handle(const draft_referral& what) {
    POLKU_CHECK(check_known(error_code::unknown_service, "service", says().services, what.service));
    POLKU_CHECK(check_new("referral", state_.referrals, what.referral));
    POLKU_CHECK(check_party(what.sender));
    const referral_service_definition& service = says().services.at(what.service);
    POLKU_CHECK(check_in_force("service", what.service, service.valid));
    const limit until = referral_limit_of(what.service, referral_state::draft, on_);
    add(referral_drafted{what.referral,
                         what.service,
                         service.receiver,
                         what.sender,
                         what.sender.role,
                         until.deadline,
                         until.disposition,
                         what.reason,
                         what.background,
                         what.client_view,
                         {}});
    return {};
}

inline decided case_decider::handle(const amend_referral& what) {
    POLKU_TRY(const referral* found, find("referral", state_.referrals, what.referral));
    if (!try_move(found->state, referral_move::send))
        return refuse(error_code::illegal_referral_move, "the referral '" + found->id + "' is '" +
                                                             std::string(name_of(found->state)) +
                                                             "'; only a draft or a returned one is amended");
    if (!what.reason && !what.background && !what.client_view)
        return refuse(error_code::missing_detail,
                      "nothing is given to amend the referral by; give reason, background or client_view");
    add(referral_amended{what.referral, std::string(found->service), what.reason, what.background, what.client_view});
    return {};
}

/// What is unknown keeps nobody out: it is asked first.
inline decided case_decider::check_whom_for(const std::string& service) const {
    const auto when = path_.data().services.find(service);
    if (when == path_.data().services.end()) return {};
    feel::evaluation_context with(time::date_time{on_, {}});
    if (when->second.evaluate(with, fact_values(says(), state_, on_)).is_true()) return {};
    std::vector<std::string> asked;
    for (const std::uint32_t slot : when->second.used_slots())
        asked.push_back(std::next(says().facts.begin(), slot)->first);
    const std::vector<std::string> missing = missing_facts(state_, asked, on_);
    if (!missing.empty())
        return refuse(
            error_code::missing_facts,
            "whether '" + service + "' is for this client depends on facts that are not known: " + quoted(missing));
    return refuse(error_code::not_in_target_group,
                  "'" + service + "' is for clients of whom this is true: " + std::string(when->second.text()));
}

/// The contract of the receiver: nothing is sent before it is there.
inline decided case_decider::check_pre_information(const referral& of) const {
    const auto known = says().services.find(of.service);
    if (known == says().services.end()) return {};
    const referral_service_definition& service = known->second;
    const std::vector<std::string> missing = missing_facts(state_, service.requires_, on_);
    if (!missing.empty())
        return refuse(error_code::missing_facts,
                      "the receiver of '" + of.service + "' needs facts that are not known: " + quoted(missing));
    POLKU_CHECK(check_whom_for(of.service));
    if (service.consent && !has_consent(state_, *service.consent, on_))
        return refuse(error_code::missing_consent,
                      "a referral to '" + of.service + "' needs the client's consent '" + *service.consent + "'");
    if (service.reason_required.value_or(true) && of.reason.value_or("").empty())
        return refuse(error_code::missing_detail,
                      "the referral '" + of.id + "' does not say its reason; amend_referral adds it");
    return {};
}

inline decided case_decider::check_completion(const referral& of) const {
    const auto known = says().services.find(of.service);
    if (known == says().services.end()) return {};
    const auto draft = state_.marks.drafts.find(of.id);
    const std::int64_t since = draft == state_.marks.drafts.end() ? 0 : draft->second;
    for (const std::string& trigger : known->second.completed_by)
        if (!has_happened(state_, trigger, since))
            return refuse(error_code::step_missing,
                          "a referral to '" + of.service + "' is not complete without '" + trigger + "'");
    return {};
}

inline decided case_decider::check_move_details(const move_referral& what, const referral& of) const {
    const auto wanted = [&](bool given, const char* member) -> decided {
        if (given) return {};
        return refuse(error_code::missing_detail,
                      "to '" + std::string(name_of(what.move)) + "' a referral, '" + member + "' is needed");
    };
    switch (what.move) {
        case referral_move::send: return check_pre_information(of);
        case referral_move::decline:
            if (what.until && *what.until <= on_)
                return refuse(error_code::command_too_early, "a referral is parked until a day after " +
                                                                 time::to_string(on_) + ", not until " +
                                                                 time::to_string(*what.until));
            return wanted(!what.reason.value_or("").empty(), "reason");
        case referral_move::return_for_information:
        case referral_move::fail:
        case referral_move::enter_in_error:
        case referral_move::revoke: return wanted(!what.reason.value_or("").empty(), "reason");
        case referral_move::wait_list:
        case referral_move::hold:
            return wanted(what.until && on_ <= *what.until, "until (not before the command's day)");
        case referral_move::complete:
            POLKU_CHECK(wanted(!what.outcome.value_or("").empty(), "outcome"));
            return check_completion(of);
        case referral_move::expire:
            if (of.deadline && *of.deadline < on_) return {};
            return refuse(error_code::command_too_early,
                          "the referral '" + of.id + "' has time until " + time::to_string(of.deadline.value_or(on_)));
        default: return {};
    }
}

inline decided case_decider::handle(const move_referral& what) {
    POLKU_TRY(const referral* found, find("referral", state_.referrals, what.referral));
    auto to = try_move(found->state, what.move);
    if (!to) return refuse(to.error().code(), "referral '" + found->id + "': " + to.error().message());
    POLKU_CHECK(check_not_before(found->since, "the referral's present state"));
    POLKU_CHECK(check_move_details(what, *found));
    const referral of = *found;
    if (what.move == referral_move::forward) return forward_referral(of, what);
    add_referral_move(of, what, to.value());
    return {};
}

inline void case_decider::add_referral_move(const referral& of, const move_referral& what, referral_state to) {
    referral_moved moved;
    moved.referral = of.id;
    moved.service = of.service;
    moved.move = what.move;
    moved.from_state = of.state;
    moved.to_state = to;
    moved.reason = what.reason;
    moved.outcome = what.outcome;
    moved.next = what.next;
    if (what.move == referral_move::wait_list || what.move == referral_move::hold ||
        what.move == referral_move::decline)
        moved.until = what.until;
    moved.responsible = is_sender_responsible(to) ? of.sender.role : of.receiver;
    if (is_open(to)) {
        const limit until = referral_limit_of(of.service, to, on_);
        moved.owner = is_waiting_for_sender(to) ? of.sender.role : of.receiver;
        moved.deadline = moved.until ? moved.until : std::optional(until.deadline);
        const bool parked = to == referral_state::declined && moved.until;
        moved.disposition = parked ? std::string(name_of(referral_move::wake)) : until.disposition;
    }
    if (of.state != referral_state::draft || to == referral_state::sent)
        moved.tells = {is_made_by_receiver(what.move) ? of.sender.role : of.receiver};
    add(std::move(moved));
}

/// What may not be shared any more is taken back from every receiver that has it by that consent.
inline void case_decider::revoke_referrals_by(const std::string& consent) {
    const std::vector<referral> referrals = state_.referrals;
    for (const referral& each : referrals) {
        const auto service = says().services.find(each.service);
        if (!is_with_receiver(each.state) || service == says().services.end() || service->second.consent != consent)
            continue;
        move_referral revoked;
        revoked.referral = each.id;
        revoked.move = referral_move::revoke;
        revoked.reason = "the client withdrew the consent '" + consent + "'";
        add_referral_move(each, revoked, referral_state::revoked);
    }
}

inline decided case_decider::forward_referral(const referral& of, const move_referral& what) {
    if (!what.to || !what.next)
        return refuse(error_code::missing_detail,
                      "to forward a referral, 'to' (a service) and 'next' (a new id) are needed");
    POLKU_CHECK(check_known(error_code::unknown_service, "service", says().services, *what.to));
    POLKU_CHECK(check_in_force("service", *what.to, says().services.at(*what.to).valid));
    POLKU_CHECK(check_new("referral", state_.referrals, *what.next));
    add_referral_move(of, what, referral_state::onward);
    const limit until = referral_limit_of(*what.to, referral_state::draft, on_);
    add(referral_drafted{*what.next, *what.to, says().services.at(*what.to).receiver, of.sender, of.sender.role,
                         until.deadline, until.disposition, of.reason, of.background, of.client_view, of.id});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
