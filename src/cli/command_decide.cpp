// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/model_files.hpp"

#include <polku/dmn/program.hpp>
#include <polku/json/text.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace polku::cli {

namespace {

struct decide_options {
    std::string model;
    std::string decision;
    std::string input = "-";
    std::optional<std::string> as_of;
    std::string numbers = "number";
};

error unknown_decision(const dmn::program& program, const decide_options& options) {
    std::string names;
    for (const dmn::decision_info& each : program.decisions()) names += (names.empty() ? "'" : ", '") + each.name + "'";
    return error(error_code::not_found,
                 "the model has no decision, service or knowledge model '" + options.decision + "'; it has " +
                     (names.empty() ? "none" : names),
                 {.source = options.model});
}

/// Typed inputs from a line: temporals from their ISO texts, everything of the declared kind.
result<feel::context> typed_inputs(const dmn::program& program, dmn::decision_ref what, const feel::value& line,
                                   const feel::evaluation_context& with) {
    if (!line.is(feel::kind::context))
        return error(error_code::dmn_input_type, "found " + std::string(feel::name_of(line.kind())) +
                                                     "; a line is one JSON object with the inputs");
    feel::context out;
    out.reserve(line.as_context().size());
    const auto known = program.inputs(what);
    for (const auto& each : line.as_context()) {
        const dmn::input_info* info = nullptr;
        for (const dmn::input_info& candidate : known)
            if (candidate.name == each.name) info = &candidate;
        if (!info) {
            out.set(each.name, each.value);  // try_evaluate says what is wrong with it
            continue;
        }
        POLKU_TRY(feel::value typed, dmn::try_typed(each.value, info->type, json::pointer_step(each.name), with));
        out.set(each.name, std::move(typed));
    }
    return out;
}

result<feel::value> decide_line(const dmn::program& program, dmn::decision_ref what, const std::string& text,
                                feel::evaluation_context& with) {
    POLKU_TRY(const feel::value line, json::try_parse(text));
    POLKU_TRY(const feel::context inputs, typed_inputs(program, what, line, with));
    return dmn::try_evaluate(program, what, inputs, with);
}

/// The place of an error inside the input: its file and line beside what the error itself knows.
error placed(error what, const std::string& file, std::uint32_t line) {
    if (what.positions().empty()) what.at({});
    position& at = what.positions().front();
    at.source = file == "-" ? "input" : file;
    at.line = line;
    return what;
}

exit_status decide_all(std::istream& from, const decide_options& options, const dmn::program& program,
                       dmn::decision_ref what, feel::evaluation_context& with) {
    json::write_options form;
    if (options.numbers == "string") form.numbers = json::number_form::string;
    exit_status ends = exit_status::fine;
    std::string text;
    std::string out;
    for (std::uint32_t line = 1; std::getline(from, text); ++line) {
        if (!text.empty() && text.back() == '\r') text.pop_back();
        auto made = decide_line(program, what, text, with);
        if (made) {
            json::append(out, *made, form);
        } else {
            out += error_json(placed(std::move(made).error(), options.input, line));
            ends = exit_status::findings;
        }
        out += '\n';
        if (out.size() < 1U << 16U) continue;
        std::cout << out;
        out.clear();
    }
    std::cout << out << std::flush;
    return std::cout ? ends : exit_status::engine;
}

exit_status run_decide(const session& in, const decide_options& options) {
    auto program = load_program(options.model);
    if (!program)
        return program.error().code() == error_code::not_found ? fail_usage(in, program.error())
                                                               : fail(in, program.error());
    // A model with a broken expression would answer null there without a word, so it is refused.
    for (const diagnostic& each : program->diagnostics())
        if (each.severity == severity::error) return fail(in, each.what);
    const auto what = program->find(options.decision);
    if (!what) return fail_usage(in, unknown_decision(*program, options));
    auto with = make_context(options.as_of);
    if (!with) return fail_usage(in, with.error());
    std::ios::sync_with_stdio(false);
    if (options.input == "-") return decide_all(std::cin, options, *program, *what, *with);
    std::ifstream file(options.input, std::ios::binary);
    if (!file)
        return fail_usage(
            in, error(error_code::not_found, "the input file cannot be opened; check its name and your rights",
                      {.source = options.input}));
    return decide_all(file, options, *program, *what, *with);
}

}  // namespace

void register_decide(CLI::App& app, session& in) {
    auto options = std::make_shared<decide_options>();
    CLI::App* command = app.add_subcommand("decide", "Evaluate a decision for each line of JSON input");
    command->add_option("model", options->model, "DMN file")->required();
    command->add_option("decision", options->decision, "Name or id of a decision, service or knowledge model")
        ->required();
    command->add_option("--input", options->input,
                        "JSON Lines file, one object with the inputs a line (default: stdin)");
    command->add_option("--as-of", options->as_of, "Date that today() answers, such as 2026-01-31");
    command->add_option("--numbers", options->numbers, "How numbers are written: number or string")
        ->check(CLI::IsMember({"number", "string"}));
    command->callback([options, &in] { in.run = [options, &in] { return run_decide(in, *options); }; });
}

}  // namespace polku::cli
