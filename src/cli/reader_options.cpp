// SPDX-License-Identifier: Apache-2.0
#include "cli/reader_options.hpp"

#include <CLI/CLI.hpp>

namespace polku::cli {

void add_reader(CLI::App& to, path::reader& into, bool required) {
    auto* actor = to.add_option("--actor", into.actor, "Who reads, as commands name them");
    if (required) actor->required();
    to.add_option("--role", into.role, "Their role, an id of the path");
    to.add_option("--organisation", into.organisation, "Their organisation, an id of the path");
    to.add_option("--purpose", into.purpose, "services, oversight, or what else they read for");
    to.add_option("--indispensable", into.indispensable, "Why the data are indispensable, in their words");
    to.add_option("--client", into.client, "Client id: the reader is this client");
    to.add_option("--representative", into.representative, "Id of the client's representative who reads");
}

std::optional<path::reader> named_reader(const path::reader& from) {
    if (from.actor.empty() && from.role.empty() && !from.client && !from.representative) return std::nullopt;
    return from;
}

void add_language(CLI::App& to, std::string& into) {
    to.add_option("--language", into, "fi, sv, en or fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
}

}  // namespace polku::cli
