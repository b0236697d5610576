// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_COMPILER_FORMS_IPP
#define POLKU_IMPL_FEEL_COMPILER_FORMS_IPP

#include <polku/feel/compiler.hpp>
#include <polku/impl/feel/code_collections.hpp>
#include <polku/impl/feel/code_functions.hpp>
#include <polku/impl/feel/code_loops.hpp>
#include <polku/impl/feel/code_operators.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL bool all_constant(std::span<const operation_pointer> of) noexcept;

POLKU_DECL operation_pointer compiler::compile_list(const syntax_node& of) {
    auto items = compile_all(of);
    const bool constant = all_constant(items);
    return fold(std::make_unique<list_operation>(std::move(items)), constant);
}

POLKU_DECL operation_pointer compiler::compile_context(const syntax_node& of) {
    if (of.index != 0) return std::make_unique<constant_operation>(value(null_reason::invalid_argument));
    const std::uint32_t outer = body_->next_local;
    std::vector<context_entry_code> entries;
    bool constant = true;
    for (std::size_t i = 0; i < of.children.size(); ++i) {
        context_entry_code entry{of.names[i], compile(*of.children[i]), -1};
        constant = constant && entry.of->constant() != nullptr;
        if (is_used(of.symbols[i])) {
            constant = false;
            entry.local = static_cast<std::int32_t>(give_local(of.symbols[i]));
        }
        entries.push_back(std::move(entry));
    }
    body_->next_local = outer;
    return fold(std::make_unique<context_operation>(std::move(entries), of.type.names()), constant);
}

POLKU_DECL operation_pointer compiler::compile_interval(const syntax_node& of) {
    auto low = compile(*of.children[0]);
    auto high = compile(*of.children[1]);
    const bool constant = low->constant() != nullptr && high->constant() != nullptr;
    return fold(std::make_unique<interval_operation>(std::move(low), std::move(high), of.low_closed, of.high_closed),
                constant);
}

POLKU_DECL operation_pointer compiler::compile_filter(const syntax_node& of) {
    if (auto item = compile_partial_item(of)) return item;
    auto base = compile(*of.children[0]);
    if (!is_used(of.index)) {
        auto condition = compile(*of.children[1]);
        const bool constant = base->constant() != nullptr && condition->constant() != nullptr;
        return fold(std::make_unique<plain_filter_operation>(std::move(base), std::move(condition)), constant);
    }
    const std::uint32_t outer = body_->next_local;
    const std::uint32_t item = give_local(of.index);
    auto condition = compile(*of.children[1]);
    body_->next_local = outer;
    return std::make_unique<item_filter_operation>(std::move(base), std::move(condition), item);
}

/// `partial[-1]` reads the loop's results in place; a list of them for each turn would take quadratic time.
POLKU_DECL operation_pointer compiler::compile_partial_item(const syntax_node& of) {
    const syntax_node& base = *of.children[0];
    const type& index = of.children[1]->type;
    const bool by_index = index.is() == type::form::simple && index.simple_kind() == kind::number && !is_used(of.index);
    if (base.is != syntax::local || !by_index || !is_partial_[base.index] || homes_[base.index].body != body_)
        return nullptr;
    return std::make_unique<partial_item_operation>(static_cast<std::int32_t>(homes_[base.index].local),
                                                    compile(*of.children[1]));
}

POLKU_DECL operation_pointer compiler::compile_loop(const syntax_node& of) {
    const std::uint32_t outer = body_->next_local;
    std::vector<iterator_code> iterators;
    for (std::size_t i = 0; i < of.symbols.size(); ++i) {
        const syntax_node& domain = *of.children[i];
        iterator_code made;
        const bool is_range = domain.is == syntax::iteration_range;
        made.domain = compile(is_range ? *domain.children[0] : domain);
        if (is_range) made.high = compile(*domain.children[1]);
        made.local = give_local(of.symbols[i]);
        iterators.push_back(std::move(made));
    }
    std::int32_t partial = -1;
    if (of.is == syntax::for_loop && is_used(of.index)) {
        partial = static_cast<std::int32_t>(give_local(of.index));
        is_partial_[of.index] = true;
    }
    auto body = compile(*of.children.back());
    body_->next_local = outer;
    if (of.is == syntax::for_loop)
        return std::make_unique<for_operation>(std::move(iterators), std::move(body), partial,
                                               partial >= 0 && is_read_[of.index]);
    return std::make_unique<quantified_operation>(std::move(iterators), std::move(body), of.is == syntax::some);
}

POLKU_DECL std::vector<parameter> compiler::parameters_of(const syntax_node& of) const {
    std::vector<parameter> made;
    for (const std::uint32_t each : of.symbols) made.push_back({tree_.symbols[each].name, tree_.symbols[each].type});
    return made;
}

POLKU_DECL operation_pointer compiler::compile_function(const syntax_node& of) {
    auto code = std::make_shared<lambda_code>();
    code->parameters = parameters_of(of);
    code->result = of.type.element();
    body_state inner;
    inner.outer = body_;
    body_ = &inner;
    for (const std::uint32_t each : of.symbols) give_local(each);
    code->body.root = compile(*of.children[0]);
    code->body.locals = inner.most_locals;
    code->body.weight = weight_of(inner);
    body_ = inner.outer;
    return std::make_unique<closure_operation>(std::move(code), std::move(inner.sources));
}

POLKU_DECL operation_pointer compiler::compile_external(const syntax_node& of) {
    const auto mapping = compile(*of.children[0]);
    const value* known = mapping->constant();
    if (options_.hooks == nullptr || known == nullptr || !known->is(kind::context))
        return std::make_unique<constant_operation>(value(null_reason::external_failed));
    const std::vector<parameter> wanted = parameters_of(of);
    return std::make_unique<constant_operation>(options_.hooks->external_function(known->as_context(), wanted));
}

/// True when what a built-in answers depends on more than its arguments.
POLKU_DECL bool builtin_reads_context(std::string_view name) noexcept {
    for (const builtin& each : builtins())
        if (each.name == name) return each.reads_context;
    return true;
}

POLKU_DECL operation_pointer compiler::compile_builtin(const syntax_node& of) {
    if (builtin_reads_context(of.text)) reads_context_ = true;
    of.callee->references.fetch_add(1, std::memory_order_relaxed);
    return std::make_unique<constant_operation>(value(of.callee));
}

POLKU_DECL operation_pointer compiler::compile_invocation(const syntax_node& of) {
    auto passed = compile_all(of, 1);
    const syntax_node& callee = *of.children[0];
    if (callee.is != syntax::builtin)
        return std::make_unique<call_operation>(compile(callee), std::move(passed), of.names);
    const bool reads = builtin_reads_context(callee.text);
    reads_context_ = reads_context_ || reads;
    const bool constant = !reads && all_constant(passed);
    return fold(make_builtin_call(callee.callee, std::move(passed), of.names), constant);
}

POLKU_DECL operation_pointer compiler::compile_item_entry(const syntax_node& of) {
    auto otherwise = of.children.empty() ? nullptr : compile(*of.children[0]);
    return std::make_unique<item_entry_operation>(read_symbol(*body_, of.index), of.text, std::move(otherwise));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
