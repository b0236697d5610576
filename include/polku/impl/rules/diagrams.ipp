// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DIAGRAMS_IPP
#define POLKU_IMPL_RULES_DIAGRAMS_IPP

#include <polku/impl/rules/detail/diagrams.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

inline constexpr std::size_t remembered_choices = std::size_t{1} << 13U;

inline std::uint64_t diagram_mix(std::uint64_t seed, std::uint64_t part) noexcept {
    seed = (seed ^ part) * 0x9E3779B97F4A7C15ULL;
    return seed ^ (seed >> 29U);
}

POLKU_DECL diagrams::diagrams(std::size_t max_nodes) : max_nodes_(max_nodes) {
    terminals_.push_back({feel::value(false), none});
    terminals_.push_back({feel::value(true), none});
    terminals_.push_back({feel::value(), none});
    for (diagram mark = a_list; mark <= absent; ++mark) terminals_.push_back({});
    forget_nodes();
}

POLKU_DECL void diagrams::forget_nodes() {
    atoms_.clear();
    walked_.clear();
    nodes_.clear();
    children_.clear();
    table_.assign(std::max(table_.size(), std::size_t{1} << 14U), none);
    choices_.assign(remembered_choices, {});
}

POLKU_DECL diagram diagrams::constant(const feel::value& of) {
    if (of.is_null()) return null;
    if (of.is(feel::kind::boolean)) return of.is_true() ? truth : falsehood;
    std::vector<diagram>& same = constants_[static_cast<std::size_t>(of.kind())];
    for (const diagram each : same)
        if (terminals_[each].constant == of) return each;
    const auto made = static_cast<diagram>(terminals_.size());
    terminals_.push_back({of, none});
    same.push_back(made);
    return made;
}

POLKU_DECL diagram diagrams::opaque(std::uint32_t term) {
    const auto [at, fresh] = terms_.try_emplace(term, static_cast<diagram>(terminals_.size()));
    if (fresh) terminals_.push_back({{}, term});
    return at->second;
}

POLKU_DECL std::uint32_t diagrams::add_variable(std::uint32_t atoms) {
    atoms_.push_back(atoms);
    walked_.push_back(0);
    return static_cast<std::uint32_t>(atoms_.size() - 1);
}

POLKU_DECL bool diagrams::refine(std::uint32_t variable, std::span<const std::uint32_t> was) {
    if (walked_[variable] != 0) return false;
    for (inner& node : nodes_) {
        if (node.variable != variable) continue;
        const std::uint32_t before = node.first;
        node.first = static_cast<std::uint32_t>(children_.size());
        for (const std::uint32_t each : was) {
            const diagram same = children_[before + each];
            children_.push_back(same);
        }
    }
    atoms_[variable] = static_cast<std::uint32_t>(was.size());
    if (std::is_sorted(was.begin(), was.end())) return true;
    for (inner& node : nodes_)
        if (node.variable == variable) node.hash = hash_of(variable, {children_.data() + node.first, atoms_[variable]});
    fill_table(table_.size());
    return true;
}

POLKU_DECL std::uint32_t diagrams::hash_of(std::uint32_t variable, std::span<const diagram> children) noexcept {
    // Equal children side by side count as one: so a node stays in its place when an atom is cut (`refine`).
    std::uint64_t hash = variable;
    diagram last = none;
    for (const diagram each : children) {
        if (each != last) hash = (hash ^ each) * 0x9E3779B97F4A7C15ULL;
        last = each;
    }
    return static_cast<std::uint32_t>(hash >> 32U);
}

POLKU_DECL void diagrams::fill_table(std::size_t size) {
    table_.assign(size, none);
    const std::size_t mask = size - 1;
    for (std::size_t each = 0; each < nodes_.size(); ++each) {
        std::size_t at = nodes_[each].hash & mask;
        while (table_[at] != none) at = (at + 1) & mask;
        table_[at] = first_inner + static_cast<diagram>(each);
    }
}

POLKU_DECL diagram diagrams::ordered_branch(std::uint32_t variable, std::span<const diagram> children) {
    std::size_t same = 1;
    while (same < children.size() && children[same] == children[0]) ++same;
    if (same == children.size()) return children[0];
    const std::uint32_t hash = hash_of(variable, children);
    const std::size_t mask = table_.size() - 1;
    std::size_t at = hash & mask;
    for (; table_[at] != none; at = (at + 1) & mask) {
        const inner& node = nodes_[table_[at] - first_inner];
        if (node.hash == hash && node.variable == variable && has_children(node, children)) return table_[at];
    }
    if (nodes_.size() >= max_nodes_) {
        exhausted_ = true;
        return null;
    }
    const auto made = first_inner + static_cast<diagram>(nodes_.size());
    table_[at] = made;
    bool is_truth = true;
    const auto first = static_cast<std::uint32_t>(children_.size());
    for (const diagram each : children) {
        is_truth = is_truth && is_truth_valued(each);
        children_.push_back(each);
    }
    nodes_.push_back({variable, first, hash, is_truth});
    if (nodes_.size() * 2 > table_.size()) fill_table(table_.size() * 2);
    return made;
}

POLKU_DECL diagram diagrams::branch(std::uint32_t variable, std::span<const diagram> children) {
    if (exhausted_) return null;
    const bool ordered =
        std::all_of(children.begin(), children.end(), [&](diagram each) { return variable < this->variable(each); });
    if (ordered) return ordered_branch(variable, children);
    // A child branches on an earlier variable: choose among the children atom by atom.
    diagram made = children.back();
    std::vector<diagram> is(children.size(), falsehood);
    for (std::size_t atom = children.size() - 1; atom-- > 0;) {
        is[atom] = truth;
        made = choice(ordered_branch(variable, is), children[atom], made);
        is[atom] = falsehood;
    }
    return made;
}

POLKU_DECL diagram diagrams::choice_from(diagram condition, diagram then, diagram otherwise) {
    if (then == condition) then = truth;
    if (is_truth_valued(condition)) {
        if (otherwise == condition) otherwise = falsehood;
        if (then == truth && otherwise == falsehood) return condition;
    }
    const std::uint64_t hash = diagram_mix(diagram_mix(diagram_mix(0, condition), then), otherwise);
    const std::size_t place = static_cast<std::size_t>(hash >> 9U) & (remembered_choices - 1);
    const remembered& known = choices_[place];
    if (known.condition == condition && known.then == then && known.otherwise == otherwise) return known.made;
    const std::uint32_t top = std::min({variable(condition), variable(then), variable(otherwise)});
    const branches where(*this, condition, top);
    const branches left(*this, then, top);
    const branches right(*this, otherwise, top);
    child_list parts(atoms_[top]);
    for (std::uint32_t atom = 0; atom < parts.size(); ++atom)
        parts[atom] = choice(where.at(*this, atom), left.at(*this, atom), right.at(*this, atom));
    const diagram made = exhausted_ ? null : ordered_branch(top, parts.all());
    choices_[place] = {condition, then, otherwise, made};
    return made;
}

POLKU_DECL diagram diagrams::restricted(diagram of, std::uint32_t variable, std::uint32_t atom) {
    if (this->variable(of) > variable) return of;
    const memo_use<node_memo> known(node_memos_, nodes_.size());
    return restricted_from(of, variable, atom, *known.is);
}

POLKU_DECL diagram diagrams::restricted_from(diagram of, std::uint32_t variable, std::uint32_t atom, node_memo& known) {
    const std::uint32_t top = this->variable(of);
    if (top > variable) return of;
    if (top == variable) return child(of, variable, atom);
    const std::size_t at = node_place(of);
    if (known.has(at)) return known.at(at);
    const std::uint32_t first = nodes_[at].first;
    child_list parts(atoms_[top]);
    bool same = true;
    for (std::uint32_t each = 0; each < parts.size(); ++each) {
        const diagram before = children_[first + each];
        parts[each] = this->variable(before) > variable ? before : restricted_from(before, variable, atom, known);
        same = same && parts[each] == before;
    }
    return known.add(at, exhausted_ ? null : same ? of : ordered_branch(top, parts.all()));
}

POLKU_DECL std::size_t diagrams::look(diagram of, std::vector<bool>& variables, std::vector<diagram>& terminals) const {
    variables.resize(std::max(variables.size(), atoms_.size()), false);
    seen_nodes_.resize(std::max(seen_nodes_.size(), nodes_.size()), 0);
    seen_terminals_.resize(std::max(seen_terminals_.size(), terminals_.size()), 0);
    ++seen_stamp_;
    for (const diagram each : terminals) seen_terminals_[each] = seen_stamp_;
    open_.assign(1, of);
    std::size_t count = 0;
    while (!open_.empty()) {
        const diagram next = open_.back();
        open_.pop_back();
        const bool ends = is_terminal(next);
        std::uint32_t& seen = ends ? seen_terminals_[next] : seen_nodes_[next - first_inner];
        if (seen == seen_stamp_) continue;
        seen = seen_stamp_;
        if (ends) {
            terminals.push_back(next);
            continue;
        }
        ++count;
        variables[variable(next)] = true;
        for (const diagram each : children(next)) open_.push_back(each);
    }
    return count;
}

// -------------------------------------------------------------------------------------------------------------- memos

POLKU_DECL void diagrams::memo::begin(std::size_t operands) {
    operands_ = operands;
    if (entries_.empty()) entries_.resize(64);
    ++stamp_;
    used_ = 0;
}

POLKU_DECL std::size_t diagrams::memo::place_of(const operands_key& of) const noexcept {
    std::uint64_t hash = 0;
    for (std::size_t each = 0; each < operands_; ++each) hash = (hash ^ of[each]) * 0x9E3779B97F4A7C15ULL;
    const std::size_t mask = entries_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash >> 20U) & mask;
    for (; entries_[at].stamp == stamp_; at = (at + 1) & mask) {
        std::size_t each = 0;
        while (each < operands_ && entries_[at].key[each] == of[each]) ++each;
        if (each == operands_) break;
    }
    return at;
}

POLKU_DECL const diagram* diagrams::memo::find(const operands_key& of) const noexcept {
    const entry& there = entries_[place_of(of)];
    return there.stamp == stamp_ ? &there.answer : nullptr;
}

POLKU_DECL void diagrams::memo::add(const operands_key& of, diagram answer) {
    if (++used_ * 2 > entries_.size()) {
        std::vector<entry> before(entries_.size() * 2);
        before.swap(entries_);
        for (entry& each : before)
            if (each.stamp == stamp_) entries_[place_of(each.key)] = each;
    }
    entries_[place_of(of)] = {of, answer, stamp_};
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
