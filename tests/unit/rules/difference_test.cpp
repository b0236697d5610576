// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/difference.hpp>

#include <polku/feel/expression.hpp>

#include "property_count.hpp"
#include "random_pack.hpp"
#include "small_packs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("rules/difference");

namespace {

using rules::difference_place_kind;
using rules::difference_proof;

rules::pack_question on(const char* day, const std::string& decision) {
    return {decision, *time::parse_date(day), {}, {}, {}, {}};
}

rules::difference_question both_on(const char* day, const std::string& decision) {
    return {on(day, decision), on(day, decision), {}, {}};
}

bool accepts(const std::string& test, const feel::value& value) {
    feel::evaluation_context with;
    auto tests = feel::try_compile_unary_tests(test, feel::scope(), feel::type::any());
    REQUIRE_MESSAGE(tests, test);
    return tests->accepts(with, {}, value).is_true();
}

/// Whether facts lie in a region, by the tests as FEEL reads them.
bool is_in(const rules::difference_region& of, const feel::context& facts) {
    return std::all_of(of.tests.begin(), of.tests.end(), [&](const rules::region_test& each) {
        const feel::value* const found = facts.find(each.input);
        return found != nullptr && accepts(each.test, *found);
    });
}

feel::value answer(const rules::pack& pack, rules::pack_question asked, const feel::context& facts) {
    asked.inputs = facts;
    return pack.try_decide(asked).value().value;
}

/// All combinations of the facts' values.
std::vector<feel::context> all_of(const std::vector<test_packs::fact>& facts) {
    std::vector<feel::context> made(1);
    for (const test_packs::fact& fact : facts) {
        std::vector<feel::context> next;
        for (const feel::context& before : made) {
            for (const feel::value& each : fact.values) {
                next.push_back(before);
                next.back().set(fact.name, each);
            }
        }
        made = std::move(next);
    }
    return made;
}

void check_witnesses(const rules::difference& made, const rules::pack& was, const rules::pack& is,
                     const rules::difference_question& asked) {
    for (const rules::difference_region& each : made.says().regions) {
        REQUIRE(each.witness);
        const auto seen = [&](const feel::value& of) {
            return asked.member.empty() ? of : *of.as_context().find(asked.member);
        };
        CHECK(seen(answer(was, asked.was, each.witness->was_facts)) == each.witness->was);
        CHECK(seen(answer(is, asked.is, each.witness->is_facts)) == each.witness->is);
        CHECK(!(each.witness->was == each.witness->is));
    }
}

/// The value that a change of the whole answer tells, against the answer.
void check_told(const rules::outcome_end& told, const feel::value& answered) {
    if (told.is == rules::outcome_kind::value) CHECK(told.value == answered);
}

}  // namespace

TEST_CASE("rules/difference: regions of random models are disjoint and tile what brute force finds changed") {
    const std::size_t count = property_count(400);
    std::size_t changed = 0;
    std::size_t same = 0;
    std::size_t regions = 0;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        CAPTURE(seed);
        test_packs::dice roll(seed);
        const std::vector<test_packs::fact> facts = test_packs::some_facts(roll, 2 + roll.below(3), 4);
        const test_packs::random_pack was = test_packs::make_over(facts, roll);
        const test_packs::random_pack is = test_packs::make_over(facts, roll);
        CAPTURE(was.model);
        CAPTURE(is.model);
        const rules::difference_question asked = both_on("2026-03-01", "Outcome");
        rules::difference_options with;
        with.max_regions = 10'000;
        const auto made = rules::try_difference(was.is, is.is, asked, with);
        REQUIRE(made);
        const rules::difference_answer& says = made->says();
        CHECK(says.complete);
        CHECK(says.exact);
        CHECK(says.count == says.regions.size());
        bool any = false;
        for (const feel::context& each : all_of(facts)) {
            const feel::value before = answer(was.is, asked.was, each);
            const feel::value now = answer(is.is, asked.is, each);
            const bool differs = !(before == now);
            any = any || differs;
            const rules::difference_place place = made->try_find(each).value();
            CHECK((place.is == difference_place_kind::region) == differs);
            CHECK((place.is == difference_place_kind::unchanged) == !differs);
            CHECK(place.differs == differs);
            std::size_t met = 0;
            for (std::size_t at = 0; at < says.regions.size(); ++at) {
                if (!is_in(says.regions[at], each)) continue;
                ++met;
                CHECK(place.region == at);
                for (const rules::outcome_change& change : says.regions[at].changes) {
                    if (!change.member.empty() || change.item) continue;
                    check_told(change.was, before);
                    check_told(change.is, now);
                }
            }
            CHECK(met == (differs ? 1 : 0));
        }
        CHECK(says.is_same() == !any);
        for (const rules::difference_region& each : says.regions) CHECK(each.proof == difference_proof::everywhere);
        check_witnesses(*made, was.is, is.is, asked);
        changed += any ? 1 : 0;
        same += any ? 0 : 1;
        regions += says.count;
    }
    CHECK(changed > count * 5 / 8);
    CHECK(same > count / 80);
    CHECK(regions > changed);
}

TEST_CASE("rules/difference: a model and itself are the same, and partly known facts are found or left open") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        test_packs::dice roll(seed);
        const std::vector<test_packs::fact> facts = test_packs::some_facts(roll, 3, 4);
        const test_packs::random_pack was = test_packs::make_over(facts, roll);
        const test_packs::random_pack is = test_packs::make_over(facts, roll);
        const rules::difference_question asked = both_on("2026-03-01", "Outcome");
        const auto self = rules::try_difference(was.is, was.is, asked);
        REQUIRE(self);
        CHECK(self->says().is_same());
        const auto made = rules::try_difference(was.is, is.is, asked);
        REQUIRE(made);
        // One fact is open: what is said holds for each of its values.
        for (const test_packs::fact& open : facts) {
            for (const feel::context& each : all_of(facts)) {
                feel::context known;
                for (const feel::context::entry& fact : each)
                    if (fact.name != open.name) known.set(fact.name, fact.value);
                const rules::difference_place place = made->try_find(known).value();
                const rules::difference_place full = made->try_find(each).value();
                if (place.is == difference_place_kind::undecided) continue;
                CHECK(place.is == full.is);
                CHECK(place.region == full.region);
            }
        }
        // What is known beforehand leaves the regions of the rest.
        rules::difference_question told = asked;
        told.facts.set(facts[0].name, facts[0].values[0]);
        const auto rest = rules::try_difference(was.is, is.is, told);
        REQUIRE(rest);
        for (const feel::context& each : all_of(facts)) {
            const bool fits = *each.find(facts[0].name) == facts[0].values[0];
            const auto place = rest->try_find(each);
            CHECK(static_cast<bool>(place) == fits);
            if (fits) CHECK(place->differs == made->try_find(each)->differs);
        }
    }
}

// ------------------------------------------------------------------------------------------- packs written by hand

namespace {

using small_packs::parameter;
using small_packs::table;

rules::pack pack_of(const std::vector<small_packs::input>& inputs, const std::vector<small_packs::decision>& decisions,
                    std::vector<rules::parameter> parameters = {}) {
    const std::string text = small_packs::model(inputs, decisions);
    return small_packs::compiled(small_packs::definition(text, std::move(parameters)), text);
}

rules::difference compared(const rules::pack& was, const rules::pack& is, const std::string& member = {}) {
    rules::difference_question asked = both_on("2026-03-01", "Out");
    asked.member = member;
    auto made = rules::try_difference(was, is, asked);
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().to_string()));
    check_witnesses(*made, was, is, asked);
    return *made;
}

/// `a in [1..2), b in true` of a region.
std::string where(const rules::difference_region& of) {
    std::string made;
    for (const rules::region_test& each : of.tests) {
        made += (made.empty() ? "" : "; ") + each.input;
        if (each.of != rules::difference_side::both) made += " of " + std::string(name_of(each.of));
        made += " in " + each.test;
    }
    return made;
}

std::string change(const rules::outcome_change& of) {
    const auto end = [](const rules::outcome_end& one) {
        if (one.is == rules::outcome_kind::value) return feel::to_string(one.value);
        std::string made(name_of(one.is));
        for (const std::string& each : one.from) made += " " + each;
        return made;
    };
    return of.member + (of.item ? "[" + feel::to_string(*of.item) + "]" : "") + " " + end(of.was) + " -> " + end(of.is);
}

}  // namespace

TEST_CASE("rules/difference: a figure that moves changes the facts between the old value and the new one") {
    const std::vector<small_packs::input> inputs{{"age"}, {"kind", "string", "\"a\", \"b\", \"c\""}, {"limit"}};
    const std::vector<small_packs::decision> logic{
        {"Out", "boolean", {"age", "kind", "limit"}, "age >= limit and kind != \"c\""}};
    rules::parameter limit = parameter("limit", "number", 55);
    limit.series[0].override_ = true;
    const rules::pack pack = pack_of(inputs, logic, {limit});
    rules::difference_question asked = both_on("2026-03-01", "Out");
    asked.is.overrides.set("limit", 60);
    const rules::difference made = rules::try_difference(pack, pack, asked).value();
    const rules::difference_answer& says = made.says();
    CHECK(says.exact);
    REQUIRE(says.regions.size() == 1);
    CHECK(where(says.regions[0]) == "age in [55..60); kind in \"a\", \"b\"");
    REQUIRE(says.regions[0].changes.size() == 1);
    CHECK(change(says.regions[0].changes[0]) == " true -> false");
    REQUIRE(says.parameters.size() == 1);
    CHECK(says.parameters[0].parameter == "limit");
    CHECK(says.parameters[0].was == feel::value(55));
    CHECK(says.parameters[0].is == feel::value(60));
    CHECK(made.try_find({{"age", 55}, {"kind", "a"}})->is == difference_place_kind::region);
    CHECK(made.try_find({{"age", 60}, {"kind", "a"}})->is == difference_place_kind::unchanged);
    CHECK(made.try_find({{"age", 57}})->is == difference_place_kind::undecided);
    CHECK(made.try_find({{"age", 5}})->is == difference_place_kind::unchanged);
    CHECK(made.try_find({{"aeg", 5}}).error().code() == error_code::not_found);
    CHECK(made.try_find({{"kind", "d"}}).error().code() == error_code::dmn_input_type);
    CHECK(made.try_find({{"age", "old"}}).error().code() == error_code::dmn_input_type);
    // The other way round, and one fact known beforehand.
    asked.facts.set("kind", "c");
    const rules::difference known = rules::try_difference(pack, pack, asked).value();
    CHECK(known.says().is_same());
    CHECK(known.try_find({{"kind", "a"}}).error().code() == error_code::invalid_argument);
    asked.facts.set("aeg", 1);
    CHECK(rules::try_difference(pack, pack, asked).error().code() == error_code::not_found);
}

TEST_CASE("rules/difference: inputs of one side, of another type and with other values are told and told apart") {
    const rules::pack was =
        pack_of({{"old", "boolean"}, {"x"}, {"kind", "string", "\"a\", \"b\""}},
                {{"Out", "", {"old", "x", "kind"}, "if old and kind = \"a\" then x > 1 else false"}});
    const rules::pack is = pack_of({{"new", "boolean"}, {"x", "string"}, {"kind", "string", "\"a\", \"b\", \"c\""}},
                                   {{"Out", "", {"new", "x", "kind"}, "new and x = \"y\" and kind != \"b\""}});
    const rules::difference made = compared(was, is);
    const rules::difference_answer& says = made.says();
    std::string told;
    for (const rules::input_difference& each : says.inputs)
        told += each.input + " " + std::string(name_of(each.is)) + ": " + each.was_type + " -> " + each.is_type + "\n";
    CHECK(told ==
          "old removed: boolean -> \nx retyped: number -> string\n"
          "kind allowed: string (\"a\", \"b\") -> string (\"a\", \"b\", \"c\")\nnew added:  -> boolean\n");
    CHECK(says.exact);
    CHECK(says.count == says.regions.size());
    bool has_both = false;
    for (const rules::difference_region& each : says.regions)
        has_both = has_both || (where(each).find("x of was in > 1") != std::string::npos &&
                                where(each).find("old of was in true") != std::string::npos);
    CHECK(has_both);
}

TEST_CASE("rules/difference: members of contexts and items of lists are compared one by one") {
    const std::vector<small_packs::input> inputs{{"a", "boolean"}, {"b", "boolean"}, {"n"}};
    const auto out = [](const std::string& logic) {
        return std::vector<small_packs::decision>{
            {"Reasons",
             "",
             {"a", "b"},
             table("r", "COLLECT", {"a", "b"}, {{"true", "-", "\"A\""}, {"-", "true", "\"B\""}})},
            {"Out", "", {"a", "b", "n", "Reasons"}, logic}};
    };
    const rules::pack was = pack_of(
        inputs,
        out("{granted: a, amount: n + 1, reasons: concatenate([\"first\"], if Reasons = null then [] else Reasons)}"));
    const rules::pack is = pack_of(
        inputs, out("{granted: a and b, amount: n + 1, reasons: if Reasons = null then [] else Reasons, extra: 1}"));
    const rules::difference made = compared(was, is);
    // The amount is computed in one way on both sides, so it is the same though nobody knows it.
    for (const rules::difference_region& each : made.says().regions) {
        CHECK(each.proof == difference_proof::everywhere);
        std::string all;
        for (const rules::outcome_change& one : each.changes) all += change(one) + "\n";
        CHECK(all.find("amount") == std::string::npos);
        CHECK(all.find("reasons[first] true -> false") != std::string::npos);
        CHECK(all.find("extra absent -> 1") != std::string::npos);
        CHECK((all.find("granted true -> false") != std::string::npos) ==
              (where(each).find("a in true; b in false") != std::string::npos));
    }
    CHECK(made.says().exact);
    CHECK(compared(was, is, "amount").says().is_same());
    const rules::difference granted = compared(was, is, "granted");
    REQUIRE(granted.says().regions.size() == 1);
    CHECK(where(granted.says().regions[0]) == "a in true; b in false");
    CHECK(change(granted.says().regions[0].changes[0]) == "granted true -> false");
}

TEST_CASE("rules/difference: what is computed from exact facts is never taken for the same without a proof") {
    const std::vector<small_packs::input> inputs{{"n"}, {"m"}, {"b", "boolean"}};
    const auto out = [](const std::string& logic) {
        return std::vector<small_packs::decision>{{"Out", "", {"n", "m", "b"}, logic}};
    };
    const rules::pack was = pack_of(inputs, out("if b then n * 2 else n + m"));
    const rules::difference made = compared(was, pack_of(inputs, out("if b then n * 3 else n + m")));
    REQUIRE(made.says().regions.size() == 1);
    const rules::difference_region& region = made.says().regions[0];
    CHECK(where(region) == "b in true");
    CHECK(region.proof == difference_proof::somewhere);
    CHECK(change(region.changes[0]) == " computed n -> computed n");
    CHECK(!region.changes[0].always);
    CHECK(!made.says().exact);
    // Where both are nothing times two, they are the same, and where they lie they are asked for.
    const auto zero = made.try_find({{"n", 0}, {"m", 1}, {"b", feel::value(true)}});
    CHECK(zero->is == difference_place_kind::region);
    CHECK(zero->differs == false);
    CHECK(made.try_find({{"n", 2}, {"m", 1}, {"b", feel::value(true)}})->differs == true);
    CHECK(!made.try_find({{"n", 2}, {"b", feel::value(true)}})->differs);
    CHECK(made.try_find({{"b", feel::value(false)}})->is == difference_place_kind::unchanged);
    // The same amount in two ways: nobody proves it, and no facts speak against it.
    const rules::difference twice =
        rules::try_difference(was, pack_of(inputs, out("if b then n + n else n + m")), both_on("2026-03-01", "Out"))
            .value();
    REQUIRE(twice.says().regions.size() == 1);
    CHECK(twice.says().regions[0].proof == difference_proof::perhaps);
    CHECK(!twice.says().regions[0].witness);
}

TEST_CASE("rules/difference: a computed value that the model names is a condition") {
    const std::vector<small_packs::input> inputs{{"n"}, {"m"}, {"b", "boolean"}};
    const auto out = [](const std::string& logic) {
        return std::vector<small_packs::decision>{{"Total", "number", {"n", "m"}, "n + m"},
                                                  {"Window", "", {"n", "m"}, "{first: n - m, last: n * 2}"},
                                                  {"Out", "", {"Total", "Window", "b"}, logic}};
    };
    const auto check = [&](const std::string& was_logic, const std::string& is_logic) {
        const rules::pack was = pack_of(inputs, out(was_logic));
        const rules::pack is = pack_of(inputs, out(is_logic));
        const rules::difference made = compared(was, is);
        CHECK(made.says().exact);
        std::size_t changed = 0;
        for (int n = -4; n <= 26; ++n) {
            for (int m = -4; m <= 26; ++m) {
                const feel::context facts{{"n", n}, {"m", m}, {"b", feel::value(n % 2 == 0)}};
                const bool differs =
                    !(answer(was, on("2026-03-01", "Out"), facts) == answer(is, on("2026-03-01", "Out"), facts));
                const rules::difference_place place = made.try_find(facts).value();
                CHECK((place.is == difference_place_kind::region) == differs);
                CHECK(place.differs == differs);
                changed += differs ? 1 : 0;
                if (!differs || place.is != difference_place_kind::region) continue;
                // The tests hold for what the decisions answer.
                for (const rules::region_test& each : made.says().regions[place.region].tests) {
                    const std::string name = each.input.substr(0, each.input.find('.'));
                    feel::value value =
                        each.computed ? answer(was, on("2026-03-01", name), facts) : *facts.find(each.input);
                    if (name != each.input) value = *value.as_context().find(each.input.substr(name.size() + 1));
                    CHECK(accepts(each.test, value));
                }
            }
        }
        CHECK(changed > 0);
        return made;
    };
    const rules::difference made = check("Total >= 18", "Total >= 20");
    REQUIRE(made.says().regions.size() == 1);
    CHECK(where(made.says().regions[0]) == "Total in [18..20)");
    CHECK(made.says().regions[0].tests[0].computed);
    CHECK(made.says().regions[0].proof == difference_proof::everywhere);
    CHECK(made.try_find({{"n", 1}})->is == difference_place_kind::undecided);
    const rules::difference entry = check("b and Window.first > 3", "b and Window.first > 5");
    REQUIRE(entry.says().regions.size() == 1);
    CHECK(where(entry.says().regions[0]) == "b in true; Window.first in (3..5]");
    // Two computed values of the same facts: regions that no facts reach have no witness, and come last.
    const rules::difference two =
        rules::try_difference(pack_of(inputs, out("Total >= 18 and Window.last >= 8")),
                              pack_of(inputs, out("Total >= 20 and Window.last >= 6")), both_on("2026-03-01", "Out"))
            .value();
    bool has_all = true;
    for (const rules::difference_region& each : two.says().regions) {
        CHECK((has_all || !each.witness));
        has_all = each.witness.has_value();
    }
    CHECK(two.says().regions.front().proof == difference_proof::everywhere);
}

TEST_CASE("rules/difference: lengths of time between dates are conditions") {
    const std::vector<small_packs::input> inputs{{"from", "date"}, {"to", "date"}};
    const auto out = [](const std::string& days) {
        return std::vector<small_packs::decision>{{"Length", "", {"from", "to"}, "to - from"},
                                                  {"Out", "", {"Length"}, "Length >= duration(\"P" + days + "D\")"}};
    };
    const rules::pack was = pack_of(inputs, out("10"));
    const rules::pack is = pack_of(inputs, out("20"));
    const rules::difference made = compared(was, is);
    REQUIRE(made.says().regions.size() == 1);
    CHECK(where(made.says().regions[0]) == "Length in [duration(\"P10D\")..duration(\"P20D\"))");
    CHECK(made.says().regions[0].proof == difference_proof::everywhere);
    const auto lies = [&](const char* from, const char* to) {
        return made.try_find({{"from", *time::parse_date(from)}, {"to", *time::parse_date(to)}})->is;
    };
    CHECK(lies("2026-01-01", "2026-01-10") == difference_place_kind::unchanged);
    CHECK(lies("2026-01-01", "2026-01-11") == difference_place_kind::region);
    CHECK(lies("2026-01-01", "2026-01-20") == difference_place_kind::region);
    CHECK(lies("2026-01-01", "2026-01-21") == difference_place_kind::unchanged);
}

TEST_CASE("rules/difference: an answer with too many regions is told member by member") {
    const std::vector<small_packs::input> inputs{{"n"}, {"m"}};
    const rules::pack was = pack_of(inputs, {{"Out", "", {"n", "m"}, "{one: n > 1, two: m > 1, same: n > 5}"}});
    const rules::pack is = pack_of(inputs, {{"Out", "", {"n", "m"}, "{one: n > 2, two: m > 2, same: n > 5}"}});
    rules::difference_options with;
    with.max_boxes = 1;
    const rules::difference made = rules::try_difference(was, is, both_on("2026-03-01", "Out"), with).value();
    REQUIRE(made.says().by_member.size() == 2);
    CHECK(made.says().by_member[0].member == "one");
    CHECK(made.says().by_member[0].exact);
    REQUIRE(made.says().by_member[0].regions.size() == 1);
    CHECK(where(made.says().by_member[0].regions[0]) == "n in (1..2]");
    CHECK(where(made.says().by_member[1].regions[0]) == "m in (1..2]");
    CHECK(rules::try_difference(was, is, both_on("2026-03-01", "Out")).value().says().by_member.empty());
}

TEST_CASE("rules/difference: a cut list of regions says how many there are, and a decision of one side is told") {
    const std::vector<small_packs::input> inputs{{"n"}, {"b", "boolean"}};
    const rules::pack was = pack_of(inputs, {{"Out", "", {"n"}, "if n < 1 then 1 else if n < 2 then 2 else 3"}});
    const rules::pack is =
        pack_of(inputs, {{"Out", "", {"n"}, "if n < 1 then 4 else if n < 2 then 5 else 6"}, {"More", "", {"b"}, "b"}});
    rules::difference_question asked = both_on("2026-03-01", "Out");
    rules::difference_options with;
    with.max_regions = 1;
    const rules::difference made = rules::try_difference(was, is, asked, with).value();
    CHECK(made.says().count == 3);
    CHECK(made.says().count_is_exact);
    REQUIRE(made.says().regions.size() == 1);
    CHECK(where(made.says().regions[0]) == "n in < 1");
    CHECK(made.try_find({{"n", 0}})->is == difference_place_kind::region);
    CHECK(made.try_find({{"n", 1}})->is == difference_place_kind::other);
    CHECK(made.try_find({{"n", 1}})->differs == true);
    // Past the limit of boxes they are counted as they come, at most, and told less closely first.
    with.max_boxes = 1;
    const rules::difference coarse = rules::try_difference(was, is, asked, with).value();
    REQUIRE(coarse.says().count == 1);
    CHECK(where(coarse.says().regions[0]).empty());
    CHECK(change(coarse.says().regions[0].changes[0]) == " varies -> varies");
    CHECK(coarse.says().regions[0].proof == difference_proof::everywhere);
    // Past the limit of nodes nothing is claimed.
    with.max_nodes = 1;
    const rules::difference unknown = rules::try_difference(was, is, asked, with).value();
    CHECK(!unknown.says().complete);
    CHECK(!unknown.says().exact);
    CHECK(unknown.says().regions[0].proof == difference_proof::somewhere);
    CHECK(unknown.try_find({{"n", 0}})->is == difference_place_kind::region);

    asked.was.decision = asked.is.decision = "More";
    const rules::difference added = rules::try_difference(was, is, asked).value();
    CHECK(added.says().has == rules::difference_side::is);
    CHECK(!added.says().is_same());
    CHECK(added.says().regions.empty());
    asked.was.decision = asked.is.decision = "None";
    CHECK(rules::try_difference(was, is, asked).error().code() == error_code::not_found);
    const auto names = rules::try_decisions(was, asked.was, is, asked.is).value();
    REQUIRE(names.size() == 2);
    CHECK(names[0].has == rules::difference_side::both);
    CHECK(names[1].name == "More");
    CHECK(names[1].has == rules::difference_side::is);
    asked.was.decided = *time::parse_date("1999-01-01");
    CHECK(rules::try_difference(was, is, asked).error().code() == error_code::pack_not_in_force);
}

TEST_SUITE_END();
