// SPDX-License-Identifier: Apache-2.0
#include <polku/json/packed.hpp>
#include <polku/storage/memory_store.hpp>
#include <polku/workspace/synthetic.hpp>
#include <polku/workspace/workspace.hpp>

#include <doctest/doctest.h>

#include "unit/storage/temporary_folder.hpp"

#include <set>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

std::vector<path_bundle> two_paths() { return {try_shipped_path("top").value(), try_shipped_path("typ").value()}; }

synthetic_options few() {
    synthetic_options options;
    options.cases = 12;
    options.seed = 5;
    options.first = day("2025-01-01");
    options.last = day("2026-06-30");
    options.recorded_at_ms = 1'800'000'000'000;
    options.batch = 5;
    return options;
}

std::string head_of(std::uint64_t seed, std::uint32_t batch = 5) {
    storage::store_options in_memory;
    in_memory.entropy = storage::fixed_entropy(3);
    in_memory.checkpoint_every = 50;
    const auto store = storage::make_memory_store(std::move(in_memory));
    synthetic_options options = few();
    options.seed = seed;
    options.batch = batch;
    try_generate(*store, two_paths(), options).value();
    return to_string(store->head());
}

std::string packed(const path::case_state& state) {
    json::packer to;
    json::pack(to, state);
    return std::move(to).take();
}

}  // namespace

TEST_CASE("workspace/synthetic: made-up cases are cases like any other, with a sound chain and their projection") {
    const storage_test::temporary_folder folder;
    auto in = workspace::try_open(folder.file("made-up.db")).value();
    std::vector<std::uint64_t> told;
    synthetic_options options = few();
    options.progress = [&](std::uint64_t done, std::uint64_t of) {
        CHECK(of == 12);
        told.push_back(done);
        return true;
    };
    const synthetic_count made = try_generate(in->store(), two_paths(), options).value();
    CHECK(told == std::vector<std::uint64_t>{5, 10, 12});
    CHECK(made.cases == 12);
    CHECK(made.events > made.commands);
    CHECK(made.events / made.cases >= 10);
    CHECK(made.events / made.cases <= 60);
    CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
    const feel::value rows = in->try_cases("", 100).value();
    REQUIRE(rows.as_list().size() == 12);
    std::uint64_t open = 0;
    std::set<std::string> stages;
    for (const feel::value& row : rows.as_list()) {
        const feel::context& one = row.as_context();
        const loaded_case loaded = in->try_load(one.find("case")->as_string()).value();
        open += one.find("status")->as_string() == "open" ? 1 : 0;
        CHECK((one.find("status")->as_string() == "closed") == loaded.state.is_closed());
        if (loaded.state.stage) CHECK(one.find("stage")->as_string() == loaded.state.stage->stage);
        CHECK(one.find("municipality")->as_string() == loaded.state.municipality);
        stages.insert(std::string(one.find("stage")->as_string()));
    }
    CHECK(open == made.open);
    CHECK(stages.size() > 1);
}

TEST_CASE("workspace/synthetic: every made-up case has a snapshot, which is the fold of its events") {
    const storage_test::temporary_folder folder;
    auto in = workspace::try_open(folder.file("made-up.db")).value();
    synthetic_options options = few();
    options.cases = 60;
    try_generate(in->store(), two_paths(), options).value();
    const feel::value rows = in->try_cases("", 100).value();
    REQUIRE(rows.as_list().size() == 60);
    for (const feel::value& row : rows.as_list()) {
        const std::string_view id = row.as_context().find("case")->as_string();
        const path::case_state recent = in->try_load(id, case_history::recent).value().state;
        CHECK(recent.history.empty());
        const path::case_state whole = in->try_load(id).value().state;
        CHECK_FALSE(whole.history.empty());
        CHECK(packed(recent) == packed(whole));
        CHECK(recent.case_version == whole.case_version);
        CHECK(recent.client_version == whole.client_version);
    }
}

TEST_CASE("workspace/synthetic: the same seed makes the same store, and a store takes a seed once") {
    CHECK(head_of(5) == head_of(5));
    CHECK(head_of(5) != head_of(6));
    for (const std::uint32_t batch : {1U, 2U, 12U, 1000U}) CHECK(head_of(5) == head_of(5, batch));
    const auto store = storage::make_memory_store();
    try_generate(*store, two_paths(), few()).value();
    const std::string head = to_string(store->head());
    try_generate(*store, two_paths(), few()).value();
    CHECK(to_string(store->head()) == head);
}

TEST_CASE(
    "workspace/synthetic: what cannot be made is refused, and what is ended half way is whole as far as it goes") {
    const auto store = storage::make_memory_store();
    CHECK_FALSE(try_generate(*store, {}, few()));
    synthetic_options options = few();
    options.last = day("2024-12-31");
    const auto backwards = try_generate(*store, two_paths(), options);
    REQUIRE_FALSE(backwards);
    CHECK(backwards.error().message().find("2024-12-31") != std::string::npos);
    options = few();
    options.progress = [](std::uint64_t, std::uint64_t) { return false; };
    const auto ended = try_generate(*store, two_paths(), options);
    REQUIRE_FALSE(ended);
    CHECK(ended.error().code() == error_code::cancelled);
    CHECK(ended.error().message().find("5 cases") != std::string::npos);
    CHECK(store->verify().sound());
}

TEST_CASE(
    "workspace/synthetic: cases of the shipped habits have about thirty events and end in several ways, on every "
    "path") {
    const std::set<std::string> ids = [] {
        const auto all = shipped_path_ids();
        return std::set<std::string>(all.begin(), all.end());
    }();
    for (const std::string& id : ids) {
        CAPTURE(id);
        const std::vector<path_bundle> paths{try_shipped_path(id).value()};
        path::walk_options walk;
        walk.client = "000000000000000000000000000000ff";
        walk.habits = shipped_habits();
        std::size_t events = 0;
        std::size_t usual = 0;
        std::set<std::string> exits;
        std::set<std::string> stages;
        constexpr std::size_t walks = 40;
        for (walk.seed = 1; walk.seed <= walks; ++walk.seed) {
            const path::walked_case made =
                path::walk(paths[0].path, walk, day("2026-01-01"), day("2027-12-31"), 14, {{}, "walker", "test", 0});
            std::size_t of_case = 0;
            for (const auto& each : made.commands) of_case += each.size();
            events += of_case;
            usual += of_case >= 10 && of_case <= 60 ? 1 : 0;
            if (made.state.ending) exits.insert(made.state.ending->exit);
            for (const auto& each : made.state.visits) stages.insert(each.first);
        }
        MESSAGE(id, ": ", events / walks, " events a case, ", usual, " of ", walks, " usual, ", exits.size(), " exits");
        CHECK(events / walks >= 20);
        CHECK(events / walks <= 75);
        CHECK(usual * 10 >= walks * 4);
        CHECK_FALSE(exits.empty());
        CHECK(stages.size() >= 3);
    }
}
