// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_ACTION_RULES_IPP
#define POLKU_IMPL_PATH_ACTION_RULES_IPP

#include <polku/path/detail/action_rules.hpp>

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <type_traits>

namespace polku::inline POLKU_V::path::detail {

inline bool is_among(std::string_view name, std::initializer_list<std::string_view> list) noexcept {
    return std::find(list.begin(), list.end(), name) != list.end();
}

POLKU_DECL bool is_stage_bound(std::string_view command) noexcept {
    return is_among(command, {"draft_referral", "hold_meeting", "start_assessment", "record_instrument", "agree_plan",
                              "review_plan", "set_goal", "start_coaching", "start_placement"});
}

POLKU_DECL bool is_for_client(std::string_view command) noexcept {
    return is_among(command, {"update_client", "record_fact", "withdraw_fact", "give_consent", "withdraw_consent",
                              "add_representative", "end_representative", "set_non_disclosure", "lift_non_disclosure"});
}

POLKU_DECL bool is_for_closed(std::string_view command) noexcept {
    return is_for_client(command) ||
           is_among(command, {"record_follow_up", "record_feedback", "record_experience", "end_placement",
                              "record_support", "reopen_case", "satisfy_obligation", "decide_by_pack",
                              "notify_decision", "correct", "enter_in_error", "tick"});
}

POLKU_DECL bool was_entered_in_error(const case_state& of, const event& one) {
    const bool is_client = one.stream == stream_kind::client;
    return std::any_of(of.history.begin(), of.history.end(), [&](const auto& each) {
        const auto* wrong = std::get_if<entered_in_error>(&each->what);
        return wrong && wrong->event.version == static_cast<std::int64_t>(one.version) &&
               (wrong->event.stream == "client") == is_client;
    });
}

POLKU_DECL std::vector<event_mark>::const_iterator place_of_mark(const std::vector<event_mark>& among,
                                                                 std::string_view trigger) noexcept {
    return std::lower_bound(among.begin(), among.end(), trigger,
                            [](const event_mark& each, std::string_view wanted) { return each.trigger < wanted; });
}

POLKU_DECL const event_mark* last_time(const case_state& of, std::string_view trigger) noexcept {
    const auto found = place_of_mark(of.marks.last, trigger);
    return found == of.marks.last.end() || found->trigger != trigger ? nullptr : &*found;
}

POLKU_DECL bool has_happened(const case_state& of, std::string_view trigger, std::int64_t since) noexcept {
    const event_mark* last = last_time(of, trigger);
    return last != nullptr && last->at >= since;
}

POLKU_DECL action_gate gate_of(const action_definition& says, const case_state& of, time::date on) {
    action_gate gate;
    gate.missing_facts = missing_facts(of, says.requires_, on);
    if (says.consent && !has_consent(of, *says.consent, on)) gate.missing_consent = says.consent;
    for (const std::string& each : says.after)
        if (!has_happened(of, each)) gate.missing_events.push_back(each);
    return gate;
}

template <class Value>
struct is_optional_member : std::false_type {};
template <class Value>
struct is_optional_member<std::optional<Value>> : std::true_type {};

/// A member's value as a definition writes it; empty for what cannot be written so.
template <class Value>
std::string member_text(const Value& of) {
    if constexpr (is_optional_member<Value>::value)
        return of ? member_text(*of) : std::string();
    else if constexpr (std::is_same_v<Value, std::string>)
        return of;
    else if constexpr (std::is_same_v<Value, bool>)
        return of ? "true" : "false";
    else if constexpr (std::is_enum_v<Value>)
        return boost::describe::enum_to_string(of, "");
    else
        return {};
}

template <class Body>
bool has_member_value(const Body& of, const std::string& member, const std::string& wanted) {
    bool same = false;
    boost::mp11::mp_for_each<boost::describe::describe_members<Body, boost::describe::mod_any_access>>([&](auto each) {
        if (member == each.name) same = member_text(of.*each.pointer) == wanted;
    });
    return same;
}

POLKU_DECL bool is_use_of(const action_definition& says, const command_body& what) {
    if (says.command != type_of(what)) return false;
    return std::all_of(says.with.begin(), says.with.end(), [&](const auto& wanted) {
        return std::visit([&](const auto& body) { return has_member_value(body, wanted.first, wanted.second); }, what);
    });
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
