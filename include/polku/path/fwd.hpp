// SPDX-License-Identifier: Apache-2.0
// Written by scripts/gen_forward.py.
#ifndef POLKU_PATH_FWD_HPP
#define POLKU_PATH_FWD_HPP

/// @file
/// The name of every public type of `path`, for headers that only mention them.

#include <polku/config.hpp>

#include <cstdint>

namespace polku::inline POLKU_V::path {
// clang-format off
struct ability_definition; struct ability_match; struct accept_offer; struct access_answer; struct access_definition;
struct access_reason; class access_rules; struct action_definition; struct add_representative; struct add_team_member;
struct adopt_pack; struct adopted_pack; struct agree_plan; struct aid_answer; struct aid_declared; struct aid_grant;
struct amend_application; struct amend_entry; struct amend_referral; struct appeal_decided;
enum class appeal_outcome : std::uint8_t; struct appeal_recorded; struct application; struct application_amended;
struct application_details; struct application_drafted; enum class application_phase : std::uint8_t;
struct application_settled; struct application_submitted; struct application_withdrawn; struct assessment;
struct assessment_cancelled; struct assessment_completed; struct assessment_definition; struct assessment_started;
struct assign_own_worker; struct assign_responsible; struct attendance; struct attendance_recorded;
struct authority_definition; struct available_action; struct budget_changed; struct budget_released;
struct budget_reserved; struct cancel_assessment; struct cancel_meeting; struct case_closed; struct case_ending;
struct case_input; struct case_opened; struct case_reopened; struct case_state; struct catalogue_matches;
struct change_budget; struct check_point; struct circling; struct circling_rule; struct circling_step;
enum class circling_step_kind : std::uint8_t; struct claim_decided; struct claim_filed;
enum class claim_outcome : std::uint8_t; struct claim_payment; struct client_case; struct client_details;
struct client_details_recorded; struct client_experience; struct close_case; struct close_places;
struct close_programme; struct coaching; struct coaching_completed; struct coaching_started; struct command;
struct complete_assessment; struct complete_coaching; struct completion_requested; struct confirm_entry;
struct confirm_group; struct consent; struct consent_definition; struct consent_given; struct consent_withdrawn;
struct contest; struct contest_period; struct context; struct correct; struct corrected; struct day_span;
struct decide_application; struct decide_by_pack; struct decide_claim; struct decision_entry;
struct decision_explanation; struct decision_input; struct decision_issued; enum class decision_kind : std::uint8_t;
struct decision_made; enum class decision_outcome : std::uint8_t; struct decision_record; struct declare_aid;
struct decline_offer; struct definition; struct draft_application; struct draft_referral; struct due_item;
enum class due_kind : std::uint8_t; struct effect_entry; struct effect_recorded; struct employer_details;
enum class employer_kind : std::uint8_t; struct employer_member; struct employer_opened; struct employer_state;
struct employer_updated; struct employment_ended; struct employment_interrupted; struct employment_resumed;
struct employment_started; struct end_employment; struct end_entry; struct end_place; struct end_placement;
struct end_representative; struct enter_in_error; struct entered_in_error; struct entry_definition;
struct environment_definition; enum class environment_form : std::uint8_t; struct environment_match;
struct equal_treatment; struct event; struct event_envelope; struct event_mark; struct event_marks; struct event_name;
struct event_part; struct exit_definition; enum class exit_way : std::uint8_t; struct experience_definition;
struct experience_recorded; struct extend_place; struct fact; struct fact_definition; struct fact_recorded;
enum class fact_state : std::uint8_t; struct fact_withdrawn; struct feedback; struct feedback_recorded;
struct file_claim; struct follow_up_recorded; struct follow_ups_scheduled; struct give_consent; struct give_notice;
struct goal; struct goal_score; struct goal_scored; struct goal_set; struct grant_answer; struct group_confirmed;
struct hold_meeting; struct instrument_definition; enum class instrument_phase : std::uint8_t;
struct instrument_recorded; struct instrument_result; struct instrument_use; struct interrupt_employment;
struct join_waiting_list; struct leave_waiting_list; struct lift_non_disclosure; struct matched_rule; struct meeting;
struct meeting_cancelled; struct meeting_definition; struct meeting_held; struct meeting_missed; struct meeting_moved;
struct meeting_planned; enum class meeting_way : std::uint8_t; struct move_meeting; struct move_referral;
struct non_disclosure; struct non_disclosure_lifted; struct non_disclosure_set; struct notice_given;
struct notice_record; struct notify_decision; struct obligation; struct obligation_definition; struct obligation_ended;
struct obligation_escalated; struct obligation_opened; struct obligation_redated; struct obligation_satisfied;
enum class obligation_state : std::uint8_t; struct observation; struct offer_accepted; struct offer_declined;
struct offer_lapsed; struct offer_place; struct offer_withdrawn; struct open_case; struct open_employer;
struct open_places; struct open_programme; struct open_register; struct organisation_definition;
enum class outcome_class : std::uint8_t; struct own_worker_assigned; struct pack_adopted; struct pack_decision;
struct pack_decision_made; struct pack_decision_notified; struct pack_in_use; struct pack_register;
struct package_definition; struct participant; struct party; enum class pass_reason : std::uint8_t; struct passed_over;
struct path_proof; enum class path_property : std::uint8_t; struct path_sources; struct path_variant; struct pay_claim;
struct payment_claim; struct payment_claimed; struct payment_made; struct place_book; struct place_book_opened;
struct place_change; struct place_closing; struct place_command; struct place_ended; struct place_extended;
struct place_level; struct place_limit; struct place_offered; struct place_released; struct place_reservation;
struct place_reserved; enum class place_scope : std::uint8_t; struct place_shortage; struct place_suggestion;
struct place_taken; struct place_terms; struct place_wishes; struct placement; struct placement_definition;
struct placement_ended; struct placement_started; struct places_closed; struct places_reopened; struct places_set;
struct plan; struct plan_agreed; struct plan_meeting; struct plan_reviewed; struct plan_step; struct planned_meeting;
enum class planned_meeting_state : std::uint8_t; struct programme_closed; struct programme_opened;
struct programme_state; struct proof_finding; enum class proof_issue : std::uint8_t; struct proof_options;
struct proof_state; enum class proof_verdict : std::uint8_t; struct proof_walk_counts; class proof_walker;
struct property_result; struct publish_terms; struct published_terms; class random_walk; struct reader;
enum class reader_relation : std::uint8_t; struct receipt_recorded; struct record_appeal; struct record_appeal_outcome;
struct record_attendance; struct record_effect; struct record_entry; struct record_experience; struct record_fact;
struct record_feedback; struct record_follow_up; struct record_instrument; struct record_receipt;
struct record_repayment; struct record_support; struct recover_payment; struct recovery_entry; struct referral;
struct referral_amended; struct referral_drafted; struct referral_escalated; struct referral_limit;
enum class referral_move : std::uint8_t; struct referral_moved; struct referral_service_definition;
enum class referral_state : std::uint8_t; struct referral_state_definition; struct referral_transition;
struct register_book; struct register_command; struct register_definition; struct register_entry;
struct register_entry_amended; struct register_entry_confirmed; struct register_entry_ended;
struct register_entry_recorded; struct register_field_definition; struct register_opened;
enum class register_subject : std::uint8_t; struct release_place; struct remedy_rule; struct remove_team_member;
struct reopen_case; struct reopen_places; struct reopening_definition; struct repayment_received; struct representative;
struct representative_added; struct representative_ended; enum class representative_kind : std::uint8_t;
struct request_completion; struct reservation; enum class reservation_state : std::uint8_t; struct reserve_place;
struct responsibility; struct responsible_assigned; struct resume_employment; struct retention_class_definition;
struct retention_definition; struct review_plan; struct role_definition; struct route; struct routing_answers;
struct routing_definition; struct routing_example; struct rule_reason; struct satisfy_obligation; struct score_goal;
class service_path; struct set_goal; struct set_non_disclosure; struct set_places; struct settle_application;
struct stage_definition; struct stage_entered; enum class stage_kind : std::uint8_t; struct stage_stay;
struct stage_timed_out; struct start_assessment; struct start_coaching; struct start_employment; struct start_placement;
template <class Body>
struct stream_event;
struct stream_id; enum class stream_kind : std::uint8_t; struct submit_application; struct suggestion_reason;
enum class suggestion_side : std::uint8_t; struct suggestion_sight; struct supplement_decided;
struct supplement_decision; struct supplement_due; enum class supplement_duty : std::uint8_t; struct supplement_payment;
struct supplement_room; struct supplement_sums; class supplement_terms; struct support; struct support_recorded;
struct take_place; struct target_group_definition; struct task_definition; enum class task_fit : std::uint8_t;
struct task_match; enum class task_purpose : std::uint8_t; struct team_member_added; struct team_member_removed;
struct terms_definition; struct terms_published; struct terms_sources; struct tick; struct tick_places;
struct timeline_entry; struct tool_definition; struct treatment_answer; struct treatment_difference;
enum class treatment_issue : std::uint8_t; enum class treatment_kind : std::uint8_t; struct treatment_options;
struct treatment_pair; enum class treatment_standing : std::uint8_t; struct update_client; struct update_employer;
struct validity; struct variant_layer; class visibility; struct waiting_class_definition; struct waiting_definition;
struct waiting_entry; struct waiting_joined; struct waiting_left; struct waiting_pass; struct waiting_passed;
enum class waiting_state : std::uint8_t; struct walk_mark; struct walk_options; struct walked_case; struct withdraw;
struct withdraw_application; struct withdraw_consent; struct withdraw_fact; struct withdraw_offer;
// clang-format on
}  // namespace polku::inline POLKU_V::path

#endif
