// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_REGEX_TRANSLATE_IPP
#define POLKU_IMPL_FEEL_REGEX_TRANSLATE_IPP

#include <polku/feel/regex.hpp>
#include <polku/impl/feel/regex_classes.hpp>
#include <polku/impl/feel/utf8.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::feel {

namespace detail {

/// The two halves of a bracket expression. The `i` flag works on characters and ranges that the pattern spells out, but
/// not on what escapes such as `\p{Lu}` name.
struct bracket_parts {
    std::string spelled;
    std::string named;
    bool empty() const noexcept { return spelled.empty() && named.empty(); }
};

/// Reads the XPath grammar by recursive descent and writes the engine's dialect. The first problem stops it.
class regex_translator {
public:
    regex_translator(std::string_view pattern, const regex_flags& flags) : text_(pattern), flags_(flags) {}

    result<std::string> run() {
        alternatives();
        if (problem_.empty() && at_ < text_.size()) fail("a ')' without its '('");
        if (problem_.empty()) return std::move(out_);
        return error(error_code::invalid_argument,
                     "the regular expression '" + std::string(text_) + "' has " + problem_ + " at character " +
                         std::to_string(count_code_points(text_.substr(0, at_)) + 1) +
                         "; write it in the dialect of XPath and XQuery Functions and Operators 3.1");
    }

private:
    static constexpr unsigned max_depth = 200;

    bool more() const noexcept { return problem_.empty() && at_ < text_.size(); }
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool take(char wanted) noexcept {
        if (!more() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    bool fail(std::string what) {
        if (problem_.empty()) problem_ = std::move(what);
        return false;
    }
    static bool is_digit(char each) noexcept { return each >= '0' && each <= '9'; }

    void alternatives() {
        while (more() && peek() != ')') {
            if (take('|'))
                out_ += '|';
            else
                piece();
        }
    }

    void piece() {
        const std::size_t start = out_.size();
        const bool anchor = peek() == '^' || peek() == '$';
        if (!atom()) return;
        const std::size_t end = out_.size();
        if (!quantifier() || !anchor || out_.size() == end) return;
        // The engine wants a group under the quantifier of an anchor.
        out_.insert(end, ")");
        out_.insert(start, "(?:");
    }

    bool atom() {
        switch (peek()) {
            case '(': return group();
            case '[': return bracket_expression(out_);
            case '\\': return escape();
            case '.':
                ++at_;
                out_ += flags_.dot_all ? "." : "[^\\n\\r]";
                return true;
            case '^':
                ++at_;
                out_ += '^';
                return true;
            case '$':
                ++at_;
                out_ += flags_.multi_line ? "$" : "\\z";
                return true;
            case '?':
            case '*':
            case '+': return fail("a quantifier with nothing to repeat");
            case '{':
            case '}':
            case ']': return fail(std::string("a '") + peek() + "' that needs a backslash");
            default: literal(out_); return true;
        }
    }

    bool group() {
        const bool capturing = peek(1) != '?';
        if (!capturing && peek(2) != ':') return fail("a '(?' that is not '(?:'");
        ++at_;
        if (++depth_ > max_depth) return fail("groups nested too deep");
        const std::size_t number = closed_.size();
        if (capturing)
            closed_.push_back(false);
        else
            at_ += 2;
        out_ += capturing ? "(" : "(?:";
        alternatives();
        if (!take(')')) return fail("a '(' without its ')'");
        if (capturing) closed_[number] = true;
        out_ += ')';
        --depth_;
        return true;
    }

    /// Copies one character as itself.
    void literal(std::string& to) {
        const std::size_t start = at_;
        next_code_point(text_, at_);
        const std::string_view one = text_.substr(start, at_ - start);
        const char first = one.front();
        const bool plain = one.size() > 1 || is_digit(first) || (first >= 'a' && first <= 'z') ||
                           (first >= 'A' && first <= 'Z') || static_cast<unsigned char>(first) < 0x20;
        if (!plain) to += '\\';
        to += one;
    }

    bool escape() {
        if (is_digit(peek(1))) return back_reference();
        bracket_parts parts;
        std::uint32_t point = 0;
        if (!class_escape(parts, point)) return false;
        if (parts.named.empty()) {
            out_ += bracket_ranges(std::array{code_point_range{point, point}});
            return true;
        }
        write_bracket(parts, false, out_);
        return true;
    }

    /// More digits belong to the number while that many groups have been opened (clause 5.6.1.1).
    bool back_reference() {
        ++at_;
        std::size_t number = static_cast<std::size_t>(text_[at_++] - '0');
        while (is_digit(peek()) && number * 10 + static_cast<std::size_t>(peek() - '0') <= closed_.size())
            number = number * 10 + static_cast<std::size_t>(text_[at_++] - '0');
        if (number == 0 || number > closed_.size() || !closed_[number - 1])
            return fail("a back-reference to a group that is not complete before it");
        out_ += "\\g{" + std::to_string(number) + "}";
        return true;
    }

    /// An escape that stands for one character (`point`) or for a set (`parts.named`).
    bool class_escape(bracket_parts& parts, std::uint32_t& point) {
        const char letter = peek(1);
        constexpr std::string_view singles = "\\|.?*+(){}-[]^$";
        at_ += 2;
        if (letter == 'n' || letter == 'r' || letter == 't') {
            point = letter == 'n' ? 0xA : letter == 'r' ? 0xD : 0x9;
            return true;
        }
        if (letter != '\0' && singles.find(letter) != std::string_view::npos) {
            point = static_cast<unsigned char>(letter);
            return true;
        }
        std::string set = letter == 'p' || letter == 'P' ? property(letter == 'P') : bracket_of_escape(letter);
        if (set.empty()) return fail("an escape that is not defined");
        parts.named += set;
        return true;
    }

    std::string property(bool negated) {
        if (!take('{')) return {};
        const std::size_t end = std::min(text_.find('}', at_), text_.size());
        const std::string_view name = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        return bracket_of_property(name, negated);
    }

    /// `[...]` with negation and subtraction; the subtracted class becomes a look-ahead before the rest.
    bool bracket_expression(std::string& to) {
        ++at_;
        if (++depth_ > max_depth) return fail("classes nested too deep");
        const bool negated = take('^');
        bracket_parts parts;
        std::string subtracted;
        while (more() && peek() != ']') {
            if (peek() == '-' && peek(1) == '[') {
                ++at_;
                if (!bracket_expression(subtracted)) return false;
                if (peek() != ']') return fail("text after a subtracted class");
            } else if (!bracket_item(parts)) {
                return false;
            }
        }
        if (!take(']')) return fail("a '[' without its ']'");
        if (parts.empty()) return fail("an empty character class");
        --depth_;
        if (!subtracted.empty()) to += "(?:(?!" + subtracted + ")";
        write_bracket(parts, negated, to);
        if (!subtracted.empty()) to += ')';
        return true;
    }

    bool bracket_item(bracket_parts& parts) {
        std::uint32_t first = 0;
        const bool at_start = parts.empty();
        const bool hyphen = peek() == '-';
        if (hyphen && !at_start && peek(1) != ']' && !(peek(1) == '-' && peek(2) == '['))
            return fail("a '-' that needs a backslash");
        bool is_set = false;
        if (!bracket_character(parts, first, is_set)) return false;
        if (is_set) return true;
        std::uint32_t last = first;
        const bool ranges = peek() == '-' && peek(1) != ']' && peek(1) != '[' && !(hyphen && at_start);
        if (ranges && !(peek(1) == '-' && peek(2) == '[')) {
            ++at_;
            if (!bracket_character(parts, last, is_set)) return false;
            if (is_set || last < first) return fail("a character range whose ends are not in order");
        }
        parts.spelled += bracket_ranges(std::array{code_point_range{first, last}});
        return true;
    }

    bool bracket_character(bracket_parts& parts, std::uint32_t& point, bool& is_set) {
        if (!more()) return fail("a '[' without its ']'");
        if (peek() == '[') return fail("a '[' that needs a backslash");
        if (peek() != '\\') {
            point = next_code_point(text_, at_);
            return true;
        }
        const std::size_t before = parts.named.size();
        if (!class_escape(parts, point)) return false;
        is_set = parts.named.size() != before;
        return true;
    }

    void write_bracket(const bracket_parts& parts, bool negated, std::string& to) const {
        const std::string open = negated ? "[^" : "[";
        if (!flags_.ignore_case || parts.named.empty()) {
            to += open + parts.spelled + parts.named + "]";
        } else if (parts.spelled.empty()) {
            to += "(?-i:" + open + parts.named + "])";
        } else {
            const std::string either = "[" + parts.spelled + "]|(?-i:[" + parts.named + "])";
            to += negated ? "(?:(?!" + either + ")(?s:.))" : "(?:" + either + ")";
        }
    }

    /// False only for a problem; no quantifier at all is fine.
    bool quantifier() {
        if (take('?') || take('*') || take('+')) {
            out_ += text_[at_ - 1];
        } else if (peek() == '{' && more()) {
            const std::size_t end = text_.find('}', at_);
            if (end == std::string_view::npos) return fail("a '{' without its '}'");
            if (!quantity(text_.substr(at_ + 1, end - at_ - 1))) return fail("a quantity that is none");
            out_ += text_.substr(at_, end + 1 - at_);
            at_ = end + 1;
        } else {
            return true;
        }
        if (take('?')) out_ += '?';
        return true;
    }

    /// `n`, `n,` or `n,m` with n at most m.
    static bool quantity(std::string_view text) noexcept {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto count = [](std::string_view digits, std::uint32_t& out) {
            constexpr std::uint32_t greatest = 65535;  // what the engine can count
            out = 0;
            for (const char each : digits) {
                if (!is_digit(each)) return false;
                out = out * 10 + static_cast<std::uint32_t>(each - '0');
                if (out > greatest) return false;
            }
            return !digits.empty();
        };
        std::uint32_t least = 0;
        std::uint32_t most = 0;
        if (!count(text.substr(0, comma), least)) return false;
        if (comma + 1 >= text.size()) return true;
        return count(text.substr(comma + 1), most) && least <= most;
    }

    std::string_view text_;
    const regex_flags& flags_;
    std::size_t at_ = 0;
    unsigned depth_ = 0;
    std::vector<bool> closed_;  // for each capturing group opened so far
    std::string out_;
    std::string problem_;
};

/// The `x` flag: white space goes, but not inside character classes.
POLKU_DECL std::string without_white_space(std::string_view pattern) {
    std::string kept;
    unsigned brackets = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char each = pattern[at];
        const bool white = each == ' ' || each == '\t' || each == '\n' || each == '\r';
        if (white && brackets == 0) continue;
        kept += each;
        if (each == '\\' && at + 1 < pattern.size() && (brackets != 0 || pattern[at + 1] > ' '))
            kept += pattern[++at];
        else if (each == '[')
            ++brackets;
        else if (each == ']' && brackets != 0)
            --brackets;
    }
    return kept;
}

POLKU_DECL std::string quoted_for_regex(std::string_view pattern) {
    std::string quoted;
    for (const char each : pattern) {
        const auto code = static_cast<unsigned char>(each);
        const bool word = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
        if (!word && code >= 0x20 && code < 0x80) quoted += '\\';
        quoted += each;
    }
    return quoted;
}

}  // namespace detail

POLKU_DECL result<std::string> try_translate_regex(std::string_view pattern, const regex_flags& flags) {
    if (flags.literal) return detail::quoted_for_regex(pattern);
    if (!flags.extended) return detail::regex_translator(pattern, flags).run();
    const std::string stripped = detail::without_white_space(pattern);
    return detail::regex_translator(stripped, flags).run();
}

}  // namespace polku::inline POLKU_V::feel

#endif
