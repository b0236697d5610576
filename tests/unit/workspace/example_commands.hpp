// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_WORKSPACE_EXAMPLE_COMMANDS_HPP
#define POLKU_TESTS_WORKSPACE_EXAMPLE_COMMANDS_HPP

#include <polku/json/text.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/workspace.hpp>

#include "property_count.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace polku_tests {

/// The shipped paths; one of them where a test takes a part of its cases only.
inline std::vector<std::string> sampled_path_ids() {
    return is_sampled(10) ? std::vector<std::string>{"tyokyky-kayttoon"} : polku::shipped_path_ids();
}

inline const polku::example_file& example_clients() {
    static const polku::example_file file = polku::try_shipped_examples("tyokyky-kayttoon").value();
    return file;
}

/// One example client of the shipped path, by id.
inline const polku::example_client& client_named(std::string_view id) {
    const auto& all = example_clients().clients;
    return *std::find_if(all.begin(), all.end(), [id](const auto& each) { return each.id == id; });
}

inline std::vector<polku::feel::value> commands_of(const polku::example_client& client) { return client.commands; }

inline std::string case_of(const polku::example_client& client) { return client.case_; }

/// The commands of all example clients in the order of their `now`, as one store must see them.
inline std::vector<polku::feel::value> all_commands_in_order() { return commands_in_order(example_clients()); }

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
