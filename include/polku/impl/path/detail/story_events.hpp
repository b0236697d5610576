// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_STORY_EVENTS_HPP
#define POLKU_IMPL_PATH_DETAIL_STORY_EVENTS_HPP

// How a story brings events about. Included at the end of story_teller.hpp, whose class this completes.

#include <polku/impl/path/detail/story_teller.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

inline bool story_teller::bring_about(const std::string& trigger, int depth) {
    const std::size_t colon = trigger.find(':');
    const std::string type = trigger.substr(0, colon);
    const std::string about = colon == std::string::npos ? std::string() : trigger.substr(colon + 1);
    const auto is = [&](const auto& among) { return among.count(about) != 0; };
    if (type == "plan_agreed") return agree(depth);
    if (type == "plan_reviewed")
        return (now_.plan || agree(depth)) && attempt(review_plan{{}, {}, {}, "goes on"}, depth);
    if (type == "goal_set") return attempt(set_goal{new_id("goal"), "work that fits", feel::number(8)}, depth);
    if (type == "goal_scored")
        return (!now_.goals.empty() || bring_about("goal_set", depth)) &&
               attempt(score_goal{now_.goals.back().id, feel::number(5)}, depth);
    if (type == "meeting_held") return hold(about, depth);
    if (type == "assessment_started") return begin_assessment(about, depth).has_value();
    if (type == "assessment_completed") return end_assessment(about, depth);
    if (type == "fact_recorded") return is(of_.says().facts) && tell(about, any_value(about), depth);
    if (type == "consent_given") return is(of_.says().consents) && attempt(give_consent{about, {}, {}, {}}, depth);
    if (type == "coaching_started") return begin_coaching(about, depth);
    if (type == "coaching_completed") return end_coaching(about, depth);
    if (type == "placement_started") return is(of_.says().placements) && begin_placement(about, depth);
    if (type == "placement_ended")
        return is(of_.says().placements) && (is_running(about) || begin_placement(about, depth)) && end_placements();
    if (type == "instrument_recorded") return measure(about, depth);
    if (type == "feedback_recorded") return attempt(record_feedback{about, {}, {}, "went well", {}}, depth);
    if (type == "team_member_added") return attempt(add_team_member{in_role(about)}, depth);
    if (type == "responsible_assigned") return attempt(assign_responsible{in_role(about)}, depth);
    if (type == "referral_drafted") return is(of_.says().services) && begin_referral(about);
    const auto state = type.rfind("referral_", 0) == 0 ? referral_state_named(type.substr(9)) : std::nullopt;
    return state && is(of_.says().services) && refer(about, *state);
}

inline bool story_teller::hold(const std::string& about, int depth) {
    if (about.empty() && of_.says().meetings.empty()) return false;
    const std::string kind = about.empty() ? of_.says().meetings.begin()->first : about;
    hold_meeting made;
    made.meeting = new_id("meeting");
    made.kind = kind;
    made.client_present = true;
    made.agreed = "the next steps";
    for (const std::string& role : of_.says().meetings.at(kind).must_attend) {
        const party who = in_role(role);
        made.participants.push_back({who.person, who.role, who.organisation, {}});
    }
    return attempt(made, depth);
}

inline std::optional<std::string> story_teller::begin_assessment(const std::string& kind, int depth) {
    if (of_.says().assessments.count(kind) == 0) return std::nullopt;
    for (const assessment& each : now_.assessments)
        if (each.kind == kind && each.is_open()) return each.id;
    (void)tell_all(of_.says().assessments.at(kind).requires_);
    start_assessment made;
    made.assessment = new_id("assessment");
    made.kind = kind;
    made.organiser = "an organiser";
    if (!attempt(made, depth)) return std::nullopt;
    return made.assessment;
}

inline bool story_teller::end_assessment(const std::string& kind, int depth) {
    const auto id = begin_assessment(kind, depth);
    if (!id) return false;
    const auto& from = of_.says().assessments.at(kind).feedback_from;
    if (from && !attempt(record_feedback{*from, *id, {}, "went well", {}}, depth)) return false;
    return attempt(complete_assessment{*id, "done", {}, {}}, depth);
}

inline bool story_teller::begin_coaching(const std::string& package, int depth) {
    if (of_.says().packages.count(package) == 0) return false;
    start_coaching made;
    made.coaching = new_id("coaching");
    made.package = package;
    made.coach = in_role(now_.stage ? of_.path.find_stage(now_.stage->stage)->owner : std::string());
    return attempt(made, depth);
}

inline bool story_teller::end_coaching(const std::string& package, int depth) {
    const auto open = [&] {
        return std::find_if(now_.coachings.begin(), now_.coachings.end(),
                            [&](const coaching& each) { return each.is_open() && each.package == package; });
    };
    if (open() == now_.coachings.end() && !begin_coaching(package, depth)) return false;
    return attempt(complete_coaching{open()->id, "has found a way of working"}, depth);
}

inline bool story_teller::agree(int depth) {
    plan_step step;
    step.text = "work that fits";
    step.owner = "client";
    step.benefit_effect = "the benefit stays as it is";
    return attempt(agree_plan{"work that fits", {step}, {"worker-1"}, with_.today.plus_days(90)}, depth);
}

inline bool story_teller::measure(const std::string& instrument, int depth) {
    const auto known = of_.says().instruments.find(instrument);
    if (known == of_.says().instruments.end()) return false;
    record_instrument made;
    made.instrument = instrument;
    for (const std::string& scale : known->second.scales)
        made.scores[scale] = feel::number(known->second.minimum.value_or(0));
    const bool before = std::any_of(now_.instruments.begin(), now_.instruments.end(),
                                    [&](const instrument_result& each) { return each.instrument == instrument; });
    made.phase = before ? instrument_phase::end : instrument_phase::start;
    return attempt(made, depth);
}

inline bool story_teller::begin_referral(const std::string& id) {
    const referral_service_definition& service = of_.says().services.at(id);
    if (!now_.stage) return false;
    draft_referral draft;
    draft.referral = new_id("referral");
    draft.service = id;
    draft.sender = in_role(of_.path.find_stage(now_.stage->stage)->owner);
    draft.reason = "needs this service";
    if (!tell_all(service.requires_)) return false;
    if (service.consent) (void)attempt(give_consent{*service.consent, {}, {}, {}});
    return attempt(draft);
}

inline bool story_teller::move_referral_to(referral_state wanted) {
    std::vector<std::pair<referral_state, std::vector<referral_move>>> reached{{referral_state::draft, {}}};
    for (std::size_t at = 0; at < reached.size() && reached[at].first != wanted; ++at)
        for (const referral_transition& each : referral_transitions()) {
            const auto seen = [&](const auto& known) { return known.first == each.to; };
            if (each.from != reached[at].first || (!is_open(each.to) && each.to != wanted) ||
                std::any_of(reached.begin(), reached.end(), seen))
                continue;
            auto moves = reached[at].second;
            moves.push_back(each.move);
            reached.emplace_back(each.to, std::move(moves));
        }
    const auto found =
        std::find_if(reached.begin(), reached.end(), [&](const auto& each) { return each.first == wanted; });
    if (found == reached.end()) return false;
    return std::all_of(found->second.begin(), found->second.end(), [&](referral_move move) {
        move_referral one;
        one.referral = now_.referrals.back().id;
        one.move = move;
        one.reason = "as agreed";
        if (move == referral_move::complete) one.outcome = "done";
        if (move == referral_move::wait_list || move == referral_move::hold) one.until = with_.today.plus_days(1);
        return attempt(one);
    });
}

inline std::vector<story_teller::spare_placement> story_teller::spares_in(const stage_study& study,
                                                                          const std::vector<proof_point>& regions) {
    std::set<spare_placement> found;
    for (const proof_point& at : regions) {
        std::optional<std::string> kind;
        bool runs = true;
        for (std::size_t i = 0; i < at.size(); ++i)
            for (std::size_t j = 0; j < study.axes[i].names.size(); ++j) {
                const feel::value& value = study.axes[i].values[at[i]][j];
                if (study.axes[i].names[j] == "placement running") runs = value.is_true();
                if (study.axes[i].names[j] == "placement kind" && !value.is_null()) kind = value.as_string();
            }
        if (kind) found.insert({*kind, runs});
    }
    return {found.begin(), found.end()};
}

inline bool story_teller::refer(const std::string& service, referral_state until) {
    return begin_referral(service) && move_referral_to(until);
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
