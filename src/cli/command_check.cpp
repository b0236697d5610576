// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/model_files.hpp"

#include <polku/dmn/program.hpp>
#include <polku/json/path_definition.hpp>
#include <polku/json/text.hpp>
#include <polku/path/service_path.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

std::string_view severity_name(severity of) noexcept {
    switch (of) {
        case severity::error: return "error";
        case severity::warning: return "warning";
        case severity::note: return "note";
    }
    return "";
}

/// `file:line:col: severity: message [code]`, each further place on a line of its own.
std::string diagnostic_text(const diagnostic& of, const std::string& file) {
    const position none;
    const auto& positions = of.what.positions();
    const position& at = positions.empty() ? none : positions.front();
    std::string out = at.source.empty() ? file : at.source;
    if (at.line != 0) out += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    out += ": " + std::string(severity_name(of.severity)) + ": ";
    if (!at.pointer.empty()) out += at.element + ", " + at.pointer + ": ";
    out += of.what.message() + " [" + std::string(name_of(of.what.code())) + "]";
    for (std::size_t each = 1; each < positions.size(); ++each)
        out += "\n  see also " + positions[each].source + ":" + std::to_string(positions[each].line) + ":" +
               std::to_string(positions[each].column) +
               (positions[each].element.empty() ? "" : ": " + positions[each].element);
    return out;
}

std::string diagnostic_json(const diagnostic& of) {
    feel::context out;
    out.set("severity", severity_name(of.severity));
    const feel::value what = error_value(of.what);
    for (const auto& each : what.as_context()) out.set(each.name, each.value);
    return json::write(feel::value(std::move(out)));
}

/// Everything wrong with one file: its structure first; the rest only when the structure is sound.
std::vector<diagnostic> check_file(const std::string& file) {
    auto files = read_models(file);
    if (!files) return {{severity::error, std::move(files).error()}};
    std::vector<diagnostic> found = std::move(files->diagnostics);
    const bool sound = std::none_of(found.begin(), found.end(),
                                    [](const diagnostic& each) { return each.severity == severity::error; });
    if (!sound) return found;
    for (diagnostic& each : dmn::check(std::move(files->models))) found.push_back(std::move(each));
    return found;
}

/// A path definition with the DMN files of its folder.
std::vector<diagnostic> check_definition(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return {{severity::error, text.error()}};
    auto says = json::try_read_path(*text, file);
    if (!says) return {{severity::error, std::move(says).error()}};
    path::path_sources sources;
    sources.name = file;
    std::error_code unreadable;
    for (const auto& each :
         std::filesystem::directory_iterator(std::filesystem::path(file).parent_path() / ".", unreadable)) {
        if (each.path().extension() != ".dmn") continue;
        const auto model = read_file(each.path().string());
        if (!model) return {{severity::error, model.error()}};
        sources.models.emplace(each.path().filename().string(), *model);
    }
    return path::check(*says, sources);
}

exit_status run_check(const session& in, const std::vector<std::string>& files) {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    for (const std::string& file : files) {
        for (const diagnostic& each : file.ends_with(".json") ? check_definition(file) : check_file(file)) {
            (each.severity == severity::error ? errors : warnings) += 1;
            std::cout << (in.json ? diagnostic_json(each) : diagnostic_text(each, file)) << "\n";
        }
    }
    if (!in.json)
        std::cout << files.size() << (files.size() == 1 ? " file, " : " files, ") << errors
                  << (errors == 1 ? " error, " : " errors, ") << warnings
                  << (warnings == 1 ? " warning\n" : " warnings\n");
    return errors == 0 ? exit_status::fine : exit_status::findings;
}

}  // namespace

void register_check(CLI::App& app, session& in) {
    auto files = std::make_shared<std::vector<std::string>>();
    CLI::App* command =
        app.add_subcommand("check", "Report everything that is wrong with DMN files and path definitions");
    command->add_option("files", *files, "DMN files, and path definitions (.json) with the models beside them")
        ->required();
    command->callback([files, &in] { in.run = [files, &in] { return run_check(in, *files); }; });
}

}  // namespace polku::cli
