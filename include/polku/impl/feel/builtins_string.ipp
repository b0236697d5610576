// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_STRING_IPP
#define POLKU_IMPL_FEEL_BUILTINS_STRING_IPP

#include <polku/impl/feel/builtins_regex.hpp>
#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/letter_case.hpp>

// String built-ins (DMN 1.5 clause 10.3.4.3). Positions and lengths count characters, that is Unicode code points.

namespace polku::inline POLKU_V::feel::detail {

/// Two strings, as most of the family takes them; the refusal when they are none.
struct two_texts {
    std::string_view first;
    std::string_view second;
    value refused;
    bool fits = false;

    explicit two_texts(arguments given) {
        if (!take_string(given[0], first))
            refused = refuse(given[0]);
        else if (!take_string(given[1], second))
            refused = refuse(given[1]);
        else
            fits = true;
    }
};

/// The standard takes a start within the string and a length of 1 up to the string's end; all else is null (table 77,
/// notes).
POLKU_DECL value builtin_substring(evaluation_context& with, std::size_t, arguments given) {
    std::string_view text;
    std::int64_t start = 0;
    std::int64_t length = 0;
    if (!take_string(given[0], text)) return refuse(given[0]);
    if (!take_integer(given[1], start)) return refuse(given[1]);
    if (!given[2].is_null() && !take_integer(given[2], length)) return refuse(given[2]);
    const std::size_t size = count_code_points(text);
    std::size_t index = 0;
    if (!take_position(start, size, index)) return refuse_value();
    const std::string_view rest = text.substr(offset_of_code_point(text, index));
    if (given[2].is_null()) return bounded_text(with, rest);
    if (length < 1 || static_cast<std::uint64_t>(length) > size - index) return refuse_value();
    return bounded_text(with,
                        std::string(rest.substr(0, offset_of_code_point(rest, static_cast<std::size_t>(length)))));
}

POLKU_DECL value builtin_string_length(evaluation_context&, std::size_t, arguments given) {
    std::string_view text;
    if (!take_string(given[0], text)) return refuse(given[0]);
    return static_cast<std::int64_t>(count_code_points(text));
}

template <letter_case Case>
value builtin_case(evaluation_context& with, std::size_t, arguments given) {
    std::string_view text;
    return take_string(given[0], text) ? bounded_text(with, in_letter_case(text, Case)) : refuse(given[0]);
}

/// Nothing stands before an empty match, nor where there is no match.
POLKU_DECL value builtin_substring_before(evaluation_context& with, std::size_t, arguments given) {
    const two_texts texts(given);
    if (!texts.fits) return texts.refused;
    const std::size_t at = texts.first.find(texts.second);
    return bounded_text(with, texts.first.substr(0, at == std::string_view::npos ? 0 : at));
}

POLKU_DECL value builtin_substring_after(evaluation_context& with, std::size_t, arguments given) {
    const two_texts texts(given);
    if (!texts.fits) return texts.refused;
    const std::size_t at = texts.first.find(texts.second);
    if (at == std::string_view::npos) return "";
    return bounded_text(with, texts.first.substr(at + texts.second.size()));
}

POLKU_DECL value builtin_contains(evaluation_context&, std::size_t, arguments given) {
    const two_texts texts(given);
    return texts.fits ? value(texts.first.find(texts.second) != std::string_view::npos) : texts.refused;
}

POLKU_DECL value builtin_starts_with(evaluation_context&, std::size_t, arguments given) {
    const two_texts texts(given);
    return texts.fits ? value(texts.first.starts_with(texts.second)) : texts.refused;
}

POLKU_DECL value builtin_ends_with(evaluation_context&, std::size_t, arguments given) {
    const two_texts texts(given);
    return texts.fits ? value(texts.first.ends_with(texts.second)) : texts.refused;
}

/// Nulls in the list are left out; a null delimiter is an empty one.
POLKU_DECL value builtin_string_join(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    std::string_view delimiter;
    if (!take_list(given[0], items)) return refuse(given[0]);
    if (!given[1].is_null() && !take_string(given[1], delimiter)) return refuse(given[1]);
    std::string joined;
    bool first = true;
    for (const value& each : items) {
        if (!with.step()) return {};
        if (each.is_null()) continue;
        if (!each.is(kind::string)) return refuse(each);
        if (!first) joined += delimiter;
        joined += each.as_string();
        first = false;
        if (joined.size() > with.bounds().text_bytes) break;  // `bounded_text` reports it
    }
    return bounded_text(with, joined);
}

POLKU_DECL std::span<const builtin> string_builtins() noexcept {
    static constexpr signature substring[] = {{"string: string, start position: number, length?: number"}};
    static constexpr signature one[] = {{"string: string"}};
    static constexpr signature match[] = {{"string: string, match: string"}};
    static constexpr signature pattern[] = {{"input: string, pattern: string, flags?: string"}};
    static constexpr signature replace[] = {{"input: string, pattern: string, replacement: string, flags?: string"}};
    static constexpr signature split[] = {{"string: string, delimiter: string"}};
    static constexpr signature join[] = {{"list: list, delimiter?: string"}};
    static constexpr builtin family[] = {
        {"substring", substring, builtin_substring, "string"},
        {"string length", one, builtin_string_length, "number"},
        {"upper case", one, builtin_case<letter_case::upper>, "string"},
        {"lower case", one, builtin_case<letter_case::lower>, "string"},
        {"substring before", match, builtin_substring_before, "string"},
        {"substring after", match, builtin_substring_after, "string"},
        {"replace", replace, builtin_replace, "string"},
        {"contains", match, builtin_contains, "boolean"},
        {"starts with", match, builtin_starts_with, "boolean"},
        {"ends with", match, builtin_ends_with, "boolean"},
        {"matches", pattern, builtin_matches, "boolean"},
        {"split", split, builtin_split, "list"},
        {"string join", join, builtin_string_join, "string"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
