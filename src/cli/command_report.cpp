// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <polku/report/plan_page.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct report_options {
    std::string store;
    std::string id;
    std::string as_of;
    std::string language = "fi";
    std::string out;
};

exit_status plan(const session& in, const report_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    const auto loaded = (*store)->try_load(with.id);
    if (!loaded) return fail(in, loaded.error());
    const std::string page = report::plan_page(loaded->path, loaded->state, *day, with.language);
    if (with.out.empty()) {
        std::cout << page;
        return exit_status::fine;
    }
    std::ofstream file(with.out, std::ios::binary | std::ios::trunc);
    file << page;
    file.close();
    if (file) return exit_status::fine;
    return fail(in, error(error_code::invalid_argument, "the page cannot be written; is the folder writable?",
                          {.source = with.out}));
}

}  // namespace

void register_report(CLI::App& app, session& in) {
    auto with = std::make_shared<report_options>();
    CLI::App* command = app.add_subcommand("report", "Pages to read and print");
    command->require_subcommand(1);
    add_money_reports(*command, in);
    CLI::App* page = command->add_subcommand("plan", "One case's plan as a page to print and sign");
    page->add_option("--store", with->store, "Store file")->required();
    page->add_option("--case", with->id, "Case id, 32 hexadecimal digits")->required();
    page->add_option("--as-of", with->as_of, "The day that open and late are told for")->required();
    page->add_option("--language", with->language, "fi, sv, en or fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
    page->add_option("--out", with->out, "File to write; standard output when it is left out");
    page->callback([&in, with] { in.run = [&in, with] { return plan(in, *with); }; });
}

}  // namespace polku::cli
