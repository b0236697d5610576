// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace polku;

namespace {

std::string model_of(const std::string& version_namespace, const std::string& body) {
    return "<definitions xmlns=\"" + version_namespace + "\" name=\"m\" namespace=\"https://example.org/m\">" + body +
           "</definitions>";
}

const std::string dmn_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/";

}  // namespace

TEST_CASE("dmn/xml_reader: each version of DMN is known by its namespace, and others are refused") {
    const std::pair<const char*, dmn::dmn_version> versions[] = {
        {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", dmn::dmn_version::v1_1},
        {"http://www.omg.org/spec/DMN/20180521/MODEL/", dmn::dmn_version::v1_2},
        {"https://www.omg.org/spec/DMN/20191111/MODEL/", dmn::dmn_version::v1_3},
        {"https://www.omg.org/spec/DMN/20211108/MODEL/", dmn::dmn_version::v1_4},
        {"https://www.omg.org/spec/DMN/20230324/MODEL/", dmn::dmn_version::v1_5},
        {"https://www.omg.org/spec/DMN/20240513/MODEL/", dmn::dmn_version::v1_6},
    };
    for (const auto& [space, version] : versions) {
        const auto read = dmn::try_read_model(model_of(space, ""), "m.dmn");
        REQUIRE(read);
        CHECK(read->version == version);
    }
    const auto other = dmn::try_read_model(model_of("https://example.org/else", ""), "m.dmn");
    REQUIRE_FALSE(other);
    CHECK(other.error().code() == error_code::dmn_structure);
}

TEST_CASE("dmn/xml_reader: a text knows where its first character stands") {
    const auto read = dmn::try_read_model(
        model_of(dmn_1_3,
                 "\n<decision name=\"D\">\n  <literalExpression><text>1 + 2</text></literalExpression>\n</decision>"),
        "m.dmn");
    REQUIRE(read);
    REQUIRE(read->decisions.size() == 1);
    const auto& literal = std::get<dmn::literal_expression>(read->decisions[0].logic->is);
    CHECK(literal.text.text == "1 + 2");
    CHECK(literal.text.at.line == 3);
    CHECK(literal.text.at.column == 28);
}

TEST_CASE("dmn/xml_reader: columns count code points, not bytes") {
    const auto read = dmn::try_read_model(
        model_of(dmn_1_3,
                 "\n<decision name=\"p\xC3\xA4\xC3\xA4t\xC3\xB6s\"><literalExpression><text>1</text>"
                 "</literalExpression></decision>"),
        "m.dmn");
    REQUIRE(read);
    CHECK(std::get<dmn::literal_expression>(read->decisions[0].logic->is).text.at.column == 50);
}

TEST_CASE("dmn/xml_reader: diagrams and extensions are left out, foreign elements too") {
    const auto read = dmn::try_read_model(
        model_of(dmn_1_3,
                 "<extensionElements><x:a xmlns:x=\"urn:x\">text</x:a></extensionElements>"
                 "<x:b xmlns:x=\"urn:x\"><decision xmlns=\"" +
                     dmn_1_3 +
                     "\"/></x:b>"
                     "<knowledgeSource name=\"law\"/><textAnnotation><text>note</text></textAnnotation>"),
        "m.dmn");
    REQUIRE(read);
    CHECK(read->decisions.empty());
    CHECK(read->knowledge_sources == 1);
}

TEST_CASE("dmn/xml_reader: DMN 1.1 types lose the prefix of FEEL") {
    const auto read = dmn::try_read_model(
        "<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\" "
        "xmlns:feel=\"http://www.omg.org/spec/FEEL/20140401\" name=\"m\" namespace=\"urn:m\">"
        "<inputData name=\"x\"><variable name=\"x\" typeRef=\"feel:number\"/></inputData></definitions>",
        "m.dmn");
    REQUIRE(read);
    CHECK(read->inputs[0].variable.type_ref == "number");
}

TEST_CASE("dmn/xml_reader: one run reports every fault, up to the bound") {
    std::string body;
    for (int each = 0; each < 20; ++each) body += "<decision/>";
    dmn::read_options bound;
    bound.max_diagnostics = 7;
    CHECK(dmn::read_model_report(model_of(dmn_1_3, body), "m.dmn").diagnostics.size() == 20);
    CHECK(dmn::read_model_report(model_of(dmn_1_3, body), "m.dmn", bound).diagnostics.size() == 7);
    const auto read = dmn::try_read_model(model_of(dmn_1_3, body), "m.dmn");
    REQUIRE_FALSE(read);
    CHECK(read.error().code() == error_code::dmn_missing);
    CHECK(read.error().causes().size() == 19);
}

TEST_CASE("dmn/xml_reader: size and depth are bounded") {
    dmn::read_options small;
    small.max_bytes = 10;
    const auto large = dmn::try_read_model(model_of(dmn_1_3, ""), "m.dmn", small);
    REQUIRE_FALSE(large);
    CHECK(large.error().code() == error_code::limit_length);
    dmn::read_options shallow;
    shallow.max_depth = 2;
    const auto deep = dmn::try_read_model(
        model_of(dmn_1_3, "<decision name=\"D\"><literalExpression><text>1</text></literalExpression></decision>"),
        "m.dmn", shallow);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().code() == error_code::limit_depth);
}
