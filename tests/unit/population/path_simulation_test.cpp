// SPDX-License-Identifier: Apache-2.0
#include "path_oracle.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/population/path_simulation.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace polku;
using population::path_figure_kind;

namespace {

/// A path of three stages: a first one, training with three visits at most, and work; clients may give up.
constexpr const char* definition = R"({
  "id": "small", "version": "1", "valid": {"from": "2026-01-01", "until": "2027-12-31"}, "name": {"en": "Small"},
  "organisations": {"town": {"name": {"en": "Town"}}},
  "roles": {"worker": {"organisation": "town", "name": {"en": "Worker"}}},
  "facts": {"ready": {"type": "boolean", "category": "employment", "retention": "all", "name": {"en": "Ready"},
                      "ask": {"en": "Ready?"}},
            "age": {"type": "number", "category": "identity", "retention": "all", "name": {"en": "Age"},
                    "ask": {"en": "Age?"}}},
  "entries": {"door": {"stage": "first", "self_referral": true, "name": {"en": "Door"}}},
  "stages": [
    {"id": "first", "kind": "assessment", "owner": "worker", "max": "P2M", "on_timeout": ["worker"],
     "routing": {"model": "small.dmn", "decision": "After first"}, "name": {"en": "First"}},
    {"id": "training", "kind": "coaching", "owner": "worker", "max": "P6M", "on_timeout": ["worker"],
     "routing": {"model": "small.dmn", "decision": "After training"}, "max_visits": 3, "name": {"en": "Training"}},
    {"id": "work", "kind": "placement", "owner": "worker", "max": "P6M", "on_timeout": ["worker"],
     "name": {"en": "Work"}}],
  "services": {"doctor": {"organisation": "town", "receiver": "worker", "purpose": "health", "when": "age >= 50",
                          "name": {"en": "Doctor"}}},
  "exits": [{"id": "hired", "outcome": "employment", "ways": ["worker"], "name": {"en": "Hired"}},
            {"id": "not for us", "outcome": "other_service", "ways": ["routing"], "name": {"en": "Elsewhere"}},
            {"id": "gave up", "outcome": "withdrawn", "ways": ["client"], "name": {"en": "Gave up"}}],
  "reopening": {"stage": "first"},
  "retention": {"fallback": "all", "classes": {"all": {"years": 5, "from": "end", "source": "made up"}}}
})";

constexpr const char* model = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="small" namespace="urn:small">
  <inputData id="i1" name="ready"><variable id="v1" name="ready" typeRef="boolean"/></inputData>
  <inputData id="i2" name="age"><variable id="v2" name="age" typeRef="number"/></inputData>
  <inputData id="i3" name="times in stage"><variable id="v3" name="times in stage" typeRef="number"/></inputData>
  <decision id="d1" name="After first"><variable id="v4" name="After first" typeRef="string"/>
    <informationRequirement id="r1"><requiredInput href="#i2"/></informationRequirement>
    <decisionTable id="t1" hitPolicy="UNIQUE">
      <input id="c1"><inputExpression id="e1" typeRef="number"><text>age</text></inputExpression></input>
      <output id="o1" typeRef="string"/>
      <rule id="old"><inputEntry id="x1"><text>&gt;= 65</text></inputEntry>
        <outputEntry id="y1"><text>"not for us"</text></outputEntry></rule>
      <rule id="other"><inputEntry id="x2"><text>&lt; 65</text></inputEntry>
        <outputEntry id="y2"><text>"training"</text></outputEntry></rule>
    </decisionTable></decision>
  <decision id="d2" name="After training"><variable id="v5" name="After training" typeRef="string"/>
    <informationRequirement id="r2"><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement id="r3"><requiredInput href="#i3"/></informationRequirement>
    <decisionTable id="t2" hitPolicy="UNIQUE">
      <input id="c2"><inputExpression id="e2" typeRef="boolean"><text>ready</text></inputExpression></input>
      <input id="c3"><inputExpression id="e3" typeRef="number"><text>times in stage</text></inputExpression></input>
      <output id="o2" typeRef="string"/>
      <rule id="to_work"><inputEntry id="x3"><text>true</text></inputEntry><inputEntry id="x4"><text>-</text></inputEntry>
        <outputEntry id="y3"><text>"work"</text></outputEntry></rule>
      <rule id="again"><inputEntry id="x5"><text>false</text></inputEntry><inputEntry id="x6"><text>&lt; 3</text></inputEntry>
        <outputEntry id="y4"><text>"training"</text></outputEntry></rule>
      <rule id="enough"><inputEntry id="x7"><text>false</text></inputEntry><inputEntry id="x8"><text>&gt;= 3</text></inputEntry>
        <outputEntry id="y5"><text>"not for us"</text></outputEntry></rule>
    </decisionTable></decision>
</definitions>)";

const std::string assumed = R"({
  "path": "small", "from": "2026-01", "to": "2026-06", "seed": 7,
  "municipalities": {
    "167": {"arrivals": [8, 10, 14], "stock": {"first": 3, "training": [5, 20]}, "waiting": {"training": 2}},
    "276": {"arrivals": 4, "stock": {"work": 2}}},
  "facts": {"age": {"30": 0.5, "55": [0.3, 0.4, 0.5], "70": 0.1}},
  "stages": {
    "first": {"days": [2, 10, 30], "referrals": {"doctor": 0.7}},
    "training": {"days": {"20": 1, "60": 2.5}, "places": 9, "facts": {"ready": {"true": 0.6, "false": 0.4}},
                 "leaves": {"gave up": [0.05, 0.1, 0.2]}},
    "work": {"days": 30, "leaves": {"hired": 0.8, "gave up": 0.2}}},
  "services": {"doctor": {"days": [5, 15, 40], "places": {"167": 2, "276": 1}}}
})";

/// The definition with each English text in the other languages, too.
path::definition small_definition() {
    std::string whole;
    std::string_view left = definition;
    constexpr std::string_view opening = "{\"en\": ";
    for (std::size_t at = left.find(opening); at != std::string_view::npos; at = left.find(opening)) {
        whole += left.substr(0, at);
        left.remove_prefix(at + opening.size());
        const std::string text(left.substr(0, left.find('}')));
        whole += "{\"fi\": " + text + ", \"sv\": " + text + ", \"fi-selko\": " + text + ", \"en\": ";
    }
    const auto says = json::try_read<path::definition>(whole + std::string(left));
    REQUIRE_MESSAGE(says, (says ? "" : says.error().to_string()));
    return *says;
}

path::service_path small_path() {
    path::path_sources with;
    with.models["small.dmn"] = model;
    auto made = path::try_compile(small_definition(), with);
    REQUIRE_MESSAGE(made, (made ? "" : made.error().to_string()));
    return *made;
}

result<population::path_simulation_options> asked_of(const std::string& text) {
    population::path_simulation_options made;
    POLKU_TRY(made.is.assumptions, population::try_read_path_assumptions(text, {"assumed.json"}));
    made.is.versions = {small_path()};
    made.is.source = "assumed.json";
    made.ladder = json::try_shipped_pack("kuntarahoitus").value();
    made.repeats = 3;
    return made;
}

std::string with_change(const std::string& from, const std::string& to) {
    const std::size_t at = assumed.find(from);
    REQUIRE(at != std::string::npos);
    return std::string(assumed).replace(at, from.size(), to);
}

result<population::path_simulation_report> simulate(const std::string& text, std::uint32_t repeats = 3) {
    POLKU_TRY(auto what, asked_of(text));
    what.repeats = repeats;
    return population::try_simulate_path(what);
}

std::string error_of(const std::string& text) {
    const auto made = simulate(text);
    return made ? "no error" : made.error().to_string();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The median of a figure; 0 where it has no row.
std::int64_t figure(const population::path_simulation_report& of, const std::string& month,
                    const std::string& municipality, path_figure_kind kind, const std::string& id,
                    const std::string& measure, const std::string& to = {}) {
    for (const population::path_figure& each : of.figures)
        if (each.month == month && each.municipality == municipality && each.kind == kind && each.of == id &&
            each.measure == measure && each.to == to)
            return each.is.median.to_int64().value_or(-1);
    return 0;
}

const std::string unemployed = R"("unemployment": {"benefit": "labour_market_subsidy",
    "days_so_far": {"0": 0.5, "250": 0.5}, "stages": ["first", "training"]}, "services")";

}  // namespace

TEST_SUITE("population") {
    TEST_CASE("population/months: as a slow one that looks at every client on every day") {
        const auto what = asked_of(with_change("\"services\"", unemployed)).value();
        const auto plan = population::detail::try_plan(what.is);
        REQUIRE_MESSAGE(plan, (plan ? "" : plan.error().to_string()));
        const auto ladder = population::detail::benefit_ladder::try_make(
            *what.ladder, *what.is.assumptions.unemployment, plan->months,
            *std::max_element(plan->days_so_far.begin(), plan->days_so_far.end()), {"assumed.json", "/unemployment"});
        REQUIRE_MESSAGE(ladder, (ladder ? "" : ladder.error().to_string()));
        for (std::uint32_t repeat = 0; repeat < 20; ++repeat) {
            CAPTURE(repeat);
            const auto quick = population::detail::try_run(*plan, &*ladder, 7, repeat, [] { return true; });
            REQUIRE_MESSAGE(quick, (quick ? "" : quick.error().to_string()));
            population::detail::path_oracle slow(*plan, *what.ladder, *what.is.assumptions.unemployment, 7, repeat);
            CHECK(quick->cells == slow.run());
            CHECK(slow.most_inside <= 9);
            CHECK(slow.unfair == 0);
        }
    }

    TEST_CASE("population/months: nobody is lost, and no room holds more than it has") {
        const auto made = simulate(assumed, 1).value();
        for (const std::string& code : {std::string(), std::string("167"), std::string("276")}) {
            std::map<std::string, std::int64_t> before{{"path", code == "276" ? 2 : code == "167" ? 7 : 9}};
            before["first"] = code == "276" ? 0 : 3;
            before["training"] = code == "276" ? 0 : 2;
            before["work"] = code == "167" ? 0 : 2;
            for (const std::string& month : made.months) {
                CAPTURE(month);
                CAPTURE(code);
                const auto path = [&](const char* measure) {
                    return figure(made, month, code, path_figure_kind::path, "", measure);
                };
                CHECK(path("on_path") == before["path"] + path("arrived") - path("left"));
                before["path"] = path("on_path");
                std::int64_t all = 0;
                for (const char* const stage : {"first", "training", "work"}) {
                    const auto of = [&](const char* measure) {
                        return figure(made, month, code, path_figure_kind::stage, stage, measure);
                    };
                    CHECK(of("inside") == before[stage] + of("entered") - of("left"));
                    before[stage] = of("inside");
                    all += of("inside") + of("waiting");
                }
                CHECK(all == path("on_path"));
                std::int64_t ended = 0;
                for (const char* const exit : {"hired", "not for us", "gave up"})
                    ended += figure(made, month, code, path_figure_kind::exit, exit, "left");
                CHECK(ended == path("left"));
                CHECK(figure(made, month, code, path_figure_kind::stage, "training", "inside") <= 9);
            }
        }
    }

    TEST_CASE("population/months: the same seed gives the same report whatever the number of threads") {
        auto what = asked_of(assumed).value();
        what.repeats = 9;
        const auto one = json::write(json::to_value(population::try_simulate_path(what).value()));
        for (const std::uint32_t threads : {2U, 3U, 16U}) {
            what.threads = threads;
            CHECK(json::write(json::to_value(population::try_simulate_path(what).value())) == one);
        }
        what.seed = 8;
        CHECK(json::write(json::to_value(population::try_simulate_path(what).value())) != one);
    }

    TEST_CASE("population/months: chances of 0 and 1, and a single month") {
        const auto all_leave = simulate(with_change(R"("gave up": [0.05, 0.1, 0.2])", R"("gave up": 1)"), 1).value();
        const auto none_leave = simulate(with_change(R"("gave up": [0.05, 0.1, 0.2])", R"("gave up": 0)"), 1).value();
        for (const std::string& month : all_leave.months) {
            CHECK(figure(all_leave, month, "", path_figure_kind::stage, "training", "moved", "work") == 0);
            CHECK(figure(none_leave, month, "", path_figure_kind::stage, "training", "moved", "gave up") == 0);
        }
        const auto short_one = simulate(with_change("2026-06", "2026-01"), 1).value();
        CHECK(short_one.months == std::vector<std::string>{"2026-01"});
        const auto whole = simulate(assumed, 1).value();
        for (const population::path_figure& each : short_one.figures)
            CHECK(each.is.median.to_int64().value_or(-1) ==
                  figure(whole, "2026-01", each.municipality, each.kind, each.of, each.measure, each.to));
    }

    TEST_CASE("population/months: the other side differs only where its assumptions do") {
        auto what = asked_of(assumed).value();
        what.against = what.is;
        const population::path_simulation_report alike = population::try_simulate_path(what).value();
        for (const population::path_figure& each : alike.figures) {
            CHECK(each.difference->low.is_zero());
            CHECK(each.difference->high.is_zero());
        }
        what.against->assumptions.stages["training"].places = feel::value(30);
        std::int64_t shorter = 0;
        const population::path_simulation_report shifted = population::try_simulate_path(what).value();
        for (const population::path_figure& each : shifted.figures) {
            if (each.measure == "arrived" || each.of == "first" || each.of == "doctor")
                CHECK(each.difference->high.is_zero());
            if (each.measure == "waiting" && each.of == "training") shorter += each.difference->median.is_negative();
        }
        CHECK(shorter > 0);
        what.against->assumptions.to = "2026-07";
        CHECK(has(population::try_simulate_path(what).error().to_string(), "give both the same months"));
    }

    TEST_CASE("population/months: cost is the ladder's, and its gaps are named") {
        const auto made = simulate(with_change("\"services\"", unemployed), 1).value();
        CHECK(made.ladders.front() == "kuntarahoitus-2025");
        CHECK(made.ladders.back() == "kuntarahoitus-2026-05");
        const std::string next_year = with_change("2026-06", "2027-02");
        const std::size_t at = next_year.find("\"services\"");
        CHECK(has(error_of(std::string(next_year).replace(at, 10, unemployed)), "2027-01"));
        CHECK(has(error_of(with_change("2026-06", "2028-02")),
                  "no version of the path 'small' is in force on 2028-01-01"));
    }

    TEST_CASE("population/months: what is wrong with assumptions is told with its place") {
        const auto told = [](const std::string& from, const std::string& to, const char* pointer, const char* what) {
            const std::string message = error_of(with_change(from, to));
            CAPTURE(message);
            CHECK(has(message, pointer));
            CHECK(has(message, what));
        };
        told(R"("days": 30)", R"("dayz": 30)", "/stages/work", "dayz");
        told(R"("days": 30)", R"("days": 0)", "/stages/work/days", "from 1 to 3650");
        told(R"([2, 10, 30])", R"([2, 40, 30])", "/stages/first/days", "shortest <= likely <= longest");
        told(R"("true": 0.6)", R"("true": 0.7)", "/stages/training/facts/ready", "add up to 1.1, expected 1");
        told(R"("true": 0.6)", R"("yes": 0.6)", "/stages/training/facts/ready/yes", "expected true or false");
        told(R"("ready": {)", R"("redy": {)", "/stages/training/facts/redy", "did you mean 'ready'");
        told(R"("gave up": [0.05, 0.1, 0.2])", R"("gave up": 1.5)", "/stages/training/leaves/gave up", "from 0 to 1");
        told(R"("gave up": [0.05, 0.1, 0.2])", R"("not for us": 0.1)", "/stages/training/leaves", "routing alone");
        told(R"("hired": 0.8)", R"("hired": 0.7)", "/stages/work/leaves", "must add up to 1");
        told(R"("places": 9)", R"("places": 1)", "/stock/training", "2 clients are in the stage");
        told(R"("places": {"167": 2, "276": 1})", R"("places": {"167": 2})", "/services/doctor/places", "'276'");
        told(R"("arrivals": 4)", R"("arrivals": -1)", "/municipalities/276/arrivals", "from 0 to 1000000");
        told(R"("276": {)", R"("999": {)", "/municipalities/999", "999");
        told(R"("from": "2026-01")", R"("from": "2026-13")", "/from", "such as 2027-01");
        told(R"("path": "small")", R"("path": "big")", "/path", "'big'");
        told(R"("facts": {"age": {"30": 0.5, "55": [0.3, 0.4, 0.5], "70": 0.1}},)", "", "/facts", "asks for 'age'");
        told(R"("waiting": {"training": 2})", R"("waiting": {"work": 2})", "/waiting/work", "room for all");
    }

    TEST_CASE("population/months: an end that nobody can reach is refused") {
        path::definition says = small_definition();
        path::path_sources with;
        with.models["small.dmn"] = model;
        says.stages[1].max_visits.reset();
        std::string loop = model;
        loop.replace(loop.find("&lt; 3"), 6, "&gt; 0");
        loop.replace(loop.find("&gt;= 3"), 7, "&lt; 0");
        with.models["small.dmn"] = loop;
        auto what = asked_of(with_change(R"("true": 0.6, "false": 0.4)", R"("true": 0, "false": 1)")).value();
        what.is.assumptions.stages["training"].leaves.clear();
        what.is.versions = {path::try_compile(says, with).value()};
        CHECK(has(population::try_simulate_path(what).error().to_string(), "no exit can be reached from the stage"));
    }

    TEST_CASE("population/months: ended by the caller") {
        auto what = asked_of(assumed).value();
        std::size_t told = 0;
        what.progress = [&](std::size_t done, std::size_t of) {
            CHECK(of == 18);
            return ++told < 2 && done <= of;
        };
        CHECK(population::try_simulate_path(what).error().code() == error_code::cancelled);
        CHECK(told == 2);
        what.progress = {};
        what.repeats = 0;
        CHECK(population::try_simulate_path(what).error().code() == error_code::invalid_argument);
    }
}
