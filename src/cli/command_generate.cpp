// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/workspace_options.hpp"

#include <polku/storage/sqlite_store.hpp>
#include <polku/workspace/synthetic.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct generate_options {
    std::string store;
    synthetic_options how;
    std::vector<std::string> paths;
    std::string first = "2025-01-01";
    std::string last = "2026-12-31";
};

result<std::vector<path_bundle>> bundles_of(const std::vector<std::string>& ids) {
    std::vector<path_bundle> all;
    for (const std::string& id : ids) {
        POLKU_TRY(path_bundle bundle, try_shipped_path(id));
        all.push_back(std::move(bundle));
    }
    return all;
}

/// A bar for people: cases done, and how many that is of a hundred.
std::function<bool(std::uint64_t, std::uint64_t)> progress_bar() {
    if (!watched_by_a_person()) return {};
    return [](std::uint64_t done, std::uint64_t of) {
        const std::uint64_t width = 40;
        const std::uint64_t filled = done * width / of;
        std::cerr << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done << "/" << of
                  << " cases" << (done == of ? "\n" : "") << std::flush;
        return true;
    };
}

result<synthetic_count> generate(generate_options& with) {
    POLKU_TRY(with.how.first, day_of(with.first, "--from"));
    POLKU_TRY(with.how.last, day_of(with.last, "--until"));
    with.how.recorded_at_ms = (with.how.last.to_days() + 1) * 86'400'000;
    with.how.progress = progress_bar();
    POLKU_TRY(const std::vector<path_bundle> paths, bundles_of(with.paths));
    storage::sqlite_options file;
    file.durability = storage::durability::normal;
    file.store.entropy = storage::fixed_entropy(with.how.seed);
    POLKU_TRY(const auto store, storage::try_open_sqlite(with.store, std::move(file)));
    POLKU_TRY(const synthetic_count made, try_generate(*store, paths, with.how));
    POLKU_CHECK(store->try_checkpoint());
    POLKU_CHECK(store->try_truncate_log());
    return made;
}

exit_status run(const session& in, generate_options& with) {
    const auto made = generate(with);
    if (!made) return fail(in, made.error());
    print_document(in, feel::value(feel::context{{"store", with.store},
                                                 {"seed", static_cast<std::int64_t>(with.how.seed)},
                                                 {"cases", static_cast<std::int64_t>(made->cases)},
                                                 {"open", static_cast<std::int64_t>(made->open)},
                                                 {"commands", static_cast<std::int64_t>(made->commands)},
                                                 {"events", static_cast<std::int64_t>(made->events)},
                                                 {"refused", static_cast<std::int64_t>(made->refused)}}));
    return exit_status::fine;
}

}  // namespace

void register_generate(CLI::App& app, session& in) {
    auto with = std::make_shared<generate_options>();
    CLI::App* command =
        app.add_subcommand("generate", "Fill a store with made-up cases: to try reports, and to measure");
    command->add_option("STORE", with->store, "Store file, made when it is not there")->required();
    command->add_option("--cases", with->how.cases, "How many")->capture_default_str();
    command->add_option("--seed", with->how.seed, "The same seed gives the same cases")->capture_default_str();
    command->add_option("--path", with->paths, "Ids of shipped paths, used in turn")->default_val(shipped_path_ids());
    command->add_option("--from", with->first, "First day on which a case opens")->capture_default_str();
    command->add_option("--until", with->last, "Day on which all stories stop")->capture_default_str();
    command->callback([&in, with] { in.run = [&in, with] { return run(in, *with); }; });
}

}  // namespace polku::cli
