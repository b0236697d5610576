// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>

#include <polku/json/path_commands.hpp>
#include <polku/json/text.hpp>
#include <polku/path/service_path.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

using namespace polku;

namespace {

std::string file_text(const std::string& name) {
    std::ifstream in(std::string(POLKU_SOURCE_DIR) + "/tests/unit/json/" + name, std::ios::binary);
    REQUIRE(in);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

/// The small definition with one text replaced by another.
std::string changed(const std::string& from, const std::string& to) {
    std::string text = file_text("pieni_polku.json");
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("json/path_definition: the small path is read member by member and written back") {
    const auto read = json::try_read_path(file_text("pieni_polku.json"), "pieni_polku.json");
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().to_string()));
    const path::definition& says = read.value();
    CHECK(says.id == "pieni-polku");
    CHECK(says.stages[1].requires_ == std::vector<std::string>{"work ability limited"});
    CHECK(says.stages[1].kind == path::stage_kind::assessment);
    CHECK(says.stages[1].routing->decision == "After assessment");
    CHECK(says.obligations[0].source == "381/2023 4 § 3 mom.");
    CHECK(says.exits[1].ways == std::vector<path::exit_way>{path::exit_way::client, path::exit_way::worker});
    CHECK(says.facts.at("next wish").values.at("study").at("sv") == "studier");
    const auto again = json::try_read_path(json::write_path(says));
    REQUIRE(again);
    CHECK(again.value() == says);
}

TEST_CASE("json/path_definition: of the small path only its missing routing model is a finding") {
    const auto read = json::try_read_path(file_text("pieni_polku.json"));
    REQUIRE(read);
    const auto found = path::check(read.value(), {});
    REQUIRE(!found.empty());
    for (const diagnostic& each : found) {
        CAPTURE(each.what.to_string());
        CHECK(each.what.code() == error_code::path_routing);
    }
}

TEST_CASE("json/path_definition: an unknown member is named with the nearest known one and its place") {
    const auto read = json::try_read_path(
        changed("\"owner\": \"responsible_worker\", \"max\"", "\"ownr\": \"x\", \"max\""), "bad.json");
    REQUIRE(!read);
    CHECK(read.error().code() == error_code::json_unknown_member);
    CHECK(read.error().message().find("owner") != std::string::npos);
    CHECK(read.error().positions()[0].pointer == "/stages/0/ownr");
    CHECK(read.error().positions()[0].source == "bad.json");
    CHECK(read.error().positions()[0].line > 1);
}

TEST_CASE("json/path_definition: missing members, wrong types and unknown kinds are typed errors") {
    CHECK(json::try_read_path(changed("\"id\": \"pieni-polku\", ", "")).error().code() ==
          error_code::json_missing_member);
    CHECK(json::try_read_path(changed("\"cost\": 1", "\"cost\": \"one\"")).error().code() ==
          error_code::json_wrong_type);
    CHECK(json::try_read_path(changed("\"kind\": \"referral\"", "\"kind\": \"party\"")).error().code() ==
          error_code::json_invalid_value);
    CHECK(json::try_read_path(changed("\"2026-01-01\"", "\"2026-01-32\"")).error().code() ==
          error_code::json_invalid_value);
    CHECK(json::try_read_path(changed("\"valid\"", "\"id\"")).error().code() == error_code::json_duplicate_key);
    CHECK(json::try_read_path("{").error().code() == error_code::json_syntax);
    CHECK(json::try_read_path("[]").error().code() == error_code::json_wrong_type);
}

TEST_CASE("json/path_schema: the schema lists what is read and what must be there") {
    const auto schema = json::try_parse(json::path_schema());
    REQUIRE(schema);
    const feel::context& whole = schema.value().as_context();
    CHECK(whole.find("$schema")->as_string() == "https://json-schema.org/draft/2020-12/schema");
    const auto forms = whole.find("oneOf")->as_list();
    REQUIRE(forms.size() == 2);
    const feel::context& properties = forms[0].as_context().find("properties")->as_context();
    for (const char* member : {"id", "stages", "facts", "obligations", "exits", "reasons", "declassified"})
        CHECK(properties.find(member) != nullptr);
    CHECK(properties.find("extends") == nullptr);
    CHECK(forms[1].as_context().find("properties")->as_context().find("extends") != nullptr);
    const feel::context& stage = properties.find("stages")->as_context().find("items")->as_context();
    CHECK(stage.find("properties")->as_context().find("requires") != nullptr);
    CHECK(stage.find("properties")->as_context().find("requires_") == nullptr);
    CHECK(stage.find("additionalProperties")->is_false());
    const auto commands = json::try_parse(json::command_schema());
    REQUIRE(commands);
    CHECK(commands.value().as_context().find("oneOf")->as_list().size() == json::command_types().size());
}

TEST_SUITE_END();
