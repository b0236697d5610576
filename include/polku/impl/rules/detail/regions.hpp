// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_REGIONS_HPP
#define POLKU_IMPL_RULES_DETAIL_REGIONS_HPP

#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/syntax.hpp>
#include <polku/impl/rules/detail/diagrams.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// The FEEL texts of a program's decisions, parsed once. Immutable; the program must live as long.
class region_texts {
public:
    POLKU_DECL explicit region_texts(const dmn::program& of);
    const dmn::program& program() const noexcept { return program_; }
    const dmn::detail::program_data& data() const noexcept { return *dmn::detail::program_data::of(program_); }
    /// Null pointer for a text that could not be read alone.
    POLKU_DECL const feel::syntax_node* find(const feel::expression& text) const;

private:
    POLKU_DECL void read(const feel::expression& text, const feel::scope& names);
    POLKU_DECL void read_logic(const dmn::detail::logic& of, const feel::scope& names);

    dmn::program program_;
    std::unordered_map<const feel::expression*, feel::syntax_tree> trees_;
};

struct region_item;
struct region_entry;

/// A value as a function of the facts that are unknown. Where the diagram ends in a mark, the value is the list or the
/// context beside it.
struct region_value {
    diagram scalar = diagrams::null;
    std::shared_ptr<const std::vector<region_item>> list;
    std::shared_ptr<const std::vector<region_entry>> context;

    bool is_plain() const noexcept { return !list && !context; }
};

/// An item that the list has where its guard is true.
struct region_item {
    diagram guard = diagrams::truth;
    region_value is;
};

struct region_entry {
    std::string name;
    region_value is;
};

/// A value that only the exact facts tell: a number that someone must say, or what is computed from it.
struct region_term {
    std::string key;
    feel::value sample;  ///< of its kind, and one that it can have; null: the kind is not known
    bool may_be_null = true;
    bool is_fact = false;  ///< the value of an input itself
    std::vector<std::uint32_t> inputs;
    std::vector<feel::value> points;       ///< constants that it is compared with, ascending
    std::vector<feel::value> wanted;       ///< further ones that this round met; the next has them
    bool is_limited = false;               ///< of an input: atoms outside its allowed values are left out
    const dmn::item_type* type = nullptr;  ///< of an input
    std::uint32_t variable = diagrams::none;
};

/// What a diagram branches on: the atoms of a fact, of a term, or of a comparison of terms.
struct region_variable {
    std::vector<std::uint32_t> inputs;
    bool is_fact = false;            ///< the atoms are those of one input, and each of them can be
    std::vector<feel::value> atoms;  ///< a value of each
    bool is_input = false;           ///< the atoms are those of one input, though perhaps none of its values is there
};

/// What the model calls a computed value.
struct region_name {
    std::uint32_t side = 0;      ///< place of the decision that was run
    std::uint32_t decision = 0;  ///< index of the decision that has the value
    std::string name;
    std::string entry;  ///< of the context that the decision answers; empty: the answer itself
};

/// An unknown input that several decisions share.
struct region_cut {
    /// A value of each class, where the decisions tell no values of a class apart; else empty.
    std::vector<feel::value> classes;
    std::vector<feel::value> points;       ///< with which a value that only the exact fact tells is compared
    const dmn::item_type* type = nullptr;  ///< of such a value; null pointer where the decisions limit it differently
};

/// One of several decisions over the same inputs.
struct region_side {
    const region_texts* texts = nullptr;
    dmn::decision_ref what;
    std::vector<std::optional<feel::value>> facts;  ///< in the order of its inputs; an empty one is unknown
    std::vector<std::uint32_t> inputs;              ///< which of the shared inputs each of them is
};

struct region_limits {
    std::size_t max_nodes = 200'000;
    std::size_t max_terms = 20'000;
};

/// One function of the facts, whose change changes the outcome.
struct region_part {
    diagram of = diagrams::null;
    bool exact = true;  ///< equal outcomes have equal parts
};

/// True when the diagram ends in few values, all of them known.
POLKU_DECL bool is_small(const diagrams& store, diagram of);
POLKU_DECL void add_inputs(std::vector<std::uint32_t>& into, const std::vector<std::uint32_t>& of);

/// The constants in the constraints of a type; false when one is more than comparisons with constants.
POLKU_DECL bool constraint_points(const dmn::item_type& of, std::vector<feel::value>& points, bool& only_equal);

/// Decisions as diagrams over the facts that are unknown. Unknown facts have some value of their type, never null.
class regions {
public:
    POLKU_DECL regions(const region_texts& texts, dmn::decision_ref what, const region_limits& within);
    /// For several decisions over the same variables.
    explicit regions(const region_limits& within) : within_(within), store_(within.max_nodes) {}

    /// Evaluates for facts in the order of the decision's inputs; an empty one is unknown.
    POLKU_DECL void run(std::span<const std::optional<feel::value>> facts);
    /// Evaluates several decisions, of whose unknown inputs `cuts` tells the shared ones. Their outcomes are answered
    /// in the same order, and there are no parts; none past a limit.
    POLKU_DECL std::vector<region_value> run(std::span<const region_side> sides, std::span<const region_cut> cuts);

    /// The outcome as independent parts; constant ones are left out.
    const std::vector<region_part>& parts() const noexcept { return parts_; }
    /// The outcome where there are no parts.
    const feel::value& outcome() const noexcept { return outcome_; }
    /// The outcome as it was evaluated for one set of facts.
    const region_value& whole() const noexcept { return whole_; }
    /// False when a limit was passed: then the parts say nothing.
    bool complete() const noexcept { return !store_.exhausted() && terms_.size() <= within_.max_terms; }
    diagrams& store() noexcept { return store_; }
    const std::vector<region_variable>& variables() const noexcept { return variables_; }
    /// Of a shared input whose exact value counts: what it is compared with, ascending.
    std::span<const feel::value> points_of(std::uint32_t shared) const {
        const auto found = term_keys_.find("fact" + std::to_string(shared));
        return found == term_keys_.end() ? std::span<const feel::value>() : terms_[found->second].points;
    }
    const region_term& term(diagram of) const noexcept { return terms_[store_.at(of).term]; }
    /// Of a variable whose atoms are those of a computed value: the term; null pointer for other variables.
    const region_term* computed_at(std::uint32_t variable) const {
        const auto found = axes_.find(variable);
        return found == axes_.end() || terms_[found->second].is_fact ? nullptr : &terms_[found->second];
    }
    /// The names of such a value in the models, one for each side at most; none: no decision or entry is this value.
    std::span<const region_name> names_of(std::uint32_t variable) const {
        const auto axis = axes_.find(variable);
        const auto found = axis == axes_.end() ? names_.end() : names_.find(axis->second);
        return found == names_.end() ? std::span<const region_name>() : found->second;
    }

private:
    friend class region_pairs;
    using values = std::span<const region_value>;
    struct text_frame {
        values slots;
        std::map<std::uint32_t, region_value> locals;
        bool unsupported = false;
    };
    using frame = text_frame;

    // Facts, terms, variables and comparisons (regions.ipp)
    POLKU_DECL void begin_round();
    /// The outcome of the present decision; nothing past a limit.
    POLKU_DECL region_value run_once(std::span<const std::optional<feel::value>> facts);
    /// Notes what a decision, or an entry of its context, computes.
    POLKU_DECL void take_name(const region_value& of, std::uint32_t decision, const std::string& entry);
    POLKU_DECL region_value shared_fact(std::uint32_t shared, const dmn::detail::program_node& node);
    POLKU_DECL void make_fact_term(region_term& into, std::uint32_t input, const feel::type& known,
                                   const dmn::item_type* type, std::span<const feel::value> points);
    POLKU_DECL region_value fact(std::size_t input, const std::optional<feel::value>& given);
    POLKU_DECL region_value unknown_fact(std::size_t input);
    POLKU_DECL diagram import_value(std::size_t facts);
    POLKU_DECL diagram finite_fact(std::size_t input, const dmn::item_type* type, std::vector<feel::value> atoms);
    POLKU_DECL std::uint32_t term_of(const std::string& key);
    /// A value of which no more is known than that it is the same wherever the key is; no key: it is like no other.
    POLKU_DECL diagram unknown_of(std::vector<std::uint32_t> inputs, const std::string& key = {});
    POLKU_DECL std::vector<std::uint32_t> inputs_of(diagram of) const;
    POLKU_DECL std::vector<feel::value> atoms_of(const region_term& of) const;
    POLKU_DECL std::uint32_t axis_of(std::uint32_t term);
    POLKU_DECL bool cut_axis(region_term& of, const std::vector<feel::value>& points);
    POLKU_DECL bool has_points(std::uint32_t term, std::span<const feel::value> points);
    POLKU_DECL diagram any_truth(const std::string& key, std::vector<std::uint32_t> inputs, bool may_be_null);
    POLKU_DECL diagram compared(feel::syntax_operator how, diagram left, diagram right);
    POLKU_DECL diagram compared_with(feel::syntax_operator how, diagram opaque, const feel::value& with, bool swapped);
    POLKU_DECL diagram compared_terms(feel::syntax_operator how, diagram left, diagram right);
    POLKU_DECL feel::value comparison(feel::syntax_operator how, const feel::value& left, const feel::value& right);
    /// A term for an operation on terminals, of which some are opaque.
    template <typename Function>
    diagram computed(std::string_view name, std::span<const diagram> operands, bool is_total, Function&& made);
    template <typename Function>
    diagram applied(std::string_view name, std::span<const diagram> operands, bool is_total, Function&& made);
    POLKU_DECL diagram truth_of(diagram of);

    // Lists and contexts (regions_values.ipp)
    POLKU_DECL region_value chosen(diagram condition, const region_value& then, const region_value& otherwise);
    POLKU_DECL region_value list_of(std::vector<region_item> items) const;
    POLKU_DECL diagram flat(const region_value& of);
    POLKU_DECL diagram flat_list(const std::vector<region_item>& items);
    POLKU_DECL diagram flat_context(const std::vector<region_entry>& entries);
    POLKU_DECL region_value conformed(const region_value& from, const dmn::item_type* type);
    POLKU_DECL bool surely_fits(const region_value& of, const dmn::item_type& type) const;
    POLKU_DECL bool terminals_fit(diagram of, const feel::type& type) const;
    POLKU_DECL bool is_known(const region_value& of) const noexcept;
    POLKU_DECL void take_parts(const region_value& of, diagram within, bool exact);
    POLKU_DECL void take_list(const std::vector<region_item>& items, diagram within, bool exact);
    POLKU_DECL void take_part(diagram of, bool exact);

    // Texts (regions_text.ipp)
    POLKU_DECL region_value text_value(const feel::expression& text, values slots);
    POLKU_DECL region_value at_all(std::span<const std::uint32_t> used, values slots, const feel::expression* text,
                                   const dmn::detail::logic* body);
    POLKU_DECL region_value node_value(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value plain(diagram of) const { return {of, nullptr, nullptr}; }
    POLKU_DECL region_value unsupported(frame& in) const;
    POLKU_DECL region_value arithmetic(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value junction(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value conditional(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value path(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value filter(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value item_at(const region_value& of, const feel::value& index, frame& in);
    POLKU_DECL region_value invocation(const feel::syntax_node& of, frame& in);
    /// `limit`: a count is told apart up to it only, since the comparison around it sees no more.
    POLKU_DECL region_value list_call(std::string_view name, std::span<const region_value> given, std::int64_t limit,
                                      bool& done);
    POLKU_DECL diagram comparison_text(const feel::syntax_node& of, frame& in);
    POLKU_DECL region_value context(const feel::syntax_node& of, frame& in);
    POLKU_DECL bool as_items(const region_value& of, std::vector<region_item>& items);

    // Tables and decisions (regions_table.ipp)
    POLKU_DECL region_value logic_value(const dmn::detail::logic& of, values slots);
    POLKU_DECL region_value table_value(const dmn::compiled_table& table, values slots, bool& can);
    POLKU_DECL bool table_guards(const dmn::compiled_table& table, values slots, std::vector<diagram>& guards,
                                 diagram& refused);
    POLKU_DECL diagram accepted(const feel::unary_tests& tests, diagram column, values slots, bool& can);
    POLKU_DECL diagram accepted_term(const feel::unary_tests& tests, diagram opaque, const std::string& given);
    POLKU_DECL region_value rule_value(const dmn::compiled_table& table, std::size_t rule, values slots);
    POLKU_DECL region_value default_value(const dmn::compiled_table& table, values slots);
    POLKU_DECL bool priority_order(const dmn::compiled_table& table, std::vector<std::size_t>& rules) const;
    POLKU_DECL region_value one_of(const dmn::compiled_table& table, std::span<const std::size_t> order,
                                   std::span<const diagram> guards, values slots, bool& can);
    POLKU_DECL region_value all_of(const dmn::compiled_table& table, std::span<const std::size_t> order,
                                   std::span<const diagram> guards, values slots, bool& can);

    const region_texts* texts_ = nullptr;
    const dmn::detail::program_node* what_ = nullptr;
    std::span<const region_cut> cuts_;                      // none: one decision alone
    std::span<const std::uint32_t> shared_;                 // by input of the present decision
    std::map<std::uint32_t, std::uint32_t> cut_variables_;  // by shared input
    region_limits within_;
    diagrams store_;
    feel::evaluation_context with_;
    std::vector<region_term> terms_;
    std::unordered_map<std::string, std::uint32_t> term_keys_;
    std::vector<region_variable> variables_;
    std::map<std::uint32_t, std::uint32_t> axes_;              // variables of terms, and these
    std::map<std::uint32_t, std::vector<region_name>> names_;  // by term
    std::uint32_t side_ = 0;
    std::unordered_map<std::string, std::uint32_t> truth_keys_;  // variables of comparisons, by what they compare
    std::uint32_t unknowns_ = 0;
    std::uint32_t round_ = 0;
    static constexpr std::int64_t no_count_limit = 1'000'000'000;
    std::int64_t count_limit_ = no_count_limit;  // of the count that is read next
    bool points_grew_ = false;
    region_value whole_;
    std::vector<region_part> parts_;
    feel::value outcome_;
};

template <typename Function>
diagram regions::computed(std::string_view name, std::span<const diagram> operands, bool is_total, Function&& made) {
    std::string key(name);
    std::vector<feel::value> samples;
    std::vector<std::uint32_t> inputs;
    bool kinds_known = true;
    bool may_be_null = !is_total;
    for (const diagram each : operands) {
        key += '|' + std::to_string(each);
        if (store_.is_opaque(each)) {
            const region_term& from = term(each);
            samples.push_back(from.sample);
            kinds_known = kinds_known && !from.sample.is_null();
            may_be_null = may_be_null || from.may_be_null;
            inputs.insert(inputs.end(), from.inputs.begin(), from.inputs.end());
        } else if (store_.is_mark(each)) {
            return diagrams::null;  // outside the region in which the operand is asked for
        } else {
            samples.push_back(store_.at(each).constant);
        }
    }
    const std::uint32_t at = term_of(key);
    region_term& into = terms_[at];
    if (into.inputs.empty()) {
        std::sort(inputs.begin(), inputs.end());
        inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
        into.inputs = std::move(inputs);
        if (kinds_known) into.sample = made(std::span<const feel::value>(samples));
        dmn::lane lane{};
        if (!dmn::lane_of(into.sample, lane)) into.sample = feel::value();
        into.may_be_null = may_be_null || into.sample.is_null();
    }
    return store_.opaque(at);
}

template <typename Function>
diagram regions::applied(std::string_view name, std::span<const diagram> operands, bool is_total, Function&& made) {
    return store_.mapped(operands, [&](std::span<const diagram> terminals) {
        std::array<feel::value, diagrams::max_operands> known;
        for (std::size_t each = 0; each < terminals.size(); ++each) {
            if (!store_.is_constant(terminals[each])) return computed(name, terminals, is_total, made);
            known[each] = store_.at(terminals[each]).constant;
        }
        return store_.constant(made(std::span<const feel::value>(known.data(), terminals.size())));
    });
}

}  // namespace polku::inline POLKU_V::rules::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/regions.ipp>
#include <polku/impl/rules/regions_table.ipp>
#include <polku/impl/rules/regions_text.ipp>
#include <polku/impl/rules/regions_values.ipp>
#endif

#endif
