// SPDX-License-Identifier: Apache-2.0
// The multi-sector joint service: what the source document asks for, and what the acts say on which day.
#include "played_examples.hpp"

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

const played_story& typ() { return played("typ"); }

time::date day(const std::string& text) { return *time::parse_date(text); }

/// One case on a day of one's own choosing.
class fresh_case {
public:
    fresh_case() { store_->try_use(try_shipped_path("typ").value()).value(); }

    /// `data` is JSON. The error code, or nothing.
    std::optional<error_code> run(const std::string& on, const std::string& command, const std::string& data) {
        const std::string text = R"({"case":"7102000000000000000000000000f001","command_id":"f-)" +
                                 std::to_string(++number_) +
                                 R"(","actor":"worker-841","purpose":"service path","now":")" + on +
                                 "T09:00:00Z\",\"command\":\"" + command + "\",\"data\":" + data + "}";
        const auto done = store_->try_execute(json::try_parse(text).value());
        if (!done) return done.error().code();
        return std::nullopt;
    }
    void tell(const std::string& on, const std::string& fact, const std::string& value, const std::string& source) {
        CHECK_FALSE(run(on, "record_fact",
                        R"({"fact":")" + fact + R"(","value":)" + value + R"(,"source":")" + source + "\"}"));
    }
    void open(const std::string& on, const std::string& entry = "self_referral") {
        CHECK_FALSE(run(on, "open_case",
                        R"({"path":"typ","client":"7102000000000000000000000000f002","municipality":"698","entry":")" +
                            entry + "\"}"));
        tell(on, "reason for referral", "\"Keksitty\"", "client");
    }
    void to_mapping(const std::string& on) {
        tell(on, "consultation enough", "false", "responsible_worker");
        tell(on, "several services needed", "true", "responsible_worker");
        CHECK_FALSE(run(on, "route", "{}"));
    }
    path::case_state state() const { return store_->try_load("7102000000000000000000000000f001")->state; }

private:
    std::unique_ptr<workspace> store_ = workspace::try_open(":memory:").value();
    int number_ = 0;
};

/// The duties that a mapping started on that day has opened, with their last days.
std::map<std::string, std::string> duties_of_mapping(const std::string& on) {
    fresh_case one;
    one.open(on);
    one.to_mapping(on);
    CHECK_FALSE(one.run(on, "start_assessment", R"({"assessment":"a","kind":"multi_professional"})"));
    CHECK_FALSE(one.run(on, "agree_plan", R"({"goal":"Keksitty","steps":[],"agreed_with":["client"]})"));
    std::map<std::string, std::string> found;
    for (const path::obligation& each : one.state().obligations) found[each.obligation_] = time::to_string(each.due);
    return found;
}

bool screened(const std::string& on, int age, int months, int days) {
    fresh_case one;
    one.open(on);
    one.tell(on, "age", std::to_string(age), "client");
    one.tell(on, "months unemployed", std::to_string(months), "register");
    one.tell(on, "labour market support days", std::to_string(days), "register");
    return !duties(one.state(), "joint service assessed").empty();
}

/// Drafts a referral to a service in the phase that has it.
std::optional<error_code> drafted(const std::string& on, const std::string& service, const std::string& phase) {
    fresh_case one;
    one.open(on);
    one.to_mapping(on);
    if (phase != "mapping") {
        one.tell(on, "life situation", "\"Keksitty\"", "client");
        one.tell(on, "Kela cooperation need", "\"rehabilitation\"", "kela_adviser");
        one.tell(on, "effect on benefits", "\"none\"", "kela_adviser");
        one.tell(on, "mapping result", "\"" + phase + "\"", "responsible_worker");
        CHECK_FALSE(one.run(on, "route", "{}"));
    }
    return one.run(
        on, "draft_referral",
        R"({"referral":"r","service":")" + service +
            R"(","sender":{"person":"worker-841","role":"responsible_worker","organisation":"municipality"}})");
}

const path::obligation_definition& duty(const std::string& id) { return *typ().bundle.path.find_obligation(id); }

}  // namespace

TEST_SUITE_BEGIN("workspace/path_typ");

TEST_CASE("workspace/path_typ: three phases, mapping, rehabilitation, training and employment, without a gap between") {
    std::vector<std::string> stages;
    for (const path::stage_definition& each : typ().bundle.path.says().stages) stages.push_back(each.id);
    CHECK(stages ==
          std::vector<std::string>{"referral", "mapping", "rehabilitation_phase", "employment_phase", "follow_up"});
    const path::case_state vilho = typ().state("vilho");
    for (const std::string& each : stages) CHECK(vilho.visits.at(each) == 1);
    for (const path::case_state& each : typ().all())
        if (!each.is_closed()) CHECK_FALSE(path::answering_role(each).empty());
}

TEST_CASE("workspace/path_typ: client responsibility moves to who mainly provides the services, one at a time") {
    const auto organisations = [](const path::case_state& in) {
        std::vector<std::string> found;
        for (const path::responsibility& each : in.responsible) found.push_back(each.who.organisation);
        return found;
    };
    CHECK(organisations(typ().state("vilho")) == std::vector<std::string>{"te_office", "kela", "te_office"});
    CHECK(organisations(typ().state("arvo")) == std::vector<std::string>{"municipality", "kela", "municipality"});
    CHECK(organisations(typ().state("eino")) == std::vector<std::string>{"te_office", "municipality", "county"});
    for (const path::case_state& each : typ().all())
        for (std::size_t i = 0; i + 1 < each.responsible.size(); ++i)
            CHECK(each.responsible[i].until == each.responsible[i + 1].from);
    CHECK(typ().state("arvo").own_workers.front().who.organisation == "county");
}

TEST_CASE("workspace/path_typ: the path begins with Act 1369/2014 on 1 January 2015") {
    fresh_case before;
    CHECK(before.run("2014-12-31", "open_case",
                     R"({"path":"typ","client":"7102000000000000000000000000f002","municipality":"698",)"
                     R"("entry":"self_referral"})") == error_code::path_not_in_force);
    for (const char* on : {"2015-01-01", "2015-01-02"}) {
        fresh_case one;
        one.open(on);
        CHECK(one.state().is_opened());
    }
}

TEST_CASE("workspace/path_typ: the plan is due three months after the start, under the act of the day") {
    const auto last_day = duties_of_mapping("2024-12-31");
    CHECK(last_day.at("plan of the mapping period") == "2025-03-31");
    CHECK_FALSE(last_day.contains("joint plan"));
    const auto first_day = duties_of_mapping("2025-01-01");
    CHECK(first_day.at("joint plan") == "2025-04-01");
    CHECK_FALSE(first_day.contains("plan of the mapping period"));
    const auto second_day = duties_of_mapping("2025-01-02");
    CHECK(second_day.at("joint plan") == "2025-04-02");
    CHECK_FALSE(second_day.contains("plan of the mapping period"));
    CHECK(duty("plan of the mapping period").source == "1369/2014");
    CHECK(duty("joint plan").source == "381/2023 4 § 3 mom.");
}

TEST_CASE("workspace/path_typ: the plan is reviewed every six months, from 2 May 2022 every three") {
    CHECK(duties_of_mapping("2022-05-01").at("plan review") == "2022-11-01");
    CHECK(duties_of_mapping("2022-05-02").at("plan review") == "2022-08-02");
    CHECK(duties_of_mapping("2022-05-03").at("plan review") == "2022-08-03");
    CHECK(duties_of_mapping("2024-12-31").at("plan review") == "2025-03-31");
    CHECK(duties_of_mapping("2025-01-01").at("plan review") == "2025-04-01");
    CHECK(duties_of_mapping("2025-01-02").at("plan review") == "2025-04-02");
    const auto reviews = duties(typ().state("hilja"), "plan review");
    REQUIRE(reviews.size() >= 2);
    CHECK(reviews[0].opened == day("2021-12-10"));
    CHECK(reviews[0].due == day("2022-06-10"));
    CHECK(reviews[1].opened == day("2022-06-08"));
    CHECK(reviews[1].due == day("2022-09-08"));
}

TEST_CASE("workspace/path_typ: long-term unemployment asked for an assessment until the end of 2024") {
    CHECK(screened("2024-12-31", 40, 12, 0));
    CHECK_FALSE(screened("2025-01-01", 40, 12, 0));
    CHECK_FALSE(screened("2025-01-02", 40, 12, 0));
    CHECK(screened("2024-12-31", 40, 0, 300));
    CHECK_FALSE(screened("2024-12-31", 40, 11, 299));
    CHECK(screened("2024-12-31", 24, 6, 0));
    CHECK_FALSE(screened("2024-12-31", 25, 6, 0));
    CHECK(screened("2015-12-31", 40, 0, 300));
    CHECK_FALSE(screened("2015-12-31", 40, 12, 0));
    CHECK(screened("2016-01-01", 40, 12, 0));
    CHECK(screened("2016-01-02", 24, 6, 0));
    CHECK(duties(typ().state("vilho"), "joint service assessed").front().state == path::obligation_state::satisfied);
}

TEST_CASE("workspace/path_typ: the members of the joint service change with the year") {
    const auto old_act = duties_of_mapping("2024-12-31");
    CHECK(old_act.contains("TE specialist in the team"));
    CHECK(old_act.contains("Kela in the team"));
    CHECK_FALSE(old_act.contains("employment authority in the team"));
    for (const char* on : {"2025-01-01", "2025-01-02"}) {
        const auto new_act = duties_of_mapping(on);
        CHECK_FALSE(new_act.contains("TE specialist in the team"));
        CHECK_FALSE(new_act.contains("Kela in the team"));
        CHECK(new_act.contains("employment authority in the team"));
        CHECK(new_act.contains("county in the team"));
    }
    // Since 2025 Kela is a party when its rehabilitation is needed.
    CHECK_FALSE(duties(typ().state("arvo"), "Kela in the team").empty());
    CHECK(duties(typ().state("siiri"), "Kela in the team").empty());
}

TEST_CASE("workspace/path_typ: services are offered by who provided them on that day") {
    struct offer {
        const char* service;
        const char* phase;
        bool ends;  ///< with the first of the three days; else it begins with the second
        std::array<const char*, 3> days;
    };
    const std::array<const char*, 3> county{"2022-12-31", "2023-01-01", "2023-01-02"};
    const std::array<const char*, 3> authority{"2024-12-31", "2025-01-01", "2025-01-02"};
    for (const offer& each :
         {offer{"municipal social services", "rehabilitation first", true, county},
          offer{"county services", "rehabilitation first", false, county},
          offer{"municipal health check", "mapping", true, county}, offer{"health check", "mapping", false, county},
          offer{"TE office services", "training or employment", true, authority},
          offer{"employment authority services", "training or employment", false, authority},
          offer{"Kela rehabilitation 2015", "rehabilitation first", true, authority},
          offer{"Kela rehabilitation", "rehabilitation first", false, authority}}) {
        CAPTURE(each.service);
        const auto refused = std::optional(error_code::path_not_in_force);
        const std::optional<error_code> fine;
        CHECK(drafted(each.days[0], each.service, each.phase) == (each.ends ? fine : refused));
        CHECK(drafted(each.days[1], each.service, each.phase) == (each.ends ? refused : fine));
        CHECK(drafted(each.days[2], each.service, each.phase) == (each.ends ? refused : fine));
    }
}

TEST_CASE("workspace/path_typ: until 2024 Kela's rehabilitation needed a written consent, since then none is asked") {
    CHECK(typ().bundle.path.says().services.at("Kela rehabilitation 2015").consent == "joint service");
    CHECK_FALSE(typ().bundle.path.says().services.at("Kela rehabilitation").consent);
    const auto refused = first_refusal(
        "typ", "vilho", [](const feel::value& command) { return data_text(command, "consent") == "joint service"; });
    REQUIRE(refused);
    CHECK(refused->code() == error_code::missing_consent);
    CHECK(typ().state("arvo").consents.empty());
    CHECK(path::find_referral(typ().state("arvo"), "ref-kela")->state == path::referral_state::completed);
}

TEST_CASE("workspace/path_typ: the need of Kela cooperation is mapped early and is mandatory") {
    const auto refused = first_refusal("typ", "arvo", [](const feel::value& command) {
        return data_text(command, "fact") == "Kela cooperation need";
    });
    REQUIRE(refused);
    CHECK(refused->code() == error_code::missing_facts);
    fresh_case one;
    one.open("2025-02-03");
    one.to_mapping("2025-02-03");
    CHECK(duties(one.state(), "Kela mapping").front().due == day("2025-03-03"));
    CHECK(duties(typ().state("arvo"), "Kela mapping").front().state == path::obligation_state::satisfied);
}

TEST_CASE("workspace/path_typ: Kela sends clients too") {
    CHECK(typ().bundle.path.says().entries.at("Kela").sender == "kela_adviser");
    CHECK(typ().state("arvo").entry == "Kela");
    CHECK(typ().state("arvo").sender->organisation == "kela");
    CHECK(typ().state("martti").entry == "Kela");
}

TEST_CASE("workspace/path_typ: each municipality has its own named Kela adviser and named specialists") {
    std::map<std::string, std::map<std::string, std::set<std::string>>> named;  // role, municipality
    for (const path::case_state& each : typ().all())
        for (const path::responsibility& member : each.team)
            named[member.who.role][each.municipality].insert(member.who.person);
    for (const char* role : {"kela_adviser", "te_specialist", "employment_specialist"}) {
        CAPTURE(role);
        REQUIRE(named[role].size() == 2);
        CHECK(named[role]["698"].size() == 1);
        CHECK(named[role]["320"].size() == 1);
        CHECK(named[role]["698"] != named[role]["320"]);
    }
}

TEST_CASE("workspace/path_typ: benefits are reconciled in every phase before a client goes on") {
    for (const char* phase : {"mapping", "rehabilitation_phase", "employment_phase"}) {
        const auto& stages = typ().bundle.path.says().stages;
        const auto found =
            std::find_if(stages.begin(), stages.end(), [&](const auto& each) { return each.id == phase; });
        CHECK(has(found->requires_, std::string("effect on benefits")));
    }
    for (const char* id : {"benefits reconciled in mapping", "benefits reconciled in rehabilitation",
                           "benefits reconciled in employment"})
        CHECK(duties(typ().state("arvo"), id).front().state == path::obligation_state::satisfied);
}

TEST_CASE("workspace/path_typ: a client tells a thing once, and it is known in every phase") {
    for (const path::case_state& each : typ().all()) {
        std::map<std::string, int> told;
        for (const auto& happened : each.history)
            if (const auto* fact = std::get_if<path::fact_recorded>(&happened->what))
                if (fact->source == "client") ++told[fact->fact];
        for (const char* once : {"reason for referral", "life situation", "age", "status at entry"})
            CHECK(told[once] <= 1);
    }
    const path::case_state martti = typ().state("martti");
    CHECK(martti.visits.at("mapping") == 2);
    CHECK(martti.facts.at("life situation").told == day("2025-06-09"));
    CHECK(path::missing_facts(martti, {"life situation"}, day("2026-02-06")).empty());
    CHECK(path::missing_facts(martti, {"life situation"}, day("2026-06-10")) ==
          std::vector<std::string>{"life situation"});
}

TEST_CASE("workspace/path_typ: a case over New Year 2025 keeps its story and goes on under the new act") {
    const path::case_state eino = typ().state("eino");
    CHECK(duties(eino, "plan of the mapping period").front().state == path::obligation_state::satisfied);
    CHECK(duties(eino, "joint plan").empty());
    CHECK(eino.responsible[1].from == day("2025-01-01"));
    CHECK(path::find_referral(eino, "ref-kela")->state == path::referral_state::onward);
    CHECK(path::find_referral(eino, "ref-county")->state == path::referral_state::completed);
    CHECK(eino.ending->exit == "pension");
}

TEST_CASE("workspace/path_typ: the authorities end the joint service by a joint judgement") {
    const path::case_state lempi = typ().state("lempi");
    CHECK(lempi.ending->exit == "no_joint_need");
    std::set<std::string> judged;
    for (const path::participant& each : lempi.meetings.back().participants) judged.insert(each.organisation);
    CHECK(judged == std::set<std::string>{"municipality", "county", "kela"});
}

TEST_CASE("workspace/path_typ: consultation alone needs no joint service, and a late plan reaches the manager") {
    CHECK(followed(typ().state("toini"), "referral_consultation"));
    const auto waiting = path::due(typ().bundle.path, typ().state("kalle"), day("2026-10-01"), day("2026-10-01"));
    const auto plan =
        std::find_if(waiting.begin(), waiting.end(), [](const auto& each) { return each.what == "joint plan"; });
    REQUIRE(plan != waiting.end());
    CHECK(plan->due == day("2026-07-10"));
    CHECK(plan->escalated_to == "service_manager");
}

TEST_CASE("workspace/path_typ: loops lead back through the phases and meetings are joined from afar") {
    CHECK(followed(typ().state("martti"), "rehabilitation_more"));
    CHECK(followed(typ().state("martti"), "rehabilitation_new_mapping"));
    CHECK(followed(typ().state("siiri"), "follow_up_back"));
    CHECK(typ().state("siiri").ending->exit == "own_business");
    CHECK(typ().state("siiri").details.language == "sv");
    for (const path::meeting& each : typ().state("arvo").meetings)
        CHECK(std::any_of(each.participants.begin(), each.participants.end(), [](const path::participant& who) {
            return who.role == "kela_adviser" && who.remote == true;
        }));
}

TEST_SUITE_END();
