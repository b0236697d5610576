// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DIFFERENCE_IPP
#define POLKU_IMPL_RULES_DIFFERENCE_IPP

#include <polku/impl/rules/detail/difference_data.hpp>
#include <polku/rules/difference.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace polku::inline POLKU_V::rules {

POLKU_DECL std::string_view name_of(difference_side of) noexcept {
    static constexpr std::string_view names[] = {"both", "was", "is"};
    return names[static_cast<std::size_t>(of)];
}
POLKU_DECL std::string_view name_of(outcome_kind of) noexcept {
    static constexpr std::string_view names[] = {"value", "computed", "absent", "varies"};
    return names[static_cast<std::size_t>(of)];
}
POLKU_DECL std::string_view name_of(difference_proof of) noexcept {
    static constexpr std::string_view names[] = {"everywhere", "somewhere", "perhaps"};
    return names[static_cast<std::size_t>(of)];
}
POLKU_DECL std::string_view name_of(input_difference_kind of) noexcept {
    static constexpr std::string_view names[] = {"added", "removed", "retyped", "allowed"};
    return names[static_cast<std::size_t>(of)];
}

namespace detail {

inline difference difference_data::made(std::shared_ptr<const difference_data> data) {
    difference made;
    made.data_ = std::move(data);
    return made;
}

inline std::vector<parameter_difference> parameter_differences(const compared_side& was, const compared_side& is) {
    std::vector<parameter_difference> made;
    const auto find = [](const compared_side& in, const std::string& name) -> const feel::value* {
        for (const used_parameter& each : in.used.parameters)
            if (each.name == name) return &each.value;
        return nullptr;
    };
    for (const used_parameter& each : was.used.parameters) {
        const feel::value* const other = find(is, each.name);
        if (other != nullptr && *other == each.value) continue;
        made.push_back({each.name, each.value, other != nullptr ? std::optional<feel::value>(*other) : std::nullopt});
    }
    for (const used_parameter& each : is.used.parameters)
        if (find(was, each.name) == nullptr) made.push_back({each.name, std::nullopt, each.value});
    return made;
}

/// Compares two decisions that both sides have.
class difference_maker {
public:
    difference_maker(difference_data& into, const difference_options& with)
        : into_(into), with_(with), regions_({with.max_nodes, 100'000}), pairs_(regions_, with.max_boxes) {}

    void run() {
        into_.inputs = shared_inputs(into_.was, into_.is);
        const region_texts was_texts(*into_.was.place.program);
        const region_texts is_texts(*into_.is.place.program);
        std::vector<region_side> sides{side_of(into_.was, was_texts, &shared_input::was),
                                       side_of(into_.is, is_texts, &shared_input::is)};
        std::vector<region_cut> cuts;
        for (const shared_input& each : into_.inputs) cuts.push_back(each.cut);
        if (cuts.empty()) cuts.emplace_back();
        const std::vector<region_value> outcomes = regions_.run(sides, cuts);
        into_.says.complete = outcomes.size() == sides.size();
        if (into_.says.complete) pairs_.run(outcomes[0], outcomes[1], into_.member);
        // Where there are too many regions, they are not told by computed values; then what changes is told less
        // closely, so that more of them are one.
        bool is_cut = false;
        for (bool with_names = true; !is_cut && into_.says.complete; with_names = false) {
            for (int level = 0; !is_cut && into_.says.complete; ++level) {
                coarseness_ = level;
                const diagram made = pairs_.told(coarseness_, with_names);
                into_.says.complete = regions_.complete();
                if (!into_.says.complete || (with_names && coarseness_ > 0)) break;
                level = coarseness_;
                is_cut = cut_boxes(made) || level >= region_pairs::coarsest;
                if (with_names) break;
            }
        }
        if (into_.says.complete)
            tell_boxes();
        else
            take_all();
    }

    /// What changes is not told place by place, or not all of it.
    bool is_coarse() const noexcept { return coarseness_ > 0 || !into_.says.complete || !into_.says.count_is_exact; }
    /// The members of the answers at which something changes.
    std::vector<std::string> members() const {
        std::vector<std::string> made;
        for (const region_pair& each : pairs_.pairs()) {
            std::string name = each.path.substr(0, each.path.find('.'));
            if (!name.empty() && std::find(made.begin(), made.end(), name) == made.end())
                made.push_back(std::move(name));
        }
        return made;
    }

private:
    static region_side side_of(const compared_side& of, const region_texts& texts, std::uint32_t shared_input::*place,
                               const std::vector<shared_input>& inputs) {
        region_side made{&texts, of.place.decision, of.known, std::vector<std::uint32_t>(of.known.size(), 0)};
        for (std::uint32_t at = 0; at < inputs.size(); ++at)
            if (inputs[at].*place != diagrams::none) made.inputs[inputs[at].*place] = at;
        return made;
    }
    region_side side_of(const compared_side& of, const region_texts& texts, std::uint32_t shared_input::*place) const {
        return side_of(of, texts, place, into_.inputs);
    }

    /// Nothing was found out: one region of all facts.
    void take_all() {
        into_.columns.clear();
        into_.unchanged = diagrams::none;
        into_.sides = {{}};
        into_.says.count_is_exact = true;
        into_.tree.nodes = {{diagrams::none, 0, {}}};
        into_.boxes = {{0, {}}};
        into_.says.exact = false;
        difference_region& made = into_.says.regions.emplace_back();
        made.changes.push_back(
            {into_.member, {}, {outcome_kind::varies, {}, {}}, {outcome_kind::varies, {}, {}}, false});
        made.witness = find_witness(into_, into_.boxes.front(), with_.max_tries);
        if (made.witness) made.proof = difference_proof::somewhere;
        into_.says.count = 1;
    }

    /// False where there are too many boxes to merge them.
    bool cut_boxes(diagram of) {
        into_.columns.clear();
        into_.computed.clear();
        into_.tree = {};
        into_.unchanged = diagrams::none;
        std::vector<bool> variables;
        std::vector<diagram> terminals;
        regions_.store().look(of, variables, terminals);
        std::vector<std::uint32_t> column_of(variables.size(), 0);
        for (std::uint32_t each = 0; each < variables.size(); ++each) {
            if (!variables[each]) continue;
            column_of[each] = static_cast<std::uint32_t>(into_.columns.size());
            into_.columns.push_back(column_of_variable(each));
        }
        std::unordered_map<diagram, std::uint32_t> known;
        into_.tree.root = copied(of, column_of, known);
        for (std::uint32_t at = 0; at < pairs_.sets().size(); ++at)
            if (is_unchanged(at)) into_.unchanged = at;
        box_cutter cutter(into_.tree, into_.columns, into_.unchanged);
        cutter.run(with_.max_boxes, with_.max_regions);
        into_.sides = cutter.sides();
        into_.boxes = cutter.boxes();
        std::stable_partition(into_.boxes.begin(), into_.boxes.end(),
                              [&](const region_box& each) { return is_certain(each.set); });
        into_.says.count_is_exact = cutter.merged();
        into_.says.count =
            cutter.merged() ? into_.boxes.size() : static_cast<std::size_t>(std::min(cutter.paths(), 1e18));
        into_.says.exact = true;
        for (const diagram each : terminals) {
            const std::uint32_t set = pairs_.set_at(each);
            into_.says.exact = into_.says.exact && (set == into_.unchanged || is_certain(set));
        }
        return cutter.merged();
    }

    box_column column_of_variable(std::uint32_t variable) {
        const region_variable& of = regions_.variables()[variable];
        if (const region_term* const term = of.is_input ? nullptr : regions_.computed_at(variable); term != nullptr) {
            const std::span<const region_name> names = regions_.names_of(variable);
            const difference_side side = names.size() > 1          ? difference_side::both
                                         : names.front().side == 0 ? difference_side::was
                                                                   : difference_side::is;
            into_.computed.push_back({names.front().name, names.front().entry, side, term->inputs});
            return {of.inputs.front(), classes_between(of.atoms, term->points),
                    static_cast<std::uint32_t>(into_.computed.size() - 1)};
        }
        const std::uint32_t input = of.inputs.front();
        const shared_input& from = into_.inputs[input];
        return {input, from.exact ? from.classes : classes_between(of.atoms, regions_.points_of(input)),
                diagrams::none};
    }

    /// Those without a witness come last: of the values of inputs and of what is computed from them, some go together
    /// for no facts.
    void tell_boxes() {
        const std::size_t told = std::min(into_.boxes.size(), with_.max_regions);
        std::vector<std::pair<region_box, difference_region>> all;
        for (std::size_t at = 0; at < told; ++at) all.emplace_back(into_.boxes[at], region_of(into_.boxes[at]));
        std::stable_partition(all.begin(), all.end(), [](const auto& each) { return each.second.witness.has_value(); });
        for (std::size_t at = 0; at < told; ++at) {
            into_.boxes[at] = std::move(all[at].first);
            into_.says.regions.push_back(std::move(all[at].second));
        }
    }

    std::uint32_t copied(diagram of, const std::vector<std::uint32_t>& column_of,
                         std::unordered_map<diagram, std::uint32_t>& known) {
        if (const auto found = known.find(of); found != known.end()) return found->second;
        box_tree::node made;
        if (regions_.store().is_terminal(of)) {
            made.set = pairs_.set_at(of);
        } else {
            made.column = column_of[regions_.store().variable(of)];
            for (const diagram each : regions_.store().children(of))
                made.below.push_back(copied(each, column_of, known));
        }
        into_.tree.nodes.push_back(std::move(made));
        const auto at = static_cast<std::uint32_t>(into_.tree.nodes.size() - 1);
        known.emplace(of, at);
        return at;
    }

    bool is_unchanged(std::uint32_t set) const {
        const std::vector<std::uint32_t>& of = pairs_.sets()[set];
        return of.size() == 1 && pairs_.combinations()[of.front()].empty();
    }
    /// In whatever way, the two answers differ.
    bool is_certain(std::uint32_t set) const {
        const std::vector<std::uint32_t>& of = pairs_.sets()[set];
        return std::all_of(of.begin(), of.end(), [&](std::uint32_t combination) {
            const std::vector<std::uint32_t>& all = pairs_.combinations()[combination];
            return std::any_of(all.begin(), all.end(),
                               [&](std::uint32_t pair) { return pairs_.pairs()[pair].certain; });
        });
    }

    outcome_end end_of(const region_end& of) const {
        outcome_end made;
        made.value = of.value;
        switch (of.is) {
            case region_end::kind::value: made.is = outcome_kind::value; break;
            case region_end::kind::computed: made.is = outcome_kind::computed; break;
            case region_end::kind::absent: made.is = outcome_kind::absent; break;
            case region_end::kind::varies: made.is = outcome_kind::varies; break;
        }
        for (const std::uint32_t each : of.inputs) made.from.push_back(into_.inputs[each].name);
        return made;
    }

    difference_region region_of(const region_box& box) const {
        difference_region made;
        for (std::size_t column = 0; column < box.sides.size(); ++column) {
            if (box.sides[column] == 0) continue;
            const box_column& of = into_.columns[column];
            const std::string test = test_text(of.classes, into_.sides[box.sides[column]]);
            if (of.computed != diagrams::none) {
                const computed_value& value = into_.computed[of.computed];
                const std::string name = value.decision + (value.entry.empty() ? "" : "." + value.entry);
                made.tests.push_back({name, value.of, test, true});
            } else {
                made.tests.push_back({into_.inputs[of.input].name, into_.inputs[of.input].of, test, false});
            }
        }
        const std::vector<std::uint32_t>& set = pairs_.sets()[box.set];
        std::map<std::uint32_t, std::size_t> times;
        for (const std::uint32_t combination : set)
            for (const std::uint32_t pair : pairs_.combinations()[combination]) ++times[pair];
        for (const auto& each : times) {
            const region_pair& pair = pairs_.pairs()[each.first];
            made.changes.push_back(
                {pair.path, pair.item, end_of(pair.was), end_of(pair.is), pair.certain && each.second == set.size()});
        }
        made.witness = find_witness(into_, box, with_.max_tries);
        if (made.witness) made.proof = is_certain(box.set) ? difference_proof::everywhere : difference_proof::somewhere;
        return made;
    }

    difference_data& into_;
    const difference_options& with_;
    regions regions_;
    region_pairs pairs_;
    int coarseness_ = 0;
};

// ---------------------------------------------------------------------------------------------------------- locating

/// Facts as classes of the columns, and which shared inputs are known.
struct located_facts {
    std::vector<std::uint32_t> classes;  ///< by column; `none`: unknown
    bool all_known = true;               ///< of the shared inputs
};

inline std::string all_text(const std::vector<input_atom>& classes) {
    std::string made;
    for (const input_atom& each : classes) {
        const std::uint32_t one[] = {static_cast<std::uint32_t>(&each - classes.data())};
        made += (made.empty() ? "" : ", ") + test_text(classes, one);
    }
    return made;
}

/// The class of a computed value; `none` while facts that it hangs on are unknown.
inline result<std::uint32_t> try_class_of(const difference_data& in, const box_column& column,
                                          const std::vector<feel::value>& values, const feel::context& facts) {
    const computed_value& of = in.computed[column.computed];
    for (const std::uint32_t each : of.inputs)
        if (values[each].is_null()) return std::uint32_t{diagrams::none};
    POLKU_TRY(const feel::value value, try_compute(in, of, facts));
    return class_of(value, column.classes);
}

/// `not_found` for a fact that is an input of neither pack, with the names that are near.
inline result<void> check_input(const pack& was, const pack& is, std::string_view name) {
    if (compiled_pack::of(was).has_input(name) || compiled_pack::of(is).has_input(name)) return {};
    std::vector<std::string_view> names = names_in(was.says().inputs);
    for (const pack_input& each : is.says().inputs)
        if (std::find(names.begin(), names.end(), each.name) == names.end()) names.emplace_back(each.name);
    const std::string near = nearest_text(name, names);
    const std::string both = was.says().id == is.says().id ? "" : " and polku pack show " + is.says().id;
    return error(error_code::not_found, "neither pack has an input '" + std::string(name) + "'" + near +
                                            (near.empty() ? "; their " : " Their ") +
                                            "inputs stand in their descriptions (polku pack show " + was.says().id +
                                            both + ")");
}

inline result<located_facts> try_locate(const difference_data& in, const feel::context& facts) {
    for (const feel::context::entry& each : facts) {
        POLKU_CHECK(check_input(in.was.of, in.is.of, each.name));
        const feel::value* const fixed = in.facts.find(each.name);
        if (fixed != nullptr && !fixed->is_null() && !(*fixed == each.value))
            return error(error_code::invalid_argument, "the comparison was made for '" + std::string(each.name) + "' " +
                                                           feel::to_string(*fixed) + " and tells nothing about " +
                                                           feel::to_string(each.value));
    }
    located_facts made;
    std::vector<feel::value> values;
    for (const shared_input& each : in.inputs) {
        const feel::value* const given = facts.find(each.name);
        POLKU_TRY(feel::value typed, dmn::try_typed(given != nullptr ? *given : feel::value(), each.type,
                                                    pointer_to({}, each.name), feel::evaluation_context{}));
        made.all_known = made.all_known && !typed.is_null();
        values.push_back(std::move(typed));
    }
    for (const box_column& each : in.columns) {
        if (each.computed != diagrams::none) {
            POLKU_TRY(const std::uint32_t at, try_class_of(in, each, values, facts));
            made.classes.push_back(at);
            continue;
        }
        const feel::value& value = values[each.input];
        made.classes.push_back(value.is_null() ? diagrams::none : class_of(value, each.classes));
        if (!value.is_null() && made.classes.back() == diagrams::none)
            return error(error_code::dmn_input_type,
                         "'" + in.inputs[each.input].name + "' is " + feel::to_string(value) +
                             ", which is none of the values that it may have: " + all_text(each.classes));
    }
    return made;
}

/// What may be the case for facts.
inline std::set<std::uint32_t> sets_for(const box_tree& tree, const std::vector<std::uint32_t>& classes) {
    std::set<std::uint32_t> made;
    std::vector<bool> seen(tree.nodes.size(), false);
    std::vector<std::uint32_t> open{tree.root};
    while (!open.empty()) {
        const box_tree::node& node = tree.nodes[open.back()];
        const std::uint32_t at = open.back();
        open.pop_back();
        if (seen[at]) continue;
        seen[at] = true;
        if (node.column == diagrams::none)
            made.insert(node.set);
        else if (classes[node.column] != diagrams::none)
            open.push_back(node.below[classes[node.column]]);
        else
            open.insert(open.end(), node.below.begin(), node.below.end());
    }
    return made;
}

/// Whether a box has some of the facts' completions, and whether it has all.
inline std::pair<bool, bool> in_box(const difference_data& in, const region_box& box,
                                    const std::vector<std::uint32_t>& classes) {
    bool all = true;
    for (std::size_t column = 0; column < box.sides.size(); ++column) {
        if (box.sides[column] == 0) continue;
        const std::vector<std::uint32_t>& side = in.sides[box.sides[column]];
        if (classes[column] == diagrams::none)
            all = false;
        else if (!std::binary_search(side.begin(), side.end(), classes[column]))
            return {false, false};
    }
    return {true, all};
}

inline difference_place place_of(const difference_data& in, const std::vector<std::uint32_t>& classes) {
    difference_place made;
    const std::set<std::uint32_t> sets = sets_for(in.tree, classes);
    if (sets.size() == 1 && *sets.begin() == in.unchanged) return made;
    std::size_t met = 0;
    for (std::size_t at = 0; at < in.boxes.size(); ++at) {
        const auto [some, all] = in_box(in, in.boxes[at], classes);
        if (all && at < in.says.regions.size()) {
            made.is = difference_place_kind::region;
            made.region = at;
            return made;
        }
        if (all) ++met;
    }
    const bool is_changed = sets.count(in.unchanged) == 0;
    const bool is_beyond = met > 0 || (is_changed && !in.says.count_is_exact);
    made.is = is_beyond ? difference_place_kind::other : difference_place_kind::undecided;
    return made;
}

}  // namespace detail

POLKU_DECL const difference_answer& difference::says() const noexcept { return data_->says; }

POLKU_DECL result<difference_place> difference::try_find(const feel::context& facts) const {
    const detail::difference_data& in = *data_;
    if (in.says.has != difference_side::both) {
        difference_place made;
        made.is = difference_place_kind::undecided;
        return made;
    }
    POLKU_TRY(const detail::located_facts located, detail::try_locate(in, facts));
    difference_place made = detail::place_of(in, located.classes);
    if (made.is == difference_place_kind::unchanged) made.differs = false;
    if (made.is == difference_place_kind::region && in.says.regions[made.region].proof == difference_proof::everywhere)
        made.differs = true;
    if (!made.differs && located.all_known) {
        POLKU_TRY(const auto was, detail::try_replay(in.was, facts, in.member));
        POLKU_TRY(const auto is, detail::try_replay(in.is, facts, in.member));
        made.differs = !(was == is);
    }
    return made;
}

POLKU_DECL result<difference> try_difference(const pack& was, const pack& is, const difference_question& asked,
                                             const difference_options& with) {
    auto data = std::make_shared<detail::difference_data>();
    for (const feel::context::entry& each : asked.facts) POLKU_CHECK(detail::check_input(was, is, each.name));
    data->facts = asked.facts;
    data->member = asked.member;
    POLKU_TRY(data->was, detail::try_side(was, asked.was, asked.facts, asked.member));
    POLKU_TRY(data->is, detail::try_side(is, asked.is, asked.facts, asked.member));
    if (!data->was.has_decision && !data->is.has_decision)
        return detail::no_such_decision(detail::compiled_pack::of(is), *data->is.place.version, asked.is.decision);
    difference_answer& says = data->says;
    says.decision = data->is.has_decision ? asked.is.decision : asked.was.decision;
    says.was_version = data->was.place.version->id;
    says.is_version = data->is.place.version->id;
    if (!data->was.has_decision || !data->is.has_decision) {
        says.has = data->was.has_decision ? difference_side::was : difference_side::is;
        return detail::difference_data::made(std::move(data));
    }
    says.member = asked.member;
    says.inputs = detail::input_differences(data->was, data->is);
    says.parameters = detail::parameter_differences(data->was, data->is);
    detail::difference_maker maker(*data, with);
    maker.run();
    if (asked.member.empty() && maker.is_coarse()) {
        const std::vector<std::string> members = maker.members();
        difference_question part = asked;
        difference_options shared = with;  // the members share the regions that are told
        shared.max_regions = std::max<std::size_t>(1, with.max_regions / std::max<std::size_t>(1, members.size()));
        for (const std::string& each : members) {
            part.member = each;
            POLKU_TRY(const difference made, try_difference(was, is, part, shared));
            if (!made.says().is_same()) says.by_member.push_back(made.says());
        }
    }
    return detail::difference_data::made(std::move(data));
}

POLKU_DECL result<std::vector<decision_presence>> try_decisions(const pack& was, const pack_question& asked_was,
                                                                const pack& is, const pack_question& asked_is) {
    std::vector<decision_presence> made;
    const auto take = [&](const pack& of, const pack_question& asked, difference_side side) -> result<void> {
        POLKU_TRY(const pack_version* const version, detail::try_version_of(of, asked));
        const dmn::program& program = detail::compiled_pack::of(of).programs.find(version->model)->second;
        for (const pack_decision& each : of.says().decisions) {
            if (!program.find(each.name)) continue;
            const auto same = std::find_if(made.begin(), made.end(),
                                           [&](const decision_presence& other) { return other.name == each.name; });
            if (same == made.end())
                made.push_back({each.name, side});
            else
                same->has = difference_side::both;
        }
        return {};
    };
    POLKU_CHECK(take(was, asked_was, difference_side::was));
    POLKU_CHECK(take(is, asked_is, difference_side::is));
    return made;
}

}  // namespace polku::inline POLKU_V::rules

#endif
