// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_IDENTIFIERS_HPP
#define POLKU_STORAGE_IDENTIFIERS_HPP

#include <polku/path/event.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// What identifies a client outside the store, such as a personal identity code. The value is in the form in which it
/// is looked for: the caller brings it there.
struct identifier {
    std::string kind;   ///< 1 to 64 of `a-z`, `0-9` and `_`; it stands in the file, in clear
    std::string value;  ///< never empty; kept as a keyed hash only
};

/// An identifier as an event tells it.
struct recorded_identifier {
    storage::identifier identifier;  ///< with its value as it is looked for
    path::stream_id client;          ///< stream id of the client
    std::uint64_t position = 0;      ///< of the event
    time::date known_on;             ///< day from which it holds
    std::string retention_class;     ///< of the part of the event that has it: erased together
};

/// Events that may tell identifiers, and how far they go.
struct identifier_events {
    std::vector<path::event_envelope> events;  ///< in the order of their positions
    std::uint64_t upto = 0;  ///< the index is complete to this position once what these events tell is in it
    bool more = false;       ///< call again for the rest
};

/// A client who has, or had, an identifier.
struct identifier_owner {
    path::stream_id client;           ///< stream id of the client
    time::date from;                  ///< first day
    std::optional<time::date> until;  ///< the last day, where another of the kind followed
    bool operator==(const identifier_owner&) const = default;
};

}  // namespace polku::inline POLKU_V::storage

#endif
