// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ANALYSIS_WITNESS_IPP
#define POLKU_IMPL_DMN_ANALYSIS_WITNESS_IPP

#include <polku/dmn/detail/analysis_table.hpp>
#include <polku/feel/lexer.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL feel::value value_in(const table_axis& axis, std::uint32_t of_class) {
    const table_atom* best = nullptr;
    for (const std::uint32_t each : axis.classes[of_class].atoms) {
        const table_atom& atom = axis.atoms[each];
        if (!atom.known) continue;
        const bool better = !best || (best->is == atom_form::null && atom.is != atom_form::null) ||
                            (best->is != atom_form::point && atom.is == atom_form::point);
        if (better) best = &atom;
    }
    return best ? best->inside : feel::value();
}

POLKU_DECL std::vector<feel::value> values_at(const table_study& of, const chosen_classes& classes) {
    std::vector<feel::value> made;
    for (const std::uint32_t axis : of.axis_of) made.push_back(value_in(of.axes[axis], classes[axis]));
    return made;
}

/// The context that has the value at the end of a path, beside what stands there already.
POLKU_DECL feel::value with_entry(const feel::value& around, std::span<const std::string> path, feel::value of) {
    if (path.empty()) return of;
    feel::context made = around.is(feel::kind::context) ? around.as_context() : feel::context();
    const feel::value* inner = made.find(path.front());
    feel::value entry = with_entry(inner ? *inner : feel::value(), path.subspan(1), std::move(of));
    made.set(path.front(), std::move(entry));
    return feel::value(std::move(made));
}

/// One search for inputs: what is fixed, and what may be tried for the rest.
struct input_search {
    table_study& of;
    std::vector<feel::value> fixed;
    std::vector<std::vector<feel::value>> tried;  ///< for each input; empty where fixed
    bool exact = true;                            ///< the fixed inputs alone put every column where it should be
};

/// Columns that are names or paths of inputs fix those.
POLKU_DECL void fix_inputs(input_search& in, const chosen_classes& classes) {
    const std::size_t count = in.of.node().inputs.size();
    in.fixed.assign(count, feel::value(feel::null_reason::unknown_input));
    in.tried.resize(count);
    std::vector<bool> is_fixed(count, false);
    for (std::size_t at = 0; at < in.of.axes.size(); ++at) {
        const table_axis& axis = in.of.axes[at];
        if (axis.from.is != axis_origin::form::input) {
            in.exact = in.exact && !axis.relevant;
            continue;
        }
        feel::value& into = in.fixed[axis.from.input];
        into = with_entry(into, axis.from.path, value_in(axis, classes[at]));
        is_fixed[axis.from.input] = true;
    }
    for (std::size_t at = 0; at < count; ++at)
        if (!is_fixed[at]) in.tried[at].push_back(in.fixed[at]);
}

POLKU_DECL void add_tried(std::vector<feel::value>& into, const feel::value& of) {
    constexpr std::size_t most = 24;
    if (into.size() < most && std::find(into.begin(), into.end(), of) == into.end()) into.push_back(of);
}

/// Values that some table of the program tells apart in an input, each once.
POLKU_DECL void try_known_values(input_search& in, std::size_t input) {
    const program_node& node = in.of.node();
    std::vector<std::pair<std::vector<std::string>, std::vector<feel::value>>> entries;
    for (const auto& study : in.of.all) {
        if (!study) continue;
        for (const table_axis& axis : study->axes) {
            if (axis.from.is != axis_origin::form::input) continue;
            const bool same = node.is == node_kind::knowledge ? study.get() == &in.of && axis.from.input == input
                                                              : axis.from.node == node.input_nodes[input];
            if (!same) continue;
            auto& list = entries.emplace_back(axis.from.path, std::vector<feel::value>()).second;
            for (std::uint32_t each = 0; each < axis.classes.size(); ++each) add_tried(list, value_in(axis, each));
        }
    }
    std::size_t longest = 0;
    for (const auto& [path, list] : entries) longest = std::max(longest, list.size());
    for (const auto& [path, list] : entries)
        for (std::size_t each = 0; path.empty() && each < list.size(); ++each) add_tried(in.tried[input], list[each]);
    for (std::size_t turn = 0; turn < longest; ++turn) {
        feel::value made;
        for (const auto& [path, list] : entries)
            if (!path.empty() && !list.empty()) made = with_entry(made, path, list[turn % list.size()]);
        if (!made.is_null()) add_tried(in.tried[input], made);
    }
}

/// For an expression over one input: the input that gives the wanted number, if the expression is linear in it. Whether
/// it is shows when the result is evaluated; nothing rests on this guess.
POLKU_DECL void try_linear_solution(input_search& in, const table_axis& axis, const feel::value& wanted,
                                    feel::evaluation_context& with) {
    const feel::expression& text = in.of.table().inputs[axis.columns.front()].expression;
    if (!wanted.is(feel::kind::number) || text.used_slots().size() != 1) return;
    const std::uint32_t slot = text.used_slots().front();
    const auto& sources = in.of.node().sources;
    std::size_t input = slot - std::min<std::size_t>(slot, sources.size());
    if (slot < sources.size()) {
        const auto& nodes = in.of.node().input_nodes;
        const auto at = std::find(nodes.begin(), nodes.end(), sources[slot].node);
        if (!sources[slot].members.empty() || at == nodes.end()) return;
        input = static_cast<std::size_t>(at - nodes.begin());
    } else if (in.of.node().is != node_kind::knowledge) {
        return;
    }
    if (input >= in.tried.size() || in.tried[input].empty()) return;
    std::vector<feel::value> slots(slot + 1);
    const auto at = [&](int argument) {
        slots[slot] = feel::value(argument);
        return text.evaluate(with, slots);
    };
    const feel::value base = at(0);
    const feel::value slope = feel::subtract(at(1), base, with);
    const feel::value made = feel::divide(feel::subtract(wanted, base, with), slope, with);
    if (made.is(feel::kind::number)) in.tried[input].insert(in.tried[input].begin(), made);
}

/// Looks for the table in the trace of one evaluation and asks the test.
POLKU_DECL std::optional<replay_result> replay_once(table_study& of, const program& in,
                                                    const std::vector<feel::value>& inputs, const replay_test& test,
                                                    feel::evaluation_context& with) {
    if (++of.replays > 10 * of.options.max_replays) return std::nullopt;
    trace steps;
    if (!try_evaluate_slots(in, {of.place.node}, inputs, with, &steps)) return std::nullopt;
    for (const trace_step& step : steps.steps) {
        for (const table_trace& table : step.tables) {
            if (table.id != of.table().id || table.owner != of.table().owner ||
                table.inputs.size() != of.axis_of.size() || !test.shown_by(table))
                continue;
            replay_result made;
            for (std::size_t at = 0; at < inputs.size(); ++at)
                if (!inputs[at].is_null() || inputs[at].reason() != feel::null_reason::unknown_input)
                    made.input.set(of.node().inputs[at].name, inputs[at]);
            for (const auto& [text, value] : table.inputs) made.at.push_back(value);
            return made;
        }
    }
    return std::nullopt;
}

/// All combinations of what is tried, or, when there are too many, some of them by a fixed sequence.
POLKU_DECL std::optional<replay_result> search_inputs(const input_search& in, const program& program,
                                                      const replay_test& test, feel::evaluation_context& with) {
    std::uint64_t all = 1;
    for (const auto& each : in.tried)
        if (!each.empty() && all <= in.of.options.max_replays) all *= each.size();
    const bool every = all <= in.of.options.max_replays;
    const std::uint64_t turns = every ? all : in.of.options.max_replays;
    std::uint64_t state = 0x2545F4914F6CDD1DU;
    for (std::uint64_t turn = 0; turn < turns; ++turn) {
        std::vector<feel::value> inputs = in.fixed;
        std::uint64_t rest = turn;
        for (std::size_t at = 0; at < inputs.size(); ++at) {
            if (in.tried[at].empty()) continue;
            if (!every) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                rest = state >> 33U;
            }
            inputs[at] = in.tried[at][rest % in.tried[at].size()];
            if (every) rest /= in.tried[at].size();
        }
        if (auto shown = replay_once(in.of, program, inputs, test, with)) return shown;
    }
    return std::nullopt;
}

/// For cells that could not be seen through: every input is tried with the values of all columns, since such a cell may
/// compare one input with another.
POLKU_DECL void try_values_of_all_columns(input_search& in) {
    for (const table_axis& from : in.of.axes) {
        if (from.from.is != axis_origin::form::input || !from.from.path.empty()) continue;
        auto& into = in.tried[from.from.input];
        add_tried(into, in.fixed[from.from.input]);
        for (const table_axis& axis : in.of.axes)
            for (std::uint32_t each = 0; each < axis.classes.size(); ++each) {
                lane of_value{};
                feel::value value = value_in(axis, each);
                if (lane_of(value, of_value) && from.lanes[static_cast<std::size_t>(of_value)]) add_tried(into, value);
            }
    }
}

POLKU_DECL std::optional<replay_result> replay(table_study& of, const chosen_classes& classes,
                                               const replay_test& test) {
    const program evaluated = program_data::wrap(of.program.shared_from_this());
    feel::evaluation_context with;
    input_search in{of, {}, {}, true};
    fix_inputs(in, classes);
    if (in.exact || of.node().inputs.empty()) {
        auto shown = replay_once(of, evaluated, in.fixed, test, with);
        if (shown || of.opaque.empty()) return shown;
    }
    if (!of.opaque.empty()) try_values_of_all_columns(in);
    for (std::size_t input = 0; input < in.tried.size(); ++input)
        if (!in.tried[input].empty()) try_known_values(in, input);
    for (std::size_t at = 0; at < of.axes.size(); ++at)
        if (of.axes[at].from.is == axis_origin::form::expression)
            try_linear_solution(in, of.axes[at], value_in(of.axes[at], classes[at]), with);
    return search_inputs(in, evaluated, test, with);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
