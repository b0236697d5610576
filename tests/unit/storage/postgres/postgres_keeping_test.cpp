// SPDX-License-Identifier: Apache-2.0
// Sealing, erasing, ledgers, identifiers, and the rights that docs/postgres.md gives the roles.
#include <polku/storage/postgres_store.hpp>

#include "conformance.hpp"
#include "postgres_server.hpp"

#include <storage/postgres/postgres_open.hpp>

#include <set>
#include <sstream>

using namespace storage_test;

namespace {

const std::string canary = "Kuvitteellinen-Kanarialintu-Salainen-Diagnoosi";

std::string client_of(unsigned number) { return to_hex(id_of(1000 + number).bytes); }

std::unique_ptr<postgres_store> open_in(const std::string& schema, bool sealed, postgres_options options = {}) {
    options.schema = schema;
    if (sealed) options.keys = master_key_of("2026", key_bytes{1, 2, 3});
    return try_open_postgres(postgres_server::only()->address(), std::move(options)).value();
}

path::event_envelope personal_event(unsigned client) {
    auto event = make_event("noted");
    event.actor = "tyontekija-" + canary;
    event.parts.clear();
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "{\"stage\":\"start\"}"});
    const std::string mark = std::to_string(client) + "-" + canary;
    event.parts.push_back({.subject = client_of(client), .retention_class = "employment", .bytes = "työ " + mark});
    event.parts.push_back({.subject = client_of(client), .retention_class = "social", .bytes = "sosiaali " + mark});
    return event;
}

void fill(postgres_store& store, unsigned clients) {
    for (unsigned n = 0; n < clients; ++n) {
        append_request request = make_request("c" + std::to_string(n), id_of(n), 0, {personal_event(n)});
        request.streams.front().projection = make_row("start", "698");
        request.streams.push_back({.stream = id_of(1000 + n),
                                   .kind = path::stream_kind::client,
                                   .expected_version = 0,
                                   .events = {personal_event(n)},
                                   .projection = std::nullopt});
        store.append(request);
        store.try_put_snapshot(id_of(n), "social", {.version = 1, .bytes = "kuva " + canary}).value();
    }
}

erase_request request_for(unsigned client, std::string retention_class = "*") {
    return {.subject = client_of(client),
            .retention_class = std::move(retention_class),
            .reason = "request",
            .on = *time::date::from_parts(2026, 11, 22)};
}

/// The bytes of the tables' files and of the planner's statistics, as whoever finds the disk would read them; the log
/// is apart.
std::string table_bytes() {
    raw_connection(postgres_server::only()->address()).run("ANALYZE; CHECKPOINT");
    std::string all;
    for (const auto& each : std::filesystem::recursive_directory_iterator(postgres_server::only()->data() + "/base")) {
        const std::string name = each.path().filename().string();
        if (!each.is_regular_file() || name.front() < '0' || name.front() > '9') continue;
        const int number = std::stoi(name);  // those of the server's own catalogue are lower
        if (number < 16384 && number != 2619 && number != 2840) continue;
        std::ifstream file(each.path(), std::ios::binary);
        std::string bytes(static_cast<std::size_t>(each.file_size()), '\0');
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        all += bytes;
    }
    return all;
}

std::string bytes_of(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

std::string wrapped_key(const std::string& schema, unsigned client) {
    raw_connection raw(postgres_server::only()->address());
    return bytes_of(raw.run("SELECT encode(wrapped_key, 'hex') FROM " + schema +
                            ".part_keys WHERE wrapped_key IS NOT NULL "
                            "AND subject = '" +
                            client_of(client) + "' ORDER BY key_no LIMIT 1"));
}

void check_content(postgres_store& store, unsigned stream, bool erased) {
    const auto events = store.load(id_of(stream));
    REQUIRE(events.size() == 1);
    REQUIRE(events[0].parts.size() == 3);
    CHECK(events[0].parts[0].bytes == "{\"stage\":\"start\"}");
    for (std::size_t part = 1; part < 3; ++part) CHECK(events[0].parts[part].erased == erased);
}

/// The statements of the page's example for a role.
std::string grants_of_page() {
    const std::string page = text_of(POLKU_SOURCE_DIR "/docs/postgres.md");
    const std::size_t begin = page.find("```text\nGRANT");
    REQUIRE(begin != std::string::npos);
    const std::size_t end = page.find("```", begin + 8);
    return page.substr(begin + 8, end - begin - 8);
}

std::string with_schema(std::string text, const std::string& schema) {
    for (std::size_t at = 0; (at = text.find("SCHEMA polku", at)) != std::string::npos; at += schema.size())
        text.replace(at + 7, 5, schema);
    for (std::size_t at = 0; (at = text.find("polku.", at)) != std::string::npos; at += schema.size())
        text.replace(at, 5, schema);
    return text;
}

}  // namespace

TEST_CASE("storage/postgres_keeping: erased content is gone from the tables' files once the erasure is finished") {
    if (postgres_server::only() == nullptr) return;
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const std::string schema = fresh_schema();
        const auto store = open_in(schema, sealed);
        CHECK(store->is_sealed() == sealed);
        fill(*store, 4);
        const std::string key = sealed ? wrapped_key(schema, 2) : "2-" + canary;
        REQUIRE(key.size() > 40);
        CHECK((table_bytes().find(canary) != std::string::npos) == !sealed);
        CHECK(table_bytes().find(key) != std::string::npos);
        const chain_head before = store->head();

        // A transaction that was begun before may still see the old rows, so their bytes have to stay.
        std::optional<raw_connection> reader(postgres_server::only()->address());
        reader->run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        const erase_answer answer = store->try_erase(request_for(2)).value();
        CHECK(answer.parts == 5);  // that of the attribution in the own stream too
        CHECK(answer.pending);
        CHECK(answer.entry.number == 1);
        check_content(*store, 2, true);
        check_content(*store, 1, false);
        CHECK(store->try_finish_erasures().value() == 1);
        reader.reset();
        CHECK(store->try_finish_erasures().value() == 0);
        const std::string left = table_bytes();
        CHECK(left.find(key) == std::string::npos);
        CHECK(left.find("2-" + canary) == std::string::npos);
        if (!sealed) CHECK(left.find("1-" + canary) != std::string::npos);

        CHECK(store->head() == before);
        CHECK(store->verify({.anchor = before}).sound());
        CHECK_FALSE(store->try_get_snapshot(id_of(2), "social").value());
        CHECK(store->try_get_snapshot(id_of(1), "social").value()->bytes == "kuva " + canary);
        CHECK(store->try_erase(request_for(2)).error().code() == error_code::not_found);
        // Another connection, which has used the key, forgets it.
        const auto other = open_in(schema, sealed);
        check_content(*other, 1, false);
        store->try_erase(request_for(1, "social")).value();
        CHECK(other->load(id_of(1)).at(0).parts.at(2).erased);
        CHECK_FALSE(other->load(id_of(1)).at(0).parts.at(1).erased);
        raw_connection(postgres_server::only()->address()).run("DROP SCHEMA " + schema + " CASCADE");
    }
}

TEST_CASE("storage/postgres_keeping: keys and store must fit, and rotating wraps them anew") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const std::string address = postgres_server::only()->address();
    fill(*open_in(schema, true), 2);
    const auto refused = [&](postgres_options options) {
        options.schema = schema;
        return try_open_postgres(address, std::move(options)).error().code();
    };
    CHECK(refused({}) == error_code::store_key_missing);
    CHECK(refused({.keys = master_key_of("2026", key_bytes{9})}) == error_code::store_key_wrong);
    {
        const auto shut = open_in(schema, false, {.leave_sealed = true});
        CHECK(shut->verify().sound());
        CHECK(shut->verify().parts_checked < shut->verify().parts_sealed);
        CHECK(shut->try_append(make_request("x", id_of(50), 0, {make_event("noted")})).error().code() ==
              error_code::store_key_missing);
    }
    const std::string clear = fresh_schema();
    fill(*open_in(clear, false), 1);
    CHECK(try_open_postgres(address, {.schema = clear, .keys = master_key_of("2026", key_bytes{1})}).error().code() ==
          error_code::store_not_sealed);

    key_options both = master_key_of("2026", key_bytes{1, 2, 3});
    both.find = [](std::string_view id) -> result<key_bytes> {
        return id == "2027" ? key_bytes{4, 5} : key_bytes{1, 2, 3};
    };
    const auto store = try_open_postgres(address, {.schema = schema, .keys = both}).value();
    CHECK(store->try_rotate_master("2027").value() > 4);
    check_content(*store, 1, false);
    CHECK(refused({.keys = master_key_of("2026", key_bytes{1, 2, 3})}) != error_code{});
    check_content(
        *try_open_postgres(address, {.schema = schema, .keys = master_key_of("2027", key_bytes{4, 5})}).value(), 0,
        false);
    raw_connection raw(address);
    raw.run("SET search_path TO " + schema);
    CHECK(raw.run("INSERT INTO " + schema +
                  ".parts (position, part_no, subject, retention_class, commitment, salt, bytes) "
                  "SELECT 1, 9, '-', 'x', commitment, commitment, 'clear'::bytea FROM " +
                  schema + ".parts LIMIT 1")
              .find("no content in clear") != std::string::npos);
}

TEST_CASE("storage/postgres_keeping: a restored copy is erased again by its ledger; ended clients are found") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = open_in(schema, true);
    fill(*store, 3);
    append_request closing = make_request("end", id_of(1), 1, {make_event("closed")});
    closing.streams[0].projection = make_row("start", "698");
    closing.streams[0].projection->closed_on = time::date::from_parts(2026, 6, 1);
    store->append(closing);
    const auto ended = store->try_find_ended(*time::date::from_parts(2026, 7, 1)).value();
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].subject == client_of(1));
    CHECK(ended[0].classes == std::vector<std::string>{"employment", "social"});
    CHECK(ended[0].streams.size() == 2);

    erasure_ledger ledger = store->try_ledger().value();
    CHECK(ledger.entries.empty());
    ledger.entries.push_back({.number = 1,
                              .subject = client_of(0),
                              .retention_class = "*",
                              .reason = "request",
                              .on = *time::date::from_parts(2026, 8, 1),
                              .upto = store->head().position});
    const auto restored = open_in(schema, true, {.ledger = ledger});
    check_content(*restored, 0, true);
    check_content(*restored, 2, false);
    CHECK(restored->try_ledger().value().entries == ledger.entries);
    CHECK(open_in(schema, true, {.ledger = ledger})->try_ledger().value().entries.size() == 1);
}

TEST_CASE("storage/postgres_keeping: clients are found by what identifies them") {
    if (postgres_server::only() == nullptr) return;
    for (const bool sealed : {false, true}) {
        const auto store = open_in(fresh_schema(), sealed);
        fill(*store, 2);
        const identifier code{"identity_code", "010190-999X"};
        const identifier_events seen = store->try_identifier_events("noted").value();
        CHECK(seen.events.size() == 2);
        CHECK(seen.upto == store->head().position);
        const recorded_identifier told{code, id_of(1001), seen.events.at(1).position,
                                       *time::date::from_parts(2026, 5, 4), "employment"};
        CHECK(store->try_index_identifiers(std::span(&told, 1), seen.upto).has_value());
        const auto found = store->try_find_identifier(code).value();
        REQUIRE(found.size() == 1);
        CHECK(found[0].client == id_of(1001));
        CHECK(store->try_find_identifier({"identity_code", "020290-999Y"}).value().empty());
        CHECK(store->try_identifier_events("noted").value().events.empty());
        store->try_erase(request_for(1)).value();
        CHECK(store->try_find_identifier(code).value().empty());
    }
}

TEST_CASE("storage/postgres_keeping: the rights of docs/postgres.md are enough for a host, and no more than it needs") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto owner = open_in(schema, true);
    raw_connection raw(postgres_server::only()->address());
    CHECK(raw.run("CREATE ROLE polku_app LOGIN").empty());
    CHECK(raw.run(with_schema(grants_of_page(), schema)) == "");
    postgres_options options{.schema = schema, .keys = master_key_of("2026", key_bytes{1, 2, 3})};
    const auto host = try_open_postgres(postgres_server::only()->address("polku_app"), options).value();
    fill(*host, 3);
    append_request counted = make_request("counted", id_of(70), 0, {make_event("noted")});
    counted.counts = counter_change{1, {{"open", 0, *time::date::from_parts(2026, 5, 1), 1}}, {}, {}};
    CHECK(host->append(counted).first_position > 0);
    CHECK(host->try_put_blob("pack", "x").has_value());
    CHECK(host->try_recount({.number = 0, .counting = 1, .deltas = {}, .upto = host->head().position}).has_value());
    CHECK(host->try_checkpoint().has_value());
    CHECK(host->try_erase(request_for(1)).value().pending);
    CHECK(host->try_find_identifier({"identity_code", "x"}).value().empty());
    CHECK(host->verify().sound());
    CHECK(host->try_finish_erasures().value() == 1);  // not the owner of the tables: they are not written anew
    CHECK(owner->try_finish_erasures().value() == 0);
    raw_connection app(postgres_server::only()->address("polku_app"));
    app.run("SET search_path TO " + schema);
    for (const char* text : {"UPDATE events SET type = 'x'", "DELETE FROM events", "DELETE FROM parts",
                             "DELETE FROM part_keys", "UPDATE commands SET last_position = 9", "DROP TABLE events",
                             "TRUNCATE events", "ALTER TABLE events DISABLE TRIGGER ALL"}) {
        CAPTURE(text);
        const std::string found = app.run(text);
        CHECK(
            (found.find("permission denied") != std::string::npos || found.find("must be owner") != std::string::npos));
    }
}

TEST_CASE("storage/postgres_docs: migrations are numbered, and the page names the tables that differ") {
    std::uint32_t expected = 1;
    for (const migration& step : postgres_migrations()) CHECK(step.number == expected++);
    CHECK(expected > 1);
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    open_in(schema, false);
    // All other columns are those of docs/storage.md, under the same names.
    std::set<std::string> listed;
    for (const char* page : {"/docs/storage.md", "/docs/postgres.md"}) {
        std::istringstream lines(text_of(std::string(POLKU_SOURCE_DIR) + page));
        for (std::string line; std::getline(lines, line);) {
            const std::size_t end = line.find(" | ");
            if (line.starts_with("| ") && end != std::string::npos && line.find('.') < end && line.find(' ', 2) == end)
                listed.insert(line.substr(2, end - 2));
        }
    }
    raw_connection raw(postgres_server::only()->address());
    std::istringstream found(
        raw.run("SELECT string_agg(table_name || '.' || column_name, ' ') FROM "
                "information_schema.columns WHERE table_schema = '" +
                schema + "'"));
    std::set<std::string> columns;
    for (std::string each; found >> each;) columns.insert(each);
    CHECK(columns.size() > 80);
    for (const std::string& each : columns) {
        CAPTURE(each);
        CHECK(listed.count(each) == 1);
    }
    for (const std::string& each : listed) {
        CAPTURE(each);
        CHECK(columns.count(each) == 1);
    }
}
