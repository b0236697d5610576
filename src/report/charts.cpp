// SPDX-License-Identifier: Apache-2.0
#include "charts.hpp"

#include "situation_labels.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

void draw_bar(drawing& into, int y, int height, const protected_count& of, std::int64_t most, std::string_view style,
              const std::string& tip) {
    if (of.shown != disclosure::exact)
        into.box(chart_name_width, y, 26, height, "unknown", tip);
    else if (of.value > 0)
        into.box(chart_name_width, y, std::max(2, scaled(of.value, most, chart_bar_right - chart_name_width)), height,
                 style, tip);
}

/// A place at one side of the flow chart.
struct flow_end {
    std::string name;
    int size = 0;  ///< pixels of its bands
    int top = 0;
    int used = 0;  ///< pixels of the bands that are drawn already
};

class flow_drawer {
public:
    explicit flow_drawer(const chart_flow& of) : of_(of) {
        for (const std::string& each : of.left) left_.push_back({each, 0, 0, 0});
        for (const std::string& each : of.right) right_.push_back({each, 0, 0, 0});
    }

    std::string draw(const std::string& title, const std::string& text) {
        measure();
        const int height = std::max(layout(left_), layout(right_)) + 8;
        drawing made(chart_width, height, title);
        made.describe(text);
        for (const chart_band& each : of_.bands) band(made, each);
        ends(made, left_, left_edge - end_width, left_edge - end_width - 8, "end");
        ends(made, right_, right_edge, right_edge + end_width + 8, "start");
        return std::move(made).finish();
    }

private:
    static constexpr int left_edge = 300;
    static constexpr int right_edge = chart_width - 300;
    static constexpr int end_width = 10;
    static constexpr int gap = 20;
    static constexpr int hidden_width = 6;
    static constexpr int tallest = 420;

    void measure() {
        std::int64_t all = 0;
        for (const chart_band& each : of_.bands)
            if (each.count.shown == disclosure::exact) all += each.count.value;
        shown_ = std::max<std::int64_t>(all, 1);
        for (const chart_band& each : of_.bands) {
            left_[each.from].size += thick(each.count);
            right_[each.to].size += thick(each.count);
        }
    }

    int thick(const protected_count& count) const {
        return count.shown == disclosure::exact ? std::max(2, scaled(count.value, shown_, tallest)) : hidden_width;
    }

    static int layout(std::vector<flow_end>& side) {
        int y = 10;
        for (flow_end& each : side) {
            each.top = y;
            y += std::max(each.size, 12) + gap;
        }
        return y;
    }

    void band(drawing& into, const chart_band& of) {
        flow_end& from = left_[of.from];
        flow_end& to = right_[of.to];
        const int size = thick(of.count);
        const int y1 = from.top + from.used;
        const int y2 = to.top + to.used;
        from.used += size;
        to.used += size;
        const auto number = [](int value) { return std::to_string(value) + " "; };
        const int middle = (left_edge + right_edge) / 2;
        if (of.count.shown != disclosure::exact) {
            const int half = size / 2;
            into.path("M" + number(left_edge) + number(y1 + half) + "C" + number(middle) + number(y1 + half) +
                          number(middle) + number(y2 + half) + number(right_edge) + number(y2 + half),
                      "hidden-band", of.tip);
            return;
        }
        into.path("M" + number(left_edge) + number(y1) + "C" + number(middle) + number(y1) + number(middle) +
                      number(y2) + number(right_edge) + number(y2) + "L" + number(right_edge) + number(y2 + size) +
                      "C" + number(middle) + number(y2 + size) + number(middle) + number(y1 + size) +
                      number(left_edge) + number(y1 + size) + "Z",
                  "band", of.tip);
    }

    void ends(drawing& into, const std::vector<flow_end>& side, int x, int text_x, std::string_view anchor) const {
        for (const flow_end& each : side) {
            into.box(x, each.top, end_width, each.size, "dark", each.name);
            into.text(text_x, each.top + each.size / 2 + 5, shortened(each.name, 38), "name", anchor);
        }
    }

    const chart_flow& of_;
    std::vector<flow_end> left_;
    std::vector<flow_end> right_;
    std::int64_t shown_ = 1;
};

/// Lines over an axis of amounts that has 0 on it.
class line_drawer {
public:
    line_drawer(const std::vector<chart_line>& lines, const std::vector<std::string>& places, std::string_view language)
        : lines_(lines), places_(places), language_(language) {
        feel::number most(0);
        feel::number least(0);
        for (const chart_line& line : lines)
            for (const auto& each : line.points)
                if (each) {
                    most = std::max(most, each->high);
                    least = std::min(least, each->low);
                }
        if (most > feel::number(0) || least == feel::number(0)) top_ = axis_top(most);
        if (least < feel::number(0)) bottom_ = flipped(axis_top(flipped(least)));
        span_ = feel::subtract(top_, bottom_).value_or(top_);
    }

    std::string draw(const std::string& unit, const std::string& title, const std::string& text) {
        drawing made(chart_width, upper + height + 34, title);
        made.describe(text);
        grid(made, unit);
        for (std::size_t each = 0; each < lines_.size(); ++each) {
            const bool is_other = each > 0;
            const int x = left + static_cast<int>(each) * 330;
            mark(made, x, 12, is_other, {});
            made.text(x + 12, 16, shortened(lines_[each].name, chart_name_letters), "name");
            draw_line(made, lines_[each], is_other);
        }
        return std::move(made).finish();
    }

private:
    static constexpr int left = 110;
    static constexpr int right = chart_width - 40;
    static constexpr int upper = 44;
    static constexpr int height = 220;

    static feel::number flipped(const feel::number& of) { return feel::multiply(of, feel::number(-1)).value_or(of); }

    int x_of(std::size_t place) const {
        const auto room = static_cast<int>(places_.size());
        return left + (right - left) * (2 * static_cast<int>(place) + 1) / (2 * std::max(room, 1));
    }
    int y_of(const feel::number& amount) const {
        return upper + height - pixels_of(feel::subtract(amount, bottom_).value_or(amount), span_, height);
    }
    /// Four steps above 0 and four below, where there is anything.
    void grid(drawing& into, const std::string& unit) const {
        into.text(right, 34, unit, "figure", "end");
        for (const feel::number* const end : {&top_, &bottom_}) {
            if (*end == feel::number(0)) continue;
            for (int each = 0; each <= 4; ++each) {
                const auto part = feel::multiply(*end, feel::number(each));
                const feel::number at = feel::divide(part.value_or(*end), feel::number(4)).value_or(*end);
                into.line(left, y_of(at), right, y_of(at), "axis");
                into.text(left - 8, y_of(at) + 4, number_text(at, language_), "figure", "end");
            }
        }
        const auto every = std::max<std::size_t>(1, (places_.size() + 11) / 12);
        for (std::size_t place = 0; place < places_.size(); place += every)
            into.text(x_of(place), upper + height + 20, places_[place], "figure", "middle");
    }
    static void mark(drawing& into, int x, int y, bool is_other, const std::string& tip) {
        if (is_other)
            into.path("M" + std::to_string(x) + " " + std::to_string(y - 6) + " l6 6 l-6 6 l-6 -6 Z", "line-mark-other",
                      tip);
        else
            into.circle(x, y, 4, "line-mark", tip);
    }
    void draw_line(drawing& into, const chart_line& of, bool is_other) const {
        for (std::size_t place = 0; place < of.points.size();) {
            std::size_t end = place;
            while (end < of.points.size() && of.points[end]) ++end;
            if (end > place) draw_run(into, of, place, end, is_other);
            place = std::max(end, place + 1);
        }
        for (std::size_t place = 0; place < of.points.size(); ++place)
            if (const auto& each = of.points[place]) mark(into, x_of(place), y_of(each->value), is_other, each->tip);
    }
    /// Places that follow each other without a gap.
    void draw_run(drawing& into, const chart_line& of, std::size_t from, std::size_t to, bool is_other) const {
        const auto at = [&](std::size_t place, const feel::number& amount) {
            return std::to_string(x_of(place)) + " " + std::to_string(y_of(amount)) + " ";
        };
        std::string along;
        std::string around;
        bool has_band = false;
        for (std::size_t place = from; place < to; ++place) {
            along += (place == from ? "M" : "L") + at(place, of.points[place]->value);
            around += (place == from ? "M" : "L") + at(place, of.points[place]->high);
            has_band = has_band || of.points[place]->low < of.points[place]->high;
        }
        for (std::size_t place = to; place-- > from;) around += "L" + at(place, of.points[place]->low);
        if (has_band) into.path(around + "Z", is_other ? "line-band-other" : "line-band");
        into.path(along, is_other ? "line-other" : "line-one");
    }

    const std::vector<chart_line>& lines_;
    const std::vector<std::string>& places_;
    std::string_view language_;
    feel::number top_;
    feel::number bottom_;
    feel::number span_;
};

/// How a tile is coloured: hidden, the same, or by thirds of the greatest difference.
std::string tile_class(const chart_tile& of, const feel::number& greatest) {
    if (!of.difference) return "tile-hidden";
    if (*of.difference == feel::number(0)) return "tile-same";
    const bool is_less = *of.difference < feel::number(0);
    const feel::number size = of.difference->absolute();
    const int third = std::clamp((pixels_of(size, greatest, 300) + 99) / 100, 1, 3);
    return (is_less ? "tile-less-" : "tile-more-") + std::to_string(third);
}

}  // namespace

int scaled(std::int64_t value, std::int64_t most, int pixels) {
    return most <= 0 ? 0 : static_cast<int>(value * pixels / most);
}

std::string bar_chart(const std::vector<chart_bar>& lines, const std::string& title, const std::string& text) {
    if (lines.empty()) return {};
    std::int64_t most = 1;
    for (const chart_bar& each : lines)
        for (const protected_count* one : {&each.dark, &each.light})
            if (one->shown == disclosure::exact) most = std::max(most, one->value);
    constexpr int step = 34;
    const int height = static_cast<int>(lines.size()) * step + 12;
    drawing made(chart_width, height, title);
    made.describe(text);
    int y = 8;
    for (const chart_bar& each : lines) {
        const std::string tip = each.name + ": " + each.text;
        made.text(chart_name_width - 12, y + 16, shortened(each.name, chart_name_letters), "name", "end");
        draw_bar(made, y, 24, each.light, most, "light", tip);
        draw_bar(made, y + 6, 12, each.dark, most, "dark", tip);
        int right = 0;
        for (const protected_count* one : {&each.dark, &each.light})
            right = std::max(right, one->shown == disclosure::exact
                                        ? scaled(one->value, most, chart_bar_right - chart_name_width)
                                        : 26);
        made.text(chart_name_width + right + 8, y + 16, each.text, "figure");
        y += step;
    }
    made.line(chart_name_width, 2, chart_name_width, height - 4, "axis");
    return std::move(made).finish();
}

std::size_t chart_end(std::vector<std::string>& among, const std::string& name) {
    const auto found = std::find(among.begin(), among.end(), name);
    if (found != among.end()) return static_cast<std::size_t>(found - among.begin());
    among.push_back(name);
    return among.size() - 1;
}

std::string flow_chart(const chart_flow& of, const std::string& title, const std::string& text) {
    return of.bands.empty() ? std::string() : flow_drawer(of).draw(title, text);
}

std::string tile_chart(const std::vector<chart_tile>& tiles, const std::string& title, const std::string& text) {
    if (tiles.empty()) return {};
    constexpr int columns = 5;
    constexpr int step_x = chart_width / columns;
    constexpr int step_y = 62;
    feel::number greatest(0);
    for (const chart_tile& each : tiles)
        if (each.difference) greatest = std::max(greatest, each.difference->absolute());
    const auto rows = static_cast<int>((tiles.size() + columns - 1) / columns);
    const int used = std::min(columns, static_cast<int>(tiles.size()));
    drawing made(used * step_x, rows * step_y + 4, title);
    made.describe(text);
    for (std::size_t at = 0; at < tiles.size(); ++at) {
        const int x = static_cast<int>(at % columns) * step_x + 4;
        const int y = static_cast<int>(at / columns) * step_y + 4;
        const chart_tile& each = tiles[at];
        made.box(x, y, step_x - 8, step_y - 8, tile_class(each, greatest), each.name + ": " + each.text);
        made.text(x + 10, y + 22, shortened(each.name, 24), "name");
        made.text(x + 10, y + 43, shortened(each.text, 24), "strong");
    }
    return std::move(made).finish();
}

std::string line_chart(const std::vector<chart_line>& lines, const std::vector<std::string>& places,
                       const std::string& unit, std::string_view language, const std::string& title,
                       const std::string& text) {
    const bool has_any = std::any_of(lines.begin(), lines.end(), [](const chart_line& line) {
        return std::any_of(line.points.begin(), line.points.end(), [](const auto& each) { return each.has_value(); });
    });
    return has_any ? line_drawer(lines, places, language).draw(unit, title, text) : std::string();
}

feel::number axis_top(const feel::number& most) {
    feel::number power(1);
    for (;;) {
        for (const int step : {1, 2, 5}) {
            const feel::number top = feel::multiply(power, feel::number(step)).value_or(most);
            if (top >= most) return top;
        }
        power = feel::multiply(power, feel::number(10)).value_or(most);
    }
}

int pixels_of(const feel::number& amount, const feel::number& top, int pixels) {
    const auto part = feel::divide(amount, top);
    const auto whole_part = part ? feel::multiply(*part, feel::number(pixels)) : std::nullopt;
    const auto whole = whole_part ? feel::quantize(*whole_part, 0, feel::rounding::half_up) : std::nullopt;
    return whole ? static_cast<int>(whole->to_int64().value_or(0)) : 0;
}

std::string_view chart_style() noexcept {
    return R"(svg { font: 13px/1.3 system-ui, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); } svg .figure { fill: var(--soft); }
svg .dark { fill: var(--strong); } svg .light { fill: var(--pale); stroke: var(--strong); stroke-width: 1; }
svg .unknown { fill: none; stroke: var(--soft); stroke-dasharray: 3 3; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .band { fill: var(--strong); fill-opacity: 0.38; } svg .band:hover { fill-opacity: 0.7; }
svg .strong { font-weight: 600; }
svg .line-one { fill: none; stroke: var(--strong); stroke-width: 2; } svg .line-mark { fill: var(--strong); }
svg .line-other { fill: none; stroke: var(--other); stroke-width: 2; stroke-dasharray: 6 4; } svg .line-mark-other { fill: var(--other); }
svg .line-band { fill: var(--strong); fill-opacity: 0.18; } svg .line-band-other { fill: var(--other); fill-opacity: 0.18; }
svg .tile-same { fill: var(--band); stroke: var(--line); } svg .tile-hidden { fill: none; stroke: var(--soft); stroke-dasharray: 3 3; }
svg .tile-more-1 { fill: var(--more1); stroke: var(--strong); } svg .tile-more-2 { fill: var(--more2); stroke: var(--strong); } svg .tile-more-3 { fill: var(--more3); stroke: var(--strong); stroke-width: 2; }
svg .tile-less-1 { fill: var(--less1); stroke: var(--other); } svg .tile-less-2 { fill: var(--less2); stroke: var(--other); } svg .tile-less-3 { fill: var(--less3); stroke: var(--other); stroke-width: 2; }
svg .hidden-band { fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 4 4; }
)";
}

}  // namespace polku::inline POLKU_V::report
