// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/analysis.hpp>

#include "dmn/model_text.hpp"

#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using dmn::finding_kind;
using dmn::verdict;
using tests::model_text;

namespace {

dmn::program compiled(const model_text& of) {
    std::vector<dmn::model> models;
    models.push_back(dmn::try_read_model(of.text(), "m.dmn").value());
    return dmn::try_compile(std::move(models)).value();
}

dmn::analysis_report analysed(const model_text& of, const dmn::analysis_options& with = {}) {
    std::vector<dmn::model> sources;
    sources.push_back(dmn::try_read_model(of.text(), "m.dmn").value());
    return dmn::analyse(compiled(of), sources, with);
}

std::size_t count(const dmn::analysis_report& of, finding_kind kind) {
    return static_cast<std::size_t>(std::count_if(of.findings.begin(), of.findings.end(),
                                                  [&](const dmn::finding& each) { return each.is == kind; }));
}

const dmn::finding& only(const dmn::analysis_report& of, finding_kind kind) {
    REQUIRE(count(of, kind) == 1);
    return *std::find_if(of.findings.begin(), of.findings.end(),
                         [&](const dmn::finding& each) { return each.is == kind; });
}

model_text::table over_number(const std::string& policy, const std::vector<std::string>& cells) {
    model_text::table made;
    made.policy = policy;
    made.inputs = {{"x", "number", {}}};
    made.outputs = {{"out", "number", {}}};
    for (std::size_t each = 0; each < cells.size(); ++each)
        made.rules.push_back({cells[each], std::to_string(each + 1)});
    return made;
}

model_text number_model(const model_text::table& table) {
    model_text made;
    return made.input("x", "number").decision("d", {"x"}, table);
}

}  // namespace

TEST_CASE("dmn/analysis: a complete and consistent table is proved so, without a finding") {
    const auto report = analysed(number_model(over_number("UNIQUE", {"< 0", "[0..10]", "> 10"})));
    CHECK(report.findings.empty());
    CHECK(report.overall() == verdict::proved);
    CHECK(report.tables.front().reachable == verdict::proved);
}

TEST_CASE("dmn/analysis: a default output closes every gap, and an empty program has nothing to say") {
    auto table = over_number("UNIQUE", {"< 0"});
    CHECK(only(analysed(number_model(table)), finding_kind::gap).says == verdict::counterexample);
    table.otherwise = "7";
    CHECK(analysed(number_model(table)).overall() == verdict::proved);
    CHECK(dmn::analyse(dmn::program()).tables.empty());
}

TEST_CASE("dmn/analysis: null is a gap only when it is asked for or declared") {
    const auto model = number_model(over_number("UNIQUE", {"< 0", ">= 0"}));
    CHECK(analysed(model).findings.empty());
    dmn::analysis_options with;
    with.nulls = true;
    const auto report = analysed(model, with);
    CHECK(only(report, finding_kind::gap).region.front().second == "null");
    CHECK(only(report, finding_kind::gap).input->find("x")->is_null());
}

TEST_CASE("dmn/analysis: findings have the places of cells with sources, and names without") {
    const auto model = number_model(over_number("FIRST", {"> 5", "> 7", "<= 5"}));
    const auto with = analysed(model);
    const position& cell = only(with, finding_kind::masked).positions.front();
    CHECK(cell.source == "m.dmn");
    CHECK(cell.pointer == "rule 2");
    CHECK(cell.line == 7);
    const auto without = dmn::analyse(compiled(model));
    const position& named = only(without, finding_kind::masked).positions.front();
    CHECK(named.source.empty());
    CHECK(named.element == "d");
    CHECK(named.line == 3);  // of the table
}

TEST_CASE("dmn/analysis: columns over the same name share one axis") {
    auto table = over_number("UNIQUE", {});
    table.inputs.push_back({"x", "number", {}});
    table.rules = {{"< 5", "-", "1"}, {"-", ">= 5", "2"}};
    CHECK(analysed(number_model(table)).overall() == verdict::proved);
    table.rules.push_back({"> 9", "< 9", "3"});
    const auto report = analysed(number_model(table));
    CHECK(only(report, finding_kind::never_matches).rules == std::vector<std::uint32_t>{3});
}

TEST_CASE("dmn/analysis: work and findings are bounded, and a bound is told as unknown") {
    std::vector<std::string> cells;
    for (int each = 0; each < 200; ++each) cells.push_back(std::to_string(2 * each));
    const auto model = number_model(over_number("UNIQUE", cells));
    const auto report = analysed(model);
    CHECK(count(report, finding_kind::gap) == 1);  // one piece: all that is none of them
    dmn::analysis_options with;
    with.max_work = 100;
    const auto bounded = analysed(model, with);
    CHECK(bounded.tables.front().out_of_work);
    CHECK(bounded.tables.front().complete == verdict::unknown);
    CHECK(bounded.overall() == verdict::unknown);
    with = {};
    with.max_findings = 0;
    CHECK(analysed(model, with).findings.empty());
    with = {};
    with.advice = false;
    CHECK(count(analysed(number_model(over_number("FIRST", {"< 0", ">= 0"})), with), finding_kind::hit_policy_advice) ==
          0);
}

TEST_CASE("dmn/analysis: a gap behind another decision is shown by its input data") {
    model_text model;
    auto need = over_number("UNIQUE", {});
    need.outputs = {{"need", "string", {}}};
    need.rules = {{"< 10", "\"high\""}, {">= 10", "\"low\""}};
    model_text::table service;
    service.inputs = {{"Need", "string", {}}};
    service.outputs = {{"service", "string", {}}};
    service.rules = {{"\"high\"", "\"coaching\""}};
    model.input("x", "number").decision("Need", {"x"}, need).decision("Service", {"!Need"}, service);
    const auto report = analysed(model);
    const dmn::finding& gap = only(report, finding_kind::gap);
    CHECK(gap.region.front().second == "\"low\"");
    CHECK(gap.at.front().second == feel::value("low"));
    feel::evaluation_context with;
    const auto program = compiled(model);
    CHECK(dmn::try_evaluate(program, *program.find("Service"), *gap.input, with)->reason() ==
          feel::null_reason::no_rule_matched);
}

TEST_CASE("dmn/analysis: a rule waits for what an upstream rule would yield if it were ever chosen") {
    model_text model;
    auto need = over_number("FIRST", {});
    need.outputs = {{"need", "string", {}}};
    need.rules = {{"-", "\"low\""}, {"< 10", "\"high\""}};
    model_text::table service;
    service.inputs = {{"Need", "string", {}}};
    service.outputs = {{"service", "string", {}}};
    service.rules = {{"\"high\"", "\"coaching\""}, {"\"low\"", "\"advice\""}};
    model.input("x", "number").decision("Need", {"x"}, need).decision("Service", {"!Need"}, service);
    CHECK(only(analysed(model), finding_kind::unreachable_upstream).rules == std::vector<std::uint32_t>{1});
    // An output that is no constant may be anything.
    model_text open;
    need.rules = {{"< 10", "\"hi\" + \"gh\" + string(x)"}, {">= 10", "\"low\""}};
    open.input("x", "number").decision("Need", {"x"}, need).decision("Service", {"!Need"}, service);
    CHECK(count(analysed(open), finding_kind::unreachable_upstream) == 0);
}

TEST_CASE("dmn/analysis: cells that cannot be seen through are named, and nothing is proved of them") {
    auto table = over_number("UNIQUE", {"odd(?)", "even(?)"});
    const auto report = analysed(number_model(table));
    CHECK(report.tables.front().opaque == std::vector<dmn::cell_place>{{1, 1}, {2, 1}});
    CHECK(only(report, finding_kind::gap).says == verdict::unknown);
    CHECK(only(report, finding_kind::gap).opaque.size() == 2);
    CHECK(report.tables.front().consistent == verdict::unknown);
    const auto& clash = only(report, finding_kind::overlap);
    CHECK(clash.says == verdict::unknown);
    CHECK(clash.opaque.size() == 2);
    CHECK_FALSE(clash.input);
}

TEST_CASE("dmn/analysis: paths into a context are columns of their own") {
    model_text model;
    model_text::table table;
    table.inputs = {{"person.age", "number", {}}, {"person.member", "boolean", {}}};
    table.outputs = {{"out", "string", {}}};
    table.rules = {{"< 18", "-", "\"young\""}, {">= 18", "true", "\"member\""}};
    model.input("person", "tPerson").decision("d", {"person"}, table);
    std::string text = model.text();
    text.insert(text.find("<inputData"),
                "<itemDefinition name=\"tPerson\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
                "<itemComponent name=\"member\"><typeRef>boolean</typeRef></itemComponent></itemDefinition>\n");
    std::vector<dmn::model> models;
    models.push_back(dmn::try_read_model(text, "m.dmn").value());
    const auto report = dmn::analyse(dmn::try_compile(models).value(), models);
    const dmn::finding& gap = only(report, finding_kind::gap);
    const feel::context& person = gap.input->find("person")->as_context();
    CHECK(person.find("age")->as_number() == feel::number(18));
    CHECK(person.find("member")->is_false());
}

TEST_CASE("dmn/analysis: a question that runs out of work leaves the others their own") {
    model_text model;
    model_text::table table;
    table.policy = "FIRST";
    table.outputs = {{"out", "number", {}}};
    std::vector<std::string> names;
    for (int column = 0; column < 12; ++column) {
        names.push_back("x" + std::to_string(column));
        table.inputs.push_back({names.back(), "boolean", {}});
        model.input(names.back(), "boolean");
    }
    for (int rule = 0; rule < 40; ++rule) {
        auto& cells = table.rules.emplace_back(12, "-");
        for (const int step : {5, 7, 11})
            cells[static_cast<std::size_t>(rule * step % 12)] = rule % 3 ? "true" : "false";
        cells.push_back("1");
    }
    model.decision("d", names, table);
    // Forty searches for masked rules take more than one for gaps.
    bool seen = false;
    for (std::uint64_t work = 100; work < 1'000'000 && !seen; work += work / 4) {
        dmn::analysis_options with;
        with.max_work = work;
        const auto says = analysed(model, with).tables.front();
        seen = says.out_of_work && says.complete == verdict::counterexample && says.reachable == verdict::unknown;
    }
    CHECK(seen);
}

TEST_CASE("dmn/analysis: a thousand rules are studied within the default work") {
    model_text model;
    model_text::table table;
    table.inputs = {{"x", "number", {}}, {"y", "number", {}}};
    table.outputs = {{"out", "number", {}}};
    for (int x = 0; x < 40; ++x)
        for (int y = 0; y < 25; ++y) {
            const std::string to = y == 24 ? ">= 24" : "[" + std::to_string(y) + ".." + std::to_string(y + 1) + ")";
            table.rules.push_back(
                {x == 39 ? std::string(">= 39") : "[" + std::to_string(x) + ".." + std::to_string(x + 1) + ")", to,
                 "1"});
        }
    model.input("x", "number").input("y", "number").decision("d", {"x", "y"}, table);
    const auto report = analysed(model);
    CHECK_FALSE(report.tables.front().out_of_work);
    CHECK(report.tables.front().consistent == verdict::proved);
    CHECK(count(report, finding_kind::gap) >= 1);
    table.inputs = {{"x", "number", ">= 0"}, {"y", "number", ">= 0"}};
    model_text declared;
    declared.input("x", "number").input("y", "number").decision("d", {"x", "y"}, table);
    CHECK(analysed(declared).tables.front().complete == verdict::proved);
}
