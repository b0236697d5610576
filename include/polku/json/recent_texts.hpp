// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_RECENT_TEXTS_HPP
#define POLKU_JSON_RECENT_TEXTS_HPP

#include <polku/feel/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace polku::inline POLKU_V::json {

/// A hash of a text by its length and its first and last eight bytes, for small tables whose keys are compared anyway.
inline std::uint64_t quick_hash(std::string_view text) noexcept {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (text.size() >= sizeof first) {
        std::memcpy(&first, text.data(), sizeof first);
        std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    } else {
        for (const char each : text) first = first << 8U | static_cast<unsigned char>(each);
    }
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    return ((first ^ (last * odd) ^ text.size()) * odd) >> 32U;
}

/// Texts that came in lately, so that one that recurs takes no memory: a table of one place for each hash. For one
/// thread at a time.
class recent_texts {
public:
    /// The value of a text; a long one shares its memory with the last text of the same hash, where they are equal.
    feel::value value_of(std::string_view text) {
        if (text.size() <= feel::value::short_text || text.size() > longest) return feel::value(text);
        feel::value& place = kept_[quick_hash(text) % places];
        if (!place.is(feel::kind::string) || place.as_string() != text) place = feel::value(text);
        return place;
    }

private:
    static constexpr std::size_t places = 128;
    static constexpr std::size_t longest = 64;

    std::array<feel::value, places> kept_;
};

}  // namespace polku::inline POLKU_V::json

#endif
