// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "files.hpp"

using namespace polku;

namespace {

json::path_layer base_layer() {
    return {"base.json", test_files::text_of(POLKU_SOURCE_DIR "/tests/unit/json/pieni_polku.json")};
}
std::vector<json::path_layer> over_base(std::string delta) { return {{"delta.json", std::move(delta)}, base_layer()}; }
path::definition merged(std::string delta) {
    const auto read = json::try_read_path(over_base(std::move(delta)));
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().to_string()));
    return read.value();
}

}  // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("json/path_layers: a delta says what differs and the base says the rest") {
    const path::definition base = json::try_read_path(base_layer().text).value();
    path::definition wanted = base;
    wanted.id = "oma";
    wanted.stages[1].max = "P9M";
    wanted.facts.at("next wish").ask.at("en") = "What next?";
    CHECK(merged(R"({"extends": "base.json", "id": "oma", "stages": [{"id": "assessment", "max": "P9M"}],
                     "facts": {"next wish": {"ask": {"en": "What next?"}}}})") == wanted);
    CHECK(merged(R"({"extends": "base.json"})") == base);
}

TEST_CASE("json/path_layers: null and removed take away, new items stand where the delta puts them") {
    const path::definition base = json::try_read_path(base_layer().text).value();
    const path::definition less = merged(R"({"extends": "base.json", "facts": {"next wish": null},
        "exits": [{"id": "withdrawn", "removed": true}]})");
    CHECK(less.facts.count("next wish") == 0);
    CHECK(less.facts.size() + 1 == base.facts.size());
    CHECK(less.exits.size() + 1 == base.exits.size());
    const path::definition more = merged(R"({"extends": "base.json", "obligations": [
        {"id": "new", "on": "case_opened", "due": "event date", "owner": "responsible_worker",
         "satisfied_by": "plan_agreed", "name": {"fi": "a"}}],
        "stages": [{"id": "assessment"}, {"id": "second", "kind": "assessment", "owner": "responsible_worker",
                                            "max": "P1M", "name": {"fi": "b"}, "help": {"fi": "c"}}]})");
    CHECK(more.obligations.back().id == "new");
    REQUIRE(more.stages.size() == base.stages.size() + 1);
    CHECK(more.stages[1].id == "assessment");
    CHECK(more.stages[2].id == "second");
    const path::definition instead =
        merged(R"({"extends": "base.json", "exits": [{"id": "open_market", "removed": true},
        {"id": "paid_work", "outcome": "employment", "name": {"fi": "d"}}]})");
    CHECK(instead.exits[0].id == "paid_work");
    CHECK(instead.exits.size() == base.exits.size());
}

TEST_CASE("json/path_layers: taking away what is not there is an error at its place") {
    const auto member =
        json::try_read_path(over_base("{\"extends\": \"base.json\",\n \"facts\": {\"no fact\": null}}"));
    REQUIRE_FALSE(member);
    CHECK(member.error().code() == error_code::json_invalid_value);
    REQUIRE(member.error().positions().size() == 1);
    CHECK(member.error().positions()[0].source == "delta.json");
    CHECK(member.error().positions()[0].pointer == "/facts/no fact");
    CHECK(member.error().positions()[0].line == 2);
    const auto item = json::try_read_path(over_base(R"({"extends": "b", "exits": [{"id": "no", "removed": true}]})"));
    REQUIRE_FALSE(item);
    CHECK(item.error().positions()[0].pointer == "/exits/0");
}

TEST_CASE("json/path_layers: an error stands in the layer that says it") {
    const auto own =
        json::try_read_path(over_base("{\"extends\": \"b\",\n \"stages\": [{\"id\": \"assessment\",\n"
                                      "  \"max\": 3}]}"));
    REQUIRE_FALSE(own);
    CHECK(own.error().code() == error_code::json_wrong_type);
    CHECK(own.error().positions()[0].source == "delta.json");
    CHECK(own.error().positions()[0].pointer == "/stages/0/max");
    CHECK(own.error().positions()[0].line == 3);
    const std::vector<json::path_layer> layers = over_base(R"({"extends": "b", "stages": [{"id": "assessment"}]})");
    const position base = json::position_in(layers, "/stages/1/max");
    CHECK(base.source == "base.json");
    CHECK(base.line > 1);
    CHECK(json::position_in(layers, "/stages/1/id").source == "delta.json");
}

TEST_CASE("json/path_layers: what a definition extends is a name") {
    CHECK(json::try_read_extends({"a", R"({"extends": "b.json"})"}).value() == "b.json");
    CHECK(json::try_read_extends({"a", R"({"id": "b.json"})"}).value().empty());
    CHECK(json::try_read_extends({"a", "[]"}).value().empty());
    for (const char* wrong : {R"({"extends": 1})", R"({"extends": ""})", R"({"extends": null})"}) {
        const auto read = json::try_read_extends({"a", wrong});
        REQUIRE_FALSE(read);
        CHECK(read.error().code() == error_code::json_wrong_type);
        CHECK(read.error().positions()[0].pointer == "/extends");
    }
}

TEST_SUITE_END();
