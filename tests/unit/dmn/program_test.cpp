// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/program.hpp>

#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;

namespace {

const std::string space = "https://www.omg.org/spec/DMN/20230324/MODEL/";

dmn::model model_of(const std::string& body, const std::string& name = "m") {
    return dmn::try_read_model("<definitions xmlns=\"" + space + "\" name=\"" + name +
                                   "\" namespace=\"https://example.org/" + name + "\">" + body + "</definitions>",
                               name + ".dmn")
        .value();
}

result<dmn::program> compiled(const std::string& body) {
    std::vector<dmn::model> models;
    models.push_back(model_of(body));
    return dmn::try_compile(std::move(models));
}

std::string literal(const std::string& text) {
    return "<literalExpression><text>" + text + "</text></literalExpression>";
}

std::string decision(const std::string& name, const std::string& logic, const std::string& requires_what = "",
                     const std::string& type = "") {
    return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
           (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>" + requires_what + logic + "</decision>";
}

std::string needs(const std::string& kind, const std::string& id) {
    const std::string around = kind == "requiredKnowledge" ? "knowledgeRequirement" : "informationRequirement";
    return "<" + around + "><" + kind + " href=\"#" + id + "\"/></" + around + ">";
}

std::string input(const std::string& name, const std::string& type = "number") {
    return "<inputData id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" + type +
           "\"/></inputData>";
}

std::string answer(const dmn::program& program, const std::string& name, const feel::context& inputs = {}) {
    feel::evaluation_context with;
    const auto what = program.find(name);
    REQUIRE(what);
    const auto made = dmn::try_evaluate(program, *what, inputs, with);
    return made ? feel::to_string(*made) : made.error().to_string();
}

}  // namespace

TEST_CASE("dmn/program: only the needed decisions run, each once, after what they require") {
    const auto program = compiled(input("x") + decision("double", literal("x * 2"), needs("requiredInput", "x")) +
                                  decision("square", literal("double ** 2"), needs("requiredDecision", "double")) +
                                  decision("sum", literal("double + square"),
                                           needs("requiredDecision", "square") + needs("requiredDecision", "double")) +
                                  decision("unused", literal("1")));
    REQUIRE(program);
    dmn::trace steps;
    feel::evaluation_context with;
    const auto made = dmn::try_evaluate(*program, *program->find("sum"), {{"x", feel::value(3)}}, with, &steps);
    REQUIRE(made);
    CHECK(feel::to_string(*made) == "42");
    REQUIRE(steps.steps.size() == 3);
    CHECK(steps.steps[0].name == "double");
    CHECK(steps.steps[1].name == "square");
    CHECK(steps.steps[2].name == "sum");
}

TEST_CASE("dmn/program: an absent input is null, an undeclared one an error with the nearest name") {
    const auto program = compiled(input("income") + input("age") +
                                  decision("d", literal("income = null"), needs("requiredInput", "income")));
    REQUIRE(program);
    CHECK(answer(*program, "d") == "true");
    // Declared for other decisions: a whole record may be given.
    CHECK(answer(*program, "d", {{"age", feel::value(3)}}) == "true");
    CHECK(answer(*program, "d", {{"incomes", feel::value(1)}}) ==
          "d (/incomes): 'incomes' is no input of 'd'; the nearest is 'income'");
}

TEST_CASE("dmn/program: inputs and results are coerced to their types and keep their constraints") {
    const std::string grade =
        "<itemDefinition name=\"tGrade\"><typeRef>string</typeRef><allowedValues><text>\"A\",\"B\""
        "</text></allowedValues></itemDefinition>";
    const auto program = compiled(
        grade + input("grade", "tGrade") + decision("d", literal("grade"), needs("requiredInput", "grade"), "tGrade") +
        decision("n", literal("\"text\""), "", "number") + decision("one", literal("[5]"), "", "number"));
    REQUIRE(program);
    CHECK(answer(*program, "d", {{"grade", feel::value("A")}}) == "A");
    CHECK(answer(*program, "d", {{"grade", feel::value("C")}}) == "null");
    CHECK(answer(*program, "n") == "null");
    CHECK(answer(*program, "one") == "5");
    REQUIRE(program->inputs(*program->find("d")).size() == 1);
    CHECK(program->inputs(*program->find("d"))[0].allowed_values == "\"A\",\"B\"");
}

TEST_CASE("dmn/program: knowledge models are functions, may call themselves, and check their arguments") {
    const std::string factorial =
        "<businessKnowledgeModel id=\"f\" name=\"factorial\"><variable name=\"factorial\"/><encapsulatedLogic>"
        "<formalParameter name=\"n\" typeRef=\"number\"/>" +
        literal("if n &lt;= 1 then 1 else n * factorial(n - 1)") + "</encapsulatedLogic>" +
        needs("requiredKnowledge", "f") + "</businessKnowledgeModel>";
    const auto program = compiled(factorial + decision("d", literal("factorial(20)"), needs("requiredKnowledge", "f")) +
                                  decision("wrong", literal("factorial(\"a\")"), needs("requiredKnowledge", "f")));
    REQUIRE(program);
    CHECK(answer(*program, "d") == "2432902008176640000");
    CHECK(answer(*program, "wrong") == "null");
    CHECK(answer(*program, "factorial", {{"n", feel::value(5)}}) == "120");
}

TEST_CASE("dmn/program: endless recursion ends with an error of the depth limit") {
    const std::string endless =
        "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
        "<formalParameter name=\"n\"/>" +
        literal("f(n)") + "</encapsulatedLogic>" + needs("requiredKnowledge", "f") + "</businessKnowledgeModel>";
    const auto program = compiled(endless + decision("d", literal("f(1)"), needs("requiredKnowledge", "f")));
    REQUIRE(program);
    feel::evaluation_context with;
    const auto made = dmn::try_evaluate(*program, *program->find("d"), {}, with);
    REQUIRE_FALSE(made);
    CHECK(made.error().code() == error_code::limit_depth);
}

TEST_CASE("dmn/program: a function that leaves the program keeps it alive") {
    feel::value escaped;
    {
        const auto program = compiled(
            "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
            "<formalParameter name=\"n\"/>" +
            literal("n + 1") + "</encapsulatedLogic></businessKnowledgeModel>" +
            decision("d", literal("f"), needs("requiredKnowledge", "f")));
        REQUIRE(program);
        feel::evaluation_context with;
        escaped = dmn::try_evaluate(*program, *program->find("d"), {}, with).value();
    }
    feel::evaluation_context with;
    const std::vector<feel::value> arguments{feel::value(41)};
    REQUIRE(escaped.is(feel::kind::function));
    CHECK(feel::to_string(escaped.as_function().call(with, arguments)) == "42");
}

TEST_CASE("dmn/program: services take input data and input decisions, and run what they encapsulate") {
    const auto program =
        compiled(input("a") + decision("b", literal("1")) +
                 decision("c", literal("a * 10 + b"), needs("requiredInput", "a") + needs("requiredDecision", "b")) +
                 "<decisionService id=\"s\" name=\"s\"><outputDecision href=\"#c\"/><inputDecision href=\"#b\"/>"
                 "<inputData href=\"#a\"/></decisionService>" +
                 decision("d", literal("s(4, 2)"), needs("requiredKnowledge", "s")));
    REQUIRE(program);
    CHECK(answer(*program, "d") == "42");
    CHECK(answer(*program, "s", {{"a", feel::value(1)}, {"b", feel::value(5)}}) == "15");
}

TEST_CASE("dmn/program: imported decisions, knowledge and types go by the import's name") {
    std::vector<dmn::model> models;
    models.push_back(
        model_of("<import name=\"base\" namespace=\"https://example.org/base\" importType=\"" + space +
                     "\"/><decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"base.tSum\"/>"
                     "<informationRequirement><requiredDecision href=\"https://example.org/base#two words\"/>"
                     "</informationRequirement>" +
                     literal("base.two words + 1") + "</decision>",
                 "main"));
    models.push_back(model_of("<itemDefinition name=\"tSum\"><typeRef>number</typeRef></itemDefinition>" +
                                  decision("two words", literal("41")),
                              "base"));
    const auto program = dmn::try_compile(models);
    REQUIRE(program);
    CHECK(answer(*program, "d") == "42");
    CHECK(answer(*program, "base.two words") == "41");
    models.pop_back();
    const auto without = dmn::try_compile(models);
    REQUIRE_FALSE(without);
    CHECK(without.error().code() == error_code::dmn_unknown_import);
}

TEST_CASE("dmn/program: a circle of requirements is an error that names its path") {
    const auto program = compiled(decision("a", literal("b"), needs("requiredDecision", "b")) +
                                  decision("b", literal("a"), needs("requiredDecision", "a")));
    REQUIRE_FALSE(program);
    CHECK(program.error().code() == error_code::dmn_cycle);
    CHECK(program.error().message().find("'a' -> 'b' -> 'a'") != std::string::npos);
    CHECK(program.error().positions().size() == 2);
}

TEST_CASE("dmn/program: an expression that does not compile is null, with a diagnostic") {
    const auto program = compiled(decision("d", literal("1 +")) + decision("e", literal("7")));
    REQUIRE(program);
    CHECK(answer(*program, "d") == "null");
    CHECK(answer(*program, "e") == "7");
    REQUIRE(program->diagnostics().size() == 1);
    CHECK(program->diagnostics()[0].what.code() == error_code::feel_syntax);
}

TEST_CASE("dmn/program: boxed expressions") {
    const std::string list = "<list>" + literal("1") + literal("2") + literal("3") + "</list>";
    const auto in = [&](const std::string& element) {
        return "<" + element + ">" + literal("[1, 2, 3]") + "</" + element + ">";
    };
    const auto program = compiled(
        decision("list", list) +
        decision("context", "<context><contextEntry><variable name=\"a\"/>" + literal("2") +
                                "</contextEntry><contextEntry><variable name=\"b c\"/>" + literal("a * 3") +
                                "</contextEntry><contextEntry>" + literal("a + b c") + "</contextEntry></context>") +
        decision("relation", "<relation><column name=\"x\"/><column name=\"y\"/><row>" + literal("1") + literal("2") +
                                 "</row></relation>") +
        decision("conditional", "<conditional><if>" + literal("false") + "</if><then>" + literal("1") +
                                    "</then><else>" + literal("2") + "</else></conditional>") +
        decision("filter", "<filter>" + in("in") + "<match>" + literal("item &gt; 1") + "</match></filter>") +
        decision("for", "<for iteratorVariable=\"i\">" + in("in") + "<return>" + literal("i * i") + "</return></for>") +
        decision("some", "<some iteratorVariable=\"i\">" + in("in") + "<satisfies>" + literal("i = 3") +
                             "</satisfies></some>") +
        decision("every", "<every iteratorVariable=\"i\">" + in("in") + "<satisfies>" + literal("i = 3") +
                              "</satisfies></every>") +
        decision("function", "<context><contextEntry><variable name=\"k\"/>" + literal("10") +
                                 "</contextEntry><contextEntry><variable name=\"f\"/><functionDefinition>"
                                 "<formalParameter name=\"x\"/>" +
                                 literal("x + k") + "</functionDefinition></contextEntry><contextEntry><invocation>" +
                                 literal("f") + "<binding><parameter name=\"x\"/>" + literal("5") +
                                 "</binding></invocation></contextEntry></context>"));
    REQUIRE(program);
    CHECK(program->diagnostics().empty());
    CHECK(answer(*program, "list") == "[1, 2, 3]");
    CHECK(answer(*program, "context") == "8");
    CHECK(answer(*program, "relation") == "[{x: 1, y: 2}]");
    CHECK(answer(*program, "conditional") == "2");
    CHECK(answer(*program, "filter") == "[2, 3]");
    CHECK(answer(*program, "for") == "[1, 4, 9]");
    CHECK(answer(*program, "some") == "true");
    CHECK(answer(*program, "every") == "false");
    CHECK(answer(*program, "function") == "15");
}

TEST_CASE("dmn/program: external functions come from the registry, and nothing else") {
    const auto java = [&](const std::string& signature) {
        return "<functionDefinition kind=\"Java\"><formalParameter name=\"a\"/><formalParameter name=\"b\"/><context>"
               "<contextEntry><variable name=\"class\"/>" +
               literal("\"java.lang.Math\"") + "</contextEntry><contextEntry><variable name=\"method signature\"/>" +
               literal("\"" + signature + "\"") + "</contextEntry></context></functionDefinition>";
    };
    const auto call = [&](const std::string& signature) {
        return "<context><contextEntry><variable name=\"f\"/>" + java(signature) + "</contextEntry><contextEntry>" +
               literal("f(3, 8)") + "</contextEntry></context>";
    };
    const auto program = compiled(decision("max", call("max(int, int)")) + decision("none", call("rm(int, int)")));
    REQUIRE(program);
    CHECK(answer(*program, "max") == "8");
    CHECK(answer(*program, "none") == "null");
    REQUIRE(program->diagnostics().size() == 1);
    CHECK(program->diagnostics()[0].what.code() == error_code::dmn_external);
}

TEST_CASE("dmn/program: typed input reads dates from text and says where a value is wrong") {
    feel::evaluation_context with;
    const feel::type person =
        feel::type::context_of({{"born", std::make_shared<const feel::type>(feel::type::simple(feel::kind::date))}});
    const auto good =
        dmn::try_typed(feel::value(feel::context{{"born", feel::value("1990-02-28")}}), person, "/p", with);
    REQUIRE(good);
    CHECK(good->as_context().find("born")->is(feel::kind::date));
    const auto bad =
        dmn::try_typed(feel::value(feel::context{{"born", feel::value("1990-02-30")}}), person, "/p", with);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code() == error_code::dmn_input_type);
    CHECK(bad.error().positions().front().pointer == "/p/born");
}
