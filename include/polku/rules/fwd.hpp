// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_RULES_FWD_HPP
#define POLKU_RULES_FWD_HPP

/// @file
/// The name of every public type of `rules`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::rules {
struct business_id;
enum class change_way : std::uint8_t;
enum class date_choice : std::uint8_t;
struct date_interval;
struct explanation;
struct fact_change;
struct identity_code;
struct input_atom;
struct input_atoms;
struct missing_answer;
struct missing_input;
struct missing_options;
struct municipality;
class pack;
struct pack_answer;
struct pack_change;
struct pack_decision;
struct pack_definition;
struct pack_goal;
struct pack_input;
struct pack_question;
struct pack_sources;
struct pack_version;
struct parameter;
struct parameter_value;
struct proposal;
class question_guide;
struct reason;
struct rule_text;
struct source;
enum class source_mark : std::uint8_t;
enum class time_step : std::uint8_t;
struct told_fact;
struct told_figure;
struct transition;
struct used_parameter;
struct wellbeing_county;
struct what_if_answer;
struct what_if_options;
enum class what_if_outcome : std::uint8_t;
}  // namespace polku::inline POLKU_V::rules

#endif
