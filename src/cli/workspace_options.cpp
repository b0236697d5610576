// SPDX-License-Identifier: Apache-2.0
#include "cli/workspace_options.hpp"

#include <polku/json/text.hpp>

#include <workspace/named_store.hpp>

#include <iostream>
#include <map>
#include <string_view>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace polku::cli {

bool watched_by_a_person() noexcept {
#if defined(_WIN32)
    return _isatty(_fileno(stderr)) != 0;
#else
    return isatty(STDERR_FILENO) != 0;
#endif
}

namespace {

error bad_reader(std::string pointer, const std::string& expected) {
    return error(error_code::json_invalid_value, "--reader wants " + expected, {.pointer = std::move(pointer)});
}

/// `--reader`: a JSON object with the members of `logged_reader`, all texts, and `at`, a date-time with zone or offset.
result<logged_reader> read_reader(const std::string& given) {
    std::string text = given;
    if (given.empty() || given.front() != '{') {
        POLKU_TRY(text, read_file(given));
    }
    POLKU_TRY(const feel::value document, json::try_parse(text));
    if (!document.is(feel::kind::context)) return bad_reader("", "a JSON object");
    logged_reader who;
    const std::map<std::string_view, std::string*> members{{"actor", &who.actor},
                                                           {"organisation", &who.organisation},
                                                           {"role", &who.role},
                                                           {"purpose", &who.purpose},
                                                           {"ground", &who.ground},
                                                           {"disclosed_to", &who.disclosed_to},
                                                           {"decided_by", &who.decided_by}};
    bool timed = false;
    for (const auto& [name, value] : document.as_context()) {
        const std::string at = "/" + std::string(name);
        if (!value.is(feel::kind::string)) return bad_reader(at, "a text here");
        if (name == "at") {
            const auto when = time::parse_date_time(value.as_string(), time::builtin_zones());
            if (!when || when->clock.zone.is == time::zone::kind::none)
                return bad_reader(at, "a date-time with zone or offset here");
            if (when->date.year() < 1 || when->date.year() > 9999)
                return bad_reader(at, "a date-time in the years 1 to 9999 here");
            const time::moment moment = time::moment_of(*when, time::builtin_zones());
            who.at_ms = moment.seconds * 1000 + moment.nanoseconds / 1'000'000;
            timed = true;
            continue;
        }
        const auto known = members.find(name);
        if (known == members.end())
            return bad_reader(at, "at, actor, organisation, role, purpose, ground, disclosed_to, decided_by only");
        *known->second = std::string(value.as_string());
    }
    if (!timed) return bad_reader("/at", "the time of reading, a date-time with zone or offset");
    return who;
}

}  // namespace

result<workspace_options> options_of(const session& in) {
    workspace_options options;
    if (!in.access.key_file.empty()) {
        POLKU_TRY(options.keys, storage::try_read_key_file(in.access.key_file));
    }
    if (!in.access.ledger.empty()) {
        POLKU_TRY(const std::string text, read_file(in.access.ledger));
        POLKU_TRY(options.ledger, storage::try_read_ledger(text, in.access.ledger));
    }
    options.log = in.access.log;
    return options;
}

result<std::unique_ptr<workspace>> open_workspace(const session& in, const std::string& path,
                                                  workspace_options options) {
    POLKU_TRY(std::unique_ptr<workspace> opened, detail::try_open_named(path, std::move(options)));
    if (!in.access.reader.empty()) {
        POLKU_TRY(logged_reader who, read_reader(in.access.reader));
        opened->set_reader(std::move(who));
    }
    return opened;
}

result<std::unique_ptr<workspace>> open_store(const session& in, const std::string& path) {
    POLKU_TRY(workspace_options options, options_of(in));
    options.create = false;
    return open_workspace(in, path, std::move(options));
}

result<std::unique_ptr<workspace>> open_store_to_keep(const session& in, const std::string& path) {
    POLKU_TRY(workspace_options options, options_of(in));
    options.create = false;
    options.leave_sealed = true;
    return open_workspace(in, path, std::move(options));
}

void print_document(const session& in, const feel::value& document) {
    json::write_options how;
    how.indent = in.json ? 0 : 2;
    std::cout << json::write(document, how) << "\n";
}

result<time::date> day_of(const std::string& text, const std::string& option) {
    const auto day = time::parse_date(text);
    if (day) return *day;
    return error(error_code::invalid_date, "'" + text + "' is no date; write it as 2026-03-02", {.source = option});
}

}  // namespace polku::cli
