// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_COACHING_HPP
#define POLKU_PATH_COACHING_HPP

#include <polku/config.hpp>
#include <polku/feel/number.hpp>
#include <polku/path/network.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// How near the client was to a goal on the day `scored`; `score` is on the scale of the goal's `target`.
struct goal_score {
    time::date scored;
    feel::number score;
    bool operator==(const goal_score&) const = default;
};
BOOST_DESCRIBE_STRUCT(goal_score, (), (scored, score))

/// A goal set with the client, visible to both and scored again (as AVAIN does).
struct goal {
    std::string id;                      ///< chosen by whoever set it
    std::string text;                    ///< in the client's words
    time::date set;                      ///< effective day
    std::optional<feel::number> target;  ///< the score at which it is met; absent: it is only watched
    std::vector<goal_score> scores;      ///< oldest first
    /// True when the newest score has reached the target.
    bool is_met() const { return target && !scores.empty() && scores.back().score >= *target; }
    bool operator==(const goal&) const = default;
};
BOOST_DESCRIBE_STRUCT(goal, (), (id, text, set, target, scores))

/// Hours planned and attended between two days, and what kept the client away.
struct attendance {
    time::date from;                    ///< first day
    time::date until;                   ///< last day
    feel::number planned_hours;         ///< zero or more
    feel::number attended_hours;        ///< zero or more
    std::optional<std::string> reason;  ///< for hours that were not attended
    bool operator==(const attendance&) const = default;
};
BOOST_DESCRIBE_STRUCT(attendance, (), (from, until, planned_hours, attended_hours, reason))

/// A goal-directed period with a job coach in a coaching environment or at a workplace.
struct coaching {
    std::string id;                            ///< chosen by whoever started it
    std::string package;                       ///< id among the definition's packages
    std::optional<std::string> environment;    ///< id among the definition's environments; absent at a workplace
    party coach;                               ///< the job coach
    std::optional<feel::number> weekly_hours;  ///< as agreed
    std::vector<std::string> tasks;            ///< ids of the catalogue, or free texts where the path has none
    time::date started;                        ///< first day
    std::optional<time::date> ends;            ///< planned last day
    std::optional<time::date> completed;       ///< absent while it is open
    std::optional<std::string> result;         ///< the conclusion, once completed
    std::vector<attendance> attended;          ///< in the order of recording
    /// True until it is completed.
    bool is_open() const { return !completed; }
    bool operator==(const coaching&) const = default;
};
BOOST_DESCRIBE_STRUCT(coaching, (),
                      (id, package, environment, coach, weekly_hours, tasks, started, ends, completed, result,
                       attended))

}  // namespace polku::inline POLKU_V::path

#endif
