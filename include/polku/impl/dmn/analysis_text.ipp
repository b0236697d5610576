// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_TEXT_IPP
#define POLKU_IMPL_DMN_ANALYSIS_TEXT_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// FEEL text that makes the value.
POLKU_DECL std::string literal_of(const feel::value& of) {
    if (of.is_null()) return "null";
    std::string text = feel::to_string(of);
    switch (of.kind()) {
        case feel::kind::string: {
            std::string made = "\"";
            for (const char each : text) {
                if (each == '"' || each == '\\') made += '\\';
                made += each;
            }
            return made + '"';
        }
        case feel::kind::date: return "date(\"" + text + "\")";
        case feel::kind::time: return "time(\"" + text + "\")";
        case feel::kind::date_time: return "date and time(\"" + text + "\")";
        case feel::kind::months_duration:
        case feel::kind::days_duration: return "duration(\"" + text + "\")";
        default: return text;
    }
}

/// Atoms from `first` to `last`, neighbours in one lane, as a FEEL test.
POLKU_DECL std::string run_text(const table_axis& axis, const table_atom& first, const table_atom& last) {
    const auto& points = axis.points[static_cast<std::size_t>(first.in)];
    if (&first == &last && first.is == atom_form::point) return literal_of(first.inside);
    const bool closed_low = first.is == atom_form::point;
    const bool closed_high = last.is == atom_form::point;
    if (first.low == table_atom::open && last.high == table_atom::open)
        return "any " + std::string(feel::name_of(first.inside.kind()));
    if (first.low == table_atom::open) return (closed_high ? "<= " : "< ") + literal_of(points[last.high]);
    if (last.high == table_atom::open) return (closed_low ? ">= " : "> ") + literal_of(points[first.low]);
    return (closed_low ? "[" : "(") + literal_of(points[first.low]) + ".." + literal_of(points[last.high]) +
           (closed_high ? "]" : ")");
}

/// The texts of a set that has all but some named ones, as `not("a", "b")`; empty for any other set of texts.
POLKU_DECL std::string other_texts(const table_axis& axis, std::span<const std::uint32_t> atoms) {
    std::string named;
    std::size_t next = 0;
    for (std::uint32_t at = 0; at < axis.atoms.size(); ++at) {
        const table_atom& each = axis.atoms[at];
        const bool inside = next < atoms.size() && atoms[next] == at;
        if (inside) ++next;
        const bool is_text = each.in == lane::string && each.is != atom_form::null && each.is != atom_form::other;
        if (inside != is_text && (inside || each.is != atom_form::point)) return {};
        if (is_text && !inside) named += (named.empty() ? "" : ", ") + literal_of(each.inside);
    }
    return named.empty() ? std::string() : "not(" + named + ")";
}

/// What a decision yields in some atoms; those in which it yields nothing as a run would have them.
POLKU_DECL std::string listed_text(const table_axis& axis, std::span<const std::uint32_t> atoms) {
    std::string made;
    for (const std::uint32_t each : atoms) {
        const table_atom& atom = axis.atoms[each];
        const auto add = [&](const std::string& text) { made += (made.empty() ? "" : ", ") + text; };
        if (atom.is == atom_form::null) add("null");
        for (const feel::value& value : atom.yields) add(literal_of(value));
        if (atom.yields.empty() && atom.is != atom_form::null)
            add(atom.is == atom_form::other ? "any list or context" : run_text(axis, atom, atom));
    }
    return made;
}

/// The atoms of some classes as FEEL tests; `-` when the column is expected to have no other values.
POLKU_DECL std::string class_text(const table_axis& axis, std::span<const std::uint32_t> classes) {
    std::vector<std::uint32_t> atoms;
    for (const std::uint32_t each : classes)
        atoms.insert(atoms.end(), axis.classes[each].atoms.begin(), axis.classes[each].atoms.end());
    std::sort(atoms.begin(), atoms.end());
    bool all = true;
    for (std::uint32_t at = 0; at < axis.atoms.size(); ++at)
        all = all && (!axis.atoms[at].in_domain || std::binary_search(atoms.begin(), atoms.end(), at));
    if (all) return "-";
    if (axis.is_listed) return listed_text(axis, atoms);
    if (std::string others = other_texts(axis, atoms); !others.empty()) return others;
    std::string made;
    for (std::size_t at = 0; at < atoms.size(); ++at) {
        const table_atom& first = axis.atoms[atoms[at]];
        std::size_t last = at;
        while (first.is != atom_form::null && last + 1 < atoms.size() && atoms[last + 1] == atoms[last] + 1 &&
               axis.atoms[atoms[last + 1]].in == first.in && axis.atoms[atoms[last + 1]].is != atom_form::other)
            ++last;
        made += made.empty() ? "" : ", ";
        made += first.is == atom_form::null    ? "null"
                : first.is == atom_form::other ? "any list or context"
                                               : run_text(axis, first, axis.atoms[atoms[last]]);
        at = last;
    }
    return made;
}

POLKU_DECL std::string values_text(const table_study& of, std::span<const feel::value> by_column) {
    std::string made;
    for (const table_axis& axis : of.axes)
        made += (made.empty() ? "" : ", ") + axis.text + " = " + literal_of(by_column[axis.columns.front()]);
    return made;
}

POLKU_DECL std::string rules_text(std::span<const std::uint32_t> from_zero) {
    constexpr std::size_t most = 12;
    std::string made = from_zero.size() == 1 ? "rule " : "rules ";
    for (std::size_t at = 0; at < from_zero.size() && at < most; ++at)
        made += (at == 0 ? "" : at + 1 == from_zero.size() ? " and " : ", ") + std::to_string(from_zero[at] + 1);
    if (from_zero.size() > most) made += " and " + std::to_string(from_zero.size() - most) + " more";
    return made;
}

POLKU_DECL position named_place(const table_study& of, place at, std::string pointer) {
    if (!of.written && of.node().at.line != 0) at = of.place.at;
    return {.source = of.source,
            .element = of.node().name,
            .pointer = std::move(pointer),
            .line = at.line,
            .column = at.column};
}

POLKU_DECL position place_of_table(const table_study& of) { return named_place(of, of.place.at, {}); }

POLKU_DECL position place_of_rule(const table_study& of, std::uint32_t rule) {
    return named_place(of, of.written ? of.written->rules[rule].at : place(), "rule " + std::to_string(rule + 1));
}

POLKU_DECL position place_of_cell(const table_study& of, std::uint32_t rule, std::uint32_t column) {
    return named_place(of, of.written ? of.written->rules[rule].inputs[column].text.at : place(),
                       "rule " + std::to_string(rule + 1) + ", input " + std::to_string(column + 1));
}

POLKU_DECL position place_of_output(const table_study& of, std::uint32_t rule, std::uint32_t column) {
    return named_place(of, of.written ? of.written->rules[rule].outputs[column].text.at : place(),
                       "rule " + std::to_string(rule + 1) + ", output " + std::to_string(column + 1));
}

POLKU_DECL position place_of_column(const table_study& of, std::uint32_t column) {
    return named_place(of, of.written ? of.written->inputs[column].expression.at : place(),
                       "input " + std::to_string(column + 1));
}

POLKU_DECL finding finding_about(const table_study& of, finding_kind is, severity how, verdict says,
                                 const std::vector<std::uint32_t>& rules) {
    finding made;
    made.is = is;
    made.severity = how;
    made.says = says;
    made.decision = of.decision;
    made.table = of.table().id;
    for (const std::uint32_t each : rules) {
        made.rules.push_back(each + 1);
        made.rule_ids.emplace_back(of.table().rules.id(each));
    }
    for (std::size_t each = rules.size(); each-- > 0;) made.positions.push_back(place_of_rule(of, rules[each]));
    if (rules.empty()) made.positions.push_back(place_of_table(of));
    constexpr std::size_t most_positions = 8;
    if (made.positions.size() > most_positions) made.positions.resize(most_positions);
    return made;
}

POLKU_DECL void set_witness(finding& of, const table_study& in, std::span<const feel::value> by_column) {
    of.at.clear();
    for (std::size_t column = 0; column < by_column.size(); ++column)
        of.at.emplace_back(std::string(in.table().inputs[column].expression.text()), by_column[column]);
}

POLKU_DECL void set_witness(finding& of, const table_study& in, const replay_result& shown) {
    set_witness(of, in, shown.at);
    of.input = shown.input;
}

POLKU_DECL void report(table_study& of, finding what) {
    if (what.severity == severity::note && !of.options.advice) return;
    if (!of.wants(what.is)) return;
    of.found_of[static_cast<std::size_t>(what.is)] += 1;
    of.found.push_back(std::move(what));
}

POLKU_DECL std::string_view severity_word(severity of) noexcept {
    return of == severity::error ? "error" : of == severity::warning ? "warning" : "note";
}

}  // namespace detail

POLKU_DECL std::string_view name_of(finding_kind of) noexcept {
    constexpr std::string_view names[] = {"gap",
                                          "overlap",
                                          "never_matches",
                                          "masked",
                                          "unreachable_upstream",
                                          "outside_domain",
                                          "constant_column",
                                          "duplicate_rule",
                                          "subsumed_rule",
                                          "joinable_rules",
                                          "misleading_first",
                                          "hit_policy_advice",
                                          "wrong_kind",
                                          "output_refused"};
    return names[static_cast<std::size_t>(of)];
}

POLKU_DECL std::string_view name_of(verdict of) noexcept {
    return of == verdict::proved ? "proved" : of == verdict::counterexample ? "counterexample" : "unknown";
}

POLKU_DECL std::string to_string(const finding& of) {
    std::string made;
    const position& at = of.positions.front();
    if (!at.source.empty()) made += at.source + ":";
    if (at.line != 0) made += std::to_string(at.line) + ":" + std::to_string(at.column) + ":";
    made += (made.empty() ? "" : " ") + std::string(detail::severity_word(of.severity)) + ": " + at.element;
    if (!at.pointer.empty()) made += ", " + at.pointer;
    made += ": " + of.message + " [" + std::string(name_of(of.is)) + (of.says == verdict::unknown ? ", unknown]" : "]");
    if (!of.region.empty()) {
        made += "\n  where";
        for (std::size_t each = 0; each < of.region.size(); ++each)
            made += (each == 0 ? " " : "; ") + of.region[each].first + ": " + of.region[each].second;
    }
    for (std::size_t each = 0; each < of.opaque.size(); ++each)
        made += (each == 0 ? "\n  not seen through: rule " : "; rule ") + std::to_string(of.opaque[each].rule) +
                ", input " + std::to_string(of.opaque[each].column);
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
