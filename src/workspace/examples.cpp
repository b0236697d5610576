// SPDX-License-Identifier: Apache-2.0
#include "example_commands.hpp"

#include <polku/workspace/examples.hpp>

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

/// The command `number` of a client, whole. Commands of one day follow each other by the minute from nine o'clock.
feel::value whole_command(const feel::value& said, const example_client& of, const std::string& path,
                          std::size_t number) {
    if (!said.is(feel::kind::context)) return said;  // which the workspace refuses
    feel::context whole = said.as_context();
    const auto unless_said = [&whole](std::string_view name, feel::value value) {
        if (whole.find(name) == nullptr) whole.append(name, std::move(value));
    };
    if (whole.find("environment") == nullptr && whole.find("programme") == nullptr) unless_said("case", of.case_);
    unless_said("command_id", of.id + "-" + detail::two_digits(number));
    unless_said("purpose", "service path");
    if (const feel::value* day = whole.find("on"); day != nullptr && day->is(feel::kind::string)) {
        constexpr std::size_t opening_hour = 9;
        constexpr std::size_t minutes = 60;
        unless_said("now", std::string(day->as_string()) + "T" + detail::two_digits(opening_hour + number / minutes) +
                               ":" + detail::two_digits(number % minutes) + ":00Z");
    }
    feel::context out;
    for (const auto& each : whole)
        if (each.name != "on") out.append(each.name, each.value);
    const feel::value* data = out.find("data");
    const feel::value* command = out.find("command");
    if (command != nullptr && *command == feel::value("open_case") && data != nullptr &&
        data->is(feel::kind::context)) {
        feel::context opening{{"path", path}, {"client", of.client}};
        for (const auto& each : data->as_context()) opening.set(each.name, each.value);
        out.set("data", feel::value(std::move(opening)));
    }
    return feel::value(std::move(out));
}

}  // namespace

result<example_file> try_read_examples(std::string_view text, std::string source) {
    json::parse_options options;
    options.source = std::move(source);
    POLKU_TRY(example_file file, json::try_read<example_file>(text, options));
    example_client nobody;
    nobody.id = "opening";
    std::size_t opening = 0;
    for (feel::value& command : file.opening) command = whole_command(command, nobody, file.path, ++opening);
    for (example_client& one : file.clients) {
        std::size_t number = 0;
        for (feel::value& command : one.commands) command = whole_command(command, one, file.path, ++number);
    }
    return file;
}

result<example_file> try_shipped_examples(std::string_view path_id) {
    const std::string name = std::string(path_id) + "/clients.json";
    const auto bytes = json::find_shipped(name);
    if (!bytes) return error(error_code::not_found, "the path '" + std::string(path_id) + "' has no example clients");
    return try_read_examples(*bytes, name);
}

std::vector<feel::value> commands_in_order(const example_file& of) {
    std::vector<feel::value> commands = of.opening;
    for (const example_client& one : of.clients)
        commands.insert(commands.end(), one.commands.begin(), one.commands.end());
    std::stable_sort(commands.begin(), commands.end(), [](const feel::value& left, const feel::value& right) {
        return detail::now_of(left) < detail::now_of(right);
    });
    return commands;
}

}  // namespace polku::inline POLKU_V
