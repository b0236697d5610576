// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_NETWORK_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_NETWORK_HPP

// Commands about the people around the client: responsibility, team, the plan.

#include <polku/impl/path/detail/case_decider.hpp>

namespace polku::inline POLKU_V::path::detail {

inline decided case_decider::handle(const assign_responsible& what) {
    POLKU_CHECK(check_party(what.who));
    if (const responsibility* now = responsible_now(state_)) {
        POLKU_CHECK(check_not_before(now->from, "the present responsibility"));
        if (now->who == what.who)
            return refuse(error_code::duplicate_record, "'" + what.who.person + "' is the responsible worker already");
    }
    add(responsible_assigned{what.who});
    return {};
}

inline decided case_decider::handle(const assign_own_worker& what) {
    POLKU_CHECK(check_party(what.who));
    if (!state_.own_workers.empty())
        POLKU_CHECK(check_not_before(state_.own_workers.back().from, "the present own worker"));
    add(own_worker_assigned{what.who});
    return {};
}

inline decided case_decider::handle(const add_team_member& what) {
    POLKU_CHECK(check_party(what.who));
    for (const responsibility& each : state_.team)
        if (each.who == what.who && !each.until)
            return refuse(error_code::duplicate_record, "'" + what.who.person + "' is in the team already");
    add(team_member_added{what.who});
    return {};
}

inline decided case_decider::handle(const remove_team_member& what) {
    std::vector<std::string> team;
    for (const responsibility& each : state_.team) {
        if (!each.until) team.push_back(each.who.person);
        if (each.who.person != what.person || each.until) continue;
        add(team_member_removed{party(each.who), what.reason});
        return {};
    }
    return refuse(error_code::unknown_record, "'" + what.person + "' is not in the team; it has: " +
                                                  (team.empty() ? std::string("nobody") : quoted(team)));
}

/// Work must not cost the client: no step is agreed before somebody has looked at what it does to the benefits.
inline decided case_decider::check_plan(const std::vector<plan_step>& steps,
                                        std::optional<time::date> review_by) const {
    for (const plan_step& each : steps) {
        POLKU_CHECK(check_text(each.text, "steps/text"));
        if (each.benefit_effect.value_or("").empty())
            return refuse(error_code::missing_detail, "the plan's step '" + each.text +
                                                          "' does not say its effect on the client's benefits; give "
                                                          "'benefit_effect', and 'benefit_risk' where they might fall");
    }
    if (review_by && *review_by < on_)
        return refuse(error_code::command_too_early, "the plan would be reviewed on " + time::to_string(*review_by) +
                                                         ", before it is agreed on " + time::to_string(on_));
    return {};
}

inline decided case_decider::handle(const agree_plan& what) {
    POLKU_CHECK(check_text(what.goal, "goal"));
    POLKU_CHECK(check_plan(what.steps, what.review_by));
    add(plan_agreed{what.goal, what.steps, what.agreed_with, what.review_by});
    return {};
}

inline decided case_decider::handle(const review_plan& what) {
    if (!state_.plan) return refuse(error_code::step_missing, "no plan has been agreed; agree_plan comes first");
    POLKU_CHECK(check_not_before(state_.plan->agreed, "the plan"));
    POLKU_CHECK(check_plan(what.steps, what.review_by));
    add(plan_reviewed{what.goal, what.steps, what.review_by, what.notes});
    return {};
}

inline decided case_decider::handle(const set_goal& what) {
    POLKU_CHECK(check_new("goal", state_.goals, what.goal));
    POLKU_CHECK(check_text(what.text, "text"));
    add(goal_set{what.goal, what.text, what.target});
    return {};
}

inline decided case_decider::handle(const score_goal& what) {
    POLKU_TRY(const goal* found, find("goal", state_.goals, what.goal));
    POLKU_CHECK(check_not_before(found->set, "the goal"));
    add(goal_scored{what.goal, what.score});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
