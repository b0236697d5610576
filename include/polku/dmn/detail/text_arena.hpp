// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_TEXT_ARENA_HPP
#define POLKU_DMN_DETAIL_TEXT_ARENA_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// Memory for many small texts and plain records that live and die together: a file has hundreds of thousands of them,
/// and asking the heap for each would cost more than reading it. What is handed out stays where it is, also when the
/// arena is moved.
class text_arena {
public:
    text_arena() = default;
    text_arena(text_arena&& other) noexcept { swap(other); }
    text_arena& operator=(text_arena&& other) noexcept {
        swap(other);
        return *this;
    }
    POLKU_DECL void swap(text_arena& other) noexcept;

    /// `alignment` is a power of two.
    void* allocate(std::size_t bytes, std::size_t alignment) {
        const std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
        if (start + bytes > size_) return allocate_in_next(bytes);
        used_ = start + bytes;
        return now_ + start;
    }
    /// A copy of the text.
    std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        char* made = static_cast<char*>(allocate(text.size(), 1));
        std::memcpy(made, text.data(), text.size());
        return {made, text.size()};
    }
    template <class T>
    T* make() {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T();
    }
    template <class T>
    std::span<const T> copy_all(std::span<const T> from) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (from.empty()) return {};
        T* made = static_cast<T*>(allocate(from.size() * sizeof(T), alignof(T)));
        std::uninitialized_copy(from.begin(), from.end(), made);
        return {made, from.size()};
    }

    struct mark {
        std::size_t chunks;
        std::size_t used;
    };
    mark here() const noexcept { return {in_use_, used_}; }
    /// Forgets what was handed out since; its memory is handed out again.
    void rewind(mark to) noexcept {
        if (to.chunks != in_use_) use(to.chunks);
        used_ = to.used;
    }

private:
    struct chunk {
        std::unique_ptr<unsigned char[]> bytes;
        std::size_t size;
    };
    POLKU_DECL void* allocate_in_next(std::size_t bytes);
    /// Makes the last of so many chunks the one that is handed out.
    POLKU_DECL void use(std::size_t chunks) noexcept;

    std::vector<chunk> chunks_;
    std::size_t in_use_ = 0;  // of the chunks; those behind are free
    unsigned char* now_ = nullptr;
    std::size_t size_ = 0;  // of the chunk in use
    std::size_t used_ = 0;  // bytes of it
};

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/text_arena.ipp>
#endif

#endif
