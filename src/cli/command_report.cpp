// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/each_case.hpp"
#include "cli/workspace_options.hpp"

#include <polku/report/plan_page.hpp>
#include <polku/report/situation_output.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <set>

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

std::string joined(const std::set<std::string>& of) {
    std::string all;
    for (const std::string& each : of) all += (all.empty() ? "" : ", ") + each;
    return all.empty() ? "none" : all;
}

/// The cases of the store as they stood on a day, in one picture.
result<report::situation> picture(workspace& store, time::date day, const report_options& with) {
    report::situation_builder cases(day);
    std::set<std::string> municipalities;
    std::set<std::string> paths;
    POLKU_CHECK(each_case(store, [&](const loaded_case& each) -> result<void> {
        const path::definition& says = each.path.says();
        paths.insert(says.id);
        if (!with.path.empty() && says.id != with.path) return {};
        for (const auto& one : says.municipalities) municipalities.insert(one.first);
        municipalities.insert(each.state.municipality);
        if (const auto record = report::try_record(each.path, each.state, day)) cases.add(each.path, *record);
        return {};
    }));
    if (!with.path.empty() && paths.count(with.path) == 0)
        return error(error_code::not_found,
                     "the store has no case on the path '" + with.path + "'; it has cases on: " + joined(paths));
    if (!with.municipality.empty() && municipalities.count(with.municipality) == 0)
        return error(error_code::not_found, "the paths of the store know no municipality '" + with.municipality +
                                                "'; they know: " + joined(municipalities));
    report::situation_options how{with.threshold, with.municipality, {}};
    if (!with.compare.empty()) {
        POLKU_TRY(const std::string text, read_file(with.compare));
        POLKU_TRY(how.compared, report::try_read_comparison(text, with.compare));
    }
    return cases.finish(how);
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
