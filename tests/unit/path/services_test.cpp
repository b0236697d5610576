// SPDX-License-Identifier: Apache-2.0
#include <polku/path/assessment.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

case_run in_coaching() {
    case_run run;
    run.to_assessment("2026-02-10");
    run.know("next wish", "work", "2026-02-11");
    run.tell(path::agree_plan{"paid work", {{"talk to employer", {}, {}, "none", false}}, {"d.doctor"}, {}},
             "2026-02-12");
    run.tell(path::route{}, "2026-02-13");
    return run;
}
const path::start_coaching coaching{"c1", "supported", {"c.coach", "coach", "town"}, "workshop", 20, {"cleaning"}, {}};
const path::start_placement job{"p1", "job", "Esimerkki Oy", {"shelving"}, true, 25, {}, {}};

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/assessment: a work trial comes after the health check and ends with the organiser's feedback") {
    case_run run;
    run.to_assessment("2026-02-10");
    const path::start_assessment trial{"a2", "work_trial", "Esimerkki Oy", "return to work", {}};
    CHECK(run.refusal(trial, "2026-02-11") == error_code::step_missing);
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-02-11");
    CHECK(run.refusal(path::start_assessment{"a3", "health_check", {}, {}, {}}, "2026-02-11") ==
          error_code::duplicate_record);
    CHECK(run.refusal(path::complete_assessment{"a1", "fit", {}, {}}, "2026-02-10") == error_code::command_too_early);
    CHECK(run.refusal(path::complete_assessment{"a1", "", {}, {}}, "2026-02-12") == error_code::missing_detail);
    const auto done =
        run.tell(path::complete_assessment{"a1", "fit for light work", {"patient"}, {"lifting"}}, "2026-02-12");
    CHECK(done[0].retention == "social");
    CHECK(run.refusal(path::complete_assessment{"a1", "fit", {}, {}}, "2026-02-13") == error_code::record_not_open);
    run.tell(trial, "2026-02-13");
    CHECK(run.state.assessments[1].ends == day("2026-08-13"));
    CHECK(run.refusal(path::complete_assessment{"a2", "good", {}, {}}, "2026-03-01") == error_code::step_missing);
    CHECK(run.refusal(path::record_feedback{"organiser", "a2", {{"singing", "well", {}}}, {}}, "2026-03-01") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::record_feedback{"organiser", "a9", {}, "well"}, "2026-03-01") ==
          error_code::unknown_record);
    CHECK(run.refusal(path::record_feedback{"organiser", "a2", {}, {}}, "2026-03-01") == error_code::missing_detail);
    run.tell(path::record_feedback{"organiser", "a2", {{"coping", "copes with six hours", 4}}, {}}, "2026-03-01");
    run.tell(path::complete_assessment{"a2", "part-time work is possible", {}, {}}, "2026-03-02");
    CHECK(run.refusal(path::cancel_assessment{"a2", "late"}, "2026-03-03") == error_code::record_not_open);
}

TEST_CASE("path/assessment: what is not defined cannot be assessed or measured") {
    case_run run;
    run.to_assessment("2026-02-10");
    CHECK(run.refusal(path::start_assessment{"a1", "phrenology", {}, {}, {}}, "2026-02-11") == error_code::wrong_stage);
    CHECK(run.refusal(path::start_coaching{coaching}, "2026-02-11") == error_code::wrong_stage);
    using phase = path::instrument_phase;
    CHECK(run.refusal(path::record_instrument{"ruler", phase::start, {{"mood", 1}}}, "2026-02-11") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::record_instrument{"abilitator", phase::start, {{"size", 1}}}, "2026-02-11") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::record_instrument{"abilitator", phase::start, {{"mood", 11}}}, "2026-02-11") ==
          error_code::score_out_of_range);
    CHECK(run.refusal(path::record_instrument{"abilitator", phase::start, {}}, "2026-02-11") ==
          error_code::missing_detail);
    run.tell(path::record_instrument{"abilitator", phase::start, {{"mood", 4}}}, "2026-02-11");
    CHECK(run.state.instruments[0].scores.at("mood") == feel::number(4));
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-02-11");
    run.tell(path::cancel_assessment{"a1", "ill"}, "2026-02-12");
    CHECK(!run.state.assessments[0].is_open());
}

TEST_CASE("path/plan: a plan is agreed, then reviewed") {
    case_run run;
    run.to_assessment("2026-02-10");
    CHECK(run.refusal(path::review_plan{}, "2026-02-11") == error_code::step_missing);
    CHECK(run.refusal(path::agree_plan{"", {}, {}, {}}, "2026-02-11") == error_code::missing_detail);
    CHECK(run.refusal(path::agree_plan{"work", {}, {}, day("2026-01-01")}, "2026-02-11") ==
          error_code::command_too_early);
    run.tell(path::agree_plan{"work", {}, {}, day("2026-05-01")}, "2026-02-11");
    run.tell(path::review_plan{"study", {}, {}, {}}, "2026-03-11");
    CHECK(run.state.plan->goal == "study");
    CHECK(run.state.plan->reviewed.size() == 1);
}

TEST_CASE("path/coaching: one period at a time, with goals, attendance and result") {
    case_run run = in_coaching();
    path::start_coaching wrong = coaching;
    wrong.package = "magic";
    CHECK(run.refusal(wrong, "2026-02-14") == error_code::unknown_path_item);
    wrong = coaching;
    wrong.weekly_hours = 31;
    CHECK(run.refusal(wrong, "2026-02-14") == error_code::invalid_argument);
    run.tell(coaching, "2026-02-14");
    wrong = coaching;
    wrong.coaching = "c2";
    CHECK(run.refusal(wrong, "2026-02-15") == error_code::duplicate_record);
    run.tell(path::set_goal{"g1", "four days a week", 4}, "2026-02-14");
    CHECK(run.refusal(path::set_goal{"g1", "again", {}}, "2026-02-14") == error_code::duplicate_record);
    CHECK(run.refusal(path::score_goal{"g2", 3}, "2026-02-20") == error_code::unknown_record);
    run.tell(path::score_goal{"g1", 5}, "2026-03-14");
    CHECK(run.state.goals[0].is_met());
    run.tell(path::record_attendance{"c1", day("2026-02-16"), day("2026-02-22"), 20, 15, "ill"}, "2026-02-22");
    CHECK(run.refusal(path::record_attendance{"c1", day("2026-02-01"), day("2026-02-07"), 20, 15, {}}, "2026-02-22") ==
          error_code::command_too_early);
    CHECK(run.refusal(path::record_attendance{"c1", day("2026-02-16"), day("2026-02-22"), 20, -1, {}}, "2026-02-22") ==
          error_code::invalid_argument);
    run.tell(path::complete_coaching{"c1", "ready for work"}, "2026-05-14");
    CHECK(run.refusal(path::complete_coaching{"c1", "ready"}, "2026-05-15") == error_code::record_not_open);
}

TEST_CASE("path/coaching: package and environment are in force, and the environment offers package and tasks") {
    case_run run = in_coaching();
    path::definition says = definition();
    path::package_definition other = says.packages.at("supported");
    other.valid = path::validity{day("2026-03-01"), day("2026-04-30")};
    says.packages["spring"] = other;
    says.tasks["cleaning"] = {"cleaning", {}, {}, {}, {}, named("cleaning")};
    says.tasks["raking"] = {"grounds", {}, {}, {}, path::validity{day("2026-04-01"), {}}, named("raking")};
    path::environment_definition old = says.environments.at("workshop");
    old.valid = path::validity{day("2025-01-01"), day("2026-02-28")};
    says.environments["old workshop"] = old;
    says.environments["workshop"].packages = {"supported"};
    says.environments["workshop"].tasks = {"cleaning"};
    run.path = path::try_compile(says, sources()).value();
    const auto refusal = [&](const char* package, const char* environment, const char* task, std::string_view on) {
        path::start_coaching asked = coaching;
        asked.package = package;
        asked.environment = environment;
        asked.tasks = {task};
        return run.refusal(asked, on);
    };
    CHECK(refusal("supported", "workshop", "cleaning", "2026-03-10") == error_code::internal);
    CHECK(refusal("supported", "workshop", "dancing", "2026-03-10") == error_code::unknown_path_item);
    CHECK(refusal("spring", "workshop", "cleaning", "2026-03-10") == error_code::not_offered);
    CHECK(refusal("supported", "old workshop", "cleaning", "2026-02-28") == error_code::internal);
    CHECK(refusal("supported", "old workshop", "cleaning", "2026-03-01") == error_code::path_not_in_force);
    CHECK(refusal("spring", "old workshop", "cleaning", "2026-02-28") == error_code::path_not_in_force);
    CHECK(refusal("supported", "workshop", "raking", "2026-04-10") == error_code::not_offered);
    path::start_coaching anywhere = coaching;
    anywhere.environment.reset();
    anywhere.package = "spring";
    anywhere.tasks = {"raking"};
    CHECK(run.refusal(anywhere, "2026-03-31") == error_code::path_not_in_force);
    CHECK(run.refusal(anywhere, "2026-04-01") == error_code::internal);
    CHECK(run.refusal(anywhere, "2026-05-01") == error_code::path_not_in_force);
}

TEST_CASE(
    "path/coaching: a package is for its target groups, and what is unknown is asked before anybody is left out") {
    case_run run = in_coaching();
    path::definition says = definition();
    says.facts["months without work"] = fact("number");
    says.target_groups["limited"] = {"work ability limited = false", named("limited")};
    says.target_groups["long without work"] = {"months without work >= 12", named("long without work")};
    says.target_groups["anybody"] = {{}, named("anybody")};
    says.packages["supported"].target_groups = {"limited", "long without work"};
    run.path = path::try_compile(says, sources()).value();
    const auto asked = run.ask(coaching, "2026-02-14");
    REQUIRE(!asked);
    CHECK(asked.error().code() == error_code::missing_facts);
    CHECK(asked.error().message().find("'months without work'") != std::string::npos);
    CHECK(asked.error().message().find("depends on facts that are not known: 'work ability") == std::string::npos);
    run.know("months without work", 11, "2026-02-14");
    CHECK(run.refusal(coaching, "2026-02-14") == error_code::not_in_target_group);
    run.know("months without work", 12, "2026-02-15");
    CHECK(run.refusal(coaching, "2026-02-15") == error_code::internal);
    run.know("months without work", 11, "2026-02-16");
    says.packages["supported"].target_groups.push_back("anybody");
    run.path = path::try_compile(says, sources()).value();
    CHECK(run.refusal(coaching, "2026-02-16") == error_code::internal);
}

TEST_CASE("path/placement: a placement has an employer, supports and follow-up points") {
    case_run run = in_coaching();
    path::start_placement wrong = job;
    wrong.employer.reset();
    CHECK(run.refusal(wrong, "2026-05-14") == error_code::missing_detail);
    wrong = job;
    wrong.kind = "throne";
    CHECK(run.refusal(wrong, "2026-05-14") == error_code::unknown_path_item);
    run.tell(job, "2026-05-31");
    REQUIRE(run.state.check_points.size() == 2);
    CHECK(run.state.check_points[0].on == day("2026-06-30"));
    CHECK(run.state.check_points[1].on == day("2026-11-30"));
    run.tell(path::record_support{"p1", "pay subsidy", day("2026-05-31"), {}, feel::number(1260)}, "2026-05-31");
    CHECK(run.refusal(path::record_support{"p1", "gold", day("2026-05-31"), {}, {}}, "2026-05-31") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::record_support{"p1", "pay subsidy", day("2026-05-01"), {}, {}}, "2026-05-31") ==
          error_code::command_too_early);
    run.tell(path::end_placement{"p1", "season ended"}, "2026-09-30");
    CHECK(run.refusal(path::end_placement{"p1", "again"}, "2026-10-01") == error_code::record_not_open);
}

TEST_SUITE_END();
