// SPDX-License-Identifier: Apache-2.0
#include "report/pack_book_page.hpp"
#include "report/pack_book_parts.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>
#include <optional>

namespace polku::inline POLKU_V::report::detail {

namespace {

constexpr int width = 1040;
constexpr int left = 230;
constexpr int right = 20;
constexpr int row_height = 26;
constexpr int top = 30;
/// A year is the shortest time that is drawn behind the last day on which something begins or ends.
constexpr std::int64_t year_days = 365;

struct day_scale {
    std::int64_t first = 0;
    std::int64_t last = 1;

    int x_of(time::date day) const {
        const std::int64_t at = std::clamp(day.to_days(), first, last);
        return left + static_cast<int>((at - first) * (width - left - right) / (last - first));
    }
};

day_scale scale_of(const book& of) {
    day_scale made{of.says->facts_read.to_days(), of.says->facts_read.to_days()};
    for (const book_version& each : of.versions) {
        made.first = std::min(made.first, each.says->from.to_days());
        made.last = std::max(made.last, each.says->before.value_or(each.says->from).to_days());
    }
    made.last += year_days;
    return made;
}

/// Lines at the beginnings of years, at most a dozen of them.
void draw_years(drawing& into, const day_scale& scale, int bottom) {
    const std::int64_t first = time::date::from_days(scale.first).value().year();
    const std::int64_t last = time::date::from_days(scale.last).value().year();
    std::int64_t step = 1;
    while ((last - first) / step > 12) step = step < 5 ? 5 : step * 2;
    for (std::int64_t year = (first / step + 1) * step; year <= last; year += step) {
        const auto day = time::date::from_parts(year, 1, 1);
        if (!day || day->to_days() > scale.last) continue;
        into.line(scale.x_of(*day), top - 8, scale.x_of(*day), bottom, "grid");
        into.text(scale.x_of(*day), top - 12, std::to_string(year), "small", "middle");
    }
}

}  // namespace

std::string version_timeline(const book& of) {
    const day_scale scale = scale_of(of);
    const int bottom = top + static_cast<int>(of.versions.size()) * row_height;
    drawing into(width, bottom + 8, word_of(book_word::versions, of.language));
    draw_years(into, scale, bottom);
    int y = top;
    for (const book_version& each : of.versions) {
        const rules::pack_version& version = *each.says;
        const int from = scale.x_of(version.from);
        const int to = version.before ? scale.x_of(*version.before) : width - right;
        into.text(4, y + 15, shortened(version.id, 32), "name");
        into.box(from, y + 3, std::max(to - from, 2), row_height - 9, version.flag ? "kept" : "holds");
        if (!version.before)
            into.path("M" + std::to_string(to) + " " + std::to_string(y + 1) + " l10 10.5 l-10 10.5 z",
                      version.flag ? "kept" : "holds");
        y += row_height;
    }
    std::string made = std::move(into).finish();
    return made.insert(made.find('>') + 1, timeline_style);
}

}  // namespace polku::inline POLKU_V::report::detail
