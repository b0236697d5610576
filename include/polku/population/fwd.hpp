// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_POPULATION_FWD_HPP
#define POLKU_POPULATION_FWD_HPP

/// @file
/// The name of every public type of `population`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::population {
// clang-format off
struct assignment; struct assignment_class; struct assignment_client; struct assignment_option; struct assignment_place;
struct assignment_problem; enum class assignment_reason : std::uint8_t; struct assignment_row; struct assignment_use;
struct benefit_assumptions; struct benefit_part; struct benefit_question; struct benefit_total; struct csv_options;
struct figure_spread; struct group_total; struct member_total; struct municipality_assumptions; struct number_count;
struct path_assumptions; struct path_figure; enum class path_figure_kind : std::uint8_t; struct path_simulation_options;
struct path_simulation_report; struct people_block; class people_reader; struct service_assumptions; struct side_total;
struct simulated_answer; struct simulated_day; struct simulated_path; struct simulated_row; struct simulated_rules;
struct simulation_options; struct simulation_report; class simulation_run; struct stage_assumptions; struct text_column;
// clang-format on
}  // namespace polku::inline POLKU_V::population

#endif
