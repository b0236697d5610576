// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_QUERIES_IPP
#define POLKU_IMPL_PATH_QUERIES_IPP

#include <polku/path/detail/action_rules.hpp>
#include <polku/path/queries.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path {

namespace detail {

inline available_action action_answer(const service_path& path, const case_state& of, const std::string& id,
                                      time::date on) {
    available_action made;
    made.id = id;
    const auto found = path.says().actions.find(id);
    if (found == path.says().actions.end()) {
        made.command = id;
        made.allowed = true;
        return made;
    }
    action_gate gate = gate_of(found->second, of, on);
    made.command = found->second.command;
    made.allowed = gate.is_open();
    made.role = found->second.role;
    made.missing_facts = std::move(gate.missing_facts);
    made.missing_consent = std::move(gate.missing_consent);
    made.missing_events = std::move(gate.missing_events);
    return made;
}

/// Gathers what waits, and sorts it by day.
class due_list {
public:
    due_list(std::optional<time::date> by, time::date today) : by_(by), today_(today) {}

    void add(due_item item) {
        if (by_ && *by_ < item.due) return;
        item.late = item.due < today_;
        items_.push_back(std::move(item));
    }
    std::vector<due_item> sorted() && {
        std::stable_sort(items_.begin(), items_.end(),
                         [](const due_item& left, const due_item& right) { return left.due < right.due; });
        return std::move(items_);
    }

private:
    std::optional<time::date> by_;
    time::date today_;
    std::vector<due_item> items_;
};

inline void add_due_services(const case_state& of, due_list& into) {
    const std::string owner = of.stage ? of.stage->owner : std::string();
    for (const assessment& each : of.assessments)
        if (each.is_open() && each.ends)
            into.add({due_kind::assessment, each.id, each.kind, owner, *each.ends, *each.ends, false, {}});
    if (of.plan && of.plan->review_by)
        into.add({due_kind::plan_review, "plan", "plan", owner, *of.plan->review_by, *of.plan->review_by, false, {}});
    for (const consent& each : of.consents)
        if (each.until && !each.withdrawn)
            into.add({due_kind::consent, each.consent_, each.consent_, owner, *each.until, *each.until, false, {}});
}

/// An agreed meeting waits on its day; after it, until the day by which somebody must have told what became of it.
inline void add_due_meetings(const case_state& of, time::date today, due_list& into) {
    for (const planned_meeting& each : of.planned_meetings)
        if (each.is_open())
            into.add({due_kind::meeting, each.id, each.kind, each.owner, today <= each.day ? each.day : each.hold_by,
                      each.day, false, each.escalated_to});
}

inline bool is_corrected(const case_state& of, const event& one) {
    const bool is_client = one.stream == stream_kind::client;
    return std::any_of(of.history.begin(), of.history.end(), [&](const auto& each) {
        const auto* right = std::get_if<corrected>(&each->what);
        return right && right->event.version == static_cast<std::int64_t>(one.version) &&
               (right->event.stream == "client") == is_client;
    });
}

}  // namespace detail

POLKU_DECL std::vector<available_action> available_actions(const service_path& path, const case_state& of,
                                                           time::date on) {
    std::vector<available_action> answers;
    const stage_definition* stage = of.stage && !of.is_closed() ? path.find_stage(of.stage->stage) : nullptr;
    if (!stage) return answers;
    for (const std::string& id : stage->actions) answers.push_back(detail::action_answer(path, of, id, on));
    if (stage->routing) {
        available_action routing;
        routing.id = "route";
        routing.command = "route";
        routing.role = stage->owner;
        routing.missing_facts = missing_facts(of, stage->requires_, on);
        routing.allowed = routing.missing_facts.empty();
        answers.push_back(std::move(routing));
    }
    return answers;
}

POLKU_DECL std::vector<due_item> due(const service_path&, const case_state& of, std::optional<time::date> by,
                                     time::date today) {
    detail::due_list all(by, today);
    for (const check_point& each : of.check_points)
        if (each.is_open())
            all.add({due_kind::follow_up, each.id, each.about, each.owner, each.on, each.on, false, {}});
    for (const referral& each : of.referrals)
        if (is_open(each.state) && each.deadline)
            all.add({due_kind::referral, each.id, each.service, each.owner, *each.deadline, *each.deadline, false, {}});
    for (const obligation& each : of.obligations)
        if (each.is_open())
            all.add({due_kind::obligation, each.id, each.obligation_, each.owner, each.due, each.nominal, false,
                     each.escalated_to});
    if (of.stage && !of.is_closed()) {
        const stage_stay& stay = *of.stage;
        all.add({due_kind::stage, stay.stage, stay.stage, stay.owner, stay.deadline, stay.deadline, false,
                 stay.escalated_to});
        detail::add_due_services(of, all);
        detail::add_due_meetings(of, today, all);
    }
    return std::move(all).sorted();
}

POLKU_DECL std::vector<timeline_entry> timeline(const case_state& of) {
    std::vector<timeline_entry> lines;
    lines.reserve(of.history.size());
    for (const auto& each : of.history) {
        timeline_entry line;
        line.event = {each->stream == stream_kind::client ? "client" : "case",
                      static_cast<std::int64_t>(each->version)};
        line.on = each->effective_date;
        line.type = type_of(each->what);
        line.about = qualifier_of(each->what);
        line.actor = each->actor;
        line.corrected = detail::is_corrected(of, *each);
        line.in_error = detail::was_entered_in_error(of, *each);
        line.erased = each->erased;
        lines.push_back(std::move(line));
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const timeline_entry& left, const timeline_entry& right) { return left.on < right.on; });
    return lines;
}

POLKU_DECL std::string answering_role(const case_state& of) {
    if (const responsibility* now = responsible_now(of)) return now->who.role;
    if (of.sender) return of.sender->role;
    return of.stage ? of.stage->owner : std::string();
}

}  // namespace polku::inline POLKU_V::path

#endif
