// SPDX-License-Identifier: Apache-2.0
#if defined(POLKU_HEADER_ONLY)
#include <polku/feel/expression.hpp>  // header-only mode reaches this header by it, with all declarations in order
#endif
#ifndef POLKU_FEEL_TESTS_CODE_HPP
#define POLKU_FEEL_TESTS_CODE_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/scope.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

/// What stands behind `unary_tests`: nearly all cells compare the input with a few constants, and a large table has
/// tens of thousands of them, so these lie in one piece of memory with the text. Other cells have operations. Counted;
/// immutable once made.
struct tests_code {
    mutable std::atomic<std::uint32_t> references{1};
    std::uint32_t text_size = 0;
    std::uint32_t test_count = 0;
    bool negated = false;
    bool is_literal = false;                     ///< read by `plain_unary_tests`: the text says all, in whatever scope
    std::unique_ptr<const compiled> operations;  ///< null pointer when the constants say all

    /// Behind the object: the constants, then the text.
    std::span<const simple_test> tests() const noexcept {
        return {reinterpret_cast<const simple_test*>(this + 1), test_count};
    }
    std::string_view text() const noexcept {
        return {reinterpret_cast<const char*>(tests().data() + test_count), text_size};
    }
    bool is_any() const noexcept { return operations ? operations->tests.empty() : test_count == 0; }
    std::size_t size() const noexcept { return sizeof(tests_code) + test_count * sizeof(simple_test) + text_size; }

    /// `tests` accept what any of them accepts; none at all is `-`.
    POLKU_DECL static const tests_code* make(std::string_view text, std::span<const simple_test> tests, bool negated);
    /// Turns operations that only compare with constants into these constants.
    POLKU_DECL static const tests_code* make(std::string_view text, std::unique_ptr<compiled> operations);
    /// Takes over the one reference that `make` gives.
    POLKU_DECL static unary_tests wrap(const tests_code* owned) noexcept;
    POLKU_DECL static void destroy(const tests_code* of) noexcept;

    static void retain(const tests_code* of) noexcept {
        if (of != nullptr) of->references.fetch_add(1, std::memory_order_relaxed);
    }
    static void release(const tests_code* of) noexcept {
        if (of != nullptr && of->references.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy(of);
    }
};
static_assert(sizeof(tests_code) % alignof(simple_test) == 0);

/// Tests that are made of literals alone (`-`, comparisons with them, intervals and comma lists of them, also inside
/// `not`) compiled without a syntax tree, to the same tests as the parser and compiler make. None for any other text,
/// faulty ones included.
POLKU_DECL std::optional<unary_tests> plain_unary_tests(std::string_view text, const scope& names);
/// The value of an expression that is one literal. None for any other text.
POLKU_DECL std::optional<value> plain_constant(std::string_view text, const scope& names);
/// Tests by parser and compiler, whatever the text is.
POLKU_DECL result<unary_tests> parsed_unary_tests(std::string_view text, const scope& names, const type& input,
                                                  const compile_options& with);

}  // namespace polku::inline POLKU_V::feel::detail

#endif
