// SPDX-License-Identifier: Apache-2.0
#include "situation_charts.hpp"
#include "situation_labels.hpp"
#include "situation_registers.hpp"
#include "situation_tables.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view picture_style = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2733; --soft: #4b5763; --line: #d8dde3; --strong: #2b5f93; --pale: #dbe8f4; --band: #f4f7fa; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191f; --ink: #e6ebf0; --soft: #aab4bf; --line: #38424d; --strong: #7fb2e5; --pale: #26405a; --band: #1b222a; } }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: var(--ink); background: var(--paper); max-width: 1080px; margin: 0 auto; padding: 16px 24px 64px; }
h1 { font-size: 26px; margin: 12px 0 4px; } h2 { font-size: 21px; margin: 36px 0 8px; border-bottom: 2px solid var(--strong); padding-bottom: 4px; } h3 { font-size: 17px; margin: 28px 0 6px; }
.notice { color: var(--soft); font-size: 14px; margin: 4px 0; }
figure { margin: 8px 0 12px; overflow-x: auto; } figcaption { color: var(--soft); font-size: 14px; margin-top: 4px; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--strong); }
table { border-collapse: collapse; min-width: 50%; } th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid var(--line); font-size: 14.5px; }
thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 400; min-width: 200px; } tbody tr { background: var(--paper); } tbody tr:nth-child(even) { background: var(--band); }
th:first-child { position: sticky; left: 0; background: inherit; } thead tr { background: var(--paper); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@page { size: A4 landscape; margin: 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2, h3 { break-after: avoid; } tr, figure { break-inside: avoid; } .scroll { overflow: visible; } }
)";

class page_writer {
public:
    page_writer(const situation& of, picture_part part, std::string_view language)
        : of_(of), part_(part), language_(language) {}

    std::string write() {
        head();
        for (const path_situation& each : of_.paths) path(each);
        if (of_.paths.empty()) out_ += "<p>" + escaped(word("no_cases")) + "</p>\n";
        if (part_ == picture_part::all)
            for (const reported_register& each : of_.registers) of_register(each);
        return std::move(out_) + "</main>\n</body>\n</html>\n";
    }

private:
    std::string word(std::string_view id) const { return std::string(situation_word(id, language_)); }

    void head() {
        std::string title = word(part_ == picture_part::all ? "title" : "title_transitions");
        if (of_.layers.size() == 1) title += ": " + layer_name(of_, of_.layers.front(), language_);
        out_ = "<!DOCTYPE html>\n<html lang=\"" + std::string(language_.substr(0, 2)) +
               "\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
               escaped(title) + "</title>\n<style>" + std::string(picture_style) + std::string(chart_style()) +
               "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n<p class=\"notice\">" +
               escaped(word("as_of")) + ": " + escaped(date_text(of_.as_of, language_)) + ".</p>\n";
        if (of_.threshold > 1)
            out_ += "<p class=\"notice\">" + escaped(word("threshold_note")) + ": " + std::to_string(of_.threshold) +
                    ". " + escaped(word("marks")) + "</p>\n";
    }

    void path(const path_situation& in) {
        const path::definition& says = in.path.says();
        out_ += "<section>\n<h2>" + escaped(path::text_in(says.name, language_)) + "</h2>\n<p class=\"notice\">" +
                escaped(says.id + ", " + word("version") + " " + says.version) + "</p>\n";
        for (const word_table& each : tables_of(of_, in, part_, language_)) {
            out_ += "<h3>" + escaped(each.title) + "</h3>\n";
            chart(in, each.section);
            table(each);
        }
        out_ += "</section>\n";
    }

    void of_register(const reported_register& of) {
        const word_table made = register_table(of, language_);
        out_ += "<section>\n<h2>" + escaped(made.title) + "</h2>\n<p class=\"notice\">" +
                escaped(path::text_in(of.path.says().name, language_)) + "</p>\n";
        table(made);
        out_ += "</section>\n";
    }

    void chart(const path_situation& in, std::string_view section) {
        if (section == "stage") figure(stage_chart(of_, in, language_), "funnel_text");
        if (section == "transitions") figure(flow_chart(of_, in, language_), "flow_text");
        if (section == "outcome") figure(outcome_chart(of_, in, language_), "outcome_text");
        if (section == "caseload") figure(caseload_chart(of_, in, language_), "caseload_text");
        if (section == "stay") figure(duration_chart(of_, in, language_), "duration_text");
    }

    void figure(const std::string& drawn, std::string_view caption) {
        if (drawn.empty()) return;
        out_ += "<figure>\n" + drawn + "<figcaption>" + escaped(word(caption)) +
                (caption == "flow_text" && of_.threshold > 1 ? " " + escaped(word("hidden_flow")) : "") +
                "</figcaption>\n</figure>\n";
    }

    void table(const word_table& of) {
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
    }

    const situation& of_;
    picture_part part_;
    std::string_view language_;
    std::string out_;
};

}  // namespace

std::string situation_page(const situation& of, picture_part part, std::string_view language) {
    return page_writer(of, part, language).write();
}

}  // namespace polku::inline POLKU_V::report
