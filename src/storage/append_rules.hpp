// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_APPEND_RULES_HPP
#define POLKU_SRC_STORAGE_APPEND_RULES_HPP

// The rules of appending that every store keeps, and the sentences of their errors.

#include <polku/storage/event_store.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace polku::inline POLKU_V::storage {

/// What can be said of a request without looking at the store.
result<void> check_request(const append_request& request);

result<void> check_deltas(std::span<const counter_delta> deltas);

result<void> check_snapshot(const path::stream_id& stream, std::uint64_t stream_version, const snapshot& taken);

error command_conflict(std::string_view command_id);
error version_conflict(const stream_append& to, std::uint64_t found);
error kind_conflict(const stream_append& to, path::stream_kind found);
error recorded_backwards(const stream_append& to, const path::event_envelope& event, std::int64_t newest,
                         std::int64_t slack_ms);
error blob_missing(const path::event_envelope& event, std::string_view member, const path::hash& hash);

}  // namespace polku::inline POLKU_V::storage

#endif
