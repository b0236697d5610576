// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_RUN_HPP
#define POLKU_SRC_POPULATION_PATH_RUN_HPP

#include "path_ladder.hpp"
#include "path_plan.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// Where each count of a run stands: by month, municipality and figure.
struct run_layout {
    enum path_place : std::size_t { arrived, left_path, on_path, benefit_days, cost, path_places };
    enum room_place : std::size_t { entered, left, inside, waiting, waited, room_places };

    explicit run_layout(const path_plan& of)
        : stages(of.stages.size()),
          exits(of.exits.size()),
          services(of.services.size()),
          municipalities(of.municipalities.size()),
          months(of.months.size() - 1) {}

    std::size_t stage(std::size_t of, room_place what) const { return path_places + of * room_places + what; }
    std::size_t service(std::size_t of, room_place what) const { return stage(stages + of, what); }
    std::size_t exit(std::size_t of) const { return stage(stages + services, entered) + of; }
    std::size_t moved(std::size_t from, planned_target to) const { return exit(exits) + from * (stages + exits) + to; }
    std::size_t figures() const { return moved(stages, 0); }
    std::size_t cells() const { return figures() * municipalities * months; }
    std::size_t cell(std::size_t month, std::size_t municipality, std::size_t figure) const {
        return (month * municipalities + municipality) * figures() + figure;
    }

    std::size_t stages, exits, services, municipalities, months;
};

/// What a run counted. Cost is in millionths of a euro; `waited` is the sum of the days of those who entered.
struct run_counts {
    std::vector<std::int64_t> cells;
    std::int64_t clients = 0;
};

/// Walks all clients of one repeat. `go_on` is asked at the end of each month; false ends with `cancelled`. Errors as
/// those of routing.
result<run_counts> try_run(const path_plan& of, const benefit_ladder* ladder, std::uint64_t seed, std::uint32_t repeat,
                           const std::function<bool()>& go_on);

}  // namespace polku::inline POLKU_V::population::detail

#endif
