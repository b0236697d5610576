// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_ENTROPY_HPP
#define POLKU_STORAGE_ENTROPY_HPP

#include <polku/config.hpp>

#include <cstdint>
#include <memory>
#include <span>

namespace polku::inline POLKU_V::storage {

/// Where a store takes its random bytes from: the store's id and the salts of parts. Salts keep a commitment from
/// telling a short text to someone who tries all of them, so anything but a test must use `system_entropy`.
class entropy_source {
public:
    virtual ~entropy_source() = default;
    /// Fills all of the bytes; cannot fail.
    virtual void fill(std::span<std::uint8_t> bytes) noexcept = 0;
};

/// The operating system's generator through libsodium; may be used by all threads.
std::shared_ptr<entropy_source> system_entropy();
/// The same bytes in every run for the same seed; for tests and examples, never for real clients.
std::shared_ptr<entropy_source> fixed_entropy(std::uint64_t seed);

}  // namespace polku::inline POLKU_V::storage

#endif
