// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_WALKING_IPP
#define POLKU_IMPL_PATH_EQUAL_WALKING_IPP

#include <polku/impl/path/detail/case_sight.hpp>
#include <polku/impl/path/detail/duty_stories.hpp>
#include <polku/impl/path/detail/twin_story.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

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
            for (const structure_difference& each : differences_) look_on_purpose(side, each);
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

    /// A difference that nobody met on the way: the command that it is about is given in each stage in turn.
    void look_on_purpose(treatment_side& side, const structure_difference& of) {
        const auto is_met = [&] { return is_declared(of.what) || !of.what.story.empty(); };
        if (is_met()) return;
        story_teller begun(side.studied());
        begun.live_in(common_municipality(of_));
        const auto ways = ways_to_all(side.reached());
        constexpr int most_looks = 500;
        int looks = 0;
        const auto see = [&](const story_teller& told) {
            if (!told.told().empty()) look(told.told());
            return is_met() || ++looks == most_looks;
        };
        if (of.what.about == treatment_kind::duty) {
            std::string names;
            std::string on;
            for (const treatment_side* each : of_.sides)
                if (const auto* duty = each->of.path.find_obligation(of.what.subject)) {
                    names += duty->due + " " + duty->guard.value_or("") + " ";
                    if (each == &side) on = duty->on;
                }
            if (!on.empty()) (void)duty_stories(side.studied(), on, names).run(begun, ways, see);
        }
        if (of.what.about == treatment_kind::service) refer(side, of, begun, ways, see);
    }

    /// A referral to the service in each of its open states, by clients about whom its `when` may say either.
    template <class See>
    void refer(treatment_side& side, const structure_difference& of, const story_teller& begun,
               const std::vector<std::vector<story_leg>>& ways, See see) {
        if (side.says().services.count(of.what.subject) == 0) return;
        std::string names;
        for (const treatment_side* each : of_.sides)
            if (const auto found = each->says().services.find(of.what.subject); found != each->says().services.end())
                names += found->second.when.value_or("") + " ";
        for (unsigned i = 0; i < referral_state_count; ++i) {
            const auto state = static_cast<referral_state>(i);
            const bool is_drafted = state == referral_state::draft;
            const std::string event = "referral_" + std::string(is_drafted ? "drafted" : name_of(state));
            const duty_stories each(side.studied(), event + ":" + of.what.subject, names);
            // Somebody waits until the day that the receiver says; what the definition says of the time comes after it.
            const auto see_late = [&](const story_teller& told) {
                if (see(told)) return true;
                story_teller later(told);
                later.next_day(2);
                return later.carry_out(path::tick{}) && see(later);
            };
            const bool waits = state == referral_state::wait_listed || state == referral_state::on_hold;
            if (waits && each.run(begun, ways, see_late)) return;
            if (!waits && (is_open(state) || state == referral_state::completed) && each.run(begun, ways, see)) return;
        }
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
            met(story, at, guarded_by(one.after, story[at].what), one.answer(), other.answer());
            return;
        }
    }

    /// The place of the definition that lets a command through or not; empty where it is not one place alone.
    static std::string guarded_by(const case_state& of, const command_body& what) {
        if (const auto* opened = std::get_if<open_case>(&what)) return pointer_to("/entries", opened->entry);
        if (const auto* draft = std::get_if<draft_referral>(&what)) return pointer_to("/services", draft->service);
        if (const auto* move = std::get_if<move_referral>(&what))
            for (const referral& each : of.referrals)
                if (each.id == move->referral) return pointer_to("/services", each.service);
        return {};
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
            met(story, at, key, {key, says[0].empty() ? "nothing" : says[0], {}, {}},
                {key, says[1].empty() ? "nothing" : says[1], {}, {}});
        }
    }

    void met(const std::vector<command>& story, std::size_t at, const std::string& key, const treatment_answer& left,
             const treatment_answer& right) {
        if (key.empty()) return;
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
