// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_WORKSPACE_EXAMPLE_COMMANDS_HPP
#define POLKU_TESTS_WORKSPACE_EXAMPLE_COMMANDS_HPP

#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace polku_tests {

inline polku::feel::value example_clients() {
    return polku::json::try_parse(*polku::json::find_shipped("tyokyky-kayttoon/clients.json")).value();
}

/// One example client of the shipped path, by id.
inline polku::feel::context example_client(std::string_view id) {
    const polku::feel::value file = example_clients();
    for (const polku::feel::value& client : file.as_context().find("clients")->as_list()) {
        if (client.as_context().find("id")->as_string() == id) return client.as_context();
    }
    return {};
}

inline std::vector<polku::feel::value> commands_of(const polku::feel::context& client) {
    const auto items = client.find("commands")->as_list();
    return {items.begin(), items.end()};
}

inline std::string case_of(const polku::feel::context& client) { return std::string(client.find("case")->as_string()); }

/// The commands of all example clients in the order of their `now`, as one store must see them.
inline std::vector<polku::feel::value> all_commands_in_order() {
    std::vector<polku::feel::value> all;
    const polku::feel::value file = example_clients();
    for (const polku::feel::value& client : file.as_context().find("clients")->as_list()) {
        for (polku::feel::value& each : commands_of(client.as_context())) all.push_back(std::move(each));
    }
    const auto now = [](const polku::feel::value& of) { return of.as_context().find("now")->as_string(); };
    std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return now(a) < now(b); });
    return all;
}

/// A workspace in memory with the shipped path made known.
inline std::unique_ptr<polku::workspace> open_in_memory() {
    auto opened = polku::workspace::try_open(":memory:").value();
    opened->try_use(polku::try_shipped_path("tyokyky-kayttoon").value()).value();
    return opened;
}

/// The same command with one member replaced or added.
inline polku::feel::value with_member(const polku::feel::value& command, std::string_view name,
                                      polku::feel::value value) {
    polku::feel::context changed = command.as_context();
    changed.set(name, std::move(value));
    return polku::feel::value(std::move(changed));
}

}  // namespace polku_tests

#endif
