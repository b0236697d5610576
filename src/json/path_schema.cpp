// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_commands.hpp>
#include <polku/json/path_definition.hpp>
#include <polku/json/text.hpp>

#include "schema_of.hpp"

#include <string>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

std::string finished(feel::context head, const feel::value& body) {
    for (const auto& entry : body.as_context()) head.append(entry.name, entry.value);
    write_options pretty;
    pretty.sorted = false;
    pretty.indent = 2;
    return write(feel::value(std::move(head)), pretty) + "\n";
}

feel::context head_of(std::string_view title, std::string_view description) {
    return {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}, {"description", description}};
}

}  // namespace

std::string path_schema() {
    const feel::value whole = schema::schema_of<path::definition>();
    feel::context members{{"extends", feel::value(feel::context{{"type", "string"}})}};
    for (const auto& entry : whole.as_context().find("properties")->as_context()) members.append(entry.name, true);
    const feel::value delta =
        feel::context{{"description", "What differs from the definition that it extends; null takes a member away."},
                      {"type", "object"},
                      {"properties", feel::value(std::move(members))},
                      {"required", feel::value(std::vector<feel::value>{"extends"})},
                      {"additionalProperties", false}};
    return finished(head_of("polku service path", "Definition of a Finnish service path, as polku reads it."),
                    feel::context{{"oneOf", feel::value(std::vector<feel::value>{whole, delta})}});
}

std::string command_schema() {
    std::vector<feel::value> alternatives = schema::command_alternatives<path::command_body>();
    return finished(head_of("polku case command", "What may be asked of a case; `on` is the day it tells of."),
                    feel::context{{"oneOf", feel::value(std::move(alternatives))}});
}

}  // namespace polku::inline POLKU_V::json
