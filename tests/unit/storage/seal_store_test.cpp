// SPDX-License-Identifier: Apache-2.0
// Stores that were kept in clear and are sealed afterwards.
#include <polku/storage/sealing.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "raw_scan.hpp"

#include <filesystem>
#include <fstream>

using namespace storage_test;

namespace {

const std::string canary = "Kuvitteellinen-Kanarialintu-Salainen-Diagnoosi";
const std::string worker = "tyontekija-Kanarialintu-Esimerkki";

std::string client_of(unsigned number) { return to_hex(id_of(1000 + number).bytes); }

key_options test_keys(const std::string& id = "2026", std::uint8_t first = 1) {
    return master_key_of(id, key_bytes{first, 2, 3});
}

sqlite_options options_with(std::optional<key_options> keys) {
    sqlite_options options;
    options.durability = durability::normal;
    options.store.checkpoint_every = 50;
    options.busy_timeout_ms = 50;
    options.keys = std::move(keys);
    return options;
}

std::unique_ptr<sqlite_store> open_at(const std::string& path, std::optional<key_options> keys) {
    return try_open_sqlite(path, options_with(std::move(keys))).value();
}

path::event_envelope personal_event(unsigned client, const std::string& more) {
    auto event = make_event("noted");
    event.actor = worker;
    event.parts.clear();
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "{\"stage\":\"start\"}"});
    const std::string mark = std::to_string(client) + "-" + canary + more;
    event.parts.push_back({.subject = client_of(client), .retention_class = "employment", .bytes = "työ " + mark});
    event.parts.push_back({.subject = client_of(client), .retention_class = "social", .bytes = "sosiaali " + mark});
    return event;
}

/// `rounds` events in each of the cases of `clients` clients, a snapshot of each, and client 0 erased.
chain_head fill(const std::string& path, unsigned clients, unsigned rounds) {
    const auto store = open_at(path, std::nullopt);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<append_request> requests;
        for (unsigned n = 0; n < clients; ++n) {
            const std::string more((n * 37 + round * 101) % 700, 'x');
            requests.push_back(make_request("c" + std::to_string(round) + "/" + std::to_string(n), id_of(n), round,
                                            {personal_event(n, more)}));
        }
        store->try_append_all(requests).value();
    }
    for (unsigned n = 0; n < clients; ++n) {
        store->try_put_snapshot(id_of(n), "social", {.version = rounds, .bytes = canary + " snapshot"}).value();
    }
    store->try_erase({client_of(0), "social", "test", *time::date::from_parts(2026, 11, 22)}).value();
    return store->head();
}

std::string count(const std::string& path, const std::string& sql) { return raw_database(path).column(sql).at(0); }

const std::string parts_in_clear =
    "SELECT count(*) FROM parts WHERE key_no IS NULL AND erased = 0 AND (subject <> '-' OR retention_class <> 'none')";

void check_no_canary(const std::string& path) {
    const std::string all = raw_bytes(path);
    CHECK(found_piece(all, canary) == "");
    CHECK(found_piece(all, worker) == "");
}

void check_sealed_whole(const std::string& path, const chain_head& anchor, unsigned clients, unsigned rounds) {
    check_no_canary(path);
    CHECK(count(path, parts_in_clear) == "0");
    CHECK(count(path, "SELECT count(*) FROM snapshots WHERE key_no IS NULL") == "0");
    const auto store = open_at(path, test_keys());
    CHECK(store->is_sealed());
    const verify_report report = store->verify({.anchor = anchor});
    CHECK(report.sound());
    CHECK(report.sealed);
    CHECK(report.head == anchor);
    for (const diagnostic& each : report.findings) CHECK(each.what.code() == error_code::store_wal_fault);
    for (unsigned n = 1; n < clients; ++n) {
        const auto events = store->load(id_of(n));
        REQUIRE(events.size() == rounds);
        CHECK(events[0].actor == worker);
        CHECK(events[0].parts.at(1).bytes.find(canary) != std::string::npos);
        CHECK(store->try_get_snapshot(id_of(n), "social").value()->bytes == canary + " snapshot");
    }
    CHECK(store->load(id_of(0)).at(0).parts.at(2).erased);
    CHECK(try_open_sqlite(path, options_with(std::nullopt)).error().code() == error_code::store_key_missing);
    CHECK(try_open_sqlite(path, options_with(test_keys("2026", 9))).error().code() == error_code::store_key_wrong);
}

}  // namespace

TEST_CASE("storage/seal: a store in clear becomes a sealed one, with the same chain and nothing left in clear") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const chain_head head = fill(path, 12, 20);
    CHECK(found_piece(raw_bytes(path), canary) != "");
    const seal_room room = try_seal_room(path).value();
    CHECK(room.is_enough());
    CHECK(room.beside > room.file);
    const seal_answer answer = try_seal_sqlite(path, options_with(test_keys())).value();
    CHECK(answer.finished);
    CHECK(answer.master == "2026");
    // Three parts of each event, without the 20 that were erased; the attributions of the checkpoints too.
    CHECK(answer.parts >= 12 * 20 * 3 - 20);
    CHECK(answer.snapshots >= 11);
    check_sealed_whole(path, head, 12, 20);
    // Once more is no fault and changes nothing.
    const seal_answer again = try_seal_sqlite(path, options_with(test_keys())).value();
    CHECK_FALSE(again.finished);
    CHECK(again.parts == 0);
    CHECK(try_seal_sqlite(path, options_with(test_keys("2026", 9))).error().code() == error_code::store_key_wrong);
    CHECK(try_seal_sqlite(path, options_with(std::nullopt)).error().code() == error_code::store_key_missing);
    CHECK(try_seal_sqlite(folder.file("none.db"), options_with(test_keys())).error().code() ==
          error_code::store_cannot_open);
}

TEST_CASE("storage/seal: sealing that stops on the way goes on later, and the store opens with its keys in between") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    constexpr unsigned clients = 30;
    constexpr unsigned rounds = 60;  // 5 400 parts: three steps
    fill(path, clients, rounds);
    std::size_t stops = 0;
    bool seen_half = false;
    chain_head head;
    for (int allowed = 0;; ++allowed) {
        sqlite_options options = options_with(test_keys());
        int asked = 0;
        // SQLite asks too, inside a transaction, which is then undone.
        options.cancel = [&] { return asked++ >= allowed * 25; };
        const auto done = try_seal_sqlite(path, options);
        if (done) {
            CHECK(done->finished);
            break;
        }
        REQUIRE(name_of(done.error().code()) == name_of(error_code::cancelled));
        ++stops;
        if (count(path, "SELECT master IS NULL FROM meta") == "1") continue;
        seen_half |= count(path, parts_in_clear) != "0";
        CHECK(try_open_sqlite(path, options_with(std::nullopt)).error().code() == error_code::store_key_missing);
        const auto store = open_at(path, test_keys());
        const verify_report report = store->verify();
        CHECK(report.sound());
        CHECK(std::any_of(report.findings.begin(), report.findings.end(), [](const diagnostic& each) {
            return each.what.code() == error_code::store_not_sealed && each.severity == severity::warning;
        }));
        CHECK(store->load(id_of(3)).at(0).parts.at(1).bytes.find(canary) != std::string::npos);
        store->append(make_request("between " + std::to_string(stops), id_of(500 + static_cast<unsigned>(stops)), 0,
                                   {personal_event(7, "between")}));
        head = store->head();
    }
    CHECK(stops > 2);
    CHECK(seen_half);
    check_sealed_whole(path, head, clients, rounds);
}

TEST_CASE("storage/seal: a store that another process has open is left as it is") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    fill(path, 3, 3);
    {
        const auto other = open_at(path, std::nullopt);
        const auto refused = try_seal_sqlite(path, options_with(test_keys()));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::store_busy);
        CHECK(refused.error().message().find("another process has the store open") != std::string::npos);
        other->append(make_request("goes on", id_of(90), 0, {make_event("noted")}));
        CHECK_FALSE(other->verify().sealed);
    }
    // And who comes while it is being sealed has to wait.
    sqlite_options options = options_with(test_keys());
    std::string met;
    options.cancel = [&] {
        const auto other = try_open_sqlite(path, options_with(std::nullopt));
        if (!other) met = name_of(other.error().code());
        return false;
    };
    CHECK(try_seal_sqlite(path, options).value().finished);
    CHECK(met == name_of(error_code::store_busy));
}

TEST_CASE("storage/seal: what other programs left in free pages goes too") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const chain_head head = fill(path, 3, 3);
    {
        raw_database raw(path);
        REQUIRE(raw.run("PRAGMA secure_delete = OFF; CREATE TABLE t (x); INSERT INTO t SELECT '" + canary +
                        "' || hex(randomblob(300)) FROM events, events; DROP TABLE t") == SQLITE_OK);
    }
    CHECK(found_piece(raw_bytes(path), canary) != "");
    CHECK(count(path, "PRAGMA freelist_count") != "0");
    CHECK(try_seal_sqlite(path, options_with(test_keys())).value().finished);
    check_sealed_whole(path, head, 3, 3);
}

TEST_CASE("storage/seal: a disk without room is told before anything is begun") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    fill(path, 2, 2);
    // A sparse file is large without taking room: the need goes by its length.
    std::error_code failed;
    std::filesystem::resize_file(path + "-wal", std::uintmax_t{1} << 43, failed);
    if (failed) return;  // the file system has no files of that length
    const seal_room room = try_seal_room(path).value();
    CHECK_FALSE(room.is_enough());
    const auto refused = try_seal_sqlite(path, options_with(test_keys()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::store_full);
    CHECK(refused.error().message().find("sealing needs " + std::to_string(room.beside) + " bytes") !=
          std::string::npos);
    CHECK(refused.error().message().find("nothing was changed") != std::string::npos);
    std::filesystem::resize_file(path + "-wal", 0);
    CHECK_FALSE(open_at(path, std::nullopt)->is_sealed());
}

TEST_CASE("storage/seal: labels of counters are sealed too, and go on counting") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const std::string label = "group/" + canary;
    {
        const auto store = open_at(path, std::nullopt);
        store->append(counted_request("c1", 0, {{label, 0, counted_day(0), 2}, {"stage", 0, counted_day(1), 3}}));
    }
    CHECK(found_piece(raw_bytes(path), canary) != "");
    CHECK(try_seal_sqlite(path, options_with(test_keys())).value().finished);
    check_no_canary(path);
    CHECK(count(path, "SELECT count(*) FROM labels WHERE key_no IS NULL") == "0");
    const auto store = open_at(path, test_keys());
    CHECK(counted_on(*store, label, 0, 0) == 2);
    store->append(counted_request("c2", 1, {{label, 0, counted_day(0), 5}}));
    CHECK(counted_on(*store, label, 0, 0) == 7);
    CHECK(counted_on(*store, "stage", 0, 1) == 3);
    CHECK(count(path, "SELECT count(*) FROM labels") == "2");
}
