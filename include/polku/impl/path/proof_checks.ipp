// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_CHECKS_IPP
#define POLKU_IMPL_PATH_PROOF_CHECKS_IPP

#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/path/detail/action_rules.hpp>
#include <polku/path/proof.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// The way to the first reached state in a stage; empty where none is.
inline std::vector<story_leg> way_to_stage(const proof_reach& reach, std::size_t stage) {
    for (std::size_t i = 0; i < reach.states.size(); ++i)
        if (reach.states[i].stage == stage) return way_to(reach, i);
    return {};
}

/// Owners, deadlines and escalations.
class ownership_check {
public:
    ownership_check(const proof_model& of, const proof_reach& reach, property_result& into)
        : of_(of), reach_(reach), into_(into) {}

    void run() {
        const definition& says = of_.says();
        for (std::size_t i = 0; i < says.stages.size(); ++i) {
            const stage_definition& each = says.stages[i];
            const std::string at = pointer_to("/stages", i);
            ++into_.cases;
            role(at + "/owner", each.id, each.owner);
            period(at + "/max", each.id, each.max);
            chain(at + "/on_timeout", each.id, each.on_timeout);
        }
        for (std::size_t i = 0; i < says.obligations.size(); ++i) duty(pointer_to("/obligations", i), i);
        for (const auto& [id, each] : says.services) service(pointer_to("/services", id), id, each);
        for (const auto& [id, each] : says.meetings) {
            ++into_.cases;
            const std::string at = pointer_to("/meetings", id);
            if (each.owner) role(at + "/owner", id, *each.owner);
            period(at + "/hold_within", id, each.hold_within.value_or("P7D"));
            if (!each.escalate.empty()) chain(at + "/escalate", id, each.escalate);
        }
        for (std::size_t i = 0; i < says.exits.size(); ++i)
            if (says.exits[i].follow_up_owner)
                role(pointer_to("/exits", i) + "/follow_up_owner", says.exits[i].id, *says.exits[i].follow_up_owner);
    }

private:
    void add(proof_issue issue, const std::string& at, const std::string& subject, const std::string& detail,
             const std::string& message, std::vector<story_leg> way = {}) {
        proof_finding found = finding_of(path_property::ownership, issue, at, subject, detail, message);
        replay_story(of_, {std::move(way), {}}, found);
        add_finding(into_, std::move(found), of_.with);
    }
    void role(const std::string& at, const std::string& subject, const std::string& of) {
        if (of_.says().roles.count(of) == 0)
            add(proof_issue::unknown_role, at, subject, of,
                "'" + subject + "' names no role of the path: '" + of + "'");
    }
    void period(const std::string& at, const std::string& subject, const std::string& of) {
        if (!parse_period(of))
            add(proof_issue::no_deadline, at, subject, of, "'" + subject + "' has no finite deadline: '" + of + "'");
    }
    bool is_human(const std::string& of) const {
        const auto found = of_.says().roles.find(of);
        return found != of_.says().roles.end() && found->second.human.value_or(true);
    }
    void chain(const std::string& at, const std::string& subject, const std::vector<std::string>& of,
               std::vector<story_leg> way = {}) {
        for (const std::string& each : of) role(at, subject, each);
        if (!of.empty() && is_human(of.back())) return;
        const std::string last = of.empty() ? std::string() : of.back();
        add(proof_issue::escalation_not_human, at, subject, last,
            "the escalation of '" + subject + "' ends at " +
                (of.empty() ? std::string("nobody") : "'" + last + "', which is no person"),
            std::move(way));
    }

    void service(const std::string& at, const std::string& id, const referral_service_definition& each) {
        role(at + "/receiver", id, each.receiver);
        for (unsigned i = 0; i < referral_state_count; ++i) {
            const auto state = static_cast<referral_state>(i);
            if (!is_open(state)) continue;
            ++into_.cases;
            const auto own = each.states.find(std::string(name_of(state)));
            if (own == each.states.end()) continue;  // the usual limits, which call the stage's own chain
            const std::string below = pointer_to(at + "/states", own->first);
            const std::string subject = id + ": " + own->first;
            period(below + "/within", subject, own->second.within);
            if (own->second.then == "escalate") {
                if (!own->second.to.empty()) chain(below + "/to", subject, own->second.to, way_to_drafts(id));
                continue;
            }
            const auto move = referral_move_named(own->second.then);
            const auto to = move ? try_move(state, *move) : result<referral_state>(state);
            if (!move || !to || is_open(*to))
                add(proof_issue::no_deadline, below + "/then", subject, own->second.then,
                    "'" + subject + "' is not brought to an end when its time runs out");
        }
    }
    /// To the nearest stage in which a referral to the service may be drafted.
    std::vector<story_leg> way_to_drafts(const std::string& service) const {
        draft_referral draft;
        draft.service = service;
        for (std::size_t i = 0; i < reach_.states.size(); ++i)
            for (const std::string& id : of_.says().stages[reach_.states[i].stage].actions) {
                const auto action = of_.says().actions.find(id);
                const bool named = action != of_.says().actions.end() && is_use_of(action->second, draft);
                if (named || id == draft_referral::type) return way_to(reach_, i);
            }
        return {};
    }

    void duty(const std::string& at, std::size_t index) {
        const obligation_definition& says = of_.says().obligations[index];
        ++into_.cases;
        role(at + "/owner", says.id, says.owner);
        chain(at + "/escalate", says.id, says.escalate);
        if (is_surely_date(says.due)) return;
        const bool fails = gives_no_date(index);
        // Where unknown facts do not take the date away, known ones may: a case that goes by chance may meet them.
        proof_finding none =
            finding_of(path_property::ownership, proof_issue::due_no_date, at + "/due", says.id, says.due,
                       "the due date of duty '" + says.id + "' gives no date " +
                           (fails ? "while facts are unknown: " : "for some facts: ") + says.due);
        replay_story(of_, {way_to_trigger(says.on), {}, ways_to_all(reach_)}, none);
        if (none.says == proof_verdict::refuted || fails) {
            add_finding(into_, std::move(none), of_.with);
            return;
        }
        proof_finding found = finding_of(
            path_property::ownership, proof_issue::due_opaque, at + "/due", says.id, says.due,
            "whether the due date of duty '" + says.id + "' is always a date could not be seen: " + says.due);
        found.says = proof_verdict::unknown;
        add_finding(into_, std::move(found), of_.with);
    }
    bool gives_no_date(std::size_t index) const {
        const compiled_path& data = of_.path.data();
        for (const time::date day : law_days_of(of_)) {
            feel::evaluation_context with(time::date_time{day, {}});
            std::vector<feel::value> slots(data.scope.size());
            slots.back() = feel::value(day);
            const feel::value due = data.obligations[index].due.evaluate(with, slots);
            if (!due.is(feel::kind::date) && !due.is(feel::kind::date_time)) return true;
        }
        return false;
    }
    std::vector<story_leg> way_to_trigger(const std::string& on) const {
        const std::size_t colon = on.find(':');
        const std::string type = on.substr(0, colon);
        if (type == "case_opened" && !reach_.states.empty()) return way_to(reach_, 0);
        if (type != "stage_entered") return {};
        if (colon == std::string::npos) return way_to(reach_, 0);
        const auto place = of_.place_of(on.substr(colon + 1));
        return place ? way_to_stage(reach_, *place) : std::vector<story_leg>();
    }

    /// The `else` of a choice whose first branch begins at `from`; each choice within has its own.
    static std::size_t else_of(std::string_view text, std::size_t from) {
        std::size_t open = 1;
        for (std::size_t at = from; at < text.size(); ++at) {
            if (text.substr(at, 4) == " if ") ++open;
            if (text.substr(at, 6) == " else " && --open == 0) return at;
        }
        return std::string_view::npos;
    }
    /// Texts whose value is a date whatever is known: see docs/proofs.md. Anything else is not for certain.
    static bool is_surely_date(std::string_view text) {
        const auto trimmed = [](std::string_view of) {
            while (!of.empty() && of.front() == ' ') of.remove_prefix(1);
            while (!of.empty() && of.back() == ' ') of.remove_suffix(1);
            return of;
        };
        text = trimmed(text);
        if (text.substr(0, 3) == "if ") {
            const std::size_t then = text.find(" then ");
            const std::size_t other = then == std::string_view::npos ? then : else_of(text, then + 5);
            if (other == std::string_view::npos) return false;
            return is_surely_date(text.substr(then + 6, other - then - 6)) && is_surely_date(text.substr(other + 6));
        }
        const std::size_t plus = text.rfind(" + duration(\"");
        if (plus != std::string_view::npos && text.back() == ')') {
            const std::string_view period = text.substr(plus + 13, text.size() - plus - 13);
            const bool closed = period.size() > 2 && period.substr(period.size() - 2) == "\")";
            return closed && parse_period(period.substr(0, period.size() - 2)) && is_surely_date(text.substr(0, plus));
        }
        if (text == "event date" || text == "today") return true;
        const bool literal = text.size() == 18 && text.substr(0, 6) == "date(\"" && text.substr(16) == "\")";
        return literal && time::parse_date(text.substr(6, 10)).has_value();
    }

    const proof_model& of_;
    const proof_reach& reach_;
    property_result& into_;
};

POLKU_DECL void prove_ownership(const proof_model& of, const proof_reach& reach, property_result& into) {
    ownership_check(of, reach, into).run();
}

POLKU_DECL void prove_follow_up(const proof_model& of, const proof_reach& reach, property_result& into) {
    for (const auto& [id, each] : of.says().placements) {
        ++into.cases;
        const bool watched = std::any_of(each.follow_up.begin(), each.follow_up.end(),
                                         [](const std::string& period) { return parse_period(period).has_value(); });
        if (watched) continue;
        proof_finding found =
            finding_of(path_property::follow_up, proof_issue::placement_unwatched, pointer_to("/placements", id), id,
                       {}, "a placement of the kind '" + id + "' has no follow-up");
        start_placement start;
        start.kind = id;
        story_goal goal;
        for (std::size_t i = 0; i < reach.states.size() && goal.way.empty(); ++i)
            for (const std::string& action : of.says().stages[reach.states[i].stage].actions) {
                const auto named = of.says().actions.find(action);
                const bool is_it = named != of.says().actions.end() && is_use_of(named->second, start);
                if (is_it || action == start_placement::type) goal.way = way_to(reach, i);
            }
        replay_story(of, goal, found);
        add_finding(into, std::move(found), of.with);
    }
}

/// Which facts can be told in a stage, where its own actions gate the telling.
class fact_check {
public:
    fact_check(const proof_model& of, const proof_reach& reach, property_result& into)
        : of_(of), reach_(reach), into_(into) {}

    void run() {
        for (std::size_t i = 0; i < of_.stage_count(); ++i) {
            stage_ = &of_.says().stages[i];
            const auto way = way_to_stage(reach_, i);
            if (way.empty()) continue;  // nobody ever waits there
            std::set<std::string> wanted(stage_->requires_.begin(), stage_->requires_.end());
            for (const std::string& id : stage_->actions) add_wanted(id, wanted);
            for (const auto& [id, each] : of_.says().services)
                wanted.insert(each.requires_.begin(), each.requires_.end());
            for (const std::string& fact : wanted) one(i, fact, way);
        }
    }

private:
    enum class sight : std::uint8_t { yes, no, unknown };

    void add_wanted(const std::string& id, std::set<std::string>& into) const {
        const auto action = of_.says().actions.find(id);
        if (action == of_.says().actions.end()) return;
        into.insert(action->second.requires_.begin(), action->second.requires_.end());
        for (const auto& [kind, each] : of_.says().assessments) {
            start_assessment start;
            start.kind = kind;
            if (is_use_of(action->second, start)) into.insert(each.requires_.begin(), each.requires_.end());
        }
    }

    void one(std::size_t stage, const std::string& fact, const std::vector<story_leg>& way) {
        ++into_.cases;
        event_.clear();
        std::set<std::string> open;
        const sight can = can_tell(fact, open);
        if (can == sight::yes) return;
        const std::string at = pointer_to("/stages", stage);
        const bool no = can == sight::no;
        proof_finding found =
            finding_of(path_property::facts, no ? proof_issue::fact_unobtainable : proof_issue::fact_gate_opaque, at,
                       stage_->id, fact,
                       no ? "stage '" + stage_->id + "' waits for '" + fact + "', which cannot be told there"
                          : "whether '" + fact + "' can be told in stage '" + stage_->id + "' rests on the event '" +
                                event_ + "', which could not be seen through");
        if (!event_.empty()) found.where["event"] = event_;
        if (no) replay_story(of_, {way, {}}, found);
        add_finding(into_, std::move(found), of_.with);
    }

    sight can_tell(const std::string& fact, std::set<std::string>& open) {
        record_fact told;
        told.fact = fact;
        return can_do(told, "fact_recorded:" + fact, open, false);
    }

    /// Whether a command can be given in the stage: freely, or by an action whose gate can be opened.
    sight can_do(const command_body& what, const std::string& goal, std::set<std::string>& open, bool needs_listing) {
        if (!open.insert(goal).second) return sight::no;  // it waits for itself
        sight best = sight::no;
        bool spoken_of = false;
        bool listed = false;
        for (const std::string& id : stage_->actions) {
            const auto action = of_.says().actions.find(id);
            if (action == of_.says().actions.end()) {
                listed = listed || id == type_of(what);
                continue;
            }
            if (!is_use_of(action->second, what)) continue;
            spoken_of = true;
            const sight gate = can_open(action->second, open);
            if (gate == sight::yes || best == sight::no) best = gate;
        }
        open.erase(goal);
        if (spoken_of) return best;
        return listed || !needs_listing ? sight::yes : sight::no;
    }

    sight can_open(const action_definition& of, std::set<std::string>& open) {
        sight all = sight::yes;
        const auto also = [&](sight one) {
            if (one == sight::no || all == sight::no)
                all = sight::no;
            else if (one == sight::unknown)
                all = sight::unknown;
        };
        for (const std::string& fact : of.requires_) also(can_tell(fact, open));
        if (of.consent) {
            give_consent given;
            given.consent = *of.consent;
            also(can_do(given, "consent_given:" + *of.consent, open, false));
        }
        for (const std::string& trigger : of.after) also(can_happen(trigger, open));
        return all;
    }

    /// Events that the stage's own actions bring about. Whether one that they cannot has happened before is the story's
    /// to find out: it comes to the stage and asks.
    sight can_happen(const std::string& trigger, std::set<std::string>& open) {
        const std::size_t colon = trigger.find(':');
        const std::string type = trigger.substr(0, colon);
        const std::string about = colon == std::string::npos ? std::string() : trigger.substr(colon + 1);
        sight can = sight::unknown;
        if (type == "meeting_held" && !about.empty()) {
            hold_meeting held;
            held.kind = about;
            can = can_do(held, trigger, open, true);
        } else if ((type == "assessment_started" || type == "assessment_completed") && !about.empty()) {
            start_assessment start;
            start.kind = about;
            can = can_do(start, "assessment_started:" + about, open, true);
            for (const std::string& fact : of_.says().assessments.at(about).requires_)
                if (can == sight::yes) can = can_tell(fact, open);
        } else if (type == "fact_recorded" && !about.empty()) {
            can = can_tell(about, open);
        }
        if (can != sight::yes) event_ = trigger;
        return can;
    }

    const proof_model& of_;
    const proof_reach& reach_;
    property_result& into_;
    const stage_definition* stage_ = nullptr;
    std::string event_;
};

POLKU_DECL void prove_facts(const proof_model& of, const proof_reach& reach, property_result& into) {
    fact_check(of, reach, into).run();
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
