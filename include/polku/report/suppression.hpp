// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_SUPPRESSION_HPP
#define POLKU_REPORT_SUPPRESSION_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

/// @file
/// Hides small counts so that they cannot be computed from what is shown.

namespace polku::inline POLKU_V::report {

/// How a count is shown: the number itself, as "under the threshold", or not at all so that another one stays hidden.
/// `withheld` is shown like `hidden` and says less: the number may be anything, zero included. In order: `exact`,
/// `small`, `hidden`, `withheld`.
enum class disclosure : std::uint8_t { exact, small, hidden, withheld };

/// A count and how it is shown.
struct protected_count {
    std::int64_t value = 0;                ///< the true one; not for output unless `exact`
    disclosure shown = disclosure::exact;  ///< what the reader learns
};

/// Counts that belong together. Each count is an arc between two nodes of a small graph, and the reader knows that at
/// every node as many go in as go out: the parts of a total are arcs beside each other, and the total is the arc back.
/// There is such a graph for every layer (municipality), and the last layer is their sum.
struct count_graph {
    /// A count as an arc of the graph.
    struct arc {
        std::size_t from = 0;                 ///< node, from 0
        std::size_t to = 0;                   ///< node, from 0
        bool fixed = false;                   ///< shown as it stands; another graph has decided that
        std::vector<protected_count> layers;  ///< one count for each, the sum of the others last
    };
    std::size_t nodes = 0;  ///< how many there are
    std::vector<arc> arcs;  ///< one for each count
};

/// Hides every count from 1 to `threshold` - 1, then further ones, the smallest first and totals last, until each
/// hidden count could be another one as well: for each there is a second set of counts that shows the same, adds up the
/// same and differs in that count. Where that cannot be had, the whole graph is withheld. Counts that are hidden or
/// withheld already stay so. A threshold of 1 hides nothing.
void protect(count_graph& counts, std::int64_t threshold);

}  // namespace polku::inline POLKU_V::report

#endif
