// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_UTF8_IPP
#define POLKU_IMPL_FEEL_UTF8_IPP

#include <polku/impl/feel/utf8.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char each : text) count += (static_cast<unsigned char>(each) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

POLKU_DECL std::size_t offset_of_code_point(std::string_view text, std::size_t index) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
        if (index-- == 0) return at;
    }
    return text.size();
}

POLKU_DECL bool append_utf8(std::uint32_t point, std::string& to) {
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    const auto tail = [&](unsigned shift) { to += static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x80) {
        to += static_cast<char>(point);
    } else if (point < 0x800) {
        to += static_cast<char>(0xC0U | (point >> 6U));
        tail(0);
    } else if (point < 0x10000) {
        to += static_cast<char>(0xE0U | (point >> 12U));
        tail(6);
        tail(0);
    } else {
        to += static_cast<char>(0xF0U | (point >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
    return true;
}

POLKU_DECL std::uint32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
    const auto lead = static_cast<unsigned char>(text[at++]);
    const std::size_t tails = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (tails == 0 || at + tails > text.size()) return lead;
    std::uint32_t point = lead & (0x3FU >> tails);
    for (std::size_t i = 0; i < tails; ++i) point = (point << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return point;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
