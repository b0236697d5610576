// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACE_TERMS_HPP
#define POLKU_PATH_PLACE_TERMS_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// Which places a number counts: all of a book, those of one package, or those with one task. The names are `any`,
/// `package` and `task`.
enum class place_scope : std::uint8_t { any, package, task };
BOOST_DESCRIBE_ENUM(place_scope, any, package, task)

/// A place on given days, both included, for a package and for tasks of the catalogue.
struct place_terms {
    time::date from;                     ///< first day
    time::date until;                    ///< last day
    std::optional<std::string> package;  ///< id of the definition; absent: no package
    std::vector<std::string> tasks;      ///< ids of the catalogue
    bool operator==(const place_terms&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_terms, (), (from, until, package, tasks))

/// What somebody who waits can take: not before `from`, not after `until`, one of the packages, at least one of the
/// tasks. What is left out is no matter.
struct place_wishes {
    std::optional<time::date> from;
    std::optional<time::date> until;
    std::vector<std::string> packages;  ///< ids of the definition
    std::vector<std::string> tasks;     ///< ids of the catalogue
    bool operator==(const place_wishes&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_wishes, (), (from, until, packages, tasks))

/// One who waits and is passed over by a worker's judgement, and why.
struct passed_over {
    std::string entry;   ///< of the waiting list
    std::string reason;  ///< in the worker's words; required
    bool operator==(const passed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(passed_over, (), (entry, reason))

}  // namespace polku::inline POLKU_V::path

#endif
