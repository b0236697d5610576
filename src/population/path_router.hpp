// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_ROUTER_HPP
#define POLKU_SRC_POPULATION_PATH_ROUTER_HPP

#include "path_plan.hpp"

#include <polku/feel/evaluation_context.hpp>

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// Place of a fact's value; `undrawn` before any was.
using drawn_value = std::uint16_t;
inline constexpr drawn_value undrawn = 0xFFFF;

/// A stay that is to be routed.
struct routed_stay {
    std::size_t stage = 0;
    std::int64_t times = 1;
    std::size_t entry = 0;
    std::span<const drawn_value> facts;  ///< one for each of the plan's
};

/// Asks the path's own tables, as of the first day of a month. Each answer is kept for the month by what was asked: a
/// million clients ask the same few questions. One thread at a time.
class path_router {
public:
    explicit path_router(const path_plan& of);

    void begin_month(std::size_t month);
    /// Errors: `simulation_shape` where the version has no such stage, its table does not decide, or it sends the
    /// client where the path lets nobody go.
    result<planned_target> try_next(const routed_stay& of);
    /// Whether the service is for a client with these facts; what is undrawn is unknown.
    bool is_for(std::size_t service, std::span<const drawn_value> facts);

private:
    const planned_rules& rules() const { return of_.rules[of_.rules_of_month[month_]]; }
    result<planned_target> try_ask(const planned_rules::routing& by, const routed_stay& of);
    error undecided(const planned_rules::routing& by, const routed_stay& of, const std::string& what) const;

    const path_plan& of_;
    std::size_t month_ = 0;
    feel::evaluation_context with_;
    std::vector<std::unordered_map<std::uint64_t, planned_target>> routes_;  ///< by stage
    std::vector<std::unordered_map<std::uint64_t, bool>> guards_;            ///< by service
    std::vector<feel::value> slots_;
    std::unordered_map<std::string, planned_target> targets_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
