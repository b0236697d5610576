// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <polku/workspace/schemas.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace polku::cli {

void register_schema(CLI::App& app, session& in) {
    auto name = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of a document: path, command, case, event");
    command->add_option("NAME", *name, "Which document")->required();
    command->callback([&in, name] {
        in.run = [&in, name] {
            const auto schema = try_schema(*name);
            if (!schema) return fail(in, schema.error());
            std::cout << *schema << "\n";
            return exit_status::fine;
        };
    });
}

}  // namespace polku::cli
