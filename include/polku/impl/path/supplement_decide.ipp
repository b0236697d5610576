// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_SUPPLEMENT_DECIDE_IPP
#define POLKU_IMPL_PATH_SUPPLEMENT_DECIDE_IPP

#include <polku/impl/path/detail/supplement_apply.hpp>
#include <polku/impl/path/detail/supplement_money.hpp>
#include <polku/impl/path/detail/supplement_remedies.hpp>

namespace polku::inline POLKU_V::path {

namespace detail {

inline error employer_decider::refuse(error_code code, std::string message, const std::string& pointer) const {
    position where;
    where.source = room_.employer.empty() ? std::string("employer") : "employer " + room_.employer;
    where.element = std::string(type_of(asked_));
    if (!pointer.empty()) where.pointer = "/data/" + pointer;
    return error(code, std::move(message), std::move(where));
}

inline void employer_decider::add(employer_event_body what) {
    employer_event made;
    made.what = std::move(what);
    made.effective_date = on_;
    made.recorded_at_ms = with_.now_ms;
    made.actor = with_.actor;
    made.purpose = with_.purpose;
    made.retention = "employment";
    state_ = evolve_employer(std::move(state_), made);
    const application* const about = find_application(state_, application_);
    if (about != nullptr) made.subject = about->client.value_or(std::string());
    made_.events.push_back(std::move(made));
}

inline void employer_decider::add_to_programme(programme_event_body what) {
    programme_event made;
    made.what = std::move(what);
    made.effective_date = on_;
    made.recorded_at_ms = with_.now_ms;
    made.actor = with_.actor;
    made.purpose = with_.purpose;
    programme_ = evolve_programme(std::move(programme_), made);
    made_.of_programme.push_back(std::move(made));
}

inline result<void> employer_decider::check_text(const std::string& text, const char* member) const {
    if (!text.empty()) return {};
    return refuse(error_code::missing_detail, std::string("the member '") + member + "' is empty", member);
}

inline result<void> employer_decider::check_not_before(time::date start, const std::string& what) const {
    if (start <= on_) return {};
    return refuse(error_code::command_too_early, "the command tells of " + time::to_string(on_) + ", but " + what +
                                                     " is of " + time::to_string(start));
}

inline result<const supplement_terms*> employer_decider::terms_of(const std::string& hash) const {
    for (const supplement_terms& each : room_.terms)
        if (hex_text(each.content_hash()) == hash) return &each;
    return refuse(error_code::terms_not_in_force,
                  "the terms " + (hash.empty() ? std::string("of the application") : hash) + " are not at hand");
}

inline result<void> employer_decider::check_day() const {
    if (with_.today < on_)
        return refuse(error_code::command_in_future, "the command tells of " + time::to_string(on_) +
                                                         ", but today is " + time::to_string(with_.today));
    if (std::holds_alternative<open_employer>(asked_)) {
        if (state_.is_opened())
            return refuse(
                error_code::duplicate_record,
                "the employer was opened on " + time::to_string(*state_.opened) + "; update_employer changes it");
        return {};
    }
    if (!state_.is_opened())
        return refuse(error_code::not_found, "the employer has not been opened; open_employer comes first");
    return check_not_before(*state_.opened, "the employer");
}

inline result<void> employer_decider::check_step() const {
    const std::string_view type = type_of(asked_);
    if (application_.empty() || std::holds_alternative<draft_application>(asked_)) return {};
    POLKU_TRY(const application* const about, find(state_.applications, application_, "application", "application"));
    const std::vector<std::string> open = open_steps(*about);
    if (std::find(open.begin(), open.end(), type) != open.end()) return {};
    return refuse(error_code::illegal_application_step,
                  "the application '" + application_ + "' is '" + std::string(name_of(about->phase)) +
                      "' and takes no '" + std::string(type) + "' now; it takes " +
                      (open.empty() ? std::string("nothing more") : quoted(open)));
}

inline result<supplement_decided> employer_decider::run() {
    application_ = application_of(asked_);
    POLKU_CHECK(check_day());
    POLKU_CHECK(check_step());
    made_.programme = programme_of(state_, asked_);
    POLKU_CHECK(std::visit([&](const auto& what) { return handle(what); }, asked_));
    return std::move(made_);
}

/// One run of `decide_programme`.
struct programme_decider {
    const programme_state& state;
    std::span<const supplement_terms> terms;
    const programme_command& asked;
    time::date on;
    const context& with;

    error refuse(error_code code, std::string message, const std::string& pointer = {}) const {
        position where;
        where.source = "programme";
        where.element =
            std::string(std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, asked));
        if (!pointer.empty()) where.pointer = "/data/" + pointer;
        return error(code, std::move(message), std::move(where));
    }
    result<void> check_budget(const feel::number& budget) const {
        if (!budget.is_negative() && is_cents(budget)) return {};
        return refuse(error_code::invalid_argument, "'" + budget.to_string() + "' is no sum of euros in whole cents",
                      "budget");
    }

    result<programme_event_body> handle(const open_programme& what) const {
        if (state.is_opened())
            return refuse(error_code::duplicate_record,
                          "the programme was opened on " + time::to_string(*state.opened));
        if (what.name.empty()) return refuse(error_code::missing_detail, "the programme has no name", "name");
        if (what.valid.until && *what.valid.until < what.valid.from)
            return refuse(error_code::invalid_argument, "the programme ends before it begins", "valid/until");
        POLKU_CHECK(check_budget(what.budget));
        return programme_event_body(programme_opened{what.name, what.valid, what.budget});
    }
    result<programme_event_body> handle(const publish_terms& what) const {
        const supplement_terms* found = nullptr;
        for (const supplement_terms& each : terms)
            if (hex_text(each.content_hash()) == what.hash) found = &each;
        if (found == nullptr)
            return refuse(error_code::not_found, "no terms with the hash '" + what.hash + "' are at hand", "hash");
        const terms_definition& says = found->says();
        if (what.from < says.valid.from || (says.valid.until && *says.valid.until < what.from))
            return refuse(error_code::terms_not_in_force,
                          "the terms '" + says.version + "' are valid from " + time::to_string(says.valid.from) +
                              (says.valid.until ? " to " + time::to_string(*says.valid.until) : "") + ", not on " +
                              time::to_string(what.from),
                          "from");
        if (!state.terms.empty() && what.from <= state.terms.back().from)
            return refuse(error_code::invalid_argument,
                          "the terms before these apply from " + time::to_string(state.terms.back().from) +
                              "; newer ones apply from a later day",
                          "from");
        // Applications of a day must not get other terms than those that were told on that day.
        if (!state.terms.empty() && what.from < on)
            return refuse(
                error_code::invalid_argument,
                "changed terms apply from the day of publishing at the earliest, which is " + time::to_string(on),
                "from");
        return programme_event_body(terms_published{says.version, what.hash, what.from});
    }
    result<programme_event_body> handle(const change_budget& what) const {
        POLKU_CHECK(check_budget(what.budget));
        if (what.reason.empty()) return refuse(error_code::missing_detail, "the member 'reason' is empty", "reason");
        if (what.budget < reserved_in(state))
            return refuse(error_code::budget_exceeded,
                          money_text(reserved_in(state)) + " is granted already; the budget cannot be less", "budget");
        return programme_event_body(budget_changed{what.budget, what.reason});
    }
    result<programme_event_body> handle(const close_programme& what) const {
        if (state.closed)
            return refuse(error_code::record_not_open, "the programme was closed on " + time::to_string(*state.closed));
        if (what.reason.empty()) return refuse(error_code::missing_detail, "the member 'reason' is empty", "reason");
        return programme_event_body(programme_closed{what.reason});
    }
};

}  // namespace detail

POLKU_DECL result<supplement_decided> decide_employer(const employer_state& now, const supplement_room& room,
                                                      const employer_command& asked, std::optional<time::date> on,
                                                      const context& with) {
    return detail::employer_decider(now, room, asked, on.value_or(with.today), with).run();
}

POLKU_DECL result<std::vector<programme_event>> decide_programme(const programme_state& now,
                                                                 std::span<const supplement_terms> terms,
                                                                 const programme_command& asked,
                                                                 std::optional<time::date> on, const context& with) {
    const detail::programme_decider decider{now, terms, asked, on.value_or(with.today), with};
    if (with.today < decider.on)
        return decider.refuse(error_code::command_in_future, "the command tells of " + time::to_string(decider.on) +
                                                                 ", but today is " + time::to_string(with.today));
    if (!now.is_opened() && !std::holds_alternative<open_programme>(asked))
        return decider.refuse(error_code::not_found, "the programme has not been opened; open_programme comes first");
    POLKU_TRY(programme_event_body body, std::visit([&](const auto& what) { return decider.handle(what); }, asked));
    programme_event made;
    made.what = std::move(body);
    made.effective_date = decider.on;
    made.recorded_at_ms = with.now_ms;
    made.actor = with.actor;
    made.purpose = with.purpose;
    return std::vector<programme_event>{std::move(made)};
}

}  // namespace polku::inline POLKU_V::path

#endif
