// SPDX-License-Identifier: Apache-2.0
// Models whose tables are wrong in some way, what the analysis says of each, and the replay of every input that it
// gives. POLKU_GOLDEN_RESET=1 writes the expected texts anew; read the difference before keeping it.
#include <polku/dmn/analysis.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/analysis_report.hpp>
#include <polku/json/decision_inputs.hpp>
#include <polku/json/text.hpp>

#include "files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace polku;
using test_files::text_of;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> broken_models() { return test_files::files_in("tests/golden/bad/analysis", ".dmn"); }

std::string written(const dmn::analysis_report& of) {
    std::string out;
    for (const dmn::finding& each : of.findings) {
        out += dmn::to_string(each) + "\n";
        if (each.input) out += "  input " + json::write(feel::value(*each.input)) + "\n";
    }
    for (const dmn::table_verdicts& each : of.tables)
        out += each.decision + ": complete " + std::string(name_of(each.complete)) + ", consistent " +
               std::string(name_of(each.consistent)) + ", reachable " + std::string(name_of(each.reachable)) + "\n";
    return out + std::string(name_of(of.overall())) + "\n";
}

/// The input as JSON, read back and evaluated: the trace of the finding's table, and what it answered.
dmn::table_trace replayed(const dmn::program& program, const dmn::finding& of) {
    const auto what = program.find(of.decision);
    REQUIRE(what);
    feel::evaluation_context with;
    const feel::value document = json::try_parse(json::write(feel::value(*of.input))).value();
    const feel::context inputs = json::try_decision_inputs(program, *what, document, with).value();
    dmn::trace steps;
    REQUIRE(dmn::try_evaluate(program, *what, inputs, with, &steps));
    for (const dmn::trace_step& step : steps.steps)
        for (const dmn::table_trace& table : step.tables)
            if (table.id == of.table) return table;
    FAIL("the table did not run");
    return {};
}

bool matched(const dmn::table_trace& in, std::uint32_t rule) {
    return std::any_of(in.matched.begin(), in.matched.end(),
                       [&](const dmn::rule_trace& each) { return each.index == rule; });
}

void check_replay(const dmn::program& program, const dmn::finding& of) {
    const dmn::table_trace in = replayed(program, of);
    if (of.is == dmn::finding_kind::gap) {
        CHECK(in.matched.empty());
        CHECK(in.result.reason() == feel::null_reason::no_rule_matched);
    } else if (of.is == dmn::finding_kind::overlap) {
        CHECK(in.result.reason() == feel::null_reason::hit_policy_violated);
        CHECK((matched(in, of.rules[0]) && matched(in, of.rules[1])));
    } else {
        CHECK(of.is == dmn::finding_kind::masked);
        CHECK(std::any_of(in.matched.begin(), in.matched.end(), [&](const dmn::rule_trace& each) {
            return each.index != of.rules.front() && each.output == in.result;
        }));
    }
}

}  // namespace

TEST_CASE("golden/analysis: each broken table gives the findings that stand beside it, and every input replays") {
    const auto files = broken_models();
    CHECK(files.size() >= 15);
    std::set<dmn::finding_kind> kinds;
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        std::vector<dmn::model> models;
        models.push_back(dmn::try_read_model(text_of(file), file.filename().string()).value());
        const std::vector<dmn::model> sources = models;
        const dmn::program program = dmn::try_compile(std::move(models)).value();
        CHECK(program.diagnostics().empty());
        const dmn::analysis_report report = dmn::analyse(program, sources);
        for (const dmn::finding& each : report.findings) {
            kinds.insert(each.is);
            CHECK(each.positions.front().line != 0);
            CHECK((each.says == dmn::verdict::counterexample) ==
                  (each.input.has_value() && each.is != dmn::finding_kind::masked));
            if (each.input) check_replay(program, each);
        }
        const std::string found = written(report);
        fs::path beside = file;
        beside.replace_extension(".expected");
        if (std::getenv("POLKU_GOLDEN_RESET")) std::ofstream(beside, std::ios::binary) << found;
        CHECK(found == text_of(beside));
    }
    CHECK(kinds.size() == 14);
}

TEST_CASE("golden/analysis: shipped routing tables are complete, consistent and have no dead rule") {
    const fs::path packs = fs::path(POLKU_SOURCE_DIR) / "src/packs";
    std::size_t tables = 0;
    for (const auto& file : fs::recursive_directory_iterator(packs)) {
        if (file.path().extension() != ".dmn") continue;
        CAPTURE(file.path().string());
        std::vector<dmn::model> models;
        models.push_back(dmn::try_read_model(text_of(file.path()), file.path().filename().string()).value());
        const std::vector<dmn::model> sources = models;
        const auto report = dmn::analyse(dmn::try_compile(std::move(models)).value(), sources);
        CHECK(report.overall() == dmn::verdict::proved);
        CHECK(written(report).find("warning") == std::string::npos);
        for (const dmn::table_verdicts& each : report.tables) CHECK(each.complete == dmn::verdict::proved);
        tables += report.tables.size();
    }
    CHECK(tables >= 6);
}
