// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_TESTS_CODE_IPP
#define POLKU_IMPL_FEEL_TESTS_CODE_IPP

#include <polku/feel/compiler.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/operations.hpp>
#include <polku/feel/parser.hpp>
#include <polku/feel/tests_code.hpp>

#include <cstring>
#include <memory>
#include <new>

namespace polku::inline POLKU_V::feel {

namespace detail {

POLKU_DECL const tests_code* tests_code::make(std::string_view text, std::span<const simple_test> tests, bool negated) {
    const std::size_t bytes = sizeof(tests_code) + tests.size() * sizeof(simple_test) + text.size();
    auto* made = new (::operator new(bytes)) tests_code;
    made->text_size = static_cast<std::uint32_t>(text.size());
    made->test_count = static_cast<std::uint32_t>(tests.size());
    made->negated = negated;
    auto* constants = reinterpret_cast<simple_test*>(made + 1);
    std::uninitialized_copy(tests.begin(), tests.end(), constants);
    if (!text.empty()) std::memcpy(static_cast<void*>(constants + tests.size()), text.data(), text.size());
    return made;
}

POLKU_DECL void tests_code::destroy(const tests_code* of) noexcept {
    const auto tests = of->tests();
    std::destroy(tests.begin(), tests.end());
    auto* memory = const_cast<tests_code*>(of);
    memory->~tests_code();
    ::operator delete(static_cast<void*>(memory));
}

/// The constants of tests that all compare the input with one; false when any does more.
POLKU_DECL bool only_constants(const compiled& of, std::vector<simple_test>& out) {
    if (of.body.weight != 1 || !of.diagnostics.empty()) return false;
    for (const test_pointer& each : of.tests) {
        const std::size_t before = out.size();
        if (!each->describe(out) || out.size() != before + 1 || out.back().operand.is(kind::list)) return false;
    }
    return true;
}

POLKU_DECL const tests_code* tests_code::make(std::string_view text, std::unique_ptr<compiled> operations) {
    std::vector<simple_test> constants;
    if (only_constants(*operations, constants)) return make(text, constants, operations->negated);
    auto* made = const_cast<tests_code*>(make(text, std::span<const simple_test>(), operations->negated));
    made->operations = std::move(operations);
    return made;
}

POLKU_DECL unary_tests tests_code::wrap(const tests_code* owned) noexcept {
    unary_tests made;
    made.code_ = owned;
    return made;
}

POLKU_DECL syntax_operator operator_of(simple_test::op op) noexcept {
    switch (op) {
        case simple_test::op::not_equal: return syntax_operator::not_equal;
        case simple_test::op::less: return syntax_operator::less;
        case simple_test::op::less_or_equal: return syntax_operator::less_or_equal;
        case simple_test::op::greater: return syntax_operator::greater;
        case simple_test::op::greater_or_equal: return syntax_operator::greater_or_equal;
        default: return syntax_operator::equal;
    }
}

POLKU_DECL value accept_constant(const simple_test& test, const value& input, const evaluation_context& with) {
    if (test.is == simple_test::op::in_range) return holds(test.operand, input, with);
    return compare_values(operator_of(test.is), input, test.operand, with);
}

POLKU_DECL value accept_constants(const tests_code& code, evaluation_context& with, const value& input) {
    const depth_guard depth(with, 1);
    if (!depth) return value();
    value answer = false;
    for (const simple_test& each : code.tests()) {
        answer = logical_or(answer, accept_constant(each, input, with));
        if (answer.is_true()) break;
    }
    if (POLKU_UNLIKELY(with.faulted())) return value();
    return code.negated ? logical_not(answer) : answer;
}

POLKU_DECL value accept_operations(const compiled& code, evaluation_context& with, std::span<const value> slots,
                                   const value& input) {
    const depth_guard depth(with, code.body.weight);
    if (!depth) return value();
    stacked_values locals(with, code.body.locals);
    locals.data()[0] = input;
    frame in{with, slots, locals.data(), nullptr};
    value answer = false;
    for (const test_pointer& each : code.tests) {
        answer = logical_or(answer, each->accepts(in, input));
        if (answer.is_true()) break;
    }
    if (POLKU_UNLIKELY(with.faulted())) return value();
    return code.negated ? logical_not(answer) : answer;
}

POLKU_DECL result<unary_tests> parsed_unary_tests(std::string_view text, const scope& names, const type& input,
                                                  const compile_options& with) {
    auto tree = try_parse_unary_tests(text, names, input, with);
    if (!tree) return std::move(tree).error();
    return tests_code::wrap(tests_code::make(text, compiler(*tree, with).unary_tests_code(input)));
}

}  // namespace detail

POLKU_DECL result<unary_tests> try_compile_unary_tests(std::string_view text, const scope& names, const type& input,
                                                       const compile_options& with) {
    constexpr std::uint32_t deepest = 4;  // nesting of what plain texts may be
    if (with.max_depth >= deepest)
        if (auto plain = detail::plain_unary_tests(text, names)) return *std::move(plain);
    return detail::parsed_unary_tests(text, names, input, with);
}

POLKU_DECL unary_tests::unary_tests(const unary_tests& other) noexcept : code_(other.code_) {
    detail::tests_code::retain(code_);
}

POLKU_DECL unary_tests::~unary_tests() { detail::tests_code::release(code_); }

POLKU_DECL value unary_tests::accepts(evaluation_context& with, std::span<const value> slots,
                                      const value& input) const {
    if (is_any()) return true;
    if (code_->operations) return detail::accept_operations(*code_->operations, with, slots, input);
    return detail::accept_constants(*code_, with, input);
}

POLKU_DECL std::optional<std::vector<simple_test>> unary_tests::simple_tests() const {
    std::vector<simple_test> made;
    if (is_any()) {
        made.push_back({simple_test::op::any, {}});
    } else if (!code_->operations) {
        made.assign(code_->tests().begin(), code_->tests().end());
    } else {
        for (const detail::test_pointer& each : code_->operations->tests)
            if (!each->describe(made)) return std::nullopt;
    }
    return made;
}

POLKU_DECL bool unary_tests::is_any() const noexcept { return code_ == nullptr || code_->is_any(); }

POLKU_DECL bool unary_tests::is_literal() const noexcept { return code_ != nullptr && code_->is_literal; }

POLKU_DECL std::span<const std::uint32_t> unary_tests::used_slots() const noexcept {
    if (code_ == nullptr || !code_->operations) return {};
    return code_->operations->used;
}

POLKU_DECL std::span<const diagnostic> unary_tests::diagnostics() const noexcept {
    if (code_ == nullptr || !code_->operations) return {};
    return code_->operations->diagnostics;
}

POLKU_DECL std::string_view unary_tests::text() const noexcept {
    return code_ == nullptr ? std::string_view() : code_->text();
}

POLKU_DECL std::size_t unary_tests::memory() const noexcept {
    if (code_ == nullptr) return 0;
    std::size_t bytes = code_->size();
    for (const simple_test& each : code_->tests())
        if (each.operand.is(kind::range)) bytes += sizeof(range);
    return bytes + (code_->operations ? sizeof(detail::compiled) : 0);
}

}  // namespace polku::inline POLKU_V::feel

#endif
