// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/detail/direct_table.hpp>

#include "dmn/random_cells.hpp"

#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;
using tests::random_cells;

namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char each : text) out += each == '<' ? "&lt;" : each == '&' ? "&amp;" : std::string(1, each);
    return out;
}

/// A model with one decision over one table, and another one that only requires it, as XML.
struct table_text {
    std::vector<std::string> types;               ///< of the inputs `in 1`, `in 2`, ...; empty for none
    std::vector<std::string> clauses;             ///< types of the input expressions
    std::vector<std::string> values;              ///< input values, empty for none
    std::vector<std::vector<std::string>> rules;  ///< cells, then outputs
    std::size_t outputs = 1;
    std::string policy = "FIRST";
    std::string definitions;
    std::string result_type;
    std::string otherwise;  ///< default output

    static std::string attribute(const std::string& type) {
        return type.empty() ? std::string() : " typeRef=\"" + type + "\"";
    }
    std::string xml() const {
        std::string out =
            R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="t" namespace="t">)";
        out += definitions;
        std::string required;
        std::string inputs;
        for (std::size_t at = 0; at < types.size(); ++at) {
            const std::string number = std::to_string(at + 1);
            out += "<inputData id=\"i" + number + "\" name=\"in " + number + "\"><variable name=\"in " + number + "\"" +
                   attribute(types[at]) + "/></inputData>";
            required += "<informationRequirement><requiredInput href=\"#i" + number + "\"/></informationRequirement>";
            inputs += "<input><inputExpression" + attribute(clauses[at]) + "><text>in " + number +
                      "</text></inputExpression>";
            if (!values[at].empty()) inputs += "<inputValues><text>" + escaped(values[at]) + "</text></inputValues>";
            inputs += "</input>";
        }
        out += "<decision id=\"d\" name=\"d\"><variable name=\"d\"" + attribute(result_type) + "/>" + required;
        out += "<decisionTable hitPolicy=\"" + policy + "\">" + inputs;
        for (std::size_t at = 0; at < outputs; ++at) {
            out += "<output" + (outputs > 1 ? " name=\"out" + std::to_string(at + 1) + "\"" : std::string()) + ">";
            if (!otherwise.empty())
                out += "<defaultOutputEntry><text>" + escaped(otherwise) + "</text></defaultOutputEntry>";
            out += "</output>";
        }
        for (const auto& rule : rules) {
            out += "<rule>";
            for (std::size_t at = 0; at < rule.size(); ++at) {
                const std::string tag = at < types.size() ? "inputEntry" : "outputEntry";
                out += "<" + tag + "><text>" + escaped(rule[at]) + "</text></" + tag + ">";
            }
            out += "</rule>";
        }
        return out +
               "</decisionTable></decision><decision id=\"top\" name=\"top\"><variable name=\"top\"/>"
               "<informationRequirement><requiredDecision href=\"#d\"/></informationRequirement>"
               "<literalExpression><text>d</text></literalExpression></decision></definitions>";
    }
    dmn::program program(bool reference = false) const {
        dmn::compile_options options;
        options.reference_tables = reference;
        return dmn::try_compile({dmn::try_read_model(xml(), "t.dmn").value()}, options).value();
    }
};

const std::string some_types = R"(
<itemDefinition name="small"><typeRef>number</typeRef><allowedValues><text>[-2..3.5)</text></allowedValues></itemDefinition>
<itemDefinition name="smaller"><typeRef>small</typeRef><allowedValues><text>>0, -1</text></allowedValues></itemDefinition>
<itemDefinition name="letter"><typeRef>string</typeRef><allowedValues><text>"a", "bb", "zz"</text></allowedValues></itemDefinition>
<itemDefinition name="list" isCollection="true"><typeRef>number</typeRef></itemDefinition>)";

table_text random_table(random_cells& from, std::size_t rules) {
    const auto one_of = [&](std::initializer_list<const char*> these) {
        return std::string(*(these.begin() + from.below(these.size())));
    };
    table_text made;
    made.definitions = some_types;
    made.policy = one_of({"FIRST", "UNIQUE"});
    made.outputs = 1 + from.below(3);
    if (from.below(4) == 0) made.otherwise = "\"none\"";
    if (made.outputs == 1 && from.below(3) == 0) made.result_type = one_of({"number", "small", "string"});
    const std::size_t inputs = 1 + from.below(4);
    for (std::size_t at = 0; at < inputs; ++at) {
        made.types.push_back(one_of({"number", "string", "boolean", "date", "", "Any", "small", "smaller", "letter",
                                     "dateTime", "list", "number", "number"}));
        made.clauses.push_back(from.below(3) == 0 ? one_of({"number", "string", "small", "letter"})
                                                  : made.types.back());
        made.values.push_back(from.below(4) == 0 ? one_of({"[-3..3]", "\"a\", \"b\"", "true", "< 2", "not(1)"}) : "");
    }
    for (std::size_t rule = 0; rule < rules; ++rule) {
        auto& row = made.rules.emplace_back();
        for (std::size_t at = 0; at < inputs; ++at) {
            const std::string cell = from.cell();
            row.push_back(cell == "? = in1" ? "-" : cell);
        }
        for (std::size_t at = 0; at < made.outputs; ++at)
            row.push_back(from.below(40) == 0 ? "1 + count([in 1])" : std::to_string(from.below(3)));
    }
    return made;
}

/// True when both ways answer the same, also for why they answer null, in the table's own decision and in one above.
bool same_answers(const table_text& text, random_cells& from, std::size_t rows, std::size_t& direct) {
    const dmn::program fast = text.program();
    const dmn::program slow = text.program(true);
    const auto what = *fast.find("d");
    direct += dmn::detail::direct_table_of(fast, what) != nullptr ? 1 : 0;
    REQUIRE(dmn::detail::direct_table_of(slow, what) == nullptr);
    REQUIRE(dmn::detail::direct_table_of(fast, *fast.find("top")) == nullptr);
    feel::evaluation_context with;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<feel::value> inputs;
        std::string given;
        for (std::size_t at = 0; at < text.types.size(); ++at) {
            inputs.push_back(from.input());
            given += feel::to_string(inputs.back()) + " | ";
        }
        const auto wanted = dmn::try_evaluate_slots(slow, what, inputs, with).value();
        auto found = dmn::try_evaluate_slots(fast, what, inputs, with).value();
        if (found == wanted && found.reason() == wanted.reason())
            found = dmn::try_evaluate_slots(fast, *fast.find("top"), inputs, with).value();
        if (found == wanted && found.reason() == wanted.reason()) continue;
        const std::string xml = text.xml();
        CAPTURE(xml);
        CAPTURE(given);
        CHECK(feel::to_string(found) == feel::to_string(wanted));
        CHECK(feel::text_of(found.reason()) == feel::text_of(wanted.reason()));
        return false;
    }
    return true;
}

table_text plain_table() {
    table_text made;
    made.types = {"number", "string"};
    made.clauses = {"number", "string"};
    made.values = {"", ""};
    made.rules = {{"< 10", "\"a\"", "1"}, {">= 10", "-", "2"}};
    return made;
}

}  // namespace

TEST_CASE("dmn/direct_table: answers are those of the rule-by-rule way on random tables and inputs of all kinds") {
    const std::uint64_t seed = random_cells::seed_of_run();
    MESSAGE("seed ", seed, " (POLKU_SEED)");
    random_cells from(seed);
    std::size_t direct = 0;
    const std::size_t tables = random_cells::tries(60);
    for (std::size_t table = 0; table < tables; ++table)
        if (!same_answers(random_table(from, 1 + from.below(table % 4 == 0 ? 90 : 12)), from, 60, direct)) return;
    MESSAGE(direct, " of ", tables, " tables were direct");
    CHECK(direct * 4 > tables);
}

TEST_CASE("dmn/direct_table: types and allowed values on the way are settled for each atom") {
    random_cells from(random_cells::seed_of_run() + 1);
    table_text table = plain_table();
    table.definitions = some_types;
    for (const char* type : {"small", "smaller", "number", "", "letter", "list", "date"}) {
        for (const char* values : {"", "[0..2]", "\"a\"", "not(1)"}) {
            table.types[0] = type;
            table.values[0] = values;
            std::size_t direct = 0;
            REQUIRE(same_answers(table, from, 80, direct));
            CHECK(direct == 1);
        }
    }
}

TEST_CASE("dmn/direct_table: few rules may name so many texts that their column has no masks") {
    random_cells from(random_cells::seed_of_run() + 2);
    table_text table = plain_table();
    table.rules.clear();
    for (int rule = 0; rule < 30; ++rule) {
        std::string cell;
        for (int each = 0; each < 40; ++each)
            cell += (each == 0 ? "\"" : ", \"") + std::to_string(rule * 37 + each) + "\"";
        table.rules.push_back({"-", cell, std::to_string(rule)});
    }
    const dmn::program fast = table.program();
    const dmn::program slow = table.program(true);
    const auto what = *fast.find("d");
    REQUIRE(dmn::detail::direct_table_of(fast, what) != nullptr);
    feel::evaluation_context with;
    for (int key = 0; key < 1160; key += 7) {
        const std::vector<feel::value> inputs{feel::value(1), feel::value(std::to_string(key))};
        REQUIRE(dmn::try_evaluate_slots(fast, what, inputs, with).value() ==
                dmn::try_evaluate_slots(slow, what, inputs, with).value());
    }
}

TEST_CASE("dmn/direct_table: a decision of another form has none") {
    const auto has = [](const table_text& text) {
        const dmn::program made = text.program();
        return dmn::detail::direct_table_of(made, *made.find("d")) != nullptr;
    };
    CHECK(has(plain_table()));
    table_text other = plain_table();
    other.policy = "COLLECT";
    CHECK_FALSE(has(other));
    other = plain_table();
    other.rules[0][0] = "? > count([1])";
    CHECK_FALSE(has(other));
    const dmn::program made = plain_table().program();
    CHECK(dmn::detail::direct_table_of(made, {99}) == nullptr);
    CHECK(dmn::detail::direct_table_of(dmn::program(), {0}) == nullptr);
}

TEST_CASE("dmn/direct_table: limits and cancellation hold as they do the general way") {
    const dmn::program made = plain_table().program();
    const auto what = *made.find("d");
    const std::vector<feel::value> inputs{feel::value(20), feel::value("b")};
    feel::evaluation_context with;
    CHECK(dmn::try_evaluate_slots(made, what, inputs, with).value() == feel::value(2));
    with.set_limits({.steps = 0});
    CHECK(dmn::try_evaluate_slots(made, what, inputs, with).error().code() == error_code::limit_steps);
    with.set_limits({.depth = 0});
    CHECK(dmn::try_evaluate_slots(made, what, inputs, with).error().code() == error_code::limit_depth);
    with.set_limits({});
    with.set_cancel([](void*) { return true; }, nullptr);
    CHECK(dmn::try_evaluate_slots(made, what, inputs, with).error().code() == error_code::cancelled);
}

TEST_CASE("dmn/direct_table: a trace is written the general way, with the same answer") {
    const dmn::program made = plain_table().program();
    feel::evaluation_context with;
    dmn::trace into;
    const std::vector<feel::value> inputs{feel::value(3), feel::value("a")};
    CHECK(dmn::try_evaluate_slots(made, *made.find("d"), inputs, with, &into).value() == feel::value(1));
    REQUIRE(into.steps.size() == 1);
    CHECK(into.steps[0].tables[0].matched[0].index == 1);
}
