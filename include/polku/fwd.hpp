// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_FWD_HPP
#define POLKU_FWD_HPP

/// @file
/// The name of every public type, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V {
struct diagnostic;
class error;
enum class error_code : std::uint32_t;
class exception;
struct loaded_case;
struct named_text;
struct path_bundle;
struct position;
template <class Value>
class result;
enum class severity : std::uint8_t;
enum class status : std::uint32_t;
struct view_options;
class workspace;
struct workspace_options;
}  // namespace polku::inline POLKU_V

namespace polku::inline POLKU_V::time {
struct clock_time;
class date;
class date_interval;
struct date_time;
struct dated_holiday;
struct days_duration;
struct deadline;
enum class holiday : std::uint8_t;
struct holiday_names;
struct moment;
struct months_duration;
struct notice;
enum class notice_way : std::uint8_t;
struct period;
enum class period_unit : std::uint8_t;
struct receipt;
enum class roll_rule : std::uint8_t;
enum class weekday : std::uint8_t;
struct zone;
class zone_source;
}  // namespace polku::inline POLKU_V::time

namespace polku::inline POLKU_V::feel {
struct builtin;
class compile_hooks;
struct compile_options;
class context;
class entry_names;
class evaluation_context;
class expression;
class function;
enum class kind : std::uint8_t;
struct limits;
enum class null_reason : std::uint8_t;
class number;
struct parameter;
struct range;
class regex;
struct regex_flags;
enum class rounding : std::uint8_t;
class scope;
struct signature;
struct simple_test;
enum class syntax : std::uint8_t;
struct syntax_node;
enum class syntax_operator : std::uint8_t;
struct syntax_symbol;
struct syntax_tree;
struct text_origin;
class type;
class unary_tests;
class value;
}  // namespace polku::inline POLKU_V::feel

namespace polku::inline POLKU_V::dmn {
enum class aggregation : std::uint8_t;
struct analysis_options;
struct analysis_report;
struct batch_column;
class batch_evaluator;
struct batch_numbers;
struct batch_result;
struct binding;
struct boxed_context;
struct boxed_expression;
struct boxed_list;
struct business_knowledge_model;
class cell_list;
struct cell_place;
class column_atoms;
class column_index;
struct compile_options;
struct compiled_table;
struct conditional;
struct context_entry;
class decimal_places;
struct decision;
struct decision_info;
struct decision_ref;
struct decision_rule;
struct decision_service;
struct decision_table;
enum class dmn_version : std::uint8_t;
struct element_reference;
enum class evaluable_kind : std::uint8_t;
class external_registry;
struct failing_cell;
struct filter;
struct finding;
enum class finding_kind : std::uint8_t;
struct function_definition;
struct function_item;
enum class function_kind : std::uint8_t;
enum class hit_policy : std::uint8_t;
struct import;
struct information_item;
struct input_clause;
struct input_data;
struct input_info;
class integer_places;
struct invocation;
struct item_definition;
struct item_type;
struct iterator;
enum class iterator_kind : std::uint8_t;
enum class lane : std::uint8_t;
struct literal_expression;
struct located_text;
struct located_view;
struct model;
struct named_element;
struct near_rule;
struct null_cause;
enum class null_origin : std::uint8_t;
struct output_clause;
struct place;
class program;
struct read_options;
struct read_report;
struct relation;
class rule_cursor;
class rule_list;
struct rule_trace;
struct table_cell;
struct table_index;
struct table_trace;
struct table_verdicts;
class text_places;
struct text_shift;
struct trace;
struct trace_options;
struct trace_step;
enum class verdict : std::uint8_t;
struct why_not_report;
struct why_not_table;
struct xml_attribute;
struct xml_children;
struct xml_document;
struct xml_element;
struct xml_options;
class xml_taker;
}  // namespace polku::inline POLKU_V::dmn

namespace polku::inline POLKU_V::rules {
struct business_id;
struct identity_code;
struct municipality;
struct wellbeing_county;
}  // namespace polku::inline POLKU_V::rules

namespace polku::inline POLKU_V::path {
struct action_definition;
struct add_representative;
struct add_team_member;
struct agree_plan;
struct amend_referral;
struct assessment;
struct assessment_cancelled;
struct assessment_completed;
struct assessment_definition;
struct assessment_started;
struct assign_own_worker;
struct assign_responsible;
struct attendance;
struct attendance_recorded;
struct available_action;
struct cancel_assessment;
struct case_closed;
struct case_ending;
struct case_input;
struct case_opened;
struct case_reopened;
struct case_state;
struct check_point;
struct client_details;
struct client_details_recorded;
struct close_case;
struct coaching;
struct coaching_completed;
struct coaching_started;
struct command;
struct complete_assessment;
struct complete_coaching;
struct consent;
struct consent_definition;
struct consent_given;
struct consent_withdrawn;
struct context;
struct correct;
struct corrected;
struct decision_explanation;
struct decision_input;
struct decision_made;
struct decision_record;
struct definition;
struct draft_referral;
struct due_item;
enum class due_kind : std::uint8_t;
struct end_placement;
struct end_representative;
struct enter_in_error;
struct entered_in_error;
struct entry_definition;
struct environment_definition;
struct event;
struct event_envelope;
struct event_name;
struct event_part;
struct exit_definition;
enum class exit_way : std::uint8_t;
struct fact;
struct fact_definition;
struct fact_recorded;
enum class fact_state : std::uint8_t;
struct fact_withdrawn;
struct feedback;
struct feedback_recorded;
struct follow_up_recorded;
struct follow_ups_scheduled;
struct give_consent;
struct goal;
struct goal_score;
struct goal_scored;
struct goal_set;
struct hold_meeting;
struct instrument_definition;
enum class instrument_phase : std::uint8_t;
struct instrument_recorded;
struct instrument_result;
struct lift_non_disclosure;
struct matched_rule;
struct meeting;
struct meeting_definition;
struct meeting_held;
struct move_referral;
struct non_disclosure;
struct non_disclosure_lifted;
struct non_disclosure_set;
struct obligation;
struct obligation_definition;
struct obligation_ended;
struct obligation_escalated;
struct obligation_opened;
struct obligation_redated;
struct obligation_satisfied;
enum class obligation_state : std::uint8_t;
struct observation;
struct open_case;
struct organisation_definition;
enum class outcome_class : std::uint8_t;
struct own_worker_assigned;
struct package_definition;
struct participant;
struct party;
struct path_sources;
struct placement;
struct placement_definition;
struct placement_ended;
struct placement_started;
struct plan;
struct plan_agreed;
struct plan_reviewed;
struct plan_step;
struct record_attendance;
struct record_fact;
struct record_feedback;
struct record_follow_up;
struct record_instrument;
struct record_support;
struct referral;
struct referral_amended;
struct referral_drafted;
struct referral_escalated;
struct referral_limit;
enum class referral_move : std::uint8_t;
struct referral_moved;
struct referral_service_definition;
enum class referral_state : std::uint8_t;
struct referral_state_definition;
struct referral_transition;
struct remove_team_member;
struct reopen_case;
struct reopening_definition;
struct representative;
struct representative_added;
struct representative_ended;
enum class representative_kind : std::uint8_t;
struct responsibility;
struct responsible_assigned;
struct retention_class_definition;
struct retention_definition;
struct review_plan;
struct role_definition;
struct route;
struct routing_definition;
struct satisfy_obligation;
struct score_goal;
class service_path;
struct set_goal;
struct set_non_disclosure;
struct stage_definition;
struct stage_entered;
enum class stage_kind : std::uint8_t;
struct stage_stay;
struct stage_timed_out;
struct start_assessment;
struct start_coaching;
struct start_placement;
struct stream_id;
enum class stream_kind : std::uint8_t;
struct support;
struct support_recorded;
struct team_member_added;
struct team_member_removed;
struct tick;
struct timeline_entry;
struct update_client;
struct validity;
struct withdraw;
struct withdraw_consent;
struct withdraw_fact;
}  // namespace polku::inline POLKU_V::path

namespace polku::inline POLKU_V::json {
struct case_view_options;
class decision_reader;
class input_plan;
template <class T>
struct json_defaults;
enum class number_form : std::uint8_t;
struct parse_options;
class recent_texts;
struct shipped_file;
class text_writer;
struct write_options;
}  // namespace polku::inline POLKU_V::json

namespace polku::inline POLKU_V::storage {
struct append_answer;
struct append_request;
struct appended_stream;
struct case_count;
struct case_projection;
struct chain_head;
struct due_query;
enum class durability : std::uint8_t;
class entropy_source;
class event_store;
struct feed_page;
struct snapshot;
struct sqlite_options;
class sqlite_store;
struct store_options;
struct stream_append;
struct stream_head;
struct stream_query;
struct stream_row;
class upcasters;
struct verify_options;
struct verify_report;
}  // namespace polku::inline POLKU_V::storage

namespace polku::inline POLKU_V::report {
class drawing;
enum class label : unsigned char;
struct page_case;
}  // namespace polku::inline POLKU_V::report

#endif
