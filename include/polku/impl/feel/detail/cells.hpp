// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DETAIL_CELLS_HPP
#define POLKU_IMPL_FEEL_DETAIL_CELLS_HPP

#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

/// A text too long for a value itself; its bytes stand behind the cell, in the same piece of memory.
struct text_cell final : cell {
    explicit text_cell(std::size_t of) noexcept : size(of) {}
    POLKU_DECL static const text_cell* make(std::string_view text);
    static void operator delete(void* at) { ::operator delete(at); }
    const char* data() const noexcept { return reinterpret_cast<const char*>(this + 1); }
    std::size_t size;
};

struct number_cell final : cell {
    explicit number_cell(const number& of) : amount(of) {}
    number amount;
};

struct time_cell final : cell {
    explicit time_cell(const time::clock_time& of) : clock(of) {}
    time::clock_time clock;
};

struct date_time_cell final : cell {
    explicit date_time_cell(const time::date_time& of) : when(of) {}
    time::date_time when;
};

struct range_cell final : container_cell {
    explicit range_cell(range of) : container_cell(kind::range), bounds(std::move(of)) {}
    range bounds;
};

constexpr bool is_container(kind of) noexcept { return of == kind::list || of == kind::context || of == kind::range; }

struct cell_access {
    static const cell* identity(const value& of) noexcept { return of.held(); }
    /// True when the two are the same to the bit: then they are equal, whatever they are.
    static bool same_bits(const value& left, const value& right) noexcept {
        return std::memcmp(&left.state_, &right.state_, sizeof(value)) == 0;
    }
    POLKU_DECL static void drop_child(value& child, const container_cell*& pending) noexcept;
    POLKU_DECL static void drop_children(const container_cell* of, const container_cell*& pending) noexcept;
    POLKU_DECL static void destroy(const cell* dead, kind of) noexcept;
};

struct value_pair {
    const value* left;
    const value* right;
};
POLKU_DECL bool push_part_pairs(const value& left, const value& right, std::vector<value_pair>& open);

/// Which pairs of containers were met while comparing. Values share their parts, so a small value can hold the same
/// part along very many ways; a pair that was met before is compared only once.
class pairs_met {
public:
    /// False for a pair that was met before. The first pairs are not written down: most comparisons end with them.
    POLKU_DECL bool is_new(const value& left, const value& right);

private:
    static constexpr std::size_t unwritten = 1'000;
    struct hash {
        std::size_t operator()(const std::pair<const cell*, const cell*>& of) const noexcept {
            return reinterpret_cast<std::uintptr_t>(of.first) * 31 + reinterpret_cast<std::uintptr_t>(of.second);
        }
    };
    std::size_t count_ = 0;
    std::unordered_set<std::pair<const cell*, const cell*>, hash> known_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif
