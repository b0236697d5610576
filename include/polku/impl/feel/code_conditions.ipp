// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_CONDITIONS_IPP
#define POLKU_IMPL_FEEL_CODE_CONDITIONS_IPP

#include <polku/impl/feel/code_collections.hpp>
#include <polku/impl/feel/code_conditions.hpp>
#include <polku/impl/feel/code_operators.hpp>

#include <algorithm>
#include <limits>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL item_reads::item_reads(const operation& condition, std::uint32_t local, const path_operation* part) {
    first_ = add(condition, local, yes, no);
    if (first_ == unknown) return;
    if (part != nullptr) {
        part_ = add_name(part->name());
        if (part_ == unknown) return;
    }
    find_places(expected_, expected_places_);
    is_known_ = true;
}

/// The first comparison of a condition that goes on as told; `unknown` for a condition of another form.
POLKU_DECL std::uint8_t item_reads::add(const operation& of, std::uint32_t local, std::uint8_t if_true,
                                        std::uint8_t if_not) {
    const auto* const parts = dynamic_cast<const junction_operation*>(&of);
    if (parts == nullptr) {
        const std::uint8_t made = add_comparison(of, local);
        if (made == unknown) return unknown;
        comparisons_[made].if_true = if_true;
        comparisons_[made].if_not = if_not;
        return made;
    }
    // From the last part on, so that each knows where the next one begins.
    std::uint8_t& following = parts->is_disjunction() ? if_not : if_true;
    for (std::size_t left = parts->operands().size(); left > 0 && following != unknown; --left)
        following = add(*parts->operands()[left - 1], local, if_true, if_not);
    return following;
}

constexpr syntax_operator mirrored(syntax_operator op) noexcept {
    switch (op) {
        case syntax_operator::less: return syntax_operator::greater;
        case syntax_operator::less_or_equal: return syntax_operator::greater_or_equal;
        case syntax_operator::greater: return syntax_operator::less;
        case syntax_operator::greater_or_equal: return syntax_operator::less_or_equal;
        default: return op;
    }
}

/// True for what is found without computing, and is the same for each item in the local.
POLKU_DECL bool stays_the_same(const operand& of, std::uint32_t local) noexcept {
    std::uint32_t index = 0;
    if (of.constant() != nullptr) return true;
    switch (of->form(index)) {
        case operand_form::slot: return true;
        case operand_form::local: return index != local;
        case operand_form::entry: return !of->path()->is_local || of->path()->index != local;
        default: return false;
    }
}

POLKU_DECL std::uint8_t item_reads::add_comparison(const operation& of, std::uint32_t local) {
    const auto* const made = dynamic_cast<const comparison_operation*>(&of);
    if (made == nullptr || comparisons_.size() == most) return unknown;
    const bool is_left = stays_the_same(made->right(), local);
    const operand& other = is_left ? made->right() : made->left();
    if (!stays_the_same(other, local)) return unknown;
    const std::uint8_t entry = add_entry(is_left ? *made->left().get() : *made->right().get(), local);
    if (entry == unknown) return unknown;
    const syntax_operator is = is_left ? made->is() : mirrored(made->is());
    comparisons_.push_back({&other, nullptr, entry, no, no, is, way::general});
    if (other.constant() == nullptr)
        is_constant_ = false;
    else if (is_container(other.constant()->kind()))
        return unknown;
    else
        comparisons_.back().set_other(other.constant());
    return static_cast<std::uint8_t>(comparisons_.size() - 1);
}

POLKU_DECL bool reads_local(const operand& of, std::uint32_t local) noexcept {
    std::uint32_t index = 0;
    return of->form(index) == operand_form::local && index == local;
}

POLKU_DECL std::uint8_t item_reads::add_entry(const operation& of, std::uint32_t local) {
    if (const auto* const path = dynamic_cast<const path_operation*>(&of)) {
        if (!reads_local(path->of(), local)) return unknown;
        if (expected_ == entry_names()) expected_ = path->path()->names;
        return add_name(path->name());
    }
    const auto* const entry = dynamic_cast<const item_entry_operation*>(&of);
    return entry != nullptr && reads_local(entry->item(), local) ? add_name(entry->name()) : unknown;
}

POLKU_DECL std::uint8_t item_reads::add_name(const std::string& name) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    const auto at = static_cast<std::uint8_t>(found - names_.begin());
    if (found != names_.end()) return at;
    if (names_.size() == most) return unknown;
    names_.push_back(name);
    return at;
}

POLKU_DECL void item_reads::find_places(const entry_names& names, places& into) const noexcept {
    into.room = 0;
    for (std::size_t entry = 0; entry < names_.size(); ++entry) {
        std::uint32_t at = 0;
        while (at < names.size() && names[at] != names_[entry]) ++at;
        into.of[entry] = at;
        into.room = std::max(into.room, at < names.size() ? at + 1 : std::numeric_limits<std::uint32_t>::max());
    }
}

POLKU_DECL void item_reads::comparison::set_other(const value* found) noexcept {
    other = found;
    const bool is_equality = is == syntax_operator::equal;
    if (quick_access::is_small_number(*found))
        how = way::small_number;
    else if (is_equality && (found->is(kind::boolean) || found->is(kind::date) || quick_access::is_short_text(*found)))
        how = way::same_bits;
    else
        how = way::general;
}

POLKU_DECL item_reader::item_reader(const item_reads& what, frame& in)
    : what_(what),
      comparisons_(what.comparisons_.data()),
      with_(in.with),
      places_(what.expected_places_),
      is_usable_(what.is_known_) {
    places_.names = &what.expected_;
    if (is_usable_ && !what.is_constant_) is_usable_ = take_others(in);
    if (!is_usable_) places_.room = std::numeric_limits<std::uint32_t>::max();
}

/// False where one must be computed, or is a container: to compare those is counted work.
POLKU_DECL bool item_reader::take_others(frame& in) noexcept {
    comparisons_ = own_;
    for (std::size_t at = 0; at < what_.comparisons_.size(); ++at) {
        own_[at] = what_.comparisons_[at];
        const value* const other = own_[at].with->find(in);
        if (other == nullptr || is_container(other->kind())) return false;
        own_[at].set_other(other);
    }
    return true;
}

POLKU_DECL bool item_reader::is_true_at_all(const item_reads::comparison& of, const value& entry) const {
    return test_values(of.is, entry, *of.other, with_) == truth::yes;
}

POLKU_DECL void item_reader::learn(const entry_names& names) noexcept {
    if (!is_usable_) return;
    what_.find_places(names, places_);
    places_.names = &names;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
