// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/equal_treatment.hpp>

#include <polku/dmn/program.hpp>
#include <polku/json/path_definition.hpp>
#include <polku/json/shipped.hpp>
#include <polku/path/case.hpp>
#include <polku/path/detail/compiled_path.hpp>
#include <polku/report/equal_treatment.hpp>
#include <polku/report/labels.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace polku;
namespace fs = std::filesystem;

namespace {

const fs::path local_files = fs::path(POLKU_SOURCE_DIR) / "examples/north-karelia";

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string toimi_routing() { return std::string(*json::find_shipped("toimi/routing.dmn")); }

std::string with(std::string text, const std::string& was, const std::string& is) {
    const std::size_t at = text.find(was);
    REQUIRE_MESSAGE(at != std::string::npos, was);
    return text.replace(at, was.size(), is);
}

named_path made(const std::string& name, const std::vector<named_text>& files) {
    auto bundle = try_make_path(files);
    REQUIRE_MESSAGE(bundle.has_value(), name << ": " << (bundle ? std::string() : bundle.error().to_string()));
    return {name, std::move(bundle).value()};
}

/// A delta over the shipped toimi path, with the files beside it.
named_path local(const std::string& name, const std::string& members, std::vector<named_text> beside = {}) {
    std::vector<named_text> files{
        {"path.json", R"({"extends": "toimi/path.json", "id": ")" + name + "\"" + members + "}"}};
    files.insert(files.end(), beside.begin(), beside.end());
    return made(name, files);
}

/// A delta over the shipped path of S5 that changes the values of one fact.
named_path kela_local(const std::string& name, const std::string& values) {
    return made(name, {{"path.json", R"({"extends": "tyokyky-kayttoon/path.json", "id": ")" + name +
                                         R"(", "facts": {"Kela cooperation need": {"values": )" + values + "}}}"}});
}

std::vector<named_path> north_karelia() {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(local_files))
        if (each.path().extension() == ".json") names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    std::vector<named_path> all;
    for (const std::string& each : names) all.push_back(made(each, {{each, text_of(local_files / each)}}));
    return all;
}

path::treatment_pair compared(const named_path& left, const named_path& right) {
    const std::vector<named_path> both{left, right};
    auto answer = try_compare_treatment(both);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().to_string()));
    REQUIRE(answer->pairs.size() == 1);
    return answer->pairs[0];
}

const path::treatment_difference* find(const path::treatment_pair& in, path::treatment_kind about,
                                       const std::string& subject) {
    for (const path::treatment_difference& each : in.differences)
        if (each.about == about && each.subject == subject) return &each;
    return nullptr;
}

/// What a variant answers to the last command of a story: a stage, an exit or the code of a refusal.
std::string last_answer(const path::service_path& on, const std::vector<path::command>& story) {
    path::case_state now;
    std::string last;
    for (const path::command& each : story) {
        path::context with;
        with.today = each.on.value();
        with.actor = "worker-1";
        with.purpose = "service";
        auto events = path::decide(on, now, each, with);
        if (!events) {
            last = "refused " + std::to_string(static_cast<int>(events.error().code()));
            continue;
        }
        now = path::evolve(std::move(now), events.value());
        last = now.ending ? now.ending->exit : now.stage ? now.stage->stage : "taken";
    }
    return last;
}

void replays(const path::treatment_difference& of, const named_path& left, const named_path& right) {
    REQUIRE_FALSE(of.story.empty());
    CHECK(last_answer(left.bundle.path, of.story) != last_answer(right.bundle.path, of.story));
    // Up to there they are one client.
    std::vector<path::command> before = of.story;
    before.pop_back();
    CHECK(last_answer(left.bundle.path, before) == last_answer(right.bundle.path, before));
}

/// The oracle: every combination of what the definition says of the inputs of a stage's routing, by the public
/// evaluator, as one text for each.
std::vector<feel::value> plain_values(const path::definition& says, const std::string& input) {
    std::vector<feel::value> all;
    if (input == "times in stage")
        for (int visit = 1; visit <= 5; ++visit) all.emplace_back(visit);
    if (input == "placement running") return {feel::value(true), feel::value(false)};
    if (input == "placement kind")
        for (const auto& [kind, each] : says.placements) all.emplace_back(kind);
    const auto fact = says.facts.find(input);
    if (fact == says.facts.end()) return all;
    if (fact->second.type == "boolean") return {feel::value(true), feel::value(false)};
    for (const auto& [value, name] : fact->second.values) all.emplace_back(value);
    return all;
}

std::vector<std::string> plain_answers(const path::service_path& of, std::size_t stage) {
    const auto& routing = of.data().stages[stage].routing;
    std::vector<std::string> made;
    if (!routing) return made;
    std::vector<feel::context> records{{}};
    for (const dmn::input_info& each : routing->program.inputs(routing->decision)) {
        std::vector<feel::context> next;
        for (const feel::context& record : records)
            for (const feel::value& value : plain_values(of.says(), each.name)) {
                feel::context more = record;
                more.set(each.name, value);
                next.push_back(more);
            }
        records = std::move(next);
    }
    for (const feel::context& record : records) {
        feel::evaluation_context now(time::date_time{of.says().valid.from, {}});
        const auto answer = dmn::try_evaluate(routing->program, routing->decision, record, now);
        made.push_back(feel::to_string(feel::value(record)) + " " +
                       (answer ? feel::to_string(answer.value()) : std::string("refused")));
    }
    return made;
}

/// Combinations that the two answer differently.
std::size_t plain_differences(const named_path& left, const named_path& right, std::size_t stage) {
    const auto one = plain_answers(left.bundle.path, stage);
    const auto other = plain_answers(right.bundle.path, stage);
    REQUIRE(one.size() == other.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < one.size(); ++i) count += one[i] == other[i] ? 0 : 1;
    return count;
}

/// A model with one decision over the number of months unemployed.
std::string months_model(const std::string& below) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="months" name="months" namespace="urn:test:months">
  <inputData id="i" name="months unemployed"><variable id="v" name="months unemployed" typeRef="number"/></inputData>
  <decision id="d" name="By months"><variable id="dv" name="By months" typeRef="string"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="c"><inputExpression id="e" typeRef="number"><text>months unemployed</text></inputExpression></input>
      <output id="o" name="next" typeRef="string"/>
      <rule id="r1"><inputEntry id="a1"><text>&lt; )" +
           below + R"(</text></inputEntry><outputEntry id="b1"><text>"other_service"</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="a2"><text>&gt;= )" +
           below + R"(</text></inputEntry><outputEntry id="b2"><text>"assessment"</text></outputEntry></rule>
    </decisionTable></decision></definitions>)";
}

}  // namespace

TEST_SUITE_BEGIN("workspace/equal_treatment");

TEST_CASE("workspace/equal_treatment: thirteen municipalities decide equally outside of what they declare") {
    const std::vector<named_path> all = north_karelia();
    REQUIRE(all.size() == 13);
    const auto answer = try_compare_treatment(all);
    REQUIRE(answer.has_value());
    CHECK(answer->pairs.size() == 78);
    CHECK(answer->overall() == path::proof_verdict::proved);
    for (const path::treatment_pair& pair : answer->pairs) {
        CAPTURE(answer->variants[pair.variants[0]]);
        CAPTURE(answer->variants[pair.variants[1]]);
        CHECK(pair.says == path::proof_verdict::proved);
        CHECK(pair.base == "toimi/path.json");
        CHECK(pair.counts[0] > 0);
        CHECK(pair.counts[1] + pair.counts[2] == 0);
        for (const path::treatment_difference& each : pair.differences) {
            CHECK(each.is == path::treatment_standing::declared);
            CHECK_FALSE(each.pointer.empty());
            CHECK((each.declared_by[0] || each.declared_by[1]));
        }
    }
    // The oracle: what every routing answers to every combination of what it reads.
    for (std::size_t stage = 0; stage < all[0].bundle.path.says().stages.size(); ++stage)
        for (const named_path& each : all)
            CHECK(plain_answers(each.bundle.path, stage) == plain_answers(all[0].bundle.path, stage));
    // Each also against the path that all extend.
    const auto toimi = try_shipped_path("toimi");
    REQUIRE(toimi.has_value());
    for (const named_path& each : all) CHECK(compared(each, {"toimi", *toimi}).says == path::proof_verdict::proved);
}

TEST_CASE("workspace/equal_treatment: a declared difference is listed with its pointer and who declares it") {
    const named_path left = local("left", R"(, "stages": [{"id": "coaching", "max": "P5M"}])");
    const named_path right = local("right", R"(, "environments": {"lieksa": {"places": 3}})");
    const path::treatment_pair pair = compared(left, right);
    CHECK(pair.says == path::proof_verdict::proved);
    CHECK(pair.counts[0] == 2);
    const auto* stage = find(pair, path::treatment_kind::stage, "coaching");
    REQUIRE(stage != nullptr);
    CHECK(stage->pointer == "/stages/2/max");
    CHECK(stage->declared_by == std::array<bool, 2>{true, false});
    CHECK(stage->says[0] == "P5M");
    const auto* place = find(pair, path::treatment_kind::other, "lieksa");
    REQUIRE(place != nullptr);
    CHECK(place->pointer == "/environments/lieksa/places");
    CHECK(place->declared_by == std::array<bool, 2>{false, true});
}

TEST_CASE("workspace/equal_treatment: a changed routing cell beside one variant is refuted by a client") {
    const std::string cell = R"(<outputEntry id="referral_not_now_out"><text>"other_service")";
    const std::string changed = R"(<outputEntry id="referral_not_now_out"><text>"assessment")";
    const named_path left = local("left", "");
    const named_path right = local("right", "", {{"routing.dmn", with(toimi_routing(), cell, changed)}});
    for (const bool swapped : {false, true}) {
        const named_path& one = swapped ? right : left;
        const named_path& other = swapped ? left : right;
        const path::treatment_pair pair = compared(one, other);
        CHECK(pair.says == path::proof_verdict::refuted);
        CHECK(pair.counts[1] == 1);
        const path::treatment_difference& found = pair.differences.front();
        CHECK(found.is == path::treatment_standing::refuted);
        CHECK(found.about == path::treatment_kind::routing);
        CHECK(found.subject == "referral");
        CHECK(found.where.at("in target group") == "true");
        CHECK(found.where.at("start is timely") == "false");
        CHECK(found.regions == plain_differences(one, other, 0));
        CHECK(found.answers[swapped ? 1 : 0].place == "other_service");
        CHECK(found.answers[swapped ? 0 : 1].place == "assessment");
        replays(found, one, other);
    }
}

TEST_CASE("workspace/equal_treatment: each changed cell of the routing is found, and none where none changed") {
    // Every output cell in turn leads elsewhere; the oracle counts the combinations that it changes.
    const std::string text = toimi_routing();
    const named_path plain = local("plain", "");
    std::size_t tried = 0;
    for (std::size_t at = text.find("_out\"><text>\""); at != std::string::npos;
         at = text.find("_out\"><text>\"", at + 1)) {
        const std::size_t begin = at + 13;
        const std::size_t end = text.find('"', begin);
        const std::string was = text.substr(begin, end - begin);
        std::string changed = text;
        changed.replace(begin, was.size(), was == "other_service" ? "moved_away" : "other_service");
        const auto bundle = try_make_path(std::vector<named_text>{
            {"path.json", R"({"extends": "toimi/path.json", "id": "changed"})"}, {"routing.dmn", changed}});
        REQUIRE(bundle.has_value());
        const named_path other{"changed", *bundle};
        std::size_t differing = 0;
        for (std::size_t stage = 0; stage < plain.bundle.path.says().stages.size(); ++stage)
            differing += plain_differences(plain, other, stage);
        const path::treatment_pair pair = compared(plain, other);
        CAPTURE(was);
        const std::string why = pair.differences.empty() ? std::string() : pair.differences.front().message;
        CAPTURE(why);
        CHECK((pair.says == path::proof_verdict::proved) == (differing == 0));
        CHECK(pair.says != path::proof_verdict::unknown);
        if (pair.says == path::proof_verdict::refuted) replays(pair.differences.front(), plain, other);
        ++tried;
    }
    CHECK(tried > 20);
    // Other bytes, the same answers.
    const named_path same =
        local("same", "", {{"routing.dmn", with(text, "<description>", "<description>Once more: ")}});
    const path::treatment_pair pair = compared(plain, same);
    CHECK(pair.says == path::proof_verdict::proved);
    CHECK(pair.regions > 50);
}

TEST_CASE("workspace/equal_treatment: a declared value of a fact that a table elsewhere does not know is refuted") {
    const named_path plain = local("plain", "");
    const named_path more = local(
        "more",
        R"(, "facts": {"coaching result": {"values": {"moved": {"fi": "m", "sv": "m", "en": "m", "fi-selko": "m"}}}})");
    const named_path fewer = local("fewer", R"(, "facts": {"service need conclusion": {"values": {"pension": null}}})");
    const path::treatment_pair with_more = compared(plain, more);
    CHECK(with_more.says == path::proof_verdict::refuted);
    const auto* found = find(with_more, path::treatment_kind::routing, "coaching");
    REQUIRE(found != nullptr);
    CHECK(found->is == path::treatment_standing::refuted);
    CHECK(found->where.at("coaching result") == "moved");
    CHECK_FALSE((found->declared_by[0] || found->declared_by[1]));
    replays(*found, plain, more);
    const path::treatment_pair with_fewer = compared(fewer, plain);
    const auto* missed = find(with_fewer, path::treatment_kind::routing, "assessment");
    REQUIRE(missed != nullptr);
    CHECK(missed->is == path::treatment_standing::refuted);
    CHECK(missed->answers[0].place == std::nullopt);
    replays(*missed, fewer, plain);
    // The value itself is declared.
    const auto* value = find(with_more, path::treatment_kind::other, "coaching result");
    REQUIRE(value != nullptr);
    CHECK(value->is == path::treatment_standing::declared);
    CHECK(value->pointer == "/facts/coaching result/values/moved");
}

TEST_CASE("workspace/equal_treatment: a fact that runs out sooner keeps clients waiting elsewhere") {
    const named_path plain = local("plain", "");
    const named_path sooner = local("sooner", R"(, "facts": {"employment plan goal": {"valid_for": "P1M"}})");
    const path::treatment_pair pair = compared(plain, sooner);
    CHECK(pair.says == path::proof_verdict::refuted);
    const auto* found = find(pair, path::treatment_kind::stage, "assessment");
    REQUIRE(found != nullptr);
    CHECK(found->is == path::treatment_standing::refuted);
    CHECK(found->issue == path::treatment_issue::rests_on);
    CHECK(found->detail == "employment plan goal");
    CHECK(found->pointer == "/stages/1/requires");
    replays(*found, plain, sooner);
    // A definition that says the waiting list itself declares what comes of it.
    const named_path said = local("said",
                                  R"(, "facts": {"employment plan goal": {"valid_for": "P1M"}},
           "stages": [{"id": "assessment", "requires": ["employment plan goal", "service need conclusion"]}])");
    const path::treatment_pair declared = compared(plain, said);
    CHECK(find(declared, path::treatment_kind::stage, "assessment") == nullptr);
}

TEST_CASE("workspace/equal_treatment: guards and conditions over a fact with other values are decided") {
    const named_path plain = kela_local("plain", "{}");
    const named_path more =
        kela_local("more", R"({"housing": {"fi": "a", "sv": "b", "en": "housing", "fi-selko": "a"}})");
    const path::treatment_pair with_more = compared(plain, more);
    CHECK(with_more.counts[static_cast<std::size_t>(path::treatment_standing::unknown)] == 0);
    // The need is mapped as long as nobody knows it: the new value ends that in one variant.
    const auto* mapping = find(with_more, path::treatment_kind::duty, "Kela mapping");
    REQUIRE(mapping != nullptr);
    CHECK(mapping->is == path::treatment_standing::refuted);
    CHECK(mapping->issue == path::treatment_issue::rests_on);
    CHECK(mapping->where.count("Kela cooperation need") == 1);
    replays(*mapping, plain, more);
    // What asks for other values treats the new one as not known.
    CHECK(find(with_more, path::treatment_kind::duty, "Kela adviser in the team") == nullptr);
    CHECK(find(with_more, path::treatment_kind::service, "Kela personal service") == nullptr);

    const named_path fewer = kela_local("fewer", R"({"rehabilitation": null})");
    const path::treatment_pair with_fewer = compared(plain, fewer);
    CHECK(with_fewer.counts[static_cast<std::size_t>(path::treatment_standing::unknown)] == 0);
    const std::pair<path::treatment_kind, const char*> missed[] = {
        {path::treatment_kind::duty, "Kela adviser in the team"},
        {path::treatment_kind::service, "Kela personal service"}};
    for (const auto& each : missed) {
        INFO(each.second);
        const auto* found = find(with_fewer, each.first, each.second);
        REQUIRE(found != nullptr);
        CHECK(found->is == path::treatment_standing::refuted);
        CHECK(found->where.at("Kela cooperation need") == "rehabilitation");
        replays(*found, plain, fewer);
    }
}

TEST_CASE("workspace/equal_treatment: an opaque cell is unknown, with what stood in the way") {
    const std::string cell = R"(<inputEntry id="coaching_more_2"><text>&lt; 3</text>)";
    const std::string opaque =
        R"(<inputEntry id="coaching_more_2"><text>&lt; 3 + 0 * string length(coaching result)</text>)";
    const path::treatment_pair pair =
        compared(local("plain", ""), local("opaque", "", {{"routing.dmn", with(toimi_routing(), cell, opaque)}}));
    CHECK(pair.says == path::proof_verdict::unknown);
    REQUIRE_FALSE(pair.differences.empty());
    const path::treatment_difference& found = pair.differences.front();
    CHECK(found.issue == path::treatment_issue::opaque);
    CHECK(found.subject == "coaching");
    CHECK(found.is == path::treatment_standing::unknown);
    CHECK(found.message.find("the exact number of visits counts") != std::string::npos);
    CHECK(found.story.empty());
}

TEST_CASE("workspace/equal_treatment: a declared routing is listed with a client, also where numbers are cut") {
    const std::string own = R"(, "stages": [{"id": "referral", "requires": ["months unemployed"],
        "routing": {"model": "months.dmn", "decision": "By months"}}], "reasons": {"After referral": null})";
    const named_path ten = local("ten", own, {{"months.dmn", months_model("10")}});
    const named_path twelve = local("twelve", own, {{"months.dmn", months_model("12")}});
    const path::treatment_pair pair = compared(ten, twelve);
    CHECK(pair.says == path::proof_verdict::proved);
    const auto* found = find(pair, path::treatment_kind::routing, "referral");
    REQUIRE(found != nullptr);
    CHECK(found->is == path::treatment_standing::declared);
    CHECK(found->declared_by == std::array<bool, 2>{true, true});
    const std::string months = found->where.at("months unemployed");
    CHECK(std::stod(months) >= 10);
    CHECK(std::stod(months) < 12);
    replays(*found, ten, twelve);
    // The same beside a common file that routes by the model: nobody declares it.
    const auto beside = [&](const std::string& name, const std::string& below) {
        return made(name, {{"path.json", R"({"extends": "common.json", "id": ")" + name + "\"}"},
                           {"common.json", R"({"extends": "toimi/path.json", "id": "common")" + own + "}"},
                           {"months.dmn", months_model(below)}});
    };
    const path::treatment_pair undeclared = compared(beside("a", "10"), beside("b", "12"));
    CHECK(undeclared.base == "common.json");
    CHECK(undeclared.says == path::proof_verdict::refuted);
}

TEST_CASE("workspace/equal_treatment: without a common base everything is undeclared") {
    const auto toimi = try_shipped_path("toimi");
    REQUIRE(toimi.has_value());
    const std::string whole = json::write_path(toimi->path.says());
    const auto alone = [&](const std::string& name, const std::string& text) {
        return made(name, {{"path.json", text}, {"routing.dmn", toimi_routing()}});
    };
    const named_path shipped{"toimi", *toimi};
    const path::treatment_pair same = compared(shipped, alone("copy", whole));
    CHECK(same.base.empty());
    CHECK(same.says == path::proof_verdict::proved);
    CHECK(same.differences.empty());
    const path::definition& says = toimi->path.says();
    const auto changed = [&](auto change) {
        path::definition other = says;
        change(other);
        return alone("changed", json::write_path(other));
    };
    const auto met = [&](const named_path& other, path::treatment_kind about, const std::string& subject) {
        CAPTURE(subject);
        const path::treatment_pair pair = compared(shipped, other);
        CHECK(pair.says == path::proof_verdict::refuted);
        const auto* found = find(pair, about, subject);
        REQUIRE(found != nullptr);
        CHECK(found->is == path::treatment_standing::refuted);
        CHECK_FALSE(found->story.empty());
        CHECK(found->answers[0] != found->answers[1]);
    };
    met(changed([](path::definition& of) { of.stages[2].max = "P1M"; }), path::treatment_kind::stage, "coaching");
    met(changed([](path::definition& of) { of.stages[1].owner = "job_coach"; }), path::treatment_kind::stage,
        "assessment");
    met(changed([](path::definition& of) { of.entries.at("school").requires_ = {"age"}; }), path::treatment_kind::entry,
        "school");
    met(changed([](path::definition& of) {
            for (auto& each : of.obligations)
                if (each.id == "employment plan") each.due = "event date + duration(\"P3M\")";
        }),
        path::treatment_kind::duty, "employment plan");
    met(changed([](path::definition& of) { of.actions.at("start_service_need_assessment").requires_ = {"age"}; }),
        path::treatment_kind::gate, "start_service_need_assessment");
    met(changed([](path::definition& of) {
            for (auto& each : of.exits)
                if (each.id == "other_service") each.outcome = path::outcome_class::education;
        }),
        path::treatment_kind::exit, "other_service");
    // Referrals: their time in a state, whom they are for, and what they wait for.
    met(changed([](path::definition& of) { of.services.at("intake").states.at("sent").within = "P9D"; }),
        path::treatment_kind::service, "intake");
    met(changed([](path::definition& of) {
            of.services.at("start-up grant application").states.at("received").within = "P2M";
        }),
        path::treatment_kind::service, "start-up grant application");
    met(changed([](path::definition& of) { of.services.at("openings in firms").when = "age >= 30"; }),
        path::treatment_kind::service, "openings in firms");
    met(changed([](path::definition& of) { of.services.at("openings in firms").requires_.push_back("age"); }),
        path::treatment_kind::service, "openings in firms");
    // Guards of duties that an event inside a stage opens.
    const auto guarded = [&](const std::string& duty, const std::string& guard) {
        return changed([&](path::definition& of) {
            for (auto& each : of.obligations)
                if (each.id == duty) each.guard = guard;
        });
    };
    met(guarded("goals set", "age < 30"), path::treatment_kind::duty, "goals set");
    met(guarded("business agent joins", "stage = \"coaching\""), path::treatment_kind::duty, "business agent joins");
    met(guarded("employer feedback", "placement kind in (\"open market job\", \"supported job\", \"work trial\")"),
        path::treatment_kind::duty, "employer feedback");
    // The receiver says until when somebody waits; the definition's time comes after that day, where it escalates.
    const auto waits_for = [&](const char* within, const char* then) {
        return changed([&](path::definition& of) {
            auto& waiting = of.services.at("start-up grant application").states.at("wait_listed");
            waiting.within = within;
            waiting.then = then;
        });
    };
    met(waits_for("P9D", "escalate"), path::treatment_kind::service, "start-up grant application");
    const named_path expires = waits_for("P9D", "expire");
    CHECK(compared(expires, named_path{"other", waits_for("P3M", "expire").bundle}).says ==
          path::proof_verdict::proved);
    CHECK(compared(expires, named_path{"other", waits_for("P3M", "escalate").bundle}).says ==
          path::proof_verdict::refuted);
}

TEST_CASE("workspace/equal_treatment: misuse is refused, and the text speaks all languages") {
    const named_path plain = local("plain", "");
    CHECK(try_compare_treatment(std::vector<named_path>{plain}).error().code() == error_code::invalid_argument);
    CHECK(try_compare_treatment(std::vector<named_path>{plain, plain}).error().code() == error_code::invalid_argument);
    const std::string cell = R"(<outputEntry id="referral_not_now_out"><text>"other_service")";
    const std::string changed = R"(<outputEntry id="referral_not_now_out"><text>"assessment")";
    const named_path other = local("other", "", {{"routing.dmn", with(toimi_routing(), cell, changed)}});
    const auto answer = try_compare_treatment(std::vector<named_path>{plain, other});
    REQUIRE(answer.has_value());
    const std::vector<path::service_path> paths{plain.bundle.path, other.bundle.path};
    std::set<std::string> texts;
    for (const auto language : report::languages) texts.insert(report::treatment_text(paths, *answer, language));
    CHECK(texts.size() == report::languages.size());
    const std::string english = report::treatment_text(paths, *answer, "en");
    CHECK(english.find("plain – other: refuted") != std::string::npos);
    CHECK(english.find("Municipality: Heinävesi") != std::string::npos);
    CHECK(english.find("Answers, plain: ") != std::string::npos);
    // The answers are told in the reader's language, English ones in the engine's own words.
    CHECK(english.find("until 20") != std::string::npos);
    for (const auto language : report::languages) {
        const std::string text = report::treatment_text(paths, *answer, language);
        CHECK((text.find(", until 20") != std::string::npos) == (language == "en"));
    }
}

TEST_CASE("workspace/equal_treatment: refusals and obstacles are told in the language of the reader") {
    const named_path plain = local("plain", "");
    const named_path sooner = local("sooner", R"(, "facts": {"employment plan goal": {"valid_for": "P1M"}})");
    const auto answer = try_compare_treatment(std::vector<named_path>{plain, sooner});
    REQUIRE(answer.has_value());
    const std::vector<path::service_path> paths{plain.bundle.path, sooner.bundle.path};
    const std::string finnish = report::treatment_text(paths, *answer, "fi");
    CHECK(finnish.find("torjuttu: tarvittavia tietoja puuttuu") != std::string::npos);
    for (const char* english : {"facts are known", "the stage '", "no client who", "describe differently"}) {
        CAPTURE(english);
        CHECK(finnish.find(english) == std::string::npos);
    }
    const std::string plain_words = report::treatment_text(paths, *answer, "fi-selko");
    CHECK(plain_words.find("tietoja puuttuu") != std::string::npos);
    CHECK(report::treatment_text(paths, *answer, "en").find("before these facts are known") != std::string::npos);
}

TEST_SUITE_END();
