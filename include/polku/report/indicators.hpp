// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_INDICATORS_HPP
#define POLKU_REPORT_INDICATORS_HPP

#include <polku/report/figures.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Common output and result indicators of ESF+ 2021-2027 (Regulation (EU) 2021/1057, Annex I), counted from rows of
/// participants. Groups, windows and days are decisions of the shipped pack `esfplus`, names and sums to be checked its
/// `indicators.json`. Counts only: nothing of a person is in the report.

namespace polku::inline POLKU_V::report {

/// As the participant has told it; it is never read off an identity code. The names are `woman`, `man` and
/// `non_binary`.
enum class participant_gender : std::uint8_t { woman, man, non_binary };
BOOST_DESCRIBE_ENUM(participant_gender, woman, man, non_binary)

/// What has happened since a participant left.
enum class labour_event_kind : std::uint8_t {
    job_search,     ///< registered as a jobseeker, or began to look for work
    employment,     ///< began to work, also as an entrepreneur
    not_employed,   ///< work ended
    education,      ///< began education or training
    qualification,  ///< got a qualification
};
BOOST_DESCRIBE_ENUM(labour_event_kind, job_search, employment, not_employed, education, qualification)

/// Something that happened on a day.
struct labour_event {
    time::date day;                                          ///< of the beginning or getting
    labour_event_kind what = labour_event_kind::job_search;  ///< what it was
};
BOOST_DESCRIBE_STRUCT(labour_event, (), (day, what))

/// One participant of an operation; each stands once in the rows. In a table, `after` is written as
/// `2026-04-10 job_search|2026-04-28 employment`.
struct participant {
    std::string id;                  ///< the caller's name for the participant; not in the report
    time::date entry;                ///< first day in the operation
    std::optional<time::date> left;  ///< absent while the participant is in it
    // Labour status on entry: exactly one of the three holds; the others may be left out.
    std::optional<bool> unemployed;            ///< absent: not told, as of all that follows
    std::optional<bool> long_term_unemployed;  ///< as told; the pack has no rule for it
    std::optional<bool> inactive;              ///< for EECO04
    std::optional<bool> employed;              ///< also self-employed
    std::optional<time::date> born;            ///< or `age`
    std::optional<std::int64_t> age;           ///< whole years on entry
    std::optional<participant_gender> gender;  ///< as the participant told it
    std::optional<std::int64_t> isced;         ///< 0 to 8
    // Voluntary answers.
    std::optional<bool> disability;              ///< as the participant told it
    std::optional<bool> third_country;           ///< national of a third country
    std::optional<bool> foreign_background;      ///< foreign origin
    std::optional<bool> minority;                ///< also of marginalised communities such as Roma people
    std::optional<bool> homeless;                ///< or affected by housing exclusion
    std::optional<bool> rural;                   ///< from a rural area
    std::vector<labour_event> after;             ///< what happened since the participant left
    std::optional<bool> employed_at_six_months;  ///< exactly six months after leaving
    std::optional<bool> improved_at_six_months;  ///< of those employed on entry
};
BOOST_DESCRIBE_STRUCT(participant, (),
                      (id, entry, left, unemployed, long_term_unemployed, inactive, employed, born, age, gender, isced,
                       disability, third_country, foreign_background, minority, homeless, rural, after,
                       employed_at_six_months, improved_at_six_months))

/// One indicator with its columns.
struct indicator_count {
    std::string code;             ///< such as `EECO01`
    std::int64_t total = 0;       ///< all participants that count
    std::int64_t women = 0;       ///< of these
    std::int64_t men = 0;         ///< of these
    std::int64_t non_binary = 0;  ///< of these
};
BOOST_DESCRIBE_STRUCT(indicator_count, (), (code, total, women, men, non_binary))

/// A sum that does not hold.
struct indicator_finding {
    std::string rule;                ///< id of the check
    std::string column;              ///< `total`, `women`, `men` or `non_binary`
    std::vector<std::string> parts;  ///< codes that are added up
    std::string whole;               ///< code that they are compared with; empty: the sum of the columns
    std::int64_t found = 0;          ///< what the columns or parts have
    std::int64_t expected = 0;       ///< exactly, or at most
    bool at_most = false;            ///< `expected` is a bound, not a value
};
BOOST_DESCRIBE_STRUCT(indicator_finding, (), (rule, column, parts, whole, found, expected, at_most))

/// How many complete or incomplete records still lack something.
struct indicator_gap {
    std::string field;              ///< member of `participant`, or `labour_status` for the three of them
    std::int64_t participants = 0;  ///< how many records
    std::string needed;             ///< `always`, `if_unemployed`, `later` (a result that is due), `voluntary`
    std::string source;             ///< `case`: can be filled from a case; `ask`: must be asked
};
BOOST_DESCRIBE_STRUCT(indicator_gap, (), (field, participants, needed, source))

/// Counts on a day, and what is still missing.
struct indicator_report {
    std::optional<time::date> as_of;      ///< none where counts were given
    std::int64_t rows = 0;                ///< records that were read
    std::int64_t incomplete = 0;          ///< without labour status, age, gender or education: in no indicator
    std::int64_t in_operation = 0;        ///< complete, not left by the day
    std::int64_t window_open = 0;         ///< left, and the 28 days are not over: the immediate result may still change
    std::vector<indicator_count> counts;  ///< in the order of their codes
    std::vector<indicator_gap> gaps;      ///< by field
    std::vector<indicator_finding> findings;  ///< sums that do not hold; empty is good
};
BOOST_DESCRIBE_STRUCT(indicator_report, (),
                      (as_of, rows, incomplete, in_operation, window_open, counts, gaps, findings))

/// Entities that the operation supports; counted by it, not from participants.
struct supported_entities {
    std::optional<std::int64_t> administrations;  ///< EECO18
    std::optional<std::int64_t> enterprises;      ///< EECO19
};
BOOST_DESCRIBE_STRUCT(supported_entities, (), (administrations, enterprises))

/// What an input of the ESF+ report holds: participants, or counts that were made elsewhere and are to be checked.
struct indicator_input {
    std::vector<participant> participants;  ///< empty where counts were given
    supported_entities entities;            ///< counted by the operation
    std::vector<indicator_count> counts;    ///< empty where participants were given
};

/// Reads rows; from JSON, `participants` or `counts`, and `administrations` and `enterprises` beside them. Errors:
/// those of JSON, `table_syntax`, `row_refused` with the bad rows as causes.
result<indicator_input> try_read_indicators(const rows_text& from);

/// Counts the indicators as they stand on a day: results only of what had happened by then, and of the long-term ones
/// only where six months are over. Errors: `row_refused` (two labour statuses, long-term unemployed but not unemployed,
/// days in the wrong order, an answer of a day that has not come, a participant twice), `pack_not_in_force` (a day
/// before the programming period).
result<indicator_report> try_count_indicators(std::span<const participant> rows, time::date as_of,
                                              const supported_entities& entities = {});

/// Checks counts against each other: sums of the groups, parts within wholes, columns against totals. Errors:
/// `figures_refused` for a negative count or a code that is unknown or stands twice.
result<std::vector<indicator_finding>> try_check_indicators(std::span<const indicator_count> counts);

/// The report in a form; `language` is `fi`, `sv` or `en`, another counts as English.
std::string write_indicators(const indicator_report& of, figures_form form, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
