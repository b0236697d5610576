// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_RULE_CURSOR_IPP
#define POLKU_IMPL_DMN_RULE_CURSOR_IPP

#include <polku/dmn/rule_cursor.hpp>

#include <algorithm>
#include <bit>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL rule_cursor::rule_cursor(const table_index& index, std::span<const std::uint32_t> rows)
    : index_(index),
      rows_(rows),
      words_((index.rules + 63) / 64),
      masks_(rows.size() + 1),
      tested_(rows.size()),
      scattered_(0) {
    std::size_t listed = rows.size();
    std::size_t fewest = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const column_index& column = index.columns[at];
        if (rows[at] == column_index::no_atom) continue;
        if (POLKU_LIKELY(column.is_dense())) {
            masks_[mask_count_++] = column.row_mask(rows[at]);
            continue;
        }
        tested_[tested_count_++] = static_cast<std::uint32_t>(at);
        if (column.kept_as() == column_index::form::coarse) {
            masks_[mask_count_++] = column.coarse_mask(rows[at]);
            continue;
        }
        const std::size_t count = column.listed_count(rows[at]);
        if (listed != rows.size() && count >= fewest) continue;
        listed = at;
        fewest = count;
    }
    if (listed == rows.size()) return;
    tested_count_ = static_cast<std::size_t>(
        std::remove(tested_.data(), tested_.data() + tested_count_, static_cast<std::uint32_t>(listed)) -
        tested_.data());
    if (fewest <= most_candidates)
        take_candidates(listed);
    else
        scatter(listed);
}

/// The most selective column's rules are so few that they are tested one by one.
POLKU_DECL void rule_cursor::take_candidates(std::size_t column) {
    by_candidates_ = true;
    index_.columns[column].visit_listed(rows_[column],
                                        [&](std::uint32_t rule) { candidates_[candidate_count_++] = rule; });
    std::sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(candidate_count_));
}

/// The most selective column's rules become a mask like the others.
POLKU_DECL void rule_cursor::scatter(std::size_t column) {
    scattered_.resize(words_);
    std::fill_n(scattered_.data(), words_, std::uint64_t{0});
    index_.columns[column].visit_listed(
        rows_[column], [&](std::uint32_t rule) { scattered_[rule / 64] |= std::uint64_t{1} << (rule % 64); });
    masks_[mask_count_++] = scattered_.data();
}

POLKU_DECL bool rule_cursor::accepted(std::uint32_t rule) const {
    for (std::size_t each = 0; each < tested_count_; ++each) {
        const std::uint32_t column = tested_[each];
        if (!index_.columns[column].row_accepts(rows_[column], rule)) return false;
    }
    for (std::size_t each = 0; by_candidates_ && each < mask_count_; ++each)
        if (((masks_[each][rule / 64] >> (rule % 64)) & 1U) == 0) return false;
    return true;
}

/// Joins the next words of all masks in which any rule is left.
POLKU_DECL bool rule_cursor::fill_chunk() {
    while (next_word_ < words_) {
        const std::size_t size = std::min(chunk_words, words_ - next_word_);
        std::uint64_t any = 0;
        if (mask_count_ == 0) {
            chunk_.fill(~std::uint64_t{0});
            if (const std::size_t rest = index_.rules % 64; next_word_ + size == words_ && rest != 0)
                chunk_[size - 1] = (std::uint64_t{1} << rest) - 1;
            any = 1;
        } else if (POLKU_LIKELY(size == chunk_words)) {
            any = detail::join_words({masks_.data(), mask_count_}, next_word_, chunk_);
        } else {
            for (std::size_t word = 0; word < size; ++word) {
                std::uint64_t joined = masks_[0][next_word_ + word];
                for (std::size_t mask = 1; mask < mask_count_; ++mask) joined &= masks_[mask][next_word_ + word];
                chunk_[word] = joined;
                any |= joined;
            }
        }
        next_word_ += size;
        if (any == 0) continue;
        chunk_at_ = 0;
        chunk_size_ = size;
        left_ = chunk_[0];
        return true;
    }
    return false;
}

POLKU_DECL std::uint32_t rule_cursor::next() {
    while (by_candidates_) {
        if (candidate_at_ == candidate_count_) return end;
        if (const std::uint32_t rule = candidates_[candidate_at_++]; accepted(rule)) return rule;
    }
    for (;;) {
        while (left_ == 0) {
            if (++chunk_at_ < chunk_size_)
                left_ = chunk_[chunk_at_];
            else if (!fill_chunk())
                return end;
        }
        const auto bit = static_cast<std::size_t>(std::countr_zero(left_));
        left_ &= left_ - 1;
        const auto rule = static_cast<std::uint32_t>((next_word_ - chunk_size_ + chunk_at_) * 64 + bit);
        if (POLKU_LIKELY(tested_count_ == 0) || accepted(rule)) return rule;
    }
}

}  // namespace polku::inline POLKU_V::dmn

#endif
