// SPDX-License-Identifier: Apache-2.0
#include "cli/pack_question.hpp"

#include "cli/error_json.hpp"
#include "cli/pack_files.hpp"

#include <polku/json/text.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>

namespace polku::cli {

namespace {

result<std::string> try_line(const rules::pack& pack, rules::pack_question asked, const std::string& line,
                             const pack_line& answer) {
    POLKU_TRY(const feel::value inputs, json::try_parse(line));
    if (!inputs.is(feel::kind::context))
        return error(error_code::dmn_input_type, "the inputs of a line are one JSON object");
    asked.inputs = inputs.as_context();
    return answer(pack, asked);
}

exit_status answer_all(std::istream& from, const rules::pack& pack, const rules::pack_question& asked,
                       const pack_line& answer) {
    exit_status ends = exit_status::fine;
    std::string line;
    while (std::getline(from, line)) {
        auto made = try_line(pack, asked, line, answer);
        if (!made) ends = exit_status::findings;
        std::cout << (made ? *made : error_json(made.error())) << "\n";
    }
    return ends;
}

}  // namespace

void add_pack_question(CLI::App& to, pack_question_options& into) {
    to.add_option("PACK", into.pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    to.add_option("DECISION", into.decision, "Name of a decision")->required();
    to.add_option("--decided", into.decided, "Date of the decision")->required();
    to.add_option("--event", into.event, "Date of the event, when it is another");
    to.add_option("--variant", into.variant, "A version or flagged variant by its id");
    to.add_option("--override", into.overrides, "JSON object: parameters that the authority gives another value");
    to.add_option("--input", into.input, "JSON Lines file, one object with the inputs a line (default: stdin)");
}

void add_language(CLI::App& command, std::string& into, const char* name, const char* what) {
    command.add_option(name, into, what)->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}));
}

result<time::date> try_day(const std::string& text, const char* option) {
    const auto read = time::parse_date(text);
    if (read) return *read;
    return error(error_code::invalid_argument,
                 std::string(option) + " is a date such as 2025-03-01, not '" + text + "'");
}

result<rules::pack_question> try_question(const pack_question_options& with) {
    rules::pack_question asked;
    asked.decision = with.decision;
    asked.variant = with.variant;
    POLKU_TRY(asked.decided, try_day(with.decided, "--decided"));
    if (!with.event.empty()) {
        POLKU_TRY(asked.event, try_day(with.event, "--event"));
    }
    if (!with.overrides.empty()) {
        POLKU_TRY(const feel::value other, json::try_parse(with.overrides));
        if (!other.is(feel::kind::context))
            return error(error_code::invalid_argument, "--override is a JSON object of parameters and their values");
        asked.overrides = other.as_context();
    }
    return asked;
}

exit_status answer_lines(const session& in, const pack_question_options& with, const pack_line& answer) {
    const auto pack = try_load_pack(with.pack);
    if (!pack) return fail(in, pack.error());
    const auto asked = try_question(with);
    if (!asked) return fail_usage(in, asked.error());
    if (with.input == "-") return answer_all(std::cin, *pack, *asked, answer);
    std::ifstream file(with.input, std::ios::binary);
    if (!file)
        return fail_usage(
            in, error(error_code::not_found, "the input file cannot be opened; check its name and your rights",
                      {.source = with.input}));
    return answer_all(file, *pack, *asked, answer);
}

}  // namespace polku::cli
