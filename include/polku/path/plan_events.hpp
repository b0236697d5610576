// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLAN_EVENTS_HPP
#define POLKU_PATH_PLAN_EVENTS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/plan.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to the plan and the goals. `type` is the event's stored name; `review_by` is the day by which the plan
/// is looked at again.

namespace polku::inline POLKU_V::path {

/// A joint plan was agreed with the client: `goal` in words, `steps`, and `agreed_with`, the persons besides the
/// client.
struct plan_agreed {
    static constexpr std::string_view type = "plan_agreed";
    std::string goal;
    std::vector<plan_step> steps;
    std::vector<std::string> agreed_with;
    std::optional<time::date> review_by;
};
BOOST_DESCRIBE_STRUCT(plan_agreed, (), (goal, steps, agreed_with, review_by))

/// The plan was looked at; `goal` and `steps` replace what was agreed where they are given, `notes` are free words.
struct plan_reviewed {
    static constexpr std::string_view type = "plan_reviewed";
    std::optional<std::string> goal;
    std::vector<plan_step> steps;
    std::optional<time::date> review_by;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(plan_reviewed, (), (goal, steps, review_by, notes))

/// A goal was set: `goal` is its id, `text` the client's words, `target` the score at which it is met.
struct goal_set {
    static constexpr std::string_view type = "goal_set";
    std::string goal;
    std::string text;
    std::optional<feel::number> target;
};
BOOST_DESCRIBE_STRUCT(goal_set, (), (goal, text, target))

/// The goal with id `goal` got a `score` on the event's day.
struct goal_scored {
    static constexpr std::string_view type = "goal_scored";
    std::string goal;
    feel::number score;
};
BOOST_DESCRIBE_STRUCT(goal_scored, (), (goal, score))

}  // namespace polku::inline POLKU_V::path

#endif
