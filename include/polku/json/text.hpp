// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_TEXT_HPP
#define POLKU_JSON_TEXT_HPP

#include <polku/config.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// JSON text to FEEL values and back. A JSON document is a FEEL value: null, boolean, number, string, list or context;
/// there is no other tree. Numbers are exact, never binary floating point.

namespace polku::inline POLKU_V::json {

/// Bounds on reading, and what the text is called.
struct parse_options {
    std::string source;                             ///< name for error positions, such as a file name
    std::size_t max_depth = 128;                    ///< nesting of arrays and objects
    std::size_t max_bytes = std::size_t{64} << 20;  ///< length of the text
};

/// Reads one JSON document (RFC 8259, strict: UTF-8, no comments, no trailing commas, nothing behind the value).
/// Members keep their order. Errors, each with source, line, column and JSON pointer: `json_syntax` (also for invalid
/// UTF-8 and lone surrogates), `json_duplicate_key`, `json_number` (more than 34 significant digits, or out of range),
/// `limit_depth`, `limit_length`.
result<feel::value> try_parse(std::string_view text, const parse_options& options = {});

/// How numbers are written: as JSON numbers, or as JSON strings for readers whose numbers are binary. In order:
/// `number`, `string`.
enum class number_form : std::uint8_t { number, string };

/// How a value is written; the default is the canonical form.
struct write_options {
    number_form numbers = number_form::number;  ///< JSON numbers or strings
    bool sorted = true;   ///< members in code-point order of their names; false keeps the order of the entries
    unsigned indent = 0;  ///< spaces for each level, on lines of their own; 0 writes no white space at all
};

/// Writes a value as JSON. The default is the canonical form: UTF-8, no white space, members sorted, numbers in plain
/// decimals without trailing zeros (exponent form only outside 1e-34..1e34), only what must be escaped is escaped.
/// Dates, times and durations are written as strings in their ISO form, ranges and functions as strings of FEEL text.
/// What was read is written so that it reads back as an equal value. Equal values have equal canonical texts.
std::string write(const feel::value& of, const write_options& options = {});
/// The same, added to a text.
void append(std::string& out, const feel::value& of, const write_options& options = {});
/// The same with a bound, for values that an evaluation made: those that share parts, such as a list of lists of one
/// list, can have a text that is far longer than they are. Past `max_bytes` it is `limit_length`, and `out` is left as
/// it was. A `text_writer` (text_writer.hpp) does this for many values in a row.
result<void> try_append(std::string& out, const feel::value& of, std::size_t max_bytes,
                        const write_options& options = {});

/// One step of a JSON pointer (RFC 6901) with its `/`, `~` and `/` escaped.
std::string pointer_step(std::string_view name);
/// Where the value of a JSON pointer begins in a text that `try_parse` accepts; for a pointer that leads nowhere, the
/// innermost value on its way that exists. Fills pointer, line and column.
position position_of(std::string_view text, std::string_view pointer);

}  // namespace polku::inline POLKU_V::json

#endif
