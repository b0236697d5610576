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

/// The rules at a place of a narrow table's column; no mark for a value that the general way has to look at.
inline std::uint64_t word_at(const direct_column& column, std::uint32_t place) noexcept {
    return place == direct_column::none ? 0 : column.word(place);
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
    rows_ = 0;
    for (std::size_t at = 0; at < learned_.size(); ++at) {
        const direct_column& column = table_->columns()[at];
        learned_places& learned = learned_[at];
        learned.low = 0;
        learned.places.clear();
        learned.words.clear();
        const auto* codes = std::get_if<batch_column::codes>(&inputs[column.input].data);
        if (!codes) continue;
        for (const std::string_view each : codes->dictionary) learned.places.push_back(column.place_of_text(each));
        if (!table_->is_narrow()) continue;
        for (const std::uint32_t place : learned.places) learned.words.push_back(word_at(column, place));
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
    std::visit(place_reader{column, learned_[at].places, first, places, with}, from.data);
    if (from.validity.empty()) return;
    for (std::size_t row = 0; row < count; ++row)
        if (!bit_at(from.validity, first + row)) places[row] = column.place_of_null();
}

/// True when every number is one of `size` from `low` on.
template <class Value>
bool are_among(std::span<const Value> values, std::int64_t low, std::size_t size) noexcept {
    bool outside = size == 0;
    for (const std::int64_t value : values)
        outside |= static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(low) >= size;
    return !outside;
}

/// Makes sure that the numbers are among those learned of a column; false where they are too many.
template <class Value, class Place>
bool batch_table::learn_numbers(std::size_t at, std::span<const Value> values, Place place) {
    learned_places& learned = learned_[at];
    const std::size_t known = learned.words.size();
    if (POLKU_LIKELY(are_among(values, learned.low, known))) return true;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    std::int64_t low = *least;
    std::int64_t high = *most;
    if (known != 0) {
        low = std::min(low, learned.low);
        high = std::max(high, learned.low + static_cast<std::int64_t>(known - 1));
    }
    const std::uint64_t apart = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (apart >= most_learned || apart >= rows_) return false;
    std::vector<std::uint64_t> words(static_cast<std::size_t>(apart) + 1);
    const std::uint64_t before = static_cast<std::uint64_t>(learned.low) - static_cast<std::uint64_t>(low);
    for (std::uint64_t each = 0; each < words.size(); ++each)
        words[each] = known != 0 && each - before < known
                          ? learned.words[each - before]
                          : word_at(table_->columns()[at], place(low + static_cast<std::int64_t>(each)));
    learned.low = low;
    learned.words = std::move(words);
    return true;
}

/// Joins a word to each row's.
template <class Word>
void batch_table::join(const batch_column& from, std::size_t first, std::size_t count, std::uint64_t of_null,
                       Word word) {
    if (from.validity.empty()) {
        for (std::size_t row = 0; row < count; ++row) words_[row] &= word(row);
        return;
    }
    for (std::size_t row = 0; row < count; ++row)
        words_[row] &= bit_at(from.validity, first + row) ? word(row) : of_null;
}

POLKU_DECL bool batch_table::join_learned(std::size_t at, const batch_column& from, std::size_t first,
                                          std::size_t count) {
    const direct_column& column = table_->columns()[at];
    const std::uint64_t of_null = word_at(column, column.place_of_null());
    const learned_places& learned = learned_[at];
    if (const auto* codes = std::get_if<batch_column::codes>(&from.data)) {
        const std::int32_t* data = codes->indexes.data() + first;
        const std::uint64_t* words = learned.words.data();
        join(from, first, count, of_null, [=](std::size_t row) { return words[data[row]]; });
        return true;
    }
    if (const auto* truths = std::get_if<batch_column::booleans>(&from.data)) {
        const std::array<std::uint64_t, 2> words{word_at(column, column.place_of_boolean(false)),
                                                 word_at(column, column.place_of_boolean(true))};
        join(from, first, count, of_null, [&, first](std::size_t row) {
            return words[static_cast<std::size_t>((truths->bits[(first + row) / 8] >> ((first + row) % 8)) & 1)];
        });
        return true;
    }
    const auto by_number = [&](auto values, auto place) {
        if (!learn_numbers(at, values, place)) return false;
        const auto* data = values.data();
        const std::uint64_t* words = learned.words.data();
        join(from, first, count, of_null, [=, low = learned.low](std::size_t row) { return words[data[row] - low]; });
        return true;
    };
    if (const auto* numbers = std::get_if<batch_column::integers>(&from.data))
        return by_number(numbers->coefficients.subspan(first, count),
                         [&](std::int64_t value) { return column.place_of_number(value, numbers->scale); });
    if (const auto* days = std::get_if<batch_column::days>(&from.data))
        return by_number(days->since_epoch.subspan(first, count), [&](std::int64_t value) {
            const auto day = time::date::from_days(value);
            return day ? column.place_of_date(*day) : direct_column::none;
        });
    return false;
}

/// Narrow tables: a word of rules for each row, column after column.
POLKU_DECL void batch_table::join_column(std::size_t at, const batch_column& from, std::size_t first, std::size_t count,
                                         const feel::evaluation_context& with) {
    if (join_learned(at, from, first, count)) return;
    read_places(at, from, first, count, with);
    const direct_column& column = table_->columns()[at];
    const std::uint32_t* places = places_.data() + at * block;
    for (std::size_t row = 0; row < count; ++row) words_[row] &= word_at(column, places[row]);
}

/// The answer's code of each row's word.
POLKU_DECL void batch_table::tell_words(std::span<std::uint32_t> codes) {
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
    const std::size_t columns = table_->columns().size();
    const auto column_at = [&](std::size_t at) -> const batch_column& { return inputs[table_->columns()[at].input]; };
    rows_ += codes.size();
    if (table_->is_narrow()) {
        std::fill_n(words_.begin(), codes.size(), ~std::uint64_t{0});
        for (std::size_t at = 0; at < columns; ++at) join_column(at, column_at(at), first, codes.size(), with);
        tell_words(codes);
        return;
    }
    for (std::size_t at = 0; at < columns; ++at) read_places(at, column_at(at), first, codes.size(), with);
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
