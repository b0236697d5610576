// SPDX-License-Identifier: Apache-2.0
#include "report/money_page.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report::detail {

namespace {

constexpr std::string_view page_style = R"(
:root { color-scheme: light dark; --ink: #1d2733; --soft: #44505c; --line: #c3cbd4; --head: #eef2f6; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #b3bec9; --line: #4a5560; --head: #27313b; --paper: #161c22; } }
body { font: 16px/1.45 system-ui, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--paper); max-width: 1000px; margin: 0 auto; padding: 16px 24px 48px; }
h1 { font-size: 25px; margin: 8px 0 2px; } h2 { font-size: 18px; margin: 26px 0 6px; } p { margin: 4px 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border: 1px solid var(--line); font-size: 14.5px; }
th { background: var(--head); } .number { text-align: right; font-variant-numeric: tabular-nums; } td.number { white-space: nowrap; }
.total td { font-weight: 600; border-top: 2px solid var(--ink); } .notice { color: var(--soft); font-size: 13.5px; } ul { margin: 4px 0; padding-left: 22px; }
svg { font: 12px/1.3 system-ui, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; }
svg text { fill: var(--ink); } svg .small { font-size: 11px; fill: var(--soft); } svg .grid { stroke: var(--line); stroke-width: 1; }
svg .without { fill: #b35c1e; } svg .with { fill: #2b6ca3; }
@media (prefers-color-scheme: dark) { svg .without { fill: #e39357; } svg .with { fill: #6fb0e6; } }
@page { size: A4; margin: 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
)";

void pad(std::string& line, const std::string& text, std::size_t width, bool right) {
    const std::string room(width - std::min(width, width_of(text)), ' ');
    line += right ? room + text : text + room;
}

std::string trimmed(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

void append_table(std::string& out, const page_table& of) {
    out += "\n" + of.heading + "\n";
    std::vector<std::size_t> widths;
    for (const page_column& each : of.columns) widths.push_back(width_of(each.label));
    for (const auto& row : of.rows)
        for (std::size_t at = 0; at < row.size(); ++at) widths[at] = std::max(widths[at], width_of(row[at].shown));
    std::string line;
    std::size_t whole = 0;
    for (std::size_t at = 0; at < widths.size(); ++at) {
        line += at > 0 ? "  " : "";
        pad(line, of.columns[at].label, widths[at], of.columns[at].is_number);
        whole += widths[at] + (at > 0 ? 2 : 0);
    }
    const std::string rule = std::string(whole, '-') + "\n";
    out += trimmed(std::move(line)) + rule;
    for (std::size_t each = 0; each < of.rows.size(); ++each) {
        if (of.last_is_total && each + 1 == of.rows.size() && each > 0) out += rule;
        line.clear();
        for (std::size_t at = 0; at < widths.size(); ++at) {
            line += at > 0 ? "  " : "";
            pad(line, of.rows[each][at].shown, widths[at], of.columns[at].is_number);
        }
        out += trimmed(std::move(line));
    }
}

void append_html_table(std::string& out, const page_table& of) {
    out += "<h2>" + escaped(of.heading) + "</h2>\n<div class=\"scroll\"><table>\n<thead><tr>";
    for (const page_column& each : of.columns)
        out += std::string("<th scope=\"col\"") + (each.is_number ? " class=\"number\"" : "") + ">" +
               escaped(each.label) + "</th>";
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t each = 0; each < of.rows.size(); ++each) {
        out += of.last_is_total && each + 1 == of.rows.size() ? "<tr class=\"total\">" : "<tr>";
        for (std::size_t at = 0; at < of.rows[each].size(); ++at)
            out += std::string(of.columns[at].is_number ? "<td class=\"number\">" : "<td>") +
                   escaped(of.rows[each][at].shown) + "</td>";
        out += "</tr>\n";
    }
    out += "</tbody>\n</table></div>\n";
}

/// A cell of a table for programs; a text that a spreadsheet would run as a formula is kept a text.
std::string csv_cell(std::string text, bool is_number) {
    if (!is_number && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(0, "'");
    if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char each : text) {
        if (each == '"') out += '"';
        out += each;
    }
    return out + '"';
}

}  // namespace

std::string page_as_text(const figures_page& of) {
    std::string out = of.title + "\n";
    for (const std::string& each : of.lead) out += each + "\n";
    for (const page_table& each : of.tables) append_table(out, each);
    if (!of.notice.empty()) out += "\n" + word_of(figure_word::notice_heading, of.language) + "\n";
    for (const std::string& each : of.notice) out += each + "\n";
    if (!of.sources.empty()) out += "\n" + word_of(figure_word::sources_heading, of.language) + "\n";
    for (const std::string& each : of.sources) out += "- " + each + "\n";
    return out;
}

std::string page_as_html(const figures_page& of) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + escaped(of.language.substr(0, 2)) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                      escaped(of.title) + "</title>\n<style>" + std::string(page_style) +
                      "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(of.title) + "</h1>\n";
    for (const std::string& each : of.lead) out += "<p>" + escaped(each) + "</p>\n";
    if (!of.chart.empty()) out += "<h2>" + escaped(of.chart_heading) + "</h2>\n" + of.chart;
    for (const page_table& each : of.tables) append_html_table(out, each);
    if (!of.notice.empty()) out += "<h2>" + escaped(word_of(figure_word::notice_heading, of.language)) + "</h2>\n";
    for (const std::string& each : of.notice) out += "<p class=\"notice\">" + escaped(each) + "</p>\n";
    if (!of.sources.empty()) {
        out += "<h2>" + escaped(word_of(figure_word::sources_heading, of.language)) + "</h2>\n<ul class=\"notice\">\n";
        for (const std::string& each : of.sources) out += "<li>" + escaped(each) + "</li>\n";
        out += "</ul>\n";
    }
    return out + "</main>\n</body>\n</html>\n";
}

std::string page_as_csv(const figures_page& of) {
    std::string out;
    const page_table& first = of.tables.front();
    const auto line = [&](const auto& cells, auto text_at) {
        for (std::size_t at = 0; at < cells.size(); ++at) out += (at > 0 ? ";" : "") + text_at(at);
        out += "\r\n";
    };
    line(first.columns, [&](std::size_t at) { return csv_cell(first.columns[at].name, false); });
    const auto same = [](const page_column& one, const page_column& other) { return one.name == other.name; };
    for (const page_table& table : of.tables) {
        if (!std::equal(table.columns.begin(), table.columns.end(), first.columns.begin(), first.columns.end(), same))
            continue;
        for (const auto& row : table.rows)
            line(row, [&](std::size_t at) { return csv_cell(row[at].plain, table.columns[at].is_number); });
    }
    return out;
}

}  // namespace polku::inline POLKU_V::report::detail
