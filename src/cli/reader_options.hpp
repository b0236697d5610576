// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_READER_OPTIONS_HPP
#define POLKU_CLI_READER_OPTIONS_HPP

#include <polku/path/access.hpp>

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace polku::cli {

/// The options that say on whose behalf something is read (docs/cli.md, READER).
void add_reader(CLI::App& to, path::reader& into, bool required);
/// The reader that they name; none when they name nobody.
std::optional<path::reader> named_reader(const path::reader& from);

/// `--language` with the four languages.
void add_language(CLI::App& to, std::string& into);

}  // namespace polku::cli

#endif
