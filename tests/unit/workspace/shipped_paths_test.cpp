// SPDX-License-Identifier: Apache-2.0
// What holds for every path that the library ships, whichever it is.
#include "played_story.hpp"

#include <fstream>
#include <set>
#include <string>

using namespace polku;
using polku_tests::played;
using polku_tests::played_story;

namespace {

bool has_all_languages(const path::texts& of) {
    for (const char* language : {"fi", "sv", "en", "fi-selko"})
        if (const auto found = of.find(language); found == of.end() || found->second.empty()) return false;
    return of.size() == 4;
}

}  // namespace

TEST_SUITE_BEGIN("workspace/shipped_paths");

TEST_CASE("workspace/shipped_paths: each has a page, at least eight clients, and nothing to find fault with") {
    REQUIRE(!shipped_path_ids().empty());
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const path_bundle bundle = try_shipped_path(id).value();
        CHECK(bundle.id() == id);
        CHECK(try_restore_path(bundle.bytes).value().hash_text() == bundle.hash_text());
        CHECK(try_shipped_examples(id).value().clients.size() >= 8);
        CHECK(std::ifstream(POLKU_SOURCE_DIR "/docs/paths/" + id + ".md").good());
    }
}

TEST_CASE("workspace/shipped_paths: every client comes to where the file says, and the store's chain holds") {
    for (const std::string& id : shipped_path_ids()) {
        const played_story& all = played(id);
        for (const example_client& one : all.examples.clients) {
            INFO(id, " ", one.id);
            const path::case_state state = all.state(one.id);
            CHECK((state.ending ? "closed" : state.stage->stage) == one.expect.stage);
            CHECK((state.ending ? state.ending->exit : "") == one.expect.exit.value_or(""));
            CHECK(has_all_languages(one.story));
        }
        CHECK(all.store->try_verify("").value().as_context().find("ok")->is_true());
    }
}

TEST_CASE("workspace/shipped_paths: the clients between them come through every stage and every entry") {
    for (const std::string& id : shipped_path_ids()) {
        const played_story& all = played(id);
        std::set<std::string> stages;
        std::set<std::string> entries;
        for (const example_client& one : all.examples.clients) {
            const path::case_state state = all.state(one.id);
            entries.insert(state.entry);
            for (const auto& [stage, times] : state.visits) stages.insert(stage);
        }
        for (const path::stage_definition& each : all.says().stages)
            CHECK_MESSAGE(stages.contains(each.id), id, " ", each.id);
        for (const auto& entry : all.says().entries) CHECK_MESSAGE(entries.contains(entry.first), id, " ", entry.first);
    }
}

TEST_CASE("workspace/shipped_paths: clients are made up, and what waits has an owner on every example day") {
    for (const std::string& id : shipped_path_ids()) {
        const played_story& all = played(id);
        for (const example_client& one : all.examples.clients) {
            INFO(id, " ", one.id);
            const path::case_state state = all.state(one.id);
            if (const auto& code = state.details.identity_code) {
                REQUIRE(code->size() == 11);
                CHECK(code->substr(7, 1) == "9");  // 900-999 is given to nobody
            }
            if (!state.is_closed()) CHECK_FALSE(path::answering_role(state).empty());
            for (const path::due_item& each : all.due(one.id)) CHECK_FALSE(each.owner.empty());
        }
    }
}

TEST_CASE("workspace/shipped_paths: every step of a plan says what it does to the client's benefits") {
    for (const std::string& id : shipped_path_ids()) {
        const played_story& all = played(id);
        std::size_t plans = 0;
        for (const example_client& one : all.examples.clients) {
            const path::case_state state = all.state(one.id);
            if (!state.plan) continue;
            ++plans;
            for (const path::plan_step& step : state.plan->steps)
                CHECK_MESSAGE(step.benefit_effect.has_value(), one.id);
        }
        CHECK_MESSAGE(plans > 0, id);
    }
}

TEST_SUITE_END();
