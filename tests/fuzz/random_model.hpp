// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_FUZZ_RANDOM_MODEL_HPP
#define POLKU_TESTS_FUZZ_RANDOM_MODEL_HPP

#include <polku/feel/value.hpp>
#include <polku/time/date.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace polku::tests {

/// Choices read from bytes; zero when they are used up, so that every model ends.
class choices {
public:
    choices(const std::uint8_t* data, std::size_t size) : at_(data), left_(size) {}
    std::size_t below(std::size_t bound) {
        if (left_ == 0) return 0;
        --left_;
        return *at_++ % bound;
    }
    const char* one_of(std::initializer_list<const char*> texts) { return texts.begin()[below(texts.size())]; }
    bool empty() const { return left_ == 0; }

private:
    const std::uint8_t* at_;
    std::size_t left_;
};

/// Builds a DMN model from choices: typed inputs, a knowledge model with a table or a text, a service, and decisions
/// over them with tables of every hit policy and boxed expressions. Everything refers to what stands before it.
class random_model {
public:
    explicit random_model(choices& from) : from_(from) {}

    std::string build() {
        out_ = R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="m">)";
        out_ += R"(<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"a","b"</text>)"
                R"(</allowedValues></itemDefinition>)"
                R"(<itemDefinition name="tAmount"><typeRef>number</typeRef><allowedValues><text>[0..9]</text>)"
                R"(</allowedValues></itemDefinition>)"
                R"(<itemDefinition name="tMany" isCollection="true"><typeRef>number</typeRef></itemDefinition>)"
                R"(<itemDefinition name="tRecord"><itemComponent name="x"><typeRef>number</typeRef></itemComponent>)"
                R"(<itemComponent name="y"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>)";
        for (const char* name : {"a", "b", "c"}) {
            out_ += "<inputData id=\"i" + std::string(name) + "\" name=\"" + name + "\"><variable name=\"" + name +
                    "\" typeRef=\"" + type() + "\"/></inputData>";
            names_.emplace_back(name);
        }
        knowledge_model();
        const std::size_t decisions = 1 + from_.below(4);
        for (std::size_t each = 0; each < decisions; ++each) decision("d" + std::to_string(each));
        return out_ + "</definitions>";
    }
    const std::vector<std::string>& decisions() const { return decisions_; }

    feel::value input() {
        switch (from_.below(10)) {
            case 0: return feel::value();
            case 1: return feel::value("a");
            case 2: return feel::value("bb");
            case 3: return feel::value(from_.below(2) == 0);
            case 4: return feel::value(*time::date::from_days(19'723 + static_cast<std::int64_t>(from_.below(5))));
            case 5: return feel::value(std::vector<feel::value>{feel::value(1), feel::value(2), feel::value("a")});
            case 6: return feel::value(feel::context{{"x", feel::value(2)}, {"y", feel::value("a")}});
            default: return feel::value(static_cast<int>(from_.below(12)) - 3);
        }
    }

private:
    std::string type() {
        return from_.one_of({"number", "string", "Any", "boolean", "date", "tGrade", "tAmount", "tMany", "tRecord"});
    }
    std::string number() { return std::to_string(static_cast<int>(from_.below(12)) - 3) + from_.one_of({"", ".5"}); }
    std::string constant() {
        switch (from_.below(8)) {
            case 0: return "null";
            case 1: return from_.one_of({"true", "false"});
            case 2: return "date(\"2024-01-0" + std::to_string(1 + from_.below(5)) + "\")";
            case 3: return from_.one_of({"\"a\"", "\"b\"", "\"bb\"", "\"\""});
            case 4:
                return from_.one_of(
                    {"duration(\"P1D\")", "duration(\"P1M\")", "time(\"10:00:00\")", "@\"2024-01-02\""});
            default: return number();
        }
    }
    std::string text(std::size_t depth = 0) {
        if (depth >= 3 || from_.below(3) == 0)
            return from_.below(3) == 0 || names_.empty() ? constant() : names_[from_.below(names_.size())];
        const auto inner = [&] { return text(depth + 1); };
        switch (from_.below(14)) {
            case 0: return "(" + inner() + from_.one_of({" + ", " - ", " * ", " / ", " ** "}) + inner() + ")";
            case 1: return "(" + inner() + from_.one_of({" = ", " != ", " < ", " >= "}) + inner() + ")";
            case 2: return "(" + inner() + from_.one_of({" and ", " or "}) + inner() + ")";
            case 3: return "(if " + inner() + " then " + inner() + " else " + inner() + ")";
            case 4: return "[" + inner() + ", " + inner() + "]";
            case 5: return "{x: " + inner() + ", y: " + inner() + "}";
            case 6: return inner() + from_.one_of({".x", ".y", "[1]", "[item > 1]", "[x > 1]"});
            case 7:
                return std::string(from_.one_of({"abs", "string", "count", "sum", "not", "min", "sort", "date", "mean",
                                                 "upper case", "reverse", "distinct values", "flatten", "is"})) +
                       "(" + inner() + ")";
            case 8: return "(for i in " + inner() + " return i)";
            case 9: return "(for i in 1..3 return " + inner() + ")";
            case 10:
                return std::string("(") + from_.one_of({"some", "every"}) + " i in " + inner() +
                       " satisfies i = " + inner() + ")";
            case 11: return "(" + inner() + " in (" + cell() + "))";
            case 12:
                return has_knowledge_ ? "f(" + inner() + ")" : "(function(q) [q, " + inner() + "])(" + inner() + ")";
            default:
                return from_.one_of({"matches(a, \"a+b?\")", "a instance of number", "(a between b and c)",
                                     "replace(a, \"b\", \"$0c\")", "get value(a, \"x\")", "-a", "modulo(a, b)",
                                     "sort([a, b, c], function(p, q) p < q)", "s(1, 2)"});
        }
    }
    std::string one_test() {
        switch (from_.below(7)) {
            case 0: return constant();
            case 1: return "< " + constant();
            case 2: return ">= " + constant();
            case 3: return from_.one_of({"[", "("}) + number() + ".." + number() + from_.one_of({"]", ")"});
            case 4: return "? = " + (names_.empty() ? constant() : names_[from_.below(names_.size())]);
            case 5: return number();
            default:
                return from_.one_of(
                    {"\"a\"", "\"bb\"", "true", "count(?) > 1", "[1, \"a\"]", "> date(\"2024-01-02\")"});
        }
    }
    std::string cell() {
        if (from_.below(4) == 0) return "-";
        std::string tests = one_test();
        if (from_.below(3) == 0) tests += ", " + one_test();
        return from_.below(5) == 0 ? "not(" + tests + ")" : tests;
    }
    static std::string escaped(const std::string& raw) {
        std::string made;
        for (const char letter : raw) made += letter == '<' ? "&lt;" : letter == '&' ? "&amp;" : std::string(1, letter);
        return made;
    }
    std::string literal() { return "<literalExpression><text>" + escaped(text()) + "</text></literalExpression>"; }
    std::string table(const std::string& id) {
        const std::size_t inputs = 1 + from_.below(3);
        const std::size_t outputs = from_.below(4) == 0 ? 2 : 1;
        const std::size_t rules = from_.below(7);
        const std::string policy =
            from_.one_of({"UNIQUE", "FIRST", "ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"});
        std::string made = "<decisionTable id=\"" + id + "\" hitPolicy=\"" + policy + "\"";
        if (policy == "COLLECT" && outputs == 1)
            made += from_.one_of({"", " aggregation=\"SUM\"", " aggregation=\"MIN\"", " aggregation=\"COUNT\""});
        made += ">";
        for (std::size_t each = 0; each < inputs; ++each) {
            made += "<input><inputExpression" + std::string(from_.below(3) == 0 ? " typeRef=\"number\"" : "") +
                    "><text>" + escaped(text(2)) + "</text></inputExpression>";
            if (from_.below(6) == 0) made += "<inputValues><text>" + escaped(cell()) + "</text></inputValues>";
            made += "</input>";
        }
        for (std::size_t each = 0; each < outputs; ++each) {
            made += "<output name=\"" + std::string(each == 0 ? "x" : "y") + "\">";
            if (from_.below(2) == 0) made += "<outputValues><text>1, 2, \"a\", \"b\"</text></outputValues>";
            if (from_.below(5) == 0)
                made += "<defaultOutputEntry><text>" + escaped(text(2)) + "</text></defaultOutputEntry>";
            made += "</output>";
        }
        for (std::size_t rule = 0; rule < rules; ++rule) {
            made += "<rule>";
            for (std::size_t each = 0; each < inputs; ++each)
                made += "<inputEntry><text>" + escaped(cell()) + "</text></inputEntry>";
            for (std::size_t each = 0; each < outputs; ++each)
                made += "<outputEntry><text>" + escaped(from_.below(2) == 0 ? constant() : text(2)) +
                        "</text></outputEntry>";
            made += "</rule>";
        }
        return made + "</decisionTable>";
    }
    std::string logic(const std::string& id) {
        switch (from_.below(7)) {
            case 0:
            case 1:
            case 2: return table(id + "t");
            case 3: {
                std::string made = "<context><contextEntry><variable name=\"e\"/>" + literal() + "</contextEntry>";
                names_.emplace_back("e");
                made += "<contextEntry>" + std::string(from_.below(2) == 0 ? "<variable name=\"x\"/>" : "") + literal();
                names_.pop_back();
                return made + "</contextEntry></context>";
            }
            case 4: return "<list>" + literal() + table(id + "l") + "</list>";
            case 5:
                return "<conditional><if>" + literal() + "</if><then>" + literal() + "</then><else>" + table(id + "e") +
                       "</else></conditional>";
            default: return literal();
        }
    }
    void knowledge_model() {
        if (from_.below(3) == 0) return;
        const std::vector<std::string> outer = std::exchange(names_, {"n"});
        has_knowledge_ = from_.below(2) == 0;  // then the model may call itself
        out_ +=
            "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic><formalParameter "
            "name=\"n\"" +
            std::string(from_.below(2) == 0 ? " typeRef=\"number\"" : "") + "/>" + logic("f") + "</encapsulatedLogic>" +
            (has_knowledge_ ? "<knowledgeRequirement><requiredKnowledge href=\"#f\"/></knowledgeRequirement>" : "") +
            "</businessKnowledgeModel>";
        has_knowledge_ = true;
        names_ = outer;
    }
    void decision(const std::string& name) {
        const bool after_service = decisions_.size() == 1 && from_.below(2) == 0;
        if (after_service)
            out_ += R"(<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#d0"/>)"
                    R"(<inputData href="#ia"/><inputData href="#ib"/></decisionService>)";
        out_ += "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"";
        if (from_.below(3) == 0) out_ += " typeRef=\"" + type() + "\"";
        out_ += "/>";
        for (const std::string& each : names_) {
            const bool is_decision = each[0] == 'd';
            out_ += "<informationRequirement><" + std::string(is_decision ? "requiredDecision" : "requiredInput") +
                    " href=\"#" + (is_decision ? each : "i" + each) + "\"/></informationRequirement>";
        }
        if (has_knowledge_) out_ += R"(<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>)";
        if (after_service) out_ += R"(<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>)";
        out_ += logic(name) + "</decision>";
        names_.push_back(name);
        decisions_.push_back(name);
    }

    choices& from_;
    std::string out_;
    std::vector<std::string> names_;
    std::vector<std::string> decisions_;
    bool has_knowledge_ = false;
};

}  // namespace polku::tests

#endif
