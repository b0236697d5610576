// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>
#include <polku/json/text.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_set>
#include <vector>

#include "number_text.hpp"

namespace polku::inline POLKU_V::json {

namespace detail {

std::size_t significant_digits(std::string_view number) noexcept {
    std::size_t first = 0;
    std::size_t past_last = 0;
    std::size_t count = 0;
    for (const char each : number) {
        if (each == 'e' || each == 'E') break;
        if (each < '0' || each > '9') continue;
        if (each != '0') {
            if (past_last == 0) first = count;
            past_last = count + 1;
        }
        ++count;
    }
    return past_last - first;
}

std::optional<feel::number> exact_number(std::string_view text) {
    const std::size_t digits = significant_digits(text);
    if (digits > 34) return std::nullopt;
    const std::optional<feel::number> amount = feel::number::parse(text);
    // Near the smallest exponent the number type drops digits, as decimal128 does.
    const bool is_near = text.size() > static_cast<std::size_t>(feel::number::max_scale) ||
                         text.find_first_of("eE") != std::string_view::npos;
    if (!amount || !is_near || significant_digits(amount->to_string()) == digits) return amount;
    return std::nullopt;
}

}  // namespace detail

namespace {

/// Line and column of an offset; columns count code points.
void place_at(position& where, std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    where.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::string_view line = before.substr(line_start);
    const auto starts_code_point = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
    where.column = static_cast<std::uint32_t>(std::count_if(line.begin(), line.end(), starts_code_point)) + 1;
}

/// Receives what Boost.JSON's parser finds and builds the value. Containers in the making are on a stack of our own.
class value_builder {
public:
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;
    using failure = boost::json::error_code;

    explicit value_builder(std::string_view text) : text_(text) {}

    feel::value take_result() { return std::move(result_); }
    /// What this builder refused, if it was not the parser that failed.
    const std::optional<error>& refusal() const { return refusal_; }
    /// Offset of the refused token, if it is known.
    std::optional<std::size_t> refusal_offset() const { return refusal_offset_; }
    std::string pointer() const {
        std::string out;
        for (const frame& each : frames_) {
            if (!each.is_object)
                out += '/' + std::to_string(each.items.size());
            else if (each.has_name)
                out += pointer_step(each.name);
        }
        return out;
    }

    bool on_document_begin(failure&) { return true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure&) {
        frames_.emplace_back().is_object = true;
        return true;
    }
    bool on_object_end(std::size_t, failure&) {
        feel::value made(std::move(frames_.back().members));
        frames_.pop_back();
        return add(std::move(made));
    }
    bool on_array_begin(failure&) {
        frames_.emplace_back();
        return true;
    }
    bool on_array_end(std::size_t, failure&) {
        feel::value made(std::move(frames_.back().items));
        frames_.pop_back();
        return add(std::move(made));
    }
    bool on_key_part(std::string_view part, std::size_t, failure&) { return gather(part); }
    bool on_key(std::string_view part, std::size_t, failure& failed) {
        gather(part);
        frame& in = frames_.back();
        in.name = feel::detail::normalize_nfc(gathered_);
        in.has_name = true;
        gathered_.clear();
        if (!in.is_new(in.name)) {
            refuse(error_code::json_duplicate_key,
                   "member '" + in.name + "' stands twice in this object; keep one of the two", failed);
            return false;
        }
        token_offset_.reset();
        return true;
    }
    bool on_string_part(std::string_view part, std::size_t, failure&) { return gather(part); }
    bool on_string(std::string_view part, std::size_t, failure&) {
        gather(part);
        feel::value made{std::string_view(gathered_)};
        gathered_.clear();
        token_offset_.reset();
        return add(std::move(made));
    }
    bool on_number_part(std::string_view part, failure&) { return gather(part); }
    bool on_int64(std::int64_t, std::string_view part, failure& failed) { return add_number(part, failed); }
    bool on_uint64(std::uint64_t, std::string_view part, failure& failed) { return add_number(part, failed); }
    bool on_double(double, std::string_view part, failure& failed) { return add_number(part, failed); }
    bool on_bool(bool truth, failure&) { return add(feel::value(truth)); }
    bool on_null(failure&) { return add(feel::value()); }
    bool on_comment_part(std::string_view, failure&) { return true; }
    bool on_comment(std::string_view, failure&) { return true; }

private:
    struct frame {
        bool is_object = false;
        bool has_name = false;
        std::string name;
        std::vector<feel::value> items;
        feel::context members;
        std::unordered_set<std::string> names;  // only once there are many

        bool is_new(const std::string& wanted) {
            constexpr std::size_t few = 16;
            if (members.size() < few) return members.find(wanted) == nullptr;
            if (names.empty())
                for (const feel::context::entry& each : members) names.insert(each.name);
            return names.insert(wanted).second;
        }
    };

    bool gather(std::string_view part) {
        const std::less<const char*> before;
        if (!token_offset_ && !part.empty() && !before(part.data(), text_.data()) &&
            before(part.data(), text_.data() + text_.size()))
            token_offset_ = static_cast<std::size_t>(part.data() - text_.data());
        gathered_ += part;
        return true;
    }
    bool add(feel::value made) {
        if (frames_.empty()) {
            result_ = std::move(made);
        } else if (frame& in = frames_.back(); in.is_object) {
            in.members.append(std::move(in.name), std::move(made));
            in.name.clear();
            in.has_name = false;
        } else {
            in.items.push_back(std::move(made));
        }
        return true;
    }
    bool add_number(std::string_view part, failure& failed) {
        gather(part);
        const std::optional<feel::number> amount = detail::exact_number(gathered_);
        if (!amount) {
            const std::string shown = gathered_.size() > 60 ? gathered_.substr(0, 60) + "..." : gathered_;
            refuse(error_code::json_number,
                   "number " + shown +
                       " cannot be held exactly, expected at most 34 significant digits and an exponent from -6176 to "
                       "6111; round it before",
                   failed);
            return false;
        }
        gathered_.clear();
        token_offset_.reset();
        return add(feel::value(*amount));
    }
    void refuse(error_code code, std::string message, failure& failed) {
        refusal_ = error(code, std::move(message));
        refusal_offset_ = token_offset_;
        failed = boost::json::error::input_error;
    }

    std::string_view text_;
    std::vector<frame> frames_;
    std::string gathered_;
    std::optional<std::size_t> token_offset_;
    feel::value result_;
    std::optional<error> refusal_;
    std::optional<std::size_t> refusal_offset_;
};

/// What stands at an offset, for a message.
std::string found_at(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return "the end of the text";
    const char at = text[offset];
    const auto is_letter = [](char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); };
    std::size_t end = offset;
    while (end < text.size() && end < offset + 20 && is_letter(text[end])) ++end;
    if (end > offset) return "'" + std::string(text.substr(offset, end - offset)) + "'";
    if (at >= ' ' && at < '\x7f') return std::string("'") + at + "'";
    if (at == '\n' || at == '\r') return "the end of the line";
    const auto byte = static_cast<unsigned char>(at);
    if (byte >= 0x80) return "a character outside ASCII (or invalid UTF-8)";
    return "control character " + std::to_string(byte);
}

/// True when the text ends in the \u escape of a leading surrogate, perhaps with one backslash more.
bool ends_in_half_pair(std::string_view text) {
    for (const std::size_t length : {std::size_t{6}, std::size_t{7}}) {
        if (text.size() < length) return false;
        const std::string_view escape = text.substr(text.size() - length);
        const bool is_leading = escape[0] == '\\' && escape[1] == 'u' && (escape[2] == 'd' || escape[2] == 'D') &&
                                std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
        if (is_leading && (length == 6 || escape[6] == '\\')) return true;
    }
    return false;
}

bool is_in_string(std::string_view text, std::size_t offset) {
    bool inside = false;
    for (std::size_t i = 0; i < offset; ++i) {
        if (inside && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inside = !inside;
    }
    return inside;
}

/// What could stand at an offset at which the parser gave up, by what stands before it.
std::string expected_at(std::string_view text, std::size_t offset) {
    if (offset > 0 && text[offset - 1] == '\\') return "one of \" \\ / b f n r t u behind the backslash";
    if (is_in_string(text, offset))
        return static_cast<unsigned char>(text[offset]) < ' ' ? "it escaped in a string, as \\n" : "valid UTF-8";
    const std::size_t before = text.substr(0, offset).find_last_not_of(" \t\r\n");
    if (before == std::string_view::npos) return "a JSON value";
    const char last = text[before];
    if (last == '{') return "a member's name in double quotes, or '}'";
    if (last == '[') return "a value or ']'";
    if (last == ':') return "a value";
    if (last == ',') return "another value or member behind the comma";
    if (std::string_view("+-.eE").find(last) != std::string_view::npos) return "a digit";
    return last == '"' ? "':', ',' or a closing bracket" : "',' or a closing bracket";
}

error syntax_error(boost::json::error_code why, std::string_view text, std::size_t offset, std::size_t max_depth) {
    using boost::json::error;
    const std::string found = found_at(text, offset);
    const auto syntax = [](std::string message) { return polku::error(error_code::json_syntax, std::move(message)); };
    if (why == error::too_deep)
        return {error_code::limit_depth, "arrays and objects are nested deeper than " + std::to_string(max_depth) +
                                             " levels, which is the limit set for this text"};
    if (why == error::incomplete)
        return syntax(text.empty()
                          ? "the text is empty, expected a JSON value"
                          : "the text ends inside a JSON value, expected its closing quote, bracket or digits");
    if (why == error::illegal_leading_surrogate || why == error::illegal_trailing_surrogate ||
        why == error::expected_utf16_escape || (why == error::syntax && ends_in_half_pair(text.substr(0, offset))))
        return syntax("a \\u escape is half of a surrogate pair without its other half; write the character itself");
    if (why == error::expected_hex_digit) return syntax("found " + found + " in a \\u escape, expected a hex digit");
    if (why == error::exponent_overflow)
        return {error_code::json_number, "a number's exponent is too large, expected -6176 to 6111"};
    return syntax("found " + found + ", expected " + expected_at(text, offset));
}

}  // namespace

result<feel::value> try_parse(std::string_view text, const parse_options& options) {
    position where;
    where.source = options.source;
    if (text.size() > options.max_bytes)
        return error(error_code::limit_length,
                     "the text has " + std::to_string(text.size()) + " bytes, at most " +
                         std::to_string(options.max_bytes) + " are allowed",
                     where);
    boost::json::parse_options limits;
    limits.max_depth = options.max_depth;
    boost::json::basic_parser<value_builder> parser(limits, text);
    boost::json::error_code failed;
    // The parser wants a readable address even for an empty text.
    const char* const data = text.empty() ? "" : text.data();
    std::size_t offset = parser.write_some(false, data, text.size(), failed);
    value_builder& built = parser.handler();
    if (!failed) {
        offset = std::min(text.find_first_not_of(" \t\r\n", offset), text.size());
        if (offset == text.size()) return built.take_result();
        place_at(where, text, offset);
        return error(error_code::json_syntax,
                     "found " + found_at(text, offset) + " behind the JSON value, expected the end of the text", where);
    }
    where.pointer = built.pointer();
    if (built.refusal()) {
        place_at(where, text, built.refusal_offset().value_or(offset));
        return error(*built.refusal()).at(where);
    }
    place_at(where, text, offset);
    return syntax_error(failed, text, offset, options.max_depth).at(where);
}

std::string pointer_step(std::string_view name) { return pointer_to({}, name); }

namespace {

/// Walks over JSON that is known to be well-formed.
class text_walker {
public:
    explicit text_walker(std::string_view text) : text_(text) { skip_space(); }

    std::size_t offset() const { return at_; }
    /// Goes to the member or item that a step (with its `/`) names; false, and stays, when there is none.
    bool enter(std::string_view step) {
        const std::size_t start = at_;
        if (peek() != '{' && peek() != '[') return false;
        const bool is_object = peek() == '{';
        ++at_;
        skip_space();
        for (std::size_t index = 0; at_ < text_.size() && peek() != '}' && peek() != ']'; ++index) {
            std::string name = '/' + std::to_string(index);
            if (is_object) {
                const std::size_t key = at_;
                skip_string();
                const auto read = try_parse(text_.substr(key, at_ - key));
                name = read ? pointer_step(feel::detail::normalize_nfc(read->as_string())) : std::string();
                skip_space();
                ++at_;  // the colon
                skip_space();
            }
            if (name == step) return true;
            skip_value();
            skip_space();
            if (peek() == ',') ++at_;
            skip_space();
        }
        at_ = start;
        return false;
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
    void skip_string() {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
            if (text_[at_] == '\\') ++at_;
        ++at_;
    }
    void skip_value() {
        std::size_t depth = 0;
        do {
            const char here = peek();
            if (here == '"') {
                skip_string();
                continue;
            }
            if (here == '{' || here == '[') ++depth;
            if (here == '}' || here == ']') --depth;
            ++at_;
            if (depth == 0 && here != '}' && here != ']')
                at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
        } while (depth > 0 && at_ < text_.size());
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

position position_of(std::string_view text, std::string_view pointer) {
    text_walker walker(text);
    for (std::string_view rest = pointer; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/', 1), rest.size());
        if (!walker.enter(rest.substr(0, end))) break;
        rest.remove_prefix(end);
    }
    position where;
    where.pointer = std::string(pointer);
    place_at(where, text, walker.offset());
    return where;
}

}  // namespace polku::inline POLKU_V::json
