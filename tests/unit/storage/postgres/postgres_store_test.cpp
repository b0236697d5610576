// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/postgres_store.hpp>

#include "conformance.hpp"
#include "postgres_server.hpp"

#include <polku/storage/memory_store.hpp>

using namespace storage_test;

namespace {

std::unique_ptr<postgres_store> open_in(const std::string& schema, postgres_options options = {}) {
    options.schema = schema;
    auto opened = try_open_postgres(postgres_server::only()->address(), std::move(options));
    if (!opened) FAIL(opened.error().to_string());
    return std::move(opened).value();
}

struct dice {
    std::uint32_t seed = 20261123;
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

const char* const tables_in_schema = "SELECT count(*) FROM pg_tables WHERE schemaname = ";

}  // namespace

TEST_CASE("storage/postgres_store: does what every store must") {
    if (postgres_server::only() == nullptr) return;
    conform([]() -> store_factory {
        return
            [schema = fresh_schema()](store_options options) { return open_in(schema, {.store = std::move(options)}); };
    });
}

TEST_CASE("storage/postgres_store: does what every store must under keys") {
    if (postgres_server::only() == nullptr) return;
    conform([]() -> store_factory {
        return [schema = fresh_schema()](store_options options) {
            return open_in(schema, {.store = std::move(options), .keys = master_key_of("m1", key_bytes{7})});
        };
    });
}

TEST_CASE("storage/postgres_store: answers as the store in memory does, whoever of two connections writes") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const std::unique_ptr<postgres_store> writers[] = {open_in(schema, {.store = {.checkpoint_every = 7}}),
                                                       open_in(schema, {.store = {.checkpoint_every = 7}})};
    const auto oracle = make_memory_store({.checkpoint_every = 7});
    dice draw;
    CAPTURE(draw.seed);
    std::size_t stored = 0;
    for (int round = 0; round < 300; ++round) {
        const append_request request = any_request(draw, *oracle);
        const auto expected = oracle->try_append(request);
        const auto found = writers[draw(3) == 0]->try_append(request);
        REQUIRE(expected.has_value() == found.has_value());
        if (!expected) {
            CHECK(expected.error().code() == found.error().code());
            CHECK(expected.error().message() == found.error().message());
            continue;
        }
        ++stored;
        CHECK(expected->streams == found->streams);
        CHECK(expected->first_position == found->first_position);
        CHECK(expected->last_position == found->last_position);
        CHECK(expected->repeated == found->repeated);
        if (draw(20) == 0) CHECK(oracle->try_checkpoint()->position == writers[draw(2)]->try_checkpoint()->position);
    }
    CHECK(stored > 100);
    CHECK(writers[0]->try_count_cases().value() == oracle->try_count_cases().value());
    const auto rows = writers[0]->try_find_streams({}).value();
    const auto expected_rows = oracle->try_find_streams({}).value();
    REQUIRE(rows.size() == expected_rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(i);
        CHECK(rows[i].number == expected_rows[i].number);
        CHECK(rows[i].kind == expected_rows[i].kind);
        if (rows[i].kind == path::stream_kind::system) continue;  // its id is random
        CHECK(rows[i].stream == expected_rows[i].stream);
        CHECK(rows[i].projection == expected_rows[i].projection);
    }
    const verify_report report = writers[0]->verify();
    CHECK(report.sound());
    CHECK(report.events == oracle->verify().events);
    CHECK(writers[0]->head() == writers[1]->head());
}

TEST_CASE("storage/postgres_store: hashes as the store in memory does from the same random bytes") {
    if (postgres_server::only() == nullptr) return;
    const auto oracle = make_memory_store({.checkpoint_every = 3, .entropy = fixed_entropy(5)});
    // The store's id is drawn as it is made, so a store that was made before is opened with the entropy of the test.
    const std::string schema = fresh_schema();
    const auto store = open_in(schema, {.store = {.checkpoint_every = 3, .entropy = fixed_entropy(5)}});
    for (unsigned i = 0; i < 9; ++i) {
        const append_request request =
            make_request("c" + std::to_string(i), id_of(i % 2), i / 2, {make_event("noted", std::to_string(i))});
        oracle->append(request);
        store->append(request);
    }
    CHECK(to_string(store->head()) == to_string(oracle->head()));
}

TEST_CASE("storage/postgres_store: a writer that commits late is waited for, and the feed never passes it") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = open_in(schema, {.busy_timeout_ms = 60});
    store->append(make_request("c1", id_of(1), 0, {make_event("opened")}));
    const auto copy_event = [&](int position, int version) {
        const std::string at = std::to_string(position);
        return "INSERT INTO streams VALUES (" + at + ", decode(lpad('" + at +
               "', 32, '0'), 'hex'), 2); INSERT INTO "
               "events SELECT " +
               at + ", " + at + ", " + std::to_string(version) +
               ", type, schema_version, "
               "effective_on, recorded_at_ms, latest_recorded_at_ms, command, pack_no, path_no, engine_version, hash "
               "FROM events WHERE position = 1; INSERT INTO parts SELECT " +
               at +
               ", part_no, subject, retention_class, "
               "commitment, salt, key_no, nonce, erased, bytes FROM parts WHERE position = 1";
    };
    raw_connection late(postgres_server::only()->address());
    late.run("SET search_path TO " + schema);
    late.run("BEGIN; UPDATE turn SET writes = writes + 1");
    REQUIRE(late.run(copy_event(2, 1)).empty());

    const append_request request = make_request("c2", id_of(5), 0, {make_event("sent")});
    CHECK(store->try_events_since(0, 10).value().next == 1);
    CHECK(store->try_append(request).error().code() == error_code::store_busy);
    const auto patient = open_in(schema, {.busy_timeout_ms = 600'000, .cancel = [] { return true; }});
    CHECK(patient->try_append(request).error().code() == error_code::cancelled);
    CHECK(store->try_events_since(0, 10).value().next == 1);

    // A program that takes no turn and commits a later position first: the page ends before the gap.
    raw_connection rogue(postgres_server::only()->address());
    rogue.run("SET search_path TO " + schema);
    REQUIRE(rogue.run(copy_event(3, 1)).empty());
    CHECK(store->try_events_since(0, 10).value().next == 1);
    CHECK(store->try_events_since(1, 10).value().events.empty());
    late.run("COMMIT");
    CHECK(store->try_events_since(0, 10).value().next == 3);
    CHECK(store->append(request).first_position == 4);
    CHECK(store->try_events_since(1, 10).value().events.size() == 3);
    CHECK_FALSE(store->verify().sound());  // what the others wrote is no chain
}

TEST_CASE("storage/postgres_store: what was stored is there when it is opened again, and stores share a database") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    chain_head head;
    {
        const auto store = open_in(schema);
        store->append(make_request("c1", id_of(1), 0, {make_event("opened", "{\"nimi\":\"Äiti\"}")}));
        head = store->head();
        CHECK(store->server_version() >= 140000);
        CHECK(store->reconnections() == 0);
    }
    const auto other = open_in(fresh_schema());
    CHECK(other->head().position == 0);
    const auto store = open_in(schema, {.create = false});
    CHECK(store->head() == head);
    CHECK(store->load(id_of(1)).at(0).parts.at(0).bytes == "{\"nimi\":\"Äiti\"}");
    CHECK(store->append(make_request("c1", id_of(1), 0, {make_event("opened")})).repeated);
    const std::string zeros("\0\1\xFF", 3);  // content is bytes, whatever they are
    store->append(make_request("c2", id_of(1), 1, {make_event("noted", zeros), make_event("noted", "")}));
    CHECK(store->load(id_of(1)).at(1).parts.at(0).bytes == zeros);
    CHECK(store->load(id_of(1)).at(2).parts.at(0).bytes.empty());
    CHECK(store->verify().sound());
}

TEST_CASE("storage/postgres_store: refuses what it cannot open, and says why") {
    if (postgres_server::only() == nullptr) return;
    const std::string address = postgres_server::only()->address();
    const auto refused = [&](const std::string& to, postgres_options options = {}) {
        const auto opened = try_open_postgres(to, std::move(options));
        REQUIRE_FALSE(opened);
        CHECK(opened.error().message().find("secret") == std::string::npos);
        return opened.error().code();
    };
    CHECK(refused("host=/nowhere dbname=polku password=secret") == error_code::store_cannot_open);
    CHECK(refused("not a connection string") == error_code::store_cannot_open);
    CHECK(refused(address + " dbname=missing") == error_code::store_cannot_open);
    CHECK(refused(address, {.schema = "Robert'); --"}) == error_code::invalid_argument);
    CHECK(refused(address, {.schema = ""}) == error_code::invalid_argument);
    CHECK(refused(address, {.schema = "pg_catalog"}) == error_code::invalid_argument);
    const std::string schema = fresh_schema();
    CHECK(refused(address, {.schema = schema, .create = false}) == error_code::store_not_a_store);
    CHECK(refused(address, {.schema = schema, .read_only = true}) == error_code::store_not_a_store);
    raw_connection raw(address);
    CHECK(raw.run(tables_in_schema + ("'" + schema + "'")) == "0");

    open_in(schema);
    raw.run("UPDATE " + schema + ".meta SET layout_major = 2, layout_minor = 3, migration = 99");
    CHECK(refused(address, {.schema = schema}) == error_code::store_newer);
    raw.run("UPDATE " + schema + ".meta SET layout_major = 1, layout_minor = 9");
    CHECK(open_in(schema)->verify().sound());
    CHECK(refused(address, {.schema = schema, .ledger = erasure_ledger{}}) == error_code::store_ledger_foreign);
    raw.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'SQL_ASCII'");
    CHECK(refused(address + " dbname=latin") == error_code::store_cannot_open);
}

TEST_CASE("storage/postgres_store: a read-only store reads; a text that cannot be kept is refused") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    open_in(schema)->append(make_request("c1", id_of(1), 0, {make_event("opened")}));
    const auto reader = open_in(schema, {.read_only = true});
    CHECK(reader->load(id_of(1)).size() == 1);
    CHECK(reader->verify().sound());
    CHECK(reader->try_append(make_request("c2", id_of(1), 1, {make_event("sent")})).error().code() ==
          error_code::store_read_only);
    CHECK(reader->try_put_blob("pack", "x").error().code() == error_code::store_read_only);
    const auto store = open_in(schema);
    refuses_with(*store, make_request("c2", id_of(1), 1, {make_event("\xFFsent")}), error_code::invalid_argument);
    refuses_with(*store, make_request("c2", id_of(1), 1, {make_event(std::string("se\0nt", 5))}),
                 error_code::invalid_argument);
    CHECK(store->append(make_request("c2", id_of(1), 1, {make_event("sent")})).first_position == 2);
}

TEST_CASE("storage/postgres_store: the tables refuse what would rewrite the past") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = open_in(schema);
    store->append(make_request("c1", id_of(1), 0, {make_event("opened")}));
    raw_connection raw(postgres_server::only()->address());
    raw.run("SET search_path TO " + schema);
    for (const char* text :
         {"DELETE FROM events", "UPDATE events SET type = 'x'", "DELETE FROM parts", "UPDATE parts SET subject = 'x'",
          "DELETE FROM commands", "UPDATE commands SET last_position = 9", "DELETE FROM streams", "TRUNCATE parts",
          "UPDATE streams SET kind = 1"}) {
        CAPTURE(text);
        CHECK(raw.run(text).find("never") != std::string::npos);
    }
    // Who owns the tables can take the guards away; the chain tells.
    raw.run("ALTER TABLE events DISABLE TRIGGER ALL; UPDATE events SET type = 'x'");
    CHECK_FALSE(store->verify().sound());
}
