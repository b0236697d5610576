// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_question.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace polku::cli {

namespace {

struct explain_options {
    pack_question_options question;
    std::string language = "en";
};

exit_status run_explain(const session& in, const explain_options& with) {
    const auto remedies = json::try_shipped_pack("muutoksenhaku");
    if (!remedies) return fail(in, remedies.error());
    return answer_lines(
        in, with.question, [&](const rules::pack& pack, const rules::pack_question& asked) -> result<std::string> {
            POLKU_TRY(const rules::explanation made, rules::try_explain(pack, asked, with.language, &*remedies));
            return in.json ? json::write(json::to_value(made)) : rules::to_text(made);
        });
}

}  // namespace

void register_explain(CLI::App& app, session& in) {
    auto with = std::make_shared<explain_options>();
    CLI::App* command = app.add_subcommand(
        "explain", "Decide by a rule pack and tell why: reasons, facts, figures, background, line by line");
    add_pack_question(*command, with->question);
    add_language(*command, with->language, "--language", "Language of the explanation: fi, sv, en, fi-selko");
    command->callback([with, &in] { in.run = [with, &in] { return run_explain(in, *with); }; });
}

}  // namespace polku::cli
