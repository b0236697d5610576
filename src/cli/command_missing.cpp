// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_question.hpp"

#include <polku/json/text.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack_definition.hpp>

#include <CLI/CLI.hpp>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct missing_options {
    pack_question_options question;
    std::string language = "en";
};

/// An input with its question in a language.
feel::context asked_input(const rules::pack_definition& says, const std::string& name, const std::string& language) {
    for (const rules::pack_input& each : says.inputs)
        if (each.name == name)
            return {{"name", name}, {"question", in_language(each.text, language)}, {"group", each.group}};
    return {{"name", name}};
}

feel::value document_of(const rules::missing_answer& answer, const rules::pack_definition& says,
                        const std::string& language) {
    std::vector<feel::value> inputs;
    for (const rules::missing_input& each : answer.inputs) {
        feel::context made = asked_input(says, each.name, language);
        made.set("cost", feel::value(each.cost));
        made.set("certain", feel::value(each.certain));
        made.set("exact value", feel::value(each.exact_value));
        inputs.emplace_back(std::move(made));
    }
    std::vector<feel::value> together;
    for (const std::string& each : answer.together) together.emplace_back(asked_input(says, each, language));
    feel::context made{{"version", answer.version}, {"decided", answer.decided}};
    if (answer.decided) made.set("value", answer.value);
    made.set("inputs", feel::value(std::move(inputs)));
    if (!answer.next.empty()) made.set("next", feel::value(asked_input(says, answer.next, language)));
    made.set("together", feel::value(std::move(together)));
    made.set("expected cost", feel::value(feel::number::from_scaled(std::llround(answer.expected_cost * 100), 2)));
    made.set("optimal", feel::value(answer.optimal));
    made.set("complete", feel::value(answer.complete));
    return feel::value(std::move(made));
}

exit_status run_missing(const session& in, const missing_options& with) {
    // The guide reads the pack once for all lines.
    std::optional<rules::question_guide> guide;
    return answer_lines(in, with.question,
                        [&](const rules::pack& pack, const rules::pack_question& asked) -> result<std::string> {
                            if (!guide) guide.emplace(pack);
                            POLKU_TRY(const rules::missing_answer answer, guide->try_missing(asked));
                            return json::write(document_of(answer, pack.says(), with.language));
                        });
}

}  // namespace

void register_missing(CLI::App& app, session& in) {
    auto with = std::make_shared<missing_options>();
    CLI::App* command = app.add_subcommand(
        "missing", "Which facts can still change a decision of a pack, and which question to ask next, line by line");
    add_pack_question(*command, with->question);
    add_language(*command, with->language, "--language", "Language of the questions: fi, sv, en, fi-selko");
    command->callback([with, &in] { in.run = [with, &in] { return run_missing(in, *with); }; });
}

}  // namespace polku::cli
