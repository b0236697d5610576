// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_JAVA_TEXT_IPP
#define POLKU_IMPL_DMN_EXTERNAL_JAVA_TEXT_IPP

#include <polku/feel/number.hpp>
#include <polku/impl/dmn/external_java_text.hpp>

#include <optional>
#include <string>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL std::size_t java_length(std::string_view text) noexcept {
    std::size_t points = 0;
    for (const char byte : text) points += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
    return points;
}

POLKU_DECL feel::value java_text(feel::evaluation_context&, std::span<const feel::value> arguments) {
    return feel::value(std::string_view(feel::to_string(arguments[0])));
}

POLKU_DECL feel::value java_join(feel::evaluation_context& with, std::span<const feel::value> arguments) {
    std::string made;
    bool first = true;
    for (const feel::value& each : arguments[1].as_list()) {
        if (!with.step() || made.size() > with.bounds().text_bytes) return feel::value(feel::null_reason::out_of_range);
        if (!first) made += arguments[0].as_string();
        made += feel::to_string(each);
        first = false;
    }
    return feel::value(std::string_view(made));
}

/// One `%...` of a format.
struct java_conversion {
    bool left = false;
    bool zeros = false;
    std::size_t width = 0;
    std::optional<std::size_t> precision;
    char letter = '\0';

    /// Reads what follows the `%`; false for what no conversion looks like.
    bool read(std::string_view text, std::size_t& at) {
        for (; at < text.size() && (text[at] == '-' || text[at] == '0'); ++at) (text[at] == '-' ? left : zeros) = true;
        if (!digits(text, at, width)) return false;
        if (at < text.size() && text[at] == '.') {
            std::size_t count = 0;
            const std::size_t start = ++at;
            if (!digits(text, at, count) || at == start) return false;
            precision = count;
        }
        if (at < text.size()) letter = text[at++];
        return letter != '\0' && !(left && (zeros || width == 0));
    }
    static bool digits(std::string_view text, std::size_t& at, std::size_t& out) {
        constexpr std::size_t most = 1000;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            out = out * 10 + static_cast<std::size_t>(text[at] - '0');
            if (out > most) return false;
        }
        return true;
    }
};

/// A number with so many decimals, rounded half up as Java does.
POLKU_DECL std::optional<std::string> java_fixed(const feel::number& of, std::size_t decimals) {
    const auto scale = static_cast<std::int32_t>(decimals);
    const bool exact = of.normalized().scale() <= scale;
    const auto rounded = exact ? std::optional(of) : quantize(of, scale, feel::rounding::half_up);
    if (!rounded) return std::nullopt;
    std::string made = rounded->normalized().to_string();
    if (made.find('E') != std::string::npos) return std::nullopt;
    if (decimals == 0) return made;
    std::size_t point = made.find('.');
    if (point == std::string::npos) {
        point = made.size();
        made += '.';
    }
    made.append(decimals - (made.size() - point - 1), '0');
    return made;
}

POLKU_DECL std::string java_upper_case(std::string text) {
    for (char& each : text)
        if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
    return text;
}

POLKU_DECL std::string java_cut(std::string text, const java_conversion& how) {
    if (!how.precision) return text;
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && count++ == *how.precision) break;
    return text.substr(0, end);
}

/// The text of one item; nothing where the conversion does not take it.
POLKU_DECL std::optional<std::string> java_converted(const feel::value& item, const java_conversion& how) {
    const bool is_number = item.is(feel::kind::number);
    switch (how.letter) {
        case 's': return java_cut(feel::to_string(item), how);
        case 'S': return java_upper_case(java_cut(feel::to_string(item), how));
        case 'b': return std::string(item.is(feel::kind::boolean) ? item.is_true() ? "true" : "false" : "null");
        case 'c':
            if (!item.is(feel::kind::string) || java_length(item.as_string()) != 1) return std::nullopt;
            return std::string(item.as_string());
        case 'd':
            if (!is_number || !item.as_number().is_integer() || how.precision) return std::nullopt;
            return java_fixed(item.as_number(), 0);
        case 'f': return is_number ? java_fixed(item.as_number(), how.precision.value_or(6)) : std::nullopt;
        default: return std::nullopt;
    }
}

POLKU_DECL std::string java_padded(std::string text, const java_conversion& how) {
    const std::size_t length = java_length(text);
    if (length >= how.width) return text;
    const std::size_t missing = how.width - length;
    if (how.left) return text + std::string(missing, ' ');
    const bool is_signed = how.zeros && !text.empty() && text.front() == '-';
    return text.insert(is_signed ? 1 : 0, std::string(missing, how.zeros ? '0' : ' '));
}

POLKU_DECL feel::value java_format(feel::evaluation_context& with, std::span<const feel::value> arguments) {
    const std::string_view text = arguments[0].as_string();
    const bool many = arguments[1].is(feel::kind::list);
    const std::span<const feel::value> items = many ? arguments[1].as_list() : arguments.subspan(1, 1);
    std::string made;
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!with.step() || made.size() > with.bounds().text_bytes) return feel::value(feel::null_reason::out_of_range);
        if (text[at] != '%') {
            made += text[at++];
            continue;
        }
        java_conversion how;
        if (!how.read(text, ++at)) return feel::value(feel::null_reason::invalid_argument);
        if (how.letter == '%' || how.letter == 'n') {
            made += how.letter == '%' ? '%' : '\n';
            continue;
        }
        const auto one = next < items.size() ? java_converted(items[next++], how) : std::nullopt;
        if (!one) return feel::value(feel::null_reason::invalid_argument);
        made += java_padded(*one, how);
    }
    return feel::value(std::string_view(made));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
