// SPDX-License-Identifier: Apache-2.0
#include <polku/path/service_path.hpp>

#include "small_path.hpp"

#include <functional>

using namespace small_path;

namespace {

/// The findings after one change to the sound definition: codes with their JSON pointers.
std::vector<std::pair<error_code, std::string>> findings(const std::function<void(path::definition&)>& change) {
    path::definition says = definition();
    change(says);
    std::vector<std::pair<error_code, std::string>> found;
    for (const diagnostic& each : path::check(says, sources())) {
        CHECK(!each.what.message().empty());
        CHECK(each.what.positions().back().source == "small.json");
        found.emplace_back(each.what.code(), each.what.positions().back().pointer);
    }
    return found;
}

void expect(error_code code, const std::string& pointer, const std::function<void(path::definition&)>& change) {
    const auto found = findings(change);
    CAPTURE(pointer);
    REQUIRE(!found.empty());
    CHECK(found[0].first == code);
    CHECK(found[0].second == pointer);
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/service_path: the sound definition compiles and answers by id") {
    const path::service_path made = compiled();
    CHECK(made.find_stage("assessment")->kind == path::stage_kind::assessment);
    CHECK(made.find_stage("nowhere") == nullptr);
    CHECK(made.find_exit("education")->outcome == path::outcome_class::education);
    CHECK(made.find_obligation("joint plan")->source == "381/2023 4 § 3 mom.");
    CHECK(!made.is_valid_on(day("2025-12-31")));
    CHECK(made.is_valid_on(day("2026-01-01")));
    CHECK(made.retention_of("assessment_completed", "health_check") == "social");
    CHECK(made.retention_of("assessment_completed", "work_trial") == "employment");
}

TEST_CASE("path/service_path: names that the definition does not know are found where they stand") {
    using d = path::definition;
    expect(error_code::unknown_role, "/stages/0/owner", [](d& says) { says.stages[0].owner = "king"; });
    expect(error_code::unknown_role, "/entries/social work/sender",
           [](d& says) { says.entries["social work"].sender = "king"; });
    expect(error_code::unknown_stage, "/entries/social work/stage",
           [](d& says) { says.entries["social work"].stage = "heaven"; });
    expect(error_code::unknown_stage, "/reopening/stage", [](d& says) { says.reopening.stage = "heaven"; });
    expect(error_code::unknown_fact, "/stages/1/requires/0", [](d& says) { says.stages[1].requires_ = {"shoe size"}; });
    expect(error_code::unknown_fact, "/services/doctor visit/requires/0",
           [](d& says) { says.services["doctor visit"].requires_ = {"shoe size"}; });
    expect(error_code::unknown_action, "/stages/2/actions/0", [](d& says) { says.stages[2].actions = {"dance"}; });
    expect(error_code::unknown_action, "/actions/health check/command", [](d& says) {
        says.actions["health check"].command = "dance";
        says.actions["health check"].with.clear();
    });
    expect(error_code::unknown_action, "/actions/health check/with/colour",
           [](d& says) { says.actions["health check"].with["colour"] = "red"; });
    expect(error_code::unknown_path_item, "/actions/health check/with/kind",
           [](d& says) { says.actions["health check"].with["kind"] = "party"; });
    expect(error_code::unknown_trigger, "/obligations/0/on",
           [](d& says) { says.obligations[0].on = "assessment_begun"; });
    expect(error_code::unknown_trigger, "/obligations/0/satisfied_by",
           [](d& says) { says.obligations[0].satisfied_by = "meeting_held:party"; });
    expect(error_code::unknown_consent, "/services/doctor visit/consent",
           [](d& says) { says.services["doctor visit"].consent = "wealth"; });
    expect(error_code::unknown_service, "/actions/to doctor/with/service",
           [](d& says) { says.actions["to doctor"].with["service"] = "spa"; });
    expect(error_code::unknown_exit, "/exits", [](d& says) { says.exits.pop_back(); });
    expect(error_code::unknown_path_item, "/roles/worker/organisation",
           [](d& says) { says.roles["worker"].organisation = "moon"; });
    expect(error_code::unknown_path_item, "/facts/next wish/retention",
           [](d& says) { says.facts["next wish"].retention = "for ever"; });
    expect(error_code::unknown_municipality, "/environments/workshop/municipality",
           [](d& says) { says.environments["workshop"].municipality = "999"; });
    expect(error_code::unknown_municipality, "/municipalities/Rovaniemi",
           [](d& says) { says.municipalities["Rovaniemi"] = named("Rovaniemi"); });
}

TEST_CASE("path/service_path: target groups, abilities, tasks, environments and packages must be sound") {
    using d = path::definition;
    const auto with_catalogue = [](d& says) {
        says.facts["lifting level"] = fact("number");
        says.target_groups["limited"] = {"work ability limited = true", named("limited")};
        says.abilities["lifting"] = {"lifting level", 3, named("lifting")};
        says.tasks["raking"] = {"grounds", {{"lifting", 2}}, {path::task_purpose::mapping}, "town",
                                {},        named("raking")};
        says.environments["workshop"].tasks = {"raking"};
        says.environments["workshop"].packages = {"supported"};
        says.packages["supported"].target_groups = {"limited"};
    };
    CHECK(findings(with_catalogue).empty());
    const auto expect_in = [&](error_code code, const std::string& pointer, const std::function<void(d&)>& change) {
        expect(code, pointer, [&](d& says) {
            with_catalogue(says);
            change(says);
        });
    };
    const path::validity backwards{day("2026-03-01"), day("2026-02-01")};
    expect_in(error_code::path_expression, "/target_groups/limited/when",
              [](d& says) { says.target_groups["limited"].when = "shoe size = 42"; });
    expect_in(error_code::path_expression, "/target_groups/limited/when",
              [](d& says) { says.target_groups["limited"].when = "days in stage > 3"; });
    expect_in(error_code::path_expression, "/target_groups/limited/when",
              [](d& says) { says.target_groups["limited"].when = "1 + 1"; });
    expect_in(error_code::unknown_fact, "/abilities/lifting/fact",
              [](d& says) { says.abilities["lifting"].fact = "shoe size"; });
    expect_in(error_code::fact_type, "/abilities/lifting/fact",
              [](d& says) { says.abilities["lifting"].fact = "next wish"; });
    expect_in(error_code::path_structure, "/abilities/lifting/highest", [](d& says) {
        says.abilities["lifting"].highest = 0;
        says.tasks.clear();
        says.environments["workshop"].tasks.clear();
    });
    expect_in(error_code::unknown_path_item, "/tasks/raking/demands/patience",
              [](d& says) { says.tasks["raking"].demands["patience"] = 1; });
    expect_in(error_code::path_structure, "/tasks/raking/demands/lifting",
              [](d& says) { says.tasks["raking"].demands["lifting"] = 4; });
    expect_in(error_code::path_structure, "/tasks/raking/demands/lifting",
              [](d& says) { says.tasks["raking"].demands["lifting"] = -1; });
    expect_in(error_code::path_structure, "/tasks/raking/sector", [](d& says) { says.tasks["raking"].sector.clear(); });
    expect_in(error_code::unknown_path_item, "/tasks/raking/orderer",
              [](d& says) { says.tasks["raking"].orderer = "moon"; });
    expect_in(error_code::path_structure, "/tasks/raking/valid/until",
              [&](d& says) { says.tasks["raking"].valid = backwards; });
    expect_in(error_code::path_structure, "/environments/workshop/places",
              [](d& says) { says.environments["workshop"].places = -1; });
    expect_in(error_code::path_structure, "/environments/workshop/coaches",
              [](d& says) { says.environments["workshop"].coaches = -1; });
    expect_in(error_code::unknown_path_item, "/environments/workshop/packages/0",
              [](d& says) { says.environments["workshop"].packages = {"holiday"}; });
    expect_in(error_code::unknown_path_item, "/environments/workshop/tasks/1", [](d& says) {
        says.environments["workshop"].tasks = {"raking", "sleeping"};
    });
    expect_in(error_code::path_structure, "/environments/workshop/valid/until",
              [&](d& says) { says.environments["workshop"].valid = backwards; });
    expect_in(error_code::unknown_path_item, "/packages/supported/target_groups/0",
              [](d& says) { says.packages["supported"].target_groups = {"kings"}; });
    expect_in(error_code::path_structure, "/packages/supported/valid/until",
              [&](d& says) { says.packages["supported"].valid = backwards; });
    expect_in(error_code::missing_text, "/target_groups/limited/name",
              [](d& says) { says.target_groups["limited"].name.clear(); });
    expect_in(error_code::missing_text, "/abilities/lifting/name",
              [](d& says) { says.abilities["lifting"].name.erase("sv"); });
    expect_in(error_code::missing_text, "/tasks/raking/name", [](d& says) { says.tasks["raking"].name.erase("en"); });
}

TEST_CASE("path/service_path: a duty may name the quality criterion that it serves") {
    path::definition says = definition();
    says.criteria["rapid job search"] = named("rapid job search");
    says.obligations[0].criterion = "rapid job search";
    CHECK(path::check(says, sources()).empty());
    CHECK(compiled().find_obligation("joint plan")->criterion == std::nullopt);
    using d = path::definition;
    expect(error_code::unknown_path_item, "/obligations/0/criterion",
           [](d& wrong) { wrong.obligations[0].criterion = "rapid job search"; });
    expect(error_code::missing_text, "/criteria/rapid job search", [](d& wrong) {
        wrong.criteria["rapid job search"] = named("rapid job search");
        wrong.criteria["rapid job search"].erase("sv");
        wrong.obligations[0].criterion = "rapid job search";
    });
}

TEST_CASE("path/service_path: periods, texts, ids, types and chains must be sound") {
    using d = path::definition;
    expect(error_code::invalid_period, "/stages/0/max", [](d& says) { says.stages[0].max = "3 months"; });
    expect(error_code::invalid_period, "/exits/0/follow_up/1", [](d& says) { says.exits[0].follow_up[1] = "P0M"; });
    expect(error_code::missing_text, "/stages/0/name", [](d& says) { says.stages[0].name.erase("sv"); });
    expect(error_code::missing_text, "/facts/next wish/ask",
           [](d& says) { says.facts["next wish"].ask["fi-selko"] = ""; });
    expect(error_code::duplicate_path_id, "/stages/1/id", [](d& says) {
        says.stages[1].id = "referral";
        says.obligations.pop_back();
        says.reopening.stage = "referral";
    });
    expect(error_code::duplicate_path_id, "/obligations/1/id", [](d& says) { says.obligations[1].id = "joint plan"; });
    expect(error_code::duplicate_path_id, "/exits/1/id", [](d& says) { says.exits[1].id = "open_market"; });
    expect(error_code::duplicate_path_id, "/facts/days in stage",
           [](d& says) { says.facts["days in stage"] = fact("number"); });
    expect(error_code::fact_type, "/facts/next wish/type", [](d& says) { says.facts["next wish"].type = "colour"; });
    expect(error_code::path_escalation, "/stages/0/on_timeout", [](d& says) { says.stages[0].on_timeout.clear(); });
    expect(error_code::path_escalation, "/obligations/0/escalate",
           [](d& says) { says.obligations[0].escalate = {"mailbox"}; });
    expect(error_code::path_structure, "/obligations/0/roll", [](d& says) { says.obligations[0].roll = "upwards"; });
    expect(error_code::path_structure, "/services/doctor visit/states/sent/then",
           [](d& says) { says.services["doctor visit"].states["sent"].then = "accept"; });
    expect(error_code::path_structure, "/services/doctor visit/states/completed", [](d& says) {
        says.services["doctor visit"].states["completed"] = {"P1M", "expire", {}};
    });
    expect(error_code::path_structure, "/valid/until", [](d& says) { says.valid.until = day("2025-01-01"); });
    expect(error_code::path_structure, "/id", [](d& says) { says.id.clear(); });
    expect(error_code::path_routing, "/reasons/After lunch",
           [](d& says) { says.reasons["After lunch"]["r"] = named("r"); });
}

TEST_CASE("path/service_path: FEEL and routing faults carry their causes") {
    using d = path::definition;
    expect(error_code::path_expression, "/obligations/0/due",
           [](d& says) { says.obligations[0].due = "event date + "; });
    expect(error_code::path_expression, "/obligations/0/guard",
           [](d& says) { says.obligations[0].guard = "shoe size = 42"; });
    expect(error_code::path_routing, "/stages/0/routing/model",
           [](d& says) { says.stages[0].routing->model = "lost.dmn"; });
    expect(error_code::path_routing, "/stages/0/routing/decision", [](d& says) {
        says.stages[0].routing->decision = "After lunch";
        says.reasons.clear();
    });
    expect(error_code::routing_output, "/stages/1/routing", [](d& says) { says.exits.erase(says.exits.begin() + 1); });
    expect(error_code::path_routing, "/stages/0/routing", [](d& says) {
        says.facts.erase("work ability limited");
        says.stages[0].requires_.clear();
        says.obligations[0].guard = {};
    });
    path::definition says = definition();
    says.obligations[0].due = "event date + ";
    const auto found = path::check(says, sources());
    REQUIRE(!found.empty());
    REQUIRE(!found[0].what.causes().empty());
    CHECK(is_feel_syntax(found[0].what.causes()[0].code()));
}

TEST_CASE("path/service_path: all findings are told, up to the bound, and compiling gives them as causes") {
    path::definition says = definition();
    says.stages[0].owner = "king";
    says.stages[1].owner = "queen";
    says.stages[2].max = "long";
    CHECK(path::check(says, sources()).size() == 3);
    auto bounded = sources();
    bounded.max_findings = 2;
    CHECK(path::check(says, bounded).size() == 2);
    const auto made = path::try_compile(says, sources());
    REQUIRE(!made);
    CHECK(made.error().code() == error_code::unknown_role);
    CHECK(made.error().causes().size() == 2);
}

TEST_CASE("path/service_path: periods of one unit are read, others are not") {
    CHECK(path::parse_period("P14D") == time::period{14, time::period_unit::days});
    CHECK(path::parse_period("P2W") == time::period{2, time::period_unit::weeks});
    CHECK(path::parse_period("P3M") == time::period{3, time::period_unit::months});
    CHECK(path::parse_period("P1Y") == time::period{1, time::period_unit::years});
    for (const char* text : {"", "P", "PD", "P0D", "P-1D", "3M", "P1M2D", "PT5H", "P123456D", "P1.5M", "p3m"})
        CHECK(!path::parse_period(text));
}

TEST_SUITE_END();
