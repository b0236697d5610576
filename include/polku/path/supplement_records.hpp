// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_RECORDS_HPP
#define POLKU_PATH_SUPPLEMENT_RECORDS_HPP

#include <polku/path/supplement_terms.hpp>
#include <polku/time/deadline.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The records of an employment supplement: an employer (as one single undertaking) with its applications, and the
/// programme that pays. Amounts are euros to the cent.

namespace polku::inline POLKU_V::time {
BOOST_DESCRIBE_ENUM(notice_way, letter, letter_to_authority, electronic_message, verifiable_service, proof_of_receipt,
                    online_minutes)
}

namespace polku::inline POLKU_V::path {

enum class employer_kind : std::uint8_t {
    company,
    cooperative,
    association,
    foundation,
    municipality,
    state,
    household,
    other
};
BOOST_DESCRIBE_ENUM(employer_kind, company, cooperative, association, foundation, municipality, state, household, other)

/// One business of the undertaking.
struct employer_member {
    std::string business_id;
    std::string name;
    bool operator==(const employer_member&) const = default;
};
BOOST_DESCRIBE_STRUCT(employer_member, (), (business_id, name))

/// What an employer tells of itself. `members` are the other businesses that form a single undertaking with it
/// (Regulation (EU) 2023/2831): they share the limit of de minimis aid, so they share one stream.
struct employer_details {
    std::string name;
    std::string business_id;
    employer_kind kind = employer_kind::company;
    bool economic_activity = true;
    std::vector<employer_member> members;
    std::optional<std::string> address;
    std::optional<std::string> email;
    std::optional<std::string> language;  ///< of letters: `fi`, `sv` or `en`
};
BOOST_DESCRIBE_STRUCT(employer_details, (),
                      (name, business_id, kind, economic_activity, members, address, email, language))

/// What an application tells of the job. Absent: not told yet.
struct application_details {
    std::optional<std::string> job;
    std::optional<time::date> starts_on;
    std::optional<time::date> ends_on;
    std::optional<bool> permanent;
    std::optional<feel::number> weekly_hours;
    std::optional<std::int64_t> months_asked;
    std::optional<bool> pay_follows_agreement;
    std::optional<bool> pay_subsidy;
    std::optional<bool> municipal_supplement;
    std::optional<bool> wage_or_tax_debts;
    std::optional<bool> recent_dismissals;
    std::vector<std::string> attachments;
};
BOOST_DESCRIBE_STRUCT(application_details, (),
                      (job, starts_on, ends_on, permanent, weekly_hours, months_asked, pay_follows_agreement,
                       pay_subsidy, municipal_supplement, wage_or_tax_debts, recent_dismissals, attachments))

/// Where an application is. `refused` to `ended` follow from its newest decision and from the employment.
enum class application_phase : std::uint8_t {
    draft,
    submitted,
    completing,
    refused,
    granted,
    running,
    interrupted,
    ended,
    settled,
    withdrawn
};
BOOST_DESCRIBE_ENUM(application_phase, draft, submitted, completing, refused, granted, running, interrupted, ended,
                    settled, withdrawn)

/// `rectified` is the decision on a claim for rectification, `anew` one after a court sent the matter back.
enum class decision_kind : std::uint8_t { initial, rectified, anew, recovery };
BOOST_DESCRIBE_ENUM(decision_kind, initial, rectified, anew, recovery)

enum class decision_outcome : std::uint8_t { granted, partly_granted, refused, recovery_ordered, recovery_cancelled };
BOOST_DESCRIBE_ENUM(decision_outcome, granted, partly_granted, refused, recovery_ordered, recovery_cancelled)

/// A decision as it was made. `total` is that of all months, or the sum to pay back. `text` is the decision maker's
/// own.
struct supplement_decision {
    std::string id;
    decision_kind kind = decision_kind::initial;
    decision_outcome outcome = decision_outcome::refused;
    feel::number monthly_amount;
    std::int64_t months = 0;
    feel::number total;
    std::vector<rule_reason> reasons;
    std::optional<std::string> text;
    std::string terms_version;
    std::string terms_hash;  ///< 64 hexadecimal digits
    std::optional<aid_answer> aid;
    remedy_rule remedy;
    std::optional<std::string> claim;     ///< the claim for rectification that it answers
    std::optional<std::string> recovery;  ///< the recovery that it is about
};
BOOST_DESCRIBE_STRUCT(supplement_decision, (),
                      (id, kind, outcome, monthly_amount, months, total, reasons, text, terms_version, terms_hash, aid,
                       remedy, claim, recovery))

/// How notice of a decision was given; `shown` when it was received on a known day.
struct notice_record {
    time::notice_way way = time::notice_way::letter;
    time::date sent;
    std::optional<time::date> shown;
};
BOOST_DESCRIBE_STRUCT(notice_record, (), (way, sent, shown))

struct decision_entry {
    std::string id;
    supplement_decision content;
    time::date made;
    std::string maker;
    std::optional<notice_record> notice;
};
BOOST_DESCRIBE_STRUCT(decision_entry, (), (id, content, made, maker, notice))

/// Both remedies: a claim for rectification, and a municipal appeal. `last_day` is empty when the period had not begun.
struct contest {
    std::string id;
    std::string decision;
    time::date filed;
    std::string by;
    std::string grounds;
    bool in_time = true;
    std::optional<time::date> last_day;
    std::optional<std::string> outcome;
    std::optional<time::date> decided;
    std::optional<std::string> text;

    bool is_open() const noexcept { return !outcome; }
};
BOOST_DESCRIBE_STRUCT(contest, (), (id, decision, filed, by, grounds, in_time, last_day, outcome, decided, text))

struct day_span {
    time::date from;
    std::optional<time::date> until;  ///< last day
};
BOOST_DESCRIBE_STRUCT(day_span, (), (from, until))

struct supplement_payment {
    feel::number amount;
    time::date paid;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(supplement_payment, (), (amount, paid, reference))

/// A claim for one calendar month, named by its first day.
struct payment_claim {
    std::string id;
    time::date month;
    time::date filed;
    std::optional<feel::number> worked_hours;
    std::optional<feel::number> full_hours;
    std::optional<feel::number> wage_cost;
    std::optional<feel::number> other_aid;
    std::vector<std::string> attachments;
    std::vector<std::string> missing;
    std::optional<supplement_payment> payment;
};
BOOST_DESCRIBE_STRUCT(payment_claim, (),
                      (id, month, filed, worked_hours, full_hours, wage_cost, other_aid, attachments, missing, payment))

struct recovery_entry {
    std::string id;
    feel::number amount;
    feel::number repaid;
};
BOOST_DESCRIBE_STRUCT(recovery_entry, (), (id, amount, repaid))

/// What came of the job at a check point after the supported time.
struct effect_entry {
    std::string point;
    time::date recorded;
    bool employed = false;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(effect_entry, (), (point, recorded, employed, note))

/// One application and all that follows from it. `client` and `group` tell of a person.
struct application {
    std::string id;
    std::string programme;    ///< hex id of the programme's stream
    std::string business_id;  ///< the business that hires
    std::optional<std::string> client;
    std::optional<std::string> group;
    std::optional<std::string> group_confirmed_by;
    application_details details;
    application_phase phase = application_phase::draft;
    std::optional<time::date> arrived;
    std::string terms_version;
    std::string terms_hash;
    std::vector<std::string> missing;
    std::optional<time::date> completion_until;
    std::vector<decision_entry> decisions;
    std::vector<contest> claims;
    std::vector<contest> appeals;
    std::optional<time::date> started;
    std::optional<time::date> ended;
    std::vector<day_span> interruptions;
    std::vector<payment_claim> payment_claims;
    std::vector<recovery_entry> recoveries;
    std::vector<effect_entry> effects;
    std::optional<time::date> settled;
    bool erased = false;  ///< what told of the person is gone
};
BOOST_DESCRIBE_STRUCT(application, (),
                      (id, programme, business_id, client, group, group_confirmed_by, details, phase, arrived,
                       terms_version, terms_hash, missing, completion_until, decisions, claims, appeals, started, ended,
                       interruptions, payment_claims, recoveries, effects, settled, erased))

/// An employer as its events tell it.
struct employer_state {
    std::optional<time::date> opened;
    employer_details details;
    std::vector<aid_grant> declared_aid;
    std::vector<application> applications;
    std::uint64_t version = 0;

    bool is_opened() const noexcept { return opened.has_value(); }
};
BOOST_DESCRIBE_STRUCT(employer_state, (), (opened, details, declared_aid, applications))

/// Terms that a programme has published; those with the newest `from` up to a day are in force on it.
struct published_terms {
    std::string version;
    std::string hash;  ///< of the terms' bytes, 64 hexadecimal digits
    time::date from;
};
BOOST_DESCRIBE_STRUCT(published_terms, (), (version, hash, from))

/// Money that is set aside for one application.
struct reservation {
    std::string employer;  ///< hex id of the employer's stream
    std::string application;
    feel::number amount;
    std::vector<std::string> business_ids;
};
BOOST_DESCRIBE_STRUCT(reservation, (), (employer, application, amount, business_ids))

/// A support programme as its events tell it.
struct programme_state {
    std::optional<time::date> opened;
    std::optional<time::date> closed;
    texts name;
    validity valid;
    feel::number budget;
    std::vector<published_terms> terms;
    std::vector<reservation> reservations;
    std::uint64_t version = 0;

    bool is_opened() const noexcept { return opened.has_value(); }
};
BOOST_DESCRIBE_STRUCT(programme_state, (), (opened, closed, name, valid, budget, terms, reservations))

}  // namespace polku::inline POLKU_V::path

#endif
