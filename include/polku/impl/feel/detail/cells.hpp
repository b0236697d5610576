// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DETAIL_CELLS_HPP
#define POLKU_IMPL_FEEL_DETAIL_CELLS_HPP

#include <polku/feel/value.hpp>

#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

struct string_cell final : cell {
    explicit string_cell(std::string of) : text(std::move(of)) {}
    std::string text;
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

// A cell that holds values. Dying ones are chained by `next`, so that freeing needs neither recursion nor memory.
struct container_cell : cell {
    explicit container_cell(kind of) : is(of) {}
    mutable const container_cell* next = nullptr;
    kind is;
};

struct list_cell final : container_cell {
    explicit list_cell(std::vector<value> of) : container_cell(kind::list), items(std::move(of)) {}
    std::vector<value> items;
};

struct context_cell final : container_cell {
    explicit context_cell(context of) : container_cell(kind::context), entries(std::move(of)) {}
    context entries;
};

struct range_cell final : container_cell {
    explicit range_cell(range of) : container_cell(kind::range), bounds(std::move(of)) {}
    range bounds;
};

constexpr bool is_container(kind of) noexcept { return of == kind::list || of == kind::context || of == kind::range; }

struct context_access {
    static std::vector<context::entry>& entries(context& of) noexcept { return of.entries_; }
};

struct cell_access {
    static const cell* identity(const value& of) noexcept { return of.word_.cell; }
    POLKU_DECL static void drop_child(value& child, const container_cell*& pending) noexcept;
    POLKU_DECL static void drop_children(const container_cell* of, const container_cell*& pending) noexcept;
    POLKU_DECL static void destroy(const cell* dead, kind of) noexcept;
};

struct value_pair {
    const value* left;
    const value* right;
};
POLKU_DECL bool push_part_pairs(const value& left, const value& right, std::vector<value_pair>& open);

}  // namespace polku::inline POLKU_V::feel::detail

#endif
