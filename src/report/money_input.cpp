// SPDX-License-Identifier: Apache-2.0
#include "report/money_input.hpp"

#include <polku/detail/nearest_name.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace polku::inline POLKU_V::report::detail {

namespace {

/// A line of cells, and where it begins.
struct table_line {
    std::vector<std::string> cells;
    std::uint32_t line = 0;
};

/// Splits a table into lines of cells (RFC 4180: quotes around a cell, doubled inside it).
class table_scanner {
public:
    table_scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

    bool at_end() const { return at_ >= text_.size(); }
    /// False where a quote is not closed, or stands in the middle of a cell.
    bool next(table_line& into) {
        into = {{}, line_};
        for (;;) {
            std::string cell;
            if (!read_cell(cell)) return false;
            into.cells.push_back(std::move(cell));
            if (at_end() || text_[at_] != separator_) break;
            ++at_;
        }
        if (!at_end() && text_[at_] == '\r') ++at_;
        if (!at_end() && text_[at_] == '\n') ++at_;
        ++line_;
        return true;
    }
    std::uint32_t line() const { return line_; }

private:
    bool read_cell(std::string& cell) {
        if (at_end() || text_[at_] != '"') {
            while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
                if (text_[at_] == '"') return false;
                cell += text_[at_++];
            }
            return true;
        }
        for (++at_; !at_end(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                if (at_end() || text_[at_] != '"') break;
            } else if (text_[at_] == '\n') {
                ++line_;
            }
            cell += text_[at_];
        }
        if (text_[at_ - 1] != '"') return false;
        return at_end() || text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r';
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(by, at), text.size());
        if (const auto part = trimmed(text.substr(at, end - at)); !part.empty()) parts.push_back(part);
        at = end + 1;
    }
    return parts;
}

/// `a 1|b 2` as a list of contexts; empty where an item has not as many parts as members.
std::optional<feel::value> items_of(std::string_view text, const column_kind& column) {
    std::vector<feel::value> items;
    for (const std::string_view item : split(text, '|')) {
        const auto parts = split(item, ' ');
        if (parts.size() != column.parts.size()) return std::nullopt;
        feel::context made;
        for (std::size_t at = 0; at < parts.size(); ++at) made.set(column.parts[at], feel::value(parts[at]));
        items.emplace_back(std::move(made));
    }
    return feel::value(std::move(items));
}

result<feel::value> try_cell(std::string_view text, const column_kind& column, char separator) {
    switch (column.is) {
        case cell_kind::text: return feel::value(text);
        case cell_kind::boolean:
            if (text == "true" || text == "false") return feel::value(text == "true");
            return row_fault(column.name, "found '" + std::string(text) + "', expected true or false");
        case cell_kind::number: {
            std::string digits(text);
            if (separator == ';') std::replace(digits.begin(), digits.end(), ',', '.');
            if (const auto read = feel::number::parse(digits)) return feel::value(*read);
            return row_fault(column.name, "found '" + std::string(text) + "', expected a number such as 200 or 37.21");
        }
        case cell_kind::items:
            if (auto read = items_of(text, column)) return std::move(*read);
            return row_fault(column.name, "found '" + std::string(text) +
                                              "', expected items such as 2026-04-10 job_search|2026-04-28 employment");
    }
    return feel::value();
}

error table_fault(std::string message, const rows_text& from, std::uint32_t line) {
    position where;
    where.source = from.source;
    where.line = line;
    return error(error_code::table_syntax, std::move(message), std::move(where));
}

/// The columns of the first line, in its order.
result<std::vector<const column_kind*>> try_header(const table_line& names, const std::vector<column_kind>& columns,
                                                   const rows_text& from) {
    std::vector<std::string_view> known;
    for (const column_kind& each : columns) known.push_back(each.name);
    std::vector<const column_kind*> found;
    for (const std::string& cell : names.cells) {
        const std::string name(trimmed(cell));
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end()) {
            const std::string_view near = polku::detail::nearest_name(name, known);
            std::string message = "the column '" + name + "' is not known here";
            if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
            std::string all;
            for (const std::string_view each : known) all += (all.empty() ? "" : ", ") + std::string(each);
            return table_fault(message + " Columns are " + all, from, 1);
        }
        const column_kind* const column = &columns[static_cast<std::size_t>(at - known.begin())];
        if (std::find(found.begin(), found.end(), column) != found.end())
            return table_fault("the column '" + name + "' stands twice; leave one of them out", from, 1);
        found.push_back(column);
    }
    return found;
}

bool is_blank(const table_line& of) { return of.cells.size() == 1 && trimmed(of.cells[0]).empty(); }

}  // namespace

bool is_json(std::string_view text) noexcept {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && (text[at] == '{' || text[at] == '[');
}

error row_fault(std::string_view member, std::string message, error_code code) {
    position where;
    where.pointer = std::string(member);
    return error(code, std::move(message), std::move(where));
}

error numbered_fault(error what, std::size_t row, const std::string& id) {
    if (what.positions().empty()) what.at({});
    what.positions().front().element = "row " + std::to_string(row + 1) + (id.empty() ? "" : " (" + id + ")");
    return what;
}

error in_row(error what, std::size_t row, const raw_rows& of, const rows_text& from) {
    what = numbered_fault(std::move(what), row, {});
    position& at = what.positions().front();
    at.source = from.source;
    if (of.is_table) {
        at.line = of.places[row].line;
        // A table has columns, not pointers.
        if (at.pointer.starts_with('/')) at.pointer.erase(0, 1);
        return what;
    }
    if (!at.pointer.starts_with('/'))
        at.pointer = of.member + "/" + std::to_string(row) + (at.pointer.empty() ? "" : "/" + at.pointer);
    const position found = json::position_of(from.text, at.pointer);
    at.line = found.line;
    at.column = found.column;
    return what;
}

error refused_rows(std::vector<error> faults, std::size_t rows, const std::string& source) {
    position where;
    where.source = source;
    error all(error_code::row_refused,
              std::to_string(faults.size()) + " fault" + (faults.size() == 1 ? "" : "s") + " in " +
                  std::to_string(rows) + " row" + (rows == 1 ? "" : "s") + ", so nothing was counted; mend them all" +
                  (faults.size() > most_faults ? ", the first are these" : ""),
              std::move(where));
    for (std::size_t at = 0; at < std::min(faults.size(), most_faults); ++at) all.because(std::move(faults[at]));
    return all;
}

error no_rows(const std::string& source) {
    position where;
    where.source = source;
    return error(error_code::row_refused, "there is no row to count; give at least one", std::move(where));
}

result<raw_rows> try_read_table(const rows_text& from, const std::vector<column_kind>& columns) {
    rows_text text = from;
    if (text.text.starts_with("\xEF\xBB\xBF")) text.text.remove_prefix(3);
    const std::string_view first = text.text.substr(0, text.text.find('\n'));
    const char separator = first.find(';') != std::string_view::npos ? ';' : ',';
    table_scanner scanner(text.text, separator);
    table_line line;
    const std::string broken = "a quote is not closed, or does not stand around a whole cell";
    if (scanner.at_end())
        return table_fault("the text is empty; expected JSON or a table with a line of names", from, 1);
    if (!scanner.next(line)) return table_fault(broken, from, 1);
    POLKU_TRY(const auto header, try_header(line, columns, from));
    raw_rows made;
    made.is_table = true;
    while (!scanner.at_end()) {
        if (!scanner.next(line)) return table_fault(broken, from, scanner.line());
        if (is_blank(line)) continue;
        position where;
        where.source = from.source;
        where.line = line.line;
        if (line.cells.size() != header.size())
            return table_fault("the line has " + std::to_string(line.cells.size()) + " cells, and the line of names " +
                                   std::to_string(header.size()) + "; the separator is '" + separator + "'",
                               from, line.line);
        feel::context row;
        made.places.push_back(where);
        made.bad.push_back(false);
        for (std::size_t at = 0; at < header.size(); ++at) {
            const std::string_view cell = trimmed(line.cells[at]);
            if (cell.empty()) continue;
            auto value = try_cell(cell, *header[at], separator);
            if (value) {
                row.append(header[at]->name, std::move(*value));
                continue;
            }
            made.bad.back() = true;
            made.faults.push_back(in_row(std::move(value).error(), made.rows.size(), made, from));
        }
        made.rows.emplace_back(std::move(row));
    }
    return made;
}

result<raw_rows> try_read_array(const rows_text& from, const feel::value& document, std::string_view member) {
    raw_rows made;
    made.document = document;
    const feel::value* list = &document;
    if (document.is(feel::kind::context)) {
        made.member = "/" + std::string(member);
        list = document.as_context().find(member);
    }
    position where;
    where.source = from.source;
    where.pointer = made.member;
    if (list == nullptr || !list->is(feel::kind::list))
        return error(error_code::json_missing_member,
                     "expected an array of rows, or an object that holds it as '" + std::string(member) + "'",
                     std::move(where));
    for (const feel::value& each : list->as_list()) {
        made.rows.push_back(each);
        made.places.push_back(where);
        made.bad.push_back(false);
    }
    return made;
}

result<raw_rows> try_read_array(const rows_text& from, std::string_view member) {
    json::parse_options options;
    options.source = from.source;
    POLKU_TRY(const feel::value document, json::try_parse(from.text, options));
    POLKU_TRY(raw_rows made, try_read_array(from, document, member));
    if (made.document.is(feel::kind::context)) {
        for (const auto& each : made.document.as_context()) {
            if (each.name == member) continue;
            position where = json::position_of(from.text, json::pointer_step(each.name));
            where.source = from.source;
            return error(error_code::json_unknown_member,
                         "member '" + each.name + "' is not known here, expected '" + std::string(member) + "' alone",
                         std::move(where));
        }
    }
    return made;
}

}  // namespace polku::inline POLKU_V::report::detail
