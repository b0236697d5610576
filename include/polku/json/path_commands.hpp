// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_COMMANDS_HPP
#define POLKU_JSON_PATH_COMMANDS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/commands.hpp>
#include <polku/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// A command from JSON: `{"type": "record_fact", "on": "2026-02-03", "fact": ..., ...}`. `on` may be left out. Errors
/// of the 8xx family with JSON pointers; an unknown type is answered with the nearest known one.
result<path::command> try_read_command(const feel::value& from, std::string_view source = {});
result<path::command> try_read_command(std::string_view text, std::string source = {});

/// The same command as a value, type first.
feel::value command_to_value(const path::command& of);

/// Names of all commands, in the order of commands.hpp.
std::vector<std::string> command_types();

/// The JSON Schema of commands: one alternative for each type.
std::string command_schema();

}  // namespace polku::inline POLKU_V::json

#endif
