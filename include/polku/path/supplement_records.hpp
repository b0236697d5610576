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

/// What an employer is, as the terms' model asks for it: `company`, `cooperative`, `association`, `foundation`,
/// `municipality`, `state`, `household` or `other`.
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

/// One business of the undertaking. `business_id` is a Finnish business id, checked; `name` is the business's own.
struct employer_member {
    std::string business_id;
    std::string name;
    bool operator==(const employer_member&) const = default;
};
BOOST_DESCRIBE_STRUCT(employer_member, (), (business_id, name))

/// What an employer tells of itself. `members` are the other businesses that form a single undertaking with it
/// (Regulation (EU) 2023/2831): they share the limit of de minimis aid, so they share one stream.
struct employer_details {
    std::string name;                             ///< required
    std::string business_id;                      ///< Finnish business id (Y-tunnus), checked
    employer_kind kind = employer_kind::company;  ///< as the terms' model asks for it
    bool economic_activity = true;                ///< the terms ask whether the grant is de minimis aid
    std::vector<employer_member> members;
    std::optional<std::string> address;   ///< for letters
    std::optional<std::string> email;     ///< for letters
    std::optional<std::string> language;  ///< of letters: `fi`, `sv` or `en`
};
BOOST_DESCRIBE_STRUCT(employer_details, (),
                      (name, business_id, kind, economic_activity, members, address, email, language))

/// What an application tells of the job. Absent: not told yet.
struct application_details {
    std::optional<std::string> job;             ///< title or tasks, in words
    std::optional<time::date> starts_on;        ///< first day of the employment
    std::optional<time::date> ends_on;          ///< last day; none for a permanent one
    std::optional<bool> permanent;              ///< without a last day
    std::optional<feel::number> weekly_hours;   ///< in the contract
    std::optional<std::int64_t> months_asked;   ///< for how many months the supplement is asked
    std::optional<bool> pay_follows_agreement;  ///< the pay follows the collective agreement
    std::optional<bool> pay_subsidy;            ///< was applied for or granted for the same employment
    std::optional<bool> municipal_supplement;   ///< other municipal support for the same employment
    std::optional<bool> wage_or_tax_debts;      ///< unpaid wages, taxes or fees
    std::optional<bool> recent_dismissals;      ///< dismissals in the 12 months before the application
    std::vector<std::string> attachments;       ///< names of what came with it
};
BOOST_DESCRIBE_STRUCT(application_details, (),
                      (job, starts_on, ends_on, permanent, weekly_hours, months_asked, pay_follows_agreement,
                       pay_subsidy, municipal_supplement, wage_or_tax_debts, recent_dismissals, attachments))

/// Where an application is. `refused` to `ended` follow from its newest decision and from the employment.
enum class application_phase : std::uint8_t {
    draft,       ///< begun, not sent
    submitted,   ///< waits for its decision
    completing,  ///< the employer was asked for what is missing
    refused,
    granted,      ///< work has not begun
    running,      ///< the person is at work
    interrupted,  ///< work has stopped for a time
    ended,
    settled,   ///< nothing more will be claimed
    withdrawn  ///< by the employer, before a decision
};
BOOST_DESCRIBE_ENUM(application_phase, draft, submitted, completing, refused, granted, running, interrupted, ended,
                    settled, withdrawn)

/// `rectified` is the decision on a claim for rectification, `anew` one after a court sent the matter back. `initial`
/// is the first decision, `recovery` one to pay back.
enum class decision_kind : std::uint8_t { initial, rectified, anew, recovery };
BOOST_DESCRIBE_ENUM(decision_kind, initial, rectified, anew, recovery)

/// `partly_granted` is for fewer months than were asked. The others on a grant are `granted` and `refused`; on paying
/// back `recovery_ordered`, and `recovery_cancelled` where a claim for rectification left nothing of it.
enum class decision_outcome : std::uint8_t { granted, partly_granted, refused, recovery_ordered, recovery_cancelled };
BOOST_DESCRIBE_ENUM(decision_outcome, granted, partly_granted, refused, recovery_ordered, recovery_cancelled)

/// A decision as it was made. `total` is that of all months, or the sum to pay back. `text` is the decision maker's
/// own.
struct supplement_decision {
    std::string id;                                        ///< chosen by whoever decided
    decision_kind kind = decision_kind::initial;           ///< what it decides on
    decision_outcome outcome = decision_outcome::refused;  ///< what it says
    feel::number monthly_amount;                           ///< euros for a month of full work
    std::int64_t months = 0;                               ///< that are supported; 0 when refused
    feel::number total;
    std::vector<rule_reason> reasons;  ///< rules that speak for it and against it
    std::optional<std::string> text;
    std::string terms_version;            ///< as the terms spell it
    std::string terms_hash;               ///< 64 hexadecimal digits
    std::optional<aid_answer> aid;        ///< where it is de minimis aid
    remedy_rule remedy;                   ///< how it can be contested
    std::optional<std::string> claim;     ///< the claim for rectification that it answers
    std::optional<std::string> recovery;  ///< the recovery that it is about
};
BOOST_DESCRIBE_STRUCT(supplement_decision, (),
                      (id, kind, outcome, monthly_amount, months, total, reasons, text, terms_version, terms_hash, aid,
                       remedy, claim, recovery))

/// How notice of a decision was given; `shown` when it was received on a known day.
struct notice_record {
    time::notice_way way = time::notice_way::letter;  ///< how it was sent
    time::date sent;                                  ///< day of sending
    std::optional<time::date> shown;
};
BOOST_DESCRIBE_STRUCT(notice_record, (), (way, sent, shown))

/// A decision of an application, and the notice of it.
struct decision_entry {
    std::string id;                       ///< that of the decision
    supplement_decision content;          ///< as it was made
    time::date made;                      ///< effective day
    std::string maker;                    ///< as the host names people
    std::optional<notice_record> notice;  ///< absent until notice is given
};
BOOST_DESCRIBE_STRUCT(decision_entry, (), (id, content, made, maker, notice))

/// Both remedies: a claim for rectification, and a municipal appeal. `last_day` is empty when the period had not begun.
struct contest {
    std::string id;        ///< chosen by the caller
    std::string decision;  ///< id of what is contested
    time::date filed;      ///< day on which it came
    std::string by;        ///< who contests
    std::string grounds;   ///< in the words of whoever contests
    bool in_time = true;   ///< true also when the period had not begun
    std::optional<time::date> last_day;
    std::optional<std::string>
        outcome;  ///< `kept`, `changed`, `inadmissible`, `rejected` or `returned`; absent while it is open
    std::optional<time::date> decided;  ///< day of the outcome
    std::optional<std::string> text;    ///< what the authority or the court said

    /// True until there is an outcome.
    bool is_open() const noexcept { return !outcome; }
};
BOOST_DESCRIBE_STRUCT(contest, (), (id, decision, filed, by, grounds, in_time, last_day, outcome, decided, text))

/// Days on end, the first one included.
struct day_span {
    time::date from;                  ///< first day
    std::optional<time::date> until;  ///< last day
};
BOOST_DESCRIBE_STRUCT(day_span, (), (from, until))

/// What was paid for one month.
struct supplement_payment {
    feel::number amount;    ///< euros to the cent
    time::date paid;        ///< day of payment
    std::string reference;  ///< of the payment in the books
};
BOOST_DESCRIBE_STRUCT(supplement_payment, (), (amount, paid, reference))

/// A claim for one calendar month, named by its first day.
struct payment_claim {
    std::string id;                             ///< chosen by the caller
    time::date month;                           ///< first day of the month
    time::date filed;                           ///< day on which it was told last
    std::optional<feel::number> worked_hours;   ///< zero or more
    std::optional<feel::number> full_hours;     ///< of a month without absence
    std::optional<feel::number> wage_cost;      ///< euros
    std::optional<feel::number> other_aid;      ///< euros from others for the same costs
    std::vector<std::string> attachments;       ///< names of what came with it
    std::vector<std::string> missing;           ///< names of items; empty for a complete claim
    std::optional<supplement_payment> payment;  ///< absent until it is paid
};
BOOST_DESCRIBE_STRUCT(payment_claim, (),
                      (id, month, filed, worked_hours, full_hours, wage_cost, other_aid, attachments, missing, payment))

/// What has to be paid back by one decision.
struct recovery_entry {
    std::string id;       ///< id of the decision
    feel::number amount;  ///< euros
    feel::number repaid;  ///< euros that came back
};
BOOST_DESCRIBE_STRUCT(recovery_entry, (), (id, amount, repaid))

/// What came of the job at a check point after the supported time.
struct effect_entry {
    std::string point;                ///< of the terms, such as `P3M`
    time::date recorded;              ///< effective day of the telling
    bool employed = false;            ///< at that point
    std::optional<std::string> note;  ///< in free words
};
BOOST_DESCRIBE_STRUCT(effect_entry, (), (point, recorded, employed, note))

/// One application and all that follows from it. `client` and `group` tell of a person.
struct application {
    std::string id;           ///< chosen by the caller
    std::string programme;    ///< hex id of the programme's stream
    std::string business_id;  ///< the business that hires
    std::optional<std::string> client;
    std::optional<std::string> group;
    std::optional<std::string>
        group_confirmed_by;       ///< who confirmed the target group, as the host names people; absent until it is
    application_details details;  ///< of the job, as last told
    application_phase phase = application_phase::draft;  ///< where it is
    std::optional<time::date> arrived;                   ///< day on which it first came; absent before
    std::string terms_version;                           ///< empty before it arrived
    std::string terms_hash;                              ///< empty before it arrived
    std::vector<std::string> missing;                    ///< items by name; empty for a complete application
    std::optional<time::date> completion_until;          ///< last day for completing; absent unless it was asked for
    std::vector<decision_entry> decisions;               ///< on the grant and on recoveries, the newest last
    std::vector<contest> claims;                         ///< for rectification
    std::vector<contest> appeals;                        ///< municipal appeals
    std::optional<time::date> started;                   ///< first day of work
    std::optional<time::date> ended;                     ///< last day
    std::vector<day_span> interruptions;                 ///< of the employment
    std::vector<payment_claim> payment_claims;           ///< one for each month that was claimed
    std::vector<recovery_entry> recoveries;              ///< one for each decision to recover
    std::vector<effect_entry> effects;                   ///< at check points
    std::optional<time::date> settled;                   ///< absent until it is
    bool erased = false;                                 ///< what told of the person is gone
};
BOOST_DESCRIBE_STRUCT(application, (),
                      (id, programme, business_id, client, group, group_confirmed_by, details, phase, arrived,
                       terms_version, terms_hash, missing, completion_until, decisions, claims, appeals, started, ended,
                       interruptions, payment_claims, recoveries, effects, settled, erased))

/// An employer as its events tell it.
struct employer_state {
    std::optional<time::date> opened;       ///< absent until the employer is opened
    employer_details details;               ///< as last told
    std::vector<aid_grant> declared_aid;    ///< from others than these programmes
    std::vector<application> applications;  ///< in the order of drafting
    std::uint64_t version = 0;              ///< version of its stream

    /// True from the opening on.
    bool is_opened() const noexcept { return opened.has_value(); }
};
BOOST_DESCRIBE_STRUCT(employer_state, (), (opened, details, declared_aid, applications))

/// Terms that a programme has published; those with the newest `from` up to a day are in force on it.
struct published_terms {
    std::string version;  ///< the terms' own
    std::string hash;     ///< of the terms' bytes, 64 hexadecimal digits
    time::date from;
};
BOOST_DESCRIBE_STRUCT(published_terms, (), (version, hash, from))

/// Money that is set aside for one application.
struct reservation {
    std::string employer;                   ///< hex id of the employer's stream
    std::string application;                ///< id
    feel::number amount;                    ///< euros that are set aside now
    std::vector<std::string> business_ids;  ///< of the whole undertaking
};
BOOST_DESCRIBE_STRUCT(reservation, (), (employer, application, amount, business_ids))

/// A support programme as its events tell it.
struct programme_state {
    std::optional<time::date> opened;       ///< absent until the programme is opened
    std::optional<time::date> closed;       ///< absent while it takes applications
    texts name;                             ///< in all four languages
    validity valid;                         ///< days on which it takes applications
    feel::number budget;                    ///< euros for all grants
    std::vector<published_terms> terms;     ///< in the order of publishing
    std::vector<reservation> reservations;  ///< one for each application that ever had one
    std::uint64_t version = 0;              ///< version of its stream

    /// True from the opening on.
    bool is_opened() const noexcept { return opened.has_value(); }
};
BOOST_DESCRIBE_STRUCT(programme_state, (), (opened, closed, name, valid, budget, terms, reservations))

}  // namespace polku::inline POLKU_V::path

#endif
