// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_question.hpp"

#include <polku/json/text.hpp>
#include <polku/json/what_if.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/what_if.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace polku::cli {

namespace {

struct what_if_command {
    pack_question_options question;
    rules::pack_goal goal;
    std::string until;
    std::string language = "en";
    rules::what_if_options search;
};

exit_status run_what_if(const session& in, what_if_command& with) {
    if (!with.until.empty()) {
        const auto day = try_day(with.until, "--until");
        if (!day) return fail_usage(in, day.error());
        with.search.until = *day;
    }
    return answer_lines(
        in, with.question, [&](const rules::pack& pack, const rules::pack_question& asked) -> result<std::string> {
            POLKU_TRY(const rules::what_if_answer found, rules::try_what_if(pack, asked, with.goal, with.search));
            return json::write(json::to_value(found, pack, with.language));
        });
}

}  // namespace

void register_what_if(CLI::App& app, session& in) {
    auto with = std::make_shared<what_if_command>();
    CLI::App* command = app.add_subcommand(
        "what-if", "The cheapest changes that lead to a wanted answer of a pack, and the earliest date");
    add_pack_question(*command, with->question);
    command->add_option("--goal", with->goal.test, "FEEL unary test of the wanted answer, such as true or >= 12")
        ->required();
    command->add_option("--member", with->goal.member, "Member of the answer that the goal is about");
    add_language(*command, with->language, "--language", "Language of the words: fi, sv, en, fi-selko");
    command->add_option("--until", with->until, "Last date of the decision that is tried (default: --decided)");
    command->add_option("--max-evaluations", with->search.max_evaluations, "Answers of the pack that may be asked for")
        ->capture_default_str();
    command->callback([with, &in] { in.run = [with, &in] { return run_what_if(in, *with); }; });
}

}  // namespace polku::cli
