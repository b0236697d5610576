// SPDX-License-Identifier: Apache-2.0
#include "picture_page.hpp"

#include "charts.hpp"

#include <polku/report/svg.hpp>

#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view picture_style = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2733; --soft: #4b5763; --line: #d8dde3; --strong: #2b5f93; --pale: #dbe8f4; --band: #f4f7fa; --other: #a4501a; --more1: #dbe8f4; --more2: #b3d0ea; --more3: #85b3dd; --less1: #f8e4d6; --less2: #f0c6a8; --less3: #e3a377; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191f; --ink: #e6ebf0; --soft: #aab4bf; --line: #38424d; --strong: #7fb2e5; --pale: #26405a; --band: #1b222a; --other: #eda06a; --more1: #1f3346; --more2: #264b6e; --more3: #2d659b; --less1: #3d2b1e; --less2: #633f24; --less3: #8a5328; } }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--paper); max-width: 1080px; margin: 0 auto; padding: 16px 24px 64px; }
h1 { font-size: 26px; margin: 12px 0 4px; } h2 { font-size: 21px; margin: 36px 0 8px; border-bottom: 2px solid var(--strong); padding-bottom: 4px; } h3 { font-size: 17px; margin: 28px 0 6px; }
.notice { color: var(--soft); font-size: 14px; margin: 4px 0; }
figure { margin: 8px 0 12px; overflow-x: auto; } figcaption { color: var(--soft); font-size: 14px; margin-top: 4px; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--strong); }
table { border-collapse: collapse; min-width: 50%; } th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid var(--line); font-size: 14.5px; }
thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 400; min-width: 200px; } tbody tr { background: var(--paper); } tbody tr:nth-child(even) { background: var(--band); }
th:first-child { position: sticky; left: 0; background: inherit; } thead tr { background: var(--paper); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; font-size: 17px; font-weight: 600; margin: 20px 0 6px; }
@media (max-width: 720px) { body { padding: 12px 14px 48px; } figure svg { max-width: none; } th:first-child { min-width: 130px; } }
@page { size: A4 landscape; margin: 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2, h3 { break-after: avoid; } tr, figure { break-inside: avoid; } .scroll { overflow: visible; } }
)";

}  // namespace

picture_page::picture_page(std::string_view title, std::string_view language) {
    out_ = "<!DOCTYPE html>\n<html lang=\"" + std::string(language.substr(0, 2)) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(title) + "</title>\n<style>" + std::string(picture_style) + std::string(chart_style()) +
           "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n";
}

picture_page& picture_page::notice(std::string_view text) {
    out_ += "<p class=\"notice\">" + escaped(text) + "</p>\n";
    return *this;
}

picture_page& picture_page::paragraph(std::string_view text) {
    out_ += "<p>" + escaped(text) + "</p>\n";
    return *this;
}

picture_page& picture_page::begin_section(std::string_view title) {
    out_ += "<section>\n<h2>" + escaped(title) + "</h2>\n";
    return *this;
}

picture_page& picture_page::end_section() {
    out_ += "</section>\n";
    return *this;
}

picture_page& picture_page::begin_part(std::string_view title, bool is_open) {
    out_ +=
        std::string("<details") + (is_open ? " open=\"open\"" : "") + ">\n<summary>" + escaped(title) + "</summary>\n";
    return *this;
}

picture_page& picture_page::end_part() {
    out_ += "</details>\n";
    return *this;
}

picture_page& picture_page::heading(std::string_view text) {
    out_ += "<h3>" + escaped(text) + "</h3>\n";
    return *this;
}

picture_page& picture_page::figure(const std::string& drawn, std::string_view caption) {
    if (!drawn.empty()) out_ += "<figure>\n" + drawn + "<figcaption>" + escaped(caption) + "</figcaption>\n</figure>\n";
    return *this;
}

picture_page& picture_page::table(const word_table& of) {
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(of.title) +
            "\">\n<table>\n<thead><tr>";
    for (std::size_t at = 0; at < of.head.size(); ++at)
        out_ += "<th scope=\"col\"" + std::string(at < of.names ? "" : " class=\"number\"") + ">" +
                escaped(of.head[at]) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : of.rows) {
        out_ += "<tr>";
        for (std::size_t at = 0; at < row.size(); ++at)
            out_ += at == 0         ? "<th scope=\"row\">" + escaped(row[at]) + "</th>"
                    : at < of.names ? "<td>" + escaped(row[at]) + "</td>"
                                    : "<td class=\"number\">" + escaped(row[at]) + "</td>";
        out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</div>\n";
    return *this;
}

std::string picture_page::finish() && { return std::move(out_) + "</main>\n</body>\n</html>\n"; }

}  // namespace polku::inline POLKU_V::report
