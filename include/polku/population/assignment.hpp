// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POPULATION_ASSIGNMENT_HPP
#define POLKU_POPULATION_ASSIGNMENT_HPP

#include <polku/result.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Many clients to places at once, as an optimisation with a stated objective and a proof. A suggestion to people who
/// decide: it reserves nothing.

namespace polku::inline POLKU_V::population {

/// One who needs a place. Lower ranks come first.
struct assignment_client {
    std::string id;         ///< unlike those of the others
    std::int64_t rank = 0;  ///< of the class; any whole number
    bool operator==(const assignment_client&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_client, (), (id, rank))

/// `places` people fit in.
struct assignment_place {
    std::string id;  ///< unlike those of the others
    std::int64_t places = 0;
    bool operator==(const assignment_place&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_place, (), (id, places))

/// A place that the client could go to; a pair without an option is not possible. `client` and `place` are positions in
/// the lists. `misfit` and `wish` are penalties, the smaller the better: how badly the work fits the abilities, and how
/// far it is from home and from what the client wishes.
struct assignment_option {
    std::uint32_t client = 0;
    std::uint32_t place = 0;
    std::uint32_t misfit = 0;
    std::uint32_t wish = 0;
    bool operator==(const assignment_option&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_option, (), (client, place, misfit, wish))

/// Who needs a place, which places there are, and who could go where.
struct assignment_problem {
    std::vector<assignment_client> clients;  ///< in any order
    std::vector<assignment_place> places;    ///< in any order
    std::vector<assignment_option> options;  ///< in any order, each pair at most once
    bool operator==(const assignment_problem&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_problem, (), (clients, places, options))

/// `no_option`: no place was possible. `full`: every possible place is held by people whose placing is worth at least
/// as much by the objective. `placed`: the client has a place.
enum class assignment_reason : std::uint8_t { placed, no_option, full };
BOOST_DESCRIBE_ENUM(assignment_reason, placed, no_option, full)

/// `place` is none for one who stays waiting; `full_places` then names the possible places, best first, at most three.
struct assignment_row {
    std::string client;  ///< id
    std::optional<std::string> place;
    assignment_reason reason = assignment_reason::placed;  ///< why it is so
    std::int64_t misfit = 0;                               ///< of the option; 0 for one who waits
    std::int64_t wish = 0;                                 ///< of the option; 0 for one who waits
    std::vector<std::string> full_places;
    bool operator==(const assignment_row&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_row, (), (client, place, reason, misfit, wish, full_places))

/// `price` is what one more place there would improve the objective by, in its weights; 0 where places are left.
struct assignment_use {
    std::string place;        ///< id
    std::int64_t places = 0;  ///< how many people fit in
    std::int64_t used = 0;    ///< how many of these were placed
    std::int64_t price = 0;
    bool operator==(const assignment_use&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_use, (), (place, places, used, price))

/// The clients of one rank.
struct assignment_class {
    std::int64_t rank = 0;     ///< of the class
    std::int64_t clients = 0;  ///< how many there are
    std::int64_t placed = 0;   ///< how many of them have a place
    bool operator==(const assignment_class&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment_class, (), (rank, clients, placed))

/// Who goes where. Rows and places in the order of their ids, classes by rank.
struct assignment {
    std::vector<assignment_row> rows;       ///< one for each client
    std::vector<assignment_use> places;     ///< one for each place
    std::vector<assignment_class> classes;  ///< one for each rank
    std::int64_t misfit = 0;                ///< total of those who were placed
    std::int64_t wish = 0;                  ///< total of those who were placed
    bool operator==(const assignment&) const = default;
};
BOOST_DESCRIBE_STRUCT(assignment, (), (rows, places, classes, misfit, wish))

/// The best assignment: as many of the first class as can be placed, then of the next and so on; among those the least
/// total misfit, then the least total wish penalty. The answer depends on ids, not on the order of the lists, and is
/// the same on every machine. Exact: whole numbers throughout, minimum-cost flow by the network simplex method of LEMON
/// over the options that can matter, and all others checked against its prices (`try_verify_assignment`). Errors:
/// `assignment_shape` (ids twice, positions out of the lists, an option twice, negative places), `assignment_range`
/// (the penalties are so large that their sums do not fit 64 bits).
result<assignment> try_assign(const assignment_problem& of);

/// Proves that an answer is best, by its prices and without solving anything: nobody prefers another place at these
/// prices, and prices stand on full places only. Errors: `assignment_shape` says what does not hold.
result<void> try_verify_assignment(const assignment_problem& problem, const assignment& answer);

}  // namespace polku::inline POLKU_V::population

#endif
