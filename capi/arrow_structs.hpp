// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_STRUCTS_HPP
#define POLKU_CAPI_ARROW_STRUCTS_HPP

// Arrow arrays that this library makes, and handles that release those of others.

#include "polku_arrow.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace polku_capi {

/// What the private_data of our arrays points to: the buffers that the array shows, and its children.
struct array_keeper {
    std::vector<std::uint8_t> validity;
    std::vector<std::uint8_t> bits;
    std::vector<std::int32_t> items;
    std::vector<std::uint64_t> words;
    std::string bytes;
    std::vector<const void*> buffers;
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    ArrowArray dictionary{};
};
/// The array of a keeper whose buffers are set.
void show_array(std::unique_ptr<array_keeper> keeper, std::int64_t rows, std::int64_t nulls, ArrowArray& out);

/// Releases an array, a schema or a stream unless it was moved on.
template <typename Struct>
class owned {
public:
    owned() noexcept = default;
    /// Moves it in, as the specification says: a copy of the struct, and the original is marked as released.
    explicit owned(Struct* from) noexcept : held_(*from) { from->release = nullptr; }
    owned(owned&& other) noexcept : held_(other.held_) { other.held_.release = nullptr; }
    owned& operator=(owned&& other) noexcept {
        std::swap(held_, other.held_);
        return *this;
    }
    ~owned() {
        if (held_.release != nullptr) held_.release(&held_);
    }
    explicit operator bool() const noexcept { return held_.release != nullptr; }
    Struct& operator*() noexcept { return held_; }
    const Struct& operator*() const noexcept { return held_; }
    Struct* operator->() noexcept { return &held_; }
    const Struct* operator->() const noexcept { return &held_; }
    Struct* get() noexcept { return &held_; }
    void move_to(Struct* out) noexcept {
        *out = held_;
        held_.release = nullptr;
    }

private:
    Struct held_{};
};

}  // namespace polku_capi

#endif
