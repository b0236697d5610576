// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_RULES_FWD_HPP
#define POLKU_RULES_FWD_HPP

/// @file
/// The name of every public type of `rules`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::rules {
// clang-format off
struct answer_weights; struct business_id; enum class change_way : std::uint8_t; enum class date_choice : std::uint8_t;
struct date_interval; struct decision_presence; class difference; struct difference_answer; struct difference_options;
struct difference_place; enum class difference_place_kind : std::uint8_t; enum class difference_proof : std::uint8_t;
struct difference_question; struct difference_region; enum class difference_side : std::uint8_t;
struct difference_witness; struct explanation; struct fact_change; struct identity_code; struct input_atom;
struct input_atoms; struct input_difference; enum class input_difference_kind : std::uint8_t; struct missing_answer;
struct missing_input; struct missing_options; struct municipality; struct outcome_change; struct outcome_end;
enum class outcome_kind : std::uint8_t; class pack; struct pack_answer; struct pack_change; struct pack_decision;
struct pack_definition; struct pack_goal; struct pack_input; struct pack_labels; struct pack_question;
struct pack_sources; struct pack_version; struct parameter; struct parameter_difference; struct parameter_value;
struct proposal; class question_guide; struct reason; struct region_test; struct rule_match; struct rule_text;
struct source; enum class source_mark : std::uint8_t; enum class time_step : std::uint8_t; struct told_fact;
struct told_figure; struct transition; struct used_parameter; struct wellbeing_county; struct what_if_answer;
struct what_if_options; enum class what_if_outcome : std::uint8_t;
// clang-format on
}  // namespace polku::inline POLKU_V::rules

#endif
