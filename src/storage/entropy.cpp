// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/entropy.hpp>

#include "sodium.hpp"

#include <array>

namespace polku::inline POLKU_V::storage {

namespace {

class sodium_entropy final : public entropy_source {
public:
    sodium_entropy() { detail::start_sodium(); }
    void fill(std::span<std::uint8_t> bytes) noexcept override { randombytes_buf(bytes.data(), bytes.size()); }
};

class seeded_entropy final : public entropy_source {
public:
    explicit seeded_entropy(std::uint64_t seed) {
        detail::start_sodium();
        for (std::size_t i = 0; i < 8; ++i) seed_[i] = static_cast<unsigned char>(seed >> (8 * i));
    }
    void fill(std::span<std::uint8_t> bytes) noexcept override {
        for (std::size_t i = 0; i < 8; ++i) seed_[8 + i] = static_cast<unsigned char>(drawn_ >> (8 * i));
        ++drawn_;
        randombytes_buf_deterministic(bytes.data(), bytes.size(), seed_.data());
    }

private:
    std::array<unsigned char, randombytes_SEEDBYTES> seed_{};
    std::uint64_t drawn_ = 0;
};

}  // namespace

std::shared_ptr<entropy_source> system_entropy() { return std::make_shared<sodium_entropy>(); }

std::shared_ptr<entropy_source> fixed_entropy(std::uint64_t seed) { return std::make_shared<seeded_entropy>(seed); }

}  // namespace polku::inline POLKU_V::storage
