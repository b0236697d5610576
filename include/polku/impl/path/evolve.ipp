// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EVOLVE_IPP
#define POLKU_IMPL_PATH_EVOLVE_IPP

#include <polku/impl/path/detail/corrections.hpp>
#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/case.hpp>
#include <polku/path/case_step.hpp>
#include <polku/path/detail/action_rules.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace polku::inline POLKU_V::path {

POLKU_DECL case_state::case_state() = default;
POLKU_DECL case_state::case_state(const case_state& other) = default;
POLKU_DECL case_state::case_state(case_state&& other) noexcept = default;
POLKU_DECL case_state& case_state::operator=(const case_state& other) = default;
POLKU_DECL case_state& case_state::operator=(case_state&& other) noexcept = default;
POLKU_DECL case_state::~case_state() = default;

namespace detail {

/// Puts the content of one event into the case. Records that an event speaks of but nobody made are passed over.
struct case_fold {
    case_state& into;
    const event& of;

    time::date day() const noexcept { return of.effective_date; }

    template <class Value>
    static void take(std::optional<Value>& old, const std::optional<Value>& told) {
        if (told) old = told;
    }

    void operator()(const client_details_recorded& what) {
        take(into.details.identity_code, what.details.identity_code);
        take(into.details.given_name, what.details.given_name);
        take(into.details.family_name, what.details.family_name);
        take(into.details.language, what.details.language);
        take(into.details.municipality, what.details.municipality);
        take(into.details.address, what.details.address);
        take(into.details.phone, what.details.phone);
        take(into.details.email, what.details.email);
        take(into.details.registered_jobseeker, what.details.registered_jobseeker);
    }

    void operator()(const fact_recorded& what) {
        fact& known = into.facts[what.fact];
        const bool newer_is_known = known.state == fact_state::known && what.told < known.told;
        if (newer_is_known) return;
        known = {what.fact,     fact_state::known, what.value,
                 what.source,   what.told,         what.valid_until,
                 what.category, of.retention,      static_cast<std::int64_t>(of.version)};
        if (of.erased) {
            known.state = fact_state::erased;
            known.value = {};
        } else if (auto typed = try_typed(what.value, what.fact_type, what.fact)) {
            known.value = std::move(typed).value();
        }
    }

    void operator()(const fact_withdrawn& what) {
        fact& known = into.facts[what.fact];
        known.name = what.fact;
        known.state = fact_state::unknown;
        known.value = {};
        known.version = static_cast<std::int64_t>(of.version);
    }

    void operator()(const consent_given& what) {
        into.consents.push_back({what.consent, day(), what.until, {}, what.way, what.given_by});
    }
    void operator()(const consent_withdrawn& what) {
        for (consent& each : into.consents)
            if (each.consent_ == what.consent && !each.withdrawn) each.withdrawn = day();
    }

    void operator()(const representative_added& what) { into.representatives.push_back(what.who); }
    void operator()(const representative_ended& what) {
        if (representative* found = find_by_id(into.representatives, what.id)) found->until = day();
    }
    void operator()(const non_disclosure_set& what) { into.non_disclosures.push_back({day(), what.until}); }
    void operator()(const non_disclosure_lifted&) {
        for (non_disclosure& each : into.non_disclosures)
            if (in_force(each, day())) each.until = day().plus_days(-1);
    }

    void operator()(const case_opened& what) {
        into.client = what.client;
        into.entry = what.entry;
        into.municipality = what.municipality;
        into.self_referral = what.self_referral;
        into.sender = what.sender;
        into.opened = day();
    }
    void operator()(const stage_entered& what) {
        into.stage = stage_stay{what.stage, day(), what.deadline, what.owner, what.visit, 0, {}};
        into.visits[what.stage] = what.visit;
        into.marks.walk.push_back({what.stage, day(), false});
    }
    void operator()(const stage_timed_out& what) {
        if (!into.stage || into.stage->stage != what.stage) return;
        into.stage->escalated = what.level;
        into.stage->escalated_to = what.role;
    }
    void operator()(const case_closed& what) {
        into.ending = case_ending{what.exit, what.outcome, what.way, day(), what.reason};
        into.marks.walk.push_back({what.exit, day(), true});
    }
    void operator()(const case_reopened&) {
        into.ending.reset();
        ++into.reopened;
    }

    void operator()(const referral_drafted& what);
    void operator()(const referral_amended& what);
    void operator()(const referral_moved& what);
    void operator()(const referral_escalated& what);

    void hand_over(std::vector<responsibility>& from, const party& to) {
        for (responsibility& each : from)
            if (!each.until) each.until = day();
        from.push_back({to, day(), {}});
    }
    void operator()(const responsible_assigned& what) { hand_over(into.responsible, what.who); }
    void operator()(const own_worker_assigned& what) { hand_over(into.own_workers, what.who); }
    void operator()(const team_member_added& what) { into.team.push_back({what.who, day(), {}}); }
    void operator()(const team_member_removed& what) {
        for (responsibility& each : into.team)
            if (each.who == what.who && !each.until) each.until = day();
    }
    void operator()(const meeting_planned& what);
    void operator()(const meeting_moved& what);
    void operator()(const meeting_cancelled& what) {
        planned_meeting* found = find_by_id(into.planned_meetings, what.meeting);
        if (!found) return;
        found->state = planned_meeting_state::cancelled;
        found->ended = day();
        found->reason = what.reason;
    }
    void operator()(const meeting_missed& what) {
        planned_meeting* found = find_by_id(into.planned_meetings, what.meeting);
        if (!found) return;
        found->escalated = what.level;
        found->escalated_to = what.role;
    }
    void operator()(const meeting_held& what) {
        into.meetings.push_back(what.meeting);
        planned_meeting* found = find_by_id(into.planned_meetings, what.meeting.id);
        if (!found || !found->is_open()) return;
        found->state = planned_meeting_state::held;
        found->ended = day();
    }

    void operator()(const assessment_started& what) {
        assessment made;
        made.id = what.assessment;
        made.kind = what.kind;
        made.started = day();
        made.organiser = what.organiser;
        made.purpose = what.purpose;
        made.ends = what.ends;
        into.assessments.push_back(std::move(made));
    }
    void operator()(const assessment_completed& what) {
        assessment* found = find_by_id(into.assessments, what.assessment);
        if (!found) return;
        found->completed = day();
        found->result = what.result;
        found->strengths = what.strengths;
        found->limits = what.limits;
    }
    void operator()(const assessment_cancelled& what) {
        if (assessment* found = find_by_id(into.assessments, what.assessment)) found->cancelled = day();
    }
    void operator()(const instrument_recorded& what) { into.instruments.push_back(what.result); }
    void operator()(const feedback_recorded& what) { into.feedbacks.push_back(what.feedback); }
    void operator()(const experience_recorded& what) { into.experiences.push_back(what.experience); }

    void operator()(const plan_agreed& what) {
        into.plan = path::plan{what.goal, what.steps, what.agreed_with, day(), what.review_by, {}};
    }
    void operator()(const plan_reviewed& what) {
        if (!into.plan) return;
        if (what.goal) into.plan->goal = *what.goal;
        if (!what.steps.empty()) into.plan->steps = what.steps;
        into.plan->review_by = what.review_by;
        into.plan->reviewed.push_back(day());
    }

    void operator()(const goal_set& what) {
        if (goal* found = find_by_id(into.goals, what.goal)) {
            found->text = what.text;
            found->target = what.target;
        } else {
            into.goals.push_back({what.goal, what.text, day(), what.target, {}});
        }
    }
    void operator()(const goal_scored& what) {
        if (goal* found = find_by_id(into.goals, what.goal)) found->scores.push_back({day(), what.score});
    }
    void operator()(const coaching_started& what) {
        coaching made;
        made.id = what.coaching;
        made.package = what.package;
        made.environment = what.environment;
        made.coach = what.coach;
        made.weekly_hours = what.weekly_hours;
        made.tasks = what.tasks;
        made.started = day();
        made.ends = what.ends;
        into.coachings.push_back(std::move(made));
    }
    void operator()(const attendance_recorded& what) {
        if (coaching* found = find_by_id(into.coachings, what.coaching)) found->attended.push_back(what.attendance);
    }
    void operator()(const coaching_completed& what) {
        coaching* found = find_by_id(into.coachings, what.coaching);
        if (!found) return;
        found->completed = day();
        found->result = what.result;
    }

    void operator()(const placement_started& what) {
        placement made;
        made.id = what.placement;
        made.kind = what.kind;
        made.started = day();
        made.employer = what.employer;
        made.tasks = what.tasks;
        made.tailored = what.tailored;
        made.weekly_hours = what.weekly_hours;
        made.social_procurement = what.social_procurement;
        made.until = what.until;
        into.placements.push_back(std::move(made));
    }
    void operator()(const placement_ended& what) {
        placement* found = find_by_id(into.placements, what.placement);
        if (!found) return;
        found->ended = day();
        found->end_reason = what.reason;
    }
    void operator()(const support_recorded& what) {
        if (placement* found = find_by_id(into.placements, what.placement)) found->supports.push_back(what.support);
    }
    void operator()(const follow_ups_scheduled& what) {
        into.check_points.insert(into.check_points.end(), what.points.begin(), what.points.end());
    }
    void operator()(const follow_up_recorded& what) {
        check_point* found = find_by_id(into.check_points, what.point);
        if (!found) return;
        found->done = day();
        found->status = what.status;
        found->text = what.text;
        found->support_needed = what.support_needed;
    }

    void operator()(const decision_made& what) {
        into.decisions.push_back({{"case", static_cast<std::int64_t>(of.version)}, day(), of.actor, what, of.erased});
    }
    void operator()(const pack_decision_made& what) {
        for (pack_decision& each : into.pack_decisions)
            if (what.replaces == each.content.id) each.replaced_by = what.id;
        into.pack_decisions.push_back(
            {{"case", static_cast<std::int64_t>(of.version)}, day(), of.actor, what, {}, {}, of.erased});
    }
    void operator()(const pack_decision_notified& what) {
        for (pack_decision& each : into.pack_decisions)
            if (each.content.id == what.id) each.notified = what;
    }

    void operator()(const obligation_opened& what) {
        obligation made;
        made.id = what.id;
        made.obligation_ = what.obligation;
        made.times = what.times;
        made.opened = what.event_date;
        made.opened_by = what.trigger;
        made.nominal = what.nominal;
        made.due = what.due;
        made.roll = what.roll;
        made.owner = what.owner;
        into.obligations.push_back(std::move(made));
    }
    void operator()(const obligation_redated& what) {
        obligation* found = find_by_id(into.obligations, what.id);
        if (!found) return;
        found->opened = what.event_date;
        found->nominal = what.nominal;
        found->due = what.due;
    }
    void end_obligation(std::string_view id, obligation_state how) {
        obligation* found = find_by_id(into.obligations, id);
        if (!found) return;
        found->state = how;
        found->ended = day();
    }
    void operator()(const obligation_satisfied& what) { end_obligation(what.id, obligation_state::satisfied); }
    void operator()(const obligation_ended& what) { end_obligation(what.id, obligation_state::ended); }
    void operator()(const obligation_escalated& what) {
        obligation* found = find_by_id(into.obligations, what.id);
        if (!found) return;
        found->escalated = what.level;
        found->escalated_to = what.role;
    }

    // Corrections are applied by folding the history anew.
    void operator()(const corrected&) {}
    void operator()(const entered_in_error&) {}
};

inline void case_fold::operator()(const meeting_planned& what) {
    planned_meeting made;
    made.id = what.meeting;
    made.kind = what.kind;
    made.agreed = day();
    made.day = what.day;
    made.at = what.at;
    made.way = what.way;
    made.place = what.place;
    made.link = what.link;
    made.tool = what.tool;
    made.invited = what.invited;
    made.client_invited = what.client_invited;
    made.owner = what.owner;
    made.hold_by = what.hold_by;
    into.planned_meetings.push_back(std::move(made));
}

inline void case_fold::operator()(const meeting_moved& what) {
    planned_meeting* found = find_by_id(into.planned_meetings, what.meeting);
    if (!found) return;
    found->agreed = day();
    found->day = what.day;
    found->at = what.at;
    found->way = what.way;
    found->place = what.place;
    found->link = what.link;
    found->hold_by = what.hold_by;
    found->reason = what.reason;
    ++found->moved;
    found->escalated = 0;
    found->escalated_to.reset();
}

inline void case_fold::operator()(const referral_drafted& what) {
    referral made;
    made.id = what.referral;
    made.service = what.service;
    made.sender = what.sender;
    made.receiver = what.receiver;
    made.since = day();
    made.responsible = what.sender.role;
    made.owner = what.owner;
    made.deadline = what.deadline;
    made.disposition = what.disposition;
    made.reason = what.reason;
    made.background = what.background;
    made.client_view = what.client_view;
    made.previous = what.previous;
    into.referrals.push_back(std::move(made));
}

inline void case_fold::operator()(const referral_amended& what) {
    referral* found = find_by_id(into.referrals, what.referral);
    if (!found) return;
    take(found->reason, what.reason);
    take(found->background, what.background);
    take(found->client_view, what.client_view);
}

inline void case_fold::operator()(const referral_moved& what) {
    referral* found = find_by_id(into.referrals, what.referral);
    if (!found) return;
    found->state = what.to_state;
    found->since = day();
    found->responsible = what.responsible;
    found->owner = what.owner;
    found->deadline = what.deadline;
    found->disposition = what.disposition;
    found->escalations = 0;
    found->state_reason = what.reason;
    found->until = what.until;
    take(found->outcome, what.outcome);
    take(found->next, what.next);
    if (what.to_state == referral_state::in_progress && !found->started) found->started = day();
    if (found->started && !found->ended && !is_open(what.to_state)) found->ended = day();
}

inline void case_fold::operator()(const referral_escalated& what) {
    referral* found = find_by_id(into.referrals, what.referral);
    if (!found) return;
    found->owner = what.owner;
    found->deadline = what.deadline;
    found->escalations = what.level;
}

inline void fold_one(case_state& into, const event& happened) { std::visit(case_fold{into, happened}, happened.what); }

inline void mark_last(std::vector<event_mark>& into, event_mark made) {
    const auto at = place_of_mark(into, made.trigger);
    const auto found = into.begin() + (at - into.cbegin());
    if (found != into.end() && found->trigger == made.trigger)
        *found = std::move(made);
    else
        into.insert(found, std::move(made));
}

/// Marks an event as the last one with its triggers, as it was first told: what a correction says of it later changes
/// what is known, not that it happened.
inline void mark(event_marks& into, const event& happened) {
    std::string trigger = type_of(happened.what);
    const std::string qualifier = qualifier_of(happened.what);
    if (!qualifier.empty()) mark_last(into.last, {trigger + ':' + qualifier, into.events, happened.effective_date});
    mark_last(into.last, {std::move(trigger), into.events, happened.effective_date});
}

inline void count_event(event_marks& into, const event& happened) {
    if (const auto* drafted = std::get_if<referral_drafted>(&happened.what); drafted != nullptr)
        into.drafts.insert_or_assign(drafted->referral, into.events);
    ++into.events;
    if (!into.latest || *into.latest < happened.effective_date) into.latest = happened.effective_date;
    into.rewritten = into.rewritten || rewrites_history(happened);
}

inline case_state fold_anew(case_state before) {
    const correction_index index = index_corrections(before.history);
    case_state made;
    for (const auto& each : before.history) {
        if (!index.is_in_error(*each)) {
            fold_one(made, index.corrected_form(*each));
            mark(made.marks, *each);
        }
        count_event(made.marks, *each);
    }
    made.case_version = before.case_version;
    made.client_version = before.client_version;
    made.history = std::move(before.history);
    return made;
}

POLKU_DECL void take_event(case_state& into, const event& happened) {
    auto kept = std::make_shared<event>(happened);
    std::uint64_t& version = happened.stream == stream_kind::client ? into.client_version : into.case_version;
    version = happened.version != 0 ? happened.version : version + 1;
    kept->version = version;
    const bool is_whole = into.has_whole_history();
    into.history.push_back(kept);
    if (rewrites_history(happened) && is_whole) {
        into = fold_anew(std::move(into));
        return;
    }
    fold_one(into, *kept);
    mark(into.marks, *kept);
    count_event(into.marks, *kept);
}

}  // namespace detail

POLKU_DECL case_state evolve(case_state before, const event& happened) {
    detail::take_event(before, happened);
    return before;
}

POLKU_DECL case_state evolve(case_state before, const std::vector<event>& happened) {
    for (const event& each : happened) detail::take_event(before, each);
    return before;
}

POLKU_DECL const responsibility* responsible_now(const case_state& of) noexcept {
    return of.responsible.empty() || of.responsible.back().until ? nullptr : &of.responsible.back();
}

POLKU_DECL bool has_consent(const case_state& of, std::string_view consent, time::date on) noexcept {
    return std::any_of(of.consents.begin(), of.consents.end(),
                       [&](const auto& each) { return each.consent_ == consent && in_force(each, on); });
}

POLKU_DECL bool is_non_disclosed(const case_state& of, time::date on) noexcept {
    return std::any_of(of.non_disclosures.begin(), of.non_disclosures.end(),
                       [&](const non_disclosure& each) { return in_force(each, on); });
}

POLKU_DECL const referral* find_referral(const case_state& of, std::string_view id) noexcept {
    return detail::find_by_id(of.referrals, id);
}

POLKU_DECL std::vector<std::string> missing_facts(const case_state& of, const std::vector<std::string>& wanted,
                                                  time::date on) {
    std::vector<std::string> missing;
    for (const std::string& each : wanted) {
        const auto found = of.facts.find(each);
        if (found == of.facts.end() || !is_known(found->second, on)) missing.push_back(each);
    }
    return missing;
}

POLKU_DECL std::vector<feel::value> fact_values(const definition& says, const case_state& of, time::date on) {
    std::vector<feel::value> values;
    values.reserve(says.facts.size());
    // Both are in the order of the names.
    auto found = of.facts.begin();
    for (const auto& entry : says.facts) {
        while (found != of.facts.end() && found->first < entry.first) ++found;
        const bool is_told = found != of.facts.end() && found->first == entry.first;
        const bool known = is_told && is_known(found->second, on);
        values.push_back(known ? found->second.value : feel::value(feel::null_reason::unknown_input));
    }
    return values;
}

}  // namespace polku::inline POLKU_V::path

#endif
