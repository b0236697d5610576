// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_commands.hpp>

#include <polku/json/described.hpp>
#include <polku/json/stream_documents.hpp>
#include <polku/json/text.hpp>

namespace polku::inline POLKU_V::json {

namespace {

polku::error no_command(const std::string& message, const char* pointer, std::string_view source, error_code code) {
    position where;
    where.source = std::string(source);
    where.pointer = pointer;
    return {code, message, std::move(where)};
}

}  // namespace

result<path::command> try_read_command(const feel::value& from, std::string_view source) {
    if (!from.is(feel::kind::context))
        return no_command("a command is an object with the member 'type'", "", source, error_code::json_wrong_type);
    std::string type;
    path::command made;
    feel::context members;
    for (const auto& entry : from.as_context()) {
        if (entry.name == "type") {
            if (!entry.value.is(feel::kind::string))
                return no_command("the member 'type' is the name of a command", "/type", source,
                                  error_code::json_wrong_type);
            type = entry.value.as_string();
        } else if (entry.name == "on") {
            POLKU_TRY(made.on, try_from_value<std::optional<time::date>>(entry.value, "/on", source));
        } else {
            members.append(entry.name, entry.value);
        }
    }
    if (type.empty()) return no_command("a command has the member 'type'", "", source, error_code::json_missing_member);
    POLKU_TRY(made.what,
              streams::try_read<path::command_body>("command", type, feel::value(std::move(members)), source));
    return made;
}

result<path::command> try_read_command(std::string_view text, std::string source) {
    parse_options options;
    options.source = source;
    POLKU_TRY(const feel::value whole, try_parse(text, options));
    auto made = try_read_command(whole, std::move(source));
    if (made) return made;
    for (position& each : made.error().positions()) {
        const position at = position_of(text, each.pointer);
        each.line = at.line;
        each.column = at.column;
    }
    return made;
}

feel::value command_to_value(const path::command& of) {
    feel::context made{{"type", path::type_of(of.what)}};
    if (of.on) made.append("on", *of.on);
    const feel::value members = std::visit([](const auto& body) { return to_value(body); }, of.what);
    for (const auto& entry : members.as_context()) made.append(entry.name, entry.value);
    return made;
}

std::vector<std::string> command_types() { return streams::types<path::command_body>(); }

}  // namespace polku::inline POLKU_V::json
