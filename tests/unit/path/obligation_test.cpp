// SPDX-License-Identifier: Apache-2.0
#include <polku/path/obligation.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

const path::obligation* open_one(const case_run& run, const std::string& id) {
    for (const auto& each : run.state.obligations)
        if (each.obligation_ == id && each.is_open()) return &each;
    return nullptr;
}
const path::start_assessment check{"a1", "health_check", {}, {}, {}};

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/obligation: 150/1930 section 5 moves the last day of the joint plan (381/2023 section 4)") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(check, "2026-03-20");  // three months end on Midsummer Day, a Saturday
    const path::obligation* plan = open_one(run, "joint plan");
    REQUIRE(plan);
    CHECK(plan->id == "joint plan 1");
    CHECK(plan->nominal == day("2026-06-20"));
    CHECK(plan->due == day("2026-06-22"));
    CHECK(plan->owner == "worker");
    run.tell(path::agree_plan{"work", {}, {}, {}}, "2026-06-01");
    CHECK(!open_one(run, "joint plan"));
    REQUIRE(open_one(run, "plan review"));
}

TEST_CASE("path/obligation: no roll means the nominal day") {
    case_run run;
    run.to_assessment("2026-02-07");
    const path::obligation* talk = open_one(run, "back to work talk");
    REQUIRE(talk);
    CHECK(talk->nominal == day("2026-02-21"));  // a Saturday
    CHECK(talk->due == day("2026-02-21"));
}

TEST_CASE("path/obligation: a fact in the due date moves it by a recorded event") {
    case_run run;
    run.to_assessment("2026-02-10");
    const auto events = run.ask(path::record_fact{"sick leave ends", "2026-04-30", "client", {}, {}}, "2026-02-12");
    REQUIRE(events);
    CHECK(types_of(events.value()) == std::vector<std::string>{"fact_recorded", "obligation_redated"});
    run.know("sick leave ends", "2026-04-30", "2026-02-12");
    CHECK(open_one(run, "back to work talk")->due == day("2026-04-30"));
}

TEST_CASE("path/obligation: a guard that becomes true later opens the duty from its event") {
    case_run run;
    run.open();
    run.know("work ability limited", true, "2026-02-10");
    run.know("reason for referral", "pain", "2026-02-10");
    run.tell(path::route{}, "2026-02-10");
    run.know("work ability limited", false, "2026-02-11");
    run.tell(check, "2026-02-12");
    CHECK(!open_one(run, "joint plan"));
    run.know("work ability limited", true, "2026-02-20");
    REQUIRE(open_one(run, "joint plan"));
    CHECK(open_one(run, "joint plan")->nominal == day("2026-05-12"));
}

TEST_CASE("path/obligation: an event that is told late dates the open duty earlier") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(check, "2026-03-20");
    run.tell(path::complete_assessment{"a1", "fit", {}, {}}, "2026-03-21");
    const path::command late{path::start_assessment{"a2", "health_check", {}, {}, {}}, day("2026-03-02")};
    const auto events = path::decide(run.path, run.state, late, {day("2026-03-25"), "w", "s", 0});
    REQUIRE(events);
    CHECK(types_of(events.value()) == std::vector<std::string>{"assessment_started", "obligation_redated"});
    run.state = path::evolve(run.state, events.value());
    CHECK(open_one(run, "joint plan")->nominal == day("2026-06-02"));
}

TEST_CASE("path/obligation: a repeating duty opens again when it is met, as often as it may") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::agree_plan{"work", {}, {}, {}}, "2026-02-11");
    CHECK(open_one(run, "plan review")->times == 1);
    run.tell(path::review_plan{}, "2026-03-11");
    CHECK(open_one(run, "plan review")->times == 2);
    CHECK(open_one(run, "plan review")->id == "plan review 2");
    run.tell(path::review_plan{}, "2026-04-11");
    run.tell(path::review_plan{}, "2026-05-11");
    CHECK(!open_one(run, "plan review"));
}

TEST_CASE("path/obligation: lateness is recorded once for each role of the chain") {
    case_run run;
    run.to_assessment("2026-02-10");  // talk due 2026-02-24
    CHECK(run.tell(path::tick{}, "2026-02-24").empty());
    CHECK(types_of(run.tell(path::tick{}, "2026-02-25")) == std::vector<std::string>{"obligation_escalated"});
    CHECK(open_one(run, "back to work talk")->escalated_to == "manager");
    CHECK(run.tell(path::tick{}, "2026-03-30").empty());
}

TEST_CASE("path/obligation: a person may say that a duty is met, with a reason") {
    case_run run;
    run.to_assessment("2026-02-10");
    CHECK(run.refusal(path::satisfy_obligation{"back to work talk 1", ""}, "2026-02-11") == error_code::missing_detail);
    CHECK(run.refusal(path::satisfy_obligation{"back to work talk 2", "done"}, "2026-02-11") ==
          error_code::unknown_record);
    run.tell(path::satisfy_obligation{"back to work talk 1", "held by phone"}, "2026-02-11");
    CHECK(!open_one(run, "back to work talk"));
    CHECK(run.refusal(path::satisfy_obligation{"back to work talk 1", "done"}, "2026-02-11") ==
          error_code::record_not_open);
}

TEST_CASE("path/obligation: the end of the case ends its duties") {
    case_run run;
    run.to_assessment("2026-02-10");
    const auto events = run.tell(path::withdraw{"enough", {}}, "2026-02-12");
    CHECK(types_of(events) == std::vector<std::string>{"case_closed", "obligation_ended"});
}

TEST_SUITE_END();
