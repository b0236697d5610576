// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_LETTER_CASE_IPP
#define POLKU_IMPL_FEEL_LETTER_CASE_IPP

#include <polku/impl/feel/letter_case.hpp>
#include <polku/impl/feel/utf8.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace polku::inline POLKU_V::feel::detail {

/// A character whose upper case is several characters (Unicode's SpecialCasing.txt, unconditional mappings), which
/// utf8proc's one-to-one mapping cannot give. Unused places are 0.
struct special_upper_case {
    std::uint32_t from;
    std::uint32_t to[3];
};
inline constexpr special_upper_case special_upper_cases[] = {
    {0x00DF, {0x0053, 0x0053}},         {0x0149, {0x02BC, 0x004E}},         {0x01F0, {0x004A, 0x030C}},
    {0x0390, {0x0399, 0x0308, 0x0301}}, {0x03B0, {0x03A5, 0x0308, 0x0301}}, {0x0587, {0x0535, 0x0552}},
    {0x1E96, {0x0048, 0x0331}},         {0x1E97, {0x0054, 0x0308}},         {0x1E98, {0x0057, 0x030A}},
    {0x1E99, {0x0059, 0x030A}},         {0x1E9A, {0x0041, 0x02BE}},         {0x1F50, {0x03A5, 0x0313}},
    {0x1F52, {0x03A5, 0x0313, 0x0300}}, {0x1F54, {0x03A5, 0x0313, 0x0301}}, {0x1F56, {0x03A5, 0x0313, 0x0342}},
    {0x1F80, {0x1F08, 0x0399}},         {0x1F81, {0x1F09, 0x0399}},         {0x1F82, {0x1F0A, 0x0399}},
    {0x1F83, {0x1F0B, 0x0399}},         {0x1F84, {0x1F0C, 0x0399}},         {0x1F85, {0x1F0D, 0x0399}},
    {0x1F86, {0x1F0E, 0x0399}},         {0x1F87, {0x1F0F, 0x0399}},         {0x1F88, {0x1F08, 0x0399}},
    {0x1F89, {0x1F09, 0x0399}},         {0x1F8A, {0x1F0A, 0x0399}},         {0x1F8B, {0x1F0B, 0x0399}},
    {0x1F8C, {0x1F0C, 0x0399}},         {0x1F8D, {0x1F0D, 0x0399}},         {0x1F8E, {0x1F0E, 0x0399}},
    {0x1F8F, {0x1F0F, 0x0399}},         {0x1F90, {0x1F28, 0x0399}},         {0x1F91, {0x1F29, 0x0399}},
    {0x1F92, {0x1F2A, 0x0399}},         {0x1F93, {0x1F2B, 0x0399}},         {0x1F94, {0x1F2C, 0x0399}},
    {0x1F95, {0x1F2D, 0x0399}},         {0x1F96, {0x1F2E, 0x0399}},         {0x1F97, {0x1F2F, 0x0399}},
    {0x1F98, {0x1F28, 0x0399}},         {0x1F99, {0x1F29, 0x0399}},         {0x1F9A, {0x1F2A, 0x0399}},
    {0x1F9B, {0x1F2B, 0x0399}},         {0x1F9C, {0x1F2C, 0x0399}},         {0x1F9D, {0x1F2D, 0x0399}},
    {0x1F9E, {0x1F2E, 0x0399}},         {0x1F9F, {0x1F2F, 0x0399}},         {0x1FA0, {0x1F68, 0x0399}},
    {0x1FA1, {0x1F69, 0x0399}},         {0x1FA2, {0x1F6A, 0x0399}},         {0x1FA3, {0x1F6B, 0x0399}},
    {0x1FA4, {0x1F6C, 0x0399}},         {0x1FA5, {0x1F6D, 0x0399}},         {0x1FA6, {0x1F6E, 0x0399}},
    {0x1FA7, {0x1F6F, 0x0399}},         {0x1FA8, {0x1F68, 0x0399}},         {0x1FA9, {0x1F69, 0x0399}},
    {0x1FAA, {0x1F6A, 0x0399}},         {0x1FAB, {0x1F6B, 0x0399}},         {0x1FAC, {0x1F6C, 0x0399}},
    {0x1FAD, {0x1F6D, 0x0399}},         {0x1FAE, {0x1F6E, 0x0399}},         {0x1FAF, {0x1F6F, 0x0399}},
    {0x1FB2, {0x1FBA, 0x0399}},         {0x1FB3, {0x0391, 0x0399}},         {0x1FB4, {0x0386, 0x0399}},
    {0x1FB6, {0x0391, 0x0342}},         {0x1FB7, {0x0391, 0x0342, 0x0399}}, {0x1FBC, {0x0391, 0x0399}},
    {0x1FC2, {0x1FCA, 0x0399}},         {0x1FC3, {0x0397, 0x0399}},         {0x1FC4, {0x0389, 0x0399}},
    {0x1FC6, {0x0397, 0x0342}},         {0x1FC7, {0x0397, 0x0342, 0x0399}}, {0x1FCC, {0x0397, 0x0399}},
    {0x1FD2, {0x0399, 0x0308, 0x0300}}, {0x1FD3, {0x0399, 0x0308, 0x0301}}, {0x1FD6, {0x0399, 0x0342}},
    {0x1FD7, {0x0399, 0x0308, 0x0342}}, {0x1FE2, {0x03A5, 0x0308, 0x0300}}, {0x1FE3, {0x03A5, 0x0308, 0x0301}},
    {0x1FE4, {0x03A1, 0x0313}},         {0x1FE6, {0x03A5, 0x0342}},         {0x1FE7, {0x03A5, 0x0308, 0x0342}},
    {0x1FF2, {0x1FFA, 0x0399}},         {0x1FF3, {0x03A9, 0x0399}},         {0x1FF4, {0x038F, 0x0399}},
    {0x1FF6, {0x03A9, 0x0342}},         {0x1FF7, {0x03A9, 0x0342, 0x0399}}, {0x1FFC, {0x03A9, 0x0399}},
    {0xFB00, {0x0046, 0x0046}},         {0xFB01, {0x0046, 0x0049}},         {0xFB02, {0x0046, 0x004C}},
    {0xFB03, {0x0046, 0x0046, 0x0049}}, {0xFB04, {0x0046, 0x0046, 0x004C}}, {0xFB05, {0x0053, 0x0054}},
    {0xFB06, {0x0053, 0x0054}},         {0xFB13, {0x0544, 0x0546}},         {0xFB14, {0x0544, 0x0535}},
    {0xFB15, {0x0544, 0x053B}},         {0xFB16, {0x054E, 0x0546}},         {0xFB17, {0x0544, 0x053D}},
};

POLKU_DECL const special_upper_case* find_special_upper_case(std::uint32_t point) noexcept {
    const auto at = std::lower_bound(std::begin(special_upper_cases), std::end(special_upper_cases), point,
                                     [](const special_upper_case& each, std::uint32_t to) { return each.from < to; });
    return at != std::end(special_upper_cases) && at->from == point ? at : nullptr;
}

POLKU_DECL void append_upper_case(std::uint32_t point, std::string& to) {
    if (const special_upper_case* const special = find_special_upper_case(point)) {
        for (const std::uint32_t each : special->to)
            if (each != 0) append_utf8(each, to);
        return;
    }
    append_utf8(static_cast<std::uint32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(point))), to);
}

POLKU_DECL void append_lower_case(std::uint32_t point, std::string& to) {
    if (point == 0x130) {  // the only character whose lower case is two
        append_utf8(0x69, to);
        append_utf8(0x307, to);
        return;
    }
    append_utf8(static_cast<std::uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point))), to);
}

POLKU_DECL bool is_cased(std::uint32_t point) noexcept {
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LT;
}

/// Marks and signs that stand within a word without ending it (Unicode's Case_Ignorable).
POLKU_DECL bool is_case_ignorable(std::uint32_t point) noexcept {
    constexpr std::uint32_t signs[] = {0x27, 0x2E, 0x3A, 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027};
    if (std::find(std::begin(signs), std::end(signs), point) != std::end(signs)) return true;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_SK: return true;
        default: return false;
    }
}

/// True when no letter with a case follows in the word (the second half of Unicode's Final_Sigma).
POLKU_DECL bool ends_word(std::string_view text, std::size_t at) noexcept {
    while (at < text.size()) {
        const std::uint32_t point = next_code_point(text, at);
        if (!is_case_ignorable(point)) return !is_cased(point);
    }
    return true;
}

POLKU_DECL std::string in_letter_case(std::string_view text, letter_case wanted) {
    std::string made;
    made.reserve(text.size());
    bool after_cased = false;  // a letter with a case stands before in the word
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t point = next_code_point(text, at);
        if (wanted == letter_case::upper)
            append_upper_case(point, made);
        else if (point == 0x3A3 && after_cased && ends_word(text, at))
            append_utf8(0x3C2, made);  // a capital sigma that ends its word
        else
            append_lower_case(point, made);
        if (!is_case_ignorable(point)) after_cased = is_cased(point);
    }
    return made;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
