// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_PACK_BOOK_HPP
#define POLKU_REPORT_PACK_BOOK_HPP

#include <polku/result.hpp>
#include <polku/rules/pack.hpp>

#include <map>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::report {

/// What a book is made from beside the pack itself.
struct pack_book_material {
    std::string language = "fi";               ///< of `languages`; the frame of plain Finnish is told in Finnish
    std::map<std::string, std::string> files;  ///< `pack.json` and the models, by the names that versions use
    /// Test vectors of the pack as JSON (docs/packs.md, "Tests"); absent: the book says that no tests were given.
    std::optional<std::string> vectors;
    std::string vectors_name;  ///< stands in positions of errors
};

/// The book of a rule pack as one HTML page without scripts: law read on which day, versions, decisions with their
/// tables and sentences, figures of law, questions, sources, proofs, tests, and where it answers what a documentation
/// of automated decisions may ask (Act 906/2019 chapter 6 a; docs/book.md). No legal advice. The same bytes for the
/// same material. Errors: `not_found` (a model that is not among the files), those of reading JSON for the vectors, and
/// `invalid_argument` for vectors of another pack. A vector whose answer is another than it expects is no error: the
/// book says so.
result<std::string> try_pack_book(const rules::pack& of, const pack_book_material& with);

}  // namespace polku::inline POLKU_V::report

#endif
