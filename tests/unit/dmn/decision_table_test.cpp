// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/decision_table.hpp>

#include "dmn/table_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;
using tests::table_builder;

namespace {

/// A table over one number with texts as outputs: three rules that overlap at 5 and 7.
table_builder overlapping(dmn::hit_policy policy) {
    table_builder made(policy, 1, 1);
    made.rule({"< 8"}, {"\"low\""}).rule({"[5..10]"}, {"\"middle\""}).rule({"7"}, {"\"seven\""});
    return made;
}

std::string answer(const dmn::compiled_table& table, feel::value input) {
    feel::evaluation_context with;
    const std::vector<feel::value> slots{std::move(input)};
    return feel::to_string(dmn::evaluate_table(table, with, slots));
}

}  // namespace

TEST_CASE("dmn/decision_table: UNIQUE answers its one rule, and null when two accept") {
    const auto table = overlapping(dmn::hit_policy::unique).finish();
    CHECK(answer(table, 3) == "low");
    CHECK(answer(table, 9) == "middle");
    CHECK(answer(table, 6) == "null");
    feel::evaluation_context with;
    const std::vector<feel::value> six{feel::value(6)};
    CHECK(dmn::evaluate_table(table, with, six).reason() == feel::null_reason::hit_policy_violated);
}

TEST_CASE("dmn/decision_table: no rule is null with a reason, or the default") {
    feel::evaluation_context with;
    const std::vector<feel::value> twenty{feel::value(20)};
    const auto plain = overlapping(dmn::hit_policy::unique).finish();
    CHECK(dmn::evaluate_table(plain, with, twenty).reason() == feel::null_reason::no_rule_matched);
    const auto defaulted = overlapping(dmn::hit_policy::unique).otherwise(0, "\"none\"").finish();
    CHECK(answer(defaulted, 20) == "none");
}

TEST_CASE("dmn/decision_table: FIRST takes the first rule, RULE ORDER all in order") {
    CHECK(answer(overlapping(dmn::hit_policy::first).finish(), 7) == "low");
    CHECK(answer(overlapping(dmn::hit_policy::rule_order).finish(), 7) == R"(["low", "middle", "seven"])");
}

TEST_CASE("dmn/decision_table: PRIORITY and OUTPUT ORDER follow the output values") {
    const std::string order = "\"seven\", \"middle\", \"low\"";
    CHECK(answer(overlapping(dmn::hit_policy::priority).values(0, order).finish(), 7) == "seven");
    CHECK(answer(overlapping(dmn::hit_policy::output_order).values(0, order).finish(), 7) ==
          R"(["seven", "middle", "low"])");
}

TEST_CASE("dmn/decision_table: ANY wants equal outputs") {
    table_builder equal(dmn::hit_policy::any, 1, 1);
    equal.rule({"> 1"}, {"\"yes\""}).rule({"> 2"}, {"\"yes\""}).rule({"> 9"}, {"\"no\""});
    const auto table = equal.finish();
    CHECK(answer(table, 5) == "yes");
    CHECK(answer(table, 10) == "null");
}

TEST_CASE("dmn/decision_table: COLLECT lists, counts, sums and takes the ends") {
    const auto collect = [](dmn::aggregation how) {
        table_builder made(dmn::hit_policy::collect, 1, 1);
        made.rule({"> 1"}, {"10"}).rule({"> 2"}, {"2.5"}).rule({"> 9"}, {"30"});
        return made.aggregate(how).finish();
    };
    CHECK(answer(collect(dmn::aggregation::none), 5) == "[10, 2.5]");
    CHECK(answer(collect(dmn::aggregation::count), 5) == "2");
    CHECK(answer(collect(dmn::aggregation::sum), 5) == "12.5");
    CHECK(answer(collect(dmn::aggregation::min), 5) == "2.5");
    CHECK(answer(collect(dmn::aggregation::max), 50) == "30");
}

TEST_CASE("dmn/decision_table: several outputs make a context in the order of the columns") {
    table_builder two(dmn::hit_policy::unique, 1, 2);
    two.rule({"> 1"}, {"\"a\"", "1 + 1"});
    CHECK(answer(two.finish(), 5) == R"({out1: "a", out2: 2})");
}

TEST_CASE("dmn/decision_table: an input outside its input values is null") {
    const auto table = overlapping(dmn::hit_policy::first).input_values(0, "[0..100]").finish();
    CHECK(answer(table, 7) == "low");
    feel::evaluation_context with;
    const std::vector<feel::value> below{feel::value(-1)};
    CHECK(dmn::evaluate_table(table, with, below).reason() == feel::null_reason::constraint_violated);
}

TEST_CASE("dmn/decision_table: a cell that accepts null is found by the null atom") {
    table_builder nulls(dmn::hit_policy::first, 1, 1);
    nulls.rule({"5"}, {"\"five\""}).rule({"null"}, {"\"null\""}).rule({"not(5)"}, {"\"other\""});
    const auto table = nulls.finish();
    CHECK(answer(table, 5) == "five");
    CHECK(answer(table, feel::value()) == "null");
    CHECK(answer(table, "text") == answer(nulls.reference().finish(), "text"));
}

TEST_CASE("dmn/decision_table: a trace names matched rules with ids, annotations and outputs") {
    dmn::trace traced;
    feel::evaluation_context with;
    with.set_observer(&traced);
    const std::vector<feel::value> nine{feel::value(9)};
    (void)dmn::evaluate_table(overlapping(dmn::hit_policy::first).finish(), with, nine);
    REQUIRE(traced.open.size() == 1);
    const auto& table = traced.open[0];
    REQUIRE(table.matched.size() == 1);
    CHECK(table.matched[0].index == 2);
    CHECK(table.matched[0].id == "rule2");
    CHECK(table.inputs[0].first == "in1");
    CHECK(feel::to_string(table.matched[0].output) == "middle");
}
