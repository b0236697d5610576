// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_files.hpp"
#include "cli/pack_question.hpp"
#include "cli/page_options.hpp"
#include "cli/simulation_rows.hpp"
#include "cli/simulation_text.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/population/simulation.hpp>
#include <polku/workspace/simulation_page.hpp>
#include <polku/workspace/store_people.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct simulate_options {
    std::string pack;
    std::string people;
    std::string store;
    std::string as_of;
    bool ended = false;
    std::string separator = ",";
    std::string decided;
    std::string until;
    std::string against;
    std::string variant_against;
    std::string decided_against;
    std::string figures;
    std::string figures_against;
    std::string municipality;
    std::string rows;
    std::string benefit_days;
    std::string benefit = "labour_market_subsidy";
    std::string ladder = "kuntarahoitus";
    std::string daily_amount;
    page_options page;
    std::string format = "text";
    std::string language = "en";
    bool quiet = false;
    population::simulation_options what;
};

/// The day, and with `--until` the same day of each month up to that one.
result<std::vector<time::date>> try_days(const simulate_options& with) {
    POLKU_TRY(const time::date first, try_day(with.decided, "--decided"));
    std::optional<time::date> last;
    if (!with.until.empty()) {
        POLKU_TRY(last, try_day(with.until, "--until"));
    }
    return population::try_simulated_days(first, last);
}

result<feel::context> try_figures(const std::string& text, const char* option) {
    if (text.empty()) return feel::context();
    POLKU_TRY(const feel::value read, json::try_parse(text));
    if (read.is(feel::kind::context)) return read.as_context();
    return error(error_code::invalid_argument, std::string(option) + " is a JSON object of figures and their values");
}

/// A second side is there as soon as anything of it is said; what is not said is that of the first.
result<void> add_other_side(simulate_options& with) {
    if (with.against.empty() && with.variant_against.empty() && with.decided_against.empty() &&
        with.figures_against.empty())
        return {};
    population::simulated_rules other = with.what.is;
    if (!with.against.empty()) {
        POLKU_TRY(other.pack, try_load_pack(with.against));
        other.variant.clear();
        other.figures = {};
    }
    if (!with.variant_against.empty()) other.variant = with.variant_against;
    if (!with.decided_against.empty()) {
        POLKU_TRY(other.decided, try_day(with.decided_against, "--decided-against"));
    }
    POLKU_TRY(const feel::context figures, try_figures(with.figures_against, "--figures-against"));
    for (const auto& each : figures) other.figures.set(each.name, each.value);
    with.what.against = std::move(other);
    return {};
}

result<void> prepare(simulate_options& with) {
    POLKU_TRY(with.what.is.pack, try_load_pack(with.pack));
    POLKU_TRY(with.what.days, try_days(with));
    if (!with.municipality.empty()) with.what.municipality = with.municipality;
    if (!with.benefit_days.empty()) {
        population::benefit_question benefit;
        POLKU_TRY(benefit.ladder, try_load_pack(with.ladder));
        benefit.benefit = with.benefit;
        benefit.days = with.benefit_days;
        if (!with.daily_amount.empty()) {
            benefit.daily_amount = feel::number::parse(with.daily_amount);
            if (!benefit.daily_amount)
                return error(error_code::invalid_argument, "--daily-amount is a number of euros such as 37.21");
        }
        with.what.benefit = std::move(benefit);
    }
    POLKU_TRY(with.what.is.figures, try_figures(with.figures, "--figures"));
    return add_other_side(with);
}

std::function<bool(std::size_t)> row_count(bool quiet) {
    if (quiet || !watched_by_a_person()) return {};
    return [](std::size_t rows) {
        std::cerr << "\r" << rows << " rows" << std::flush;
        return true;
    };
}

result<population::simulation_report> simulate(simulate_options& with, std::istream& people) {
    population::csv_options csv;
    csv.source = with.people;
    csv.separator = with.separator.front();
    POLKU_TRY(const auto reader, population::try_read_csv(people, csv));
    with.what.progress = row_count(with.quiet);
    std::ofstream file;
    std::optional<simulation_rows> rows;
    if (!with.rows.empty()) {
        POLKU_TRY(auto members,
                  population::try_answer_members(with.what.is, with.what.decision, with.what.days.front()));
        file.open(with.rows, std::ios::binary);
        if (!file)
            return error(error_code::invalid_argument, "the file cannot be written; check its folder and your rights",
                         {.source = with.rows});
        rows.emplace(file, with.what, std::move(members), reader->columns());
        with.what.each_row = [&](const population::simulated_row& row) -> result<void> {
            rows->write(row);
            if (file) return {};
            return error(error_code::store_full, "the rows cannot be written; is the disk full?",
                         {.source = with.rows});
        };
    }
    POLKU_TRY(population::simulation_report made, population::try_simulate(with.what, *reader));
    if (rows && !file.flush())
        return error(error_code::store_full, "the rows cannot be written; is the disk full?", {.source = with.rows});
    if (with.what.progress) std::cerr << "\n";
    return made;
}

/// Prints what was made, and writes the page.
exit_status tell(const session& in, const simulate_options& with, const result<population::simulation_report>& made) {
    if (!made) return fail(in, made.error());
    if (!with.page.file.empty()) {
        const simulation_page_options how{with.language, with.page.threshold,
                                          with.store.empty() ? with.municipality : "municipality"};
        if (const auto written = write_page(with.page, simulation_page(*made, with.what, how)); !written)
            return fail_usage(in, written.error());
    }
    if (in.json || with.format == "json")
        std::cout << json::write(json::to_value(*made)) << "\n";
    else
        std::cout << simulation_text(*made, with.what.is.pack, with.language);
    for (const population::group_total& each : made->totals)
        if (each.faults != 0) return exit_status::findings;
    return exit_status::fine;
}

/// The cases of a store instead of a table.
exit_status simulate_store(const session& in, simulate_options& with) {
    store_people_options people;
    const auto as_of = try_day(with.as_of, "--as-of");
    if (!as_of) return fail_usage(in, as_of.error());
    people.as_of = *as_of;
    people.ended = with.ended;
    if (!with.quiet && watched_by_a_person())
        people.progress = [](std::uint64_t cases) { std::cerr << "\r" << cases << " cases" << std::flush; };
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    return tell(in, with, try_simulate_store(**store, with.what, people));
}

exit_status run_simulate(const session& in, simulate_options& with) {
    if (with.people.empty() && with.store.empty())
        return fail_usage(
            in, error(error_code::invalid_argument, "give a table with --people, or a store with --store and --as-of"));
    if (const auto ready = prepare(with); !ready) return fail_usage(in, ready.error());
    if (!with.store.empty()) return simulate_store(in, with);
    std::ifstream file;
    if (with.people != "-") {
        file.open(with.people, std::ios::binary);
        if (!file)
            return fail_usage(in,
                              error(error_code::not_found, "the table cannot be opened; check its name and your rights",
                                    {.source = with.people}));
    }
    return tell(in, with, simulate(with, with.people == "-" ? std::cin : file));
}

}  // namespace

void register_simulate(CLI::App& app, session& in) {
    auto with = std::make_shared<simulate_options>();
    CLI::App* command = app.add_subcommand(
        "simulate", "What rules decide of a table of people, and what other rules or figures would change");
    command->add_option("PACK", with->pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    command->add_option("DECISION", with->what.decision, "Name of a decision")->required();
    CLI::Option* const people = command->add_option(
        "--people", with->people, "Comma-separated values, a column for each fact by its name (- for standard input)");
    CLI::Option* const store = command->add_option(
        "--store", with->store, "Store file instead of a table: a row for each open case, as it stood on --as-of");
    store->excludes(people)->needs(
        command->add_option("--as-of", with->as_of, "The day that the cases of the store are told for, as it ended")
            ->needs(store));
    command->add_flag("--ended", with->ended, "Also cases of the store that have ended; their stage is the exit")
        ->needs(store);
    command->add_option("--separator", with->separator, "Between fields")
        ->check(CLI::IsMember({",", ";", "\t", "|"}))
        ->capture_default_str();
    command->add_option("--decided", with->decided, "Date of the decisions")->required();
    command->add_option("--until", with->until, "Decide anew on the same day of each month, up to this one");
    command->add_option("--figures", with->figures,
                        "JSON object: figures that are tried with another value than the law's");
    command->add_option("--against", with->against, "The other side: another pack");
    command->add_option("--variant-against", with->variant_against, "The other side: a version or variant by its id");
    command->add_option("--decided-against", with->decided_against, "The other side: the law of another day");
    command->add_option("--figures-against", with->figures_against, "The other side: figures with another value");
    command->add_option("--by", with->what.by, "Columns to count by")->delimiter(',');
    command->add_option("--keep", with->what.keep, "Other columns that are no facts: they stand in the rows")
        ->delimiter(',')
        ->excludes(store);
    command->add_option("--municipality", with->municipality, "A column of municipality codes, which are checked")
        ->excludes(store);
    command->add_option("--outcome", with->what.outcome,
                        "Member of the answer without which a row is not decided (default: the first)");
    command->add_flag("--reasons", with->what.reasons, "Also the rules that matched; slower");
    command->add_option("--rows", with->rows, "File of comma-separated values to write each decision to")
        ->excludes(store);
    CLI::Option* const days =
        command
            ->add_option("--benefit-days", with->benefit_days,
                         "A column of benefit days paid so far: what municipalities pay if unemployment goes on")
            ->excludes(store);
    command->add_option("--benefit", with->benefit, "The benefit, as the pack of the ladder calls it")
        ->capture_default_str()
        ->needs(days);
    command
        ->add_option("--daily-amount", with->daily_amount,
                     "Euros of the benefit a day; needed for days of which the pack has not read the full amount")
        ->needs(days);
    command->add_option("--ladder", with->ladder, "Pack of the municipal share, by id or folder")
        ->capture_default_str()
        ->needs(days);
    add_page(*command, with->page);
    command->add_option("--format", with->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    add_language(*command, with->language, "--language", "Language of the text: fi, sv, en, fi-selko");
    command->add_flag("--quiet", with->quiet, "Show no count of rows");
    command->callback([&in, with] { in.run = [&in, with] { return run_simulate(in, *with); }; });
}

}  // namespace polku::cli
