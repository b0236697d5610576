// SPDX-License-Identifier: Apache-2.0
// What is told to be missing in the pay-subsidy pack, against the engine: what is certain is shown by two sets of
// facts, and what is not named changes nothing.
#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack_definition.hpp>

#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/json/text.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace polku;

TEST_SUITE_BEGIN("json/missing_packs");

namespace {

using rules::detail::diagram;
using rules::detail::diagrams;

rules::pack_question question_of(const std::string& decision, const feel::context& facts) {
    return {decision, *time::parse_date("2026-03-02"), {}, {}, facts, {}};
}

/// Values of some facts.
using chosen = std::map<std::string, feel::value>;

/// One decision of a pack, its inputs that are no parameters, and values of theirs that the rules tell apart.
class asked_decision {
public:
    asked_decision(const rules::pack& pack, const std::string& decision)
        : pack_(pack), decision_(decision), place_(place_of()), texts_(*place_.program) {
        rules::detail::regions all(texts_, place_.decision, {});
        const std::vector<std::optional<feel::value>> facts = slots_of({});
        all.run(facts);
        REQUIRE(all.complete());
        const auto inputs = place_.program->inputs(place_.decision);
        std::vector<std::vector<feel::value>> values(inputs.size());
        for (const rules::detail::region_variable& each : all.variables())
            if (each.is_fact) values[each.inputs.front()] = each.atoms;
        for (std::size_t each = 0; each < inputs.size(); ++each) {
            if (facts[each]) continue;
            const feel::type& type = inputs[each].type;
            const auto is = [&](feel::kind kind) {
                return type.is() == feel::type::form::simple && type.simple_kind() == kind;
            };
            if (is(feel::kind::number))
                for (const int number : {0, 1, 6, 12, 37, 40}) values[each].emplace_back(number);
            if (is(feel::kind::date))
                for (const char* day : {"1966-02-28", "1999-05-04", "2024-12-31", "2026-03-02", "2026-03-09"})
                    values[each].emplace_back(*time::parse_date(day));
            REQUIRE_FALSE(values[each].empty());
            values_[inputs[each].name] = values[each];
        }
    }

    const std::map<std::string, std::vector<feel::value>>& values() const { return values_; }
    rules::pack_question question(const feel::context& facts) const { return question_of(decision_, facts); }
    std::string outcome(const feel::context& facts) const {
        return json::write(pack_.try_decide(question(facts)).value().value);
    }

    /// Two sets of values for some unknown facts that differ in one input alone and lead to other outcomes, whatever
    /// the other unknown facts are.
    bool witness(const feel::context& known, const std::string& input, chosen& left, chosen& right) const {
        rules::detail::regions of(texts_, place_.decision, {});
        of.run(slots_of(known));
        for (const rules::detail::region_part& part : of.parts()) {
            if (!part.exact) continue;
            left.clear();
            right.clear();
            std::set<diagram> without;
            if (differing(of, part.of, input, left, right, without)) return true;
        }
        return false;
    }

private:
    rules::detail::question_place place_of() const {
        const rules::transition* by = nullptr;
        return rules::detail::try_place(pack_, rules::detail::compiled_pack::of(pack_), question({}), by).value();
    }

    std::vector<std::optional<feel::value>> slots_of(const feel::context& known) const {
        const rules::detail::compiled_pack& data = rules::detail::compiled_pack::of(pack_);
        rules::pack_answer used;
        const rules::pack_question asked = question(known);
        rules::detail::question_inputs given(pack_, data, *place_.version, asked, used);
        const auto slots =
            dmn::try_slots(*place_.program, place_.decision, given.try_make(*place_.program, place_.decision).value())
                .value();
        std::vector<std::optional<feel::value>> made;
        const auto inputs = place_.program->inputs(place_.decision);
        for (std::size_t each = 0; each < slots.size(); ++each) {
            const bool is_parameter = data.find_parameter(inputs[each].name) != nullptr;
            made.push_back(slots[each].is_null() && !is_parameter ? std::nullopt : std::optional(slots[each]));
        }
        return made;
    }

    /// Walks to a node that branches on the input, and on from two of its branches to two ends that differ.
    bool differing(rules::detail::regions& of, diagram at, const std::string& input, chosen& left, chosen& right,
                   std::set<diagram>& without) const {
        if (!without.insert(at).second) return false;
        const diagrams& store = of.store();
        if (store.is_terminal(at)) {
            // The outcome is the fact's own value here.
            if (!store.is_opaque(at) || !of.term(at).is_fact || name_of(of.term(at).inputs) != input) return false;
            left[input] = values_.at(input).front();
            right[input] = values_.at(input).back();
            return true;
        }
        const rules::detail::region_variable& variable = of.variables()[store.variable(at)];
        const auto children = store.children(at);
        if (!variable.is_fact) return false;
        const std::string name = name_of(variable.inputs);
        if (name == input) {
            std::size_t other = 1;
            while (children[other] == children[0]) ++other;
            left[name] = variable.atoms[0];
            right[name] = variable.atoms[other];
            return ends_differ(of, children[0], children[other], left, right);
        }
        for (std::size_t atom = 0; atom < children.size(); ++atom) {
            left[name] = variable.atoms[atom];
            right[name] = variable.atoms[atom];
            if (differing(of, children[atom], input, left, right, without)) return true;
        }
        left.erase(name);
        right.erase(name);
        return false;
    }

    bool ends_differ(rules::detail::regions& of, diagram first, diagram second, chosen& left, chosen& right) const {
        const diagrams& store = of.store();
        if (store.is_terminal(first) && store.is_terminal(second))
            return first != second && !store.is_opaque(first) && !store.is_opaque(second);
        const std::uint32_t top = std::min(store.variable(first), store.variable(second));
        const rules::detail::region_variable& variable = of.variables()[top];
        if (!variable.is_fact) return false;
        const std::string name = name_of(variable.inputs);
        for (std::size_t atom = 0; atom < variable.atoms.size(); ++atom) {
            const diagram to[] = {store.variable(first) == top ? store.children(first)[atom] : first,
                                  store.variable(second) == top ? store.children(second)[atom] : second};
            if (to[0] == to[1]) continue;
            left[name] = variable.atoms[atom];
            right[name] = variable.atoms[atom];
            if (ends_differ(of, to[0], to[1], left, right)) return true;
        }
        left.erase(name);
        right.erase(name);
        return false;
    }

    std::string name_of(const std::vector<std::uint32_t>& inputs) const {
        return place_.program->inputs(place_.decision)[inputs.front()].name;
    }

    const rules::pack& pack_;
    std::string decision_;
    rules::detail::question_place place_;
    rules::detail::region_texts texts_;
    std::map<std::string, std::vector<feel::value>> values_;
};

feel::value any_of(const std::vector<feel::value>& values, std::mt19937& random) {
    return values[random() % values.size()];
}

void fill(feel::context& facts, const asked_decision& of, std::mt19937& random) {
    for (const auto& each : of.values())
        if (facts.find(each.first) == nullptr) facts.set(each.first, any_of(each.second, random));
}

struct counts {
    std::size_t certain = 0;
    std::size_t shown = 0;     ///< by the diagram's witness
    std::size_t possible = 0;  ///< told as ones that may matter
    std::size_t unnamed = 0;   ///< changes of facts that were not named
    std::size_t decided = 0;
};

void check_one(const asked_decision& of, const rules::question_guide& guide, std::mt19937& random, counts& all) {
    feel::context known;
    const auto share = random() % 101;
    for (const auto& each : of.values())
        if (random() % 100 < share) known.set(each.first, any_of(each.second, random));
    CAPTURE(json::write(feel::value(known)));
    const rules::missing_answer answer = guide.try_missing(of.question(known)).value();
    REQUIRE(answer.complete);
    std::map<std::string, bool> named;
    for (const rules::missing_input& each : answer.inputs) {
        named[each.name] = true;
        REQUIRE(known.find(each.name) == nullptr);
        (each.certain ? all.certain : all.possible) += 1;
        chosen left;
        chosen right;
        if (!each.certain || !of.witness(known, each.name, left, right)) continue;
        feel::context first = known;
        for (const auto& fact : left) first.set(fact.first, fact.second);
        fill(first, of, random);
        feel::context second = first;
        second.set(each.name, right.at(each.name));
        CAPTURE(each.name);
        CHECK(of.outcome(first) != of.outcome(second));
        ++all.shown;
    }
    all.decided += answer.decided ? 1 : 0;
    for (int sample = 0; sample < 3; ++sample) {
        feel::context facts = known;
        fill(facts, of, random);
        const std::string before = of.outcome(facts);
        if (answer.decided) CHECK(before == json::write(answer.value));
        // What is not named changes nothing, one by one and all together.
        feel::context others = facts;
        for (const auto& each : of.values()) {
            if (known.find(each.first) != nullptr || named.count(each.first) != 0) continue;
            others.set(each.first, any_of(each.second, random));
            ++all.unnamed;
            if (random() % 4 != 0) continue;
            feel::context one = facts;
            one.set(each.first, *others.find(each.first));
            CAPTURE(each.first);
            CHECK(of.outcome(one) == before);
        }
        CHECK(of.outcome(others) == before);
    }
}

}  // namespace

TEST_CASE(
    "json/missing: what is certain for the pay subsidy is shown by two sets of facts, what is not named changes "
    "nothing") {
    constexpr std::size_t usual = 60;
    const std::size_t count = property_count(usual);
    const rules::pack pack = json::try_shipped_pack("palkkatuki").value();
    const rules::question_guide guide(pack);
    std::mt19937 random(20260822);
    for (const std::string decision : {"Grant", "Pay subsidy"}) {
        CAPTURE(decision);
        const asked_decision of(pack, decision);
        counts all;
        for (std::uint64_t each = 0; each < count; ++each) check_one(of, guide, random, all);
        MESSAGE(decision << ": " << all.certain << " certain inputs, " << all.shown << " of them shown, "
                         << all.possible << " that may matter, " << all.unnamed << " changes of others, " << all.decided
                         << " of " << count << " decided");
        CHECK(all.certain == all.shown);
        if (!is_sampled(usual)) CHECK(all.certain > 0);
        CHECK(all.unnamed > count);
    }
}

TEST_SUITE_END();
