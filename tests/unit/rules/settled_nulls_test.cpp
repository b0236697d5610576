// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/pack_explanation.hpp>

#include "small_packs.hpp"

#include <polku/rules/labels.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack_definition.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("rules/settled_nulls");

namespace {

/// An amount for those who get something, and days that are told to all.
rules::pack amounts() {
    const std::string of_model =
        small_packs::model({{"granted", "boolean", {}}, {"hours", "number", {}}},
                           {{"D",
                             "",
                             {"granted", "hours"},
                             "{granted: granted, amount: if granted then hours * 10 else null, days: hours / 5}"},
                            {"Amount", "number", {"granted", "hours"}, "if granted then hours * 10 else null"},
                            {"Sure", "boolean", {"granted", "hours"}, "granted and (hours > 3 or hours <= 3)"}});
    return small_packs::compiled(small_packs::definition(of_model), of_model);
}

rules::pack_question asked_about(const std::string& decision, const feel::context& facts) {
    rules::pack_question asked;
    asked.decision = decision;
    asked.decided = small_packs::day("2025-06-01");
    asked.inputs = facts;
    return asked;
}

std::vector<std::string> settled(const rules::pack& pack, const std::string& decision, const feel::context& facts) {
    return rules::settled_nulls(pack, decision, pack.try_decide(asked_about(decision, facts)).value());
}

using names = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("rules/settled_nulls: a null that no unknown fact can change is told apart from one that waits for a fact") {
    const rules::pack pack = amounts();
    CHECK(settled(pack, "D", {{"granted", false}}) == names{"amount"});
    CHECK(settled(pack, "D", {{"granted", true}}).empty());
    CHECK(settled(pack, "D", {}).empty());
    CHECK(settled(pack, "D", {{"granted", false}, {"hours", 10}}) == names{"amount"});
    CHECK(settled(pack, "D", {{"granted", true}, {"hours", 10}}).empty());
    // The name of the decision stands for the answer itself.
    CHECK(settled(pack, "Amount", {{"granted", false}}) == names{"Amount"});
    CHECK(settled(pack, "Amount", {{"hours", 10}}).empty());
    // Null while a fact is unknown, and true for each value of it.
    CHECK(pack.try_decide(asked_about("Sure", {{"granted", true}})).value().value.is_null());
    CHECK(settled(pack, "Sure", {{"granted", true}}).empty());
}

TEST_CASE("rules/settled_nulls: explanations say in each language that there is none") {
    const rules::pack pack = amounts();
    const auto told = [&](const char* language, const feel::context& facts) {
        return rules::to_text(rules::try_explain(pack, asked_about("D", facts), language).value());
    };
    const feel::context refused{{"granted", false}};
    CHECK(has(told("fi", refused), "- amount: ei ole\n- days: ei tiedossa\n"));
    CHECK(has(told("fi-selko", refused), "- amount: ei ole\n- days: ei tiedossa\n"));
    CHECK(has(told("sv", refused), "- amount: finns inte\n- days: inte känt\n"));
    CHECK(has(told("en", refused), "- amount: none\n- days: not known\n"));
    CHECK(has(told("en", {{"granted", true}}), "- amount: not known\n- days: not known\n"));
    // An empty result that no fact can fill is no result that waits for facts.
    const auto amount = rules::try_explain(pack, asked_about("Amount", refused), "en").value();
    CHECK(amount.unknown.size() == 1);
    CHECK(has(rules::to_text(amount), "The rules give no result for these facts."));
    const auto open = rules::try_explain(pack, asked_about("Amount", {}), "en").value();
    CHECK(has(rules::to_text(open), "The matter cannot be decided, since facts are missing."));
}

TEST_CASE("rules/settled_nulls: an outcome that is decided has no null that waits") {
    const rules::pack pack = amounts();
    const auto decided = rules::try_missing(pack, asked_about("Amount", {{"granted", false}})).value();
    CHECK(decided.decided);
    CHECK(decided.decision == "Amount");
    CHECK(decided.settled_nulls == names{"Amount"});
    const auto open = rules::try_missing(pack, asked_about("Amount", {})).value();
    CHECK_FALSE(open.decided);
    CHECK(open.settled_nulls.empty());
}

TEST_CASE("rules/settled_nulls: names of nulls at any depth, and their words") {
    const feel::value deep(feel::context{{"a", feel::value()},
                                         {"b", feel::value(feel::context{{"c", feel::value()}, {"d", feel::value(1)}})},
                                         {"e", feel::value(std::vector<feel::value>{feel::value(2), feel::value()})}});
    CHECK(rules::null_names(deep, "whole") == names{"a", "c", "e"});
    CHECK(rules::null_names(feel::value(), "whole") == names{"whole"});
    const names some{"c", "e"};
    CHECK(rules::answer_words(deep, "en", {}, "whole", some) == "(a: not known, b: (c: none, d: 1), e: [2, none])");
    CHECK(rules::answer_words(deep, "en", {}, "whole") == "(a: not known, b: (c: not known, d: 1), e: [2, not known])");
}

TEST_SUITE_END();
