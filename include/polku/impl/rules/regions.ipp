// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_REGIONS_IPP
#define POLKU_IMPL_RULES_REGIONS_IPP

#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/operations.hpp>
#include <polku/feel/parser.hpp>
#include <polku/impl/rules/detail/regions.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

// ---------------------------------------------------------------------------------------------------------- texts

POLKU_DECL region_texts::region_texts(const dmn::program& of) : program_(of) {
    for (const dmn::detail::program_node& node : data().nodes) {
        if (node.is != dmn::detail::node_kind::decision || !node.body) continue;
        feel::scope names;
        for (const dmn::detail::slot_source& each : node.sources) {
            if (each.members.empty())
                names.add(data().nodes[each.node].name, data().nodes[each.node].known_type);
            else
                names.add(each.name);
        }
        // Names that fold to one have one slot; then the slots here are not those of the program.
        if (names.size() == node.sources.size()) read_logic(*node.body, names);
    }
}

POLKU_DECL void region_texts::read_logic(const dmn::detail::logic& of, const feel::scope& names) {
    const dmn::item_type* type = nullptr;
    if (const dmn::detail::logic* inner = of.coerced(type)) return read_logic(*inner, names);
    if (const feel::expression* text = of.text()) read(*text, names);
    const dmn::compiled_table* table = of.table();
    if (table == nullptr) return;
    for (const auto& each : table->inputs) read(each.expression, names);
    for (const auto& each : table->outputs) read(each.default_entry, names);
    for (const auto& each : table->output_expressions) read(each, names);
}

POLKU_DECL void region_texts::read(const feel::expression& text, const feel::scope& names) {
    if (!text || text.constant()) return;
    feel::compile_options options;
    options.unknown_names_are_null = true;
    // Texts with types of the model cannot be read alone; they are seen as a whole then.
    if (auto tree = feel::try_parse(text.text(), names, options)) trees_.emplace(&text, *std::move(tree));
}

POLKU_DECL const feel::syntax_node* region_texts::find(const feel::expression& text) const {
    const auto found = trees_.find(&text);
    return found == trees_.end() ? nullptr : found->second.roots.front().get();
}

// ---------------------------------------------------------------------------------------------------------- rounds

POLKU_DECL regions::regions(const region_texts& texts, dmn::decision_ref what, const region_limits& within)
    : texts_(&texts), what_(&texts.data().nodes[what.index]), within_(within), store_(within.max_nodes) {}

/// What a term is compared with becomes a point of its axis at once, where no operation is in the midst of that axis;
/// else the next round knows it. Points of a later round are compared on their own, which is coarser but never wrong.
inline constexpr int max_region_rounds = 4;

POLKU_DECL void regions::run(std::span<const std::optional<feel::value>> facts) {
    for (int round = 0; round < max_region_rounds; ++round) {
        begin_round();
        whole_ = run_once(facts);
        if (!complete()) return;
        parts_.clear();
        take_parts(whole_, diagrams::truth, true);
        if (parts_.empty() && complete()) {
            const diagram known = flat(whole_);
            outcome_ = store_.is_constant(known) ? store_.at(known).constant : feel::value();
        }
        if (!points_grew_ || !complete()) return;
    }
}

POLKU_DECL std::vector<region_value> regions::run(std::span<const region_side> sides,
                                                  std::span<const region_cut> cuts) {
    cuts_ = cuts;
    std::vector<region_value> made;
    for (int round = 0; round < max_region_rounds; ++round) {
        begin_round();
        made.clear();
        for (const region_side& each : sides) {
            side_ = static_cast<std::uint32_t>(&each - sides.data());
            texts_ = each.texts;
            what_ = &texts_->data().nodes[each.what.index];
            shared_ = each.inputs;
            made.push_back(run_once(each.facts));
            if (!complete()) return {};
        }
        if (!points_grew_) break;
    }
    return made;
}

inline void sort_points(std::vector<feel::value>& points, const feel::evaluation_context& with) {
    dmn::lane lane{};
    if (points.empty() || !dmn::lane_of(points.front(), lane)) return;
    std::sort(points.begin(), points.end(), [&](const feel::value& left, const feel::value& right) {
        return dmn::detail::lane_order(lane, left, right, with) < 0;
    });
    points.erase(std::unique(points.begin(), points.end()), points.end());
}

POLKU_DECL void regions::begin_round() {
    store_.forget_nodes();
    variables_.clear();
    axes_.clear();
    names_.clear();
    truth_keys_.clear();
    cut_variables_.clear();
    parts_.clear();
    unknowns_ = 0;
    ++round_;
    points_grew_ = false;
    for (region_term& each : terms_) {
        each.variable = diagrams::none;
        each.points.insert(each.points.end(), each.wanted.begin(), each.wanted.end());
        each.wanted.clear();
        sort_points(each.points, with_);
    }
}

POLKU_DECL region_value regions::run_once(std::span<const std::optional<feel::value>> facts) {
    std::vector<region_value> places(what_->places);
    std::vector<bool> filled(what_->places, false);
    for (const dmn::detail::plan_step& step : what_->steps) {
        std::vector<region_value> slots(step.slots.size());
        for (std::size_t each = 0; each < slots.size(); ++each) {
            const std::uint32_t place = step.slots[each];
            if (place < facts.size() && !filled[place]) {
                places[place] = fact(place, facts[place]);
                filled[place] = true;
            }
            slots[each] = places[place];
        }
        for (const auto& each : step.made) {
            const auto& source = texts_->data().nodes[step.node].sources[each.source];
            const std::size_t slot = static_cast<std::size_t>(
                std::find(step.slots.begin(), step.slots.end(), each.place) - step.slots.begin());
            // A function; a context of an import may hold anything that the run knows.
            slots[slot] = source.members.empty() ? plain(store_.constant(texts_->data().function_of(source.node)))
                                                 : plain(import_value(facts.size()));
        }
        places[step.place] = conformed(logic_value(*step.body, slots), step.type);
        if (!complete()) return {};
        if (cuts_.empty() || texts_->data().nodes[step.node].is != dmn::detail::node_kind::decision) continue;
        take_name(places[step.place], step.node, {});
        if (places[step.place].scalar != diagrams::a_context) continue;
        for (const region_entry& each : *places[step.place].context) take_name(each.is, step.node, each.name);
    }
    return places[what_->result_place];
}

POLKU_DECL void regions::take_name(const region_value& of, std::uint32_t decision, const std::string& entry) {
    if (!of.is_plain() || !store_.is_opaque(of.scalar) || term(of.scalar).is_fact) return;
    std::vector<region_name>& into = names_[store_.at(of.scalar).term];
    // The first name of a side is the decision that computes the value; others take it over.
    if (!into.empty() && into.back().side == side_) return;
    into.push_back({side_, decision, texts_->data().nodes[decision].name, entry});
}

/// An imported model's values under one name: seen as one value that hangs on all unknown facts.
POLKU_DECL diagram regions::import_value(std::size_t facts) {
    if (!cuts_.empty()) facts = cuts_.size();
    std::vector<std::uint32_t> all(facts);
    for (std::uint32_t each = 0; each < facts; ++each) all[each] = each;
    return unknown_of(std::move(all));
}

// ----------------------------------------------------------------------------------------------------------- facts

POLKU_DECL region_value regions::fact(std::size_t input, const std::optional<feel::value>& given) {
    const dmn::detail::program_node& node = texts_->data().nodes[what_->input_nodes[input]];
    const dmn::item_type* const type = node.type.get();
    if (!given) return cuts_.empty() ? unknown_fact(input) : shared_fact(shared_[input], node);
    return plain(store_.constant(type != nullptr ? dmn::conform(*given, *type, with_) : *given));
}

/// An input that several decisions share: each class of its values is a branch, and each decision sees it through its
/// own type.
POLKU_DECL region_value regions::shared_fact(std::uint32_t shared, const dmn::detail::program_node& node) {
    const region_cut& cut = cuts_[shared];
    const dmn::item_type* const type = node.type.get();
    if (!cut.classes.empty()) {
        const auto [at, fresh] = cut_variables_.try_emplace(shared, static_cast<std::uint32_t>(variables_.size()));
        if (fresh) {
            store_.add_variable(static_cast<std::uint32_t>(cut.classes.size()));
            variables_.push_back({{shared}, true, cut.classes, true});
        }
        std::vector<diagram> children;
        for (const feel::value& each : cut.classes)
            children.push_back(store_.constant(type != nullptr ? dmn::conform(each, *type, with_) : each));
        return plain(store_.branch(at->second, children));
    }
    const std::uint32_t at = term_of("fact" + std::to_string(shared));
    if (terms_[at].inputs.empty()) make_fact_term(terms_[at], shared, node.known_type, cut.type, cut.points);
    const region_value made = plain(store_.opaque(at));
    return cut.type != nullptr ? made : conformed(made, type);
}

POLKU_DECL bool constraint_points(const dmn::item_type& of, std::vector<feel::value>& points, bool& only_equal) {
    if (of.base && !constraint_points(*of.base, points, only_equal)) return false;
    for (const feel::unary_tests* tests : {&of.allowed, &of.constraint}) {
        if (!*tests || tests->is_any()) continue;
        const auto simple = tests->simple_tests();
        if (!simple) return false;
        for (const feel::simple_test& each : *simple) {
            only_equal = only_equal && each.is == feel::simple_test::op::equal;
            if (each.operand.is(feel::kind::range)) {
                for (const feel::value* end : {&each.operand.as_range().low, &each.operand.as_range().high})
                    if (!end->is_null()) points.push_back(*end);
            } else if (!each.operand.is_null()) {
                points.push_back(each.operand);
            }
        }
    }
    return true;
}

POLKU_DECL diagram regions::finite_fact(std::size_t input, const dmn::item_type* type, std::vector<feel::value> atoms) {
    if (type != nullptr)
        atoms.erase(
            std::remove_if(atoms.begin(), atoms.end(),
                           [&](const feel::value& each) { return !dmn::keeps_constraints(each, *type, with_); }),
            atoms.end());
    if (atoms.empty()) return unknown_of({static_cast<std::uint32_t>(input)});
    std::vector<diagram> children;
    for (const feel::value& each : atoms) children.push_back(store_.constant(each));
    const std::uint32_t variable = store_.add_variable(static_cast<std::uint32_t>(atoms.size()));
    variables_.push_back({{static_cast<std::uint32_t>(input)}, true, std::move(atoms), true});
    return store_.branch(variable, children);
}

POLKU_DECL region_value regions::unknown_fact(std::size_t input) {
    const dmn::detail::program_node& node = texts_->data().nodes[what_->input_nodes[input]];
    const feel::type& known = node.known_type;
    const bool is_simple = known.is() == feel::type::form::simple;
    std::vector<feel::value> points;
    bool only_equal = true;
    const bool seen_through = !node.type || constraint_points(*node.type, points, only_equal);
    if (is_simple && seen_through && known.simple_kind() == feel::kind::boolean)
        return plain(finite_fact(input, node.type.get(), {feel::value(true), feel::value(false)}));
    if (is_simple && seen_through && only_equal && !points.empty())
        return plain(finite_fact(input, node.type.get(), std::move(points)));
    const std::uint32_t at = term_of("fact" + std::to_string(input));
    if (terms_[at].inputs.empty()) {
        make_fact_term(terms_[at], static_cast<std::uint32_t>(input), known, node.type.get(), points);
        terms_[at].is_limited = seen_through && node.type && node.type->is_constrained;
    }
    return plain(store_.opaque(at));
}

/// A fact that is known by its exact value only.
POLKU_DECL void regions::make_fact_term(region_term& into, std::uint32_t input, const feel::type& known,
                                        const dmn::item_type* type, std::span<const feel::value> points) {
    into.inputs = {input};
    into.is_fact = true;
    into.type = type;
    static const dmn::lane lanes[] = {dmn::lane::number, dmn::lane::string, dmn::lane::date, dmn::lane::months_duration,
                                      dmn::lane::days_duration};
    for (const dmn::lane lane : lanes) {
        feel::value sample;
        if (known.is() == feel::type::form::simple && dmn::detail::value_between(lane, nullptr, nullptr, sample) &&
            sample.kind() == known.simple_kind())
            into.sample = sample;
    }
    into.may_be_null = into.sample.is_null();
    for (const feel::value& each : points)
        if (each.kind() == into.sample.kind()) into.points.push_back(each);
    sort_points(into.points, with_);
}

// ----------------------------------------------------------------------------------------------- terms and variables

POLKU_DECL std::uint32_t regions::term_of(const std::string& key) {
    const auto [at, fresh] = term_keys_.try_emplace(key, static_cast<std::uint32_t>(terms_.size()));
    if (fresh) {
        terms_.emplace_back();
        terms_.back().key = at->first;
    }
    return at->second;
}

POLKU_DECL diagram regions::unknown_of(std::vector<std::uint32_t> inputs, const std::string& key) {
    // Keys name diagrams, which are other ones in another round.
    const std::uint32_t at =
        term_of(key.empty() ? "unknown" + std::to_string(unknowns_++) : "round" + std::to_string(round_) + '|' + key);
    terms_[at].inputs = std::move(inputs);
    return store_.opaque(at);
}

POLKU_DECL std::vector<std::uint32_t> regions::inputs_of(diagram of) const {
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of, variables, terminals);
    std::vector<std::uint32_t> made;
    for (std::size_t each = 0; each < variables.size(); ++each)
        if (variables[each]) made.insert(made.end(), variables_[each].inputs.begin(), variables_[each].inputs.end());
    for (const diagram each : terminals)
        if (store_.is_opaque(each)) made.insert(made.end(), term(each).inputs.begin(), term(each).inputs.end());
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

POLKU_DECL std::vector<feel::value> regions::atoms_of(const region_term& of) const {
    std::vector<feel::value> made;
    dmn::lane lane{};
    dmn::lane_of(of.sample, lane);
    const auto add = [&](feel::value atom) {
        if (!of.is_limited || dmn::keeps_constraints(atom, *of.type, const_cast<feel::evaluation_context&>(with_)))
            made.push_back(std::move(atom));
    };
    for (std::size_t at = 0; at <= of.points.size() && lane != dmn::lane::string; ++at) {
        const feel::value* const low = at > 0 ? &of.points[at - 1] : nullptr;
        const feel::value* const high = at < of.points.size() ? &of.points[at] : nullptr;
        feel::value between;
        if (dmn::detail::value_between(lane, low, high, between) &&
            (low == nullptr || dmn::detail::lane_order(lane, *low, between, with_) < 0) &&
            (high == nullptr || dmn::detail::lane_order(lane, between, *high, with_) < 0))
            add(between);
        if (high != nullptr) add(*high);
    }
    if (lane == dmn::lane::string) {
        std::string other = "other";
        for (const feel::value& each : of.points) {
            add(each);
            if (each.as_string().size() >= other.size()) other = std::string(each.as_string()) + '*';
        }
        add(feel::value(other));
    }
    if (of.may_be_null) made.emplace_back();
    return made;
}

POLKU_DECL std::uint32_t regions::axis_of(std::uint32_t term) {
    region_term& of = terms_[term];
    if (of.variable != diagrams::none) return of.variable;
    std::vector<feel::value> atoms = atoms_of(of);
    of.variable = store_.add_variable(static_cast<std::uint32_t>(atoms.size()));
    axes_.emplace(of.variable, term);
    variables_.push_back({of.inputs, of.is_fact && (of.is_limited || of.type == nullptr || !of.type->is_constrained),
                          std::move(atoms), of.is_fact});
    return of.variable;
}

/// Which of the points around it a value is: their places are odd, those of what lies between them even.
inline std::size_t place_among(const std::vector<feel::value>& points, dmn::lane lane, const feel::value& of,
                               const feel::evaluation_context& with) {
    if (of.is_null()) return points.size() * 2 + 1;
    for (std::size_t each = 0; each < points.size(); ++each) {
        const int sign = dmn::detail::lane_order(lane, of, points[each], with);
        if (sign == 0) return each * 2 + 1;
        if (sign < 0 && lane != dmn::lane::string) return each * 2;
    }
    return points.size() * 2;
}

/// Gives the axis of a term further points; false where that cannot be done in the midst of an operation.
POLKU_DECL bool regions::cut_axis(region_term& of, const std::vector<feel::value>& points) {
    region_term finer = of;
    finer.points = points;
    std::vector<feel::value> atoms = atoms_of(finer);
    std::vector<feel::value>& before = variables_[of.variable].atoms;
    dmn::lane lane{};
    dmn::lane_of(of.sample, lane);
    std::vector<std::uint32_t> was;
    for (const feel::value& atom : atoms) {
        const std::size_t place = place_among(of.points, lane, atom, with_);
        std::uint32_t at = 0;
        while (at < before.size() && place_among(of.points, lane, before[at], with_) != place) ++at;
        if (at == before.size()) return false;
        was.push_back(at);
    }
    if (!store_.refine(of.variable, was)) return false;
    before = std::move(atoms);
    return true;
}

/// Gives a term its points, or else the next round.
POLKU_DECL bool regions::has_points(std::uint32_t term, std::span<const feel::value> points) {
    region_term& of = terms_[term];
    std::vector<feel::value> all = of.points;
    for (const feel::value& each : points)
        if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    if (all.size() == of.points.size()) return true;
    sort_points(all, with_);
    if (of.variable == diagrams::none || cut_axis(of, all)) {
        of.points = std::move(all);
        return true;
    }
    points_grew_ = true;
    for (const feel::value& each : all)
        if (std::find(of.points.begin(), of.points.end(), each) == of.points.end() &&
            std::find(of.wanted.begin(), of.wanted.end(), each) == of.wanted.end())
            of.wanted.push_back(each);
    return false;
}

POLKU_DECL diagram regions::any_truth(const std::string& key, std::vector<std::uint32_t> inputs, bool may_be_null) {
    const auto [at, fresh] = truth_keys_.try_emplace(key, static_cast<std::uint32_t>(variables_.size()));
    if (fresh) {
        store_.add_variable(may_be_null ? 3 : 2);
        region_variable made{std::move(inputs), false, {feel::value(true), feel::value(false)}, false};
        if (may_be_null) made.atoms.emplace_back();
        variables_.push_back(std::move(made));
    }
    const diagram children[] = {diagrams::truth, diagrams::falsehood, diagrams::null};
    return store_.branch(at->second, std::span<const diagram>(children, store_.atoms(at->second)));
}

POLKU_DECL diagram regions::truth_of(diagram of) {
    if (store_.is_truth_valued(of)) return of;
    return store_.mapped(std::span<const diagram>(&of, 1), [&](std::span<const diagram> operands) {
        if (!store_.is_opaque(operands[0])) return operands[0];
        const region_term& from = term(operands[0]);
        return any_truth("truth|" + std::to_string(operands[0]), from.inputs, true);
    });
}

// ------------------------------------------------------------------------------------------------------ comparisons

POLKU_DECL feel::value regions::comparison(feel::syntax_operator how, const feel::value& left,
                                           const feel::value& right) {
    switch (how) {
        case feel::syntax_operator::equal: return feel::equal(left, right, with_);
        case feel::syntax_operator::not_equal: return feel::logical_not(feel::equal(left, right, with_));
        case feel::syntax_operator::less: return feel::less(left, right, with_);
        case feel::syntax_operator::less_or_equal: return feel::less_or_equal(left, right, with_);
        case feel::syntax_operator::greater: return feel::less(right, left, with_);
        default: return feel::less_or_equal(right, left, with_);
    }
}

POLKU_DECL diagram regions::compared(feel::syntax_operator how, diagram left, diagram right) {
    if (how == feel::syntax_operator::equal && store_.is_truth_valued(left) && store_.is_truth_valued(right))
        return store_.choice(left, right, store_.opposite(right));
    const diagram operands[] = {left, right};
    return store_.mapped(operands, [&](std::span<const diagram> of) {
        if (store_.is_mark(of[0]) || store_.is_mark(of[1])) return diagrams::null;  // outside the region
        const bool left_known = store_.is_constant(of[0]);
        const bool right_known = store_.is_constant(of[1]);
        if (left_known && right_known)
            return store_.constant(comparison(how, store_.at(of[0]).constant, store_.at(of[1]).constant));
        if (left_known) return compared_with(how, of[1], store_.at(of[0]).constant, true);
        if (right_known) return compared_with(how, of[0], store_.at(of[1]).constant, false);
        return compared_terms(how, of[0], of[1]);
    });
}

POLKU_DECL diagram regions::compared_with(feel::syntax_operator how, diagram opaque, const feel::value& with,
                                          bool swapped) {
    const std::uint32_t at = store_.at(opaque).term;
    const region_term& of = terms_[at];
    const auto answer = [&](const feel::value& value) {
        return store_.constant(swapped ? comparison(how, with, value) : comparison(how, value, with));
    };
    const bool is_text = of.sample.is(feel::kind::string);
    const bool is_equality = how == feel::syntax_operator::equal || how == feel::syntax_operator::not_equal;
    // Another kind, or null: the same answer for every value of the term.
    if (!of.sample.is_null() && with.kind() != of.sample.kind() && !of.may_be_null) return answer(of.sample);
    const feel::value points[] = {with};
    const bool has_axis = !of.sample.is_null() && with.kind() == of.sample.kind() && (!is_text || is_equality);
    if (!has_axis || !has_points(at, points)) {
        const std::string key = std::to_string(static_cast<int>(how)) + (swapped ? "s|" : "|") +
                                std::to_string(opaque) + "|" + std::to_string(store_.constant(with));
        return any_truth(key, terms_[at].inputs, !has_axis || of.may_be_null);
    }
    const std::uint32_t variable = axis_of(at);
    std::vector<diagram> children;
    for (const feel::value& each : variables_[variable].atoms) children.push_back(answer(each));
    return store_.branch(variable, children);
}

POLKU_DECL diagram regions::compared_terms(feel::syntax_operator how, diagram left, diagram right) {
    using feel::syntax_operator;
    const region_term& first = term(left);
    const region_term& second = term(right);
    const bool sure = !first.may_be_null && !second.may_be_null && first.sample.kind() == second.sample.kind();
    if (left == right && sure) return store_.constant(comparison(how, first.sample, first.sample));
    std::vector<std::uint32_t> inputs = first.inputs;
    inputs.insert(inputs.end(), second.inputs.begin(), second.inputs.end());
    std::sort(inputs.begin(), inputs.end());
    inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
    // `a > b` is `b < a`, and `a >= b` is its opposite: one variable for both.
    const bool is_equality = how == syntax_operator::equal || how == syntax_operator::not_equal;
    const bool is_order = how == syntax_operator::greater || how == syntax_operator::less_or_equal;
    const bool turned = is_equality ? right < left : is_order;
    const bool opposite = how == syntax_operator::not_equal || how == syntax_operator::less_or_equal ||
                          how == syntax_operator::greater_or_equal;
    const std::string key = std::string(is_equality ? "=" : "<") + std::to_string(turned ? right : left) + "|" +
                            std::to_string(turned ? left : right);
    const diagram made = any_truth(key, std::move(inputs), !sure);
    return opposite ? applied("not", std::span<const diagram>(&made, 1), true,
                              [](std::span<const feel::value> of) { return feel::logical_not(of[0]); })
                    : made;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
