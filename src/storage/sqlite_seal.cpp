// SPDX-License-Identifier: Apache-2.0
#include "chain.hpp"
#include "sql_counters.hpp"
#include "sqlite_open.hpp"

#include <polku/storage/sealing.hpp>

#include <sodium.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace polku::inline POLKU_V::storage {

namespace {

// One transaction seals this much, so that the log stays short and a process that dies loses little work.
constexpr std::uint32_t step_parts = 2000;
constexpr std::uint64_t log_limit = 16ULL * 1024 * 1024;

std::filesystem::path native(const std::string& path) {
    return {std::u8string(reinterpret_cast<const char8_t*>(path.data()), path.size())};
}

/// Where SQLite puts temporary files, as https://sqlite.org/tempfiles.html section 5 has it.
std::filesystem::path temporary_folder() {
    std::error_code failed;
#if !defined(_WIN32)
    for (const char* name : {"SQLITE_TMPDIR", "TMPDIR"}) {
        // As SQLite itself does; safe beside other readers, and a host that changes its environment does so before
        // threads.
        const char* found = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
        if (found != nullptr && std::filesystem::is_directory(found, failed)) return found;
    }
    for (const char* folder : {"/var/tmp", "/usr/tmp", "/tmp"}) {
        if (std::filesystem::is_directory(folder, failed)) return folder;
    }
#endif
    return std::filesystem::temp_directory_path(failed);
}

std::uint64_t free_bytes(const std::filesystem::path& folder) {
    std::error_code failed;
    const auto space = std::filesystem::space(folder, failed);
    return failed ? UINT64_MAX : static_cast<std::uint64_t>(space.available);
}

result<void> check_room(const std::string& path) {
    POLKU_TRY(const seal_room room, try_seal_room(path));
    if (room.is_enough()) return {};
    const bool beside = room.beside > room.beside_free;
    return error(error_code::store_full,
                 "sealing needs " + std::to_string(beside ? room.beside : room.temporary) + " bytes for a while in " +
                     (beside ? "the store's folder" : "the folder of temporary files '" + room.temporary_folder + "'") +
                     ", found " + std::to_string(beside ? room.beside_free : room.temporary_free) +
                     " free; make room and try again; nothing was changed",
                 {.source = path});
}

struct clear_part {
    path::event_envelope of;  ///< stream and version
    std::uint64_t position = 0;
    std::uint64_t number = 0;
    path::event_part part;
};

/// Seals one open store step by step. Throws as the sealer does.
class store_sealing {
public:
    store_sealing(opened_store& of, const key_options& keys) : on_(*of.on), seals_(on_, of.keys.system, keys) {}

    result<seal_answer> run(seal_answer answer);

private:
    void take_alone();
    void begin();
    void take_index_key();
    bool is_unfinished();
    std::vector<clear_part> next_parts();
    std::uint64_t seal_parts();
    std::uint64_t seal_snapshots();
    void finish();
    result<void> check_cancelled() const;

    sqlite_connection& on_;
    sealer seals_;
    std::uint64_t position_ = 0;  // of the last part that was looked at
    std::uint64_t number_ = 0;
};

// A connection that leaves write-ahead logging needs the file for itself, and one in exclusive locking mode keeps it
// when it takes up the log again. So no process that holds the store for one in clear goes on writing to it.
void store_sealing::take_alone() {
    SQLite::Database& database = on_.database();
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    for (std::uint32_t waited = 0;; waited += 5) {
        try {
            database.execAndGet("PRAGMA journal_mode = DELETE");
            break;
        } catch (const SQLite::Exception& failure) {
            const bool busy = (failure.getErrorCode() & 0xFF) == SQLITE_BUSY;
            if (!busy) throw;
            if (waited >= on_.options().busy_timeout_ms) {
                throw store_failure{polku::error(error_code::store_busy,
                                                 "another process has the store open; sealing needs it alone: end the "
                                                 "programs that use it and try again; nothing was changed")};
            }
        }
        sqlite3_sleep(5);
    }
    database.execAndGet("PRAGMA journal_mode = WAL");
}

void store_sealing::begin() {
    transaction whole(on_, sql::begin_write);
    std::string master;
    {
        query meta(on_, sql::read_master);
        if (meta.step() && !meta.is_null(0)) master = meta.text(0);
    }
    if (master.empty()) {
        seals_.adopt();
        seals_.mark_sealing();
        take_index_key();
        // All at once: a store that is sealed in part finds its labels by keyed hashes only.
        sql_counters(on_).seal_labels(seals_);
    } else {
        seals_.check(master);
    }
    whole.commit();
}

// The hashes of identifiers stay what they are: their key goes under the master key.
void store_sealing::take_index_key() {
    path::hash key{};
    {
        query found(on_, sql::read_tag_key);
        if (!found.step() || found.is_null(0)) return;
        key = found.bytes<32>(0);
    }
    seals_.take_index_key(key);
    sodium_memzero(key.data(), key.size());
    query(on_, sql::drop_tag_key).run();
}

bool store_sealing::is_unfinished() {
    query marks(on_, sql::sealing_mark);
    return marks.step();
}

std::vector<clear_part> store_sealing::next_parts() {
    std::vector<clear_part> found;
    query rows(on_, sql::clear_parts, position_, number_, step_parts);
    while (rows.step()) {
        clear_part& made = found.emplace_back();
        made.position = rows.natural(0);
        made.number = rows.natural(1);
        made.part.subject = rows.text(2);
        made.part.retention_class = rows.text(3);
        made.part.salt = rows.bytes<32>(4);
        made.part.bytes = rows.text(5);
        made.of.stream.bytes = rows.bytes<16>(6);
        made.of.version = rows.natural(7);
    }
    return found;
}

std::uint64_t store_sealing::seal_parts() {
    transaction whole(on_, sql::begin_write);
    const std::vector<clear_part> parts = next_parts();
    for (const clear_part& each : parts) {
        const path::event_part& part = each.part;
        const sealed_bytes sealed = seals_.seal(owner_of(part.subject, each.of.stream), part.retention_class, part.salt,
                                                part.bytes, part_binding(each.of, each.number, part.retention_class));
        query(on_, sql::seal_part, each.position, each.number, sealed.key_no, sealed.nonce, blob{sealed.bytes}).run();
        position_ = each.position;
        number_ = each.number;
    }
    whole.commit();
    on_.truncate_when_long();
    return parts.size();
}

std::uint64_t store_sealing::seal_snapshots() {
    struct clear_snapshot {
        std::int64_t stream_no = 0;
        path::stream_id stream;
        std::string retention_class;
        std::uint64_t version = 0;
        std::uint32_t schema_version = 0;
        path::hash salt{};
        std::string bytes;
        std::string owner;
    };
    transaction whole(on_, sql::begin_write);
    std::vector<clear_snapshot> found;
    {
        query rows(on_, sql::clear_snapshots, std::uint32_t{64});
        while (rows.step()) {
            found.push_back({rows.integer(0),
                             {rows.bytes<16>(1)},
                             rows.text(2),
                             rows.natural(3),
                             static_cast<std::uint32_t>(rows.natural(4)),
                             rows.bytes<32>(5),
                             rows.text(6),
                             rows.is_null(7) ? "" : rows.text(7)});
        }
    }
    for (const clear_snapshot& each : found) {
        const std::string owner = each.owner.empty() ? owner_of("-", each.stream) : each.owner;
        const sealed_bytes sealed =
            seals_.seal(owner, each.retention_class, each.salt, each.bytes,
                        snapshot_binding(each.stream, each.version, each.schema_version, each.retention_class));
        query(on_, sql::seal_snapshot, each.stream_no, each.retention_class, sealed.key_no, sealed.nonce,
              blob{sealed.bytes})
            .run();
    }
    whole.commit();
    on_.truncate_when_long();
    return found.size();
}

void store_sealing::finish() {
    const auto empty_log = [&] {
        if (auto emptied = on_.truncate(on_.options().busy_timeout_ms); !emptied) {
            throw store_failure{std::move(emptied).error()};
        }
    };
    empty_log();
    // The copy that VACUUM makes holds sealed content only, and may be larger than the memory.
    on_.database().exec("PRAGMA temp_store = FILE");
    on_.database().exec("VACUUM");
    empty_log();
    transaction whole(on_, sql::begin_write);
    query(on_, sql::end_sealing_mark).run();
    whole.commit();
    empty_log();
}

result<void> store_sealing::check_cancelled() const {
    if (!on_.options().cancel || !on_.options().cancel()) return {};
    return error(error_code::cancelled,
                 "sealing was stopped by the caller's callback; the store opens with its keys, and sealing it again "
                 "does the rest",
                 {.source = on_.path()});
}

result<seal_answer> store_sealing::run(seal_answer answer) {
    take_alone();
    begin();
    if (!is_unfinished()) return answer;
    for (std::uint64_t sealed = 1; sealed != 0; answer.parts += sealed) {
        POLKU_CHECK(check_cancelled());
        sealed = seal_parts();
    }
    for (std::uint64_t sealed = 1; sealed != 0; answer.snapshots += sealed) {
        POLKU_CHECK(check_cancelled());
        sealed = seal_snapshots();
    }
    POLKU_CHECK(check_cancelled());
    finish();
    answer.finished = true;
    return answer;
}

}  // namespace

result<seal_room> try_seal_room(const std::string& path) {
    std::error_code failed;
    const std::filesystem::path file = native(path);
    seal_room room;
    room.file = static_cast<std::uint64_t>(std::filesystem::file_size(file, failed));
    if (failed) {
        return error(
            error_code::store_cannot_open,
            "the store cannot be looked at (" + failed.message() + "), expected a file that exists and may be read",
            {.source = path});
    }
    const auto log = std::filesystem::file_size(native(path + "-wal"), failed);
    if (!failed) room.file += static_cast<std::uint64_t>(log);
    // A seal adds 40 bytes of tag and nonce to a part, and takes its salt in; an eighth is more than that needs.
    const std::uint64_t grown = room.file + room.file / 8;
    const std::filesystem::path folder = std::filesystem::absolute(file, failed).parent_path();
    const std::filesystem::path temporary = temporary_folder();
    room.beside = grown + room.file / 8 + log_limit;
    room.beside_free = free_bytes(folder);
    room.temporary = grown;
    room.temporary_free = free_bytes(temporary);
    const std::u8string name = temporary.u8string();
    room.temporary_folder = std::string(name.begin(), name.end());
    return room;
}

result<seal_answer> try_seal_sqlite(const std::string& path, sqlite_options options) {
    if (!options.keys || options.keys->master.empty() || !options.keys->find) {
        return error(error_code::store_key_missing, "no master key was given, expected the one to seal the store under",
                     {.source = path});
    }
    const key_options keys = *std::exchange(options.keys, std::nullopt);
    options.leave_sealed = true;
    options.create = false;
    options.read_only = false;
    options.log_limit_bytes = log_limit;
    POLKU_CHECK(check_room(path));
    POLKU_TRY(opened_store opened, open_store_file(path, std::move(options), {.steps = migrations()}));
    sqlite_connection& on = *opened.on;
    return guarded(on, "sealing it",
                   [&]() -> result<seal_answer> { return store_sealing(opened, keys).run({.master = keys.master}); });
}

}  // namespace polku::inline POLKU_V::storage
