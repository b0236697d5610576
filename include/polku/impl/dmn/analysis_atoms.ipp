// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_ATOMS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_ATOMS_IPP

#include <polku/dmn/detail/analysis_table.hpp>
#include <polku/feel/lexer.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <string_view>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool index_set::none() const noexcept {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t each) { return each == 0; });
}

POLKU_DECL std::size_t index_set::count() const noexcept {
    std::size_t made = 0;
    for (const std::uint64_t each : words_) made += static_cast<std::size_t>(std::popcount(each));
    return made;
}

POLKU_DECL bool index_set::intersects(const index_set& other) const noexcept {
    for (std::size_t at = 0; at < words_.size(); ++at)
        if ((words_[at] & other.words_[at]) != 0) return true;
    return false;
}

POLKU_DECL bool index_set::intersects(const index_set& other, const index_set& within) const noexcept {
    for (std::size_t at = 0; at < words_.size(); ++at)
        if ((words_[at] & other.words_[at] & within.words_[at]) != 0) return true;
    return false;
}

POLKU_DECL bool index_set::contains(const index_set& other) const noexcept {
    for (std::size_t at = 0; at < words_.size(); ++at)
        if ((other.words_[at] & ~words_[at]) != 0) return false;
    return true;
}

POLKU_DECL index_set& index_set::operator&=(const index_set& other) noexcept {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] &= other.words_[at];
    return *this;
}

POLKU_DECL std::vector<std::uint32_t> index_set::items() const {
    std::vector<std::uint32_t> made;
    for (std::size_t at = 0; at < words_.size(); ++at)
        for (std::uint64_t left = words_[at]; left != 0; left &= left - 1)
            made.push_back(static_cast<std::uint32_t>(at * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    return made;
}

POLKU_DECL std::size_t index_set::hash() const noexcept {
    std::uint64_t made = 0x9E3779B97F4A7C15U;
    for (const std::uint64_t each : words_) {
        made ^= each;
        made *= 0xFF51AFD7ED558CCDU;
        made ^= made >> 32U;
    }
    return static_cast<std::size_t>(made);
}

/// The lanes of a type, all of them for Any; true when values without a lane are possible too.
POLKU_DECL bool lanes_of_type(const feel::type& type, std::array<bool, lane_count>& lanes) {
    const auto put = [&](lane which) {
        lanes[static_cast<std::size_t>(which)] = true;
        return false;
    };
    if (type.is() == feel::type::form::any) lanes.fill(true);
    if (type.is() != feel::type::form::simple) return true;
    switch (type.simple_kind()) {
        case feel::kind::number: return put(lane::number);
        case feel::kind::string: return put(lane::string);
        case feel::kind::boolean: return put(lane::boolean);
        case feel::kind::date: return put(lane::date);
        case feel::kind::months_duration: return put(lane::months_duration);
        case feel::kind::days_duration: return put(lane::days_duration);
        case feel::kind::time: return put(lane::local_time) || put(lane::zoned_time);
        case feel::kind::date_time: return put(lane::local_date_time) || put(lane::zoned_date_time);
        default: return true;
    }
}

/// The tests that values of a type pass, those of the types that it is made of included.
POLKU_DECL void constraints_of(const item_type* type, std::vector<const feel::unary_tests*>& out) {
    for (; type != nullptr && !type->is_collection; type = type->base.get()) {
        if (type->allowed) out.push_back(&type->allowed);
        if (type->constraint) out.push_back(&type->constraint);
    }
}

POLKU_DECL const item_type* member_type(const item_type* of, std::string_view name) {
    for (; of != nullptr; of = of->base.get())
        for (const item_type::member& each : of->members)
            if (each.name == name) return each.is.get();
    return nullptr;
}

/// Entries behind a name, as `.a.b`; false when the text is more than that.
POLKU_DECL bool path_behind(std::string_view text, const feel::type& from, std::vector<std::string>& out) {
    const feel::type* in = &from;
    while (!text.empty()) {
        if (text.front() != '.') return false;
        text.remove_prefix(1);
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        if (in->is() != feel::type::form::context) return false;
        std::string_view best;
        for (const auto& each : in->members())
            if (text.starts_with(each.name) && each.name.size() > best.size()) best = each.name;
        if (best.empty()) return false;
        out.emplace_back(best);
        in = in->find_member(best);
        text.remove_prefix(best.size());
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
    return true;
}

/// Fills the origin when the text is the name of the node or a path into it.
POLKU_DECL bool names_node(const table_study& of, std::uint32_t node, std::string_view text, axis_origin& out) {
    const program_node& source = of.program.nodes[node];
    if (!text.starts_with(source.name)) return false;
    axis_origin made;
    made.node = node;
    if (!path_behind(text.substr(source.name.size()), source.known_type, made.path)) return false;
    made.type = source.type.get();
    for (const std::string& each : made.path) made.type = member_type(made.type, each);
    if (source.is == node_kind::decision) made.is = axis_origin::form::decision;
    if (source.is == node_kind::input) {
        const auto at = std::find(of.node().input_nodes.begin(), of.node().input_nodes.end(), node);
        if (at == of.node().input_nodes.end()) return false;
        made.is = axis_origin::form::input;
        made.input = static_cast<std::uint32_t>(at - of.node().input_nodes.begin());
    }
    if (made.is == axis_origin::form::expression) return false;
    out = std::move(made);
    return true;
}

POLKU_DECL axis_origin origin_of(const table_study& of, const feel::expression& text) {
    axis_origin made;
    const auto used = text.used_slots();
    if (used.size() != 1) return made;
    const std::string folded = feel::detail::fold_name(text.text());
    const std::uint32_t slot = used.front();
    const auto& sources = of.node().sources;
    if (slot < sources.size()) {
        const slot_source& from = sources[slot];
        if (from.members.empty()) {
            names_node(of, from.node, folded, made);
            return made;
        }
        // Behind the name of an import, which stands in front of the first full stop.
        const std::size_t cut = folded.find('.');
        for (const auto& each : from.members)
            if (cut != std::string::npos && names_node(of, each.node, std::string_view(folded).substr(cut + 1), made))
                return made;
        return made;
    }
    if (of.node().is != node_kind::knowledge || !of.node().parameters) return made;
    const auto& declared = of.node().parameters->declared;
    const std::size_t parameter = slot - sources.size();
    if (parameter >= declared.size() || !std::string_view(folded).starts_with(declared[parameter].name)) return made;
    axis_origin found;
    if (!path_behind(std::string_view(folded).substr(declared[parameter].name.size()), declared[parameter].type,
                     found.path))
        return made;
    found.is = axis_origin::form::input;
    found.node = of.place.node;
    found.input = static_cast<std::uint32_t>(parameter);
    found.type = of.node().parameters->types[parameter].get();
    for (const std::string& each : found.path) found.type = member_type(found.type, each);
    return found;
}

/// Groups the columns by what they ask about, and finds out which kinds of values each axis has.
POLKU_DECL void group_columns(table_study& of) {
    std::map<std::string, std::uint32_t> known;
    for (std::uint32_t column = 0; column < of.table().inputs.size(); ++column) {
        const compiled_table::input& from = of.table().inputs[column];
        const feel::type& type = from.type ? from.type->type : from.expression.result_type();
        std::string key = feel::detail::fold_name(from.expression.text()) + '\n' + type.to_string();
        key += '\n' + (from.type ? from.type->name : std::string()) + '\n' + std::string(from.values.text());
        const auto [at, fresh] = known.emplace(key, static_cast<std::uint32_t>(of.axes.size()));
        of.axis_of.push_back(at->second);
        if (fresh) {
            table_axis& made = of.axes.emplace_back();
            made.text = from.expression.text();
            made.from = origin_of(of, from.expression);
            const feel::type& given =
                type.is() == feel::type::form::any && made.from.type ? made.from.type->type : type;
            made.has_other = lanes_of_type(given, made.lanes);
            made.any_kind = given.is() == feel::type::form::any;
        }
        of.axes[at->second].columns.push_back(column);
    }
    // A path into something that is a column of its own: the two are not independent, and no value is made for both.
    for (table_axis& left : of.axes)
        for (const table_axis& right : of.axes)
            if (&left != &right && left.from.is != axis_origin::form::expression && left.from.is == right.from.is &&
                left.from.node == right.from.node && left.from.input == right.from.input &&
                left.from.path.size() <= right.from.path.size() &&
                std::equal(left.from.path.begin(), left.from.path.end(), right.from.path.begin()))
                left.from.is = axis_origin::form::expression;
}

POLKU_DECL column_cells cells_of(const table_study& of, std::uint32_t column) {
    std::map<std::string_view, std::uint32_t> known;
    column_cells made;
    for (std::uint32_t rule = 0; rule < of.table().rules.size(); ++rule) {
        const auto [at, fresh] =
            known.emplace(of.table().cell_text(rule, column), static_cast<std::uint32_t>(made.size()));
        if (fresh) made.emplace_back();
        made[at->second].push_back(rule);
    }
    return made;
}

/// Adds the constants of simple tests; false when one has no axis.
POLKU_DECL bool add_points(table_axis& axis, const std::vector<feel::simple_test>& tests) {
    const auto add = [&](const feel::value& point) {
        if (point.is_null()) return true;
        lane in{};
        if (!lane_of(point, in) || in == lane::zoned_time) return false;
        axis.points[static_cast<std::size_t>(in)].push_back(point);
        axis.named[static_cast<std::size_t>(in)] = true;
        return true;
    };
    bool sound = true;
    for (const feel::simple_test& test : tests) {
        if (test.is == feel::simple_test::op::any) continue;
        if (test.operand.is(feel::kind::range)) {
            const feel::range& bounds = test.operand.as_range();
            const bool low = add(bounds.low);
            sound = add(bounds.high) && low && sound;
        } else {
            sound = add(test.operand) && sound;
        }
    }
    return sound;
}

POLKU_DECL bool names_null(const std::vector<feel::simple_test>& tests) {
    return std::any_of(tests.begin(), tests.end(), [](const feel::simple_test& each) {
        return each.is == feel::simple_test::op::equal && each.operand.is_null();
    });
}

POLKU_DECL axis_constraints collect_points(table_study& of, table_axis& axis) {
    axis_constraints made;
    constraints_of(axis.from.type, made.tests);
    for (const std::uint32_t column : axis.columns) {
        const compiled_table::input& from = of.table().inputs[column];
        constraints_of(from.type.get(), made.tests);
        if (from.values) made.tests.push_back(&from.values);
        for (const std::vector<std::uint32_t>& rules : cells_of(of, column)) {
            const auto tests = of.table().cell(rules.front(), column).simple_tests();
            const bool seen = tests && add_points(axis, *tests);
            if (seen && names_null(*tests)) made.null_in_cells = true;
            for (std::size_t each = 0; !seen && each < rules.size(); ++each)
                of.opaque.push_back({rules[each] + 1, column + 1});
        }
    }
    axis.has_domain = !made.tests.empty();
    for (const feel::unary_tests* each : made.tests) {
        const auto tests = each->simple_tests();
        made.simple.push_back(tests && add_points(axis, *tests));
        if (made.simple.back() && names_null(*tests)) made.null_listed = true;
    }
    return made;
}

POLKU_DECL void sort_points(table_axis& axis, const feel::evaluation_context& with) {
    for (std::size_t each = 0; each < lane_count; ++each) {
        auto& points = axis.points[each];
        if (static_cast<lane>(each) == lane::boolean) points = {feel::value(false), feel::value(true)};
        const auto order = [&](const feel::value& left, const feel::value& right) {
            return lane_order(static_cast<lane>(each), left, right, with);
        };
        std::sort(points.begin(), points.end(),
                  [&](const feel::value& left, const feel::value& right) { return order(left, right) < 0; });
        points.erase(
            std::unique(points.begin(), points.end(),
                        [&](const feel::value& left, const feel::value& right) { return order(left, right) == 0; }),
            points.end());
    }
}

/// An interval between neighbouring points, with a value inside. Days, months and truth values lie on a grid, so that
/// an interval without a value is empty; elsewhere it is not known to be.
POLKU_DECL void add_interval(table_study& of, table_axis& axis, lane in, std::uint32_t low, std::uint32_t high,
                             const feel::evaluation_context& with) {
    const auto& points = axis.points[static_cast<std::size_t>(in)];
    const feel::value* from = low == table_atom::open ? nullptr : &points[low];
    const feel::value* to = high == table_atom::open ? nullptr : &points[high];
    feel::value inside;
    const bool made_one = value_between(in, from, to, inside) && (!from || lane_order(in, *from, inside, with) < 0) &&
                          (!to || lane_order(in, inside, *to, with) < 0);
    if (!made_one) {
        const bool grid = in == lane::boolean || in == lane::date || in == lane::months_duration ||
                          (in == lane::string && from == nullptr);
        if (!grid) of.unsure = true;
        return;
    }
    table_atom made;
    made.is = atom_form::interval;
    made.in = in;
    made.low = low;
    made.high = high;
    made.inside = std::move(inside);
    axis.atoms.push_back(std::move(made));
}

POLKU_DECL void cut_into_atoms(table_study& of, table_axis& axis, const feel::evaluation_context& with) {
    axis.atoms.emplace_back();  // null
    for (std::size_t each = 0; each < lane_count; ++each) {
        const auto count = static_cast<std::uint32_t>(axis.points[each].size());
        if (!axis.lanes[each]) continue;
        const lane in = static_cast<lane>(each);
        for (std::uint32_t at = 0; at <= count; ++at) {
            add_interval(of, axis, in, at == 0 ? table_atom::open : at - 1, at == count ? table_atom::open : at, with);
            if (at == count) break;
            table_atom made;
            made.is = atom_form::point;
            made.in = in;
            made.low = made.high = at;
            made.inside = axis.points[each][at];
            axis.atom_of_point[each].push_back(static_cast<std::uint32_t>(axis.atoms.size()));
            axis.atoms.push_back(std::move(made));
        }
    }
    if (!axis.has_other) return;
    table_atom made;
    made.is = atom_form::other;
    made.known = false;
    axis.atoms.push_back(std::move(made));
}

/// A value as a person would write it, where the atom leaves the choice.
POLKU_DECL void choose_readable_texts(table_axis& axis) {
    const auto& points = axis.points[static_cast<std::size_t>(lane::string)];
    for (table_atom& each : axis.atoms) {
        if (each.is != atom_form::interval || each.in != lane::string) continue;
        for (const char* text : {"other", "a", "x", "zzz"}) {
            const std::string_view tried(text);
            if (each.low != table_atom::open && points[each.low].as_string() >= tried) continue;
            if (each.high != table_atom::open && points[each.high].as_string() <= tried) continue;
            each.inside = feel::value(tried);
            break;
        }
    }
}

/// Says of each atom whether declarations let the column have it, and whether rules are expected for it. Of a column
/// without a type the kinds are expected that its cells name.
POLKU_DECL void mark_domain(const table_study& of, table_axis& axis, const axis_constraints& known,
                            feel::evaluation_context& with) {
    const bool some_named = std::find(axis.named.begin(), axis.named.end(), true) != axis.named.end();
    const auto& expected = axis.any_kind && some_named ? axis.named : axis.lanes;
    for (table_atom& each : axis.atoms) {
        if (each.is == atom_form::null) {
            each.in_domain = known.null_listed || of.options.nulls;
            each.in_play = each.in_domain || known.null_in_cells;
            continue;
        }
        if (each.is == atom_form::other) {
            each.in_domain = each.in_play = !axis.any_kind;
            continue;
        }
        for (std::size_t test = 0; test < known.tests.size(); ++test)
            if (known.simple[test] && !known.tests[test]->accepts(with, {}, each.inside).is_true())
                each.feasible = false;
        each.in_domain = each.in_play = each.feasible && expected[static_cast<std::size_t>(each.in)];
    }
}

/// Which atoms hold a value that the decision behind the axis can yield; that value then stands for the atom.
POLKU_DECL void mark_yielded(const table_study& of, table_axis& axis, const feel::evaluation_context& with) {
    const output_set* known = upstream_of(of, axis);
    if (!known || !known->known) return;
    axis.is_listed = true;
    for (table_atom& each : axis.atoms) {
        if (each.is == atom_form::null) continue;
        each.yielded = false;
        for (const output_set::one& possible : known->values) {
            lane in{};
            if (!lane_of(possible.value, in)) {
                if (each.is == atom_form::other && !possible.value.is_null()) each.yielded = true;
                continue;
            }
            if (each.is == atom_form::other || in != each.in) continue;
            const auto& points = axis.points[static_cast<std::size_t>(in)];
            const bool above =
                each.low == table_atom::open || lane_order(in, points[each.low], possible.value, with) < 0;
            const bool below =
                each.high == table_atom::open || lane_order(in, possible.value, points[each.high], with) < 0;
            const bool same =
                each.is == atom_form::point && lane_order(in, points[each.low], possible.value, with) == 0;
            if (!same && (each.is == atom_form::point || !above || !below)) continue;
            each.yielded = true;
            each.yields.push_back(possible.value);
            if (!same) each.inside = possible.value;
        }
        each.in_domain = each.in_domain && each.yielded;
        each.in_play = each.in_play && each.yielded;
    }
}

POLKU_DECL void make_atoms(table_study& of, table_axis& axis, const axis_constraints& known,
                           feel::evaluation_context& with) {
    sort_points(axis, with);
    cut_into_atoms(of, axis, with);
    choose_readable_texts(axis);
    mark_domain(of, axis, known, with);
    mark_yielded(of, axis, with);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
