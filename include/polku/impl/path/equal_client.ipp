// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_CLIENT_IPP
#define POLKU_IMPL_PATH_EQUAL_CLIENT_IPP

#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/impl/path/detail/twin_story.hpp>
#include <polku/path/equal_treatment.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

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

}  // namespace polku::inline POLKU_V::path::detail

#endif
