// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/model_files.hpp"

#include <polku/dmn/program.hpp>
#include <polku/json/decision_reader.hpp>
#include <polku/json/decision_trace.hpp>
#include <polku/json/text_writer.hpp>

#include <polku/rules/explanation.hpp>

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
    std::string explain;  ///< language of the explanations; empty: none
    bool trace = false;
    std::string rule;  ///< the rule that a trace or an explanation is asked about; empty: none

    bool is_traced() const { return trace || !explain.empty(); }
};

error unknown_decision(const dmn::program& program, const decide_options& options) {
    std::string names;
    for (const dmn::decision_info& each : program.decisions()) names += (names.empty() ? "'" : ", '") + each.name + "'";
    return error(error_code::not_found,
                 "the model has no decision, service or knowledge model '" + options.decision + "'; it has " +
                     (names.empty() ? "none" : names),
                 {.source = options.model});
}

/// `{"value":..., "explanation":..., "trace":...}`: sentences (rules/explanation.hpp) and steps (docs/tracing.md).
feel::value traced_value(feel::value value, const dmn::trace& trace, const decide_options& options) {
    feel::context made{{"value", std::move(value)}};
    if (!options.explain.empty()) {
        std::vector<feel::value> sentences;
        for (const std::string& each : rules::explain(trace, options.explain)) sentences.emplace_back(each);
        made.set("explanation", feel::value(std::move(sentences)));
    }
    if (options.trace) made.set("trace", json::trace_value(trace));
    return feel::value(std::move(made));
}

result<feel::value> decide_line(const json::input_plan& plan, json::decision_reader& reader, const std::string& text,
                                const decide_options& options, feel::evaluation_context& with) {
    POLKU_TRY(const auto slots, reader.try_read(plan, text, with));
    if (!options.is_traced()) return dmn::try_evaluate_slots(plan.program(), plan.decision(), slots, with);
    dmn::trace trace;
    trace.with.rule = options.rule;
    POLKU_TRY(feel::value value, dmn::try_evaluate_slots(plan.program(), plan.decision(), slots, with, &trace));
    return traced_value(std::move(value), trace, options);
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
    const json::input_plan plan(program, what);
    json::decision_reader reader;
    json::text_writer writer(form);
    std::string text;
    std::string out;
    for (std::uint32_t line = 1; std::getline(from, text); ++line) {
        if (!text.empty() && text.back() == '\r') text.pop_back();
        auto made = decide_line(plan, reader, text, options, with);
        auto written = made ? writer.try_write(*made, with.bounds().text_bytes)
                            : result<std::string_view>(std::move(made).error());
        if (written) {
            out += *written;
        } else {
            out += error_json(placed(std::move(written).error(), options.input, line));
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
    if (!options.rule.empty() && !options.is_traced())
        return fail_usage(in,
                          error(error_code::invalid_argument, "--rule needs --explain or --trace to tell of it in"));
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
    command
        ->add_option("--explain", options->explain, "Write {value, explanation} in this language: fi, sv, en, fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}));
    command->add_flag("--trace", options->trace,
                      "Write {value, trace}: steps, rules that matched, nearest rules, causes of nulls");
    command->add_option("--rule", options->rule,
                        "With --explain or --trace: what keeps this rule (id, or number from 1) from being met");
    command->callback([options, &in] { in.run = [options, &in] { return run_decide(in, *options); }; });
}

}  // namespace polku::cli
