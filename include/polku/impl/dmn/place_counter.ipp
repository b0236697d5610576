// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_PLACE_COUNTER_IPP
#define POLKU_IMPL_DMN_PLACE_COUNTER_IPP

#include <polku/dmn/detail/place_counter.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace polku::inline POLKU_V::dmn::detail {

/// Code points in a piece of UTF-8: bytes that do not go on with one, eight at a time where all are ASCII.
POLKU_DECL std::uint32_t count_points(const char* from, const char* to) noexcept {
    std::uint32_t count = 0;
    while (to - from >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, from, sizeof word);
        if ((word & 0x8080808080808080U) == 0) {
            count += 8;
            from += 8;
            continue;
        }
        for (const char* end = from + 8; from < end; ++from)
            if ((static_cast<unsigned char>(*from) & 0xC0U) != 0x80U) ++count;
    }
    for (; from < to; ++from)
        if ((static_cast<unsigned char>(*from) & 0xC0U) != 0x80U) ++count;
    return count;
}

POLKU_DECL place place_counter::at(std::size_t offset) noexcept {
    offset = std::min(offset, text_.size());
    if (offset < offset_) {
        offset_ = 0;
        at_ = {1, 1};
    }
    const char* from = text_.data() + offset_;
    const char* const to = text_.data() + offset;
    while (from < to) {
        const void* feed = std::memchr(from, '\n', static_cast<std::size_t>(to - from));
        if (feed == nullptr) break;
        ++at_.line;
        at_.column = 1;
        from = static_cast<const char*>(feed) + 1;
    }
    at_.column += count_points(from, to);
    offset_ = offset;
    return at_;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
