// SPDX-License-Identifier: Apache-2.0
#include <polku/path/queries.hpp>

#include <polku/path/explain.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

path::available_action action(const case_run& run, const std::string& id, std::string_view on) {
    for (auto& each : path::available_actions(run.path, run.state, day(on)))
        if (each.id == id) return each;
    FAIL("no such action");
    return {};
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/queries: each action of the stage is allowed, or says what is missing") {
    case_run run;
    CHECK(path::available_actions(run.path, run.state, day("2026-02-01")).empty());
    run.open();
    CHECK(action(run, "route", "2026-02-03").missing_facts == std::vector<std::string>{"work ability limited"});
    run.know("work ability limited", true, "2026-02-03");
    CHECK(action(run, "route", "2026-02-03").allowed);
    run.tell(path::route{}, "2026-02-03");
    const auto health = action(run, "health check", "2026-02-04");
    CHECK(!health.allowed);
    CHECK(health.missing_facts == std::vector<std::string>{"reason for referral"});
    CHECK(action(run, "to doctor", "2026-02-04").missing_consent == "health");
    const auto trial = action(run, "work trial", "2026-02-04");
    CHECK(trial.missing_events == std::vector<std::string>{"assessment_completed:health_check"});
    CHECK(action(run, "agree_plan", "2026-02-04").allowed);
    CHECK(path::blocked_texts(run.path.says(), health, "fi") == std::vector<std::string>{"Puuttuva tieto: string"});
    CHECK(path::blocked_texts(run.path.says(), trial, "en") ==
          std::vector<std::string>{"First: Assessment completed: health check"});
    run.tell(path::withdraw{"enough", {}}, "2026-02-05");
    CHECK(path::available_actions(run.path, run.state, day("2026-02-06")).empty());
}

TEST_CASE("path/queries: an allowed action's command is accepted, a blocked one's is refused") {
    case_run run;
    run.to_assessment("2026-02-10");
    CHECK(action(run, "health check", "2026-02-10").allowed);
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-02-10");
    CHECK(!action(run, "work trial", "2026-02-10").allowed);
    CHECK(run.refusal(path::start_assessment{"a2", "work_trial", {}, {}, {}}, "2026-02-10") ==
          error_code::step_missing);
}

TEST_CASE("path/queries: what is due comes soonest first, and asking records nothing") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::draft_referral{"r1", "rehabilitation", worker(), "pain", {}, {}}, "2026-02-11");
    const auto all = path::due(run.path, run.state, std::nullopt, day("2026-02-24"));
    REQUIRE(all.size() == 3);
    CHECK(all[0].kind == path::due_kind::obligation);
    CHECK(all[0].due == day("2026-02-24"));
    CHECK(!all[0].late);
    CHECK(all[1].kind == path::due_kind::referral);
    CHECK(all[2].kind == path::due_kind::stage);
    CHECK(all[2].due == day("2026-05-10"));
    CHECK(path::due(run.path, run.state, day("2026-02-24"), day("2026-02-25")).size() == 1);
    CHECK(path::due(run.path, run.state, day("2026-02-24"), day("2026-02-25"))[0].late);
    CHECK(path::due(run.path, run.state, day("2026-02-23"), day("2026-02-23")).empty());
}

TEST_CASE("path/queries: somebody always answers: sender, responsible worker, owner") {
    case_run run;
    run.open();
    CHECK(path::answering_role(run.state) == "worker");
    run.tell(path::assign_responsible{{"c.coach", "coach", "town"}}, "2026-02-03");
    CHECK(path::answering_role(run.state) == "coach");
}

TEST_CASE("path/queries: the timeline runs by day and marks what was put right") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::correct{{"client", 2}, feel::context{{"value", "knee pain"}}, {}, "misheard"}, "2026-02-12");
    const auto lines = path::timeline(run.state);
    CHECK(lines.size() == run.state.history.size());
    for (std::size_t i = 1; i < lines.size(); ++i) CHECK(lines[i - 1].on <= lines[i].on);
    int corrected = 0;
    for (const auto& each : lines) corrected += each.corrected ? 1 : 0;
    CHECK(corrected == 1);
    CHECK(path::event_text(run.path.says(), lines[0], "sv") == "Klientrelationen började: social work");
    CHECK(path::event_text(run.path.says(), lines[1], "fi-selko") == "Uusi vaihe alkoi: referral");
}

TEST_CASE("path/explain: a decision is told with its reasons and inputs in each language") {
    case_run run;
    run.to_assessment("2026-02-10");
    for (const char* language : {"fi", "sv", "en", "fi-selko"}) {
        const auto told = path::explain(run.path.says(), run.state.decisions[0], language);
        CHECK(told.next == "assessment");
        CHECK(told.reasons == std::vector<std::string>{"Work ability is limited."});
        REQUIRE(told.inputs.size() == 1);
    }
    CHECK(path::explain(run.path.says(), run.state.decisions[0], "fi").inputs[0] == "boolean: kyllä");
    CHECK(path::value_text(run.path.says(), "sick leave ends", day("2026-02-01"), "fi") == "1.2.2026");
    CHECK(path::value_text(run.path.says(), "sick leave ends", {}, "sv") == "finns inte");
    CHECK(path::text_in({{"fi", "a"}, {"en", "b"}}, "fi-selko") == "a");
    CHECK(path::text_in({{"fi", "a"}, {"en", "b"}}, "de") == "b");
    CHECK(path::text_in({}, "fi").empty());
}

TEST_CASE("path/explain: every type of event has words in four languages") {
    case_run run;
    for (const char* type : {"referral_sent", "corrected", "obligation_opened", "decision_made", "case_reopened"}) {
        path::timeline_entry line;
        line.type = type;
        for (const char* language : {"fi", "sv", "en", "fi-selko"})
            CHECK(path::event_text(run.path.says(), line, language) != type);
    }
}

TEST_SUITE_END();
