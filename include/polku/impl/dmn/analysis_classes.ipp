// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_CLASSES_IPP
#define POLKU_IMPL_DMN_ANALYSIS_CLASSES_IPP

#include <polku/dmn/detail/analysis_table.hpp>

#include <algorithm>
#include <unordered_map>

namespace polku::inline POLKU_V::dmn::detail {

/// Marks the atoms at which the answer of a cell with these tests can change.
POLKU_DECL void mark_own_atoms(const table_axis& axis, const std::vector<feel::simple_test>& tests,
                               const feel::evaluation_context& with, std::vector<bool>& own) {
    const auto mark = [&](const feel::value& point) {
        lane in{};
        if (!lane_of(point, in) || !axis.lanes[static_cast<std::size_t>(in)]) return;
        const auto& points = axis.points[static_cast<std::size_t>(in)];
        const auto at = std::partition_point(points.begin(), points.end(), [&](const feel::value& each) {
            return lane_order(in, each, point, with) < 0;
        });
        if (at != points.end())
            own[axis.atom_of_point[static_cast<std::size_t>(in)][static_cast<std::size_t>(at - points.begin())]] = true;
    };
    for (const feel::simple_test& test : tests) {
        if (test.operand.is(feel::kind::range)) {
            mark(test.operand.as_range().low);
            mark(test.operand.as_range().high);
        } else {
            mark(test.operand);
        }
    }
}

/// The atoms that a simple cell accepts: the cell itself is run, once for each of its own atoms and once for each run
/// of atoms between them.
POLKU_DECL std::vector<bool> accepted_atoms(table_study& of, const table_axis& axis, const feel::unary_tests& cell,
                                            feel::evaluation_context& with) {
    std::vector<bool> made(axis.atoms.size(), cell.is_any());
    if (cell.is_any()) return made;
    std::vector<bool> own(axis.atoms.size(), false);
    mark_own_atoms(axis, *cell.simple_tests(), with, own);
    bool answer = false;
    for (std::size_t at = 0; at < axis.atoms.size(); ++at) {
        const table_atom& atom = axis.atoms[at];
        if (!atom.known) continue;
        const table_atom* before = at == 0 ? nullptr : &axis.atoms[at - 1];
        const bool continues = before && before->is != atom_form::null && before->in == atom.in && !own[at] &&
                               !own[at - 1] && atom.in != lane::boolean;
        if (!continues) {
            answer = cell.accepts(with, {}, atom.inside).is_true();
            of.spend(1);
        }
        made[at] = answer;
    }
    return made;
}

/// The rules that accept each atom of an axis, by all cells of all its columns.
struct atom_masks {
    std::vector<index_set> must;
    std::vector<index_set> may;
};

POLKU_DECL void apply_column(table_study& of, const table_axis& axis, std::uint32_t column, atom_masks& into,
                             feel::evaluation_context& with) {
    for (const std::vector<std::uint32_t>& rules : cells_of(of, column)) {
        const feel::unary_tests cell = of.table().cell(rules.front(), column);
        if (cell.is_any()) continue;
        const bool opaque =
            std::binary_search(of.opaque.begin(), of.opaque.end(), cell_place{rules.front() + 1, column + 1},
                               [](const cell_place& left, const cell_place& right) {
                                   return std::pair(left.rule, left.column) < std::pair(right.rule, right.column);
                               });
        const std::vector<bool> accepted =
            opaque ? std::vector<bool>(axis.atoms.size(), true) : accepted_atoms(of, axis, cell, with);
        for (std::size_t at = 0; at < axis.atoms.size(); ++at) {
            const bool sure = !opaque && axis.atoms[at].known;
            if (sure && accepted[at]) continue;
            for (const std::uint32_t rule : rules) {
                into.must[at].reset(rule);
                if (sure) into.may[at].reset(rule);
            }
            of.spend(1 + rules.size() / 16);
        }
        if (of.out_of_work) return;
    }
}

/// Joins the atoms of an axis that neither rules nor declarations tell apart.
POLKU_DECL void join_atoms(const table_study& of, table_axis& axis, atom_masks& masks) {
    std::unordered_map<std::size_t, std::vector<std::uint32_t>> by_hash;
    for (std::uint32_t at = 0; at < axis.atoms.size(); ++at) {
        const table_atom& atom = axis.atoms[at];
        if (!atom.feasible) continue;
        auto& bucket = by_hash[masks.must[at].hash() * 31 + masks.may[at].hash()];
        const auto same = std::find_if(bucket.begin(), bucket.end(), [&](std::uint32_t each) {
            const atom_class& known = axis.classes[each];
            return known.must == masks.must[at] && known.may == masks.may[at] && known.yielded == atom.yielded &&
                   known.in_domain == atom.in_domain && known.in_play == atom.in_play;
        });
        if (same != bucket.end()) {
            axis.classes[*same].atoms.push_back(at);
            continue;
        }
        bucket.push_back(static_cast<std::uint32_t>(axis.classes.size()));
        atom_class made;
        made.atoms = {at};
        made.must = std::move(masks.must[at]);
        made.may = std::move(masks.may[at]);
        made.yielded = atom.yielded;
        made.in_domain = atom.in_domain;
        made.in_play = atom.in_play;
        axis.classes.push_back(std::move(made));
    }
    axis.may_of.assign(of.table().rules.size(), index_set(axis.classes.size()));
    axis.must_of = axis.may_of;
    axis.yielded = axis.in_play = index_set(axis.classes.size());
    axis.relevant = false;
    for (std::uint32_t each = 0; each < axis.classes.size(); ++each) {
        if (axis.classes[each].yielded) axis.yielded.set(each);
        if (axis.classes[each].in_play) axis.in_play.set(each);
        if (axis.classes[each].must != axis.classes[0].must || axis.classes[each].may != axis.classes[0].may ||
            axis.classes[each].must != axis.classes[each].may)
            axis.relevant = true;
        for (const std::uint32_t rule : axis.classes[each].may.items()) axis.may_of[rule].set(each);
        for (const std::uint32_t rule : axis.classes[each].must.items()) axis.must_of[rule].set(each);
    }
}

POLKU_DECL bool build_axes(table_study& of, feel::evaluation_context& with) {
    const std::size_t rules = of.table().rules.size();
    group_columns(of);
    std::vector<axis_constraints> known;
    for (table_axis& axis : of.axes) known.push_back(collect_points(of, axis));
    std::sort(of.opaque.begin(), of.opaque.end(), [](const cell_place& left, const cell_place& right) {
        return std::pair(left.rule, left.column) < std::pair(right.rule, right.column);
    });
    of.has_opaque = index_set(rules);
    for (const cell_place& each : of.opaque) of.has_opaque.set(each.rule - 1);
    for (std::size_t at = 0; at < of.axes.size(); ++at) {
        table_axis& axis = of.axes[at];
        make_atoms(of, axis, known[at], with);
        if (!of.spend(axis.atoms.size() * (rules / 64 + 1) * 2)) return false;
        atom_masks masks;
        masks.must.assign(axis.atoms.size(), index_set(rules, true));
        masks.may = masks.must;
        for (const std::uint32_t column : axis.columns) {
            apply_column(of, axis, column, masks, with);
            if (of.out_of_work) return false;
        }
        join_atoms(of, axis, masks);
        if (!of.spend(axis.classes.size() * (rules / 64 + 1) * 2)) return false;
    }
    return true;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
