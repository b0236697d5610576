// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/figures.hpp>
#include <polku/report/supplement_letter.hpp>
#include <polku/workspace/supplement.hpp>

#include <workspace/named_store.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace polku::cli {

namespace {

struct supplement_options {
    std::string store = "supplement.db";
    std::string out = "supplement-letters";
    std::string employer;
    std::string application;
    std::string decision;
    std::string day;
    std::string language = "fi";
    std::vector<std::string> files;
};

result<void> write_letter(const std::filesystem::path& file, const std::string& page) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << page;
    out.close();
    if (out) return {};
    return error(error_code::invalid_argument, "the letter cannot be written; is the folder writable?",
                 {.source = file.string()});
}

/// Every decision of an employer in each language, one file each. Answers how many.
result<std::size_t> write_letters(const supplement_options& with, const example_employer& one,
                                  const loaded_employer& loaded) {
    std::size_t written = 0;
    for (const path::application& about : loaded.state.applications) {
        const path::supplement_terms* const terms = loaded.terms_of(about);
        if (terms == nullptr) continue;
        for (const path::decision_entry& each : about.decisions)
            for (const char* language : {"fi", "sv", "en", "fi-selko"}) {
                const std::string name = one.id + "-" + about.id + "-" + each.id + "." + language + ".html";
                POLKU_CHECK(write_letter(std::filesystem::path(with.out) / name,
                                         report::supplement_letter(*terms, loaded.state, about, each, language)));
                ++written;
            }
    }
    return written;
}

exit_status demo(const session& in, const supplement_options& with) {
    const auto examples = try_shipped_employers();
    if (!examples) return fail(in, examples.error());
    auto opened = detail::try_open_named(with.store, {});
    if (!opened) return fail(in, opened.error());
    workspace& store = **opened;
    const auto played = try_play_employers(store, *examples);
    if (!played) return fail(in, played.error());
    std::error_code failed;
    std::filesystem::create_directories(with.out, failed);
    std::size_t letters = 0;
    std::cout << path::text_in(examples->notice, with.language) << "\n\n";
    for (const example_employer& one : examples->employers) {
        const auto loaded = try_load_employer(store, one.employer);
        if (!loaded) return fail(in, loaded.error());
        const auto written = write_letters(with, one, *loaded);
        if (!written) return fail(in, written.error());
        letters += *written;
        const path::application& about = *path::find_application(loaded->state, one.application);
        const path::supplement_sums sums = path::sums_of(about);
        std::cout << one.name << " (" << one.employer << ")\n  " << path::text_in(one.story, with.language) << "\n  "
                  << report::money_text(sums.granted, with.language) << " / "
                  << report::money_text(sums.paid, with.language) << "\n";
    }
    const auto programme = try_load_programme(store, examples->programme);
    if (!programme) return fail(in, programme.error());
    if (auto kept = store.try_checkpoint(); !kept) return fail(in, kept.error());
    std::cout << "\n"
              << examples->employers.size() << " employers, " << *played << " commands, " << letters << " letters in "
              << with.out << "\nprogramme " << examples->programme << ": "
              << report::money_text(path::reserved_in(*programme), with.language) << " of "
              << report::money_text(programme->budget, with.language) << " granted\nstore " << with.store << "\n";
    return exit_status::fine;
}

/// Without an employer all of them, without a day nothing of what is due.
exit_status show(const session& in, const supplement_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    if (with.employer.empty()) {
        const auto all = try_employers(**store);
        if (!all) return fail(in, all.error());
        print_document(in, *all);
        return exit_status::fine;
    }
    const auto day = day_of(with.day, "--as-of");
    if (!day) return fail(in, day.error());
    const auto one = try_employer(**store, with.employer, *day);
    if (!one) return fail(in, one.error());
    print_document(in, *one);
    return exit_status::fine;
}

exit_status due(const session& in, const supplement_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto day = day_of(with.day, "--by");
    if (!day) return fail(in, day.error());
    const auto rows = try_supplement_due(**store, *day);
    if (!rows) return fail(in, rows.error());
    print_document(in, *rows);
    return exit_status::fine;
}

exit_status letter(const session& in, const supplement_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto loaded = try_load_employer(**store, with.employer);
    if (!loaded) return fail(in, loaded.error());
    const path::application* const about = path::find_application(loaded->state, with.application);
    if (about == nullptr)
        return fail(in, error(error_code::unknown_record, "the employer has no application '" + with.application +
                                                              "'; supplement show lists them"));
    for (const path::decision_entry& each : about->decisions) {
        const path::supplement_terms* const terms = loaded->terms_of(*about);
        if (each.id != with.decision || terms == nullptr) continue;
        std::cout << report::supplement_letter(*terms, loaded->state, *about, each, with.language);
        return exit_status::fine;
    }
    return fail(in, error(error_code::unknown_record,
                          "the application has no decision '" + with.decision + "'; supplement show lists them"));
}

/// The terms of the files, or those that are shipped.
result<std::vector<terms_bundle>> read_terms(const std::vector<std::string>& files) {
    std::vector<terms_bundle> all;
    if (files.empty()) {
        for (const std::string& version : shipped_terms_versions()) {
            POLKU_TRY(terms_bundle one, try_shipped_terms(version));
            all.push_back(std::move(one));
        }
        return all;
    }
    std::vector<named_text> texts;
    for (const std::string& file : files) {
        POLKU_TRY(std::string text, read_file(file));
        texts.push_back({std::filesystem::path(file).filename().string(), std::move(text)});
    }
    POLKU_TRY(terms_bundle one, try_make_terms(texts));
    all.push_back(std::move(one));
    return all;
}

/// Puts terms into a store and prints the hash by which a programme publishes them.
exit_status terms(const session& in, const supplement_options& with) {
    auto store = detail::try_open_named(with.store, {});
    if (!store) return fail(in, store.error());
    const auto all = read_terms(with.files);
    if (!all) return fail(in, all.error());
    std::vector<feel::value> rows;
    for (const terms_bundle& each : *all) {
        if (auto used = try_use_terms(**store, each); !used) return fail(in, used.error());
        rows.push_back(feel::context{{"version", each.terms.says().version}, {"hash", each.hash_text()}});
    }
    print_document(in, feel::value(std::move(rows)));
    return exit_status::fine;
}

}  // namespace

void register_supplement(CLI::App& app, session& in) {
    auto with = std::make_shared<supplement_options>();
    CLI::App* command = app.add_subcommand("supplement", "The employment supplement: employers, programmes, decisions");
    command->require_subcommand(1);
    const auto add_language = [&](CLI::App* to) {
        to->add_option("--language", with->language, "fi, sv, en or fi-selko")
            ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
            ->capture_default_str();
    };

    CLI::App* example = command->add_subcommand("demo", "Run the example employers, and write their decision letters");
    example->add_option("--store", with->store, "Store file to make")->capture_default_str();
    example->add_option("--out", with->out, "Folder of the letters")->capture_default_str();
    add_language(example);
    example->callback([&in, with] { in.run = [&in, with] { return demo(in, *with); }; });

    CLI::App* kept =
        command->add_subcommand("terms", "Put terms into a store, for publish_terms, and print their hash");
    kept->add_option("STORE", with->store, "Store file, made when it is not there")->required();
    kept->add_option("FILE", with->files, "The definition, then its models; without them the shipped terms");
    kept->callback([&in, with] { in.run = [&in, with] { return terms(in, *with); }; });

    CLI::App* one = command->add_subcommand("show", "All employers, or one with its applications on a day");
    one->add_option("STORE", with->store, "Store file")->required();
    CLI::Option* const employer = one->add_option("EMPLOYER", with->employer, "Employer's id, 32 hexadecimal digits");
    one->add_option("--as-of", with->day, "The day that what is due is told for")->needs(employer);
    one->callback([&in, with] { in.run = [&in, with] { return show(in, *with); }; });

    CLI::App* all = command->add_subcommand("due", "What is due at all employers up to a day");
    all->add_option("STORE", with->store, "Store file")->required();
    all->add_option("--by", with->day, "The day")->required();
    all->callback([&in, with] { in.run = [&in, with] { return due(in, *with); }; });

    CLI::App* page = command->add_subcommand("letter", "A decision as a page to print, with how to contest it");
    page->add_option("STORE", with->store, "Store file")->required();
    page->add_option("EMPLOYER", with->employer, "Employer's id")->required();
    page->add_option("APPLICATION", with->application, "Application")->required();
    page->add_option("DECISION", with->decision, "Decision")->required();
    add_language(page);
    page->callback([&in, with] { in.run = [&in, with] { return letter(in, *with); }; });
}

}  // namespace polku::cli
