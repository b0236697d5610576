// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace polku;

TEST_SUITE_BEGIN("json/rule_pack_faults");

namespace {

const std::string small_model = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m">
  <inputData id="i1" name="age"><variable id="v1" name="age" typeRef="number"/></inputData>
  <inputData id="i2" name="age limit"><variable id="v2" name="age limit" typeRef="number"/></inputData>
  <decision id="d" name="Old enough">
    <variable id="vd" name="Old enough" typeRef="boolean"/>
    <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement id="r2"><requiredInput href="#i2"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="c"><inputExpression id="e" typeRef="boolean"><text>age &gt;= age limit</text></inputExpression></input>
      <output id="o" typeRef="boolean"/>
      <rule id="old"><inputEntry id="a1"><text>true</text></inputEntry><outputEntry id="b1"><text>true</text></outputEntry></rule>
      <rule id="young"><inputEntry id="a2"><text>false</text></inputEntry><outputEntry id="b2"><text>false</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>)";

std::string text_of(const std::string& fi) {
    return R"({"fi":")" + fi + R"(","sv":")" + fi + R"(","en":")" + fi + R"(","fi-selko":")" + fi + R"("})";
}

/// A sound pack; tests replace one piece of it.
std::string small_pack() {
    return R"({"id":"small","name":)" + text_of("n") + R"(,"notice":)" + text_of("n") +
           R"(,"facts_read":"2026-08-17","event":)" + text_of("e") +
           R"(,"sources":{"s":{"act":"1/2000","section":"1 §","title":"t","address":"https://example.invalid","read":"2026-08-17","mark":"SEEN"}},
"versions":[{"id":"v1","from":"2020-01-01","before":"2025-01-01","model":"m.dmn","sources":["s"]},{"id":"v2","from":"2025-01-01","model":"m.dmn","sources":["s"]}],
"parameters":[{"name":"age limit","text":)" +
           text_of("p") +
           R"(,"type":"number","series":[{"from":"2020-01-01","before":"2023-01-01","value":18,"sources":["s"]},{"from":"2023-01-01","value":20.5,"sources":["s"],"override":true}]}],
"transitions":[{"id":"old cases","text":)" +
           text_of("t") +
           R"(,"event":{"before":"2024-06-01"},"decided":{"from":"2025-01-01","before":"2025-07-01"},"version":"v1","sources":["s"]}],
"decisions":[{"name":"Old enough","text":)" +
           text_of("d") + R"(}],
"inputs":[{"name":"age","text":)" +
           text_of("a") + R"(,"group":"person","cost":1}],
"rules":{"old":{"text":)" +
           text_of("{age} on vähintään {age limit}") + R"(,"sources":["s"]},"young":{"text":)" +
           text_of("{age} on alle {age limit}") + R"(,"sources":["s"]}}})";
}

std::string with(std::string pack, const std::string& piece, const std::string& instead) {
    const std::size_t at = pack.find(piece);
    REQUIRE(at != std::string::npos);
    return pack.replace(at, piece.size(), instead);
}

result<rules::pack> compiled(const std::string& pack) {
    return json::try_read_pack(pack, {{"m.dmn", small_model}}, "small.json");
}

void refused(const std::string& pack, error_code code, const std::string& pointer) {
    CAPTURE(pack);
    const auto made = compiled(pack);
    REQUIRE(!made);
    CAPTURE(made.error().to_string());
    CHECK(made.error().code() == code);
    REQUIRE(!made.error().positions().empty());
    CHECK(made.error().positions().front().pointer == pointer);
    CHECK(made.error().positions().front().line > 0);
}

rules::pack_question question(const char* decided, const char* event, int age) {
    rules::pack_question asked;
    asked.decision = "Old enough";
    asked.decided = *time::parse_date(decided);
    asked.event = time::parse_date(event);
    asked.inputs.append("age", feel::value(std::int64_t{age}));
    return asked;
}

}  // namespace

TEST_CASE("json/rule_pack_faults: dates that leave a gap, overlap or are none are told with both places") {
    refused(with(small_pack(), R"("before":"2025-01-01","model")", R"("before":"2024-12-31","model")"),
            error_code::pack_dates, "/versions/0");
    refused(with(small_pack(), R"("before":"2025-01-01","model")", R"("before":"2025-01-02","model")"),
            error_code::pack_dates, "/versions/0");
    refused(with(small_pack(), R"("before":"2025-01-01","model")", R"("model")"), error_code::pack_dates,
            "/versions/0");
    refused(with(small_pack(), R"("from":"2023-01-01","value")", R"("from":"2023-01-02","value")"),
            error_code::pack_dates, "/parameters/0/series/0");
    refused(with(small_pack(), R"("series":[{"from":"2020-01-01")", R"("series":[{"from":"2020-01-02")"),
            error_code::pack_dates, "/parameters/0/series");
    refused(with(small_pack(), R"("before":"2025-07-01")", R"("before":"2025-01-01")"), error_code::pack_dates,
            "/transitions/0");
    const auto gap =
        compiled(with(small_pack(), R"("before":"2025-01-01","model")", R"("before":"2024-12-31","model")"));
    REQUIRE(!gap);
    CHECK(gap.error().positions().size() == 2);
    CHECK(gap.error().positions()[1].pointer == "/versions/1");
}

TEST_CASE("json/rule_pack_faults: a label belongs to a name and a value of the models and can be read back") {
    const auto labelled = [](const std::string& name, const std::string& value, const std::string& label) {
        return with(small_pack(), R"("rules":{)",
                    R"("labels":{")" + name + R"(":{")" + value + R"(":)" + text_of(label) + R"(}},"rules":{)");
    };
    CHECK(compiled(labelled("age", "Old enough", "vanha kyllin")));
    refused(labelled("a/ge", "Old enough", "x"), error_code::pack_name, "/labels/a~1ge");
    refused(labelled("age", "no~such", "x"), error_code::pack_name, "/labels/age/no~0such");
    refused(labelled("age", "Old enough", ""), error_code::pack_text, "/labels/age/Old enough");
    for (const char* words : {"1 vuosi", "ei", "yli (65)", "a, b"}) {
        const auto made = compiled(labelled("age", "Old enough", words));
        REQUIRE(!made);
        CHECK(made.error().code() == error_code::pack_text);
        CHECK(made.error().positions().front().pointer.starts_with("/labels/age/Old enough/"));
    }
    const auto twice = compiled(
        with(small_pack(), R"("rules":{)",
             R"("labels":{"age":{"Old enough":)" + text_of("x") + R"(,"age":)" + text_of("x") + R"(}},"rules":{)"));
    REQUIRE(!twice);
    CHECK(twice.error().message().find("is the label of 'Old enough', too") != std::string::npos);
}

TEST_CASE("json/rule_pack_faults: a member that is named is of the models and is called in the four languages") {
    const auto called = [](const std::string& name, const std::string& words) {
        return with(small_pack(), R"("rules":{)",
                    R"("members":{")" + name + R"(":)" + text_of(words) + R"(},"rules":{)");
    };
    CHECK(compiled(called("Old enough", "riittävän vanha (kyllä tai ei)")));
    refused(called("no such member", "x"), error_code::pack_name, "/members/no such member");
    refused(called("Old enough", ""), error_code::pack_text, "/members/Old enough");
    refused(called("Old enough", "vanha: x"), error_code::pack_text, "/members/Old enough/en");
}

TEST_CASE("json/rule_pack_faults: texts, sources, names, values and models") {
    refused(with(small_pack(), R"("fi-selko":"d")", R"("fi-selko":"")"), error_code::pack_text, "/decisions/0/text");
    refused(with(small_pack(), R"("sources":["s"]},{"id":"v2")", R"("sources":[]},{"id":"v2")"),
            error_code::pack_source, "/versions/0/sources");
    refused(with(small_pack(), R"("sources":["s"]},{"id":"v2")", R"("sources":["x"]},{"id":"v2")"),
            error_code::pack_source, "/versions/0/sources");
    refused(with(small_pack(), R"("model":"m.dmn")", R"("model":"n.dmn")"), error_code::pack_name, "/versions/0/model");
    refused(with(small_pack(), R"("id":"v2")", R"("id":"v1")"), error_code::pack_name, "/versions/1/id");
    refused(with(small_pack(), R"("name":"Old enough")", R"("name":"Old")"), error_code::pack_name,
            "/decisions/0/name");
    refused(with(small_pack(), R"("name":"Old enough")", R"("since":"2020-01-02","name":"Old enough")"),
            error_code::pack_name, "/decisions/0/name");
    refused(with(small_pack(), R"("name":"age",)", R"("name":"years",)"), error_code::pack_name, "/inputs");
    refused(with(small_pack(), R"("rules":{"old")", R"("rules":{"odl")"), error_code::pack_text, "/rules");
    refused(with(small_pack(), "{age} on alle", "{ega} on alle"), error_code::pack_name, "/rules/young/text/fi");
    refused(with(small_pack(), R"("value":18)", R"("value":"18")"), error_code::pack_parameter,
            "/parameters/0/series/0/value");
    refused(with(small_pack(), R"("type":"number","series")", R"("type":"list","series")"), error_code::pack_parameter,
            "/parameters/0/type");
    refused(with(small_pack(), R"("version":"v1")", R"("version":"v0")"), error_code::pack_name,
            "/transitions/0/version");
    refused(with(small_pack(), R"("facts_read":"2026-08-17")", R"("facts_read":"2026-02-30")"),
            error_code::json_invalid_value, "/facts_read");
    const auto broken = json::try_read_pack(
        small_pack(), {{"m.dmn", with(small_model, "age &gt;= age limit", "age &gt;= (age limit")}}, "small.json");
    REQUIRE(!broken);
    CHECK(broken.error().code() == error_code::pack_model);
    CHECK(!broken.error().causes().empty());
}

TEST_CASE("json/rule_pack_faults: provisions that choose two versions on the same days contradict each other") {
    const std::string other = R"({"id":"others","text":)" + text_of("t") +
                              R"(,"event":{"from":"2024-05-31","before":"2024-07-01"},"version":"v2","sources":["s"]})";
    const std::string both = with(small_pack(), R"("transitions":[)", R"("transitions":[)" + other + ",");
    refused(both, error_code::pack_transition, "/transitions/0");
    CHECK(compiled(with(both, "2024-05-31", "2024-06-01")));
}

TEST_CASE("json/rule_pack_faults: the dates choose version and figures; unknown is not decided") {
    const auto pack = compiled(small_pack());
    REQUIRE_MESSAGE(pack, pack.error().to_string());
    const auto decided = [&](const char* on, const char* event, int age) {
        return pack->try_decide(question(on, event, age)).value();
    };
    CHECK(decided("2022-12-31", "2022-12-31", 18).value == feel::value(true));
    CHECK(decided("2023-01-01", "2023-01-01", 18).value == feel::value(false));
    CHECK(decided("2024-12-31", "2024-12-31", 21).version == "v1");
    CHECK(decided("2025-01-01", "2024-06-01", 21).version == "v2");
    const auto kept = decided("2025-06-30", "2024-05-31", 21);
    CHECK(kept.version == "v1");
    REQUIRE(kept.by_transition != nullptr);
    CHECK(kept.by_transition->id == "old cases");
    CHECK(decided("2025-07-01", "2024-05-31", 21).version == "v2");
    rules::pack_question unknown = question("2025-01-01", "2025-01-01", 1);
    unknown.inputs = {};
    const auto open = pack->try_decide(unknown);
    REQUIRE(open);
    CHECK(open->value.is_null());
    CHECK(open->rules.empty());
    const auto before = pack->try_decide(question("2019-12-31", "2019-12-31", 20));
    REQUIRE(!before);
    CHECK(before.error().code() == error_code::pack_not_in_force);
    CHECK(before.error().message().find("v1 (2020-01-01 to before 2025-01-01)") != std::string::npos);
}

TEST_CASE("json/rule_pack_faults: facts and parameters that are none, and overrides") {
    const auto pack = compiled(small_pack());
    REQUIRE(pack);
    rules::pack_question asked = question("2024-01-01", "2024-01-01", 20);
    asked.inputs.append("agee", feel::value(true));
    CHECK(pack->try_decide(asked).error().code() == error_code::not_found);
    asked = question("2024-01-01", "2024-01-01", 20);
    asked.inputs.append("age limit", feel::value(std::int64_t{1}));
    CHECK(pack->try_decide(asked).error().code() == error_code::pack_parameter);
    asked = question("2024-01-01", "2024-01-01", 20);
    asked.overrides.append("age limit", feel::value(std::int64_t{20}));
    CHECK(pack->try_decide(asked)->value == feel::value(true));
    CHECK(pack->try_decide(asked)->parameters.front().overridden);
    asked.decided = *time::parse_date("2022-01-01");
    CHECK(pack->try_decide(asked).error().code() == error_code::pack_parameter);
    asked.decision = "New enough";
    CHECK(pack->try_decide(asked).error().code() == error_code::not_found);
    asked.decision = "Old enough";
    asked.variant = "v3";
    CHECK(pack->try_decide(asked).error().code() == error_code::not_found);
}

TEST_CASE("json/rule_pack_faults: reasons hold facts and figures as a language writes them") {
    const auto pack = compiled(small_pack());
    REQUIRE(pack);
    const auto answer = pack->try_decide(question("2024-01-01", "2024-01-01", 12345));
    REQUIRE(answer);
    const auto fi = rules::explain(*answer, *pack, "fi");
    REQUIRE(fi.size() == 1);
    CHECK(fi[0].text == "12\u00a0345 on vähintään 20,5");
    CHECK(fi[0].sources == std::vector<std::string>{"1/2000 1 §"});
    CHECK(rules::explain(*answer, *pack, "en")[0].text == "12,345 on vähintään 20.5");
    CHECK(rules::value_words(feel::value(*time::parse_date("2026-06-01")), "sv") == "1.6.2026");
    CHECK(rules::value_words(feel::value(), "fi-selko") == "ei tiedossa");
    CHECK(rules::value_words(feel::value(*time::parse_days_duration("P7D")), "fi") == "7 päivää");
    CHECK(rules::value_words(feel::value(*time::parse_days_duration("P1D")), "sv") == "1 dag");
    CHECK(rules::value_words(feel::value(*time::parse_days_duration("PT36H")), "en") == "P1DT12H");
    CHECK(rules::value_words(feel::value(*time::parse_months_duration("P3M")), "en") == "3 months");
    CHECK(rules::value_words(feel::value(*time::parse_months_duration("P2Y")), "fi") == "2 vuotta");
}

TEST_CASE("json/rule_pack_faults: a figure that was not read is null with a review, and so is what rests on it") {
    const std::string unread = R"("value":null,"review":)" + text_of("lukematta");
    const auto made = compiled(with(small_pack(), R"("value":18)", unread));
    REQUIRE_MESSAGE(made, made.error().to_string());
    const auto before = made->try_decide(question("2022-12-31", "2022-12-31", 30)).value();
    CHECK(before.value.is_null());
    CHECK(before.rules.empty());
    REQUIRE(before.parameters.size() == 1);
    CHECK(before.parameters[0].value.is_null());
    CHECK(before.parameters[0].from->review);
    CHECK(made->try_decide(question("2023-01-01", "2023-01-01", 30)).value().value.is_true());
    refused(with(small_pack(), R"("value":18)", R"("value":null)"), error_code::pack_parameter,
            "/parameters/0/series/0/value");
}
