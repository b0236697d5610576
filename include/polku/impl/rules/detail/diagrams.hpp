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
    diagram node_at(std::size_t place) const noexcept { return first_inner + static_cast<diagram>(place); }
    bool exhausted() const noexcept { return exhausted_; }
    /// True when the diagram ends in true and false alone.
    bool is_truth_valued(diagram of) const noexcept {
        return is_terminal(of) ? of <= truth : nodes_[of - first_inner].is_truth_valued;
    }

    /// A branch on a variable; the children may branch on any variables.
    POLKU_DECL diagram branch(std::uint32_t variable, std::span<const diagram> children);
    /// `then` where the condition is true, else `otherwise`.
    diagram choice(diagram condition, diagram then, diagram otherwise) {
        if (exhausted_) return null;
        if (is_terminal(condition)) return condition == truth ? then : otherwise;
        if (then == otherwise) return then;
        return choice_from(condition, then, otherwise);
    }
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
        operands_key key{};
        std::size_t open = 0;
        std::size_t last = 0;
        for (std::size_t each = 0; each < operands.size(); ++each) {
            key[each] = operands[each];
            if (is_terminal(operands[each])) continue;
            ++open;
            last = each;
        }
        if (open == 0) return made(operands);
        if (open == 1) {
            const memo_use<node_memo> known(node_memos_, nodes_.size());
            return mapped_one(key[last], {key, operands.size(), last, *known.is}, made);
        }
        const memo_use<memo> known(memos_, operands.size());
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
    /// The same for an operation with one diagram that is no terminal: by node, of those that there were when it began.
    class node_memo {
    public:
        void begin(std::size_t nodes) {
            if (stamps_.size() < nodes) {
                stamps_.resize(nodes * 2, 0);
                answers_.resize(nodes * 2, none);
            }
            ++stamp_;
        }
        bool has(std::size_t node) const noexcept { return stamps_[node] == stamp_; }
        diagram at(std::size_t node) const noexcept { return answers_[node]; }
        diagram add(std::size_t node, diagram answer) noexcept {
            stamps_[node] = stamp_;
            return answers_[node] = answer;
        }

    private:
        std::vector<std::uint32_t> stamps_;
        std::vector<diagram> answers_;
        std::uint32_t stamp_ = 0;
    };
    template <typename Memo>
    struct memo_stack {
        std::vector<std::unique_ptr<Memo>> all;
        std::size_t used = 0;
    };
    /// The memo of an operation; an operation within another has its own.
    template <typename Memo>
    struct memo_use {
        memo_use(memo_stack<Memo>& of, std::size_t size) : from(of), is(nullptr) {
            if (of.used == of.all.size()) of.all.push_back(std::make_unique<Memo>());
            is = of.all[of.used].get();
            is->begin(size);
            ++of.used;
        }
        ~memo_use() { --from.used; }
        memo_use(const memo_use&) = delete;
        memo_use& operator=(const memo_use&) = delete;

        memo_stack<Memo>& from;
        Memo* is;
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
        std::uint32_t hash;
        bool is_truth_valued;
    };
    struct remembered {
        diagram condition = none;
        diagram then = none;
        diagram otherwise = none;
        diagram made = none;
    };

    POLKU_DECL diagram ordered_branch(std::uint32_t variable, std::span<const diagram> children);
    POLKU_DECL static std::uint32_t hash_of(std::uint32_t variable, std::span<const diagram> children) noexcept;
    POLKU_DECL void fill_table(std::size_t size);
    bool has_children(const inner& node, std::span<const diagram> children) const noexcept {
        std::size_t each = 0;
        while (each < children.size() && children_[node.first + each] == children[each]) ++each;
        return each == children.size();
    }
    POLKU_DECL diagram choice_from(diagram condition, diagram then, diagram otherwise);
    /// A diagram as the children of a branch on a variable: its own, or itself in each atom.
    struct branches {
        branches(const diagrams& of, diagram from, std::uint32_t variable) noexcept
            : is(from), first(of.variable(from) == variable ? of.nodes_[from - first_inner].first : none) {}
        diagram at(const diagrams& of, std::uint32_t atom) const noexcept {
            return first == none ? is : of.children_[first + atom];
        }
        diagram is;
        std::uint32_t first;
    };
    diagram child(diagram of, std::uint32_t variable, std::uint32_t atom) const noexcept {
        return branches(*this, of, variable).at(*this, atom);
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
    /// An operation with one operand that is no terminal.
    struct one_open {
        operands_key& operands;
        std::size_t count;
        std::size_t place;  ///< of that operand
        node_memo& known;
    };
    template <typename Function>
    diagram mapped_one(diagram of, const one_open& in, Function& made) {
        if (exhausted_) return null;
        if (is_terminal(of)) {
            in.operands[in.place] = of;
            return made(std::span<const diagram>(in.operands.data(), in.count));
        }
        const std::size_t node = node_place(of);
        if (in.known.has(node)) return in.known.at(node);
        const std::uint32_t top = nodes_[node].variable;
        child_list parts(atoms_[top]);
        ++walked_[top];
        for (std::uint32_t atom = 0; atom < parts.size(); ++atom)
            parts[atom] = mapped_one(children_[nodes_[node].first + atom], in, made);
        --walked_[top];
        return in.known.add(node, branch(top, parts.all()));
    }
    POLKU_DECL diagram restricted_from(diagram of, std::uint32_t variable, std::uint32_t atom, node_memo& known);

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
    memo_stack<memo> memos_;
    memo_stack<node_memo> node_memos_;
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
