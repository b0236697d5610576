// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/missing.hpp>

#include "random_pack.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace polku;

TEST_SUITE_BEGIN("rules/missing");

namespace {

rules::pack_question question_of(const feel::context& facts) {
    return {"Outcome", *time::parse_date("2026-03-01"), {}, {}, facts, {}};
}

/// The outcomes for all values of the unknown facts, and which of these facts can change one.
struct tried {
    std::set<std::string> relevant;
    std::vector<feel::value> outcomes;  ///< by the places of the unknown facts' values, the last changing fastest
    bool same = true;
};

tried try_all(const test_packs::random_pack& pack, const feel::context& known) {
    std::vector<const test_packs::fact*> unknown;
    for (const test_packs::fact& each : pack.facts)
        if (known.find(each.name) == nullptr) unknown.push_back(&each);
    std::size_t count = 1;
    for (const auto* each : unknown) count *= each->values.size();
    tried made;
    for (std::size_t at = 0; at < count; ++at) {
        feel::context facts = known;
        std::size_t rest = at;
        for (std::size_t each = unknown.size(); each-- > 0; rest /= unknown[each]->values.size())
            facts.set(unknown[each]->name, unknown[each]->values[rest % unknown[each]->values.size()]);
        made.outcomes.push_back(pack.is.try_decide(question_of(facts)).value().value);
        made.same = made.same && made.outcomes.back() == made.outcomes.front();
    }
    std::size_t step = 1;
    for (std::size_t each = unknown.size(); each-- > 0; step *= unknown[each]->values.size())
        for (std::size_t at = 0; at < count; ++at)
            if (at / step % unknown[each]->values.size() != 0 && !(made.outcomes[at] == made.outcomes[at - step]))
                made.relevant.insert(unknown[each]->name);
    return made;
}

std::set<std::string> names_of(const rules::missing_answer& of) {
    std::set<std::string> made;
    for (const rules::missing_input& each : of.inputs) made.insert(each.name);
    return made;
}

/// Facts that some walker was told so far.
feel::context some_known(const test_packs::random_pack& pack, test_packs::dice& roll) {
    feel::context made;
    for (const test_packs::fact& each : pack.facts)
        if (roll.in(3)) made.set(each.name, each.values[roll.below(static_cast<std::uint32_t>(each.values.size()))]);
    return made;
}

}  // namespace

TEST_CASE("rules/missing: on random models the facts that can change the outcome are those that brute force finds") {
    std::size_t decided = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        const test_packs::random_pack pack = test_packs::make(seed, 2, 4);
        CAPTURE(pack.model);
        test_packs::dice roll(seed + 1000);
        const feel::context known = some_known(pack, roll);
        const tried truth = try_all(pack, known);
        const auto answer = rules::try_missing(pack.is, question_of(known));
        REQUIRE(answer);
        CHECK(answer->complete);
        CHECK(names_of(*answer) == truth.relevant);
        CHECK(answer->decided == truth.same);
        for (const rules::missing_input& each : answer->inputs) CHECK(each.certain);
        if (answer->decided) CHECK(answer->value == truth.outcomes.front());
        decided += answer->decided ? 1 : 0;
    }
    CHECK(decided > 20);
    CHECK(decided < 380);
}

TEST_CASE("rules/missing: weights of answers move the order of questions, and wrong ones are refused") {
    // Two facts of the same cost, either of which decides when it is true.
    test_packs::dice roll(1);
    std::vector<test_packs::fact> facts{
        {"f0", "boolean", {true, false}}, {"f1", "boolean", {true, false}}, {"f2", "number", {}}, {"f3", "colour", {}}};
    std::string model =
        test_packs::opening(facts) + "<decision id=\"Outcome\" name=\"Outcome\"><variable name=\"Outcome\"/>";
    for (const auto& each : facts)
        model += "<informationRequirement><requiredInput href=\"#" + each.name + "\"/></informationRequirement>";
    model +=
        "<literalExpression><text>f0 or f1 or (f2 &gt; 10 and f3 = \"red\")</text></literalExpression></decision>"
        "</definitions>";
    const rules::pack pack = test_packs::packed(facts, model, {"Outcome"}, {}, roll);
    const feel::context known{{"f2", 3}};
    const auto asked = [&](const std::vector<rules::answer_weights>& weights) {
        rules::missing_options with;
        with.weights = weights;
        return rules::try_missing(pack, question_of(known), with);
    };
    std::map<std::string, double> price;
    for (const rules::pack_input& each : pack.says().inputs) price[each.name] = static_cast<double>(each.cost);
    for (const auto& [first, other] : {std::pair("f0", "f1"), std::pair("f1", "f0")}) {
        const auto made = asked({{first, {{"true", 99}, {"false", 1}}}, {other, {{"true", 0}, {"false", 5}}}});
        REQUIRE(made);
        CHECK(made->next == first);
        CHECK(made->expected_cost == doctest::Approx(price[first] + 0.01 * price[other]));
        CHECK(made->inputs.size() == 2);
    }
    CHECK(asked({{"f2", {{"< 5", 1}, {">= 5", 2}}}, {"f3", {{"\"red\"", 1}, {"not(\"red\")", 0}}}}));
    const auto refused = [&](const rules::answer_weights& weights, error_code code, const std::string& part) {
        const auto made = asked({weights});
        REQUIRE_FALSE(made);
        CHECK(made.error().code() == code);
        CHECK_MESSAGE(made.error().to_string().find(part) != std::string::npos, made.error().to_string());
    };
    refused({"f9", {{"true", 1}}}, error_code::not_found, "'f0'");
    refused({"f0", {{"true", -1}, {"false", 2}}}, error_code::invalid_argument, "below zero");
    refused({"f0", {{"true", 0}, {"false", 0}}}, error_code::invalid_argument, "all zero");
    refused({"f0", {{"true", 1}}}, error_code::invalid_argument, "leave out false");
    refused({"f2", {{"< 5", 1}, {"> 5", 2}}}, error_code::invalid_argument, "leave out 5");
    refused({"f2", {{"<= 5", 1}, {">= 5", 2}}}, error_code::invalid_argument, "more than once 5");
    refused({"f3", {{"\"red\"", 1}, {"not(\"red\")", 2}, {"\"pink\"", 3}}}, error_code::invalid_argument, "pink");
    refused({"f0", {{"true", 1}, {"false", 1}, {"3", 1}}}, error_code::invalid_argument, "two types");
}

namespace {

/// The lowest expected cost of questions from a set of known facts on, over all orders: dynamic programming over sets
/// of answers, with the engine's own outcomes and the values that brute force takes for one set each.
class best_order {
public:
    explicit best_order(const test_packs::random_pack& of) : of_(of), all_(try_all(of, {})) {}

    double expected(std::vector<std::size_t> answers) {
        if (decided(answers)) return 0;
        if (const auto found = known_.find(answers); found != known_.end()) return found->second;
        double lowest = 1e9;
        for (std::size_t each = 0; each < answers.size(); ++each) {
            if (answers[each] != open) continue;
            double cost = price(each);
            const std::size_t count = of_.facts[each].values.size();
            for (std::size_t value = 0; value < count; ++value) {
                std::vector<std::size_t> next = answers;
                next[each] = value;
                cost += expected(std::move(next)) / static_cast<double>(count);
            }
            lowest = std::min(lowest, cost);
        }
        known_.emplace(std::move(answers), lowest);
        return lowest;
    }
    /// What following the answers of `try_missing` costs on average.
    double followed(std::vector<std::size_t> answers, double& first_told) {
        feel::context facts;
        for (std::size_t each = 0; each < answers.size(); ++each)
            if (answers[each] != open) facts.set(of_.facts[each].name, of_.facts[each].values[answers[each]]);
        const rules::missing_answer answer = rules::try_missing(of_.is, question_of(facts)).value();
        first_told = answer.expected_cost;
        CHECK(answer.decided == decided(answers));
        if (answer.decided) return 0;
        const std::size_t asked = place_of(answer.next);
        REQUIRE(answers[asked] == open);
        CHECK(matters(answers, asked));
        double cost = price(asked);
        const std::size_t count = of_.facts[asked].values.size();
        for (std::size_t value = 0; value < count; ++value) {
            std::vector<std::size_t> next = answers;
            next[asked] = value;
            double told = 0;
            cost += followed(std::move(next), told) / static_cast<double>(count);
        }
        return cost;
    }
    std::vector<std::size_t> nothing() const { return std::vector<std::size_t>(of_.facts.size(), open); }
    static constexpr std::size_t open = 99;

private:
    double price(std::size_t fact) const {
        for (const rules::pack_input& each : of_.is.says().inputs)
            if (each.name == of_.facts[fact].name) return static_cast<double>(each.cost);
        return 0;
    }
    std::size_t place_of(const std::string& name) const {
        std::size_t at = 0;
        while (of_.facts[at].name != name) ++at;
        return at;
    }
    bool fits(const std::vector<std::size_t>& answers, std::size_t outcome) const {
        for (std::size_t each = answers.size(); each-- > 0; outcome /= of_.facts[each].values.size())
            if (answers[each] != open && answers[each] != outcome % of_.facts[each].values.size()) return false;
        return true;
    }
    bool decided(const std::vector<std::size_t>& answers) const {
        const feel::value* first = nullptr;
        for (std::size_t at = 0; at < all_.outcomes.size(); ++at) {
            if (!fits(answers, at)) continue;
            if (first == nullptr) first = &all_.outcomes[at];
            if (!(*first == all_.outcomes[at])) return false;
        }
        return true;
    }
    bool matters(const std::vector<std::size_t>& answers, std::size_t fact) const {
        std::size_t step = 1;
        for (std::size_t each = answers.size(); --each > fact;) step *= of_.facts[each].values.size();
        for (std::size_t at = 0; at < all_.outcomes.size(); ++at)
            if (fits(answers, at) && at / step % of_.facts[fact].values.size() != 0 &&
                !(all_.outcomes[at] == all_.outcomes[at - step]))
                return true;
        return false;
    }

    const test_packs::random_pack& of_;
    tried all_;
    std::map<std::vector<std::size_t>, double> known_;
};

}  // namespace

TEST_CASE("rules/missing: the next questions of random models cost what the best order costs, and each can matter") {
    std::size_t asking = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        const test_packs::random_pack pack = test_packs::make_plain(seed, 2, 5);
        CAPTURE(pack.model);
        best_order orders(pack);
        const double lowest = orders.expected(orders.nothing());
        double told = 0;
        const double cost = orders.followed(orders.nothing(), told);
        CHECK(cost <= lowest * 1.000001);
        CHECK(told == doctest::Approx(lowest));
        asking += lowest > 0 ? 1 : 0;
    }
    CHECK(asking > 30);
}
