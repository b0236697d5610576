// SPDX-License-Identifier: Apache-2.0
#include "client_reads.hpp"
#include "command_envelope.hpp"
#include "feed.hpp"

#include <polku/json/event_data.hpp>
#include <polku/json/path_events.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V {

namespace {

struct extract_texts {
    std::string_view language;
    std::string_view title;
    std::string_view use;
    std::string_view disclosure;
};

constexpr std::array<extract_texts, 4> texts{{
    {"fi", "Ote käyttö- ja luovutuslokista", "käyttö", "luovutus"},
    {"sv", "Utdrag ur användnings- och utlämnandeloggen", "användning", "utlämnande"},
    {"en", "Extract of the use and disclosure log", "use", "disclosure"},
    {"fi-selko", "Kuka on katsonut tietojasi", "Tietojasi on katsottu.", "Tietojasi on annettu muualle."},
}};

error no_log() {
    return error(error_code::invalid_argument, "the workspace keeps no use log; open it with the log's file");
}

/// `who` in the form of an entry about a client.
storage::use_entry entry_of(const logged_reader& who, const std::string& client,
                            const std::set<std::string>& categories) {
    storage::use_entry entry;
    entry.at_ms = who.at_ms;
    entry.kind = who.disclosed_to.empty() ? storage::use_kind::use : storage::use_kind::disclosure;
    entry.actor = who.actor;
    entry.organisation = who.organisation;
    entry.role = who.role;
    entry.purpose = who.purpose;
    entry.ground = who.ground;
    entry.client = client;
    entry.categories.assign(categories.begin(), categories.end());
    entry.disclosed_to = who.disclosed_to;
    entry.decided_by = who.decided_by;
    return entry;
}

feel::value entry_value(const storage::use_entry& entry) {
    std::vector<feel::value> categories;
    for (const std::string& each : entry.categories) categories.emplace_back(each);
    feel::context made{{"number", static_cast<std::int64_t>(entry.number)},
                       {"at", detail::timestamp(entry.at_ms)},
                       {"kind", entry.kind == storage::use_kind::use ? "use" : "disclosure"},
                       {"actor", entry.actor},
                       {"organisation", entry.organisation},
                       {"role", entry.role},
                       {"purpose", entry.purpose},
                       {"ground", entry.ground},
                       {"client", entry.client},
                       {"categories", feel::value(std::move(categories))}};
    if (!entry.disclosed_to.empty()) made.set("disclosed_to", entry.disclosed_to);
    if (!entry.decided_by.empty()) made.set("decided_by", entry.decided_by);
    return feel::value(std::move(made));
}

std::int64_t start_of(time::date day) { return day.to_days() * 86'400'000; }

}  // namespace

result<void> workspace::check_reader() const {
    if (!log_ || reader_) return {};
    return error(error_code::reader_missing,
                 "a use log is kept, and nobody was named who reads; set the reader with actor, organisation, purpose "
                 "and ground first");
}

result<void> workspace::try_log_reads(const client_reads& reads, const std::string& decided_by) {
    if (!log_ || reads.empty()) return {};
    POLKU_CHECK(check_reader());
    std::vector<storage::use_entry> entries;
    for (const auto& each : reads) {
        entries.push_back(entry_of(*reader_, each.first, each.second));
        if (!decided_by.empty()) entries.back().decided_by = decided_by;
    }
    auto written = log_->try_write(entries);
    if (written) return {};
    if (written.error().code() == error_code::invalid_argument) return std::move(written).error();
    return error(error_code::use_log_not_written,
                 "the use log could not be written, so what was asked for is not shown; mend the log and ask again")
        .because(std::move(written).error());
}

result<std::string> workspace::try_client_of(const path::stream_id& case_id) {
    POLKU_TRY(const auto first, store_->try_load(case_id, 1, 1));
    if (first.empty()) return std::string();
    POLKU_TRY(const path::event opening, json::try_read_event(first.front()));
    const auto* opened = std::get_if<path::case_opened>(&opening.what);
    return opened == nullptr ? std::string() : opened->client;
}

result<workspace::client_reads> workspace::try_reads_of(const std::vector<path::event_envelope>& events,
                                                        bool personal) {
    client_reads reads;
    std::map<path::stream_id, std::string> known;
    for (const path::event_envelope& each : events) {
        std::string client;
        if (each.kind == path::stream_kind::client) client = storage::to_hex(each.stream.bytes);
        if (each.kind == path::stream_kind::case_) {
            auto found = known.find(each.stream);
            if (found == known.end()) {
                POLKU_TRY(std::string of_case, try_client_of(each.stream));
                found = known.emplace(each.stream, std::move(of_case)).first;
            }
            client = found->second;
        }
        if (!client.empty()) reads[client].insert("events");
        if (!personal || !json::has_event_data(each.kind)) continue;
        for (const path::event_part& part : each.parts)
            if (storage::stream_id_from_hex(part.subject)) reads[part.subject].insert("events");
    }
    return reads;
}

result<feel::value> workspace::try_log_entries(std::uint64_t after, std::uint32_t limit) {
    if (!log_) return no_log();
    POLKU_TRY(const std::vector<storage::use_entry> entries, log_->try_entries(after, limit));
    std::vector<feel::value> rows;
    for (const storage::use_entry& each : entries) rows.push_back(entry_value(each));
    return feel::value(std::move(rows));
}

result<feel::value> workspace::try_verify_log() {
    if (!log_) return no_log();
    POLKU_TRY(const storage::use_log_report report, log_->try_verify());
    std::vector<feel::value> findings;
    for (const error& each : report.findings) findings.emplace_back(each.message());
    return feel::value(feel::context{{"ok", report.findings.empty()},
                                     {"entries", static_cast<std::int64_t>(report.entries)},
                                     {"head", storage::to_hex(report.head)},
                                     {"findings", feel::value(std::move(findings))}});
}

result<void> workspace::try_flush_log() {
    if (!log_) return no_log();
    return log_->try_flush();
}

result<std::uint64_t> workspace::try_purge_log(time::date by) {
    if (!log_) return no_log();
    const use_log_rule* rule = rules_->log_rule(by);
    const auto before = rule == nullptr ? std::nullopt : by.plus_months(-12 * rule->years);
    // Without a rule nothing is over. A day more is kept, since a day in Finland begins before that in UTC.
    if (!before) return std::uint64_t{0};
    return log_->try_purge(start_of(*before) - 86'400'000);
}

result<feel::value> workspace::try_log_extract(std::string_view client, time::date asked, std::string_view language) {
    if (!log_) return no_log();
    const auto id = storage::stream_id_from_hex(client);
    if (!id) {
        return error(error_code::client_mismatch, "the client is named by " + std::to_string(client.size()) +
                                                      " characters that are no client id; it must be 32 hexadecimal "
                                                      "digits");
    }
    const auto words =
        std::find_if(texts.begin(), texts.end(), [&](const auto& each) { return each.language == language; });
    if (words == texts.end()) {
        return error(error_code::invalid_argument,
                     "the language is '" + std::string(language) + "'; there are fi, sv, en and fi-selko");
    }
    const use_log_rule* rule = rules_->log_rule(asked);
    const auto from = rule == nullptr ? std::nullopt : asked.plus_months(-12 * rule->extract_years);
    const auto answer_by = rule == nullptr ? std::nullopt : asked.plus_months(rule->answer_months);
    if (!from || !answer_by) {
        return error(error_code::invalid_argument, "no rule on extracts of the use log is in force on " +
                                                       time::to_string(asked) + "; give rules that cover the day");
    }
    POLKU_TRY(const std::vector<storage::use_entry> entries, log_->try_entries_of(*id, start_of(*from) - 86'400'000));
    std::vector<feel::value> rows;
    for (const storage::use_entry& each : entries) {
        const time::date day = detail::civil_date({each.at_ms / 1000, 0});
        if (day < *from || day > asked) continue;
        feel::context row = entry_value(each).as_context();
        row.set("day", day);
        row.set("told", each.kind == storage::use_kind::use ? words->use : words->disclosure);
        rows.emplace_back(std::move(row));
    }
    return feel::value(feel::context{{"title", words->title},
                                     {"client", storage::to_hex(id->bytes)},
                                     {"asked", asked},
                                     {"from", *from},
                                     {"answer_by", *answer_by},
                                     {"source", rule->source},
                                     {"entries", feel::value(std::move(rows))}});
}

}  // namespace polku::inline POLKU_V
