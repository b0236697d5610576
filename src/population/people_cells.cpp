// SPDX-License-Identifier: Apache-2.0
#include "people_cells.hpp"

#include <polku/dmn/item_type.hpp>
#include <polku/json/text.hpp>

#include <cstring>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// Past this many different texts a column is rather one of free text, which is not kept.
constexpr std::size_t most_known = 1 << 16;

/// Places for cells that came before.
constexpr std::size_t recent_bits = 10;

short_text short_text_of(std::string_view text) noexcept {
    char bytes[short_text::longest + 1] = {};
    std::memcpy(bytes, text.data(), text.size());
    bytes[short_text::longest] = static_cast<char>(text.size());
    short_text made;
    std::memcpy(&made.head, bytes, sizeof made.head);
    std::memcpy(&made.tail, bytes + sizeof made.head, sizeof made.tail);
    return made;
}

std::size_t place_of(const short_text& text) noexcept {
    const std::uint64_t mixed = (text.head ^ (text.tail * 0x9E37'79B9'7F4A'7C15U)) * 0xD6E8'FEB8'6659'FD93U;
    return static_cast<std::size_t>(mixed >> (64U - recent_bits));
}

error bad_cell(std::size_t row, const std::string& column, std::string what) {
    position at;
    at.pointer = "row " + std::to_string(row) + ", column '" + column + "'";
    return error(error_code::people_cell, std::move(what), std::move(at));
}

/// How a cell of a type is written; empty for types whose cells are JSON.
std::string written_form(const feel::type& type) {
    if (type.is() != feel::type::form::simple) return {};
    switch (type.simple_kind()) {
        case feel::kind::boolean: return "true or false";
        case feel::kind::number: return "a number such as 12.5";
        case feel::kind::string: return "a text";
        case feel::kind::date: return "a date such as 2026-01-31";
        case feel::kind::time: return "a time such as 12:30:00";
        case feel::kind::date_time: return "a date and time such as 2026-01-31T12:30:00";
        case feel::kind::months_duration: return "a duration such as P1Y6M";
        case feel::kind::days_duration: return "a duration such as P10D";
        default: return {};
    }
}

}  // namespace

result<fact_column> fact_column::try_make(std::size_t column, dmn::input_info fact) {
    fact_column made(column, std::move(fact));
    made.wanted_ = written_form(made.fact_.type);
    if (!made.fact_.allowed_values.empty()) {
        POLKU_TRY(made.allowed_, feel::try_compile_unary_tests(made.fact_.allowed_values, {}, made.fact_.type));
    }
    return made;
}

bool fact_column::is_of(std::size_t column, const dmn::input_info& fact) const {
    return column == column_ && fact.type.equivalent_to(fact_.type) && fact.allowed_values == fact_.allowed_values;
}

fact_column::read_cell fact_column::read_text(std::string_view text) {
    feel::value made(text);
    if (wanted_.empty()) {
        auto parsed = json::try_parse(text);
        if (!parsed) return {{}, "'" + std::string(text) + "' is no JSON, and " + fact_.type.to_string() + " wants it"};
        made = std::move(*parsed);
    } else if (fact_.type.simple_kind() == feel::kind::number) {
        const auto amount = feel::number::parse(text);
        if (!amount) return {{}, "'" + std::string(text) + "' is not " + wanted_};
        made = feel::value(*amount);
    } else if (fact_.type.simple_kind() == feel::kind::boolean) {
        if (text != "true" && text != "false") return {{}, "'" + std::string(text) + "' is not " + wanted_};
        made = feel::value(text == "true");
    }
    auto typed = dmn::try_typed(made, fact_.type, {}, with_);
    if (!typed)
        return {{}, "'" + std::string(text) + "' is not " + (wanted_.empty() ? fact_.type.to_string() : wanted_)};
    if (allowed_ && !allowed_->accepts(with_, {}, *typed).is_true())
        return {{}, "'" + std::string(text) + "' is none of the allowed values: " + fact_.allowed_values};
    return {std::move(*typed), std::string()};
}

void fact_column::forget() {
    known_.clear();
    items_.assign(1, feel::value(feel::null_reason::unknown_input));
    wrong_.assign(1, {});
    has_wrong_ = false;
    recent_.assign(std::size_t{1} << recent_bits, {});
}

/// The length in the last byte of a recent cell is 0 where none came, and an empty cell is not looked up.
std::int32_t fact_column::code_of(std::string_view text) {
    if (text.size() > short_text::longest) return known_code_of(text);
    const short_text wanted = short_text_of(text);
    recent_cell& recent = recent_[place_of(wanted)];
    if (recent.text == wanted) return recent.code;
    recent = {wanted, known_code_of(text)};
    return recent.code;
}

std::int32_t fact_column::known_code_of(std::string_view text) {
    if (const auto found = known_.find(text); found != known_.end()) return found->second;
    const auto code = static_cast<std::int32_t>(items_.size());
    read_cell made = read_text(text);
    items_.push_back(std::move(made.first));
    has_wrong_ = has_wrong_ || !made.second.empty();
    wrong_.push_back(std::move(made.second));
    known_.emplace(std::string(text), code);
    return code;
}

void fact_column::read(const people_block& from, row_faults& faults) {
    const text_column& cells = from.columns[column_];
    // Between two blocks only: rows refer to the items.
    if (items_.empty() || items_.size() > most_known) forget();
    codes_.assign(from.rows, 0);
    for (std::size_t row = 0; row < from.rows; ++row) {
        const std::string_view text = cells.at(row);
        if (text.empty()) continue;
        codes_[row] = code_of(text);
        if (!has_wrong_) continue;
        const std::string& wrong = wrong_[static_cast<std::size_t>(codes_[row])];
        if (!wrong.empty()) faults.emplace(row, bad_cell(from.first_row + row, fact_.name, wrong));
    }
}

}  // namespace polku::inline POLKU_V::population::detail

namespace polku::inline POLKU_V::population {

std::string cell_text(const feel::value& of) {
    if (of.is_null()) return {};
    if (of.is(feel::kind::string)) return std::string(of.as_string());
    std::string text = json::write(of);
    // Dates and durations are texts in JSON.
    if (text.size() > 1 && text.front() == '"') text = text.substr(1, text.size() - 2);
    return text;
}

}  // namespace polku::inline POLKU_V::population
