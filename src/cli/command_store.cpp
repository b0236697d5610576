// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/reader_options.hpp"
#include "cli/workspace_options.hpp"

#include <polku/workspace/situation.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct store_command_options {
    std::string store;
    std::string anchor;
    std::string by;
    std::uint64_t after = 0;
    std::uint32_t limit = 1000;
    bool forget_erased = false;
    feed_options feed;
    path::reader reader;
};

exit_status verify(const session& in, const store_command_options& with) {
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto report = (*store)->try_verify(with.anchor);
    if (!report) return fail(in, report.error());
    print_document(in, *report);
    const feel::value* ok = report->as_context().find("ok");
    return ok != nullptr && ok->is_true() ? exit_status::fine : exit_status::findings;
}

exit_status head(const session& in, const store_command_options& with) {
    auto store = open_store_to_keep(in, with.store);
    if (!store) return fail(in, store.error());
    const auto value = (*store)->try_head();
    if (!value) return fail(in, value.error());
    std::cout << *value << "\n";
    return exit_status::fine;
}

exit_status checkpoint(const session& in, const store_command_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    if (auto done = (*store)->try_checkpoint(); !done) return fail(in, done.error());
    return exit_status::fine;
}

exit_status recount(const session& in, const store_command_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    recount_options options;
    options.forget_erased = with.forget_erased;
    if (watched_by_a_person())
        options.progress = [](std::uint64_t cases) { std::cerr << "\r" << cases << " cases" << std::flush; };
    const auto done = try_recount(**store, options);
    if (options.progress) std::cerr << "\n";
    if (!done) return fail(in, done.error());
    print_document(in, feel::value(feel::context{{"cases", static_cast<std::int64_t>(done->cases)},
                                                 {"changes", static_cast<std::int64_t>(done->changes)},
                                                 {"were_complete", done->were_complete}}));
    return exit_status::fine;
}

exit_status events(const session& in, const store_command_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    std::uint64_t next = with.after;
    feed_options how = with.feed;
    how.reader = named_reader(with.reader);
    const auto page = (*store)->try_events_since(with.after, with.limit, next, how);
    if (!page) return fail(in, page.error());
    print_document(in, feel::value(feel::context{{"events", *page}, {"next", static_cast<std::int64_t>(next)}}));
    return exit_status::fine;
}

exit_status due(const session& in, const store_command_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.by, "--by");
    if (!day) return fail(in, day.error());
    const auto rows = (*store)->try_due(*day);
    if (!rows) return fail(in, rows.error());
    print_document(in, *rows);
    return exit_status::fine;
}

}  // namespace

void register_store(CLI::App& app, session& in) {
    auto with = std::make_shared<store_command_options>();
    CLI::App* command = app.add_subcommand("store", "Look after a store file");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, auto body) {
        CLI::App* one = command->add_subcommand(name, help);
        one->add_option("STORE", with->store, "Store file")->required();
        one->callback([&in, with, body] { in.run = [&in, with, body] { return body(in, *with); }; });
        return one;
    };
    add("verify", "Check every chain, commitment and the file itself", verify)
        ->add_option("--anchor", with->anchor, "A head of earlier, which must be an ancestor");
    add("head", "Print the head, to be kept elsewhere as an anchor", head);
    add("checkpoint", "Fold the write-ahead log into the file", checkpoint);
    CLI::App* feed = add("events", "Events after a position as CloudEvents", events);
    feed->add_option("--after", with->after, "Position to go on from")->capture_default_str();
    feed->add_option("--limit", with->limit, "How many")->capture_default_str();
    feed->add_flag("--personal", with->feed.personal,
                   "Also what events of environments, employers and programmes tell of persons");
    add_reader(*feed, with->reader, false);
    add("recount", "Make the counters of the situation picture anew from all cases; nobody should write meanwhile",
        recount)
        ->add_flag("--forget-erased", with->forget_erased,
                   "Also when what was counted of erased content is lost by it");
    register_keeping(*command, in);
}

void register_due(CLI::App& app, session& in) {
    auto with = std::make_shared<store_command_options>();
    CLI::App* command = app.add_subcommand("due", "What is due by a day in all cases, soonest first");
    command->add_option("STORE", with->store, "Store file")->required();
    command->add_option("--by", with->by, "The day")->required();
    command->callback([&in, with] { in.run = [&in, with] { return due(in, *with); }; });
}

}  // namespace polku::cli
