// SPDX-License-Identifier: Apache-2.0
// Cases in a durable store (SQLite, synchronous=FULL), through the workspace: one command, and opening a case of 50
// events, beside hand-written sqlite3 code that writes or reads the same rows. Files are made in the current folder, so
// that the disk is the caller's choice.
#include "case_files.hpp"

#include <polku/json/path_events.hpp>
#include <polku/path/case.hpp>
#include <polku/storage/hash.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace polku;
using namespace polku_bench;

const std::string file_name = "case_bench.db";
const std::string floor_name = "case_bench_floor.db";
constexpr std::size_t case_count = 100;  // each case takes one command, so that none grows while it is measured

/// The example's command at that place, on cases which have all those before it.
void command_polku(benchmark::State& state) {
    const auto at = static_cast<std::size_t>(state.range(0));
    const auto store = make_cases(file_name, case_count, at);
    std::vector<feel::value> commands;
    for (std::size_t number = 0; number < case_count; ++number) commands.push_back(command_for(number, at));
    std::size_t next = 0;
    for (auto _ : state) {
        if (!store->try_execute(commands[next++])) return state.SkipWithError("the command was refused");
    }
}

/// The same rows by hand, from values made before, in one transaction for each command.
void command_floor(benchmark::State& state) {
    const auto at = static_cast<std::size_t>(state.range(0));
    auto store = make_cases(file_name, case_count, at);
    copy_store(file_name, floor_name);
    std::uint64_t before = 0;
    for (bool more = true; more;) {
        const auto page = store->store().try_events_since(before, 10'000).value();
        more = page.next != before;
        before = page.next;
    }
    for (std::size_t number = 0; number < case_count; ++number) store->try_execute(command_for(number, at)).value();
    store.reset();
    raw_file from(file_name);
    const std::vector<written_rows> rows = rows_written_after(from, static_cast<std::int64_t>(before));
    if (rows.size() != case_count) return state.SkipWithError("the commands' rows were not found");
    raw_file to(floor_name);
    std::size_t next = 0;
    for (auto _ : state) write_command(to, rows[next++]);
}

/// A store of cases with at least 50 events each, those of the client counted in; made once.
workspace& long_cases() {
    static const auto made = [] {
        constexpr std::size_t cases = 20;
        remove_store(file_name);
        auto store = open_bench_store(file_name);
        const auto events_of = [&](std::size_t number) {
            std::uint64_t count = 0;
            for (const std::string& id : {case_id(number), numbered_id("c1e0", number)}) {
                const auto head = store->store().try_head_of(*storage::stream_id_from_hex(id)).value();
                count += head ? head->version : 0;
            }
            return count;
        };
        for (std::size_t at = 0; at < example_commands().size() && events_of(cases - 1) < 50; ++at)
            for (std::size_t number = 0; number < cases; ++number) store->try_execute(command_for(number, at)).value();
        store->try_checkpoint().value();
        return store;
    }();
    return *made;
}

std::vector<path::event_envelope> envelopes_of(workspace& in, std::size_t number) {
    auto all = in.store().load(*storage::stream_id_from_hex(case_id(number)));
    for (auto& each : in.store().load(*storage::stream_id_from_hex(numbered_id("c1e0", number)))) all.push_back(each);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
    return all;
}

void open_case_whole(benchmark::State& state) {
    workspace& in = long_cases();
    std::size_t next = 0;
    for (auto _ : state) {
        if (!in.try_load(case_id(next++ % 20))) return state.SkipWithError("the case was not opened");
    }
    state.counters["events"] = static_cast<double>(envelopes_of(in, 0).size());
}

/// The same cases from their snapshots and the events since, which the counter tells.
void open_case(benchmark::State& state) {
    workspace& in = long_cases();
    double since = 0;
    for (std::size_t number = 0; number < 20; ++number)
        since += static_cast<double>(in.try_load(case_id(number), case_history::recent)->state.history.size());
    std::size_t next = 0;
    for (auto _ : state) {
        if (!in.try_load(case_id(next++ % 20), case_history::recent))
            return state.SkipWithError("the case was not opened");
    }
    state.counters["since"] = since / 20;
}

/// A case of that many events, most of them the client's: one fact told again and again.
void open_long_case(benchmark::State& state) {
    const auto events = static_cast<std::uint64_t>(state.range(0));
    remove_store(floor_name);
    auto in = open_bench_store(floor_name);
    for (std::size_t at = 0; at <= 4; ++at) in->try_execute(command_for(0, at)).value();
    const path::stream_id client = *storage::stream_id_from_hex(numbered_id("c1e0", 0));
    path::event_envelope fact = in->store().load(client).back();
    std::uint64_t version = fact.version;
    for (std::uint64_t number = 0; version < events; ++number) {
        storage::append_request request;
        request.command_id = "fill " + std::to_string(number);
        request.streams.push_back({.stream = client, .kind = path::stream_kind::client, .expected_version = version});
        request.streams[0].events.assign(1000, fact);
        in->store().append(request);
        version += 1000;
    }
    in->try_execute(command_for(0, 5)).value();
    in->try_checkpoint().value();
    for (auto _ : state) {
        if (!in->try_load(case_id(0), case_history::recent)) return state.SkipWithError("the case was not opened");
    }
    const auto kept = in->store().try_get_snapshot(*storage::stream_id_from_hex(case_id(0)), storage::every_class);
    state.counters["snapshot_bytes"] = static_cast<double>(kept && *kept ? (*kept)->bytes.size() : 0);
}

/// The case as a document, which also tells what is open, missing and allowed.
void show_case(benchmark::State& state) {
    workspace& in = long_cases();
    const view_options how{.as_of = *time::parse_date("2026-03-02"), .language = "en", .show_protected = false};
    std::size_t next = 0;
    for (auto _ : state) {
        if (!in.try_case(case_id(next++ % 20), how)) return state.SkipWithError("the case was not shown");
    }
}

/// The floor of opening: all rows of both streams read by hand, nothing made of them.
void open_case_floor(benchmark::State& state) {
    long_cases();
    raw_file in(file_name);
    sqlite3_stmt* read = in.statement(
        "SELECT e.*, p.* FROM streams AS s CROSS JOIN events AS e ON e.stream_no = s.stream_no CROSS JOIN parts AS p "
        "ON "
        "p.position = e.position WHERE s.stream = ?1 ORDER BY e.version, p.part_no");
    std::size_t next = 0;
    for (auto _ : state) {
        int bytes = 0;
        for (const std::string& id : {case_id(next % 20), numbered_id("c1e0", next % 20)}) {
            const path::stream_id stream = *storage::stream_id_from_hex(id);
            sqlite3_bind_blob(read, 1, stream.bytes.data(), 16, SQLITE_STATIC);
            while (sqlite3_step(read) == SQLITE_ROW)
                for (int column = 0; column < sqlite3_column_count(read); ++column)
                    bytes += sqlite3_column_bytes(read, column);
            sqlite3_reset(read);
        }
        ++next;
        if (bytes == 0) return state.SkipWithError("no rows");
        benchmark::DoNotOptimize(bytes);
    }
}

/// From stored envelopes to events: reading the JSON of their parts.
void read_events(benchmark::State& state) {
    const auto envelopes = envelopes_of(long_cases(), 0);
    for (auto _ : state)
        for (const path::event_envelope& each : envelopes) benchmark::DoNotOptimize(json::try_read_event(each).value());
}

/// From events to the case: the fold alone.
void fold_case(benchmark::State& state) {
    std::vector<path::event> events;
    for (const path::event_envelope& each : envelopes_of(long_cases(), 0))
        events.push_back(json::try_read_event(each).value());
    for (auto _ : state) benchmark::DoNotOptimize(path::evolve(path::case_state(), events));
}

// Opening a case (0), recording a fact (4), a move of a referral (7).
BENCHMARK(command_polku)->Arg(0)->Arg(4)->Arg(7)->Iterations(case_count)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(command_floor)->Arg(0)->Arg(4)->Arg(7)->Iterations(case_count)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(open_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(open_case_whole)->Unit(benchmark::kMicrosecond);
BENCHMARK(open_long_case)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(open_case_floor)->Unit(benchmark::kMicrosecond);
BENCHMARK(show_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_events)->Unit(benchmark::kMicrosecond);
BENCHMARK(fold_case)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    remove_store(file_name);
    remove_store(floor_name);
    return 0;
}
