// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/why_not.hpp>

#include <polku/dmn/nearest_rules.hpp>
#include <polku/dmn/xml_reader.hpp>

#include "dmn/table_builder.hpp"
#include "property_count.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace polku;
using tests::table_builder;

namespace {

const std::string space = "https://www.omg.org/spec/DMN/20230324/MODEL/";

dmn::program compiled(const std::string& body) {
    std::vector<dmn::model> models;
    models.push_back(
        dmn::try_read_model(
            "<definitions xmlns=\"" + space + "\" name=\"m\" namespace=\"m\">" + body + "</definitions>", "m.dmn")
            .value());
    return dmn::try_compile(std::move(models)).value();
}

std::string literal(const std::string& text) {
    return "<literalExpression><text>" + text + "</text></literalExpression>";
}

std::string needs(const std::string& id, bool decision = false) {
    const std::string kind = decision ? "requiredDecision" : "requiredInput";
    return "<informationRequirement><" + kind + " href=\"#" + id + "\"/></informationRequirement>";
}

std::string knows(const std::string& id) {
    return "<knowledgeRequirement><requiredKnowledge href=\"#" + id + "\"/></knowledgeRequirement>";
}

std::string input(const std::string& name, const std::string& type = "number") {
    return "<inputData id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" + type +
           "\"/></inputData>";
}

std::string decision(const std::string& name, const std::string& logic, const std::string& required = "",
                     const std::string& type = "") {
    return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
           (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>" + required + logic + "</decision>";
}

using rows = std::vector<std::vector<std::string>>;  // cells, and last the output

std::string table(const std::string& id, const std::vector<std::string>& inputs, const rows& rules,
                  const std::string& policy = "UNIQUE") {
    std::string out = "<decisionTable id=\"" + id + "\" hitPolicy=\"" + policy + "\">";
    for (const std::string& each : inputs)
        out += "<input><inputExpression><text>" + each + "</text></inputExpression></input>";
    out += "<output/>";
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        out += "<rule id=\"" + id + "_" + std::to_string(rule + 1) + "\">";
        for (std::size_t cell = 0; cell < rules[rule].size(); ++cell) {
            const std::string entry = cell + 1 == rules[rule].size() ? "outputEntry" : "inputEntry";
            out += "<" + entry + "><text>" + rules[rule][cell] + "</text></" + entry + ">";
        }
        out += "</rule>";
    }
    return out + "</decisionTable>";
}

dmn::why_not_report asked(const dmn::program& program, const std::string& name, const feel::context& inputs = {},
                          const dmn::trace_options& options = {}) {
    feel::evaluation_context with;
    return dmn::try_why_not(program, *program.find(name), inputs, with, options).value();
}

/// Each cause on one line: path, chain, origin, element.
std::string lines(const std::vector<dmn::null_cause>& causes) {
    std::string out;
    for (const dmn::null_cause& each : causes) {
        out += (out.empty() ? "" : "\n") + each.path + "|";
        for (std::size_t at = 0; at < each.chain.size(); ++at) out += (at == 0 ? "" : ">") + each.chain[at];
        out += "|" + std::string(dmn::text_of(each.origin)) + "|" + each.element;
    }
    return out;
}

std::string lines(const std::vector<dmn::near_rule>& rules) {
    std::string out;
    for (const dmn::near_rule& rule : rules) {
        out += (out.empty() ? "" : "\n") + std::to_string(rule.index);
        for (const dmn::failing_cell& each : rule.failing)
            out += " " + each.expression + "=" + feel::to_string(each.found) + " " + each.cell +
                   (each.is_null ? " null" : "");
    }
    return out;
}

const std::string two_columns =
    table("T", {"age", "town"},
          {{"&lt; 18", "\"Oulu\"", "\"a\""}, {"[18..30]", "\"Oulu\"", "\"b\""}, {"&gt; 60", "not(\"Oulu\")", "\"c\""}});

dmn::program two_column_program() {
    return compiled(input("age") + input("town", "string") + decision("D", two_columns, needs("age") + needs("town")) +
                    decision("after", literal("D + \"!\""), needs("D", true)));
}

}  // namespace

TEST_CASE("dmn/why_not: a table without a match names its nearest rules and the cells that fail") {
    const auto program = two_column_program();
    const auto report = asked(program, "after", {{"age", feel::value(40)}, {"town", feel::value("Oulu")}});
    CHECK(report.value.is_null());
    REQUIRE(report.tables.size() == 1);
    CHECK(report.tables[0].decision == "D");
    CHECK(report.tables[0].table.id == "T");
    CHECK(lines(report.tables[0].table.nearest) ==
          "1 age=40 < 18\n2 age=40 [18..30]\n3 age=40 > 60 town=Oulu not(\"Oulu\")");
    CHECK(report.tables[0].table.nearest[1].id == "T_2");
    CHECK(report.tables[0].table.nearest[2].failing[1].column == 2);
    CHECK(lines(report.nulls) == "|after>D|no_rule_matched|T");
}

TEST_CASE("dmn/why_not: a match leaves nothing to report, and the number of rules is an option") {
    const auto program = two_column_program();
    const auto matched = asked(program, "D", {{"age", feel::value(20)}, {"town", feel::value("Oulu")}});
    CHECK(matched.tables.empty());
    CHECK(matched.nulls.empty());
    dmn::trace_options one;
    one.nearest = 1;
    const auto report = asked(program, "D", {{"age", feel::value(40)}, {"town", feel::value("Oulu")}}, one);
    CHECK(lines(report.tables.at(0).table.nearest) == "1 age=40 < 18");
    one.nearest = 0;
    one.nulls = false;
    const auto bare = asked(program, "D", {{"age", feel::value(40)}, {"town", feel::value("Oulu")}}, one);
    CHECK(bare.tables.at(0).table.nearest.empty());
    CHECK(bare.nulls.empty());
}

TEST_CASE("dmn/why_not: a rule can be asked for by id or number, whether others match or not") {
    const auto program = two_column_program();
    const feel::context inputs{{"age", feel::value(20)}, {"town", feel::value("Oulu")}};
    dmn::trace_options options;
    options.rule = "T_3";
    const auto third = asked(program, "D", inputs, options);
    REQUIRE(third.tables.size() == 1);
    CHECK(lines(third.tables[0].table.asked) == "3 age=20 > 60 town=Oulu not(\"Oulu\")");
    CHECK(third.tables[0].table.nearest.empty());
    options.rule = "2";
    const auto met = asked(program, "D", inputs, options);
    REQUIRE(met.tables.at(0).table.asked.size() == 1);
    CHECK(met.tables[0].table.asked[0].failing.empty());
    feel::evaluation_context with;
    for (const char* none : {"4", "0", "T_9", "1x"}) {
        options.rule = none;
        const auto refused = dmn::try_why_not(program, *program.find("D"), inputs, with, options);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::not_found);
    }
}

TEST_CASE("dmn/why_not: an input of another kind makes cells null, and an input outside its values refuses the table") {
    const auto program = compiled(
        input("x", "Any") + decision("D", table("T", {"x"}, {{"&lt; 5", "1"}}), needs("x")) +
        decision("limited",
                 "<decisionTable id=\"L\"><input><inputExpression><text>x</text></inputExpression><inputValues>"
                 "<text>[0..9]</text></inputValues></input><output/><rule><inputEntry><text>-</text></inputEntry>"
                 "<outputEntry><text>1</text></outputEntry></rule></decisionTable>",
                 needs("x")));
    const auto report = asked(program, "D", {{"x", feel::value("text")}});
    CHECK(lines(report.tables.at(0).table.nearest) == "1 x=text < 5 null");
    const auto refused = asked(program, "limited", {{"x", feel::value(12)}});
    REQUIRE(refused.tables.size() == 1);
    CHECK(refused.tables[0].table.refused == 1);
    CHECK(refused.tables[0].table.nearest.empty());
    CHECK(lines(refused.nulls) == "|limited|outside_input_values|x");
}

TEST_CASE("dmn/why_not: a null is followed to the input that nobody gave, or that does not fit") {
    const auto program = compiled(
        "<itemDefinition name=\"tGrade\"><typeRef>string</typeRef><allowedValues><text>\"A\"</text>"
        "</allowedValues></itemDefinition>" +
        input("income") + input("rent") + input("grade", "tGrade") +
        decision("left", literal("income - rent"), needs("income") + needs("rent")) +
        decision("share", literal("left / 2"), needs("left", true)) +
        decision("graded", literal("grade + \"!\""), needs("grade")));
    CHECK(lines(asked(program, "share", {{"income", feel::value(5)}}).nulls) == "|share>left|input_not_given|rent");
    CHECK(lines(asked(program, "share").nulls) ==
          "|share>left|input_not_given|income\n|share>left|input_not_given|rent");
    CHECK(lines(asked(program, "share", {{"income", feel::value(5)}, {"rent", feel::value()}}).nulls) ==
          "|share>left|input_null|rent");
    CHECK(lines(asked(program, "graded", {{"grade", feel::value("B")}}).nulls) == "|graded|input_refused|grade");
    CHECK(asked(program, "share", {{"income", feel::value(5)}, {"rent", feel::value(1)}}).nulls.empty());
}

TEST_CASE("dmn/why_not: an expression whose operands are known is the origin itself") {
    const auto program =
        compiled(input("x") + decision("D", literal("(x - 1) / (x - 1) + 2"), needs("x")) +
                 decision("typed", literal("\"text\""), "", "number") +
                 decision("branch", literal("if x &gt; 1 then x.y else null"), needs("x")) + decision("empty", ""));
    const auto zero = asked(program, "D", {{"x", feel::value(1)}});
    CHECK(lines(zero.nulls) == "|D|expression|(x - 1) / (x - 1) + 2");
    CHECK(zero.nulls.at(0).reason == feel::null_reason::division_by_zero);
    CHECK(lines(asked(program, "typed").nulls) == "|typed|type_refused|typed");
    CHECK(lines(asked(program, "branch", {{"x", feel::value(0)}}).nulls) ==
          "|branch|expression|if x > 1 then x.y else null");
    CHECK(lines(asked(program, "empty").nulls) == "|empty|no_logic|");
}

TEST_CASE("dmn/why_not: entries of contexts and items of lists have their own causes") {
    const std::string boxed = "<context><contextEntry><variable name=\"a\"/>" + literal("p.age + 1") +
                              "</contextEntry><contextEntry><variable name=\"b\"/>" + literal("a * 2") +
                              "</contextEntry><contextEntry><variable name=\"c\"/><list>" + literal("1") +
                              literal("b") + "</list></contextEntry><contextEntry><variable name=\"d\"/>" +
                              literal("4") + "</contextEntry></context>";
    const auto program = compiled(input("p", "Any") + decision("D", boxed, needs("p")) +
                                  decision("uses", literal("{z: D.c[2], y: [D.b, 1]}"), needs("D", true)));
    const feel::context inputs{{"p", feel::value(feel::context{{"name", feel::value("N")}})}};
    CHECK(lines(asked(program, "D", inputs).nulls) ==
          "a|D|input_not_given|p.age\nb|D|input_not_given|p.age\nc[2]|D|input_not_given|p.age");
    const auto uses = asked(program, "uses", inputs);
    CHECK(feel::to_string(uses.value) == "{z: null, y: [null, 1]}");
    CHECK(lines(uses.nulls) == "z|uses|expression|{z: D.c[2], y: [D.b, 1]}\ny[1]|uses>D|input_not_given|p.age");
}

TEST_CASE("dmn/why_not: tables name the rule output, the hit policy, or the null input behind a missing match") {
    const auto program = compiled(input("x") + decision("up", literal("x + 1"), needs("x")) +
                                  decision("output", table("O", {"up"}, {{"-", "up * 2"}}), needs("up", true)) +
                                  decision("said", table("S", {"up"}, {{"-", "null"}}), needs("up", true)) +
                                  decision("many", table("M", {"1"}, {{"-", "1"}, {"1", "2"}})) +
                                  decision("missing", table("N", {"up"}, {{"&gt; 0", "1"}}), needs("up", true)));
    CHECK(lines(asked(program, "output").nulls) == "|output>up|input_not_given|x");
    CHECK(lines(asked(program, "said").nulls) == "|said|rule_output|S_1");
    CHECK(lines(asked(program, "many").nulls) == "|many|hit_policy_violated|M");
    CHECK(lines(asked(program, "missing").nulls) == "|missing|no_rule_matched|N\n|missing>up|input_not_given|x");
    CHECK(lines(asked(program, "missing", {{"x", feel::value(-5)}}).nulls) == "|missing|no_rule_matched|N");
}

TEST_CASE("dmn/why_not: a knowledge model's table is named, and so are null arguments of others") {
    const std::string model =
        "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic><formalParameter "
        "name=\"n\"/>" +
        table("F", {"n"}, {{"&lt; 3", "1"}}) + "</encapsulatedLogic></businessKnowledgeModel>";
    const auto program = compiled(input("x") + model + decision("call", literal("f(x) + 1"), needs("x") + knows("f")) +
                                  decision("built", literal("abs(x)"), needs("x")));
    const auto report = asked(program, "call", {{"x", feel::value(5)}});
    REQUIRE(report.tables.size() == 1);
    CHECK(report.tables[0].decision == "call");
    CHECK(report.tables[0].table.owner == "f");
    CHECK(lines(report.nulls) == "|call|no_rule_matched|F");
    CHECK(lines(asked(program, "built").nulls) == "|built|input_not_given|x");
    CHECK(lines(asked(program, "f", {{"n", feel::value(7)}}).nulls) == "|f|no_rule_matched|F");
}

TEST_CASE("dmn/why_not: decisions inside a service keep their steps apart from the decision that calls it") {
    const std::string service =
        "<decisionService id=\"s\" name=\"s\"><variable name=\"s\"/><outputDecision href=\"#inner\"/>"
        "<inputData href=\"#x\"/></decisionService>";
    const auto program =
        compiled(input("x") + decision("inner", table("I", {"x"}, {{"&lt; 3", "1"}}), needs("x")) + service +
                 decision("outer",
                          "<context><contextEntry><variable name=\"t\"/>" + table("O", {"x"}, {{"&lt; 3", "1"}}) +
                              "</contextEntry><contextEntry><variable name=\"u\"/>" + literal("s(9)") +
                              "</contextEntry></context>",
                          needs("x") + knows("s")));
    dmn::trace seen;
    feel::evaluation_context with;
    const auto made = dmn::try_evaluate(program, *program.find("outer"), {{"x", feel::value(1)}}, with, &seen);
    REQUIRE(made);
    CHECK(feel::to_string(*made) == "{t: 1, u: null}");
    REQUIRE(seen.steps.size() == 2);
    CHECK(seen.steps[0].name == "inner");
    CHECK(seen.steps[0].run == 1);
    REQUIRE(seen.steps[0].tables.size() == 1);
    CHECK(seen.steps[0].tables[0].id == "I");
    REQUIRE(seen.steps[1].tables.size() == 1);
    CHECK(seen.steps[1].tables[0].id == "O");
}

TEST_CASE("dmn/why_not: records are bounded, and answers and limits are those without a trace") {
    const std::string model =
        "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic><formalParameter "
        "name=\"n\"/>" +
        table("F", {"n"}, {{"&lt; 3", "1"}}) + "</encapsulatedLogic></businessKnowledgeModel>";
    const auto program = compiled(model + decision("D", literal("count(for i in 1..500 return f(i))"), knows("f")));
    dmn::trace seen;
    seen.with.records = 100;
    seen.with.steps = 50;
    feel::evaluation_context with;
    const auto plain = dmn::try_evaluate(program, *program.find("D"), {}, with);
    const std::uint64_t steps = with.steps();
    const auto traced = dmn::try_evaluate(program, *program.find("D"), {}, with, &seen);
    REQUIRE(traced);
    CHECK(*traced == *plain);
    CHECK(with.steps() == steps);
    REQUIRE(seen.steps.size() == 1);
    CHECK(seen.steps[0].tables.size() == 100);
    CHECK(seen.omitted == 400);
    CHECK(seen.spent <= 150);
    CHECK(seen.steps[0].tables.back().nearest.empty());
}

TEST_CASE("dmn/why_not: nearest rules are those of brute force over random tables") {
    const std::size_t count = std::max<std::size_t>(property_count(2000) / 10, 1);
    std::mt19937_64 random(71);
    const auto below = [&](std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
    };
    const std::vector<std::string> cells{"-",    "1",     "< 3",      "[2..4]",  "not(2)",
                                         "null", "\"a\"", "\"a\", 5", "? > in1", ">= 2"};
    const std::vector<feel::value> values{feel::value(), feel::value(1), feel::value(2), feel::value(5),
                                          feel::value("a")};
    for (std::size_t turn = 0; turn < count; ++turn) {
        const std::size_t columns = 1 + below(4);
        table_builder builder(dmn::hit_policy::first, columns, 1);
        std::vector<std::vector<std::string>> texts(1 + below(12));
        for (auto& rule : texts) {
            for (std::size_t column = 0; column < columns; ++column) rule.push_back(cells[below(cells.size())]);
            builder.rule(rule, {"1"});
        }
        const dmn::compiled_table made = builder.finish();
        std::vector<feel::value> inputs;
        for (std::size_t column = 0; column < columns; ++column) inputs.push_back(values[below(values.size())]);
        const std::size_t limit = below(texts.size() + 2);

        feel::scope names;
        for (std::size_t column = 1; column <= columns; ++column) names.add("in" + std::to_string(column));
        feel::evaluation_context with;
        std::vector<std::pair<std::size_t, std::string>> expected;  // failing cells, and the line
        for (std::size_t rule = 0; rule < texts.size(); ++rule) {
            std::size_t failing = 0;
            std::string line = std::to_string(rule + 1);
            for (std::size_t column = 0; column < columns; ++column) {
                const auto tests = feel::try_compile_unary_tests(texts[rule][column], names, feel::type::any()).value();
                const feel::value verdict = tests.accepts(with, inputs, inputs[column]);
                if (verdict.is_true()) continue;
                ++failing;
                line += " in" + std::to_string(column + 1) + "=" + feel::to_string(inputs[column]) + " " +
                        texts[rule][column] + (verdict.is_null() ? " null" : "");
            }
            expected.emplace_back(failing, line);
        }
        std::stable_sort(expected.begin(), expected.end(),
                         [](const auto& left, const auto& right) { return left.first < right.first; });
        std::string wanted;
        for (std::size_t each = 0; each < std::min(limit, expected.size()); ++each)
            wanted += (wanted.empty() ? "" : "\n") + expected[each].second;
        REQUIRE(lines(dmn::nearest_rules(made, with, inputs, inputs, limit)) == wanted);
    }
}
