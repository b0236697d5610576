// SPDX-License-Identifier: Apache-2.0
// What the source of the path `top` asks for, shown on its definition and on the ways of its example clients.
#include "played_story.hpp"

#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

std::vector<path::instrument_result> measured(const path::case_state& of) {
    std::vector<path::instrument_result> found;
    for (const path::instrument_result& each : of.instruments)
        if (each.instrument == "three abilities") found.push_back(each);
    return found;
}

std::vector<std::string> remote_roles(const path::meeting& of) {
    std::vector<std::string> roles;
    for (const path::participant& each : of.participants)
        if (each.remote.value_or(false)) roles.push_back(each.role);
    return roles;
}

}  // namespace

TEST_SUITE_BEGIN("workspace/path_top");

TEST_CASE("workspace/path_top: three sectors act in one model, each with entry, owner and described services") {
    const path_bundle bundle = try_shipped_path("top").value();
    const path::definition& says = bundle.path.says();
    std::set<std::string> sending;
    for (const auto& [id, entry] : says.entries)
        if (entry.sender) sending.insert(says.roles.at(*entry.sender).organisation);
    CHECK(sending == std::set<std::string>{"municipality", "county", "education"});
    std::set<std::string> serving;
    for (const auto& named : says.services) {
        const path::referral_service_definition& service = named.second;
        CAPTURE(named.first);
        serving.insert(service.organisation);
        CHECK(says.roles.at(service.receiver).organisation == service.organisation);
        CHECK(!service.purpose.empty());
        CHECK(service.name.at("fi-selko") != service.name.at("fi"));  // described for the client in plain words
        CHECK(service.states.at("sent").to.back() == "service_manager");
    }
    CHECK(serving == std::set<std::string>{"municipality", "county", "education", "rehabilitation"});
    CHECK(says.municipalities.size() == 14);
    CHECK(says.municipalities.at("851").at("sv") == "Torneå");
}

TEST_CASE("workspace/path_top: responsibility moves between the sectors, one at a time") {
    const played_story& top = played("top");
    const path::case_state manu = top.state("manu");
    REQUIRE(manu.responsible.size() == 2);
    CHECK(manu.responsible[0].who.organisation == "municipality");
    CHECK(manu.responsible[0].until == manu.responsible[1].from);
    CHECK(path::responsible_now(manu)->who.organisation == "county");
    CHECK(top.state("kaisla").own_workers.size() == 1);  // the own worker stays beside the responsible worker
    CHECK(top.state("vilja").responsible[0].who.organisation == "education");
}

TEST_CASE("workspace/path_top: the network meets within two weeks, and a late meeting reaches the manager") {
    const played_story& top = played("top");
    const auto& early = top.obligation("early meeting");
    CHECK(early.on == "case_opened");
    CHECK(early.satisfied_by == "meeting_held:early");
    for (const char* id : {"ilona", "joona", "kaisla", "manu", "raimo", "saimi", "vilja"}) {
        CAPTURE(id);
        const path::case_state state = top.state(id);
        const path::meeting& met = with_id(state.meetings, "m-early");
        CHECK(met.held.to_days() - state.opened->to_days() <= 14);
        CHECK_FALSE(met.agreed.value_or("").empty());  // the steps are planned together
        CHECK(state.plan.has_value());
    }
    const auto waiting = top.due("taavi");
    const auto late = std::find_if(waiting.begin(), waiting.end(),
                                   [](const path::due_item& each) { return each.what == "early meeting"; });
    REQUIRE(late != waiting.end());
    CHECK(late->late);
    CHECK(late->due == time::parse_date("2026-08-10").value());
    CHECK(late->escalated_to == "service_manager");
}

TEST_CASE("workspace/path_top: an early meeting is one of several actors, with the client and the client's consent") {
    played_story top("top");
    const std::string worker = R"({"person":"worker-111","role":"responsible_worker","organisation":"municipality"})";
    const std::string contact =
        R"({"person":"worker-211","role":"health_social_contact","organisation":"county","remote":true})";
    const auto meeting = [&](const std::string& who, const char* rest) {
        return R"({"meeting":"m-1","kind":"early","participants":[)" + who + "]" + rest + "}";
    };
    const char* whole = R"(,"client_present":true,"agreed":"Valmennus alkaa.")";
    CHECK(top.refused("taavi", "hold_meeting", meeting(worker, whole)) == error_code::meeting_incomplete);
    CHECK(top.refused("taavi", "hold_meeting", meeting(worker + "," + contact, R"(,"agreed":"Valmennus alkaa.")")) ==
          error_code::meeting_incomplete);
    CHECK(top.refused("taavi", "hold_meeting", meeting(worker + "," + contact, R"(,"client_present":true)")) ==
          error_code::meeting_incomplete);
    const char* recommended = R"({"fact":"meeting recommendation","value":"coaching","source":"responsible_worker"})";
    CHECK(top.refused("taavi", "record_fact", recommended) == error_code::step_missing);  // nobody decides alone
    CHECK(top.refused("taavi", "withdraw_consent", R"({"consent":"network"})") == std::nullopt);
    CHECK(top.refused("taavi", "hold_meeting", meeting(worker + "," + contact, whole)) == error_code::missing_consent);
    CHECK(top.refused("taavi", "give_consent", R"({"consent":"network"})") == std::nullopt);
    CHECK(top.refused("taavi", "hold_meeting", meeting(worker + "," + contact, whole)) == std::nullopt);
    CHECK(top.refused("taavi", "record_fact", recommended) == std::nullopt);
}

TEST_CASE("workspace/path_top: vocational rehabilitation and education join remotely, as needed") {
    const played_story& top = played("top");
    CHECK(remote_roles(with_id(top.state("joona").meetings, "m-early")) ==
          std::vector<std::string>{"rehabilitation_expert", "school_contact"});
    CHECK(remote_roles(with_id(top.state("kaisla").meetings, "m-early")) == std::vector<std::string>{"school_contact"});
    CHECK(top.says().meetings.at("early").must_attend ==
          std::vector<std::string>{"responsible_worker", "health_social_contact"});
    // who is needed is asked for by a duty, and only then
    CHECK(top.obligation("rehabilitation expert joins").guard == "rehabilitation expert needed");
    CHECK(top.obligation("school joins").guard == "at risk of dropping out");
    const auto joined = [&](const char* id, const char* duty) {
        const path::case_state state = top.state(id);
        return std::any_of(state.obligations.begin(), state.obligations.end(), [&](const path::obligation& each) {
            return each.obligation_ == duty && each.state == path::obligation_state::satisfied;
        });
    };
    CHECK(joined("joona", "rehabilitation expert joins"));
    CHECK_FALSE(joined("ilona", "rehabilitation expert joins"));
    CHECK(joined("ilona", "school joins"));
    CHECK_FALSE(joined("joona", "school joins"));
}

TEST_CASE("workspace/path_top: three abilities are measured, and again to see the change") {
    played_story top("top");
    const path::instrument_definition& instrument = top.says().instruments.at("three abilities");
    CHECK(instrument.scales == std::vector<std::string>{"ability to work", "ability to study", "ability to function"});
    CHECK(instrument.again_after == "P3M");
    const auto joona = measured(top.state("joona"));
    REQUIRE(joona.size() == 3);
    CHECK(joona.front().scores.at("ability to work") == feel::number(4));
    CHECK(joona.back().scores.at("ability to work") == feel::number(7));
    for (const char* id : {"ilona", "joona", "kaisla", "raimo", "saimi", "vilja"})
        CHECK(measured(top.state(id)).size() >= 2);
    CHECK(top.obligation("abilities measured again").on == top.obligation("abilities measured again").satisfied_by);
    CHECK(top.refused("saimi", "record_instrument",
                      R"({"instrument":"three abilities","phase":"end","scores":{"ability to study":11}})") ==
          error_code::score_out_of_range);
}

TEST_CASE("workspace/path_top: a pupil at risk of dropping out comes to the network at once and keeps the studies") {
    const played_story& top = played("top");
    const path::case_state ilona = top.state("ilona");
    CHECK(ilona.entry == "school");
    REQUIRE(!ilona.decisions.empty());
    CHECK(ilona.decisions.front().content.reasons == std::vector<std::string>{"referral_pupil"});
    CHECK(ilona.visits.at("study_support") == 1);
    CHECK(ilona.ending->outcome == path::outcome_class::education);
    CHECK(with_id(top.says().stages, "study_support").owner == "school_contact");
    CHECK(top.state("vilja").visits.at("study_support") == 2);  // the studies broke off: support starts again
}

TEST_CASE("workspace/path_top: the path leads to education, work or both, and no step costs the client unseen") {
    const played_story& top = played("top");
    CHECK(top.state("joona").ending->outcome == path::outcome_class::employment);
    CHECK(top.state("raimo").ending->outcome == path::outcome_class::supported_employment);
    const path::case_state kaisla = top.state("kaisla");
    CHECK(kaisla.placements.size() == 2);  // studies and a part-time job side by side
    CHECK(kaisla.placements[0].is_open());
    CHECK(kaisla.placements[1].is_open());
    CHECK(std::any_of(kaisla.plan->steps.begin(), kaisla.plan->steps.end(),
                      [](const path::plan_step& each) { return each.benefit_risk.value_or(false); }));
    for (const path::exit_definition& each : top.says().exits) CHECK_FALSE(each.follow_up.empty());
    CHECK(top.bundle.path.find_exit("pension") == nullptr);
}

TEST_CASE("workspace/path_top: a declined referral goes on to another service, waits on its list and comes back") {
    const played_story& top = played("top");
    const path::case_state raimo = top.state("raimo");
    CHECK(path::find_referral(raimo, "ref-rehab")->state == path::referral_state::onward);
    CHECK(path::find_referral(raimo, "ref-health")->previous == "ref-rehab");
    CHECK(path::find_referral(raimo, "ref-health")->state == path::referral_state::completed);
}

TEST_SUITE_END();
