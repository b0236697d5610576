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
/// What happened to the plan and the goals.

namespace polku::inline POLKU_V::path {

struct plan_agreed {
    static constexpr std::string_view type = "plan_agreed";
    std::string goal;
    std::vector<plan_step> steps;
    std::vector<std::string> agreed_with;
    std::optional<time::date> review_by;
};
BOOST_DESCRIBE_STRUCT(plan_agreed, (), (goal, steps, agreed_with, review_by))

struct plan_reviewed {
    static constexpr std::string_view type = "plan_reviewed";
    std::optional<std::string> goal;
    std::vector<plan_step> steps;
    std::optional<time::date> review_by;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(plan_reviewed, (), (goal, steps, review_by, notes))

struct goal_set {
    static constexpr std::string_view type = "goal_set";
    std::string goal;
    std::string text;
    std::optional<feel::number> target;
};
BOOST_DESCRIBE_STRUCT(goal_set, (), (goal, text, target))

struct goal_scored {
    static constexpr std::string_view type = "goal_scored";
    std::string goal;
    feel::number score;
};
BOOST_DESCRIBE_STRUCT(goal_scored, (), (goal, score))

}  // namespace polku::inline POLKU_V::path

#endif
