// SPDX-License-Identifier: Apache-2.0
#include <polku/path/planned_meeting.hpp>

#include <polku/path/case_inputs.hpp>
#include <polku/path/queries.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

const path::participant host{"w.worker", "worker", "town", {}};
const path::participant guest{"d.doctor", "doctor", "county", {}};

path::plan_meeting network_on(std::string_view when) {
    path::plan_meeting made;
    made.meeting = "m1";
    made.kind = "network";
    made.day = day(when);
    made.at = "13:30";
    made.place = "Esimerkkikatu 1";
    made.invited = {host};
    made.client_invited = true;
    return made;
}

const path::due_item* due_meeting(const std::vector<path::due_item>& all) {
    for (const path::due_item& each : all)
        if (each.kind == path::due_kind::meeting) return &each;
    return nullptr;
}

case_run ready() {
    case_run run;
    run.to_assessment("2026-02-10");
    return run;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/planned_meeting: an agreed meeting waits on its day, and holding it ends the wait") {
    case_run run = ready();
    const auto made = run.tell(network_on("2026-03-02"), "2026-02-12");
    CHECK(types_of(made) == std::vector<std::string>{"meeting_planned"});
    const auto before = path::due(run.path, run.state, {}, day("2026-03-02"));
    const path::due_item* waits = due_meeting(before);
    REQUIRE(waits);
    CHECK(waits->due == day("2026-03-02"));
    CHECK(waits->owner == "worker");
    CHECK(!waits->late);
    CHECK(path::find_case_input("next meeting")->read(run.state, day("2026-03-02")).as_date() == day("2026-03-02"));
    run.tell(path::hold_meeting{"m1", "network", {host}, true, "goes on", {}}, "2026-03-02");
    REQUIRE(run.state.planned_meetings.size() == 1);
    CHECK(run.state.planned_meetings[0].state == path::planned_meeting_state::held);
    CHECK(run.state.planned_meetings[0].ended == day("2026-03-02"));
    CHECK(run.state.meetings.size() == 1);
    CHECK(!due_meeting(path::due(run.path, run.state, {}, day("2026-03-03"))));
    CHECK(run.refusal(path::cancel_meeting{"m1", "late"}, "2026-03-03") == error_code::record_not_open);
}

TEST_CASE("path/planned_meeting: one that nobody told of becomes late after its last day and calls the chain") {
    case_run run = ready();
    run.tell(network_on("2026-03-02"), "2026-02-12");
    const auto on_last = path::due(run.path, run.state, {}, day("2026-03-09"));
    REQUIRE(due_meeting(on_last));
    CHECK(due_meeting(on_last)->due == day("2026-03-09"));
    CHECK(due_meeting(on_last)->nominal == day("2026-03-02"));
    CHECK(!due_meeting(on_last)->late);
    CHECK(path::find_case_input("meetings not held")->read(run.state, day("2026-03-09")).as_number() ==
          feel::number(1));
    const auto missed = [](const std::vector<path::event>& events) {
        std::vector<std::string> roles;
        for (const path::event& each : events)
            if (const auto* found = std::get_if<path::meeting_missed>(&each.what)) roles.push_back(found->role);
        return roles;
    };
    CHECK(missed(run.tell(path::tick{}, "2026-03-09")).empty());
    CHECK(missed(run.tell(path::tick{}, "2026-03-10")) == std::vector<std::string>{"worker"});
    CHECK(missed(run.tell(path::tick{}, "2026-03-16")).empty());
    CHECK(missed(run.tell(path::tick{}, "2026-03-17")) == std::vector<std::string>{"manager"});
    const auto late = path::due(run.path, run.state, {}, day("2026-03-17"));
    REQUIRE(due_meeting(late));
    CHECK(due_meeting(late)->late);
    CHECK(due_meeting(late)->escalated_to == "manager");
    path::move_meeting later;
    later.meeting = "m1";
    later.day = day("2026-03-20");
    later.reason = "the doctor was ill";
    run.tell(later, "2026-03-17");
    const path::planned_meeting& now = run.state.planned_meetings[0];
    CHECK(now.moved == 1);
    CHECK(now.hold_by == day("2026-03-27"));
    CHECK(now.at == "13:30");
    CHECK(now.place == "Esimerkkikatu 1");
    CHECK(!now.escalated_to);
    CHECK(missed(run.tell(path::tick{}, "2026-03-27")).empty());
}

TEST_CASE("path/planned_meeting: cancelling needs a reason, and the end of a case cancels what was agreed") {
    case_run run = ready();
    run.tell(network_on("2026-03-02"), "2026-02-12");
    CHECK(run.refusal(path::cancel_meeting{"m1", ""}, "2026-02-13") == error_code::missing_detail);
    CHECK(run.refusal(path::cancel_meeting{"m1", "no need"}, "2026-02-11") == error_code::command_too_early);
    CHECK(run.refusal(path::cancel_meeting{"m9", "no need"}, "2026-02-13") == error_code::unknown_record);
    run.tell(path::cancel_meeting{"m1", "no need"}, "2026-02-13");
    CHECK(run.state.planned_meetings[0].reason == "no need");
    CHECK(run.refusal(path::hold_meeting{"m1", "network", {host}, true, {}, {}}, "2026-03-02") ==
          error_code::record_not_open);
    path::plan_meeting second = network_on("2026-03-05");
    second.meeting = "m2";
    run.tell(second, "2026-02-14");
    run.tell(path::withdraw{"moved away", {}}, "2026-02-20");
    CHECK(run.state.planned_meetings[1].state == path::planned_meeting_state::cancelled);
    CHECK(run.state.planned_meetings[1].reason == "case_closed");
    CHECK(!due_meeting(path::due(run.path, run.state, {}, day("2026-04-01"))));
}

TEST_CASE("path/planned_meeting: what is invited fits the kind, the day has not been, and the time is one") {
    case_run run = ready();
    path::plan_meeting visit = network_on("2026-03-02");
    visit.kind = "joint visit";
    CHECK(run.refusal(visit, "2026-02-12") == error_code::meeting_incomplete);  // the doctor must be there
    visit.invited = {host, guest};
    visit.client_invited = {};
    CHECK(run.refusal(visit, "2026-02-12") == error_code::meeting_incomplete);  // and the client
    visit.client_invited = true;
    visit.way = path::meeting_way::hybrid;
    CHECK(run.refusal(visit, "2026-02-12") == error_code::meeting_way);
    path::plan_meeting net = network_on("2026-02-11");
    CHECK(run.refusal(net, "2026-02-12") == error_code::meeting_time);
    net.day = day("2026-02-12");
    net.at = "24:00";
    CHECK(run.refusal(net, "2026-02-12") == error_code::meeting_time);
    net.at = "1330";
    CHECK(run.refusal(net, "2026-02-12") == error_code::meeting_time);
    net.at = {};
    net.invited = {{"w.worker", "worker", "town", true}};
    CHECK(run.refusal(net, "2026-02-12") == error_code::meeting_way);
    net.way = path::meeting_way::remote;
    net.tool = "telepathy";
    CHECK(run.refusal(net, "2026-02-12") == error_code::unknown_path_item);
    net.tool = {};
    run.tell(net, "2026-02-12");
    CHECK(run.refusal(net, "2026-02-12") == error_code::duplicate_record);
    CHECK(run.refusal(path::hold_meeting{"m1", "joint visit", {host, guest}, true, "plan", {}}, "2026-02-12") ==
          error_code::meeting_mismatch);
}

TEST_CASE("path/planned_meeting: a meeting that was held by mistake is open again when that is put right") {
    case_run run = ready();
    run.tell(network_on("2026-03-02"), "2026-02-12");
    run.tell(path::hold_meeting{"m1", "network", {host}, true, {}, {}}, "2026-03-02");
    const auto version = static_cast<std::int64_t>(run.state.case_version);
    std::int64_t held = 0;
    for (const auto& each : run.state.history)
        if (std::holds_alternative<path::meeting_held>(each->what)) held = static_cast<std::int64_t>(each->version);
    REQUIRE(held > 0);
    REQUIRE(held <= version);
    run.tell(path::enter_in_error{{"case", held}, "the wrong client"}, "2026-03-03");
    CHECK(run.state.meetings.empty());
    CHECK(run.state.planned_meetings[0].is_open());
}

TEST_CASE("path/planned_meeting: a tool is used while it is in force") {
    path::definition says = definition();
    says.tools["video"] = {
        "town", "video.example", {"network"}, path::validity{day("2026-01-01"), day("2026-02-28")}, named("video")};
    case_run run;
    run.path = path::try_compile(says, sources()).value();
    run.to_assessment("2026-02-10");
    path::plan_meeting net = network_on("2026-03-20");
    net.way = path::meeting_way::remote;
    net.tool = "video";
    CHECK(run.refusal(net, "2026-03-01") == error_code::path_not_in_force);
    run.tell(net, "2026-02-28");
    CHECK(run.state.planned_meetings[0].tool == "video");
    CHECK(run.refusal(path::record_feedback{"employer", {}, {}, "well", "video"}, "2026-03-01") ==
          error_code::path_not_in_force);
    says.tools["video"].serves = {"dreams"};
    const auto refused = path::try_compile(says, sources());
    REQUIRE(!refused);
    CHECK(refused.error().code() == error_code::unknown_path_item);
}

TEST_SUITE_END();
