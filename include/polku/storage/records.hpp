// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_RECORDS_HPP
#define POLKU_STORAGE_RECORDS_HPP

#include <polku/path/event.hpp>
#include <polku/storage/counters.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// What a store keeps in clear about a case, so that worklists and counts are index look-ups. It must say nothing of a
/// person: ids of stages, municipalities and roles, and dates.
struct case_projection {
    std::string stage;                      ///< id of the stage
    std::string municipality;               ///< code of the municipality
    std::string owner_role;                 ///< role that is responsible now
    std::string status;                     ///< `open`, `waiting`, `closed`, ... as the path names it
    std::optional<time::date> opened_on;    ///< empty until the case is opened
    std::optional<time::date> closed_on;    ///< empty while the case is open
    std::optional<time::date> next_due_on;  ///< nearest day on which something is due, also after the end
    bool operator==(const case_projection&) const = default;
};

/// Folded state that shortens the opening of a stream; the bytes mean something to the caller only.
struct snapshot {
    std::uint64_t version = 0;         ///< version of the last event folded in
    std::uint32_t schema_version = 1;  ///< of the bytes
    std::string bytes;                 ///< up to the caller; empty ones are allowed
    bool operator==(const snapshot&) const = default;
};

/// As a retention class in an erasure: all of them. And the class of a snapshot that holds content of several classes.
/// Erasing any class of the one it is about deletes it, and destroys the key it was sealed with. No part of an event
/// has this class.
constexpr std::string_view every_class = "*";

/// A snapshot to be kept in the transaction of an append. The store gives its version: that of the stream after the
/// append. It is left out, and the append goes on, when the stream `beside`, which was folded into it too, has another
/// version by then than `beside_version`.
struct snapshot_append {
    std::string retention_class{every_class};  ///< of what is in it
    std::uint32_t schema_version = 1;          ///< of the bytes
    std::string bytes;                         ///< up to the caller
    path::stream_id beside;
    std::uint64_t beside_version = 0;
};

/// The new events of one stream. Of each event the caller fills type, schema_version, effective_date, recorded_at_ms,
/// actor, purpose, pack_hash, path_hash, engine_version and the parts' subject, class and bytes; stream, kind, version,
/// position, command id, salts and commitments are the store's to give.
struct stream_append {
    path::stream_id stream;  ///< which one
    path::stream_kind kind =
        path::stream_kind::case_;               ///< of a new one; another kind than it has is `store_kind_conflict`
    std::uint64_t expected_version = 0;         ///< version of the stream's last event, 0 for a stream that is new
    std::vector<path::event_envelope> events;   ///< in their order
    std::optional<case_projection> projection;  ///< replaces the stream's projection; case streams only
    std::optional<snapshot_append> snapshot;    ///< replaces the stream's snapshot of that class
};

/// One command's events, for one transaction.
struct append_request {
    std::vector<stream_append> streams;  ///< each stream at most once, at least one event in all
    std::string command_id;              ///< unique in the store for ever; kept as its hash only
    path::hash command_hash{};           ///< hash of the command's content
    /// What the events change in the counters. Events of clients and cases that come without it leave the counters
    /// incomplete until they are counted anew.
    std::optional<counter_change> counts;
};

/// Where one stream's events of an append went.
struct appended_stream {
    path::stream_id stream;           ///< which one
    std::uint64_t first_version = 0;  ///< of the events that were stored
    std::uint64_t last_version = 0;   ///< of the events that were stored
    bool operator==(const appended_stream&) const = default;
};

/// What an append answers, and answers again when the same command comes a second time.
struct append_answer {
    std::uint64_t first_position = 0;      ///< in the store
    std::uint64_t last_position = 0;       ///< in the store
    std::vector<appended_stream> streams;  ///< in the order of the request
    bool repeated = false;                 ///< the command had been stored before; nothing was written now
};

/// The last event of a stream.
struct stream_head {
    path::stream_id stream;                             ///< which one
    path::stream_kind kind = path::stream_kind::case_;  ///< what it holds
    std::uint64_t version = 0;                          ///< of that event
    path::hash hash{};                                  ///< link of the stream's chain
    bool operator==(const stream_head&) const = default;
};

/// A value that commits to every event up to `position`; kept elsewhere, it is an anchor for `try_verify`.
struct chain_head {
    std::uint64_t position = 0;
    path::hash hash{};  ///< BLAKE2b-256 over the last checkpoint and all heads since
    bool operator==(const chain_head&) const = default;
};

/// `<position>:<64 hex digits>`
std::string to_string(const chain_head& head);
/// Reads the form of `to_string`; empty for anything else.
std::optional<chain_head> chain_head_from(std::string_view text) noexcept;

/// A page of the feed. `next` is the cursor for the following page.
struct feed_page {
    std::vector<path::event_envelope> events;  ///< by position
    std::uint64_t next = 0;
};

/// Which streams to list; what is empty does not restrict. Asking for a stage, municipality, role, status or openness
/// leaves only streams with a projection. With a subject they are not looked at: it restricts by kind alone.
struct stream_query {
    std::optional<path::stream_id> stream;  ///< this one only: one look-up, however many there are
    std::optional<path::stream_kind> kind;  ///< what they hold
    /// Hex id of a client's stream: only streams with content about that client, erased content included. Read from an
    /// index, so it takes time by the rows found.
    std::optional<std::string> subject;
    std::optional<std::string> stage;         ///< id
    std::optional<std::string> municipality;  ///< code
    std::optional<std::string> owner_role;    ///< id
    std::optional<std::string> status;        ///< as the path names it
    std::optional<bool> open;                 ///< true: `closed_on` is empty
    std::uint64_t after = 0;                  ///< `number` of the last row of the page before
    std::uint32_t limit = 1000;               ///< rows of a page
};

/// A listed stream; `number` counts streams in the order of their creation and pages a listing.
struct stream_row {
    std::uint64_t number = 0;
    path::stream_id stream;                             ///< which one
    path::stream_kind kind = path::stream_kind::case_;  ///< what it holds
    std::optional<case_projection> projection;          ///< of case streams; empty where none was written
    bool operator==(const stream_row&) const = default;
};

/// Streams of a kind that have an event of a type. Reads the heads of their events, never what these hold.
struct event_query {
    path::stream_kind kind = path::stream_kind::case_;  ///< what the streams hold
    std::string type;                                   ///< stored name
    std::uint64_t after = 0;                            ///< `number` of the last row of the page before
    std::uint32_t limit = 1000;                         ///< rows of a page
};

/// Cases whose next due date is `by` or earlier, by due date and then creation; an ended case too, since its follow-up
/// goes on.
struct due_query {
    time::date by;
    std::optional<std::string> municipality;  ///< code
    std::optional<std::string> owner_role;    ///< id of a role
    std::optional<time::date> after_date;     ///< with `after`: `next_due_on` and `number` of the last row before
    std::uint64_t after = 0;                  ///< with `after_date`
    std::uint32_t limit = 1000;               ///< rows of a page
};

/// One cell of the current situation.
struct case_count {
    std::string municipality;  ///< code
    std::string stage;         ///< id
    std::string status;        ///< as the path names it
    bool open = true;          ///< the case has not ended
    std::uint64_t cases = 0;   ///< how many there are
    bool operator==(const case_count&) const = default;
};

}  // namespace polku::inline POLKU_V::storage

#endif
