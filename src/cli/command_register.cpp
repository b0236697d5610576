// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/reader_options.hpp"
#include "cli/register_text.hpp"
#include "cli/workspace_options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct register_options {
    std::string store;
    std::string path;
    std::string id;
    std::string as_of;
    std::string by;
    std::string due_by;
    std::string about;
    std::string owner;
    std::string language = "en";
    bool ended = false;
    bool contacts = false;
    path::reader reader;
};

using text_form = std::string (*)(const feel::value&, const std::string&);

template <class Ask>
exit_status with_store(const session& in, const register_options& with, text_form form, Ask&& ask) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const result<feel::value> document = ask(**store);
    if (!document) return fail(in, document.error());
    if (in.json)
        print_document(in, *document);
    else
        std::cout << form(*document, with.language);
    return exit_status::fine;
}

exit_status list_registers(const session& in, const register_options& with) {
    return with_store(in, with, registers_text, [&](workspace& store) -> result<feel::value> {
        POLKU_TRY(const time::date day, day_of(with.as_of, "--as-of"));
        return store.try_registers(with.path, day);
    });
}

exit_status show_register(const session& in, const register_options& with) {
    return with_store(in, with, register_text, [&](workspace& store) -> result<feel::value> {
        register_query how;
        POLKU_TRY(how.as_of, day_of(with.as_of, "--as-of"));
        if (!with.due_by.empty()) {
            POLKU_TRY(how.due_by, day_of(with.due_by, "--due-by"));
        }
        how.about = with.about;
        how.owner = with.owner;
        how.ended = with.ended;
        how.personal = with.contacts;
        how.reader = named_reader(with.reader);
        return store.try_register(with.path, with.id, how);
    });
}

exit_status due(const session& in, const register_options& with) {
    return with_store(in, with, registers_due_text, [&](workspace& store) -> result<feel::value> {
        POLKU_TRY(const time::date day, day_of(with.by, "--by"));
        return store.try_registers_due(with.path, day);
    });
}

}  // namespace

void register_registers(CLI::App& app, session& in) {
    auto with = std::make_shared<register_options>();
    CLI::App* command = app.add_subcommand("register", "What programmes keep beside their cases");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, auto body) {
        CLI::App* one = command->add_subcommand(name, help);
        one->add_option("STORE", with->store, "Store file")->required();
        add_language(*one, with->language);
        one->callback([&in, with, body] { in.run = [&in, with, body] { return body(in, *with); }; });
        return one;
    };
    CLI::App* all = add("list", "All registers of the store with how many entries they have", list_registers);
    all->add_option("--as-of", with->as_of, "The day that the numbers are told for")->required();
    all->add_option("--path", with->path, "Registers of this path only");
    CLI::App* one = add("show", "The entries of one register", show_register);
    one->add_option("PATH", with->path, "Id of the path")->required();
    one->add_option("REGISTER", with->id, "Id of the register in the path's definition")->required();
    one->add_option("--as-of", with->as_of, "The day as it ended")->required();
    one->add_option("--about", with->about, "Only entries about this municipality, employer or environment");
    one->add_option("--owner", with->owner, "Only entries that this role owns");
    one->add_option("--due-by", with->due_by, "Only entries that must be looked at again by this day");
    one->add_flag("--ended", with->ended, "Also entries that have ended");
    one->add_flag("--contacts", with->contacts,
                  "Also contact persons; with a reader only where the role owns the entry or keeps the register");
    add_reader(*one, with->reader, false);
    CLI::App* late = add("due", "Entries of all registers that must be looked at again by a day, soonest first", due);
    late->add_option("--by", with->by, "The day")->required();
    late->add_option("--path", with->path, "Registers of this path only");
}

}  // namespace polku::cli
