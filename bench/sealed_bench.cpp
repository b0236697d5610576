// SPDX-License-Identifier: Apache-2.0
// A sealed store beside one in clear: appends of one command with content about a client, and the reading of a case of
// 50 events. The file is made in the current folder, so that the disk is the caller's choice.
#include "stored_events.hpp"

#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace {

using namespace polku;
using namespace polku::storage;
using namespace polku_bench;

constexpr const char* file_name = "sealed_bench.db";

/// An event of case `stream` with content about its client in two retention classes.
append_request make_request(std::uint64_t number, std::uint64_t stream, std::uint64_t expected) {
    const std::string client = to_hex(id_of(stream + (1ULL << 40)).bytes);
    return request_with(number, stream, expected,
                        {{.subject = client, .retention_class = "employment", .bytes = content},
                         {.subject = client, .retention_class = "social", .bytes = content}});
}

std::unique_ptr<sqlite_store> open_store(bool sealed, durability safety, bool fresh) {
    if (fresh) remove_store(file_name);
    sqlite_options options;
    options.durability = safety;
    if (sealed) options.keys = master_key_of("bench", key_bytes{1, 2, 3});
    return try_open_sqlite(file_name, std::move(options)).value();
}

constexpr std::uint64_t cases = 200;
constexpr std::uint64_t events_of_case = 50;

/// First argument: 1 for a sealed store; second: commands in one transaction; third: 1 for synchronous=FULL. Commands
/// go to 200 cases in turn, so that keys are there after the first round, as in a store that is in use.
void append(benchmark::State& state) {
    const auto store =
        open_store(state.range(0) != 0, state.range(2) != 0 ? durability::full : durability::normal, true);
    const auto batch = static_cast<std::uint64_t>(state.range(1));
    std::uint64_t number = 0;
    const auto next = [&] {
        const std::uint64_t at = number++;
        return make_request(at, at % cases, at / cases);
    };
    while (number < cases) store->append(next());
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<append_request> requests;
        for (std::uint64_t i = 0; i < batch; ++i) requests.push_back(next());
        state.ResumeTiming();
        if (!store->try_append_all(requests)) return state.SkipWithError("append failed");
    }
    state.SetItemsProcessed(state.iterations() * state.range(1));
}

/// Second argument: 1 for a store opened anew for each case, so that its keys are unwrapped first.
void open_case(benchmark::State& state) {
    const bool sealed = state.range(0) != 0;
    auto store = open_store(sealed, durability::normal, true);
    for (std::uint64_t version = 0; version < events_of_case; ++version) {
        std::vector<append_request> requests;
        for (std::uint64_t i = 0; i < cases; ++i) requests.push_back(make_request(version * cases + i, i, version));
        store->try_append_all(requests).value();
    }
    std::uint64_t next = 0;
    for (auto _ : state) {
        if (state.range(1) != 0) store = open_store(sealed, durability::normal, false);
        const auto events = store->try_load(id_of(next++ % cases));
        if (!events || events->size() != events_of_case) return state.SkipWithError("load failed");
    }
}

BENCHMARK(append)->ArgsProduct({{0, 1}, {1, 100}, {0, 1}})->UseRealTime();
BENCHMARK(open_case)->ArgsProduct({{0, 1}, {0, 1}});

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    remove_store(file_name);
    return 0;
}
