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

POLKU_DECL unary_tests compiled::make_unary_tests(std::shared_ptr<const compiled> code, std::string text) {
    unary_tests made;
    made.code_ = std::move(code);
    made.text_ = std::move(text);
    return made;
}

POLKU_DECL value run_body(const code_body& body, evaluation_context& with, std::span<const value> slots) {
    if (body.known != nullptr) return *body.known;
    const depth_guard depth(with, body.weight);
    if (!depth) return value();
    if (body.locals == 0) {
        frame in{with, slots, nullptr, nullptr};
        value made = body.root->run(in);
        if (POLKU_UNLIKELY(with.faulted())) made = value();
        return made;
    }
    stacked_values locals(with, body.locals);
    frame in{with, slots, locals.data(), nullptr};
    value made = body.root->run(in);
    if (POLKU_UNLIKELY(with.faulted())) made = value();
    return made;
}

}  // namespace detail

POLKU_DECL result<expression> try_compile(std::string_view text, const scope& names, const compile_options& with) {
    auto tree = try_parse(text, names, with);
    if (!tree) return std::move(tree).error();
    return detail::compiled::make_expression(detail::compiler(*tree, with).expression_code(), std::string(text));
}

POLKU_DECL result<unary_tests> try_compile_unary_tests(std::string_view text, const scope& names, const type& input,
                                                       const compile_options& with) {
    auto tree = try_parse_unary_tests(text, names, input, with);
    if (!tree) return std::move(tree).error();
    return detail::compiled::make_unary_tests(detail::compiler(*tree, with).unary_tests_code(input), std::string(text));
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

POLKU_DECL std::span<const diagnostic> expression::diagnostics() const noexcept {
    return code_ == nullptr ? std::span<const diagnostic>() : std::span<const diagnostic>(code_->diagnostics);
}

POLKU_DECL value unary_tests::accepts(evaluation_context& with, std::span<const value> slots,
                                      const value& input) const {
    if (is_any()) return true;
    const detail::depth_guard depth(with, code_->body.weight);
    if (!depth) return value();
    detail::stacked_values locals(with, code_->body.locals);
    locals.data()[0] = input;
    detail::frame in{with, slots, locals.data(), nullptr};
    value answer = false;
    for (const detail::test_pointer& each : code_->tests) {
        answer = logical_or(answer, each->accepts(in, input));
        if (answer.is_true()) break;
    }
    if (POLKU_UNLIKELY(with.faulted())) return value();
    return code_->negated ? logical_not(answer) : answer;
}

POLKU_DECL std::optional<std::vector<simple_test>> unary_tests::simple_tests() const {
    std::vector<simple_test> made;
    if (is_any()) {
        made.push_back({simple_test::op::any, {}});
        return made;
    }
    for (const detail::test_pointer& each : code_->tests)
        if (!each->describe(made)) return std::nullopt;
    return made;
}

POLKU_DECL bool unary_tests::is_any() const noexcept { return code_ == nullptr || code_->tests.empty(); }

POLKU_DECL std::span<const std::uint32_t> unary_tests::used_slots() const noexcept {
    return code_ == nullptr ? std::span<const std::uint32_t>() : std::span<const std::uint32_t>(code_->used);
}

POLKU_DECL std::span<const diagnostic> unary_tests::diagnostics() const noexcept {
    return code_ == nullptr ? std::span<const diagnostic>() : std::span<const diagnostic>(code_->diagnostics);
}

}  // namespace polku::inline POLKU_V::feel

#endif
