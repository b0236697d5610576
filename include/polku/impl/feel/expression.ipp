// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_EXPRESSION_IPP
#define POLKU_IMPL_FEEL_EXPRESSION_IPP

#include <polku/feel/compiler.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/operations.hpp>
#include <polku/feel/parser.hpp>

namespace polku::inline POLKU_V::feel {

namespace detail {

POLKU_DECL expression compiled::make_expression(std::shared_ptr<const compiled> code, std::string text) {
    expression made;
    made.code_ = std::move(code);
    made.text_ = std::move(text);
    return made;
}

/// Runs in a frame that is ready.
inline value run_root(const code_body& body, frame in) {
    value made = body.root->run(in);
    if (POLKU_UNLIKELY(in.with.faulted())) made = value();
    return made;
}

POLKU_DECL value run_with_locals(const code_body& body, evaluation_context& with, std::span<const value> slots) {
    stacked_values locals(with, body.locals);
    return run_root(body, {with, slots, locals.data(), nullptr});
}

POLKU_DECL value run_body(const code_body& body, evaluation_context& with, std::span<const value> slots) {
    if (body.known != nullptr) return *body.known;
    const depth_guard depth(with, body.weight);
    if (!depth) return value();
    return body.locals == 0 ? run_root(body, {with, slots, nullptr, nullptr}) : run_with_locals(body, with, slots);
}

}  // namespace detail

POLKU_DECL result<expression> try_compile(std::string_view text, const scope& names, const compile_options& with) {
    auto tree = try_parse(text, names, with);
    if (!tree) return std::move(tree).error();
    return detail::compiled::make_expression(detail::compiler(*tree, with).expression_code(), std::string(text));
}

POLKU_DECL value expression::evaluate(evaluation_context& with, std::span<const value> slots) const {
    return code_ == nullptr || with.faulted() ? value() : detail::run_body(code_->body, with, slots);
}

POLKU_DECL const type& expression::result_type() const noexcept {
    static const type unknown;
    return code_ == nullptr ? unknown : code_->result;
}

POLKU_DECL std::optional<value> expression::constant() const {
    if (code_ == nullptr) return std::nullopt;
    if (const value* known = code_->body.root->constant()) return *known;
    if (code_->reads_context || !code_->used.empty()) return std::nullopt;
    evaluation_context with;
    value made = detail::run_body(code_->body, with, {});
    if (with.faulted()) return std::nullopt;
    return made;
}

POLKU_DECL std::span<const std::uint32_t> expression::used_slots() const noexcept {
    return code_ == nullptr ? std::span<const std::uint32_t>() : std::span<const std::uint32_t>(code_->used);
}

POLKU_DECL std::optional<std::uint32_t> expression::plain_slot() const noexcept {
    std::uint32_t slot = 0;
    if (code_ == nullptr || code_->body.root->form(slot) != detail::operand_form::slot) return std::nullopt;
    return slot;
}

POLKU_DECL std::span<const diagnostic> expression::diagnostics() const noexcept {
    return code_ == nullptr ? std::span<const diagnostic>() : std::span<const diagnostic>(code_->diagnostics);
}

}  // namespace polku::inline POLKU_V::feel

#endif
