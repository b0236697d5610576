// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <polku/report/activation.hpp>
#include <polku/report/budget.hpp>
#include <polku/report/indicators.hpp>
#include <polku/report/municipal_cost.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct money_options {
    std::string input;
    std::string format = "text";
    std::string language = "fi";
    std::string out;
    std::string as_of;
    std::string table = "municipalities";
    bool people = false;
};

report::figures_form form_of(const session& in, const money_options& with) {
    const std::map<std::string, report::figures_form> forms = {{"text", report::figures_form::text},
                                                               {"json", report::figures_form::json},
                                                               {"csv", report::figures_form::csv},
                                                               {"html", report::figures_form::html}};
    return in.json ? report::figures_form::json : forms.at(with.format);
}

exit_status written(const session& in, const money_options& with, const std::string& text) {
    if (with.out.empty()) {
        std::cout << text;
        return exit_status::fine;
    }
    std::ofstream file(with.out, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file) return exit_status::fine;
    return fail(in, error(error_code::invalid_argument, "the report cannot be written; is the folder writable?",
                          {.source = with.out}));
}

/// The error with the name of the input, where it does not say one.
error named(error what, const money_options& with) {
    if (what.positions().empty()) what.at({});
    for (position& each : what.positions())
        if (each.source.empty()) each.source = with.input == "-" ? "input" : with.input;
    return what;
}

exit_status cost(const session& in, const money_options& with) {
    if (with.table == "people" && !with.people)
        return fail_usage(in, error(error_code::invalid_argument, "--table people needs --people"));
    const auto text = read_file(with.input);
    if (!text) return fail_usage(in, text.error());
    const auto rows = report::try_read_benefit_rows({*text, with.input});
    if (!rows) return fail(in, named(rows.error(), with));
    const auto made = report::try_municipal_cost(*rows);
    if (!made) return fail(in, named(made.error(), with));
    return written(in, with,
                   report::write_municipal_cost(*made, {form_of(in, with), with.language, with.people, with.table}));
}

result<report::indicator_report> try_indicators(const report::indicator_input& from, const money_options& with) {
    if (!from.participants.empty()) {
        if (with.as_of.empty())
            return error(error_code::invalid_argument,
                         "participants are counted as they stand on a day; give --as-of, such as --as-of 2026-12-31");
        POLKU_TRY(const time::date day, day_of(with.as_of, "--as-of"));
        POLKU_TRY(report::indicator_report made, report::try_count_indicators(from.participants, day, from.entities));
        return made;
    }
    report::indicator_report made;
    made.counts = from.counts;
    POLKU_TRY(made.findings, report::try_check_indicators(made.counts));
    return made;
}

exit_status esf(const session& in, const money_options& with) {
    const auto text = read_file(with.input);
    if (!text) return fail_usage(in, text.error());
    const auto read = report::try_read_indicators({*text, with.input});
    if (!read) return fail(in, named(read.error(), with));
    const auto made = try_indicators(*read, with);
    if (!made) return fail(in, named(made.error(), with));
    const exit_status ends = written(in, with, report::write_indicators(*made, form_of(in, with), with.language));
    return ends == exit_status::fine && !made->findings.empty() ? exit_status::findings : ends;
}

exit_status activation(const session& in, const money_options& with) {
    const auto text = read_file(with.input);
    if (!text) return fail_usage(in, text.error());
    const auto rows = report::try_read_area_figures({*text, with.input});
    if (!rows) return fail(in, named(rows.error(), with));
    const auto made = report::try_activation(*rows);
    if (!made) return fail(in, named(made.error(), with));
    return written(in, with, report::write_activation(*made, form_of(in, with), with.language));
}

exit_status budget(const session& in, const money_options& with) {
    const auto text = read_file(with.input);
    if (!text) return fail_usage(in, text.error());
    const auto read = report::try_read_budget(*text, with.input);
    if (!read) return fail(in, read.error());
    const auto made = report::try_budget_report(*read);
    if (!made) return fail(in, named(made.error(), with));
    return written(in, with, report::write_budget(*made, form_of(in, with), with.language));
}

using money_command = exit_status (*)(const session&, const money_options&);

CLI::App* add(CLI::App& report, session& in, const char* name, const char* help, money_command run,
              const std::shared_ptr<money_options>& with) {
    CLI::App* page = report.add_subcommand(name, help);
    page->add_option("--input", with->input, "File to read; - is standard input")->required();
    page->add_option("--format", with->format, "text, json, csv or html")
        ->check(CLI::IsMember({"text", "json", "csv", "html"}))
        ->capture_default_str();
    page->add_option("--language", with->language, "fi, sv or en")
        ->check(CLI::IsMember({"fi", "sv", "en"}))
        ->capture_default_str();
    page->add_option("--out", with->out, "File to write; standard output when it is left out");
    page->callback([&in, with, run] { in.run = [&in, with, run] { return run(in, *with); }; });
    return page;
}

}  // namespace

void add_money_reports(CLI::App& report, session& in) {
    const auto with = [] { return std::make_shared<money_options>(); };
    const auto costs = with();
    CLI::App* page =
        add(report, in, "cost", "What unemployment costs the municipality, with a resolution and without", cost, costs);
    page->add_flag("--people", costs->people, "A line for each person, too");
    page->add_option("--table", costs->table, "Which table --format csv holds")
        ->check(CLI::IsMember({"municipalities", "steps", "steps_with", "months", "people"}))
        ->capture_default_str();
    const auto counted = with();
    add(report, in, "esf", "Common indicators of ESF+ from rows of participants, or a check of given counts", esf,
        counted)
        ->add_option("--as-of", counted->as_of, "The day that participants are counted as of");
    add(report, in, "activation", "Activation rate and structural unemployment from given figures", activation, with());
    add(report, in, "budget", "The budget of a project with its flat rate and shares", budget, with());
}

}  // namespace polku::cli
