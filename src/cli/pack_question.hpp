// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_PACK_QUESTION_HPP
#define POLKU_CLI_PACK_QUESTION_HPP

#include "cli/session.hpp"

#include <polku/result.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace polku::cli {

/// What commands that ask a rule pack have in common.
struct pack_question_options {
    std::string pack;
    std::string decision;
    std::string decided;
    std::string event;
    std::string variant;
    std::string overrides;
    std::string input = "-";
};

void add_pack_question(CLI::App& to, pack_question_options& into);

/// A date of an option; the error names the option.
result<time::date> try_day(const std::string& text, const char* option);
/// The question without its facts.
result<rules::pack_question> try_question(const pack_question_options& with);

void add_language(CLI::App& command, std::string& into, const char* name, const char* what);

/// What is printed for a question with the facts of one line.
using pack_line = std::function<result<std::string>(const rules::pack& pack, const rules::pack_question& asked)>;
/// Answers each line of the input, an object of facts, with a line; an error of a line stands in its place, and
/// the command then ends with `findings`.
exit_status answer_lines(const session& in, const pack_question_options& with, const pack_line& answer);

}  // namespace polku::cli

#endif
