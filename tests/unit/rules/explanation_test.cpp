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

TEST_CASE("rules/explanation: nearest rules, the rule asked for and causes of nulls, in each language") {
    dmn::trace trace = example();
    dmn::table_trace& table = trace.steps[0].tables[0];
    table.matched.clear();
    table.nearest.push_back({2, "rule_2", {{1, "age", feel::value(52), "> 60", false}}});
    table.asked.push_back({4, "", {}});
    trace.steps[0].value = feel::value();
    trace.steps[0].nulls.push_back(
        {"", {"Eligible", "Age"}, dmn::null_origin::input_not_given, "birthday", feel::null_reason::unknown_input});
    trace.steps[0].nulls.push_back({"a.b", {"Eligible"}, dmn::null_origin::no_logic, "", feel::null_reason::no_logic});
    const std::vector<std::string> english = rules::explain(trace, "en");
    REQUIRE(english.size() == 7);
    CHECK(english[3] == "Nearest rule that was not met: 2 (rule_2); age = 52, required: > 60.");
    CHECK(english[4] == "Rule that was asked about: 4; all conditions are met.");
    CHECK(english[5] == "No value: Eligible; input that was not given: birthday; decisions: Eligible, Age.");
    CHECK(english[6] == "No value: a.b; decision without rules.");
    for (const char* language : {"fi", "sv", "fi-selko"}) {
        const std::vector<std::string> other = rules::explain(trace, language);
        REQUIRE(other.size() == 7);
        for (std::size_t each = 3; each < 7; ++each) CHECK(other[each] != english[each]);
        CHECK(other[3].find("age = 52, ") != std::string::npos);
        CHECK(other[5].find(": birthday; ") != std::string::npos);
    }
}

TEST_CASE("rules/explanation: an input outside its values is named instead of rules") {
    dmn::trace trace = example();
    trace.steps[0].tables[0].matched.clear();
    trace.steps[0].tables[0].refused = 2;
    const std::vector<std::string> sentences = rules::explain(trace, "en");
    REQUIRE(sentences.size() == 4);
    CHECK(sentences[3] == "Input that is not allowed: months = 14.");
    trace.steps[0].tables[0].refused = 9;  // no such column: nothing is said of it
    CHECK(rules::explain(trace, "en").size() == 3);
}
