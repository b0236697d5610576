// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TEXT_ARENA_IPP
#define POLKU_IMPL_DMN_TEXT_ARENA_IPP

#include <polku/dmn/detail/text_arena.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL void text_arena::swap(text_arena& other) noexcept {
    std::swap(chunks_, other.chunks_);
    std::swap(in_use_, other.in_use_);
    std::swap(now_, other.now_);
    std::swap(size_, other.size_);
    std::swap(used_, other.used_);
}

POLKU_DECL void text_arena::use(std::size_t chunks) noexcept {
    in_use_ = chunks;
    used_ = 0;
    now_ = chunks == 0 ? nullptr : chunks_[chunks - 1].bytes.get();
    size_ = chunks == 0 ? 0 : chunks_[chunks - 1].size;
}

POLKU_DECL void* text_arena::allocate_in_next(std::size_t bytes) {
    constexpr std::size_t smallest = 4U << 10U;
    constexpr std::size_t largest = 64U << 10U;
    // A chunk that was given back may be too small for what is wanted now; it stays free behind the new one.
    if (in_use_ == chunks_.size() || chunks_[in_use_].size < bytes) {
        const std::size_t grown = chunks_.empty() ? smallest : std::min(largest, 2 * chunks_.back().size);
        const std::size_t size = std::max(bytes, grown);
        // Not value-initialised: the memory is written when it is handed out.
        chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(in_use_),
                       {std::unique_ptr<unsigned char[]>(new unsigned char[size]), size});
    }
    use(in_use_ + 1);
    used_ = bytes;
    return now_;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
