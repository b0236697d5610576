// SPDX-License-Identifier: Apache-2.0
#include <polku/path/case.hpp>

#include "small_path.hpp"

using namespace small_path;

TEST_SUITE_BEGIN("path");

TEST_CASE("path/case: a client is opened through an entry into its stage, with owner and deadline") {
    case_run run;
    run.open();
    REQUIRE(run.state.stage);
    CHECK(run.state.stage->stage == "referral");
    CHECK(run.state.stage->deadline == day("2026-03-02"));
    CHECK(run.state.stage->owner == "worker");
    CHECK(run.refusal(path::open_case{client_id(), "social work", "698", {}, worker(), {}}, "2026-02-03") ==
          error_code::case_already_open);
}

TEST_CASE("path/case: a case is not opened through what the definition does not know") {
    case_run run;
    CHECK(run.refusal(path::open_case{"abc", "social work", "698", {}, worker(), {}}, "2026-02-02") ==
          error_code::client_mismatch);
    CHECK(run.refusal(path::open_case{client_id(), "back door", "698", {}, worker(), {}}, "2026-02-02") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::open_case{client_id(), "social work", "698", "pigeon", worker(), {}}, "2026-02-02") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::open_case{client_id(), "social work", "999", {}, worker(), {}}, "2026-02-02") ==
          error_code::unknown_municipality);
    CHECK(run.refusal(path::open_case{client_id(), "social work", "698", {}, {}, {}}, "2026-02-02") ==
          error_code::missing_detail);
    path::party stranger = worker();
    stranger.role = "king";
    CHECK(run.refusal(path::open_case{client_id(), "social work", "698", {}, stranger, {}}, "2026-02-02") ==
          error_code::unknown_role);
    CHECK(run.refusal(path::open_case{client_id(), "social work", "698", {}, worker(), {}}, "2025-12-31") ==
          error_code::path_not_in_force);
    CHECK(run.refusal(path::route{}, "2026-02-02") == error_code::case_not_opened);
    run.tell(path::open_case{client_id(), "own initiative", "698", {}, {}, {}}, "2026-02-02");
    CHECK(run.state.self_referral);
}

TEST_CASE("path/case: a command tells of no day that has not come, nor of one before the case") {
    case_run run;
    run.open("2026-02-02");
    const auto early =
        path::decide(run.path, run.state, {path::tick{}, day("2026-02-01")}, {day("2026-02-03"), "w", "s", 0});
    REQUIRE(!early);
    CHECK(early.error().code() == error_code::command_too_early);
    const auto future =
        path::decide(run.path, run.state, {path::tick{}, day("2026-02-04")}, {day("2026-02-03"), "w", "s", 0});
    REQUIRE(!future);
    CHECK(future.error().code() == error_code::command_in_future);
}

TEST_CASE("path/case: routing follows the table and keeps inputs, rules and reasons") {
    case_run run;
    run.open();
    CHECK(run.refusal(path::route{}, "2026-02-03") == error_code::missing_facts);
    run.know("work ability limited", true, "2026-02-03");
    const auto events = run.tell(path::route{}, "2026-02-04");
    CHECK(types_of(events) == std::vector<std::string>{"decision_made", "stage_entered", "obligation_opened"});
    CHECK(run.state.stage->stage == "assessment");
    REQUIRE(run.state.decisions.size() == 1);
    const auto& made = run.state.decisions[0].content;
    CHECK(made.next == "assessment");
    REQUIRE(made.rules.size() == 1);
    CHECK(made.rules[0].rule == "limited");
    CHECK(made.reasons == std::vector<std::string>{"limited"});
    CHECK(made.inputs.at("work ability limited").value == feel::value(true));
    CHECK(made.inputs.at("work ability limited").fact_version == 1);
}

TEST_CASE("path/case: a decision without an answer is an error that names the unknown facts") {
    case_run run;
    run.to_assessment();
    run.tell(path::agree_plan{"work", {}, {}, {}}, "2026-02-11");
    const auto made = run.ask(path::route{}, "2026-02-12");
    REQUIRE(!made);
    CHECK(made.error().code() == error_code::routing_undecided);
    CHECK(made.error().message().find("'next wish'") != std::string::npos);
}

TEST_CASE("path/case: a stage is entered only as often as the path allows") {
    case_run run;
    run.to_assessment();
    run.tell(path::route{}, "2026-02-11");
    run.tell(path::route{}, "2026-02-12");
    CHECK(run.state.stage->visit == 3);
    CHECK(run.refusal(path::route{}, "2026-02-13") == error_code::visit_limit);
}

TEST_CASE("path/case: an exit of the table ends the case and schedules its follow-up") {
    case_run run;
    run.open();
    run.know("work ability limited", false, "2026-02-03");
    run.tell(path::route{}, "2026-02-28");
    REQUIRE(run.state.is_closed());
    CHECK(run.state.ending->outcome == path::outcome_class::employment);
    REQUIRE(run.state.check_points.size() == 2);
    CHECK(run.state.check_points[0].id == "exit open_market P1M");
    CHECK(run.state.check_points[0].on == day("2026-03-28"));
    CHECK(run.state.check_points[0].owner == "worker");
    CHECK(run.refusal(path::assign_own_worker{worker()}, "2026-03-01") == error_code::case_is_closed);
    run.tell(path::record_follow_up{"exit open_market P1M", "in work", {}, false}, "2026-03-28");
    CHECK(run.refusal(path::record_follow_up{"exit open_market P1M", "in work", {}, {}}, "2026-03-29") ==
          error_code::record_not_open);
    CHECK(run.refusal(path::record_follow_up{"exit nowhere P1M", "in work", {}, {}}, "2026-03-29") ==
          error_code::unknown_record);
}

TEST_CASE("path/case: a client may always withdraw, and open referrals are revoked with it") {
    case_run run;
    run.to_assessment();
    run.tell(path::draft_referral{"r1", "rehabilitation", worker(), "pain", {}, {}}, "2026-02-11");
    CHECK(run.refusal(path::close_case{"withdrawn", "moved away"}, "2026-02-12") == error_code::step_missing);
    CHECK(run.refusal(path::withdraw{"", {}}, "2026-02-12") == error_code::missing_detail);
    CHECK(run.refusal(path::withdraw{"enough", "nowhere"}, "2026-02-12") == error_code::unknown_exit);
    CHECK(run.refusal(path::withdraw{"enough", "education"}, "2026-02-12") == error_code::exit_not_allowed);
    run.tell(path::withdraw{"enough", {}}, "2026-02-12");
    CHECK(run.state.ending->exit == "withdrawn");
    CHECK(path::find_referral(run.state, "r1")->state == path::referral_state::revoked);
    for (const auto& each : run.state.obligations) CHECK(!each.is_open());
}

TEST_CASE("path/case: a worker ends a case only by an exit that is open to workers") {
    case_run run;
    run.to_assessment();
    CHECK(run.refusal(path::close_case{"education", "school"}, "2026-02-12") == error_code::exit_not_allowed);
    CHECK(run.refusal(path::close_case{"nowhere", "school"}, "2026-02-12") == error_code::unknown_exit);
    run.tell(path::close_case{"withdrawn", "moved away"}, "2026-02-12");
    CHECK(run.state.ending->way == path::exit_way::worker);
}

TEST_CASE("path/case: reopening keeps identity and history and starts the deadlines anew") {
    case_run run;
    run.to_assessment("2026-02-10");
    CHECK(run.refusal(path::reopen_case{"again"}, "2026-02-11") == error_code::case_not_closed);
    run.tell(path::withdraw{"enough", {}}, "2026-02-12");
    const std::size_t before = run.state.history.size();
    run.tell(path::reopen_case{"came back"}, "2026-09-01");
    CHECK(!run.state.is_closed());
    CHECK(run.state.reopened == 1);
    CHECK(run.state.client == client_id());
    CHECK(run.state.stage->stage == "assessment");
    CHECK(run.state.stage->visit == 2);
    CHECK(run.state.stage->deadline == day("2026-12-01"));
    CHECK(run.state.history.size() > before);
    run.tell(path::withdraw{"enough", {}}, "2026-09-02");
    CHECK(run.refusal(path::reopen_case{"again"}, "2028-09-03") == error_code::reopening_refused);
}

TEST_CASE("path/case: exactly one person coordinates at a time") {
    case_run run;
    run.to_assessment();
    CHECK(path::responsible_now(run.state) == nullptr);
    run.tell(path::assign_responsible{worker()}, "2026-02-10");
    CHECK(run.refusal(path::assign_responsible{worker()}, "2026-02-11") == error_code::duplicate_record);
    CHECK(run.refusal(path::assign_responsible{{"x", "king", "town"}}, "2026-02-11") == error_code::unknown_role);
    CHECK(run.refusal(path::assign_responsible{{"x", "worker", "moon"}}, "2026-02-11") ==
          error_code::unknown_path_item);
    run.tell(path::assign_responsible{{"c.coach", "coach", "town"}}, "2026-02-20");
    int open = 0;
    for (const auto& each : run.state.responsible) open += each.until ? 0 : 1;
    CHECK(open == 1);
    CHECK(run.state.responsible[0].until == day("2026-02-20"));
    CHECK(path::responsible_now(run.state)->who.person == "c.coach");
    CHECK(run.refusal(path::assign_responsible{worker()}, "2026-02-15") == error_code::command_too_early);
    run.tell(path::assign_own_worker{worker()}, "2026-02-21");
    CHECK(run.state.own_workers.size() == 1);
    run.tell(path::add_team_member{doctor()}, "2026-02-21");
    CHECK(run.refusal(path::add_team_member{doctor()}, "2026-02-21") == error_code::duplicate_record);
    run.tell(path::remove_team_member{"d.doctor", {}}, "2026-02-22");
    CHECK(run.refusal(path::remove_team_member{"d.doctor", {}}, "2026-02-22") == error_code::unknown_record);
}

TEST_CASE("path/case: the stage's time passes from role to role") {
    case_run run;
    run.open("2026-02-02");  // deadline 2026-03-02
    CHECK(run.tell(path::tick{}, "2026-03-02").empty());
    CHECK(types_of(run.tell(path::tick{}, "2026-03-03")) == std::vector<std::string>{"stage_timed_out"});
    CHECK(run.state.stage->escalated_to == "worker");
    CHECK(run.tell(path::tick{}, "2026-03-09").empty());
    run.tell(path::tick{}, "2026-03-10");
    CHECK(run.state.stage->escalated_to == "manager");
    CHECK(run.tell(path::tick{}, "2027-03-10").empty());
}

TEST_SUITE_END();
