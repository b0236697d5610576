// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PARSER_IPP
#define POLKU_IMPL_FEEL_PARSER_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

namespace polku::inline POLKU_V::feel {

POLKU_DECL result<syntax_tree> try_parse(std::string_view text, const scope& names, const compile_options& with) {
    return detail::parser(text, names, with).expression_text();
}

POLKU_DECL result<syntax_tree> try_parse_unary_tests(std::string_view text, const scope& names, const type& input,
                                                     const compile_options& with) {
    return detail::parser(text, names, with).unary_tests_text(input);
}

namespace detail {

POLKU_DECL type element_of(const type& of) {
    const bool holds = of.is() == type::form::list || of.is() == type::form::range;
    return holds ? of.element() : of;
}

POLKU_DECL type common_type(const type& left, const type& right) {
    constexpr std::size_t most_members = 256;  // comparing wide contexts takes time by the square of their width
    if (left.is() == type::form::context && left.members().size() > most_members) return type::any();
    if (left.conforms_to(right)) return right;
    return right.conforms_to(left) ? left : type::any();
}

POLKU_DECL bool is_of_kind(const syntax_pointer& of, kind wanted) noexcept {
    return of->type.is() == type::form::simple && of->type.simple_kind() == wanted;
}

POLKU_DECL result<syntax_tree> parser::expression_text() {
    syntax_pointer root = start() ? expression() : nullptr;
    if (root) finish();
    if (failure_) return *std::move(failure_);
    syntax_tree made;
    made.roots.push_back(std::move(root));
    made.symbols = std::move(symbols_);
    made.diagnostics = std::move(diagnostics_);
    return made;
}

POLKU_DECL result<syntax_tree> parser::unary_tests_text(const type& input) {
    syntax_tree made;
    declare("?", input);
    if (start()) {
        if (sees("-") && skip_space(text_, place_ + 1) >= text_.size()) {
            advance(place_ + 1);
        } else {
            made.negated = negated_tests(made.roots);
            if (!made.negated && test_list(made.roots)) finish();
        }
    }
    if (failure_) return *std::move(failure_);
    made.symbols = std::move(symbols_);
    made.diagnostics = std::move(diagnostics_);
    return made;
}

POLKU_DECL bool parser::test_list(std::vector<syntax_pointer>& out) {
    do {
        auto test = positive_test();
        if (!test) return false;
        out.push_back(std::move(test));
    } while (take(","));
    return true;
}

/// `not(...)` around all tests. When the parenthesis does not end the text, `not` is the built-in of an expression.
POLKU_DECL bool parser::negated_tests(std::vector<syntax_pointer>& out) {
    if (!sees_word("not")) return false;
    const saved_state before = save();
    advance(place_ + 3);
    if (take("(") && test_list(out) && take(")") && at_end()) return true;
    out.clear();
    restore(before);
    return false;
}

POLKU_DECL syntax_pointer parser::compare_test(syntax_operator op, std::size_t start) {
    auto operand = arithmetic();
    if (!operand) return nullptr;
    auto made = node(syntax::compare_test, start);
    made->operators.push_back(op);
    made->children.push_back(std::move(operand));
    return made;
}

POLKU_DECL syntax_pointer parser::value_test(syntax_pointer of) {
    if (!of) return nullptr;
    auto made = std::make_unique<syntax_node>();
    made->is = syntax::value_test;
    made->line = of->line;
    made->column = of->column;
    made->children.push_back(std::move(of));
    return made;
}

POLKU_DECL syntax_pointer parser::positive_test() {
    const std::size_t start = place_;
    if (const auto op = comparison_operator()) return compare_test(*op, start);
    return value_test(expression());
}

POLKU_DECL syntax_pointer parser::expression() {
    const bool outer = range_may_close_;
    range_may_close_ = false;
    syntax_pointer made = enter() ? junction(syntax::disjunction, "or") : nullptr;
    leave();
    range_may_close_ = outer;
    return made;
}

POLKU_DECL syntax_pointer parser::junction(syntax of, std::string_view keyword) {
    const std::size_t start = place_;
    const bool outer = of == syntax::disjunction;
    const auto operand = [this, outer] { return outer ? junction(syntax::conjunction, "and") : comparison(); };
    auto first = operand();
    if (!first || !sees_word(keyword)) return first;
    auto made = node(of, start);
    made->type = type::simple(kind::boolean);
    made->children.push_back(std::move(first));
    while (take_word(keyword)) {
        auto next = operand();
        if (!next) return nullptr;
        made->children.push_back(std::move(next));
    }
    return made;
}

POLKU_DECL std::optional<syntax_operator> parser::comparison_operator() {
    if (take("<=")) return syntax_operator::less_or_equal;
    if (take(">=")) return syntax_operator::greater_or_equal;
    if (take("!=")) return syntax_operator::not_equal;
    if (take("<")) return syntax_operator::less;
    if (take(">")) return syntax_operator::greater;
    if (take("=")) return syntax_operator::equal;
    return std::nullopt;
}

/// Comparisons join from the left like all binary operators: `1 < 2 = true` compares the truth of `1 < 2`.
POLKU_DECL syntax_pointer parser::comparison() {
    const std::size_t start = place_;
    const std::uint32_t outer = depth_;
    auto left = arithmetic();
    bool joined = left != nullptr;
    while (joined) {
        const std::size_t before = place_;
        left = comparison_step(std::move(left), start);
        joined = left && place_ != before;
        // The tree grows downwards with each step, so steps count as nesting.
        if (joined && !enter()) left = nullptr;
        joined = joined && left;
    }
    depth_ = outer;
    return left;
}

/// The operand with the comparison that follows it, or as it is.
POLKU_DECL syntax_pointer parser::comparison_step(syntax_pointer left, std::size_t start) {
    if (take_word("between")) return between(std::move(left), start);
    if (take_word("in")) return in_tests(std::move(left), start);
    const auto op = comparison_operator();
    if (!op) return left;
    auto right = arithmetic();
    if (!right) return nullptr;
    auto made = node(syntax::comparison, start);
    made->type = type::simple(kind::boolean);
    made->operators.push_back(*op);
    made->children.push_back(std::move(left));
    made->children.push_back(std::move(right));
    return made;
}

POLKU_DECL syntax_pointer parser::between(syntax_pointer point, std::size_t start) {
    auto low = arithmetic();
    if (!low) return nullptr;
    if (!take_word("and")) return fail("'and' of 'between ... and ...'");
    auto high = arithmetic();
    if (!high) return nullptr;
    auto made = node(syntax::between, start);
    made->type = type::simple(kind::boolean);
    made->children.push_back(std::move(point));
    made->children.push_back(std::move(low));
    made->children.push_back(std::move(high));
    return made;
}

POLKU_DECL syntax_pointer parser::in_tests(syntax_pointer subject, std::size_t start) {
    auto made = node(syntax::in_tests, start);
    made->type = type::simple(kind::boolean);
    const std::size_t outer = declared_.size();
    made->index = declare("?", subject->type);
    made->children.push_back(std::move(subject));
    const bool fine = peek() == '(' ? tests_in_parentheses(*made) : one_test(*made);
    forget(outer);
    return fine ? std::move(made) : nullptr;
}

POLKU_DECL bool parser::one_test(syntax_node& into) {
    const std::size_t start = place_;
    const auto op = comparison_operator();
    auto test = op ? compare_test(*op, start) : value_test(arithmetic());
    if (!test) return false;
    into.children.push_back(std::move(test));
    return true;
}

POLKU_DECL bool parser::more_tests(syntax_node& into) {
    while (take(",")) {
        auto test = positive_test();
        if (!test) return false;
        into.children.push_back(std::move(test));
    }
    return expect(")");
}

/// After `in`: `(` opens a list of tests, an interval, or an expression that goes on after its parenthesis; which one
/// shows only after the first operand, which is read once.
POLKU_DECL bool parser::tests_in_parentheses(syntax_node& into) {
    const std::size_t start = place_;
    advance(place_ + 1);
    const std::size_t first_start = place_;
    if (const auto op = comparison_operator()) {
        auto test = compare_test(*op, first_start);
        if (!test) return false;
        into.children.push_back(std::move(test));
        return more_tests(into);
    }
    auto first = expression();
    if (!first) return false;
    if (sees_range_dots()) {
        first = interval(std::move(first), false, start);
    } else if (peek() == ',') {
        into.children.push_back(value_test(std::move(first)));
        return more_tests(into);
    } else if (!expect(")")) {
        return false;
    }
    auto test = first ? value_test(arithmetic(0, std::move(first))) : nullptr;
    if (!test) return false;
    into.children.push_back(std::move(test));
    return true;
}

POLKU_DECL std::optional<syntax_operator> parser::arithmetic_operator(unsigned level) {
    if (level == 0) {
        if (take("+")) return syntax_operator::add;
        if (sees("-") && !sees("->") && take("-")) return syntax_operator::subtract;
    } else if (level == 1) {
        if (!sees("**") && take("*")) return syntax_operator::multiply;
        if (take("/")) return syntax_operator::divide;
    } else if (take("**")) {
        return syntax_operator::power;
    }
    return std::nullopt;
}

/// Level 0 is `+ -`, 1 is `* /`, 2 is `**`; each joins from the left (the kit has 3 ** 4 ** 5 = (3 ** 4) ** 5).
POLKU_DECL syntax_pointer parser::arithmetic(unsigned level, syntax_pointer first) {
    if (level == 3) return unary(std::move(first));
    const std::size_t start = place_;
    auto left = arithmetic(level + 1, std::move(first));
    auto op = left ? arithmetic_operator(level) : std::nullopt;
    if (!op) return left;
    auto made = node(syntax::arithmetic, start);
    bool numbers = is_of_kind(left, kind::number);
    bool strings = is_of_kind(left, kind::string);
    made->children.push_back(std::move(left));
    while (op) {
        auto right = arithmetic(level + 1);
        if (!right) return nullptr;
        numbers = numbers && is_of_kind(right, kind::number);
        strings = strings && is_of_kind(right, kind::string);
        made->operators.push_back(*op);
        made->children.push_back(std::move(right));
        op = arithmetic_operator(level);
    }
    if (numbers || strings) made->type = type::simple(numbers ? kind::number : kind::string);
    return made;
}

/// Unary minus binds tighter than `**`; right before a digit it is part of the literal (rule 35).
POLKU_DECL syntax_pointer parser::unary(syntax_pointer first) {
    if (first || peek() != '-') return instance_of(std::move(first));
    const std::size_t start = place_;
    const std::size_t next = place_ + 1;
    if (number_end(text_, next) != next) return instance_of(nullptr);
    advance(next);
    syntax_pointer operand = enter() ? unary(nullptr) : nullptr;
    leave();
    if (!operand) return nullptr;
    auto made = node(syntax::negation, start);
    made->type = operand->type;
    made->children.push_back(std::move(operand));
    return made;
}

POLKU_DECL syntax_pointer parser::instance_of(syntax_pointer first) {
    const std::size_t start = place_;
    auto subject = postfix(std::move(first));
    if (!subject || !take_word("instance")) return subject;
    if (!take_word("of")) return fail("'of' after 'instance'");
    auto made = node(syntax::instance_of, start);
    made->type = type::simple(kind::boolean);
    const bool bare = sees_bare_type();
    met_unknown_type_ = false;
    if (!type_text(made->wanted)) return nullptr;
    // Such types have no place in the lattice, so the answer is null (table 61).
    if (bare || met_unknown_type_) return constant(value(null_reason::type_mismatch), type::any(), start, place_);
    made->children.push_back(std::move(subject));
    return made;
}

/// In `[a..b[` the second bracket closes the range, unless what follows could only be a filter.
POLKU_DECL bool parser::bracket_closes_range() const {
    if (!range_may_close_) return false;
    const std::size_t next = skip_space(text_, place_ + 1);
    if (next >= text_.size()) return true;
    constexpr std::string_view after_range = ",)]}.=!<>*/+:";
    const char letter = text_[next];
    if (after_range.find(letter) != std::string_view::npos)
        return !(letter == '.' && is_digit(text_.substr(next, 2).back()));
    return is_infix_keyword(text_.substr(next, word_end(text_, next) - next));
}

POLKU_DECL syntax_pointer parser::postfix(syntax_pointer first) {
    const std::size_t start = place_;
    const std::uint32_t outer = depth_;
    auto base = first ? std::move(first) : primary();
    while (base) {
        const bool step =
            (peek() == '.' && !sees_range_dots()) || peek() == '(' || (peek() == '[' && !bracket_closes_range());
        if (!step) break;
        // The tree grows downwards with each step, so steps count as nesting.
        base = enter() ? postfix_step(std::move(base), start) : nullptr;
    }
    depth_ = outer;
    return base;
}

POLKU_DECL syntax_pointer parser::postfix_step(syntax_pointer base, std::size_t start) {
    if (peek() == '.') return path(std::move(base), start);
    return peek() == '[' ? filter(std::move(base), start) : invocation(std::move(base), start);
}

POLKU_DECL syntax_pointer parser::path(syntax_pointer base, std::size_t start) {
    advance(place_ + 1);
    auto made = node(syntax::path, start);
    if (!member_name(base->type, made->text)) return nullptr;
    const bool projects = base->type.is() == type::form::list;
    const type element = projects ? base->type.element() : base->type;
    const type* member = element.is() == type::form::context ? element.find_member(made->text) : nullptr;
    if (member != nullptr) made->type = projects ? type::list_of(*member) : *member;
    made->children.push_back(std::move(base));
    return made;
}

POLKU_DECL syntax_pointer parser::filter(syntax_pointer base, std::size_t start) {
    advance(place_ + 1);
    auto made = node(syntax::filter, start);
    const std::size_t outer = declared_.size();
    made->index = declare("item", element_of(base->type));
    declared_.back().is_filter = true;
    auto condition = expression();
    forget(outer);
    if (!condition || !expect("]")) return nullptr;
    const type item = element_of(base->type);
    if (is_of_kind(condition, kind::number)) made->type = item;
    if (is_of_kind(condition, kind::boolean)) made->type = type::list_of(item);
    made->children.push_back(std::move(base));
    made->children.push_back(std::move(condition));
    return made;
}

POLKU_DECL syntax_pointer parser::invocation(syntax_pointer callee, std::size_t start) {
    advance(place_ + 1);
    auto made = node(syntax::invocation, start);
    if (callee->callee != nullptr) made->type = callee->callee->result_type();
    if (callee->type.is() == type::form::function) made->type = callee->type.element();
    made->children.push_back(std::move(callee));
    if (take(")")) return made;
    bool named = false;
    do {
        const std::size_t end = sees_name() ? declared_run_end(place_) : place_;
        const std::size_t colon = skip_space(text_, end);
        const bool has_name = end != place_ && colon < text_.size() && text_[colon] == ':';
        if (made->children.size() > 1 && has_name != named)
            return fail(named ? "a name and ':' (all arguments are named, or none)" : "an argument without a name");
        named = has_name;
        if (named) {
            made->names.push_back(fold_name(text_.substr(place_, end - place_)));
            advance(colon + 1);
        }
        auto argument = expression();
        if (!argument) return nullptr;
        made->children.push_back(std::move(argument));
    } while (take(","));
    return expect(")") ? std::move(made) : nullptr;
}

}  // namespace detail

}  // namespace polku::inline POLKU_V::feel

#endif
