// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_DRAWS_HPP
#define POLKU_SRC_POPULATION_PATH_DRAWS_HPP

#include "path_plan.hpp"
#include "path_router.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// What is drawn for a client, and for each stay.
namespace client_draw {
inline constexpr std::uint64_t day = 1, entry = 2, days_so_far = 3;
}
namespace stay_draw {
inline constexpr std::uint64_t days = 1, lot = 2, leaves = 3, facts = 4, referrals = 5;
}

/// All that is drawn in one repeat: first the figures that are not known well, then the lot of each client. Places of
/// the tree of chances are names, so that what one side of a comparison has more does not move what both have.
class run_draws {
public:
    run_draws(const path_plan& of, std::uint64_t seed, std::uint32_t repeat);

    std::int64_t arrivals(std::size_t municipality, std::size_t month) const;
    chance arriving_client(std::size_t municipality, std::size_t month, std::int64_t number) const;
    chance stock_client(std::size_t municipality, std::size_t stage, std::int64_t number) const;
    chance waiting_client(std::size_t municipality, std::size_t stage, std::int64_t number) const;
    std::size_t entry(chance who) const { return pick(of_.doors.of, doors_, who.at(client_draw::entry)); }
    std::int32_t days_so_far(chance who) const;
    drawn_value brought(std::size_t fact, chance who) const;

    /// The chances of a stay, or of a service of it: rooms are the stages and then the services.
    chance stay(chance who, std::size_t room, std::int64_t visit) const {
        return who.at(room_names_[room]).at(static_cast<std::uint64_t>(visit));
    }
    /// The value of one of the facts that are told in a stage, by its place there.
    drawn_value told(std::size_t stage, std::size_t place, chance by) const;
    /// The exit that a worker or the client chooses; empty: the stay is routed.
    std::optional<std::size_t> leaves(std::size_t stage, chance by) const;
    bool is_referred(std::size_t stage, std::size_t place, chance by) const;

private:
    static std::size_t pick(const std::vector<std::size_t>& of, const weighted& by, chance drawn) {
        return of[by.draw(drawn)];
    }
    static weighted drawn_shares(const planned_shares& of, chance by);
    void draw_stage(const planned_stage& of, chance by);

    const path_plan& of_;
    chance root_;
    std::vector<std::uint64_t> room_names_, fact_names_, municipality_names_;
    std::vector<std::int64_t> arrivals_;  ///< a month, in millionths
    weighted doors_;
    weighted days_so_far_;
    std::vector<weighted> brought_;
    std::vector<std::vector<weighted>> told_;
    std::vector<std::vector<std::int64_t>> leaves_;  ///< by stage: upper ends in millionths
    std::vector<std::vector<std::int64_t>> referrals_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
