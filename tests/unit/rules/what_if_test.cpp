// SPDX-License-Identifier: Apache-2.0
#include "small_packs.hpp"

#include <polku/rules/input_atoms.hpp>
#include <polku/rules/what_if.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace polku;
using small_packs::compiled;
using small_packs::day;
using small_packs::definition;
using small_packs::model;
using small_packs::parameter;
using small_packs::table;

TEST_SUITE_BEGIN("rules/what_if");

namespace {

void set_act(rules::pack_definition& in, const std::string& name, std::int64_t cost) {
    for (rules::pack_input& each : in.inputs)
        if (each.name == name) each.change = rules::pack_change{rules::change_way::act, cost, {}};
}

void set_time(rules::pack_definition& in, const std::string& name, rules::time_step each_step) {
    for (rules::pack_input& each : in.inputs)
        if (each.name == name) each.change = rules::pack_change{rules::change_way::time, {}, each_step};
}

rules::what_if_answer answer(const rules::pack& of, const rules::pack_question& asked, const rules::pack_goal& goal,
                             const rules::what_if_options& with = {}) {
    auto made = rules::try_what_if(of, asked, goal, with);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    return std::move(*made);
}

/// `b=true c="x" @2026-01-04 cost 5`
std::string line(const rules::proposal& of) {
    std::string all;
    for (const rules::fact_change& each : of.changes) all += each.input + "=" + feel::to_string(each.to) + " ";
    return all + "@" + time::to_string(of.decided) + " cost " + std::to_string(of.cost);
}

std::string lines(const rules::what_if_answer& of) {
    std::string all;
    for (const rules::proposal& each : of.proposals) all += (all.empty() ? "" : "; ") + line(each);
    return all;
}

const std::string aid_model = model(
    {{"hours"}, {"kind", "string"}, {"ill", "boolean"}, {"months"}, {"age"}, {"limit"}, {"start", "date"}},
    {{"Marks",
      "",
      {"hours", "kind", "ill", "age", "start", "months", "limit"},
      table("m", "COLLECT", {"hours", "kind", "ill", "age", "months >= limit", "start"},
            {{"< 20", "-", "-", "-", "-", "-", "\"HOURS\""},
             {"-", "\"company\"", "-", "-", "-", "-", "\"KIND\""},
             {"-", "-", "false", "< 60", "-", "-", "\"ILL\""},
             {"-", "-", "-", "-", "false", "-", "\"MONTHS\""},
             {"-", "-", "-", "-", "-", "< date(\"2026-02-01\")", "\"START\""},
             {">= 20", "not(\"company\")", "-", "-", "true", ">= date(\"2026-02-01\")", "\"ok\""}})},
     {"Aid",
      "",
      {"Marks"},
      R"({granted: if count(Marks[item != "ok"]) > 0 then false else if list contains(Marks, "ok") then true else null})"}});

rules::pack_definition aid_definition() {
    rules::pack_definition says = definition(aid_model, {parameter("limit", "number", 6)});
    says.parameters[0].series[0].before = day("2026-03-10");
    says.parameters[0].series.push_back({day("2026-03-10"), {}, 4, {"s"}, {}, {}});
    set_act(says, "hours", 3);
    set_act(says, "kind", 50);
    set_act(says, "start", 1);
    set_time(says, "months", rules::time_step::month);
    return says;
}

rules::pack_question aid_question() {
    rules::pack_question asked;
    asked.decision = "Aid";
    asked.decided = day("2026-01-15");
    asked.inputs = feel::context{{"hours", 18}, {"kind", "club"}, {"ill", true},
                                 {"months", 3}, {"age", 30},      {"start", "2026-02-01"}};
    return asked;
}

}  // namespace

TEST_CASE("what nobody can change is told, and the cheapest changes come with the first day on which they are enough") {
    const rules::pack pack = compiled(aid_definition(), aid_model);
    rules::pack_question asked = aid_question();
    const rules::pack_goal granted{"granted", "true"};
    const auto today = answer(pack, asked, granted);
    CHECK(today.outcome == rules::what_if_outcome::none);
    CHECK(today.is_complete);
    CHECK(today.fixed == std::vector<std::string>{"age", "ill"});
    CHECK(today.uncovered.empty());

    // The limit falls to 4 on 10 March; the third month is full, so that four are, on 15 February.
    const auto later = answer(pack, asked, granted, {day("2027-01-15")});
    CHECK(later.outcome == rules::what_if_outcome::found);
    CHECK(lines(later) == "hours=20 @2026-03-10 cost 3");
    REQUIRE(later.proposals.size() == 1);
    REQUIRE(later.proposals[0].passing.size() == 1);
    CHECK(later.proposals[0].passing[0].to == feel::value(4));
    CHECK(later.proposals[0].changes[0].any_of == "20");
    CHECK(later.proposals[0].changes[0].from == feel::value(18));

    asked.inputs.set("months", 5);
    asked.inputs.set("start", "2026-01-20");
    CHECK(lines(answer(pack, asked, granted, {day("2026-12-31")})) == "hours=20 start=2026-02-01 @2026-02-15 cost 4");
    // A day that has passed is not moved.
    asked.inputs.set("start", "2026-01-14");
    const auto passed = answer(pack, asked, granted, {day("2026-12-31")});
    CHECK(passed.outcome == rules::what_if_outcome::none);
    CHECK(passed.fixed == std::vector<std::string>{"age", "ill", "start"});
    // Nor is illness asked for, though it would help.
    asked.inputs.set("start", "2026-02-01");
    asked.inputs.set("ill", false);
    CHECK(answer(pack, asked, granted, {day("2026-12-31")}).outcome == rules::what_if_outcome::none);
}

TEST_CASE("waiting costs nothing, but what costs more can be had earlier") {
    const std::string text =
        model({{"days"}, {"paid", "boolean"}}, {{"Out", "boolean", {"days", "paid"}, "days > 10 or paid"}});
    rules::pack_definition says = definition(text);
    set_act(says, "paid", 7);
    set_time(says, "days", rules::time_step::weekday);
    const rules::pack pack = compiled(says, text);
    rules::pack_question asked;
    asked.decision = "Out";
    asked.decided = day("2026-01-09");  // a Friday
    asked.inputs = feel::context{{"days", 8}, {"paid", false}};
    const auto both = answer(pack, asked, {"", "true"}, {day("2026-02-01")});
    CHECK(lines(both) == "@2026-01-14 cost 0; paid=true @2026-01-09 cost 7");
    asked.inputs.set("days", 11);
    CHECK(answer(pack, asked, {"", "true"}).outcome == rules::what_if_outcome::holds);
    CHECK_FALSE(rules::try_what_if(pack, asked, {"", "> ("}));
    const auto early = rules::try_what_if(pack, asked, {"", "true"}, {day("2026-01-01")});
    REQUIRE_FALSE(early);
    CHECK(early.error().code() == error_code::invalid_argument);
}

TEST_CASE("facts that nobody gave stay unknown, judgements stay, and a search without an end says so") {
    rules::pack_definition says = aid_definition();
    for (rules::pack_input& each : says.inputs)
        if (each.name == "kind") {
            each.change.reset();
            each.judge = small_packs::text("the authority");
        }
    const rules::pack pack = compiled(says, aid_model);
    rules::pack_question asked = aid_question();
    asked.inputs =
        feel::context{{"hours", 18}, {"kind", "company"}, {"months", 9}, {"age", 30}, {"start", "2026-02-01"}};
    const auto made = answer(pack, asked, {"granted", "true"});
    CHECK(made.outcome == rules::what_if_outcome::none);
    CHECK(made.judged == std::vector<std::string>{"kind"});
    CHECK(made.unknown == std::vector<std::string>{"ill"});
    rules::what_if_options few;
    few.max_evaluations = 1;
    const auto cut = answer(pack, asked, {"granted", "true"}, few);
    CHECK(cut.outcome == rules::what_if_outcome::not_reached);
    CHECK_FALSE(cut.is_complete);
    CHECK(name_of(cut.outcome) == "not reached");
}

TEST_CASE("a fact that is computed with is tried at some values only, and the answer says so") {
    const std::string text = model({{"a"}, {"b"}}, {{"Out", "boolean", {"a", "b"}, "a * a + b > 100 and b < 5"}});
    rules::pack_definition says = definition(text);
    set_act(says, "a", 1);
    const rules::pack pack = compiled(says, text);
    rules::pack_question asked;
    asked.decision = "Out";
    asked.decided = day("2026-01-01");
    asked.inputs = feel::context{{"a", 1}, {"b", 2}};
    const auto made = answer(pack, asked, {"", "true"});
    CHECK(lines(made) == "a=10 @2026-01-01 cost 1");
    CHECK(made.uncovered == std::vector<std::string>{"a"});
    CHECK(made.fixed == std::vector<std::string>{"b"});
    asked.inputs.set("b", 7);
    const auto none = answer(pack, asked, {"", "true"});
    // That `b < 5` fails is seen without trying values of `a`.
    CHECK(none.outcome == rules::what_if_outcome::none);
    CHECK(none.uncovered.empty());
}

TEST_CASE("a change is refused where it says too much or too little") {
    const auto code = [](const rules::pack_change& change, bool judged) {
        rules::pack_definition says = definition(aid_model, {parameter("limit", "number", 6)});
        says.inputs[1].change = change;  // kind
        if (judged) says.inputs[1].judge = small_packs::text("j");
        rules::pack_sources with;
        with.models["m.dmn"] = aid_model;
        const auto made = rules::try_compile_pack(std::move(says), with);
        return made ? std::optional<error_code>() : made.error().code();
    };
    using rules::change_way;
    CHECK_FALSE(code({change_way::act, 5, {}}, false));
    CHECK(code({change_way::act, 5, {}}, true) == error_code::pack_parameter);
    CHECK(code({change_way::act, {}, {}}, false) == error_code::pack_parameter);
    CHECK(code({change_way::act, 0, {}}, false) == error_code::pack_parameter);
    CHECK(code({change_way::act, 5, rules::time_step::day}, false) == error_code::pack_parameter);
    CHECK(code({change_way::time, {}, rules::time_step::day}, false) == error_code::pack_parameter);
    CHECK(code({change_way::time, 5, rules::time_step::day}, false) == error_code::pack_parameter);
}

TEST_CASE("a goal that no answer can be put to is an error that says what there is") {
    const rules::pack pack = compiled(aid_definition(), aid_model);
    const auto refused = [&](const rules::pack& of, const rules::pack_question& asked, const rules::pack_goal& goal,
                             error_code code, const std::string& part) {
        const auto made = rules::try_what_if(of, asked, goal);
        REQUIRE_FALSE(made);
        CHECK(made.error().code() == code);
        CHECK_MESSAGE(made.error().to_string().find(part) != std::string::npos, made.error().to_string());
    };
    refused(pack, aid_question(), {"grant", "true"}, error_code::not_found, "'granted'");
    refused(pack, aid_question(), {"granted", "\"true\""}, error_code::invalid_argument, "boolean");
    refused(pack, aid_question(), {"granted", "> 3"}, error_code::invalid_argument, "boolean");
    CHECK(rules::try_what_if(pack, aid_question(), {"granted", "null"}));

    const std::string text = model({{"days"}}, {{"Out", "", {"days"}, R"(if days > 10 then "late" else "early")"},
                                                {"Sum", "number", {"days"}, "days + 1"}});
    const rules::pack plain = compiled(definition(text), text);
    rules::pack_question asked;
    asked.decision = "Out";
    asked.decided = day("2026-01-09");
    asked.inputs = feel::context{{"days", 8}};
    refused(plain, asked, {"", "\"lat\""}, error_code::invalid_argument, "\"late\"");
    refused(plain, asked, {"", "3"}, error_code::invalid_argument, "string");
    refused(plain, asked, {"granted", "true"}, error_code::not_found, "no members");
    CHECK(rules::try_what_if(plain, asked, {"", "\"late\""}));
    CHECK(rules::try_what_if(plain, asked, {"", "not(\"lat\")"}));
    asked.decision = "Sum";
    refused(plain, asked, {"", "\"9\""}, error_code::invalid_argument, "number");
    CHECK(rules::try_what_if(plain, asked, {"", ">= 500"}));
}

TEST_SUITE_END();
