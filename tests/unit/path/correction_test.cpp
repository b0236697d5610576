// SPDX-License-Identifier: Apache-2.0
#include <polku/path/events.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

path::event_name last_of(const case_run& run, const std::string& type) {
    path::event_name found;
    for (const auto& each : run.state.history)
        if (path::type_of(each->what) == type)
            found = {each->stream == path::stream_kind::client ? "client" : "case",
                     static_cast<std::int64_t>(each->version)};
    return found;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/correction: a corrected fact has the right value, and the first telling stays in the history") {
    case_run run;
    run.to_assessment("2026-02-10");
    const auto name = last_of(run, "fact_recorded");
    CHECK(name.stream == "client");
    const std::size_t before = run.state.history.size();
    const auto events =
        run.tell(path::correct{name, feel::context{{"value", "knee pain"}}, {}, "misheard"}, "2026-02-12");
    CHECK(events[0].stream == path::stream_kind::client);
    CHECK(run.state.facts.at("reason for referral").value == feel::value("knee pain"));
    CHECK(run.state.history.size() == before + 1);
    CHECK(run.state.stage->stage == "assessment");
}

TEST_CASE("path/correction: the right day of an event re-dates the duty that runs from it") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-03-20");
    const auto events =
        run.tell(path::correct{last_of(run, "assessment_started"), {}, day("2026-03-02"), "wrong day"}, "2026-03-25");
    CHECK(types_of(events) == std::vector<std::string>{"corrected", "obligation_redated"});
    CHECK(run.state.assessments[0].started == day("2026-03-02"));
    CHECK(run.state.obligations[1].nominal == day("2026-06-02"));
}

TEST_CASE("path/correction: what was entered in error never happened, and may be withdrawn only once") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-03-20");
    const auto name = last_of(run, "assessment_started");
    const auto events = run.tell(path::enter_in_error{name, "other client"}, "2026-03-21");
    CHECK(types_of(events) == std::vector<std::string>{"entered_in_error", "obligation_ended"});
    CHECK(run.state.assessments.empty());
    CHECK(run.refusal(path::enter_in_error{name, "again"}, "2026-03-22") == error_code::unknown_record);
    CHECK(run.refusal(path::correct{name, feel::context{{"purpose", "x"}}, {}, "r"}, "2026-03-22") ==
          error_code::unknown_record);
    run.tell(path::start_assessment{"a1", "health_check", {}, {}, {}}, "2026-03-23");
    CHECK(run.state.assessments.size() == 1);
}

TEST_CASE("path/correction: the frame of a case, unknown members and wrong values cannot be corrected") {
    case_run run;
    run.to_assessment("2026-02-10");
    const auto refusal = [&](path::command_body what) { return run.refusal(std::move(what), "2026-02-12"); };
    CHECK(refusal(path::enter_in_error{last_of(run, "case_opened"), "r"}) == error_code::correction_refused);
    CHECK(refusal(path::enter_in_error{{"case", 2}, "r"}) == error_code::correction_refused);
    CHECK(refusal(path::enter_in_error{{"case", 99}, "r"}) == error_code::unknown_record);
    CHECK(refusal(path::enter_in_error{{"case", 2}, ""}) == error_code::missing_detail);
    const auto fact = last_of(run, "fact_recorded");
    CHECK(refusal(path::correct{fact, feel::context{{"colour", "red"}}, {}, "r"}) == error_code::correction_refused);
    CHECK(refusal(path::correct{fact, feel::context{{"value", 7}}, {}, "r"}) == error_code::fact_type);
    CHECK(refusal(path::correct{fact, feel::context{{"fact", "next wish"}}, {}, "r"}) ==
          error_code::correction_refused);
    CHECK(refusal(path::correct{fact, feel::context{{"told", "soon"}}, {}, "r"}) == error_code::correction_refused);
    CHECK(refusal(path::correct{fact, {}, {}, "r"}) == error_code::missing_detail);
    CHECK(refusal(path::correct{fact, {}, day("2026-02-13"), "r"}) == error_code::command_in_future);
    CHECK(refusal(path::correct{{"case", 2}, feel::context{{"stage", "coaching"}}, {}, "r"}) ==
          error_code::correction_refused);
    CHECK(refusal(path::correct{{"case", 2}, {}, day("2026-02-05"), "r"}) == error_code::correction_refused);
}

TEST_CASE("path/correction: a wrong turn of the route is taken back by entering its events in error") {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::enter_in_error{last_of(run, "stage_entered"), "wrong client"}, "2026-02-11");
    run.tell(path::enter_in_error{last_of(run, "decision_made"), "wrong client"}, "2026-02-11");
    CHECK(run.state.stage->stage == "referral");
    CHECK(run.state.decisions.empty());
}

TEST_CASE("path/events: types, triggers and streams") {
    CHECK(path::is_event_type("referral_sent"));
    CHECK(path::is_event_type("referral_drafted"));
    CHECK(!path::is_event_type("referral_moved"));
    CHECK(!path::is_event_type("referral_draft"));
    CHECK(!path::is_event_type("party_held"));
    path::meeting_held held;
    held.meeting.kind = "network";
    CHECK(path::is_triggered(held, "meeting_held"));
    CHECK(path::is_triggered(held, "meeting_held:network"));
    CHECK(!path::is_triggered(held, "meeting_held:joint visit"));
    CHECK(path::stream_of(path::fact_recorded{}) == path::stream_kind::client);
    CHECK(path::stream_of(held) == path::stream_kind::case_);
}

TEST_SUITE_END();
