// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>
#include <polku/json/what_if.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack_definition.hpp>

#include <polku/json/text.hpp>

#include <files.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("json/what_if_packs");

namespace {

rules::pack_question question_of(const feel::context& from) {
    rules::pack_question asked;
    asked.decision = std::string(from.find("decision")->as_string());
    asked.decided = *time::parse_date(from.find("decided")->as_string());
    if (const feel::value* event = from.find("event")) asked.event = time::parse_date(event->as_string());
    if (const feel::value* variant = from.find("variant")) asked.variant = std::string(variant->as_string());
    asked.inputs = from.find("inputs")->as_context();
    return asked;
}

rules::pack_question question(const std::string& decision, const char* decided, const std::string& inputs) {
    rules::pack_question asked;
    asked.decision = decision;
    asked.decided = *time::parse_date(decided);
    asked.inputs = json::try_parse(inputs).value().as_context();
    return asked;
}

rules::what_if_answer answer(const std::string& pack, const rules::pack_question& asked, const rules::pack_goal& goal,
                             const char* until = nullptr) {
    rules::what_if_options with;
    if (until != nullptr) with.until = time::parse_date(until);
    auto made = rules::try_what_if(json::try_shipped_pack(pack).value(), asked, goal, with);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    return std::move(*made);
}

std::string lines(const rules::what_if_answer& of) {
    std::string all;
    for (const rules::proposal& each : of.proposals) {
        all += all.empty() ? "" : "; ";
        for (const rules::fact_change& change : each.changes)
            all += change.input + "=" + feel::to_string(change.to) + " ";
        all += "@" + time::to_string(each.decided);
    }
    return all;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Each proposal changes what says that it can be changed, moves no day to the past, and is answered as promised.
void check_proposals(const rules::pack& pack, const rules::pack_question& asked, const rules::pack_goal& goal,
                     const rules::what_if_answer& found) {
    for (const rules::proposal& each : found.proposals) {
        rules::pack_question changed = asked;
        changed.decided = each.decided;
        for (const auto* list : {&each.changes, &each.passing}) {
            for (const rules::fact_change& change : *list) {
                const auto& inputs = pack.says().inputs;
                const auto says = std::find_if(inputs.begin(), inputs.end(), [&](const rules::pack_input& input) {
                    return input.name == change.input;
                });
                REQUIRE(says != inputs.end());
                REQUIRE(says->change);
                CHECK_FALSE(says->judge);
                CHECK((says->change->by == rules::change_way::act) == (list == &each.changes));
                if (change.to.is(feel::kind::date)) CHECK(change.to.as_date() >= asked.decided);
                changed.inputs.set(change.input, change.to);
            }
        }
        const auto promised = pack.try_decide(changed);
        REQUIRE(promised);
        CHECK(json::write(promised->value) == json::write(each.answer.value));
        CHECK(json::write(*promised->value.as_context().find(goal.member)) == goal.test);
    }
}

}  // namespace

TEST_CASE("json/what_if: start-up grant (380/2023 99 to 100 sections)") {
    const std::string facts = R"({"extension applied": false, "business becomes main work": false,
        "skills sufficient": true, "lastingly profitable": true, "livelihood secured": false,
        "distorts competition": false, "business start": "2025-04-10", "application arrival": "2025-02-20",
        "payments neglected": false, "months used": 0})";
    const rules::pack_goal granted{"granted", "true"};
    // Section 99(1): the business becomes the main work.
    const auto part_time = answer("starttiraha", question("Startup grant", "2025-03-03", facts), granted);
    CHECK(lines(part_time) == "business becomes main work=true @2025-03-03");
    CHECK(part_time.is_complete);
    CHECK(has(part_time.judged, "skills sufficient"));
    CHECK(has(part_time.fixed, "application arrival"));
    REQUIRE(part_time.proposals.size() == 1);
    CHECK(has(part_time.proposals[0].answer.rules, "obs_ok"));
    // Section 100(3): no grant when the business started before the application came in. That is past.
    auto started = question("Startup grant", "2025-03-03", facts);
    started.inputs.set("business start", "2025-02-10");
    started.inputs.set("business becomes main work", true);
    const auto late = answer("starttiraha", started, granted, "2026-03-03");
    CHECK(late.outcome == rules::what_if_outcome::none);
    CHECK(late.is_complete);
    CHECK(late.uncovered.empty());
    CHECK(has(late.fixed, "business start"));
    // Before the application has come in, a start that lies ahead can still be moved.
    started.inputs.set("business start", "2025-03-10");
    started.inputs.set("application arrival", "2025-03-20");
    CHECK(lines(answer("starttiraha", started, granted)) == "business start=2025-03-20 @2025-03-03");
    // Section 100(1): what the authority judges is told and not proposed.
    auto judged = question("Startup grant", "2025-03-03", facts);
    judged.inputs.set("skills sufficient", false);
    const auto by_judge = answer("starttiraha", judged, granted, "2027-01-01");
    CHECK(by_judge.outcome == rules::what_if_outcome::none);
    CHECK(has(by_judge.judged, "skills sufficient"));
}

TEST_CASE("json/what_if: pay subsidy (380/2023 sections 82, 84 and 95)") {
    const std::string file = std::string(POLKU_SOURCE_DIR) + "/tests/packs/palkkatuki.json";
    const feel::value vectors = *json::try_parse(test_files::text_of(file)).value().as_context().find("cases");
    const auto vector = [&](const std::string& name) {
        for (const feel::value& each : vectors.as_list())
            if (each.as_context().find("name")->as_string() == name) return question_of(each.as_context());
        FAIL("no vector is called " << name);
        return rules::pack_question();
    };
    const rules::pack_goal granted{"granted", "true"};
    // Section 95(2): 24 hours a week are one too few; 25 are enough whatever the maximum of the field is.
    const auto hours = answer(
        "palkkatuki", vector("380/2023 95 § 2 mom: vector 5: 24 hours in a field of 38.25 are not enough"), granted);
    CHECK(lines(hours) == "weekly hours=25 @2025-03-03");
    CHECK(has(hours.fixed, "birth date"));
    // Section 84(2): the employer commits to the pay of the collective agreement.
    const auto pay = answer("palkkatuki", vector("380/2023 84 § 2 mom: pay below the collective agreement"), granted);
    CHECK(lines(pay) == "pay level met=true @2025-03-03");
    // Section 84(1): employment that has begun is past. Nothing else helps, and nothing else is proposed.
    auto begun = vector("380/2023 84 § 1 mom: vector 15: employment started the day before the decision");
    const auto past = answer("palkkatuki", begun, granted);
    CHECK(past.proposals.empty());
    CHECK(has(past.fixed, "employment start"));
    // Section 82(2): whether the unemployment would last is judged by the authority.
    const auto lasts =
        answer("palkkatuki", vector("380/2023 82 § 2 mom: vector 8: eight months unemployed, would not last"), granted);
    CHECK(has(lasts.judged, "unemployment would last"));
}

TEST_CASE("json/what_if: de minimis aid leaves the period of three years as time passes ((EU) 2023/2831 article 3)") {
    const auto asked = question("De minimis", "2026-11-01", R"({"earlier aid": [{"day": "2024-01-15", "amount": 120000},
        {"day": "2025-06-01", "amount": 140000}], "group aid complete": true, "excluded sector": false,
        "day of grant": "2026-11-01", "new aid": 70000})");
    const auto found = answer("deminimis", asked, {"fit", "\"fits\""}, "2027-03-01");
    // 260 000 and 70 000 euros pass the cap of 300 000: 40 000 now, or all of it when the first aid is out of the
    // period.
    CHECK(lines(found) == "@2027-01-16; new aid=40000 @2026-11-01");
    REQUIRE(found.proposals.size() == 2);
    CHECK(found.proposals[0].passing[0].input == "day of grant");
    CHECK(found.is_complete);
}

TEST_CASE(
    "json/what_if: no proposal changes what has no change, and each keeps its promise, in the vectors of the packs") {
    const std::vector<std::pair<std::string, rules::pack_goal>> goals = {
        {"starttiraha", {"granted", "true"}},   {"palkkatuki", {"granted", "true"}},
        {"tyoolosuhteet", {"granted", "true"}}, {"paikallislisa", {"granted", "true"}},
        {"deminimis", {"fit", "\"fits\""}},     {"tyokokeilu", {"possible", "true"}}};
    std::size_t proposals = 0;
    for (const auto& each : goals) {
        const std::string& id = each.first;
        CAPTURE(id);
        const rules::pack pack = json::try_shipped_pack(id).value();
        const std::string file = std::string(POLKU_SOURCE_DIR) + "/tests/packs/" + id + ".json";
        const feel::value vectors = *json::try_parse(test_files::text_of(file)).value().as_context().find("cases");
        std::size_t at = 0;
        for (const feel::value& vector : vectors.as_list()) {
            const feel::context& says = vector.as_context();
            const feel::value& expected = *says.find("expected");
            const bool is_asked = expected.is(feel::kind::context) && says.find("parameters") == nullptr &&
                                  expected.as_context().find(each.second.member) != nullptr;
            if (!is_asked || ++at % (id == "palkkatuki" ? 3 : 1) != 0) continue;
            const rules::pack_question asked = question_of(says);
            const rules::what_if_options with{asked.decided.plus_days(id == "deminimis" ? 20 : 0), 400};
            const auto found = rules::try_what_if(pack, asked, each.second, with);
            REQUIRE_MESSAGE(found, found.error().to_string());
            check_proposals(pack, asked, each.second, *found);
            proposals += found->outcome == rules::what_if_outcome::found ? found->proposals.size() : 0;
            CHECK(json::to_value(*found, pack).as_context().find("outcome")->as_string() == name_of(found->outcome));
        }
    }
    CHECK(proposals >= 12);
}

TEST_SUITE_END();
