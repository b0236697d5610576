// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_STORAGE_FWD_HPP
#define POLKU_STORAGE_FWD_HPP

/// @file
/// The name of every public type of `storage`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::storage {
// clang-format off
struct append_answer; struct append_request; struct appended_stream; struct case_count; struct case_projection;
struct chain_head; struct client_cases; struct counted_label; struct counter_change; struct counter_delta;
struct counters_answer; struct due_query; enum class durability : std::uint8_t; struct ended_subject;
class entropy_source; struct erase_answer; struct erase_request; struct erasure; struct erasure_ledger;
struct event_query; class event_store; struct feed_page; struct identifier; struct identifier_events;
struct identifier_owner; struct key_options; class keyed_store; struct postgres_options; class postgres_store;
enum class read_log_flush : std::uint8_t; struct recorded_identifier; struct recount_step; struct seal_answer;
struct seal_room; struct snapshot; struct snapshot_append; struct sqlite_options; class sqlite_store;
struct store_options; struct stream_append; struct stream_head; struct stream_query; struct stream_row;
struct stream_version; class upcasters; struct use_entry; enum class use_kind : std::uint8_t; class use_log;
struct use_log_options; struct use_log_report; struct verify_options; struct verify_report;
// clang-format on
}  // namespace polku::inline POLKU_V::storage

#endif
