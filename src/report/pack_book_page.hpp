// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_PACK_BOOK_PAGE_HPP
#define POLKU_SRC_REPORT_PACK_BOOK_PAGE_HPP

#include <polku/config.hpp>

#include <string_view>

namespace polku::inline POLKU_V::report::detail {

/// Look of the book on a screen and on paper.
inline constexpr std::string_view book_style = R"(
body { font: 15px/1.5 "DejaVu Sans", system-ui, sans-serif; color: #1d2733; background: #fff; max-width: 1120px; margin: 0 auto; padding: 16px 24px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 4px 0 12px; } h2 { font-size: 22px; margin: 44px 0 8px; padding-top: 10px; border-top: 2px solid #2b5f93; }
h3 { font-size: 18px; margin: 28px 0 6px; } h4 { font-size: 16px; margin: 22px 0 4px; } p { margin: 5px 0; } a { color: #1f4f80; }
.kind { color: #44505c; text-transform: uppercase; letter-spacing: .08em; font-size: 13px; margin: 20px 0 0; }
.notice { background: #fdf3dc; border-left: 4px solid #9a6a00; padding: 8px 12px; } .soft { color: #44505c; font-size: 13.5px; }
.scroll { overflow-x: auto; margin: 10px 0 14px; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: #44505c; font-size: 13px; padding: 2px 0 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border: 1px solid #c3cbd4; font-size: 13.5px; overflow-wrap: break-word; }
thead th { background: #eef2f6; overflow-wrap: normal; } tbody th { font-weight: 600; background: #f7f9fb; }
code, pre { font-family: "DejaVu Sans Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
pre { background: #f4f6f8; padding: 8px 10px; white-space: pre-wrap; border: 1px solid #d8dde3; margin: 6px 0; }
.label { display: block; } .values { display: block; overflow-wrap: anywhere; color: #5a6672; font-weight: 400; font-size: 11.5px; }
table.rules td, table.rules th { font-size: 12.5px; padding: 3px 6px; } table.rules thead th.out { background: #e3edf7; } td.out { background: #f3f8fc; } td.any { color: #6b7680; text-align: center; }
table.rules tbody { border-bottom: 2px solid #9aa5b1; } tr.said td { background: #fbfaf6; font-size: 13px; } .slot { color: #7a4b00; } .refs { color: #44505c; font-size: 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 6px 0; } dt { color: #44505c; } dd { margin: 0; min-width: 0; }
dl.context { border: 1px solid #d8dde3; padding: 6px 10px; } nav ol { columns: 2; padding-left: 26px; }
svg { font: 12px "DejaVu Sans", system-ui, sans-serif; max-width: 100%; height: auto; margin: 8px 0; }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "DejaVu Sans", sans-serif; color: #44505c; } }
@page sideways { size: A4 landscape; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; } h1 { font-size: 22pt; } h2 { font-size: 15pt; } h3 { font-size: 12.5pt; } h4 { font-size: 11pt; }
  th, td { font-size: 8pt; padding: 2pt 4pt; } table.rules td, table.rules th { font-size: 7.5pt; padding: 2pt 3pt; } tr.said td { font-size: 8pt; } .soft, caption { font-size: 8.5pt; }
  .values { font-size: 6.5pt; } table.wide { page: sideways; } h2, h3, h4, caption { break-after: avoid; } tr, table.rules tbody { break-inside: avoid; }
  #rules, #proofs, #tests { break-before: page; } a { text-decoration: none; } .scroll { overflow: visible; }
  nav a::after { content: leader(".") target-counter(attr(href), page); }
}
)";

/// Look of the timeline, kept inside of the drawing: what makes PDF of the page does not look further.
inline constexpr std::string_view timeline_style =
    "<style>text { font: 12px \"DejaVu Sans\", sans-serif; } .grid { stroke: #d8dde3; stroke-width: 1; } "
    ".holds { fill: #2b6ca3; } .kept { fill: #b9a06a; } .small { font-size: 11px; fill: #44505c; } "
    ".name { fill: #1d2733; }</style>\n";

}  // namespace polku::inline POLKU_V::report::detail

#endif
