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

/// What --key-file, --ledger and --log say.
result<workspace_options> options_of(const session& in);
/// Opens a store with them, and names the reader of --reader.
result<std::unique_ptr<workspace>> open_workspace(const session& in, const std::string& path,
                                                  workspace_options options);
/// Opens a store file that must exist, with every shipped path made known.
result<std::unique_ptr<workspace>> open_store(const session& in, const std::string& path);
/// The same for what can be done without keys: a sealed store is opened without them when none are given.
result<std::unique_ptr<workspace>> open_store_to_keep(const session& in, const std::string& path);

/// Prints a document: one line of canonical JSON with --json, indented otherwise.
void print_document(const session& in, const feel::value& document);

/// The day of `--as-of`, or an error that names it.
result<time::date> day_of(const std::string& text, const std::string& option);

}  // namespace polku::cli

#endif
