// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_COMPILER_IPP
#define POLKU_IMPL_FEEL_COMPILER_IPP

#include <polku/feel/compiler.hpp>
#include <polku/impl/feel/code_collections.hpp>
#include <polku/impl/feel/code_functions.hpp>
#include <polku/impl/feel/code_operators.hpp>
#include <polku/impl/feel/code_tests.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL void compiler::finish(compiled& out) {
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
    out.used = std::move(used_);
    out.reads_context = reads_context_;
    out.diagnostics = tree_.diagnostics;
    if (out.body.root) out.body.known = out.body.root->constant();
    out.body.locals = body_->most_locals;
    out.body.weight = weight_of(*body_);
}

POLKU_DECL void limit_folding(evaluation_context& with) {
    limits small;
    small.steps = 10'000;
    small.list_length = 10'000;
    small.text_bytes = 1U << 20U;
    small.regex_steps = 10'000;
    with.set_limits(small);
}

POLKU_DECL void compiler::start() {
    limit_folding(folding_);
    homes_.resize(tree_.symbols.size());
    is_read_.resize(tree_.symbols.size());
    is_partial_.resize(tree_.symbols.size());
}

POLKU_DECL std::shared_ptr<compiled> compiler::expression_code() {
    start();
    body_state whole;
    body_ = &whole;
    auto made = std::make_shared<compiled>();
    made->body.root = compile(*tree_.roots.front());
    made->result = tree_.roots.front()->type;
    finish(*made);
    return made;
}

POLKU_DECL std::unique_ptr<compiled> compiler::unary_tests_code(const type& input) {
    start();
    body_state whole;
    body_ = &whole;
    give_local(0);
    const bool booleans = input.is() == type::form::simple && input.simple_kind() == kind::boolean;
    auto made = std::make_unique<compiled>();
    for (const syntax_pointer& each : tree_.roots) made->tests.push_back(compile_cell(*each, booleans));
    made->negated = tree_.negated;
    finish(*made);
    return made;
}

POLKU_DECL std::uint32_t compiler::give_local(std::uint32_t symbol) {
    const std::uint32_t local = body_->next_local++;
    body_->most_locals = std::max(body_->most_locals, body_->next_local);
    homes_[symbol] = {body_, local};
    return local;
}

POLKU_DECL operation_pointer compiler::read_capture(body_state& from, bool is_slot, std::uint32_t index) {
    for (std::uint32_t i = 0; i < from.captures.size(); ++i)
        if (from.captures[i].is_slot == is_slot && from.captures[i].index == index)
            return std::make_unique<capture_operation>(i);
    auto source = is_slot ? read_slot(*from.outer, index) : read_symbol(*from.outer, index);
    from.captures.push_back({is_slot, index});
    from.sources.push_back(std::move(source));
    return std::make_unique<capture_operation>(static_cast<std::uint32_t>(from.captures.size() - 1));
}

POLKU_DECL operation_pointer compiler::read_symbol(body_state& from, std::uint32_t symbol) {
    is_read_[symbol] = true;
    if (homes_[symbol].body == &from) return std::make_unique<local_operation>(homes_[symbol].local);
    return read_capture(from, false, symbol);
}

POLKU_DECL operation_pointer compiler::read_slot(body_state& from, std::uint32_t slot) {
    if (from.outer != nullptr) return read_capture(from, true, slot);
    used_.push_back(slot);
    return std::make_unique<slot_operation>(slot);
}

POLKU_DECL operation_pointer compiler::compile(const syntax_node& of) {
    ++body_->depth;
    body_->most_depth = std::max(body_->most_depth, body_->depth);
    auto made = compile_form(of);
    --body_->depth;
    return made;
}

POLKU_DECL std::vector<operation_pointer> compiler::compile_all(const syntax_node& of, std::size_t from) {
    std::vector<operation_pointer> made;
    made.reserve(of.children.size() - from);
    for (std::size_t i = from; i < of.children.size(); ++i) made.push_back(compile(*of.children[i]));
    return made;
}

POLKU_DECL bool all_constant(std::span<const operation_pointer> of) noexcept {
    return std::all_of(of.begin(), of.end(), [](const operation_pointer& each) { return each->constant() != nullptr; });
}

/// Computes what has only constants below it; left as it is when that takes more than a little work.
POLKU_DECL operation_pointer compiler::fold(operation_pointer made, bool constant) {
    if (!constant) return made;
    folding_.reset();
    frame in{folding_, {}, nullptr, nullptr};
    value result = made->run(in);
    if (folding_.faulted() || result.is(kind::function)) return made;
    return std::make_unique<constant_operation>(std::move(result));
}

POLKU_DECL operation_pointer compiler::compile_form(const syntax_node& of) {
    switch (of.is) {
        case syntax::literal: return std::make_unique<constant_operation>(of.constant);
        case syntax::unknown_name: return std::make_unique<constant_operation>(value(null_reason::no_such_entry));
        case syntax::slot: return read_slot(*body_, of.index);
        case syntax::local: input_uses_ += of.index == input_symbol_ ? 1 : 0; return read_symbol(*body_, of.index);
        case syntax::builtin: return compile_builtin(of);
        case syntax::item_entry: return compile_item_entry(of);
        case syntax::in_tests: return compile_in(of);
        case syntax::conditional: return compile_conditional(of);
        case syntax::list: return compile_list(of);
        case syntax::context: return compile_context(of);
        case syntax::interval: return compile_interval(of);
        case syntax::filter: return compile_filter(of);
        case syntax::for_loop:
        case syntax::some:
        case syntax::every: return compile_loop(of);
        case syntax::function_definition: return compile_function(of);
        case syntax::external_function: return compile_external(of);
        case syntax::invocation: return compile_invocation(of);
        default: return compile_binary(of);
    }
}

POLKU_DECL operation_pointer compiler::compile_binary(const syntax_node& of) {
    auto parts = compile_all(of);
    const bool constant = all_constant(parts);
    const syntax_operator op = of.operators.empty() ? syntax_operator::equal : of.operators.front();
    const auto made = [&]() -> operation_pointer {
        switch (of.is) {
            case syntax::negation: return std::make_unique<negation_operation>(std::move(parts[0]));
            case syntax::arithmetic: return std::make_unique<arithmetic_operation>(std::move(parts), of.operators);
            case syntax::comparison:
                return std::make_unique<comparison_operation>(op, std::move(parts[0]), std::move(parts[1]));
            case syntax::conjunction: return std::make_unique<junction_operation>(false, std::move(parts));
            case syntax::disjunction: return std::make_unique<junction_operation>(true, std::move(parts));
            case syntax::between:
                return std::make_unique<between_operation>(std::move(parts[0]), std::move(parts[1]),
                                                           std::move(parts[2]));
            case syntax::instance_of: return std::make_unique<instance_operation>(std::move(parts[0]), of.wanted);
            case syntax::unary_range: return std::make_unique<unary_range_operation>(op, std::move(parts[0]));
            case syntax::path: return make_path(std::move(parts[0]), of.text, of.children[0]->type);
            default: return std::make_unique<constant_operation>(value());
        }
    };
    return fold(made(), constant);
}

POLKU_DECL operation_pointer compiler::compile_in(const syntax_node& of) {
    auto point = compile(*of.children[0]);
    const std::uint32_t outer = body_->next_local;
    const std::uint32_t outer_symbol = input_symbol_;
    const std::int32_t input = is_used(of.index) ? static_cast<std::int32_t>(give_local(of.index)) : -1;
    input_symbol_ = of.index;
    std::vector<test_pointer> tests;
    std::vector<simple_test> described;
    bool constant = point->constant() != nullptr && input < 0;
    for (std::size_t i = 1; i < of.children.size(); ++i) {
        tests.push_back(compile_test(*of.children[i]));
        constant = tests.back()->describe(described) && constant;
    }
    input_symbol_ = outer_symbol;
    body_->next_local = outer;
    return fold(std::make_unique<in_operation>(std::move(point), std::move(tests), input), constant);
}

POLKU_DECL test_pointer compiler::compile_test(const syntax_node& of) {
    const std::uint32_t uses_before = input_uses_;
    auto operand = compile(*of.children[0]);
    if (of.is == syntax::compare_test) return std::make_unique<compare_membership>(of.operators[0], std::move(operand));
    if (input_uses_ != uses_before) return std::make_unique<condition_membership>(std::move(operand), true, false);
    return std::make_unique<value_membership>(std::move(operand));
}

POLKU_DECL test_pointer compiler::compile_cell(const syntax_node& of, bool boolean_column) {
    if (of.is == syntax::compare_test) return compile_test(of);
    const std::uint32_t uses_before = input_uses_;
    auto operand = compile(*of.children[0]);
    const bool names_input = input_uses_ != uses_before;
    if (operand->constant() != nullptr) return std::make_unique<value_membership>(std::move(operand));
    return std::make_unique<condition_membership>(std::move(operand), names_input, boolean_column);
}

POLKU_DECL operation_pointer compiler::compile_conditional(const syntax_node& of) {
    auto condition = compile(*of.children[0]);
    auto then = compile(*of.children[1]);
    auto otherwise = compile(*of.children[2]);
    if (const value* known = condition->constant()) return known->is_true() ? std::move(then) : std::move(otherwise);
    return std::make_unique<conditional_operation>(std::move(condition), std::move(then), std::move(otherwise));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
