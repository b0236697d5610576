// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_DEFINITION_HPP
#define POLKU_JSON_PATH_DEFINITION_HPP

#include <polku/error.hpp>
#include <polku/path/definition.hpp>
#include <polku/result.hpp>

#include <span>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::json {

/// Reads a path definition from its JSON file. Errors of the 8xx family, with source, line, column and JSON pointer:
/// bad JSON, unknown or missing members, wrong types. What the members say is checked by `path::check`.
result<path::definition> try_read_path(std::string_view text, std::string source = {});

/// A text of a definition and what it is called in errors.
struct path_layer {
    std::string name;  ///< of the file, as `extends` names it
    std::string text;  ///< JSON
};

/// The file that a definition is a delta over: what its member `extends` says; empty when it stands alone.
result<std::string> try_read_extends(const path_layer& of);

/// Reads a definition that extends another: the definition itself first, then what each one extends; the last stands
/// alone. A delta has the members that differ. Objects are merged member by member, and `null` takes a member away;
/// lists of objects that have an `id` are merged by it, where `{"id": "...", "removed": true}` takes an item away and a
/// new one comes behind the item that stands before it in the delta (at the end when none does); any other value takes
/// the place of the base's. Taking away what is not there is an error.
result<path::definition> try_read_path(std::span<const path_layer> layers);

/// Where a JSON pointer into the merged definition stands: in the nearest layer that says it, with that layer's name,
/// line and column, and its own pointer.
position position_in(std::span<const path_layer> layers, std::string_view pointer);

/// The definition as canonical JSON, which `try_read_path` reads back; the bytes that are hashed.
std::string write_path(const path::definition& says);

/// The JSON Schema (draft 2020-12) of path definitions, made from the described structs, so that it cannot differ from
/// what is read.
std::string path_schema();

}  // namespace polku::inline POLKU_V::json

#endif
