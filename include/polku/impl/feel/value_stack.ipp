// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_VALUE_STACK_IPP
#define POLKU_IMPL_FEEL_VALUE_STACK_IPP

#include <polku/feel/detail/value_stack.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel {

namespace detail {

POLKU_DECL value_stack::~value_stack() {
    for (const block& each : blocks_) ::operator delete(each.begin);
}

POLKU_DECL value* value_stack::take_elsewhere(std::size_t count) {
    constexpr std::size_t least = 256;
    std::size_t next = blocks_.empty() ? 0 : block_ + 1;
    while (next < blocks_.size() && blocks_[next].size < count) ++next;
    if (next >= blocks_.size()) {
        const std::size_t size = std::max({least, count, blocks_.empty() ? 0 : blocks_.back().size * 2});
        blocks_.reserve(blocks_.size() + 1);
        blocks_.push_back({static_cast<value*>(::operator new(size * sizeof(value))), size});
        next = blocks_.size() - 1;
    }
    block_ = next;
    top_ = blocks_[next].begin + count;
    end_ = blocks_[next].begin + blocks_[next].size;
    return blocks_[next].begin;
}

POLKU_DECL void slot_values::grow() {
    auto* const wider = static_cast<value*>(::operator new(room_ * 2 * sizeof(value)));
    // Values may be moved by their bits: nothing points into them, and the old ones are not destroyed.
    std::memcpy(static_cast<void*>(wider), static_cast<const void*>(values_), count_ * sizeof(value));
    ::operator delete(std::exchange(grown_, wider));
    values_ = wider;
    room_ *= 2;
}

}  // namespace detail

POLKU_DECL void detail::value_stack_deleter::operator()(value_stack* of) const noexcept { delete of; }

POLKU_DECL void evaluation_context::make_values() { values_.reset(new detail::value_stack); }

}  // namespace polku::inline POLKU_V::feel

#endif
