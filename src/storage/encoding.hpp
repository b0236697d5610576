// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_ENCODING_HPP
#define POLKU_SRC_STORAGE_ENCODING_HPP

#include <polku/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace polku::inline POLKU_V::storage {

/// Writes the bytes that hashes and seals are computed over: a label, numbers big-endian, and texts behind their
/// length, so that no two records share an encoding.
class byte_writer {
public:
    explicit byte_writer(std::string_view label) {
        bytes_.reserve(512);
        bytes_ += label;
        bytes_ += '\0';
    }
    void number(std::uint64_t value, unsigned width) {
        std::array<char, 8> made;
        for (unsigned i = 0; i < width; ++i) made[i] = static_cast<char>(value >> (8 * (width - 1 - i)) & 0xFFU);
        bytes_.append(made.data(), width);
    }
    void text(std::string_view value) {
        number(value.size(), 4);
        bytes_ += value;
    }
    template <std::size_t Size>
    void raw(const std::array<std::uint8_t, Size>& value) {
        bytes_.append(reinterpret_cast<const char*>(value.data()), Size);
    }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

}  // namespace polku::inline POLKU_V::storage

#endif
