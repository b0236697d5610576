// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_MEETING_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_MEETING_HPP

// Meetings: agreed for a day, moved, cancelled, held; and what becomes of one that nobody held.

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/impl/path/detail/decide_tick.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// How long after its day an agreed meeting may be told of, where the definition does not say.
inline constexpr time::period usual_hold_within{7, time::period_unit::days};

inline decided case_decider::check_participants(const std::string& kind, const std::vector<participant>& who) const {
    const meeting_definition& wanted = says().meetings.at(kind);
    for (const participant& each : who) POLKU_CHECK(check_party({each.person, each.role, each.organisation}));
    for (const std::string& role : wanted.must_attend)
        if (std::none_of(who.begin(), who.end(), [&](const participant& each) { return each.role == role; }))
            return refuse(error_code::meeting_incomplete,
                          "the meeting '" + kind + "' is not held without the role '" + role + "'");
    for (const participant& each : who) {
        const auto listed = [&](const std::vector<std::string>& roles) {
            return std::find(roles.begin(), roles.end(), each.role) != roles.end();
        };
        if (!wanted.may_attend.empty() && !listed(wanted.must_attend) && !listed(wanted.may_attend))
            return refuse(error_code::meeting_incomplete,
                          "the role '" + each.role + "' does not attend the meeting '" + kind + "'");
        if (each.remote.value_or(false) && !wanted.remote.value_or(true))
            return refuse(error_code::meeting_incomplete, "the meeting '" + kind + "' has no remote participants");
    }
    return {};
}

/// True for a local time of day as people agree on one: `09:00` to `23:59`, hours and minutes.
inline bool is_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
    return text.substr(0, 2) < "24" && text[3] < '6';
}

inline decided case_decider::check_meeting_time(time::date day, const std::optional<std::string>& at) const {
    if (day < on_)
        return refuse(error_code::meeting_time, "the meeting would be on " + time::to_string(day) +
                                                    ", before it is agreed on " + time::to_string(on_) +
                                                    "; hold_meeting tells of one that has been");
    if (at && !is_time_of_day(*at))
        return refuse(error_code::meeting_time,
                      "'" + *at + "' is no time of day; write hours and minutes as in 09:30 or 13:00");
    return {};
}

inline decided case_decider::check_meeting_way(const std::string& kind, meeting_way way,
                                               const std::vector<participant>& who) const {
    if (way != meeting_way::on_site && !says().meetings.at(kind).remote.value_or(true))
        return refuse(error_code::meeting_way, "the meeting '" + kind + "' is held on the spot; its way is on_site");
    const bool some_remote =
        std::any_of(who.begin(), who.end(), [](const participant& each) { return each.remote.value_or(false); });
    if (way == meeting_way::on_site && some_remote)
        return refuse(error_code::meeting_way,
                      "somebody is invited to take part remotely, so the way is hybrid or remote, not on_site");
    return {};
}

inline decided case_decider::check_tool(const std::string& tool) const {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "tool", says().tools, tool));
    return check_in_force("the tool", tool, says().tools.at(tool).valid);
}

inline time::date case_decider::hold_by_of(const std::string& kind, time::date day) const {
    const auto& within = says().meetings.at(kind).hold_within;
    return time::nominal_deadline(day, within ? *parse_period(*within) : usual_hold_within).value_or(day);
}

inline decided case_decider::handle(const plan_meeting& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "meeting", says().meetings, what.kind));
    POLKU_CHECK(check_new("meeting", state_.meetings, what.meeting));
    POLKU_CHECK(check_new("meeting", state_.planned_meetings, what.meeting));
    POLKU_CHECK(check_meeting_time(what.day, what.at));
    POLKU_CHECK(check_meeting_way(what.kind, what.way, what.invited));
    POLKU_CHECK(check_participants(what.kind, what.invited));
    const meeting_definition& wanted = says().meetings.at(what.kind);
    if (wanted.client_present.value_or(false) && !what.client_invited.value_or(false))
        return refuse(error_code::meeting_incomplete,
                      "the meeting '" + what.kind + "' is not held without the client; invite the client too");
    if (what.tool) POLKU_CHECK(check_tool(*what.tool));
    meeting_planned made{what.meeting, what.kind, what.day,  what.at,      what.way,
                         what.place,   what.link, what.tool, what.invited, what.client_invited};
    made.owner = wanted.owner.value_or(state_.stage ? state_.stage->owner : std::string());
    made.hold_by = hold_by_of(what.kind, what.day);
    add(std::move(made));
    return {};
}

inline decided case_decider::handle(const move_meeting& what) {
    POLKU_TRY(const planned_meeting* found, find_open("meeting", state_.planned_meetings, what.meeting));
    POLKU_CHECK(check_not_before(found->agreed, "what was agreed of the meeting"));
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_meeting_time(what.day, what.at));
    const meeting_way way = what.way.value_or(found->way);
    POLKU_CHECK(check_meeting_way(found->kind, way, found->invited));
    meeting_moved made;
    made.meeting = what.meeting;
    made.kind = found->kind;
    made.day = what.day;
    made.at = what.at ? what.at : found->at;
    made.way = way;
    made.place = what.place ? what.place : found->place;
    made.link = what.link ? what.link : found->link;
    made.hold_by = hold_by_of(found->kind, what.day);
    made.reason = what.reason;
    add(std::move(made));
    return {};
}

inline decided case_decider::handle(const cancel_meeting& what) {
    POLKU_TRY(const planned_meeting* found, find_open("meeting", state_.planned_meetings, what.meeting));
    POLKU_CHECK(check_not_before(found->agreed, "what was agreed of the meeting"));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(meeting_cancelled{what.meeting, std::string(found->kind), what.reason});
    return {};
}

/// A meeting with the id of one that was agreed is that one.
inline decided case_decider::check_was_planned_so(const hold_meeting& what) const {
    const planned_meeting* planned = find_by_id(state_.planned_meetings, what.meeting);
    if (!planned) return {};
    if (!planned->is_open())
        return refuse(error_code::record_not_open,
                      "the meeting '" + what.meeting + "' was cancelled; a meeting held all the same has its own id");
    if (planned->kind != what.kind)
        return refuse(error_code::meeting_mismatch, "the meeting '" + what.meeting + "' was agreed as '" +
                                                        planned->kind + "', but held as '" + what.kind +
                                                        "'; give the agreed kind, or another id");
    return check_not_before(planned->agreed, "what was agreed of the meeting");
}

inline decided case_decider::handle(const hold_meeting& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "meeting", says().meetings, what.kind));
    POLKU_CHECK(check_new("meeting", state_.meetings, what.meeting));
    POLKU_CHECK(check_was_planned_so(what));
    POLKU_CHECK(check_participants(what.kind, what.participants));
    const meeting_definition& wanted = says().meetings.at(what.kind);
    if (wanted.client_present.value_or(false) && !what.client_present.value_or(false))
        return refuse(error_code::meeting_incomplete, "the meeting '" + what.kind + "' is not held without the client");
    if (wanted.agreed_plan.value_or(false) && what.agreed.value_or("").empty())
        return refuse(error_code::meeting_incomplete,
                      "the meeting '" + what.kind + "' ends with a joint follow-on plan; give it as 'agreed'");
    add(meeting_held{
        meeting{what.meeting, what.kind, on_, what.participants, what.client_present, what.agreed, what.notes}});
    return {};
}

/// The end of a case ends what was agreed for later days.
inline void case_decider::cancel_meetings() {
    const std::vector<planned_meeting> before = state_.planned_meetings;
    for (const planned_meeting& each : before)
        if (each.is_open()) add(meeting_cancelled{each.id, each.kind, "case_closed"});
}

/// A meeting that was agreed and not told of since: the roles of its chain are called in turn, a week apart.
inline void case_decider::tick_meetings() {
    const stage_definition* stage = state_.stage ? path_.find_stage(state_.stage->stage) : nullptr;
    const std::vector<planned_meeting> before = state_.planned_meetings;
    for (const planned_meeting& each : before) {
        const auto known = says().meetings.find(each.kind);
        if (!each.is_open() || known == says().meetings.end()) continue;
        std::vector<std::string> chain = known->second.escalate;
        if (chain.empty() && stage) chain = stage->on_timeout;
        const std::int64_t due = calls_due(each.hold_by, usual_hold_within, chain.size(), on_);
        for (std::int64_t level = each.escalated + 1; level <= due; ++level)
            add(meeting_missed{each.id, each.kind, each.hold_by, level, chain[static_cast<std::size_t>(level - 1)]});
    }
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
