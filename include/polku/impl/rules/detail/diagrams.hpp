// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_DIAGRAMS_HPP
#define POLKU_IMPL_RULES_DETAIL_DIAGRAMS_HPP

#include <polku/config.hpp>
#include <polku/feel/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// A diagram: a terminal, or an inner node that branches on a variable.
using diagram = std::uint32_t;

/// Ordered decision diagrams with many-valued variables and terminals, reduced: two diagrams are the same function
/// exactly when they are the same number, so that a function depends on a variable exactly when its diagram branches
/// on it. A terminal is a FEEL value, a mark, or a term, which stands for a value that only the exact facts tell.
/// Variables are ordered as they were added. Past the limit of nodes every operation answers `null` and `exhausted`
/// is true.
class diagrams {
public:
    static constexpr diagram falsehood = 0;
    static constexpr diagram truth = 1;
    static constexpr diagram null = 2;
    static constexpr diagram a_list = 3;     ///< mark: the list beside it
    static constexpr diagram a_context = 4;  ///< mark: the context beside it
    static constexpr diagram absent = 5;     ///< mark: outside the region in which a part is asked for
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::size_t max_operands = 6;

    struct terminal {
        feel::value constant;
        std::uint32_t term = none;
    };

    POLKU_DECL explicit diagrams(std::size_t max_nodes);

    /// The terminal of a value; equal values are one.
    POLKU_DECL diagram constant(const feel::value& of);
    POLKU_DECL diagram opaque(std::uint32_t term);
    POLKU_DECL std::uint32_t add_variable(std::uint32_t atoms);
    /// Cuts the atoms of a variable finer; `was` tells of each new atom in which one before it lies. Every diagram
    /// stays the function that it is. False, and nothing is done, while an operation goes through the atoms of the
    /// variable.
    POLKU_DECL bool refine(std::uint32_t variable, std::span<const std::uint32_t> was);
    /// Forgets inner nodes and variables; terminals stay.
    POLKU_DECL void forget_nodes();

    bool is_terminal(diagram of) const noexcept { return of < first_inner; }
    bool is_mark(diagram of) const noexcept { return of >= a_list && of <= absent; }
    bool is_constant(diagram of) const noexcept {
        return is_terminal(of) && !is_mark(of) && terminals_[of].term == none;
    }
    bool is_opaque(diagram of) const noexcept { return is_terminal(of) && terminals_[of].term != none; }
    const terminal& at(diagram of) const noexcept { return terminals_[of]; }
    std::uint32_t variable(diagram of) const noexcept {
        return is_terminal(of) ? none : nodes_[of - first_inner].variable;
    }
    std::span<const diagram> children(diagram of) const noexcept {
        const inner& node = nodes_[of - first_inner];
        return {children_.data() + node.first, atoms_[node.variable]};
    }
    std::uint32_t atoms(std::uint32_t variable) const noexcept { return atoms_[variable]; }
    std::size_t variables() const noexcept { return atoms_.size(); }
    std::size_t nodes() const noexcept { return nodes_.size(); }
    /// Of an inner node, below `nodes()`; its children have lower ones.
    std::size_t node_place(diagram of) const noexcept { return of - first_inner; }
    bool exhausted() const noexcept { return exhausted_; }

    /// A branch on a variable; the children may branch on any variables.
    POLKU_DECL diagram branch(std::uint32_t variable, std::span<const diagram> children);
    /// `then` where the condition is true, else `otherwise`.
    POLKU_DECL diagram choice(diagram condition, diagram then, diagram otherwise);
    diagram both(diagram left, diagram right) { return choice(left, right, falsehood); }
    diagram either(diagram left, diagram right) { return choice(left, truth, right); }
    diagram opposite(diagram of) { return choice(of, falsehood, truth); }
    /// With a variable known to lie in an atom.
    POLKU_DECL diagram restricted(diagram of, std::uint32_t variable, std::uint32_t atom);
    /// Sets a mark for each variable that the diagram branches on, and lists its terminals, each once. Answers how many
    /// nodes it has.
    POLKU_DECL std::size_t look(diagram of, std::vector<bool>& variables, std::vector<diagram>& terminals) const;

    /// The diagram of a function of terminals applied to diagrams; `made` gets their terminals and answers a diagram.
    template <typename Function>
    diagram mapped(std::span<const diagram> operands, Function&& made) {
        if (exhausted_) return null;
        if (std::all_of(operands.begin(), operands.end(), [&](diagram each) { return is_terminal(each); }))
            return made(operands);
        operands_key key{};
        for (std::size_t each = 0; each < operands.size(); ++each) key[each] = operands[each];
        const memo_use known(*this, operands.size());
        return mapped_from(key, operands.size(), *known.is, made);
    }

private:
    static constexpr diagram first_inner = 1U << 24U;
    using operands_key = std::array<diagram, max_operands>;
    /// What one operation has answered so far: a table that is emptied by a new stamp and kept for the next operation.
    class memo {
    public:
        POLKU_DECL void begin(std::size_t operands);
        POLKU_DECL const diagram* find(const operands_key& of) const noexcept;
        POLKU_DECL void add(const operands_key& of, diagram answer);

    private:
        struct entry {
            operands_key key{};
            diagram answer = none;
            std::uint32_t stamp = 0;
        };
        POLKU_DECL std::size_t place_of(const operands_key& of) const noexcept;

        std::vector<entry> entries_;
        std::size_t operands_ = 0;
        std::uint32_t stamp_ = 0;
        std::size_t used_ = 0;
    };
    /// The memo of an operation; an operation within another has its own.
    struct memo_use {
        POLKU_DECL memo_use(diagrams& of, std::size_t operands);
        ~memo_use() { --from.memos_used_; }
        memo_use(const memo_use&) = delete;
        memo_use& operator=(const memo_use&) = delete;

        diagrams& from;
        memo* is;
    };
    /// As many diagrams as a variable has atoms: seldom more than a few.
    class child_list {
    public:
        explicit child_list(std::size_t count) : count_(count) {
            if (count > few_.size()) many_.resize(count);
        }
        diagram* data() noexcept { return many_.empty() ? few_.data() : many_.data(); }
        diagram& operator[](std::size_t at) noexcept { return data()[at]; }
        std::size_t size() const noexcept { return count_; }
        std::span<const diagram> all() noexcept { return {data(), count_}; }

    private:
        std::size_t count_;
        std::array<diagram, 14> few_;
        std::vector<diagram> many_;
    };
    struct inner {
        std::uint32_t variable;
        std::uint32_t first;
    };
    struct remembered {
        diagram condition = none;
        diagram then = none;
        diagram otherwise = none;
        diagram made = none;
    };

    POLKU_DECL diagram ordered_branch(std::uint32_t variable, std::span<const diagram> children);
    POLKU_DECL void fill_table(std::size_t size);
    POLKU_DECL std::size_t place_of(std::uint32_t variable, std::span<const diagram> children) const noexcept;
    diagram child(diagram of, std::uint32_t variable, std::uint32_t atom) const noexcept {
        if (is_terminal(of)) return of;
        const inner& node = nodes_[of - first_inner];
        return node.variable == variable ? children_[node.first + atom] : of;
    }

    template <typename Function>
    diagram mapped_from(const operands_key& operands, std::size_t count, memo& known, Function& made) {
        std::uint32_t top = none;
        for (std::size_t each = 0; each < count; ++each) top = std::min(top, variable(operands[each]));
        if (exhausted_) return null;
        if (top == none) return made(std::span<const diagram>(operands.data(), count));
        if (const diagram* const found = known.find(operands)) return *found;
        child_list parts(atoms_[top]);
        ++walked_[top];
        for (std::uint32_t atom = 0; atom < parts.size(); ++atom) {
            operands_key part = operands;
            for (std::size_t each = 0; each < count; ++each) part[each] = child(operands[each], top, atom);
            parts[atom] = mapped_from(part, count, known, made);
        }
        --walked_[top];
        const diagram answer = branch(top, parts.all());
        known.add(operands, answer);
        return answer;
    }
    POLKU_DECL diagram restricted_from(diagram of, std::uint32_t variable, std::uint32_t atom);

    std::size_t max_nodes_;
    bool exhausted_ = false;
    std::vector<terminal> terminals_;
    std::array<std::vector<diagram>, 13> constants_;    // by kind
    std::unordered_map<std::uint32_t, diagram> terms_;  // by term
    std::vector<std::uint32_t> atoms_;                  // by variable
    std::vector<std::uint32_t> walked_;                 // by variable: operations that go through its atoms
    std::vector<inner> nodes_;
    std::vector<diagram> children_;
    std::vector<diagram> table_;  // open addressing; `none` is free
    std::vector<remembered> choices_;
    std::vector<std::unique_ptr<memo>> memos_;
    std::size_t memos_used_ = 0;
    // Of `restricted`: the answers for the nodes that there were when it began.
    std::vector<diagram> restricted_;
    std::vector<std::uint32_t> restricted_stamps_;
    std::uint32_t restricted_stamp_ = 0;
    // Of `look`: the nodes and terminals that the last one has met, by its stamp.
    mutable std::vector<std::uint32_t> seen_nodes_;
    mutable std::vector<std::uint32_t> seen_terminals_;
    mutable std::uint32_t seen_stamp_ = 0;
    mutable std::vector<diagram> open_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/diagrams.ipp>
#endif

#endif
