// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_LADDER_HPP
#define POLKU_SRC_POPULATION_PATH_LADDER_HPP

#include "path_plan.hpp"

#include <polku/rules/pack.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// What the municipality pays of the benefit days of each month, by how many days were paid before: the pack's answers
/// for each number of days, summed up once. Immutable; shared by threads.
class benefit_ladder {
public:
    /// Errors: `simulation_shape`, `pack_not_in_force` with the month.
    /// `months` are their first days and the day after the last; `most_so_far` is of the client who was paid longest.
    static result<benefit_ladder> try_make(const rules::pack& pack, const benefit_assumptions& of,
                                           const std::vector<time::date>& months, std::int64_t most_so_far,
                                           const plan_place& at);

    /// The pack's version of each month.
    std::vector<std::string> versions() const;

    /// Calls `add(month, benefit days, millionths of a euro)` for the days from `from` up to and without `to`, of a
    /// client who was paid `so_far` days before.
    template <class Add>
    void charge(std::int64_t so_far, std::int64_t from, std::int64_t to, std::size_t first_month, Add add) const {
        for (std::size_t month = first_month; month < months_.size() && months_[month].from < to; ++month) {
            const month_share& each = months_[month];
            const std::int64_t begin = std::max(from, each.from);
            const std::int64_t end = std::min(to, each.to);
            if (end <= begin) continue;
            const std::int64_t days = paid(begin, end);
            const std::vector<std::int64_t>& sums = *each.sums;
            add(month, days, sums[static_cast<std::size_t>(so_far + days)] - sums[static_cast<std::size_t>(so_far)]);
            so_far += days;
        }
    }
    /// Benefit days from one day of the simulation up to and without another.
    std::int64_t paid(std::int64_t from, std::int64_t to) const {
        return paid_[static_cast<std::size_t>(to)] - paid_[static_cast<std::size_t>(from)];
    }

private:
    friend class ladder_maker;
    struct month_share {
        std::int64_t from = 0;
        std::int64_t to = 0;
        std::string version;
        std::shared_ptr<const std::vector<std::int64_t>> sums;  ///< by number of days, in millionths of a euro
    };
    std::vector<month_share> months_;
    std::vector<std::int64_t> paid_;  ///< benefit days before each day of the simulation
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
