// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <polku/storage/sealing.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct keeping_options {
    std::string store;
    std::string file;
    std::string id;
    std::string client;
    std::string retention_class = std::string(storage::every_class);
    std::string reason;
    std::string day;
    std::string language = "fi";
    bool erase = false;
    bool room = false;
    bool verify = false;
    std::string purge;
    std::uint64_t after = 0;
    std::uint32_t limit = 1000;
};

exit_status make_key(const session& in, const keeping_options& with) {
    if (auto made = storage::try_write_key_file(with.file, with.id); !made) return fail(in, made.error());
    return exit_status::fine;
}

exit_status rotate(const session& in, const keeping_options& with) {
    if (in.access.key_file.empty())
        return fail_usage(in, error(error_code::invalid_argument, "rotating needs --key-file with the present key"));
    auto options = options_of(in);
    if (!options) return fail(in, options.error());
    const auto fresh = storage::try_read_key_file(with.file);
    if (!fresh) return fail(in, fresh.error());
    options->create = false;
    const storage::key_options present = *options->keys;
    options->keys->find = [present, next = *fresh](std::string_view id) {
        return id == next.master ? next.find(id) : present.find(id);
    };
    auto store = open_workspace(in, with.store, std::move(options).value());
    if (!store) return fail(in, store.error());
    const auto keys = (*store)->try_rotate_master(fresh->master);
    if (!keys) return fail(in, keys.error());
    print_document(in,
                   feel::value(feel::context{{"master", fresh->master}, {"keys", static_cast<std::int64_t>(*keys)}}));
    return exit_status::fine;
}

std::int64_t whole(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); }

exit_status seal(const session& in, const keeping_options& with) {
    const auto room = storage::try_seal_room(with.store);
    if (!room) return fail(in, room.error());
    if (with.room) {
        print_document(in, feel::value(feel::context{{"file", whole(room->file)},
                                                     {"beside", whole(room->beside)},
                                                     {"beside_free", whole(room->beside_free)},
                                                     {"temporary", whole(room->temporary)},
                                                     {"temporary_free", whole(room->temporary_free)},
                                                     {"temporary_folder", room->temporary_folder},
                                                     {"enough", room->is_enough()}}));
        return room->is_enough() ? exit_status::fine : exit_status::findings;
    }
    if (in.access.key_file.empty())
        return fail_usage(in,
                          error(error_code::invalid_argument, "sealing needs --key-file with the key to seal under"));
    auto options = options_of(in);
    if (!options) return fail(in, options.error());
    storage::sqlite_options file;
    file.keys = std::move(options->keys);
    file.ledger = std::move(options->ledger);
    const auto done = storage::try_seal_sqlite(with.store, std::move(file));
    if (!done) return fail(in, done.error());
    print_document(in, feel::value(feel::context{{"master", done->master},
                                                 {"parts", whole(done->parts)},
                                                 {"snapshots", whole(done->snapshots)},
                                                 {"finished", done->finished}}));
    return exit_status::fine;
}

/// Prints what was erased; bytes that wait for a reader to leave are no success yet.
exit_status print_erased(const session& in, const feel::value& document) {
    print_document(in, document);
    bool pending = false;
    const auto look = [&](const feel::value& one) {
        const feel::value* found = one.as_context().find("pending");
        pending |= found != nullptr && found->is_true();
    };
    if (document.is(feel::kind::list)) {
        for (const feel::value& each : document.as_list()) look(each);
    } else {
        look(document);
    }
    return pending ? exit_status::conflict : exit_status::fine;
}

exit_status erase(const session& in, const keeping_options& with) {
    const auto day = day_of(with.day, "--on");
    if (!day) return fail(in, day.error());
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto done = (*store)->try_erase({with.client, with.retention_class, with.reason, *day});
    return done ? print_erased(in, *done) : fail(in, done.error());
}

exit_status finish(const session& in, const keeping_options& with) {
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto waiting = (*store)->try_finish_erasures();
    if (!waiting) return fail(in, waiting.error());
    print_document(in, feel::value(feel::context{{"waiting", static_cast<std::int64_t>(*waiting)}}));
    return *waiting == 0 ? exit_status::fine : exit_status::conflict;
}

exit_status ledger(const session& in, const keeping_options& with) {
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto text = (*store)->try_ledger();
    if (!text) return fail(in, text.error());
    std::cout << *text << "\n";
    return exit_status::fine;
}

exit_status retention(const session& in, const keeping_options& with) {
    const auto day = day_of(with.day, "--as-of");
    if (!day) return fail(in, day.error());
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto rows = with.erase ? (*store)->try_erase_due(*day) : (*store)->try_retention(*day);
    if (!rows) return fail(in, rows.error());
    if (with.erase) return print_erased(in, *rows);
    print_document(in, *rows);
    return exit_status::fine;
}

exit_status log(const session& in, const keeping_options& with) {
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    if (!with.purge.empty()) {
        const auto day = day_of(with.purge, "--purge");
        if (!day) return fail(in, day.error());
        const auto purged = (*store)->try_purge_log(*day);
        if (!purged) return fail(in, purged.error());
        print_document(in, feel::value(feel::context{{"purged", static_cast<std::int64_t>(*purged)}}));
        return exit_status::fine;
    }
    const auto told = with.verify ? (*store)->try_verify_log() : (*store)->try_log_entries(with.after, with.limit);
    if (!told) return fail(in, told.error());
    print_document(in, *told);
    if (!with.verify) return exit_status::fine;
    const feel::value* ok = told->as_context().find("ok");
    return ok != nullptr && ok->is_true() ? exit_status::fine : exit_status::findings;
}

exit_status extract(const session& in, const keeping_options& with) {
    const auto day = day_of(with.day, "--as-of");
    if (!day) return fail(in, day.error());
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto document = (*store)->try_log_extract(with.client, *day, with.language);
    if (!document) return fail(in, document.error());
    print_document(in, *document);
    return exit_status::fine;
}

}  // namespace

void register_keeping(CLI::App& store, session& in) {
    auto with = std::make_shared<keeping_options>();
    const auto add = [&](const char* name, const char* help, auto body) {
        CLI::App* one = store.add_subcommand(name, help);
        one->callback([&in, with, body] { in.run = [&in, with, body] { return body(in, *with); }; });
        return one;
    };
    const auto add_on_store = [&](const char* name, const char* help, auto body) {
        CLI::App* one = add(name, help, body);
        one->add_option("STORE", with->store, "Store file")->required();
        return one;
    };
    CLI::App* key = add("new-key", "Make a key file with a new master key", make_key);
    key->add_option("FILE", with->file, "Key file, which must not be there yet")->required();
    key->add_option("--id", with->id, "Id of the key, kept in clear")->required();
    CLI::App* turn = add_on_store("rotate", "Wrap all keys of a sealed store under a new master key", rotate);
    turn->add_option("--new-key-file", with->file, "Key file whose first key is the new one")->required();
    add_on_store("seal", "Make a store in clear a sealed one under the key of --key-file", seal)
        ->add_flag("--room", with->room, "Only tell how much room on the disk that takes");
    CLI::App* one = add_on_store("erase", "Erase a client's content for good", erase);
    one->add_option("--subject", with->client, "Client's id, or a case's for its attributions")->required();
    one->add_option("--class", with->retention_class, "Retention class; * is every class")->capture_default_str();
    one->add_option("--reason", with->reason, "Why, as a code that says nothing of the person")->required();
    one->add_option("--on", with->day, "The day that the ledger tells")->required();
    add_on_store("finish-erasing", "Empty the log that still holds erased bytes", finish);
    add_on_store("ledger", "Print the erasure ledger, to be kept beside copies", ledger);
    CLI::App* over = add_on_store("retention", "What is to be erased by a day", retention);
    over->add_option("--as-of", with->day, "The day")->required();
    over->add_flag("--erase", with->erase, "Erase it");
    CLI::App* uses = add_on_store("log", "Entries of the use log that --log names", log);
    uses->add_option("--after", with->after, "Entry to go on from")->capture_default_str();
    uses->add_option("--limit", with->limit, "How many")->capture_default_str();
    uses->add_flag("--verify", with->verify, "Check the log's chain instead");
    uses->add_option("--purge", with->purge, "Delete what by this day was kept as long as the rule says, instead");
    CLI::App* own = add_on_store("extract", "A client's extract of the use log that --log names", extract);
    own->add_option("--client", with->client, "Client's id, 32 hexadecimal digits")->required();
    own->add_option("--as-of", with->day, "The day on which the client asked")->required();
    own->add_option("--language", with->language, "fi, sv, en or fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
}

}  // namespace polku::cli
