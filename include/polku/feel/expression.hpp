// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_EXPRESSION_HPP
#define POLKU_FEEL_EXPRESSION_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/scope.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel {

namespace detail {
struct compiled;
struct tests_code;
}  // namespace detail

/// A compiled FEEL expression: immutable, shared freely by threads, cheap to copy. Names are resolved to slots.
class expression {
public:
    expression() = default;
    /// Evaluates with one value for each name of the scope, in slot order. Never throws for what FEEL calls null; look
    /// at `with.fault()` for limits and cancellation.
    POLKU_DECL value evaluate(evaluation_context& with, std::span<const value> slots) const;
    /// What is known of the result without evaluating.
    POLKU_DECL const type& result_type() const noexcept;
    /// The value, when the expression uses no name and no function that looks at the context.
    POLKU_DECL std::optional<value> constant() const;
    /// Slots that the expression reads, ascending, each once.
    POLKU_DECL std::span<const std::uint32_t> used_slots() const noexcept;
    /// The slot whose value the result is, where the text is nothing but its name.
    POLKU_DECL std::optional<std::uint32_t> plain_slot() const noexcept;
    /// Warnings of the compilation; they never alter results.
    POLKU_DECL std::span<const diagnostic> diagnostics() const noexcept;
    /// The text as it was given.
    std::string_view text() const noexcept { return text_; }
    /// False for a default-made object, which cannot be evaluated.
    explicit operator bool() const noexcept { return code_ != nullptr; }

private:
    friend struct detail::compiled;
    std::shared_ptr<const detail::compiled> code_;
    std::string text_;
};

/// Parses and compiles a FEEL expression (DMN 1.5 clause 10.3.1.2, rule 1 `expression`).
POLKU_DECL result<expression> try_compile(std::string_view text, const scope& names, const compile_options& with = {});

/// Compiled unary tests (a cell of a decision table, or the text of allowed values), as DMN 1.5 clause 7.3.5 and
/// grammar rules 7-18 define them: the comma list is a disjunction, `not(...)` negates it, `?` is the input.
class unary_tests {
public:
    unary_tests() = default;
    POLKU_DECL unary_tests(const unary_tests& other) noexcept;
    unary_tests(unary_tests&& other) noexcept : code_(std::exchange(other.code_, nullptr)) {}
    unary_tests& operator=(unary_tests other) noexcept {
        std::swap(code_, other.code_);
        return *this;
    }
    POLKU_DECL ~unary_tests();

    /// True, false or null, as the reference semantics says.
    POLKU_DECL value accepts(evaluation_context& with, std::span<const value> slots, const value& input) const;
    /// The constants that bound this cell when every test compares the input with constants (also when wrapped in
    /// `not`): the cell's answer can only change at them. Empty optional when the cell is opaque.
    POLKU_DECL std::optional<std::vector<simple_test>> simple_tests() const;
    POLKU_DECL bool is_any() const noexcept;  ///< the cell is `-`
    /// The tests are literals alone, so that the text compiles to the same in any scope and for any type. Not every
    /// such text is known as one.
    POLKU_DECL bool is_literal() const noexcept;
    /// Slots that the tests read, ascending, each once.
    POLKU_DECL std::span<const std::uint32_t> used_slots() const noexcept;
    /// Warnings of the compilation; they never alter results.
    POLKU_DECL std::span<const diagnostic> diagnostics() const noexcept;
    /// The text as it was given.
    POLKU_DECL std::string_view text() const noexcept;
    /// Heap bytes held, text included; of tests that are more than comparisons with constants without their operations.
    POLKU_DECL std::size_t memory() const noexcept;
    /// False for a default-made object, which cannot be asked.
    explicit operator bool() const noexcept { return code_ != nullptr; }

private:
    friend struct detail::tests_code;
    const detail::tests_code* code_ = nullptr;
};

/// Compiles unary tests over an input of the given type.
POLKU_DECL result<unary_tests> try_compile_unary_tests(std::string_view text, const scope& names, const type& input,
                                                       const compile_options& with = {});

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/expression.ipp>
#include <polku/impl/feel/plain_text.ipp>
#include <polku/impl/feel/tests_code.ipp>
#endif

#endif
