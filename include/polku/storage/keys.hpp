// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_KEYS_HPP
#define POLKU_STORAGE_KEYS_HPP

#include <polku/result.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::storage {

/// 256 bits; secret, so wipe them after use.
using key_bytes = std::array<std::uint8_t, 32>;

/// The host's master keys. A master key wraps the keys of the store, one for each client and retention class, and these
/// seal the content (XChaCha20-Poly1305). Whoever loses the master key has lost the content: nothing else opens it.
struct key_options {
    /// Id of the master key that a new store begins with, 1 to 200 characters: letters, digits and any of `._-:`. The
    /// id stands in the file, in clear.
    std::string master;
    /// Answers the master key of an id, or `store_key_missing`. Asked when a store is opened, and again when another
    /// process has changed its master key; what it answers is copied into locked memory and wiped.
    std::function<result<key_bytes>(std::string_view id)> find;
};

/// Keys held by this program itself. The bytes are wiped when the last copy of the options goes.
key_options master_key_of(std::string id, const key_bytes& key);

/// Keys from a text file: one `ID HEX` a line (HEX: 64 hexadecimal digits), the key for new stores first, older ones
/// that still open something after it; empty lines and lines that begin with `#` do not count. Errors:
/// `store_key_unusable` with the line.
result<key_options> try_read_key_file(const std::string& path);

/// Makes a new key file with one key from the system's random bytes, readable by its owner only. A file that is there
/// already is `store_key_unusable`, and left as it is.
result<void> try_write_key_file(const std::string& path, std::string_view id);

}  // namespace polku::inline POLKU_V::storage

#endif
