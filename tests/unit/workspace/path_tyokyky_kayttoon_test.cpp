// SPDX-License-Identifier: Apache-2.0
// What the project plan Työkyky käyttöön asks for, on the shipped path and its example clients.
#include "played_examples.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

const played_story& kayttoon() { return played("tyokyky-kayttoon"); }

const path::definition& says() { return kayttoon().bundle.path.says(); }
time::date day(const char* text) { return *time::parse_date(text); }

std::optional<error_code> code_without(std::string_view client, std::string_view member, std::string_view value) {
    const auto refused = first_refusal("tyokyky-kayttoon", client,
                                       [&](const feel::value& command) { return data_text(command, member) == value; });
    return refused ? std::optional(refused->code()) : std::nullopt;
}

bool satisfied(const path::case_state& in, std::string_view id) {
    const auto found = duties(in, id);
    return !found.empty() && found.front().state == path::obligation_state::satisfied;
}

}  // namespace

TEST_SUITE_BEGIN("workspace/path_tyokyky_kayttoon");

TEST_CASE("workspace/path_tyokyky_kayttoon: one responsible worker at a time guides and coordinates") {
    for (const path::case_state& each : kayttoon().all()) {
        CHECK(satisfied(each, "name responsible worker"));
        for (std::size_t i = 0; i + 1 < each.responsible.size(); ++i)
            CHECK(each.responsible[i].until == each.responsible[i + 1].from);
    }
    CHECK(kayttoon().state("aino").own_workers.size() == 1);
    CHECK_FALSE(kayttoon().state("aino").own_workers.front().until);
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: the network team has its professionals, partners and people with experience") {
    const auto& may = says().meetings.at("network").may_attend;
    for (const char* role : {"social_worker", "doctor", "nurse", "kela_adviser", "work_ability_coordinator",
                             "job_coach", "psychologist", "occupational_nurse", "career_guide", "association_contact",
                             "clubhouse_coach", "experience_expert", "developer_client", "close_person"})
        CHECK_MESSAGE(has(may, std::string(role)), role);
    const path::case_state sampo = kayttoon().state("sampo");
    std::set<std::string> met;
    for (const path::participant& each : sampo.meetings.back().participants) met.insert(each.role);
    for (const char* role : {"career_guide", "experience_expert", "close_person", "workshop_coach"})
        CHECK(met.contains(role));
    CHECK(says().services.at("career guidance").receiver == "career_guide");
}

TEST_CASE("workspace/path_tyokyky_kayttoon: the clubhouse is asked of nobody whose age is not known") {
    CHECK(code_without("kerttu", "fact", "age") == error_code::missing_facts);
    CHECK(says().services.at("clubhouse").purpose == "coaching of persons over 18");
}

TEST_CASE("workspace/path_tyokyky_kayttoon: the clubhouse is not asked to coach anybody under 18") {
    const path::service_path& path = kayttoon().bundle.path;
    path::case_state state = kayttoon().state("kerttu");
    REQUIRE(state.facts.contains("age"));
    const auto sent_at = [&](std::int64_t age) {
        path::case_state of = state;
        of.ending.reset();
        of.facts.at("age").value = feel::value(age);
        path::referral draft;
        draft.id = "clubhouse again";
        draft.service = "clubhouse";
        draft.reason = "wants to try coaching";
        draft.since = kayttoon().examples.as_of;
        of.referrals.push_back(draft);
        path::move_referral send;
        send.referral = draft.id;
        return path::decide(path, of, {send, {}}, {kayttoon().examples.as_of, "test", "test", 0});
    };
    const auto young = sent_at(17);
    REQUIRE_FALSE(young);
    CHECK(young.error().code() == error_code::not_in_target_group);
    CHECK(young.error().message().find("age >= 18") != std::string::npos);
    const auto grown = sent_at(18);
    const bool may_go = grown.has_value() || grown.error().code() == error_code::missing_consent;
    CHECK_MESSAGE(may_go, (grown ? std::string() : grown.error().to_string()));
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: the register says where an instrument is used and that it is common to all") {
    for (const char* instrument : {"kykyviisari", "avain"}) {
        const auto& uses = says().instruments.at(instrument).uses;
        REQUIRE(uses.size() == says().municipalities.size());
        for (const path::instrument_use& use : uses) {
            CHECK(says().municipalities.contains(use.municipality.value_or("")));
            CHECK(use.agreed_common.value_or(false));
            CHECK_FALSE(use.sector.empty());
            CHECK(use.strengths.size() == 4);
        }
    }
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: entry channels, earlier services and recognition partners are three lists") {
    CHECK(says().entries.contains("social rehabilitation"));
    CHECK(says().entries.contains("disability social work"));
    CHECK(kayttoon().state("sampo").facts.at("earlier services").state == path::fact_state::known);
    for (const char* partner : {"Ohjaamo", "health care", "youth workshop", "school"})
        CHECK_MESSAGE(says().entries.contains(partner), partner);
    CHECK(kayttoon().state("sampo").entry == "youth workshop");
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: social work has mapped resources before the transfer, which is a joint act") {
    CHECK(code_without("aino", "fact", "resources mapped") == error_code::missing_facts);
    CHECK(code_without("aino", "fact", "everyday life in order") == error_code::missing_facts);
    const path::meeting transfer = kayttoon().state("aino").meetings.front();
    CHECK(transfer.client_present == true);
    std::set<std::string> met;
    for (const path::participant& each : transfer.participants) met.insert(each.role);
    CHECK(met == std::set<std::string>{"job_coach", "own_worker", "responsible_worker"});
    CHECK(satisfied(kayttoon().state("aino"), "transfer meeting"));
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: the assessment starts when one organisation is not enough, strengths first") {
    CHECK(followed(kayttoon().state("aino"), "referral_needs_assessment"));
    CHECK(followed(kayttoon().state("toivo"), "referral_single_service"));
    for (const path::assessment& each : kayttoon().state("aino").assessments) CHECK_FALSE(each.strengths.empty());
    CHECK(kayttoon().state("aino").facts.at("partial work ability recognised").value == feel::value(true));
    CHECK(kayttoon().state("onni").facts.at("disability risk").value == feel::value(true));
}

TEST_CASE("workspace/path_tyokyky_kayttoon: a functional assessment at work waits for the organiser's feedback") {
    CHECK(code_without("onni", "from", "organiser") == error_code::step_missing);
    CHECK(says().services.at("bought functional assessment").organisation == "association");
    std::set<std::string> platforms;
    for (const auto& [id, each] : says().environments) platforms.insert(id);
    for (const char* each : {"workshop", "third sector", "municipal unit", "company"}) CHECK(platforms.contains(each));
    CHECK(says().assessments.at("functional_period").aspects.size() == 5);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: the change of ability is measured and goals are scored again") {
    for (const char* client : {"eero", "kerttu", "sampo"}) {
        const auto measured = kayttoon().state(client).instruments;
        REQUIRE(measured.size() == 2);
        CHECK(measured.front().scores.at("work ability") < measured.back().scores.at("work ability"));
        CHECK(satisfied(kayttoon().state(client), "Kykyviisari again"));
    }
    CHECK(satisfied(kayttoon().state("eero"), "goals set"));
    CHECK(kayttoon().state("eero").goals.front().is_met());
    CHECK(says().instruments.at("kykyviisari").source == "sivusto.kykyviisari.fi");
}

TEST_CASE("workspace/path_tyokyky_kayttoon: support reaches into working life, and own business is an exit too") {
    CHECK(kayttoon().state("sanni").ending->outcome == path::outcome_class::own_business);
    CHECK(kayttoon().state("helmi").entry == "school");
    CHECK(kayttoon().state("helmi").ending->exit == "education");
    const path::case_state eero = kayttoon().state("eero");
    CHECK(eero.placements.front().supports.front().support_ == "job coaching");
    CHECK_FALSE(duties(eero, "first follow-up").empty());
}

TEST_CASE("workspace/path_tyokyky_kayttoon: a job found by social criteria of a procurement is recorded as that") {
    CHECK(kayttoon().state("eero").placements.front().social_procurement == true);
    CHECK_FALSE(kayttoon().state("aino").placements.front().social_procurement);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: Kela cooperation is mapped early, and the named adviser joins") {
    CHECK(code_without("eero", "fact", "Kela cooperation need") == error_code::missing_facts);
    CHECK(satisfied(kayttoon().state("aino"), "Kela mapping"));
    CHECK(satisfied(kayttoon().state("aino"), "Kela adviser in the team"));
    CHECK(duties(kayttoon().state("eero"), "Kela adviser in the team").empty());  // no need of Kela
    std::map<std::string, std::set<std::string>> by_municipality;
    for (const char* client : {"aino", "oiva", "sampo"}) {
        const path::case_state state = kayttoon().state(client);
        for (const path::responsibility& each : state.team)
            if (each.who.role == "kela_adviser") by_municipality[state.municipality].insert(each.who.person);
    }
    CHECK(by_municipality["698"].size() == 1);
    CHECK(by_municipality["320"].size() == 1);
    CHECK(by_municipality["698"] != by_municipality["320"]);
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: the doctor's visit is prepared with the client, with consent, and planned on") {
    CHECK(code_without("aino", "fact", "social situation") == error_code::missing_facts);
    CHECK(code_without("aino", "consent", "health information") == error_code::missing_consent);
    const path::referral visit = *path::find_referral(kayttoon().state("aino"), "ref-doctor");
    CHECK(visit.reason.has_value());
    CHECK(visit.background.has_value());
    CHECK(visit.client_view.has_value());
    CHECK(says().services.contains("health check"));
    CHECK(has(says().meetings.at("doctor visit").must_attend, std::string("own_worker")));
    CHECK(says().meetings.at("doctor visit").agreed_plan == true);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: a service that ended in 2020 is not on a path that began in 2025") {
    CHECK(says().valid.from == day("2025-01-01"));
    for (const auto& [id, each] : says().services)
        CHECK((!each.valid || !each.valid->until || says().valid.from <= *each.valid->until));
}

TEST_CASE("workspace/path_tyokyky_kayttoon: Ohjaamo takes over when Kela's rehabilitation ends, under 30 years") {
    const path::case_state sampo = kayttoon().state("sampo");
    const auto over = duties(sampo, "Ohjaamo takes over");
    REQUIRE(over.size() == 1);
    CHECK(over.front().opened == day("2026-09-01"));
    CHECK(over.front().due == day("2026-09-15"));
    CHECK(over.front().state == path::obligation_state::satisfied);
    CHECK(path::responsible_now(sampo)->who.role == "ohjaamo_guide");
    CHECK(path::find_referral(sampo, "ref-kela")->sender.role == "ohjaamo_guide");
}

TEST_CASE("workspace/path_tyokyky_kayttoon: short jobs and training are weighed against benefits") {
    CHECK(code_without("aino", "fact", "effect on benefits") == error_code::missing_facts);
    bool flagged = false;
    for (const path::case_state& each : kayttoon().all())
        if (each.plan)
            for (const path::plan_step& step : each.plan->steps) flagged = flagged || step.benefit_risk.value_or(false);
    CHECK(flagged);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: nobody falls between services or stays in them without end") {
    for (const auto& [decision, rule] :
         {std::pair{"After coaching", "coaching_enough"}, std::pair{"After placement", "placement_enough"},
          std::pair{"After follow-up", "follow_up_enough"}})
        CHECK(says().reasons.at(decision).contains(rule));
    const path::case_state kerttu = kayttoon().state("kerttu");
    CHECK(path::find_referral(kerttu, "ref-kela")->state == path::referral_state::onward);
    CHECK(path::find_referral(kerttu, "ref-club")->state == path::referral_state::completed);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: what was told once is known until its day") {
    const path::case_state aino = kayttoon().state("aino");
    CHECK(path::missing_facts(aino, {"social situation"}, day("2027-01-20")).empty());
    CHECK(path::missing_facts(aino, {"social situation"}, day("2027-01-21")).size() == 1);
}

TEST_CASE(
    "workspace/path_tyokyky_kayttoon: Kela's medical consultation and deeper service are services with a referral") {
    const path::case_state oiva = kayttoon().state("oiva");
    const path::referral* asked = path::find_referral(oiva, "ref-kela-doctor");
    REQUIRE(asked != nullptr);
    CHECK(asked->service == "Kela medical consultation");
    CHECK(asked->state == path::referral_state::completed);
    CHECK(code_without("oiva", "consent", "health information") == error_code::missing_consent);
    for (const char* service : {"Kela medical consultation", "Kela personal service"}) {
        CHECK(says().services.at(service).organisation == "kela");
        CHECK(says().services.at(service).when.has_value());
    }
    for (const path::stage_definition& each : says().stages)
        if (each.id == "assessment" || each.id == "coaching")
            for (const char* action : {"refer_to_kela_consultation", "refer_to_kela_personal_service"})
                CHECK_MESSAGE(has(each.actions, std::string(action)), each.id);
}

TEST_CASE("workspace/path_tyokyky_kayttoon: a meeting that was agreed, moved and forgotten is not lost") {
    const path::case_state oiva = kayttoon().state("oiva");
    REQUIRE(oiva.planned_meetings.size() == 1);
    const path::planned_meeting& agreed = oiva.planned_meetings.front();
    CHECK(agreed.is_open());
    CHECK(agreed.day == day("2026-06-09"));
    CHECK(agreed.moved == 1);
    CHECK(agreed.tool == "video meeting");
    CHECK(agreed.escalated > 0);
    CHECK_FALSE(agreed.owner.empty());
    const auto waits = kayttoon().due("oiva");
    CHECK(std::any_of(waits.begin(), waits.end(), [](const path::due_item& each) {
        return each.kind == path::due_kind::meeting && each.late && each.escalated_to.has_value();
    }));
}

TEST_CASE("workspace/path_tyokyky_kayttoon: the client tells of strength, preconditions and taking part") {
    const auto& own = says().experiences.at("own view");
    for (const char* question : {"strength", "preconditions", "participation"})
        CHECK_MESSAGE(own.questions.at(question).size() == 4, question);
    const path::case_state oiva = kayttoon().state("oiva");
    REQUIRE(oiva.experiences.size() == 1);
    CHECK(oiva.experiences.front().answers.size() == 3);
    CHECK(oiva.experiences.front().words.has_value());
}

TEST_CASE("workspace/path_tyokyky_kayttoon: digital tools are data of the path, each with its use and its days") {
    CHECK(says().tools.size() == 3);
    for (const auto& each : says().tools) {
        CHECK_MESSAGE(!each.second.serves.empty(), each.first);
        CHECK_MESSAGE(each.second.valid.has_value(), each.first);
    }
    CHECK(has(says().tools.at("organiser's feedback form").serves, std::string("functional_period")));
}

TEST_SUITE_END();
