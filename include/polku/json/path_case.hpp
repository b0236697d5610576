// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_CASE_HPP
#define POLKU_JSON_PATH_CASE_HPP

#include <polku/feel/value.hpp>
#include <polku/path/access.hpp>
#include <polku/path/case.hpp>
#include <polku/path/queries.hpp>
#include <polku/result.hpp>

#include <string>
#include <vector>

namespace polku::inline POLKU_V::json {

/// How a case is shown: for which day, in which language of names and reasons, and whether what a non-disclosure order
/// hides is shown (only when the reader's ground allows it).
struct case_view_options {
    time::date as_of;                          ///< the day that "open", "late" and "available" are told for
    std::string language = "en";               ///< `fi`, `sv`, `en` or `fi-selko`
    bool show_protected = false;               ///< also what an order hides
    const path::visibility* reader = nullptr;  ///< on whose behalf: only what they may see is there (not null: decides
                                               ///< about protected contacts too)
};

/// A case as one JSON object: path, status, stage, people, facts, records of the five stages, obligations, what is due,
/// actions with what blocks them, decisions with their reasons, timeline. Under a non-disclosure order that is in force
/// on the day, address, municipality, contacts, workplace and coaching place are left out unless `show_protected`. For
/// a reader, what they may not see is left out, `relation` says what they are to the client, and `withheld` names the
/// categories left out, each with the reason. Errors: `case_not_opened`, `invalid_argument` for another language,
/// `access_denied` for a reader who may see nothing.
result<feel::value> try_view_case(const path::service_path& path, const path::case_state& of,
                                  const case_view_options& how);

/// What is due by a day, with names in the language.
feel::value due_to_value(const path::service_path& path, const std::vector<path::due_item>& items,
                         const std::string& language);

}  // namespace polku::inline POLKU_V::json

#endif
