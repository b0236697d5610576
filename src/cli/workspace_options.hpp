// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_WORKSPACE_OPTIONS_HPP
#define POLKU_CLI_WORKSPACE_OPTIONS_HPP

#include "cli/session.hpp"

#include <polku/feel/value.hpp>
#include <polku/workspace/workspace.hpp>

#include <memory>
#include <string>

namespace polku::cli {

/// True when standard error is a terminal: then progress is shown.
bool watched_by_a_person() noexcept;

/// Opens a store file that must exist, with every shipped path made known.
result<std::unique_ptr<workspace>> open_store(const std::string& path);

/// Prints a document: one line of canonical JSON with --json, indented otherwise.
void print_document(const session& in, const feel::value& document);

/// The day of `--as-of`, or an error that names it.
result<time::date> day_of(const std::string& text, const std::string& option);

}  // namespace polku::cli

#endif
