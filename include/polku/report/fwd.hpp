// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_REPORT_FWD_HPP
#define POLKU_REPORT_FWD_HPP

/// @file
/// The name of every public type of `report`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::report {
// clang-format off
struct activation_report; struct area_figures; struct area_rates; enum class benefit_kind : std::uint8_t;
struct benefit_row; struct budget_amounts; struct budget_flat_rate; struct budget_line; struct budget_report;
struct budget_source; struct case_record; struct caseload_row; struct check_record; struct comparison_figure;
struct cost_page_options; struct cost_report; struct cost_step; struct count_graph; struct count_row;
struct counted_change; struct counted_place; struct criterion_record; enum class disclosure : std::uint8_t;
class drawing; struct fact_record; struct feedback_record; struct figure_key; enum class figures_form : std::uint8_t;
struct indicator_count; struct indicator_finding; struct indicator_gap; struct indicator_input; struct indicator_report;
enum class label : unsigned char; struct labour_event; enum class labour_event_kind : std::uint8_t;
struct ladder_source; struct month_cost; struct municipality_cost; struct own_figure; struct pack_book_material;
struct page_case; struct participant; enum class participant_gender : std::uint8_t; struct path_situation;
struct person_cost; enum class picture_part : unsigned char; struct project_budget; struct protected_count;
struct quartiles; struct reported_register; struct rows_text; struct score_record;
enum class service_kind : std::uint8_t; struct service_use; struct situation; class situation_builder;
struct situation_options; struct spread_row; struct supported_entities; struct unemployment_cost;
enum class walk_place : std::uint8_t; struct walk_step;
// clang-format on
}  // namespace polku::inline POLKU_V::report

#endif
