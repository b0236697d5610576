// SPDX-License-Identifier: Apache-2.0
#include "figure_label.hpp"

#include <array>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::array<std::string_view, 4> kind_names = {"count", "clients", "value", "path"};

void add_line(std::string& into, std::string_view line) {
    for (const char each : line) {
        if (each == '\\' || each == '\n') into += '\\';
        into += each == '\n' ? 'n' : each;
    }
    into += '\n';
}

/// Empty when the last line has no end, or an escape is none.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            lines.push_back(std::move(line));
            line.clear();
        } else if (text[at] != '\\') {
            line += text[at];
        } else {
            if (++at == text.size()) return {};
            line += text[at] == 'n' ? '\n' : text[at];
        }
    }
    if (!line.empty()) return {};
    return lines;
}

}  // namespace

std::string figure_label::text() const {
    std::string made;
    add_line(made, kind_names[static_cast<std::size_t>(of.kind)]);
    add_line(made, path);
    add_line(made, of.layer);
    add_line(made, of.key.section);
    add_line(made, of.key.item);
    add_line(made, of.key.to);
    add_line(made, of.key.measure);
    if (of.value) add_line(made, of.value->normalized().to_string());
    return made;
}

std::optional<figure_label> figure_label::from(std::string_view text) {
    constexpr std::size_t without_value = 7;
    std::vector<std::string> lines = lines_of(text);
    if (lines.size() < without_value || lines.size() > without_value + 1) return std::nullopt;
    std::size_t kind = 0;
    while (kind < kind_names.size() && kind_names[kind] != lines[0]) ++kind;
    if (kind == kind_names.size()) return std::nullopt;
    figure_label made{
        lines[1], {static_cast<figure_kind>(kind), lines[2], {lines[3], lines[4], lines[5], lines[6]}, std::nullopt}};
    if (lines.size() == without_value) return made;
    made.of.value = feel::number::parse(lines[without_value]);
    if (!made.of.value) return std::nullopt;
    return made;
}

}  // namespace polku::inline POLKU_V::report
