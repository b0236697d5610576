// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace polku::cli {

namespace {

struct pack_options {
    std::string pack;
    std::string decision;
    std::string decided;
    std::string event;
    std::string variant;
    std::string overrides;
    std::string input = "-";
    std::string explain;
    std::string language = "en";
};

/// A shipped pack by its id, or one from a folder with its `pack.json` and models.
result<rules::pack> try_load_pack(const std::string& name) {
    std::error_code none;
    const std::filesystem::path folder(name);
    if (!std::filesystem::is_directory(folder, none)) return json::try_shipped_pack(name);
    const std::filesystem::path definition = folder / "pack.json";
    POLKU_TRY(const std::string text, read_file(definition.string()));
    std::map<std::string, std::string> models;
    for (const auto& each : std::filesystem::directory_iterator(folder, none)) {
        if (each.path().extension() != ".dmn") continue;
        POLKU_TRY(std::string model, read_file(each.path().string()));
        models.emplace(each.path().filename().string(), std::move(model));
    }
    return json::try_read_pack(text, std::move(models), definition.string());
}

const std::string& in_language(const rules::texts& of, const std::string& language) {
    const auto found = of.find(language);
    return found != of.end() ? found->second : of.begin()->second;
}

std::string days_text(const time::date& from, const std::optional<time::date>& before) {
    return time::to_string(from) + " .. " + (before ? "before " + time::to_string(*before) : "");
}

exit_status run_list(const session& in, const std::string& language) {
    for (const std::string& id : json::shipped_packs()) {
        const auto pack = json::try_shipped_pack(id);
        if (!pack) return fail(in, pack.error());
        const rules::pack_definition& says = pack->says();
        if (in.json) {
            std::cout << json::write(feel::value(feel::context{{"id", id}, {"name", in_language(says.name, language)}}))
                      << "\n";
            continue;
        }
        std::cout << id << ": " << in_language(says.name, language) << "\n";
        for (const rules::pack_version& each : says.versions)
            std::cout << "  " << each.id << "  " << days_text(each.from, each.before) << "\n";
    }
    return exit_status::fine;
}

void show_parameters(const rules::pack_definition& says, const std::string& language) {
    std::cout << "\nParameters\n";
    for (const rules::parameter& each : says.parameters) {
        std::cout << "  " << each.name << ": " << in_language(each.text, language) << "\n";
        for (const rules::parameter_value& value : each.series) {
            std::cout << "    " << days_text(value.from, value.before) << ": "
                      << rules::value_words(value.value, language) << (each.unit ? " " + *each.unit : "");
            for (const std::string& key : value.sources)
                std::cout << "  [" << says.sources.at(key).act << " " << says.sources.at(key).section << "]";
            std::cout << "\n";
            if (value.review) std::cout << "      ! " << in_language(*value.review, language) << "\n";
        }
    }
}

exit_status run_show(const session& in, const pack_options& with) {
    const auto pack = try_load_pack(with.pack);
    if (!pack) return fail(in, pack.error());
    const rules::pack_definition& says = pack->says();
    std::cout << says.id << ": " << in_language(says.name, with.language) << "\n"
              << in_language(says.notice, with.language) << "\n\nVersions\n";
    for (const auto* list : {&says.versions, &says.variants})
        for (const rules::pack_version& each : *list)
            std::cout << "  " << each.id << "  " << days_text(each.from, each.before)
                      << (each.flag ? "  ! " + in_language(*each.flag, with.language) : "") << "\n";
    for (const rules::transition& each : says.transitions)
        std::cout << "  " << each.id << " -> " << each.version << ": " << in_language(each.text, with.language) << "\n";
    std::cout << "\nDecisions\n";
    for (const rules::pack_decision& each : says.decisions)
        std::cout << "  " << each.name << ": " << in_language(each.text, with.language) << "\n";
    std::cout << "\nInputs\n";
    for (const rules::pack_input& each : says.inputs)
        std::cout << "  " << each.name << ": " << in_language(each.text, with.language)
                  << (each.judge ? " (" + in_language(*each.judge, with.language) + ")" : "") << "\n";
    show_parameters(says, with.language);
    return exit_status::fine;
}

result<rules::pack_question> try_question(const pack_options& with) {
    rules::pack_question asked;
    asked.decision = with.decision;
    asked.variant = with.variant;
    const auto day = [](const std::string& text, const char* option) -> result<time::date> {
        const auto read = time::parse_date(text);
        if (read) return *read;
        return error(error_code::invalid_argument,
                     std::string(option) + " is a date such as 2025-03-01, not '" + text + "'");
    };
    POLKU_TRY(asked.decided, day(with.decided, "--decided"));
    if (!with.event.empty()) {
        POLKU_TRY(asked.event, day(with.event, "--event"));
    }
    if (!with.overrides.empty()) {
        POLKU_TRY(const feel::value other, json::try_parse(with.overrides));
        if (!other.is(feel::kind::context))
            return error(error_code::invalid_argument, "--override is a JSON object of parameters and their values");
        asked.overrides = other.as_context();
    }
    return asked;
}

result<feel::value> decide_line(const rules::pack& pack, rules::pack_question asked, const std::string& line,
                                const std::string& language) {
    POLKU_TRY(const feel::value inputs, json::try_parse(line));
    if (!inputs.is(feel::kind::context))
        return error(error_code::dmn_input_type, "the inputs of a line are one JSON object");
    asked.inputs = inputs.as_context();
    POLKU_TRY(const rules::pack_answer answer, pack.try_decide(asked));
    feel::value made = json::to_value(answer, pack);
    if (language.empty()) return made;
    std::vector<feel::value> reasons;
    for (const rules::reason& each : rules::explain(answer, pack, language)) reasons.emplace_back(each.text);
    feel::context with_reasons = made.as_context();
    with_reasons.set("explanation", feel::value(std::move(reasons)));
    return feel::value(std::move(with_reasons));
}

/// The whole explanation of a line, as text or as JSON.
result<std::string> explain_line(const session& in, const rules::pack& pack, rules::pack_question asked,
                                 const std::string& line, const std::string& language) {
    POLKU_TRY(const feel::value inputs, json::try_parse(line));
    if (!inputs.is(feel::kind::context))
        return error(error_code::dmn_input_type, "the inputs of a line are one JSON object");
    asked.inputs = inputs.as_context();
    POLKU_TRY(const rules::pack remedies, json::try_shipped_pack("muutoksenhaku"));
    POLKU_TRY(const rules::explanation made, rules::try_explain(pack, asked, language, &remedies));
    return in.json ? json::write(json::to_value(made)) : rules::to_text(made);
}

enum class line_answer : std::uint8_t { value, explanation };

exit_status answer_all(const session& in, std::istream& from, const rules::pack& pack,
                       const rules::pack_question& asked, const pack_options& with, line_answer what) {
    exit_status ends = exit_status::fine;
    std::string line;
    while (std::getline(from, line)) {
        const auto answer = [&]() -> result<std::string> {
            if (what == line_answer::explanation) return explain_line(in, pack, asked, line, with.language);
            POLKU_TRY(const feel::value made, decide_line(pack, asked, line, with.explain));
            return json::write(made);
        }();
        if (!answer) ends = exit_status::findings;
        std::cout << (answer ? *answer : error_json(answer.error())) << "\n";
    }
    return ends;
}

exit_status run_lines(const session& in, const pack_options& with, line_answer what) {
    const auto pack = try_load_pack(with.pack);
    if (!pack) return fail(in, pack.error());
    const auto asked = try_question(with);
    if (!asked) return fail_usage(in, asked.error());
    if (with.input == "-") return answer_all(in, std::cin, *pack, *asked, with, what);
    std::ifstream file(with.input, std::ios::binary);
    if (!file)
        return fail_usage(
            in, error(error_code::not_found, "the input file cannot be opened; check its name and your rights",
                      {.source = with.input}));
    return answer_all(in, file, *pack, *asked, with, what);
}

/// The pack, the decision and what they are asked with.
void add_question(CLI::App& command, pack_options& with) {
    command.add_option("PACK", with.pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    command.add_option("DECISION", with.decision, "Name of a decision")->required();
    command.add_option("--decided", with.decided, "Date of the decision")->required();
    command.add_option("--event", with.event, "Date of the event, when it is another");
    command.add_option("--variant", with.variant, "A version or flagged variant by its id");
    command.add_option("--override", with.overrides, "JSON object: parameters that the authority gives another value");
    command.add_option("--input", with.input, "JSON Lines file, one object with the inputs a line (default: stdin)");
}

void add_language(CLI::App& command, std::string& into, const char* name, const char* what) {
    command.add_option(name, into, what)->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}));
}

}  // namespace

void register_pack(CLI::App& app, session& in) {
    auto with = std::make_shared<pack_options>();
    CLI::App* command = app.add_subcommand("pack", "Dated rule packs: what is shipped, what they say, their decisions");
    command->require_subcommand(1);

    CLI::App* list = command->add_subcommand("list", "The shipped packs and their versions");
    add_language(*list, with->language, "--language", "Language of the names: fi, sv, en, fi-selko");
    list->callback([with, &in] { in.run = [with, &in] { return run_list(in, with->language); }; });

    CLI::App* show = command->add_subcommand("show", "Versions, decisions, inputs and parameters of a pack");
    show->add_option("PACK", with->pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    add_language(*show, with->language, "--language", "Language of the texts: fi, sv, en, fi-selko");
    show->callback([with, &in] { in.run = [with, &in] { return run_show(in, *with); }; });

    CLI::App* decide = command->add_subcommand("decide", "Evaluate a decision of a pack for each line of JSON input");
    add_question(*decide, *with);
    add_language(*decide, with->explain, "--explain", "Add the reasons in this language: fi, sv, en, fi-selko");
    decide->callback([with, &in] { in.run = [with, &in] { return run_lines(in, *with, line_answer::value); }; });

    CLI::App* explain = command->add_subcommand("explain", "Decide and tell why: reasons, facts, figures, background");
    add_question(*explain, *with);
    add_language(*explain, with->language, "--language", "Language of the explanation: fi, sv, en, fi-selko");
    explain->callback([with, &in] { in.run = [with, &in] { return run_lines(in, *with, line_answer::explanation); }; });
}

}  // namespace polku::cli
