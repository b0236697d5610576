// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_RANGE_LITERAL_IPP
#define POLKU_IMPL_FEEL_RANGE_LITERAL_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/range_literal.hpp>

namespace polku::inline POLKU_V::feel::detail {

/// Reads the parts of a range literal from left to right; each `read_` moves on only when it succeeds.
class range_reader {
public:
    range_reader(std::string_view text, const evaluation_context& with) : rest_(text), with_(with) {}

    value read() {
        range made;
        if (!read_start(made.low_closed)) return refuse_value();
        const bool has_low = read_endpoint(made.low);
        if (!take("..")) return refuse_value();
        const bool has_high = read_endpoint(made.high);
        if (!read_end(made.high_closed)) return refuse_value();
        skip_space();
        const bool left_out_fits = (has_low || !made.low_closed) && (has_high || !made.high_closed);
        if (!rest_.empty() || (!has_low && !has_high) || !left_out_fits) return refuse_value();
        using form = range::form;
        if (!has_low)
            return range::comparison(made.high_closed ? form::less_or_equal : form::less, std::move(made.high));
        if (!has_high)
            return range::comparison(made.low_closed ? form::greater_or_equal : form::greater, std::move(made.low));
        bool comparable = made.low.kind() == made.high.kind();
        const int order = comparable ? compare(made.low, made.high, with_, comparable) : 0;
        return comparable && order <= 0 ? value(std::move(made)) : refuse_value();
    }

private:
    void skip_space() noexcept {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r'))
            rest_.remove_prefix(1);
    }
    bool take(std::string_view wanted) noexcept {
        skip_space();
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(wanted.size());
        return true;
    }
    bool read_start(bool& closed) noexcept {
        closed = take("[");
        return closed || take("(") || take("]");
    }
    bool read_end(bool& closed) noexcept {
        closed = take("]");
        return closed || take(")") || take("[");
    }

    bool read_endpoint(value& out) {
        skip_space();
        if (rest_.empty()) return false;
        if (rest_[0] == '"') return read_text_value(out);
        std::string text;
        if (take("@")) return read_string(text) && accept(any_literal(text), out);
        if (read_number(out)) return true;
        return read_call(out);
    }

    static bool accept(value made, value& out) {
        if (made.is_null()) return false;
        out = std::move(made);
        return true;
    }

    bool read_text_value(value& out) {
        std::string text;
        return read_string(text) && accept(value(text), out);
    }

    bool read_number(value& out) {
        std::size_t end = rest_[0] == '-' ? 1 : 0;
        const auto is_digit = [this](std::size_t at) {
            return at < rest_.size() && rest_[at] >= '0' && rest_[at] <= '9';
        };
        while (is_digit(end)) ++end;
        // `1..3` has a point that starts the dots, not a fraction.
        if (end < rest_.size() && rest_[end] == '.' && is_digit(end + 1))
            for (++end; is_digit(end);) ++end;
        if (end < rest_.size() && (rest_[end] == 'e' || rest_[end] == 'E')) {
            std::size_t exponent = end + 1;
            if (exponent < rest_.size() && (rest_[exponent] == '+' || rest_[exponent] == '-')) ++exponent;
            if (is_digit(exponent))
                for (end = exponent; is_digit(end);) ++end;
        }
        const std::optional<number> read = number::parse(rest_.substr(0, end));
        if (!read) return false;
        rest_.remove_prefix(end);
        out = value(*read);
        return true;
    }

    value any_literal(std::string_view text) const {
        for (const value& made : {value_of_date_text(text), value_of_date_time_text(text, with_),
                                  value_of_time_text(text, with_), value_of_duration_text(text)})
            if (!made.is_null()) return made;
        return refuse_value();
    }

    bool read_call(value& out) {
        constexpr std::string_view names[] = {"date and time", "date", "time", "duration"};
        for (const std::string_view name : names) {
            const std::string_view before = rest_;
            std::string text;
            if (take(name) && take("(") && read_string(text) && take(")")) return accept(literal_of(name, text), out);
            rest_ = before;
        }
        return false;
    }
    value literal_of(std::string_view name, std::string_view text) const {
        if (name == "date") return value_of_date_text(text);
        if (name == "time") return value_of_time_text(text, with_);
        return name == "duration" ? value_of_duration_text(text) : value_of_date_time_text(text, with_);
    }

    /// A string literal with its escapes (grammar rule 35).
    bool read_string(std::string& out) {
        if (!take("\"")) return false;
        for (std::size_t at = 0; at < rest_.size();) {
            if (rest_[at] == '"') {
                rest_.remove_prefix(at + 1);
                return true;
            }
            if (rest_[at] != '\\')
                out += rest_[at++];
            else if (!read_escape(at, out))
                return false;
        }
        return false;
    }

    bool read_escape(std::size_t& at, std::string& out) const {
        constexpr std::string_view letters = "'\"\\nrtuU";
        constexpr std::string_view meanings = "'\"\\\n\r\t";
        const std::size_t which = at + 1 < rest_.size() ? letters.find(rest_[at + 1]) : std::string_view::npos;
        if (which == std::string_view::npos) return false;
        at += 2;
        if (which < meanings.size()) {
            out += meanings[which];
            return true;
        }
        std::uint32_t point = 0;
        if (!read_hex(at, which == 6 ? 4 : 6, point)) return false;
        std::uint32_t low = 0;
        if (point >= 0xD800 && point < 0xDC00 && rest_.substr(at).starts_with("\\u")) {
            at += 2;
            if (!read_hex(at, 4, low) || low < 0xDC00 || low > 0xDFFF) return false;
            point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        }
        return append_utf8(point, out);
    }
    bool read_hex(std::size_t& at, std::size_t digits, std::uint32_t& out) const noexcept {
        for (std::size_t i = 0; i < digits; ++i, ++at) {
            if (at >= rest_.size()) return false;
            const auto found = std::string_view("0123456789abcdefABCDEF").find(rest_[at]);
            if (found == std::string_view::npos) return false;
            out = out * 16 + static_cast<std::uint32_t>(found < 16 ? found : found - 6);
        }
        return true;
    }

    std::string_view rest_;
    const evaluation_context& with_;
};

POLKU_DECL value parse_range_literal(std::string_view text, const evaluation_context& with) {
    return range_reader(text, with).read();
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
