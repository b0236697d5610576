// SPDX-License-Identifier: Apache-2.0
// Cases opened from snapshots are the cases that their events tell.
#include "workspace/case_snapshot.hpp"
#include "example_commands.hpp"
#include "unit/storage/raw_database.hpp"
#include "unit/storage/raw_scan.hpp"
#include "unit/storage/temporary_folder.hpp"
#include "workspace/case_loading.hpp"

#include <polku/json/described.hpp>
#include <polku/json/path_events.hpp>
#include <polku/path/random_walk.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/memory_store.hpp>
#include <polku/storage/sqlite_store.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace polku;
using namespace polku_tests;
using storage_test::raw_database;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// All that a state holds but the events themselves.
std::string text_of(const path::case_state& of) {
    return json::write(json::to_value(of)) + " at " + std::to_string(of.case_version) + "/" +
           std::to_string(of.client_version);
}

bool rewrites(const path::event& of) {
    return std::holds_alternative<path::corrected>(of.what) || std::holds_alternative<path::entered_in_error>(of.what);
}

/// The events of a walk as a reader of the store has them.
std::vector<path::event> stored_events(const path::service_path& path, const path::walked_case& walked) {
    std::vector<path::event> all;
    for (const auto& of_command : walked.commands)
        for (const path::event& each : of_command) {
            auto stored = json::try_write_event(each, path, "000000000000000000000000000000ff").value();
            all.push_back(json::try_read_event(stored).value());
        }
    return all;
}

storage::key_options some_keys() { return storage::master_key_of("test", storage::key_bytes{7}); }

std::unique_ptr<workspace> open_at(const std::string& file, std::uint32_t every, bool sealed = false) {
    workspace_options options;
    options.snapshot_every = every;
    if (sealed) options.keys = some_keys();
    auto opened = workspace::try_open(file, std::move(options)).value();
    for (const std::string& id : shipped_path_ids()) opened->try_use(try_shipped_path(id).value()).value();
    return opened;
}

path::stream_id id_of(std::string_view hex) { return *storage::stream_id_from_hex(hex); }

std::optional<storage::snapshot> snapshot_of(workspace& in, std::string_view case_id) {
    return in.store().try_get_snapshot(id_of(case_id), storage::every_class).value();
}

void check_opening(workspace& in, const std::string& case_id) {
    const path::case_state whole = in.try_load(case_id, case_history::whole).value().state;
    const path::case_state recent = in.try_load(case_id, case_history::recent).value().state;
    CHECK(whole.has_whole_history());
    CHECK(text_of(recent) == text_of(whole));
}

feel::value command(const std::string& type, const std::string& case_id, const std::string& id, feel::value data) {
    return feel::value(feel::context{{"command", type},
                                     {"case", case_id},
                                     {"command_id", id},
                                     {"now", "2029-01-02T10:00:00+02:00"},
                                     {"actor", "worker-7"},
                                     {"purpose", "test"},
                                     {"data", std::move(data)}});
}

}  // namespace

TEST_CASE("workspace/case_snapshot: on every path and at every version, a kept case and the rest are the whole case") {
    for (const std::string& id : sampled_path_ids()) {
        CAPTURE(id);
        const path::service_path path = try_shipped_path(id)->path;
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            path::walk_options options;
            options.seed = seed;
            options.client = "000000000000000000000000000000ff";
            const auto events = stored_events(
                path, path::walk(path, options, day("2026-01-12"), day("2027-12-31"), 14, {{}, "walker", "test", 0}));
            const path::case_state whole = path::evolve(path::case_state{}, events);
            const std::string expected = text_of(whole);
            path::case_state before;
            for (std::size_t at = 0; at < events.size(); ++at) {
                before = path::evolve(std::move(before), events[at]);
                const auto bytes = detail::pack_case(before, path.content_hash());
                REQUIRE(bytes);
                auto kept = detail::unpack_case(*bytes);
                REQUIRE(kept);
                REQUIRE(kept->path_hash == path.content_hash());
                REQUIRE(text_of(kept->state) == text_of(before));
                const auto rest = events.begin() + static_cast<std::ptrdiff_t>(at) + 1;
                // A correction takes the whole history, which such a case says it has not.
                if (std::any_of(rest, events.end(), rewrites)) continue;
                path::case_state state = std::move(kept->state);
                for (auto next = rest; next != events.end(); ++next) state = path::evolve(std::move(state), *next);
                REQUIRE(text_of(state) == expected);
                REQUIRE_FALSE(state.has_whole_history());
            }
        }
    }
}

TEST_CASE("workspace/case_snapshot: what is no snapshot of this version is passed over, whatever its bytes") {
    const path::service_path path = try_shipped_path("toimi")->path;
    const path::case_state state =
        path::walk(path, {}, day("2026-01-12"), day("2026-12-31"), 14, {{}, "walker", "test", 0}).state;
    const std::string bytes = *detail::pack_case(state, path.content_hash());
    CHECK(detail::unpack_case(bytes));
    CHECK_FALSE(detail::unpack_case(""));
    CHECK_FALSE(detail::unpack_case("state"));
    CHECK_FALSE(detail::unpack_case(bytes + "x"));
    CHECK_FALSE(detail::unpack_case(std::string_view(bytes).substr(0, bytes.size() - 1)));
    std::string other_shape = bytes;
    other_shape[0] ^= 1;
    CHECK_FALSE(detail::unpack_case(other_shape));
    std::mt19937 chance(11);
    for (int round = 0; round < 5'000; ++round) {
        std::vector<char> changed(bytes.begin(), bytes.end());
        changed[chance() % changed.size()] = static_cast<char>(chance() % 256);
        const auto kept = detail::unpack_case({changed.data(), changed.size()});
        if (kept) CHECK(detail::pack_case(kept->state, kept->path_hash));
    }
    path::case_state large = state;
    large.meetings.push_back({"m", "kind", day("2026-01-12"), {}, {}, std::string(detail::largest_snapshot, 'x'), {}});
    CHECK_FALSE(detail::pack_case(large, path.content_hash()));
}

TEST_CASE("workspace/case_snapshot: the example clients of every path are the same however often snapshots are kept") {
    for (const std::string& id : sampled_path_ids()) {
        CAPTURE(id);
        example_file examples = try_shipped_examples(id).value();
        examples.clients.resize(1);
        const auto without = open_at(":memory:", 0);
        const auto often = open_at(":memory:", 1);
        const auto usual = open_at(":memory:", 8);
        for (const feel::value& each : commands_in_order(examples)) {
            const std::string expected = json::write(without->try_execute(each).value());
            CHECK(json::write(often->try_execute(each).value()) == expected);
            CHECK(json::write(usual->try_execute(each).value()) == expected);
        }
        for (const example_client& each : examples.clients) {
            CHECK_FALSE(snapshot_of(*without, each.case_));
            const auto taken = snapshot_of(*often, each.case_);
            REQUIRE(taken);
            CHECK(taken->version == often->try_load(each.case_).value().state.case_version);
            check_opening(*often, each.case_);
            check_opening(*usual, each.case_);
            const view_options how{.as_of = day("2028-01-01")};
            const std::string shown = json::write(without->try_case(each.case_, how).value());
            CHECK(json::write(often->try_case(each.case_, how).value()) == shown);
        }
    }
}

TEST_CASE("workspace/case_snapshot: a correction is decided on the whole history, and a snapshot of it is kept") {
    const auto in = open_at(":memory:", 1);
    const example_client& client = example_clients().clients.front();
    for (const feel::value& each : commands_of(client)) in->try_execute(each).value();
    const path::case_state before = in->try_load(client.case_).value().state;
    const auto fact = std::find_if(before.history.begin(), before.history.end(), [](const auto& each) {
        return std::holds_alternative<path::fact_recorded>(each->what);
    });
    REQUIRE(fact != before.history.end());
    const feel::value name(
        feel::context{{"stream", "client"}, {"version", static_cast<std::int64_t>((*fact)->version)}});
    const feel::value data(feel::context{{"event", name}, {"reason", "told of somebody else"}});
    // Of a case opened from a snapshot the library itself refuses it.
    const loaded_case recent = in->try_load(client.case_, case_history::recent).value();
    CHECK_FALSE(recent.state.has_whole_history());
    const path::command wrong{path::enter_in_error{{"client", static_cast<std::int64_t>((*fact)->version)}, "wrong"},
                              {}};
    const auto refused = path::decide(recent.path, recent.state, wrong, {day("2029-01-02"), "worker-7", "test", 0});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::correction_refused);

    in->try_execute(command("enter_in_error", client.case_, "in error", data)).value();
    check_opening(*in, client.case_);
    const auto taken = snapshot_of(*in, client.case_);
    REQUIRE(taken);
    CHECK(detail::unpack_case(taken->bytes)->state.client_version == before.client_version + 1);
}

TEST_CASE("workspace/case_snapshot: what other cases tell of the client is folded on top, and their corrections too") {
    const auto in = open_at(":memory:", 1);
    const example_client& client = example_clients().clients.front();
    for (const feel::value& each : commands_of(client)) in->try_execute(each).value();
    const path::case_state first = in->try_load(client.case_).value().state;
    const std::string other = "0123456789abcdef0123456789abcdef";
    feel::context opening = commands_of(client).front().as_context();
    opening.set("case", other);
    opening.set("command_id", "second case");
    opening.set("now", "2029-01-02T10:00:00+02:00");
    in->try_execute(feel::value(std::move(opening))).value();
    const feel::value details(feel::context{{"details", feel::value(feel::context{{"phone", "040 000 0000"}})}});
    in->try_execute(command("update_client", other, "phone", details)).value();
    const auto kept = snapshot_of(*in, client.case_);
    REQUIRE(kept);
    CHECK(detail::unpack_case(kept->bytes)->state.client_version < in->try_load(client.case_)->state.client_version);
    check_opening(*in, client.case_);
    CHECK(in->try_load(client.case_, case_history::recent)->state.details.phone == "040 000 0000");

    const feel::value name(
        feel::context{{"stream", "client"}, {"version", static_cast<std::int64_t>(first.client_version + 1)}});
    const feel::value data(feel::context{{"event", name}, {"reason", "another person's number"}});
    in->try_execute(command("enter_in_error", other, "not this phone", data)).value();
    check_opening(*in, client.case_);
    CHECK(in->try_load(client.case_, case_history::recent)->state.details.phone == first.details.phone);
}

TEST_CASE("workspace/case_snapshot: so many events since the last one bring a new one, whichever case told them") {
    constexpr std::uint32_t every = 3;
    const auto in = open_at(":memory:", every);
    const example_client& client = example_clients().clients.front();
    const auto commands = commands_of(client);
    for (const feel::value& each : commands) {
        in->try_execute(each).value();
        CHECK(in->try_load(client.case_, case_history::recent)->state.history.size() < every);
    }
    const std::string other = "0123456789abcdef0123456789abcdef";
    feel::context opening = commands.front().as_context();
    opening.set("case", other);
    opening.set("command_id", "second case");
    opening.set("now", "2029-01-02T10:00:00+02:00");
    in->try_execute(feel::value(std::move(opening))).value();
    const auto tell = [&](const std::string& of_case, const std::string& phone) {
        const feel::value details(feel::context{{"details", feel::value(feel::context{{"phone", phone}})}});
        in->try_execute(command("update_client", of_case, "phone " + phone, details)).value();
    };
    const auto since = [&] { return in->try_load(client.case_, case_history::recent)->state.history.size(); };
    for (const char* phone : {"040 1", "040 2", "040 3", "040 4"}) tell(other, phone);
    CHECK(since() >= 4);
    tell(client.case_, "040 5");
    CHECK(since() == 0);
    tell(client.case_, "040 6");
    CHECK(since() == 1);
    check_opening(*in, client.case_);
}

TEST_CASE("workspace/case_snapshot: erasing any class of the client drops the snapshot, and no byte of it is left") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const storage_test::temporary_folder folder;
        const std::string file = folder.file("store.db");
        const auto in = open_at(file, 1, sealed);
        const example_client& client = example_clients().clients.front();
        for (const feel::value& each : commands_of(client)) in->try_execute(each).value();
        const std::string subject = in->try_load(client.case_).value().state.client;
        const std::string mark = "Kuvitteellinen-tunnusmerkki";
        const feel::value details(feel::context{{"details", feel::value(feel::context{{"family_name", mark}})}});
        in->try_execute(command("update_client", client.case_, "mark", details)).value();
        const auto kept = snapshot_of(*in, client.case_);
        REQUIRE(kept);
        CHECK(kept->bytes.find(mark) != std::string::npos);
        CHECK(storage_test::found_piece(storage_test::raw_bytes(file), mark).empty() == sealed);
        const std::string keys =
            "SELECT count(*) FROM part_keys WHERE retention_class = '*' AND wrapped_key IS NOT NULL";
        CHECK(raw_database(file).column(keys).front() == (sealed ? "1" : "0"));

        // The name is of one class; a snapshot with it goes with each other class too.
        auto* store = dynamic_cast<storage::sqlite_store*>(&in->store());
        REQUIRE(store != nullptr);
        const std::string classes = "SELECT DISTINCT retention_class FROM subject_streams ORDER BY 1";
        for (const std::string& of_class : raw_database(file).column(classes)) {
            CAPTURE(of_class);
            in->try_execute(command("update_client", client.case_, "mark " + of_class, details)).value();
            REQUIRE(snapshot_of(*in, client.case_));
            const auto erased =
                store
                    ->try_erase(
                        {.subject = subject, .retention_class = of_class, .reason = "request", .on = day("2029-01-03")})
                    .value();
            CHECK_FALSE(erased.pending);
            CHECK(erased.snapshots == 1);
            CHECK_FALSE(snapshot_of(*in, client.case_));
            CHECK(raw_database(file).column(keys).front() == "0");
            check_opening(*in, client.case_);
        }
        // What was told again in between goes with the last erasure, of every class.
        in->try_execute(command("update_client", client.case_, "the last mark", details)).value();
        REQUIRE(snapshot_of(*in, client.case_));
        CHECK_FALSE(store
                        ->try_erase({.subject = subject,
                                     .retention_class = std::string(storage::every_class),
                                     .reason = "request",
                                     .on = day("2029-01-03")})
                        ->pending);
        CHECK(storage_test::found_piece(storage_test::raw_bytes(file), mark).empty());
        CHECK(in->store().verify().sound());
    }
}

TEST_CASE("workspace/case_snapshot: one that was changed on the disk is passed over and made anew") {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("store.db");
    const auto in = open_at(file, 1);
    const example_client& client = example_clients().clients.front();
    for (const feel::value& each : commands_of(client)) in->try_execute(each).value();
    const std::string before = text_of(in->try_load(client.case_).value().state);
    raw_database(file).run("UPDATE snapshots SET bytes = x'00'");
    CHECK(in->store().try_get_snapshot(id_of(client.case_), storage::every_class).error().code() ==
          error_code::store_corrupt);
    CHECK(text_of(in->try_load(client.case_, case_history::recent).value().state) == before);
    const feel::value details(feel::context{{"details", feel::value(feel::context{{"phone", "040 000 0000"}})}});
    in->try_execute(command("update_client", client.case_, "phone", details)).value();
    CHECK(snapshot_of(*in, client.case_));
    check_opening(*in, client.case_);
}

TEST_CASE("workspace/case_snapshot: a snapshot whose client has moved on meanwhile is left out, the append is not") {
    const storage_test::temporary_folder folder;
    std::vector<std::unique_ptr<storage::event_store>> stores;
    stores.push_back(storage::make_memory_store(storage::store_options{}));
    stores.push_back(storage::try_open_sqlite(folder.file("store.db"), {}).value());
    for (const auto& store : stores) {
        const path::stream_id of_case = id_of("00000000000000000000000000000001");
        const path::stream_id client = id_of("00000000000000000000000000000002");
        path::event_envelope event;
        event.type = "noted";
        event.effective_date = day("2026-01-12");
        storage::append_request request;
        request.command_id = "one";
        request.streams.push_back({.stream = of_case, .kind = path::stream_kind::case_, .events = {event}});
        request.streams.push_back({.stream = client, .kind = path::stream_kind::client, .events = {event}});
        request.streams[0].snapshot = storage::snapshot_append{.bytes = "kept", .beside = client, .beside_version = 1};
        store->append(request);
        CHECK(store->try_get_snapshot(of_case, storage::every_class).value() ==
              storage::snapshot{.version = 1, .schema_version = 1, .bytes = "kept"});
        request.command_id = "two";
        request.streams.pop_back();
        request.streams[0].expected_version = 1;
        request.streams[0].snapshot->bytes = "of an older client";
        request.streams[0].snapshot->beside_version = 0;
        store->append(request);
        CHECK(store->try_head_of(of_case).value()->version == 2);
        CHECK(store->try_get_snapshot(of_case, storage::every_class).value()->bytes == "kept");
    }
}
