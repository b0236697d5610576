// SPDX-License-Identifier: Apache-2.0
// Any bytes as the inputs of a decision: the reader that fills slots and the way by a document give the same values, or
// the same error. The reader lives on, so that what it keeps of the texts before takes part.
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/decision_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

using namespace polku;

namespace {

constexpr std::string_view model =
    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="m">
<itemDefinition name="tPayment"><itemComponent name="kind"><typeRef>string</typeRef></itemComponent>
<itemComponent name="paid"><typeRef>date</typeRef></itemComponent>
<itemComponent name="amount"><typeRef>number</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tPayments" isCollection="true"><typeRef>tPayment</typeRef></itemDefinition>
<itemDefinition name="tScores" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<decision id="d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<informationRequirement><requiredInput href="#able"/></informationRequirement>
<informationRequirement><requiredInput href="#since"/></informationRequirement>
<informationRequirement><requiredInput href="#payments"/></informationRequirement>
<informationRequirement><requiredInput href="#scores"/></informationRequirement>
<informationRequirement><requiredInput href="#any"/></informationRequirement>
<literalExpression><text>1</text></literalExpression></decision>
<inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>
<inputData id="able" name="able"><variable name="able" typeRef="boolean"/></inputData>
<inputData id="since" name="since"><variable name="since" typeRef="date"/></inputData>
<inputData id="payments" name="payments"><variable name="payments" typeRef="tPayments"/></inputData>
<inputData id="scores" name="scores"><variable name="scores" typeRef="tScores"/></inputData>
<inputData id="any" name="any"><variable name="any"/></inputData>
</definitions>)";

json::input_plan make_plan() {
    std::vector<dmn::model> models;
    models.push_back(dmn::try_read_model(model, "m.dmn").value());
    const dmn::program program = dmn::try_compile(std::move(models)).value();
    return {program, program.find("d").value()};
}

bool same(const feel::value& left, const feel::value& right) {
    return left == right && left.reason() == right.reason() && feel::to_string(left) == feel::to_string(right);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const json::input_plan plan = make_plan();
    static json::decision_reader reader;
    const feel::evaluation_context with;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto found = reader.try_read(plan, text, with);
    const auto wanted = json::decision_reader::try_read_document(plan, text, with);
    if (found.has_value() != wanted.has_value()) std::abort();
    if (!found) {
        if (found.error().to_string() != wanted.error().to_string()) std::abort();
        return 0;
    }
    if (found->size() != wanted->size()) std::abort();
    for (std::size_t at = 0; at < wanted->size(); ++at)
        if (!same((*found)[at], (*wanted)[at])) std::abort();
    if (size % 8 == 0) reader.clear();
    return 0;
}
