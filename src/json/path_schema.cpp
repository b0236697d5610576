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

/// One command: its own members, the type as a constant, and the day.
template <class Body>
feel::value command_alternative() {
    const feel::value body = schema::schema_of<Body>();
    feel::context properties{{"type", feel::value(feel::context{{"const", Body::type}})},
                             {"on", schema::schema_of<time::date>()}};
    for (const auto& entry : body.as_context().find("properties")->as_context())
        properties.append(entry.name, entry.value);
    std::vector<feel::value> required{"type"};
    if (const feel::value* own = body.as_context().find("required"))
        required.insert(required.end(), own->as_list().begin(), own->as_list().end());
    return feel::context{{"type", "object"},
                         {"properties", feel::value(std::move(properties))},
                         {"required", feel::value(std::move(required))},
                         {"additionalProperties", false}};
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
    std::vector<feel::value> alternatives;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, path::command_body>>(
        [&](auto each) { alternatives.push_back(command_alternative<typename decltype(each)::type>()); });
    return finished(head_of("polku case command", "What may be asked of a case; `on` is the day it tells of."),
                    feel::context{{"oneOf", feel::value(std::move(alternatives))}});
}

}  // namespace polku::inline POLKU_V::json
