// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_CLIENT_IPP
#define POLKU_IMPL_PATH_EQUAL_CLIENT_IPP

#include <polku/impl/path/detail/story_teller.hpp>
#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/equal_treatment.hpp>
#include <polku/path/queries.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// What is seen of a case after a command, by the pointer (by ids) of what it comes from.
using case_sight = std::map<std::string, std::string>;

/// A case after one command of a story.
struct twin_step {
    std::optional<error> refused;
    std::string place;  ///< stage or exit
    case_state after;

    treatment_answer answer() const {
        if (refused) return {std::nullopt, refused->message()};
        std::string says;
        if (after.stage && !after.ending)
            says = "owner '" + after.stage->owner + "', until " + time::to_string(after.stage->deadline);
        return {place, std::move(says)};
    }
    bool is_like(const twin_step& other) const {
        if (refused.has_value() != other.refused.has_value()) return false;
        return refused ? refused->code() == other.refused->code() : place == other.place;
    }
};

/// Gives a story to a variant from the start.
class twin_player {
public:
    explicit twin_player(const treatment_side& side) : side_(side) {}

    twin_step play(const command& one) {
        context with;
        with.today = *one.on;
        with.actor = "worker-1";
        with.purpose = "service";
        twin_step made;
        auto events = decide(side_.of.path, now_, one, with);
        if (events)
            now_ = evolve(std::move(now_), events.value());
        else
            made.refused = std::move(events).error();
        if (now_.ending)
            made.place = now_.ending->exit;
        else if (now_.stage)
            made.place = now_.stage->stage;
        made.after = now_;
        return made;
    }

private:
    const treatment_side& side_;
    case_state now_;
};

/// The first command of a story that the variants answer differently, with both answers.
struct twin_parting {
    std::size_t at = 0;
    std::array<treatment_answer, 2> answers;
};
inline std::optional<twin_parting> parting_of(const treatment_work& of, const std::vector<command>& story) {
    twin_player left(*of.sides[0]);
    twin_player right(*of.sides[1]);
    for (std::size_t at = 0; at < story.size(); ++at) {
        const twin_step one = left.play(story[at]);
        const twin_step other = right.play(story[at]);
        if (!one.is_like(other)) return twin_parting{at, {one.answer(), other.answer()}};
    }
    return std::nullopt;
}

/// A municipality that both variants serve, so that the story can begin in both.
inline std::string common_municipality(const treatment_work& of) {
    const auto& left = of.sides[0]->says().municipalities;
    const auto& right = of.sides[1]->says().municipalities;
    if (left.empty()) return right.empty() ? std::string() : right.begin()->first;
    for (const auto& [code, name] : left)
        if (right.empty() || right.count(code) > 0) return code;
    return {};
}

inline void keep_story(treatment_difference& into, const std::vector<command>& story, twin_parting parting) {
    into.story.assign(story.begin(), story.begin() + static_cast<std::ptrdiff_t>(parting.at) + 1);
    into.answers = std::move(parting.answers);
}

/// The nearest state of a stage on a visit (the last that is counted stands for later ones).
inline std::optional<std::size_t> nearest_state(const proof_model& model, const proof_reach& reach, std::size_t stage,
                                                std::size_t visit) {
    const auto wanted = std::min<std::int64_t>(static_cast<std::int64_t>(visit), model.counted[stage]);
    for (std::size_t at = 0; at < reach.states.size(); ++at)
        if (reach.states[at].stage == stage && reach.states[at].visits[stage] == wanted) return at;
    return std::nullopt;
}

class routed_client {
public:
    routed_client(const treatment_work& of, const std::string& stage, const joint_study& joint,
                  treatment_difference& into)
        : of_(of), stage_(stage), joint_(joint), into_(into) {}

    bool find() {
        for (lead_ = 0; lead_ < 2; ++lead_)
            for (const auto& [visit, points] : joint_.differing)
                if (on_visit(visit, points)) return true;
        for (lead_ = 0; lead_ < 2; ++lead_)
            for (const auto& [visit, points] : joint_.differing)
                if (with_more_placements(visit, points)) return true;
        return false;
    }

private:
    /// A placement that cannot begin in the stage itself is begun as early on the way as it can.
    bool with_more_placements(std::size_t visit, const std::vector<proof_point>& points) {
        for (const auto& each : story_teller::spares_in(joint_.study, points)) {
            spare_ = each;
            const bool found = on_visit(visit, points);
            spare_.reset();
            if (found) return true;
        }
        return false;
    }

    bool on_visit(std::size_t visit, const std::vector<proof_point>& points) {
        treatment_side& side = *of_.sides[lead_];
        const proof_model& model = side.studied();
        const proof_reach& reach = side.reached();
        const auto place = model.place_of(stage_);
        const auto state = place ? nearest_state(model, reach, *place, visit) : std::nullopt;
        if (!state) return obstacle("routing leads nobody there");
        story_teller teller(model);
        teller.live_in(common_municipality(of_));
        if (spare_) teller.have_spare(*spare_);
        std::vector<story_leg> way = way_to(reach, *state);
        if (way.back().how != proof_step::form::routed) {
            if (!teller.go(way)) return no_way(teller);
            return in_stage(std::move(teller), visit, points);
        }
        way.pop_back();
        if (!teller.go(way)) return no_way(teller);
        teller.next_day();
        const auto here = model.place_of(teller.now().stage->stage);
        const auto& answers = model.stages[*here].on(static_cast<std::size_t>(teller.now().stage->visit)).answers;
        const auto regions = answers.find(*place);
        if (regions == answers.end()) return obstacle("routing leads nobody there");
        for (const proof_point& region : arrivals(model.stages[*here], regions->second)) {
            story_teller tried(teller);
            const auto came = [&](const story_teller& each) {
                return !each.refusal() && each.now().stage->stage == stage_;
            };
            if (!tried.route({region}, false, came))
                (void)no_way(tried);
            else if (in_stage(std::move(tried), visit, points))
                return true;
        }
        return false;
    }

    /// Ways in that leave the client with different placements: some are started before a stage alone.
    static std::vector<proof_point> arrivals(const stage_study& before, const std::vector<proof_point>& regions) {
        std::size_t placement = before.axes.size();
        for (std::size_t axis = 0; axis < before.axes.size(); ++axis)
            if (before.axes[axis].names.front().substr(0, 9) == "placement") placement = axis;
        if (placement == before.axes.size()) return {regions.front()};
        std::vector<proof_point> made;
        std::set<std::uint32_t> known;
        for (const proof_point& each : regions)
            if (known.insert(each[placement]).second) made.push_back(each);
        return made;
    }

    bool no_way(const story_teller& teller) {
        return obstacle(teller.refusal() ? teller.refusal()->message() : std::string("there is no way there"));
    }

    bool in_stage(story_teller teller, std::size_t visit, const std::vector<proof_point>& points) {
        if (teller.now().stage->stage != stage_ || static_cast<std::size_t>(teller.now().stage->visit) != visit)
            return obstacle("the client cannot be brought to visit " + std::to_string(visit));
        teller.next_day();
        return std::any_of(points.begin(), points.end(),
                           [&](const proof_point& each) { return at_point(teller, each); });
    }

    bool at_point(const story_teller& there, const proof_point& point) {
        for (std::size_t axis = 0; axis < point.size(); ++axis)
            if (!joint_.arises[lead_][axis][point[axis]]) return false;
        story_teller tried(there);
        if (!tried.prepare(joint_.study, point)) return no_way(tried);
        (void)tried.carry_out(route{}, true);
        auto parting = parting_of(of_, tried.told());
        if (!parting) return obstacle("both variants answered the client alike");
        if (parting->at < there.told().size()) return obstacle("the variants part before the client comes there");
        keep_story(into_, tried.told(), std::move(*parting));
        into_.where = region_text(joint_.study, point);
        if (joint_.visits > 1) into_.where["times in stage"] = std::to_string(there.now().stage->visit);
        into_.detail.clear();
        return true;
    }

    bool obstacle(std::string why) {
        if (into_.detail.empty()) into_.detail = std::move(why);
        return false;
    }

    const treatment_work& of_;
    const std::string& stage_;
    const joint_study& joint_;
    treatment_difference& into_;
    std::size_t lead_ = 0;
    std::optional<story_teller::spare_placement> spare_;
};

POLKU_DECL bool find_routed_client(const treatment_work& of, const std::string& stage, const joint_study& joint,
                                   treatment_difference& into) {
    return routed_client(of, stage, joint, into).find();
}

POLKU_DECL bool find_waiting_client(const treatment_work& of, const std::string& stage, const std::string& fact,
                                    treatment_difference& into) {
    for (std::size_t lead = 0; lead < 2; ++lead) {
        treatment_side& side = *of.sides[lead];
        const proof_model& model = side.studied();
        const auto place = model.place_of(stage);
        const auto state = place ? nearest_state(model, side.reached(), *place, 1) : std::nullopt;
        const auto& valid_for = side.says().facts.at(fact).valid_for;
        const auto period = valid_for ? parse_period(*valid_for) : std::nullopt;
        if (!state || !period) continue;
        story_teller teller(model);
        teller.live_in(common_municipality(of));
        const auto& wanted = of.sides[lead]->of.path.find_stage(stage)->requires_;
        if (!teller.go(way_to(side.reached(), *state)) || !teller.tell_all(wanted)) continue;
        const auto last = time::nominal_deadline(teller.today(), *period);
        if (!last) continue;
        teller.set_day(last->plus_days(1).value_or(*last));
        for (const std::string& each : missing_facts(teller.now(), wanted, teller.today()))
            if (each != fact) (void)teller.tell(each, teller.any_value(each));
        (void)teller.carry_out(route{}, true);
        auto parting = parting_of(of, teller.told());
        if (!parting || parting->at + 1 != teller.told().size()) continue;
        keep_story(into, teller.told(), std::move(*parting));
        return true;
    }
    return false;
}

inline std::string joined(const std::vector<std::string>& of) {
    std::string made;
    for (const std::string& each : of) made += (made.empty() ? "" : ", ") + each;
    return made;
}

inline case_sight sight_of(const treatment_side& side, const case_state& of, time::date today) {
    case_sight made;
    if (of.ending) {
        const std::string at = pointer_to("/exits", of.ending->exit);
        made[at + "/outcome"] = std::to_string(static_cast<int>(of.ending->outcome));
        for (const check_point& each : of.check_points) {
            made[at + "/follow_up"] += time::to_string(each.on) + " ";
            made[at + "/follow_up_owner"] += each.owner + " ";
        }
        return made;
    }
    if (!of.stage) return made;
    const std::string stage = pointer_to("/stages", of.stage->stage);
    made[pointer_to("/entries", of.entry) + "/self_referral"] = of.self_referral ? "true" : "false";
    made[stage + "/owner"] = of.stage->owner;
    made[stage + "/max"] = time::to_string(of.stage->deadline);
    for (const available_action& each : available_actions(side.of.path, of, today)) {
        if (each.id == "route") {
            made[stage + "/requires"] = joined(each.missing_facts);
            continue;
        }
        made[stage + "/actions"] += each.id + " ";
        const std::string action = pointer_to("/actions", each.id);
        made[action + "/requires"] = joined(each.missing_facts);
        made[action + "/after"] = joined(each.missing_events);
        made[action + "/consent"] = each.missing_consent.value_or("");
        made[action + "/role"] = each.role.value_or("");
    }
    for (const due_item& each : due(side.of.path, of, std::nullopt, today)) {
        if (each.kind != due_kind::obligation) continue;
        const std::string duty = pointer_to("/obligations", each.what);
        made[duty + "/due"] += time::to_string(each.due) + " ";
        made[duty + "/owner"] += each.owner + " ";
        for (const char* member : {"/on", "/guard", "/satisfied_by", "/ends_with"}) made[duty + member] = "open";
    }
    return made;
}

/// Walks made-up clients through every stage and every answer of its routing.
class walking_clients {
public:
    walking_clients(const treatment_work& of, std::vector<structure_difference>& differences)
        : of_(of), differences_(differences) {}

    void run() {
        for (std::size_t lead = 0; lead < 2; ++lead) {
            treatment_side& side = *of_.sides[lead];
            const proof_model& model = side.studied();
            for (const auto& [id, entry] : side.says().entries) come_in(model, id);
            for (std::size_t stage = 0; stage < model.stage_count(); ++stage) {
                const auto state = nearest_state(model, side.reached(), stage, 1);
                if (!state) continue;
                story_teller teller(model);
                teller.live_in(common_municipality(of_));
                if (!teller.go(way_to(side.reached(), *state))) continue;
                look(teller.told());
                for (const auto& [place, regions] : model.stages[stage].on(1).answers) leave(teller, regions);
            }
        }
    }

private:
    void come_in(const proof_model& model, const std::string& entry) {
        story_teller teller(model);
        teller.live_in(common_municipality(of_));
        if (teller.open_by(entry)) look(teller.told());
    }

    void leave(const story_teller& from, const std::vector<proof_point>& regions) {
        story_teller tried(from);
        tried.next_day();
        const bool went = tried.route(regions, false, [](const story_teller& each) { return !each.refusal(); });
        if (went) look(tried.told());
    }

    /// Both are given the story; what is seen of them is compared after each command until they part.
    void look(const std::vector<command>& story) {
        twin_player left(*of_.sides[0]);
        twin_player right(*of_.sides[1]);
        for (std::size_t at = 0; at < story.size(); ++at) {
            const twin_step one = left.play(story[at]);
            const twin_step other = right.play(story[at]);
            if (one.is_like(other) && one.refused) return;
            if (one.is_like(other)) {
                seen(story, at, sight_of(*of_.sides[0], one.after, *story[at].on),
                     sight_of(*of_.sides[1], other.after, *story[at].on));
                continue;
            }
            if (const auto* opened = std::get_if<open_case>(&story[at].what))
                met(story, at, pointer_to("/entries", opened->entry), one.answer(), other.answer());
            return;
        }
    }

    void seen(const std::vector<command>& story, std::size_t at, const case_sight& left, const case_sight& right) {
        std::set<std::string> keys;
        for (const case_sight* each : {&left, &right})
            for (const auto& [key, text] : *each) keys.insert(key);
        for (const std::string& key : keys) {
            const auto one = left.find(key);
            const auto other = right.find(key);
            const std::string says[] = {one == left.end() ? "" : one->second,
                                        other == right.end() ? "" : other->second};
            if (says[0] == says[1]) continue;
            met(story, at, key, {key, says[0].empty() ? "nothing" : says[0]},
                {key, says[1].empty() ? "nothing" : says[1]});
        }
    }

    void met(const std::vector<command>& story, std::size_t at, const std::string& key, const treatment_answer& left,
             const treatment_answer& right) {
        const auto below = [](const std::string& pointer, const std::string& above) {
            return pointer == above || pointer.substr(0, above.size() + 1) == above + "/";
        };
        for (structure_difference& each : differences_) {
            if (is_declared(each.what) || !each.what.story.empty()) continue;
            if (!below(each.by_id, key) && !below(key, each.by_id)) continue;
            each.what.is = treatment_standing::refuted;
            keep_story(each.what, story, {at, {left, right}});
        }
    }

    const treatment_work& of_;
    std::vector<structure_difference>& differences_;
};

POLKU_DECL void find_walking_clients(const treatment_work& of, std::vector<structure_difference>& differences) {
    walking_clients(of, differences).run();
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
