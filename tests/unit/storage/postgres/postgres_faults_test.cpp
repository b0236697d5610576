// SPDX-License-Identifier: Apache-2.0
// What happens when the server dies, the connection goes, the disk is full, and many write at once.
#include <polku/storage/postgres_store.hpp>

#include "conformance.hpp"
#include "postgres_server.hpp"

#include <sys/mount.h>

using namespace storage_test;

namespace {

result<std::unique_ptr<postgres_store>> try_open_in(const std::string& schema, postgres_options options = {}) {
    options.schema = schema;
    options.store.checkpoint_every = 50;
    return try_open_postgres(postgres_server::only()->address(), std::move(options));
}

path::stream_id stream_of(unsigned writer, unsigned number) { return id_of((writer + 1) * 100'000 + number); }

// One stream that all writers share, so that they race for its versions, and one of the command's own.
append_request shared_request(unsigned writer, unsigned number, std::uint64_t version) {
    append_request request = make_request("w" + std::to_string(writer) + " c" + std::to_string(number), id_of(1),
                                          version, {make_event("noted", std::string(200, 'x'))});
    request.streams.push_back({.stream = stream_of(writer, number), .events = {make_event("opened")}});
    request.streams[1].projection = make_row("referral", std::to_string(number % 9));
    return request;
}

/// For what a child fails with: its checks would be lost with it.
bool tell(const error& what) {
    const std::string text = what.to_string() + "\n";
    return write(2, text.data(), text.size()) <
           0;  // not through stdout, which holds what the parent has not written yet
}

bool append_until_stored(event_store& store, unsigned writer, unsigned number) {
    for (;;) {
        const auto head = store.try_head_of(id_of(1));
        if (!head) return tell(head.error());
        const auto answer = store.try_append(shared_request(writer, number, *head ? (*head)->version : 0));
        if (answer) return true;
        if (answer.error().code() != error_code::store_version_conflict) return tell(answer.error());
    }
}

pid_t run_child(const std::function<bool()>& body) {
    const pid_t child = fork();
    if (child == 0) _exit(body() ? 0 : 1);
    return child;
}

int status_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// 30 000 bytes that do not get smaller by packing.
std::string noise(unsigned number) {
    std::string made;
    while (made.size() < 30'000) {
        const path::hash next = blake2b(std::to_string(number) + "/" + std::to_string(made.size()));
        made.append(reinterpret_cast<const char*>(next.data()), next.size());
    }
    return made;
}

void check_whole(event_store& store) {
    const verify_report report = store.verify();
    for (const diagnostic& each : report.findings) MESSAGE(each.what.to_string());
    CHECK(report.sound());
    const auto shared = store.try_head_of(id_of(1)).value();
    const std::uint64_t commands = shared ? shared->version : 0;
    // Each command wrote two events and a projection: never a part of them.
    CHECK(report.events == 2 * commands + report.checkpoints);
    CHECK(store.try_find_streams({.status = "open", .limit = UINT32_MAX}).value().size() == commands);
}

/// Writes each command's number into the pipe once the store has answered, until something fails.
bool write_and_tell(const std::string& schema, unsigned writer, int pipe_end) {
    const auto store = try_open_in(schema);
    for (unsigned i = 0; store && i < 100'000; ++i) {
        if (!append_until_stored(**store, writer, i)) return false;
        if (write(pipe_end, &i, sizeof i) != static_cast<ssize_t>(sizeof i)) return false;
    }
    return false;
}

struct told {
    int commands = 0;
    int ended = 0;
};

told write_and_kill_server(const std::string& schema, unsigned writer, unsigned wait_ms) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = run_child([&] {
        close(ends[0]);
        return write_and_tell(schema, writer, ends[1]);
    });
    close(ends[1]);
    unsigned number = 0;
    told made;
    // Time runs from the first answer, so that each round kills a writer at work.
    if (read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) ++made.commands;
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    postgres_server::only()->kill();
    while (read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) ++made.commands;
    close(ends[0]);
    made.ended = status_of(child);
    return made;
}

/// The number of the server's process for the connection that the store has; empty when there is none.
std::string backend_of(raw_connection& raw, const std::string& waiting) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const std::string found =
            raw.run("SELECT pid FROM pg_stat_activity WHERE application_name = 'polku' AND " + waiting);
        if (!found.empty()) return found;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return "";
}

}  // namespace

TEST_CASE("storage/postgres_faults: several processes write at once, and nothing is lost or torn") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    constexpr unsigned appends = 60;
    std::vector<pid_t> children;
    for (unsigned writer = 0; writer < 4; ++writer) {
        children.push_back(run_child([&] {
            const auto store = try_open_in(schema, {.busy_timeout_ms = 120'000});  // the first to come makes the tables
            for (unsigned i = 0; store && i < appends; ++i)
                if (!append_until_stored(**store, writer, i)) return false;
            return store.has_value() || tell(store.error());
        }));
    }
    // A reader that follows the feed meanwhile misses nothing.
    std::uint64_t cursor = 0;
    const auto reader = try_open_in(schema, {.busy_timeout_ms = 120'000}).value();
    for (bool done = false; !done;) {
        const feed_page page = reader->try_events_since(cursor, 40).value();
        for (const path::event_envelope& event : page.events) CHECK(event.position == ++cursor);
        done = page.events.empty() && waitpid(children.back(), nullptr, WNOHANG) == children.back();
    }
    children.pop_back();
    for (const pid_t child : children) CHECK(status_of(child) == 0);
    CHECK(reader->try_head_of(id_of(1)).value()->version == 4 * appends);
    check_whole(*reader);
}

TEST_CASE("storage/postgres_faults: a killed server loses nothing that was answered") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const std::unique_ptr<postgres_store> store = try_open_in(schema).value();
    int in_all = 0;
    for (unsigned round = 0; round < 4; ++round) {
        CAPTURE(round);
        const told made = write_and_kill_server(schema, round, 40 + 170 * round);
        CHECK(made.ended == 1);
        CHECK(made.commands > 0);
        const auto down = store->try_head();
        REQUIRE_FALSE(down);
        CHECK(down.error().code() == error_code::store_busy);
        REQUIRE(postgres_server::only()->start());
        CHECK(store->try_head().has_value());  // connects anew
        CHECK(store->reconnections() == round + 1);
        for (int i = 0; i < made.commands; ++i)
            CHECK(store->try_head_of(stream_of(round, static_cast<unsigned>(i))).value().has_value());
        check_whole(*store);
        in_all += made.commands;
        // The command that may or may not have been stored is answered either way.
        const auto next = static_cast<unsigned>(made.commands);
        CHECK(append_until_stored(*store, round, next));
    }
    MESSAGE(in_all, " answered commands, 4 kills of the server, none lost");
    check_whole(*store);
}

TEST_CASE("storage/postgres_faults: a connection that is ended gives a typed error, and the next call works") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = try_open_in(schema, {.busy_timeout_ms = 60'000}).value();
    store->append(shared_request(0, 0, 0));
    raw_connection raw(postgres_server::only()->address());

    // While it waits for its turn: the call fails, and says that nothing was stored.
    raw_connection holder(postgres_server::only()->address());
    holder.run("SET search_path TO " + schema + "; BEGIN; UPDATE turn SET writes = writes + 1");
    std::thread ending([&] {
        const std::string backend = backend_of(raw, "wait_event_type = 'Lock'");
        raw.run("SELECT pg_terminate_backend(" + backend + ")");
    });
    const auto failed = store->try_append(shared_request(0, 1, 1));
    ending.join();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code() == error_code::store_busy);
    CHECK(failed.error().message().find("nothing of the call was stored") != std::string::npos);
    CHECK(failed.error().positions().at(0).source == "postgres:postgres/" + schema);
    holder.run("ROLLBACK");
    CHECK(store->append(shared_request(0, 1, 1)).first_position == 3);
    CHECK(store->reconnections() == 1);

    // Between calls: the next one finds it out and connects anew by itself.
    raw.run("SELECT pg_terminate_backend(" + backend_of(raw, "state = 'idle'") + ")");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto after = store->try_append(shared_request(0, 2, 2));
    CHECK(after.has_value());
    CHECK(store->reconnections() == 2);
    check_whole(*store);
}

TEST_CASE(
    "storage/postgres_faults: a connection lost during the commit leaves the outcome open, and the command id tells") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = try_open_in(schema).value();
    raw_connection raw(postgres_server::only()->address());
    // A commit that is on the disk here and waits for a standby that never comes.
    const auto wait_for_standby = [&](const std::string& name) {
        CHECK(raw.run("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'").empty());
        raw.run("SELECT pg_reload_conf()");
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    };
    wait_for_standby("nobody");
    std::thread ending([&] {
        const std::string backend = backend_of(raw, "wait_event = 'SyncRep'");
        raw.run("SELECT pg_terminate_backend(" + backend + ")");
    });
    const append_request request = shared_request(0, 0, 0);
    const auto failed = store->try_append(request);
    ending.join();
    wait_for_standby("");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code() == error_code::store_busy);
    CHECK(failed.error().message().find("the same command id") != std::string::npos);
    const append_answer again = store->append(request);
    CHECK(again.repeated);
    CHECK(again.last_position == 2);
    check_whole(*store);
}

TEST_CASE("storage/postgres_faults: a store of another place is not gone on with") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto store = try_open_in(schema).value();
    raw_connection raw(postgres_server::only()->address());
    raw.run("UPDATE " + schema + ".meta SET store_id = decode(repeat('ab', 16), 'hex')");
    raw.run("SELECT pg_terminate_backend(" + backend_of(raw, "state = 'idle'") + ")");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto refused = store->try_append(shared_request(0, 0, 0));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message().find("another store") != std::string::npos);
}

TEST_CASE("storage/postgres_faults: a full tablespace is typed, leaves the store whole, and room heals it") {
    postgres_server* const server = postgres_server::only();
    if (server == nullptr) return;
    const std::string space = server->folder().file("space");
    std::filesystem::create_directory(space);
    if (geteuid() != 0 || server->user() == nullptr || mount("tmpfs", space.c_str(), "tmpfs", 0, "size=12m") != 0) {
        std::puts("skipped: a small file system for the tablespace cannot be mounted here");
        return;
    }
    struct unmounted {
        std::string space;
        ~unmounted() { umount2(space.c_str(), MNT_DETACH); }
    } at_end{space};
    REQUIRE(chown(space.c_str(), server->user()->pw_uid, server->user()->pw_gid) == 0);
    raw_connection raw(server->address());
    REQUIRE(raw.run("CREATE TABLESPACE small LOCATION '" + space + "'").empty());
    const std::string schema = fresh_schema();
    {
        const auto opened =
            try_open_postgres(server->address() + " options='-c default_tablespace=small'", {.schema = schema});
        REQUIRE(opened);
        event_store& store = **opened;
        raw.run(
            "CREATE TABLE filler TABLESPACE small AS SELECT repeat(md5(n::text), 60) FROM generate_series(1, 1500) AS "
            "n");
        error_code code{};
        chain_head before;
        unsigned number = 0;
        for (; number < 2000 && code == error_code{}; ++number) {
            before = store.head();
            const auto answer = store.try_append(
                make_request("c" + std::to_string(number), id_of(number), 0, {make_event("noted", noise(number))}));
            if (!answer) code = answer.error().code();
        }
        CHECK(name_of(code) == name_of(error_code::store_full));
        CHECK(store.head() == before);
        CHECK(store.verify().sound());
        REQUIRE(raw.run("DROP TABLE filler").empty());
        raw.run("CHECKPOINT");
        CHECK(store.try_append(make_request("after", id_of(9999), 0, {make_event("noted")})).has_value());
        CHECK(store.verify().sound());
    }
    raw.run("DROP SCHEMA " + schema + " CASCADE");
    raw.run("DROP TABLESPACE small");
}
