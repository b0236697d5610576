// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/hash.hpp>
#include <polku/storage/sha256.hpp>

#include <sodium.h>

#include <array>

namespace polku::inline POLKU_V::storage {

std::string sha256_hex(std::string_view bytes) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> made{};
    crypto_hash_sha256(made.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return to_hex(made);
}

}  // namespace polku::inline POLKU_V::storage
