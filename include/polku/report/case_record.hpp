// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_CASE_RECORD_HPP
#define POLKU_REPORT_CASE_RECORD_HPP

#include <polku/path/case.hpp>
#include <polku/path/queries.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// @file
/// What reports over many cases need of one of them, as it stood on a day: no name, no code, no free text.

namespace polku::inline POLKU_V::report {

/// Where a client goes from and to. The names are `entry`, `stage` and `exit`.
enum class walk_place : std::uint8_t { entry, stage, exit };

/// One move of a client: from an entry to a stage, from a stage to a stage or an exit, from an exit back to a stage.
struct walk_step {
    walk_place from_kind = walk_place::entry;  ///< where the client came from
    std::string from;                          ///< id
    walk_place to_kind = walk_place::stage;    ///< where the client came to
    std::string to;                            ///< id
    time::date on;                             ///< effective day
    std::int64_t days = 0;                     ///< spent where the client came from; 0 at an entry
    bool operator==(const walk_step&) const = default;
};

/// What of the definition the service is: a `referral` to one of its services, an `assessment`, a `package` or an
/// `environment` of coaching, a `placement`.
enum class service_kind : std::uint8_t { referral, assessment, package, environment, placement };

/// A service that the client has been in; `until` is empty while it goes on. A referral counts from the day on which
/// the service began, so one that was never taken up is none.
struct service_use {
    service_kind kind = service_kind::referral;  ///< which of these
    std::string id;                              ///< in the definition
    time::date from;                             ///< first day
    std::optional<time::date> until;
    bool operator==(const service_use&) const = default;
};

/// What somebody told, without the words. `about` is what it was told of: a kind of assessment, a package, a kind of
/// placement or meeting; empty when that is not said.
struct feedback_record {
    std::string from;  ///< `organiser`, `employer`, `client` or `network`
    std::string about;
    bool of_assessment = false;  ///< `about` is a kind of assessment
    std::vector<std::pair<std::string, std::optional<feel::number>>>
        aspects;  ///< what was observed, with scores where there are any
    bool operator==(const feedback_record&) const = default;
};

/// First and last score of a goal, of one scale of an instrument or of one question about the client's own experience;
/// `last` is empty while there is one score only.
struct score_record {
    std::string of;                     ///< instrument or experience; empty for a goal
    std::string scale;                  ///< of the instrument, or the question; empty for a goal
    std::optional<feel::number> first;  ///< absent while nothing was scored
    std::optional<feel::number> last;
    bool met = false;  ///< a goal whose target was reached
    bool operator==(const score_record&) const = default;
};

/// A check point that was done: which one after its start (`P6M`), and what was found.
struct check_record {
    std::string period;           ///< after the start
    std::string status;           ///< as it was told
    bool support_needed = false;  ///< the client needs support still
    bool operator==(const check_record&) const = default;
};

/// A fact whose values are counted, as it was known on the day.
struct fact_record {
    std::string fact;   ///< id
    std::string value;  ///< one of its listed values, `true` or `false`
    bool operator==(const fact_record&) const = default;
};

/// How the duties that serve a quality criterion stand: `missed` when one was not met by its day, else `waiting` while
/// one is open, else `met`.
struct criterion_record {
    std::string criterion;  ///< id in the definition
    std::string state;      ///< `missed`, `waiting` or `met`
    bool operator==(const criterion_record&) const = default;
};

/// One case as it stood at the end of a day.
struct case_record {
    time::date as_of;                             ///< the day
    std::string municipality;                     ///< code; empty where a non-disclosure order hides it
    std::string entry;                            ///< id of the door
    time::date opened;                            ///< day of the opening
    std::vector<walk_step> walk;                  ///< begins at the entry, ends where the client is
    std::optional<path::case_ending> ending;      ///< none while the case is open
    std::string owner;                            ///< role that answers for the client; empty after the end
    std::vector<std::string> target_groups;       ///< ids of those that the client is in on the day
    std::vector<path::referral_state> referrals;  ///< states of those that are open
    std::vector<path::due_item> overdue;          ///< what has not been done by its day
    std::vector<service_use> services;            ///< each stay by itself
    std::vector<feedback_record> feedbacks;       ///< in the order of telling
    std::vector<score_record> goals;              ///< one for each goal
    std::vector<score_record> instruments;        ///< one for each scale of each instrument
    std::vector<score_record> experiences;        ///< one for each question
    bool told_in_words = false;                   ///< the client told of the own experience in own words
    std::vector<check_record> checks;             ///< in the order of doing
    std::vector<fact_record> facts;               ///< those that the definition has as `reported`
    std::vector<criterion_record> criteria;       ///< those that a duty of the case serves
};

/// The record of a case on a day; empty when the case had not been opened by then. `whole` is the case with all its
/// events. The municipality is hidden when a non-disclosure order stands on that day or on any later day that the case
/// knows of: a report of an earlier day is read later.
std::optional<case_record> try_record(const path::service_path& path, const path::case_state& whole, time::date as_of);

}  // namespace polku::inline POLKU_V::report

#endif
