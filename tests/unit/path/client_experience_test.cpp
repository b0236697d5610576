// SPDX-License-Identifier: Apache-2.0
#include <polku/path/client_experience.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

path::definition asking() {
    path::definition says = definition();
    path::experience_definition own;
    own.questions["strength"] = named("I trust my strength");
    own.minimum = 1;
    own.maximum = 5;
    own.name = named("own experience");
    own.ask = named("How has it been?");
    says.experiences["own"] = own;
    path::obligation_definition asked = says.obligations.front();
    asked.id = "experience asked";
    asked.on = "stage_entered:assessment";
    asked.due = "event date + duration(\"P14D\")";
    asked.guard = {};
    asked.ends_with = {};
    asked.satisfied_by = "experience_recorded:own";
    says.obligations.push_back(asked);
    return says;
}

case_run asked() {
    case_run run;
    run.path = path::try_compile(asking(), sources()).value();
    run.to_assessment("2026-02-10");
    return run;
}

using phase = path::instrument_phase;

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/client_experience: told at the start, in the middle and at the end, in numbers and own words") {
    case_run run = asked();
    const auto made =
        run.tell(path::record_experience{"own", phase::start, {{"strength", 2}}, "Jännittää.", {}}, "2026-02-12");
    CHECK(types_of(made) == std::vector<std::string>{"experience_recorded", "obligation_satisfied"});
    run.tell(path::record_experience{"own", phase::during, {}, "Menee paremmin.", {}}, "2026-04-12");
    run.tell(path::withdraw{"work was found", {}}, "2026-05-02");
    run.tell(path::record_experience{"own", phase::end, {{"strength", 5}}, {}, {}}, "2026-05-12");
    REQUIRE(run.state.experiences.size() == 3);
    CHECK(run.state.experiences[0].told == day("2026-02-12"));
    CHECK(run.state.experiences[1].words == "Menee paremmin.");
    CHECK(run.state.experiences[2].answers.at("strength") == feel::number(5));
}

TEST_CASE("path/client_experience: answers are on the scale of what was asked, and somebody told them") {
    case_run run = asked();
    const auto refusal = [&](path::record_experience what) { return run.refusal(std::move(what), "2026-02-12"); };
    CHECK(refusal({"own", phase::start, {{"strength", 0}}, {}, {}}) == error_code::experience_answer);
    CHECK(refusal({"own", phase::start, {{"strength", 6}}, {}, {}}) == error_code::experience_answer);
    CHECK(refusal({"own", phase::start, {{"strength", feel::number::parse("2.5").value()}}, {}, {}}) ==
          error_code::experience_answer);
    CHECK(refusal({"own", phase::start, {{"courage", 2}}, {}, {}}) == error_code::unknown_path_item);
    CHECK(refusal({"other", phase::start, {{"strength", 2}}, {}, {}}) == error_code::unknown_path_item);
    CHECK(refusal({"own", phase::start, {}, {}, {}}) == error_code::missing_detail);
    CHECK(refusal({"own", phase::start, {{"strength", 1}}, {}, "rep-1"}) == error_code::unknown_record);
    CHECK(refusal({"own", phase::start, {{"strength", 1}}, {}, {}}) == error_code::internal);
    CHECK(refusal({"own", phase::start, {{"strength", 5}}, {}, {}}) == error_code::internal);
}

TEST_CASE("path/client_experience: a path that asks has a scale, and asks something") {
    path::definition says = asking();
    says.experiences["own"].maximum = 1;
    CHECK(!path::try_compile(says, sources()));
    says.experiences["own"].questions.clear();
    CHECK(path::try_compile(says, sources()));
    says.experiences["own"].words = false;
    const auto refused = path::try_compile(says, sources());
    REQUIRE(!refused);
    CHECK(refused.error().code() == error_code::path_structure);
}

TEST_SUITE_END();
