// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_COMMANDS_HPP
#define POLKU_PATH_COMMANDS_HPP

#include <polku/path/assessment_commands.hpp>
#include <polku/path/client_commands.hpp>
#include <polku/path/coaching_commands.hpp>
#include <polku/path/correction_commands.hpp>
#include <polku/path/meeting_commands.hpp>
#include <polku/path/network_commands.hpp>
#include <polku/path/pack_decision.hpp>
#include <polku/path/placement_commands.hpp>
#include <polku/path/plan_commands.hpp>
#include <polku/path/referral_commands.hpp>
#include <polku/path/stage_commands.hpp>

#include <optional>
#include <string_view>
#include <variant>

/// @file
/// What somebody may ask of a case. Each struct is one command, `type` its name in JSON. A command is refused or
/// accepted as a whole by `decide` (case.hpp). The structs stand by theme in the headers that this one joins. Ids of
/// records (referral, assessment, placement, ...) are chosen by the caller.

namespace polku::inline POLKU_V::path {

/// One of all commands to a case or its client.
using command_body =
    std::variant<open_case, update_client, record_fact, withdraw_fact, give_consent, withdraw_consent,
                 add_representative, end_representative, set_non_disclosure, lift_non_disclosure, draft_referral,
                 amend_referral, move_referral, assign_responsible, assign_own_worker, add_team_member,
                 remove_team_member, plan_meeting, move_meeting, cancel_meeting, hold_meeting, start_assessment,
                 complete_assessment, cancel_assessment, record_instrument, record_feedback, record_experience,
                 agree_plan, review_plan, set_goal, score_goal, start_coaching, record_attendance, complete_coaching,
                 start_placement, end_placement, record_support, record_follow_up, route, decide_by_pack,
                 notify_decision, close_case, withdraw, reopen_case, satisfy_obligation, correct, enter_in_error, tick>;

/// A command and the day on which what it tells of happened; without `on` today.
struct command {
    command_body what;  ///< what is asked, with its members
    std::optional<time::date> on;
};

/// The command's name: `record_fact`.
POLKU_DECL std::string_view type_of(const command_body& what) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/commands.ipp>
#endif

#endif
