// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/keys.hpp>
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "raw_database.hpp"
#include "raw_scan.hpp"

#include <filesystem>

using namespace storage_test;

namespace {

key_bytes key_of(unsigned number) {
    key_bytes key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(number * 7 + i);
    return key;
}

key_options test_keys(const std::string& id = "2026", unsigned number = 1) { return master_key_of(id, key_of(number)); }

/// Two master keys, of which `first` wraps what is new.
key_options both_keys(const std::string& first, const std::string& other) {
    key_options keys;
    keys.master = first;
    keys.find = [first, other](std::string_view id) -> result<key_bytes> {
        if (id == first) return key_of(1);
        if (id == other) return key_of(2);
        return error(error_code::store_key_missing, "no key of that id in this test");
    };
    return keys;
}

sqlite_options sealed_options(std::optional<key_options> keys = test_keys()) {
    sqlite_options options;
    options.durability = durability::normal;
    options.store.checkpoint_every = 5;
    options.keys = std::move(keys);
    return options;
}

std::unique_ptr<sqlite_store> open_sealed(const std::string& path, std::optional<key_options> keys = test_keys()) {
    return try_open_sqlite(path, sealed_options(std::move(keys))).value();
}

const std::string canary = "Kuvitteellinen-Kanarialintu-Salainen-Diagnoosi";
const std::string worker = "tyontekija-Kanarialintu-Esimerkki";
const std::string client_a = std::string(31, '0') + "a";
const std::string client_b = std::string(31, '0') + "b";

path::event_envelope personal_event(const std::string& subject, const std::string& content,
                                    const std::string& retention = "social") {
    auto event = make_event("noted");
    event.actor = worker;
    event.parts.clear();
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "{\"stage\":\"start\"}"});
    event.parts.push_back({.subject = subject, .retention_class = retention, .bytes = content});
    return event;
}

void fill(sqlite_store& store, unsigned events = 12) {
    for (unsigned i = 0; i < events; ++i) {
        const std::string& client = i % 2 == 0 ? client_a : client_b;
        store.append(make_request("c" + std::to_string(i), id_of(i % 4), i / 4,
                                  {personal_event(client, "{\"n\":\"" + canary + std::to_string(i) + "\"}")}));
    }
    store.try_put_snapshot(id_of(1), "social", {.version = 1, .bytes = canary + " snapshot"}).value();
}

error_code open_error(const std::string& path, sqlite_options options) {
    const auto opened = try_open_sqlite(path, std::move(options));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message().size() > 20);
    return opened.error().code();
}

bool found(const verify_report& report, error_code code) {
    for (const diagnostic& finding : report.findings) {
        if (finding.what.code() == code && finding.severity == severity::error) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("storage/sealing: a sealed store does what every store must") {
    const temporary_folder folder;
    conform([&]() -> store_factory {
        return [&](store_options options) {
            return try_open_sqlite(folder.file("store.db"),
                                   {.store = std::move(options), .durability = durability::normal, .keys = test_keys()})
                .value();
        };
    });
}

TEST_CASE("storage/sealing: content about people never reaches the files, and is read back whole") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    {
        const auto store = open_sealed(path);
        CHECK(store->is_sealed());
        fill(*store);
        CHECK(found_piece(raw_bytes(path), canary) == "");
        CHECK(found_piece(raw_bytes(path), worker) == "");
        CHECK(found_piece(raw_bytes(path), "{\"stage\":\"start\"}") != "");  // the scan does find what is in clear
        const verify_report report = store->verify();
        CHECK(report.sound());
        CHECK(report.sealed);
        CHECK(report.parts_sealed == 0);
        store->try_truncate_log().value();
    }
    CHECK(found_piece(raw_bytes(path), canary) == "");
    const auto store = open_sealed(path);
    const auto events = store->load(id_of(1));
    REQUIRE(events.size() == 3);
    CHECK(events[1].parts.at(1).bytes == "{\"n\":\"" + canary + "5\"}");
    CHECK(events[1].actor == worker);
    CHECK(store->try_get_snapshot(id_of(1), "social").value()->bytes == canary + " snapshot");
    CHECK(store->try_events_since(0, 100).value().events.size() == 14);
}

TEST_CASE("storage/sealing: neither the master key nor a client's key is in the files") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    // The entropy that the store draws from is watched: every 32 bytes of it are a key or a salt.
    class watched final : public entropy_source {
    public:
        void fill(std::span<std::uint8_t> bytes) noexcept override {
            system_entropy()->fill(bytes);
            if (bytes.size() == 32) drawn.emplace_back(bytes.begin(), bytes.end());
        }
        std::vector<std::string> drawn;
    };
    const auto entropy = std::make_shared<watched>();
    sqlite_options options = sealed_options();
    options.store.entropy = entropy;
    const auto store = try_open_sqlite(path, std::move(options)).value();
    for (unsigned i = 0; i < 8; ++i) {
        store->append(make_request("c" + std::to_string(i), id_of(i), 0, {personal_event(client_a, canary)}));
    }
    const std::string all = raw_bytes(path);
    REQUIRE(entropy->drawn.size() > 20);
    std::size_t in_clear = 0;
    for (const std::string& secret : entropy->drawn) in_clear += all.find(secret) != std::string::npos;
    // The salts of content about nobody: one part of each event, and one of the checkpoint.
    CHECK(in_clear == 9);
    const key_bytes master = key_of(1);
    CHECK(all.find(std::string(master.begin(), master.end())) == std::string::npos);
}

TEST_CASE("storage/sealing: a store and its keys must fit together") {
    const temporary_folder folder;
    const std::string sealed = folder.file("sealed.db");
    const std::string plain = folder.file("plain.db");
    fill(*open_sealed(sealed));
    fill(*open_sealed(plain, std::nullopt));

    CHECK(open_error(sealed, sealed_options(std::nullopt)) == error_code::store_key_missing);
    CHECK(open_error(sealed, sealed_options(test_keys("2026", 2))) == error_code::store_key_wrong);
    CHECK(open_error(sealed, sealed_options(test_keys("2027"))) == error_code::store_key_missing);
    CHECK(open_error(sealed, sealed_options(key_options{})) == error_code::store_key_unusable);
    CHECK(open_error(plain, sealed_options()) == error_code::store_not_sealed);
    CHECK_FALSE(open_sealed(plain, std::nullopt)->is_sealed());
    CHECK_FALSE(open_sealed(plain, std::nullopt)->verify().sealed);

    sqlite_options aside = sealed_options(std::nullopt);
    aside.leave_sealed = true;
    const auto store = try_open_sqlite(sealed, aside).value();
    const verify_report report = store->verify();
    CHECK(report.sound());
    CHECK(report.sealed);
    CHECK(report.parts_sealed > 0);
    CHECK(report.head == open_sealed(sealed)->head());
    CHECK(store->try_load(id_of(1)).error().code() == error_code::store_key_missing);
    CHECK(store->try_get_snapshot(id_of(1), "social").error().code() == error_code::store_key_missing);
    CHECK(store->try_append(make_request("new", id_of(50), 0, {make_event("noted")})).error().code() ==
          error_code::store_key_missing);
    // An empty store takes keys: a host that first made the file and then its keys loses nothing.
    const std::string empty = folder.file("empty.db");
    open_sealed(empty, std::nullopt);
    CHECK(open_sealed(empty)->is_sealed());
}

TEST_CASE("storage/sealing: the file itself refuses content in clear once it is sealed") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    fill(*open_sealed(path));
    raw_database raw(path);
    const std::string row =
        "INSERT INTO parts (position, part_no, subject, retention_class, commitment, salt, bytes) "
        "VALUES (1, 7, ";
    CHECK(raw.run(row + "'-', 'none', zeroblob(32), zeroblob(32), X'78')") == SQLITE_OK);
    CHECK(raw.run(row + "'" + client_a + "', 'none', zeroblob(32), zeroblob(32), X'78')") == SQLITE_CONSTRAINT);
    CHECK(raw.run(row + "'-', 'attribution', zeroblob(32), zeroblob(32), X'78')") == SQLITE_CONSTRAINT);
}

TEST_CASE("storage/sealing: changed ciphertexts, nonces, keys and swapped parts are told, never read as content") {
    // What is done to the file of `fill`, where event 2 (client b) and event 4 (client b) have a sealed part 2.
    const char* tamperings[] = {
        "UPDATE parts SET bytes = CAST(X'00' || substr(bytes, 2) AS BLOB) WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET bytes = substr(bytes, 1, 20) WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET nonce = zeroblob(24) WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET nonce = zeroblob(3) WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET (nonce, bytes) = (SELECT nonce, bytes FROM parts WHERE position = 4 AND part_no = 2) "
        "WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET (key_no, nonce, bytes) = (SELECT key_no, nonce, bytes FROM parts WHERE position = 2 AND "
        "part_no = 0) WHERE position = 2 AND part_no = 2",
        "UPDATE parts SET key_no = 1 WHERE position = 2 AND part_no = 2",
        "UPDATE part_keys SET wrapped_key = zeroblob(48) WHERE subject LIKE '%b'",
        "UPDATE part_keys SET wrapped_key = zeroblob(3) WHERE subject LIKE '%b'",
        "UPDATE part_keys SET nonce = zeroblob(24) WHERE subject LIKE '%b'",
        "UPDATE part_keys AS k SET (nonce, wrapped_key) = (SELECT nonce, wrapped_key FROM part_keys WHERE subject "
        "LIKE '%a' LIMIT 1) WHERE subject LIKE '%b'",
    };
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    {
        const auto store = open_sealed(path);
        fill(*store);
        store->try_truncate_log().value();
    }
    const std::string whole = text_of(path);
    for (const char* sql : tamperings) {
        CAPTURE(sql);
        const std::string copy = folder.file("copy.db");
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(copy + end);
        write_file(copy, whole);
        {
            raw_database raw(copy);
            REQUIRE(raw.run(sql) == SQLITE_OK);
            REQUIRE(raw.column("SELECT changes()").at(0) != "0");
        }
        const auto store = open_sealed(copy);
        const auto read = store->try_load(id_of(1));
        REQUIRE_FALSE(read);
        CHECK(name_of(read.error().code()) == name_of(error_code::store_seal_broken));
        CHECK(found(store->verify(), error_code::store_seal_broken));
        CHECK(store->try_load(id_of(0)).has_value());  // the other client's content is as it was
    }
}

TEST_CASE("storage/sealing: rotating wraps keys anew, and the old master key opens nothing") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    chain_head head;
    std::vector<std::string> old_keys;
    {
        const auto store = open_sealed(path, both_keys("old", "new"));
        fill(*store);
        head = store->head();
        old_keys = raw_database(path).column("SELECT hex(wrapped_key) FROM part_keys");
        CHECK(store->try_rotate_master("newest").error().code() == error_code::store_key_missing);
        CHECK(store->try_rotate_master("new").value() == old_keys.size());
        CHECK(store->head() == head);
        CHECK(store->load(id_of(1)).size() == 3);
        store->append(make_request("later", id_of(77), 0, {personal_event(client_a, canary, "employment")}));
    }
    const std::string all = raw_bytes(path);
    for (const std::string& wrapped : old_keys) {
        std::string bytes;
        for (std::size_t i = 0; i < wrapped.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(wrapped.substr(i, 2), nullptr, 16));
        }
        CHECK(all.find(bytes) == std::string::npos);
    }
    CHECK(open_error(path, sealed_options(master_key_of("old", key_of(1)))) == error_code::store_key_missing);
    CHECK(open_error(path, sealed_options(master_key_of("new", key_of(1)))) == error_code::store_key_wrong);
    const auto store = open_sealed(path, master_key_of("new", key_of(2)));
    CHECK(store->load(id_of(77)).at(0).parts.at(1).bytes == canary);
    CHECK(store->verify({.anchor = head}).sound());
    CHECK(open_sealed(folder.file("plain.db"), std::nullopt)->try_rotate_master("new").error().code() ==
          error_code::store_key_missing);
}

TEST_CASE("storage/sealing: a rotation that stops midway leaves every key under the old master key") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    fill(*open_sealed(path, both_keys("old", "new")));
    // The last key is no longer what was wrapped, so the rotation meets it after it has wrapped all others anew.
    raw_database raw(path);
    const auto kept = raw.column("SELECT hex(nonce) FROM part_keys ORDER BY key_no DESC LIMIT 1").at(0);
    REQUIRE(raw.run("UPDATE part_keys SET nonce = zeroblob(24) WHERE key_no = (SELECT max(key_no) FROM part_keys)") ==
            SQLITE_OK);
    CHECK(open_sealed(path, both_keys("old", "new"))->try_rotate_master("new").error().code() ==
          error_code::store_seal_broken);
    CHECK(raw.column("SELECT DISTINCT master FROM part_keys") == std::vector<std::string>{"old"});
    CHECK(raw.column("SELECT master FROM meta") == std::vector<std::string>{"old"});
    REQUIRE(raw.run("UPDATE part_keys SET nonce = X'" + kept +
                    "' WHERE key_no = (SELECT max(key_no) FROM part_keys)") == SQLITE_OK);
    CHECK(open_sealed(path, both_keys("old", "new"))->try_rotate_master("new").value() > 4);
    CHECK(open_sealed(path, master_key_of("new", key_of(2)))->verify().sound());
}

TEST_CASE("storage/sealing: two connections share keys, also over a rotation") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    const auto one = open_sealed(path, both_keys("old", "new"));
    const auto two = open_sealed(path, both_keys("old", "new"));
    fill(*one);
    CHECK(two->load(id_of(1)).size() == 3);
    one->try_rotate_master("new").value();
    two->append(make_request("two", id_of(60), 0, {personal_event(client_a, canary, "new class")}));
    CHECK(one->load(id_of(60)).at(0).parts.at(1).bytes == canary);
    CHECK(raw_database(path).column("SELECT DISTINCT master FROM part_keys") == std::vector<std::string>{"new"});
    // An append that is refused must not leave a key in memory that the file does not have.
    append_request refused = make_request("refused", id_of(61), 0, {personal_event(client_b, canary, "third class")});
    refused.streams.push_back({.stream = id_of(62), .expected_version = 9, .events = {make_event("noted")}});
    CHECK_FALSE(one->try_append(refused));
    two->append(make_request("takes the number", id_of(63), 0, {personal_event(client_a, canary, "fourth class")}));
    one->append(make_request("next", id_of(64), 0, {personal_event(client_b, canary, "third class")}));
    CHECK(two->load(id_of(64)).at(0).parts.at(1).bytes == canary);
    CHECK(open_sealed(path, both_keys("old", "new"))->verify().sound());
}

TEST_CASE("storage/sealing: key files are read line by line, and made once") {
    const temporary_folder folder;
    const std::string path = folder.file("keys.txt");
    try_write_key_file(path, "2026-11").value();
    CHECK(try_write_key_file(path, "2026-12").error().code() == error_code::store_key_unusable);
    CHECK(try_write_key_file(folder.file("other"), "no spaces").error().code() == error_code::store_key_unusable);
    const auto mode = std::filesystem::status(path).permissions() & std::filesystem::perms::all;
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    const key_options made = try_read_key_file(path).value();
    CHECK(made.master == "2026-11");
    CHECK(made.find("2026-11").has_value());
    CHECK(made.find("2025").error().code() == error_code::store_key_missing);
    CHECK(made.find("2026-11").value() != key_bytes{});

    const std::string hex(64, 'a');
    write_file(path, "# current first\nnew " + hex + "\r\n\nold " + std::string(64, 'b') + "\n");
    const key_options two = try_read_key_file(path).value();
    CHECK(two.master == "new");
    CHECK(two.find("old").value()[0] == 0xBB);
    for (const std::string& bad :
         {std::string(), std::string("# nothing\n"), std::string("one\n"), "one " + hex + "0\n",
          "one " + hex + " more\n", "a b " + hex + "\n", "x " + hex + "\nx " + hex + "\n"}) {
        write_file(path, bad);
        const auto read = try_read_key_file(path);
        REQUIRE_FALSE(read);
        CHECK(read.error().code() == error_code::store_key_unusable);
        CHECK(read.error().to_string().find(hex) == std::string::npos);
    }
    CHECK(try_read_key_file(folder.file("none")).error().code() == error_code::store_key_unusable);
}
