// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_STORY_IPP
#define POLKU_IMPL_PATH_PROOF_STORY_IPP

#include <polku/impl/path/detail/duty_stories.hpp>
#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/impl/path/detail/story_by_chance.hpp>
#include <polku/impl/path/detail/story_teller.hpp>
#include <polku/path/proof.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

POLKU_DECL std::vector<story_leg> way_to(const proof_reach& reach, std::size_t state) {
    std::vector<story_leg> way;
    for (std::size_t at = state;; at = reach.steps[at].from) {
        way.push_back({reach.steps[at].is, reach.states[at].stage});
        if (reach.steps[at].is == proof_step::form::entry) break;
    }
    std::reverse(way.begin(), way.end());
    return way;
}

POLKU_DECL std::vector<std::vector<story_leg>> ways_to_all(const proof_reach& reach) {
    std::set<std::pair<std::size_t, std::uint8_t>> seen;
    std::vector<std::vector<story_leg>> made;
    for (std::size_t i = 0; i < reach.states.size(); ++i) {
        const proof_state& at = reach.states[i];
        if (seen.emplace(at.stage, at.visits[at.stage]).second) made.push_back(way_to(reach, i));
    }
    return made;
}

/// Asks the last question of a story: true when the failure is there to see. One function for each kind of failure.
class story_question {
public:
    story_question(const proof_model& of, const story_goal& goal, story_teller& teller, proof_finding& finding)
        : of_(of), goal_(goal), teller_(teller), finding_(finding) {}

    bool ask() {
        switch (finding_.issue) {
            case proof_issue::gap:
            case proof_issue::overlap: return refused_with(error_code::routing_undecided);
            case proof_issue::answers_nowhere: return refused_with(error_code::routing_output);
            case proof_issue::exit_closed: return refused_with(error_code::exit_not_allowed);
            case proof_issue::visit_refused: return refused_with(error_code::visit_limit);
            case proof_issue::no_routing: return no_routing();
            case proof_issue::no_way_out: return say("routing leads from here to " + finding_.detail + " alone");
            case proof_issue::loop_uncapped: return went_round();
            case proof_issue::placement_unwatched: return placement();
            case proof_issue::fact_unobtainable: return fact();
            case proof_issue::escalation_not_human: return referral();
            default: return false;
        }
    }

private:
    bool say(std::string what) {
        finding_.shown = std::move(what);
        return true;
    }
    bool refused_with(error_code wanted) {
        return teller_.route(goal_.regions, true, [&](const story_teller& tried) {
            return tried.refusal() && tried.refusal()->code() == wanted;
        }) && say(teller_.refusal()->message());
    }
    bool no_routing() {
        const bool went = teller_.carry_out(route{}, true);
        return !went && teller_.refusal()->code() == error_code::path_routing && say(teller_.refusal()->message());
    }
    bool went_round() {
        const auto visits = teller_.now().visits.find(finding_.subject);
        if (visits == teller_.now().visits.end() || visits->second < 2) return false;
        return say("the client is in stage '" + finding_.subject + "' for the " + std::to_string(visits->second) +
                   ". time, and routing may lead there again for ever");
    }
    bool placement() {
        if (!teller_.begin_placement(finding_.subject) || teller_.now().placements.empty()) return false;
        const std::string id = teller_.now().placements.back().id;
        const auto& points = teller_.now().check_points;
        if (std::any_of(points.begin(), points.end(), [&](const check_point& each) { return each.about == id; }))
            return false;
        return say("placement '" + id + "' has started, and nobody will look at it again");
    }
    /// What was told in an earlier stage may end or be withdrawn, and then must be told here. So may what the telling
    /// waits for.
    bool fact() {
        if (!teller_.forget(finding_.detail)) return false;
        if (story_teller(teller_).tell(finding_.detail, teller_.any_value(finding_.detail))) {
            std::set<std::string> waited;
            add_waited_for(finding_.detail, waited);
            for (const std::string& each : waited)
                if (!teller_.forget(each)) return false;
        }
        if (teller_.tell(finding_.detail, teller_.any_value(finding_.detail))) return false;
        const auto& sources = of_.says().facts.at(finding_.detail).sources;
        (void)teller_.carry_out(record_fact{finding_.detail,
                                            teller_.any_value(finding_.detail),
                                            sources.empty() ? "client" : sources.front(),
                                            {},
                                            {}},
                                true);
        return say(teller_.refusal()->message());
    }

    /// The facts that the stage's gates ask for before a fact is told, and those before them.
    void add_waited_for(const std::string& fact, std::set<std::string>& into) const {
        record_fact told;
        told.fact = fact;
        for (const std::string& id : of_.says().stages[goal_.way.back().stage].actions) {
            const auto action = of_.says().actions.find(id);
            if (action == of_.says().actions.end() || !is_use_of(action->second, told)) continue;
            for (const std::string& each : action->second.requires_)
                if (into.insert(each).second) add_waited_for(each, into);
        }
    }

    /// Moves a referral into the state whose escalation is wrong, and lets its time run out.
    bool referral() {
        const std::size_t cut = finding_.subject.find(": ");
        const auto state = referral_state_named(std::string_view(finding_.subject).substr(cut + 2));
        const auto service = of_.says().services.find(finding_.subject.substr(0, cut));
        if (cut == std::string::npos || !state || service == of_.says().services.end()) return false;
        if (service->second.valid) teller_.set_day(service->second.valid->from);
        if (!teller_.begin_referral(service->first)) return false;
        const auto& when = service->second.when;
        if (!teller_.move_referral_to(*state) && !(when && move_for_whom(*state, *when))) return false;
        for (int call = 0; call < 16; ++call) {
            const path::referral& now = teller_.now().referrals.back();
            if (!is_open(now.state)) break;
            const std::int64_t before = now.escalations;
            const time::date after = now.deadline->plus_days(1).value_or(*now.deadline);
            teller_.set_day(after);
            if (!teller_.carry_out(tick{})) return false;
            const path::referral& then = teller_.now().referrals.back();
            if (then.escalations == before) break;
        }
        const path::referral& last = teller_.now().referrals.back();
        return !is_open(last.state) && say("after '" + finding_.detail + "' nobody is called, and the referral is '" +
                                           std::string(name_of(last.state)) + "'");
    }
    /// The service is not for everybody: one fact after another that it asks for gets the values that may matter.
    bool move_for_whom(referral_state wanted, const std::string& when) {
        for (const auto& [fact, says] : of_.says().facts) {
            if (when.find(fact) == std::string::npos) continue;
            for (const feel::value& value : values_near(says, when))
                if (teller_.tell(fact, value) && teller_.move_referral_to(wanted)) return true;
        }
        return false;
    }
    const proof_model& of_;
    const story_goal& goal_;
    story_teller& teller_;
    proof_finding& finding_;
};

/// The event that opens a duty refuses its own command, so the last leg must fail.
inline bool replay_due(const proof_model& of, const story_goal& goal, story_teller& teller, proof_finding& finding) {
    std::vector<story_leg> before = goal.way;
    before.pop_back();
    if (!teller.go(before)) return false;
    const story_leg& last = goal.way.back();
    const auto fails = [](const story_teller& tried) {
        return tried.refusal() && tried.refusal()->code() == error_code::path_expression;
    };
    if (last.how == proof_step::form::routed) {
        const auto here = of.place_of(teller.now().stage->stage);
        const auto& answers = of.stages[*here].on(static_cast<std::size_t>(teller.now().stage->visit)).answers;
        const auto found = answers.find(last.stage);
        if (found == answers.end() || !teller.route(found->second, true, fails)) return false;
    } else if (teller.go(last) || !fails(teller)) {
        return false;
    } else {
        teller.tell_refused();
    }
    finding.shown = teller.refusal()->message();
    finding.story = teller.told();
    return true;
}

/// The same, with a fact that the due date speaks of told before all else.
inline bool replay_due_knowing(const proof_model& of, const story_goal& goal, proof_finding& finding) {
    for (const auto& [fact, says] : of.says().facts) {
        if (finding.detail.find(fact) == std::string::npos) continue;
        auto values = values_near(says, finding.detail);
        if (values.empty()) values.push_back(story_teller(of).any_value(fact));
        for (const feel::value& value : values) {
            story_teller teller(of);
            if (teller.tell(fact, value, 0) && replay_due(of, goal, teller, finding)) return true;
        }
    }
    return false;
}

/// A duty that other events open: the event is brought about in each stage in turn.
inline bool plan_due(const proof_model& of, const story_goal& goal, proof_finding& finding) {
    const obligation_definition* duty = of.path.find_obligation(finding.subject);
    if (duty == nullptr) return false;
    story_teller begun(of);
    begun.look_for_no_due(duty->id);
    const duty_stories planned(of, duty->on, duty->due + " " + duty->guard.value_or(""));
    return planned.run(begun, goal.ways, [&](const story_teller& told) {
        if (!told.has_met()) return false;
        finding.shown = told.refusal()->message();
        finding.story = told.told();
        return true;
    });
}

/// A duty that no plan led to: a case that meets it by chance.
inline bool meet_due(const proof_model& of, proof_finding& finding) {
    const auto is_it = [&](const error& refusal) { return is_for_no_due(refusal, finding.subject); };
    const auto meets = [&](std::vector<record_fact> told) {
        story_by_chance by_chance(of.path, is_it, std::move(told));
        if (!by_chance.run()) return false;
        finding.shown = by_chance.shown().message();
        finding.story = by_chance.told();
        return true;
    };
    if (meets({})) return true;
    for (const obligation_definition& duty : of.says().obligations) {
        if (duty.id != finding.subject) continue;
        const std::string names = duty.on + " " + duty.due + " " + duty.guard.value_or("");
        for (const auto& [fact, says] : of.says().facts) {
            if (names.find(fact) == std::string::npos) continue;
            auto values = values_near(says, names);
            if (values.empty()) values.push_back(story_teller(of).any_value(fact));
            for (const feel::value& value : values)
                if (meets({{fact, value, says.sources.empty() ? "client" : says.sources.front(), {}, {}}})) return true;
        }
    }
    return false;
}

/// The stages that a story leads through: its commands decided once more.
inline std::vector<std::string> stages_of(const service_path& path, const std::vector<command>& story) {
    std::vector<std::string> through;
    std::int64_t visit = 0;
    case_state now;
    for (const command& each : story) {
        context with;
        with.today = each.on.value_or(with.today);
        with.actor = "worker-1";
        with.purpose = "service";
        auto events = decide(path, now, each, with);
        if (!events) break;
        now = evolve(std::move(now), events.value());
        if (!now.stage || (!through.empty() && through.back() == now.stage->stage && visit == now.stage->visit))
            continue;
        visit = now.stage->visit;
        through.push_back(now.stage->stage);
    }
    return through;
}

inline bool tell_story(const story_goal& goal, const proof_model& of, story_teller& teller, proof_finding& finding) {
    if (goal.way.empty() || !teller.go(goal.way) || !story_question(of, goal, teller, finding).ask()) return false;
    finding.story = teller.told();
    return true;
}

/// Other ways to the same end: with more placements on the way, or with facts told before a gate stands before them.
inline bool tell_otherwise(const story_goal& goal, const proof_model& of, proof_finding& finding) {
    const auto spares = goal.way.empty() ? std::vector<story_teller::spare_placement>()
                                         : story_teller::spares_in(of.stages[goal.way.back().stage], goal.regions);
    for (const story_teller::spare_placement& each : spares) {
        story_teller teller(of);
        teller.have_spare(each);
        if (tell_story(goal, of, teller, finding)) return true;
    }
    if (finding.issue != proof_issue::fact_unobtainable) return false;
    story_teller teller(of);
    teller.have_told_early();
    return tell_story(goal, of, teller, finding);
}

POLKU_DECL void replay_story(const proof_model& of, const story_goal& goal, proof_finding& finding) {
    story_teller teller(of);
    bool shown = false;
    if (finding.issue == proof_issue::due_no_date) {
        shown =
            (!goal.way.empty() && (replay_due(of, goal, teller, finding) || replay_due_knowing(of, goal, finding))) ||
            plan_due(of, goal, finding) || meet_due(of, finding);
    } else {
        shown = tell_story(goal, of, teller, finding) || tell_otherwise(goal, of, finding);
    }
    if (shown) {
        finding.says = proof_verdict::refuted;
        finding.through = stages_of(of.path, finding.story);
        return;
    }
    finding.says = proof_verdict::unknown;
    finding.shown = "no story could be carried out: " +
                    (teller.refusal() ? teller.refusal()->message() : std::string("there is no way there"));
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
