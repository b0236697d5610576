// SPDX-License-Identifier: Apache-2.0
#include <storage/sqlite_open.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <storage/sqlite_store_impl.hpp>

#include <cstring>
#include <filesystem>
#include <vector>

using namespace storage_test;

namespace {

polku::error refused(const std::string& path, sqlite_options options = {}) {
    auto opened = try_open_sqlite(path, std::move(options));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message().size() > 20);
    return opened.error();
}

void make_store(const std::string& path) {
    const auto store = try_open_sqlite(path).value();
    for (unsigned i = 0; i < 40; ++i) {
        store->append(make_request("c" + std::to_string(i), id_of(i), 0, {make_event("opened")}));
    }
    store->try_truncate_log().value();
}

/// A VFS over the platform's whose writes or syncs can be made to fail.
struct faults {
    int write_code = SQLITE_OK;
    int sync_code = SQLITE_OK;
    int grace = 0;  ///< calls that still go well
};
faults wanted_faults;
const sqlite3_io_methods* plain_methods = nullptr;
sqlite3_io_methods faulty_methods;

int due_fault(int code) {
    if (code == SQLITE_OK || wanted_faults.grace-- > 0) return SQLITE_OK;
    return code;
}

int write_or_fail(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
    const int fault = due_fault(wanted_faults.write_code);
    return fault != SQLITE_OK ? fault : plain_methods->xWrite(file, bytes, amount, offset);
}

int sync_or_fail(sqlite3_file* file, int flags) {
    const int fault = due_fault(wanted_faults.sync_code);
    return fault != SQLITE_OK ? fault : plain_methods->xSync(file, flags);
}

sqlite3_vfs* platform = nullptr;

int open_faulty(sqlite3_vfs*, sqlite3_filename path, sqlite3_file* file, int flags, int* out) {
    const int code = platform->xOpen(platform, path, file, flags, out);
    if (file->pMethods == nullptr) return code;
    plain_methods = file->pMethods;
    faulty_methods = *plain_methods;
    faulty_methods.xWrite = write_or_fail;
    faulty_methods.xSync = sync_or_fail;
    file->pMethods = &faulty_methods;
    return code;
}

void register_faulty_vfs() {
    static sqlite3_vfs vfs;
    if (platform != nullptr) return;
    platform = sqlite3_vfs_find(nullptr);
    vfs = *platform;
    vfs.zName = "faulty";
    vfs.pNext = nullptr;
    vfs.xOpen = open_faulty;
    sqlite3_vfs_register(&vfs, 0);
}

}  // namespace

TEST_CASE("storage/sqlite_open: what is no store is refused by name, and left as it was") {
    const temporary_folder folder;
    const std::string path = folder.file("file");
    SUBCASE("a path that is none") {
        for (const std::string& name : {std::string(), std::string(":memory:"), std::string("a\0b", 3)}) {
            CHECK(refused(name).code() == error_code::invalid_argument);
        }
        CHECK(refused(path, {.vfs = "no such"}).code() == error_code::invalid_argument);
    }
    SUBCASE("a file that is not there") {
        CHECK(refused(path, {.create = false}).code() == error_code::store_cannot_open);
        CHECK(refused(path, {.read_only = true}).code() == error_code::store_cannot_open);
        CHECK(refused(folder.file("no/such/folder")).code() == error_code::store_cannot_open);
        CHECK_FALSE(std::filesystem::exists(path));
    }
    SUBCASE("a folder") { CHECK(refused(folder.file("")).code() == error_code::store_cannot_open); }
    SUBCASE("a text file") {
        const std::string text(5000, 'x');
        write_file(path, text);
        const polku::error error = refused(path);
        CHECK(error.code() == error_code::store_not_a_store);
        CHECK(error.positions().at(0).source == path);
        CHECK(text_of(path) == text);
    }
    SUBCASE("an empty file that nobody asked to fill") {
        write_file(path, "");
        CHECK(refused(path, {.create = false}).code() == error_code::store_not_a_store);
        CHECK(text_of(path).empty());
    }
    SUBCASE("another program's database") {
        CHECK(raw_database(path).run("CREATE TABLE t (x); PRAGMA application_id = 7") == SQLITE_OK);
        const std::string before = text_of(path);
        CHECK(refused(path).code() == error_code::store_not_a_store);
        CHECK(text_of(path) == before);
    }
    SUBCASE("another program's database without an id") {
        CHECK(raw_database(path).run("CREATE TABLE t (x)") == SQLITE_OK);
        CHECK(refused(path).code() == error_code::store_not_a_store);
    }
}

TEST_CASE("storage/sqlite_open: a damaged store is corrupt, not a crash") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    make_store(path);
    const std::string whole = text_of(path);
    std::filesystem::remove(path + "-wal");
    SUBCASE("without its meta row") {
        CHECK(raw_database(path).run("DELETE FROM meta") == SQLITE_OK);
        CHECK(refused(path).code() == error_code::store_corrupt);
    }
    SUBCASE("cut off in the middle of a page") {
        write_file(path, whole.substr(0, 6000));
        auto opened = try_open_sqlite(path);
        if (opened) CHECK_FALSE((*opened)->verify().sound());
        if (!opened) CHECK(status_of(opened.error().code()) == status::corrupt);
    }
    SUBCASE("with pages of noise, at each place") {
        for (std::size_t at = 4096; at + 4096 <= whole.size(); at += 4096) {
            std::string damaged = whole;
            std::memset(damaged.data() + at, 0xA5, 4096);
            std::filesystem::remove(path + "-wal");
            std::filesystem::remove(path + "-shm");
            write_file(path, damaged);
            CAPTURE(at);
            auto opened = try_open_sqlite(path);
            if (opened) {
                const auto report = (*opened)->try_verify();
                if (report) CHECK_FALSE(report->sound());
            } else {
                CHECK(is_storage(opened.error().code()));
            }
        }
    }
}

namespace {

/// All migrations, and one of a later program.
std::vector<migration> and_one_more(const char* sql) {
    std::vector<migration> all(migrations().begin(), migrations().end());
    all.push_back({all.back().number + 1, "more", sql});
    return all;
}

}  // namespace

TEST_CASE("storage/sqlite_open: a newer layout is refused, a newer minor is read, an older layout is migrated") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    make_store(path);
    const std::string before = text_of(path);
    SUBCASE("newer major") {
        CHECK(raw_database(path).run("UPDATE meta SET layout_major = 2, layout_minor = 3") == SQLITE_OK);
        const polku::error error = refused(path);
        CHECK(error.code() == error_code::store_newer);
        CHECK(error.message().find("2.3") != std::string::npos);
        CHECK(error.message().find("1." + std::to_string(layout_minor)) != std::string::npos);
    }
    SUBCASE("newer minor") {
        CHECK(raw_database(path).run("UPDATE meta SET layout_minor = 9, migration = 99") == SQLITE_OK);
        const auto store = try_open_sqlite(path).value();
        CHECK(store->file_layout_minor() == 9);
        CHECK(store->verify().sound());
    }
    SUBCASE("older, by a later program") {
        const auto later = and_one_more("CREATE TABLE more (x INTEGER) STRICT;");
        const layout own{.steps = later, .major = 2, .minor = 1};
        CHECK(open_store_file(path, {.read_only = true}, own).error().code() == error_code::store_read_only);
        opened_store opened = open_store_file(path, {}, own).value();
        CHECK(opened.major == 2);
        CHECK(opened.minor == 1);
        sqlite_store_impl store(std::move(opened));
        CHECK(store.verify().sound());
        CHECK(store.load(id_of(3)).size() == 1);
        CHECK(refused(path).code() == error_code::store_newer);
    }
    SUBCASE("older, with a migration that fails halfway: the store stays as it was") {
        const auto later = and_one_more("CREATE TABLE more (x INTEGER) STRICT; CREATE TABLE more (x INTEGER);");
        CHECK_FALSE(open_store_file(path, {}, {.steps = later, .major = 2, .minor = 0}));
        const auto store = try_open_sqlite(path).value();
        CHECK(store->file_layout_major() == 1);
        CHECK(raw_database(path).column("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").at(0) == "0");
    }
}

TEST_CASE("storage/sqlite_open: what the connection stands on is what contracts say") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    opened_store opened = open_store_file(path, {}, {.steps = migrations()}).value();
    const auto pragma = [&](const char* text) { return opened.on->database().execAndGet(text).getString(); };
    CHECK(pragma("PRAGMA journal_mode") == "wal");
    CHECK(pragma("PRAGMA synchronous") == "2");
    CHECK(pragma("PRAGMA foreign_keys") == "1");
    CHECK(pragma("PRAGMA secure_delete") == "1");
    CHECK(pragma("PRAGMA temp_store") == "2");
    CHECK(pragma("PRAGMA mmap_size") == "0");
    CHECK(pragma("PRAGMA application_id") == std::to_string(application_id));
    raw_database raw(path);
    CHECK(raw.column("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND "
                     "name NOT LIKE 'sqlite_%'")
              .empty());
    const opened_store normal =
        open_store_file(path, {.durability = durability::normal}, {.steps = migrations()}).value();
    CHECK(normal.on->database().execAndGet("PRAGMA synchronous").getString() == "1");
}

TEST_CASE("storage/sqlite_open: a full disk and a failing sync are typed, and leave nothing half-written") {
    register_faulty_vfs();
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = try_open_sqlite(path, {.vfs = "faulty"}).value();
    store->append(make_request("c0", id_of(0), 0, {make_event("opened")}));
    const auto fails = [&](faults what, error_code code) {
        for (int grace = 0; grace < 12; ++grace) {
            const chain_head before = store->head();
            wanted_faults = what;
            wanted_faults.grace = grace;
            const auto answer =
                store->try_append(make_request("c" + std::to_string(before.position), id_of(0), before.position,
                                               {make_event("noted", std::string(3000, 'x'))}));
            wanted_faults = {};
            if (!answer) {
                CHECK(answer.error().code() == code);
                CHECK(store->head() == before);
            }
        }
        CHECK(store->verify().sound());
        CHECK(try_open_sqlite(path).value()->verify().sound());
    };
    fails({.write_code = SQLITE_FULL}, error_code::store_full);
    fails({.write_code = SQLITE_IOERR_WRITE}, error_code::store_io);
    fails({.sync_code = SQLITE_IOERR_FSYNC}, error_code::store_io);
    wanted_faults = {.sync_code = SQLITE_IOERR_FSYNC};
    CHECK_FALSE(store->try_truncate_log());
    wanted_faults = {};
    CHECK(store->try_truncate_log());
    CHECK(store->verify().sound());
}
