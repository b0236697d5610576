// SPDX-License-Identifier: Apache-2.0
// What the source of the path `vaasa-tyokyky` asks for, shown on its definition and on the ways of its example clients.
#include "played_story.hpp"

#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

bool is_met(const path::case_state& of, const char* duty) {
    return std::any_of(of.obligations.begin(), of.obligations.end(), [&](const path::obligation& each) {
        return each.obligation_ == duty && each.state == path::obligation_state::satisfied;
    });
}

time::date day(std::string_view text) { return time::parse_date(text).value(); }

}  // namespace

TEST_SUITE_BEGIN("workspace/path_vaasa-tyokyky");

TEST_CASE("workspace/path_vaasa-tyokyky: the path leads to work and looks at staying in it") {
    const played_story& vaasa = played("vaasa-tyokyky");
    CHECK(vaasa.state("ellen").ending->outcome == path::outcome_class::employment);
    CHECK(vaasa.state("karl").ending->outcome == path::outcome_class::supported_employment);
    for (const char* kind : {"open market job", "part-time job", "supported job"})
        CHECK(vaasa.says().placements.at(kind).follow_up == std::vector<std::string>{"P1M", "P3M", "P6M", "P12M"});
    for (const path::exit_definition& each : vaasa.says().exits) CHECK_FALSE(each.follow_up.empty());
    // who is still followed up has a day for the next talk
    const auto waiting = vaasa.due("maija");
    CHECK(std::any_of(waiting.begin(), waiting.end(),
                      [](const path::due_item& each) { return each.kind == path::due_kind::follow_up; }));
}

TEST_CASE("workspace/path_vaasa-tyokyky: a risk of disability is answered at once, and no stage lasts without end") {
    const played_story& vaasa = played("vaasa-tyokyky");
    CHECK(vaasa.obligation("disability risk answered").guard == "disability risk");
    CHECK(is_met(vaasa.state("ellen"), "disability risk answered"));
    for (const path::stage_definition& each : vaasa.says().stages) {
        CHECK_FALSE(each.max.empty());
        CHECK(each.on_timeout.back() == "service_manager");
    }
    // That nobody goes round for ever is proved of every shipped path (path_proof_test.cpp).
}

TEST_CASE("workspace/path_vaasa-tyokyky: the capacity assessment is a sub-process of the service need") {
    played_story vaasa("vaasa-tyokyky");
    const path::action_definition& start = vaasa.says().actions.at("start_capacity_assessment");
    CHECK(start.after == std::vector<std::string>{"assessment_started:multi_professional"});
    const path::case_state ellen = vaasa.state("ellen");
    const path::assessment& need = with_id(ellen.assessments, "a-need");
    const path::assessment& capacity = with_id(ellen.assessments, "a-capacity");
    CHECK(need.started <= capacity.started);
    CHECK(*capacity.completed <= *need.completed);
    CHECK(is_met(ellen, "capacity assessment begins"));
    // not before the service need is being assessed
    CHECK(vaasa.refused("birgitta", "start_assessment", R"({"assessment":"a-1","kind":"capacity"})") ==
          error_code::wrong_stage);
}

TEST_CASE("workspace/path_vaasa-tyokyky: the assessment is multi-professional, and nothing without the client") {
    played_story vaasa("vaasa-tyokyky");
    CHECK(vaasa.says().meetings.at("capacity").must_attend ==
          std::vector<std::string>{"responsible_worker", "doctor", "social_worker"});
    CHECK(vaasa.says().assessments.at("capacity").feedback_from == "client");
    CHECK(vaasa.refused("birgitta", "record_fact",
                        R"({"fact":"social and health service need","value":"none","source":"client"})") ==
          std::nullopt);
    CHECK(vaasa.refused("birgitta", "route", "{}") == std::nullopt);
    CHECK(vaasa.refused("birgitta", "start_assessment", R"({"assessment":"a-1","kind":"capacity"})") ==
          error_code::step_missing);
    CHECK(vaasa.refused("birgitta", "start_assessment", R"({"assessment":"a-0","kind":"multi_professional"})") ==
          std::nullopt);
    CHECK(vaasa.refused("birgitta", "start_assessment", R"({"assessment":"a-1","kind":"capacity"})") == std::nullopt);
    const char* done = R"({"assessment":"a-1","result":"klar","strengths":["tålamod"],"limits":[]})";
    CHECK(vaasa.refused("birgitta", "complete_assessment", done) == error_code::step_missing);  // her view comes first
    CHECK(vaasa.refused("birgitta", "record_feedback", R"({"from":"client","about":"a-1","text":"Det stämmer."})") ==
          std::nullopt);
    CHECK(vaasa.refused("birgitta", "complete_assessment", done) == std::nullopt);
    const char* recommended = R"({"fact":"team recommendation","value":"coaching","source":"social_worker"})";
    CHECK(vaasa.refused("birgitta", "record_fact", recommended) == error_code::step_missing);  // nobody judges alone
}

TEST_CASE("workspace/path_vaasa-tyokyky: coaching follows quality criteria whose sources are flagged") {
    const played_story& vaasa = played("vaasa-tyokyky");
    std::set<std::string> served;
    for (const path::obligation_definition& each : vaasa.says().obligations)
        if (each.criterion) served.insert(*each.criterion);
    for (const char* phase : {"agreeing with the client", "skills and vocational profile", "rapid job search",
                              "agreeing support with the employer", "support in and outside work"})
        CHECK(served.contains(phase));
    for (const auto& criterion : vaasa.says().criteria) {
        CAPTURE(criterion.first);
        for (const auto& [language, text] : criterion.second)
            CHECK(text.starts_with("(x) "));  // the source gives no criteria
    }
    const path::case_state ellen = vaasa.state("ellen");
    for (const char* duty : {"goals set", "skills profile made", "job search begins",
                             "support agreed with the employer", "first follow-up"})
        CHECK_MESSAGE(is_met(ellen, duty), duty);
}

TEST_CASE("workspace/path_vaasa-tyokyky: implementation, fitness and effect of coaching are evaluated every time") {
    const played_story& vaasa = played("vaasa-tyokyky");
    const path::stage_definition& coaching = with_id(vaasa.says().stages, "coaching");
    for (const char* fact : {"coaching implementation", "coaching fitness", "coaching effect"}) {
        CHECK(has(coaching.requires_, fact));
        CHECK(vaasa.says().facts.at(fact).valid_for == "P3M");
    }
    CHECK(vaasa.says().facts.at("coaching fitness").sources == std::vector<std::string>{"client"});
    CHECK(is_met(vaasa.state("ville"), "coaching evaluated by the client"));
    CHECK(vaasa.state("ville").visits.at("assessment") == 2);            // it did not fit: the need is assessed again
    CHECK(vaasa.says().roles.at("job_coach").organisation == "county");  // a service of social welfare
}

TEST_CASE("workspace/path_vaasa-tyokyky: needs of social and health services are recognised early, access is secured") {
    const played_story& vaasa = played("vaasa-tyokyky");
    CHECK(vaasa.obligation("service need recognised early").on == "case_opened");
    CHECK(has(with_id(vaasa.says().stages, "referral").requires_, "social and health service need"));
    const path::case_state anna = vaasa.state("anna");
    CHECK(anna.ending->exit == "social_health_services");
    CHECK(with_id(anna.check_points, "exit social_health_services P1M").done == day("2026-05-11"));
    CHECK_FALSE(with_id(anna.check_points, "exit social_health_services P3M").done.has_value());
    CHECK(vaasa.says().services.at("county services").states.at("wait_listed").within == "P3M");
}

TEST_CASE("workspace/path_vaasa-tyokyky: work activity under the Social Welfare Act is a stage of its own") {
    const played_story& vaasa = played("vaasa-tyokyky");
    const path::stage_definition& stage = with_id(vaasa.says().stages, "work_activity");
    CHECK(vaasa.says().roles.at(stage.owner).organisation == "county");
    CHECK(vaasa.bundle.path.routing_targets("work_activity") ==
          std::vector<std::string>{"coaching", "work_activity", "work_activity_continues", "assessment",
                                   "other_service"});
    const path::case_state timo = vaasa.state("timo");
    CHECK(timo.visits.at("work_activity") == 3);
    CHECK(timo.ending->exit == "work_activity_continues");
    CHECK(timo.own_workers.size() == 1);
    const path::case_state karl = vaasa.state("karl");
    CHECK(karl.visits.at("coaching") == 1);
    CHECK(karl.responsible.at(0).who.organisation == "county");
    CHECK(path::responsible_now(karl)->who.organisation == "municipality");
}

TEST_CASE("workspace/path_vaasa-tyokyky: clients and experience experts sit in the work-ability team, by consent") {
    played_story vaasa("vaasa-tyokyky");
    const path::case_state ellen = vaasa.state("ellen");
    const path::meeting& team = with_id(ellen.meetings, "m-team");
    std::set<std::string> roles;
    for (const path::participant& each : team.participants) roles.insert(each.role);
    CHECK(roles.contains("experience_expert"));
    CHECK(roles.contains("developer_client"));
    CHECK(roles.contains("doctor"));
    CHECK(has(vaasa.says().facts.at("coaching implementation").sources, "experience_expert"));
    const std::string meeting =
        R"({"meeting":"m-t","kind":"work-ability team","participants":[)"
        R"({"person":"worker-121","role":"responsible_worker","organisation":"municipality"},)"
        R"({"person":"worker-621","role":"experience_expert","organisation":"association"}],"client_present":true})";
    CHECK(vaasa.refused("ville", "hold_meeting", meeting) == error_code::missing_consent);
    CHECK(vaasa.refused("ville", "give_consent", R"({"consent":"work-ability team"})") == std::nullopt);
    CHECK(vaasa.refused("ville", "hold_meeting", meeting) == std::nullopt);
}

TEST_CASE("workspace/path_vaasa-tyokyky: who comes alone is met remotely within two weeks") {
    const played_story& vaasa = played("vaasa-tyokyky");
    const path::case_state ellen = vaasa.state("ellen");
    CHECK(ellen.self_referral);
    CHECK_FALSE(ellen.sender.has_value());
    for (const char* id : {"m-first", "m-capacity"})
        for (const path::participant& each : with_id(ellen.meetings, id).participants) CHECK(each.remote == true);
    const auto waiting = vaasa.due("birgitta");
    const auto late = std::find_if(waiting.begin(), waiting.end(),
                                   [](const path::due_item& each) { return each.what == "first talk"; });
    REQUIRE(late != waiting.end());
    CHECK(late->due == day("2026-08-31"));
    CHECK(late->escalated_to == "service_manager");
    const path::case_state pekka = vaasa.state("pekka");  // was sent by a nurse: no such duty
    CHECK(std::none_of(pekka.obligations.begin(), pekka.obligations.end(),
                       [](const path::obligation& each) { return each.obligation_ == "first talk"; }));
}

TEST_CASE("workspace/path_vaasa-tyokyky: partners come and go by date") {
    played_story vaasa("vaasa-tyokyky");
    const auto& services = vaasa.says().services;
    CHECK(services.at("TE office").valid->until == day("2024-12-31"));
    CHECK(services.at("jobseeker services").valid->from == day("2025-01-01"));
    CHECK(services.at("peer group").valid->from == day("2026-05-01"));
    const std::string sender = R"("sender":{"person":"worker-221","role":"job_coach","organisation":"county"},)";
    CHECK(vaasa.refused("ville", "draft_referral",
                        R"({"referral":"r-te","service":"TE office",)" + sender + R"("reason":"apua"})") ==
          error_code::path_not_in_force);
    CHECK(vaasa.refused("ville", "draft_referral",
                        R"({"referral":"r-area","service":"jobseeker services",)" + sender + R"("reason":"apua"})") ==
          std::nullopt);
    CHECK(path::find_referral(vaasa.state("ville"), "ref-peer")->state == path::referral_state::in_progress);
    const path::case_state maija = vaasa.state("maija");  // declined by one partner, sent on to another
    CHECK(path::find_referral(maija, "ref-1")->state == path::referral_state::onward);
    CHECK(path::find_referral(maija, "ref-2")->state == path::referral_state::completed);
}

TEST_CASE("workspace/path_vaasa-tyokyky: a client is served in Finnish or Swedish") {
    const played_story& vaasa = played("vaasa-tyokyky");
    CHECK(has(with_id(vaasa.says().stages, "referral").requires_, "service language"));
    const path::case_state ellen = vaasa.state("ellen");
    CHECK(ellen.details.language == "sv");
    CHECK(ellen.facts.at("service language").value == feel::value("Swedish"));
    CHECK(ellen.plan->goal == "Ett deltidsarbete som håller");
    CHECK(vaasa.shown("birgitta", "sv").find("Egen kontakt") != std::string::npos);
    CHECK(vaasa.shown("birgitta", "fi").find("Oma yhteydenotto") != std::string::npos);
    CHECK(vaasa.says().municipalities.at("905").at("sv") == "Vasa");
}

TEST_SUITE_END();
