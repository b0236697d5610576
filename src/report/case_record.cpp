// SPDX-License-Identifier: Apache-2.0
#include <polku/report/case_record.hpp>

#include "case_record_parts.hpp"

#include <polku/path/case_on.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

/// Follows the client from place to place.
class walker {
public:
    explicit walker(const std::string& entry) : at_(entry) {}

    void to(walk_place kind, const std::string& id, time::date on) {
        const std::int64_t days = kind_ == walk_place::entry ? 0 : on.to_days() - since_.to_days();
        steps_.push_back({kind_, at_, kind, id, on, days});
        kind_ = kind;
        at_ = id;
        since_ = on;
    }
    std::vector<walk_step> taken() && { return std::move(steps_); }

private:
    walk_place kind_ = walk_place::entry;
    std::string at_;
    time::date since_;
    std::vector<walk_step> steps_;
};

std::vector<walk_step> walk_of(const path::case_state& of) {
    walker client(of.entry);
    for (const path::walk_mark& each : of.marks.walk)
        client.to(each.is_exit ? walk_place::exit : walk_place::stage, each.place, each.on);
    return std::move(client).taken();
}

bool is_hidden(const path::case_state& whole, time::date as_of) {
    return std::any_of(whole.non_disclosures.begin(), whole.non_disclosures.end(), [&](const auto& order) {
        return !order.until || (as_of <= *order.until && order.from <= *order.until);
    });
}

std::vector<service_use> services_of(const path::case_state& of) {
    std::vector<service_use> made;
    for (const path::referral& each : of.referrals)
        if (each.started) made.push_back({service_kind::referral, each.service, *each.started, each.ended});
    for (const path::assessment& each : of.assessments)
        made.push_back(
            {service_kind::assessment, each.kind, each.started, each.completed ? each.completed : each.cancelled});
    for (const path::coaching& each : of.coachings) {
        made.push_back({service_kind::package, each.package, each.started, each.completed});
        if (each.environment)
            made.push_back({service_kind::environment, *each.environment, each.started, each.completed});
    }
    for (const path::placement& each : of.placements)
        made.push_back({service_kind::placement, each.kind, each.started, each.ended});
    return made;
}

template <class List, class Kind>
bool find_kind(const List& among, const std::string& id, Kind kind, std::string& into) {
    const auto found = std::find_if(among.begin(), among.end(), [&](const auto& each) { return each.id == id; });
    if (found == among.end()) return false;
    into = (*found).*kind;
    return true;
}

std::vector<feedback_record> feedbacks_of(const path::case_state& of) {
    std::vector<feedback_record> made;
    for (const path::feedback& each : of.feedbacks) {
        feedback_record one;
        one.from = each.from;
        if (each.about) {
            one.of_assessment = find_kind(of.assessments, *each.about, &path::assessment::kind, one.about);
            if (!one.of_assessment && !find_kind(of.coachings, *each.about, &path::coaching::package, one.about) &&
                !find_kind(of.placements, *each.about, &path::placement::kind, one.about))
                find_kind(of.meetings, *each.about, &path::meeting::kind, one.about);
        }
        for (const path::observation& seen : each.observations) one.aspects.emplace_back(seen.aspect, seen.score);
        made.push_back(std::move(one));
    }
    return made;
}

void add_score(score_record& into, const feel::number& score) {
    if (into.first)
        into.last = score;
    else
        into.first = score;
}

std::vector<score_record> goals_of(const path::case_state& of) {
    std::vector<score_record> made;
    for (const path::goal& each : of.goals) {
        score_record one;
        for (const path::goal_score& score : each.scores) add_score(one, score.score);
        one.met = each.is_met();
        made.push_back(std::move(one));
    }
    return made;
}

std::vector<score_record> instruments_of(const path::case_state& of) {
    std::map<std::pair<std::string, std::string>, score_record> by_scale;
    for (const path::instrument_result& each : of.instruments)
        for (const auto& [scale, score] : each.scores) {
            score_record& one = by_scale[{each.instrument, scale}];
            one.of = each.instrument;
            one.scale = scale;
            add_score(one, score);
        }
    std::vector<score_record> made;
    for (const auto& each : by_scale) made.push_back(each.second);
    return made;
}

/// By question, in the order of the days on which the client told it.
std::vector<score_record> experiences_of(const path::case_state& of) {
    std::vector<path::client_experience> told = of.experiences;
    std::stable_sort(told.begin(), told.end(),
                     [](const auto& left, const auto& right) { return left.told < right.told; });
    std::map<std::pair<std::string, std::string>, score_record> by_question;
    for (const path::client_experience& each : told)
        for (const auto& [question, answer] : each.answers) {
            score_record& one = by_question[{each.experience, question}];
            one.of = each.experience;
            one.scale = question;
            add_score(one, answer);
        }
    std::vector<score_record> made;
    for (const auto& each : by_question) made.push_back(each.second);
    return made;
}

std::vector<check_record> checks_of(const path::case_state& of) {
    std::vector<check_record> made;
    for (const path::check_point& each : of.check_points) {
        if (!each.done) continue;
        const std::size_t space = each.id.rfind(' ');
        made.push_back({space == std::string::npos ? each.id : each.id.substr(space + 1), each.status.value_or(""),
                        each.support_needed.value_or(false)});
    }
    return made;
}

std::vector<fact_record> facts_of(const path::definition& says, const path::case_state& of, time::date as_of) {
    std::vector<fact_record> made;
    for (const auto& [id, known] : of.facts) {
        const auto says_of = says.facts.find(id);
        if (says_of == says.facts.end() || !says_of->second.reported.value_or(false)) continue;
        if (!path::is_known(known, as_of)) continue;
        if (known.value.is(feel::kind::string))
            made.push_back({id, std::string(known.value.as_string())});
        else if (known.value.is(feel::kind::boolean))
            made.push_back({id, known.value.is_true() ? "true" : "false"});
    }
    return made;
}

/// A duty that ended because it was no longer needed says nothing of the quality.
std::string_view criterion_state(const path::obligation& of, time::date as_of) {
    if (of.is_open()) return of.due < as_of ? "missed" : "waiting";
    if (of.state != path::obligation_state::satisfied) return {};
    return of.ended && of.due < *of.ended ? "missed" : "met";
}

std::vector<criterion_record> criteria_of(const path::definition& says, const path::case_state& of, time::date as_of) {
    std::map<std::string, std::string> states;
    for (const path::obligation& each : of.obligations) {
        const auto duty = std::find_if(says.obligations.begin(), says.obligations.end(),
                                       [&](const auto& one) { return one.id == each.obligation_; });
        if (duty == says.obligations.end() || !duty->criterion) continue;
        const std::string_view state = criterion_state(each, as_of);
        if (state.empty()) continue;
        std::string& known = states.try_emplace(*duty->criterion, state).first->second;
        if (state == "missed" || (state == "waiting" && known == "met")) known = state;
    }
    std::vector<criterion_record> made;
    for (const auto& [criterion, state] : states) made.push_back({criterion, state});
    return made;
}

}  // namespace

std::optional<case_record> record_of(const path::case_state& of) {
    if (!of.opened) return std::nullopt;
    case_record made;
    made.walk = walk_of(of);
    if (made.walk.empty() || made.walk.front().to_kind != walk_place::stage) return std::nullopt;
    made.entry = of.entry;
    made.opened = *of.opened;
    made.ending = of.ending;
    if (!of.is_closed()) made.owner = path::answering_role(of);
    for (const path::referral& each : of.referrals)
        if (is_open(each.state)) made.referrals.push_back(each.state);
    made.services = services_of(of);
    made.feedbacks = feedbacks_of(of);
    made.goals = goals_of(of);
    made.instruments = instruments_of(of);
    made.experiences = experiences_of(of);
    made.told_in_words = std::any_of(of.experiences.begin(), of.experiences.end(),
                                     [](const path::client_experience& each) { return each.words.has_value(); });
    made.checks = checks_of(of);
    return made;
}

void tell_day(case_record& into, const path::service_path& path, const path::case_state& whole,
              const path::case_state& of, time::date as_of) {
    into.as_of = as_of;
    into.municipality = is_hidden(whole, as_of) ? std::string() : of.municipality;
    into.target_groups = path::target_groups(path, of, as_of);
    into.overdue.clear();
    for (path::due_item& item : path::due(path, of, as_of, as_of))
        if (item.late) into.overdue.push_back(std::move(item));
    into.facts = facts_of(path.says(), of, as_of);
    into.criteria = criteria_of(path.says(), of, as_of);
}

std::optional<case_record> try_record(const path::service_path& path, const path::case_state& whole, time::date as_of) {
    const path::case_state of = path::case_on(whole, as_of);
    std::optional<case_record> made = record_of(of);
    if (made) tell_day(*made, path, whole, of, as_of);
    return made;
}

}  // namespace polku::inline POLKU_V::report
