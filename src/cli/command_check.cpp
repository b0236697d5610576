// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/model_files.hpp"
#include "cli/path_files.hpp"

#include <polku/dmn/analysis.hpp>
#include <polku/dmn/program.hpp>
#include <polku/json/analysis_report.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
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
    if (!at.pointer.empty()) out += at.element + (at.element.empty() ? "" : ", ") + at.pointer + ": ";
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

/// What is known of one file: what is wrong with its parts, and what the analysis of its tables says.
struct checked_file {
    std::vector<diagnostic> diagnostics;
    dmn::analysis_report analysis;
};

bool has_error(const std::vector<diagnostic>& found) {
    return std::any_of(found.begin(), found.end(),
                       [](const diagnostic& each) { return each.severity == severity::error; });
}

/// Everything wrong with one file: its structure first; the rest only when the structure is sound; the analysis of its
/// tables only when every part of it compiles.
checked_file check_file(const std::string& file, const dmn::analysis_options& options) {
    auto files = read_models(file);
    if (!files) return {{{severity::error, std::move(files).error()}}, {}};
    checked_file made{std::move(files->diagnostics), {}};
    if (has_error(made.diagnostics)) return made;
    for (diagnostic& each : dmn::check(files->models)) made.diagnostics.push_back(std::move(each));
    if (has_error(made.diagnostics)) return made;
    auto program = dmn::try_compile(files->models);
    if (program) made.analysis = dmn::analyse(*program, files->models, options);
    return made;
}

/// A path definition with the DMN files of its folder, and the definitions beside it that it may extend.
std::vector<diagnostic> check_definition(const std::string& file) {
    const auto files = read_path_files(file);
    if (!files) return {{severity::error, files.error()}};
    return check_path(*files);
}

/// How much was found, over all files.
struct tally {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
    bool refuted = false;  ///< an error, or a warning of the analysis
    bool unknown = false;  ///< a question of the analysis is open

    void count(severity of) { (of == severity::error ? errors : of == severity::warning ? warnings : notes) += 1; }
};

std::string counted(std::size_t of, const char* what) { return std::to_string(of) + " " + what + (of == 1 ? "" : "s"); }

/// The verdicts of a table, and what stood in the way of those that are open.
std::string said(const dmn::table_verdicts& of) {
    std::string out = of.decision + " (" + std::string(dmn::name_of(of.hit_policy)) + ", " + counted(of.rules, "rule") +
                      "): complete " + std::string(dmn::name_of(of.complete)) + ", consistent " +
                      std::string(dmn::name_of(of.consistent)) + ", reachable " +
                      std::string(dmn::name_of(of.reachable));
    if (of.out_of_work) out += "; the work ran out, see --max-work";
    if (!of.opaque.empty()) out += "; " + counted(of.opaque.size(), "cell") + " could not be seen through:";
    constexpr std::size_t most = 5;
    for (std::size_t at = 0; at < std::min(most, of.opaque.size()); ++at)
        out += (at == 0 ? " rule " : ", rule ") + std::to_string(of.opaque[at].rule) + " input " +
               std::to_string(of.opaque[at].column);
    if (of.opaque.size() > most) out += " and more";
    return out;
}

void print_analysis(const session& in, const dmn::analysis_report& of, tally& into) {
    for (const dmn::finding& each : of.findings) {
        into.count(each.severity);
        into.refuted = into.refuted || (each.severity != severity::note && each.says != dmn::verdict::unknown);
        std::cout << (in.json ? json::write(json::finding_value(each)) : dmn::to_string(each));
        if (!in.json && each.input) std::cout << "\n  input " << json::write(feel::value(*each.input));
        std::cout << "\n";
    }
    for (const dmn::table_verdicts& each : of.tables) {
        const bool open = each.complete == dmn::verdict::unknown || each.consistent == dmn::verdict::unknown;
        into.unknown = into.unknown || open;
        if (open || in.verbose) std::cout << (in.json ? json::write(json::verdicts_value(each)) : said(each)) << "\n";
    }
}

exit_status run_check(const session& in, const std::vector<std::string>& files, const dmn::analysis_options& options) {
    tally all;
    for (const std::string& file : files) {
        checked_file found;
        if (file.ends_with(".json"))
            found.diagnostics = check_definition(file);
        else
            found = check_file(file, options);
        for (const diagnostic& each : found.diagnostics) {
            all.count(each.severity);
            all.refuted = all.refuted || each.severity == severity::error;
            std::cout << (in.json ? diagnostic_json(each) : diagnostic_text(each, file)) << "\n";
        }
        print_analysis(in, found.analysis, all);
    }
    if (!in.json) {
        std::cout << counted(files.size(), "file") << ", " << counted(all.errors, "error") << ", "
                  << counted(all.warnings, "warning");
        if (all.notes != 0) std::cout << ", " << counted(all.notes, "note");
        std::cout << "\n";
    }
    if (all.refuted) return exit_status::findings;
    return all.unknown ? exit_status::unknown : exit_status::fine;
}

}  // namespace

void register_check(CLI::App& app, session& in) {
    struct given {
        std::vector<std::string> files;
        dmn::analysis_options options;
        bool no_advice = false;
    };
    auto with = std::make_shared<given>();
    CLI::App* command =
        app.add_subcommand("check", "Report everything that is wrong with DMN files and path definitions");
    command->add_option("files", with->files, "DMN files, and path definitions (.json) with the models beside them")
        ->required();
    command->add_flag("--nulls", with->options.nulls, "Count inputs that are null among those that rules must meet");
    command->add_flag("--no-advice", with->no_advice, "Leave out notes");
    command->add_option("--max-work", with->options.max_work, "Steps for each question of the analysis of one table");
    command->add_option("--max-findings", with->options.max_findings, "Findings of one kind in one table");
    command->callback([with, &in] {
        with->options.advice = !with->no_advice;
        in.run = [with, &in] { return run_check(in, with->files, with->options); };
    });
}

}  // namespace polku::cli
