// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACE_SUGGESTIONS_HPP
#define POLKU_PATH_PLACE_SUGGESTIONS_HPP

#include <polku/path/access.hpp>
#include <polku/path/matching.hpp>
#include <polku/path/place_book.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Which environments could be for a client, and when: fit of the work joined with free places. An answer to look at
/// together with the client; it decides and reserves nothing.

namespace polku::inline POLKU_V::path {

/// What speaks for a place or against it. `against` includes what has to be found out first. The names are `in_favour`
/// and `against`.
enum class suggestion_side : std::uint8_t { in_favour, against };
BOOST_DESCRIBE_ENUM(suggestion_side, in_favour, against)

/// One reason, in `fi`, `sv`, `en` and `fi-selko`. `kind` is stable: `task_fits`, `level_short`, `level_unknown`,
/// `level_withheld`, `free_places`, `free_later`, `none_free`, `queue`, `closing`, `same_municipality`,
/// `other_municipality`, `no_book`.
struct suggestion_reason {
    suggestion_side side = suggestion_side::in_favour;  ///< for or against
    std::string kind;
    std::string of;  ///< task, ability, day or municipality
    texts text;      ///< one sentence in each language
    bool operator==(const suggestion_reason&) const = default;
};
BOOST_DESCRIBE_STRUCT(suggestion_reason, (), (side, kind, of, text))

/// `free` counts the places that are free on all wanted days; `first_free` is the first day from which as many days on
/// end are. Both are empty where no book is kept of the environment. `waiting` counts those in its queue.
struct place_suggestion {
    std::string environment;         ///< id in the definition
    task_fit fit = task_fit::fits;   ///< that of its best task
    feel::number spare;              ///< that of its best task
    std::vector<std::string> tasks;  ///< best first
    std::optional<std::int64_t> free;
    std::optional<time::date> first_free;
    std::int64_t waiting = 0;
    std::vector<suggestion_reason> reasons;  ///< for it and against it
    bool operator==(const place_suggestion&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_suggestion, (), (environment, fit, spare, tasks, free, first_free, waiting, reasons))

/// What of the client goes into the suggestions for somebody. A level of a category that the reader may not see is
/// taken as unknown, with the reason `level_withheld` whether it is known or not; without the municipality there is
/// nothing of distance. So clients who differ only there have the same suggestions.
struct suggestion_sight {
    const visibility* reader = nullptr;  ///< null: all levels are seen
    bool shows_municipality = true;      ///< the client's municipality may be compared
};

/// Names of the facts that suggestions look at and may see: levels of the abilities that tasks of the catalogue demand.
POLKU_DECL std::vector<std::string> facts_for_places(const definition& says, const suggestion_sight& sight);

/// The environments in force on the first wanted day that have work of the catalogue and, where a package or tasks are
/// wanted, offer them. Ranked: what fits, then what has to be found out, then misfits; among equals by the first free
/// day (without one last), by the smallest `spare`, by id. `books` are those that are kept, by environment.
POLKU_DECL std::vector<place_suggestion> suggest_places(const service_path& path, const case_state& of,
                                                        const std::map<std::string, place_book>& books,
                                                        const place_terms& wanted, const suggestion_sight& sight = {});

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/place_suggestions.ipp>
#endif

#endif
