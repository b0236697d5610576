// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLAN_HPP
#define POLKU_PATH_PLAN_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// A step of the plan. Its effect on the client's benefits is said (no step is agreed without it) and flagged, so that
/// no sanction or gap surprises.
struct plan_step {
    std::string text;                           ///< what is done, in words
    std::optional<std::string> owner;           ///< role, or `client`
    std::optional<time::date> by;               ///< the day by which it is done
    std::optional<std::string> benefit_effect;  ///< in words, such as which benefit goes on
    std::optional<bool> benefit_risk;           ///< the basic level might fall
    bool operator==(const plan_step&) const = default;
};
BOOST_DESCRIBE_STRUCT(plan_step, (), (text, owner, by, benefit_effect, benefit_risk))

/// The joint plan: agreed with the client, reviewed at intervals.
struct plan {
    std::string goal;                      ///< that of the plan, in words
    std::vector<plan_step> steps;          ///< in the order of doing
    std::vector<std::string> agreed_with;  ///< persons besides the client
    time::date agreed;                     ///< effective day
    std::optional<time::date> review_by;   ///< the day by which it is looked at again
    std::vector<time::date> reviewed;      ///< effective days of the reviews
    bool operator==(const plan&) const = default;
};
BOOST_DESCRIBE_STRUCT(plan, (), (goal, steps, agreed_with, agreed, review_by, reviewed))

}  // namespace polku::inline POLKU_V::path

#endif
