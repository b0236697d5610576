// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/demo.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/text.hpp>
#include <polku/workspace/examples.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct demo_options {
    std::string store = "demo.db";
    std::string out = "demo-report";
    std::string path = "tyokyky-kayttoon";
    std::string language = "en";
    bool commands = false;
};

result<void> write_page(const std::string& folder, const std::string& page) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const std::filesystem::path file = std::filesystem::path(folder) / "index.html";
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << page;
    out.close();
    if (out) return {};
    return error(error_code::invalid_argument, "the page cannot be written; is the folder writable?",
                 {.source = file.string()});
}

/// The clients' commands as JSON Lines, in the order of their time: what `case execute` reads.
exit_status print_commands(const session& in, const demo_options& with) {
    const auto examples = try_shipped_examples(with.path);
    if (!examples) return fail(in, examples.error());
    for (const feel::value& command : commands_in_order(*examples)) std::cout << json::write(command) << "\n";
    return exit_status::fine;
}

exit_status run(const session& in, const demo_options& with) {
    if (with.commands) return print_commands(in, with);
    auto options = options_of(in);
    if (!options) return fail(in, options.error());
    auto opened = open_workspace(in, with.store, std::move(options).value());
    if (!opened) return fail(in, opened.error());
    workspace& store = **opened;
    const bool watched = watched_by_a_person();
    auto ran = run_demo(store, with.path, [&](std::size_t done, std::size_t of) {
        if (watched) std::cerr << "\r" << done << "/" << of << " commands" << (done == of ? "\n" : "") << std::flush;
    });
    if (!ran) return fail(in, ran.error());
    const std::string page = report::cases_page(ran->path, ran->cases, ran->notice, ran->as_of);
    if (auto written = write_page(with.out, page); !written) return fail(in, written.error());
    if (auto checkpointed = store.try_checkpoint(); !checkpointed) return fail(in, checkpointed.error());
    const auto head = store.try_head();
    if (!head) return fail(in, head.error());
    std::cout << demo_table(*ran, with.language) << "\n"
              << ran->cases.size() << " clients, " << ran->commands << " commands, path " << with.path << ", as of "
              << time::to_string(ran->as_of) << "\nstore " << with.store << ", head " << *head << "\nread " << with.out
              << "/index.html\n";
    return exit_status::fine;
}

}  // namespace

void register_demo(CLI::App& app, session& in) {
    auto with = std::make_shared<demo_options>();
    CLI::App* command =
        app.add_subcommand("demo", "Run the example clients of a shipped path, from referral to follow-up");
    command->add_option("--store", with->store, "Store file to make or go on with")->capture_default_str();
    command->add_option("--out", with->out, "Folder of the report page")->capture_default_str();
    command->add_option("--path", with->path, "Id of a shipped path")->capture_default_str();
    command->add_flag("--commands", with->commands, "Only print the clients' commands, one a line, for `case execute`");
    command->add_option("--language", with->language, "Language of the table: fi, sv, en, fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
    command->callback([&in, with] { in.run = [&in, with] { return run(in, *with); }; });
}

}  // namespace polku::cli
