// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_REGEX_IPP
#define POLKU_IMPL_FEEL_BUILTINS_REGEX_IPP

#include <polku/feel/regex.hpp>
#include <polku/impl/feel/builtins_regex.hpp>

#include <algorithm>

// `matches`, `replace` and `split` (DMN 1.5 clause 10.3.4.3), which take the patterns, flags and replacement strings of
// XPath Functions and Operators 3.1 clauses 5.6.1 to 5.6.5.

namespace polku::inline POLKU_V::feel::detail {

/// The patterns that a thread used last, latest first, so that a table row by row or a filter compiles each once.
struct regex_cache {
    static constexpr std::size_t capacity = 32;
    struct entry {
        std::string pattern;
        std::string flags;
        regex compiled;
    };
    std::vector<entry> latest;

    /// Null pointer for an invalid pattern or flag.
    const regex* find(std::string_view pattern, std::string_view flags) {
        const auto at = std::find_if(latest.begin(), latest.end(),
                                     [&](const entry& each) { return each.pattern == pattern && each.flags == flags; });
        if (at != latest.end()) {
            std::rotate(latest.begin(), at, at + 1);
            return &latest.front().compiled;
        }
        const std::optional<regex_flags> read = parse_regex_flags(flags);
        if (!read) return nullptr;
        result<regex> made = regex::try_compile(pattern, *read);
        if (!made) return nullptr;
        if (latest.size() == capacity) latest.pop_back();
        latest.insert(latest.begin(), {std::string(pattern), std::string(flags), std::move(*made)});
        return &latest.front().compiled;
    }
};

POLKU_DECL regex_cache& thread_regex_cache() {
    thread_local regex_cache cache;
    return cache;
}

/// Takes pattern and flags; `refused` is the null to answer when they do not make a regular expression.
struct regex_argument {
    regex compiled;
    std::string_view flags;
    value refused;
    bool fits = false;

    regex_argument(const value& pattern, const value& flags_given) {
        std::string_view text;
        refused = refuse_value();
        if (!take_string(pattern, text)) {
            refused = refuse(pattern);
        } else if (!flags_given.is_null() && !take_string(flags_given, flags)) {
            refused = refuse(flags_given);
        } else if (const regex* const found = thread_regex_cache().find(text, flags)) {
            compiled = *found;
            fits = true;
        }
    }
    bool matches_empty(const evaluation_context& with) const {
        std::vector<regex::group> groups;
        return compiled.search("", 0, with.bounds().regex_steps, groups) == regex::outcome::matched;
    }
};

/// One search, counted as work; a limit becomes a fault of the evaluation.
POLKU_DECL regex::outcome search_regex(evaluation_context& with, const regex& pattern, std::string_view text,
                                       std::size_t from, std::vector<regex::group>& found) {
    if (!with.step(1 + (text.size() - from) / 256)) return regex::outcome::over_limit;
    const regex::outcome answer = pattern.search(text, from, with.bounds().regex_steps, found);
    if (answer == regex::outcome::over_limit)
        with.set_fault({error_code::limit_regex, "matching a regular expression took more than " +
                                                     std::to_string(with.bounds().regex_steps) +
                                                     " steps; make the pattern simpler or raise the limit"});
    return answer;
}

POLKU_DECL value builtin_matches(evaluation_context& with, std::size_t, arguments given) {
    std::string_view input;
    if (!take_string(given[0], input)) return refuse(given[0]);
    const regex_argument pattern(given[1], given[2]);
    if (!pattern.fits) return pattern.refused;
    std::vector<regex::group> groups;
    switch (search_regex(with, pattern.compiled, input, 0, groups)) {
        case regex::outcome::matched: return true;
        case regex::outcome::no_match: return false;
        default: return refuse_value();
    }
}

/// A replacement string taken apart: literal text, or the number of a group.
struct replacement_part {
    std::string text;
    std::size_t group = regex::npos;
};

POLKU_DECL bool is_decimal_digit(char each) noexcept { return each >= '0' && each <= '9'; }

/// `$N` takes as many digits as name an existing group, at least one; one digit past the groups stands for nothing.
POLKU_DECL std::size_t replacement_group(std::string_view text, std::size_t& at, std::size_t groups) noexcept {
    auto number = static_cast<std::size_t>(text[at++] - '0');
    while (at < text.size() && is_decimal_digit(text[at])) {
        const std::size_t longer = number * 10 + static_cast<std::size_t>(text[at] - '0');
        if (longer > groups) break;
        number = longer;
        ++at;
    }
    return number;
}

/// False for a `$` without a digit and for a `\` before anything but `\` and `$` (clause 5.6.4, FORX0004).
POLKU_DECL bool parse_replacement(std::string_view text, std::size_t groups, std::vector<replacement_part>& parts) {
    parts.push_back({});
    for (std::size_t at = 0; at < text.size();) {
        const char each = text[at++];
        if (each == '$') {
            if (at == text.size() || !is_decimal_digit(text[at])) return false;
            parts.push_back({{}, replacement_group(text, at, groups)});
            parts.push_back({});
        } else if (each == '\\') {
            if (at == text.size() || (text[at] != '\\' && text[at] != '$')) return false;
            parts.back().text += text[at++];
        } else {
            parts.back().text += each;
        }
    }
    return true;
}

POLKU_DECL void append_replacement(std::string& to, std::string_view input, std::span<const replacement_part> parts,
                                   std::span<const regex::group> groups) {
    for (const replacement_part& each : parts) {
        if (each.group == regex::npos) {
            to += each.text;
        } else if (each.group < groups.size() && groups[each.group].begin != regex::npos) {
            const regex::group found = groups[each.group];
            to += input.substr(found.begin, found.end - found.begin);
        }
    }
}

POLKU_DECL value replace_all(evaluation_context& with, std::string_view input, const regex& pattern,
                             std::span<const replacement_part> parts) {
    std::string made;
    std::vector<regex::group> groups;
    std::size_t from = 0;
    for (;;) {
        const regex::outcome answer = search_regex(with, pattern, input, from, groups);
        if (answer == regex::outcome::no_match) break;
        // A pattern that finds nothing in an empty string can still find an empty place inside another.
        if (answer != regex::outcome::matched || groups[0].end == groups[0].begin) return refuse_value();
        made += input.substr(from, groups[0].begin - from);
        append_replacement(made, input, parts, groups);
        from = groups[0].end;
        if (made.size() > with.bounds().text_bytes) return bounded_text(with, made);
    }
    made += input.substr(from);
    return bounded_text(with, made);
}

POLKU_DECL value builtin_replace(evaluation_context& with, std::size_t, arguments given) {
    std::string_view input;
    std::string_view replacement;
    if (!take_string(given[0], input)) return refuse(given[0]);
    if (!take_string(given[2], replacement)) return refuse(given[2]);
    const regex_argument pattern(given[1], given[3]);
    if (!pattern.fits) return pattern.refused;
    std::vector<replacement_part> parts;
    if (pattern.flags.find('q') != std::string_view::npos)
        parts.push_back({std::string(replacement), regex::npos});
    else if (!parse_replacement(replacement, pattern.compiled.group_count(), parts))
        return refuse_value();
    if (pattern.matches_empty(with)) return refuse_value();
    return replace_all(with, input, pattern.compiled, parts);
}

POLKU_DECL value builtin_split(evaluation_context& with, std::size_t, arguments given) {
    std::string_view text;
    if (!take_string(given[0], text)) return refuse(given[0]);
    const regex_argument delimiter(given[1], value());
    if (!delimiter.fits) return delimiter.refused;
    if (delimiter.matches_empty(with)) return refuse_value();
    std::vector<value> pieces;
    std::vector<regex::group> groups;
    std::size_t from = 0;
    for (;;) {
        const regex::outcome answer = search_regex(with, delimiter.compiled, text, from, groups);
        if (answer == regex::outcome::no_match) break;
        if (answer != regex::outcome::matched || groups[0].end == groups[0].begin) return refuse_value();
        pieces.emplace_back(text.substr(from, groups[0].begin - from));
        from = groups[0].end;
        if (pieces.size() > with.bounds().list_length) break;
    }
    pieces.emplace_back(text.substr(from));
    return bounded_list(with, std::move(pieces));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
