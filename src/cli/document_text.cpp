// SPDX-License-Identifier: Apache-2.0
#include "cli/document_text.hpp"

#include <polku/json/text.hpp>

#include <algorithm>

namespace polku::cli {

namespace {

/// How wide a text is on a terminal: its characters, not its bytes.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char each) { return (static_cast<unsigned char>(each) & 0xC0) != 0x80; }));
}

}  // namespace

std::string text_of(const feel::context& of, std::string_view member, std::string_view language) {
    const feel::value* found = of.find(member);
    if (found == nullptr || found->is_null()) return {};
    if (found->is(feel::kind::string)) return std::string(found->as_string());
    if (!found->is(feel::kind::date)) return json::write(*found);
    const time::date day = found->as_date();
    if (language == "en") return time::to_string(day);
    return std::to_string(day.day()) + "." + std::to_string(day.month()) + "." + std::to_string(day.year());
}

std::string in_language(const feel::value* of, const std::string& language) {
    const feel::value* found = of != nullptr ? members(*of).find(language) : nullptr;
    return found != nullptr ? std::string(found->as_string()) : std::string();
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], width(row[i]));
        }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(i + 1 < row.size() ? widths[i] - width(row[i]) + 2 : 0, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        text += "  " + line + "\n";
    }
    return text;
}

}  // namespace polku::cli
