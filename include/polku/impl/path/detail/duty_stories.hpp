// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DUTY_STORIES_HPP
#define POLKU_IMPL_PATH_DETAIL_DUTY_STORIES_HPP

// Stories in which a duty opens on purpose. Included by the bodies of proofs and of equal treatment only.

#include <polku/impl/path/detail/story_teller.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// Listed values, truths, or the whole numbers of a condition and those beside them.
inline std::vector<feel::value> values_near(const fact_definition& of, const std::string& condition) {
    std::vector<feel::value> made;
    if (of.type == "boolean") return {feel::value(true), feel::value(false)};
    for (const auto& [value, name] : of.values) made.emplace_back(value);
    for (std::size_t at = 0; of.type == "number" && at < condition.size();) {
        const std::size_t from = condition.find_first_of("0123456789", at);
        if (from == std::string::npos) break;
        at = std::min(condition.find_first_not_of("0123456789", from), condition.size());
        if (at - from > 15) continue;
        const std::int64_t number = std::stoll(condition.substr(from, at - from));
        for (const std::int64_t near : {number, number - 1, number + 1}) made.emplace_back(near);
    }
    return made;
}

/// Goes to one stage after another, has every fact that some texts name as each of its values or not known, and brings
/// about the event that opens a duty.
class duty_stories {
public:
    /// `names`: the texts of the duty that decide whether and when it opens. `anew`: a fact that is taken back before
    /// it is told as something else, so that nothing told on the way stands behind it.
    duty_stories(const proof_model& of, const std::string& on, const std::string& names, std::string anew = {})
        : of_(of), on_(on), anew_(std::move(anew)) {
        for (const auto& [fact, says] : of.says().facts) {
            if (names.find(fact) == std::string::npos) continue;
            fact_choices one{fact, values_near(says, names)};
            if (one.values.empty()) one.values.push_back(story_teller(of).any_value(fact));
            one.values.emplace_back();
            if (tellings_ * one.values.size() > most_tellings) break;  // the rest stay as they come
            tellings_ *= one.values.size();
            facts_.push_back(std::move(one));
        }
        name_triggers();
    }

    /// Tells one story after another from `begun` on, until one of them is what `is_it` asks for.
    template <class IsIt>
    bool run(const story_teller& begun, const std::vector<std::vector<story_leg>>& ways, IsIt is_it) const {
        for (const time::date day : law_days_of(of_))
            for (const auto& way : ways) {
                story_teller teller(begun);
                teller.set_day(day);
                if (along(way, std::move(teller), is_it)) return true;
            }
        return false;
    }

private:
    static constexpr std::size_t most_tellings = 64;
    /// A fact and what it is had as; null: not known.
    struct fact_choices {
        std::string fact;
        std::vector<feel::value> values;
    };

    /// Each thing that the duty's event may be about, where any will do.
    void name_triggers() {
        if (on_.find(':') != std::string::npos) return triggers_.push_back(on_);
        const auto each_of = [&](const char* type, const auto& among) {
            if (on_ != type) return;
            for (const auto& named : among) triggers_.push_back(on_ + ":" + named.first);
        };
        const definition& says = of_.says();
        for (const char* type : {"placement_started", "placement_ended"}) each_of(type, says.placements);
        for (const char* type : {"coaching_started", "coaching_completed"}) each_of(type, says.packages);
        for (const char* type : {"assessment_started", "assessment_completed"}) each_of(type, says.assessments);
        for (const char* type : {"feedback_recorded", "team_member_added", "responsible_assigned"})
            each_of(type, says.roles);
        each_of("meeting_held", says.meetings);
        each_of("instrument_recorded", says.instruments);
        each_of("fact_recorded", says.facts);
        each_of("consent_given", says.consents);
        if (on_.rfind("referral_", 0) == 0) each_of(on_.c_str(), says.services);
        if (triggers_.empty()) triggers_.push_back(on_);
    }

    /// Opening and entering a stage are the last leg's own events; all others are brought about in the stage.
    template <class IsIt>
    bool along(std::vector<story_leg> way, story_teller teller, IsIt is_it) const {
        const bool by_leg = on_ == "case_opened" || on_.rfind("stage_entered", 0) == 0;
        const story_leg last = way.back();
        if (by_leg) way.pop_back();
        if (!teller.go(way)) return is_it(teller);
        for (std::size_t telling = 0; telling < tellings_; ++telling) {
            story_teller told(teller);
            have_facts(told, telling);
            if (by_leg) {
                (void)told.go(last);
                if (is_it(told)) return true;
                continue;
            }
            for (const std::string& trigger : triggers_) {
                story_teller tried(told);
                (void)tried.bring_about(trigger);
                if (is_it(tried)) return true;
            }
        }
        return false;
    }
    void have_facts(story_teller& teller, std::size_t telling) const {
        for (const fact_choices& each : facts_) {
            const feel::value& value = each.values[telling % each.values.size()];
            telling /= each.values.size();
            if (each.fact == anew_) (void)teller.forget(each.fact);
            (void)(value.is_null() ? teller.forget(each.fact) : teller.tell(each.fact, value));
        }
    }

    const proof_model& of_;
    std::string on_;
    std::string anew_;
    std::vector<fact_choices> facts_;
    std::size_t tellings_ = 1;
    std::vector<std::string> triggers_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif
