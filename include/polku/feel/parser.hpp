// SPDX-License-Identifier: Apache-2.0
#if defined(POLKU_HEADER_ONLY)
#include <polku/feel/expression.hpp>  // header-only mode reaches this header by it, with all declarations in order
#endif
#ifndef POLKU_FEEL_PARSER_HPP
#define POLKU_FEEL_PARSER_HPP

#include <polku/feel/scope.hpp>
#include <polku/feel/syntax.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// Parses an expression: one root. Names are resolved against the scope while parsing, since they decide where a name
/// ends. Errors: `feel_syntax`, `feel_unknown_name`, `limit_depth`, each with line and column.
POLKU_DECL result<syntax_tree> try_parse(std::string_view text, const scope& names, const compile_options& with = {});
/// Parses unary tests (grammar rules 7-18); the input `?` is symbol 0.
POLKU_DECL result<syntax_tree> try_parse_unary_tests(std::string_view text, const scope& names, const type& input,
                                                     const compile_options& with = {});

namespace detail {

/// Recursive descent over the text. A function that fails leaves the first failure in `failure_` and answers null.
class parser {
public:
    parser(std::string_view text, const scope& names, const compile_options& with)
        : text_(text), names_(names), options_(with) {}

    POLKU_DECL result<syntax_tree> expression_text();
    POLKU_DECL result<syntax_tree> unary_tests_text(const type& input);

private:
    /// A name declared around the place being read, or the mark of a filter, whose item's entries are in scope.
    struct declared {
        std::uint32_t symbol = 0;
        bool is_filter = false;
    };
    struct match {
        std::size_t end = no_end;
        std::uint32_t place_in_declared = 0;
        enum class kind : std::uint8_t { none, local, member, slot, builtin } is = kind::none;
        std::uint32_t index = 0;
        std::string_view name;
    };
    struct saved_state {
        std::size_t place;
        std::size_t symbols;
        std::size_t declared;
        std::size_t diagnostics;
    };
    struct text_place {
        std::uint32_t line;
        std::uint32_t column;
    };
    static constexpr std::size_t no_end = static_cast<std::size_t>(-1);

    // Text (parser_text.ipp)
    POLKU_DECL char peek() const noexcept;
    POLKU_DECL bool at_end() const noexcept { return place_ >= text_.size(); }
    POLKU_DECL void advance(std::size_t to);
    POLKU_DECL bool take(std::string_view symbol);
    POLKU_DECL bool sees(std::string_view symbol) const noexcept;
    POLKU_DECL bool sees_word(std::string_view keyword) const noexcept;
    POLKU_DECL bool take_word(std::string_view keyword);
    POLKU_DECL std::string_view word_here() const noexcept;
    POLKU_DECL bool sees_name() const noexcept;
    POLKU_DECL bool sees_range_dots() const noexcept { return sees(".."); }
    POLKU_DECL position where(std::size_t place);
    POLKU_DECL text_place line_and_column(std::size_t place);
    POLKU_DECL syntax_pointer node(syntax of, std::size_t start);
    POLKU_DECL std::string found_here() const;
    POLKU_DECL syntax_pointer fail(const std::string& expected);
    POLKU_DECL syntax_pointer fail_at(std::size_t place, error_code code, std::string message);
    POLKU_DECL void warn(std::size_t place, error_code code, std::string message);
    POLKU_DECL bool start();
    POLKU_DECL bool finish();
    POLKU_DECL bool enter();
    POLKU_DECL void leave() noexcept { --depth_; }
    POLKU_DECL saved_state save() const noexcept;
    POLKU_DECL void restore(const saved_state& to);

    // Names (parser_names.ipp)
    POLKU_DECL std::uint32_t declare(std::string name, type of);
    POLKU_DECL void forget(std::size_t declared_count) { declared_.resize(declared_count); }
    POLKU_DECL match longest_known() const;
    POLKU_DECL void match_declared(match& best) const;
    POLKU_DECL void match_members(match& best, const type& element, std::uint32_t place_in_declared) const;
    POLKU_DECL std::size_t run_end(std::size_t from) const;
    POLKU_DECL std::size_t declared_run_end(std::size_t from) const;
    POLKU_DECL std::optional<std::string> declared_name(std::string_view stop_word);
    POLKU_DECL syntax_pointer name();
    POLKU_DECL syntax_pointer known_name(const match& found, std::size_t start);
    POLKU_DECL syntax_pointer unknown_name(std::size_t start, std::size_t end);
    POLKU_DECL syntax_pointer item_entries(syntax_pointer otherwise, std::string_view name, std::uint32_t down_to,
                                           std::size_t start, bool also_typed);
    POLKU_DECL std::string nearest_names(std::string_view name) const;
    POLKU_DECL bool is_open_filter(const declared& each) const noexcept;
    POLKU_DECL bool member_name(const type& of, std::string& out);

    // Operators (parser.ipp)
    POLKU_DECL syntax_pointer expression();
    POLKU_DECL syntax_pointer comparison();
    POLKU_DECL syntax_pointer comparison_step(syntax_pointer left, std::size_t start);
    POLKU_DECL syntax_pointer between(syntax_pointer point, std::size_t start);
    POLKU_DECL syntax_pointer in_tests(syntax_pointer subject, std::size_t start);
    POLKU_DECL bool tests_in_parentheses(syntax_node& into);
    POLKU_DECL bool one_test(syntax_node& into);
    POLKU_DECL bool more_tests(syntax_node& into);
    POLKU_DECL syntax_pointer positive_test();
    POLKU_DECL syntax_pointer compare_test(syntax_operator op, std::size_t start);
    POLKU_DECL syntax_pointer value_test(syntax_pointer of);
    POLKU_DECL std::optional<syntax_operator> comparison_operator();
    POLKU_DECL std::optional<syntax_operator> arithmetic_operator(unsigned level);
    POLKU_DECL syntax_pointer arithmetic(unsigned level = 0, syntax_pointer first = nullptr);
    POLKU_DECL syntax_pointer unary(syntax_pointer first);
    POLKU_DECL syntax_pointer instance_of(syntax_pointer first);
    POLKU_DECL syntax_pointer postfix(syntax_pointer first);
    POLKU_DECL syntax_pointer junction(syntax of, std::string_view keyword);
    POLKU_DECL syntax_pointer forms();
    POLKU_DECL syntax_pointer postfix_step(syntax_pointer base, std::size_t start);
    POLKU_DECL syntax_pointer path(syntax_pointer base, std::size_t start);
    POLKU_DECL syntax_pointer filter(syntax_pointer base, std::size_t start);
    POLKU_DECL syntax_pointer invocation(syntax_pointer callee, std::size_t start);
    POLKU_DECL bool bracket_closes_range() const;

    // Literals and keyword forms (parser_forms.ipp)
    POLKU_DECL syntax_pointer primary();
    POLKU_DECL syntax_pointer keyword_form(std::string_view word, bool& taken);
    POLKU_DECL syntax_pointer name_or_keyword();
    POLKU_DECL syntax_pointer unary_range(syntax_operator op, std::size_t start);
    POLKU_DECL syntax_pointer constant(value of, type is, std::size_t start, std::size_t end);
    POLKU_DECL syntax_pointer number_literal(bool negative);
    POLKU_DECL syntax_pointer string_literal();
    POLKU_DECL bool string_text(std::string& out);
    POLKU_DECL bool escape(std::string& out);
    POLKU_DECL std::optional<char32_t> escaped_point(std::size_t digits);
    POLKU_DECL syntax_pointer at_literal();
    POLKU_DECL syntax_pointer parenthesis();
    POLKU_DECL syntax_pointer bracket();
    POLKU_DECL syntax_pointer interval(syntax_pointer low, bool low_closed, std::size_t start);
    POLKU_DECL syntax_pointer context_literal();
    POLKU_DECL bool context_entry(syntax_node& into);
    POLKU_DECL syntax_pointer for_loop();
    POLKU_DECL syntax_pointer quantified(syntax of);
    POLKU_DECL bool iterators(syntax_node& into);
    POLKU_DECL syntax_pointer iteration_domain();
    POLKU_DECL syntax_pointer conditional();
    POLKU_DECL syntax_pointer function_definition();
    POLKU_DECL bool parameters(syntax_node& into);

    // Types (parser_types.ipp)
    POLKU_DECL bool type_text(type& out);
    POLKU_DECL bool type_of_form(std::string_view word, bool& taken, type& out);
    POLKU_DECL bool context_type(type& out);
    POLKU_DECL bool function_type(type& out);
    POLKU_DECL bool named_type(type& out);
    POLKU_DECL bool sees_bare_type();
    POLKU_DECL bool expect(std::string_view symbol);

    // Unary tests (parser.ipp)
    POLKU_DECL bool test_list(std::vector<syntax_pointer>& out);
    POLKU_DECL bool negated_tests(std::vector<syntax_pointer>& out);

    std::string_view text_;
    const scope& names_;
    const compile_options& options_;
    std::size_t place_ = 0;
    std::uint32_t depth_ = 0;
    std::vector<declared> declared_;
    std::vector<syntax_symbol> symbols_;
    std::vector<diagnostic> diagnostics_;
    std::optional<error> failure_;
    std::vector<std::size_t> line_starts_;
    std::size_t counted_place_ = 0;  // the column of this place was counted last
    std::uint32_t counted_column_ = 1;
    bool met_unknown_type_ = false;  // a type was read that nobody knows
    bool range_may_close_ = false;   // `[` may close an interval whose end is being read
};

POLKU_DECL type element_of(const type& of);
/// The type that both have in common, else Any.
POLKU_DECL type common_type(const type& left, const type& right);

}  // namespace detail

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/parser.ipp>
#include <polku/impl/feel/parser_forms.ipp>
#include <polku/impl/feel/parser_names.ipp>
#include <polku/impl/feel/parser_text.ipp>
#include <polku/impl/feel/parser_types.ipp>
#endif

#endif
