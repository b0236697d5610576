// SPDX-License-Identifier: Apache-2.0
#include "sqlite_open.hpp"

#include "sql_erase.hpp"
#include "sql_open.hpp"
#include "wal_guard.hpp"

#include <polku/storage/hash.hpp>

#include <sqlite3.h>

namespace polku::inline POLKU_V::storage {

namespace {

struct meta_row {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t migration = 0;
    path::stream_id store_id;
};

enum class file_kind { fresh, store, foreign };

file_kind look_at(SQLite::Database& database) {
    const int id = database.execAndGet("PRAGMA application_id").getInt();
    if (id == application_id) return file_kind::store;
    const int tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    if (id == 0 && tables == 0) return file_kind::fresh;
    // Another process may have made the store between the two looks; it writes id and tables in one transaction.
    const int again = database.execAndGet("PRAGMA application_id").getInt();
    return again == application_id ? file_kind::store : file_kind::foreign;
}

meta_row read_meta(sqlite_connection& on) {
    query meta(on, sql::read_meta);
    if (!meta.step()) throw_corrupt_row("the table meta has no row");
    const auto number = [&](int column) { return static_cast<std::uint32_t>(meta.integer(column)); };
    return {number(0), number(1), number(2), {meta.bytes<16>(3)}};
}

void run_steps(SQLite::Database& database, const layout& own, std::uint32_t done) {
    for (const migration& step : own.steps) {
        if (step.number > done) database.exec(step.sql);
    }
}

std::uint32_t last_step(const layout& own) { return own.steps.empty() ? 0 : own.steps.back().number; }

void write_layout(SQLite::Database& database, const layout& own) {
    SQLite::Statement update(database, "UPDATE meta SET layout_major = ?1, layout_minor = ?2, migration = ?3");
    update.bind(1, static_cast<std::int64_t>(own.major));
    update.bind(2, static_cast<std::int64_t>(own.minor));
    update.bind(3, static_cast<std::int64_t>(last_step(own)));
    update.exec();
}

void create_store(sqlite_connection& on, const layout& own) {
    SQLite::Database& database = on.database();
    transaction whole(on, sql::begin_write);
    // Another process may have made the store while this one waited for the lock.
    if (look_at(database) == file_kind::store) return;
    run_steps(database, own, 0);
    path::stream_id store_id;
    on.options().store.entropy->fill(store_id.bytes);
    SQLite::Statement insert(
        database, "INSERT INTO meta (id, layout_major, layout_minor, migration, store_id) VALUES (1, 0, 0, 0, ?1)");
    insert.bind(1, store_id.bytes.data(), static_cast<int>(store_id.bytes.size()));
    insert.exec();
    write_layout(database, own);
    static_assert(application_id == 1886153589, "the pragma below has the number written out");
    database.exec("PRAGMA application_id = 1886153589");
    if (on.options().fill) database.exec(mark_filling);
    whole.commit();
}

void migrate(sqlite_connection& on, const layout& own) {
    transaction whole(on, sql::begin_write);
    const meta_row meta = read_meta(on);
    if (meta.migration < last_step(own)) {
        run_steps(on.database(), own, meta.migration);
        write_layout(on.database(), own);
    }
    whole.commit();
}

polku::error refuse(error_code code, const std::string& path, std::string message) {
    return polku::error(code, std::move(message), {.source = path});
}

polku::error foreign_file(const std::string& path, SQLite::Database& database) {
    return refuse(error_code::store_not_a_store, path,
                  "the file is an SQLite database of another program: found application_id " +
                      database.execAndGet("PRAGMA application_id").getString() + ", expected " +
                      std::to_string(application_id) + "; name another file");
}

polku::error newer_file(const std::string& path, const meta_row& found, const layout& own) {
    return refuse(error_code::store_newer, path,
                  "the store has layout " + std::to_string(found.major) + "." + std::to_string(found.minor) +
                      ", expected at most " + std::to_string(own.major) + "." + std::to_string(own.minor) +
                      "; open it with a newer version of polku");
}

result<meta_row> prepare(sqlite_connection& on, const layout& own) {
    const sqlite_options& options = on.options();
    const std::string path = on.path();
    const file_kind kind = look_at(on.database());
    if (kind == file_kind::foreign) return foreign_file(path, on.database());
    if (kind == file_kind::store && on.database().execAndGet("PRAGMA user_version").getInt() != 0) {
        return refuse(error_code::store_not_a_store, path,
                      "the file was being filled in one go and that was never finished, so a part of it is missing; "
                      "delete it, with the files -wal and -shm beside it, and fill it again");
    }
    if (kind == file_kind::store && options.fill) {
        return refuse(error_code::store_cannot_open, path,
                      "the file is a store already, expected a name that is not taken: what is filled in one go goes "
                      "into a file of its own");
    }
    if (kind == file_kind::fresh && (options.read_only || !options.create)) {
        return refuse(error_code::store_not_a_store, path,
                      "the file is empty, expected a store; open it with `create` to make one");
    }
    on.configure();
    if (!options.read_only) on.use_log();
    if (kind == file_kind::fresh) create_store(on, own);
    // Only now, so that the mark is on the disk before anything that is not.
    if (options.fill) on.database().exec("PRAGMA synchronous = OFF");
    meta_row meta = read_meta(on);
    if (meta.major > own.major) return newer_file(path, meta, own);
    if (meta.migration < last_step(own)) {
        if (options.read_only) {
            return refuse(error_code::store_read_only, path,
                          "the store has the older layout " + std::to_string(meta.major) + "." +
                              std::to_string(meta.minor) + " and is opened read-only; open it for writing once");
        }
        migrate(on, own);
        meta = read_meta(on);
    }
    return meta;
}

}  // namespace

result<opened_store> open_store_file(const std::string& path, sqlite_options options, const layout& own) {
    if (path.empty() || path.find('\0') != std::string::npos || path.front() == ':') {
        return error(error_code::invalid_argument,
                     "the path of a store is '" + path + "', expected the name of a file (make_memory_store has none)");
    }
    if (register_wal_guard(options.vfs).empty()) {
        return error(error_code::invalid_argument, "there is no SQLite VFS named '" + options.vfs + "'");
    }
    if (!options.store.entropy) options.store.entropy = system_entropy();
    int flags = SQLITE_OPEN_READONLY;
    if (!options.read_only) flags = SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
    std::unique_ptr<sqlite_connection> on;
    try {
        on = std::make_unique<sqlite_connection>(path, flags, std::move(options));
    } catch (const SQLite::Exception& failure) {
        if ((failure.getErrorCode() & 0xFF) == SQLITE_NOMEM)
            return error(error_code::no_memory, "memory ran out while opening the store", {.source = path});
        return error(error_code::store_cannot_open,
                     "the store cannot be opened (" + std::string(failure.what()) +
                         "), expected a file that may be read, or `create` and a folder that exists",
                     {.source = path});
    }
    POLKU_TRY(const meta_row meta, guarded(*on, "opening it", [&] { return prepare(*on, own); }));
    opened_store opened{
        std::move(on), {.system = meta.store_id, .sealed = false, .seals = nullptr}, meta.major, meta.minor};
    sqlite_connection& used = *opened.on;
    if (own.steps.size() < 2) return opened;  // a test's layout, from before there were keys
    const sqlite_options& given = used.options();
    POLKU_CHECK(open_seals(used, opened.keys, given.keys, given.leave_sealed));
    if (!given.ledger) return opened;
    POLKU_CHECK(apply_ledger(used, opened.keys, *given.ledger));
    if (given.read_only) return opened;
    // Where somebody reads the restored file already, `try_finish_erasures` goes on, as after any erasure.
    POLKU_TRY(const std::uint64_t waiting, guarded(used, "finishing erasures", [&] { return finish_erasures(used); }));
    (void)waiting;
    return opened;
}

result<std::uint64_t> finish_erasures(sqlite_connection& on) {
    const std::uint64_t waiting = pending_erasures(on);
    if (waiting == 0) return waiting;
    if (const auto emptied = on.truncate(on.options().busy_timeout_ms); !emptied) {
        if (emptied.error().code() == error_code::store_busy) return waiting;
        return emptied.error();
    }
    end_erasures(on);
    return std::uint64_t{0};
}

std::string sqlite_library_version() { return sqlite3_libversion(); }

bool sqlite_has_wal_fault() noexcept { return sqlite3_libversion_number() < 3051003; }

}  // namespace polku::inline POLKU_V::storage
