// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PARSER_FORMS_IPP
#define POLKU_IMPL_FEEL_PARSER_FORMS_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL syntax_pointer parser::constant(value of, type is, std::size_t start, std::size_t end) {
    auto made = node(syntax::literal, start);
    made->constant = std::move(of);
    made->type = std::move(is);
    advance(end);
    return made;
}

POLKU_DECL syntax_pointer parser::primary() {
    if (at_end()) return fail("an expression");
    if (sees_name()) return name_or_keyword();
    switch (peek()) {
        case '"': return string_literal();
        case '@': return at_literal();
        case '(': return parenthesis();
        case '[': return bracket();
        case ']': return bracket();
        case '{': return context_literal();
        case '-': return number_literal(true);
        default: return number_literal(false);
    }
}

POLKU_DECL syntax_pointer parser::number_literal(bool negative) {
    const std::size_t start = place_;
    const std::size_t end = number_end(text_, start + (negative ? 1 : 0));
    if (end == start) return fail("an expression");
    const auto parsed = number::parse(text_.substr(start, end - start));
    if (!parsed)
        return fail_at(start, error_code::feel_syntax,
                       "number " + std::string(text_.substr(start, std::min<std::size_t>(end - start, 64))) +
                           " is outside the range of FEEL numbers (exponents to 6111)");
    return constant(*parsed, type::simple(kind::number), start, end);
}

POLKU_DECL syntax_pointer parser::string_literal() {
    const std::size_t start = place_;
    std::string made;
    if (!string_text(made)) return nullptr;
    return constant(std::string_view(made), type::simple(kind::string), start, place_);
}

/// Reads a string with its quotes; leaves the place behind it.
POLKU_DECL bool parser::string_text(std::string& out) {
    const std::size_t start = place_;
    ++place_;
    while (!at_end() && peek() != '"') {
        const std::size_t plain = text_.find_first_of("\"\\\n\r", place_);
        const std::size_t end = std::min(plain, text_.size());
        out.append(text_.substr(place_, end - place_));
        place_ = end;
        if (at_end()) break;
        if (peek() == '\\') {
            if (!escape(out)) return false;
        } else if (peek() != '"') {
            fail_at(place_, error_code::feel_syntax,
                    "found the end of the line inside a string; close the string with '\"' or write \\n");
            return false;
        }
    }
    if (at_end()) {
        fail_at(start, error_code::feel_syntax, "this string has no closing '\"'");
        return false;
    }
    advance(place_ + 1);
    return true;
}

POLKU_DECL std::optional<char32_t> parser::escaped_point(std::size_t digits) {
    char32_t point = 0;
    const std::string_view hex = text_.substr(std::min(place_ + 2, text_.size()), digits);
    if (hex.size() < digits) return std::nullopt;
    for (const char each : hex) {
        const int digit = each >= '0' && each <= '9'   ? each - '0'
                          : each >= 'a' && each <= 'f' ? each - 'a' + 10
                          : each >= 'A' && each <= 'F' ? each - 'A' + 10
                                                       : -1;
        if (digit < 0) return std::nullopt;
        point = point * 16 + static_cast<char32_t>(digit);
    }
    return point;
}

POLKU_DECL bool parser::escape(std::string& out) {
    const char letter = place_ + 1 < text_.size() ? text_[place_ + 1] : '\0';
    constexpr std::string_view letters = "nrt'\"\\";
    constexpr std::string_view meant = "\n\r\t'\"\\";
    if (const std::size_t at = letters.find(letter); letter != '\0' && at != std::string_view::npos) {
        out.push_back(meant[at]);
        place_ += 2;
        return true;
    }
    if (letter != 'u' && letter != 'U') {  // a backslash before anything else is just a backslash (rule 33)
        out.push_back('\\');
        ++place_;
        return true;
    }
    const std::size_t start = place_;
    const std::size_t digits = letter == 'u' ? 4 : 6;
    auto point = escaped_point(digits);
    place_ += 2 + (point ? digits : 0);
    const bool high = point && *point >= 0xD800 && *point <= 0xDBFF;
    if (high && text_.substr(place_, 2) == "\\u") {
        const auto low = escaped_point(4);
        if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
            place_ += 6;
            point = 0x10000 + ((*point - 0xD800) << 10) + (*low - 0xDC00);
        }
    }
    if (!point || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF)) {
        fail_at(start, error_code::feel_syntax,
                "this escape is no character; write \\u with four hexadecimal digits or \\U with six");
        return false;
    }
    append_utf8(out, *point);
    return true;
}

/// The value of an at-literal's text: a date, a date and time, a time or a duration.
POLKU_DECL value temporal_literal(std::string_view text) {
    const time::zone_source& zones = time::builtin_zones();
    if (const auto day = time::parse_date(text)) return *day;
    if (const auto clock = time::parse_time(text, zones)) return *clock;
    if (const auto when = time::parse_date_time(text, zones)) return *when;
    if (const auto months = time::parse_months_duration(text)) return *months;
    if (const auto days = time::parse_days_duration(text)) return *days;
    return value(null_reason::invalid_argument);
}

POLKU_DECL syntax_pointer parser::at_literal() {
    const std::size_t start = place_;
    advance(place_ + 1);
    if (peek() != '"') return fail("a string after '@'");
    std::string text;
    if (!string_text(text)) return nullptr;
    value made = temporal_literal(text);
    if (made.is_null())
        warn(start, error_code::feel_syntax,
             "@\"" + text.substr(0, 64) + "\" is no date, time or duration; it is null");
    type is = made.is_null() ? type::any() : type::simple(made.kind());
    return constant(std::move(made), std::move(is), start, place_);
}

POLKU_DECL syntax_pointer parser::unary_range(syntax_operator op, std::size_t start) {
    auto operand = enter() ? arithmetic() : nullptr;
    leave();
    if (!operand || !expect(")")) return nullptr;
    auto made = node(syntax::unary_range, start);
    made->type = type::range_of(operand->type);
    made->operators.push_back(op);
    made->children.push_back(std::move(operand));
    return made;
}

POLKU_DECL syntax_pointer parser::parenthesis() {
    const std::size_t start = place_;
    advance(place_ + 1);
    if (const auto op = comparison_operator()) return unary_range(*op, start);
    auto inner = expression();
    if (!inner) return nullptr;
    if (sees_range_dots()) return interval(std::move(inner), false, start);
    return expect(")") ? std::move(inner) : nullptr;
}

/// `[` opens a list or an interval, `]` an interval that leaves its low end out.
POLKU_DECL syntax_pointer parser::bracket() {
    const std::size_t start = place_;
    const bool closed = peek() == '[';
    advance(place_ + 1);
    auto made = node(syntax::list, start);
    if (closed && take("]")) {
        made->type = type::list_of(type::any());
        return made;
    }
    auto first = expression();
    if (!first) return nullptr;
    if (sees_range_dots()) return interval(std::move(first), closed, start);
    if (!closed) return fail("'..' of a range");
    type element = first->type;
    made->children.push_back(std::move(first));
    while (take(",")) {
        auto next = expression();
        if (!next) return nullptr;
        element = common_type(element, next->type);
        made->children.push_back(std::move(next));
    }
    made->type = type::list_of(std::move(element));
    return expect("]") ? std::move(made) : nullptr;
}

POLKU_DECL syntax_pointer parser::interval(syntax_pointer low, bool low_closed, std::size_t start) {
    advance(place_ + 2);
    const bool outer = range_may_close_;
    range_may_close_ = true;
    auto high = enter() ? arithmetic() : nullptr;
    leave();
    range_may_close_ = outer;
    if (!high) return nullptr;
    auto made = node(syntax::interval, start);
    made->low_closed = low_closed;
    made->high_closed = peek() == ']';
    if (!take("]") && !take(")") && !take("[")) return fail("']', ')' or '[' to close the range");
    made->type = type::range_of(common_type(low->type, high->type));
    made->children.push_back(std::move(low));
    made->children.push_back(std::move(high));
    return made;
}

POLKU_DECL bool parser::context_entry(syntax_node& into) {
    std::string key;
    if (peek() == '"') {
        if (!string_text(key)) return false;
    } else {
        auto name = declared_name({});
        if (!name) return false;
        key = *std::move(name);
    }
    if (!expect(":")) return false;
    auto entry = expression();
    if (!entry) return false;
    into.symbols.push_back(declare(key, entry->type));
    into.names.push_back(std::move(key));
    into.children.push_back(std::move(entry));
    return true;
}

POLKU_DECL syntax_pointer parser::context_literal() {
    const std::size_t start = place_;
    auto made = node(syntax::context, start);
    const std::size_t outer = declared_.size();
    advance(place_ + 1);
    if (peek() != '}') {
        do {
            if (!context_entry(*made)) return nullptr;
        } while (take(","));
    }
    forget(outer);
    if (!expect("}")) return nullptr;
    std::vector<std::string_view> sorted(made->names.begin(), made->names.end());
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
        made->index = 1;
        warn(start, error_code::feel_syntax,
             "entry '" + std::string(twice->substr(0, 64)) + "' stands twice in this context, which makes it null");
    }
    std::vector<type::member> members;
    for (std::size_t i = 0; i < made->names.size(); ++i)
        members.push_back({made->names[i], std::make_shared<const type>(made->children[i]->type)});
    made->type = type::context_of(std::move(members));
    return made;
}

/// `for`, `if` and the other keywords open their forms, unless a longer name is known here.
POLKU_DECL syntax_pointer parser::name_or_keyword() {
    bool taken = false;
    auto form = keyword_form(word_here(), taken);
    return taken ? std::move(form) : name();
}

POLKU_DECL syntax_pointer parser::keyword_form(std::string_view word, bool& taken) {
    constexpr std::string_view keywords[] = {"true", "false", "null", "if", "for", "some", "every", "function"};
    const std::size_t start = place_;
    const std::size_t end = place_ + word.size();
    if (std::find(std::begin(keywords), std::end(keywords), word) == std::end(keywords)) return nullptr;
    const match known = longest_known();
    if (known.is != match::kind::none && known.end > end) return nullptr;
    taken = true;
    if (word == "true") return constant(true, type::simple(kind::boolean), start, end);
    if (word == "false") return constant(false, type::simple(kind::boolean), start, end);
    if (word == "null") return constant(value(), type::null(), start, end);
    if (word == "if") return conditional();
    if (word == "for") return for_loop();
    if (word == "function") return function_definition();
    return quantified(word == "some" ? syntax::some : syntax::every);
}

POLKU_DECL syntax_pointer parser::conditional() {
    auto made = node(syntax::conditional, place_);
    advance(place_ + 2);
    constexpr std::string_view keywords[] = {"then", "else"};
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0 && !take_word(keywords[i - 1]))
            return fail("'" + std::string(keywords[i - 1]) + "' of 'if ... then ... else ...'");
        auto part = expression();
        if (!part) return nullptr;
        made->children.push_back(std::move(part));
    }
    made->type = common_type(made->children[1]->type, made->children[2]->type);
    return made;
}

POLKU_DECL syntax_pointer parser::iteration_domain() {
    const std::size_t start = place_;
    auto domain = expression();
    if (!domain || !sees_range_dots()) return domain;
    advance(place_ + 2);
    auto high = expression();
    if (!high) return nullptr;
    auto made = node(syntax::iteration_range, start);
    made->type = type::range_of(common_type(domain->type, high->type));
    made->children.push_back(std::move(domain));
    made->children.push_back(std::move(high));
    return made;
}

POLKU_DECL bool parser::iterators(syntax_node& into) {
    const std::uint32_t outer = depth_;
    bool fine = true;
    do {
        auto name = declared_name("in");
        fine = name && (take_word("in") || (fail("'in' after the iterator's name"), false)) && enter();
        auto domain = fine ? iteration_domain() : nullptr;
        fine = domain != nullptr;
        if (!fine) break;
        into.symbols.push_back(declare(*std::move(name), element_of(domain->type)));
        into.children.push_back(std::move(domain));
    } while (take(","));
    depth_ = outer;
    return fine;
}

POLKU_DECL syntax_pointer parser::for_loop() {
    auto made = node(syntax::for_loop, place_);
    const std::size_t outer = declared_.size();
    advance(place_ + 3);
    if (!iterators(*made)) return nullptr;
    if (!take_word("return")) return fail("'return' of 'for ... in ... return ...'");
    made->index = declare("partial", type::list_of(type::any()));
    auto body = expression();
    forget(outer);
    if (!body) return nullptr;
    made->type = type::list_of(body->type);
    made->children.push_back(std::move(body));
    return made;
}

POLKU_DECL syntax_pointer parser::quantified(syntax of) {
    auto made = node(of, place_);
    const std::size_t outer = declared_.size();
    advance(word_end(text_, place_));
    if (!iterators(*made)) return nullptr;
    if (!take_word("satisfies")) return fail("'satisfies' of 'some' or 'every'");
    auto condition = expression();
    forget(outer);
    if (!condition) return nullptr;
    made->type = type::simple(kind::boolean);
    made->children.push_back(std::move(condition));
    return made;
}

POLKU_DECL bool parser::parameters(syntax_node& into) {
    if (!expect("(")) return false;
    if (take(")")) return true;
    do {
        auto name = declared_name({});
        if (!name) return false;
        type is;
        if (take(":") && !type_text(is)) return false;
        into.symbols.push_back(declare(*std::move(name), std::move(is)));
    } while (take(","));
    return expect(")");
}

POLKU_DECL syntax_pointer parser::function_definition() {
    auto made = node(syntax::function_definition, place_);
    const std::size_t outer = declared_.size();
    advance(word_end(text_, place_));
    if (!parameters(*made)) return nullptr;
    if (take_word("external")) made->is = syntax::external_function;
    auto body = expression();
    forget(outer);
    if (!body) return nullptr;
    std::vector<type> wanted;
    for (const std::uint32_t each : made->symbols) wanted.push_back(symbols_[each].type);
    const bool external = made->is == syntax::external_function;
    made->type = type::function_of(std::move(wanted), external ? type::any() : body->type);
    made->children.push_back(std::move(body));
    return made;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
