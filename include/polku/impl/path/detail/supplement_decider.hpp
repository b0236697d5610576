// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_DECIDER_HPP
#define POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_DECIDER_HPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/impl/path/detail/quoted.hpp>
#include <polku/impl/path/detail/supplement_steps.hpp>
#include <polku/path/supplement.hpp>

#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// One run of `decide_employer`: working copies of the employer and of the programme, to which each new event is
/// applied at once. The groups of commands stand in supplement_apply.hpp, supplement_remedies.hpp and
/// supplement_money.hpp.
class employer_decider {
public:
    employer_decider(const employer_state& now, const supplement_room& room, const employer_command& asked,
                     time::date on, const context& with)
        : state_(now), room_(room), asked_(asked), on_(on), with_(with) {
        if (room.programme != nullptr) programme_ = *room.programme;
    }
    result<supplement_decided> run();

private:
    using done = result<void>;

    done handle(const open_employer& what);
    done handle(const update_employer& what);
    done handle(const declare_aid& what);
    done handle(const draft_application& what);
    done handle(const amend_application& what);
    done handle(const submit_application& what);
    done handle(const confirm_group& what);
    done handle(const request_completion& what);
    done handle(const withdraw_application& what);
    done handle(const decide_application& what);
    done handle(const give_notice& what);
    done handle(const record_receipt& what);
    done handle(const file_claim& what);
    done handle(const decide_claim& what);
    done handle(const record_appeal& what);
    done handle(const record_appeal_outcome& what);
    done handle(const start_employment& what);
    done handle(const interrupt_employment& what);
    done handle(const resume_employment& what);
    done handle(const end_employment& what);
    done handle(const claim_payment& what);
    done handle(const pay_claim& what);
    done handle(const recover_payment& what);
    done handle(const record_repayment& what);
    done handle(const record_effect& what);
    done handle(const settle_application& what);

    // What every command goes through.
    done check_day() const;
    done check_step() const;

    // Decisions.
    struct proposal {
        supplement_decision decision;
        feel::value inputs;
    };
    result<proposal> propose(const std::string& id, decision_kind kind, bool without_funds);
    done check_limits(proposal& of, const grant_answer& answer, bool without_funds) const;
    proposal refuse_incomplete(const std::string& id) const;
    done check_undertaking() const;
    done issue(proposal what);
    result<supplement_decision> answer_recovery(const decide_claim& what, const decision_entry& about) const;
    result<proposal> answer_claim(const decide_claim& what, const decision_entry& about);
    result<const decision_entry*> contested(const std::string& decision, std::string_view remedy) const;
    result<contest> made_contest(const std::string& id, const std::string& decision, const std::string& by,
                                 const std::string& grounds, std::string_view remedy) const;

    // Money.
    feel::number reserved() const;
    done set_reserved(const feel::number& target, const std::string& reason);
    done check_money(const feel::number& amount, const char* member) const;
    done check_month(const claim_payment& what, time::date month, time::date month_end) const;
    static std::optional<payment_claim> completed(const payment_claim* known, const claim_payment& what);

    // Shared.
    const application& at() const { return *find_application(state_, application_); }
    std::vector<std::string> business_ids() const;
    done check_business_ids(const employer_details& of) const;
    result<const supplement_terms*> terms_of(const std::string& hash) const;
    done check_text(const std::string& text, const char* member) const;
    done check_not_before(time::date start, const std::string& what) const;
    done check_client(const std::optional<std::string>& client) const;
    template <class Record>
    done check_new(const std::vector<Record>& among, const std::string& id, const char* what, const char* member) const;
    template <class Record>
    result<const Record*> find(const std::vector<Record>& among, const std::string& id, const char* what,
                               const char* member) const;
    error refuse(error_code code, std::string message, const std::string& pointer = {}) const;
    void add(employer_event_body what);
    void add_to_programme(programme_event_body what);

    employer_state state_;
    const supplement_room& room_;
    const employer_command& asked_;
    time::date on_;
    const context& with_;
    programme_state programme_;
    std::string application_;
    supplement_decided made_;
};

template <class Record>
result<void> employer_decider::check_new(const std::vector<Record>& among, const std::string& id, const char* what,
                                         const char* member) const {
    POLKU_CHECK(check_text(id, member));
    if (find_by_id(among, id) != nullptr)
        return refuse(error_code::duplicate_record,
                      std::string(what) + " '" + id + "' is there already; choose another id", member);
    return {};
}

template <class Record>
result<const Record*> employer_decider::find(const std::vector<Record>& among, const std::string& id, const char* what,
                                             const char* member) const {
    std::vector<std::string> known;
    for (const Record& each : among) {
        if (each.id == id) return &each;
        known.push_back(each.id);
    }
    return refuse(
        error_code::unknown_record,
        std::string("there is no ") + what + " '" + id + "'; there is: " + (known.empty() ? "none" : quoted(known)),
        member);
}

inline std::string money_text(const feel::number& of) { return of.to_string() + " €"; }

inline bool is_cents(const feel::number& of) {
    const auto rounded = feel::quantize(of, 2, feel::rounding::half_even);
    return rounded && *rounded == of;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
