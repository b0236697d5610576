// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_EVENTS_HPP
#define POLKU_PATH_SUPPLEMENT_EVENTS_HPP

#include <polku/path/stream_event.hpp>
#include <polku/path/supplement_records.hpp>

#include <array>
#include <string_view>
#include <variant>

/// @file
/// What has happened to an employer's applications and to a support programme. Each struct is the content of one event,
/// `type` its stored name, `personal` the members that tell of the employee. `application`, `decision`, `claim`,
/// `appeal` and `recovery` are ids, `programme` and `employer` hex ids of streams. Amounts are euros to the cent.
/// Things happened on the event's day.

namespace polku::inline POLKU_V::path {

/// An employer was taken up; `details` are as it told them.
struct employer_opened {
    static constexpr std::string_view type = "employer_opened";
    static constexpr no_members personal{};
    employer_details details;
};
BOOST_DESCRIBE_STRUCT(employer_opened, (), (details))

/// `details` replaced all that was told before.
struct employer_updated {
    static constexpr std::string_view type = "employer_updated";
    static constexpr no_members personal{};
    employer_details details;
};
BOOST_DESCRIBE_STRUCT(employer_updated, (), (details))

/// `aid` is de minimis aid that the undertaking got from others.
struct aid_declared {
    static constexpr std::string_view type = "aid_declared";
    static constexpr no_members personal{};
    aid_grant aid;
};
BOOST_DESCRIBE_STRUCT(aid_declared, (), (aid))

/// An application was begun: `business_id` is the business that hires, `client` the hex id of the employee's stream,
/// `group` the target group as told, `details` what is known of the job.
struct application_drafted {
    static constexpr std::string_view type = "application_drafted";
    static constexpr std::array<std::string_view, 2> personal{"client", "group"};
    std::string application;
    std::string programme;
    std::string business_id;
    std::optional<std::string> client;
    std::optional<std::string> group;
    application_details details;
};
BOOST_DESCRIBE_STRUCT(application_drafted, (), (application, programme, business_id, client, group, details))

/// Absent members of `details` stayed as they were; so did `client` and `group` where they are absent.
struct application_amended {
    static constexpr std::string_view type = "application_amended";
    static constexpr std::array<std::string_view, 2> personal{"client", "group"};
    std::string application;
    std::optional<std::string> client;
    std::optional<std::string> group;
    application_details details;
};
BOOST_DESCRIBE_STRUCT(application_amended, (), (application, client, group, details))

/// The day of the event is that of arrival; the terms of that day apply. `terms_version` and `terms_hash` name the
/// terms that apply; `missing` lists items by name and is empty for a complete application.
struct application_submitted {
    static constexpr std::string_view type = "application_submitted";
    static constexpr no_members personal{};
    std::string application;
    std::string terms_version;
    std::string terms_hash;
    std::vector<std::string> missing;
};
BOOST_DESCRIBE_STRUCT(application_submitted, (), (application, terms_version, terms_hash, missing))

/// The employment area confirmed that the employee is in the `group`.
struct group_confirmed {
    static constexpr std::string_view type = "group_confirmed";
    static constexpr std::array<std::string_view, 1> personal{"group"};
    std::string application;
    std::optional<std::string> group;
};
BOOST_DESCRIBE_STRUCT(group_confirmed, (), (application, group))

/// The employer was asked for what is `missing`, by the last day `until`; `note` is in free words.
struct completion_requested {
    static constexpr std::string_view type = "completion_requested";
    static constexpr no_members personal{};
    std::string application;
    std::vector<std::string> missing;
    time::date until;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(completion_requested, (), (application, missing, until, note))

/// The employer took it back; `reason` says why.
struct application_withdrawn {
    static constexpr std::string_view type = "application_withdrawn";
    static constexpr no_members personal{};
    std::string application;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(application_withdrawn, (), (application, reason))

/// `inputs` is what the rules were asked with.
struct decision_issued {
    static constexpr std::string_view type = "decision_issued";
    static constexpr std::array<std::string_view, 1> personal{"inputs"};
    std::string application;
    supplement_decision decision;  ///< as it was made, with its reasons
    feel::value inputs;
};
BOOST_DESCRIBE_STRUCT(decision_issued, (), (application, decision, inputs))

/// Notice of a decision was sent; `notice` says how, and when it was received if that is known.
struct notice_given {
    static constexpr std::string_view type = "notice_given";
    static constexpr no_members personal{};
    std::string application;
    std::string decision;
    notice_record notice;
};
BOOST_DESCRIBE_STRUCT(notice_given, (), (application, decision, notice))

/// The decision was received on the day `shown`, which replaces the presumption.
struct receipt_recorded {
    static constexpr std::string_view type = "receipt_recorded";
    static constexpr no_members personal{};
    std::string application;
    std::string decision;
    time::date shown;
};
BOOST_DESCRIBE_STRUCT(receipt_recorded, (), (application, decision, shown))

/// `last_day` is empty when the period had not begun: no receipt was known. `claim` is the claim for rectification with
/// the day until which it could come.
struct claim_filed {
    static constexpr std::string_view type = "claim_filed";
    static constexpr no_members personal{};
    std::string application;
    contest claim;
};
BOOST_DESCRIBE_STRUCT(claim_filed, (), (application, claim))

/// `outcome` is `kept`, `changed` or `inadmissible`, `text` the grounds.
struct claim_decided {
    static constexpr std::string_view type = "claim_decided";
    static constexpr no_members personal{};
    std::string application;
    std::string claim;
    std::string outcome;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(claim_decided, (), (application, claim, outcome, text))

/// A municipal appeal was made; `appeal` has who made it and why.
struct appeal_recorded {
    static constexpr std::string_view type = "appeal_recorded";
    static constexpr no_members personal{};
    std::string application;
    contest appeal;
};
BOOST_DESCRIBE_STRUCT(appeal_recorded, (), (application, appeal))

/// `outcome` is `rejected`, `inadmissible` or `returned`, `text` what the court said.
struct appeal_decided {
    static constexpr std::string_view type = "appeal_decided";
    static constexpr no_members personal{};
    std::string application;
    std::string appeal;
    std::string outcome;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(appeal_decided, (), (application, appeal, outcome, text))

/// The person began work; the supported months run from here.
struct employment_started {
    static constexpr std::string_view type = "employment_started";
    static constexpr no_members personal{};
    std::string application;
};
BOOST_DESCRIBE_STRUCT(employment_started, (), (application))

/// Work stopped; `reason` may say why.
struct employment_interrupted {
    static constexpr std::string_view type = "employment_interrupted";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string application;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(employment_interrupted, (), (application, reason))

/// Work goes on; the day before was the last of the interruption.
struct employment_resumed {
    static constexpr std::string_view type = "employment_resumed";
    static constexpr no_members personal{};
    std::string application;
};
BOOST_DESCRIBE_STRUCT(employment_resumed, (), (application))

/// The day is the last one of the employment or its supported time; `reason` may say why.
struct employment_ended {
    static constexpr std::string_view type = "employment_ended";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string application;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(employment_ended, (), (application, reason))

/// Of an id that is there already: the claim as it is completed. `month` is its first day; the other members are those
/// of `payment_claim`: `worked_hours`, `full_hours`, `wage_cost`, `other_aid`, names of `attachments`, and what is
/// `missing`.
struct payment_claimed {
    static constexpr std::string_view type = "payment_claimed";
    static constexpr std::array<std::string_view, 4> personal{"worked_hours", "full_hours", "wage_cost", "other_aid"};
    std::string application;
    std::string claim;
    time::date month;
    std::optional<feel::number> worked_hours;
    std::optional<feel::number> full_hours;
    std::optional<feel::number> wage_cost;
    std::optional<feel::number> other_aid;
    std::vector<std::string> attachments;
    std::vector<std::string> missing;
};
BOOST_DESCRIBE_STRUCT(payment_claimed, (),
                      (application, claim, month, worked_hours, full_hours, wage_cost, other_aid, attachments, missing))

/// `amount` was paid; `reference` is that of the payment.
struct payment_made {
    static constexpr std::string_view type = "payment_made";
    static constexpr no_members personal{};
    std::string application;
    std::string claim;
    feel::number amount;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(payment_made, (), (application, claim, amount, reference))

/// `amount` came back of what was to be recovered.
struct repayment_received {
    static constexpr std::string_view type = "repayment_received";
    static constexpr no_members personal{};
    std::string application;
    std::string recovery;
    feel::number amount;
};
BOOST_DESCRIBE_STRUCT(repayment_received, (), (application, recovery, amount))

/// `point` is one of the terms' (`P3M`), `employed` whether the person was at work then, `note` in free words.
struct effect_recorded {
    static constexpr std::string_view type = "effect_recorded";
    static constexpr std::array<std::string_view, 2> personal{"employed", "note"};
    std::string application;
    std::string point;
    std::optional<bool> employed;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(effect_recorded, (), (application, point, employed, note))

/// Nothing more will be claimed; `unpaid` is what went back to the budget.
struct application_settled {
    static constexpr std::string_view type = "application_settled";
    static constexpr no_members personal{};
    std::string application;
    feel::number unpaid;
};
BOOST_DESCRIBE_STRUCT(application_settled, (), (application, unpaid))

/// One of all events of an employer.
using employer_event_body =
    std::variant<employer_opened, employer_updated, aid_declared, application_drafted, application_amended,
                 application_submitted, group_confirmed, completion_requested, application_withdrawn, decision_issued,
                 notice_given, receipt_recorded, claim_filed, claim_decided, appeal_recorded, appeal_decided,
                 employment_started, employment_interrupted, employment_resumed, employment_ended, payment_claimed,
                 payment_made, repayment_received, effect_recorded, application_settled>;
/// An event of an employer's stream.
using employer_event = stream_event<employer_event_body>;

/// A programme was opened: `name` in all languages, the days (`valid`) on which it takes applications, and the `budget`
/// for all grants.
struct programme_opened {
    static constexpr std::string_view type = "programme_opened";
    static constexpr no_members personal{};
    texts name;
    validity valid;
    feel::number budget;
};
BOOST_DESCRIBE_STRUCT(programme_opened, (), (name, valid, budget))

/// Terms with this `version` and `hash` apply to applications that arrive from the day `from` on.
struct terms_published {
    static constexpr std::string_view type = "terms_published";
    static constexpr no_members personal{};
    std::string version;
    std::string hash;
    time::date from;
};
BOOST_DESCRIBE_STRUCT(terms_published, (), (version, hash, from))

/// `budget` is the new sum; `reason` says why.
struct budget_changed {
    static constexpr std::string_view type = "budget_changed";
    static constexpr no_members personal{};
    feel::number budget;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(budget_changed, (), (budget, reason))

/// More money is set aside for an application. `business_ids` are all businesses of the undertaking. `amount` is added
/// to what is set aside already.
struct budget_reserved {
    static constexpr std::string_view type = "budget_reserved";
    static constexpr no_members personal{};
    std::string employer;
    std::string application;
    feel::number amount;
    std::vector<std::string> business_ids;
};
BOOST_DESCRIBE_STRUCT(budget_reserved, (), (employer, application, amount, business_ids))

/// Money that was set aside is free again; `reason` names the decision or repayment. `amount` is taken from what is set
/// aside.
struct budget_released {
    static constexpr std::string_view type = "budget_released";
    static constexpr no_members personal{};
    std::string employer;
    std::string application;
    feel::number amount;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(budget_released, (), (employer, application, amount, reason))

/// No more applications are taken; `reason` says why.
struct programme_closed {
    static constexpr std::string_view type = "programme_closed";
    static constexpr no_members personal{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(programme_closed, (), (reason))

/// One of all events of a programme.
using programme_event_body =
    std::variant<programme_opened, terms_published, budget_changed, budget_reserved, budget_released, programme_closed>;
/// An event of a programme's stream.
using programme_event = stream_event<programme_event_body>;

}  // namespace polku::inline POLKU_V::path

#endif
