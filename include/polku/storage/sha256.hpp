// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_SHA256_HPP
#define POLKU_STORAGE_SHA256_HPP

#include <polku/config.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::storage {

/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits, for what others check with tools of their own: certificates. What
/// the store itself hashes is BLAKE2b (hash.hpp).
std::string sha256_hex(std::string_view bytes);

}  // namespace polku::inline POLKU_V::storage

#endif
