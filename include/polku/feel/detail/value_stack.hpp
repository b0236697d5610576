// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_DETAIL_VALUE_STACK_HPP
#define POLKU_FEEL_DETAIL_VALUE_STACK_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

/// Raw memory for the values of running evaluations, taken and given back in the manner of a stack. An evaluation
/// context keeps one from call to call, so that evaluating asks for no memory once it has run.
class value_stack {
public:
    struct mark {
        std::size_t block = 0;
        value* top = nullptr;
    };

    value_stack() { take_elsewhere(0); }
    value_stack(const value_stack&) = delete;
    value_stack& operator=(const value_stack&) = delete;
    POLKU_DECL ~value_stack();

    mark here() const noexcept { return {block_, top_}; }
    /// Room for so many values, none of them made yet.
    value* take(std::size_t count) {
        if (POLKU_UNLIKELY(static_cast<std::size_t>(end_ - top_) < count)) return take_elsewhere(count);
        return std::exchange(top_, top_ + count);
    }
    /// Gives back all that was taken since; the values there are gone already.
    void back_to(const mark& at) noexcept {
        if (POLKU_UNLIKELY(block_ != at.block)) end_ = blocks_[at.block].begin + blocks_[at.block].size;
        block_ = at.block;
        top_ = at.top;
    }

private:
    struct block {
        value* begin;
        std::size_t size;
    };
    POLKU_DECL value* take_elsewhere(std::size_t count);

    value* top_ = nullptr;
    value* end_ = nullptr;
    std::size_t block_ = 0;
    std::vector<block> blocks_;
};

/// A number of values on the stack, null at first.
class stacked_values {
public:
    stacked_values(evaluation_context& with, std::size_t count) : stack_(with.values()), before_(stack_.here()) {
        values_ = stack_.take(count);
        for (; count_ < count; ++count_) ::new (static_cast<void*>(values_ + count_)) value();
    }
    ~stacked_values() {
        for (std::size_t at = 0; at < count_; ++at) values_[at].~value();
        stack_.back_to(before_);
    }
    stacked_values(const stacked_values&) = delete;
    stacked_values& operator=(const stacked_values&) = delete;
    value* data() noexcept { return values_; }
    value& operator[](std::size_t at) noexcept { return values_[at]; }
    /// Gives a value to a place that is null so far.
    void fill(std::size_t at, value of) noexcept { values_[at].swap(of); }
    std::span<const value> span() const noexcept { return {values_, count_}; }

private:
    value_stack& stack_;
    value_stack::mark before_;
    value* values_ = nullptr;
    std::size_t count_ = 0;
};

/// A growing list of values on the stack whose first ones may be borrowed: the bits of a value that lives elsewhere for
/// as long as this list does, so that nothing is counted.
class slot_values {
public:
    explicit slot_values(evaluation_context& with)
        : stack_(with.values()), before_(stack_.here()), values_(stack_.take(first_room)) {}
    ~slot_values() {
        clear();
        ::operator delete(grown_);
        stack_.back_to(before_);
    }
    slot_values(const slot_values&) = delete;
    slot_values& operator=(const slot_values&) = delete;

    std::size_t size() const noexcept { return count_; }
    value& operator[](std::size_t at) noexcept { return values_[at]; }
    operator std::span<const value>() const noexcept { return {values_, count_}; }
    void clear() noexcept {
        shrink(borrowed_);
        count_ = 0;
        borrowed_ = 0;
    }
    /// Only before anything is pushed.
    void borrow(const value& from) {
        if (POLKU_UNLIKELY(count_ == room_)) grow();
        std::memcpy(static_cast<void*>(values_ + count_), static_cast<const void*>(&from), sizeof(value));
        borrowed_ = ++count_;
    }
    /// Borrows the values at some places in place of all that is held.
    void borrow_only(const value* from, std::span<const std::uint32_t> places) {
        clear();
        while (POLKU_UNLIKELY(room_ < places.size())) grow();
        value* to = values_;
        for (const std::uint32_t each : places)
            std::memcpy(static_cast<void*>(to++), static_cast<const void*>(from + each), sizeof(value));
        borrowed_ = count_ = places.size();
    }
    void push_back(value of) {
        if (POLKU_UNLIKELY(count_ == room_)) grow();
        ::new (static_cast<void*>(values_ + count_)) value(std::move(of));
        ++count_;
    }
    std::span<value> last(std::size_t count) noexcept { return {values_ + (count_ - count), count}; }
    void pop_back() noexcept { shrink(count_ - 1); }
    /// Takes the last ones off, down to `size`.
    void shrink(std::size_t size) noexcept {
        while (count_ > size) values_[--count_].~value();
    }

private:
    /// More than this leaves the stack, on which others may stand by then.
    static constexpr std::size_t first_room = 32;
    POLKU_DECL void grow();

    value_stack& stack_;
    value_stack::mark before_;
    value* values_;
    value* grown_ = nullptr;
    std::size_t room_ = first_room;
    std::size_t count_ = 0;
    std::size_t borrowed_ = 0;
};

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/value_stack.ipp>
#endif

#endif
