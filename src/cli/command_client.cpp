// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/workspace_options.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct client_options {
    std::string store;
    std::vector<std::string> identifier;
};

exit_status find(const session& in, const client_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto found = (*store)->try_find_client(with.identifier[0], with.identifier[1]);
    if (!found) return fail(in, found.error());
    print_document(in, *found);
    return found->as_list().empty() ? exit_status::findings : exit_status::fine;
}

}  // namespace

void register_client(CLI::App& app, session& in) {
    auto with = std::make_shared<client_options>();
    CLI::App* command = app.add_subcommand("client", "Look for clients");
    command->require_subcommand(1);
    CLI::App* one = command->add_subcommand("find", "Clients who have or had an identifier, with days");
    one->add_option("STORE", with->store, "Store file")->required();
    one->add_option("--identifier", with->identifier, "Kind and value: identity_code CODE")->required()->expected(2);
    one->callback([&in, with] { in.run = [&in, with] { return find(in, *with); }; });
}

}  // namespace polku::cli
