// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/place_text.hpp"
#include "cli/reader_options.hpp"
#include "cli/workspace_options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct place_options {
    std::string store;
    std::string id;  ///< of a book or of a case
    std::string as_of;
    std::string path;
    std::string language = "en";
    std::string from;
    std::string until;
    std::optional<std::string> package;
    std::vector<std::string> tasks;
    bool show_protected = false;
    path::reader reader;
};

using text_form = std::string (*)(const feel::value&, const std::string&);

exit_status show(const session& in, const place_options& with, const result<feel::value>& document, text_form form) {
    if (!document) return fail(in, document.error());
    if (in.json)
        print_document(in, *document);
    else
        std::cout << form(*document, with.language);
    return exit_status::fine;
}

template <class Ask>
exit_status with_store(const session& in, const place_options& with, text_form form, Ask&& ask) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    return show(in, with, ask(**store, *day), form);
}

exit_status list_books(const session& in, const place_options& with) {
    return with_store(in, with, books_text,
                      [&](workspace& store, time::date day) { return store.try_place_books(with.path, day); });
}

exit_status show_book(const session& in, const place_options& with) {
    return with_store(in, with, book_text,
                      [&](workspace& store, time::date day) { return store.try_places(with.id, day); });
}

exit_status show_queue(const session& in, const place_options& with) {
    return with_store(in, with, queue_text,
                      [&](workspace& store, time::date day) { return store.try_places(with.id, day); });
}

exit_status suggest(const session& in, const place_options& with) {
    const auto from = day_of(with.from, "--from");
    if (!from) return fail(in, from.error());
    const auto until = day_of(with.until, "--until");
    if (!until) return fail(in, until.error());
    const path::place_terms wanted{*from, *until, with.package, with.tasks};
    return with_store(in, with, suggestions_text, [&](workspace& store, time::date day) {
        return store.try_suggest_places(with.id, wanted,
                                        {day, with.language, with.show_protected, named_reader(with.reader)});
    });
}

}  // namespace

void register_place(CLI::App& app, session& in) {
    auto with = std::make_shared<place_options>();
    CLI::App* command = app.add_subcommand("place", "Places of environments and services, and who waits for them");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, auto body, bool names_book) {
        CLI::App* one = command->add_subcommand(name, help);
        one->add_option("STORE", with->store, "Store file")->required();
        if (names_book) one->add_option("BOOK", with->id, "Place book, 32 hexadecimal digits")->required();
        one->add_option("--as-of", with->as_of, "The day that numbers and turns are told for")->required();
        add_language(*one, with->language);
        one->callback([&in, with, body] { in.run = [&in, with, body] { return body(in, *with); }; });
        return one;
    };
    add("list", "All place books with their numbers of the day", list_books, false)
        ->add_option("--path", with->path, "Books of this path only");
    add("show", "One book: numbers day by day, reservations and offers, the queue", show_book, true);
    add("waiting", "Who waits, in the order in which places are offered", show_queue, true);
}

void add_case_places(CLI::App& to, session& in) {
    auto with = std::make_shared<place_options>();
    CLI::App* one = to.add_subcommand("places", "Suggested places for a client, with reasons for and against");
    one->add_option("STORE", with->store, "Store file")->required();
    one->add_option("CASE", with->id, "Case id, 32 hexadecimal digits")->required();
    one->add_option("--as-of", with->as_of, "The day of reading")->required();
    one->add_option("--from", with->from, "First wanted day")->required();
    one->add_option("--until", with->until, "Last wanted day")->required();
    one->add_option("--package", with->package, "Coaching package that the place must offer");
    one->add_option("--task", with->tasks, "Task that the place must offer; may be repeated");
    add_language(*one, with->language);
    one->add_flag("--show-protected", with->show_protected, "Show what a non-disclosure order hides");
    add_reader(*one, with->reader, false);
    one->callback([&in, with] { in.run = [&in, with] { return suggest(in, *with); }; });
}

}  // namespace polku::cli
