// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/hash.hpp>
#include <polku/storage/use_log.hpp>

#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace storage_test;
using namespace polku;
using namespace polku::storage;

namespace {

const std::string client_a = std::string(31, '0') + "a";
const std::string client_b = std::string(31, '0') + "b";

use_entry entry_for(const std::string& client, std::int64_t at_ms) {
    use_entry entry;
    entry.at_ms = at_ms;
    entry.actor = "tyontekija-7";
    entry.organisation = "municipality";
    entry.role = "responsible_worker";
    entry.purpose = "employment_service";
    entry.ground = "380/2023 115 §";
    entry.client = client;
    entry.categories = {"case", "employment"};
    return entry;
}

result<void> write_one(use_log& log, const use_entry& entry) { return log.try_write({&entry, 1}); }

std::unique_ptr<use_log> open_log(const std::string& path) {
    use_log_options options;
    options.busy_timeout_ms = 30;
    options.flush = read_log_flush::grouped;
    return try_open_use_log(path, options).value();
}

}  // namespace

TEST_CASE("storage/use_log: entries are kept as they were written, by number and by client") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db.log");
    use_entry told = entry_for(client_b, 2000);
    told.kind = use_kind::disclosure;
    told.disclosed_to = "hyvinvointialue";
    told.decided_by = "access rule 3";
    {
        const auto log = open_log(path);
        write_one(*log, entry_for(client_a, 1000)).value();
        const std::vector<use_entry> two{told, entry_for(client_a, 3000)};
        log->try_write(two).value();
        log->try_flush().value();
    }
    const auto log = open_log(path);
    const auto all = log->try_entries(0, 100).value();
    REQUIRE(all.size() == 3);
    told.number = 2;
    CHECK(all[1] == told);
    CHECK(log->try_entries(1, 1).value().size() == 1);
    const auto id = stream_id_from_hex(client_a);
    CHECK(log->try_entries_of(*id, 0).value().size() == 2);
    CHECK(log->try_entries_of(*id, 1001).value().size() == 1);
    const use_log_report report = log->try_verify().value();
    CHECK(report.entries == 3);
    CHECK(report.findings.empty());
    CHECK(report.head != path::hash{});
}

TEST_CASE("storage/use_log: an entry must say who, for whom, why and about whom; all are written or none") {
    const temporary_folder folder;
    const auto log = open_log(folder.file("log"));
    std::string use_entry::*const members[] = {&use_entry::actor, &use_entry::organisation, &use_entry::purpose,
                                               &use_entry::ground, &use_entry::client};
    for (const auto member : members) {
        std::vector<use_entry> two{entry_for(client_a, 1), entry_for(client_a, 2)};
        two[1].*member = "";
        CHECK(log->try_write(two).error().code() == error_code::invalid_argument);
    }
    use_entry told = entry_for(client_a, 1);
    told.kind = use_kind::disclosure;
    CHECK(write_one(*log, told).error().code() == error_code::invalid_argument);
    CHECK(log->try_entries(0, 10).value().empty());
}

TEST_CASE("storage/use_log: what a stranger with the file changes is found") {
    const char* tamperings[] = {
        "UPDATE uses SET actor = 'somebody' WHERE entry_no = 2",        "UPDATE uses SET at_ms = 7 WHERE entry_no = 2",
        "UPDATE uses SET categories = '[\"case\"]' WHERE entry_no = 2", "DELETE FROM uses WHERE entry_no = 2",
        "UPDATE uses SET hash = zeroblob(32) WHERE entry_no = 2",       "UPDATE log_meta SET log_id = zeroblob(16)",
    };
    for (const char* sql : tamperings) {
        CAPTURE(sql);
        const temporary_folder folder;
        const std::string path = folder.file("log");
        const auto log = open_log(path);
        for (std::int64_t i = 1; i < 5; ++i) write_one(*log, entry_for(client_a, i)).value();
        raw_database raw(path);
        if (std::string(sql).find("log_meta") == std::string::npos) CHECK(raw.run(sql) == SQLITE_CONSTRAINT);
        REQUIRE(raw.run("DROP TRIGGER uses_unchanged; DROP TRIGGER uses_stay") == SQLITE_OK);
        REQUIRE(raw.run(sql) == SQLITE_OK);
        const use_log_report report = log->try_verify().value();
        REQUIRE_FALSE(report.findings.empty());
        CHECK(report.findings[0].code() == error_code::use_log_broken);
    }
}

TEST_CASE("storage/use_log: old entries go from the beginning on, and the chain of the rest holds") {
    const temporary_folder folder;
    const auto log = open_log(folder.file("log"));
    for (const std::int64_t at : {100, 200, 900, 300, 1000}) write_one(*log, entry_for(client_a, at)).value();
    CHECK(log->try_purge(100).value() == 0);
    CHECK(log->try_purge(500).value() == 2);  // the fourth waits behind the third, which is younger
    CHECK(log->try_purge(500).value() == 0);
    CHECK(log->try_entries(0, 10).value().size() == 3);
    CHECK(log->try_verify().value().findings.empty());
    CHECK(log->try_purge(5000).value() == 3);
    write_one(*log, entry_for(client_a, 6000)).value();
    CHECK(log->try_entries(0, 10).value().at(0).number == 6);
    CHECK(log->try_verify().value().findings.empty());
}

TEST_CASE("storage/use_log: two writers share one chain, a locked log is busy, another file is refused") {
    const temporary_folder folder;
    const std::string path = folder.file("log");
    const auto one = open_log(path);
    const auto two = open_log(path);
    for (int i = 0; i < 5; ++i) {
        write_one(*one, entry_for(client_a, i)).value();
        write_one(*two, entry_for(client_b, i)).value();
    }
    CHECK(one->try_verify().value().entries == 10);
    CHECK(one->try_verify().value().findings.empty());
    raw_database other(path);
    REQUIRE(other.run("BEGIN IMMEDIATE") == SQLITE_OK);
    CHECK(write_one(*one, entry_for(client_a, 9)).error().code() == error_code::store_busy);
    REQUIRE(other.run("COMMIT") == SQLITE_OK);

    CHECK(raw_database(folder.file("foreign")).run("CREATE TABLE t (x)") == SQLITE_OK);
    CHECK(try_open_use_log(folder.file("foreign")).error().code() == error_code::store_not_a_store);
    CHECK(try_open_use_log(folder.file("none/log")).error().code() == error_code::store_cannot_open);
    CHECK(try_open_use_log("").error().code() == error_code::invalid_argument);
}
