// SPDX-License-Identifier: Apache-2.0
// Stores of every layout that was ever written must open for ever. Each is the text of its SQL, so that a review can
// read it, with the head it had when it was made, and of a sealed one the master key.
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <map>

using namespace storage_test;

namespace {

/// What a line `-- NAME VALUE` says; empty when there is none.
std::string said(const std::string& text, const std::string& name) {
    const std::string mark = "-- " + name + " ";
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return "";
    return text.substr(at + mark.size(), text.find('\n', at) - at - mark.size());
}

void check_content(sqlite_store& store) {
    const auto events = store.load(id_of(1));
    REQUIRE(events.size() == 3);
    CHECK(events[0].type == "opened");
    CHECK(events[0].actor == "worker:7");
    CHECK(events[2].parts.at(0).bytes == "{\"teksti\":\"Hyvää päivää\"}");
    CHECK(events[0].pack_hash == blake2b("{\"pack\":1}"));
    CHECK(store.try_get_blob(events[0].pack_hash).value() == "{\"pack\":1}");
    CHECK(store.try_find_streams({.municipality = "698"}).value().size() == 1);
    CHECK(store.try_find_due({.by = *time::date::from_parts(2026, 6, 1)}).value().size() == 1);
    CHECK(store.try_count_cases().value().size() == 1);
    CHECK(store.try_get_snapshot(id_of(1), "employment").value()->bytes == "{\"stage\":\"referral\"}");
}

/// Since layout 1.1 there are clients, erasures and their ledger.
void check_client(sqlite_store& store) {
    const auto facts = store.load(id_of(1000));
    REQUIRE(facts.size() == 1);
    CHECK(facts[0].parts.at(1).bytes == "{\"nimi\":\"Esimerkki\"}");
    CHECK(facts[0].parts.at(2).erased);
    const erasure_ledger ledger = store.try_ledger().value();
    REQUIRE(ledger.entries.size() == 1);
    CHECK(ledger.entries[0].subject == to_hex(id_of(1000).bytes));
    CHECK(ledger.entries[0].retention_class == "social");
}

/// What came before there were counters was not counted, and counting goes on only after a recount.
void check_counting(sqlite_store& store) {
    CHECK_FALSE(store.try_counters(counted_day(0)).value().complete);
    const std::uint64_t number = store.try_recount({0, 1, {{"old", 0, counted_day(0), 1}}, {}}).value();
    CHECK(store.try_recount({number, 1, {}, store.head().position}).has_value());
    store.append(counted_request("a counted command", 4, {{"old", 0, counted_day(0), 1}}));
    CHECK(counted_on(store, "old", 0, 0) == 2);
}

void check_store(const std::string& path, const std::string& text, bool with_client) {
    const auto anchor = chain_head_from(said(text, "head"));
    REQUIRE(anchor);
    sqlite_options options;
    const std::string key = said(text, "key");
    if (!key.empty()) {
        write_file(path + ".key", key + "\n");
        options.keys = try_read_key_file(path + ".key").value();
        CHECK(try_open_sqlite(path).error().code() == error_code::store_key_missing);
        CHECK(text.find("Esimerkki") == std::string::npos);
    }
    const auto store = try_open_sqlite(path, options).value();
    CHECK(store->file_layout_major() == layout_major);
    CHECK(store->file_layout_minor() == layout_minor);
    CHECK(store->is_sealed() == !key.empty());
    const verify_report report = store->verify({.anchor = anchor});
    for (const diagnostic& finding : report.findings) INFO(finding.what.to_string());
    CHECK(report.sound());
    CHECK(report.checkpoints > 0);
    check_content(*store);
    if (with_client) check_client(*store);
    store->append(make_request("a new command", id_of(1), 3, {make_event("noted")}));
    CHECK(store->load(id_of(1)).size() == 4);
    CHECK(store->verify({.anchor = anchor}).sound());
    check_counting(*store);
}

}  // namespace

TEST_CASE("storage/golden: every kept store opens, verifies against its head, reads, and takes what is new") {
    std::map<std::string, int> stores;
    for (const auto& entry : std::filesystem::directory_iterator(POLKU_SOURCE_DIR "/tests/golden/stores")) {
        if (entry.path().extension() != ".sql") continue;
        CAPTURE(entry.path().string());
        const std::string name = entry.path().stem().string();
        ++stores[name];
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        const std::string text = text_of(entry.path().string());
        REQUIRE(raw_database(path).run(text) == SQLITE_OK);
        check_store(path, text, name != "layout_1_0");
    }
    for (const char* kept : {"layout_1_0", "layout_1_1_plain", "layout_1_1_sealed"}) {
        CAPTURE(kept);
        CHECK(stores[kept] == 1);
    }
}
