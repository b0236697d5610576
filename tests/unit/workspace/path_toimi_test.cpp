// SPDX-License-Identifier: Apache-2.0
// What the source of the path `toimi` asks for, seen on its definition and its example clients.
#include <polku/path/explain.hpp>
#include <polku/path/matching.hpp>
#include <polku/path/queries.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/workspace.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

using namespace polku;

namespace {

/// The example clients of the path after they have gone their ways.
class played_toimi {
public:
    played_toimi() {
        const path_bundle bundle = try_shipped_path("toimi").value();
        path = bundle.path;
        store_->try_use(bundle).value();
        for (const feel::value& command : commands_in_order(examples_)) {
            const auto done = store_->try_execute(command);
            REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
        }
    }
    path::case_state of(std::string_view client) const {
        for (const example_client& each : examples_.clients)
            if (each.id == client) return store_->try_load(each.case_)->state;
        FAIL("no such client: ", client);
        return {};
    }
    std::vector<path::case_state> everybody() const {
        std::vector<path::case_state> states;
        for (const example_client& each : examples_.clients) states.push_back(store_->try_load(each.case_)->state);
        return states;
    }

    workspace& store() const { return *store_; }

    path::service_path path;

private:
    std::unique_ptr<workspace> store_ = workspace::try_open(":memory:").value();
    example_file examples_ = try_shipped_examples("toimi").value();
};

const played_toimi& toimi() {
    static const played_toimi once;
    return once;
}
const path::definition& says() { return toimi().path.says(); }
time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// The code with which a command is refused; `internal` when it is not.
error_code refusal(const path::case_state& of, path::command_body what, std::string_view on) {
    const auto made =
        path::decide(toimi().path, of, {std::move(what), day(on)}, {day(on), "worker-604", "service path", 0});
    return made ? error_code::internal : made.error().code();
}

path::start_coaching coaching(const std::string& package, const std::string& environment, const std::string& task) {
    return {"c-new", package, {"worker-604", "job_coach", "municipality"}, environment, {}, {task}, {}};
}

bool has_meeting(const path::case_state& of, std::string_view kind) {
    return std::any_of(of.meetings.begin(), of.meetings.end(),
                       [&](const path::meeting& each) { return each.kind == kind; });
}
bool has_feedback(const path::case_state& of, std::string_view from) {
    return std::any_of(of.feedbacks.begin(), of.feedbacks.end(),
                       [&](const path::feedback& each) { return each.from == from; });
}
bool has_support(const path::case_state& of, std::string_view kind) {
    for (const path::placement& each : of.placements)
        for (const path::support& one : each.supports)
            if (one.support_ == kind) return true;
    return false;
}
const path::obligation_definition& duty(std::string_view id) {
    const auto* found = toimi().path.find_obligation(id);
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_SUITE_BEGIN("workspace/path_toimi");

TEST_CASE("workspace/path_toimi: thirteen municipalities and the five target groups") {
    CHECK(says().municipalities.size() == 13);
    for (const char* code : {"090", "167", "276", "607", "426", "260", "146", "176", "422", "541", "309", "707", "848"})
        CHECK(says().municipalities.contains(code));
    for (const char* group :
         {"long-term unemployed", "partial work ability", "immigrants", "young graduates", "long away from work"})
        CHECK(says().target_groups.contains(group));
}

TEST_CASE(
    "workspace/path_toimi: every municipality has an environment in one of the three forms, and a network for all") {
    std::set<std::string> served;
    std::set<path::environment_form> forms;
    for (const auto& named : says().environments) {
        const path::environment_definition& each = named.second;
        CAPTURE(named.first);
        REQUIRE(each.form);
        forms.insert(*each.form);
        CHECK(each.places.value_or(0) > 0);
        CHECK(each.coaches.value_or(0) > 0);
        CHECK(!each.sectors.empty());
        CHECK(!each.premises.empty());
        CHECK(!each.equipment.empty());
        CHECK(each.municipality.has_value() == (*each.form != path::environment_form::network));
        if (each.municipality) CHECK(served.insert(*each.municipality).second);
    }
    CHECK(served.size() == says().municipalities.size());
    CHECK(forms.size() == 4);
    const path::case_state vieno = toimi().of("vieno");
    CHECK(path::find_referral(vieno, "ref-place")->state == path::referral_state::onward);
    CHECK(path::find_referral(vieno, "ref-net")->state == path::referral_state::completed);
    CHECK(vieno.coachings.at(0).environment == "networked");
}

TEST_CASE("workspace/path_toimi: the local steering group evaluates progress without the client") {
    const path::meeting_definition& group = says().meetings.at("local steering group");
    CHECK(group.must_attend == std::vector<std::string>{"service_manager"});
    CHECK(group.client_present == false);
    CHECK(has_meeting(toimi().of("aune"), "local steering group"));
}

TEST_CASE("workspace/path_toimi: clients come from the responsible workers and the network") {
    CHECK(says().entries.at("employment services").sender == "responsible_worker");
    CHECK(says().entries.at("network of actors").sender == "association_contact");
    CHECK(toimi().of("aune").sender->role == "responsible_worker");
    CHECK(toimi().of("vieno").sender->role == "association_contact");
    CHECK(toimi().of("arvi").ending->exit == "other_service");
}

TEST_CASE("workspace/path_toimi: each coaching period is the client's own and serves the goal of the employment plan") {
    std::set<std::int64_t> lengths;
    for (const path::case_state& each : toimi().everybody()) {
        for (const path::coaching& one : each.coachings) {
            REQUIRE(each.plan);
            CHECK(each.plan->agreed <= one.started);
            CHECK(each.facts.at("employment plan goal").told <= one.started);
            CHECK(each.facts.at("employment plan goal").value == feel::value(each.plan->goal));
            if (one.completed) lengths.insert(one.completed->to_days() - one.started.to_days());
        }
        if (!each.coachings.empty()) CHECK(!each.goals.empty());
    }
    CHECK(lengths.size() >= 5);
    CHECK(duty("follow-on plan").owner == "career_agent");
    const path::case_state reino = toimi().of("reino");
    const auto waited = std::count_if(reino.history.begin(), reino.history.end(), [](const auto& each) {
        const auto* moved = std::get_if<path::referral_moved>(&each->what);
        return moved && moved->to_state == path::referral_state::wait_listed;
    });
    CHECK(waited == 1);  // the resources of the environment set the start
}

TEST_CASE("workspace/path_toimi: coaching is refused before a plan is agreed") {
    path::case_state saara = toimi().of("saara");
    REQUIRE(!saara.plan);
    saara.stage->stage = "coaching";
    CHECK(refusal(saara, coaching("long-term unemployed", "nurmes", "leaf raking"), "2026-09-28") ==
          error_code::missing_facts);
    const path::action_definition& start = says().actions.at("start_coaching_long_term_unemployed");
    CHECK(start.after == std::vector<std::string>{"plan_agreed"});
    CHECK(start.requires_ == std::vector<std::string>{"client goal", "employment plan goal"});
}

TEST_CASE("workspace/path_toimi: packages belong to target groups, and what is unknown is asked first") {
    for (const auto& each : says().packages) {
        CHECK_MESSAGE(each.second.target_groups.size() == 1, each.first);
        CHECK_MESSAGE(each.second.valid.has_value(), each.first);
    }
    const path::case_state kaisu = toimi().of("kaisu");
    CHECK(refusal(kaisu, coaching("immigrants", "tohmajarvi", "leaf raking"), "2026-09-28") ==
          error_code::missing_facts);
    CHECK(refusal(toimi().of("kaisu"), coaching("partial work ability", "ilomantsi", "help at events"), "2026-09-28") ==
          error_code::not_offered);
    CHECK(refusal(kaisu, coaching("partial work ability", "tohmajarvi", "leaf raking"), "2026-09-28") ==
          error_code::duplicate_record);  // all is in order but that a period is open
}

TEST_CASE("workspace/path_toimi: career agent, job coach and business agent have their own duties") {
    CHECK(toimi().path.find_stage("assessment")->owner == "career_agent");
    CHECK(toimi().path.find_stage("coaching")->owner == "job_coach");
    CHECK(toimi().path.find_stage("placement")->owner == "business_agent");
    CHECK(duty("employment plan").owner == "career_agent");
    CHECK(duty("observation in the task").owner == "job_coach");
    CHECK(duty("employer feedback").owner == "business_agent");
    CHECK(says().services.at("openings in firms").receiver == "business_agent");
    CHECK(path::find_referral(toimi().of("aune"), "ref-firms")->outcome == "tehtävä löytyi");
}

TEST_CASE("workspace/path_toimi: the tasks are assisting ones with assessed demands, for clients and for orderers") {
    std::set<std::string> sectors;
    std::set<path::task_purpose> purposes;
    for (const auto& named : says().tasks) {
        const path::task_definition& each = named.second;
        CAPTURE(named.first);
        sectors.insert(each.sector);
        purposes.insert(each.serves.begin(), each.serves.end());
        CHECK(!each.demands.empty());
        CHECK(each.orderer);
    }
    CHECK(sectors == std::set<std::string>{"grounds keeping", "cleaning", "association work"});
    CHECK(path::name_in(says(), "leaf raking", "fi") == "Lehtien haravointi");
    CHECK(path::name_in(says(), "physical capacity", "fi") == "Fyysinen jaksaminen");
    CHECK(purposes.size() == 3);
    CHECK(says().assessments.at("task_observation").feedback_from == "orderer_contact");
    const path::case_state aune = toimi().of("aune");
    CHECK(has_feedback(aune, "orderer_contact"));
    path::case_state kaisu = toimi().of("kaisu");
    const path::start_assessment observed{"o-new", "task_observation", {}, {}, {}};
    kaisu = path::evolve(std::move(kaisu), path::decide(toimi().path, kaisu, {observed, day("2026-09-28")},
                                                        {day("2026-09-28"), "worker-604", "service path", 0})
                                               .value());
    CHECK(refusal(kaisu, path::complete_assessment{"o-new", "well", {}, {}}, "2026-09-29") == error_code::step_missing);
}

TEST_CASE("workspace/path_toimi: the catalogue is ranked by levels, and a task out of force is not in it") {
    const path::case_state aune = toimi().of("aune");
    const auto in_spring = path::match_catalogue(toimi().path, aune, day("2026-02-09"));
    REQUIRE(in_spring.tasks.size() == says().tasks.size());
    CHECK(in_spring.tasks.front().fit == path::task_fit::fits);
    CHECK(in_spring.tasks.back().fit == path::task_fit::misfit);
    for (const std::string& task : aune.coachings.at(0).tasks) {
        const auto found = std::find_if(in_spring.tasks.begin(), in_spring.tasks.end(),
                                        [&](const path::task_match& each) { return each.task == task; });
        REQUIRE(found != in_spring.tasks.end());
        CHECK(found->fit == path::task_fit::fits);
        CHECK(std::find(found->environments.begin(), found->environments.end(), "joensuu") !=
              found->environments.end());
    }
    const auto in_autumn = path::match_catalogue(toimi().path, aune, day("2026-10-01"));
    CHECK(in_autumn.tasks.size() == says().tasks.size() - 1);
    for (const path::task_match& each : in_autumn.tasks) {
        CHECK(each.task != "window washing");
        CHECK(each.fit == path::task_fit::unknown);  // the levels told in January have run out
    }
}

TEST_CASE("workspace/path_toimi: a placement records the employer's supports, the employment supplement among them") {
    for (const char* support : {"pay subsidy", "municipal supplement", "job coaching", "employment supplement"})
        CHECK(says().supports.contains(support));
    CHECK(has_support(toimi().of("aune"), "employment supplement"));   // a company
    CHECK(has_support(toimi().of("reino"), "employment supplement"));  // an association
    CHECK(toimi().of("aune").placements.at(0).supports.at(0).until == day("2026-11-30"));
    CHECK(refusal(toimi().of("kaisu"), path::record_support{"p-1", "gold", day("2026-06-01"), {}, {}}, "2026-09-28") ==
          error_code::unknown_path_item);
}

TEST_CASE(
    "workspace/path_toimi: workplaces are helped with tailored tasks, and employers and clients tell how it went") {
    const path::case_state aune = toimi().of("aune");
    CHECK(has_meeting(aune, "workplace"));
    CHECK(aune.placements.at(0).tailored == true);
    CHECK(says().meetings.at("workplace").must_attend ==
          std::vector<std::string>{"business_agent", "employer_contact"});
    CHECK(duty("employer feedback").satisfied_by == "feedback_recorded:employer_contact");
    CHECK(duty("client feedback").satisfied_by == "feedback_recorded:client");
    for (const char* client : {"aune", "reino", "jere", "irma", "kaisu"})
        CHECK_MESSAGE(has_feedback(toimi().of(client), "employer_contact"), client);
    for (const char* client : {"aune", "reino", "mirja", "vieno", "otso", "pauli"})
        CHECK_MESSAGE(has_feedback(toimi().of(client), "client"), client);
}

TEST_CASE(
    "workspace/path_toimi: supported entrepreneurship in four forms, with groups and a start-up grant before the "
    "start") {
    for (const char* form : {"sole trader", "cooperative", "light entrepreneurship", "part-time business"}) {
        CHECK(says().placements.at(form).outcome == path::outcome_class::own_business);
        CHECK(says().facts.at("business form").values.contains(form));
    }
    const path::case_state otso = toimi().of("otso");
    CHECK(otso.entry == "school");
    CHECK(otso.visits.at("entrepreneurship") == 2);
    CHECK(has_meeting(otso, "entrepreneurs' group"));
    CHECK(path::find_referral(otso, "ref-grant")->state == path::referral_state::completed);
    CHECK(has_support(otso, "start-up grant"));
    CHECK(otso.facts.at("start-up finance").told < otso.placements.at(0).started);
    CHECK(otso.ending->exit == "own_business");
    CHECK(toimi().of("vieno").placements.at(0).kind == "light entrepreneurship");
    CHECK(says().actions.at("start_sole_trader").requires_ ==
          std::vector<std::string>{"business form", "start-up finance"});
}

TEST_CASE("workspace/path_toimi: the exits end unemployment in the ways that the source names") {
    std::set<std::string> exits;
    for (const path::case_state& each : toimi().everybody())
        if (each.ending) exits.insert(each.ending->exit);
    for (const char* exit : {"open_market", "supported_work", "education", "own_business", "pension",
                             "other_resolution", "other_service", "withdrawn"})
        CHECK_MESSAGE(exits.contains(exit), exit);
    CHECK(toimi().path.find_exit("rehabilitation") == nullptr);
    CHECK(toimi().of("pauli").visits.at("coaching") == 3);  // and then another service, not a fourth period
}

TEST_CASE("workspace/path_toimi: places of rehabilitative work activity, with the own worker beside") {
    const path::case_state irma = toimi().of("irma");
    CHECK(irma.coachings.at(0).package == "rehabilitative work activity");
    REQUIRE(irma.responsible.size() == 2);
    CHECK(irma.responsible[0].who.organisation == "county");
    CHECK(irma.responsible[0].until == irma.responsible[1].from);
    CHECK(irma.responsible[1].who.organisation == "employment_area");
    REQUIRE(irma.own_workers.size() == 1);
    CHECK(!irma.own_workers[0].until);
    for (const auto& each : says().environments) {
        const std::vector<std::string>& packages = each.second.packages;
        if (each.second.form == path::environment_form::social_enterprise)
            CHECK_MESSAGE(std::find(packages.begin(), packages.end(), "rehabilitative work activity") == packages.end(),
                          each.first);
    }
    CHECK(says().packages.at("rehabilitative work activity").weekly_hours_max == 32);
}

TEST_CASE("workspace/path_toimi: individual progress is visible in goals scored again, and lateness reaches a person") {
    const path::case_state irma = toimi().of("irma");
    REQUIRE(irma.goals.size() == 2);
    CHECK(!irma.goals[0].is_met());
    CHECK(irma.goals[1].is_met());
    const path::case_state saara = toimi().of("saara");
    const auto due = path::due(toimi().path, saara, std::nullopt, day("2026-10-01"));
    const auto plan =
        std::find_if(due.begin(), due.end(), [](const path::due_item& each) { return each.what == "employment plan"; });
    REQUIRE(plan != due.end());
    CHECK(plan->late);
    CHECK(plan->escalated_to == "service_manager");
}

TEST_SUITE_END();

TEST_CASE(
    "workspace/path_toimi: the thirteen municipalities keep place books, and a place goes to the first in the queue") {
    const auto books = toimi().store().try_place_books("toimi", day("2026-02-03")).value();
    CHECK(books.as_list().size() == 14);  // with the networked environment
    CHECK(says().municipalities.size() == 13);
    const std::string ilomantsi = "0000000000000000000000000e300007";
    const auto events = toimi().store().store().load(storage::stream_id_from_hex(ilomantsi).value());
    std::vector<std::string> types;
    for (const path::event_envelope& each : events) types.push_back(each.type);
    // Irma joined before Kaisu, so the only place of that kind is offered to her and nobody is passed over.
    CHECK(types == std::vector<std::string>{"place_book_opened", "places_set", "places_set", "waiting_joined",
                                            "waiting_joined", "place_offered", "offer_accepted", "waiting_left",
                                            "place_taken", "place_ended"});
    const path::case_state reino = toimi().of("reino");
    CHECK(path::find_referral(reino, "ref-place")->state == path::referral_state::completed);
}
