// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_EVENT_HPP
#define POLKU_PATH_EVENT_HPP

#include <polku/time/date_time.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// A 128-bit id that the caller chose for a stream; random for real clients, so that it says nothing of them.
struct stream_id {
    std::array<std::uint8_t, 16> bytes{};  ///< as hexadecimal text 32 digits
    auto operator<=>(const stream_id&) const noexcept = default;
};

/// What a stream holds.
enum class stream_kind : std::uint8_t {
    client = 1,       ///< what is known of one client
    case_ = 2,        ///< one client's way on one path
    environment = 3,  ///< places of an environment or a service
    employer = 4,     ///< an employer's applications
    programme = 5,    ///< a support programme, a register, or the rule packs in use
    system = 6        ///< the store's own
};

using hash = std::array<std::uint8_t, 32>;  ///< BLAKE2b-256

/// A piece of an event's content under one subject and one retention class. `bytes` is canonical JSON until it is
/// encrypted; `commitment` is BLAKE2b-256 of the canonical bytes keyed with `salt`, so that encrypting, rotating and
/// erasing leave the chain valid.
struct event_part {
    std::string subject;          ///< whose data this is: a client's stream id in hex, or `-` for nobody's
    std::string retention_class;  ///< `none`, `employment`, `social`, ... (docs/storage.md)
    hash salt{};
    hash commitment{};
    std::string bytes;
    bool erased = false;  ///< `bytes` are destroyed; `salt` and `commitment` stay
};

/// The envelope that every stored event has, from the first one on. `position` orders all events of a store, `version`
/// those of a stream (from 1). `recorded_at` (UTC milliseconds) never orders events.
struct event_envelope {
    stream_id stream;                       ///< which the event belongs to
    stream_kind kind = stream_kind::case_;  ///< what that stream holds
    std::uint64_t version = 0;
    std::uint64_t position = 0;
    std::string type;                  ///< `referral_sent`, `assessment_started`, ...
    std::uint32_t schema_version = 1;  ///< of this event type; upcasters lift older ones
    time::date effective_date;         ///< when it holds in the client's life; deadlines run from it
    std::int64_t recorded_at_ms = 0;   ///< when the store wrote it; UTC milliseconds
    std::string actor;                 ///< who did it, as the host names people
    std::string purpose;               ///< why the data was touched
    std::string command_id;            ///< the caller's idempotency key
    hash pack_hash{};                  ///< rule pack in force, zero when none decided
    hash path_hash{};                  ///< path definition in force
    std::uint32_t engine_version = 0;  ///< POLKU_ENGINE_SEMANTICS
    std::vector<event_part> parts;     ///< by subject and retention class
};

}  // namespace polku::inline POLKU_V::path

#endif
