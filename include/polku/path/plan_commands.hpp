// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLAN_COMMANDS_HPP
#define POLKU_PATH_PLAN_COMMANDS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/plan.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about the joint plan and the client's goals. `type` is the command's name in JSON.

namespace polku::inline POLKU_V::path {

/// Agrees the joint plan with the client. `goal` is its aim in words; each of `steps` says its effect on benefits;
/// `agreed_with` are the persons besides the client, `review_by` the day by which it is looked at again.
struct agree_plan {
    static constexpr std::string_view type = "agree_plan";
    std::string goal;
    std::vector<plan_step> steps;
    std::vector<std::string> agreed_with;
    std::optional<time::date> review_by;
};
BOOST_DESCRIBE_STRUCT(agree_plan, (), (goal, steps, agreed_with, review_by))

/// Looks at the plan again; what is given replaces what was agreed. `steps` replaces all steps where there are any;
/// `review_by` is the day of the next look, `notes` free words. `goal` is the plan's aim in words.
struct review_plan {
    static constexpr std::string_view type = "review_plan";
    std::optional<std::string> goal;
    std::vector<plan_step> steps;
    std::optional<time::date> review_by;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(review_plan, (), (goal, steps, review_by, notes))

/// Sets a goal with the client: `goal` is an id that the caller chooses, `text` the goal in the client's words,
/// `target` the score at which it is met.
struct set_goal {
    static constexpr std::string_view type = "set_goal";
    std::string goal;
    std::string text;
    std::optional<feel::number> target;
};
BOOST_DESCRIBE_STRUCT(set_goal, (), (goal, text, target))

/// Scores a goal on the command's day: `goal` is its id, `score` on the scale of its target.
struct score_goal {
    static constexpr std::string_view type = "score_goal";
    std::string goal;
    feel::number score;
};
BOOST_DESCRIBE_STRUCT(score_goal, (), (goal, score))

}  // namespace polku::inline POLKU_V::path

#endif
