// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/erasure.hpp>
#include <polku/storage/keys.hpp>
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "raw_scan.hpp"

#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <filesystem>

using namespace storage_test;

namespace {

const std::string canary = "Kuvitteellinen-Kanarialintu-Salainen-Diagnoosi";
const std::string worker = "tyontekija-Kanarialintu-Esimerkki";

std::string client_of(unsigned number) { return to_hex(id_of(1000 + number).bytes); }

key_options test_keys() { return master_key_of("2026", key_bytes{1, 2, 3}); }

std::unique_ptr<sqlite_store> open_at(const std::string& path, bool sealed,
                                      std::optional<erasure_ledger> ledger = std::nullopt) {
    sqlite_options options;
    options.durability = durability::normal;
    options.store.checkpoint_every = 7;
    options.busy_timeout_ms = 50;
    options.ledger = std::move(ledger);
    if (sealed) options.keys = test_keys();
    return try_open_sqlite(path, std::move(options)).value();
}

/// An event with content about a client in two classes.
path::event_envelope personal_event(unsigned client, const std::string& more = "") {
    auto event = make_event("noted");
    event.actor = worker;
    event.parts.clear();
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "{\"stage\":\"start\"}"});
    const std::string mark = std::to_string(client) + "-" + canary + more;
    event.parts.push_back({.subject = client_of(client), .retention_class = "employment", .bytes = "työ " + mark});
    event.parts.push_back({.subject = client_of(client), .retention_class = "social", .bytes = "sosiaali " + mark});
    return event;
}

/// Case `n` and the client's own stream get an event each, for `clients` clients, `rounds` times. Lengths differ, so
/// that pages are split and cells move.
void fill(sqlite_store& store, unsigned clients, unsigned rounds) {
    for (unsigned round = 0; round < rounds; ++round) {
        for (unsigned n = 0; n < clients; ++n) {
            const std::string more((n * 37 + round * 101) % 700, 'x');
            append_request request = make_request("c" + std::to_string(round) + "/" + std::to_string(n), id_of(n),
                                                  round, {personal_event(n, more)});
            request.streams.front().projection = make_row("start", "698");
            request.streams.push_back({.stream = id_of(1000 + n),
                                       .kind = path::stream_kind::client,
                                       .expected_version = round,
                                       .events = {personal_event(n, more)},
                                       .projection = std::nullopt});
            store.append(request);
        }
    }
    for (unsigned n = 0; n < clients; ++n) {
        store.try_put_snapshot(id_of(n), "social", {.version = 1, .bytes = "kuva " + canary}).value();
    }
}

erase_request request_for(unsigned client, std::string retention_class = "*") {
    return {.subject = client_of(client),
            .retention_class = std::move(retention_class),
            .reason = "request",
            .on = *time::date::from_parts(2026, 11, 22)};
}

std::vector<std::string> wrapped_keys(const std::string& path, unsigned client) {
    std::vector<std::string> keys;
    for (const std::string& hex : raw_database(path).column(
             "SELECT hex(wrapped_key) FROM part_keys WHERE wrapped_key IS NOT NULL AND subject = '" +
             client_of(client) + "'")) {
        std::string bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        }
        keys.push_back(bytes);
    }
    return keys;
}

int run_script(const std::string& file) {
    const std::string command = "python3 '" POLKU_SOURCE_DIR "/scripts/verify_store.py' '" + file + "' 2>&1 >/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    return pclose(pipe) >> 8;
}

/// Whether all content of a stream about its client is erased, or none of it.
void check_content(sqlite_store& store, unsigned stream, bool erased) {
    const auto events = store.load(id_of(stream));
    REQUIRE_FALSE(events.empty());
    for (const path::event_envelope& event : events) {
        REQUIRE(event.parts.size() == 3);
        CHECK(event.parts[0].bytes == "{\"stage\":\"start\"}");
        for (std::size_t part = 1; part < 3; ++part) {
            CHECK(event.parts[part].erased == erased);
            CHECK(event.parts[part].bytes.empty() == erased);
        }
    }
}

}  // namespace

TEST_CASE("storage/erasing: nothing of the erased client is left in any of the files, sealed or not") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        const auto store = open_at(path, sealed);
        fill(*store, 20, 12);
        const chain_head head = store->head();
        std::vector<std::string> keys = wrapped_keys(path, 7);
        CHECK(keys.size() == (sealed ? 3 : 0));  // its two classes, and the attributions of its own stream

        const erase_answer answer = store->try_erase(request_for(7)).value();
        CHECK_FALSE(answer.pending);
        CHECK(answer.parts == 2 * 12 * 2 + 12);
        CHECK(answer.keys == keys.size());
        CHECK(answer.snapshots == 1);
        CHECK(answer.entry.number == 1);

        const std::string all = raw_bytes(path);
        for (const std::string& key : keys) CHECK(all.find(key) == std::string::npos);
        CHECK(all.find("7-" + canary) == (sealed ? std::string::npos : all.find("17-" + canary) + 1));
        CHECK(all.find("\xB6 7-" + canary) == std::string::npos);  // the end of "työ"
        CHECK(all.find("li 7-" + canary) == std::string::npos);
        CHECK((all.find("li 8-" + canary) != std::string::npos) == !sealed);

        check_content(*store, 7, true);
        check_content(*store, 1007, true);
        check_content(*store, 8, false);
        CHECK(store->load(id_of(1007)).at(0).actor == "");
        CHECK(store->load(id_of(7)).at(0).actor == worker);  // the log of the case is erased by the case's own id
        CHECK_FALSE(store->try_get_snapshot(id_of(7), "social").value());
        CHECK(store->try_get_snapshot(id_of(8), "social").value());
        CHECK(store->head() == head);
        CHECK(store->verify({.anchor = head}).sound());
        CHECK(run_script(path) == 0);
        CHECK(store->try_erase(request_for(7)).error().code() == error_code::not_found);
        CHECK(store->try_ledger().value().entries.size() == 1);
    }
}

TEST_CASE("storage/erasing: one class at a time, and a client who comes back begins anew") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const temporary_folder folder;
        const auto store = open_at(folder.file("store.db"), sealed);
        fill(*store, 3, 2);
        CHECK(store->try_erase(request_for(1, "employment")).value().parts == 4);
        const auto events = store->load(id_of(1));
        CHECK(events[0].parts[1].erased);
        CHECK(events[0].parts[2].bytes.starts_with("sosiaali"));
        CHECK(store->try_erase(request_for(1, "employment")).error().code() == error_code::not_found);
        store->append(make_request("back", id_of(1), 2, {personal_event(1)}));
        CHECK(store->load(id_of(1)).at(2).parts[1].bytes.starts_with("työ"));
        CHECK(store->load(id_of(1)).at(0).parts[1].erased);
        CHECK(store->try_erase(request_for(1, "employment")).value().parts == 1);
        // A stream's own id stands for what it holds about nobody: the attributions of a case.
        erase_request log = request_for(0, "attribution");
        log.subject = to_hex(id_of(1).bytes);
        CHECK(store->try_erase(log).value().parts == 3);
        CHECK(store->load(id_of(1)).at(2).actor == "");
        CHECK(store->verify().sound());
    }
}

TEST_CASE("storage/erasing: while somebody reads, the log keeps the bytes, and the erasure waits for them to leave") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        const auto store = open_at(path, sealed);
        fill(*store, 3, 2);
        const std::vector<std::string> keys = wrapped_keys(path, 1);
        const std::string mark = sealed ? keys.front() : "li 1-" + canary;
        sqlite3* reader = nullptr;
        REQUIRE(sqlite3_open(path.c_str(), &reader) == SQLITE_OK);
        REQUIRE(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM events", nullptr, nullptr, nullptr) == SQLITE_OK);

        CHECK(store->try_erase(request_for(1)).value().pending);
        CHECK(raw_bytes(path).find(mark) != std::string::npos);
        check_content(*store, 1, true);  // but nobody is shown them any more
        CHECK(store->try_finish_erasures().value() == 1);
        REQUIRE(sqlite3_exec(reader, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(reader);
        const auto later = open_at(path, sealed);  // also after the program was started again
        CHECK(later->try_finish_erasures().value() == 0);
        CHECK(raw_bytes(path).find(mark) == std::string::npos);
        CHECK(later->try_finish_erasures().value() == 0);
    }
}

TEST_CASE("storage/erasing: a restored copy is erased again by the ledger before it is read") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const temporary_folder folder;
        const std::string path = folder.file("store.db");
        std::string copy;
        erasure_ledger ledger;
        {
            const auto store = open_at(path, sealed);
            fill(*store, 4, 3);
            store->try_truncate_log().value();
            copy = text_of(path);
            store->try_erase(request_for(1)).value();
            store->append(make_request("later", id_of(50), 0, {personal_event(2)}));
            store->try_erase(request_for(2, "social")).value();
            ledger = try_read_ledger(write_ledger(store->try_ledger().value())).value();
            CHECK(ledger == store->try_ledger().value());
        }
        const std::string restored = folder.file("restored.db");
        write_file(restored, copy);
        const std::vector<std::string> keys = wrapped_keys(restored, 1);
        const auto store = open_at(restored, sealed, ledger);
        check_content(*store, 1, true);
        CHECK(store->load(id_of(2)).at(0).parts[1].bytes.starts_with("työ"));
        CHECK(store->load(id_of(2)).at(0).parts[2].erased);
        check_content(*store, 3, false);
        CHECK(store->verify().sound());
        const std::string all = raw_bytes(restored);
        CHECK(all.find("li 1-" + canary) == std::string::npos);
        for (const std::string& key : keys) CHECK(all.find(key) == std::string::npos);
        CHECK(store->try_ledger().value().entries.size() == 2);
        // Opened with it once more, nothing happens again; and what came after an erasure is not meant by it.
        store->append(make_request("back", id_of(1), 3, {personal_event(1)}));
        const auto again = open_at(restored, sealed, ledger);
        CHECK(again->try_ledger().value().entries.size() == 2);
        CHECK_FALSE(again->load(id_of(1)).at(3).parts[1].erased);
    }
}

TEST_CASE("storage/erasing: a ledger of another store, or one that cannot be read, is refused") {
    const temporary_folder folder;
    erasure_ledger other;
    {
        const auto store = open_at(folder.file("other.db"), false);
        fill(*store, 2, 1);
        store->try_erase(request_for(1)).value();
        other = store->try_ledger().value();
    }
    open_at(folder.file("store.db"), false);
    sqlite_options options;
    options.ledger = other;
    const auto refused = try_open_sqlite(folder.file("store.db"), options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::store_ledger_foreign);

    const std::string whole = write_ledger(other);
    const auto broken = [&](const std::string& from, const std::string& to) {
        std::string text = whole;
        text.replace(text.find(from), from.size(), to);
        const auto read = try_read_ledger(text, "ledger.json");
        REQUIRE_FALSE(read);
        CHECK(is_json(read.error().code()));
        return read.error().to_string();
    };
    CHECK(broken("\"store\":\"", "\"store\":\"x").find("/store") != std::string::npos);
    CHECK(broken("\"subject\":\"", "\"subject\":\"x").find("/entries/0/subject") != std::string::npos);
    CHECK(broken("\"number\":1", "\"number\":0").find("/entries/0/number") != std::string::npos);
    broken("\"upto\"", "\"up\"");
    broken("{", "");
}

TEST_CASE("storage/erasing: requests that make no sense are refused with what would be right") {
    const temporary_folder folder;
    const auto store = open_at(folder.file("store.db"), false);
    fill(*store, 1, 1);
    const auto code = [&](auto change) {
        erase_request request = request_for(0);
        change(request);
        return store->try_erase(request).error().code();
    };
    CHECK(code([](erase_request& r) { r.subject = "010190-900A"; }) == error_code::invalid_argument);
    CHECK(code([](erase_request& r) { r.retention_class = ""; }) == error_code::invalid_argument);
    CHECK(code([](erase_request& r) { r.reason = "Matti Esimerkki asked"; }) == error_code::invalid_argument);
    CHECK(code([](erase_request& r) { r.subject = client_of(99); }) == error_code::not_found);
    CHECK(store->try_ledger().value().entries.empty());
    sqlite_options options;
    options.read_only = true;
    CHECK(try_open_sqlite(folder.file("store.db"), options).value()->try_erase(request_for(0)).error().code() ==
          error_code::store_read_only);
}

TEST_CASE("storage/erasing: another process's keys in memory do not outlive an erasure") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto one = open_at(path, true);
    const auto two = open_at(path, true);
    fill(*one, 2, 2);
    check_content(*two, 1, false);
    one->try_erase(request_for(1)).value();
    check_content(*two, 1, true);
    two->append(make_request("back", id_of(1), 2, {personal_event(1)}));
    CHECK(one->load(id_of(1)).at(2).parts[1].bytes.starts_with("työ"));
    CHECK(open_at(path, true)->verify().sound());
}

TEST_CASE("storage/erasing: clients whose cases have all ended, with what is kept of them") {
    const temporary_folder folder;
    const auto store = open_at(folder.file("store.db"), true);
    fill(*store, 3, 1);
    const auto end_case = [&](unsigned number, std::optional<time::date> on) {
        append_request request = make_request("end " + std::to_string(number), id_of(number), 1, {make_event("ended")});
        request.streams.front().projection = make_row("start", "698");
        request.streams.front().projection->closed_on = on;
        store->append(request);
    };
    const time::date ended = *time::date::from_parts(2026, 6, 1);
    CHECK(store->try_find_ended(ended).value().empty());
    end_case(1, ended);
    end_case(2, time::date::from_parts(2026, 6, 2));
    auto found = store->try_find_ended(ended).value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].subject == client_of(1));
    CHECK(found[0].ended == ended);
    CHECK(found[0].classes == std::vector<std::string>{"employment", "social"});
    CHECK(found[0].streams == std::vector<std::string>{to_hex(id_of(1).bytes), to_hex(id_of(1001).bytes)});
    store->try_erase(request_for(1, "employment")).value();
    erase_request log = request_for(0, "attribution");
    log.subject = to_hex(id_of(1).bytes);
    store->try_erase(log).value();
    found = store->try_find_ended(ended).value();
    CHECK(found[0].classes == std::vector<std::string>{"social"});
    CHECK(found[0].streams == std::vector<std::string>{to_hex(id_of(1001).bytes)});
}
