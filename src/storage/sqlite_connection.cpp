// SPDX-License-Identifier: Apache-2.0
#include "sqlite_connection.hpp"

#include "wal_guard.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr const char* statement_texts[] = {
#define X(name, text) text,
#include "sqlite_statements.inc"
#undef X
};

// Longer and longer, as SQLite's own handler waits, so that a queue of writers neither spins nor sleeps too long.
constexpr std::uint32_t waits_ms[] = {1, 1, 2, 2, 3, 5, 8, 10, 15, 20, 25};

struct code_meaning {
    int primary;
    error_code code;
    const char* advice;
};

constexpr code_meaning meanings[] = {
    {SQLITE_BUSY, error_code::store_busy, "another user holds it; try again, or raise busy_timeout_ms"},
    {SQLITE_LOCKED, error_code::store_busy, "another user holds it; try again, or raise busy_timeout_ms"},
    {SQLITE_INTERRUPT, error_code::cancelled, "the caller's callback asked to stop"},
    {SQLITE_CORRUPT, error_code::store_corrupt, "the file is damaged; restore it from a copy"},
    {SQLITE_NOTADB, error_code::store_not_a_store, "expected an SQLite file that polku made"},
    {SQLITE_READONLY, error_code::store_read_only, "open it for writing, with the right to write it and its folder"},
    {SQLITE_PERM, error_code::store_cannot_open, "the right to open it is missing"},
    {SQLITE_CANTOPEN, error_code::store_cannot_open, "expected a file that exists, or `create` and a folder that does"},
    {SQLITE_FULL, error_code::store_full, "make room and try again; nothing was stored"},
    {SQLITE_IOERR, error_code::store_io, "look at the disk and the system's log; nothing was stored"},
    {SQLITE_NOMEM, error_code::no_memory, "memory ran out"},
    {SQLITE_CONSTRAINT, error_code::store_constraint, "this is a fault of the library; please report it"},
};

}  // namespace

std::string_view sqlite_statement::bytes(int column) {
    const SQLite::Column found = made_.getColumn(column);
    const void* data = found.getBlob();
    return {static_cast<const char*>(data), static_cast<std::size_t>(found.getBytes())};
}

sqlite_connection::sqlite_connection(const std::string& path, int flags, sqlite_options options)
    : path_(path),
      options_(std::move(options)),
      database_(path, flags | SQLITE_OPEN_NOMUTEX, 0, register_wal_guard(options_.vfs)),
      patience_ms_(options_.busy_timeout_ms) {
    sqlite3* handle = database_.getHandle();
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_handler(handle, on_busy, this);
    // Asking costs a call for every few thousand steps of SQLite's machine: only for those who asked for it.
    if (options_.cancel) sqlite3_progress_handler(handle, 2000, on_progress, this);
}

sqlite_connection::~sqlite_connection() {
    for (auto& made : statements_) made.reset();
}

statement& sqlite_connection::prepared(sql which) {
    auto& made = statements_[static_cast<std::size_t>(which)];
    if (!made) made.emplace(database_, statement_texts[static_cast<std::size_t>(which)]);
    return *made;
}

std::uint64_t sqlite_connection::changed_rows() {
    return static_cast<std::uint64_t>(sqlite3_changes(database_.getHandle()));
}

std::int64_t sqlite_connection::last_row() { return sqlite3_last_insert_rowid(database_.getHandle()); }

std::uint64_t sqlite_connection::data_version() noexcept {
    unsigned int version = 0;
    sqlite3_file_control(database_.getHandle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

void sqlite_connection::configure() {
    sqlite3* handle = database_.getHandle();
    database_.exec("PRAGMA foreign_keys = ON");
    database_.exec("PRAGMA secure_delete = ON");
    database_.exec("PRAGMA temp_store = MEMORY");
    database_.exec("PRAGMA mmap_size = 0");
    database_.exec("PRAGMA trusted_schema = OFF");
    database_.exec("PRAGMA cell_size_check = ON");
    const bool sync_each = options_.durability == durability::full || options_.fill;
    database_.exec(sync_each ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    if (options_.cache_bytes != 0) {
        database_.exec("PRAGMA cache_size = -" +
                       std::to_string(std::min<std::uint64_t>(options_.cache_bytes / 1024, INT32_MAX)));
    }
    database_.exec("PRAGMA wal_autocheckpoint = 0");
    sqlite3_wal_hook(handle, on_log, this);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    page_bytes_ = static_cast<std::uint64_t>(database_.execAndGet("PRAGMA page_size").getInt64());
    try_at_pages_ = std::max<std::uint64_t>(1, options_.log_limit_bytes / std::max<std::uint64_t>(page_bytes_, 512));
}

// SQLite answers at once, without asking the busy handler, when two connections switch a new file to WAL together.
void sqlite_connection::use_log() {
    for (std::uint32_t waited = 0;; waited += 5) {
        try {
            database_.execAndGet("PRAGMA journal_mode = WAL");
            return;
        } catch (const SQLite::Exception& failure) {
            if ((failure.getErrorCode() & 0xFF) != SQLITE_BUSY || waited >= options_.busy_timeout_ms) throw;
        }
        sqlite3_sleep(5);
    }
}

bool sqlite_connection::asked_to_stop() noexcept {
    if (!options_.cancel) return false;
    try {
        cancelled_ = options_.cancel();
    } catch (...) {
        cancelled_ = true;  // an exception must not pass through SQLite's frames
    }
    return cancelled_;
}

int sqlite_connection::on_busy(void* self, int calls) {
    auto& me = *static_cast<sqlite_connection*>(self);
    if (calls == 0) me.waited_ms_ = 0;
    if (me.asked_to_stop() || me.waited_ms_ >= me.patience_ms_) return 0;
    const std::size_t last = std::size(waits_ms) - 1;
    const std::uint32_t wait =
        std::min(waits_ms[std::min(static_cast<std::size_t>(calls), last)], me.patience_ms_ - me.waited_ms_);
    sqlite3_sleep(static_cast<int>(wait));
    me.waited_ms_ += wait;
    return 1;
}

int sqlite_connection::on_progress(void* self) {
    return static_cast<sqlite_connection*>(self)->asked_to_stop() ? 1 : 0;
}

int sqlite_connection::on_log(void* self, sqlite3*, const char*, int pages) {
    static_cast<sqlite_connection*>(self)->log_pages_ = static_cast<std::uint64_t>(pages);
    return SQLITE_OK;
}

result<void> sqlite_connection::truncate(std::uint32_t wait_ms) {
    const std::uint32_t patience = std::exchange(patience_ms_, wait_ms);
    const truncate_outcome outcome = truncate_log(database_.getHandle(), wait_ms);
    patience_ms_ = patience;
    if (outcome.no_writer) return to_error(SQLITE_BUSY, "emptying its log", "another connection is writing");
    if (outcome.code != SQLITE_OK) return to_error(outcome.code, "emptying its log", database_.getErrorMsg());
    log_pages_ = 0;
    return {};
}

void sqlite_connection::truncate_when_long() noexcept {
    const std::uint64_t limit =
        std::max<std::uint64_t>(1, options_.log_limit_bytes / std::max<std::uint64_t>(page_bytes_, 512));
    if (log_pages_ < limit) {
        try_at_pages_ = limit;
        return;
    }
    if (log_pages_ < try_at_pages_) return;
    try {
        // Somebody in the way is no failure of the append that was just committed: try again a quarter later.
        if (!truncate(0)) try_at_pages_ = log_pages_ + std::max<std::uint64_t>(1, limit / 4);
    } catch (...) {
        try_at_pages_ = log_pages_ + std::max<std::uint64_t>(1, limit / 4);
    }
}

polku::error sqlite_connection::to_error(const std::runtime_error& failure, std::string_view doing) const {
    const auto* own = dynamic_cast<const SQLite::Exception*>(&failure);
    if (own == nullptr) throw;
    return to_error(own->getExtendedErrorCode() > 0 ? own->getExtendedErrorCode() : own->getErrorCode(), doing,
                    own->what());
}

polku::error sqlite_connection::to_error(int code, std::string_view doing, const std::string& text) const {
    error_code meant = error_code::store_io;
    std::string advice = "SQLite's result code is " + std::to_string(code);
    for (const code_meaning& meaning : meanings) {
        if ((code & 0xFF) != meaning.primary) continue;
        meant = meaning.code;
        advice = meaning.advice;
    }
    if (meant == error_code::store_busy && cancelled_) {
        meant = error_code::cancelled;
        advice = "the caller's callback asked to stop";
    }
    return polku::error(meant, "the store failed while " + std::string(doing) + " (" + text + "): " + advice,
                        {.source = path_});
}

void sqlite_connection::begin(sql how) {
    // Made ready before there is something to take back: when memory runs out inside, there is none left for it.
    (void)prepared(sql::rollback);
    // One that could not be taken back even so.
    if (sqlite3_get_autocommit(database_.getHandle()) == 0) query(*this, sql::rollback).run();
    query(*this, how).run();
}

void sqlite_connection::commit() { query(*this, sql::commit).run(); }

void sqlite_connection::roll_back() noexcept {
    if (sqlite3_get_autocommit(database_.getHandle()) != 0) return;
    try {
        query(*this, sql::rollback).run();
    } catch (...) {
        return;  // the next transaction of this connection does it, or its closing
    }
}

}  // namespace polku::inline POLKU_V::storage
