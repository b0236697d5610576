// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_APPLY_HPP
#define POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_APPLY_HPP

// The employer, and an application until it is decided.

#include <polku/impl/path/detail/supplement_decider.hpp>
#include <polku/path/service_path.hpp>
#include <polku/rules/identifiers.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline std::vector<std::string> employer_decider::business_ids() const {
    std::vector<std::string> all{state_.details.business_id};
    for (const employer_member& each : state_.details.members) all.push_back(each.business_id);
    return all;
}

inline result<void> employer_decider::check_business_ids(const employer_details& of) const {
    POLKU_CHECK(check_text(of.name, "details/name"));
    std::vector<std::pair<std::string, std::string>> given{{of.business_id, "details/business_id"}};
    for (std::size_t i = 0; i < of.members.size(); ++i)
        given.emplace_back(of.members[i].business_id, "details/members/" + std::to_string(i) + "/business_id");
    for (std::size_t i = 0; i < given.size(); ++i) {
        auto checked = rules::try_parse_business_id(given[i].first);
        if (!checked) return refuse(checked.error().code(), checked.error().message(), given[i].second);
        for (std::size_t j = 0; j < i; ++j)
            if (given[j].first == given[i].first)
                return refuse(error_code::duplicate_record, "the business id '" + given[i].first + "' stands twice",
                              given[i].second);
    }
    return {};
}

inline result<void> employer_decider::handle(const open_employer& what) {
    POLKU_CHECK(check_business_ids(what.details));
    add(employer_opened{what.details});
    return {};
}

inline result<void> employer_decider::handle(const update_employer& what) {
    POLKU_CHECK(check_business_ids(what.details));
    if (what.details.business_id != state_.details.business_id)
        return refuse(error_code::invalid_argument,
                      "the employer's business id is '" + state_.details.business_id +
                          "' and stays; another business is another employer or a member of this one",
                      "details/business_id");
    add(employer_updated{what.details});
    return {};
}

inline result<void> employer_decider::handle(const declare_aid& what) {
    POLKU_CHECK(check_money(what.aid.amount, "aid/amount"));
    POLKU_CHECK(check_text(what.aid.granter, "aid/granter"));
    if (on_ < what.aid.day)
        return refuse(
            error_code::command_in_future,
            "the aid is of " + time::to_string(what.aid.day) + ", which has not come by " + time::to_string(on_),
            "aid/day");
    add(aid_declared{what.aid});
    return {};
}

inline result<void> employer_decider::check_client(const std::optional<std::string>& client) const {
    if (!client) return {};
    if (client->size() == 32 && client->find_first_not_of("0123456789abcdef") == std::string::npos) return {};
    return refuse(error_code::client_mismatch,
                  "the employee is named by " + std::to_string(client->size()) +
                      " characters that are no stream id; it has 32 hexadecimal digits in small letters",
                  "client");
}

inline result<void> employer_decider::handle(const draft_application& what) {
    POLKU_CHECK(check_new(state_.applications, what.application, "application", "application"));
    POLKU_CHECK(check_client(what.client));
    if (!programme_.is_opened())
        return refuse(error_code::not_found, "there is no programme '" + what.programme + "'; open_programme opens one",
                      "programme");
    const std::vector<std::string> own = business_ids();
    const std::string hiring = what.business_id.value_or(own.front());
    if (std::find(own.begin(), own.end(), hiring) == own.end())
        return refuse(error_code::unknown_path_item,
                      "'" + hiring + "' is no business of this undertaking; it has " + quoted(own), "business_id");
    application_ = what.application;
    employer_event_body drafted =
        application_drafted{what.application, what.programme, hiring, what.client, what.group, what.details};
    add(std::move(drafted));
    return {};
}

inline result<void> employer_decider::handle(const amend_application& what) {
    POLKU_CHECK(check_client(what.client));
    if (what.client && at().client && *what.client != *at().client)
        return refuse(error_code::client_mismatch,
                      "the application is for another employee; make a new one for this employee", "client");
    add(application_amended{what.application, what.client, what.group, what.details});
    return {};
}

inline result<void> employer_decider::handle(const submit_application& what) {
    std::string hash = at().terms_hash;
    if (!at().arrived) {
        const bool taken = programme_.valid.from <= on_ && (!programme_.valid.until || on_ <= *programme_.valid.until);
        if (!taken || (programme_.closed && *programme_.closed <= on_))
            return refuse(error_code::terms_not_in_force,
                          "the programme takes no applications on " + time::to_string(on_) + "; it takes them from " +
                              time::to_string(programme_.valid.from) +
                              (programme_.valid.until ? " to " + time::to_string(*programme_.valid.until) : "") +
                              (programme_.closed ? ", and was closed on " + time::to_string(*programme_.closed) : ""));
        const published_terms* const newest = terms_on(programme_, on_);
        if (newest == nullptr)
            return refuse(error_code::terms_not_in_force, "the programme has published no terms that are in force on " +
                                                              time::to_string(on_) + "; publish_terms does so");
        hash = newest->hash;
    }
    POLKU_TRY(const supplement_terms* const terms, terms_of(hash));
    POLKU_TRY(std::vector<std::string> missing,
              terms->try_missing_items(terms_inputs_of(state_, at(), at().arrived.value_or(on_))));
    add(application_submitted{what.application, terms->says().version, hash, std::move(missing)});
    return {};
}

inline result<void> employer_decider::handle(const confirm_group& what) {
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    std::vector<std::string> known;
    for (const auto& each : terms->says().groups) known.push_back(each.first);
    if (std::find(known.begin(), known.end(), what.group) == known.end())
        return refuse(error_code::unknown_path_item,
                      "'" + what.group + "' is no target group of the terms; they have " + quoted(known), "group");
    add(group_confirmed{what.application, what.group});
    return {};
}

inline result<void> employer_decider::handle(const request_completion& what) {
    if (at().missing.empty() && !what.note)
        return refuse(error_code::missing_detail,
                      "nothing is missing by the terms; say in 'note' what is asked, or decide the application",
                      "note");
    POLKU_TRY(const supplement_terms* const terms, terms_of(at().terms_hash));
    const auto given = time::statutory_deadline(on_, parse_period(terms->says().completion_time).value());
    const time::date until = what.until.value_or(given ? given->last : on_);
    if (until <= on_)
        return refuse(error_code::invalid_argument,
                      "the time for completing ends on " + time::to_string(until) + ", which is not after " +
                          time::to_string(on_),
                      "until");
    add(completion_requested{what.application, at().missing, until, what.note});
    return {};
}

inline result<void> employer_decider::handle(const withdraw_application& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    if (newest_decision(at()) != nullptr) POLKU_CHECK(set_reserved(sums_of(at()).paid, "withdrawn"));
    add(application_withdrawn{what.application, what.reason});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
