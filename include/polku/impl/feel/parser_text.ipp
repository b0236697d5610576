// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_PARSER_TEXT_IPP
#define POLKU_IMPL_FEEL_PARSER_TEXT_IPP

#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL char parser::peek() const noexcept { return at_end() ? '\0' : text_[place_]; }

POLKU_DECL void parser::advance(std::size_t to) { place_ = skip_space(text_, to); }

POLKU_DECL bool parser::sees(std::string_view symbol) const noexcept {
    return text_.substr(place_, symbol.size()) == symbol;
}

POLKU_DECL bool parser::take(std::string_view symbol) {
    if (!sees(symbol)) return false;
    advance(place_ + symbol.size());
    return true;
}

POLKU_DECL std::string_view parser::word_here() const noexcept {
    return text_.substr(place_, word_end(text_, place_) - place_);
}

POLKU_DECL bool parser::sees_word(std::string_view keyword) const noexcept {
    return sees(keyword) && word_here() == keyword;
}

POLKU_DECL bool parser::take_word(std::string_view keyword) {
    if (!sees_word(keyword)) return false;
    advance(place_ + keyword.size());
    return true;
}

POLKU_DECL bool parser::sees_name() const noexcept {
    std::size_t length = 0;
    return !at_end() && is_name_start(decode(text_, place_, length));
}

/// Line and column in the text, both from 1. Counts code points from the place that was asked for last when that is on
/// the same line, since places asked for one after the other lie close together.
POLKU_DECL parser::text_place parser::line_and_column(std::size_t place) {
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), place);
    const auto line = static_cast<std::uint32_t>(next - line_starts_.begin());
    const std::size_t line_start = line == 0 ? 0 : line_starts_[line - 1];
    const std::size_t line_end = next == line_starts_.end() ? text_.size() + 1 : *next;
    if (counted_place_ < line_start || counted_place_ >= line_end) {
        counted_place_ = line_start;
        counted_column_ = 1;
    }
    const auto starts_character = [this](std::size_t at) {
        return (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
    };
    for (; counted_place_ < place; ++counted_place_)
        if (starts_character(counted_place_)) ++counted_column_;
    for (; counted_place_ > place; --counted_place_)
        if (starts_character(counted_place_ - 1)) --counted_column_;
    const text_origin& origin = options_.origin;
    if (line <= 1) return {origin.line, origin.column + counted_column_ - 1};
    return {origin.line + line - 1, counted_column_};
}

POLKU_DECL position parser::where(std::size_t place) {
    const text_place at = line_and_column(std::min(place, text_.size()));
    return {options_.origin.source, options_.origin.element, options_.origin.pointer, at.line, at.column};
}

POLKU_DECL syntax_pointer parser::node(syntax of, std::size_t start) {
    auto made = std::make_unique<syntax_node>();
    const text_place at = line_and_column(start);
    made->is = of;
    made->line = at.line;
    made->column = at.column;
    return made;
}

POLKU_DECL std::string parser::found_here() const {
    if (at_end()) return "the end of the text";
    if (sees("/*")) return "a comment that is not closed with '*/'";
    if (peek() == '"') return "a string";
    if (is_digit(peek())) return "number " + std::string(text_.substr(place_, number_end(text_, place_) - place_));
    if (const std::string_view word = word_here(); !word.empty()) return "'" + std::string(word.substr(0, 64)) + "'";
    for (const std::string_view symbol : {"..", "**", "<=", ">=", "!=", "->"})
        if (sees(symbol)) return "'" + std::string(symbol) + "'";
    std::size_t length = 0;
    decode(text_, place_, length);
    return "'" + std::string(text_.substr(place_, length)) + "'";
}

POLKU_DECL syntax_pointer parser::fail_at(std::size_t place, error_code code, std::string message) {
    if (!failure_) failure_ = error(code, std::move(message), where(place));
    return nullptr;
}

POLKU_DECL syntax_pointer parser::fail(const std::string& expected) {
    return fail_at(place_, error_code::feel_syntax, "found " + found_here() + " where " + expected + " should stand");
}

POLKU_DECL void parser::warn(std::size_t place, error_code code, std::string message) {
    constexpr std::size_t most = 100;
    if (diagnostics_.size() < most)
        diagnostics_.push_back({severity::warning, error(code, std::move(message), where(place))});
}

POLKU_DECL bool parser::start() {
    constexpr std::size_t most_bytes = 4U << 20U;
    line_starts_.push_back(0);
    for (std::size_t end = text_.find('\n'); end != std::string_view::npos; end = text_.find('\n', end + 1))
        line_starts_.push_back(end + 1);
    if (text_.size() > most_bytes) {
        fail_at(0, error_code::limit_length,
                "the text has " + std::to_string(text_.size()) + " bytes, more than the " + std::to_string(most_bytes) +
                    " that a FEEL text may have; split it");
        return false;
    }
    if (const std::size_t bad = find_invalid_utf8(text_); bad != no_place) {
        text_ = text_.substr(0, bad);
        fail_at(bad, error_code::feel_syntax, "found a byte that is no UTF-8; save the text as UTF-8");
        return false;
    }
    advance(0);
    return true;
}

POLKU_DECL bool parser::finish() {
    if (!at_end()) fail("an operator or the end of the text");
    return !failure_;
}

POLKU_DECL bool parser::enter() {
    ++depth_;
    if (failure_) return false;
    if (depth_ <= options_.max_depth) return true;
    fail_at(place_, error_code::limit_depth,
            "the text nests deeper than " + std::to_string(options_.max_depth) +
                " levels; name its parts in a context or in decisions of their own");
    return false;
}

POLKU_DECL parser::saved_state parser::save() const noexcept {
    return {place_, symbols_.size(), declared_.size(), diagnostics_.size()};
}

POLKU_DECL void parser::restore(const saved_state& to) {
    place_ = to.place;
    symbols_.resize(to.symbols);
    declared_.resize(to.declared);
    diagnostics_.erase(diagnostics_.begin() + static_cast<std::ptrdiff_t>(to.diagnostics), diagnostics_.end());
    failure_.reset();
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
