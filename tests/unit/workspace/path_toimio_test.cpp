// SPDX-License-Identifier: Apache-2.0
// What the source document of Toimio asks for, on the shipped path and its example clients.
#include "played_examples.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

const played_story& toimio() { return played("toimio"); }

time::date day(const char* text) { return *time::parse_date(text); }

bool tells_fact(const feel::value& command, std::string_view fact) { return data_text(command, "fact") == fact; }

bool needs(const std::vector<path::stage_definition>& stages, std::string_view id, const std::string& fact) {
    return std::any_of(stages.begin(), stages.end(),
                       [&](const auto& each) { return each.id == id && has(each.requires_, fact); });
}

}  // namespace

TEST_SUITE_BEGIN("workspace/path_toimio");

TEST_CASE("workspace/path_toimio: two service systems are reconciled, one alone leads to that one") {
    CHECK(followed(toimio().state("ilona"), "referral_both"));
    CHECK(toimio().state("ilona").visits.contains("work_rehabilitation"));
    CHECK(toimio().state("ilona").visits.contains("toimio_work"));
    CHECK(toimio().state("paavo").ending->exit == "rehabilitation");
    CHECK(toimio().state("vieno").ending->exit == "other_service");
    const auto& entries = toimio().bundle.path.says().entries;
    CHECK(entries.at("multi-sector joint service").sender == "typ_worker");
    CHECK(entries.at("social and health services").sender == "own_worker");
}

TEST_CASE("workspace/path_toimio: the stages stand in the order of the way") {
    std::vector<std::string> stages;
    for (const path::stage_definition& each : toimio().bundle.path.says().stages) stages.push_back(each.id);
    CHECK(stages == std::vector<std::string>{"referral", "assessment", "work_rehabilitation", "learning", "toimio_work",
                                             "transition", "follow_up"});
}

TEST_CASE("workspace/path_toimio: a path begins with work rehabilitation, with education or with work") {
    CHECK(followed(toimio().state("ilona"), "assessment_work_rehabilitation"));
    CHECK(followed(toimio().state("saimi"), "assessment_education"));
    CHECK(followed(toimio().state("tapio"), "assessment_work"));
}

TEST_CASE("workspace/path_toimio: the foundations are the platform, one place in each of the five municipalities") {
    std::set<std::string> with_foundation;
    for (const auto& [id, each] : toimio().bundle.path.says().environments)
        if (each.organisation == "foundation") with_foundation.insert(*each.municipality);
    CHECK(with_foundation == std::set<std::string>{"240", "320", "698", "758", "851"});
    std::set<std::string> of_clients;
    for (const path::case_state& each : toimio().all()) of_clients.insert(each.municipality);
    CHECK(of_clients == with_foundation);
    for (const auto& [code, name] : toimio().bundle.path.says().municipalities) CHECK(with_foundation.contains(code));
}

TEST_CASE("workspace/path_toimio: supported employment lasts, and skills are strengthened beside the work") {
    const path::case_state tapio = toimio().state("tapio");
    CHECK(tapio.visits.at("toimio_work") == 3);
    CHECK(followed(tapio, "work_long_lasting"));
    CHECK(tapio.ending->outcome == path::outcome_class::supported_employment);
    CHECK(tapio.ending->ended.to_days() - tapio.placements.front().started.to_days() > 500);
    for (const path::case_state& each : toimio().all())
        for (const path::placement& job : each.placements) {
            if (job.kind != "supported job") continue;
            CHECK(std::any_of(each.coachings.begin(), each.coachings.end(), [&](const path::coaching& learning) {
                return learning.package == "work-based learning" && job.started <= learning.started;
            }));
            CHECK(duties(each, "skills beside the work").front().state == path::obligation_state::satisfied);
        }
}

TEST_CASE("workspace/path_toimio: nobody is routed on from work that has not been found safe and fitting") {
    CHECK(needs(toimio().bundle.path.says().stages, "toimio_work", "job fits"));
    const auto refused =
        first_refusal("toimio", "ilona", [](const feel::value& command) { return tells_fact(command, "job fits"); });
    REQUIRE(refused);
    CHECK(refused->code() == error_code::missing_facts);
    CHECK(refused->message().find("job fits") != std::string::npos);
    CHECK(duties(toimio().state("urho"), "fit of the work").front().state == path::obligation_state::satisfied);
}

TEST_CASE("workspace/path_toimio: coping at work is supported by a coach, check points and recorded supports") {
    const path::case_state urho = toimio().state("urho");
    CHECK(std::any_of(urho.check_points.begin(), urho.check_points.end(),
                      [](const path::check_point& each) { return each.done && each.status == "in place"; }));
    CHECK(urho.placements.front().supports.front().support_ == "job coaching");
    CHECK(duties(urho, "transition considered").front().state == path::obligation_state::satisfied);
    CHECK(path::answering_role(urho) == "responsible_worker");
    CHECK(path::responsible_now(urho)->who.organisation == "foundation");
    CHECK(urho.responsible.front().who.organisation == "county");
}

TEST_CASE("workspace/path_toimio: the transition to the open market is met with the workplace, and Toimio stays open") {
    const auto refused = first_refusal(
        "toimio", "ilona", [](const feel::value& command) { return data_text(command, "meeting") == "m-transition"; });
    CHECK_FALSE(refused);  // the meeting is a duty, not a gate
    const path::case_state ilona = toimio().state("ilona");
    CHECK(duties(ilona, "transition meeting").front().state == path::obligation_state::satisfied);
    CHECK(toimio().bundle.path.says().meetings.at("transition").must_attend ==
          std::vector<std::string>{"job_coach", "employer_contact"});
    CHECK(ilona.ending->outcome == path::outcome_class::employment);
    CHECK(followed(toimio().state("kaisu"), "follow_up_back"));
    const auto& reasons = toimio().bundle.path.says().reasons.at("After transition").at("transition_back");
    CHECK(reasons.at("fi").find("Toimioon") != std::string::npos);
}

TEST_CASE("workspace/path_toimio: low-skill tasks are offered to business") {
    const path::case_state tapio = toimio().state("tapio");
    const auto job = std::find_if(tapio.placements.begin(), tapio.placements.end(),
                                  [](const path::placement& each) { return each.kind == "business assignment"; });
    REQUIRE(job != tapio.placements.end());
    CHECK(job->employer.has_value());
    CHECK(job->tailored == true);
    CHECK_FALSE(job->tasks.empty());
    CHECK(toimio().bundle.path.says().placements.at("business assignment").employer_required == true);
    CHECK(has(toimio().bundle.path.says().environments.at("eduro").sectors, "low-skill tasks for business"));
}

TEST_CASE("workspace/path_toimio: schools use Toimio as a platform; a declined referral goes on to another school") {
    for (const char* school : {"REDU", "Lappia", "Luovi"})
        CHECK(toimio().bundle.path.says().services.at(school).organisation == "education");
    const path::case_state kaisu = toimio().state("kaisu");
    CHECK(path::find_referral(kaisu, "ref-redu")->state == path::referral_state::onward);
    CHECK(path::find_referral(kaisu, "ref-lappia")->state == path::referral_state::completed);
    CHECK(kaisu.coachings.front().package == "work-based learning");
    const path::case_state saimi = toimio().state("saimi");
    CHECK(saimi.details.language == "sv");
    CHECK(saimi.ending->exit == "education");
    CHECK(std::any_of(saimi.meetings.begin(), saimi.meetings.end(), [](const path::meeting& each) {
        return std::any_of(each.participants.begin(), each.participants.end(), [](const path::participant& who) {
            return who.role == "school_contact" && who.remote == true;
        });
    }));
}

TEST_CASE("workspace/path_toimio: the work-ability programme recognises the need of support before anybody goes on") {
    CHECK(needs(toimio().bundle.path.says().stages, "assessment", "support need"));
    const auto refused = first_refusal("toimio", "ilona",
                                       [](const feel::value& command) { return tells_fact(command, "support need"); });
    REQUIRE(refused);
    CHECK(refused->code() == error_code::missing_facts);
    CHECK(toimio().bundle.path.says().assessments.at("recognition").owner == "work_ability_coordinator");
    CHECK(duties(toimio().state("ilona"), "support need recognised").front().state ==
          path::obligation_state::satisfied);
}

TEST_CASE("workspace/path_toimio: income and dependence on transfers are asked of everybody who comes to follow-up") {
    std::size_t asked = 0;
    for (const path::case_state& each : toimio().all()) {
        if (!each.visits.contains("follow_up")) continue;
        ++asked;
        CHECK(each.facts.at("income change").state == path::fact_state::known);
        CHECK(each.facts.at("dependence on transfers").state == path::fact_state::known);
    }
    CHECK(asked == 4);
    const path::case_state ilona = toimio().state("ilona");
    CHECK(ilona.facts.at("income change").value == feel::value("better"));
    CHECK(ilona.facts.at("dependence on transfers").value == feel::value("less"));
}

TEST_CASE("workspace/path_toimio: the effect of work rehabilitation and wellbeing is measured at start and end") {
    const path::case_state ilona = toimio().state("ilona");
    REQUIRE(ilona.instruments.size() == 2);
    CHECK(ilona.instruments.front().scores.at("work ability") < ilona.instruments.back().scores.at("work ability"));
    CHECK(std::all_of(ilona.goals.begin(), ilona.goals.end(), [](const path::goal& each) { return each.is_met(); }));
    std::set<std::string> told_by;
    for (const path::feedback& each : ilona.feedbacks) told_by.insert(each.from);
    CHECK(told_by == std::set<std::string>{"client", "employer"});
}

TEST_CASE("workspace/path_toimio: a plan that is late has reached the manager") {
    const path::case_state niilo = toimio().state("niilo");
    const auto waiting = path::due(toimio().bundle.path, niilo, day("2026-10-01"), day("2026-10-01"));
    const auto plan = std::find_if(waiting.begin(), waiting.end(), [](const auto& each) {
        return each.what == "joint plan" && each.due == day("2026-07-20");
    });
    REQUIRE(plan != waiting.end());
    CHECK(plan->late);
    CHECK(plan->escalated_to == "service_manager");
}

TEST_CASE("workspace/path_toimio: plan steps that might cut the basic level are flagged") {
    std::size_t flagged = 0;
    for (const path::case_state& each : toimio().all())
        if (each.plan)
            for (const path::plan_step& step : each.plan->steps) flagged += step.benefit_risk.value_or(false);
    CHECK(flagged > 0);
}

TEST_SUITE_END();
