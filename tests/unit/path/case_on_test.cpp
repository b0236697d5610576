// SPDX-License-Identifier: Apache-2.0
#include <polku/path/case_on.hpp>

#include "small_path.hpp"

using namespace small_path;

namespace {

path::event happened(std::string_view on, path::event_body what) {
    path::event made;
    made.stream = path::stream_of(what);
    made.what = std::move(what);
    made.effective_date = day(on);
    return made;
}

path::event entered(std::string_view on, const std::string& stage) {
    return happened(on, path::stage_entered{stage, {}, "worker", day("2027-01-01"), 1});
}

/// Opened 2 March, assessment 9 March, coaching 16 March.
path::case_state story() {
    path::case_opened opening;
    opening.client = "c";
    opening.municipality = "698";
    return path::evolve({}, {happened("2026-03-02", opening), entered("2026-03-02", "referral"),
                             entered("2026-03-09", "assessment"), entered("2026-03-16", "coaching")});
}

std::string stage_on(const path::case_state& of, std::string_view on) {
    const path::case_state then = path::case_on(of, day(on));
    return then.stage ? then.stage->stage : "";
}

path::corrected moved_to(std::int64_t version, std::string_view on) {
    path::corrected made;
    made.event = {"case", version};
    made.effective = day(on);
    made.reason = "wrong day";
    return made;
}

}  // namespace

TEST_CASE("path/case_on: a day sees the events up to its end") {
    const path::case_state of = story();
    CHECK_FALSE(path::case_on(of, day("2026-03-01")).is_opened());
    CHECK(stage_on(of, "2026-03-02") == "referral");
    CHECK(stage_on(of, "2026-03-08") == "referral");
    CHECK(stage_on(of, "2026-03-09") == "assessment");
    CHECK(stage_on(of, "2026-03-15") == "assessment");
    CHECK(stage_on(of, "2030-01-01") == "coaching");
    CHECK(path::case_on(of, day("2026-03-09")).history.size() == 3);
    CHECK(path::case_on(of, day("2030-01-01")).stage->since == of.stage->since);
}

TEST_CASE("path/case_on: corrections that were made later count, and what was entered in error does not") {
    path::case_state of = path::evolve(story(), happened("2026-05-01", moved_to(3, "2026-03-12")));
    CHECK(stage_on(of, "2026-03-11") == "referral");
    CHECK(stage_on(of, "2026-03-12") == "assessment");
    of = path::evolve(of, happened("2026-05-02", path::entered_in_error{{"case", 4}, "another client"}));
    CHECK(stage_on(of, "2026-04-01") == "assessment");
    // The correction itself was wrong.
    of = path::evolve(of, happened("2026-05-03", path::entered_in_error{{"case", 5}, "the day was right"}));
    CHECK(stage_on(of, "2026-03-09") == "assessment");
}

TEST_CASE("path/case_on: target groups by the facts of the day") {
    path::definition says = definition();
    says.target_groups.clear();
    says.target_groups["limited"] = {"work ability limited = true", named("limited")};
    says.target_groups["anybody"] = {std::nullopt, named("anybody")};
    path::path_sources with;
    with.models["routing.dmn"] = routing_xml();
    for (auto& each : says.packages) each.second.target_groups.clear();
    const auto compiled_path = path::try_compile(says, with);
    REQUIRE_MESSAGE(compiled_path.has_value(), (compiled_path ? std::string() : compiled_path.error().to_string()));
    path::case_state of = story();
    CHECK(path::target_groups(*compiled_path, of, day("2026-04-01")).empty());
    path::fact told;
    told.name = "work ability limited";
    told.state = path::fact_state::known;
    told.value = feel::value(true);
    told.valid_until = day("2026-06-30");
    of.facts[told.name] = told;
    CHECK(path::target_groups(*compiled_path, of, day("2026-06-30")) == std::vector<std::string>{"limited"});
    CHECK(path::target_groups(*compiled_path, of, day("2026-07-01")).empty());
}
