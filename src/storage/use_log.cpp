// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/use_log.hpp>

#include "encoding.hpp"
#include "sqlite_connection.hpp"
#include "wal_guard.hpp"

#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>

#include <sqlite3.h>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

/// SQLite's application_id of a log file: "plul".
constexpr std::int32_t log_application_id = 0x706C756C;
static_assert(log_application_id == 1886156140, "the schema has the number written out");

constexpr const char* log_schema = R"sql(
CREATE TABLE log_meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log_id BLOB NOT NULL CHECK (length(log_id) = 16),
    purged_upto INTEGER NOT NULL DEFAULT 0,
    purged_hash BLOB NOT NULL CHECK (length(purged_hash) = 32)
) STRICT;
CREATE TABLE uses (
    entry_no INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    actor TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    purpose TEXT NOT NULL,
    ground TEXT NOT NULL,
    client BLOB NOT NULL CHECK (length(client) = 16),
    categories TEXT NOT NULL,
    disclosed_to TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX uses_by_client ON uses (client, at_ms);
CREATE TRIGGER uses_unchanged BEFORE UPDATE ON uses BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER uses_stay BEFORE DELETE ON uses WHEN OLD.entry_no > (SELECT purged_upto FROM log_meta)
BEGIN SELECT RAISE(ABORT, 'entries are deleted from the beginning on, when their time is over'); END;
PRAGMA application_id = 1886156140;
)sql";

struct log_tail {
    path::stream_id log_id;
    std::uint64_t number = 0;
    path::hash hash{};
};

path::hash entry_hash(const log_tail& after, const use_entry& entry) {
    byte_writer out("polku.use.1");
    out.raw(after.hash);
    out.raw(after.log_id.bytes);
    out.number(entry.number, 8);
    out.number(static_cast<std::uint64_t>(entry.at_ms), 8);
    out.number(static_cast<std::uint8_t>(entry.kind), 1);
    for (const std::string* text : {&entry.actor, &entry.organisation, &entry.role, &entry.purpose, &entry.ground,
                                    &entry.client, &entry.disclosed_to, &entry.decided_by}) {
        out.text(*text);
    }
    out.number(entry.categories.size(), 4);
    for (const std::string& each : entry.categories) out.text(each);
    return blake2b(out.take());
}

std::string categories_text(const std::vector<std::string>& categories) {
    std::vector<feel::value> items;
    for (const std::string& each : categories) items.emplace_back(each);
    return json::write(feel::value(std::move(items)));
}

std::vector<std::string> categories_of(const std::string& text) {
    const auto read = json::try_parse(text);
    if (!read || !read->is(feel::kind::list)) throw_corrupt_row("the categories of a log entry are no JSON list");
    std::vector<std::string> categories;
    for (const feel::value& each : read->as_list()) {
        if (!each.is(feel::kind::string)) throw_corrupt_row("a category of a log entry is no text");
        categories.emplace_back(each.as_string());
    }
    return categories;
}

use_entry read_entry(query& rows) {
    use_entry entry;
    entry.number = rows.natural(0);
    entry.at_ms = rows.integer(1);
    entry.kind = rows.integer(2) == 2 ? use_kind::disclosure : use_kind::use;
    entry.actor = rows.text(3);
    entry.organisation = rows.text(4);
    entry.role = rows.text(5);
    entry.purpose = rows.text(6);
    entry.ground = rows.text(7);
    entry.client = to_hex(rows.bytes<16>(8));
    entry.categories = categories_of(rows.text(9));
    entry.disclosed_to = rows.text(10);
    entry.decided_by = rows.text(11);
    return entry;
}

result<path::stream_id> check_entry(const use_entry& entry) {
    const auto lacks = [](const char* member) {
        return error(error_code::invalid_argument,
                     std::string("an entry of the use log has no ") + member + "; expected who reads, for whom and why",
                     {.pointer = std::string("/") + member});
    };
    if (entry.actor.empty()) return lacks("actor");
    if (entry.organisation.empty()) return lacks("organisation");
    if (entry.purpose.empty()) return lacks("purpose");
    if (entry.ground.empty()) return lacks("ground");
    if (entry.kind == use_kind::disclosure && entry.disclosed_to.empty()) return lacks("disclosed_to");
    const auto client = stream_id_from_hex(entry.client);
    if (!client) return lacks("client");
    return *client;
}

class use_log_impl final : public use_log {
public:
    use_log_impl(const std::string& path, int flags, sqlite_options options) : on_(path, flags, std::move(options)) {}

    /// Makes a fresh file a log; refuses other files.
    result<void> try_prepare();

    result<void> try_write(std::span<const use_entry> entries) override;
    result<void> try_flush() override;
    result<std::vector<use_entry>> try_entries(std::uint64_t after, std::uint32_t limit) override;
    result<std::vector<use_entry>> try_entries_of(const path::stream_id& client, std::int64_t from_ms) override;
    result<use_log_report> try_verify() override;
    result<std::uint64_t> try_purge(std::int64_t before_ms) override;

private:
    /// What the next entry hangs on.
    log_tail read_tail();
    /// Where the chain begins: past what was purged.
    log_tail read_root();
    result<void> check_kind();
    void create();

    sqlite_connection on_;
};

result<void> use_log_impl::check_kind() {
    SQLite::Database& database = on_.database();
    const int id = database.execAndGet("PRAGMA application_id").getInt();
    if (id == log_application_id) return {};
    const int tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    if (id == 0 && tables == 0 && on_.options().create) return {};
    return error(error_code::store_not_a_store,
                 "the file is no use log: found application_id " + std::to_string(id) + ", expected " +
                     std::to_string(log_application_id) + "; name another file",
                 {.source = on_.path()});
}

void use_log_impl::create() {
    transaction whole(on_, sql::begin_write);
    if (on_.database().execAndGet("PRAGMA application_id").getInt() == log_application_id) return;
    on_.database().exec(log_schema);
    path::stream_id log_id;
    on_.options().store.entropy->fill(log_id.bytes);
    query(on_, sql::insert_log_meta, log_id.bytes, path::hash{}).run();
    whole.commit();
}

result<void> use_log_impl::try_prepare() {
    return guarded(on_, "opening the use log", [&]() -> result<void> {
        POLKU_CHECK(check_kind());
        on_.configure();
        on_.use_log();
        if (on_.database().execAndGet("PRAGMA application_id").getInt() != log_application_id) create();
        return {};
    });
}

log_tail use_log_impl::read_root() {
    query meta(on_, sql::read_log_meta);
    if (!meta.step()) throw_corrupt_row("the use log's table log_meta has no row");
    return {{meta.bytes<16>(0)}, meta.natural(1), meta.bytes<32>(2)};
}

log_tail use_log_impl::read_tail() {
    log_tail at = read_root();
    query last(on_, sql::last_use);
    if (last.step()) {
        at.number = last.natural(0);
        at.hash = last.bytes<32>(1);
    }
    return at;
}

result<void> use_log_impl::try_write(std::span<const use_entry> entries) {
    std::vector<path::stream_id> clients;
    for (const use_entry& each : entries) {
        POLKU_TRY(const path::stream_id client, check_entry(each));
        clients.push_back(client);
    }
    if (entries.empty()) return {};
    auto written = guarded(on_, "writing the use log", [&]() -> result<void> {
        transaction whole(on_, sql::begin_write);
        log_tail at = read_tail();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            use_entry entry = entries[i];
            entry.number = at.number + 1;
            entry.client = to_hex(clients[i].bytes);
            at.hash = entry_hash(at, entry);
            at.number = entry.number;
            const std::string categories = categories_text(entry.categories);
            query(on_, sql::insert_use, entry.number, entry.at_ms, static_cast<std::int64_t>(entry.kind), entry.actor,
                  entry.organisation, entry.role, entry.purpose, entry.ground, clients[i].bytes, categories,
                  entry.disclosed_to, entry.decided_by, at.hash)
                .run();
        }
        whole.commit();
        return {};
    });
    if (written) on_.truncate_when_long();
    return written;
}

result<void> use_log_impl::try_flush() {
    return guarded(on_, "flushing the use log",
                   [&]() -> result<void> { return on_.truncate(on_.options().busy_timeout_ms); });
}

result<std::vector<use_entry>> use_log_impl::try_entries(std::uint64_t after, std::uint32_t limit) {
    return guarded(on_, "reading the use log", [&]() -> result<std::vector<use_entry>> {
        std::vector<use_entry> found;
        query rows(on_, sql::read_uses, after, limit);
        while (rows.step()) found.push_back(read_entry(rows));
        return found;
    });
}

result<std::vector<use_entry>> use_log_impl::try_entries_of(const path::stream_id& client, std::int64_t from_ms) {
    return guarded(on_, "reading the use log", [&]() -> result<std::vector<use_entry>> {
        std::vector<use_entry> found;
        query rows(on_, sql::read_uses_of, client.bytes, from_ms);
        while (rows.step()) found.push_back(read_entry(rows));
        return found;
    });
}

result<use_log_report> use_log_impl::try_verify() {
    return guarded(on_, "verifying the use log", [&]() -> result<use_log_report> {
        const transaction whole(on_, sql::begin_read);
        use_log_report report;
        log_tail at = read_root();
        query rows(on_, sql::read_uses, std::uint64_t{0}, std::int64_t{INT64_MAX});
        while (rows.step()) {
            const use_entry entry = read_entry(rows);
            const path::hash stored = rows.bytes<32>(12);
            if (entry.number != at.number + 1 || entry_hash(at, entry) != stored) {
                report.findings.push_back(error(error_code::use_log_broken,
                                                "entry " + std::to_string(entry.number) +
                                                    " of the use log is not what follows entry " +
                                                    std::to_string(at.number) + "; it was changed, or one is missing",
                                                {.source = on_.path()}));
            }
            at.number = entry.number;
            at.hash = stored;
            ++report.entries;
        }
        report.head = at.hash;
        return report;
    });
}

result<std::uint64_t> use_log_impl::try_purge(std::int64_t before_ms) {
    return guarded(on_, "purging the use log", [&]() -> result<std::uint64_t> {
        transaction whole(on_, sql::begin_write);
        log_tail last = read_root();
        const std::uint64_t before = last.number;
        {
            query found(on_, sql::last_use_before, before_ms);
            if (found.step() && !found.is_null(0)) {
                last.number = found.natural(0);
                last.hash = found.bytes<32>(1);
            }
        }
        if (last.number == before) return std::uint64_t{0};
        query(on_, sql::set_purged, last.number, last.hash).run();
        query(on_, sql::purge_uses, last.number).run();
        whole.commit();
        return last.number - before;
    });
}

}  // namespace

result<std::unique_ptr<use_log>> try_open_use_log(const std::string& path, use_log_options options) {
    if (path.empty() || path.find('\0') != std::string::npos || path.front() == ':') {
        return error(error_code::invalid_argument,
                     "the path of a use log is '" + path + "', expected the name of a file");
    }
    sqlite_options file;
    file.store.entropy = options.entropy ? std::move(options.entropy) : system_entropy();
    file.busy_timeout_ms = options.busy_timeout_ms;
    file.create = options.create;
    file.durability = options.flush == read_log_flush::each ? durability::full : durability::normal;
    const int flags = SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
    std::unique_ptr<use_log_impl> opened;
    try {
        opened = std::make_unique<use_log_impl>(path, flags, std::move(file));
    } catch (const SQLite::Exception& failure) {
        return error(error_code::store_cannot_open,
                     "the use log cannot be opened (" + std::string(failure.what()) +
                         "), expected a file that may be written, or `create` and a folder that exists",
                     {.source = path});
    }
    POLKU_CHECK(opened->try_prepare());
    return std::unique_ptr<use_log>(std::move(opened));
}

}  // namespace polku::inline POLKU_V::storage
