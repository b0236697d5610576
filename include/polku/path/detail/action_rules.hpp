// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_DETAIL_ACTION_RULES_HPP
#define POLKU_PATH_DETAIL_ACTION_RULES_HPP

#include <polku/impl/path/detail/quoted.hpp>
#include <polku/path/case.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// What keeps an action from being taken now; empty lists when nothing does.
struct action_gate {
    std::vector<std::string> missing_facts;
    std::optional<std::string> missing_consent;
    std::vector<std::string> missing_events;

    bool is_open() const { return missing_facts.empty() && !missing_consent && missing_events.empty(); }
};

/// Commands that are only taken when an action of the stage allows them.
POLKU_DECL bool is_stage_bound(std::string_view command) noexcept;
/// Commands that a closed case still takes.
POLKU_DECL bool is_for_closed(std::string_view command) noexcept;
/// Commands about the client, which need no open case.
POLKU_DECL bool is_for_client(std::string_view command) noexcept;

POLKU_DECL action_gate gate_of(const action_definition& says, const case_state& of, time::date on);
/// True when the command is one that the action speaks of.
POLKU_DECL bool is_use_of(const action_definition& says, const command_body& what);
/// Where the mark of that trigger stands among marks sorted by trigger, or would stand.
POLKU_DECL std::vector<event_mark>::const_iterator place_of_mark(const std::vector<event_mark>& among,
                                                                 std::string_view trigger) noexcept;
/// The last event with that trigger which was not entered in error; null pointer when there is none.
POLKU_DECL const event_mark* last_time(const case_state& of, std::string_view trigger) noexcept;
/// True when some event of the case (not one entered in error), from the one numbered `since` on, has the trigger.
POLKU_DECL bool has_happened(const case_state& of, std::string_view trigger, std::int64_t since = 0) noexcept;
/// True when a later event of the history says that this one was entered in error.
POLKU_DECL bool was_entered_in_error(const case_state& of, const event& one);

}  // namespace polku::inline POLKU_V::path::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/action_rules.ipp>
#endif

#endif
