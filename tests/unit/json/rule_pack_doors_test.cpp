// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>

#include <polku/json/missing.hpp>
#include <polku/json/what_if.hpp>
#include <polku/rules/pack_definition.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace polku;

TEST_SUITE_BEGIN("json/rule_pack_doors");

namespace {

constexpr const char* asked_text = R"({
  "decision": "De minimis",
  "decided": "2026-11-01",
  "inputs": {"new aid": 70000, "excluded sector": "yes"}
})";

const feel::value& at(const feel::value& of, std::initializer_list<std::string_view> names) {
    const feel::value* here = &of;
    for (const std::string_view each : names) {
        REQUIRE(here->is(feel::kind::context));
        here = here->as_context().find(each);
        REQUIRE_MESSAGE(here != nullptr, std::string(each));
    }
    return *here;
}

struct fault {
    const char* text;
    error_code code;
    const char* pointer;
    std::uint32_t line;
};

}  // namespace

TEST_CASE("json/rule_pack_doors: a question is read with all its members, and facts may have any value") {
    const auto asked = json::try_parse_pack_question(
        R"({"decision":"D","decided":"2026-11-01","event":"2026-10-01","variant":"v","inputs":{"a":null,"b":[1]},)"
        R"("overrides":{"cap":5}})");
    REQUIRE_MESSAGE(asked, asked.error().to_string());
    CHECK(asked->decision == "D");
    CHECK(time::to_string(asked->decided) == "2026-11-01");
    REQUIRE(asked->event);
    CHECK(time::to_string(*asked->event) == "2026-10-01");
    CHECK(asked->variant == "v");
    CHECK(json::write(feel::value(asked->inputs)) == R"({"a":null,"b":[1]})");
    CHECK(json::write(feel::value(asked->overrides)) == R"({"cap":5})");
    const auto least = json::try_parse_pack_question(R"({"decision":"D","decided":"2026-11-01"})");
    REQUIRE(least);
    CHECK(!least->event);
    CHECK(least->variant.empty());
    CHECK(least->inputs.empty());
}

TEST_CASE("json/rule_pack_doors: what is wrong with a question is told with line and pointer") {
    constexpr fault faults[] = {
        {"", error_code::json_syntax, "", 1},
        {"[]", error_code::json_wrong_type, "", 1},
        {"{\n\"decided\":\"2026-11-01\"}", error_code::json_missing_member, "", 1},
        {"{\"decision\":\"D\"}", error_code::json_missing_member, "", 1},
        {"{\"decision\":\"D\",\n\"decided\":\"2026-13-01\"}", error_code::json_invalid_value, "/decided", 2},
        {"{\"decision\":7,\n\"decided\":\"2026-12-01\"}", error_code::json_wrong_type, "/decision", 1},
        {"{\"decision\":\"D\",\n\"decided\":\"2026-12-01\",\n\"inputs\":[]}", error_code::json_wrong_type, "/inputs",
         3},
        {"{\"decision\":\"D\",\n\"decided\":\"2026-12-01\",\n\"input\":{}}", error_code::json_unknown_member, "/input",
         3},
        {"{\"decision\":\"D\",\"decision\":\"E\"}", error_code::json_duplicate_key, "/decision", 1},
    };
    for (const fault& each : faults) {
        const std::string text = each.text;
        CAPTURE(text);
        const auto asked = json::try_parse_pack_question(text, {.source = "asked.json"});
        REQUIRE(!asked);
        CHECK(asked.error().code() == each.code);
        REQUIRE(asked.error().positions().size() == 1);
        CHECK(asked.error().positions()[0].source == "asked.json");
        CHECK(asked.error().positions()[0].pointer == each.pointer);
        CHECK(asked.error().positions()[0].line == each.line);
    }
    // A question that is part of a larger document.
    const auto inner = json::try_read_pack_question(feel::value(feel::context{{"decision", 7}}), "/was", "both.json");
    REQUIRE(!inner);
    CHECK(inner.error().positions()[0].source == "both.json");
    CHECK(inner.error().positions()[0].pointer == "/was");
}

TEST_CASE("json/rule_pack_doors: an error of a fact or an override is placed in the text of the question") {
    const auto pack = json::try_shipped_pack("deminimis");
    REQUIRE(pack);
    const auto placed = [&](const std::string& text) {
        const auto asked = json::try_parse_pack_question(text);
        REQUIRE_MESSAGE(asked, asked.error().to_string());
        const auto answer = pack->try_decide(*asked);
        REQUIRE(!answer);
        const error made = json::placed_in_question(answer.error(), *asked, text, "q");
        CHECK(made.code() == answer.error().code());
        CHECK(made.message() == answer.error().message());
        REQUIRE(made.positions().size() == 1);
        return made.positions()[0];
    };
    CHECK(placed(asked_text) == position{"q", "", "/inputs/excluded sector", 4, 51});
    CHECK(placed("{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\n\"inputs\":{\"no~/such\":1}}") ==
          position{"q", "", "/inputs/no~0~1such", 2, 22});
    CHECK(placed("{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\n\"inputs\":{\"aid cap\":1}}").pointer ==
          "/inputs/aid cap");
    CHECK(placed("{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\n\"overrides\":{\"aid cap\":1}}").pointer ==
          "/overrides/aid cap");
    CHECK(placed("{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\n\"overrides\":{\"no such\":1}}").line == 2);
    // What is about no member stays as it was.
    const error other(error_code::pack_not_in_force, "no version", position{"", "", "/elsewhere", 0, 0});
    CHECK(json::placed_in_question(other, {}, "{}").positions() == other.positions());
}

TEST_CASE("json/rule_pack_doors: a pack as JSON is its pack.json, with the facts that each decision asks for") {
    for (const std::string& id : json::shipped_packs()) {
        CAPTURE(id);
        const auto pack = json::try_shipped_pack(id);
        REQUIRE(pack);
        const feel::value told = json::to_value(*pack);
        CHECK(at(told, {"id"}).as_string() == id);
        CHECK(at(told, {"name", "fi-selko"}).as_string() == pack->says().name.at("fi-selko"));
        CHECK(at(told, {"inputs"}).as_list().size() == pack->says().inputs.size());
        CHECK(at(told, {"parameters"}).as_list().size() == pack->says().parameters.size());
        REQUIRE(at(told, {"versions"}).as_list().size() == pack->says().versions.size());
        for (const feel::value& version : at(told, {"versions"}).as_list())
            for (const feel::context::entry& decision : at(version, {"asks"}).as_context())
                for (const feel::context::entry& fact : decision.value.as_context()) {
                    const std::string name = fact.name;
                    CAPTURE(name);
                    CHECK(!fact.value.as_string().empty());
                }
    }
    const feel::value told = json::to_value(json::try_shipped_pack("deminimis").value());
    const feel::value& newest = at(told, {"versions"}).as_list().back();
    CHECK(at(newest, {"asks", "De minimis", "new aid"}).as_string() == "number");
    CHECK(at(newest, {"asks", "De minimis"}).as_context().find("aid cap") == nullptr);
}

TEST_CASE("json/rule_pack_doors: what is missing speaks the language that it is asked in") {
    const auto pack = json::try_shipped_pack("deminimis");
    REQUIRE(pack);
    rules::pack_question asked;
    asked.decision = "Single undertaking";
    asked.decided = *time::parse_date("2026-11-01");
    const auto missing = rules::try_missing(*pack, asked);
    REQUIRE(missing);
    for (const char* const language : {"fi", "sv", "en", "fi-selko"}) {
        const feel::value told = json::to_value(*missing, *pack, language);
        const std::string next(at(told, {"next", "name"}).as_string());
        for (const rules::pack_input& each : pack->says().inputs)
            if (each.name == next) CHECK(at(told, {"next", "question"}).as_string() == each.text.at(language));
        CHECK(at(told, {"decided"}).as_boolean() == false);
        CHECK(told.as_context().find("value") == nullptr);
    }
}

TEST_CASE("json/rule_pack_doors: a wish is read, and what is wrong with one is told with its place") {
    const auto wish =
        json::try_parse_wish(R"({"goal":"true","member":"granted","until":"2026-12-31","max_evaluations":7})");
    REQUIRE_MESSAGE(wish, wish.error().to_string());
    CHECK(wish->goal.test == "true");
    CHECK(wish->goal.member == "granted");
    REQUIRE(wish->search.until);
    CHECK(time::to_string(*wish->search.until) == "2026-12-31");
    CHECK(wish->search.max_evaluations == 7);
    const auto least = json::try_parse_wish(R"({"goal":">= 12"})");
    REQUIRE(least);
    CHECK(least->goal.member.empty());
    CHECK(!least->search.until);
    CHECK(least->search.max_evaluations == rules::what_if_options().max_evaluations);
    constexpr fault faults[] = {
        {"{}", error_code::json_missing_member, "", 1},
        {"{\"goal\":true}", error_code::json_wrong_type, "/goal", 1},
        {"{\"goal\":\"true\",\n\"until\":\"soon\"}", error_code::json_invalid_value, "/until", 2},
        {"{\"goal\":\"true\",\n\"max_evaluations\":-1}", error_code::json_invalid_value, "/max_evaluations", 2},
        {"{\"goal\":\"true\",\"gaol\":1}", error_code::json_unknown_member, "/gaol", 1},
    };
    for (const fault& each : faults) {
        const std::string text = each.text;
        CAPTURE(text);
        const auto read = json::try_parse_wish(text);
        REQUIRE(!read);
        CHECK(read.error().code() == each.code);
        CHECK(read.error().positions()[0].pointer == each.pointer);
        CHECK(read.error().positions()[0].line == each.line);
    }
}

TEST_SUITE_END();
