// SPDX-License-Identifier: Apache-2.0
// store_stress parallel PROCESSES APPENDS   several processes append to one file at once; nothing is lost
// store_stress kill KILLS                   a writer is killed again and again; what it was told is stored stays
// store_stress checkpoint SECONDS           four processes write and empty the log for so long
// Prints what was counted; exit status 0 only when the store is whole afterwards. A test program of its own, since it
// forks.
#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>

#include "temporary_folder.hpp"

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace polku;
using namespace polku::storage;

path::stream_id stream_of(unsigned writer, unsigned number) {
    path::stream_id id;
    id.bytes[0] = static_cast<std::uint8_t>(writer + 1);
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

std::string command_of(unsigned writer, unsigned number) {
    return "writer " + std::to_string(writer) + " command " + std::to_string(number);
}

path::event_envelope make_event(unsigned number) {
    path::event_envelope event;
    event.type = "noted";
    event.recorded_at_ms = 1'780'000'000'000 + number;
    event.actor = "stress";
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = std::string(200, 'x')});
    return event;
}

// One stream all writers share, so that they race for its versions, and one of the writer's own.
append_request make_request(unsigned writer, unsigned number, std::uint64_t shared_version) {
    append_request request;
    request.command_id = command_of(writer, number);
    request.command_hash = blake2b(request.command_id);
    request.streams.push_back(
        {.stream = stream_of(255, 0), .expected_version = shared_version, .events = {make_event(number)}});
    request.streams.push_back({.stream = stream_of(writer, number), .events = {make_event(number)}});
    request.streams[1].projection = case_projection{"stage", std::to_string(number % 9), "role", "open", {}, {}, {}};
    return request;
}

/// Appends one command, loading again after each lost race; false on any other error.
bool append_until_stored(event_store& store, unsigned writer, unsigned number) {
    for (;;) {
        const auto head = store.try_head_of(stream_of(255, 0));
        if (!head) return std::fprintf(stderr, "%s\n", head.error().to_string().c_str()), false;
        const auto answer = store.try_append(make_request(writer, number, *head ? (*head)->version : 0));
        if (answer) return true;
        if (answer.error().code() == error_code::store_version_conflict) continue;
        return std::fprintf(stderr, "%s\n", answer.error().to_string().c_str()), false;
    }
}

std::unique_ptr<sqlite_store> open_store(const std::string& file, std::uint64_t log_limit = 1 << 20) {
    sqlite_options options;
    options.store.checkpoint_every = 100;
    options.busy_timeout_ms = 60'000;
    options.log_limit_bytes = log_limit;
    options.durability = durability::normal;  // killing a process is no loss of power
    auto opened = try_open_sqlite(file, options);
    if (opened) return std::move(opened).value();
    std::fprintf(stderr, "%s\n", opened.error().to_string().c_str());
    return nullptr;
}

pid_t run_child(const std::function<bool()>& body) {
    const pid_t child = fork();
    if (child == 0) _exit(body() ? 0 : 1);
    return child;
}

bool all_well(const std::vector<pid_t>& children) {
    bool well = true;
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        well &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    return well;
}

/// Verifies the store and that it holds exactly `expected` commands (0: any number).
bool check_store(const std::string& file, std::uint64_t expected) {
    const auto store = open_store(file);
    if (!store) return false;
    const verify_report report = store->verify();
    for (const diagnostic& finding : report.findings) {
        if (finding.severity != severity::error) continue;
        std::fprintf(stderr, "%s\n", finding.what.to_string().c_str());
    }
    const auto shared = store->try_head_of(stream_of(255, 0)).value();
    const std::uint64_t commands = shared ? shared->version : 0;
    const std::uint64_t cases = store->try_find_streams({.status = "open", .limit = UINT32_MAX}).value().size();
    std::printf("%llu events, %llu streams, %llu checkpoints, %llu commands\n",
                static_cast<unsigned long long>(report.events), static_cast<unsigned long long>(report.streams),
                static_cast<unsigned long long>(report.checkpoints), static_cast<unsigned long long>(commands));
    // Each command wrote one event in the shared stream, one in its own, and one projection: never a part of them.
    const bool whole = report.events == 2 * commands + report.checkpoints && cases == commands;
    return report.sound() && whole && (expected == 0 || commands == expected);
}

int parallel(unsigned processes, unsigned appends) {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("store.db");
    std::vector<pid_t> children;
    for (unsigned writer = 0; writer < processes; ++writer) {
        children.push_back(run_child([&] {
            const auto store = open_store(file);  // the first to come makes the file
            for (unsigned i = 0; store && i < appends; ++i) {
                if (!append_until_stored(*store, writer, i)) return false;
            }
            return store != nullptr;
        }));
    }
    const bool well = all_well(children);
    return check_store(file, std::uint64_t{processes} * appends) && well ? 0 : 1;
}

/// The child writes each command's number into the pipe once the store has answered.
bool write_and_tell(const std::string& file, unsigned writer, int pipe_end) {
    const auto store = open_store(file, 256 * 1024);
    for (unsigned i = 0; store && i < 60'000; ++i) {
        if (!append_until_stored(*store, writer, i)) return false;
        if (write(pipe_end, &i, sizeof i) != static_cast<ssize_t>(sizeof i)) return false;
    }
    return store != nullptr;
}

/// Lets one writer run for a while, kills it, and answers how many commands it had been told are stored; -1 on error.
int run_and_kill(const std::string& file, unsigned round, unsigned wait_us) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    const unsigned writer = round % 200;
    const pid_t child = run_child([&] {
        close(ends[0]);
        return write_and_tell(file, writer, ends[1]);
    });
    close(ends[1]);
    usleep(wait_us);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    unsigned told = 0;
    int count = 0;
    while (read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told)) ++count;
    close(ends[0]);
    return WIFSIGNALED(status) ? count : -1;
}

int kill_writers(unsigned kills) {
    const storage_test::temporary_folder folder;
    std::uint64_t told_in_all = 0;
    for (unsigned round = 0; round < kills; ++round) {
        // A fresh file now and then, so that the making of a store is hit too.
        const std::string file = folder.file("store" + std::to_string(round / 10) + ".db");
        const unsigned writer = round % 200;
        const int told = run_and_kill(file, round, 3'000 + round * 7919 % 60'000);
        if (told < 0) return std::fprintf(stderr, "round %u: the writer ended by itself\n", round), 1;
        const auto store = open_store(file);
        if (!store) return 1;
        for (int i = 0; i < told; ++i) {
            if (store->try_head_of(stream_of(writer, static_cast<unsigned>(i))).value()) continue;
            return std::fprintf(stderr, "round %u: command %d was told and is lost\n", round, i), 1;
        }
        told_in_all += static_cast<std::uint64_t>(told);
        if (!check_store(file, 0)) return std::fprintf(stderr, "round %u: the store is damaged\n", round), 1;
    }
    std::printf("%u kills, %llu commands told, none lost\n", kills, static_cast<unsigned long long>(told_in_all));
    return 0;
}

int checkpoint(unsigned seconds) {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("store.db");
    const std::time_t end = std::time(nullptr) + static_cast<std::time_t>(seconds);
    std::vector<pid_t> children;
    for (unsigned writer = 0; writer < 4; ++writer) {
        children.push_back(run_child([&] {
            const auto store = open_store(file, 32 * 1024);
            for (unsigned i = 0; store && i < 60'000 && std::time(nullptr) < end; ++i) {
                if (!append_until_stored(*store, writer, i)) return false;
                if (i % 5 == writer) (void)store->try_truncate_log();
            }
            return store != nullptr;
        }));
    }
    const bool well = all_well(children);
    return check_store(file, 0) && well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto number = [&](int at) { return static_cast<unsigned>(std::stoul(argv[at])); };
    if (argc == 4 && std::strcmp(argv[1], "parallel") == 0) return parallel(number(2), number(3));
    if (argc == 3 && std::strcmp(argv[1], "kill") == 0) return kill_writers(number(2));
    if (argc == 3 && std::strcmp(argv[1], "checkpoint") == 0) return checkpoint(number(2));
    std::fprintf(stderr, "usage: store_stress parallel PROCESSES APPENDS | kill KILLS | checkpoint SECONDS\n");
    return 2;
}
