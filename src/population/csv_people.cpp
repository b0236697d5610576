// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>
#include <polku/population/people.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <istream>
#include <utility>

namespace polku::inline POLKU_V::population {

namespace {

constexpr std::size_t longest_field = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_ascii(std::string_view bytes) noexcept {
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + sizeof seen <= bytes.size(); at += sizeof seen) {
        std::uint64_t eight;
        std::memcpy(&eight, bytes.data() + at, sizeof eight);
        seen |= eight;
    }
    for (; at < bytes.size(); ++at) seen |= static_cast<unsigned char>(bytes[at]);
    return (seen & 0x8080'8080'8080'8080U) == 0;
}

/// The highest bit of each of eight bytes that is the wanted one.
std::uint64_t bytes_like(const char* from, char wanted) noexcept {
    constexpr std::uint64_t low_bits = 0x7F7F'7F7F'7F7F'7F7FU;
    std::uint64_t eight;
    std::memcpy(&eight, from, sizeof eight);
    const std::uint64_t other = eight ^ (static_cast<unsigned char>(wanted) * 0x0101'0101'0101'0101U);
    return ~(((other & low_bits) + low_bits) | other | low_bits);
}

/// The characters of a stream by blocks, with the number of the line.
class character_source {
public:
    explicit character_source(std::istream& from) : from_(from) {}

    static constexpr int none = -1;

    int peek() {
        if (at_ == held_.size()) fill();
        return at_ == held_.size() ? none : static_cast<unsigned char>(held_[at_]);
    }
    void skip() {
        if (held_[at_++] == '\n') ++line_;
    }
    /// What stands before the next separator, quote or line end, as far as it is held.
    std::string_view plain(char separator) {
        const std::size_t from = at_;
        while (at_ < held_.size() && held_[at_] != separator && held_[at_] != '"' && held_[at_] != '\n' &&
               held_[at_] != '\r')
            ++at_;
        return std::string_view(held_).substr(from, at_ - from);
    }
    std::uint32_t line() const noexcept { return line_; }
    /// A row that is held whole, without its line end, and without quotes and carriage returns inside; empty for any
    /// other. Nothing is passed yet.
    std::string_view plain_row() const {
        const std::string_view held = std::string_view(held_).substr(at_);
        const std::size_t end = held.find('\n');
        if (end > longest_field) return {};  // so is where there is none
        std::string_view row = held.substr(0, end);
        if (row.ends_with('\r')) row.remove_suffix(1);
        return row.find('"') == std::string_view::npos && row.find('\r') == std::string_view::npos ? row
                                                                                                   : std::string_view();
    }
    /// Passes the row that `plain_row` gave.
    void skip_row() {
        at_ = held_.find('\n', at_) + 1;
        ++line_;
    }

private:
    void fill() {
        held_.resize(1 << 16);
        from_.read(held_.data(), static_cast<std::streamsize>(held_.size()));
        held_.resize(static_cast<std::size_t>(from_.gcount()));
        at_ = 0;
        if (is_start_ && held_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
        is_start_ = false;
    }

    std::istream& from_;
    std::string held_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    bool is_start_ = true;
};

class csv_reader final : public people_reader {
public:
    csv_reader(std::istream& from, csv_options with) : from_(from), with_(std::move(with)) {}

    const std::vector<std::string>& columns() const noexcept override { return names_; }

    result<void> try_names() {
        if (from_.peek() == character_source::none) return wrong("the table is empty; its first row names its columns");
        for (bool is_row_open = true; is_row_open;) {
            std::string name;
            POLKU_TRY(is_row_open, try_field(name));
            if (name.empty()) return wrong("column " + std::to_string(names_.size() + 1) + " has no name");
            if (std::find(names_.begin(), names_.end(), name) != names_.end())
                return wrong("two columns are called '" + name + "'");
            names_.push_back(std::move(name));
        }
        return {};
    }

    result<bool> try_next(people_block& into, std::size_t most) override {
        into.first_row = next_row_;
        into.rows = 0;
        into.columns.resize(names_.size());
        for (text_column& each : into.columns) {
            each.bytes.clear();
            each.offsets.assign(1, 0);
        }
        while (into.rows < most && !is_ended_ && from_.peek() != character_source::none) {
            if (!read_plain_row(into)) POLKU_CHECK(read_row(into));
            ++into.rows;
        }
        next_row_ += into.rows;
        for (const text_column& each : into.columns) POLKU_CHECK(check_text(each, into.first_row));
        return into.rows != 0;
    }

private:
    /// Reads a row without quotes that has a field for each column; false, with nothing read, where it is another.
    bool read_plain_row(people_block& into) {
        const std::string_view row = from_.plain_row();
        if (row.empty()) return false;
        if (!find_ends(row)) return false;
        constexpr std::size_t near_full = (std::size_t{1} << 30) - longest_field;
        std::size_t begin = 0;
        for (std::size_t each = 0; each < ends_.size(); ++each) {
            text_column& column = into.columns[each];
            if (column.bytes.size() > near_full) return undo(into, each);
            column.bytes.append(row.data() + begin, ends_[each] - begin);
            column.offsets.push_back(static_cast<std::int32_t>(column.bytes.size()));
            begin = ends_[each] + 1;
        }
        row_line_ = from_.line();
        from_.skip_row();
        return true;
    }
    /// Where the fields of a row end; false where there are not as many as names.
    bool find_ends(std::string_view row) {
        ends_.resize(names_.size());
        std::size_t count = 0;
        std::size_t at = 0;
        const auto note = [&](std::size_t end) {
            if (count < ends_.size()) ends_[count] = static_cast<std::uint32_t>(end);
            ++count;
        };
        for (; at + 8 <= row.size() && std::endian::native == std::endian::little; at += 8)
            for (std::uint64_t left = bytes_like(row.data() + at, with_.separator); left != 0; left &= left - 1)
                note(at + static_cast<std::size_t>(std::countr_zero(left)) / 8);
        for (; at < row.size(); ++at)
            if (row[at] == with_.separator) note(at);
        note(row.size());
        return count == ends_.size();
    }
    /// Takes back the fields of the last row.
    static bool undo(people_block& into, std::size_t fields) {
        for (std::size_t each = 0; each < fields; ++each) {
            text_column& column = into.columns[each];
            column.offsets.pop_back();
            column.bytes.resize(static_cast<std::size_t>(column.offsets.back()));
        }
        return false;
    }

    result<void> read_row(people_block& into) {
        std::size_t count = 0;
        for (bool is_row_open = true; is_row_open; ++count) {
            if (count == names_.size())
                return wrong("the row has more fields than the " + std::to_string(count) + " columns of the first row");
            text_column& column = into.columns[count];
            POLKU_TRY(is_row_open, try_field(column.bytes));
            if (column.bytes.size() > std::size_t{1} << 30) return wrong("a block of rows is larger than a gigabyte");
            column.offsets.push_back(static_cast<std::int32_t>(column.bytes.size()));
        }
        if (count != names_.size())
            return wrong("the row has " + std::to_string(count) + " fields, and the first row names " +
                         std::to_string(names_.size()) + " columns");
        return {};
    }

    /// Appends the next field; false when it ends its row.
    result<bool> try_field(std::string& into) {
        row_line_ = from_.line();
        const std::size_t before = into.size();
        if (from_.peek() == '"') {
            POLKU_CHECK(read_quoted(into, before));
        } else {
            for (;;) {
                into += from_.plain(with_.separator);
                const int next = from_.peek();
                if (next == '"') return wrong("a quote stands inside a field that does not begin with one");
                if (next == character_source::none || next == with_.separator || next == '\n' || next == '\r') break;
                if (into.size() - before > longest_field) return too_long();
            }
        }
        if (into.size() - before > longest_field) return too_long();
        return end_field();
    }

    result<void> read_quoted(std::string& into, std::size_t before) {
        from_.skip();
        for (;;) {
            const int next = from_.peek();
            if (next == character_source::none) return wrong("a quoted field is never closed");
            from_.skip();
            if (next == '"') {
                if (from_.peek() != '"') return {};
                from_.skip();
            }
            into += static_cast<char>(next);
            if (into.size() - before > longest_field) return too_long();
        }
    }

    result<bool> end_field() {
        const int next = from_.peek();
        if (next == character_source::none) return false;
        if (next == with_.separator) {
            from_.skip();
            return true;
        }
        if (next == '\r') {
            from_.skip();
            if (from_.peek() != '\n') return wrong("a carriage return stands without a line feed");
        } else if (next != '\n') {
            return wrong("a closed quote is followed by neither a separator nor the end of the row");
        }
        from_.skip();
        return false;
    }

    result<void> check_text(const text_column& column, std::size_t first_row) {
        if (is_ascii(column.bytes)) return {};
        const std::size_t bad = feel::detail::find_invalid_utf8(column.bytes);
        if (bad >= column.bytes.size()) return {};
        const auto after =
            std::upper_bound(column.offsets.begin(), column.offsets.end(), static_cast<std::int32_t>(bad));
        const auto row = static_cast<std::size_t>(after - column.offsets.begin()) - 1;
        return wrong("row " + std::to_string(first_row + row) + " is not UTF-8");
    }

    error too_long() {
        return wrong("a field is longer than " + std::to_string(longest_field) + " bytes; is a quote left open?");
    }
    error wrong(std::string what) {
        is_ended_ = true;
        position at;
        at.source = with_.source;
        at.line = row_line_;
        return error(error_code::people_table, std::move(what)).at(at);
    }

    character_source from_;
    csv_options with_;
    std::vector<std::string> names_;
    std::vector<std::uint32_t> ends_;  ///< of a row's fields
    std::size_t next_row_ = 1;
    std::uint32_t row_line_ = 1;
    bool is_ended_ = false;
};

}  // namespace

result<std::unique_ptr<people_reader>> try_read_csv(std::istream& from, csv_options with) {
    auto made = std::make_unique<csv_reader>(from, std::move(with));
    POLKU_CHECK(made->try_names());
    return std::unique_ptr<people_reader>(std::move(made));
}

}  // namespace polku::inline POLKU_V::population
