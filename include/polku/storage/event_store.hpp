// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_EVENT_STORE_HPP
#define POLKU_STORAGE_EVENT_STORE_HPP

#include <polku/result.hpp>
#include <polku/storage/entropy.hpp>
#include <polku/storage/records.hpp>
#include <polku/storage/upcasters.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// What every implementation takes.
struct store_options {
    /// A checkpoint event is written with every so many events; 0 writes none but those asked for.
    std::uint64_t checkpoint_every = 1000;
    /// How far `recorded_at_ms` may lie before the newest of the store; a host whose clock once ran ahead raises it.
    std::int64_t recorded_slack_ms = 5 * 60 * 1000;
    std::shared_ptr<entropy_source> entropy;     ///< `system_entropy` when empty
    std::shared_ptr<const upcasters> upcasting;  ///< lifts what `try_load` and `try_events_since` answer
};

/// How much `try_verify` looks at.
struct verify_options {
    std::optional<chain_head> anchor;  ///< a `try_head` of earlier, which must be an ancestor of the present
    std::uint32_t max_findings = 100;  ///< more are not told
};

/// What `try_verify` found. The store is sound when no finding is an error.
struct verify_report {
    std::uint64_t events = 0;          ///< how many were read
    std::uint64_t streams = 0;         ///< how many were read
    std::uint64_t checkpoints = 0;     ///< how many were read
    std::uint64_t parts_checked = 0;   ///< parts whose commitment was computed again
    std::uint64_t parts_sealed = 0;    ///< erased or encrypted: covered by the chain, content not readable
    bool sealed = false;               ///< content about people is kept under keys only
    chain_head head;                   ///< of the store as it was read
    std::vector<diagnostic> findings;  ///< errors and warnings, each with stream and version where it is known

    /// True when no finding is an error.
    bool sound() const noexcept {
        for (const diagnostic& finding : findings) {
            if (finding.severity == severity::error) return false;
        }
        return true;
    }
};

/// Streams of events with their chains, and what belongs to them: command ids, case projections, blobs, snapshots. It
/// knows envelopes and bytes, not case logic. One thread at a time uses a store; several stores, also of several
/// processes, may stand on the same data.
class event_store {
public:
    virtual ~event_store() = default;
    event_store() = default;
    event_store(const event_store&) = delete;
    event_store& operator=(const event_store&) = delete;

    /// Appends one command's events in one transaction. A command id that was used before gives its first answer when
    /// the content hash is the same, whatever the expected versions say. Errors, with the store unchanged:
    /// `store_command_conflict` (same id, other content), `store_version_conflict` (a stream has moved on),
    /// `store_kind_conflict`, `store_recorded_backwards` (an event was recorded more than the slack, 5 minutes by
    /// default, before the newest of the store), `store_blob_missing` (`pack_hash` or `path_hash` was never put),
    /// `store_read_moved` (what `counts` was computed from has moved on),
    /// `invalid_argument`, and 5xx and 7xx errors of the storage itself.
    result<append_answer> try_append(const append_request& request);
    /// Appends several commands in one transaction: all of them or none.
    virtual result<std::vector<append_answer>> try_append_all(std::span<const append_request> requests) = 0;

    /// The answer that a command of that id got before; empty when the id is new, `store_command_conflict` when it was
    /// used for other content. What a caller asks before it decides a command that may be a retry.
    virtual result<std::optional<append_answer>> try_find_command(std::string_view command_id,
                                                                  const path::hash& command_hash) = 0;

    /// Events of a stream from `from_version` (1 is the first), oldest first, at most `limit`. None for a stream that
    /// does not exist. `command_id` is the hash of the id in hex; actor and purpose of an erased attribution are empty.
    virtual result<std::vector<path::event_envelope>> try_load(const path::stream_id& stream,
                                                               std::uint64_t from_version = 1,
                                                               std::uint32_t limit = UINT32_MAX) = 0;
    /// The events of a stream that are of one of these types, oldest first; nothing of the others is opened.
    virtual result<std::vector<path::event_envelope>> try_load_types(const path::stream_id& stream,
                                                                     std::span<const std::string_view> types) = 0;
    /// Events after `cursor` (a position; 0 from the start), at most `limit`, the store's own checkpoints included.
    /// Never passes a position whose event may still be committed, so a reader that keeps `next` misses nothing.
    virtual result<feed_page> try_events_since(std::uint64_t cursor, std::uint32_t limit) = 0;

    /// The last event of a stream; empty when the stream does not exist.
    virtual result<std::optional<stream_head>> try_head_of(const path::stream_id& stream) = 0;
    /// Streams in the order of their creation, at most `limit` of the query.
    virtual result<std::vector<stream_row>> try_find_streams(const stream_query& query) = 0;
    /// In the order of their creation.
    virtual result<std::vector<stream_row>> try_find_with_event(const event_query& query) = 0;
    /// Cases by due date and then creation, at most `limit` of the query.
    virtual result<std::vector<stream_row>> try_find_due(const due_query& query) = 0;
    /// Cases by municipality, stage, status and openness, sorted by these.
    virtual result<std::vector<case_count>> try_count_cases() = 0;

    /// The sums of the counters at the end of a day, of labels that ever counted, in no particular order.
    virtual result<counters_answer> try_counters(time::date on) = 0;
    /// One step of counting anew; the number of this counting. `store_version_conflict` when another counting has begun
    /// since, or events came after `upto`.
    virtual result<std::uint64_t> try_recount(const recount_step& step) = 0;

    /// Keeps bytes (a pack or a path that was used) by their BLAKE2b-256 hash, for ever; putting them again is
    /// harmless.
    virtual result<path::hash> try_put_blob(std::string_view kind, std::string_view bytes) = 0;
    /// `not_found` when no such blob was put; `store_corrupt` when the bytes no longer have their hash.
    virtual result<std::string> try_get_blob(const path::hash& hash) = 0;

    /// Keeps a snapshot of one retention class of a stream instead of an older one. A version that the stream has not
    /// reached is `invalid_argument`; one older than what is kept changes nothing.
    virtual result<void> try_put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                          const snapshot& taken) = 0;
    /// The snapshot that is kept; empty when there is none, or it was deleted by an erasure.
    virtual result<std::optional<snapshot>> try_get_snapshot(const path::stream_id& stream,
                                                             std::string_view retention_class) = 0;

    /// Writes a checkpoint event now (otherwise one is written with every so many events): it links the heads of all
    /// streams that changed since the one before. Nothing is written when nothing changed.
    virtual result<chain_head> try_checkpoint() = 0;
    /// The value to keep elsewhere as an anchor.
    virtual result<chain_head> try_head() = 0;
    /// Reads the whole store and checks chains, commitments, checkpoints, order, and the anchor. Findings are in the
    /// report; an error only says that reading was not possible. Takes time linear in the events.
    virtual result<verify_report> try_verify(const verify_options& options = {}) = 0;

    // The same, throwing `polku::exception`.
    /// As `try_append`; throws.
    append_answer append(const append_request& request) { return try_append(request).value(); }
    /// As `try_load`, all events; throws.
    std::vector<path::event_envelope> load(const path::stream_id& stream, std::uint64_t from_version = 1) {
        return try_load(stream, from_version).value();
    }
    /// As `try_head`; throws.
    chain_head head() { return try_head().value(); }
    /// As `try_verify`; throws.
    verify_report verify(const verify_options& options = {}) { return try_verify(options).value(); }
};

}  // namespace polku::inline POLKU_V::storage

#endif
