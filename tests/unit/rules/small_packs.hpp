// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_RULES_SMALL_PACKS_HPP
#define POLKU_TESTS_UNIT_RULES_SMALL_PACKS_HPP

#include <polku/dmn/model.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Packs that tests make out of few words.
namespace small_packs {

using namespace polku;

struct input {
    std::string name;
    std::string type = "number";
    std::string allowed;  ///< FEEL unary tests
};

struct decision {
    std::string name;
    std::string type;                ///< empty: none is declared
    std::vector<std::string> needs;  ///< inputs and decisions by name
    std::string logic;               ///< a FEEL expression, or the XML of a boxed one
};

inline std::string escaped(const std::string& text) {
    std::string made;
    for (const char each : text) {
        if (each == '<')
            made += "&lt;";
        else if (each == '>')
            made += "&gt;";
        else if (each == '&')
            made += "&amp;";
        else
            made += each;
    }
    return made;
}

/// The XML of a table: `columns` are FEEL expressions, a row has a cell for each of them and the output.
inline std::string table(const std::string& id, const std::string& policy, const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& rows) {
    std::string made = "<decisionTable id=\"" + id + "\" hitPolicy=\"" + policy + "\">";
    for (const std::string& each : columns)
        made += "<input><inputExpression><text>" + escaped(each) + "</text></inputExpression></input>";
    made += "<output/>";
    for (std::size_t at = 0; at < rows.size(); ++at) {
        made += "<rule id=\"" + id + "_" + std::to_string(at) + "\">";
        for (std::size_t cell = 0; cell + 1 < rows[at].size(); ++cell)
            made += "<inputEntry><text>" + escaped(rows[at][cell]) + "</text></inputEntry>";
        made += "<outputEntry><text>" + escaped(rows[at].back()) + "</text></outputEntry></rule>";
    }
    return made + "</decisionTable>";
}

inline std::string model(const std::vector<input>& inputs, const std::vector<decision>& decisions) {
    std::string made =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\" name=\"m\" "
        "namespace=\"urn:m\">";
    for (const input& each : inputs)
        if (!each.allowed.empty())
            made += "<itemDefinition name=\"t " + each.name + "\"><typeRef>" + each.type +
                    "</typeRef><allowedValues><text>" + escaped(each.allowed) +
                    "</text></allowedValues></itemDefinition>";
    for (const input& each : inputs)
        made += "<inputData id=\"in " + each.name + "\" name=\"" + each.name + "\"><variable name=\"" + each.name +
                "\" typeRef=\"" + (each.allowed.empty() ? each.type : "t " + each.name) + "\"/></inputData>";
    for (const decision& each : decisions) {
        made += "<decision id=\"d " + each.name + "\" name=\"" + each.name + "\"><variable name=\"" + each.name + "\"" +
                (each.type.empty() ? "" : " typeRef=\"" + each.type + "\"") + "/>";
        for (const std::string& name : each.needs) {
            bool is_input = false;
            for (const input& other : inputs) is_input = is_input || other.name == name;
            made +=
                is_input
                    ? "<informationRequirement><requiredInput href=\"#in " + name + "\"/></informationRequirement>"
                    : "<informationRequirement><requiredDecision href=\"#d " + name + "\"/></informationRequirement>";
        }
        made += each.logic.front() == '<'
                    ? each.logic
                    : "<literalExpression><text>" + escaped(each.logic) + "</text></literalExpression>";
        made += "</decision>";
    }
    return made + "</definitions>";
}

inline rules::texts text(const std::string& of) { return {{"fi", of}, {"sv", of}, {"en", of}, {"fi-selko", of}}; }

inline time::date day(const char* of) { return time::parse_date(of).value(); }

/// What stands around one model; tests change it before they compile it. All inputs that are no parameters have a
/// question.
inline rules::pack_definition definition(const std::string& of_model, std::vector<rules::parameter> parameters = {}) {
    const auto read = dmn::try_read_model(of_model, "m.dmn");
    REQUIRE_MESSAGE(read, (read ? std::string() : read.error().message()));
    rules::pack_definition made;
    made.id = "small";
    made.name = made.notice = made.event = text("small");
    made.facts_read = day("2026-08-17");
    made.sources["s"] = {"1/2000", "1 §", "t", "https://example.invalid", made.facts_read, rules::source_mark::SEEN};
    made.versions.push_back({"v1", day("2020-01-01"), {}, "m.dmn", {"s"}, {}});
    made.parameters = std::move(parameters);
    for (const dmn::input_data& each : read->inputs) {
        bool is_parameter = false;
        for (const rules::parameter& other : made.parameters) is_parameter = is_parameter || other.name == each.name;
        if (is_parameter) continue;
        rules::pack_input made_input;
        made_input.name = each.name;
        made_input.text = text(each.name);
        made_input.group = "g";
        made.inputs.push_back(std::move(made_input));
    }
    for (const dmn::decision& each : read->decisions) {
        made.decisions.push_back({each.name, text(each.name), {}, {}, {}});
        if (const auto* rows = std::get_if<dmn::decision_table>(&each.logic->is))
            for (const dmn::decision_rule& rule : rows->rules) made.rules[std::string(rule.id)] = {text("r"), {"s"}};
    }
    return made;
}

inline rules::parameter parameter(const std::string& name, const std::string& type, feel::value of) {
    return {name, text(name), type, {}, {}, {{day("2020-01-01"), {}, std::move(of), {"s"}, {}, {}}}};
}

inline rules::pack compiled(rules::pack_definition says, const std::string& of_model) {
    rules::pack_sources with;
    with.models["m.dmn"] = of_model;
    auto made = rules::try_compile_pack(std::move(says), with);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    return std::move(*made);
}

}  // namespace small_packs

#endif
