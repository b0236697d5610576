// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_GOAL_REACH_HPP
#define POLKU_IMPL_RULES_DETAIL_GOAL_REACH_HPP

#include <polku/dmn/program.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/impl/rules/detail/what_if_goal.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// Whether a goal can be met while some facts have any values and all others stay as they are, by the decision
/// diagrams that tell what is missing. No is proved for every value; yes may be wrong.
class goal_reach {
public:
    goal_reach(const pack& of, goal_tester& tester) : pack_(of), tester_(tester) {}

    /// `free` by name.
    bool can_be_met(const pack_question& asked, const std::vector<std::string>& free) {
        const compiled_pack& data = compiled_pack::of(pack_);
        pack_answer used;
        const auto place = try_place(pack_, data, asked, used.by_transition);
        if (!place) return true;
        question_inputs inputs(pack_, data, *place->version, asked, used);
        const auto given = inputs.try_make(*place->program, place->decision);
        if (!given) return true;
        const auto slots = dmn::try_slots(*place->program, place->decision, *given);
        if (!slots) return true;
        const auto names = place->program->inputs(place->decision);
        std::vector<std::optional<feel::value>> facts;
        for (std::size_t each = 0; each < names.size(); ++each) {
            const bool is_free = std::find(free.begin(), free.end(), names[each].name) != free.end();
            facts.push_back(is_free ? std::nullopt : std::optional<feel::value>((*slots)[each]));
        }
        const auto texts = texts_.try_emplace(place->program, *place->program).first;
        regions of(texts->second, place->decision, limits);
        of.run(facts);
        return !of.complete() || can_be(of, of.whole());
    }

private:
    static constexpr region_limits limits{20'000, 5'000};

    bool can_be(regions& of, const region_value& whole) {
        if (tester_.member().empty()) return ends_well(of, whole.scalar);
        // A context whose entries are all known is a constant; a mark stands for the entries told apart below.
        const std::vector<diagram> ends = ends_of(of, whole.scalar);
        const auto may_hold = [&](diagram each) {
            if (of.store().is_constant(each)) return tester_.meets(of.store().at(each).constant);
            return !of.store().is_mark(each) || !whole.context;
        };
        if (std::any_of(ends.begin(), ends.end(), may_hold)) return true;
        if (!whole.context) return false;
        for (const region_entry& each : *whole.context)
            if (each.name == tester_.member()) return ends_well(of, each.is.scalar);
        return false;
    }

    static std::vector<diagram> ends_of(regions& of, diagram what) {
        std::vector<bool> variables;
        std::vector<diagram> made;
        of.store().look(what, variables, made);
        return made;
    }
    /// Lists, contexts and values that are not known may be what is wanted.
    bool ends_well(regions& of, diagram what) {
        const std::vector<diagram> ends = ends_of(of, what);
        return std::any_of(ends.begin(), ends.end(), [&](diagram each) {
            return !of.store().is_constant(each) || tester_.accepts(of.store().at(each).constant);
        });
    }

    const pack& pack_;
    goal_tester& tester_;
    std::map<const dmn::program*, region_texts> texts_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
