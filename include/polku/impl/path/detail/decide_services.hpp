// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_SERVICES_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_SERVICES_HPP

// Commands about assessment, coaching, placement and follow-up.

#include <polku/impl/path/detail/case_decider.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline decided case_decider::handle(const start_assessment& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "assessment", says().assessments, what.kind));
    POLKU_CHECK(check_new("assessment", state_.assessments, what.assessment));
    for (const assessment& each : state_.assessments)
        if (each.kind == what.kind && each.is_open())
            return refuse(error_code::duplicate_record,
                          "an assessment of the kind '" + what.kind + "' is open already: '" + each.id + "'");
    const assessment_definition& known = says().assessments.at(what.kind);
    const std::vector<std::string> missing = missing_facts(state_, known.requires_, on_);
    if (!missing.empty())
        return refuse(error_code::missing_facts,
                      "the assessment '" + what.kind + "' needs facts that are not known: " + quoted(missing));
    assessment_started started{what.assessment, what.kind, what.organiser, what.purpose, what.ends};
    if (!started.ends && known.max) started.ends = time::nominal_deadline(on_, *parse_period(*known.max));
    if (started.ends && *started.ends < on_)
        return refuse(error_code::command_too_early, "the assessment would end on " + time::to_string(*started.ends) +
                                                         ", before it begins on " + time::to_string(on_));
    add(std::move(started));
    return {};
}

inline decided case_decider::handle(const complete_assessment& what) {
    POLKU_TRY(const assessment* found, find_open("assessment", state_.assessments, what.assessment));
    POLKU_CHECK(check_not_before(found->started, "the assessment's start"));
    POLKU_CHECK(check_text(what.result, "result"));
    const auto known = says().assessments.find(found->kind);
    const auto wanted = known == says().assessments.end() ? std::nullopt : known->second.feedback_from;
    const bool has_feedback = std::any_of(state_.feedbacks.begin(), state_.feedbacks.end(), [&](const feedback& each) {
        return each.about == what.assessment && each.from == wanted;
    });
    if (wanted && !has_feedback)
        return refuse(error_code::step_missing, "the assessment '" + found->kind +
                                                    "' is not complete before the feedback of '" + *wanted +
                                                    "'; record_feedback comes first");
    add(assessment_completed{what.assessment, std::string(found->kind), what.result, what.strengths, what.limits});
    return {};
}

inline decided case_decider::handle(const cancel_assessment& what) {
    POLKU_TRY(const assessment* found, find_open("assessment", state_.assessments, what.assessment));
    POLKU_CHECK(check_not_before(found->started, "the assessment's start"));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(assessment_cancelled{what.assessment, std::string(found->kind), what.reason});
    return {};
}

inline decided case_decider::handle(const record_instrument& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "instrument", says().instruments, what.instrument));
    const instrument_definition& known = says().instruments.at(what.instrument);
    if (what.scores.empty()) return refuse(error_code::missing_detail, "the member 'scores' is empty");
    for (const auto& [scale, score] : what.scores) {
        if (std::find(known.scales.begin(), known.scales.end(), scale) == known.scales.end())
            return refuse(error_code::unknown_path_item, "the instrument '" + what.instrument + "' has no scale '" +
                                                             scale + "'; its scales are " + quoted(known.scales));
        const bool low = known.minimum && score < feel::number(*known.minimum);
        const bool high = known.maximum && feel::number(*known.maximum) < score;
        if (low || high)
            return refuse(error_code::score_out_of_range,
                          "the score " + score.to_string() + " of '" + scale +
                              "' is outside the instrument's scale, from " +
                              (known.minimum ? std::to_string(*known.minimum) : "any number") + " to " +
                              (known.maximum ? std::to_string(*known.maximum) : "any number"));
    }
    add(instrument_recorded{instrument_result{what.instrument, what.phase, what.scores, on_}});
    return {};
}

inline decided case_decider::handle(const record_feedback& what) {
    POLKU_CHECK(check_text(what.from, "from"));
    if (what.about) {
        const auto has = [&](const auto& among) { return find_by_id(among, *what.about) != nullptr; };
        if (!has(state_.assessments) && !has(state_.coachings) && !has(state_.placements) && !has(state_.meetings) &&
            !has(state_.referrals))
            return refuse(error_code::unknown_record,
                          "the case has no record '" + *what.about + "' to give feedback on");
    }
    const assessment* about = what.about ? find_by_id(state_.assessments, *what.about) : nullptr;
    const auto known = about ? says().assessments.find(about->kind) : says().assessments.end();
    for (const observation& each : what.observations) {
        if (known == says().assessments.end() || known->second.aspects.empty()) break;
        const auto& aspects = known->second.aspects;
        if (std::find(aspects.begin(), aspects.end(), each.aspect) == aspects.end())
            return refuse(error_code::unknown_path_item, "the assessment '" + about->kind + "' does not observe '" +
                                                             each.aspect + "'; its aspects are " + quoted(aspects));
    }
    if (what.observations.empty() && what.text.value_or("").empty())
        return refuse(error_code::missing_detail, "feedback needs observations or a text");
    if (what.tool) POLKU_CHECK(check_tool(*what.tool));
    add(feedback_recorded{feedback{what.from, what.about, what.observations, what.text, on_, what.tool}});
    return {};
}

inline decided case_decider::handle(const record_experience& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "experience", says().experiences, what.experience));
    const experience_definition& known = says().experiences.at(what.experience);
    for (const auto& [question, answer] : what.answers) {
        POLKU_CHECK(check_known(error_code::unknown_path_item, "question", known.questions, question));
        const std::int64_t low = known.minimum.value_or(0);
        const std::int64_t high = known.maximum.value_or(0);
        if (answer < feel::number(low) || feel::number(high) < answer || !answer.is_integer())
            return refuse(error_code::experience_answer, "the answer " + answer.to_string() + " to '" + question +
                                                             "' is not on the scale of whole numbers from " +
                                                             std::to_string(low) + " to " + std::to_string(high));
    }
    const bool has_words = !what.words.value_or("").empty();
    if (has_words && !known.words.value_or(true))
        return refuse(error_code::experience_answer,
                      "the experience '" + what.experience + "' has questions only; leave 'words' out");
    if (what.answers.empty() && !has_words)
        return refuse(error_code::missing_detail, "an experience needs answers or the client's own words");
    if (what.told_by && !find_by_id(state_.representatives, *what.told_by))
        return refuse(error_code::unknown_record, "the client has no representative '" + *what.told_by +
                                                      "'; leave 'told_by' out where the client tells it");
    add(experience_recorded{
        client_experience{what.experience, what.phase, what.answers, what.words, what.told_by, on_}});
    return {};
}

inline decided case_decider::check_in_force(const char* what, const std::string& id,
                                            const std::optional<validity>& valid) const {
    if (!valid || in_force(*valid, on_)) return {};
    const std::string until = valid->until ? " to " + time::to_string(*valid->until) : " on";
    return refuse(error_code::path_not_in_force, std::string(what) + " '" + id + "' is in force from " +
                                                     time::to_string(valid->from) + until + ", so not on " +
                                                     time::to_string(on_));
}

/// The environment must be there on the day and, where it lists its packages, have the one that is asked for.
inline decided case_decider::check_environment(const start_coaching& what) const {
    if (!what.environment) return {};
    POLKU_CHECK(check_known(error_code::unknown_path_item, "environment", says().environments, *what.environment));
    const environment_definition& known = says().environments.at(*what.environment);
    POLKU_CHECK(check_in_force("environment", *what.environment, known.valid));
    const auto& offered = known.packages;
    if (offered.empty() || std::find(offered.begin(), offered.end(), what.package) != offered.end()) return {};
    return refuse(error_code::not_offered, "the environment '" + *what.environment + "' does not offer the package '" +
                                               what.package + "'; it offers " + quoted(offered));
}

/// Tasks are free texts until the definition has a catalogue of them.
inline decided case_decider::check_tasks(const start_coaching& what) const {
    if (says().tasks.empty()) return {};
    const auto* where = what.environment ? &says().environments.at(*what.environment).tasks : nullptr;
    for (const std::string& task : what.tasks) {
        POLKU_CHECK(check_known(error_code::unknown_path_item, "task", says().tasks, task));
        POLKU_CHECK(check_in_force("task", task, says().tasks.at(task).valid));
        if (where && !where->empty() && std::find(where->begin(), where->end(), task) == where->end())
            return refuse(error_code::not_offered, "the environment '" + *what.environment +
                                                       "' does not offer the task '" + task + "'; it offers " +
                                                       quoted(*where));
    }
    return {};
}

/// The client must be in one of the package's groups. Where that is not so, a fact that a group asks for and nobody has
/// told comes first: what is unknown keeps nobody out.
inline decided case_decider::check_target_groups(const start_coaching& what) const {
    const std::vector<std::string>& groups = says().packages.at(what.package).target_groups;
    const std::vector<feel::value> facts = fact_values(says(), state_, on_);
    feel::evaluation_context with(time::date_time{on_, {}});
    std::vector<std::string> asked;
    for (const std::string& group : groups) {
        const auto when = path_.data().target_groups.find(group);
        if (when == path_.data().target_groups.end() || when->second.evaluate(with, facts).is_true()) return {};
        for (const std::uint32_t slot : when->second.used_slots())
            asked.push_back(std::next(says().facts.begin(), slot)->first);
    }
    if (groups.empty()) return {};
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    const std::vector<std::string> missing = missing_facts(state_, asked, on_);
    if (!missing.empty())
        return refuse(error_code::missing_facts, "whether the client is in a target group of the package '" +
                                                     what.package + "' (" + quoted(groups) +
                                                     ") depends on facts that are not known: " + quoted(missing));
    return refuse(error_code::not_in_target_group, "the client is in none of the target groups of the package '" +
                                                       what.package + "': " + quoted(groups));
}

inline decided case_decider::handle(const start_coaching& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "package", says().packages, what.package));
    POLKU_CHECK(check_new("coaching", state_.coachings, what.coaching));
    POLKU_CHECK(check_party(what.coach));
    POLKU_CHECK(check_in_force("package", what.package, says().packages.at(what.package).valid));
    POLKU_CHECK(check_environment(what));
    POLKU_CHECK(check_tasks(what));
    POLKU_CHECK(check_target_groups(what));
    for (const coaching& each : state_.coachings)
        if (each.is_open())
            return refuse(error_code::duplicate_record,
                          "the coaching '" + each.id + "' is still open; complete it first");
    const package_definition& known = says().packages.at(what.package);
    if (what.weekly_hours && known.weekly_hours_max && feel::number(*known.weekly_hours_max) < *what.weekly_hours)
        return refuse(error_code::invalid_argument, "the package '" + what.package + "' has at most " +
                                                        std::to_string(*known.weekly_hours_max) +
                                                        " hours a week, found " + what.weekly_hours->to_string());
    coaching_started started{what.coaching,     what.package, what.coach, what.environment,
                             what.weekly_hours, what.tasks,   what.ends};
    if (!started.ends && known.max) started.ends = time::nominal_deadline(on_, *parse_period(*known.max));
    if (started.ends && *started.ends < on_)
        return refuse(error_code::command_too_early, "the coaching would end on " + time::to_string(*started.ends) +
                                                         ", before it begins on " + time::to_string(on_));
    add(std::move(started));
    return {};
}

inline decided case_decider::handle(const record_attendance& what) {
    POLKU_TRY(const coaching* found, find_open("coaching", state_.coachings, what.coaching));
    if (what.until < what.from || what.from < found->started)
        return refuse(error_code::command_too_early,
                      "attendance from " + time::to_string(what.from) + " to " + time::to_string(what.until) +
                          " is no period of the coaching, which began on " + time::to_string(found->started));
    if (what.planned_hours.is_negative() || what.attended_hours.is_negative())
        return refuse(error_code::invalid_argument, "found " + what.planned_hours.to_string() + " planned and " +
                                                        what.attended_hours.to_string() +
                                                        " attended hours, expected numbers from 0");
    add(attendance_recorded{what.coaching,
                            attendance{what.from, what.until, what.planned_hours, what.attended_hours, what.reason}});
    return {};
}

inline decided case_decider::handle(const complete_coaching& what) {
    POLKU_TRY(const coaching* found, find_open("coaching", state_.coachings, what.coaching));
    POLKU_CHECK(check_not_before(found->started, "the coaching's start"));
    POLKU_CHECK(check_text(what.result, "result"));
    add(coaching_completed{what.coaching, std::string(found->package), what.result});
    return {};
}

inline decided case_decider::handle(const start_placement& what) {
    POLKU_CHECK(check_known(error_code::unknown_path_item, "placement", says().placements, what.kind));
    POLKU_CHECK(check_new("placement", state_.placements, what.placement));
    const placement_definition& known = says().placements.at(what.kind);
    if (known.employer_required.value_or(false) && what.employer.value_or("").empty())
        return refuse(error_code::missing_detail, "a placement of the kind '" + what.kind + "' needs an employer");
    if (what.until && *what.until < on_)
        return refuse(error_code::command_too_early, "the placement would end on " + time::to_string(*what.until) +
                                                         ", before it begins on " + time::to_string(on_));
    add(placement_started{what.placement, what.kind, what.employer, what.tasks, what.tailored, what.weekly_hours,
                          what.social_procurement, what.until});
    schedule_follow_ups(what.placement, known.follow_up, state_.stage ? state_.stage->owner : std::string());
    return {};
}

inline decided case_decider::handle(const end_placement& what) {
    POLKU_TRY(const placement* found, find_open("placement", state_.placements, what.placement));
    POLKU_CHECK(check_not_before(found->started, "the placement's start"));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(placement_ended{what.placement, std::string(found->kind), what.reason});
    return {};
}

inline decided case_decider::handle(const record_support& what) {
    POLKU_TRY(const placement* found, find("placement", state_.placements, what.placement));
    POLKU_CHECK(check_known(error_code::unknown_path_item, "support", says().supports, what.support));
    if (what.from < found->started || (what.until && *what.until < what.from))
        return refuse(error_code::command_too_early,
                      "the support is outside the placement, which began on " + time::to_string(found->started));
    add(support_recorded{what.placement, support{what.support, what.from, what.until, what.monthly_amount}});
    return {};
}

inline decided case_decider::handle(const record_follow_up& what) {
    POLKU_TRY(const check_point* found, find_open("follow-up", state_.check_points, what.point));
    POLKU_CHECK(check_text(what.status, "status"));
    add(follow_up_recorded{std::string(found->id), what.status, what.text, what.support_needed});
    return {};
}

/// Check points at the periods after today; an id that is taken gets a running number.
inline void case_decider::schedule_follow_ups(const std::string& about, const std::vector<std::string>& periods,
                                              const std::string& owner) {
    follow_ups_scheduled made{about, {}};
    for (const std::string& each : periods) {
        check_point point;
        const std::string base = about + " " + each;
        point.id = base;
        for (int again = 2; find_by_id(state_.check_points, point.id); ++again)
            point.id = base + " " + std::to_string(again);
        point.about = about;
        point.on = time::nominal_deadline(on_, *parse_period(each)).value_or(on_);
        point.owner = owner;
        made.points.push_back(std::move(point));
    }
    if (!made.points.empty()) add(std::move(made));
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
