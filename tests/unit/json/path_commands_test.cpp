// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_commands.hpp>

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>

using namespace polku;

namespace {

error_code refusal(std::string_view text) {
    auto read = json::try_read_command(text, "commands.json");
    return read ? error_code::internal : read.error().code();
}

}  // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("json/path_commands: a command is read by its type and written back the same") {
    for (
        const char* text : {
            R"({"fact":"work ability limited","on":"2026-02-03","source":"doctor","type":"record_fact","value":true})",
            R"({"type":"route"})",
            R"({"move":"return_for_information","reason":"no background","referral":"r1","type":"move_referral"})",
            R"({"instrument":"kykyviisari","phase":"end","scores":{"mood":4.5},"type":"record_instrument"})",
            R"({"reason":"too early","type":"withdraw"})",
            R"({"event":{"stream":"case","version":7},"members":{"result":"better"},"reason":"typing error","type":"correct"})",
            R"({"type":"add_representative","who":{"from":"2026-01-01","id":"t1","kind":"trustee","person":"e.t","scope":[]}})",
        }) {
        const auto read = json::try_read_command(std::string_view(text));
        REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().to_string()));
        CHECK(json::write(json::command_to_value(read.value())) == text);
    }
}

TEST_CASE("json/path_commands: every command has a name of its own") {
    const auto types = json::command_types();
    CHECK(types.size() == std::variant_size_v<path::command_body>);
    for (const std::string& each : types) CHECK(std::count(types.begin(), types.end(), each) == 1);
}

TEST_CASE("json/path_commands: bad commands are typed errors with a place") {
    CHECK(refusal("[]") == error_code::json_wrong_type);
    CHECK(refusal("{}") == error_code::json_missing_member);
    CHECK(refusal(R"({"type":7})") == error_code::json_wrong_type);
    CHECK(refusal(R"({"type":"route","speed":"fast"})") == error_code::json_unknown_member);
    CHECK(refusal(R"({"type":"record_fact","fact":"x"})") == error_code::json_missing_member);
    CHECK(refusal(R"({"type":"route","on":"tomorrow"})") == error_code::json_invalid_value);
    CHECK(refusal(R"({"type":"move_referral","referral":"r1","move":"teleport"})") == error_code::json_invalid_value);
    CHECK(refusal(R"({"type":"route")") == error_code::json_syntax);
    const auto read = json::try_read_command(std::string_view("{\n  \"type\": \"record_fct\"}"), "commands.json");
    REQUIRE(!read);
    CHECK(read.error().code() == error_code::json_invalid_value);
    CHECK(read.error().message().find("record_fact") != std::string::npos);
    CHECK(read.error().positions()[0].line == 2);
}

TEST_SUITE_END();
