// SPDX-License-Identifier: Apache-2.0
// The store in PostgreSQL beside the store in a file, on one disk, in alternated rounds: appending, loading, following
// the feed. The server is started for it, with Debian's own settings and fsync on, and reached by a socket. Prints the
// rows of docs/benchmarks.md: medians of the rounds, least and most in brackets.
//
//   postgres_bench [ROUNDS]
#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>

#include "unit/storage/postgres/postgres_server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace polku;
using namespace polku::storage;

constexpr std::int64_t start_ms = 1'780'000'000'000;
constexpr std::uint64_t case_events = 50;

path::stream_id id_of(std::uint64_t number) {
    path::stream_id id;
    for (unsigned i = 0; i < 8; ++i) id.bytes[i] = static_cast<std::uint8_t>(number * 0x9E3779B97F4A7C15ULL >> (8 * i));
    id.bytes[15] = 1;
    return id;
}

/// As in storage_bench: one event of two parts, a command, a projection with two indexes.
append_request make_request(std::uint64_t number, std::uint64_t stream, std::uint64_t expected) {
    path::event_envelope event;
    event.type = "assessment_started";
    event.effective_date = *time::date::from_days(20'000);
    event.recorded_at_ms = start_ms + static_cast<std::int64_t>(number);
    event.actor = "worker:7";
    event.purpose = "employment_service";
    event.engine_version = 1;
    event.parts.push_back({.subject = "-",
                           .retention_class = "employment",
                           .bytes = "{\"stage\":\"assessment\",\"text\":\"" + std::string(220, 'x') + "\"}"});
    append_request request;
    request.command_id = "command " + std::to_string(number);
    request.command_hash = blake2b(request.command_id);
    request.streams.push_back({.stream = id_of(stream), .expected_version = expected});
    request.streams.back().projection = case_projection{"assessment",
                                                        std::to_string(number % 300),
                                                        "responsible_worker",
                                                        "open",
                                                        time::date::from_days(20'000),
                                                        std::nullopt,
                                                        time::date::from_days(20'000 + number % 90)};
    request.streams.back().events.push_back(std::move(event));
    return request;
}

/// Microseconds for each of `count` calls.
template <class Body>
double microseconds(std::uint64_t count, Body body) {
    const auto began = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < count; ++i) body();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
    return took.count() / static_cast<double>(count);
}

struct subject {
    std::unique_ptr<event_store> store;
    std::uint64_t number = 0;
};

constexpr std::array works{"append, one command", "append, one of a batch of 100", "load a case of 50 events",
                           "a page of 100 events of the feed, one event", "the last event of a stream"};
using times = std::array<double, works.size()>;

void prepare(subject& of) {
    for (std::uint64_t version = 0; version < case_events; ++version) {
        std::vector<append_request> requests;
        for (std::uint64_t stream = 0; stream < 20; ++stream)
            requests.push_back(make_request(of.number++, stream, version));
        of.store->try_append_all(requests).value();
    }
}

times measure(subject& of) {
    const auto next = [&] {
        const std::uint64_t number = of.number++;
        return make_request(number, 1'000'000 + number, 0);
    };
    std::uint64_t turn = 0;
    return {microseconds(100, [&] { of.store->try_append(next()).value(); }),
            microseconds(10,
                         [&] {
                             std::vector<append_request> batch;
                             for (int i = 0; i < 100; ++i) batch.push_back(next());
                             of.store->try_append_all(batch).value();
                         }) /
                100,
            microseconds(200,
                         [&] {
                             if (of.store->load(id_of(turn++ % 20)).size() != case_events) std::abort();
                         }),
            microseconds(20, [&] { of.store->try_events_since(turn++ % 500, 100).value(); }) / 100,
            microseconds(200, [&] { of.store->try_head_of(id_of(turn++ % 20)).value(); })};
}

std::string text_of_time(double us) {
    char text[32];
    std::snprintf(text, sizeof text, us < 1000 ? "%.3g µs" : "%.3g ms", us < 1000 ? us : us / 1000);
    return text;
}

double median(std::vector<double> of) {
    std::sort(of.begin(), of.end());
    return of[of.size() / 2];
}

std::string text_of_rounds(const std::vector<double>& of) {
    return text_of_time(median(of)) + " (" + text_of_time(*std::min_element(of.begin(), of.end())) + " to " +
           text_of_time(*std::max_element(of.begin(), of.end())) + ")";
}

}  // namespace

int main(int argc, char** argv) {
    storage_test::postgres_server* const server = storage_test::postgres_server::only();
    if (server == nullptr) return 1;
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const storage_test::temporary_folder folder;
    std::array<subject, 2> both{subject{try_open_postgres(server->address()).value()},
                                subject{try_open_sqlite(folder.file("bench.db")).value()}};
    for (subject& each : both) prepare(each);
    std::array<std::array<std::vector<double>, works.size()>, 2> taken;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t which : {static_cast<std::size_t>(round % 2), static_cast<std::size_t>(1 - round % 2)}) {
            const times made = measure(both[which]);
            for (std::size_t work = 0; work < works.size(); ++work) taken[which][work].push_back(made[work]);
        }
    }
    for (subject& each : both)
        if (!each.store->verify().sound()) return 1;
    for (std::size_t work = 0; work < works.size(); ++work) {
        std::vector<double> ratios;
        for (std::size_t round = 0; round < taken[0][work].size(); ++round)
            ratios.push_back(taken[0][work][round] / taken[1][work][round]);
        std::printf("| %s | %s | %s | %.2f |\n", works[work], text_of_rounds(taken[0][work]).c_str(),
                    text_of_rounds(taken[1][work]).c_str(), median(ratios));
    }
    return 0;
}
