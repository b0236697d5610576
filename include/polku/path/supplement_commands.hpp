// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_COMMANDS_HPP
#define POLKU_PATH_SUPPLEMENT_COMMANDS_HPP

#include <polku/path/supplement_records.hpp>

#include <string_view>
#include <variant>

/// @file
/// What somebody may ask of an employer's applications and of a support programme. Each struct is one command, `type`
/// its name in JSON. Ids of applications, decisions, claims and recoveries are chosen by the caller.

namespace polku::inline POLKU_V::path {

struct open_employer {
    static constexpr std::string_view type = "open_employer";
    employer_details details;
};
BOOST_DESCRIBE_STRUCT(open_employer, (), (details))

/// Replaces what the employer told of itself. The business id stays.
struct update_employer {
    static constexpr std::string_view type = "update_employer";
    employer_details details;
};
BOOST_DESCRIBE_STRUCT(update_employer, (), (details))

/// De minimis aid that the undertaking got from others.
struct declare_aid {
    static constexpr std::string_view type = "declare_aid";
    aid_grant aid;
};
BOOST_DESCRIBE_STRUCT(declare_aid, (), (aid))

/// `client` is the hex id of the employee's stream; `business_id` of the hiring business when it is another member.
struct draft_application {
    static constexpr std::string_view type = "draft_application";
    std::string application;
    std::string programme;
    std::optional<std::string> business_id;
    std::optional<std::string> client;
    std::optional<std::string> group;
    application_details details;
};
BOOST_DESCRIBE_STRUCT(draft_application, (), (application, programme, business_id, client, group, details))

/// Sets the details that are given and leaves the others; attachments are added.
struct amend_application {
    static constexpr std::string_view type = "amend_application";
    std::string application;
    std::optional<std::string> client;
    std::optional<std::string> group;
    application_details details;
};
BOOST_DESCRIBE_STRUCT(amend_application, (), (application, client, group, details))

struct submit_application {
    static constexpr std::string_view type = "submit_application";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(submit_application, (), (application))

/// The employment area confirms that the employee is in the target group.
struct confirm_group {
    static constexpr std::string_view type = "confirm_group";
    std::string application;
    std::string group;
};
BOOST_DESCRIBE_STRUCT(confirm_group, (), (application, group))

/// Asks for what is missing; without `until` by the terms' time for completing.
struct request_completion {
    static constexpr std::string_view type = "request_completion";
    std::string application;
    std::optional<time::date> until;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(request_completion, (), (application, until, note))

struct withdraw_application {
    static constexpr std::string_view type = "withdraw_application";
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(withdraw_application, (), (application, reason))

/// `without_funds`: the programme's money is spent, so the application is refused. Only where that is so.
struct decide_application {
    static constexpr std::string_view type = "decide_application";
    std::string application;
    std::string decision;
    std::optional<std::string> text;
    std::optional<bool> without_funds;
};
BOOST_DESCRIBE_STRUCT(decide_application, (), (application, decision, text, without_funds))

struct give_notice {
    static constexpr std::string_view type = "give_notice";
    std::string application;
    std::string decision;
    time::notice_way way = time::notice_way::letter;
    std::optional<time::date> shown;
};
BOOST_DESCRIBE_STRUCT(give_notice, (), (application, decision, way, shown))

/// The day on which the decision was received became known; it replaces the law's presumption.
struct record_receipt {
    static constexpr std::string_view type = "record_receipt";
    std::string application;
    std::string decision;
    time::date shown;
};
BOOST_DESCRIBE_STRUCT(record_receipt, (), (application, decision, shown))

/// A claim for rectification (oikaisuvaatimus) of a decision.
struct file_claim {
    static constexpr std::string_view type = "file_claim";
    std::string application;
    std::string claim;
    std::string decision;
    std::string by;
    std::string grounds;
};
BOOST_DESCRIBE_STRUCT(file_claim, (), (application, claim, decision, by, grounds))

enum class claim_outcome : std::uint8_t { kept, changed, inadmissible };
BOOST_DESCRIBE_ENUM(claim_outcome, kept, changed, inadmissible)

/// `changed` asks the rules anew with the application as it has been amended; of a recovery it takes the new `amount`.
/// A claim that came late is `inadmissible`, and only that.
struct decide_claim {
    static constexpr std::string_view type = "decide_claim";
    std::string application;
    std::string claim;
    std::string decision;
    claim_outcome outcome = claim_outcome::kept;
    std::string text;
    std::optional<feel::number> amount;
};
BOOST_DESCRIBE_STRUCT(decide_claim, (), (application, claim, decision, outcome, text, amount))

/// A municipal appeal (kunnallisvalitus) against the decision on a claim for rectification.
struct record_appeal {
    static constexpr std::string_view type = "record_appeal";
    std::string application;
    std::string appeal;
    std::string decision;
    std::string by;
    std::string grounds;
};
BOOST_DESCRIBE_STRUCT(record_appeal, (), (application, appeal, decision, by, grounds))

enum class appeal_outcome : std::uint8_t { rejected, inadmissible, returned };
BOOST_DESCRIBE_ENUM(appeal_outcome, rejected, inadmissible, returned)

/// `returned`: the court set the decision aside; the authority decides anew, and a recovery falls.
struct record_appeal_outcome {
    static constexpr std::string_view type = "record_appeal_outcome";
    std::string application;
    std::string appeal;
    appeal_outcome outcome = appeal_outcome::rejected;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(record_appeal_outcome, (), (application, appeal, outcome, text))

struct start_employment {
    static constexpr std::string_view type = "start_employment";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(start_employment, (), (application))

struct interrupt_employment {
    static constexpr std::string_view type = "interrupt_employment";
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(interrupt_employment, (), (application, reason))

struct resume_employment {
    static constexpr std::string_view type = "resume_employment";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(resume_employment, (), (application))

/// The supported employment, or its supported time, has ended; the command's day was the last one.
struct end_employment {
    static constexpr std::string_view type = "end_employment";
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(end_employment, (), (application, reason))

/// A claim for the month that `month` is in. The same id again completes a claim that is not paid yet.
struct claim_payment {
    static constexpr std::string_view type = "claim_payment";
    std::string application;
    std::string claim;
    time::date month;
    std::optional<feel::number> worked_hours;
    std::optional<feel::number> full_hours;
    std::optional<feel::number> wage_cost;
    std::optional<feel::number> other_aid;
    std::vector<std::string> attachments;
};
BOOST_DESCRIBE_STRUCT(claim_payment, (),
                      (application, claim, month, worked_hours, full_hours, wage_cost, other_aid, attachments))

/// Pays a claim: the amount follows from the terms and from what is left of the grant.
struct pay_claim {
    static constexpr std::string_view type = "pay_claim";
    std::string application;
    std::string claim;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(pay_claim, (), (application, claim, reference))

/// A decision to recover what was paid without right. `decision` is also the recovery's id.
struct recover_payment {
    static constexpr std::string_view type = "recover_payment";
    std::string application;
    std::string decision;
    feel::number amount;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(recover_payment, (), (application, decision, amount, reason))

struct record_repayment {
    static constexpr std::string_view type = "record_repayment";
    std::string application;
    std::string recovery;
    feel::number amount;
};
BOOST_DESCRIBE_STRUCT(record_repayment, (), (application, recovery, amount))

/// Whether the person is employed at a point of the terms (`P1M`, ...) after the supported time.
struct record_effect {
    static constexpr std::string_view type = "record_effect";
    std::string application;
    std::string point;
    bool employed = false;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(record_effect, (), (application, point, employed, note))

/// Nothing more will be claimed: what was not paid goes back to the programme's budget.
struct settle_application {
    static constexpr std::string_view type = "settle_application";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(settle_application, (), (application))

using employer_command =
    std::variant<open_employer, update_employer, declare_aid, draft_application, amend_application, submit_application,
                 confirm_group, request_completion, withdraw_application, decide_application, give_notice,
                 record_receipt, file_claim, decide_claim, record_appeal, record_appeal_outcome, start_employment,
                 interrupt_employment, resume_employment, end_employment, claim_payment, pay_claim, recover_payment,
                 record_repayment, record_effect, settle_application>;

struct open_programme {
    static constexpr std::string_view type = "open_programme";
    texts name;
    validity valid;
    feel::number budget;
};
BOOST_DESCRIBE_STRUCT(open_programme, (), (name, valid, budget))

/// Terms whose bytes are in the store under `hash`; they apply to applications that arrive from `from` on.
struct publish_terms {
    static constexpr std::string_view type = "publish_terms";
    std::string hash;
    time::date from;
};
BOOST_DESCRIBE_STRUCT(publish_terms, (), (hash, from))

struct change_budget {
    static constexpr std::string_view type = "change_budget";
    feel::number budget;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(change_budget, (), (budget, reason))

/// No more applications are taken; those that are there go on.
struct close_programme {
    static constexpr std::string_view type = "close_programme";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(close_programme, (), (reason))

using programme_command = std::variant<open_programme, publish_terms, change_budget, close_programme>;

}  // namespace polku::inline POLKU_V::path

#endif
