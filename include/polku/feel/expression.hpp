// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_EXPRESSION_HPP
#define POLKU_FEEL_EXPRESSION_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

namespace detail {
struct compiled;
}

/// The names that an expression may use, each with its type and the slot that holds its value when it is evaluated.
/// Names may have spaces and the other characters that FEEL allows; longer names win over shorter ones.
class scope {
public:
    struct entry {
        std::string name;
        feel::type type;
    };

    scope() = default;
    /// Adds a name (after folding of white space); its slot is the number of names before it.
    POLKU_DECL std::uint32_t add(std::string_view name, type of = {});
    POLKU_DECL std::optional<std::uint32_t> find(std::string_view name) const noexcept;
    std::span<const entry> entries() const noexcept { return entries_; }
    std::size_t size() const noexcept { return entries_.size(); }

private:
    std::vector<entry> entries_;
};

/// Where an expression's text stands, so that errors can name the place: line and column of its first character.
struct text_origin {
    std::string source;
    std::string element;
    std::string pointer;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

struct compile_options {
    text_origin origin;
    /// What to do with a name that is nowhere in scope: an error of the 2xx family, or a null with `no_such_entry` at
    /// evaluation and a warning among the diagnostics.
    bool unknown_names_are_null = false;
    std::uint32_t max_depth = 256;  ///< nesting of the text
};

/// A compiled FEEL expression: immutable, shared freely by threads, cheap to copy. Names are resolved to slots.
class expression {
public:
    expression() = default;
    /// Evaluates with one value for each name of the scope, in slot order. Never throws for what FEEL calls null; look at
    /// `with.fault()` for limits and cancellation.
    POLKU_DECL value evaluate(evaluation_context& with, std::span<const value> slots) const;
    /// What is known of the result without evaluating.
    POLKU_DECL const type& result_type() const noexcept;
    /// The value, when the expression uses no name and no function that looks at the context.
    POLKU_DECL std::optional<value> constant() const;
    /// Slots that the expression reads, ascending, each once.
    POLKU_DECL std::span<const std::uint32_t> used_slots() const noexcept;
    POLKU_DECL std::span<const diagnostic> diagnostics() const noexcept;
    std::string_view text() const noexcept { return text_; }
    explicit operator bool() const noexcept { return code_ != nullptr; }

private:
    friend struct detail::compiled;
    std::shared_ptr<const detail::compiled> code_;
    std::string text_;
};

/// Parses and compiles a FEEL expression (DMN 1.5 clause 10.3.1.2, rule 1 `expression`).
POLKU_DECL result<expression> try_compile(std::string_view text, const scope& names, const compile_options& with = {});

/// One simple unary test over a column: `any` accepts everything; the others compare the input with constants.
struct simple_test {
    enum class op : std::uint8_t { any, equal, not_equal, less, less_or_equal, greater, greater_or_equal, in_range };
    op is = op::any;
    value operand;       ///< the constant; a range value for `in_range`
};

/// Compiled unary tests (a cell of a decision table, or the text of allowed values), as DMN 1.5 clause 7.3.5 and grammar
/// rules 7-18 define them: the comma list is a disjunction, `not(...)` negates it, `?` is the input.
class unary_tests {
public:
    /// True, false or null, as the reference semantics says.
    POLKU_DECL value accepts(evaluation_context& with, std::span<const value> slots, const value& input) const;
    /// The constants that bound this cell when every test compares the input with constants (also when wrapped in
    /// `not`): the cell's answer can only change at them. Empty optional when the cell is opaque.
    POLKU_DECL std::optional<std::vector<simple_test>> simple_tests() const;
    POLKU_DECL bool is_any() const noexcept;  ///< the cell is `-`
    POLKU_DECL std::span<const diagnostic> diagnostics() const noexcept;
    std::string_view text() const noexcept { return text_; }
    explicit operator bool() const noexcept { return code_ != nullptr; }

private:
    friend struct detail::compiled;
    std::shared_ptr<const detail::compiled> code_;
    std::string text_;
};

/// Compiles unary tests over an input of the given type.
POLKU_DECL result<unary_tests> try_compile_unary_tests(std::string_view text, const scope& names, const type& input,
                                                       const compile_options& with = {});

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/expression.ipp>
#endif

#endif
