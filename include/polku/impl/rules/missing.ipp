// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_MISSING_IPP
#define POLKU_IMPL_RULES_MISSING_IPP

#include <polku/impl/rules/detail/answer_chances.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/question_plan.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/missing.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

struct question_texts {
    std::map<const dmn::program*, region_texts> of;
};

/// What is known of the inputs of one decision, in their order.
struct question_facts {
    std::vector<std::optional<feel::value>> known;
    std::vector<const pack_input*> asks;  ///< null pointer for a parameter
    std::vector<std::int64_t> costs;      ///< 0 where nothing is to be asked
};

inline result<question_facts> try_facts(const compiled_pack& data, const question_place& place,
                                        const feel::context& given) {
    POLKU_TRY(const std::vector<feel::value> slots, dmn::try_slots(*place.program, place.decision, given));
    question_facts made;
    const auto inputs = place.program->inputs(place.decision);
    for (std::size_t at = 0; at < inputs.size(); ++at) {
        const pack_input* asks = nullptr;
        for (const pack_input& each : data.says.inputs)
            if (each.name == inputs[at].name) asks = &each;
        const bool unknown = slots[at].is_null() && data.find_parameter(inputs[at].name) == nullptr;
        made.known.push_back(unknown ? std::nullopt : std::optional<feel::value>(slots[at]));
        made.asks.push_back(asks);
        made.costs.push_back(unknown && asks != nullptr ? asks->cost : 0);
    }
    return made;
}

/// How one input takes part in the outcome.
struct input_role {
    bool matters = false;
    bool certain = false;
    bool exact_value = false;
};

/// Which inputs the parts hang on. It is sure where a part has only atoms of single facts and known ends: a reduced
/// diagram branches on what its function depends on, and no more.
inline std::vector<input_role> roles_of(regions& of, std::size_t inputs) {
    std::vector<input_role> made(inputs);
    for (const region_part& part : of.parts()) {
        std::vector<bool> variables;
        std::vector<diagram> terminals;
        of.store().look(part.of, variables, terminals);
        bool plain = part.exact;
        for (std::size_t each = 0; each < variables.size(); ++each)
            plain = plain && (!variables[each] || of.variables()[each].is_fact);
        for (const diagram each : terminals) {
            if (!of.store().is_opaque(each)) continue;
            plain =
                plain && of.store().is_terminal(part.of) && of.term(each).is_fact && !of.term(each).sample.is_null();
            for (const std::uint32_t input : of.term(each).inputs) made[input].matters = made[input].exact_value = true;
            if (plain) made[of.term(each).inputs.front()].certain = true;
        }
        for (std::size_t each = 0; each < variables.size(); ++each) {
            if (!variables[each]) continue;
            for (const std::uint32_t input : of.variables()[each].inputs) {
                made[input].matters = true;
                made[input].certain = made[input].certain || plain;
            }
        }
    }
    return made;
}

/// The input to ask for a question: its cheapest one.
inline std::uint32_t cheapest(std::span<const std::uint32_t> among, const question_facts& facts) {
    std::uint32_t made = diagrams::none;
    for (const std::uint32_t each : among)
        if (facts.asks[each] != nullptr && !facts.known[each] &&
            (made == diagrams::none || facts.costs[each] < facts.costs[made]))
            made = each;
    return made;
}

inline constexpr std::size_t few_inputs = 12;
inline constexpr std::size_t many_inputs_less = 4;

inline std::uint32_t planned(regions& of, const question_facts& facts, const missing_options& with,
                             const answer_chances& chances, missing_answer& answer) {
    std::vector<std::uint32_t> open;
    double all = 0;
    for (std::uint32_t each = 0; each < facts.known.size(); ++each) {
        const auto asked = std::find_if(answer.inputs.begin(), answer.inputs.end(), [&](const missing_input& one) {
            return facts.asks[each] != nullptr && one.name == facts.asks[each]->name;
        });
        if (asked == answer.inputs.end()) continue;
        open.push_back(each);
        all += static_cast<double>(facts.costs[each]);
    }
    if (answer.complete && facts.known.size() <= question_plan::max_inputs) {
        // A few facts have an order that can be found; of many a good question must do.
        const std::size_t work = answer.inputs.size() <= few_inputs ? with.max_work : with.max_work / many_inputs_less;
        question_plan plan(of, facts.costs, chances.of(of), work);
        const question_plan::step step = plan.first();
        if (of.complete()) {
            answer.expected_cost = step.expected;
            answer.optimal = step.optimal;
            if (step.variable != diagrams::none) return cheapest(of.variables()[step.variable].inputs, facts);
            std::vector<diagram> parts;
            for (const region_part& each : of.parts()) parts.push_back(each.of);
            return cheapest(plan.exact_inputs(parts), facts);
        }
    }
    answer.expected_cost = all;
    return cheapest(open, facts);
}

inline missing_answer answered(regions& of, const pack_definition& says, const question_facts& facts,
                               const missing_options& with, const answer_chances& chances) {
    missing_answer made;
    made.complete = of.complete();
    const std::size_t count = facts.known.size();
    std::vector<input_role> roles =
        made.complete ? roles_of(of, count) : std::vector<input_role>(count, {true, false, true});
    for (const pack_input& each : says.inputs) {
        const auto found = std::find(facts.asks.begin(), facts.asks.end(), &each);
        if (found == facts.asks.end()) continue;
        const auto at = static_cast<std::size_t>(found - facts.asks.begin());
        if (facts.known[at] || !roles[at].matters) continue;
        made.inputs.push_back({each.name, each.group, each.cost, roles[at].certain, roles[at].exact_value});
    }
    if (made.inputs.empty()) {
        made.decided = made.complete;
        made.optimal = made.complete;
        if (made.decided) made.value = of.outcome();
        return made;
    }
    const std::uint32_t next = planned(of, facts, with, chances, made);
    if (next == diagrams::none) return made;
    made.next = facts.asks[next]->name;
    for (const missing_input& each : made.inputs)
        if (each.group == facts.asks[next]->group && each.name != made.next) made.together.push_back(each.name);
    return made;
}

}  // namespace detail

POLKU_DECL question_guide::question_guide(pack of) : pack_(std::move(of)) {
    auto read = std::make_shared<detail::question_texts>();
    for (const auto& each : detail::compiled_pack::of(pack_).programs) read->of.try_emplace(&each.second, each.second);
    texts_ = std::move(read);
}

POLKU_DECL result<missing_answer> question_guide::try_missing(const pack_question& asked,
                                                              const missing_options& with) const {
    const detail::compiled_pack& data = detail::compiled_pack::of(pack_);
    pack_answer used;
    POLKU_TRY(const detail::question_place place, detail::try_place(pack_, data, asked, used.by_transition));
    detail::question_inputs inputs(pack_, data, *place.version, asked, used);
    POLKU_TRY(const feel::context given, inputs.try_make(*place.program, place.decision));
    POLKU_TRY(const detail::question_facts facts, detail::try_facts(data, place, given));
    POLKU_TRY(const auto chances, detail::answer_chances::try_make(with.weights, data, place));
    const detail::region_limits limits{with.max_nodes, 20'000};
    detail::regions regions(texts_->of.find(place.program)->second, place.decision, limits);
    regions.run(facts.known);
    missing_answer made = detail::answered(regions, data.says, facts, with, chances);
    made.version = place.version->id;
    made.decision = asked.decision;
    const bool figures_known =
        std::none_of(facts.known.begin(), facts.known.end(), [](const auto& each) { return each && each->is_null(); });
    if (made.decided && figures_known) made.settled_nulls = null_names(made.value, asked.decision);
    return made;
}

POLKU_DECL result<missing_answer> try_missing(const pack& of, const pack_question& asked, const missing_options& with) {
    return question_guide(of).try_missing(asked, with);
}

}  // namespace polku::inline POLKU_V::rules

#endif
