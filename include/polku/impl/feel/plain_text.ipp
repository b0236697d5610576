// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PLAIN_TEXT_IPP
#define POLKU_IMPL_FEEL_PLAIN_TEXT_IPP

#include <polku/feel/expression.hpp>
#include <polku/feel/lexer.hpp>
#include <polku/feel/tests_code.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value temporal_literal(std::string_view text);

/// Reads texts of literals. Whatever it is not sure of it declines, and then the parser decides: so it knows nothing of
/// comments, escapes, names, operators or faults.
class plain_reader {
public:
    plain_reader(std::string_view text, const scope& names) : text_(text), names_(names) { skip(); }

    POLKU_DECL bool tests(std::vector<simple_test>& out, bool& negated);
    POLKU_DECL bool literal(value& out);
    bool at_end() const noexcept { return place_ >= text_.size(); }

private:
    char peek() const noexcept { return at_end() ? '\0' : text_[place_]; }
    void skip() noexcept {
        while (!at_end() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r'))) ++place_;
    }
    bool take(char wanted) noexcept {
        if (peek() != wanted) return false;
        ++place_;
        skip();
        return true;
    }
    POLKU_DECL bool list(std::vector<simple_test>& out);
    POLKU_DECL bool test(simple_test& out);
    POLKU_DECL bool comparison(simple_test& out);
    POLKU_DECL bool interval(simple_test& out);
    POLKU_DECL bool number_literal(value& out);
    POLKU_DECL bool quoted(std::string_view& out);
    POLKU_DECL bool word(std::string_view wanted);

    std::string_view text_;
    const scope& names_;
    std::size_t place_ = 0;
};

POLKU_DECL bool plain_reader::number_literal(value& out) {
    const std::size_t end = number_end(text_, place_ + (peek() == '-' ? 1 : 0));
    if (end == place_ + (peek() == '-' ? 1 : 0)) return false;
    const auto made = number::parse(text_.substr(place_, end - place_));
    if (!made) return false;
    out = *made;
    place_ = end;
    return true;
}

POLKU_DECL bool plain_reader::quoted(std::string_view& out) {
    const std::size_t end = text_.find_first_of("\"\\\n\r", place_ + 1);
    if (end == std::string_view::npos || text_[end] != '"') return false;
    out = text_.substr(place_ + 1, end - place_ - 1);
    place_ = end + 1;
    return true;
}

/// A keyword that is a literal; a name in scope that begins with it may be longer, which the parser knows.
POLKU_DECL bool plain_reader::word(std::string_view wanted) {
    if (text_.substr(place_, wanted.size()) != wanted) return false;
    for (const scope::entry& each : names_.entries())
        if (std::string_view(each.name).substr(0, wanted.size()) == wanted) return false;
    place_ += wanted.size();
    return true;
}

/// One literal and the white space behind it. What follows it is for the caller to refuse.
POLKU_DECL bool plain_reader::literal(value& out) {
    const char first = peek();
    std::string_view inside;
    if (first == '"') {
        if (!quoted(inside)) return false;
        out = inside;
    } else if (first == '@') {
        ++place_;
        if (peek() != '"' || !quoted(inside)) return false;
        out = temporal_literal(inside);
        if (out.is_null()) return false;
    } else if (first == 't' && word("true")) {
        out = true;
    } else if (first == 'f' && word("false")) {
        out = false;
    } else if (first == 'n' && word("null")) {
        out = value();
    } else if (!number_literal(out)) {
        return false;
    }
    skip();
    return true;
}

POLKU_DECL bool plain_reader::comparison(simple_test& out) {
    using op = simple_test::op;
    const char first = peek();
    ++place_;
    const bool or_equal = peek() == '=';
    if (first == '=')
        out.is = op::equal;
    else if (first == '!' && !or_equal)
        return false;
    else if (first == '!')
        out.is = op::not_equal;
    else if (first == '<')
        out.is = or_equal ? op::less_or_equal : op::less;
    else
        out.is = or_equal ? op::greater_or_equal : op::greater;
    if (or_equal && first != '=') ++place_;
    skip();
    return literal(out.operand);
}

/// Only between two values of a kind whose ends always compare.
POLKU_DECL bool plain_reader::interval(simple_test& out) {
    range made;
    made.low_closed = peek() == '[';
    ++place_;
    skip();
    if (!literal(made.low) || text_.substr(place_, 2) != "..") return false;
    place_ += 2;
    skip();
    if (!literal(made.high) || made.high.kind() != made.low.kind()) return false;
    if (!made.low.is(kind::number) && !made.low.is(kind::string) && !made.low.is(kind::date)) return false;
    made.high_closed = peek() == ']';
    if (!take(']') && !take(')')) return false;
    out.is = simple_test::op::in_range;
    out.operand = std::move(made);
    return true;
}

POLKU_DECL bool plain_reader::test(simple_test& out) {
    switch (peek()) {
        case '<':
        case '>':
        case '=':
        case '!': return comparison(out);
        case '[':
        case '(':
        case ']': return interval(out);
        default: out.is = simple_test::op::equal; return literal(out.operand);
    }
}

POLKU_DECL bool plain_reader::list(std::vector<simple_test>& out) {
    do {
        if (!test(out.emplace_back())) return false;
    } while (take(','));
    return true;
}

POLKU_DECL bool plain_reader::tests(std::vector<simple_test>& out, bool& negated) {
    if (peek() == '-' && skip_blanks(text_, place_ + 1) == text_.size()) {
        place_ = text_.size();
        return true;
    }
    negated = text_.substr(place_, 3) == "not";
    if (!negated) return list(out) && at_end();
    place_ += 3;
    skip();
    return take('(') && list(out) && take(')') && at_end();
}

/// Texts longer than any cell that a person writes are the parser's, with its limits; and so is what is no UTF-8.
POLKU_DECL bool may_be_plain(std::string_view text) noexcept {
    constexpr std::size_t longest = 1U << 16U;
    if (text.size() > longest) return false;
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char each) { return static_cast<unsigned char>(each) < 0x80; });
    return ascii || find_invalid_utf8(text) == no_place;
}

POLKU_DECL std::optional<unary_tests> plain_unary_tests(std::string_view text, const scope& names) {
    std::vector<simple_test> tests;
    bool negated = false;
    if (!may_be_plain(text) || !plain_reader(text, names).tests(tests, negated)) return std::nullopt;
    auto* made = const_cast<tests_code*>(tests_code::make(text, tests, negated));
    made->is_literal = true;
    return tests_code::wrap(made);
}

POLKU_DECL std::optional<value> plain_constant(std::string_view text, const scope& names) {
    value made;
    if (!may_be_plain(text)) return std::nullopt;
    plain_reader read(text, names);
    if (!read.literal(made) || !read.at_end()) return std::nullopt;
    return made;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
