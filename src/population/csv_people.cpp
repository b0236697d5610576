// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>
#include <polku/population/people.hpp>

#include <algorithm>
#include <istream>
#include <utility>

namespace polku::inline POLKU_V::population {

namespace {

constexpr std::size_t longest_field = 1'000'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

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
            POLKU_CHECK(read_row(into));
            ++into.rows;
        }
        next_row_ += into.rows;
        for (const text_column& each : into.columns) POLKU_CHECK(check_text(each, into.first_row));
        return into.rows != 0;
    }

private:
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
