// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_DMN_FWD_HPP
#define POLKU_DMN_FWD_HPP

/// @file
/// The name of every public type of `dmn`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::dmn {
// clang-format off
enum class aggregation : std::uint8_t; struct analysis_options; struct analysis_report; struct batch_column;
class batch_evaluator; struct batch_numbers; struct batch_result; struct binding; struct boxed_context;
struct boxed_expression; struct boxed_list; struct business_knowledge_model; class cell_list; struct cell_place;
class column_atoms; class column_index; struct compile_options; struct compiled_table; struct conditional;
struct context_entry; class decimal_places; struct decision; struct decision_info; struct decision_ref;
struct decision_rule; struct decision_service; struct decision_table; enum class dmn_version : std::uint8_t;
struct element_reference; enum class evaluable_kind : std::uint8_t; class external_registry; struct failing_cell;
struct filter; struct finding; enum class finding_kind : std::uint8_t; struct function_definition; struct function_item;
enum class function_kind : std::uint8_t; enum class hit_policy : std::uint8_t; struct import; struct information_item;
struct input_clause; struct input_data; struct input_info; class integer_places; struct invocation;
struct item_definition; struct item_type; struct iterator; enum class iterator_kind : std::uint8_t;
enum class lane : std::uint8_t; struct literal_expression; struct located_text; struct located_view; struct model;
struct named_element; struct near_rule; struct null_cause; enum class null_origin : std::uint8_t; struct output_clause;
struct place; class program; struct read_options; struct read_report; struct relation; class rule_cursor;
class rule_list; struct rule_trace; struct table_cell; struct table_index; struct table_trace; struct table_verdicts;
class text_places; struct text_shift; struct trace; struct trace_options; struct trace_step;
enum class verdict : std::uint8_t; struct why_not_report; struct why_not_table; struct xml_attribute;
struct xml_children; struct xml_document; struct xml_element; struct xml_options; class xml_taker;
// clang-format on
}  // namespace polku::inline POLKU_V::dmn

#endif
