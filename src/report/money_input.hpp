// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_MONEY_INPUT_HPP
#define POLKU_SRC_REPORT_MONEY_INPUT_HPP

#include <polku/json/described.hpp>
#include <polku/report/figures.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Rows of described structs from JSON or from a table of separated values, with every bad row told.
namespace polku::inline POLKU_V::report::detail {

/// What a cell of a table is read as.
enum class cell_kind : std::uint8_t { text, number, boolean, items };

struct column_kind {
    std::string_view name;
    cell_kind is = cell_kind::text;
    std::vector<std::string_view> parts;  ///< of `items`: the members that each item has, separated by spaces
};

/// Rows before they are structs.
struct raw_rows {
    std::vector<feel::value> rows;  ///< contexts
    std::vector<position> places;   ///< of each
    std::vector<bool> bad;          ///< of each: a cell of it could not be read
    std::vector<error> faults;      ///< of such cells
    bool is_table = false;          ///< else JSON
    feel::value document;           ///< JSON: the whole
    std::string member;             ///< JSON: pointer of the array; empty where the document is the array
};

constexpr std::size_t most_faults = 20;

/// True for JSON: the text begins with `{` or `[`.
bool is_json(std::string_view text) noexcept;
result<raw_rows> try_read_table(const rows_text& from, const std::vector<column_kind>& columns);
result<raw_rows> try_read_array(const rows_text& from, std::string_view member);
/// The same for a document that is read already.
result<raw_rows> try_read_array(const rows_text& from, const feel::value& document, std::string_view member);
/// Where a fault of a row is: its number, and its line.
error in_row(error what, std::size_t row, const raw_rows& of, const rows_text& from);
/// One error for all bad rows, which are its causes.
error refused_rows(std::vector<error> faults, std::size_t rows, const std::string& source);
error no_rows(const std::string& source);
/// A fault of a row's member, before its row is known.
error row_fault(std::string_view member, std::string message, error_code code = error_code::row_refused);
/// That fault in a row of rows which are no text any more.
error numbered_fault(error what, std::size_t row, const std::string& id);

template <class Member>
column_kind column_of(std::string_view name) {
    if constexpr (json::detail::is_optional<Member>::value) {
        return column_of<typename Member::value_type>(name);
    } else if constexpr (json::detail::is_vector<Member>::value) {
        column_kind made{name, cell_kind::items, {}};
        boost::mp11::mp_for_each<json::detail::members_of<typename Member::value_type>>(
            [&](auto each) { made.parts.push_back(json::detail::json_name(each.name)); });
        return made;
    } else if constexpr (std::is_same_v<Member, bool>) {
        return {name, cell_kind::boolean, {}};
    } else if constexpr (std::is_integral_v<Member> || std::is_same_v<Member, feel::number>) {
        return {name, cell_kind::number, {}};
    } else {
        return {name, cell_kind::text, {}};
    }
}

template <class Row>
std::vector<column_kind> columns_of() {
    std::vector<column_kind> columns;
    boost::mp11::mp_for_each<json::detail::members_of<Row>>([&](auto each) {
        using member = std::remove_cvref_t<decltype(std::declval<Row&>().*each.pointer)>;
        columns.push_back(column_of<member>(json::detail::json_name(each.name)));
    });
    return columns;
}

/// Makes the rows; `check(row)` says what of a row does not fit together.
template <class Row, class Check>
result<std::vector<Row>> try_make_rows(const rows_text& from, raw_rows raw, const Check& check) {
    std::vector<Row> rows;
    std::vector<error> faults = std::move(raw.faults);
    for (std::size_t at = 0; at < raw.rows.size(); ++at) {
        if (raw.bad[at]) continue;
        const std::string pointer = raw.is_table ? std::string() : raw.member + "/" + std::to_string(at);
        auto made = json::try_from_value<Row>(raw.rows[at], pointer, from.source);
        if (!made) {
            faults.push_back(in_row(std::move(made).error(), at, raw, from));
            continue;
        }
        if (const result<void> fits = check(*made); !fits)
            faults.push_back(in_row(fits.error(), at, raw, from));
        else
            rows.push_back(std::move(*made));
    }
    if (!faults.empty()) return refused_rows(std::move(faults), raw.rows.size(), from.source);
    return rows;
}

template <class Row, class Check>
result<std::vector<Row>> try_read_rows(const rows_text& from, std::string_view member, const Check& check) {
    auto raw = is_json(from.text) ? try_read_array(from, member) : try_read_table(from, columns_of<Row>());
    if (!raw) return std::move(raw).error();
    if (raw->rows.empty()) return no_rows(from.source);
    return try_make_rows<Row>(from, std::move(*raw), check);
}

}  // namespace polku::inline POLKU_V::report::detail

#endif
