// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DIFFERENCE_INPUTS_IPP
#define POLKU_IMPL_RULES_DIFFERENCE_INPUTS_IPP

#include <polku/impl/rules/detail/difference_inputs.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL feel::context facts_of(const pack& of, const feel::context& facts) {
    feel::context made;
    for (const feel::context::entry& each : facts)
        if (compiled_pack::of(of).has_input(each.name)) made.append(each.name, each.value);
    return made;
}

POLKU_DECL result<compared_side> try_side(const pack& of, const pack_question& asked, const feel::context& facts,
                                          const std::string& member) {
    const compiled_pack& data = compiled_pack::of(of);
    compared_side made;
    made.of = of;
    made.asked = asked;
    made.asked.inputs = facts_of(of, facts);
    POLKU_TRY(made.place.version, try_version_of(of, asked, &made.used.by_transition));
    made.place.program = &data.programs.find(made.place.version->model)->second;
    const auto decision = made.place.program->find(asked.decision);
    if (!decision) return made;
    made.has_decision = true;
    made.place.decision = *decision;
    question_inputs inputs(of, data, *made.place.version, made.asked, made.used);
    POLKU_TRY(const feel::context given, inputs.try_make(*made.place.program, *decision));
    POLKU_TRY(const std::vector<feel::value> slots, dmn::try_slots(*made.place.program, *decision, given));
    feel::context parameters;
    feel::context fixed;
    for (std::size_t at = 0; at < slots.size(); ++at) {
        const std::string& name = made.inputs()[at].name;
        const bool is_parameter = data.find_parameter(name) != nullptr;
        const bool is_unknown = slots[at].is_null() && !is_parameter;
        made.known.push_back(is_unknown ? std::nullopt : std::optional<feel::value>(slots[at]));
        if (!is_unknown) (is_parameter ? parameters : fixed).append(name, slots[at]);
    }
    std::optional<pack_goal> goal;
    if (!member.empty()) goal = pack_goal{member, {}};
    POLKU_TRY(made.uses, try_input_uses(of, *made.place.version, asked.decision, parameters, goal, fixed));
    return made;
}

// ------------------------------------------------------------------------------------------------------------- inputs

inline std::uint32_t place_of_input(const compared_side& in, const std::string& name) {
    const auto inputs = in.inputs();
    for (std::uint32_t at = 0; at < inputs.size(); ++at)
        if (inputs[at].name == name) return at;
    return diagrams::none;
}

/// The values that either of two constraints allows. One that is no list of cells, or a negated one, is not seen
/// through: then all values are allowed.
inline std::string allowed_by_either(const std::string& left, const std::string& right) {
    if (left == right) return left;
    if (left.empty() || right.empty() || left.starts_with("not") || right.starts_with("not")) return {};
    return left + ", " + right;
}

/// Cuts the values of an input so that neither side tells values of a class apart, where that can be.
inline void cut_input(shared_input& into, const compared_side& was, const compared_side& is) {
    input_use use;
    dmn::input_info info;
    bool same_type = true;
    const auto take = [&](const compared_side& side, std::uint32_t place) {
        if (place == diagrams::none) return;
        const bool is_first = info.name.empty();
        const dmn::input_info& from = side.inputs()[place];
        info.allowed_values =
            is_first ? from.allowed_values : allowed_by_either(info.allowed_values, from.allowed_values);
        info.name = from.name;
        info.type = from.type;
        const auto found = side.uses.find(from.name);
        if (found != side.uses.end()) {
            use.points.insert(use.points.end(), found->second.points.begin(), found->second.points.end());
            use.is_ordered = use.is_ordered || found->second.is_ordered;
            if (use.blurred.empty()) use.blurred = found->second.blurred;
        }
        const dmn::item_type* const type = side.type(place);
        bool only_equal = true;
        if (type != nullptr && !constraint_points(*type, use.points, only_equal)) use.blurred = from.allowed_values;
        same_type = same_type && (is_first || type == into.cut.type);
        into.cut.type = type;
    };
    take(was, into.was);
    take(is, into.is);
    input_atoms atoms = input_cutter(info, use).run();
    // A value that either side allows may be named twice.
    for (std::size_t at = 0; at < atoms.atoms.size(); ++at)
        for (std::size_t later = atoms.atoms.size(); --later > at;)
            if (atoms.atoms[at].is_point && atoms.atoms[later].is_point &&
                atoms.atoms[at].representative == atoms.atoms[later].representative)
                atoms.atoms.erase(atoms.atoms.begin() + static_cast<std::ptrdiff_t>(later));
    into.type = info.type;
    into.exact = atoms.exact && !atoms.atoms.empty();
    if (into.exact) {
        into.classes = std::move(atoms.atoms);
        for (const input_atom& each : into.classes) into.cut.classes.push_back(each.representative);
        return;
    }
    const bool is_free = into.cut.type == nullptr || !into.cut.type->is_constrained;
    if (!same_type && !is_free) into.cut.type = nullptr;
    for (const input_atom& each : atoms.atoms)
        if (each.is_point) into.cut.points.push_back(each.representative);
}

POLKU_DECL std::vector<shared_input> shared_inputs(const compared_side& was, const compared_side& is) {
    std::vector<shared_input> made;
    const auto add = [&](const compared_side& side, std::uint32_t place, difference_side which) {
        shared_input& one = made.emplace_back();
        one.name = side.inputs()[place].name;
        one.of = which;
        if (which != difference_side::is) one.was = place;
        if (which == difference_side::is) one.is = place;
    };
    for (std::uint32_t at = 0; at < was.known.size(); ++at) {
        if (was.known[at]) continue;
        add(was, at, difference_side::was);
        const std::uint32_t other = place_of_input(is, made.back().name);
        if (other == diagrams::none || is.known[other] || !was.inputs()[at].type.equivalent_to(is.inputs()[other].type))
            continue;
        made.back().is = other;
        made.back().of = difference_side::both;
    }
    for (std::uint32_t at = 0; at < is.known.size(); ++at) {
        const bool is_shared =
            std::any_of(made.begin(), made.end(), [&](const shared_input& each) { return each.is == at; });
        if (!is.known[at] && !is_shared) add(is, at, difference_side::is);
    }
    for (shared_input& each : made) cut_input(each, was, is);
    return made;
}

POLKU_DECL std::vector<input_difference> input_differences(const compared_side& was, const compared_side& is) {
    std::vector<input_difference> made;
    const auto is_parameter = [](const compared_side& side, const std::string& name) {
        return compiled_pack::of(side.of).find_parameter(name) != nullptr;
    };
    const auto text = [](const dmn::input_info& of, bool with_values) {
        return of.type.to_string() + (with_values && !of.allowed_values.empty() ? " (" + of.allowed_values + ")" : "");
    };
    for (const dmn::input_info& each : was.inputs()) {
        if (is_parameter(was, each.name)) continue;
        const std::uint32_t at = place_of_input(is, each.name);
        if (at == diagrams::none || is_parameter(is, each.name)) {
            made.push_back({each.name, input_difference_kind::removed, text(each, false), {}});
            continue;
        }
        const dmn::input_info& other = is.inputs()[at];
        if (!each.type.equivalent_to(other.type))
            made.push_back({each.name, input_difference_kind::retyped, text(each, false), text(other, false)});
        else if (each.allowed_values != other.allowed_values)
            made.push_back({each.name, input_difference_kind::allowed, text(each, true), text(other, true)});
    }
    for (const dmn::input_info& each : is.inputs()) {
        const bool is_new = place_of_input(was, each.name) == diagrams::none || is_parameter(was, each.name);
        if (is_new && !is_parameter(is, each.name))
            made.push_back({each.name, input_difference_kind::added, {}, text(each, false)});
    }
    return made;
}

// ------------------------------------------------------------------------------------------------------------ classes

POLKU_DECL std::vector<input_atom> classes_between(std::span<const feel::value> values,
                                                   std::span<const feel::value> points) {
    std::vector<input_atom> made;
    const feel::evaluation_context with;
    for (const feel::value& each : values) {
        input_atom one;
        one.representative = each;
        // A computed value may be null: that is a class of its own.
        one.is_point = each.is_null() || std::find(points.begin(), points.end(), each) != points.end();
        for (const feel::value& point : points) {
            if (one.is_point || each.is(feel::kind::string)) break;
            if (feel::less(point, each, with).is_true()) one.low = point;
            if (!one.high && feel::less(each, point, with).is_true()) one.high = point;
        }
        made.push_back(std::move(one));
    }
    return made;
}

POLKU_DECL std::uint32_t class_of(const feel::value& of, std::span<const input_atom> classes) {
    const feel::evaluation_context with;
    for (std::uint32_t at = 0; at < classes.size(); ++at)
        if (classes[at].is_point && of == classes[at].representative) return at;
    for (std::uint32_t at = 0; at < classes.size(); ++at)
        if (!classes[at].is_point && lies_in(of, classes[at], with)) return at;
    return diagrams::none;
}

/// A value as it stands in a unary test.
inline std::string test_literal(const feel::value& of) {
    switch (of.kind()) {
        case feel::kind::date: return "date(\"" + feel::to_string(of) + "\")";
        case feel::kind::months_duration:
        case feel::kind::days_duration: return "duration(\"" + feel::to_string(of) + "\")";
        default: return feel_literal(of);
    }
}

/// Neighbouring classes as one interval.
struct class_run {
    const input_atom* first = nullptr;
    const input_atom* last = nullptr;

    bool takes(const input_atom& next) const {
        if (next.is_point) return !last->is_point && last->high && *last->high == next.representative;
        return last->is_point && next.low && *next.low == last->representative;
    }
    std::string text() const {
        if (first == last && first->is_point) return test_literal(first->representative);
        const bool low_closed = first->is_point;
        const bool high_closed = last->is_point;
        const std::optional<feel::value> low = low_closed ? first->representative : first->low;
        const std::optional<feel::value> high = high_closed ? last->representative : last->high;
        if (!low && !high) return "-";
        if (!low) return std::string(high_closed ? "<= " : "< ") + test_literal(*high);
        if (!high) return std::string(low_closed ? ">= " : "> ") + test_literal(*low);
        return (low_closed ? "[" : "(") + test_literal(*low) + ".." + test_literal(*high) + (high_closed ? "]" : ")");
    }
};

POLKU_DECL std::string test_text(std::span<const input_atom> classes, std::span<const std::uint32_t> some) {
    // The class of all texts that no rule names is told by those that are named.
    for (const std::uint32_t each : some) {
        if (classes[each].is_point || !classes[each].representative.is(feel::kind::string)) continue;
        std::string named;
        for (std::uint32_t at = 0; at < classes.size(); ++at)
            if (std::find(some.begin(), some.end(), at) == some.end())
                named += (named.empty() ? "" : ", ") + test_literal(classes[at].representative);
        return named.empty() ? "-" : "not(" + named + ")";
    }
    std::string made;
    for (std::size_t at = 0; at < some.size();) {
        class_run run{&classes[some[at]], &classes[some[at]]};
        for (++at; at < some.size() && some[at] == some[at - 1] + 1 && run.takes(classes[some[at]]); ++at)
            run.last = &classes[some[at]];
        made += (made.empty() ? "" : ", ") + run.text();
    }
    return made;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
