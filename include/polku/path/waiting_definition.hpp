// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_WAITING_DEFINITION_HPP
#define POLKU_PATH_WAITING_DEFINITION_HPP

#include <polku/config.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <string>

/// @file
/// How people wait for places, as a part of a path's definition (`definition.hpp`).

namespace polku::inline POLKU_V::path {

/// One class of the waiting lists. Lower ranks come first, except that whoever has waited for `max` comes before all
/// who have not, so that nobody waits for ever.
struct waiting_class_definition {
    std::int64_t rank = 0;                    ///< zero or more
    std::string max;                          ///< period, from the day of joining
    std::map<std::string, std::string> name;  ///< by language, in all four
    bool operator==(const waiting_class_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(waiting_class_definition, (), (rank, max, name))

/// The rules of a path's waiting lists. A definition without them has one class, without a name, whose longest wait is
/// three months, and 14 days to answer an offer.
struct waiting_definition {
    std::string within;                                       ///< period in which an offer is to be answered
    std::map<std::string, waiting_class_definition> classes;  ///< by id
    bool operator==(const waiting_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(waiting_definition, (), (within, classes))

}  // namespace polku::inline POLKU_V::path

#endif
