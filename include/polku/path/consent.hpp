// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CONSENT_HPP
#define POLKU_PATH_CONSENT_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace polku::inline POLKU_V::path {

/// A consent of the client: for which purpose of the path's definition, from when to when, and how it was given.
struct consent {
    std::string consent_;                 ///< id among the definition's consents
    time::date from;                      ///< first day
    std::optional<time::date> until;      ///< last day in force
    std::optional<time::date> withdrawn;  ///< from this day on no longer in force
    std::optional<std::string> way;       ///< `written`, `electronic`, `oral`
    std::optional<std::string> given_by;  ///< a representative's id where the client did not give it
    bool operator==(const consent&) const = default;
};
BOOST_DESCRIBE_STRUCT(consent, (), (consent_, from, until, withdrawn, way, given_by))

/// True on the days from `from` to `until`, both inclusive, until the day before it was withdrawn.
inline bool in_force(const consent& of, time::date on) {
    return of.from <= on && (!of.until || on <= *of.until) && (!of.withdrawn || on < *of.withdrawn);
}

}  // namespace polku::inline POLKU_V::path

#endif
