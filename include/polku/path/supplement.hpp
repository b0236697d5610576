// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_HPP
#define POLKU_PATH_SUPPLEMENT_HPP

#include <polku/path/case.hpp>
#include <polku/path/supplement_commands.hpp>
#include <polku/path/supplement_events.hpp>
#include <polku/path/supplement_records.hpp>
#include <polku/path/supplement_terms.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The employment supplement from application to evaluation: `decide_...` answers the events that a command brings
/// about, or why it is refused; `evolve_...` folds them. Both are pure, and no clock is read.

namespace polku::inline POLKU_V::path {

/// What the decision on an employer's command may look at besides the employer.
struct supplement_room {
    std::string employer;                        ///< hex id of the employer's stream
    const programme_state* programme = nullptr;  ///< that of the application, where the command has one
    std::span<const supplement_terms> terms;     ///< all versions that the programme has published
};

/// Events of the employer's stream and of the programme's: stored together or not at all, so that neither budget nor
/// the limit of de minimis aid is passed by writers who race.
struct supplement_decided {
    std::vector<employer_event> events;         ///< in the order in which they are to be stored
    std::string programme;                      ///< hex id of the programme's stream
    std::vector<programme_event> of_programme;  ///< empty where no money is reserved or released
};

/// Errors of the 6xx family, with nothing changed: `illegal_application_step` names the steps that are legal,
/// `application_incomplete` what is missing, `terms_not_in_force`, `budget_exceeded`, `amount_exceeded`,
/// `unknown_record`, `duplicate_record`, `missing_detail`, `command_in_future`, `command_too_early`; and those of the
/// terms' models. `on` is the day that the command tells of; without it `with.today`.
POLKU_DECL result<supplement_decided> decide_employer(const employer_state& now, const supplement_room& room,
                                                      const employer_command& asked, std::optional<time::date> on,
                                                      const context& with);
/// `version` of published terms stands in `terms`, which must hold those that the command names.
POLKU_DECL result<std::vector<programme_event>> decide_programme(const programme_state& now,
                                                                 std::span<const supplement_terms> terms,
                                                                 const programme_command& asked,
                                                                 std::optional<time::date> on, const context& with);

/// The state after an event; never fails.
POLKU_DECL employer_state evolve_employer(employer_state before, const employer_event& happened);
/// The programme after an event; never fails.
POLKU_DECL programme_state evolve_programme(programme_state before, const programme_event& happened);

/// Hex id of the programme that a command is about; empty when it is about none, or the application is not there.
POLKU_DECL std::string programme_of(const employer_state& now, const employer_command& asked);
/// The application that a command is about; empty for commands to the employer.
POLKU_DECL std::string application_of(const employer_command& asked);
/// Its name in JSON, such as `draft_application`; static text.
POLKU_DECL std::string_view type_of(const employer_command& asked) noexcept;

/// Null pointer when there is none.
POLKU_DECL const application* find_application(const employer_state& of, std::string_view id) noexcept;
/// The newest decision on the grant itself (not one on a recovery), or null pointer.
POLKU_DECL const decision_entry* newest_decision(const application& of) noexcept;
/// Commands that the application takes where it is, in the order of the list of commands.
POLKU_DECL std::vector<std::string> open_steps(const application& of);

/// The time in which a decision can be contested. Empty when no notice was given, or no receipt is known or presumed.
/// `remedy` says how it is contested, `received` is the day of receipt (`presumed` where nobody has shown it),
/// `nominal` the last day by counting and `last` that day moved to a working day.
struct contest_period {
    remedy_rule remedy;
    time::date received;
    bool presumed = false;
    time::date nominal;
    time::date last;
};
BOOST_DESCRIBE_STRUCT(contest_period, (), (remedy, received, presumed, nominal, last))
/// Counted from the notice of the decision by `time::receipt_of` and `time::statutory_deadline`.
POLKU_DECL std::optional<contest_period> contest_period_of(const decision_entry& of);

/// The sums of an application. `left` is what can still be paid. All are euros to the cent; zero where there is none.
struct supplement_sums {
    feel::number granted;  ///< by the newest decision on the grant
    feel::number paid;     ///< of all claims
    feel::number left;
    feel::number to_recover;  ///< of all recoveries
    feel::number repaid;      ///< of these
};
BOOST_DESCRIBE_STRUCT(supplement_sums, (), (granted, paid, left, to_recover, repaid))
/// The sums by the decisions and payments so far.
POLKU_DECL supplement_sums sums_of(const application& of);
/// The last day of the supported months; empty before the employment started, or without a grant.
POLKU_DECL std::optional<time::date> supported_until(const application& of);

/// Money that is set aside for all applications together.
POLKU_DECL feel::number reserved_in(const programme_state& of);
/// What of the budget is not set aside; never negative.
POLKU_DECL feel::number free_budget(const programme_state& of);
/// The newest terms whose day has come; null pointer when there are none.
POLKU_DECL const published_terms* terms_on(const programme_state& of, time::date day) noexcept;
/// Aid that counts against the undertaking's limit: what was declared and what was granted here, without one
/// application.
POLKU_DECL std::vector<aid_grant> aid_of(const employer_state& of, std::string_view without = {});
/// What the terms' models are asked with about an application.
POLKU_DECL feel::context terms_inputs_of(const employer_state& employer, const application& of, time::date arrived);

/// What somebody has to do, or may wait for.
enum class supplement_duty : std::uint8_t {
    decide,            ///< a complete application waits
    complete,          ///< the employer completes the application by the day
    give_notice,       ///< a decision was made and nobody was told
    contest_ends,      ///< the last day for contesting a decision
    decide_claim,      ///< a claim for rectification waits
    complete_payment,  ///< a claim for payment lacks something
    pay,               ///< a complete claim for payment waits
    collect,           ///< a recovery is not paid back
    record_effect,     ///< a check point has come
};
BOOST_DESCRIBE_ENUM(supplement_duty, decide, complete, give_notice, contest_ends, decide_claim, complete_payment, pay,
                    collect, record_effect)

/// Something to be done or awaited. `due` is the last day where there is one, otherwise the day since which it waits.
struct supplement_due {
    std::string application;                         ///< id
    supplement_duty duty = supplement_duty::decide;  ///< what is to be done
    std::string what;                                ///< id of the decision, claim, recovery, or the check point
    time::date due;
    bool late = false;  ///< the last day has passed
    bool operator==(const supplement_due&) const = default;
};
BOOST_DESCRIBE_STRUCT(supplement_due, (), (application, duty, what, due, late))

/// What waits on a day or comes due up to `by`, soonest first. `terms` are those of the programmes.
POLKU_DECL std::vector<supplement_due> supplement_due_by(const employer_state& of,
                                                         std::span<const supplement_terms> terms, time::date by);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/supplement_decide.ipp>
#include <polku/impl/path/supplement_evolve.ipp>
#include <polku/impl/path/supplement_queries.ipp>
#endif

#endif
