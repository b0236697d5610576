// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/why_not.hpp>
#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace polku;

namespace {

const std::string open_model =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"m\">";

std::string literal(const std::string& text) {
    return "<literalExpression><text>" + text + "</text></literalExpression>";
}

std::string decision(const std::string& logic, const std::string& required = "") {
    return "<decision id=\"D\" name=\"D\"><variable name=\"D\"/>" + required + logic + "</decision>";
}

std::string knows(const std::string& id) {
    return "<knowledgeRequirement><requiredKnowledge href=\"#" + id + "\"/></knowledgeRequirement>";
}

std::string model_of_knowledge(const std::string& name, const std::string& logic, const std::string& required = "") {
    return "<businessKnowledgeModel id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
           "\"/><encapsulatedLogic><formalParameter name=\"n\"/>" + logic + "</encapsulatedLogic>" + required +
           "</businessKnowledgeModel>";
}

result<dmn::program> compiled(const std::string& body) {
    auto model = dmn::try_read_model(open_model + body + "</definitions>", "m.dmn");
    if (!model) return std::move(model).error();
    std::vector<dmn::model> models;
    models.push_back(std::move(*model));
    return dmn::try_compile(std::move(models));
}

/// Number of the error that D ends with under small limits, with and without a trace; 0 for a value.
int ending(const std::string& body) {
    const auto program = compiled(body);
    REQUIRE(program);
    feel::limits bounds;
    bounds.steps = 200'000;
    bounds.depth = 200;
    bounds.list_length = 50'000;
    bounds.text_bytes = 1U << 20U;
    feel::evaluation_context with;
    with.set_limits(bounds);
    const auto plain = dmn::try_evaluate(*program, *program->find("D"), {}, with);
    const auto told = dmn::try_why_not(*program, *program->find("D"), {}, with);
    REQUIRE(static_cast<bool>(plain) == static_cast<bool>(told));
    return plain ? 0 : static_cast<int>(plain.error().code());
}

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int each = 0; each < times; ++each) out += text;
    return out;
}

}  // namespace

TEST_CASE("dmn/hostile: knowledge models that call themselves or each other without end stop at the limit of depth") {
    const int depth = static_cast<int>(error_code::limit_depth);
    CHECK(ending(model_of_knowledge("f", literal("f(n + 1)"), knows("f")) + decision(literal("f(1)"), knows("f"))) ==
          depth);
    CHECK(ending(model_of_knowledge("f", literal("[f(n), f(n)]"), knows("f")) +
                 decision(literal("f(1)"), knows("f"))) == depth);
    const std::string table =
        "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>n</text></inputExpression></input><output/>"
        "<rule><inputEntry><text>&lt; f(n)</text></inputEntry><outputEntry><text>f(n - 1)</text></outputEntry></rule>"
        "</decisionTable>";
    CHECK(ending(model_of_knowledge("f", table, knows("f")) + decision(literal("f(1)"), knows("f"))) == depth);
}

TEST_CASE("dmn/hostile: a recursion that branches stops at the limit of steps") {
    const std::string branching = "if n &lt;= 1 then 1 else f(n - 1) + f(n - 2)";
    CHECK(ending(model_of_knowledge("f", literal(branching), knows("f")) + decision(literal("f(60)"), knows("f"))) ==
          static_cast<int>(error_code::limit_steps));
}

TEST_CASE("dmn/hostile: boxed loops count the work of a partial result that the body reads, and only then") {
    const auto loop = [](const std::string& over, const std::string& body) {
        return decision("<for iteratorVariable=\"i\"><in>" + literal(over) + "</in><return>" + literal(body) +
                        "</return></for>");
    };
    CHECK(ending(loop("for j in 1..10**15 return j", "i")) == static_cast<int>(error_code::limit_length));
    CHECK(ending(loop("for j in 1..20000 return j", "i + 1")) == 0);
    CHECK(ending(loop("for j in 1..20000 return j", "count(partial)")) == static_cast<int>(error_code::limit_steps));
    CHECK(ending(loop("for j in 1..200 return j", "count(partial)")) == 0);
}

TEST_CASE("dmn/hostile: a value that shares its parts is traced in bounded time") {
    const std::string shared = "for i in 1..60 return partial";
    CHECK(ending(decision(literal(shared))) == 0);
    CHECK(ending(decision(literal("{a: null, b: " + shared + "}"))) == 0);
    CHECK(
        ending(decision("<decisionTable hitPolicy=\"ANY\"><input><inputExpression><text>" + shared +
                        "</text></inputExpression></input><output/><rule><inputEntry><text>" + shared +
                        "</text></inputEntry><outputEntry><text>" + shared +
                        "</text></outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>" +
                        shared + "</text></outputEntry></rule></decisionTable>")) == 0);
}

TEST_CASE("dmn/hostile: XML and boxed expressions that nest without end are refused") {
    for (const int levels : {300, 20'000}) {
        const auto boxed = compiled(decision(repeated("<list>", levels) + literal("1") + repeated("</list>", levels)));
        REQUIRE_FALSE(boxed);
        const auto text = compiled(decision(literal(repeated("[", levels) + repeated("]", levels))));
        REQUIRE(text);
        CHECK_FALSE(text->diagnostics().empty());
    }
    const auto types = compiled(repeated("<itemDefinition name=\"t\"><itemComponent name=\"c\">", 1) +
                                repeated("<itemComponent name=\"c\">", 5'000) + repeated("</itemComponent>", 5'001) +
                                "</itemDefinition>" + decision(literal("1")));
    CHECK_FALSE(types);
    const auto sound = compiled(decision(repeated("<list>", 100) + literal("1") + repeated("</list>", 100)));
    CHECK(sound);
}

TEST_CASE("dmn/hostile: item definitions that hold themselves do not send anybody round in circles") {
    const auto program = compiled(
        "<itemDefinition name=\"t\"><itemComponent name=\"x\"><typeRef>t</typeRef></itemComponent></itemDefinition>"
        "<itemDefinition name=\"u\"><typeRef>v</typeRef></itemDefinition>"
        "<itemDefinition name=\"v\"><typeRef>u</typeRef></itemDefinition>" +
        decision(literal("{x: {x: {x: null}}}")));
    if (program) {
        feel::evaluation_context with;
        CHECK(dmn::try_evaluate(*program, *program->find("D"), {}, with));
    } else {
        CHECK_FALSE(program.error().message().empty());
    }
}

TEST_CASE("dmn/hostile: a table of three thousand rules answers and tells its nearest rules within small limits") {
    std::string rules;
    for (int each = 0; each < 3'000; ++each)
        rules += "<rule><inputEntry><text>" + std::to_string(each) + "</text></inputEntry><outputEntry><text>" +
                 std::to_string(each) + "</text></outputEntry></rule>";
    const auto program = compiled(decision(
        "<decisionTable hitPolicy=\"UNIQUE\"><input><inputExpression><text>0.5</text></inputExpression></input>"
        "<output/>" +
        rules + "</decisionTable>"));
    REQUIRE(program);
    feel::limits bounds;
    bounds.steps = 100'000;
    feel::evaluation_context with;
    with.set_limits(bounds);
    const auto told = dmn::try_why_not(*program, *program->find("D"), {}, with);
    REQUIRE(told);
    REQUIRE(told->tables.size() == 1);
    CHECK(told->tables[0].table.nearest.size() == 3);
    CHECK(with.steps() < 1'000);  // asking is not counted as evaluating
    dmn::trace_options few;
    few.steps = 1'000;
    const auto bounded = dmn::try_why_not(*program, *program->find("D"), {}, with, few);
    REQUIRE(bounded);
    CHECK(bounded->tables.at(0).table.nearest.empty());
}
