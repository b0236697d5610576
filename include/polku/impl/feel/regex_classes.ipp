// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_REGEX_CLASSES_IPP
#define POLKU_IMPL_FEEL_REGEX_CLASSES_IPP

#include <polku/impl/feel/regex_blocks.hpp>
#include <polku/impl/feel/regex_classes.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL std::string bracket_point(std::uint32_t point) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    do {
        hex.insert(hex.begin(), digits[point & 15U]);
        point >>= 4U;
    } while (point != 0);
    return "\\x{" + hex + "}";
}

POLKU_DECL std::string bracket_ranges(std::span<const code_point_range> ranges) {
    std::string made;
    for (code_point_range each : ranges) {
        if (each.first >= 0xD800 && each.first <= 0xDFFF) each.first = 0xE000;
        if (each.last >= 0xD800 && each.last <= 0xDFFF) each.last = 0xD7FF;
        if (each.first > each.last) continue;
        made += bracket_point(each.first);
        if (each.last > each.first) made += "-" + bracket_point(each.last);
    }
    return made;
}

POLKU_DECL std::string bracket_complement(std::span<const code_point_range> ranges) {
    std::vector<code_point_range> gaps;
    std::uint32_t next = 0;
    for (const code_point_range& each : ranges) {
        if (each.first > next) gaps.push_back({next, each.first - 1});
        next = each.last + 1;
    }
    if (next <= 0x10FFFF) gaps.push_back({next, 0x10FFFF});
    return bracket_ranges(gaps);
}

// XML 1.0 (fifth edition) productions 4 and 4a, sorted.
inline constexpr code_point_range name_start_characters[] = {
    {0x3A, 0x3A},     {0x41, 0x5A},     {0x5F, 0x5F},     {0x61, 0x7A},       {0xC0, 0xD6},     {0xD8, 0xF6},
    {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},   {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
inline constexpr code_point_range name_characters[] = {
    {0x2D, 0x2E},     {0x30, 0x3A},     {0x41, 0x5A},     {0x5F, 0x5F},     {0x61, 0x7A},     {0xB7, 0xB7},
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x37D},    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x203F, 0x2040},
    {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
inline constexpr code_point_range xml_white_space[] = {{0x9, 0xA}, {0xD, 0xD}, {0x20, 0x20}};

POLKU_DECL std::string bracket_of_escape(char letter) {
    switch (letter) {
        case 's': return bracket_ranges(xml_white_space);
        case 'S': return bracket_complement(xml_white_space);
        case 'i': return bracket_ranges(name_start_characters);
        case 'I': return bracket_complement(name_start_characters);
        case 'c': return bracket_ranges(name_characters);
        case 'C': return bracket_complement(name_characters);
        case 'd': return "\\p{Nd}";
        case 'D': return "\\P{Nd}";
        case 'w': return "\\p{L}\\p{M}\\p{N}\\p{S}";
        case 'W': return "\\p{P}\\p{Z}\\p{C}";
        default: return {};
    }
}

POLKU_DECL std::string bracket_of_block(std::string_view name, bool negated) {
    const auto at =
        std::lower_bound(std::begin(unicode_blocks), std::end(unicode_blocks), name,
                         [](const unicode_block& each, std::string_view wanted) { return each.name < wanted; });
    if (at == std::end(unicode_blocks) || at->name != name) return {};
    const code_point_range block[] = {{at->first, at->last}};
    return negated ? bracket_complement(block) : bracket_ranges(block);
}

POLKU_DECL std::string bracket_of_property(std::string_view name, bool negated) {
    constexpr std::string_view categories[] = {"L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd",
                                               "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z",  "Zs",
                                               "Zl", "Zp", "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn"};
    if (name.starts_with("Is")) return bracket_of_block(name.substr(2), negated);
    if (std::find(std::begin(categories), std::end(categories), name) == std::end(categories)) return {};
    return (negated ? "\\P{" : "\\p{") + std::string(name) + "}";
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
