// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/path_files.hpp"

#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>
#include <polku/path/proof.hpp>
#include <polku/path/proof_walk.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/path_proof.hpp>
#include <polku/workspace/path_proof.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
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
    std::uint64_t walks = 0;
    std::uint64_t seconds = 0;
    std::uint64_t seed = 1;
    std::uint64_t steps = 250;
    bool walks_only() const { return walks != 0 || seconds != 0; }
};

result<void> write_file(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (out) return {};
    return error(error_code::invalid_argument, "the file cannot be written; is its folder writable?", {.source = file});
}

/// The states that walks saw, one hexadecimal digit for four of them, so that walks of several processes can be put
/// together.
std::string seen_states(const path::proof_walker& walker, std::size_t states) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made;
    for (std::size_t first = 0; first < states; first += 4) {
        unsigned four = 0;
        for (std::size_t i = first; i < std::min(first + 4, states); ++i)
            four |= walker.has_seen(i) ? 1U << (i - first) : 0U;
        made += digits[four];
    }
    return made;
}

/// Walks until all are done or the time is over; 0 of either is no bound.
exit_status walk(const session& in, const prove_options& with, const path::service_path& path,
                 const path::path_proof& proof) {
    if (proof.overall() != path::proof_verdict::proved) {
        (void)fail(in, error(error_code::invalid_argument,
                             "nothing to hold walks against: the path is not proved; leave --walks and --seconds out",
                             {.source = proof.path}));
        return exit_status::engine;
    }
    using clock = std::chrono::steady_clock;
    const auto began = clock::now();
    const auto over = [&] { return with.seconds != 0 && clock::now() - began >= std::chrono::seconds(with.seconds); };
    path::proof_walker walker(path, proof);
    for (std::uint64_t at = 0; (with.walks == 0 || at < with.walks) && !over(); ++at)
        walker.walk(with.seed + at, with.steps);
    const double took = std::chrono::duration<double>(clock::now() - began).count();
    const path::proof_walk_counts& told = walker.counts();
    const auto number = [](std::uint64_t of) { return static_cast<std::int64_t>(of); };
    std::uint64_t answers = 0;
    for (const path::routing_answers& each : proof.routing) answers += each.may.size();
    std::vector<feel::value> first;
    for (const std::string& each : told.first) first.emplace_back(each);
    if (in.json) {
        std::cout << json::write(feel::value(feel::context{{"path", proof.path},
                                                           {"seed", number(with.seed)},
                                                           {"walks", number(told.walks)},
                                                           {"steps", number(told.steps)},
                                                           {"accepted", number(told.accepted)},
                                                           {"routed", number(told.routed)},
                                                           {"states_seen", number(told.states)},
                                                           {"states", number(proof.states.size())},
                                                           {"seen", seen_states(walker, proof.states.size())},
                                                           {"answers_seen", number(told.answers)},
                                                           {"answers", number(answers)},
                                                           {"failures", number(told.failures)},
                                                           {"first", feel::value(std::move(first))},
                                                           {"milliseconds", static_cast<std::int64_t>(took * 1000)}}))
                  << "\n";
    } else {
        std::cout << proof.path << ": " << told.walks << " walks from seed " << with.seed << ", " << told.steps
                  << " commands (" << told.accepted << " accepted, " << told.routed << " routed), " << told.states
                  << " of " << proof.states.size() << " states, " << told.answers << " of " << answers << " answers, "
                  << told.failures << " failures, "
                  << static_cast<std::int64_t>(static_cast<double>(told.walks) / std::max(took, 0.001)) << " walks/s\n";
        for (const std::string& each : told.first) std::cout << "  " << each << "\n";
    }
    return told.failures == 0 ? exit_status::fine : exit_status::findings;
}

exit_status run(const session& in, const prove_options& with) {
    const auto made = try_path_named(with.path);
    if (!made) {
        // Neither refuted nor unknown: there is no path to ask about.
        (void)fail(in, made.error());
        return exit_status::engine;
    }
    path::proof_options how = with.how;
    how.keep_states = !with.certificate.empty() || with.walks_only();
    const auto proved = try_prove(*made, how);
    if (!proved) return fail(in, proved.error());
    const path::path_proof& proof = *proved;
    if (with.walks_only()) return walk(in, with, made->path, proof);
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
    command->add_option("--walks", with->walks, "Instead: cases by chance in the engine, held against the proof");
    command->add_option("--seconds", with->seconds, "Instead: such cases for so long");
    command->add_option("--seed", with->seed, "Seed of the first walk")->capture_default_str();
    command->add_option("--steps", with->steps, "Commands of one walk at most")->capture_default_str();
    command->callback([with, &in] { in.run = [with, &in] { return run(in, *with); }; });
}

}  // namespace polku::cli
