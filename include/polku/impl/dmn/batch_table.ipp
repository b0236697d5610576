// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_BATCH_TABLE_IPP
#define POLKU_IMPL_DMN_BATCH_TABLE_IPP

#include <polku/dmn/detail/batch_table.hpp>

#include <algorithm>
#include <bit>
#include <functional>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool bit_at(std::span<const std::uint8_t> bits, std::size_t at) noexcept {
    return ((bits[at / 8] >> (at % 8)) & 1U) != 0;
}

/// Fills the places of a block's rows of one column; `direct_column::none` where the general way has to look.
struct place_reader {
    const direct_column& column;
    std::span<const std::uint32_t> dictionary;
    std::size_t first;
    std::span<std::uint32_t> places;
    const feel::evaluation_context& with;

    void operator()(const batch_column::unknown&) const {
        for (std::uint32_t& each : places) each = column.place_of_null();
    }
    void operator()(const batch_column::booleans& of) const {
        const std::array<std::uint32_t, 2> truths{column.place_of_boolean(false), column.place_of_boolean(true)};
        for (std::size_t row = 0; row < places.size(); ++row)
            places[row] = truths[bit_at(of.bits, first + row) ? 1 : 0];
    }
    void operator()(const batch_column::integers& of) const {
        const std::int64_t* data = of.coefficients.data() + first;
        for (std::size_t row = 0; row < places.size(); ++row) places[row] = column.place_of_number(data[row], of.scale);
    }
    void operator()(const batch_column::decimals& of) const {
        for (std::size_t row = 0; row < places.size(); ++row) {
            const batch_column::decimals::words& each = of.coefficients[first + row];
            const bool small = each.high == static_cast<std::int64_t>(each.low) >> 63;
            places[row] =
                small ? column.place_of_number(static_cast<std::int64_t>(each.low), of.scale) : direct_column::none;
        }
    }
    void operator()(const batch_column::days& of) const {
        for (std::size_t row = 0; row < places.size(); ++row) {
            const auto day = time::date::from_days(of.since_epoch[first + row]);
            places[row] = day ? column.place_of_date(*day) : direct_column::none;
        }
    }
    void operator()(const batch_column::codes& of) const {
        const std::int32_t* data = of.indexes.data() + first;
        for (std::size_t row = 0; row < places.size(); ++row) {
            // The code of a null row may be anything.
            const auto code = static_cast<std::uint32_t>(data[row]);
            places[row] = code < dictionary.size() ? dictionary[code] : column.place_of_null();
        }
    }
    void operator()(const batch_column::texts& of) const {
        for (std::size_t row = 0; row < places.size(); ++row)
            places[row] = column.place_of_text(text_at(of, first + row));
    }
    void operator()(const batch_column::values& of) const {
        for (std::size_t row = 0; row < places.size(); ++row)
            places[row] = column.place_of(of.items[first + row], with);
    }
    void operator()(const batch_column::repeated& of) const {
        for (std::size_t row = 0; row < places.size(); ++row) {
            // The code of a null row may be anything.
            const auto code = static_cast<std::uint32_t>(of.indexes[first + row]);
            places[row] = code < of.items.size() ? column.place_of(of.items[code], with) : column.place_of_null();
        }
    }
};

POLKU_DECL std::uint32_t batch_table::code_of(const feel::value* answer) {
    if (answer == nullptr) return row_by_row;
    const auto at = std::lower_bound(known_.begin(), known_.end(), answer, [](const auto& each, const feel::value* of) {
        return std::less<const feel::value*>()(each.first, of);
    });
    if (at != known_.end() && at->first == answer) return at->second;
    const auto code = static_cast<std::uint32_t>(answers_.size());
    known_.insert(at, {answer, code});
    answers_.push_back(answer);
    return code;
}

POLKU_DECL std::uint32_t batch_table::code_of_word(std::uint64_t joined) { return code_of(table_->answer(joined)); }

POLKU_DECL void batch_table::start(std::span<const batch_column> inputs) {
    answers_.clear();
    known_.clear();
    dictionaries_.assign(table_->columns().size(), {});
    for (std::size_t at = 0; at < dictionaries_.size(); ++at) {
        const direct_column& column = table_->columns()[at];
        const auto* codes = std::get_if<batch_column::codes>(&inputs[column.input].data);
        if (!codes) continue;
        for (const std::string_view each : codes->dictionary) dictionaries_[at].push_back(column.place_of_text(each));
    }
    if (!table_->is_narrow()) return;
    for (std::size_t rule = 0; rule < table_->table().rules.size(); ++rule)
        rule_codes_[rule] =
            code_of_word(direct_table::not_general | direct_table::not_violated | std::uint64_t{1} << rule);
}

POLKU_DECL void batch_table::read_places(std::size_t at, const batch_column& from, std::size_t first, std::size_t count,
                                         const feel::evaluation_context& with) {
    const direct_column& column = table_->columns()[at];
    const std::span<std::uint32_t> places(places_.data() + at * block, count);
    std::visit(place_reader{column, dictionaries_[at], first, places, with}, from.data);
    if (from.validity.empty()) return;
    for (std::size_t row = 0; row < count; ++row)
        if (!bit_at(from.validity, first + row)) places[row] = column.place_of_null();
}

/// Narrow tables: a word of rules for each row, column after column.
POLKU_DECL void batch_table::join_words(std::span<std::uint32_t> codes) {
    std::fill_n(words_.begin(), codes.size(), ~std::uint64_t{0});
    for (std::size_t at = 0; at < table_->columns().size(); ++at) {
        const direct_column& column = table_->columns()[at];
        const std::uint32_t* places = places_.data() + at * block;
        for (std::size_t row = 0; row < codes.size(); ++row)
            words_[row] &= places[row] == direct_column::none ? 0 : column.word(places[row]);
    }
    constexpr std::uint64_t marks = direct_table::not_general | direct_table::not_violated;
    const bool first_hit = table_->table().hit_policy == hit_policy::first;
    for (std::size_t row = 0; row < codes.size(); ++row) {
        const std::uint64_t rules = words_[row] & ~marks;
        const bool plain = (words_[row] & marks) == marks && rules != 0 && (first_hit || (rules & (rules - 1)) == 0);
        codes[row] = plain ? rule_codes_[static_cast<std::size_t>(std::countr_zero(rules))] : code_of_word(words_[row]);
    }
}

POLKU_DECL void batch_table::join_rows(std::span<std::uint32_t> codes) {
    std::vector<std::uint32_t> rows(table_->table_columns());
    for (std::size_t row = 0; row < codes.size(); ++row) {
        for (std::size_t at = 0; at < table_->columns().size(); ++at) {
            const direct_column& column = table_->columns()[at];
            const std::uint32_t place = places_[at * block + row];
            rows[column.column] = place == direct_column::none ? direct_table::general_row : column.row(place);
        }
        codes[row] = code_of(table_->answer(rows));
    }
}

POLKU_DECL void batch_table::decide(std::span<const batch_column> inputs, std::size_t first,
                                    std::span<std::uint32_t> codes, const feel::evaluation_context& with) {
    for (std::size_t at = 0; at < table_->columns().size(); ++at)
        read_places(at, inputs[table_->columns()[at].input], first, codes.size(), with);
    if (table_->is_narrow())
        join_words(codes);
    else
        join_rows(codes);
}

POLKU_DECL std::vector<feel::value> batch_table::answers() const {
    std::vector<feel::value> made;
    made.reserve(answers_.size());
    for (const feel::value* each : answers_) made.push_back(*each);
    return made;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
