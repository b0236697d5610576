// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <polku/report/plan_page.hpp>
#include <polku/report/situation_output.hpp>
#include <polku/workspace/situation.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct report_options {
    std::string store;
    std::string id;
    std::string as_of;
    std::string language = "fi";
    std::string out;
    std::string municipality;
    std::string path;
    std::string format;
    std::string compare;
    std::string from = "counters";
    std::int64_t threshold = 5;
};

exit_status write_out(const session& in, const std::string& text, const std::string& out) {
    if (out.empty()) {
        std::cout << text;
        return exit_status::fine;
    }
    std::ofstream file(out, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file) return exit_status::fine;
    return fail(in, error(error_code::invalid_argument, "the page cannot be written; is the folder writable?",
                          {.source = out}));
}

exit_status plan(const session& in, const report_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    const auto loaded = (*store)->try_load(with.id);
    if (!loaded) return fail(in, loaded.error());
    return write_out(in, report::plan_page(loaded->path, loaded->state, *day, with.language), with.out);
}

/// The cases of the store as they stood on a day, in one picture.
result<report::situation> picture(workspace& store, time::date day, const report_options& with) {
    picture_options options;
    options.shown = {with.threshold, with.municipality, {}};
    if (!with.compare.empty()) {
        POLKU_TRY(const std::string text, read_file(with.compare));
        POLKU_TRY(options.shown.compared, report::try_read_comparison(text, with.compare));
    }
    options.path = with.path;
    if (with.from == "cases") options.source = picture_source::cases;
    if (watched_by_a_person())
        options.progress = [](std::uint64_t cases) { std::cerr << "\r" << cases << " cases" << std::flush; };
    POLKU_TRY(made_picture made, try_situation(store, day, options));
    if (!made.from_counters && options.progress) std::cerr << "\n";
    if (!made.from_counters && with.from != "cases")
        std::cerr
            << "Every case was read: the store's counters do not hold all its events. `polku store recount` makes "
               "them anew.\n";
    return std::move(made.picture);
}

exit_status situation(const session& in, report::picture_part part, const report_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.as_of, "--as-of");
    if (!day) return fail(in, day.error());
    const auto made = picture(**store, *day, with);
    if (!made) return fail(in, made.error());
    const std::string format = !with.format.empty() ? with.format : in.json ? "json" : "text";
    const std::string text = format == "json"   ? situation_json(*made, part)
                             : format == "csv"  ? situation_csv(*made, part)
                             : format == "html" ? situation_page(*made, part, with.language)
                                                : situation_text(*made, part, with.language);
    return write_out(in, text, with.out);
}

void add_common(CLI::App& page, report_options& with) {
    page.add_option("--store", with.store, "Store file")->required();
    page.add_option("--language", with.language, "fi, sv, en or fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
    page.add_option("--out", with.out, "File to write; standard output when it is left out");
}

void add_picture(CLI::App& command, session& in, const char* name, const char* text, report::picture_part part) {
    auto with = std::make_shared<report_options>();
    CLI::App* page = command.add_subcommand(name, text);
    add_common(*page, *with);
    page->add_option("--as-of", with->as_of, "The day that the cases are told for, as it ended")->required();
    page->add_option("--municipality", with->municipality, "Code of the only municipality to show");
    page->add_option("--path", with->path, "Id of the only path to show");
    page->add_option("--format", with->format, "text (the default), json, csv or html")
        ->check(CLI::IsMember({"text", "json", "csv", "html"}));
    page->add_option("--threshold", with->threshold, "The smallest count that is shown; 1 shows all")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000}))
        ->capture_default_str();
    if (part == report::picture_part::all)
        page->add_option("--compare", with->compare, "JSON file of published figures to show beside the own ones");
    page->add_option("--from", with->from,
                     "counters, where the store's are complete, else the cases; or cases, to read every case")
        ->check(CLI::IsMember({"counters", "cases"}))
        ->capture_default_str();
    page->callback([&in, part, with] { in.run = [&in, part, with] { return situation(in, part, *with); }; });
}

}  // namespace

void register_report(CLI::App& app, session& in) {
    CLI::App* command = app.add_subcommand("report", "Reports over all cases, and pages to read and print");
    command->require_subcommand(1);
    add_money_reports(*command, in);
    add_picture(*command, in, "situation", "The situation picture by municipality", report::picture_part::all);
    add_picture(*command, in, "transitions", "Where clients go from each stage, and how long it took",
                report::picture_part::transitions);
    auto with = std::make_shared<report_options>();
    CLI::App* page = command->add_subcommand("plan", "One case's plan as a page to print and sign");
    add_common(*page, *with);
    page->add_option("--case", with->id, "Case id, 32 hexadecimal digits")->required();
    page->add_option("--as-of", with->as_of, "The day that open and late are told for")->required();
    page->callback([&in, with] { in.run = [&in, with] { return plan(in, *with); }; });
}

}  // namespace polku::cli
