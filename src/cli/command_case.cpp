// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/path_files.hpp"
#include "cli/reader_options.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/text.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <sstream>

namespace polku::cli {

namespace {

struct case_options {
    std::string store;
    std::string id;
    std::string as_of;
    std::string language = "en";
    bool show_protected = false;
    std::string input = "-";
    std::string after;
    std::uint32_t limit = 1000;
    std::vector<std::string> paths;
    path::reader reader;
};

exit_status show(const session& in, const case_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    const auto view =
        (*store)->try_case(with.id, {*day, with.language, with.show_protected, named_reader(with.reader)});
    if (!view) return fail(in, view.error());
    print_document(in, *view);
    return exit_status::fine;
}

exit_status show_access(const session& in, const case_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    const auto answers = (*store)->try_access(with.id, with.reader, *day, with.language);
    if (!answers) return fail(in, answers.error());
    print_document(in, *answers);
    return exit_status::fine;
}

exit_status list(const session& in, const case_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto rows = (*store)->try_cases(with.after, with.limit);
    if (!rows) return fail(in, rows.error());
    print_document(in, *rows);
    return exit_status::fine;
}

result<feel::value> execute_line(workspace& store, const std::string& line, const std::string& source) {
    json::parse_options options;
    options.source = source;
    POLKU_TRY(const feel::value command, json::try_parse(line, options));
    return store.try_execute(command);
}

/// One answer line for each command line; a refused command gives {"error":...} and does not stop the rest.
exit_status execute(const session& in, const case_options& with) {
    auto options = options_of(in);
    if (!options) return fail(in, options.error());
    auto store = open_workspace(in, with.store, std::move(options).value());
    if (!store) return fail(in, store.error());
    for (const std::string& id : with.paths) {
        auto bundle = try_path_named(id);
        if (!bundle) return fail(in, bundle.error());
        if (auto used = (*store)->try_use(*bundle); !used) return fail(in, used.error());
    }
    const auto text = read_file(with.input);
    if (!text) return fail(in, text.error());
    std::istringstream lines(*text);
    exit_status status = exit_status::fine;
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto answer = execute_line(**store, line, with.input + ":" + std::to_string(number));
        std::cout << (answer ? json::write(*answer) : error_json(answer.error())) << "\n";
        if (!answer && status == exit_status::fine) status = exit_status_of(answer.error());
    }
    return status;
}

}  // namespace

void register_case(CLI::App& app, session& in) {
    auto with = std::make_shared<case_options>();
    CLI::App* command = app.add_subcommand("case", "Carry out commands on cases, and look at them");
    command->require_subcommand(1);

    CLI::App* run = command->add_subcommand("execute", "Carry out commands: JSON Lines in, one answer a line out");
    run->add_option("STORE", with->store, "Store file, made when it is not there")->required();
    run->add_option("FILE", with->input, "Commands; - is standard input")->capture_default_str();
    run->add_option("--path", with->paths, "Paths on which cases may open: ids of shipped ones, or definitions (.json)")
        ->default_val(shipped_path_ids());
    run->callback([&in, with] { in.run = [&in, with] { return execute(in, *with); }; });

    CLI::App* one = command->add_subcommand("show", "One case as it stands on a day");
    one->add_option("STORE", with->store, "Store file")->required();
    one->add_option("CASE", with->id, "Case id, 32 hexadecimal digits")->required();
    one->add_option("--as-of", with->as_of, "The day that open, late and available are told for")->required();
    add_language(*one, with->language);
    one->add_flag("--show-protected", with->show_protected, "Show what a non-disclosure order hides");
    add_reader(*one, with->reader, false);
    one->callback([&in, with] { in.run = [&in, with] { return show(in, *with); }; });

    CLI::App* may = command->add_subcommand("access", "What a reader may see of a case, and why");
    may->add_option("STORE", with->store, "Store file")->required();
    may->add_option("CASE", with->id, "Case id, 32 hexadecimal digits")->required();
    may->add_option("--as-of", with->as_of, "The day of reading")->required();
    add_language(*may, with->language);
    add_reader(*may, with->reader, true);
    may->callback([&in, with] { in.run = [&in, with] { return show_access(in, *with); }; });

    add_case_places(*command, in);

    CLI::App* all = command->add_subcommand("list", "Cases in the order of their creation");
    all->add_option("STORE", with->store, "Store file")->required();
    all->add_option("--after", with->after, "Case id to go on after");
    all->add_option("--limit", with->limit, "How many")->capture_default_str();
    all->callback([&in, with] { in.run = [&in, with] { return list(in, *with); }; });
}

}  // namespace polku::cli
