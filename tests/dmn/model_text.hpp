// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_DMN_MODEL_TEXT_HPP
#define POLKU_TESTS_DMN_MODEL_TEXT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace polku::tests {

/// DMN text for tests: input data, item definitions and decisions, each a line of the test.
class model_text {
public:
    struct column {
        std::string text;
        std::string type;    ///< empty: none is given
        std::string values;  ///< `inputValues` or `outputValues`; empty: none
    };
    struct table {
        std::string policy = "UNIQUE";
        std::vector<column> inputs;
        std::vector<column> outputs;
        std::vector<std::vector<std::string>> rules;  ///< cells, inputs before outputs
        std::string otherwise;                        ///< default of the first output
    };

    model_text& type(const std::string& name, const std::string& base, const std::string& allowed) {
        items_ += "<itemDefinition name=\"" + name + "\"><typeRef>" + base + "</typeRef><allowedValues><text>" +
                  escaped(allowed) + "</text></allowedValues></itemDefinition>\n";
        return *this;
    }
    model_text& input(const std::string& name, const std::string& type = {}) {
        rest_ += "<inputData id=\"_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
                 type_attribute(type) + "/></inputData>\n";
        return *this;
    }
    /// `needs` are names of input data and (with a leading `!`) of decisions.
    model_text& decision(const std::string& name, const std::vector<std::string>& needs, const table& logic,
                         const std::string& type = {}) {
        return add_decision(name, needs, type, table_xml(name, logic));
    }
    model_text& literal(const std::string& name, const std::vector<std::string>& needs, const std::string& text,
                        const std::string& type = {}) {
        return add_decision(name, needs, type,
                            "<literalExpression><text>" + escaped(text) + "</text></literalExpression>");
    }
    /// A knowledge model with typed parameters as `name:type`.
    model_text& knowledge(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parameters,
                          const table& logic) {
        rest_ += "<businessKnowledgeModel id=\"_" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
                 "\"/><encapsulatedLogic>";
        for (const auto& [parameter, type] : parameters)
            rest_ += "<formalParameter name=\"" + parameter + "\"" + type_attribute(type) + "/>";
        rest_ += table_xml(name, logic) + "</encapsulatedLogic></businessKnowledgeModel>\n";
        return *this;
    }
    std::string text() const {
        return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\" name=\"m\" "
               "namespace=\"urn:m\">\n" +
               items_ + rest_ + "</definitions>\n";
    }

private:
    static std::string escaped(std::string_view text) {
        std::string made;
        for (const char each : text)
            made += each == '<' ? "&lt;" : each == '>' ? "&gt;" : each == '&' ? "&amp;" : std::string(1, each);
        return made;
    }
    static std::string type_attribute(const std::string& type) {
        return type.empty() ? std::string() : " typeRef=\"" + type + "\"";
    }
    model_text& add_decision(const std::string& name, const std::vector<std::string>& needs, const std::string& type,
                             const std::string& logic) {
        rest_ += "<decision id=\"_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
                 type_attribute(type) + "/>";
        for (const std::string& each : needs)
            rest_ += each.starts_with('!')
                         ? "<informationRequirement><requiredDecision href=\"#_" + each.substr(1) +
                               "\"/></informationRequirement>"
                         : "<informationRequirement><requiredInput href=\"#_" + each + "\"/></informationRequirement>";
        rest_ += logic + "</decision>\n";
        return *this;
    }
    static std::string values_xml(const char* element, const std::string& values) {
        return values.empty() ? std::string()
                              : "<" + std::string(element) + "><text>" + escaped(values) + "</text></" + element + ">";
    }
    static std::string table_xml(const std::string& name, const table& of) {
        std::string made = "<decisionTable id=\"t_" + name + "\" hitPolicy=\"" + of.policy + "\">\n";
        for (const column& each : of.inputs)
            made += "<input><inputExpression" + type_attribute(each.type) + "><text>" + escaped(each.text) +
                    "</text></inputExpression>" + values_xml("inputValues", each.values) + "</input>\n";
        for (std::size_t at = 0; at < of.outputs.size(); ++at) {
            made += "<output name=\"" + of.outputs[at].text + "\"" + type_attribute(of.outputs[at].type) + ">" +
                    values_xml("outputValues", of.outputs[at].values);
            if (at == 0 && !of.otherwise.empty())
                made += "<defaultOutputEntry><text>" + escaped(of.otherwise) + "</text></defaultOutputEntry>";
            made += "</output>\n";
        }
        for (std::size_t rule = 0; rule < of.rules.size(); ++rule) {
            made += "<rule id=\"" + name + "_" + std::to_string(rule + 1) + "\">";
            for (std::size_t cell = 0; cell < of.rules[rule].size(); ++cell) {
                const char* element = cell < of.inputs.size() ? "inputEntry" : "outputEntry";
                made += "<" + std::string(element) + "><text>" + escaped(of.rules[rule][cell]) + "</text></" + element +
                        ">";
            }
            made += "</rule>\n";
        }
        return made + "</decisionTable>";
    }

    std::string items_;
    std::string rest_;
};

}  // namespace polku::tests

#endif
