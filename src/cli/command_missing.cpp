// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_question.hpp"

#include <polku/json/missing.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/missing.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace polku::cli {

namespace {

struct missing_options {
    pack_question_options question;
    std::string language = "en";
    std::string weights;
};

exit_status run_missing(const session& in, const missing_options& with) {
    rules::missing_options search;
    if (!with.weights.empty()) {
        const auto read = json::try_parse(with.weights);
        if (!read) return fail_usage(in, read.error());
        auto weights = json::try_read_weights(*read);
        if (!weights) return fail_usage(in, weights.error());
        search.weights = std::move(*weights);
    }
    // The guide reads the pack once for all lines.
    std::optional<rules::question_guide> guide;
    return answer_lines(in, with.question,
                        [&](const rules::pack& pack, const rules::pack_question& asked) -> result<std::string> {
                            if (!guide) guide.emplace(pack);
                            POLKU_TRY(const rules::missing_answer answer, guide->try_missing(asked, search));
                            return json::write(json::to_value(answer, pack, with.language));
                        });
}

}  // namespace

void register_missing(CLI::App& app, session& in) {
    auto with = std::make_shared<missing_options>();
    CLI::App* command = app.add_subcommand(
        "missing", "Which facts can still change a decision of a pack, and which question to ask next, line by line");
    add_pack_question(*command, with->question);
    add_language(*command, with->language, "--language", "Language of the questions: fi, sv, en, fi-selko");
    command->add_option("--weights", with->weights,
                        "JSON object: how probable answers are, by input and FEEL test (docs/missing.md)");
    command->callback([with, &in] { in.run = [with, &in] { return run_missing(in, *with); }; });
}

}  // namespace polku::cli
