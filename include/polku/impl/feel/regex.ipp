// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_REGEX_IPP
#define POLKU_IMPL_FEEL_REGEX_IPP

#include <polku/detail/out_of_memory.hpp>
#include <polku/feel/regex.hpp>

#if !defined(PCRE2_CODE_UNIT_WIDTH)
#define PCRE2_CODE_UNIT_WIDTH 8
#endif
#include <pcre2.h>

namespace polku::inline POLKU_V::feel {

namespace detail {

POLKU_DECL std::shared_ptr<const void> compile_pcre(const std::string& pattern, const regex_flags& flags,
                                                    int& problem) {
    const std::unique_ptr<pcre2_compile_context, decltype(&pcre2_compile_context_free)> settings(
        pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
    if (!settings) polku::detail::out_of_memory();
    pcre2_set_newline(settings.get(), PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(settings.get(), 1000);
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
    options |= flags.ignore_case ? PCRE2_CASELESS : 0U;
    options |= flags.dot_all ? PCRE2_DOTALL : 0U;
    options |= flags.multi_line ? PCRE2_MULTILINE : 0U;
    PCRE2_SIZE at = 0;
    pcre2_code* const code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options,
                                           &problem, &at, settings.get());
    if (code == nullptr && problem == PCRE2_ERROR_HEAP_FAILED) polku::detail::out_of_memory();
    return {code, [](const void* held) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(held))); }};
}

/// Match data and limits for one search.
struct pcre_search {
    std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data;
    std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> settings;

    pcre_search(const pcre2_code* code, std::uint32_t steps)
        : data(pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free),
          settings(pcre2_match_context_create(nullptr), pcre2_match_context_free) {
        if (!data || !settings) polku::detail::out_of_memory();
        constexpr std::uint32_t heap_kibibytes = 64U * 1024U;
        pcre2_set_match_limit(settings.get(), steps);
        pcre2_set_depth_limit(settings.get(), steps);
        pcre2_set_heap_limit(settings.get(), heap_kibibytes);
    }
};

}  // namespace detail

POLKU_DECL std::optional<regex_flags> parse_regex_flags(std::string_view text) noexcept {
    regex_flags flags;
    for (const char each : text) {
        switch (each) {
            case 's': flags.dot_all = true; break;
            case 'm': flags.multi_line = true; break;
            case 'i': flags.ignore_case = true; break;
            case 'x': flags.extended = true; break;
            case 'q': flags.literal = true; break;
            default: return std::nullopt;
        }
    }
    return flags;
}

POLKU_DECL result<regex> regex::try_compile(std::string_view pattern, const regex_flags& flags) {
    constexpr std::size_t longest = 64U * 1024U;
    if (pattern.size() > longest)
        return error(error_code::invalid_argument, "the regular expression has " + std::to_string(pattern.size()) +
                                                       " bytes; at most " + std::to_string(longest) + " are allowed");
    POLKU_TRY(const std::string translated, try_translate_regex(pattern, flags));
    int problem = 0;
    regex made;
    made.code_ = detail::compile_pcre(translated, flags, problem);
    if (made.code_ == nullptr) {
        PCRE2_UCHAR text[256] = {};
        pcre2_get_error_message(problem, text, sizeof(text));
        return error(error_code::invalid_argument, "the regular expression '" + std::string(pattern) +
                                                       "' does not compile: " + reinterpret_cast<const char*>(text));
    }
    pcre2_pattern_info(static_cast<const pcre2_code*>(made.code_.get()), PCRE2_INFO_CAPTURECOUNT, &made.groups_);
    return made;
}

POLKU_DECL regex::outcome regex::search(std::string_view text, std::size_t from, std::uint32_t steps,
                                        std::vector<group>& found) const {
    found.clear();
    if (code_ == nullptr) return outcome::no_match;
    const auto* const code = static_cast<const pcre2_code*>(code_.get());
    const detail::pcre_search with(code, steps);
    const char* const start = text.data() == nullptr ? "" : text.data();
    const int count = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(start), text.size(), from,
                                  from == 0 ? 0U : PCRE2_NO_UTF_CHECK, with.data.get(), with.settings.get());
    if (count == PCRE2_ERROR_NOMATCH) return outcome::no_match;
    if (count == PCRE2_ERROR_NOMEMORY) polku::detail::out_of_memory();
    if (count == PCRE2_ERROR_MATCHLIMIT || count == PCRE2_ERROR_DEPTHLIMIT || count == PCRE2_ERROR_HEAPLIMIT)
        return outcome::over_limit;
    if (count < 0) return outcome::bad_text;
    const PCRE2_SIZE* const ends = pcre2_get_ovector_pointer(with.data.get());
    found.resize(std::size_t{groups_} + 1);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (ends[2 * i] == PCRE2_UNSET) continue;
        found[i] = {ends[2 * i], ends[2 * i + 1]};
    }
    return outcome::matched;
}

}  // namespace polku::inline POLKU_V::feel

#endif
