// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_PLAN_HPP
#define POLKU_SRC_POPULATION_PATH_PLAN_HPP

#include "path_chance.hpp"

#include <polku/path/detail/compiled_path.hpp>
#include <polku/population/path_simulation.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// A fault of the assumptions, told with the pointer of its place in their file.
struct plan_place {
    std::string source;
    std::string pointer;

    plan_place operator/(std::string_view member) const { return {source, pointer_to(pointer, member)}; }
    plan_place operator/(std::size_t item) const { return {source, pointer_to(pointer, item)}; }
    error fault(std::string message, error_code code = error_code::simulation_shape) const {
        position at;
        at.source = source;
        at.pointer = pointer;
        return error(code, std::move(message), std::move(at));
    }
};

/// Shares of things by their places in a list.
struct planned_shares {
    std::vector<std::size_t> of;
    std::vector<ranged> shares;        ///< in millionths
    std::vector<std::uint64_t> names;  ///< hashed, for chances
};

/// The values of a fact that may be drawn, and how often a client brings each.
struct planned_fact {
    std::string name;
    std::vector<std::string> texts;
    std::vector<feel::value> values;
    std::optional<planned_shares> brought;
};

/// One of a pair: what, and how often in millionths.
struct planned_share {
    std::size_t of = 0;
    ranged share;
};

/// Room in a stage or a service.
struct planned_room {
    bool is_limited = false;
    bool is_shared = true;             ///< one room for all municipalities
    std::vector<std::int64_t> places;  ///< one number, or one for each municipality
};

struct planned_stage {
    std::string id;
    stay_times days;
    planned_room room;
    std::vector<std::pair<std::size_t, planned_shares>> told;  ///< by fact
    std::vector<planned_share> leaves;                         ///< by exit
    std::vector<planned_share> referrals;                      ///< by service
    bool paid = false;
};

struct planned_service {
    std::string id;
    stay_times days;
    planned_room room;
};

struct planned_stock {
    std::size_t stage = 0;
    std::int64_t many = 0;
    std::vector<std::int32_t> so_far;  ///< days of each, where they are known
    std::int64_t waiting = 0;
};

struct planned_municipality {
    std::string code;
    ranged arrivals;  ///< a month, in millionths
    std::vector<planned_stock> stock;
};

/// Whether an exit, a stage or neither: places of `path_plan::stages`, then of `exits`.
using planned_target = std::size_t;

/// What one version of the path decides by.
struct planned_rules {
    /// An input of a decision: a fact, or what the simulation knows of a stay.
    struct input {
        enum class source : std::uint8_t { fact, stage, times, entry, self_referral };
        source from = source::fact;
        std::size_t fact = 0;
    };
    struct routing {
        const path::detail::compiled_routing* by = nullptr;  ///< null pointer: the stage has none
        bool is_there = false;                               ///< the version has the stage
        std::vector<input> inputs;
        std::int64_t most_visits = 0;  ///< 0: any number
    };
    struct guard {
        const feel::expression* by = nullptr;  ///< null pointer: anybody
        bool is_there = false;
        std::vector<std::pair<std::size_t, std::size_t>> facts;  ///< slot of the definition, fact of the plan
    };
    path::service_path path;
    std::vector<routing> stages;
    std::vector<guard> services;
};

/// Assumptions that fit their path, with names made into places. Immutable; shared by threads.
struct path_plan {
    std::vector<time::date> months;  ///< first days, and the one after the last
    std::vector<std::size_t> rules_of_month;
    std::vector<planned_rules> rules;
    std::vector<planned_fact> facts;
    std::vector<planned_stage> stages;
    std::vector<std::string> exits;
    std::vector<planned_service> services;
    std::vector<planned_municipality> municipalities;
    struct entry {
        std::string id;
        std::size_t stage = 0;
        bool self_referral = false;
    };
    std::vector<entry> entries;
    planned_shares doors;  ///< of entries
    std::vector<std::int64_t> days_so_far;
    planned_shares days_so_far_shares;
    bool has_benefit = false;

    std::int64_t day_of(std::size_t month) const { return months[month].to_days() - months.front().to_days(); }
    std::int64_t days() const { return day_of(months.size() - 1); }
};

/// Errors as those of `try_simulate_path`.
result<path_plan> try_plan(const simulated_path& of);

/// `2027-01`.
std::string month_text(time::date first_day);

}  // namespace polku::inline POLKU_V::population::detail

#endif
