// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_PATH_SMALL_PATH_HPP
#define POLKU_TESTS_UNIT_PATH_SMALL_PATH_HPP

#include <polku/path/case.hpp>
#include <polku/path/service_path.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

/// A small path that uses every part of a definition once, for the tests of this room.
namespace small_path {

using namespace polku;
using path::texts;

inline time::date day(std::string_view text) { return time::parse_date(text).value(); }
inline texts named(const std::string& name) { return {{"fi", name}, {"sv", name}, {"en", name}, {"fi-selko", name}}; }

inline const char* routing_xml() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="routing" namespace="urn:test:routing">
  <inputData id="i1" name="work ability limited"><variable name="work ability limited" typeRef="boolean"/></inputData>
  <inputData id="i2" name="plan agreed"><variable name="plan agreed" typeRef="boolean"/></inputData>
  <inputData id="i3" name="next wish"><variable name="next wish" typeRef="string"/></inputData>
  <decision id="d1" name="After referral">
    <variable name="After referral" typeRef="string"/>
    <informationRequirement id="q1"><requiredInput href="#i1"/></informationRequirement>
    <decisionTable id="t1" hitPolicy="UNIQUE">
      <input id="c1"><inputExpression typeRef="boolean"><text>work ability limited</text></inputExpression></input>
      <output id="o1" name="next" typeRef="string"/>
      <rule id="limited"><inputEntry id="e1"><text>true</text></inputEntry><outputEntry id="e2"><text>"assessment"</text></outputEntry></rule>
      <rule id="able"><inputEntry id="e3"><text>false</text></inputEntry><outputEntry id="e4"><text>"open_market"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="After assessment">
    <variable name="After assessment" typeRef="string"/>
    <informationRequirement id="q2"><requiredInput href="#i2"/></informationRequirement>
    <informationRequirement id="q3"><requiredInput href="#i3"/></informationRequirement>
    <decisionTable id="t2" hitPolicy="UNIQUE">
      <input id="c2"><inputExpression typeRef="boolean"><text>plan agreed</text></inputExpression></input>
      <input id="c3"><inputExpression typeRef="string"><text>next wish</text></inputExpression></input>
      <output id="o2" name="next" typeRef="string"/>
      <rule id="no_plan"><inputEntry id="f1"><text>false</text></inputEntry><inputEntry id="f2"><text>-</text></inputEntry><outputEntry id="f3"><text>"assessment"</text></outputEntry></rule>
      <rule id="work"><inputEntry id="f4"><text>true</text></inputEntry><inputEntry id="f5"><text>"work"</text></inputEntry><outputEntry id="f6"><text>"coaching"</text></outputEntry></rule>
      <rule id="study"><inputEntry id="f7"><text>true</text></inputEntry><inputEntry id="f8"><text>"study"</text></inputEntry><outputEntry id="f9"><text>"education"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>)";
}

inline path::stage_definition stage(const std::string& id, path::stage_kind kind, const std::string& max) {
    path::stage_definition made;
    made.id = id;
    made.kind = kind;
    made.owner = "worker";
    made.max = max;
    made.on_timeout = {"worker", "manager"};
    made.name = named(id);
    return made;
}

inline path::fact_definition fact(const std::string& type) {
    path::fact_definition made;
    made.type = type;
    made.category = "employment";
    made.retention = "employment";
    made.sources = {"client", "worker", "doctor"};
    made.name = named(type);
    made.ask = named(type);
    return made;
}

inline void add_people(path::definition& says) {
    says.organisations["town"].name = named("town");
    says.organisations["county"].name = named("county");
    for (const char* role : {"worker", "manager", "coach"}) says.roles[role] = {"town", {}, named(role)};
    says.roles["doctor"] = {"county", {}, named("doctor")};
    says.roles["mailbox"] = {"county", false, named("mailbox")};
    says.municipalities["698"] = named("Rovaniemi");
    says.consents["health"] = {named("health"), {"health"}, {"county"}, "P12M"};
    says.entries["social work"] = {"referral", "worker", {}, {"letter"}, {}, named("social work")};
    says.entries["own initiative"] = {"referral", {}, true, {}, {}, named("own initiative")};
    says.retention.fallback = "employment";
    says.retention.classes["employment"] = {4, "end of client relation", "380/2023 122 §"};
    says.retention.classes["social"] = {10, "closing", "703/2023"};
    says.retention.events["assessment_completed:health_check"] = "social";
}

inline void add_facts(path::definition& says) {
    says.facts["work ability limited"] = fact("boolean");
    says.facts["reason for referral"] = fact("string");
    says.facts["next wish"] = fact("string");
    says.facts["next wish"].values = {{"work", named("work")}, {"study", named("study")}};
    says.facts["sick leave ends"] = fact("date");
    says.facts["sick leave ends"].valid_for = "P6M";
}

inline void add_services(path::definition& says) {
    path::referral_service_definition doctor;
    doctor.organisation = "county";
    doctor.receiver = "doctor";
    doctor.purpose = "assessment of work ability";
    doctor.requires_ = {"reason for referral"};
    doctor.consent = "health";
    doctor.completed_by = {"meeting_held:joint visit"};
    doctor.states["sent"] = {"P7D", "escalate", {"manager"}};
    doctor.states["returned"] = {"P14D", "expire", {}};
    doctor.name = named("doctor");
    says.services["doctor visit"] = doctor;
    doctor.consent = {};
    doctor.completed_by = {};
    doctor.states.clear();
    says.services["rehabilitation"] = doctor;
    says.meetings["network"] = {{"worker"}, {}, {}, {}, {}, named("network")};
    says.meetings["joint visit"] = {{"worker", "doctor"}, {"coach"}, false, true, true, named("joint visit")};
    says.assessments["health_check"] = {"worker", {"reason for referral"}, {}, {}, {}, named("health check")};
    says.assessments["work_trial"] = {{}, {}, {"coping"}, "organiser", "P6M", named("work trial")};
    says.instruments["abilitator"] = {{"ability", "mood"}, 0, 10, "P6M", {}, {}, named("abilitator")};
    path::environment_definition workshop;
    workshop.organisation = "town";
    workshop.municipality = "698";
    workshop.places = 8;
    workshop.name = named("workshop");
    says.environments["workshop"] = workshop;
    says.packages["supported"] = {"P12M", 30, {}, {}, named("supported")};
    says.placements["job"] = {path::outcome_class::employment, {"P1M", "P6M"}, true, named("job")};
    says.supports["pay subsidy"] = named("pay subsidy");
}

inline void add_stages(path::definition& says) {
    auto referral = stage("referral", path::stage_kind::referral, "P1M");
    referral.requires_ = {"work ability limited"};
    referral.routing = path::routing_definition{"routing.dmn", "After referral"};
    auto assessment = stage("assessment", path::stage_kind::assessment, "P3M");
    assessment.actions = {"health check", "work trial",     "hold_meeting", "agree_plan", "record_instrument",
                          "to doctor",    "draft_referral", "set_goal",     "review_plan"};
    assessment.routing = path::routing_definition{"routing.dmn", "After assessment"};
    assessment.max_visits = 3;
    auto coaching = stage("coaching", path::stage_kind::coaching, "P12M");
    coaching.actions = {"start_coaching", "set_goal", "start_placement", "review_plan"};
    says.stages = {referral, assessment, coaching};
    says.actions["health check"] = {
        "start_assessment",   {{"kind", "health_check"}}, {"reason for referral"}, {}, "worker", {},
        named("health check")};
    says.actions["work trial"] = {
        "start_assessment", {{"kind", "work_trial"}}, {}, {}, "worker", {"assessment_completed:health_check"},
        named("work trial")};
    says.actions["to doctor"] = {"draft_referral",  {{"service", "doctor visit"}}, {}, "health", "worker", {},
                                 named("to doctor")};
    says.reopening = {"assessment", "P24M"};
    path::exit_definition market{"open_market",       path::outcome_class::employment, {"P1M", "P6M"}, {}, "worker",
                                 named("open market")};
    path::exit_definition education{"education", path::outcome_class::education, {}, {}, {}, named("education")};
    path::exit_definition withdrawn{"withdrawn", path::outcome_class::withdrawn,
                                    {},          {path::exit_way::client, path::exit_way::worker},
                                    {},          named("withdrawn")};
    says.exits = {market, education, withdrawn};
    says.reasons["After referral"]["limited"] = named("Work ability is limited.");
}

inline void add_obligations(path::definition& says) {
    path::obligation_definition plan;
    plan.id = "joint plan";
    plan.on = "assessment_started";
    plan.due = "event date + duration(\"P3M\")";
    plan.guard = "work ability limited = true";
    plan.roll = "150/1930";
    plan.owner = "worker";
    plan.satisfied_by = "plan_agreed";
    plan.ends_with = {"stage_entered:referral"};
    plan.escalate = {"manager"};
    plan.source = "381/2023 4 § 3 mom.";
    plan.name = named("joint plan");
    path::obligation_definition review = plan;
    review.id = "plan review";
    review.on = "plan_agreed";
    review.guard = {};
    review.satisfied_by = "plan_reviewed";
    review.repeat = true;
    review.max_times = 3;
    review.name = named("plan review");
    path::obligation_definition back = plan;
    back.id = "back to work talk";
    back.on = "stage_entered:assessment";
    back.due = "if sick leave ends = null then event date + duration(\"P14D\") else sick leave ends";
    back.guard = {};
    back.roll = {};
    back.satisfied_by = "meeting_held:network";
    back.name = named("back to work talk");
    says.obligations = {plan, review, back};
}

inline path::definition definition() {
    path::definition says;
    says.id = "small";
    says.version = "2026-01";
    says.valid = {day("2026-01-01"), {}};
    says.name = named("small");
    add_people(says);
    add_facts(says);
    add_services(says);
    add_stages(says);
    add_obligations(says);
    return says;
}

inline path::path_sources sources() {
    path::path_sources with;
    with.models["routing.dmn"] = routing_xml();
    with.name = "small.json";
    return with;
}

inline path::service_path compiled() {
    auto made = path::try_compile(definition(), sources());
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
    return std::move(made).value();
}

inline const std::string& client_id() {
    static const std::string id = "00000000000000000000000000000901";
    return id;
}
inline path::party worker() { return {"w.worker", "worker", "town"}; }
inline path::party doctor() { return {"d.doctor", "doctor", "county"}; }

/// A case under test: each command is told on a day, and its events are taken in.
struct case_run {
    path::service_path path = compiled();
    path::case_state state;

    result<std::vector<path::event>> ask(path::command_body what, std::string_view on) const {
        const time::date when = day(on);
        return path::decide(path, state, {std::move(what), when}, {when, "w.worker", "service", 0});
    }
    /// Takes the command, which must be accepted; gives its events.
    std::vector<path::event> tell(path::command_body what, std::string_view on) {
        auto made = ask(std::move(what), on);
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        state = path::evolve(std::move(state), made.value());
        return std::move(made).value();
    }
    /// The code of the error that the command gives; `internal` when it is accepted.
    error_code refusal(path::command_body what, std::string_view on) const {
        auto made = ask(std::move(what), on);
        return made ? error_code::internal : made.error().code();
    }
    void know(const std::string& fact, feel::value value, std::string_view on) {
        tell(path::record_fact{fact, std::move(value), "client", {}, {}}, on);
    }
    void open(std::string_view on = "2026-02-02") {
        tell(path::open_case{client_id(), "social work", "698", "letter", worker(), "needs support"}, on);
    }
    /// An open case in the stage `assessment`, entered on that day.
    void to_assessment(std::string_view on = "2026-02-10") {
        open();
        know("work ability limited", true, on);
        know("reason for referral", "back pain", on);
        tell(path::route{}, on);
    }
};

inline std::vector<std::string> types_of(const std::vector<path::event>& events) {
    std::vector<std::string> types;
    for (const path::event& each : events) types.push_back(path::type_of(each.what));
    return types;
}

}  // namespace small_path

#endif
