// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/path_proof.hpp>

#include <polku/path/case.hpp>
#include <polku/path/proof_walk.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace polku;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

path::path_proof proof_with_states(const path_bundle& of) {
    path::proof_options with;
    with.keep_states = true;
    return try_prove(of, with).value();
}

/// Number of the first walk that fails; 0: none did.
std::uint64_t first_failing(const path::service_path& path, const path::path_proof& proof, std::uint64_t most) {
    path::proof_walker walker(path, proof);
    for (std::uint64_t seed = 1; seed <= most; ++seed) {
        walker.walk(seed, 80);
        if (walker.counts().failures == 0) continue;
        CHECK(walker.counts().first.size() == std::min<std::uint64_t>(walker.counts().failures, 10));
        CHECK(walker.counts().first.front().rfind("seed " + std::to_string(seed) + ": ", 0) == 0);
        return seed;
    }
    return 0;
}

}  // namespace

TEST_SUITE_BEGIN("workspace");

// POLKU_PROPERTY_COUNT walks over each path; .ci/long.d/proof-walks takes many more by the command.
TEST_CASE("workspace/path_walk: walks stay within what is proved, and see most of it") {
    constexpr std::size_t usual = 1500;
    const std::uint64_t walks = property_count(usual);
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const auto bundle = try_shipped_path(id);
        REQUIRE(bundle);
        const auto proof = proof_with_states(*bundle);
        path::proof_walker walker(bundle->path, proof);
        for (std::uint64_t seed = 1; seed <= walks; ++seed) walker.walk(seed, 80);
        const path::proof_walk_counts& told = walker.counts();
        CHECK(told.walks == walks);
        CHECK(told.steps <= walks * 80);
        std::size_t answers = 0;
        for (const path::routing_answers& each : proof.routing) answers += each.may.size();
        std::size_t seen = 0;
        for (std::size_t i = 0; i < proof.states.size(); ++i) seen += walker.has_seen(i) ? 1 : 0;
        CHECK(seen == told.states);
        CHECK(told.answers <= answers);
        if (!is_sampled(usual)) {
            CHECK(told.accepted > told.steps * 3 / 4);
            CHECK(told.routed > walks);
            // The path with the most states has six times as many as there are walks here.
            CHECK(told.states * 10 > std::min<std::size_t>(proof.states.size(), walks) * 7);
            CHECK(told.answers * 100 >= answers * 95);
        }
        CHECK(told.failures == 0);
        for (const std::string& each : told.first) CHECK(each == "");
    }
}

TEST_CASE("workspace/path_walk: the same seed gives the same walk, whichever walks were before it") {
    const auto bundle = try_shipped_path("toimi").value();
    const auto proof = proof_with_states(bundle);
    path::proof_walker one(bundle.path, proof);
    path::proof_walker other(bundle.path, proof);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) one.walk(seed, 80);
    for (std::uint64_t seed = 20; seed >= 1; --seed) other.walk(seed, 80);
    CHECK(one.counts().steps == other.counts().steps);
    CHECK(one.counts().accepted == other.counts().accepted);
    CHECK(one.counts().states == other.counts().states);
    bool all = true;
    for (std::size_t i = 0; i < proof.states.size(); ++i) all = all && one.has_seen(i) == other.has_seen(i);
    CHECK(all);
    path::proof_walker elsewhere(bundle.path, proof);
    for (std::uint64_t seed = 21; seed <= 40; ++seed) elsewhere.walk(seed, 80);
    CHECK(one.counts().steps != elsewhere.counts().steps);
}

TEST_CASE("workspace/path_walk: rules of a table that lead elsewhere than was proved are met, nine of ten at least") {
    const fs::path folder = fs::path(POLKU_SOURCE_DIR) / "src/packs/vaasa-tyokyky";
    const std::string definition = text_of(folder / "path.json");
    const std::string tables = text_of(folder / "routing.dmn");
    const auto proof = proof_with_states(try_shipped_path("vaasa-tyokyky").value());
    std::size_t rules = 0;
    std::size_t met = 0;
    for (std::size_t at = tables.find("<outputEntry"); at != std::string::npos;
         at = tables.find("<outputEntry", at + 1)) {
        const std::size_t begin = tables.find("<text>", at) + 6;
        const std::size_t end = tables.find("</text>", begin);
        CAPTURE(tables.substr(at, end - at));
        // No table leads back to the first stage.
        const std::string wrong = tables.substr(0, begin) + "\"referral\"" + tables.substr(end);
        const auto changed = try_make_path(std::vector<named_text>{{"path.json", definition}, {"routing.dmn", wrong}});
        REQUIRE(changed);
        met += first_failing(changed->path, proof, 1000) != 0 ? 1 : 0;
        ++rules;
    }
    CHECK(rules > 25);
    CHECK(met * 10 >= rules * 9);
}

TEST_CASE("workspace/path_walk: every answer that a proof leaves out is seen, and states as well") {
    const auto bundle = try_shipped_path("typ").value();
    const path::path_proof whole = proof_with_states(bundle);
    CHECK(first_failing(bundle.path, whole, 300) == 0);
    for (std::size_t i = 0; i < whole.routing.size(); ++i)
        for (std::size_t j = i % 3; j < whole.routing[i].may.size(); j += 3) {
            path::path_proof poor = whole;
            CAPTURE(whole.routing[i].stage);
            CAPTURE(whole.routing[i].may[j]);
            poor.routing[i].may.erase(poor.routing[i].may.begin() + static_cast<std::ptrdiff_t>(j));
            CHECK(first_failing(bundle.path, poor, 2000) != 0);
        }
    constexpr std::size_t one_in = 31;
    for (std::size_t i = 0; i < whole.states.size(); i += one_in) {
        path::path_proof poor = whole;
        CAPTURE(i);
        poor.states.erase(poor.states.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(first_failing(bundle.path, poor, 20000) != 0);
    }
}

TEST_CASE("workspace/path_walk: a gap of a table is met as a refusal") {
    const fs::path folder = fs::path(POLKU_SOURCE_DIR) / "tests/golden/bad/paths/routing_gap";
    std::vector<named_text> files{{"path.json", text_of(folder / "path.json")}};
    if (fs::exists(folder / "broken.dmn")) files.push_back({"broken.dmn", text_of(folder / "broken.dmn")});
    const auto other = try_make_path(files).value();
    CHECK(first_failing(other.path, proof_with_states(other), 400) != 0);
}

TEST_SUITE_END();
