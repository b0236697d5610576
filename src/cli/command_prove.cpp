// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/path_files.hpp"

#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>
#include <polku/path/proof.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/path_proof.hpp>
#include <polku/workspace/path_proof.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct prove_options {
    std::string path;
    std::string certificate;
    std::string page;
    std::string language = "en";
    bool no_stories = false;
    path::proof_options how;
};

result<void> write_file(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (out) return {};
    return error(error_code::invalid_argument, "the file cannot be written; is its folder writable?", {.source = file});
}

exit_status run(const session& in, const prove_options& with) {
    const auto made = try_path_named(with.path);
    if (!made) {
        // Neither refuted nor unknown: there is no path to ask about.
        (void)fail(in, made.error());
        return exit_status::engine;
    }
    path::proof_options how = with.how;
    how.keep_states = !with.certificate.empty();
    const auto proved = try_prove(*made, how);
    if (!proved) return fail(in, proved.error());
    const path::path_proof& proof = *proved;
    if (in.json)
        std::cout << json::write(json::proof_value(proof)) << "\n";
    else
        std::cout << report::proof_text(made->path, proof, with.language, !with.no_stories);
    if (!with.page.empty())
        if (auto written = write_file(with.page, report::proof_page(made->path, proof, with.language)); !written)
            return fail(in, written.error());
    if (with.certificate.empty()) return status_of(proof.overall());
    const auto text = try_proof_certificate(*made, proof);
    if (!text) return fail(in, text.error());
    if (auto written = write_file(with.certificate, *text); !written) return fail(in, written.error());
    return status_of(proof.overall());
}

}  // namespace

void register_prove(CLI::App& app, session& in) {
    auto with = std::make_shared<prove_options>();
    CLI::App* command = app.add_subcommand("prove", "Prove that no client of a path falls between its services");
    command->add_option("path", with->path, "Id of a shipped path, or a definition (.json) with its models beside it")
        ->required();
    command->add_option("--certificate", with->certificate, "File to write the certificate of what is proved to");
    command->add_option("--page", with->page, "File to write an HTML page with the answer to");
    command->add_option("--language", with->language, "Language of text and page")
        ->check(CLI::IsMember(std::vector<std::string>(report::languages.begin(), report::languages.end())))
        ->capture_default_str();
    command->add_flag("--no-stories", with->no_stories, "Leave the commands of stories out");
    command->add_option("--max-regions", with->how.max_regions, "Evaluations for the routing of one stage");
    command->add_option("--max-states", with->how.max_states, "States to look at");
    command->add_option("--max-findings", with->how.max_findings, "Findings of one property");
    command->callback([with, &in] { in.run = [with, &in] { return run(in, *with); }; });
}

}  // namespace polku::cli
