// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/path_proof.hpp>

#include <polku/path/case.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace polku;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const fs::path broken_paths = fs::path(POLKU_SOURCE_DIR) / "tests/golden/bad/paths";

path_bundle broken(const std::string& name) {
    std::vector<named_text> files{{"path.json", text_of(broken_paths / name / "path.json")}};
    if (fs::exists(broken_paths / name / "broken.dmn"))
        files.push_back({"broken.dmn", text_of(broken_paths / name / "broken.dmn")});
    auto made = try_make_path(files);
    REQUIRE_MESSAGE(made.has_value(), name << ": " << (made ? std::string() : made.error().to_string()));
    return std::move(made).value();
}

std::vector<std::string> broken_names() {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(broken_paths)) names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// Carries a story out anew: how many commands were taken before one was refused.
std::size_t carried_out(const path::service_path& on, const std::vector<path::command>& story) {
    path::case_state now;
    for (std::size_t at = 0; at < story.size(); ++at) {
        path::context with;
        with.today = story[at].on.value();
        with.actor = "worker-1";
        with.purpose = "service";
        auto events = path::decide(on, now, story[at], with);
        if (!events) return at;
        now = path::evolve(std::move(now), events.value());
    }
    return story.size();
}

result<path::path_proof> proof_with_states(const path_bundle& of) {
    path::proof_options with;
    with.keep_states = true;
    return try_prove(of, with);
}

}  // namespace

TEST_SUITE_BEGIN("workspace");

TEST_CASE("workspace/path_proof: every shipped path is proved, and has its certificate") {
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const auto bundle = try_shipped_path(id);
        REQUIRE(bundle);
        const auto proof = proof_with_states(*bundle);
        REQUIRE(proof);
        CHECK(proof->overall() == path::proof_verdict::proved);
        CHECK(proof->properties.size() == 7);
        for (const path::property_result& each : proof->properties) {
            CHECK(each.says == path::proof_verdict::proved);
            CHECK(each.findings.empty());
            CHECK(each.cases > 0);
        }
        const auto certificate = try_proof_certificate(*bundle, *proof);
        REQUIRE(certificate);
        CHECK(certificate->back() == '\n');
        CHECK(*try_proof_certificate(*bundle, proof_with_states(*bundle).value()) == *certificate);
    }
}

TEST_CASE("workspace/path_proof: a broken path is refuted as its name says, by a story that replays") {
    for (const std::string& name : broken_names()) {
        CAPTURE(name);
        const path_bundle bundle = broken(name);
        const auto proof = try_prove(bundle);
        REQUIRE(proof);
        bool found = false;
        for (const path::property_result& each : proof->properties) {
            if (name.find("unknown_") == 0 && each.says == path::proof_verdict::unknown) found = true;
            const std::string property(path::name_of(each.about));
            if (name.find(property) == 0) {
                CHECK(each.says == path::proof_verdict::refuted);
                found = true;
            }
            for (const path::proof_finding& finding : each.findings) {
                CHECK_FALSE(finding.message.empty());
                CHECK(finding.story.empty() == (finding.says != path::proof_verdict::refuted));
                CHECK(finding.through.empty() == (finding.story.size() < 2));  // a refused opening leads nowhere
                if (finding.story.empty()) continue;
                CHECK_FALSE(finding.shown.empty());
                CHECK(carried_out(bundle.path, finding.story) >= finding.story.size() - 1);
            }
        }
        CHECK(found);
        if (name.find("unknown_") == 0) CHECK(proof->overall() == path::proof_verdict::unknown);
    }
}

TEST_CASE("workspace/path_proof: a choice between choices of dates is a date") {
    const auto verdict = [](const std::string& due) {
        const std::string text = R"({"extends": "typ/path.json", "id": "own", "version": "1", "obligations": [)"
                                 R"({"id": "plan review", "due": ")" +
                                 due + R"("}]})";
        const std::vector<named_text> files{{"path.json", text}};
        const auto bundle = try_make_path(files);
        REQUIRE_MESSAGE(bundle.has_value(), due);
        return try_prove(*bundle)->of(path::path_property::ownership).says;
    };
    const std::string first = "if event date < date(\\\"2022-05-02\\\") then event date else today";
    CHECK(verdict(first) == path::proof_verdict::proved);
    CHECK(verdict("if age = null then " + first + " else today") == path::proof_verdict::proved);
    CHECK(verdict("if age = null then today else " + first) == path::proof_verdict::proved);
    CHECK(verdict("if age != null then " + first + " else null") == path::proof_verdict::refuted);
    CHECK(verdict("if effect on benefits = null then " + first + " else null") == path::proof_verdict::refuted);
    CHECK(verdict("if age = 1969 then null else today") == path::proof_verdict::refuted);
    // What no story meets is not proved.
    CHECK(verdict("if age * 7 = 13783 then null else today") == path::proof_verdict::unknown);
}

TEST_CASE(
    "workspace/path_proof: a duty that an event opens in some stage is met there with the facts that take its date "
    "away") {
    struct sample {
        const char *on, *duty, *due, *last;
    };
    const sample samples[] = {
        {"toimi", "goals set", "if coaching result = null then event date else null", "start_coaching"},
        {"toimi", "plan review", "if client goal = null then event date else null", "agree_plan"},
        {"toimi", "employer feedback", "if client goal = \"work\" then null else today", "start_placement"},
        {"toimio", "skills beside the work", "if rehabilitation result = null then today else null", "start_placement"},
        {"vaasa-tyokyky", "skills profile made", "if disability risk != null then today else null", "start_coaching"},
        {"vaasa-tyokyky", "coaching evaluated by the client", "if registered jobseeker != null then today else null",
         "complete_coaching"},
        {"tyokyky-kayttoon", "Ohjaamo takes over", "if effect on benefits = null then today else null",
         "move_referral"},
        {"tyokyky-kayttoon", "Kykyviisari again", "if effect on benefits = null then today else null",
         "record_instrument"},
    };
    for (const sample& each : samples) {
        CAPTURE(each.duty);
        std::string due = each.due;
        for (std::size_t at = 0; (at = due.find('"', at)) != std::string::npos; at += 2) due.insert(at, 1, '\\');
        const std::string text = std::string(R"({"extends": ")") + each.on +
                                 R"(/path.json", "id": "own", "version": "1", "obligations": [{"id": ")" + each.duty +
                                 R"(", "due": ")" + due + R"("}]})";
        const std::vector<named_text> files{{"path.json", text}};
        const auto bundle = try_make_path(files);
        REQUIRE(bundle);
        const auto found = try_prove(*bundle)->of(path::path_property::ownership).findings;
        REQUIRE(found.size() == 1);
        CHECK(found[0].says == path::proof_verdict::refuted);
        REQUIRE_FALSE(found[0].story.empty());
        CHECK(carried_out(bundle->path, found[0].story) == found[0].story.size() - 1);
        CHECK(path::type_of(found[0].story.back().what) == each.last);
        CHECK(found[0].shown.find(std::string("the due date of the obligation '") + each.duty) != std::string::npos);
    }
}

TEST_CASE("workspace/path_proof: bounds leave questions open and never prove by leaving out") {
    const auto bundle = try_shipped_path("toimio");
    REQUIRE(bundle);
    path::proof_options few;
    few.max_states = 100;
    CHECK(try_prove(*bundle, few)->of(path::path_property::exits).says == path::proof_verdict::unknown);
    few = {};
    few.max_regions = 3;
    const auto proof = try_prove(*bundle, few).value();
    CHECK(proof.of(path::path_property::routing).says == path::proof_verdict::unknown);
    CHECK(proof.of(path::path_property::exits).says == path::proof_verdict::unknown);
    CHECK(proof.of(path::path_property::outcomes).says == path::proof_verdict::unknown);
    CHECK(proof.of(path::path_property::loops).says != path::proof_verdict::proved);
    CHECK_FALSE(try_proof_certificate(*bundle, proof).has_value());
}
