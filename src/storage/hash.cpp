// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/hash.hpp>

#include "sodium.hpp"

namespace polku::inline POLKU_V::storage {

namespace {

const unsigned char* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

int digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool read_hex(std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.size() != out.size() * 2) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = digit(text[2 * i]);
        const int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

}  // namespace

path::hash blake2b(std::string_view bytes) noexcept {
    detail::start_sodium();
    path::hash made;
    crypto_generichash(made.data(), made.size(), bytes_of(bytes), bytes.size(), nullptr, 0);
    return made;
}

path::hash blake2b(std::string_view bytes, const path::hash& key) noexcept {
    detail::start_sodium();
    path::hash made;
    crypto_generichash(made.data(), made.size(), bytes_of(bytes), bytes.size(), key.data(), key.size());
    return made;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<path::hash> hash_from_hex(std::string_view text) noexcept {
    path::hash made{};
    if (!read_hex(text, made)) return std::nullopt;
    return made;
}

std::optional<path::stream_id> stream_id_from_hex(std::string_view text) noexcept {
    path::stream_id made;
    if (!read_hex(text, made.bytes)) return std::nullopt;
    return made;
}

}  // namespace polku::inline POLKU_V::storage
