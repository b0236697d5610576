// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_ASSIGNMENT_WEIGHTS_HPP
#define POLKU_SRC_POPULATION_ASSIGNMENT_WEIGHTS_HPP

#include <polku/population/assignment.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// An option as the solver sees it; positions are in the order of ids.
struct priced_option {
    std::uint32_t place = 0;
    std::int64_t cost = 0;
};

/// The problem in the order of ids, with the objective in one whole number.
///
/// Cost of an option: misfit * W + wish, W greater than any total of wishes. Cost of staying, for the c-th of C
/// classes: (C - c) * B, B greater than what the costs of one exchange can differ by: an exchange (one more placed, or
/// one of an earlier class instead of one of a later) moves people along a path that visits each place at most once.
/// The sets of clients that can be placed together are a matroid, in which such exchanges lead from any set to the best
/// by class, so this much is enough, and classes need no powers of each other.
struct weighted_problem {
    std::vector<std::uint32_t> client_order;  ///< position in ids' order to position in the problem
    std::vector<std::uint32_t> place_order;
    std::vector<std::int64_t> capacity;
    std::vector<std::int64_t> ranks;  ///< distinct, sorted
    std::vector<std::int64_t> stay;   ///< by client
    std::vector<std::size_t> first;   ///< options of client i are from first[i] to first[i + 1], by place
    std::vector<priced_option> options;
    std::int64_t misfit_weight = 1;

    std::size_t clients() const noexcept { return client_order.size(); }
    std::size_t places() const noexcept { return place_order.size(); }
};

/// Errors as of `try_assign`.
result<weighted_problem> try_weigh(const assignment_problem& of);

}  // namespace polku::inline POLKU_V::population::detail

#endif
