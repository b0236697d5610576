// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/path_files.hpp"

#include <polku/json/equal_treatment.hpp>
#include <polku/json/text.hpp>
#include <polku/report/equal_treatment.hpp>
#include <polku/report/labels.hpp>
#include <polku/workspace/equal_treatment.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct equal_options {
    std::vector<std::string> paths;
    std::string language = "en";
    bool declared = false;
    path::treatment_options how;
};

exit_status run(const session& in, const equal_options& with) {
    std::vector<named_path> variants;
    std::vector<path::service_path> paths;
    for (const std::string& name : with.paths) {
        auto made = try_path_named(name);
        if (!made) {
            // Neither refuted nor unknown: there is no path to ask about.
            (void)fail(in, made.error());
            return exit_status::engine;
        }
        paths.push_back(made->path);
        variants.push_back({name, std::move(made).value()});
    }
    const auto compared = try_compare_treatment(variants, with.how);
    if (!compared) return fail_usage(in, compared.error());
    if (in.json)
        std::cout << json::write(json::treatment_value(*compared)) << "\n";
    else
        std::cout << report::treatment_text(paths, *compared, with.language, with.declared);
    return status_of(compared->overall());
}

}  // namespace

void register_equal(CLI::App& app, session& in) {
    auto with = std::make_shared<equal_options>();
    CLI::App* command = app.add_subcommand("equal", "Prove that variants of a path treat clients equally");
    command->add_option("paths", with->paths, "Ids of shipped paths, or definitions (.json) with models beside them")
        ->required()
        ->expected(2, 1000);
    command->add_option("--language", with->language, "Language of the text")
        ->check(CLI::IsMember(std::vector<std::string>(report::languages.begin(), report::languages.end())))
        ->capture_default_str();
    command->add_flag("--declared", with->declared, "List what the variants declare, too");
    command->add_option("--max-regions", with->how.max_regions, "Combinations of inputs for the routing of one stage");
    command->add_option("--max-states", with->how.max_states, "States to look through for a client's way");
    command->add_option("--max-differences", with->how.max_differences, "Differences of one pair that are listed");
    command->callback([with, &in] { in.run = [with, &in] { return run(in, *with); }; });
}

}  // namespace polku::cli
