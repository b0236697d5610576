// SPDX-License-Identifier: Apache-2.0
#include "small_packs.hpp"

#include <polku/rules/input_atoms.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;
using small_packs::compiled;
using small_packs::definition;
using small_packs::model;
using small_packs::parameter;
using small_packs::table;

TEST_SUITE_BEGIN("rules/input_atoms");

namespace {

std::vector<rules::input_atoms> atoms(const rules::pack& of, const std::string& decision,
                                      const std::optional<rules::pack_goal>& goal = {}) {
    rules::pack_question asked;
    asked.decision = decision;
    asked.decided = small_packs::day("2026-01-01");
    auto made = rules::try_input_atoms(of, asked, goal);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    return std::move(*made);
}

/// The classes as texts, an exclamation mark behind those that are not whole.
std::string line(const rules::input_atoms& of) {
    std::string all;
    for (const rules::input_atom& each : of.atoms)
        all += (all.empty() ? "" : " | ") + each.text + (each.is_whole ? "" : "!");
    return all;
}

rules::pack pack_of(const std::vector<small_packs::input>& inputs, const std::vector<small_packs::decision>& decisions,
                    std::vector<rules::parameter> parameters = {}) {
    const std::string text = model(inputs, decisions);
    return compiled(definition(text, std::move(parameters)), text);
}

}  // namespace

TEST_CASE("cells of a table, literals and parameters cut what they are compared with") {
    const rules::pack pack = pack_of(
        {{"age"}, {"limit"}, {"kind", "string"}, {"ill", "boolean"}, {"start", "date"}},
        {{"Kind",
          "string",
          {"kind", "age"},
          table("k", "FIRST", {"kind", "age"},
                {{"\"a\", \"b\"", "[18..65)", "\"x\""}, {"not(\"c\")", "-", "\"y\""}, {"-", "> 100", "\"z\""}})},
         {"Out",
          "boolean",
          {"Kind", "ill", "age", "limit", "start"},
          "if Kind = \"x\" and ill then age >= limit else start < date(\"2025-01-01\") + duration(\"P1D\")"}},
        {parameter("limit", "number", 30)});
    const auto made = atoms(pack, "Out");
    REQUIRE(made.size() == 4);
    std::map<std::string, std::string> lines;
    for (const auto& each : made) {
        lines[each.name] = line(each);
        CHECK(each.exact);
        CHECK(each.why.empty());
    }
    CHECK(lines["age"] == "< 18 | 18 | (18..30) | 30 | (30..65) | 65 | (65..100) | 100 | > 100");
    CHECK(lines["kind"] == R"("a" | "b" | "c" | not("a", "b", "c"))");
    CHECK(lines["ill"] == "true | false");
    CHECK(lines["start"] == "< 2025-01-02 | 2025-01-02 | > 2025-01-02");
    // The decision above reaches fewer inputs.
    CHECK(atoms(pack, "Kind").size() == 2);
}

TEST_CASE("a value that is computed with or answered counts exactly, a goal sees a part of the answer only") {
    const rules::pack pack =
        pack_of({{"pay"}, {"share"}, {"name", "string"}, {"asked", "boolean"}, {"other", "number"}},
                {{"Aid",
                  "",
                  {"pay", "share", "name", "asked", "other"},
                  R"({granted: asked and other > 3, who: name, amount: if pay * share > 10 then 10 else share})"}});
    const auto whole = atoms(pack, "Aid");
    CHECK(line(whole[0]) == "-!");
    CHECK(whole[0].why == "{granted: asked and other > 3, who: name, amount: if pay * share > 10 then 10 else share}");
    CHECK(line(whole[1]) == "-!");
    CHECK(line(whole[2]) == "-!");
    CHECK(line(whole[4]) == "< 3 | 3 | > 3");
    const auto seen = atoms(pack, "Aid", rules::pack_goal{"granted", "true"});
    CHECK(line(seen[2]) == "-");
    CHECK(line(seen[3]) == "true | false");
    const auto named = atoms(pack, "Aid", rules::pack_goal{"who", "\"Esimerkki\", \"other\""});
    CHECK(line(named[2]) == R"("Esimerkki" | "other" | not("Esimerkki", "other"))");
    CHECK(named[2].atoms.back().representative == feel::value("other text"));
    const auto amount = atoms(pack, "Aid", rules::pack_goal{"amount", ">= 5"});
    CHECK(line(amount[1]) == "< 5! | 5 | > 5!");
    CHECK_FALSE(rules::try_input_atoms(pack, pack.says().versions[0], "Aid", {}, rules::pack_goal{"", "> ("}));
}

TEST_CASE("two facts that are compared with each other, and figures that nobody knows, count exactly") {
    const std::string text = model({{"used"}, {"planned"}, {"limit"}, {"day", "date"}, {"end", "date"}},
                                   {{"Fits", "boolean", {"used", "planned", "limit"}, "used <= planned or used < 7"},
                                    {"Late", "boolean", {"day", "end"}, "day > end + duration(\"P1M\")"},
                                    {"Limited", "boolean", {"used", "limit"}, "used < limit"}});
    const rules::pack pack = compiled(definition(text, {parameter("limit", "number", 5)}), text);
    CHECK(line(atoms(pack, "Fits")[0]) == "< 7! | 7 | > 7!");
    CHECK(line(atoms(pack, "Fits")[1]) == "-!");
    CHECK(line(atoms(pack, "Late")[0]) == "-!");
    CHECK(line(atoms(pack, "Limited")[0]) == "< 5 | 5 | > 5");
    const auto unknown = rules::try_input_atoms(pack, pack.says().versions[0], "Limited", {});
    REQUIRE(unknown);
    CHECK(line(unknown->front()) == "-!");
    const auto wrong = rules::try_input_atoms(pack, pack.says().versions[0], "No such", {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code() == error_code::not_found);
}

TEST_CASE(
    "the parameters are those of the question's answer: an override counts, and one that is not allowed is refused") {
    const std::string text = model({{"used"}, {"limit"}}, {{"Limited", "boolean", {"used", "limit"}, "used < limit"}});
    rules::pack_question asked;
    asked.decision = "Limited";
    asked.decided = small_packs::day("2026-01-01");
    asked.overrides.set("limit", feel::value(8));
    const rules::pack by_law = compiled(definition(text, {parameter("limit", "number", 5)}), text);
    const auto refused = rules::try_input_atoms(by_law, asked);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::pack_parameter);
    rules::parameter local = parameter("limit", "number", 5);
    local.series.front().override_ = true;
    const auto moved = rules::try_input_atoms(compiled(definition(text, {local}), text), asked);
    REQUIRE(moved);
    CHECK(line(moved->front()) == "< 8 | 8 | > 8");
    asked.inputs.set("unheard of", feel::value(1));
    const auto unknown = rules::try_input_atoms(by_law, asked);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code() == error_code::not_found);
}

TEST_CASE("allowed values bound the classes; lists are one class") {
    const rules::pack pack =
        pack_of({{"share", "number", "[0..100]"},
                 {"kind", "string", "\"a\",\"b\""},
                 {"months", "number", "1,2,3"},
                 {"grants", "list"},
                 {"ill", "boolean"}},
                {{"Out",
                  "string",
                  {"share", "kind", "months", "grants", "ill"},
                  R"(if share >= 50 and count(grants) > 2 then kind else if months * 2 = 4 then "b" else "c")"}});
    const auto made = atoms(pack, "Out");
    CHECK(line(made[0]) == "0 | (0..50) | 50 | (50..100) | 100");
    CHECK(line(made[1]) == R"("a" | "b")");
    CHECK(line(made[2]) == "1 | 2 | 3");
    CHECK(line(made[3]) == "-!");
    CHECK_FALSE(made[3].exact);
    CHECK(made[1].exact);
}

TEST_CASE("lists of constants, filters, loops, choices and functions are followed") {
    const rules::pack pack = pack_of(
        {{"a"}, {"b"}, {"c"}, {"d", "string"}, {"e"}},
        {{"Marks",
          "",
          {"a", "b"},
          table("m", "COLLECT", {"a", "b"}, {{"< 1", "-", "\"low\""}, {"-", ">= 2", "\"ok\""}})},
         {"Loop",
          "boolean",
          {"c", "Marks"},
          R"(some mark in Marks[item != "ok"] satisfies mark = "low" and (for x in [4, 5] return x)[1] < c)"},
         {"Capped", "number", {"e"}, "min(max(0, e), 9)"},
         {"Out", "boolean", {"Loop", "d", "Capped"}, R"(Loop and (upper case(d) = "X" or Capped between 3 and 6))"}});
    const auto made = atoms(pack, "Out");
    std::map<std::string, std::string> lines;
    for (const auto& each : made) lines[each.name] = line(each);
    CHECK(lines["a"] == "< 1 | 1 | > 1");
    CHECK(lines["b"] == "< 2 | 2 | > 2");
    CHECK(lines["c"] == "< 4 | 4 | (4..5) | 5 | > 5");
    CHECK(lines["d"] == "-!");
    CHECK(lines["e"] == "< 0 | 0 | (0..3) | 3 | (3..6) | 6 | (6..9) | 9 | > 9");
}

TEST_SUITE_END();
