// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CONTEXT_IPP
#define POLKU_IMPL_FEEL_CONTEXT_IPP

#include <polku/feel/context.hpp>
#include <polku/impl/feel/detail/cells.hpp>

#include <new>

namespace polku::inline POLKU_V::feel {

POLKU_DECL detail::context_cell* detail::context_cell::make(std::size_t room) {
    void* const at = ::operator new(sizeof(context_cell) + room * sizeof(value));
    return ::new (at) context_cell(static_cast<std::uint32_t>(room));
}

POLKU_DECL entry_names::entry_names(std::vector<std::string> names) {
    if (!names.empty()) list_ = new name_list{{1}, std::move(names)};
}

POLKU_DECL bool entry_names::are(std::span<const std::string> names) const noexcept {
    if (names.size() != size()) return false;
    for (std::size_t at = 0; at < names.size(); ++at)
        if (names[at] != list_->names[at]) return false;
    return true;
}

POLKU_DECL void entry_names::release() noexcept {
    if (list_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete list_;
}

POLKU_DECL void entry_names::put(std::size_t index, std::string name) {
    const bool is_own = list_ != nullptr && list_->references.load(std::memory_order_acquire) == 1;
    if (!is_own) {
        std::vector<std::string> kept;
        kept.reserve(index + 1);
        if (list_ != nullptr)
            kept.assign(list_->names.begin(), list_->names.begin() + static_cast<std::ptrdiff_t>(index));
        kept.push_back(std::move(name));
        *this = entry_names(std::move(kept));
        return;
    }
    list_->names.resize(index);
    list_->names.push_back(std::move(name));
}

// Delegating: when memory runs out half way, what is there already is destroyed.
POLKU_DECL context::context(std::initializer_list<member> entries) : context() {
    reserve(entries.size());
    for (const member& each : entries) append(each.name, each.value);
}

POLKU_DECL context context::like(entry_names expected) {
    context made;
    made.own(expected.size());
    made.cell_->names = std::move(expected);
    return made;
}

POLKU_DECL context::context(const context& other) noexcept : cell_(other.cell_) {
    if (cell_ != nullptr) cell_->references.fetch_add(1, std::memory_order_relaxed);
}

POLKU_DECL void context::release() noexcept {
    if (cell_->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
        detail::cell_access::destroy(cell_, kind::context);
}

POLKU_DECL void context::own(std::size_t entries) {
    const bool is_own = cell_ != nullptr && cell_->references.load(std::memory_order_acquire) == 1;
    if (is_own && cell_->capacity >= entries) return;
    context made(detail::context_cell::make(entries));
    if (cell_ != nullptr) {
        made.cell_->names = cell_->names;
        for (; made.cell_->size < cell_->size; ++made.cell_->size) {
            value& from = cell_->values()[made.cell_->size];
            value* const to = made.cell_->values() + made.cell_->size;
            if (is_own)
                ::new (static_cast<void*>(to)) value(std::move(from));
            else
                ::new (static_cast<void*>(to)) value(std::as_const(from));
        }
    }
    std::swap(cell_, made.cell_);
}

POLKU_DECL void context::reserve(std::size_t entries) { own(entries > size() ? entries : size()); }

POLKU_DECL std::size_t context::index_of(std::string_view name, std::size_t guess) const noexcept {
    const std::size_t count = size();
    if (guess < count && cell_->names[guess] == name) return guess;
    for (std::size_t at = 0; at < count; ++at)
        if (cell_->names[at] == name) return at;
    return npos;
}

POLKU_DECL context& context::set(std::string_view name, value of) {
    const std::size_t at = index_of(name);
    if (at == npos) {
        append(name, std::move(of));
    } else {
        own(size());
        cell_->values()[at] = std::move(of);
    }
    return *this;
}

POLKU_DECL void context::append(std::string_view name, value of) {
    constexpr std::size_t first_room = 4;
    const std::size_t at = size();
    own(cell_ != nullptr && at < cell_->capacity ? at + 1 : at < first_room ? first_room : at * 2);
    entry_names& names = cell_->names;
    if (at >= names.size() || names[at] != name) names.put(at, std::string(name));
    ::new (static_cast<void*>(cell_->values() + at)) value(std::move(of));
    ++cell_->size;
}

POLKU_DECL void context::share_names(const entry_names& with) {
    const std::size_t count = size();
    if (count == 0 || with.size() < count || cell_->names == with) return;
    for (std::size_t at = 0; at < count; ++at)
        if (with[at] != cell_->names[at]) return;
    own(count);
    cell_->names = with;
}

}  // namespace polku::inline POLKU_V::feel

#endif
