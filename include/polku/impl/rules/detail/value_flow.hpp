// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_VALUE_FLOW_HPP
#define POLKU_IMPL_RULES_DETAIL_VALUE_FLOW_HPP

#include <polku/dmn/model.hpp>
#include <polku/feel/scope.hpp>
#include <polku/feel/syntax.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// What a value of the model can be, without evaluating it. A list and its items are told by the same flow.
struct flow {
    std::set<std::string> same;           ///< inputs whose value it may be
    std::set<std::string> raw;            ///< inputs from whose exact value it may be computed
    std::vector<feel::value> constants;   ///< other values that it may be
    bool unknown = false;                 ///< it may be a value that stands nowhere above
    std::map<std::string, flow> members;  ///< of a context, by name
    const dmn::business_knowledge_model* callee = nullptr;

    POLKU_DECL void join(const flow& other);
    POLKU_DECL void add_constant(const feel::value& of);
    /// Exactly one constant and nothing else.
    bool is_constant() const noexcept {
        return constants.size() == 1 && same.empty() && raw.empty() && !unknown && members.empty();
    }
};

/// The names that a text may use, and what each of them can be.
struct flow_names {
    feel::scope scope;
    std::vector<flow> slots;

    POLKU_DECL void add(std::string_view name, const feel::type& type, flow of);
};

/// What the expressions do with an input.
struct input_use {
    std::vector<feel::value> points;  ///< what it is compared with
    bool is_ordered = false;          ///< by `<` and the like, not by equality alone
    std::string blurred;              ///< an expression in which its exact value counts; empty: there is none
};

/// Walks the logic of a model from a decision downwards and notes what the inputs are compared with.
class flow_reader {
public:
    /// Inputs that are parameters come with their flow; the others are found in the model by themselves.
    flow_reader(const dmn::model& of, std::map<std::string, feel::type> types, std::map<std::string, flow> parameters)
        : model_(of), types_(std::move(types)), parameters_(std::move(parameters)) {}

    POLKU_DECL flow decision_flow(const dmn::decision& of);
    /// Compares with unary tests, as a cell of a table or allowed values do. Errors: those of parsing the tests.
    POLKU_DECL result<void> try_test(const flow& input, std::string_view tests, const flow_names& names);
    /// Everything that the value rests on counts exactly.
    POLKU_DECL void consume(const flow& of);
    /// Under what name expressions are noted while something else than a text of the model is read.
    void says(std::string_view what) { text_ = std::string(what); }
    const std::map<std::string, input_use>& uses() const noexcept { return uses_; }

private:
    friend class tree_flow;
    static constexpr std::size_t max_calls = 32;

    POLKU_DECL void meet(const flow& left, const flow& right, bool ordered);
    POLKU_DECL void meet_one(const flow& left, const flow& right, bool ordered);
    POLKU_DECL void blur(const std::string& input);
    POLKU_DECL flow call(const dmn::business_knowledge_model& of, const std::vector<std::string>& names,
                         std::vector<flow> given);

    POLKU_DECL flow read(const dmn::boxed_pointer& of, const flow_names& names);
    POLKU_DECL flow read_text(std::string_view text, const flow_names& names);
    POLKU_DECL flow read_context(const dmn::boxed_context& of, const flow_names& names);
    POLKU_DECL flow read_relation(const dmn::relation& of, const flow_names& names);
    POLKU_DECL flow read_invocation(const dmn::invocation& of, const flow_names& names);
    POLKU_DECL flow read_table(const dmn::decision_table& of, const flow_names& names);
    POLKU_DECL flow read_outputs(const dmn::decision_table& of, std::size_t column, const flow_names& names);
    POLKU_DECL flow read_loop(const dmn::iterator& of, const flow_names& names);
    POLKU_DECL flow read_filter(const dmn::filter& of, const flow_names& names);
    POLKU_DECL void test_or_consume(const flow& input, std::string_view tests, const flow_names& names);
    POLKU_DECL void conform(const flow& of, std::string_view type_ref, std::size_t depth = 0);
    POLKU_DECL flow_names names_of(const std::vector<dmn::element_reference>& inputs,
                                   const std::vector<dmn::element_reference>& decisions,
                                   const std::vector<dmn::element_reference>& knowledge);
    POLKU_DECL flow input_flow(const dmn::input_data& of);

    const dmn::model& model_;
    std::map<std::string, feel::type> types_;  ///< of inputs and decisions
    std::map<std::string, flow> parameters_;
    std::map<std::string, flow> decisions_;  ///< read already
    std::map<std::string, input_use> uses_;
    std::string text_;
    std::size_t calls_ = 0;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
