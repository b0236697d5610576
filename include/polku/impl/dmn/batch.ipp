// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_BATCH_IPP
#define POLKU_IMPL_DMN_BATCH_IPP

#include <polku/dmn/batch.hpp>
#include <polku/dmn/detail/batch_table.hpp>
#include <polku/dmn/detail/program_data.hpp>
#include <polku/impl/dmn/detail/batch_graph.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// What is wrong with a column, or empty.
struct column_fault {
    std::size_t rows;

    std::string short_of(std::size_t found, std::string_view what) const {
        return found >= rows ? std::string()
                             : "it has " + std::to_string(found) + " " + std::string(what) + " for " +
                                   std::to_string(rows) + " rows";
    }
    std::string bad_scale(std::int32_t scale) const {
        return scale >= feel::number::min_scale && scale <= feel::number::max_scale
                   ? std::string()
                   : "its scale " + std::to_string(scale) + " is out of range";
    }
    std::string operator()(const batch_column::unknown&) const { return {}; }
    std::string operator()(const batch_column::booleans& of) const { return short_of(of.bits.size() * 8, "bits"); }
    std::string operator()(const batch_column::integers& of) const {
        const std::string scale = bad_scale(of.scale);
        return scale.empty() ? short_of(of.coefficients.size(), "numbers") : scale;
    }
    std::string operator()(const batch_column::decimals& of) const {
        const std::string scale = bad_scale(of.scale);
        return scale.empty() ? short_of(of.coefficients.size(), "numbers") : scale;
    }
    std::string operator()(const batch_column::days& of) const { return short_of(of.since_epoch.size(), "days"); }
    std::string operator()(const batch_column::values& of) const { return short_of(of.items.size(), "values"); }
    std::string operator()(const batch_column::codes& of) const { return short_of(of.indexes.size(), "codes"); }
    std::string operator()(const batch_column::repeated& of) const { return short_of(of.indexes.size(), "codes"); }
    std::string operator()(const batch_column::texts& of) const {
        if (of.offsets.size() <= rows)
            return "it has " + std::to_string(of.offsets.size()) + " offsets for " + std::to_string(rows) +
                   " rows; one more than rows is needed";
        for (std::size_t row = 0; row <= rows; ++row) {
            const std::int32_t before = row == 0 ? 0 : of.offsets[row - 1];
            if (of.offsets[row] < before || static_cast<std::size_t>(of.offsets[row]) > of.bytes.size())
                return "its offset " + std::to_string(row) + " is " + std::to_string(of.offsets[row]) +
                       ", outside its bytes or before the offset in front of it";
        }
        return {};
    }
};

/// The first row that is not null and fails the test.
template <typename Good>
std::optional<std::size_t> first_bad_row(const batch_column& from, std::size_t rows, Good good) {
    for (std::size_t row = 0; row < rows; ++row)
        if (!good(row) && (from.validity.empty() || bit_at(from.validity, row))) return row;
    return std::nullopt;
}

/// The first row that is not null and whose code is not one of `size`. All codes are looked at without a branch before
/// any is.
inline std::optional<std::size_t> first_bad_code(const batch_column& from, std::size_t rows,
                                                 std::span<const std::int32_t> codes, std::size_t size) {
    bool is_bad = false;
    for (std::size_t row = 0; row < rows; ++row)
        is_bad |= codes[row] < 0 || static_cast<std::size_t>(codes[row]) >= size;
    if (!is_bad) return std::nullopt;
    return first_bad_row(from, rows, [codes, size](std::size_t row) {
        return codes[row] >= 0 && static_cast<std::size_t>(codes[row]) < size;
    });
}

/// What is wrong with a row of a column that is long enough, or empty.
POLKU_DECL std::string row_fault_of(const batch_column& from, std::size_t rows) {
    if (const auto* codes = std::get_if<batch_column::codes>(&from.data)) {
        const auto bad = first_bad_code(from, rows, codes->indexes, codes->dictionary.size());
        if (bad) return "its code in row " + std::to_string(*bad) + " is not in its dictionary";
    } else if (const auto* repeated = std::get_if<batch_column::repeated>(&from.data)) {
        const auto bad = first_bad_code(from, rows, repeated->indexes, repeated->items.size());
        if (bad) return "its code in row " + std::to_string(*bad) + " is not among its items";
    } else if (const auto* decimals = std::get_if<batch_column::decimals>(&from.data)) {
        const auto bad = first_bad_row(from, rows, [decimals](std::size_t row) {
            const batch_column::decimals::words& each = decimals->coefficients[row];
            return feel::number::from_words(each.low, each.high, decimals->scale).has_value();
        });
        if (bad) return "its number in row " + std::to_string(*bad) + " has more than 34 digits";
    }
    return {};
}

POLKU_DECL result<void> check_column(const batch_column& from, const input_info& input, std::size_t rows) {
    std::string wrong = std::visit(column_fault{rows}, from.data);
    if (wrong.empty() && !from.validity.empty() && from.validity.size() * 8 < rows)
        wrong = "its validity has " + std::to_string(from.validity.size() * 8) + " bits for " + std::to_string(rows) +
                " rows";
    if (wrong.empty()) wrong = row_fault_of(from, rows);
    if (wrong.empty()) return {};
    return error(error_code::invalid_argument, "the column '" + input.name + "' cannot be read: " + wrong);
}

/// The value of one row of a column.
struct row_reader {
    std::size_t row;

    feel::value operator()(const batch_column::unknown&) const { return feel::value(feel::null_reason::unknown_input); }
    feel::value operator()(const batch_column::booleans& of) const { return feel::value(bit_at(of.bits, row)); }
    feel::value operator()(const batch_column::integers& of) const {
        return feel::value(feel::number::from_scaled(of.coefficients[row], of.scale));
    }
    feel::value operator()(const batch_column::decimals& of) const {
        // Checked with the column.
        return feel::value(*feel::number::from_words(of.coefficients[row].low, of.coefficients[row].high, of.scale));
    }
    feel::value operator()(const batch_column::days& of) const {
        const auto made = time::date::from_days(of.since_epoch[row]);
        return made ? feel::value(*made) : feel::value(feel::null_reason::out_of_range);
    }
    feel::value operator()(const batch_column::values& of) const { return of.items[row]; }
    feel::value operator()(const batch_column::repeated& of) const {
        return of.items[static_cast<std::size_t>(of.indexes[row])];
    }
    feel::value operator()(const batch_column::codes& of) const {
        return feel::value(of.dictionary[static_cast<std::size_t>(of.indexes[row])]);
    }
    feel::value operator()(const batch_column::texts& of) const { return feel::value(text_at(of, row)); }
};

POLKU_DECL feel::value value_in_row(const batch_column& from, std::size_t row) {
    const bool valid = from.validity.empty() || bit_at(from.validity, row);
    return valid || std::holds_alternative<batch_column::unknown>(from.data) ? std::visit(row_reader{row}, from.data)
                                                                             : feel::value();
}

}  // namespace detail

POLKU_DECL batch_evaluator::batch_evaluator(program from, decision_ref what)
    : program_(std::move(from)), what_(what), slots_(program_.inputs(what).size()) {}
POLKU_DECL batch_evaluator::batch_evaluator(batch_evaluator&&) noexcept = default;
POLKU_DECL batch_evaluator& batch_evaluator::operator=(batch_evaluator&&) noexcept = default;
POLKU_DECL batch_evaluator::~batch_evaluator() = default;

POLKU_DECL result<batch_evaluator> batch_evaluator::try_create(const program& from, decision_ref what) {
    const detail::program_data* data = detail::program_data::of(from);
    if (!data || what.index >= data->nodes.size() || data->nodes[what.index].is == detail::node_kind::input)
        return error(error_code::invalid_argument, "the decision does not belong to this program");
    batch_evaluator made(from, what);
    if (const detail::direct_table* direct = detail::direct_table_of(from, what))
        made.table_ = std::make_unique<detail::batch_table>(*direct);
    else
        made.graph_ = detail::batch_graph::try_make(from, what);
    return made;
}

/// Decides by the graph what it can; false when the caller asked to stop. Answers stand in the order in which rows
/// first have them.
POLKU_DECL bool batch_evaluator::evaluate_graph(std::span<const batch_column> inputs, feel::evaluation_context& with,
                                                batch_result& into) {
    graph_->start();
    const std::size_t rows = into.codes.size();
    for (std::size_t first = 0; first < rows; first += detail::batch_graph::block) {
        const std::size_t count = std::min(detail::batch_graph::block, rows - first);
        if (!graph_->decide(inputs, first, std::span(into.codes).subspan(first, count), with)) return false;
    }
    constexpr std::uint32_t untold = 0xFFFF'FFFF;
    told_.assign(graph_->answers().size(), untold);
    for (std::uint32_t& code : into.codes) {
        if (code == detail::batch_table::row_by_row) continue;
        std::uint32_t& told = told_[code];
        if (told == untold) {
            told = static_cast<std::uint32_t>(into.distinct.size());
            into.distinct.push_back(graph_->answers()[code]);
        }
        code = told;
    }
    return true;
}

/// Evaluates a row by itself; false when the caller asked to stop.
POLKU_DECL bool batch_evaluator::evaluate_row(std::span<const batch_column> inputs, std::size_t row,
                                              feel::evaluation_context& with, batch_result& into) {
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) slots_[slot] = detail::value_in_row(inputs[slot], row);
    into.codes[row] = static_cast<std::uint32_t>(into.distinct.size());
    auto made = try_evaluate_slots(program_, what_, slots_, with);
    if (made) {
        into.distinct.push_back(std::move(*made));
        return true;
    }
    if (made.error().code() == error_code::cancelled) return false;
    into.distinct.emplace_back();
    into.faults.push_back({row, std::move(made.error())});
    return true;
}

POLKU_DECL result<void> batch_evaluator::try_evaluate(std::span<const batch_column> inputs, std::size_t rows,
                                                      feel::evaluation_context& with, batch_result& into) {
    const auto known = program_.inputs(what_);
    if (inputs.size() != known.size())
        return error(error_code::invalid_argument, "the decision has " + std::to_string(known.size()) +
                                                       " inputs, but " + std::to_string(inputs.size()) +
                                                       " columns were given");
    // Codes of answers have 32 bits, and the last few are taken.
    constexpr std::size_t most_rows = 0xFFFF'0000;
    if (rows > most_rows)
        return error(error_code::invalid_argument,
                     "a batch has at most " + std::to_string(most_rows) + " rows; hand over the rest by itself");
    for (std::size_t column = 0; column < inputs.size(); ++column)
        POLKU_CHECK(detail::check_column(inputs[column], known[column], rows));
    into.distinct.clear();
    into.faults.clear();
    into.codes.assign(rows, detail::batch_table::row_by_row);
    with.reset();
    if (table_ && detail::direct_table::within(with.bounds())) {
        table_->start(inputs);
        for (std::size_t first = 0; first < rows; first += detail::batch_table::block) {
            const std::size_t count = std::min(detail::batch_table::block, rows - first);
            table_->decide(inputs, first, std::span(into.codes).subspan(first, count), with);
            with.reset();
            if (!with.step()) return error(*with.fault());
        }
        into.distinct = table_->answers();
    } else if (graph_ && detail::direct_table::within(with.bounds()) && !evaluate_graph(inputs, with, into)) {
        return error(*with.fault());
    }
    for (std::size_t row = 0; row < rows; ++row)
        if (into.codes[row] == detail::batch_table::row_by_row && !evaluate_row(inputs, row, with, into))
            return error(*with.fault());
    return {};
}

namespace detail {

/// A number as an integer at the scale; false when it is none or does not fit.
POLKU_DECL bool scaled_integer(const feel::number& of, std::int32_t scale, std::int64_t& out) {
    const auto cut = feel::quantize(of, scale, feel::rounding::down);
    if (!cut || *cut != of) return false;
    const auto whole = feel::multiply(*cut, feel::number::from_scaled(1, -scale));
    const auto made = whole ? whole->to_int64() : std::nullopt;
    if (made) out = *made;
    return made.has_value();
}

}  // namespace detail

POLKU_DECL batch_numbers numbers_of(const batch_result& from, std::string_view entry, std::int32_t scale) {
    enum class state : std::uint8_t { none, fits, fault };
    std::vector<state> states;
    std::vector<std::int64_t> numbers;
    for (const feel::value& each : from.distinct) {
        const feel::value* part = &each;
        if (!entry.empty()) part = each.is(feel::kind::context) ? each.as_context().find(entry) : nullptr;
        states.push_back(state::none);
        numbers.push_back(0);
        if (part && part->is(feel::kind::number))
            states.back() =
                detail::scaled_integer(part->as_number(), scale, numbers.back()) ? state::fits : state::fault;
    }
    batch_numbers made;
    made.coefficients.resize(from.codes.size());
    made.validity.assign((from.codes.size() + 7) / 8, 0);
    for (std::size_t row = 0; row < from.codes.size(); ++row) {
        const std::uint32_t code = from.codes[row];
        made.coefficients[row] = numbers[code];
        if (states[code] == state::fits) made.validity[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
        if (states[code] == state::fault)
            made.faults.push_back(
                {row, error(error_code::inexact_number, "a number is not exact at scale " + std::to_string(scale) +
                                                            " or needs more than 64 bits")});
    }
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
