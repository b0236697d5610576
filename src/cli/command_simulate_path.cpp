// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_files.hpp"
#include "cli/pack_question.hpp"
#include "cli/page_options.hpp"
#include "cli/path_backtest_text.hpp"
#include "cli/path_files.hpp"
#include "cli/path_months_text.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/population/path_simulation.hpp>
#include <polku/workspace/simulation_page.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct simulate_path_options {
    std::string assumptions;
    std::string against;
    std::vector<std::string> paths;
    std::vector<std::string> paths_against;
    std::string ladder = "kuntarahoitus";
    std::string backtest;
    std::string until;
    std::string last;
    std::string assumptions_out;
    page_options page;
    std::vector<std::string> municipalities;
    std::optional<std::uint64_t> seed;
    std::uint32_t repeats = 100;
    std::uint32_t threads = 1;
    std::string format = "text";
    std::string language = "en";
    bool quiet = false;
};

/// Assumptions from a file, with the versions of their path: those that are named, or the shipped path.
result<population::simulated_path> try_side(const std::string& file, const std::vector<std::string>& paths) {
    population::simulated_path made;
    made.source = file;
    POLKU_TRY(const std::string text, read_file(file));
    json::parse_options how;
    how.source = file;
    POLKU_TRY(made.assumptions, population::try_read_path_assumptions(text, how));
    const std::vector<std::string> named = paths.empty() ? std::vector<std::string>{made.assumptions.path} : paths;
    for (const std::string& each : named) {
        POLKU_TRY(path_bundle bundle, try_path_named(each));
        made.versions.push_back(std::move(bundle.path));
    }
    return made;
}

result<population::path_simulation_options> try_prepare(const simulate_path_options& with) {
    population::path_simulation_options made;
    POLKU_TRY(made.is, try_side(with.assumptions, with.paths));
    if (!with.against.empty() || !with.paths_against.empty()) {
        const std::string& file = with.against.empty() ? with.assumptions : with.against;
        POLKU_TRY(made.against, try_side(file, with.paths_against.empty() ? with.paths : with.paths_against));
    }
    if (made.is.assumptions.unemployment || (made.against && made.against->assumptions.unemployment)) {
        POLKU_TRY(made.ladder, try_load_pack(with.ladder));
    }
    made.seed = with.seed;
    made.repeats = with.repeats;
    made.threads = with.threads;
    if (!with.quiet && watched_by_a_person())
        made.progress = [](std::size_t done, std::size_t of) {
            std::cerr << "\r" << done << "/" << of << " months" << (done == of ? "\n" : "") << std::flush;
            return true;
        };
    return made;
}

/// The municipalities whose tables are printed: all together unless some are named, `all` for each of them, too.
result<std::vector<std::string>> try_shown(const simulate_path_options& with,
                                           const population::path_simulation_report& of) {
    if (with.municipalities.empty()) return std::vector<std::string>{std::string()};
    if (with.municipalities == std::vector<std::string>{"all"}) {
        std::vector<std::string> made{std::string()};
        made.insert(made.end(), of.municipalities.begin(), of.municipalities.end());
        return made;
    }
    for (const std::string& each : with.municipalities)
        if (std::find(of.municipalities.begin(), of.municipalities.end(), each) == of.municipalities.end())
            return error(error_code::invalid_argument, "--municipality: the assumptions have no municipality '" + each +
                                                           "'; give a code of theirs, or all");
    return with.municipalities;
}

/// The assumptions that a store gave, in a file of their own: to look at, and to go on from.
result<void> write_assumptions(const population::path_assumptions& of, const std::string& file) {
    if (file.empty()) return {};
    std::ofstream out(file, std::ios::binary);
    out << json::write(json::to_value(of), {.indent = 2}) << "\n";
    if (out.flush()) return {};
    return error(error_code::invalid_argument, "the assumptions cannot be written; check the folder and your rights",
                 {.source = file});
}

result<backtest_options> try_backtest_options(const simulate_path_options& with) {
    backtest_options made;
    if (!with.page.file.empty())
        return error(error_code::invalid_argument, "--backtest has no page; simulate from --assumptions-out for one");
    if (!with.against.empty() || with.paths.size() != 1)
        return error(error_code::invalid_argument, "--backtest takes one --path, and no other side");
    made.path = with.paths.front();
    if (!with.assumptions.empty()) {
        POLKU_TRY(population::simulated_path otherwise, try_side(with.assumptions, with.paths));
        made.otherwise = std::move(otherwise.assumptions);
    }
    POLKU_TRY(made.until, day_of(with.until, "--until"));
    if (!with.last.empty()) {
        POLKU_TRY(made.last, day_of(with.last, "--last"));
    }
    made.repeats = with.repeats;
    made.threads = with.threads;
    made.seed = with.seed.value_or(1);
    if (!with.quiet && watched_by_a_person())
        made.progress = [](std::uint64_t cases) { std::cerr << "\r" << cases << " cases" << std::flush; };
    return made;
}

exit_status run_backtest(const session& in, const simulate_path_options& with) {
    const auto what = try_backtest_options(with);
    if (!what) return fail_usage(in, what.error());
    auto store = open_store(in, with.backtest);
    if (!store) return fail(in, store.error());
    const auto made = try_backtest(**store, *what);
    if (!made) return fail(in, made.error());
    if (const auto written = write_assumptions(made->assumptions, with.assumptions_out); !written)
        return fail(in, written.error());
    if (in.json || with.format == "json")
        std::cout << json::write(json::to_value(*made)) << "\n";
    else
        std::cout << (with.format == "csv" ? path_backtest_csv(*made) : path_backtest_text(*made, with.language));
    return exit_status::fine;
}

exit_status run(const session& in, const simulate_path_options& with) {
    if (!with.backtest.empty()) return run_backtest(in, with);
    if (with.assumptions.empty())
        return fail_usage(in, error(error_code::invalid_argument,
                                    "give a file of assumptions, or --backtest with a store and --until"));
    const auto what = try_prepare(with);
    if (!what) return fail(in, what.error());
    const auto made = population::try_simulate_path(*what);
    if (!made) return fail(in, made.error());
    const auto shown = try_shown(with, *made);
    if (!shown) return fail_usage(in, shown.error());
    if (!with.page.file.empty()) {
        const simulation_page_options how{with.language, with.page.threshold, {}};
        const std::string page = path_months_page(*made, what->is.versions.back(), how);
        if (const auto written = write_page(with.page, page); !written) return fail_usage(in, written.error());
    }
    if (in.json || with.format == "json")
        std::cout << json::write(json::to_value(*made)) << "\n";
    else if (with.format == "csv")
        std::cout << path_months_csv(*made);
    else
        std::cout << path_months_text(*made, what->is.versions.back(), *shown, with.language);
    return exit_status::fine;
}

}  // namespace

void register_simulate_path(CLI::App& app, session& in) {
    auto with = std::make_shared<simulate_path_options>();
    CLI::App* command = app.add_subcommand(
        "simulate-path", "Clients along a path, month by month, from stated assumptions: places, queues, ends, cost");
    command->add_option("ASSUMPTIONS", with->assumptions, "JSON file of assumptions (docs/simulation.md)");
    command->add_option("--path", with->paths,
                        "Id or definition file of the path, of each of its versions; the shipped one unless said");
    command->add_option("--against", with->against, "The other side: another file of assumptions");
    command->add_option("--path-against", with->paths_against, "The other side: another path");
    command->add_option("--ladder", with->ladder, "Pack of the municipal share, by id or folder")
        ->capture_default_str();
    CLI::Option* const backtest =
        command->add_option("--backtest", with->backtest,
                            "Store file: simulate from its cases up to --until, and compare with those after");
    backtest->needs(command->add_option("--until", with->until, "Last day that is known: the last one of a month"));
    command->add_option("--last", with->last, "A day of the last month that is compared")->needs(backtest);
    command->add_option("--assumptions-out", with->assumptions_out, "File to write the store's assumptions to")
        ->needs(backtest);
    command->add_option("--repeats", with->repeats, "Runs with other seeds, for the intervals")
        ->check(CLI::Range(1U, 10'000U))
        ->capture_default_str();
    command->add_option("--seed", with->seed, "Instead of the seed of the assumptions");
    command->add_option("--threads", with->threads, "Threads; the figures do not depend on it")
        ->check(CLI::Range(1U, 256U))
        ->capture_default_str();
    command
        ->add_option("--municipality", with->municipalities,
                     "Codes whose tables are printed, or all for each; all of them together unless said")
        ->delimiter(',');
    command->add_option("--format", with->format, "text, csv or json")
        ->check(CLI::IsMember({"text", "csv", "json"}))
        ->capture_default_str();
    add_page(*command, with->page);
    add_language(*command, with->language, "--language", "Language of the text: fi, sv, en, fi-selko");
    command->add_flag("--quiet", with->quiet, "Show no count of months");
    command->callback([&in, with] { in.run = [&in, with] { return run(in, *with); }; });
}

}  // namespace polku::cli
