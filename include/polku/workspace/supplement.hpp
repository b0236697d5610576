// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_SUPPLEMENT_HPP
#define POLKU_WORKSPACE_SUPPLEMENT_HPP

#include <polku/feel/value.hpp>
#include <polku/path/supplement.hpp>
#include <polku/result.hpp>
#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/workspace.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The employment supplement in a store: terms that programmes publish, employers and programmes as documents, and
/// example employers. Commands go through `workspace::try_execute` with `employer` or `programme` instead of `case`.

namespace polku::inline POLKU_V {

/// Compiled terms with the bytes that a store keeps them as, under their BLAKE2b-256 hash.
struct terms_bundle {
    path::supplement_terms terms;  ///< compiled
    std::string bytes;             ///< canonical JSON

    /// The content hash as 64 hexadecimal digits: what `publish_terms` names.
    std::string hash_text() const;
};

/// Compiles terms: the first file is the definition (JSON), the others are the DMN models that it names. Errors of the
/// JSON family with places, and `invalid_terms`.
result<terms_bundle> try_make_terms(std::span<const named_text> files);
/// Compiles terms from the bytes that a bundle of them had.
result<terms_bundle> try_restore_terms(std::string_view bytes);
/// Versions of the example programme that is part of the library, oldest first.
std::vector<std::string> shipped_terms_versions();
/// One of them; `not_found` names the others.
result<terms_bundle> try_shipped_terms(std::string_view version);
/// Puts terms into the store, so that a programme can publish them. Doing it again is no fault.
result<void> try_use_terms(workspace& in, const terms_bundle& terms);

/// An employer with the programmes that it applied to (by hex id) and all terms that these published.
struct loaded_employer {
    path::employer_state state;                               ///< as its events tell it
    std::map<std::string, path::programme_state> programmes;  ///< by hex id
    std::vector<path::supplement_terms> terms;                ///< programme by programme

    /// The terms that an application is decided by; null pointer before it was submitted.
    const path::supplement_terms* terms_of(const path::application& of) const noexcept;
};
/// Ids are 32 hexadecimal digits. Error `not_found` when there is no such stream.
result<loaded_employer> try_load_employer(workspace& in, std::string_view employer);
/// The programme's state; `programme` is 32 hexadecimal digits. Error `not_found` when there is no such stream.
result<path::programme_state> try_load_programme(workspace& in, std::string_view programme);

/// An employer as a document: `employer`, `version`, `details`, `applications` (each as path/supplement_records.hpp has
/// it, with `sums`, `supported_until`, `open_steps` and the `contest_period` of each decision), `aid` that counts, and
/// `due` up to `as_of`.
result<feel::value> try_employer(workspace& in, std::string_view employer, time::date as_of);
/// A programme as a document: its state with `reserved` and `free`.
result<feel::value> try_programme(workspace& in, std::string_view programme);
/// What is due by a day at all employers, soonest first: `employer`, `name`, and the members of
/// `path::supplement_due`.
result<feel::value> try_supplement_due(workspace& in, time::date by);
/// All employers: `employer`, `name`, `applications` with phase and sums.
result<feel::value> try_employers(workspace& in);

/// A made-up employer: where its application must be in the end, and what must have been paid.
struct example_employer {
    std::string id;  ///< as the file names it
    std::string employer;
    std::string name;                                                ///< made up
    path::texts story;                                               ///< in all four languages
    std::string application;                                         ///< id of its application
    path::application_phase phase = path::application_phase::draft;  ///< where the application must be in the end
    feel::number paid;                                               ///< euros, in all
    std::vector<feel::value> commands;                               ///< whole, as `workspace::try_execute` takes them
};
BOOST_DESCRIBE_STRUCT(example_employer, (), (id, employer, name, story, application, phase, paid, commands))

/// The example employers that the library ships. `opening` are the commands to the programme.
struct example_employers {
    std::string programme;
    time::date as_of;    ///< the day on which all that is so
    path::texts notice;  ///< that they are made up, in all four languages
    std::vector<feel::value> opening;
    std::vector<example_employer> employers;  ///< in the order of the file
};
BOOST_DESCRIBE_STRUCT(example_employers, (), (programme, as_of, notice, opening, employers))

/// Reads them; an error is a fault of the library's own files.
result<example_employers> try_shipped_employers();
/// Runs all of their commands in the order of their time, and checks where each ends. Error `internal` when one does
/// not end where the file says. Answers how many commands were run.
result<std::size_t> try_play_employers(workspace& in, const example_employers& examples);

}  // namespace polku::inline POLKU_V

#endif
