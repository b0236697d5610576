// SPDX-License-Identifier: Apache-2.0
// What the benchmarks of stores append: one event with some 250 bytes of content in one command.
#ifndef POLKU_BENCH_STORED_EVENTS_HPP
#define POLKU_BENCH_STORED_EVENTS_HPP

#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace polku_bench {

constexpr std::int64_t start_ms = 1'780'000'000'000;
inline const std::string content = "{\"stage\":\"assessment\",\"text\":\"" + std::string(220, 'x') + "\"}";

/// Removes the store and its log beside it.
inline void remove_store(const std::string& file) {
    for (const char* end : {"", "-wal", "-shm"}) std::remove((file + end).c_str());
}

inline polku::path::stream_id id_of(std::uint64_t number) {
    polku::path::stream_id id;
    for (unsigned i = 0; i < 8; ++i) id.bytes[i] = static_cast<std::uint8_t>(number * 0x9E3779B97F4A7C15ULL >> (8 * i));
    id.bytes[15] = 1;
    return id;
}

/// The command `number`, which appends one event with `parts` to `stream`.
inline polku::storage::append_request request_with(std::uint64_t number, std::uint64_t stream, std::uint64_t expected,
                                                   std::vector<polku::path::event_part> parts) {
    polku::path::event_envelope event;
    event.type = "assessment_started";
    event.effective_date = *polku::time::date::from_days(20'000);
    event.recorded_at_ms = start_ms + static_cast<std::int64_t>(number);
    event.actor = "worker:7";
    event.purpose = "employment_service";
    event.engine_version = 1;
    event.parts = std::move(parts);
    polku::storage::append_request request;
    request.command_id = "command " + std::to_string(number);
    request.command_hash = polku::storage::blake2b(request.command_id);
    request.streams.push_back({.stream = id_of(stream), .expected_version = expected, .projection = std::nullopt});
    request.streams.back().events.push_back(std::move(event));
    return request;
}

}  // namespace polku_bench

#endif
