// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_CLIENT_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_CLIENT_HPP

// Commands about the client: details, facts, consents, representatives, non-disclosure.

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/rules/identifiers.hpp>
#include <polku/rules/municipality.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline decided case_decider::handle(const update_client& what) {
    if (what.details.identity_code) {
        auto read = rules::try_parse_identity_code(*what.details.identity_code);
        if (!read) return refuse(read.error().code(), read.error().message());
        if (with_.today < read->birth)
            return refuse(error_code::invalid_identity_code, "personal identity code: its date of birth is after " +
                                                                 time::to_string(with_.today) +
                                                                 ", which is today; check DDMMYY and the separator");
    }
    if (what.details.municipality) {
        auto found = rules::try_find_municipality(*what.details.municipality);
        if (!found && says().municipalities.count(*what.details.municipality) == 0)
            return refuse(found.error().code(), found.error().message());
    }
    if (what.details == client_details{}) return refuse(error_code::missing_detail, "no detail of the client is given");
    add(client_details_recorded{what.details});
    return {};
}

/// The value as the fact's definition has it, from a source that the definition names.
inline result<feel::value> case_decider::checked_fact(const std::string& fact, const feel::value& value,
                                                      const std::string& source) const {
    POLKU_CHECK(check_known(error_code::unknown_fact, "fact", says().facts, fact));
    const fact_definition& known = says().facts.at(fact);
    auto converted = try_typed(value, known.type, fact);
    if (!converted) return refuse(converted.error().code(), converted.error().message());
    feel::value typed = std::move(converted).value();
    if (typed.is(feel::kind::string) && !known.values.empty())
        POLKU_CHECK(check_known(error_code::fact_type, ("for fact '" + fact + "' the value").c_str(), known.values,
                                std::string(typed.as_string())));
    POLKU_CHECK(check_level(fact, typed));
    const bool source_known =
        known.sources.empty() || std::find(known.sources.begin(), known.sources.end(), source) != known.sources.end();
    if (source.empty() || !source_known)
        return refuse(error_code::fact_source,
                      "fact '" + fact + "' cannot come from '" + source +
                          "'; its sources are: " + (known.sources.empty() ? "any, but named" : quoted(known.sources)));
    return typed;
}

/// A fact that holds the level of an ability is one of its levels.
inline decided case_decider::check_level(const std::string& fact, const feel::value& told) const {
    if (!told.is(feel::kind::number)) return {};
    for (const auto& [id, ability] : says().abilities) {
        if (ability.fact != fact) continue;
        const auto level = told.as_number().to_int64();
        if (!level || *level < 0 || ability.highest < *level)
            return refuse(error_code::score_out_of_range,
                          "fact '" + fact + "' holds a level of '" + id + "', a whole number from 0 to " +
                              std::to_string(ability.highest) + ", found " + told.as_number().to_string());
    }
    return {};
}

inline decided case_decider::handle(const record_fact& what) {
    POLKU_TRY(const feel::value typed, checked_fact(what.fact, what.value, what.source));
    const fact_definition& known = says().facts.at(what.fact);
    fact_recorded told{what.fact,       known.type, typed, what.source, known.category, what.told.value_or(on_),
                       what.valid_until};
    if (with_.today < told.told)
        return refuse(error_code::command_in_future, "the fact would be told on " + time::to_string(told.told) +
                                                         ", but today is " + time::to_string(with_.today));
    if (!told.valid_until && known.valid_for)
        told.valid_until = time::nominal_deadline(told.told, *parse_period(*known.valid_for));
    if (told.valid_until && *told.valid_until < told.told)
        return refuse(error_code::command_too_early,
                      "the fact would end on " + time::to_string(*told.valid_until) + ", before it is told");
    add(std::move(told));
    return {};
}

inline decided case_decider::handle(const withdraw_fact& what) {
    POLKU_CHECK(check_known(error_code::unknown_fact, "fact", says().facts, what.fact));
    const auto found = state_.facts.find(what.fact);
    if (found == state_.facts.end() || found->second.state != fact_state::known)
        return refuse(error_code::unknown_record,
                      "the fact '" + what.fact + "' is not known, so it cannot be withdrawn");
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(fact_withdrawn{what.fact, what.reason});
    return {};
}

inline decided case_decider::handle(const give_consent& what) {
    POLKU_CHECK(check_known(error_code::unknown_consent, "consent", says().consents, what.consent));
    if (what.given_by) {
        POLKU_TRY(const representative* by, find("representative", state_.representatives, *what.given_by));
        if (!in_force(*by, on_))
            return refuse(error_code::record_not_open,
                          "the representative '" + by->id + "' does not act for the client on " + time::to_string(on_));
    }
    consent_given given{what.consent, what.until, what.way, what.given_by};
    const auto& valid_for = says().consents.at(what.consent).valid_for;
    if (!given.until && valid_for) given.until = time::nominal_deadline(on_, *parse_period(*valid_for));
    if (given.until && *given.until < on_)
        return refuse(error_code::command_too_early,
                      "the consent would end on " + time::to_string(*given.until) + ", before it is given");
    add(std::move(given));
    return {};
}

inline decided case_decider::handle(const withdraw_consent& what) {
    POLKU_CHECK(check_known(error_code::unknown_consent, "consent", says().consents, what.consent));
    if (!has_consent(state_, what.consent, on_))
        return refuse(error_code::unknown_record,
                      "the consent '" + what.consent + "' is not in force on " + time::to_string(on_));
    add(consent_withdrawn{what.consent});
    if (!has_consent(state_, what.consent, on_)) revoke_referrals_by(what.consent);
    return {};
}

inline decided case_decider::handle(const add_representative& what) {
    POLKU_CHECK(check_new("representative", state_.representatives, what.who.id));
    POLKU_CHECK(check_text(what.who.person, "person"));
    if (what.who.until && *what.who.until < what.who.from)
        return refuse(error_code::command_too_early, "the representation would end before it begins");
    add(representative_added{what.who});
    return {};
}

inline decided case_decider::handle(const end_representative& what) {
    POLKU_TRY(const representative* found, find("representative", state_.representatives, what.id));
    if (found->until && *found->until < on_)
        return refuse(error_code::record_not_open, "the representation '" + what.id + "' has ended already");
    add(representative_ended{what.id, what.reason});
    return {};
}

inline decided case_decider::handle(const set_non_disclosure& what) {
    if (what.until && *what.until < on_)
        return refuse(error_code::command_too_early, "the order would end before it begins");
    add(non_disclosure_set{what.until});
    return {};
}

inline decided case_decider::handle(const lift_non_disclosure& what) {
    if (!is_non_disclosed(state_, on_))
        return refuse(error_code::unknown_record, "no non-disclosure order is in force on " + time::to_string(on_));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(non_disclosure_lifted{what.reason});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
