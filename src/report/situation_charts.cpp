// SPDX-License-Identifier: Apache-2.0
#include "situation_charts.hpp"

#include "charts.hpp"
#include "situation_labels.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

std::string word(std::string_view id, std::string_view language) { return std::string(situation_word(id, language)); }

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

/// Moves in the order of the definition, so that bands cross as little as may be.
chart_flow flow_of(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<const count_row*> moves;
    for (const count_row& each : in.counts) {
        const protected_count& one = each.layers.back();
        if (is_move(each.key) && (one.shown != disclosure::exact || one.value > 0)) moves.push_back(&each);
    }
    const reading_order order_of(in);
    const auto place_to = [&](const count_row& row) { return order_of.rank(kind_to(row.key), row.key.to); };
    std::stable_sort(moves.begin(), moves.end(),
                     [&](const count_row* one, const count_row* other) { return order_of(one->key, other->key); });
    chart_flow made;
    for (const count_row* each : moves)
        made.bands.push_back(
            {chart_end(made.left, move_from(in, each->key, language)), 0, each->layers.back(),
             figure_name(in, each->key, language) + ": " + count_text(each->layers.back(), of.threshold, language)});
    std::vector<std::size_t> order(moves.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return place_to(*moves[one]) < place_to(*moves[other]);
    });
    for (const std::size_t at : order) made.bands[at].to = chart_end(made.right, move_to(in, moves[at]->key, language));
    return made;
}

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
    std::vector<chart_bar> lines;
    for (const path::stage_definition& stage : in.path.says().stages) {
        chart_bar made;
        made.name = figure_name(in, {"stage", stage.id, {}, {}}, language);
        for (const count_row& each : in.counts)
            if (is_move(each.key) && each.key.section != "ending" && each.key.to == stage.id)
                add_to(made.light, each.layers.back());
        if (const protected_count* now = find_count(in, {"stage", stage.id, {}, "clients"})) made.dark = *now;
        made.text =
            count_text(made.dark, of.threshold, language) + " / " + count_text(made.light, of.threshold, language);
        lines.push_back(std::move(made));
    }
    return bar_chart(lines, word("funnel_title", language), word("funnel_text", language));
}

std::string flow_chart(const situation& of, const path_situation& in, std::string_view language) {
    return flow_chart(flow_of(of, in, language), word("flow_title", language), word("flow_text", language));
}

std::string outcome_chart(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<chart_bar> lines;
    for (const count_row& each : in.counts) {
        if (each.key.section != "outcome") continue;
        lines.push_back({figure_name(in, each.key, language),
                         each.layers.back(),
                         {},
                         count_text(each.layers.back(), of.threshold, language)});
    }
    return bar_chart(lines, word("outcome_title", language), word("outcome_text", language));
}

std::string caseload_chart(const situation& of, const path_situation& in, std::string_view language) {
    std::vector<chart_bar> lines;
    for (const caseload_row& each : in.caseload) {
        if (!each.places) continue;
        lines.push_back({figure_name(in, {"environment", each.environment, {}, {}}, language),
                         each.clients,
                         {*each.places, disclosure::exact},
                         count_text(each.clients, of.threshold, language) + " / " + std::to_string(*each.places)});
    }
    return bar_chart(lines, word("caseload", language), word("caseload_text", language));
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
    const auto at = [&](std::int64_t days) {
        return chart_name_width + scaled(days, most, chart_bar_right - chart_name_width);
    };
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
        made.text(chart_name_width - 12, y + 16, shortened(name, chart_name_letters), "name", "end");
        made.box(left, y + 2, std::max(3, right - left), 20, "light",
                 name + ": " + number_text(days.lower, language) + " – " + number_text(days.median, language) + " – " +
                     number_text(days.upper, language) + " " + word("days", language));
        made.box(at(whole(days.median)) - 1, y, 3, 24, "dark");
        made.text(right + 8, y + 16, number_text(days.median, language), "figure");
        y += step;
    }
    return std::move(made).finish();
}

}  // namespace polku::inline POLKU_V::report
