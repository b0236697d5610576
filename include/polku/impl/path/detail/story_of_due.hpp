// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_STORY_OF_DUE_HPP
#define POLKU_IMPL_PATH_DETAIL_STORY_OF_DUE_HPP

// Stories of duties whose due date gives no date, met on purpose. Included by proof_story.ipp only.

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

/// Goes to one stage after another, has every fact that the duty's texts name as each of its values or not known, and
/// brings about the event that opens the duty.
class due_story {
public:
    due_story(const proof_model& of, const obligation_definition& duty) : of_(of), duty_(duty) {
        const std::string names = duty.due + " " + duty.guard.value_or("");
        std::size_t all = 1;
        for (const auto& [fact, says] : of.says().facts) {
            if (names.find(fact) == std::string::npos) continue;
            fact_choices one{fact, values_near(says, names)};
            if (one.values.empty()) one.values.push_back(story_teller(of).any_value(fact));
            one.values.emplace_back();
            if (all * one.values.size() > most_tellings) break;  // the rest stay as they come
            all *= one.values.size();
            facts_.push_back(std::move(one));
        }
        tellings_ = all;
        name_triggers();
    }

    /// True when one of the ways led to the failure, which then is the end of `told`.
    bool run(const std::vector<std::vector<story_leg>>& ways) {
        for (const time::date day : law_days_of(of_))
            for (const auto& way : ways)
                if (along(way, day)) return true;
        return false;
    }
    const story_teller& told() const { return *met_; }

private:
    static constexpr std::size_t most_tellings = 64;
    /// A fact and what it is had as; null: not known.
    struct fact_choices {
        std::string fact;
        std::vector<feel::value> values;
    };

    /// Each thing that the duty's event may be about, where any will do.
    void name_triggers() {
        const std::string& on = duty_.on;
        if (on.find(':') != std::string::npos) return triggers_.push_back(on);
        const auto each_of = [&](const char* type, const auto& among) {
            if (on != type) return;
            for (const auto& named : among) triggers_.push_back(on + ":" + named.first);
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
        if (on.rfind("referral_", 0) == 0) each_of(on.c_str(), says.services);
        if (triggers_.empty()) triggers_.push_back(on);
    }

    /// Opening and entering a stage are the last leg's own events; all others are brought about in the stage.
    bool along(std::vector<story_leg> way, time::date day) {
        story_teller teller(of_);
        teller.set_day(day);
        teller.look_for_no_due(duty_.id);
        const bool by_leg = duty_.on == "case_opened" || duty_.on.rfind("stage_entered", 0) == 0;
        const story_leg last = way.back();
        if (by_leg) way.pop_back();
        if (!teller.go(way)) return is_met(std::move(teller));
        for (std::size_t telling = 0; telling < tellings_; ++telling) {
            story_teller told(teller);
            have_facts(told, telling);
            if (by_leg) {
                (void)told.go(last);
                if (is_met(std::move(told))) return true;
                continue;
            }
            for (const std::string& trigger : triggers_) {
                story_teller tried(told);
                (void)tried.bring_about(trigger);
                if (is_met(std::move(tried))) return true;
            }
        }
        return false;
    }
    void have_facts(story_teller& teller, std::size_t telling) const {
        for (const fact_choices& each : facts_) {
            const feel::value& value = each.values[telling % each.values.size()];
            telling /= each.values.size();
            (void)(value.is_null() ? teller.forget(each.fact) : teller.tell(each.fact, value));
        }
    }
    bool is_met(story_teller&& teller) {
        if (!teller.has_met()) return false;
        met_.emplace(std::move(teller));
        return true;
    }

    const proof_model& of_;
    const obligation_definition& duty_;
    std::vector<fact_choices> facts_;
    std::size_t tellings_ = 1;
    std::vector<std::string> triggers_;
    std::optional<story_teller> met_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif
