// SPDX-License-Identifier: Apache-2.0
#include "stream_doors.hpp"

#include <polku/feel/value.hpp>
#include <polku/json/path_commands.hpp>
#include <polku/json/path_definition.hpp>
#include <polku/json/path_schemas.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/schemas.hpp>

#include <vector>

namespace polku::inline POLKU_V {

namespace {

using feel::context;
using feel::value;

value object(std::initializer_list<context::member> members) { return value(context(members)); }

value text_of_length_one() { return object({{"type", "string"}, {"minLength", 1}}); }

/// The members around the command proper, without `command` and `data`. `target` names the stream.
context envelope_members(std::string_view target) {
    return {{std::string(target), object({{"type", "string"}, {"pattern", "^[0-9a-f]{32}$"}})},
            {"command_id", text_of_length_one()},
            {"now", object({{"type", "string"}, {"format", "date-time"}})},
            {"actor", text_of_length_one()},
            {"purpose", text_of_length_one()},
            {"expected_version", object({{"type", "integer"}, {"minimum", 0}})}};
}

/// `data` of a command: the members that json/path_commands.hpp reads, without the type; a case opens on a path.
value data_schema(const context& command, std::string_view type) {
    context properties;
    for (const auto& [name, schema] : command.find("properties")->as_context()) {
        if (name != "type") properties.append(name, schema);
    }
    std::vector<value> required;
    for (const value& name : command.find("required")->as_list()) {
        if (name != value("type")) required.push_back(name);
    }
    if (type == "open_case") {
        properties.append("path", object({{"type", "string"}, {"description", "id of the path"}}));
        required.emplace_back("path");
    }
    context data{{"type", "object"}, {"properties", value(std::move(properties))}};
    if (!required.empty()) data.append("required", value(std::move(required)));
    data.append("additionalProperties", false);
    return value(std::move(data));
}

value enveloped(const context& command, std::string_view target) {
    const value type = *command.find("properties")->as_context().find("type")->as_context().find("const");
    const value data = data_schema(command, type.as_string());
    context properties{{"command", object({{"const", type}})}};
    for (const auto& [name, schema] : envelope_members(target)) properties.append(name, schema);
    std::vector<value> required;
    for (const std::string_view each :
         {std::string_view("command"), target, std::string_view("command_id"), std::string_view("now"),
          std::string_view("actor"), std::string_view("purpose")})
        required.emplace_back(each);
    if (data.as_context().find("required") != nullptr) required.emplace_back("data");
    properties.append("data", data);
    return object({{"type", "object"},
                   {"properties", value(std::move(properties))},
                   {"required", value(std::move(required))},
                   {"additionalProperties", false}});
}

result<std::string> enveloped_commands() {
    std::vector<value> alternatives;
    for (const detail::stream_door& door : detail::stream_doors()) {
        POLKU_TRY(const std::vector<value> plain, door.command_schemas());
        for (const value& each : plain)
            alternatives.push_back(enveloped(each.as_context(), detail::name_of(door.kind)));
    }
    const value whole = object({{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                                {"title", "polku command"},
                                {"description", "What may be asked of a stream, with who asks and when."},
                                {"oneOf", value(std::move(alternatives))}});
    json::write_options pretty;
    pretty.sorted = false;
    pretty.indent = 2;
    return json::write(whole, pretty) + "\n";
}

}  // namespace

result<std::string> try_schema(std::string_view name) {
    if (name == "path") return json::path_schema();
    if (name == "command") return enveloped_commands();
    if (name == "case") return json::case_schema();
    if (name == "event") return json::event_schema();
    return error(error_code::not_found,
                 "no document is called '" + std::string(name) + "'; there are path, command, case, event");
}

}  // namespace polku::inline POLKU_V
