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

struct goal_score {
    time::date scored;
    feel::number score;
    bool operator==(const goal_score&) const = default;
};
BOOST_DESCRIBE_STRUCT(goal_score, (), (scored, score))

/// A goal set with the client, visible to both and scored again (as AVAIN does).
struct goal {
    std::string id;
    std::string text;
    time::date set;
    std::optional<feel::number> target;
    std::vector<goal_score> scores;
    bool is_met() const { return target && !scores.empty() && scores.back().score >= *target; }
    bool operator==(const goal&) const = default;
};
BOOST_DESCRIBE_STRUCT(goal, (), (id, text, set, target, scores))

/// Hours planned and attended between two days, and what kept the client away.
struct attendance {
    time::date from;
    time::date until;
    feel::number planned_hours;
    feel::number attended_hours;
    std::optional<std::string> reason;
    bool operator==(const attendance&) const = default;
};
BOOST_DESCRIBE_STRUCT(attendance, (), (from, until, planned_hours, attended_hours, reason))

/// A goal-directed period with a job coach in a coaching environment or at a workplace.
struct coaching {
    std::string id;
    std::string package;
    std::optional<std::string> environment;
    party coach;
    std::optional<feel::number> weekly_hours;
    std::vector<std::string> tasks;
    time::date started;
    std::optional<time::date> ends;
    std::optional<time::date> completed;
    std::optional<std::string> result;
    std::vector<attendance> attended;
    bool is_open() const { return !completed; }
    bool operator==(const coaching&) const = default;
};
BOOST_DESCRIBE_STRUCT(coaching, (),
                      (id, package, environment, coach, weekly_hours, tasks, started, ends, completed, result,
                       attended))

}  // namespace polku::inline POLKU_V::path

#endif
