// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/difference.hpp>

#include <polku/feel/expression.hpp>

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
        CHECK(answer(was, asked.was, each.witness->was_facts) == each.witness->was);
        CHECK(answer(is, asked.is, each.witness->is_facts) == each.witness->is);
        CHECK(!(each.witness->was == each.witness->is));
    }
}

/// The value that a change of the whole answer tells, against the answer.
void check_told(const rules::outcome_end& told, const feel::value& answered) {
    if (told.is == rules::outcome_kind::value) CHECK(told.value == answered);
}

}  // namespace

TEST_CASE("rules/difference: regions of random models are disjoint and tile what brute force finds changed") {
    std::size_t changed = 0;
    std::size_t same = 0;
    std::size_t regions = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
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
    CHECK(changed > 250);
    CHECK(same > 5);
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

TEST_SUITE_END();
