// SPDX-License-Identifier: Apache-2.0
// Questions on random models of 6 to 12 inputs, against dynamic programming over all sets of answers. Nothing here
// knows of diagrams: outcomes are the engine's own, and the classes of values are those that the model's texts name.
#include <polku/rules/missing.hpp>

#include "property_count.hpp"
#include "random_pack.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("rules/missing_models");

namespace {

rules::pack_question question_of(const feel::context& facts) {
    return {"Outcome", *time::parse_date("2026-03-01"), {}, {}, facts, {}};
}

/// What the questions of one model can lead to: a state has a value or no answer for each fact, and its number has a
/// digit for each of them; no answer is the highest digit. So all states that follow from one have lower numbers.
class question_states {
public:
    explicit question_states(const test_packs::random_pack& of) : of_(of) {
        std::size_t count = 1;
        for (const test_packs::fact& each : of.facts) {
            steps_.push_back(count);
            count *= each.values.size() + 1;
            for (const rules::pack_input& input : of.is.says().inputs)
                if (input.name == each.name) prices_.push_back(static_cast<double>(input.cost));
        }
        outcome_.resize(count);
        matters_.resize(count);
        lowest_.resize(count);
        for (std::size_t state = 0; state < count; ++state) fill(state);
    }

    std::size_t start() const { return outcome_.size() - 1; }
    bool decided(std::size_t state) const { return outcome_[state] != mixed; }
    double lowest(std::size_t state) const { return lowest_[state]; }
    bool is_open(std::size_t state, std::size_t fact) const { return digit(state, fact) == values(fact); }
    /// There are two sets of facts that follow from the state, differ in this fact alone and have other outcomes.
    bool matters(std::size_t state, std::size_t fact) const { return (matters_[state] >> fact & 1U) != 0; }
    std::size_t values(std::size_t fact) const { return of_.facts[fact].values.size(); }
    double price(std::size_t fact) const { return prices_[fact]; }
    std::size_t with(std::size_t state, std::size_t fact, std::size_t value) const {
        return state - (digit(state, fact) - value) * steps_[fact];
    }
    const feel::value& outcome(std::size_t state) const { return outcomes_[static_cast<std::size_t>(outcome_[state])]; }
    feel::context facts_of(std::size_t state) const {
        feel::context made;
        for (std::size_t each = 0; each < steps_.size(); ++each)
            if (!is_open(state, each)) made.set(of_.facts[each].name, of_.facts[each].values[digit(state, each)]);
        return made;
    }

private:
    static constexpr int mixed = -1;

    std::size_t digit(std::size_t state, std::size_t fact) const { return state / steps_[fact] % (values(fact) + 1); }

    void fill(std::size_t state) {
        std::vector<std::size_t> open;
        for (std::size_t each = 0; each < steps_.size(); ++each)
            if (is_open(state, each)) open.push_back(each);
        if (open.empty()) {
            outcome_[state] = place_of(of_.is.try_decide(question_of(facts_of(state))).value().value);
            return;
        }
        outcome_[state] = outcome_[with(state, open.front(), 0)];
        for (std::size_t value = 1; value < values(open.front()); ++value)
            if (outcome_[with(state, open.front(), value)] != outcome_[state]) outcome_[state] = mixed;
        if (open.size() == 1 && outcome_[state] == mixed) matters_[state] = 1U << open.front();
        // The two sets of facts agree on an answer to any other open question.
        for (std::size_t each = 0; each < open.size() && each < 2; ++each)
            for (std::size_t value = 0; value < values(open[each]); ++value)
                matters_[state] |= matters_[with(state, open[each], value)];
        if (outcome_[state] != mixed) return;
        lowest_[state] = 1e9;
        for (const std::size_t each : open) {
            double cost = price(each);
            for (std::size_t value = 0; value < values(each); ++value)
                cost += lowest_[with(state, each, value)] / static_cast<double>(values(each));
            lowest_[state] = std::min(lowest_[state], cost);
        }
    }

    int place_of(const feel::value& outcome) {
        const auto found = std::find(outcomes_.begin(), outcomes_.end(), outcome);
        if (found != outcomes_.end()) return static_cast<int>(found - outcomes_.begin());
        outcomes_.push_back(outcome);
        return static_cast<int>(outcomes_.size() - 1);
    }

    const test_packs::random_pack& of_;
    std::vector<std::size_t> steps_;
    std::vector<double> prices_;
    std::vector<feel::value> outcomes_;
    std::vector<int> outcome_;            // place in outcomes_, or mixed
    std::vector<std::uint32_t> matters_;  // a bit for each fact
    std::vector<double> lowest_;          // expected cost of the best order
};

/// Asks what the guide says for every answer, and checks every node of the tree of questions.
class follower {
public:
    follower(const test_packs::random_pack& of, const question_states& states)
        : of_(of), states_(states), guide_(of.is) {}

    double cost(std::size_t state) {
        ++nodes;
        const rules::missing_answer answer = guide_.try_missing(question_of(states_.facts_of(state))).value();
        check_inputs(state, answer);
        CHECK(answer.decided == states_.decided(state));
        // Values that the rules left over no longer tell apart are one class to the guide, and several to the oracle.
        if (answer.optimal) CHECK(answer.expected_cost == doctest::Approx(states_.lowest(state)).epsilon(0.05));
        if (answer.decided) {
            CHECK(answer.value == states_.outcome(state));
            return 0;
        }
        optimal += answer.optimal ? 1 : 0;
        ++questions;
        std::size_t asked = 0;
        while (of_.facts[asked].name != answer.next) ++asked;
        REQUIRE(states_.is_open(state, asked));
        REQUIRE(states_.matters(state, asked));
        double made = states_.price(asked);
        for (std::size_t value = 0; value < states_.values(asked); ++value)
            made += cost(states_.with(state, asked, value)) / static_cast<double>(states_.values(asked));
        return made;
    }

    std::size_t nodes = 0;
    std::size_t questions = 0;
    std::size_t optimal = 0;

private:
    void check_inputs(std::size_t state, const rules::missing_answer& answer) const {
        std::set<std::string> told;
        std::set<std::string> found;
        for (const rules::missing_input& each : answer.inputs) told.insert(each.name);
        for (std::size_t each = 0; each < of_.facts.size(); ++each)
            if (states_.matters(state, each)) found.insert(of_.facts[each].name);
        CHECK(told == found);
    }

    const test_packs::random_pack& of_;
    const question_states& states_;
    rules::question_guide guide_;
};

}  // namespace

TEST_CASE(
    "rules/missing: on models of up to 12 inputs the questions cost within 5 % of the best order, and each matters") {
    const std::size_t count = property_count(30);
    std::vector<double> ratios;
    std::size_t questions = 0;
    std::size_t optimal = 0;
    const auto try_model = [&](std::uint64_t seed, std::uint32_t inputs) {
        CAPTURE(seed);
        CAPTURE(inputs);
        const test_packs::random_pack pack = test_packs::make_wide(seed, inputs);
        const question_states states(pack);
        follower walk(pack, states);
        const double cost = walk.cost(states.start());
        const double lowest = states.lowest(states.start());
        CHECK(cost <= lowest * 1.05);
        if (lowest <= 0) return;
        ratios.push_back(cost / lowest);
        questions += walk.questions;
        optimal += walk.optimal;
    };
    // Seeds from 1 on for models of 6 to 12 inputs, from 10 001 on for nine times as many small ones.
    for (std::uint64_t seed = 1; seed <= count; ++seed) try_model(seed, 6 + static_cast<std::uint32_t>(seed % 7));
    for (std::uint64_t seed = 1; seed <= count * 9; ++seed)
        try_model(10'000 + seed, 6 + static_cast<std::uint32_t>(seed % 2));
    REQUIRE(ratios.size() * 2 > count * 10);
    std::sort(ratios.begin(), ratios.end());
    MESSAGE(ratios.size() << " models that ask, " << questions << " questions, " << optimal
                          << " of them proved to be the best; the median model costs " << ratios[ratios.size() / 2]
                          << " times the best order, the worst one " << ratios.back() << " times");
    CHECK(ratios.back() <= 1.05);
}

TEST_SUITE_END();
