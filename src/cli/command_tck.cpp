// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/model_files.hpp"
#include "cli/tck_cases.hpp"

#include <polku/dmn/program.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

namespace fs = std::filesystem;

struct tck_options {
    std::string folder;
    std::string csv;
};

struct tck_tally {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0;
};

/// A run over a folder: totals, the CSV as it grows, and the compiled models by file.
struct tck_run {
    const session& in;
    feel::evaluation_context with;
    fs::path root;
    std::string csv;
    tck_tally total;
    tck_tally folder;
};

std::vector<fs::path> files_below(const fs::path& root) {
    std::vector<fs::path> out;
    std::error_code ignored;
    for (const auto& each : fs::recursive_directory_iterator(root, ignored))
        if (each.is_regular_file() && each.path().extension() == ".xml") out.push_back(each.path());
    std::sort(out.begin(), out.end());
    return out;
}

/// The file that the cases name, else the one DMN file of the folder whose name begins the cases' name.
fs::path model_of(const fs::path& cases, const std::string& model_name) {
    if (!model_name.empty()) return cases.parent_path() / model_name;
    std::vector<fs::path> models;
    for (const auto& each : fs::directory_iterator(cases.parent_path()))
        if (each.path().extension() == ".dmn") models.push_back(each.path());
    std::sort(models.begin(), models.end());
    for (const fs::path& each : models)
        if (cases.stem().string().rfind(each.stem().string(), 0) == 0) return each;
    return models.empty() ? fs::path() : models.front();
}

result<feel::value> evaluate_node(tck_run& run, const dmn::program& program, std::string_view name,
                                  const tck_case& from) {
    const auto what = program.find(name);
    if (!what) return error(error_code::not_found, "the model has no decision '" + std::string(name) + "'");
    const auto known = program.inputs(*what);
    std::vector<feel::value> slots(known.size(), feel::value(feel::null_reason::unknown_input));
    for (std::size_t at = 0; at < known.size(); ++at)
        for (const tck_input& each : from.inputs)
            if (each.name == known[at].name &&
                (each.model_namespace.empty() || each.model_namespace == known[at].model_namespace))
                slots[at] = each.value;
    return dmn::try_evaluate_slots(program, *what, slots, run.with);
}

/// A service with several outputs answers a context; a result node may name one of them.
feel::value named_part(const feel::value& whole, const std::string& name, const tck_case& from) {
    if (!from.is_service || !whole.is(feel::kind::context)) return whole;
    const feel::value* part = whole.as_context().find(name);
    return part ? *part : whole;
}

/// Empty when the case passes; else what was expected and found.
std::string run_case(tck_run& run, const dmn::program& program, const tck_case& from) {
    for (const tck_result& each : from.results) {
        const std::string& target = from.is_service && !from.invocable.empty() ? from.invocable : each.name;
        auto made = evaluate_node(run, program, target, from);
        const tck_value expected = each.is_error ? tck_value() : each.expected;
        if (!made) {
            if (expected.is.is_null() && made.error().code() != error_code::not_found) continue;
            return each.name + ": " + made.error().to_string();
        }
        const feel::value found = named_part(*made, each.name, from);
        if (agrees(expected, found, run.with)) continue;
        std::string why = found.is_null() ? " (" + std::string(feel::text_of(found.reason())) + ")" : "";
        return each.name + ": expected " + feel::to_string(expected.is) + ", found " + feel::to_string(found) + why;
    }
    return {};
}

std::string csv_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"') out += '"';
        out += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    return out + "\"";
}

/// The folder as the kit's result tables name it, from the level on: `compliance-level-3/0001-filter`.
std::string folder_name(const tck_run& run, const fs::path& folder) {
    const fs::path whole = folder.lexically_relative(run.root.parent_path());
    fs::path from_level;
    for (const fs::path& each : whole) {
        const std::string name = each.string();
        const bool is_level = name.rfind("compliance-level-", 0) == 0 || name == "non-compliant";
        if (is_level || !from_level.empty()) from_level /= each;
    }
    return (from_level.empty() ? whole : from_level).generic_string();
}

void record(tck_run& run, const fs::path& file, const std::string& id, std::string_view outcome,
            const std::string& why) {
    run.csv += csv_quoted(folder_name(run, file.parent_path())) + "," + csv_quoted(file.stem().string()) + "," +
               csv_quoted(id) + "," + csv_quoted(outcome) + "," + csv_quoted(why) + "\n";
    if (outcome == "SUCCESS")
        ++run.folder.passed;
    else if (outcome == "IGNORED")
        ++run.folder.skipped;
    else
        ++run.folder.failed;
    if (run.in.verbose && outcome != "SUCCESS")
        std::cout << "  " << file.stem().string() << " " << id << ": " << why << "\n";
}

void run_file(tck_run& run, const fs::path& file, std::map<fs::path, std::shared_ptr<result<dmn::program>>>& programs) {
    const auto cases = try_read_tck(file.string(), run.with);
    if (!cases) {
        record(run, file, "", "IGNORED", cases.error().to_string());
        return;
    }
    const fs::path model = model_of(file, cases->model_name);
    auto& program = programs[model];
    if (!program) program = std::make_shared<result<dmn::program>>(load_program(model.string()));
    for (const tck_case& each : cases->cases) {
        const std::string why = *program ? run_case(run, program->value(), each) : program->error().to_string();
        record(run, file, each.id, why.empty() ? "SUCCESS" : "ERROR", why);
    }
}

void close_folder(tck_run& run, const fs::path& folder) {
    const tck_tally& now = run.folder;
    std::cout << folder.lexically_relative(run.root).string() << ": " << now.passed << " passed, " << now.failed
              << " failed, " << now.skipped << " skipped\n";
    run.total.passed += now.passed;
    run.total.failed += now.failed;
    run.total.skipped += now.skipped;
    run.folder = {};
}

exit_status run_tck(const session& in, const tck_options& options) {
    if (!fs::is_directory(options.folder))
        return fail_usage(in,
                          error(error_code::not_found, "there is no folder of that name", {.source = options.folder}));
    auto with = make_context(std::nullopt);
    if (!with) return fail(in, with.error());
    tck_run run{in, std::move(*with), fs::path(options.folder).lexically_normal(), {}, {}, {}};
    if (!run.root.has_filename()) run.root = run.root.parent_path();
    std::map<fs::path, std::shared_ptr<result<dmn::program>>> programs;
    fs::path folder;
    for (const fs::path& file : files_below(run.root)) {
        if (!folder.empty() && folder != file.parent_path()) close_folder(run, folder);
        if (folder != file.parent_path()) programs.clear();
        folder = file.parent_path();
        run_file(run, file, programs);
    }
    if (!folder.empty()) close_folder(run, folder);
    if (!options.csv.empty()) {
        std::ofstream csv(options.csv, std::ios::binary);
        csv << run.csv;
        csv.close();
        if (!csv)
            return fail(in, error(error_code::invalid_argument, "the CSV cannot be written", {.source = options.csv}));
    }
    std::cout << run.total.passed << " passed, " << run.total.failed << " failed, " << run.total.skipped
              << " skipped\n";
    return run.total.failed == 0 ? exit_status::fine : exit_status::findings;
}

}  // namespace

void register_tck(CLI::App& app, session& in) {
    auto options = std::make_shared<tck_options>();
    CLI::App* command = app.add_subcommand("tck", "Run test cases of the DMN Technology Compatibility Kit");
    command->add_option("folder", options->folder, "Folder with test cases, read with all folders in it")->required();
    command->add_option("--csv", options->csv, "Write the kit's result table to this file");
    command->callback([options, &in] { in.run = [options, &in] { return run_tck(in, *options); }; });
}

}  // namespace polku::cli
