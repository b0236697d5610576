// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/pack.hpp>

#include "small_packs.hpp"

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("rules/pack");

namespace {

/// Twice the number; from 2025 on three times, and a variant with four times.
rules::pack three_models() {
    const auto times = [](const std::string& factor) {
        return small_packs::model({{"n", "number", {}}}, {{"D", "number", {"n"}, "n * " + factor}});
    };
    rules::pack_definition says = small_packs::definition(times("2"));
    says.versions.front().before = small_packs::day("2025-01-01");
    says.versions.push_back({"v2", small_packs::day("2025-01-01"), {}, "new.dmn", {"s"}, {}});
    says.variants.push_back(
        {"other", small_packs::day("2025-01-01"), {}, "other.dmn", {"s"}, small_packs::text("why")});
    rules::pack_sources with;
    with.models = {{"m.dmn", times("2")}, {"new.dmn", times("3")}, {"other.dmn", times("4")}};
    auto made = rules::try_compile_pack(std::move(says), with);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    return std::move(*made);
}

}  // namespace

TEST_CASE("rules/pack: each version and variant has its own program, which answers as the pack does") {
    const rules::pack pack = three_models();
    const feel::context seven{{"n", feel::value(7)}};
    int factor = 2;
    for (const auto* list : {&pack.says().versions, &pack.says().variants}) {
        for (const rules::pack_version& each : *list) {
            const std::string id = each.id;
            CAPTURE(id);
            const dmn::program& program = pack.program_of(each);
            feel::evaluation_context with;
            const auto plain = dmn::try_evaluate(program, *program.find("D"), seven, with);
            REQUIRE(plain);
            CHECK(feel::to_string(*plain) == std::to_string(7 * factor));
            rules::pack_question asked;
            asked.decision = "D";
            asked.decided = each.from;
            asked.variant = each.id;
            asked.inputs = seven;
            const auto answer = pack.try_decide(asked);
            REQUIRE(answer);
            CHECK(feel::to_string(answer->value) == feel::to_string(*plain));
            ++factor;
        }
    }
    // A copy shares the programs.
    const rules::pack copy = pack;
    CHECK(&copy.program_of(pack.says().versions.front()) == &pack.program_of(pack.says().versions.front()));
}

TEST_CASE("rules/pack: what a question tells wrongly is named by its place") {
    const rules::pack pack = three_models();
    rules::pack_question asked;
    asked.decision = "D";
    asked.decided = small_packs::day("2025-01-01");
    asked.inputs.set("m", feel::value(1));
    const auto unknown = pack.try_decide(asked);
    REQUIRE(!unknown);
    CHECK(unknown.error().code() == error_code::not_found);
    REQUIRE(unknown.error().positions().size() == 1);
    CHECK(unknown.error().positions().front().pointer == "/m");
    CHECK(std::string(unknown.error().message()).find("has no input 'm'; did you mean 'n'? Known: 'n'") !=
          std::string::npos);
    asked.inputs = feel::context();
    asked.overrides.set("o", feel::value(1));
    const auto override_of_nothing = pack.try_decide(asked);
    REQUIRE(!override_of_nothing);
    CHECK(override_of_nothing.error().code() == error_code::not_found);
    REQUIRE(override_of_nothing.error().positions().size() == 1);
    CHECK(override_of_nothing.error().positions().front().pointer == "/o");
    // RFC 6901: `/` and `~` of a name are no steps of the pointer.
    rules::pack_question slashed = asked;
    slashed.inputs.set("a/b~c", 1);
    const auto escaped = pack.try_decide(slashed);
    REQUIRE_FALSE(escaped);
    CHECK(escaped.error().positions().front().pointer == "/a~1b~0c");
}

TEST_CASE("rules/pack: sources are cited in their order, and keys that the pack does not have are passed over") {
    rules::pack_definition says;
    says.sources["a"] = {"1/2000", "1 §", {}, {}, small_packs::day("2026-01-01"), rules::source_mark::SEEN};
    says.sources["b"] = {"2/2001", "2 § 3 mom", {}, {}, small_packs::day("2026-01-01"), rules::source_mark::KNOWN};
    CHECK(rules::source_text(says.sources.at("b")) == "2/2001 2 § 3 mom");
    CHECK(rules::source_texts(says, {"b", "none", "a"}) == std::vector<std::string>{"2/2001 2 § 3 mom", "1/2000 1 §"});
    CHECK(rules::source_texts(says, {}).empty());
}

TEST_SUITE_END();
