// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_SHORT_ARRAY_HPP
#define POLKU_DMN_DETAIL_SHORT_ARRAY_HPP

#include <polku/config.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// An array on the stack while it is short. Numbers and pointers in it begin with any value.
template <class Item, std::size_t Short>
class short_array {
public:
    explicit short_array(std::size_t size) { resize(size); }
    /// What it held before is lost.
    void resize(std::size_t size) {
        size_ = size;
        if (size > Short) many_.resize(size);
    }
    Item* data() noexcept { return size_ > Short ? many_.data() : few_.data(); }
    const Item* data() const noexcept { return size_ > Short ? many_.data() : few_.data(); }
    std::size_t size() const noexcept { return size_; }
    Item& operator[](std::size_t at) noexcept { return data()[at]; }
    const Item& operator[](std::size_t at) const noexcept { return data()[at]; }
    operator std::span<const Item>() const noexcept { return {data(), size_}; }

private:
    std::array<Item, Short> few_;
    std::vector<Item> many_;
    std::size_t size_ = 0;
};

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
