// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_COMMANDS_HPP
#define POLKU_PATH_SUPPLEMENT_COMMANDS_HPP

#include <polku/path/supplement_records.hpp>

#include <string_view>
#include <variant>

/// @file
/// What somebody may ask of an employer's applications and of a support programme. Each struct is one command, `type`
/// its name in JSON. Ids of applications, decisions, claims and recoveries are chosen by the caller. `application`,
/// `decision`, `claim`, `appeal` and `recovery` are such ids, `programme` the hex id of the programme's stream. Amounts
/// are euros to the cent, more than zero; days are the command's unless another is given. A `reason` is required.

namespace polku::inline POLKU_V::path {

/// Opens the stream of an employer, as one undertaking. Business ids in `details` are checked; none may stand twice.
struct open_employer {
    static constexpr std::string_view type = "open_employer";
    employer_details details;  ///< as the employer tells them
};
BOOST_DESCRIBE_STRUCT(open_employer, (), (details))

/// Replaces what the employer told of itself. The business id stays.
struct update_employer {
    static constexpr std::string_view type = "update_employer";
    employer_details details;  ///< all of them, not only what changed
};
BOOST_DESCRIBE_STRUCT(update_employer, (), (details))

/// De minimis aid that the undertaking got from others.
struct declare_aid {
    static constexpr std::string_view type = "declare_aid";
    aid_grant aid;  ///< with its day, amount and granter
};
BOOST_DESCRIBE_STRUCT(declare_aid, (), (aid))

/// `client` is the hex id of the employee's stream; `business_id` of the hiring business when it is another member.
/// Begins an application to `programme` for a job; `details` may be told later.
struct draft_application {
    static constexpr std::string_view type = "draft_application";
    std::string application;
    std::string programme;
    std::optional<std::string> business_id;
    std::optional<std::string> client;
    std::optional<std::string> group;  ///< target group of the terms, as the employer tells it
    application_details details;       ///< what is known so far
};
BOOST_DESCRIBE_STRUCT(draft_application, (), (application, programme, business_id, client, group, details))

/// Sets the details that are given and leaves the others; attachments are added.
struct amend_application {
    static constexpr std::string_view type = "amend_application";
    std::string application;
    std::optional<std::string> client;  ///< cannot be changed once it is told
    std::optional<std::string> group;   ///< another one needs to be confirmed anew
    application_details details;        ///< of the job
};
BOOST_DESCRIBE_STRUCT(amend_application, (), (application, client, group, details))

/// The application arrives on the command's day, under the terms of that day; sent again after a request it keeps the
/// first day. What is missing is in the event.
struct submit_application {
    static constexpr std::string_view type = "submit_application";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(submit_application, (), (application))

/// The employment area confirms that the employee is in the target group.
struct confirm_group {
    static constexpr std::string_view type = "confirm_group";
    std::string application;
    std::string group;  ///< one of the terms'
};
BOOST_DESCRIBE_STRUCT(confirm_group, (), (application, group))

/// Asks for what is missing; without `until` by the terms' time for completing.
struct request_completion {
    static constexpr std::string_view type = "request_completion";
    std::string application;
    std::optional<time::date> until;
    std::optional<std::string> note;  ///< required where nothing is missing by the terms
};
BOOST_DESCRIBE_STRUCT(request_completion, (), (application, until, note))

/// The employer takes the application back, before it is decided.
struct withdraw_application {
    static constexpr std::string_view type = "withdraw_application";
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(withdraw_application, (), (application, reason))

/// `without_funds`: the programme's money is spent, so the application is refused. Only where that is so. `text` is the
/// decision maker's own; what is decided follows from the terms.
struct decide_application {
    static constexpr std::string_view type = "decide_application";
    std::string application;
    std::string decision;
    std::optional<std::string> text;
    std::optional<bool> without_funds;
};
BOOST_DESCRIBE_STRUCT(decide_application, (), (application, decision, text, without_funds))

/// Tells that the decision was sent on the command's day; the time for contesting it is counted from its receipt.
struct give_notice {
    static constexpr std::string_view type = "give_notice";
    std::string application;
    std::string decision;
    time::notice_way way = time::notice_way::letter;  ///< how it was sent
    std::optional<time::date> shown;  ///< the day of receipt, where it is known; not before the command's
};
BOOST_DESCRIBE_STRUCT(give_notice, (), (application, decision, way, shown))

/// The day on which the decision was received became known; it replaces the law's presumption.
struct record_receipt {
    static constexpr std::string_view type = "record_receipt";
    std::string application;
    std::string decision;
    time::date shown;  ///< from the day of sending to the command's
};
BOOST_DESCRIBE_STRUCT(record_receipt, (), (application, decision, shown))

/// A claim for rectification (oikaisuvaatimus) of a decision. `by` is who claims and `grounds` why; both are required.
/// Whether it came in time is in the event.
struct file_claim {
    static constexpr std::string_view type = "file_claim";
    std::string application;
    std::string claim;
    std::string decision;
    std::string by;
    std::string grounds;
};
BOOST_DESCRIBE_STRUCT(file_claim, (), (application, claim, decision, by, grounds))

/// The decision stays (`kept`), a new one is made (`changed`), or the claim is not examined (`inadmissible`).
enum class claim_outcome : std::uint8_t { kept, changed, inadmissible };
BOOST_DESCRIBE_ENUM(claim_outcome, kept, changed, inadmissible)

/// `changed` asks the rules anew with the application as it has been amended; of a recovery it takes the new `amount`.
/// A claim that came late is `inadmissible`, and only that. `decision` is the id of the new decision, `text` its
/// grounds in the decision maker's words. `outcome` is as the authority decides.
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

/// A municipal appeal (kunnallisvalitus) against the decision on a claim for rectification. `by` is who appeals and
/// `grounds` why; both are required.
struct record_appeal {
    static constexpr std::string_view type = "record_appeal";
    std::string application;
    std::string appeal;
    std::string decision;
    std::string by;
    std::string grounds;
};
BOOST_DESCRIBE_STRUCT(record_appeal, (), (application, appeal, decision, by, grounds))

/// What the court did: `rejected`, `inadmissible` or `returned`.
enum class appeal_outcome : std::uint8_t { rejected, inadmissible, returned };
BOOST_DESCRIBE_ENUM(appeal_outcome, rejected, inadmissible, returned)

/// `returned`: the court set the decision aside; the authority decides anew, and a recovery falls. `text` is what the
/// court said, in short. `outcome` is what the court did.
struct record_appeal_outcome {
    static constexpr std::string_view type = "record_appeal_outcome";
    std::string application;
    std::string appeal;
    appeal_outcome outcome = appeal_outcome::rejected;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(record_appeal_outcome, (), (application, appeal, outcome, text))

/// The person began work on the command's day; the supported months run from it.
struct start_employment {
    static constexpr std::string_view type = "start_employment";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(start_employment, (), (application))

/// Work and pay stop from the command's day on.
struct interrupt_employment {
    static constexpr std::string_view type = "interrupt_employment";
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(interrupt_employment, (), (application, reason))

/// Work goes on from the command's day on.
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

/// A claim for the month that `month` is in. The same id again completes a claim that is not paid yet. A month is
/// claimed when it is over. What a claim lacks is in the event; nothing is paid before it is there.
struct claim_payment {
    static constexpr std::string_view type = "claim_payment";
    std::string application;
    std::string claim;
    time::date month;
    std::optional<feel::number> worked_hours;  ///< in the month; zero or more
    std::optional<feel::number> full_hours;    ///< of the month; more than zero
    std::optional<feel::number> wage_cost;     ///< euros of the month
    std::optional<feel::number> other_aid;     ///< euros from others for the same costs
    std::vector<std::string> attachments;      ///< names of what came with it
};
BOOST_DESCRIBE_STRUCT(claim_payment, (),
                      (application, claim, month, worked_hours, full_hours, wage_cost, other_aid, attachments))

/// Pays a claim: the amount follows from the terms and from what is left of the grant.
struct pay_claim {
    static constexpr std::string_view type = "pay_claim";
    std::string application;
    std::string claim;
    std::string reference;  ///< of the payment in the books; required
};
BOOST_DESCRIBE_STRUCT(pay_claim, (), (application, claim, reference))

/// A decision to recover what was paid without right. `decision` is also the recovery's id.
struct recover_payment {
    static constexpr std::string_view type = "recover_payment";
    std::string application;
    std::string decision;
    feel::number amount;  ///< at most what was paid and is not recovered yet
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(recover_payment, (), (application, decision, amount, reason))

/// Money came back on the command's day; it frees as much of the programme's budget. `amount` is at most what is open.
struct record_repayment {
    static constexpr std::string_view type = "record_repayment";
    std::string application;
    std::string recovery;
    feel::number amount;
};
BOOST_DESCRIBE_STRUCT(record_repayment, (), (application, recovery, amount))

/// Whether the person is employed at a point of the terms (`P1M`, ...) after the supported time. `point` is one of the
/// terms', once each and not before its day.
struct record_effect {
    static constexpr std::string_view type = "record_effect";
    std::string application;
    std::string point;
    bool employed = false;            ///< at that point
    std::optional<std::string> note;  ///< in free words
};
BOOST_DESCRIBE_STRUCT(record_effect, (), (application, point, employed, note))

/// Nothing more will be claimed: what was not paid goes back to the programme's budget. Only when all claims are paid.
struct settle_application {
    static constexpr std::string_view type = "settle_application";
    std::string application;
};
BOOST_DESCRIBE_STRUCT(settle_application, (), (application))

/// One of all commands to an employer.
using employer_command =
    std::variant<open_employer, update_employer, declare_aid, draft_application, amend_application, submit_application,
                 confirm_group, request_completion, withdraw_application, decide_application, give_notice,
                 record_receipt, file_claim, decide_claim, record_appeal, record_appeal_outcome, start_employment,
                 interrupt_employment, resume_employment, end_employment, claim_payment, pay_claim, recover_payment,
                 record_repayment, record_effect, settle_application>;

/// Opens the stream of a support programme.
struct open_programme {
    static constexpr std::string_view type = "open_programme";
    texts name;           ///< in all four languages
    validity valid;       ///< days on which applications are taken
    feel::number budget;  ///< euros for all grants together
};
BOOST_DESCRIBE_STRUCT(open_programme, (), (name, valid, budget))

/// Terms whose bytes are in the store under `hash`; they apply to applications that arrive from `from` on. `hash` is 64
/// hexadecimal digits.
struct publish_terms {
    static constexpr std::string_view type = "publish_terms";
    std::string hash;
    time::date from;
};
BOOST_DESCRIBE_STRUCT(publish_terms, (), (hash, from))

/// Gives the programme another sum, not less than what is set aside.
struct change_budget {
    static constexpr std::string_view type = "change_budget";
    feel::number budget;  ///< the new sum, not the difference
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(change_budget, (), (budget, reason))

/// No more applications are taken; those that are there go on.
struct close_programme {
    static constexpr std::string_view type = "close_programme";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(close_programme, (), (reason))

/// One of all commands to a programme.
using programme_command = std::variant<open_programme, publish_terms, change_budget, close_programme>;

}  // namespace polku::inline POLKU_V::path

#endif
