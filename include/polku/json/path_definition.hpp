// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_DEFINITION_HPP
#define POLKU_JSON_PATH_DEFINITION_HPP

#include <polku/path/definition.hpp>
#include <polku/result.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::json {

/// Reads a path definition from its JSON file. Errors of the 8xx family, with source, line, column and JSON pointer:
/// bad JSON, unknown or missing members, wrong types. What the members say is checked by `path::check`.
result<path::definition> try_read_path(std::string_view text, std::string source = {});

/// The definition as canonical JSON, which `try_read_path` reads back; the bytes that are hashed.
std::string write_path(const path::definition& says);

/// The JSON Schema (draft 2020-12) of path definitions, made from the described structs, so that it cannot differ from
/// what is read.
std::string path_schema();

}  // namespace polku::inline POLKU_V::json

#endif
