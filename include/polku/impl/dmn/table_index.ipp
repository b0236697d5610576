// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TABLE_INDEX_IPP
#define POLKU_IMPL_DMN_TABLE_INDEX_IPP

#include <polku/dmn/table_index.hpp>

#include <algorithm>
#include <bit>
#include <string_view>
#include <unordered_map>

namespace polku::inline POLKU_V::dmn {

/// Cells repeat down a column; those with the same text are run once. Answers one cell for each group.
POLKU_DECL std::vector<const feel::unary_tests*> column_index::group_cells(
    std::span<const feel::unary_tests* const> cells) {
    std::vector<const feel::unary_tests*> groups;
    std::unordered_map<std::string_view, std::uint32_t> known;
    group_of_.clear();
    group_of_.reserve(cells.size());
    for (const feel::unary_tests* each : cells) {
        const auto [place, fresh] = known.emplace(each->text(), static_cast<std::uint32_t>(groups.size()));
        if (fresh) groups.push_back(each);
        group_of_.push_back(place->second);
    }
    return groups;
}

/// Adds the runs of atoms that a cell accepts. The cell can change its answer only at its own points, so it is run on
/// one representative of each of them and of each run of atoms between them.
POLKU_DECL void column_index::add_ranges(const feel::unary_tests& cell, std::vector<std::uint32_t>& points,
                                         feel::evaluation_context& with) {
    const std::size_t before = ranges_.size();
    const auto accept = [&](std::uint32_t first, std::uint32_t last) {
        feel::value inside;
        // An atom without a representative may open the run; the next one that has one speaks for the run.
        std::uint32_t speaker = first;
        while (speaker < last && !atoms_.representative(speaker, inside)) ++speaker;
        if (speaker == last && !atoms_.representative(last, inside)) return;
        if (!cell.accepts(with, {}, inside).is_true()) return;
        if (ranges_.size() > before && ranges_.back().second + 1 == first)
            ranges_.back().second = last;
        else
            ranges_.emplace_back(first, last);
    };
    accept(column_atoms::null_atom, column_atoms::null_atom);
    accept(column_atoms::other_atom, column_atoms::other_atom);
    atoms_.points_of(cell, with, points);
    auto point = points.begin();
    for (std::size_t each = 0; each < lane_count; ++each) {
        const std::uint32_t end = atoms_.end_of(static_cast<lane>(each));
        for (std::uint32_t first = atoms_.first_of(static_cast<lane>(each)); first < end;) {
            const bool at_point = point != points.end() && *point == first;
            if (at_point) ++point;
            const std::uint32_t next = at_point ? first + 1 : point != points.end() && *point < end ? *point : end;
            accept(first, next - 1);
            first = next;
        }
    }
}

POLKU_DECL void column_index::find_ranges(std::span<const feel::unary_tests* const> groups,
                                          const std::vector<bool>& opaque, feel::evaluation_context& with) {
    ranges_.clear();
    range_begin_.assign(1, 0);
    range_begin_.reserve(groups.size() + 1);
    std::vector<std::uint32_t> points;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (opaque[group] || groups[group]->is_any())
            ranges_.emplace_back(0, atoms_.count() - 1);
        else
            add_ranges(*groups[group], points, with);
        range_begin_.push_back(static_cast<std::uint32_t>(ranges_.size()));
    }
}

/// Makes one row of neighbouring atoms between which no cell changes its answer, and puts the ranges in rows.
POLKU_DECL void column_index::merge_atoms() {
    std::vector<bool> starts(atoms_.count() + 1, false);
    for (const range& each : ranges_) starts[each.first] = starts[each.second + 1] = true;
    row_of_.resize(atoms_.count());
    std::uint32_t row = 0;
    for (std::uint32_t atom = 0; atom < atoms_.count(); ++atom) {
        if (starts[atom] && atom != 0) ++row;
        row_of_[atom] = row;
    }
    rows_ = row + 1;
    for (range& each : ranges_) each = {row_of_[each.first], row_of_[each.second]};
}

POLKU_DECL std::size_t column_index::accepted_rows() const noexcept {
    std::size_t count = 0;
    for (std::uint32_t rule = 0; rule < rules_; ++rule)
        for (const range& each : ranges_of(rule)) count += each.second - each.first + 1;
    return count;
}

/// Each range flips its rule's bit where it begins and behind its end; then every row takes over the one before it.
POLKU_DECL void column_index::fill_dense() {
    masks_.assign(rows_ * words_, 0);
    for (std::uint32_t rule = 0; rule < rules_; ++rule) {
        const std::uint64_t bit = std::uint64_t{1} << (rule % 64);
        for (const range& each : ranges_of(rule)) {
            masks_[each.first * words_ + rule / 64] ^= bit;
            if (each.second + 1 < rows_) masks_[(each.second + 1) * words_ + rule / 64] ^= bit;
        }
    }
    for (std::size_t at = words_; at < masks_.size(); ++at) masks_[at] ^= masks_[at - words_];
    group_of_ = {};
    range_begin_ = {};
    ranges_ = {};
}

POLKU_DECL void column_index::fill_coarse() {
    constexpr std::uint32_t most_blocks = 128;
    while ((rows_ >> block_shift_) >= most_blocks) ++block_shift_;
    const std::uint32_t blocks = (rows_ >> block_shift_) + 1;
    masks_.assign(blocks * words_, 0);
    for (std::uint32_t rule = 0; rule < rules_; ++rule) {
        const std::uint64_t bit = std::uint64_t{1} << (rule % 64);
        std::uint32_t next = 0;  // the first block that the ranges so far leave out
        for (const range& each : ranges_of(rule)) {
            for (next = std::max(next, each.first >> block_shift_); next <= each.second >> block_shift_; ++next)
                masks_[next * words_ + rule / 64] |= bit;
        }
    }
}

/// Puts each rule on the few nodes that together cover its ranges (bottom-up form): counted first, then filled.
POLKU_DECL void column_index::fill_lists() {
    const auto each_node = [&](const auto& visit) {
        for (std::uint32_t rule = 0; rule < rules_; ++rule) {
            for (const range& each : ranges_of(rule)) {
                std::size_t low = std::size_t{each.first} + rows_;
                std::size_t high = std::size_t{each.second} + rows_ + 1;
                for (; low < high; low /= 2, high /= 2) {
                    if (low % 2 == 1) visit(low++, rule);
                    if (high % 2 == 1) visit(--high, rule);
                }
            }
        }
    };
    list_begin_.assign(2 * std::size_t{rows_} + 1, 0);
    each_node([&](std::size_t node, std::uint32_t) { ++list_begin_[node + 1]; });
    for (std::size_t node = 1; node < list_begin_.size(); ++node) list_begin_[node] += list_begin_[node - 1];
    lists_.resize(list_begin_.back());
    std::vector<std::uint32_t> next(list_begin_.begin(), list_begin_.end() - 1);
    each_node([&](std::size_t node, std::uint32_t rule) { lists_[next[node]++] = rule; });
}

POLKU_DECL void column_index::build(std::span<const feel::unary_tests* const> cells, feel::evaluation_context& with) {
    rules_ = cells.size();
    words_ = (rules_ + 63) / 64;
    const auto groups = group_cells(cells);
    std::vector<bool> opaque;
    atoms_.build(groups, with, opaque);
    has_opaque_ = std::find(opaque.begin(), opaque.end(), true) != opaque.end();
    if (has_opaque_) opaque_.assign(words_, 0);
    for (std::size_t rule = 0; has_opaque_ && rule < rules_; ++rule)
        if (opaque[group_of_[rule]]) opaque_[rule / 64] |= std::uint64_t{1} << (rule % 64);
    find_ranges(groups, opaque, with);
    merge_atoms();
    if (rows_ * words_ * sizeof(std::uint64_t) <= max_dense_bytes * std::max<std::size_t>(rules_, 64)) {
        form_ = form::dense;
        return fill_dense();
    }
    ranges_.shrink_to_fit();
    // Lists are for columns in which a row has few rules.
    form_ = accepted_rows() <= rows_ * (rules_ / 16) ? form::listed : form::coarse;
    if (form_ == form::listed)
        fill_lists();
    else
        fill_coarse();
}

POLKU_DECL std::size_t column_index::listed_count(std::uint32_t row) const noexcept {
    std::size_t count = 0;
    for (std::size_t node = std::size_t{row} + rows_; node >= 1; node /= 2)
        count += list_begin_[node + 1] - list_begin_[node];
    return count;
}

POLKU_DECL bool column_index::row_accepts(std::uint32_t row, std::uint32_t rule) const noexcept {
    if (form_ == form::dense) return ((row_mask(row)[rule / 64] >> (rule % 64)) & 1U) != 0;
    const auto ranges = ranges_of(rule);
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), row,
                                        [](std::uint32_t at, const range& each) { return at < each.first; });
    return after != ranges.begin() && std::prev(after)->second >= row;
}

POLKU_DECL void column_index::candidates(std::uint32_t atom, std::vector<std::uint32_t>& out) const {
    out.clear();
    const std::uint32_t row = row_of_[atom];
    if (form_ == form::listed) {
        visit_listed(row, [&](std::uint32_t rule) { out.push_back(rule); });
        std::sort(out.begin(), out.end());
        return;
    }
    const std::uint64_t* words = is_dense() ? row_mask(row) : coarse_mask(row);
    for (std::size_t word = 0; word < words_; ++word) {
        for (std::uint64_t left = words[word]; left != 0; left &= left - 1) {
            const auto rule = static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
            if (is_dense() || row_accepts(row, rule)) out.push_back(rule);
        }
    }
}

POLKU_DECL std::size_t column_index::memory() const noexcept {
    const std::size_t numbers = row_of_.capacity() + list_begin_.capacity() + lists_.capacity() + group_of_.capacity() +
                                range_begin_.capacity();
    return atoms_.memory() + numbers * sizeof(std::uint32_t) + ranges_.capacity() * sizeof(range) +
           (opaque_.capacity() + masks_.capacity()) * sizeof(std::uint64_t);
}

POLKU_DECL std::size_t table_index::memory() const noexcept {
    std::size_t bytes = columns.capacity() * sizeof(column_index);
    for (const column_index& each : columns) bytes += each.memory();
    return bytes;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
