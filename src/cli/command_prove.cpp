// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/path_files.hpp"

#include <polku/json/path_commands.hpp>
#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>
#include <polku/path/proof.hpp>
#include <polku/workspace/path_proof.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace polku::cli {

namespace {

struct prove_options {
    std::string path;
    std::string certificate;
    bool no_stories = false;
    path::proof_options how;
};

result<void> write_certificate(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (out) return {};
    return error(error_code::invalid_argument, "the certificate cannot be written; is its folder writable?",
                 {.source = file});
}

std::string value_text(const path::command& of) {
    feel::context members;
    const feel::value whole = json::command_to_value(of);
    for (const auto& each : whole.as_context())
        if (each.name != "type" && each.name != "on") members.set(each.name, each.value);
    const std::string day = of.on ? time::to_string(*of.on) : std::string();
    const std::string rest = members.size() == 0 ? std::string() : " " + json::write(feel::value(std::move(members)));
    return day + " " + std::string(path::type_of(of.what)) + rest;
}

void print_finding(const path::proof_finding& of, bool stories) {
    std::cout << "  " << path::name_of(of.says) << ": " << of.message << " [" << path::name_of(of.issue) << "]\n";
    if (!of.pointer.empty()) std::cout << "    at " << of.pointer << "\n";
    for (const auto& [name, value] : of.where) std::cout << "    where " << name << " = " << value << "\n";
    if (stories)
        for (const path::command& each : of.story) std::cout << "    " << value_text(each) << "\n";
    if (!of.shown.empty()) std::cout << "    " << (of.story.empty() ? "" : "then: ") << of.shown << "\n";
}

void print_proof(const path::path_proof& of, bool stories) {
    std::cout << of.path << " " << of.version << ": " << path::name_of(of.overall()) << "\n";
    for (const path::property_result& each : of.properties) {
        std::cout << path::name_of(each.about) << ": " << path::name_of(each.says) << " (" << each.cases
                  << " looked at)\n";
        for (const path::proof_finding& finding : each.findings) print_finding(finding, stories);
    }
}

exit_status status_of(path::proof_verdict of) noexcept {
    if (of == path::proof_verdict::proved) return exit_status::fine;
    return of == path::proof_verdict::refuted ? exit_status::findings : exit_status::unknown;
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
        print_proof(proof, !with.no_stories);
    if (with.certificate.empty()) return status_of(proof.overall());
    const auto text = try_proof_certificate(*made, proof);
    if (!text) return fail(in, text.error());
    if (auto written = write_certificate(with.certificate, *text); !written) return fail(in, written.error());
    return status_of(proof.overall());
}

}  // namespace

void register_prove(CLI::App& app, session& in) {
    auto with = std::make_shared<prove_options>();
    CLI::App* command = app.add_subcommand("prove", "Prove that no client of a path falls between its services");
    command->add_option("path", with->path, "Id of a shipped path, or a definition (.json) with its models beside it")
        ->required();
    command->add_option("--certificate", with->certificate, "File to write the certificate of what is proved to");
    command->add_flag("--no-stories", with->no_stories, "Leave the commands of stories out");
    command->add_option("--max-regions", with->how.max_regions, "Evaluations for the routing of one stage");
    command->add_option("--max-states", with->how.max_states, "States to look at");
    command->add_option("--max-findings", with->how.max_findings, "Findings of one property");
    command->callback([with, &in] { in.run = [with, &in] { return run(in, *with); }; });
}

}  // namespace polku::cli
