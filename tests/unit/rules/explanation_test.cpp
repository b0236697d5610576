// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/explanation.hpp>

#include <doctest/doctest.h>

using namespace polku;

namespace {

dmn::trace example() {
    dmn::table_trace table;
    table.inputs = {{"age", feel::value(52)}, {"months", feel::value(14)}};
    table.matched.push_back({3, "rule_3", {{"source", "380/2023 82 §"}, {"empty", ""}}, feel::value("yes")});
    dmn::trace_step step;
    step.name = "Eligible";
    step.value = feel::value("yes");
    step.tables.push_back(table);
    dmn::trace trace;
    trace.steps.push_back(step);
    return trace;
}

}  // namespace

TEST_CASE("rules/explanation: inputs, rule and annotations stand as the trace has them, in each language") {
    const std::vector<std::string> english = rules::explain(example(), "en");
    REQUIRE(english.size() == 3);
    CHECK(english[0] == "Decision Eligible: yes.");
    CHECK(english[1] == "What the decision rests on: age = 52; months = 14.");
    CHECK(english[2] == "Rule that was met: 3 (rule_3); source: 380/2023 82 §.");
    for (const char* language : {"fi", "sv", "fi-selko"}) {
        const std::vector<std::string> other = rules::explain(example(), language);
        REQUIRE(other.size() == 3);
        CHECK(other[1] != english[1]);
        CHECK(other[1].find("age = 52; months = 14") != std::string::npos);
    }
}

TEST_CASE("rules/explanation: that no rule was met, or a default was used, is said") {
    dmn::trace trace = example();
    trace.steps[0].tables[0].matched.clear();
    trace.steps[0].tables[0].used_default = true;
    const std::vector<std::string> sentences = rules::explain(trace, "en");
    REQUIRE(sentences.size() == 4);
    CHECK(sentences[2] == "No rule was met.");
    CHECK(sentences[3] == "The default value was used.");
    CHECK(rules::is_language("sv"));
    CHECK_FALSE(rules::is_language("de"));
}
