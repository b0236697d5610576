// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <cstdio>

using namespace storage_test;

namespace {

/// Runs scripts/verify_store.py over a file: exit status and what it printed.
std::pair<int, std::string> run_script(const std::string& file, const std::string& more = "") {
    const std::string command =
        "python3 '" POLKU_SOURCE_DIR "/scripts/verify_store.py' '" + file + "' " + more + " 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string said;
    std::array<char, 4096> buffer{};
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), got);
    return {pclose(pipe) >> 8, said};
}

/// A store of three streams with checkpoints, content in several classes, and a blob in use.
std::unique_ptr<sqlite_store> fill_store(const std::string& path) {
    auto store = try_open_sqlite(path, {.store = {.checkpoint_every = 5}, .durability = durability::normal}).value();
    const path::hash pack = store->try_put_blob("pack", "{\"pack\":1}").value();
    for (unsigned i = 0; i < 12; ++i) {
        auto event = make_event("noted", "{\"n\":" + std::to_string(i) + "}", 1'780'000'000'000 - i);
        event.pack_hash = pack;
        event.effective_date = *time::date::from_parts(i == 3 ? -44 : 2026, 3, 15);
        event.parts.push_back({.subject = std::string(32, 'a'), .retention_class = "social", .bytes = "\"ä\""});
        store->append(make_request("c" + std::to_string(i), id_of(i % 3), i / 3, {event}));
    }
    return store;
}

bool found(const verify_report& report, error_code code) {
    for (const diagnostic& finding : report.findings) {
        if (finding.what.code() == code && finding.severity == severity::error) return true;
    }
    return false;
}

/// What a stranger with the file may do, triggers or not, and which finding it leads to.
struct tampering {
    const char* sql;
    error_code code;
};
constexpr tampering tamperings[] = {
    {"UPDATE events SET type = 'other' WHERE position = 4", error_code::store_chain_broken},
    {"UPDATE events SET effective_on = effective_on + 1 WHERE position = 4", error_code::store_chain_broken},
    {"UPDATE events SET pack_no = NULL WHERE position = 4", error_code::store_chain_broken},
    {"UPDATE events SET hash = zeroblob(32) WHERE position = 4", error_code::store_chain_broken},
    {"UPDATE events SET latest_recorded_at_ms = latest_recorded_at_ms + 9 WHERE position = 4",
     error_code::store_order_broken},
    {"DELETE FROM parts WHERE position = 14; DELETE FROM events WHERE position = 14", error_code::store_anchor_missing},
    {"DELETE FROM parts WHERE position = 4; DELETE FROM events WHERE position = 4", error_code::store_order_broken},
    {"UPDATE parts SET subject = '-' WHERE position = 4 AND part_no = 2", error_code::store_chain_broken},
    {"UPDATE parts SET commitment = zeroblob(32) WHERE position = 4 AND part_no = 2", error_code::store_chain_broken},
    {"UPDATE parts SET bytes = CAST('{\"n\":9}' AS BLOB) WHERE position = 4 AND part_no = 1",
     error_code::store_commitment_broken},
    {"UPDATE parts SET bytes = zeroblob(9) WHERE part_no = 1 AND position = 6", error_code::store_chain_broken},
    {"DELETE FROM parts WHERE position = 4 AND part_no = 1", error_code::store_corrupt},
    {"UPDATE streams SET stream = zeroblob(16) WHERE stream_no = 2", error_code::store_chain_broken},
    {"PRAGMA ignore_check_constraints = ON; UPDATE streams SET kind = 9 WHERE stream_no = 2",
     error_code::store_corrupt},
};

}  // namespace

TEST_CASE("storage/verify: a whole store is sound, for the store and for the script that has nothing of ours") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = fill_store(path);
    const verify_report report = store->verify();
    CHECK(report.sound());
    CHECK(report.events == 14);
    CHECK(report.checkpoints == 2);
    bool warned = false;
    for (const diagnostic& finding : report.findings) warned |= finding.what.code() == error_code::store_wal_fault;
    CHECK(warned == sqlite_has_wal_fault());

    const std::pair<int, std::string> answer = run_script(path, "--anchor " + to_string(report.head));
    const std::string& said = answer.second;
    CAPTURE(said);
    CHECK(answer.first == 0);
    CHECK(said.find("head " + to_string(report.head)) != std::string::npos);
    CHECK(said.find("14 events, 2 checkpoints, 40 parts checked, 0 parts sealed, 4 streams") != std::string::npos);
    chain_head other = report.head;
    other.hash[0] ^= 1;
    CHECK(run_script(path, "--anchor " + to_string(other)).first == 1);
    CHECK(run_script(folder.file("nothing.db")).first == 2);
}

TEST_CASE("storage/verify: each tampering is found, by the store and by the script") {
    for (const tampering& change : tamperings) {
        CAPTURE(change.sql);
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        const auto store = fill_store(path);
        const chain_head anchor = store->head();
        {
            raw_database raw(path);
            const auto guards = raw.column("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
            for (const std::string& name : guards) REQUIRE(raw.run("DROP TRIGGER " + name) == SQLITE_OK);
            REQUIRE(raw.run(change.sql) == SQLITE_OK);
        }
        const verify_report report = store->verify({.anchor = anchor});
        CHECK(found(report, change.code));
        CHECK(run_script(path, "--anchor " + to_string(anchor)).first == 1);
    }
}

TEST_CASE("storage/verify: the triggers refuse what the store never does") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = fill_store(path);
    raw_database raw(path);
    for (const char* text :
         {"DELETE FROM events", "UPDATE events SET type = 'x'", "DELETE FROM parts",
          "UPDATE parts SET commitment = zeroblob(32)", "DELETE FROM streams", "UPDATE streams SET kind = 1",
          "DELETE FROM blobs", "UPDATE blobs SET kind = 'x'", "DELETE FROM commands",
          "INSERT INTO events SELECT 99, stream_no, version, type, schema_version, effective_on, "
          "recorded_at_ms, latest_recorded_at_ms, command, pack_no, path_no, engine_version, hash "
          "FROM events WHERE position = 1"}) {
        CAPTURE(text);
        CHECK(raw.run(text) == SQLITE_CONSTRAINT);
    }
}

TEST_CASE("storage/verify: erasing a part leaves the chain valid, and the fold goes on") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = fill_store(path);
    raw_database raw(path);
    REQUIRE(raw.run("UPDATE parts SET bytes = NULL, salt = NULL, erased = 1 WHERE retention_class = 'social'") ==
            SQLITE_OK);
    REQUIRE(raw.run("UPDATE parts SET bytes = NULL, salt = NULL, erased = 1 WHERE position = 1 AND part_no = 0") ==
            SQLITE_OK);
    CHECK(raw.run("UPDATE parts SET erased = 0, bytes = x'00', salt = zeroblob(32) WHERE erased = 1") ==
          SQLITE_CONSTRAINT);
    const verify_report report = store->verify();
    CHECK(report.sound());
    CHECK(report.parts_sealed == 13);
    const auto events = store->load(id_of(0));
    CHECK(events.at(0).parts.at(1).erased);
    CHECK(events.at(0).parts.at(1).bytes.empty());
    CHECK(events.at(0).actor.empty());
    CHECK(events.at(1).actor == "worker:7");
    CHECK(run_script(path).first == 0);
}

TEST_CASE("storage/verify: encrypted content needs its key to be read, not to be verified") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = fill_store(path);
    store->try_put_snapshot(id_of(0), "social", {.version = 1, .bytes = "state"}).value();
    raw_database raw(path);
    REQUIRE(raw.run("INSERT INTO part_keys VALUES (1, 'a', 'social', 'master 1', zeroblob(24), zeroblob(48)); "
                    "UPDATE parts SET bytes = zeroblob(80), salt = NULL, key_no = 1, nonce = zeroblob(24) "
                    "WHERE retention_class = 'social'; "
                    "UPDATE snapshots SET salt = NULL, key_no = 1, nonce = zeroblob(24)") == SQLITE_OK);
    CHECK(store->verify().sound());
    CHECK(run_script(path).first == 0);
    CHECK(store->try_load(id_of(0)).error().code() == error_code::store_key_missing);
    CHECK(store->try_get_snapshot(id_of(0), "social").error().code() == error_code::store_key_missing);
}

TEST_CASE("storage/verify: blobs and snapshots that were changed are not handed out") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto store = fill_store(path);
    store->try_put_snapshot(id_of(0), "social", {.version = 1, .bytes = "state"}).value();
    raw_database raw(path);
    REQUIRE(raw.run("DROP TRIGGER blobs_unchanged; UPDATE blobs SET bytes = x'00'; "
                    "UPDATE snapshots SET bytes = x'00'") == SQLITE_OK);
    CHECK(store->try_get_blob(blake2b("{\"pack\":1}")).error().code() == error_code::store_corrupt);
    CHECK(store->try_get_snapshot(id_of(0), "social").error().code() == error_code::store_corrupt);
    CHECK(run_script(path).first == 1);
}
