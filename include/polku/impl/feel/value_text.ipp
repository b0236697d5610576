// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_VALUE_TEXT_IPP
#define POLKU_IMPL_FEEL_VALUE_TEXT_IPP

#include <polku/feel/value.hpp>
#include <polku/impl/feel/detail/cells.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::feel {

namespace detail {

POLKU_DECL void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    for (const char each : text) {
        switch (each) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: out += each; break;
        }
    }
    out += '"';
}

// Whether a context key can stand without quotes. Bytes past ASCII count as letters.
POLKU_DECL bool is_plain_key(std::string_view key) noexcept {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    };
    if (key.empty() || !is_letter(key.front()) || key.back() == ' ') return false;
    for (const char each : key)
        if (!is_letter(each) && !(each >= '0' && each <= '9') && each != ' ') return false;
    return true;
}

POLKU_DECL std::string plain_text(const value& of) {
    switch (of.kind()) {
        case kind::boolean: return of.as_boolean() ? "true" : "false";
        case kind::number: return of.as_number().to_string();
        case kind::string: return std::string(of.as_string());
        case kind::date: return time::to_string(of.as_date());
        case kind::time: return time::to_string(of.as_time());
        case kind::date_time: return time::to_string(of.as_date_time());
        case kind::months_duration: return time::to_string(of.as_months_duration());
        case kind::days_duration: return time::to_string(of.as_days_duration());
        case kind::function: return "function";
        default: return "null";
    }
}

// A value inside a list, context or range: strings are quoted, temporal values are at-literals.
POLKU_DECL void append_literal(const value& of, std::string& out) {
    switch (of.kind()) {
        case kind::string: append_quoted(of.as_string(), out); break;
        case kind::date:
        case kind::time:
        case kind::date_time:
        case kind::months_duration:
        case kind::days_duration: out += "@\"" + plain_text(of) + "\""; break;
        default: out += plain_text(of); break;
    }
}

// Writes containers with a stack of its own, so that deep nesting costs heap and not the thread's stack.
class value_writer {
public:
    /// Ends early, with more than `most` bytes, where the text has more.
    POLKU_DECL std::string write(const value& of, std::size_t most);

private:
    struct frame {
        const value* container;
        std::size_t next;
    };
    void open(const value& of) {
        if (is_container(of.kind()))
            frames_.push_back({&of, 0});
        else
            append_literal(of, out_);
    }
    POLKU_DECL void advance_list(frame& at);
    POLKU_DECL void advance_context(frame& at);
    POLKU_DECL void advance_range(frame& at);
    void close(char with) {
        out_ += with;
        frames_.pop_back();
    }

    std::string out_;
    std::vector<frame> frames_;
};

POLKU_DECL void value_writer::advance_list(frame& at) {
    const auto items = at.container->as_list();
    if (at.next == 0) out_ += '[';
    if (at.next == items.size()) return close(']');
    if (at.next != 0) out_ += ", ";
    open(items[at.next++]);
}

POLKU_DECL void value_writer::advance_context(frame& at) {
    const context& entries = at.container->as_context();
    if (at.next == 0) out_ += '{';
    if (at.next == entries.size()) return close('}');
    if (at.next != 0) out_ += ", ";
    const context::entry each = entries[at.next++];
    if (is_plain_key(each.name))
        out_ += each.name;
    else
        append_quoted(each.name, out_);
    out_ += ": ";
    open(each.value);
}

POLKU_DECL void value_writer::advance_range(frame& at) {
    static constexpr std::string_view signs[] = {"", "< ", "<= ", "> ", ">= ", "= ", "!= "};
    const range& bounds = at.container->as_range();
    const std::size_t step = at.next++;
    if (bounds.is != range::form::interval) {
        if (step == 1) return frames_.pop_back();
        out_ += signs[static_cast<std::size_t>(bounds.is)];
        const bool at_high = bounds.is == range::form::less || bounds.is == range::form::less_or_equal;
        return open(at_high ? bounds.high : bounds.low);
    }
    if (step == 0) {
        out_ += bounds.low_closed ? '[' : '(';
        open(bounds.low);
    } else if (step == 1) {
        out_ += "..";
        open(bounds.high);
    } else {
        close(bounds.high_closed ? ']' : ')');
    }
}

POLKU_DECL std::string value_writer::write(const value& of, std::size_t most) {
    open(of);
    while (!frames_.empty() && out_.size() <= most) {
        // `open` may move the frames, so each step advances its own frame first and opens a part last.
        frame& at = frames_.back();
        if (at.container->is(kind::list))
            advance_list(at);
        else if (at.container->is(kind::context))
            advance_context(at);
        else
            advance_range(at);
    }
    return std::move(out_);
}

}  // namespace detail

POLKU_DECL std::string to_string(const value& of, std::size_t most) {
    std::string text =
        detail::is_container(of.kind()) ? detail::value_writer().write(of, most) : detail::plain_text(of);
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "...";
}

}  // namespace polku::inline POLKU_V::feel

#endif
