// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_PATH_HISTORY_HPP
#define POLKU_SRC_WORKSPACE_PATH_HISTORY_HPP

#include <polku/population/path_assumptions.hpp>
#include <polku/workspace/path_backtest.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// A client's stay in a stage.
struct seen_stay {
    std::string municipality;
    std::string stage;
    time::date from;
    std::optional<time::date> until;
    std::string to;           ///< stage or exit, where it has ended
    bool is_arrival = false;  ///< the client came from outside
    bool to_exit = false;
    bool is_routed = false;  ///< ended by a routing decision
};

/// What a routing decision rested on.
struct seen_fact {
    std::string stage;
    std::string fact;
    std::string value;
    time::date on;
};

/// All that a simulation can be compared with, of the cases of one path.
struct path_history {
    path::service_path path;  ///< the newest version seen
    std::int64_t cases = 0;
    std::int64_t hidden = 0;
    time::date first;  ///< day of the first arrival
    time::date last;   ///< day of the last move
    std::vector<seen_stay> stays;
    std::vector<seen_fact> facts;
    std::vector<std::pair<std::string, time::date>> entries;  ///< by which way in, and when
};

/// `not_found` for a path without cases.
result<path_history> try_read_history(workspace& of, const std::string& path,
                                      const std::function<void(std::uint64_t)>& progress);

/// The assumptions that the history up to a day gives, for the months from one to another.
result<population::path_assumptions> try_assume(const path_history& of, const backtest_options& options,
                                                time::date first_month, time::date last_month);

}  // namespace polku::inline POLKU_V::detail

#endif
