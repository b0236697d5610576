// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/error_json.hpp"
#include "cli/workspace_options.hpp"

#include <polku/storage/sqlite_store.hpp>
#include <polku/workspace/synthetic.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct generate_options {
    std::string store;
    synthetic_options how;
    std::vector<std::string> paths;
    std::string first = "2026-01-01";
    std::string last = "2027-12-31";
    bool quiet = false;
};

constexpr std::uint64_t most_cases = 1'000'000;
/// Pages of the index of commands, which come in no order, stay in memory up to this; the log is folded in beyond it.
constexpr std::uint64_t cache_bytes = 192ULL * 1024 * 1024;
constexpr std::uint64_t log_bytes = 256ULL * 1024 * 1024;

/// Refuses what the disk has no room for before anything is written.
result<void> check_disk(const std::string& store, std::uint64_t cases) {
    const std::uint64_t needed = cases * synthetic_bytes_a_case + std::min(log_bytes, cases * synthetic_bytes_a_case);
    std::filesystem::path folder = std::filesystem::path(store).parent_path();
    if (folder.empty()) folder = ".";
    std::error_code failed;
    const std::filesystem::space_info disk = std::filesystem::space(folder, failed);
    if (failed || disk.available >= needed) return {};  // a folder that is not there is told as the file is made
    constexpr std::uint64_t mega = 1'000'000;
    return error(error_code::store_full,
                 std::to_string(cases) + " cases are expected to need " + std::to_string(needed / mega) +
                     " MB, and the disk has " + std::to_string(disk.available / mega) +
                     " MB; ask for fewer cases or name a file on another disk",
                 {.source = store});
}

result<std::vector<path_bundle>> bundles_of(const std::vector<std::string>& ids) {
    std::vector<path_bundle> all;
    for (const std::string& id : ids) {
        POLKU_TRY(path_bundle bundle, try_shipped_path(id));
        all.push_back(std::move(bundle));
    }
    return all;
}

/// A bar for people: cases done, and how many that is of a hundred.
std::function<bool(std::uint64_t, std::uint64_t)> progress_bar(bool quiet) {
    if (quiet || !watched_by_a_person()) return {};
    return [](std::uint64_t done, std::uint64_t of) {
        const std::uint64_t width = 40;
        const std::uint64_t filled = done * width / of;
        std::cerr << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done << "/" << of
                  << " cases" << (done == of ? "\n" : "") << std::flush;
        return true;
    };
}

result<synthetic_count> generate(generate_options& with, std::string& head) {
    POLKU_TRY(with.how.first, day_of(with.first, "--from"));
    POLKU_TRY(with.how.last, day_of(with.last, "--until"));
    with.how.recorded_at_ms = (with.how.last.to_days() + 1) * 86'400'000;
    with.how.progress = progress_bar(with.quiet);
    POLKU_CHECK(check_disk(with.store, with.how.cases));
    POLKU_TRY(const std::vector<path_bundle> paths, bundles_of(with.paths));
    storage::sqlite_options file;
    file.fill = true;
    file.cache_bytes = cache_bytes;
    file.log_limit_bytes = log_bytes;
    file.store.entropy = storage::fixed_entropy(with.how.seed);
    POLKU_TRY(const auto store, storage::try_open_sqlite(with.store, std::move(file)));
    POLKU_TRY(const synthetic_count made, try_generate(*store, paths, with.how));
    POLKU_TRY(const storage::chain_head reached, store->try_checkpoint());
    POLKU_CHECK(store->try_finish_filling());
    head = storage::to_string(reached);
    return made;
}

exit_status run(const session& in, generate_options& with) {
    std::string head;
    const auto made = generate(with, head);
    if (!made) return fail(in, made.error());
    print_document(in, feel::value(feel::context{{"store", with.store},
                                                 {"seed", static_cast<std::int64_t>(with.how.seed)},
                                                 {"cases", static_cast<std::int64_t>(made->cases)},
                                                 {"open", static_cast<std::int64_t>(made->open)},
                                                 {"commands", static_cast<std::int64_t>(made->commands)},
                                                 {"events", static_cast<std::int64_t>(made->events)},
                                                 {"refused", static_cast<std::int64_t>(made->refused)},
                                                 {"head", head}}));
    return exit_status::fine;
}

}  // namespace

void register_generate(CLI::App& app, session& in) {
    auto with = std::make_shared<generate_options>();
    CLI::App* command =
        app.add_subcommand("generate", "Fill a store with made-up cases: to try reports, and to measure");
    command->add_option("STORE", with->store, "Store file to make; there must be none of that name")->required();
    command->add_option("--cases", with->how.cases, "How many, up to 1000000")
        ->check(CLI::Range(std::uint64_t{1}, most_cases))
        ->capture_default_str();
    command->add_option("--seed", with->how.seed, "The same seed gives the same cases")->capture_default_str();
    command->add_option("--path", with->paths, "Ids of shipped paths, used in turn")->default_val(shipped_path_ids());
    command->add_option("--from", with->first, "First day on which a case opens")->capture_default_str();
    command->add_option("--until", with->last, "Day on which all stories stop")->capture_default_str();
    command->add_flag("--quiet", with->quiet, "Show no bar");
    command->callback([&in, with] { in.run = [&in, with] { return run(in, *with); }; });
}

}  // namespace polku::cli
