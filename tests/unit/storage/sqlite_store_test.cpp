// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "temporary_folder.hpp"

#include <polku/storage/memory_store.hpp>

#include <sqlite3.h>

#include <filesystem>

using namespace storage_test;

namespace {

std::unique_ptr<sqlite_store> open_at(const std::string& path, sqlite_options options = {}) {
    options.durability = durability::normal;  // what is tested here does not hang on the disk
    return try_open_sqlite(path, std::move(options)).value();
}

struct dice {
    std::uint32_t seed = 20261121;
    std::uint32_t operator()(std::uint32_t below) {
        seed = seed * 1664525U + 1013904223U;
        return (seed >> 8) % below;
    }
};

/// Of new and of old streams, now and then one that must be refused or that was stored before.
append_request any_request(dice& draw, event_store& oracle) {
    append_request request;
    request.command_id = "command " + std::to_string(draw(250));
    request.command_hash = blake2b(std::to_string(draw(20) == 0));
    for (std::uint32_t n = draw(3) + 1; n > 0; --n) {
        const path::stream_id id = id_of(draw(6) * 3 + n);
        const auto head = oracle.try_head_of(id).value();
        stream_append to{.stream = id, .expected_version = (head ? head->version : 0) + (draw(15) == 0)};
        for (std::uint32_t e = draw(4); e > 0; --e) {
            to.events.push_back(make_event("noted", std::to_string(draw(1000)), 1'780'000'000'000 + draw(400'000)));
        }
        if (draw(2) == 0) to.projection = make_row("stage " + std::to_string(draw(3)), std::to_string(draw(4)));
        request.streams.push_back(std::move(to));
    }
    return request;
}

}  // namespace

TEST_CASE("storage/sqlite_store: does what every store must") {
    const temporary_folder folder;
    conform([&]() -> store_factory {
        return [&](store_options options) { return open_at(folder.file("store.db"), {.store = std::move(options)}); };
    });
}

TEST_CASE("storage/sqlite_store: answers and hashes as the store in memory does, whatever the history") {
    const temporary_folder folder;
    const auto file = open_at(folder.file("store.db"), {.store = {.checkpoint_every = 7, .entropy = fixed_entropy(5)}});
    const auto oracle = make_memory_store({.checkpoint_every = 7, .entropy = fixed_entropy(5)});
    dice draw;
    CAPTURE(draw.seed);
    for (int round = 0; round < 300; ++round) {
        const append_request request = any_request(draw, *oracle);
        const auto expected = oracle->try_append(request);
        const auto found = file->try_append(request);
        REQUIRE(expected.has_value() == found.has_value());
        if (!expected) {
            CHECK(expected.error().code() == found.error().code());
            continue;
        }
        CHECK(expected->streams == found->streams);
        CHECK(expected->last_position == found->last_position);
        CHECK(expected->repeated == found->repeated);
        // Salts are drawn by refused commands too, so the hashes agree only as long as both draw alike.
    }
    CHECK(file->try_count_cases().value() == oracle->try_count_cases().value());
    CHECK(file->try_find_streams({}).value() == oracle->try_find_streams({}).value());
    CHECK(file->verify().sound());
    CHECK(file->verify().events == oracle->verify().events);
    CHECK(file->verify().checkpoints == oracle->verify().checkpoints);
}

TEST_CASE("storage/sqlite_store: connections that write in turn go on from what the other wrote") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const std::unique_ptr<sqlite_store> writers[] = {
        open_at(path, {.store = {.checkpoint_every = 7}, .log_limit_bytes = 64 * 1024}),
        open_at(path, {.store = {.checkpoint_every = 7}})};
    const auto oracle = make_memory_store({.checkpoint_every = 7});
    dice draw;
    CAPTURE(draw.seed);
    std::size_t stored = 0;
    for (int round = 0; round < 300; ++round) {
        const append_request request = any_request(draw, *oracle);
        const auto expected = oracle->try_append(request);
        const auto found = writers[draw(2)]->try_append(request);
        REQUIRE(expected.has_value() == found.has_value());
        if (!expected) {
            CHECK(expected.error().code() == found.error().code());
            continue;
        }
        ++stored;
        CHECK(expected->first_position == found->first_position);
        CHECK(expected->last_position == found->last_position);
        CHECK(expected->repeated == found->repeated);
        if (draw(20) == 0) CHECK(oracle->try_checkpoint()->position == writers[draw(2)]->try_checkpoint()->position);
    }
    CHECK(stored > 100);
    CHECK(writers[0]->verify().sound());
    CHECK(writers[0]->head() == writers[1]->head());
}

TEST_CASE("storage/sqlite_store: what was stored is there after the file is opened again") {
    const temporary_folder folder;
    const std::string path = folder.file("kauppa ä.db");
    chain_head head;
    {
        const auto store = open_at(path);
        store->append(make_request("c1", id_of(1), 0, {make_event("opened", "{\"nimi\":\"Äiti\"}")}));
        head = store->head();
    }
    const auto store = open_at(path, {.create = false});
    CHECK(store->file_layout_major() == layout_major);
    CHECK(store->file_layout_minor() == layout_minor);
    CHECK(store->head() == head);
    CHECK(store->load(id_of(1)).at(0).parts.at(0).bytes == "{\"nimi\":\"Äiti\"}");
    CHECK(store->append(make_request("c1", id_of(1), 0, {make_event("opened")})).repeated);
}

TEST_CASE("storage/sqlite_store: a read-only store reads, and refuses to write") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    open_at(path)->append(make_request("c1", id_of(1), 0, {make_event("opened")}));
    const auto store = open_at(path, {.read_only = true});
    CHECK(store->load(id_of(1)).size() == 1);
    CHECK(store->verify().sound());
    CHECK(store->try_append(make_request("c2", id_of(1), 1, {make_event("sent")})).error().code() ==
          error_code::store_read_only);
    CHECK(store->try_put_blob("pack", "x").error().code() == error_code::store_read_only);
    CHECK(store->try_checkpoint().error().code() == error_code::store_read_only);
}

TEST_CASE("storage/sqlite_store: a writer that does not leave is busy, and a caller may stop waiting") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = open_at(path, {.busy_timeout_ms = 30});
    store->append(make_request("c1", id_of(1), 0, {make_event("opened")}));
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);

    const append_request request = make_request("c2", id_of(1), 1, {make_event("sent")});
    const auto busy = store->try_append(request);
    REQUIRE_FALSE(busy);
    CHECK(busy.error().code() == error_code::store_busy);
    CHECK(busy.error().positions().at(0).source == path);
    CHECK(store->load(id_of(1)).size() == 1);
    const auto patient = open_at(path, {.busy_timeout_ms = 600'000, .cancel = [] { return true; }});
    CHECK(patient->try_append(request).error().code() == error_code::cancelled);
    const auto throws = open_at(path, {.cancel = []() -> bool { throw 1; }});
    CHECK(throws->try_append(request).error().code() == error_code::cancelled);

    // A late commit is no gap: what is under way is not seen, and comes next.
    CHECK(store->try_events_since(0, 10).value().next == 1);
    REQUIRE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(store->append(request).first_position == 2);
    CHECK(store->try_events_since(1, 10).value().events.size() == 1);
}

TEST_CASE("storage/sqlite_store: the log is emptied under the writer lock or not at all") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = open_at(path, {.busy_timeout_ms = 20});
    for (unsigned i = 0; i < 50; ++i) {
        store->append(make_request("c" + std::to_string(i), id_of(i), 0, {make_event("opened")}));
    }
    const auto log_bytes = [&] { return std::filesystem::file_size(path + "-wal"); };
    const std::string before = text_of(path);
    CHECK(log_bytes() > 0);

    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(store->try_truncate_log().error().code() == error_code::store_busy);
    // SQLite by itself would have gone on as PASSIVE and written pages without the lock.
    CHECK(text_of(path) == before);
    REQUIRE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);

    REQUIRE(sqlite3_exec(other, "BEGIN; SELECT count(*) FROM events", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(store->try_truncate_log().error().code() == error_code::store_busy);  // a reader still needs the log
    REQUIRE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(store->try_truncate_log());
    CHECK(log_bytes() == 0);
    CHECK(store->verify().sound());
}

TEST_CASE("storage/sqlite_store: the log stays near its limit by itself and survives a close") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    constexpr std::uint64_t limit = 256 * 1024;
    {
        const auto store = open_at(path, {.log_limit_bytes = limit});
        for (unsigned i = 0; i < 300; ++i) {
            store->append(make_request("c" + std::to_string(i), id_of(i), 0, {make_event("opened")}));
        }
        CHECK(std::filesystem::file_size(path + "-wal") < 2 * limit);
        CHECK(std::filesystem::file_size(path) > 4096);
        store->append(make_request("last", id_of(900), 0, {make_event("opened")}));
    }
    // No checkpoint on close. The log ends with the zeros by which it was lengthened, and is read up to them.
    CHECK(std::filesystem::file_size(path + "-wal") % (64 * 1024) == 0);
    CHECK(text_of(path + "-wal").ends_with(std::string(64, '\0')));
    CHECK(open_at(path)->verify().events == 301);
}
