// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_CHAIN_HPP
#define POLKU_SRC_STORAGE_CHAIN_HPP

// The bytes that chains and checkpoints are computed over; docs/storage.md has them as a table, and
// scripts/verify_store.py computes them without any of this.

#include <polku/storage/entropy.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/storage/hash.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

constexpr std::string_view checkpoint_type = "store_checkpoint";
constexpr std::string_view attribution_class = "attribution";

/// An event as it is stored: part 0 is the attribution (actor and purpose), the command id is its hash.
struct stored_event {
    path::event_envelope envelope;
    path::hash command{};
    path::hash hash{};                       ///< this event's link
    std::int64_t latest_recorded_at_ms = 0;  ///< newest recording time of all events up to this one
    std::vector<std::size_t> encrypted;      ///< numbers of the parts whose bytes are under a key that is not at hand
    std::vector<std::size_t> broken;         ///< numbers of the parts whose seal does not open
};

/// Changed streams since a checkpoint, in the order of their ids.
using changed_heads = std::map<path::stream_id, stream_head>;

/// What a checkpoint event says of the heads between two positions.
struct checkpoint_content {
    std::uint64_t after = 0;  ///< position of the checkpoint before, 0 for the first
    std::uint64_t upto = 0;
    std::uint64_t streams = 0;
    path::hash digest{};
};

path::hash hash_command_id(std::string_view command_id);
/// The content hash as it is kept: keyed with the command id, so that whoever reads the file without knowing the id
/// cannot try contents.
path::hash seal_command_content(std::string_view command_id, const path::hash& content);

std::string encode_event(const stored_event& event, const path::hash& previous);
path::hash digest_heads(const changed_heads& heads);
std::string encode_checkpoint(const checkpoint_content& content);
path::hash head_hash(std::uint64_t position, const path::hash& checkpoint, const path::hash& heads);

/// Draws a salt and computes the commitment of a part.
void commit_part(path::event_part& part, entropy_source& entropy);
/// Makes the stored form of a caller's event: attribution in front, salts, commitments, hash. Envelope fields that the
/// store gives must be set.
stored_event seal_event(path::event_envelope event, const path::hash& command, const path::hash& previous,
                        entropy_source& entropy);
/// The event that closes `content`; `last` gives its dates.
stored_event make_checkpoint(const path::stream_id& system, std::uint64_t version, std::uint64_t position,
                             const stored_event& last, const checkpoint_content& content, const path::hash& previous,
                             entropy_source& entropy);
/// The caller's form of a stored event, lifted to its current schema.
result<path::event_envelope> open_event(stored_event stored, const upcasters* lift);

}  // namespace polku::inline POLKU_V::storage

#endif
