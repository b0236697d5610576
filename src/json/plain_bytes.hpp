// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_PLAIN_BYTES_HPP
#define POLKU_SRC_JSON_PLAIN_BYTES_HPP

#include <polku/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Bytes of a JSON string that stand for themselves, eight at a time.
namespace polku::inline POLKU_V::json::detail {

inline constexpr std::uint64_t one_in_each_byte = 0x0101010101010101U;
inline constexpr std::uint64_t top_of_each_byte = one_in_each_byte << 7U;

/// Marks, in its top bit, each byte that must be escaped: quotes, backslashes and control characters. Only the lowest
/// mark is sure: there may be others behind it that are wrong.
inline std::uint64_t special_bytes(std::uint64_t word) noexcept {
    const auto below = [](std::uint64_t of, std::uint64_t bound) {
        return (of - one_in_each_byte * bound) & ~of & top_of_each_byte;
    };
    return below(word, 0x20) | below(word ^ (one_in_each_byte * '"'), 1) | below(word ^ (one_in_each_byte * '\\'), 1);
}

/// The same, with the bytes outside ASCII. Where those are marked anyway, the rest is said more shortly.
inline std::uint64_t special_or_foreign_bytes(std::uint64_t word) noexcept {
    return ((word - one_in_each_byte * 0x20) | ((word ^ (one_in_each_byte * '"')) - one_in_each_byte) |
            ((word ^ (one_in_each_byte * '\\')) - one_in_each_byte) | word) &
           top_of_each_byte;
}

/// Past bytes that `Marks` does not mark; it may stop up to eight bytes before the first one that is.
template <std::uint64_t (*Marks)(std::uint64_t) noexcept>
const char* past_plain_words(const char* at, const char* end) noexcept {
    for (std::uint64_t word = 0; static_cast<std::size_t>(end - at) >= sizeof word; at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        const std::uint64_t marks = Marks(word);
        if (marks == 0) continue;
        // The lowest byte is the first one only here.
        if constexpr (std::endian::native == std::endian::little)
            at += static_cast<std::size_t>(std::countr_zero(marks)) / 8;
        break;
    }
    return at;
}

}  // namespace polku::inline POLKU_V::json::detail

#endif
