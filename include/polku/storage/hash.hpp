// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_HASH_HPP
#define POLKU_STORAGE_HASH_HPP

#include <polku/path/event.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::storage {

/// BLAKE2b-256 (RFC 7693, no key): content hashes of packs and paths, and links of the chains.
path::hash blake2b(std::string_view bytes) noexcept;
/// BLAKE2b-256 keyed with 32 bytes: the commitment of a part, whose key is its salt.
path::hash blake2b(std::string_view bytes, const path::hash& key) noexcept;

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(std::span<const std::uint8_t> bytes);
/// Reads 64 hexadecimal digits of either case; empty for anything else.
std::optional<path::hash> hash_from_hex(std::string_view text) noexcept;
/// Reads 32 hexadecimal digits of either case; empty for anything else.
std::optional<path::stream_id> stream_id_from_hex(std::string_view text) noexcept;

}  // namespace polku::inline POLKU_V::storage

#endif
