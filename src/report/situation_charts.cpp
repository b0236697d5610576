// SPDX-License-Identifier: Apache-2.0
#include "situation_charts.hpp"

#include "situation_labels.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

constexpr int chart_width = 960;
constexpr int name_width = 330;
constexpr std::size_t name_letters = 40;
constexpr int bar_right = chart_width - 70;

std::string word(std::string_view id, std::string_view language) { return std::string(situation_word(id, language)); }

/// Pixels of a number on an axis from 0 to `most`.
int scaled(std::int64_t value, std::int64_t most, int pixels) {
    return most <= 0 ? 0 : static_cast<int>(value * pixels / most);
}

/// One line of a bar chart: a narrow dark bar upon a wide light one.
struct bar_line {
    std::string name;
    protected_count dark;
    protected_count light;
    std::string text;  ///< behind the bars
};

void draw_bar(drawing& into, int y, int height, const protected_count& of, std::int64_t most, std::string_view style,
              const std::string& tip) {
    if (of.shown != disclosure::exact)
        into.box(name_width, y, 26, height, "unknown", tip);
    else if (of.value > 0)
        into.box(name_width, y, std::max(2, scaled(of.value, most, bar_right - name_width)), height, style, tip);
}

std::string bars(const std::vector<bar_line>& lines, const std::string& title, const std::string& text) {
    if (lines.empty()) return {};
    std::int64_t most = 1;
    for (const bar_line& each : lines)
        for (const protected_count* one : {&each.dark, &each.light})
            if (one->shown == disclosure::exact) most = std::max(most, one->value);
    constexpr int step = 34;
    const int height = static_cast<int>(lines.size()) * step + 12;
    drawing made(chart_width, height, title);
    made.describe(text);
    int y = 8;
    for (const bar_line& each : lines) {
        const std::string tip = each.name + ": " + each.text;
        made.text(name_width - 12, y + 16, shortened(each.name, name_letters), "name", "end");
        draw_bar(made, y, 24, each.light, most, "light", tip);
        draw_bar(made, y + 6, 12, each.dark, most, "dark", tip);
        int right = 0;
        for (const protected_count* one : {&each.dark, &each.light})
            right = std::max(right,
                             one->shown == disclosure::exact ? scaled(one->value, most, bar_right - name_width) : 26);
        made.text(name_width + right + 8, y + 16, each.text, "figure");
        y += step;
    }
    made.line(name_width, 2, name_width, height - 4, "axis");
    return std::move(made).finish();
}

const protected_count* find_count(const path_situation& in, const figure_key& key) {
    for (const count_row& each : in.counts)
        if (each.key == key) return &each.layers.back();
    return nullptr;
}

/// The sum of counts; hidden as soon as one of them is.
void add_to(protected_count& sum, const protected_count& one) {
    sum.value += one.value;
    if (one.shown != disclosure::exact) sum.shown = disclosure::hidden;
}

/// A place at one side of the flow chart.
struct flow_end {
    std::string name;
    int size = 0;  ///< pixels of its bands
    int top = 0;
    int used = 0;  ///< pixels of the bands that are drawn already
};

struct flow_band {
    std::size_t from = 0;
    std::size_t to = 0;
    protected_count count;
    std::string tip;
};

class flow_drawer {
public:
    flow_drawer(const situation& of, const path_situation& in, std::string_view language)
        : of_(of), in_(in), language_(language) {}

    std::string draw() {
        gather();
        if (bands_.empty()) return {};
        const int height = std::max(layout(left_), layout(right_)) + 8;
        drawing made(chart_width, height, word("flow_title", language_));
        made.describe(word("flow_text", language_));
        for (const flow_band& each : bands_) band(made, each);
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

    void gather() {
        std::vector<const count_row*> moves;
        for (const count_row& each : in_.counts) {
            const protected_count& one = each.layers.back();
            if (is_move(each.key) && (one.shown != disclosure::exact || one.value > 0)) moves.push_back(&each);
        }
        // In the order of the definition bands cross as little as may be.
        const reading_order order_of(in_);
        const auto place_to = [&](const count_row& of) { return order_of.rank(kind_to(of.key), of.key.to); };
        std::stable_sort(moves.begin(), moves.end(),
                         [&](const count_row* one, const count_row* other) { return order_of(one->key, other->key); });
        for (const count_row* each : moves) {
            flow_band made;
            made.from = end_of(left_, move_from(in_, each->key, language_));
            made.count = each->layers.back();
            made.tip = figure_name(in_, each->key, language_) + ": " + count_text(made.count, of_.threshold, language_);
            bands_.push_back(std::move(made));
        }
        std::vector<std::size_t> order(moves.size());
        for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
            return place_to(*moves[one]) < place_to(*moves[other]);
        });
        for (const std::size_t at : order) bands_[at].to = end_of(right_, move_to(in_, moves[at]->key, language_));
        std::int64_t all = 0;
        for (const flow_band& each : bands_)
            if (each.count.shown == disclosure::exact) all += each.count.value;
        shown_ = std::max<std::int64_t>(all, 1);
        for (const flow_band& each : bands_) {
            left_[each.from].size += thick(each.count);
            right_[each.to].size += thick(each.count);
        }
    }

    static std::size_t end_of(std::vector<flow_end>& among, const std::string& name) {
        const auto found =
            std::find_if(among.begin(), among.end(), [&](const flow_end& each) { return each.name == name; });
        if (found != among.end()) return static_cast<std::size_t>(found - among.begin());
        among.push_back({name, 0, 0, 0});
        return among.size() - 1;
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

    void band(drawing& into, const flow_band& of) {
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

    const situation& of_;
    const path_situation& in_;
    std::string_view language_;
    std::vector<flow_end> left_;
    std::vector<flow_end> right_;
    std::vector<flow_band> bands_;
    std::int64_t shown_ = 1;
};

std::int64_t whole(const feel::number& of) {
    const auto rounded = feel::quantize(of, 0, feel::rounding::half_even);
    return rounded ? rounded->to_int64().value_or(0) : 0;
}

/// A step of 1, 2 or 5 times a power of ten, so that an axis has at most eight of them.
std::int64_t tick_of(std::int64_t most) {
    std::int64_t tick = 1;
    for (std::int64_t power = 1; tick * 8 < most; power *= 10)
        for (const std::int64_t each : {1, 2, 5})
            if ((tick = each * power) * 8 >= most) break;
    return tick;
}

}  // namespace

std::string stage_chart(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<bar_line> lines;
    for (const path::stage_definition& stage : in.path.says().stages) {
        bar_line made;
        made.name = figure_name(in, {"stage", stage.id, {}, {}}, language);
        for (const count_row& each : in.counts)
            if (is_move(each.key) && each.key.section != "ending" && each.key.to == stage.id)
                add_to(made.light, each.layers.back());
        if (const protected_count* now = find_count(in, {"stage", stage.id, {}, "clients"})) made.dark = *now;
        made.text =
            count_text(made.dark, of.threshold, language) + " / " + count_text(made.light, of.threshold, language);
        lines.push_back(std::move(made));
    }
    return bars(lines, word("funnel_title", language), word("funnel_text", language));
}

std::string flow_chart(const situation& of, const path_situation& in, std::string_view language) {
    return flow_drawer(of, in, language).draw();
}

std::string outcome_chart(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<bar_line> lines;
    for (const count_row& each : in.counts) {
        if (each.key.section != "outcome") continue;
        lines.push_back({figure_name(in, each.key, language),
                         each.layers.back(),
                         {},
                         count_text(each.layers.back(), of.threshold, language)});
    }
    return bars(lines, word("outcome_title", language), word("outcome_text", language));
}

std::string caseload_chart(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<bar_line> lines;
    for (const caseload_row& each : in.caseload) {
        if (!each.places) continue;
        lines.push_back({figure_name(in, {"environment", each.environment, {}, {}}, language),
                         each.clients,
                         {*each.places, disclosure::exact},
                         count_text(each.clients, of.threshold, language) + " / " + std::to_string(*each.places)});
    }
    return bars(lines, word("caseload", language), word("caseload_text", language));
}

std::string duration_chart(const situation&, const path_situation& in, std::string_view language) {
    std::vector<const spread_row*> rows;
    std::int64_t most = 1;
    for (const path::stage_definition& stage : in.path.says().stages)
        for (const spread_row& each : in.spreads)
            if (each.key.section == "stay" && each.key.item == stage.id && each.layers.back()) {
                rows.push_back(&each);
                most = std::max(most, whole(each.layers.back()->upper));
            }
    if (rows.empty()) return {};
    constexpr int step = 34;
    const int height = static_cast<int>(rows.size()) * step + 36;
    drawing made(chart_width, height, word("duration_title", language));
    made.describe(word("duration_text", language));
    const auto at = [&](std::int64_t days) { return name_width + scaled(days, most, bar_right - name_width); };
    for (std::int64_t tick = 0; tick <= most; tick += tick_of(most)) {
        made.line(at(tick), 2, at(tick), height - 26, "axis");
        made.text(at(tick), height - 8, std::to_string(tick), "figure", "middle");
    }
    int y = 8;
    for (const spread_row* each : rows) {
        const quartiles& days = *each->layers.back();
        const int left = at(whole(days.lower));
        const int right = at(whole(days.upper));
        const std::string name = figure_name(in, each->key, language);
        made.text(name_width - 12, y + 16, shortened(name, name_letters), "name", "end");
        made.box(left, y + 2, std::max(3, right - left), 20, "light",
                 name + ": " + number_text(days.lower, language) + " – " + number_text(days.median, language) + " – " +
                     number_text(days.upper, language) + " " + word("days", language));
        made.box(at(whole(days.median)) - 1, y, 3, 24, "dark");
        made.text(right + 8, y + 16, number_text(days.median, language), "figure");
        y += step;
    }
    return std::move(made).finish();
}

std::string_view chart_style() noexcept {
    return R"(svg { font: 13px/1.3 system-ui, "DejaVu Sans", sans-serif; max-width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); } svg .figure { fill: var(--soft); }
svg .dark { fill: var(--strong); } svg .light { fill: var(--pale); stroke: var(--strong); stroke-width: 1; }
svg .unknown { fill: none; stroke: var(--soft); stroke-dasharray: 3 3; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .band { fill: var(--strong); fill-opacity: 0.38; } svg .band:hover { fill-opacity: 0.7; }
svg .hidden-band { fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 4 4; }
)";
}

}  // namespace polku::inline POLKU_V::report
