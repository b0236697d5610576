// SPDX-License-Identifier: Apache-2.0
// Models with faults and the diagnostics that each gives; sound models and what their decisions answer, with the trace.
// POLKU_GOLDEN_RESET=1 writes the expected texts anew; read the difference before keeping it.
#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>

#include "files.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace polku;
using test_files::text_of;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> models_in(const std::string& folder) {
    return test_files::files_in("tests/golden/" + folder, ".dmn");
}

void compare(const fs::path& model, const std::string& found) {
    fs::path beside = model;
    beside.replace_extension(".expected");
    if (std::getenv("POLKU_GOLDEN_RESET")) std::ofstream(beside, std::ios::binary) << found;
    CHECK(found == text_of(beside));
}

std::string diagnostics_of(const fs::path& file) {
    dmn::read_report read = dmn::read_model_report(text_of(file), file.filename().string());
    std::vector<diagnostic> found = std::move(read.diagnostics);
    if (found.empty()) {
        std::vector<dmn::model> models;
        models.push_back(std::move(read.read));
        found = dmn::check(std::move(models));
    }
    std::string out;
    for (const diagnostic& each : found)
        out += std::string(each.severity == severity::error ? "error" : "warning") + " [" +
               std::string(name_of(each.what.code())) + "] " + each.what.to_string() + "\n";
    return out;
}

std::string written(const feel::value& of) {
    return of.is(feel::kind::string) ? "\"" + feel::to_string(of) + "\"" : feel::to_string(of);
}

std::string rules_of(const dmn::trace_step& step) {
    std::string out;
    for (const dmn::table_trace& table : step.tables) {
        if (table.used_default) out += ", default";
        for (const dmn::rule_trace& rule : table.matched) {
            out += ", rule " + std::to_string(rule.index) + " " + rule.id;
            for (const auto& [name, text] : rule.annotations) out += " (" + name + ": " + text + ")";
        }
    }
    return out.empty() ? out : " by" + out.substr(1);
}

/// One question: `decision; inputs as a FEEL context`, answered by the steps of the trace.
std::string answer(const dmn::program& program, const std::string& question) {
    const std::size_t cut = question.find(';');
    feel::evaluation_context with;
    const auto inputs = feel::try_compile(question.substr(cut + 1), feel::scope()).value().evaluate(with, {});
    dmn::trace steps;
    const auto what = program.find(question.substr(0, cut));
    REQUIRE(what);
    const auto made = dmn::try_evaluate(program, *what, inputs.as_context(), with, &steps);
    std::string out = question + "\n";
    if (!made) return out + "  " + made.error().to_string() + "\n";
    for (const dmn::trace_step& each : steps.steps)
        out += "  " + each.name + " = " + written(each.value) + rules_of(each) + "\n";
    return out;
}

}  // namespace

TEST_CASE("golden/models: each faulty model gives the diagnostics that stand beside it") {
    const auto files = models_in("bad");
    CHECK(files.size() >= 25);
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        const std::string found = diagnostics_of(file);
        CHECK_FALSE(found.empty());
        compare(file, found);
    }
}

TEST_CASE("golden/models: sound models give no diagnostics, and answer their questions as stands beside them") {
    for (const fs::path& file : models_in("good")) {
        CAPTURE(file.filename().string());
        CHECK(diagnostics_of(file) == "");
        std::vector<dmn::model> models;
        models.push_back(dmn::try_read_model(text_of(file), file.filename().string()).value());
        const dmn::program program = dmn::try_compile(std::move(models)).value();
        fs::path beside = file;
        beside.replace_extension(".expected");
        std::istringstream questions(text_of(beside));
        std::string found;
        for (std::string line; std::getline(questions, line);)
            if (!line.empty() && line[0] != ' ') found += answer(program, line);
        compare(file, found);
    }
}
