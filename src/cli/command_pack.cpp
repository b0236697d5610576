// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_files.hpp"
#include "cli/pack_question.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace polku::cli {

namespace {

struct pack_options {
    pack_question_options question;
    std::string explain;
    std::string language = "en";
};

std::string days_text(const time::date& from, const std::optional<time::date>& before) {
    return time::to_string(from) + " .. " + (before ? "before " + time::to_string(*before) : "");
}

exit_status run_list(const session& in, const std::string& language) {
    for (const std::string& id : json::shipped_packs()) {
        const auto pack = json::try_shipped_pack(id);
        if (!pack) return fail(in, pack.error());
        const rules::pack_definition& says = pack->says();
        if (in.json) {
            std::cout << json::write(
                             feel::value(feel::context{{"id", id}, {"name", rules::text_in(says.name, language)}}))
                      << "\n";
            continue;
        }
        std::cout << id << ": " << rules::text_in(says.name, language) << "\n";
        for (const rules::pack_version& each : says.versions)
            std::cout << "  " << each.id << "  " << days_text(each.from, each.before) << "\n";
    }
    return exit_status::fine;
}

void show_parameters(const rules::pack_definition& says, const std::string& language) {
    std::cout << "\nParameters\n";
    for (const rules::parameter& each : says.parameters) {
        std::cout << "  " << each.name << ": " << rules::text_in(each.text, language) << "\n";
        for (const rules::parameter_value& value : each.series) {
            std::cout << "    " << days_text(value.from, value.before) << ": "
                      << rules::value_words(value.value, language) << (each.unit ? " " + *each.unit : "");
            for (const std::string& each_source : rules::source_texts(says, value.sources))
                std::cout << "  [" << each_source << "]";
            std::cout << "\n";
            if (value.review) std::cout << "      ! " << rules::text_in(*value.review, language) << "\n";
        }
    }
}

exit_status run_show(const session& in, const pack_options& with) {
    const auto pack = try_load_pack(with.question.pack);
    if (!pack) return fail(in, pack.error());
    if (in.json) {
        std::cout << json::write(json::to_value(*pack)) << "\n";
        return exit_status::fine;
    }
    const rules::pack_definition& says = pack->says();
    std::cout << says.id << ": " << rules::text_in(says.name, with.language) << "\n"
              << rules::text_in(says.notice, with.language) << "\n\nVersions\n";
    for (const auto* list : {&says.versions, &says.variants})
        for (const rules::pack_version& each : *list)
            std::cout << "  " << each.id << "  " << days_text(each.from, each.before)
                      << (each.flag ? "  ! " + rules::text_in(*each.flag, with.language) : "") << "\n";
    for (const rules::transition& each : says.transitions)
        std::cout << "  " << each.id << " -> " << each.version << ": " << rules::text_in(each.text, with.language)
                  << "\n";
    std::cout << "\nDecisions\n";
    for (const rules::pack_decision& each : says.decisions)
        std::cout << "  " << each.name << ": " << rules::text_in(each.text, with.language) << "\n";
    std::cout << "\nInputs\n";
    for (const rules::pack_input& each : says.inputs)
        std::cout << "  " << each.name << ": " << rules::text_in(each.text, with.language)
                  << (each.judge ? " (" + rules::text_in(*each.judge, with.language) + ")" : "") << "\n";
    show_parameters(says, with.language);
    return exit_status::fine;
}

exit_status run_decide(const session& in, const pack_options& with) {
    return answer_lines(in, with.question,
                        [&](const rules::pack& pack, const rules::pack_question& asked) -> result<std::string> {
                            POLKU_TRY(const rules::pack_answer answer, pack.try_decide(asked));
                            feel::value made = json::to_value(answer, pack);
                            if (with.explain.empty()) return json::write(made);
                            std::vector<feel::value> reasons;
                            for (const rules::reason& each : rules::explain(answer, pack, with.explain))
                                reasons.emplace_back(each.text);
                            feel::context with_reasons = made.as_context();
                            with_reasons.set("explanation", feel::value(std::move(reasons)));
                            return json::write(feel::value(std::move(with_reasons)));
                        });
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
    show->add_option("PACK", with->question.pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    add_language(*show, with->language, "--language", "Language of the texts: fi, sv, en, fi-selko");
    show->callback([with, &in] { in.run = [with, &in] { return run_show(in, *with); }; });

    CLI::App* decide = command->add_subcommand("decide", "Evaluate a decision of a pack for each line of JSON input");
    add_pack_question(*decide, with->question);
    add_language(*decide, with->explain, "--explain", "Add the reasons in this language: fi, sv, en, fi-selko");
    decide->callback([with, &in] { in.run = [with, &in] { return run_decide(in, *with); }; });
    add_pack_book(*command, in);
}

}  // namespace polku::cli
