// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/workspace.hpp>

#include <polku/json/text.hpp>
#include <polku/storage/sealing.hpp>

#include "unit/storage/raw_database.hpp"
#include "unit/storage/raw_scan.hpp"

#include <doctest/doctest.h>

using namespace polku;
using storage_test::found_piece;
using storage_test::raw_bytes;
using storage_test::raw_database;
using storage_test::temporary_folder;

namespace {

const std::string old_code = "010190-999W";
const std::string new_code = "010190-900P";
const std::string client_a = "000000000000000000000000000c11a0";
const std::string client_b = "000000000000000000000000000c11b0";

storage::key_options test_keys() { return storage::master_key_of("2026", storage::key_bytes{1, 2, 3}); }

std::unique_ptr<workspace> open_at(const std::string& path, bool sealed) {
    workspace_options options;
    if (sealed) options.keys = test_keys();
    auto opened = workspace::try_open(path, std::move(options)).value();
    opened->try_use(try_shipped_path("toimi").value()).value();
    return opened;
}

int commands = 0;

void tell(workspace& in, const std::string& number, const std::string& command, const std::string& data,
          const std::string& day) {
    const auto done = in.try_execute(
        json::try_parse(R"({"command":")" + command + R"(","case":"0000000000000000000000000000ca)" + number +
                        R"(","command_id":"find-)" + std::to_string(++commands) + R"(","now":")" + day +
                        R"(T10:00:00Z","actor":"worker-1","purpose":"service need","data":)" + data + "}")
            .value());
    REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
}

void open_for(workspace& in, const std::string& number, const std::string& client) {
    tell(in, number, "open_case",
         R"({"path":"toimi","municipality":"167","entry":"employment services","reason":"Pitkittynyt työttömyys.",)"
         R"("sender":{"person":"worker-1","role":"responsible_worker","organisation":"employment_area"},"client":")" +
             client + R"("})",
         "2026-02-02");
}

void give_code(workspace& in, const std::string& number, const std::string& code, const std::string& day) {
    tell(in, number, "update_client", R"({"details":{"identity_code":")" + code + R"("}})", day);
}

std::string find(workspace& in, const std::string& code) {
    const auto found = in.try_find_client("identity_code", code);
    REQUIRE_MESSAGE(found.has_value(), (found ? std::string() : found.error().to_string()));
    return json::write(*found);
}

/// Client A had the old code and has the new one since March; client B has the old code by a mistake.
void fill(workspace& in) {
    open_for(in, "01", client_a);
    open_for(in, "02", client_b);
    give_code(in, "01", old_code, "2026-02-03");
    give_code(in, "01", old_code, "2026-02-10");
    give_code(in, "02", old_code, "2026-02-20");
    give_code(in, "01", new_code, "2026-03-02");
}

}  // namespace

TEST_CASE("workspace/clients: found by identity code, also an earlier one, with the days on which it was theirs") {
    const temporary_folder folder;
    for (const std::string& where : {std::string(":memory:"), folder.file("plain.db"), folder.file("sealed.db")}) {
        CAPTURE(where);
        const auto in = open_at(where, where == folder.file("sealed.db"));
        fill(*in);
        const std::string both = R"([{"client":")" + client_a +
                                 R"(","from":"2026-02-03","until":"2026-03-01"},{"client":")" + client_b +
                                 R"(","from":"2026-02-20"}])";
        CHECK(find(*in, old_code) == both);
        CHECK(find(*in, "010190-999w ") == both);
        CHECK(find(*in, new_code) == R"([{"client":")" + client_a + R"(","from":"2026-03-02"}])");
        CHECK(find(*in, "010190-901R") == "[]");
        // What comes later is found without more ado.
        give_code(*in, "02", "010190-901R", "2026-03-03");
        CHECK(find(*in, "010190-901R") == R"([{"client":")" + client_b + R"(","from":"2026-03-03"}])");
        const auto bad = in->try_find_client("identity_code", "010190-999X");
        REQUIRE_FALSE(bad);
        CHECK(bad.error().code() == error_code::invalid_identity_code);
        CHECK(bad.error().to_string().find("010190-999X") == std::string::npos);
        CHECK(in->try_find_client("shoe_size", "43").error().code() == error_code::invalid_argument);
    }
}

TEST_CASE("workspace/clients: the index has no identity code in clear, and hashes that differ from store to store") {
    const temporary_folder folder;
    std::vector<std::string> tags;
    for (const char* name : {"one.db", "two.db"}) {
        const auto in = open_at(folder.file(name), true);
        fill(*in);
        find(*in, old_code);
        const std::string all = raw_bytes(folder.file(name));
        for (const std::string& code : {old_code, new_code}) CHECK(found_piece(all, code, code.size()) == "");
        raw_database raw(folder.file(name));
        const auto stored = raw.column("SELECT hex(tag) FROM identifiers ORDER BY position");
        REQUIRE(stored.size() == 4);
        CHECK(stored[0] == stored[1]);
        CHECK(stored[0] == stored[2]);
        CHECK(stored[0] != stored[3]);
        CHECK(raw.column("SELECT tag_key IS NULL FROM identifier_index").at(0) == "1");
        tags.push_back(stored[0]);
    }
    CHECK(tags[0] != tags[1]);
}

TEST_CASE("workspace/clients: erasing a client erases how they are found, and it is not indexed anew") {
    const temporary_folder folder;
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const std::string path = folder.file(sealed ? "sealed.db" : "plain.db");
        const auto in = open_at(path, sealed);
        fill(*in);
        find(*in, old_code);
        const std::string tag =
            raw_database(path).column("SELECT hex(tag) FROM identifiers ORDER BY position DESC").at(0);
        const auto erased = in->try_erase({client_a, "*", "request", *time::date::from_parts(2026, 4, 1)});
        REQUIRE(erased);
        CHECK(find(*in, new_code) == "[]");
        CHECK(find(*in, old_code) == R"([{"client":")" + client_b + R"(","from":"2026-02-20"}])");
        raw_database raw(path);
        CHECK(raw.column("SELECT count(*) FROM identifiers").at(0) == "1");
        std::string bytes;
        for (std::size_t i = 0; i < tag.size(); i += 2)
            bytes += static_cast<char>(std::stoi(tag.substr(i, 2), nullptr, 16));
        CHECK(raw_bytes(path).find(bytes) == std::string::npos);
        // Even where all events are looked through again.
        REQUIRE(raw.run("UPDATE identifier_index SET indexed_to = 0") == SQLITE_OK);
        CHECK(find(*in, new_code) == "[]");
        CHECK(raw.column("SELECT count(*) FROM identifiers").at(0) == "1");
        CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
    }
}

TEST_CASE(
    "workspace/clients: sealing and rotating leave clients to be found, and the hashes' key is nowhere in clear") {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    std::string before;
    {
        const auto in = open_at(path, false);
        fill(*in);
        before = find(*in, old_code);
    }
    const std::string key = raw_database(path).column("SELECT hex(tag_key) FROM identifier_index").at(0);
    REQUIRE(key.size() == 64);
    storage::sqlite_options options;
    options.keys = test_keys();
    CHECK(storage::try_seal_sqlite(path, options).value().finished);
    std::string bytes;
    for (std::size_t i = 0; i < key.size(); i += 2)
        bytes += static_cast<char>(std::stoi(key.substr(i, 2), nullptr, 16));
    const std::string all = raw_bytes(path);
    CHECK(all.find(bytes) == std::string::npos);
    for (const std::string& code : {old_code, new_code}) CHECK(found_piece(all, code, code.size()) == "");
    storage::key_options both = test_keys();
    both.find = [](std::string_view id) -> result<storage::key_bytes> {
        if (id == "2026") return storage::key_bytes{1, 2, 3};
        return storage::key_bytes{4, 5, 6};
    };
    workspace_options with;
    with.keys = both;
    const auto in = workspace::try_open(path, with).value();
    CHECK(find(*in, old_code) == before);
    in->try_rotate_master("2027").value();
    CHECK(find(*in, old_code) == before);
    workspace_options aside;
    aside.leave_sealed = true;
    const auto keyless = workspace::try_open(path, aside).value();
    CHECK(keyless->try_find_client("identity_code", old_code).error().code() == error_code::store_key_missing);
}

TEST_CASE("workspace/clients: looking for a client is a read that the use log has") {
    const temporary_folder folder;
    workspace_options options;
    options.log = folder.file("use.log");
    const auto in = workspace::try_open(folder.file("store.db"), options).value();
    in->try_use(try_shipped_path("toimi").value()).value();
    fill(*in);
    CHECK(in->try_find_client("identity_code", old_code).error().code() == error_code::reader_missing);
    in->set_reader(
        logged_reader{.actor = "worker-1", .organisation = "town", .role = "", .purpose = "service", .ground = "law"});
    find(*in, old_code);
    const feel::value entries = in->try_log_entries(0, 10).value();
    REQUIRE(entries.as_list().size() == 2);
    CHECK(json::write(entries).find("identifiers") != std::string::npos);
}
