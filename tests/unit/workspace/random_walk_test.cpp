// SPDX-License-Identifier: Apache-2.0
#include <polku/json/packed.hpp>
#include <polku/json/path_events.hpp>
#include <polku/json/text.hpp>
#include <polku/path/case_step.hpp>
#include <polku/path/queries.hpp>
#include <polku/path/random_walk.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

path::walk_options by_seed(std::uint64_t seed) {
    path::walk_options options;
    options.seed = seed;
    options.client = "000000000000000000000000000000ff";
    return options;
}

path::walked_case walked(const path::service_path& path, std::uint64_t seed) {
    return path::walk(path, by_seed(seed), day("2026-01-12"), day("2028-06-30"), 14, {{}, "walker", "test", 0});
}

/// All of a case but its history.
std::string packed(const path::case_state& of) {
    json::packer to;
    json::pack(to, of);
    REQUIRE(to.ok());
    return std::move(to).take();
}

/// What must hold of a case whatever has happened in it.
void check_invariants(const path::service_path& path, const path::case_state& of, time::date on) {
    const auto is_open = [](const path::responsibility& each) { return !each.until; };
    CHECK(std::count_if(of.responsible.begin(), of.responsible.end(), is_open) <= 1);
    for (const path::referral& each : of.referrals) {
        if (!path::is_open(each.state)) continue;
        CHECK_MESSAGE(each.deadline.has_value(), each.id);
        CHECK_MESSAGE(!each.owner.empty(), each.id);
        CHECK_MESSAGE(!each.disposition.empty(), each.id);
    }
    if (of.is_opened() && !of.is_closed()) {
        REQUIRE(of.stage.has_value());
        CHECK(path.find_stage(of.stage->stage) != nullptr);
        CHECK_FALSE(path::answering_role(of).empty());
        // A client who waits for nothing and nobody would have fallen between services.
        CHECK_FALSE(path::due(path, of, std::nullopt, on).empty());
    }
    for (const path::obligation& each : of.obligations)
        if (each.is_open()) CHECK_MESSAGE(!each.owner.empty(), each.id);
}

std::string events_text(const path::walked_case& of) {
    std::string all;
    for (const auto& events : of.commands)
        for (const path::event& each : events)
            all += path::type_of(each.what) + time::to_string(each.effective_date) +
                   json::write(json::event_to_value(each));
    return all;
}

}  // namespace

TEST_CASE(
    "path/random_walk: on every shipped path walks come through every stage, and nobody is ever without an owner") {
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const path::service_path path = try_shipped_path(id)->path;
        std::set<std::string> stages;
        std::set<std::string> exits;
        std::size_t events = 0;
        const std::uint64_t walks = 40;
        for (std::uint64_t seed = 1; seed <= walks; ++seed) {
            const path::walked_case made = walked(path, seed);
            check_invariants(path, made.state, day("2028-06-30"));
            for (const auto& visit : made.state.visits) stages.insert(visit.first);
            if (made.state.ending) exits.insert(made.state.ending->exit);
            for (const auto& each : made.commands) events += each.size();
        }
        for (const path::stage_definition& stage : path.says().stages)
            CHECK_MESSAGE(stages.count(stage.id) == 1, stage.id);
        CHECK(exits.size() >= 3);
        CHECK(events / walks >= 15);
    }
}

TEST_CASE(
    "path/random_walk: the same seed gives the same walk, another seed another, and events fold to the same case") {
    const path::service_path path = try_shipped_path("toimi")->path;
    const path::walked_case one = walked(path, 7);
    CHECK(events_text(one) == events_text(walked(path, 7)));
    CHECK(events_text(one) != events_text(walked(path, 8)));
    path::case_state folded;
    for (const auto& events : one.commands) folded = path::evolve(std::move(folded), events);
    CHECK(folded.visits == one.state.visits);
    CHECK(folded.case_version == one.state.case_version);
    CHECK(folded.referrals == one.state.referrals);
}

TEST_CASE("path/random_walk: every command in every state either does what it says or is refused with a reason") {
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const path::service_path path = try_shipped_path(id)->path;
        std::map<std::string, int> done;
        std::map<std::string, int> refused;
        for (std::uint64_t seed = 100; seed < 115; ++seed) {
            path::random_walk chance(path, by_seed(seed));
            path::case_state state;
            time::date today = day("2026-01-12");
            for (int step = 0; step < 120; ++step) {
                const path::command asked = chance.next(state, today);
                const std::string type(path::type_of(asked.what));
                const auto events = path::decide(path, state, asked, {today, "walker", "test", 0});
                if (events) {
                    ++done[type];
                    state = path::evolve(std::move(state), events.value());
                    check_invariants(path, state, today);
                } else {
                    ++refused[type];
                    const auto number = static_cast<int>(events.error().code());
                    const bool is_of_paths = number >= 600 && number < 700;
                    const bool is_known = is_of_paths || events.error().code() == error_code::invalid_argument;
                    CHECK_MESSAGE(is_known, events.error().to_string());
                    CHECK(events.error().message().size() > 20);
                }
                today = today.plus_days(static_cast<std::int64_t>(chance.below(9))).value();
            }
        }
        CHECK(done.size() >= 15);
        CHECK(refused.size() >= 4);
    }
}
TEST_CASE("path/random_walk: to decide on the case itself is to decide and to fold, also where a command is refused") {
    // A duty without a date refuses its command after the first event.
    const std::string late = R"({"extends": "toimi/path.json", "id": "own", "version": "1", "obligations": [)"
                             R"({"id": "plan review", "due": "null"}, {"id": "goals set", "due": "null"}]})";
    std::vector<path::service_path> paths{try_make_path(std::vector<named_text>{{"path.json", late}})->path};
    for (const std::string& id : shipped_path_ids()) paths.push_back(try_shipped_path(id)->path);
    int refused = 0;
    for (const path::service_path& path : paths) {
        CAPTURE(path.says().id);
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            path::random_walk chance(path, by_seed(seed));
            path::case_state state;
            path::case_state itself;
            time::date today = day("2026-01-12");
            for (int step = 0; step < 120; ++step) {
                const path::command asked = chance.next(state, today);
                const path::context with{today, "walker", "test", 0};
                const auto events = path::decide(path, state, asked, with);
                const auto done = path::decide_and_evolve(path, itself, asked, with);
                REQUIRE(events.has_value() == done.has_value());
                if (events) state = path::evolve(std::move(state), events.value());
                if (!events) CHECK(events.error().message() == done.error().message());
                refused += !events && events.error().code() == error_code::path_expression ? 1 : 0;
                CHECK(packed(state) == packed(itself));
                CHECK(state.history.size() == itself.history.size());
                CHECK(state.case_version == itself.case_version);
                CHECK(state.client_version == itself.client_version);
                today = today.plus_days(static_cast<std::int64_t>(chance.below(9))).value();
            }
        }
    }
    CHECK(refused > 0);
}
