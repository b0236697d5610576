// SPDX-License-Identifier: Apache-2.0
#include "command_envelope.hpp"

#include <polku/json/described.hpp>
#include <polku/json/path_commands.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::detail {

namespace {

constexpr std::array known_members = {"command", "case",  "environment", "employer", "programme",       "command_id",
                                      "now",     "actor", "purpose",     "data",     "expected_version"};
constexpr std::array targets = {path::stream_kind::case_, path::stream_kind::environment, path::stream_kind::employer,
                                path::stream_kind::programme};

error bad_member(std::string_view name, const std::string& why, error_code code = error_code::json_invalid_value) {
    return error(code, "member '" + std::string(name) + "' of the command " + why,
                 {.pointer = "/" + std::string(name)});
}

result<std::string> text_member(const feel::context& members, std::string_view name) {
    const feel::value* found = members.find(name);
    if (found == nullptr) return bad_member(name, "is missing", error_code::json_missing_member);
    if (!found->is(feel::kind::string)) return bad_member(name, "is no text", error_code::json_wrong_type);
    if (found->as_string().empty()) return bad_member(name, "is empty");
    return std::string(found->as_string());
}

result<time::moment> moment_member(const feel::context& members) {
    POLKU_TRY(const std::string text, text_member(members, "now"));
    const auto when = time::parse_date_time(text, time::builtin_zones());
    if (!when || when->clock.zone.is == time::zone::kind::none)
        return bad_member(
            "now", "is '" + text + "'; it must be a date-time with zone or offset, such as 2026-03-02T10:00:00Z");
    // Milliseconds of dates that FEEL knows do not all fit into the 64 bits that a store has for them.
    if (when->date.year() < 1 || when->date.year() > 9999)
        return bad_member("now", "is '" + text + "'; it must be in the years 1 to 9999");
    return time::moment_of(*when, time::builtin_zones());
}

/// Which stream the command is to. Exactly one must be named.
result<void> read_target(const feel::context& members, command_envelope& into) {
    bool found = false;
    for (const path::stream_kind kind : targets) {
        const std::string_view name = name_of(kind);
        if (members.find(name) == nullptr) continue;
        if (found)
            return bad_member(name,
                              "stands beside '" + std::string(name_of(into.kind)) + "'; a command is to one of them");
        POLKU_TRY(const std::string text, text_member(members, name));
        const auto id = storage::stream_id_from_hex(text);
        if (!id) return bad_member(name, "is '" + text + "'; it must be 32 hexadecimal digits");
        into.stream = *id;
        into.kind = kind;
        found = true;
    }
    if (!found) return bad_member("case", "is missing", error_code::json_missing_member);
    return {};
}

/// The members of a command to another stream than a case's.
result<void> read_plain(const feel::context& members, command_envelope& into) {
    POLKU_TRY(into.type, text_member(members, "command"));
    feel::context kept;
    if (const feel::value* data = members.find("data"); data != nullptr) {
        if (!data->is(feel::kind::context)) return bad_member("data", "is no object", error_code::json_wrong_type);
        for (const auto& [name, value] : data->as_context()) {
            if (name != "on") {
                kept.append(name, value);
                continue;
            }
            POLKU_TRY(into.on, json::try_from_value<std::optional<time::date>>(value, "/data/on"));
        }
    }
    into.data = feel::value(std::move(kept));
    return {};
}

/// The document of the command proper: the members of `data` and its type.
result<feel::value> command_document(const feel::context& members, std::string& path_id) {
    POLKU_TRY(std::string type, text_member(members, "command"));
    feel::context document;
    if (const feel::value* data = members.find("data"); data != nullptr) {
        if (!data->is(feel::kind::context)) return bad_member("data", "is no object", error_code::json_wrong_type);
        for (const auto& [name, value] : data->as_context()) {
            if (name == "type")
                return bad_member("data", "must not have a member 'type'; the command's name stands in 'command'");
            if (type == "open_case" && name == "path") {
                if (!value.is(feel::kind::string))
                    return bad_member("data/path", "is no text", error_code::json_wrong_type);
                path_id = std::string(value.as_string());
            } else {
                document.set(name, value);
            }
        }
    }
    if (type == "open_case" && path_id.empty())
        return bad_member("data/path", "is missing: on which path does the case open?",
                          error_code::json_missing_member);
    document.set("type", type);
    return feel::value(std::move(document));
}

}  // namespace

std::string_view name_of(path::stream_kind kind) noexcept {
    switch (kind) {
        case path::stream_kind::client: return "client";
        case path::stream_kind::case_: return "case";
        case path::stream_kind::environment: return "environment";
        case path::stream_kind::employer: return "employer";
        case path::stream_kind::programme: return "programme";
        case path::stream_kind::system: return "system";
    }
    return "";
}

time::date civil_date(time::moment when) {
    static const time::zone finland{time::zone::kind::named, 0, "Europe/Helsinki"};
    return time::at_zone(when, finland, time::builtin_zones()).date;
}

result<command_envelope> read_envelope(const feel::value& document) {
    if (!document.is(feel::kind::context)) return error(error_code::json_wrong_type, "a command is a JSON object");
    const feel::context& members = document.as_context();
    for (const auto& [name, value] : members) {
        if (std::find(known_members.begin(), known_members.end(), name) == known_members.end())
            return bad_member(
                name,
                "is not known; there are command, case (or environment, employer, programme), command_id, now, actor, "
                "purpose, data, expected_version",
                error_code::json_unknown_member);
    }
    command_envelope read;
    POLKU_CHECK(read_target(members, read));
    POLKU_TRY(read.command_id, text_member(members, "command_id"));
    POLKU_TRY(const time::moment now, moment_member(members));
    POLKU_TRY(read.context.actor, text_member(members, "actor"));
    POLKU_TRY(read.context.purpose, text_member(members, "purpose"));
    read.context.today = civil_date(now);
    read.context.now_ms = now.seconds * 1000 + now.nanoseconds / 1'000'000;
    if (const feel::value* expected = members.find("expected_version"); expected != nullptr) {
        const auto version = expected->is(feel::kind::number) ? expected->as_number().to_int64() : std::nullopt;
        if (!version || *version < 0) return bad_member("expected_version", "is no version (0 for a new case)");
        read.expected_version = static_cast<std::uint64_t>(*version);
    }
    if (read.kind == path::stream_kind::case_) {
        POLKU_TRY(const feel::value command, command_document(members, read.path_id));
        POLKU_TRY(read.command, json::try_read_command(command));
    } else {
        POLKU_CHECK(read_plain(members, read));
    }
    read.content = storage::blake2b(json::write(document));
    return read;
}

}  // namespace polku::inline POLKU_V::detail
