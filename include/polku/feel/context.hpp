// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_CONTEXT_HPP
#define POLKU_FEEL_CONTEXT_HPP

#include <polku/feel/value.hpp>

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// The names of a context's entries, shared by contexts that were made alike: by one literal, one table, one type, one
/// list of like objects. A cheap handle to an immutable list; two handles are equal when they share the list.
class entry_names {
public:
    entry_names() noexcept = default;  ///< no names
    /// The names must be distinct.
    POLKU_DECL explicit entry_names(std::vector<std::string> names);
    entry_names(const entry_names& other) noexcept : list_(other.list_) {
        if (list_ != nullptr) list_->references.fetch_add(1, std::memory_order_relaxed);
    }
    entry_names(entry_names&& other) noexcept : list_(std::exchange(other.list_, nullptr)) {}
    entry_names& operator=(entry_names other) noexcept {
        std::swap(list_, other.list_);
        return *this;
    }
    ~entry_names() {
        if (list_ != nullptr) release();
    }

    /// How many names there are.
    std::size_t size() const noexcept { return list_ != nullptr ? list_->names.size() : 0; }
    /// The name at a place, which must be below `size()`.
    const std::string& operator[](std::size_t index) const noexcept { return list_->names[index]; }
    /// Whether the names are these, in this order.
    POLKU_DECL bool are(std::span<const std::string> names) const noexcept;
    bool operator==(const entry_names&) const noexcept = default;

private:
    friend class context;
    friend struct detail::quick_access;
    struct name_list {
        mutable std::atomic<std::uint32_t> references{1};
        std::vector<std::string> names;
    };
    POLKU_DECL void release() noexcept;
    /// Makes `name` the one at `index`, which is at most the number of names; the list is copied where it is shared.
    POLKU_DECL void put(std::size_t index, std::string name);

    name_list* list_ = nullptr;
};

/// A FEEL context: named entries in the order in which they were made. Few entries are the rule, so look-up is linear.
/// Copies share the entries until one of them is changed.
class context {
public:
    /// An entry as one reads it; the references hold while the context, or a value that holds it, does.
    struct entry {
        const std::string& name;   ///< as it is spelled in the context
        const feel::value& value;  ///< may be null
    };
    /// An entry as one gives it.
    struct member {
        std::string name;   ///< must be unlike those of the other members
        feel::value value;  ///< may be null
    };
    /// Walks over the entries in their order; good until the context changes. `iterator_category`, `value_type`,
    /// `difference_type` and `reference` are what the standard library asks of iterators; `pointer` holds the entry
    /// (`held`) that `->` leads to.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = entry;
        using difference_type = std::ptrdiff_t;
        using reference = entry;
        struct pointer {
            entry held;  ///< kept here, as entries are made when they are read
            /// The entry's members.
            const entry* operator->() const noexcept { return &held; }
        };

        iterator() noexcept = default;
        /// The entry, by value: its references hold while the context does.
        entry operator*() const noexcept { return (*of_)[at_]; }
        /// The entry's members.
        pointer operator->() const noexcept { return {(*of_)[at_]}; }
        /// On to the next entry.
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        /// On to the next entry; answers the iterator as it was.
        iterator operator++(int) noexcept {
            iterator before = *this;
            ++at_;
            return before;
        }
        /// True at the same place; both must be of one context.
        bool operator==(const iterator& other) const noexcept { return at_ == other.at_; }

    private:
        friend class context;
        iterator(const context& of, std::size_t at) noexcept : of_(&of), at_(at) {}
        const context* of_ = nullptr;
        std::size_t at_ = 0;
    };
    static constexpr std::size_t npos =
        static_cast<std::size_t>(-1);  ///< what `index_of` answers for a name that is not there

    context() noexcept = default;
    /// Entries in the order of the list; the names must be distinct.
    POLKU_DECL context(std::initializer_list<member> entries);
    /// An empty context that is expected to get entries of these names in this order: as long as it does, it shares
    /// them.
    POLKU_DECL static context like(entry_names expected);
    POLKU_DECL context(const context& other) noexcept;
    context(context&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
    context& operator=(context other) noexcept {
        std::swap(cell_, other.cell_);
        return *this;
    }
    ~context() {
        if (cell_ != nullptr) release();
    }

    /// How many entries there are.
    inline std::size_t size() const noexcept;
    /// True when there is no entry.
    bool empty() const noexcept { return size() == 0; }
    /// The entry at a place, which must be below `size()`.
    inline entry operator[](std::size_t index) const noexcept;
    /// The first entry.
    iterator begin() const noexcept { return {*this, 0}; }
    /// Past the last entry.
    iterator end() const noexcept { return {*this, size()}; }
    /// The values in the order of the entries.
    inline std::span<const value> values() const noexcept;
    /// The names, of which the first `size()` are those of the entries.
    inline const entry_names& names() const noexcept;
    /// The entry's value, or null pointer when there is none of that name.
    const value* find(std::string_view name) const noexcept {
        const std::size_t at = index_of(name);
        return at != npos ? &values()[at] : nullptr;
    }
    /// The place of a name, or `npos`. It is looked for at `guess` first.
    POLKU_DECL std::size_t index_of(std::string_view name, std::size_t guess = 0) const noexcept;
    /// Adds an entry, or replaces the value of the one with that name (its place is kept).
    POLKU_DECL context& set(std::string_view name, value of);
    /// Adds an entry whose name the caller knows to be new (`set` would look for it first).
    POLKU_DECL void append(std::string_view name, value of);
    /// Adds the next entry of the names that the context was made like; only while there are such.
    inline void append_next(value of);
    /// Takes the names of another context where they are the same in the same order.
    POLKU_DECL void share_names(const entry_names& with);
    /// Makes room for so many entries in all.
    POLKU_DECL void reserve(std::size_t entries);
    /// Removes all entries. A context that nobody else holds keeps its memory, and is as one made `like(names())`.
    inline void clear() noexcept;

private:
    friend class value;
    friend struct detail::cell_access;
    friend struct detail::context_cell;
    friend struct detail::quick_access;
    explicit context(detail::context_cell* adopted) noexcept : cell_(adopted) {}
    POLKU_DECL void release() noexcept;
    /// Makes the cell this object's own, with room for so many entries.
    POLKU_DECL void own(std::size_t entries);

    detail::context_cell* cell_ = nullptr;
};

namespace detail {

// A cell that holds values. Dying ones are chained by `next`, so that freeing needs neither recursion nor memory.
struct container_cell : cell {
    explicit container_cell(kind of) : is(of) {}
    kind is;
    mutable const container_cell* next = nullptr;
};

struct list_cell final : container_cell {
    explicit list_cell(std::vector<value> of) : container_cell(kind::list), items(std::move(of)) {}
    std::vector<value> items;
};

/// The values stand behind the cell, in the same piece of memory.
struct context_cell final : container_cell {
    explicit context_cell(std::uint32_t room) noexcept : container_cell(kind::context), capacity(room), self(this) {}
    ~context_cell() override { self.cell_ = nullptr; }
    context_cell(const context_cell&) = delete;
    context_cell& operator=(const context_cell&) = delete;
    POLKU_DECL static context_cell* make(std::size_t room);
    static void operator delete(void* at) { ::operator delete(at); }

    value* values() noexcept { return reinterpret_cast<value*>(this + 1); }
    const value* values() const noexcept { return reinterpret_cast<const value*>(this + 1); }

    std::uint32_t size = 0;
    std::uint32_t capacity;
    entry_names names;
    context self;  ///< what `as_context` answers; it does not count as a reference
};

/// What the hottest paths of the evaluator look at without a call.
struct quick_access {
    static bool are_small_numbers(const value& left, const value& right) noexcept {
        return left.state_.is == kind::number && right.state_.is == kind::number &&
               !(left.state_.counted || right.state_.counted);
    }
    /// The coefficient and the scale of a small number.
    static std::int64_t coefficient(const value& of) noexcept { return of.integer(); }
    static std::int32_t scale(const value& of) noexcept { return of.extra(); }
    static value small_number(std::int64_t coefficient, std::int32_t scale) noexcept {
        return value(kind::number, coefficient, scale);
    }
    static bool is_short_text(const value& of) noexcept { return of.state_.is == kind::string && !of.state_.counted; }
    static bool is_small_number(const value& of) noexcept { return of.state_.is == kind::number && !of.state_.counted; }
    /// The cell of a context.
    static const context_cell& context_in(const value& of) noexcept {
        return *static_cast<const context_cell*>(of.held());
    }
    /// What a context holds that was just made like some names: its own, with room for all of them.
    static context_cell& fresh_cell(context& of) noexcept { return *of.cell_; }
    /// The entry at a place of a context that shares these names; null pointer for another value.
    static const value* entry(const value& of, const entry_names& names, std::size_t place) noexcept {
        if (of.state_.is != kind::context) return nullptr;
        const context_cell& cell = context_in(of);
        return cell.names == names && place < cell.size ? cell.values() + place : nullptr;
    }
};

}  // namespace detail

inline std::span<const value> value::as_list() const noexcept {
    assert(is(feel::kind::list));
    return static_cast<const detail::list_cell*>(held())->items;
}
inline const context& value::as_context() const noexcept {
    assert(is(feel::kind::context));
    return static_cast<const detail::context_cell*>(held())->self;
}
inline std::vector<value>* value::own_list() noexcept {
    if (!is(feel::kind::list) || held()->references.load(std::memory_order_acquire) != 1) return nullptr;
    return &const_cast<detail::list_cell*>(static_cast<const detail::list_cell*>(held()))->items;
}
inline context value::take_own_context() noexcept {
    if (!is(feel::kind::context) || held()->references.load(std::memory_order_acquire) != 1) return {};
    auto* const cell = const_cast<detail::context_cell*>(static_cast<const detail::context_cell*>(held()));
    state_ = state();
    return context(cell);
}
inline std::size_t context::size() const noexcept { return cell_ != nullptr ? cell_->size : 0; }
inline context::entry context::operator[](std::size_t index) const noexcept {
    return {cell_->names[index], cell_->values()[index]};
}
inline std::span<const value> context::values() const noexcept {
    return cell_ != nullptr ? std::span<const value>(cell_->values(), cell_->size) : std::span<const value>();
}
inline void context::append_next(value of) {
    assert(size() < names().size());
    if (POLKU_UNLIKELY(cell_->capacity == cell_->size || cell_->references.load(std::memory_order_acquire) != 1))
        own(cell_->names.size());
    ::new (static_cast<void*>(cell_->values() + cell_->size)) value(std::move(of));
    ++cell_->size;
}
inline void context::clear() noexcept {
    if (cell_ == nullptr) return;
    if (cell_->references.load(std::memory_order_acquire) != 1) {
        *this = context();
        return;
    }
    while (cell_->size > 0) cell_->values()[--cell_->size].~value();
}
inline const entry_names& context::names() const noexcept {
    static const entry_names none;
    return cell_ != nullptr ? cell_->names : none;
}

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/context.ipp>
#endif

#endif
