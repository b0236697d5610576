// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POPULATION_PEOPLE_HPP
#define POLKU_POPULATION_PEOPLE_HPP

#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Tables of people, read in blocks, so that a table of any length takes the memory of one block.

namespace polku::inline POLKU_V::population {

/// The cells of a column as they were written: cell n is `bytes` from `offsets[n]` to `offsets[n + 1]`, UTF-8. An empty
/// cell says that nothing is known.
struct text_column {
    std::string bytes;
    std::vector<std::int32_t> offsets{0};  ///< one more than there are cells

    /// The text of a cell, from 0; lives until the column changes.
    std::string_view at(std::size_t row) const noexcept {
        const auto from = static_cast<std::size_t>(offsets[row]);
        return std::string_view(bytes).substr(from, static_cast<std::size_t>(offsets[row + 1]) - from);
    }
};

/// Some rows of a table: one column for each name of `people_reader::columns`.
struct people_block {
    std::size_t first_row = 1;  ///< number of the first row in the whole table, from 1
    std::size_t rows = 0;       ///< may be 0
    std::vector<text_column> columns;
};

/// A table that is read once, from its first row on. Serves one thread at a time.
class people_reader {
public:
    people_reader() = default;
    people_reader(const people_reader&) = delete;
    people_reader& operator=(const people_reader&) = delete;
    virtual ~people_reader() = default;

    /// Names of the columns, as the table has them; known from the beginning.
    virtual const std::vector<std::string>& columns() const noexcept = 0;
    /// The next rows, at most `most`; false, with no rows, after the last one. The block's memory is used again. After
    /// an error nothing more is read.
    virtual result<bool> try_next(people_block& into, std::size_t most) = 0;
};

/// A value as the cell of a table: texts as they are, dates, times and durations in ISO form, all else as its JSON;
/// nothing for null.
std::string cell_text(const feel::value& of);

/// How a text is written.
struct csv_options {
    std::string source = "people";  ///< what errors call the table
    char separator = ',';           ///< between fields; one byte
};

/// Comma-separated values as RFC 4180 has them: a first row of names, fields in quotes where they hold separators,
/// quotes (doubled) or line ends, rows that end with LF or CRLF; UTF-8, a byte order mark is passed over. The stream
/// outlives the reader. `people_table`, with the line: no names, an empty or repeated name, a row with more or fewer
/// fields than names, a quote where none may stand or that is never closed, text that is not UTF-8, a field of more
/// than a million bytes.
result<std::unique_ptr<people_reader>> try_read_csv(std::istream& from, csv_options with = {});

}  // namespace polku::inline POLKU_V::population

#endif
