// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_PACK_BOOK_PARTS_HPP
#define POLKU_SRC_REPORT_PACK_BOOK_PARTS_HPP

#include <polku/dmn/analysis.hpp>
#include <polku/report/pack_book.hpp>
#include <polku/rules/pack_definition.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report::detail {

/// Words of the frame of a book.
enum class book_word : unsigned char {
#define X(name, fi, sv, en) name,
#include "report/book_words.inc"
#undef X
};
/// The word in `fi`, `fi-selko` (as `fi`) or `sv`; English for another language.
std::string_view word_of(book_word which, std::string_view language) noexcept;

/// A test of a pack, as its file says.
struct test_vector {
    std::string name;
    std::string section;
    time::date decided;
    std::optional<time::date> event;
    std::optional<std::string> variant;
    std::string decision;
    feel::value inputs;
    std::optional<feel::value> parameters;  ///< other values than the law's, to come to a boundary
    feel::value expected;
    std::vector<std::string> rules;  ///< some that must match
};

/// A test and what came out of it.
struct run_vector {
    test_vector says;
    std::string version;             ///< empty: no answer
    std::vector<std::string> rules;  ///< that matched, each once
    bool agrees = false;
};

/// A version or variant with its model and what is proved of it.
struct book_version {
    const rules::pack_version* says = nullptr;
    dmn::model model;
    dmn::analysis_report proofs;
};

/// All that a book tells, before it is text.
struct book {
    const rules::pack_definition* says = nullptr;
    const pack_book_material* with = nullptr;
    std::string_view language;
    std::vector<book_version> versions;  ///< the variants last
    std::vector<run_vector> tests;

    std::string word(book_word which) const;         ///< escaped
    std::string text(const rules::texts& of) const;  ///< escaped, in the language
    std::string day(time::date of) const;
    /// The last day of a half-open period, or that it is open.
    std::string last_day(const std::optional<time::date>& before) const;
    /// Links to the sources of these keys.
    std::string source_links(const std::vector<std::string>& keys) const;
    /// Numbers (into `tests`) of those that match a rule of a version.
    std::vector<std::size_t> tests_of(std::string_view version, std::string_view rule) const;
};

/// `<tag>text</tag>` with the text as it is given, already escaped.
std::string tagged(std::string_view tag, std::string_view html);
/// Id of the place where a fact or a figure is told: its name without spaces, which ids must not have.
std::string fact_id(std::string name);
/// FEEL text as code.
std::string feel_code(std::string_view text);
/// Opens a table with a header row; cells are HTML.
std::string table_head(std::string_view css_class, std::string_view caption, const std::vector<std::string>& columns);
/// A row whose first cell is its header; cells are HTML.
std::string table_row(const std::vector<std::string>& cells);

void write_rules(std::string& out, const book& of);
void write_proofs(std::string& out, const book& of);
void write_tests(std::string& out, const book& of);
/// Drawing of the days of all versions.
std::string version_timeline(const book& of);

/// Reads the vectors and asks the pack for each. Errors as `try_pack_book` says.
result<std::vector<run_vector>> try_run_vectors(const rules::pack& of, const pack_book_material& with);

}  // namespace polku::inline POLKU_V::report::detail

#endif
