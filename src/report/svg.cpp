// SPDX-License-Identifier: Apache-2.0
#include <polku/report/svg.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

std::string attribute(std::string_view name, int value) {
    return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string closing(std::string_view element, std::string_view tip) {
    if (tip.empty()) return "/>\n";
    return "><title>" + escaped(tip) + "</title></" + std::string(element) + ">\n";
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::vector<std::string> lines_of(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines(1);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t space = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, space - at);
        if (!lines.back().empty() && width_of(lines.back()) + 1 + width_of(word) > columns) lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        lines.back() += word;
        at = space + 1;
    }
    return lines;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += byte;
        }
    }
    return out;
}

std::size_t width_of(std::string_view text) noexcept {
    std::size_t characters = 0;
    for (const char byte : text) characters += continues(byte) ? 0 : 1;
    return characters;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (width_of(text) <= columns) return std::string(text);
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++at) {
        if (!continues(text[at]) && seen++ == columns - 1) break;
    }
    return std::string(text.substr(0, at)) + "…";
}

drawing::drawing(int width, int height, std::string_view title) {
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"" + attribute("width", width) +
           attribute("height", height) + " viewBox=\"0 0 " + std::to_string(width) + " " + std::to_string(height) +
           "\">\n<title>" + escaped(title) + "</title>\n";
}

drawing& drawing::describe(std::string_view what) {
    out_ += "<desc>" + escaped(what) + "</desc>\n";
    return *this;
}

drawing& drawing::box(int x, int y, int width, int height, std::string_view css_class, std::string_view tip) {
    out_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) + attribute("height", height) +
            " rx=\"4\"" + attribute("class", css_class) + closing("rect", tip);
    return *this;
}

drawing& drawing::circle(int x, int y, int radius, std::string_view css_class, std::string_view tip) {
    out_ += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) +
            attribute("class", css_class) + closing("circle", tip);
    return *this;
}

drawing& drawing::line(int x1, int y1, int x2, int y2, std::string_view css_class) {
    out_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) +
            attribute("class", css_class) + "/>\n";
    return *this;
}

drawing& drawing::path(std::string_view data, std::string_view css_class, std::string_view tip) {
    out_ += "<path" + attribute("d", data) + attribute("class", css_class) + closing("path", tip);
    return *this;
}

drawing& drawing::text(int x, int y, std::string_view what, std::string_view css_class, std::string_view anchor) {
    out_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("class", css_class) +
            attribute("text-anchor", anchor) + ">" + escaped(what) + "</text>\n";
    return *this;
}

drawing& drawing::centred(int x, int y, std::string_view what, std::size_t columns, std::string_view css_class) {
    const std::vector<std::string> lines = lines_of(what, columns);
    constexpr int leading = 14;
    int at = y - static_cast<int>(lines.size() - 1) * leading / 2 + 4;
    for (const std::string& each : lines) {
        text(x, at, each, css_class, "middle");
        at += leading;
    }
    return *this;
}

std::string drawing::finish() && { return std::move(out_) + "</svg>\n"; }

std::string_view drawing_style() noexcept {
    return R"(svg { font: 12px/1.3 system-ui, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; }
svg text { fill: #1d2733; }
svg .small { font-size: 10.5px; fill: #44505c; }
svg .strong { font-weight: 600; }
svg .stage { fill: #e3edf7; stroke: #2b5f93; stroke-width: 1.5; }
svg .here { fill: #ffe9b8; stroke: #9a6a00; stroke-width: 2.5; }
svg .entry { fill: #f2f2f2; stroke: #77808a; }
svg .exit { fill: #e5f3e8; stroke: #2f7a43; }
svg .edge { fill: none; stroke: #2b5f93; stroke-width: 1.4; }
svg .back { fill: none; stroke: #8a5a9a; stroke-width: 1.4; stroke-dasharray: 5 3; }
svg .walked { fill: none; stroke: #b3261e; stroke-width: 2.6; }
svg .arrow-walked { fill: #b3261e; }
svg .walked-number { font-size: 12px; font-weight: 700; fill: #b3261e; }
svg .arrow { fill: #2b5f93; }
svg .arrow-back { fill: #8a5a9a; }
svg .grid { stroke: #d8dde3; stroke-width: 1; }
svg .today { stroke: #b3261e; stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .period { fill: #cfe0f1; stroke: #2b5f93; }
svg .coaching { fill: #d9ecd9; stroke: #2f7a43; }
svg .placement { fill: #fde8c8; stroke: #9a6a00; }
svg .assessment { fill: #ece0f3; stroke: #6d4384; }
svg .duty { fill: #eef1f4; stroke: #77808a; }
svg .met { fill: #2f7a43; }
svg .late { fill: #b3261e; }
svg .open { fill: #ffffff; stroke: #44505c; stroke-width: 1.5; }
svg .decision { fill: #2b5f93; }
svg .meeting { fill: #77808a; }
)";
}

}  // namespace polku::inline POLKU_V::report
