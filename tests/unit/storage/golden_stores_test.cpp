// SPDX-License-Identifier: Apache-2.0
// Stores of every layout that was ever written must open for ever. Each is the text of its SQL, so that a review can
// read it, with the head it had when it was made.
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <filesystem>

using namespace storage_test;

TEST_CASE("storage/golden: every kept store opens, verifies against its head, and reads") {
    std::size_t stores = 0;
    for (const auto& entry : std::filesystem::directory_iterator(POLKU_SOURCE_DIR "/tests/golden/stores")) {
        if (entry.path().extension() != ".sql") continue;
        ++stores;
        CAPTURE(entry.path().string());
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        const std::string text = text_of(entry.path().string());
        REQUIRE(raw_database(path).run(text) == SQLITE_OK);

        const std::string mark = "-- head ";
        const std::size_t at = text.find(mark);
        REQUIRE(at != std::string::npos);
        const std::size_t end = text.find('\n', at);
        const auto anchor = chain_head_from(std::string_view(text).substr(at + mark.size(), end - at - mark.size()));
        REQUIRE(anchor);
        const auto store = try_open_sqlite(path).value();
        CHECK(store->file_layout_major() == layout_major);
        const verify_report report = store->verify({.anchor = anchor});
        for (const diagnostic& finding : report.findings) INFO(finding.what.to_string());
        CHECK(report.sound());
        CHECK(report.checkpoints > 0);

        const auto events = store->load(id_of(1));
        REQUIRE(events.size() == 3);
        CHECK(events[0].type == "opened");
        CHECK(events[0].actor == "worker:7");
        CHECK(events[2].parts.at(0).bytes == "{\"teksti\":\"Hyvää päivää\"}");
        CHECK(events[0].pack_hash == blake2b("{\"pack\":1}"));
        CHECK(store->try_get_blob(events[0].pack_hash).value() == "{\"pack\":1}");
        CHECK(store->try_find_streams({.municipality = "698"}).value().size() == 1);
        CHECK(store->try_find_due({.by = *time::date::from_parts(2026, 6, 1)}).value().size() == 1);
        CHECK(store->try_count_cases().value().size() == 1);
        CHECK(store->try_get_snapshot(id_of(1), "employment").value()->bytes == "{\"stage\":\"referral\"}");
        store->append(make_request("a new command", id_of(1), 3, {make_event("noted")}));
        CHECK(store->verify({.anchor = anchor}).sound());
    }
    CHECK(stores >= 1);
}
