// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/document_text.hpp"
#include "cli/reader_options.hpp"
#include "cli/workspace_options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace polku::cli {

namespace {

struct circling_options {
    std::string store;
    std::string as_of;
    std::string language = "en";
    circling_query asked;
};

std::string circling_word(std::string_view name, std::string_view language) {
#define X(id, fi, sv, en, selko) \
    if (name == #id) return language == "fi" ? fi : language == "sv" ? sv : language == "en" ? en : selko;
#include "cli/circling_words.inc"
#undef X
    return std::string(name);
}

std::string step_text(const feel::context& of, const std::string& language) {
    const std::string name = in_language(of.find("name"), language);
    std::string text = text_of(of, "on", language) + " " + circling_word(of.find("what")->as_string(), language);
    if (!name.empty()) text += ": " + name;
    const std::string before = text_of(of, "before", language);
    if (!before.empty()) text += " (" + circling_word("last_time", language) + " " + before + ")";
    return text;
}

std::string client_text(const feel::context& of, const std::string& language) {
    const feel::value& worker = *of.find("responsible");
    std::string text = "\n" + circling_word("client", language) + " " + text_of(of, "client", language) + ", ";
    text += worker.is(feel::kind::null)
                ? circling_word("nobody_responsible", language)
                : circling_word("responsible", language) + ": " + text_of(members(worker), "person", language) + " (" +
                      text_of(members(worker), "role", language) + ")";
    text += "\n";
    for (const feel::value& each : of.find("cases")->as_list())
        text += "  " + text_of(members(each), "path", language) + " " + text_of(members(each), "case", language) + "\n";
    const feel::value& on = *of.find("got_on");
    text +=
        "  " + (on.is(feel::kind::null) ? circling_word("never_got_on", language)
                                        : circling_word("got_on", language) + ": " + step_text(members(on), language));
    text += "\n";
    for (const feel::value& each : of.find("returns")->as_list())
        text += "    " + step_text(members(each), language) + "\n";
    return text;
}

exit_status list_circling(const session& in, const circling_options& with) {
    circling_query asked = with.asked;
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    asked.as_of = *day;
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto found = (*store)->try_circling(asked);
    if (!found) return fail(in, found.error());
    if (in.json) {
        print_document(in, *found);
        return exit_status::fine;
    }
    std::cout << circling_word("title", with.language) << "\n" << circling_word("about", with.language) << "\n";
    if (found->as_list().empty()) std::cout << "\n  " << circling_word("nobody", with.language) << "\n";
    for (const feel::value& each : found->as_list()) std::cout << client_text(members(each), with.language);
    return exit_status::fine;
}

}  // namespace

void register_circling(CLI::App& app, session& in) {
    auto with = std::make_shared<circling_options>();
    CLI::App* command = app.add_subcommand("circling", "Clients who come back again and again without getting on");
    command->add_option("STORE", with->store, "Store file")->required();
    command->add_option("--as-of", with->as_of, "The day that the list is made for")->required();
    command->add_option("--path", with->asked.path, "Only clients with a case on this path");
    command->add_option("--returns", with->asked.rule.returns, "How many returns in a row count")
        ->capture_default_str();
    command->add_option("--months", with->asked.rule.months, "How many months back they count")->capture_default_str();
    add_language(*command, with->language);
    command->callback([&in, with] { in.run = [&in, with] { return list_circling(in, *with); }; });
}

}  // namespace polku::cli
