// SPDX-License-Identifier: Apache-2.0
// Appending and opening, beside hand-written sqlite3 code that writes the same rows and indexes from bytes made before,
// in the same kind of transaction (contracts: at least 90 % of its speed for single appends, 70 % in batches of 100).
// The file is made in the current folder, so that the disk is the caller's choice.
#include "stored_events.hpp"

#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace polku;
using namespace polku::storage;
using namespace polku_bench;

constexpr const char* file_name = "storage_bench.db";

case_projection row_of(std::uint64_t number) {
    return {.stage = "assessment",
            .municipality = std::to_string(number % 300),
            .owner_role = "responsible_worker",
            .status = "open",
            .opened_on = *time::date::from_days(20'000),
            .closed_on = std::nullopt,
            .next_due_on = time::date::from_days(20'000 + static_cast<std::int64_t>(number % 90))};
}

append_request make_request(std::uint64_t number, std::uint64_t stream, std::uint64_t expected) {
    append_request request =
        request_with(number, stream, expected, {{.subject = "-", .retention_class = "employment", .bytes = content}});
    request.streams.back().projection = row_of(number);
    return request;
}

std::unique_ptr<sqlite_store> open_fresh(durability safety = durability::full) {
    remove_store(file_name);
    return try_open_sqlite(file_name, {.durability = safety}).value();
}

/// Each command opens a new case with one event: two parts, a command row, a projection with two indexes.
void append_polku(benchmark::State& state) {
    const auto store = open_fresh(state.range(1) != 0 ? durability::full : durability::normal);
    const auto batch = static_cast<std::size_t>(state.range(0));
    std::uint64_t number = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<append_request> requests;
        for (std::size_t i = 0; i < batch; ++i, ++number) requests.push_back(make_request(number, number, 0));
        state.ResumeTiming();
        if (!store->try_append_all(requests)) return state.SkipWithError("append failed");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(number));
}

/// The floor: the same rows into the same schema, by hand.
class floor_writer {
public:
    explicit floor_writer(bool full) {
        open_fresh();
        sqlite3_open(file_name, &handle_);
        run(full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        run("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4096");
        begin_ = prepare("BEGIN IMMEDIATE");
        commit_ = prepare("COMMIT");
        stream_ = prepare("INSERT INTO streams VALUES (?1, ?2, 2)");
        event_ = prepare("INSERT INTO events VALUES (?1, ?2, 1, ?3, 1, 20000, ?4, ?4, ?5, NULL, NULL, 1, ?6)");
        part_ = prepare("INSERT INTO parts VALUES (?1, ?2, '-', ?3, ?4, ?5, NULL, NULL, 0, ?6)");
        command_ = prepare("INSERT INTO commands VALUES (?1, ?2, ?3, ?3)");
        case_ =
            prepare("INSERT INTO cases VALUES (?1, 'assessment', ?2, 'responsible_worker', 'open', 20000, NULL, ?3)");
    }
    ~floor_writer() {
        for (sqlite3_stmt* made : {begin_, commit_, stream_, event_, part_, command_, case_}) sqlite3_finalize(made);
        sqlite3_close(handle_);
    }
    floor_writer(const floor_writer&) = delete;
    floor_writer& operator=(const floor_writer&) = delete;

    void begin() { step(begin_); }
    void commit() { step(commit_); }
    void write(std::int64_t number, const std::array<path::hash, 2>& hashes, const std::string& municipality) {
        const path::stream_id id = id_of(static_cast<std::uint64_t>(number));
        sqlite3_bind_int64(stream_, 1, number);
        sqlite3_bind_blob(stream_, 2, id.bytes.data(), 16, SQLITE_STATIC);
        step(stream_);
        sqlite3_bind_int64(event_, 1, number);
        sqlite3_bind_int64(event_, 2, number);
        sqlite3_bind_text(event_, 3, "assessment_started", -1, SQLITE_STATIC);
        sqlite3_bind_int64(event_, 4, start_ms + number);
        bind_hash(event_, 5, hashes[0]);
        bind_hash(event_, 6, hashes[1]);
        step(event_);
        write_part(number, 0, "attribution", std::string_view(content).substr(0, 54), hashes);
        write_part(number, 1, "employment", content, hashes);
        bind_hash(command_, 1, hashes[0]);
        bind_hash(command_, 2, hashes[1]);
        sqlite3_bind_int64(command_, 3, number);
        step(command_);
        sqlite3_bind_int64(case_, 1, number);
        sqlite3_bind_text(case_, 2, municipality.c_str(), -1, SQLITE_STATIC);
        sqlite3_bind_int64(case_, 3, 20'000 + number % 90);
        step(case_);
    }

private:
    void run(const char* text) { sqlite3_exec(handle_, text, nullptr, nullptr, nullptr); }
    sqlite3_stmt* prepare(const char* text) {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v3(handle_, text, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) std::abort();
        return made;
    }
    static void bind_hash(sqlite3_stmt* to, int index, const path::hash& hash) {
        sqlite3_bind_blob(to, index, hash.data(), 32, SQLITE_STATIC);
    }
    void write_part(std::int64_t position, int number, const char* of_class, std::string_view bytes,
                    const std::array<path::hash, 2>& hashes) {
        sqlite3_bind_int64(part_, 1, position);
        sqlite3_bind_int(part_, 2, number);
        sqlite3_bind_text(part_, 3, of_class, -1, SQLITE_STATIC);
        bind_hash(part_, 4, hashes[0]);
        bind_hash(part_, 5, hashes[1]);
        sqlite3_bind_blob(part_, 6, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
        step(part_);
    }
    static void step(sqlite3_stmt* made) {
        if (sqlite3_step(made) != SQLITE_DONE) std::abort();
        sqlite3_reset(made);
    }

    sqlite3* handle_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
    sqlite3_stmt* stream_ = nullptr;
    sqlite3_stmt* event_ = nullptr;
    sqlite3_stmt* part_ = nullptr;
    sqlite3_stmt* command_ = nullptr;
    sqlite3_stmt* case_ = nullptr;
};

void append_floor(benchmark::State& state) {
    floor_writer writer(state.range(1) != 0);
    const std::int64_t batch = state.range(0);
    std::int64_t number = 0;
    std::vector<std::array<path::hash, 2>> hashes(static_cast<std::size_t>(batch));
    std::vector<std::string> municipalities(static_cast<std::size_t>(batch));
    for (auto _ : state) {
        state.PauseTiming();
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            const std::string text = std::to_string(number + static_cast<std::int64_t>(i));
            hashes[i] = {blake2b(text), blake2b("b" + text)};
            municipalities[i] = std::to_string((number + static_cast<std::int64_t>(i)) % 300);
        }
        state.ResumeTiming();
        writer.begin();
        for (std::size_t i = 0; i < hashes.size(); ++i) writer.write(++number, hashes[i], municipalities[i]);
        writer.commit();
    }
    state.SetItemsProcessed(number);
}

/// Reading a case of 50 events among 200 such cases.
void load_case(benchmark::State& state) {
    const auto store = open_fresh(durability::normal);
    std::uint64_t number = 0;
    for (std::uint64_t version = 0; version < 50; ++version) {
        std::vector<append_request> requests;
        for (std::uint64_t stream = 0; stream < 200; ++stream) {
            requests.push_back(make_request(number++, stream, version));
        }
        store->try_append_all(requests).value();
    }
    std::uint64_t next = 0;
    for (auto _ : state) {
        const auto events = store->try_load(id_of(next++ % 200));
        if (!events || events->size() != 50) return state.SkipWithError("load failed");
    }
}

void load_snapshot(benchmark::State& state) {
    const auto store = open_fresh(durability::normal);
    store->try_append(make_request(1, 1, 0)).value();
    const std::string bytes(static_cast<std::size_t>(state.range(0)), 's');
    store->try_put_snapshot(id_of(1), "employment", {.version = 1, .bytes = bytes}).value();
    for (auto _ : state) {
        const auto taken = store->try_get_snapshot(id_of(1), "employment");
        const auto rest = store->try_load(id_of(1), 2);
        if (!taken || !rest) return state.SkipWithError("load failed");
    }
}

void verify_store(benchmark::State& state) {
    const auto store = open_fresh(durability::normal);
    for (std::uint64_t round = 0; round < 100; ++round) {
        std::vector<append_request> requests;
        for (std::uint64_t i = 0; i < 100; ++i) requests.push_back(make_request(round * 100 + i, round * 100 + i, 0));
        store->try_append_all(requests).value();
    }
    for (auto _ : state) {
        if (!store->verify().sound()) return state.SkipWithError("not sound");
    }
    state.SetItemsProcessed(state.iterations() * 10'010);
}

// First argument: commands in one transaction; second: 1 for synchronous=FULL.
BENCHMARK(append_polku)->Args({1, 1})->Args({100, 1})->Args({1, 0})->Args({100, 0})->UseRealTime();
BENCHMARK(append_floor)->Args({1, 1})->Args({100, 1})->Args({1, 0})->Args({100, 0})->UseRealTime();
BENCHMARK(load_case);
BENCHMARK(load_snapshot)->Arg(8 * 1024)->Arg(256 * 1024);
BENCHMARK(verify_store)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    remove_store(file_name);
    return 0;
}
