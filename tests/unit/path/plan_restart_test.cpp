// SPDX-License-Identifier: Apache-2.0
#include <polku/path/plan.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

/// Reviews by the law of the day on which the plan was agreed: at least every six months until 1 May 2022 (1369/2014),
/// every three from 2 May 2022 (1383/2021 section 4; 381/2023 section 6 since).
path::definition by_law() {
    path::definition says = definition();
    says.valid.from = day("2021-01-01");
    for (path::obligation_definition& each : says.obligations) {
        if (each.id != "plan review") continue;
        each.restart = true;
        each.due =
            "if event date < date(\"2022-05-02\") then event date + duration(\"P6M\") "
            "else event date + duration(\"P3M\")";
    }
    return says;
}

case_run planned(const path::definition& says, std::string_view opened, std::string_view agreed) {
    case_run run;
    run.path = path::try_compile(says, sources()).value();
    run.open(opened);
    run.know("work ability limited", true, opened);
    run.know("reason for referral", "back pain", opened);
    run.tell(path::route{}, opened);
    run.tell(path::agree_plan{"work", {}, {}, {}}, agreed);
    return run;
}

std::vector<path::obligation> reviews(const case_run& run) {
    std::vector<path::obligation> all;
    for (const path::obligation& each : run.state.obligations)
        if (each.obligation_ == "plan review") all.push_back(each);
    return all;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/plan: a new plan ends the open review and starts another by the law of its own day") {
    case_run run = planned(by_law(), "2022-04-01", "2022-05-01");
    REQUIRE(reviews(run).size() == 1);
    CHECK(reviews(run)[0].nominal == day("2022-11-01"));  // the last day of six months
    const auto made = run.tell(path::agree_plan{"work nearer home", {}, {}, {}}, "2022-05-02");
    CHECK(types_of(made) == std::vector<std::string>{"plan_agreed", "obligation_ended", "obligation_opened"});
    REQUIRE(reviews(run).size() == 2);
    CHECK(reviews(run)[0].state == path::obligation_state::ended);
    CHECK(reviews(run)[1].is_open());
    CHECK(reviews(run)[1].nominal == day("2022-08-02"));  // the first day of three
    CHECK(reviews(run)[1].times == 1);
    CHECK(run.state.plan->goal == "work nearer home");
    run.tell(path::review_plan{{}, {}, {}, "goes on"}, "2022-08-02");
    REQUIRE(reviews(run).size() == 3);
    CHECK(reviews(run)[1].state == path::obligation_state::satisfied);
    CHECK(reviews(run)[2].nominal == day("2022-11-02"));
}

TEST_CASE("path/plan: a plan of the same day starts the review anew, one told late of an earlier day does not") {
    case_run run = planned(by_law(), "2026-02-02", "2026-02-20");
    run.tell(path::agree_plan{"second", {}, {}, {}}, "2026-02-20");
    REQUIRE(reviews(run).size() == 2);
    CHECK(reviews(run)[1].nominal == day("2026-05-20"));
    run.tell(path::agree_plan{"told late", {}, {}, {}}, "2026-02-19");
    CHECK(reviews(run).size() == 2);
    CHECK(reviews(run)[1].is_open());
    CHECK(reviews(run)[1].nominal == day("2026-05-20"));
}

TEST_CASE("path/plan: without restart the open review stays as it was") {
    case_run run = planned(definition(), "2026-02-02", "2026-02-20");
    run.tell(path::agree_plan{"second", {}, {}, {}}, "2026-03-20");
    REQUIRE(reviews(run).size() == 1);
    CHECK(reviews(run)[0].nominal == day("2026-05-20"));
}

TEST_SUITE_END();
