// SPDX-License-Identifier: Apache-2.0
#include <polku/report/timeline.hpp>

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

constexpr int page_width = 940;
constexpr int left = 216;  // room for the names of the rows
constexpr int right = 20;
constexpr int row_height = 22;

struct bar {
    std::string name;
    time::date from;
    std::optional<time::date> until;
    std::string_view css_class;
};

struct mark {
    std::string name;
    time::date on;
    std::string_view css_class;
};

std::vector<bar> stage_bars(const path::case_state& of, const path::service_path& path, std::string_view language) {
    std::vector<bar> bars;
    const auto end_last = [&](time::date day) {
        if (!bars.empty() && !bars.back().until) bars.back().until = day;
    };
    for (const auto& event : of.history) {
        if (const auto* entered = std::get_if<path::stage_entered>(&event->what)) {
            end_last(event->effective_date);
            bars.push_back(
                {path::name_in(path.says(), entered->stage, language), event->effective_date, std::nullopt, "period"});
        } else if (std::holds_alternative<path::case_closed>(event->what)) {
            end_last(event->effective_date);
        }
    }
    return bars;
}

std::vector<bar> service_bars(const path::case_state& of, const path::definition& says, std::string_view language) {
    std::vector<bar> bars;
    for (const path::assessment& each : of.assessments)
        bars.push_back({path::name_in(says, each.kind, language), each.started,
                        each.completed ? each.completed : each.cancelled, "assessment"});
    for (const path::coaching& each : of.coachings)
        bars.push_back({path::name_in(says, each.package, language), each.started, each.completed, "coaching"});
    for (const path::placement& each : of.placements)
        bars.push_back({path::name_in(says, each.kind, language), each.started, each.ended, "placement"});
    std::stable_sort(bars.begin(), bars.end(), [](const bar& a, const bar& b) { return a.from < b.from; });
    return bars;
}

std::vector<mark> event_marks(const path::case_state& of, const path::definition& says, std::string_view language) {
    std::vector<mark> marks;
    for (const path::meeting& each : of.meetings)
        marks.push_back({path::name_in(says, each.kind, language), each.held, "meeting"});
    for (const path::decision_record& each : of.decisions)
        marks.push_back({std::string(word(label::decision, language)), each.made, "decision"});
    return marks;
}

class timeline_drawer {
public:
    timeline_drawer(const path::case_state& of, const path::service_path& path, time::date as_of,
                    std::string_view language)
        : case_(of), path_(path), language_(language), as_of_(as_of) {
        first_ = of.opened.value_or(as_of);
        last_ = std::max(as_of, first_);
        for (const path::obligation& each : of.obligations) {
            if (each.is_open()) last_ = std::max(last_, each.due);
        }
        for (const path::check_point& each : of.check_points) last_ = std::max(last_, each.on);
        days_ = std::max<std::int64_t>(last_.to_days() - first_.to_days(), 30);
    }

    std::string draw() {
        const std::vector<bar> stages = stage_bars(case_, path_, language_);
        const std::vector<bar> services = service_bars(case_, path_.says(), language_);
        const std::size_t rows =
            1 + 1 + services.size() + (case_.check_points.empty() ? 0 : 1) + case_.obligations.size();
        const int height = 44 + static_cast<int>(rows + 3) * row_height;
        drawing into(page_width, height, word(label::timeline, language_));
        draw_axis(into, height);
        draw_stages(into, stages);
        draw_marks(into, event_marks(case_, path_.says(), language_));
        heading(into, label::services, !services.empty());
        for (const bar& each : services) draw_bar(into, each);
        draw_check_points(into);
        heading(into, label::duties, !case_.obligations.empty());
        for (const path::obligation& each : case_.obligations) draw_duty(into, each);
        draw_legend(into);
        return std::move(into).finish();
    }

private:
    int x_of(time::date day) const {
        const std::int64_t since = std::clamp<std::int64_t>(day.to_days() - first_.to_days(), 0, days_);
        return left + static_cast<int>(since * (page_width - left - right) / days_);
    }

    void draw_axis(drawing& into, int height) const {
        // About twelve ticks, always on the first of a month.
        const std::int64_t step = std::max<std::int64_t>(1, days_ / 365);
        for (std::int64_t month = 0;; month += step) {
            const auto day = time::date::clamped(first_.year(), static_cast<std::int64_t>(first_.month()) + month, 1);
            if (!day || *day > last_) break;
            if (*day < first_) continue;
            into.line(x_of(*day), 22, x_of(*day), height - 6, "grid");
            into.text(x_of(*day), 14, std::to_string(day->month()) + "/" + std::to_string(day->year() % 100), "small",
                      "middle");
        }
        into.line(x_of(as_of_), 18, x_of(as_of_), height - 6, "today");
    }

    void heading(drawing& into, label which, bool wanted) {
        if (!wanted) return;
        y_ += 4;
        into.text(8, y_ + 15, word(which, language_), "strong");
        y_ += row_height;
    }

    void draw_stages(drawing& into, const std::vector<bar>& stages) {
        into.text(8, y_ + 15, word(label::stages, language_), "strong");
        for (const bar& each : stages) {
            const int from = x_of(each.from);
            const int wide = std::max(4, x_of(each.until.value_or(as_of_)) - from);
            const std::string tip = each.name + " " + date_text(each.from, language_);
            into.box(from, y_, wide, row_height - 3, "period", tip);
            if (wide > 28)
                into.text(from + 4, y_ + 14, shortened(each.name, static_cast<std::size_t>(wide / 7)), "small");
        }
        y_ += row_height;
    }

    void draw_marks(drawing& into, const std::vector<mark>& marks) {
        into.circle(22, y_ + 10, 5, "meeting").text(32, y_ + 14, word(label::meeting, language_), "small");
        into.circle(112, y_ + 10, 5, "decision").text(122, y_ + 14, word(label::decision, language_), "small");
        for (const mark& each : marks)
            into.circle(x_of(each.on), y_ + 10, 5, each.css_class, each.name + " " + date_text(each.on, language_));
        y_ += row_height;
    }

    void draw_bar(drawing& into, const bar& what) {
        const int from = x_of(what.from);
        into.text(16, y_ + 14, shortened(what.name, 33), "small");
        into.box(from, y_ + 3, std::max(4, x_of(what.until.value_or(as_of_)) - from), row_height - 8, what.css_class,
                 what.name + " " + date_text(what.from, language_));
        y_ += row_height;
    }

    void draw_check_points(drawing& into) {
        if (case_.check_points.empty()) return;
        into.text(16, y_ + 14, word(label::follow_ups, language_), "small");
        for (const path::check_point& each : case_.check_points) {
            const bool late = each.is_open() && each.on < as_of_;
            into.circle(x_of(each.done.value_or(each.on)), y_ + 10, 5,
                        each.done ? "met"
                        : late    ? "late"
                                  : "open",
                        each.id + " " + date_text(each.on, language_));
        }
        y_ += row_height;
    }

    void draw_duty(drawing& into, const path::obligation& what) {
        const std::string name = path::name_in(path_.says(), what.obligation_, language_);
        const int from = x_of(what.opened);
        const int until = x_of(what.ended.value_or(what.due));
        into.text(16, y_ + 14, shortened(name, 33), "small");
        into.box(from, y_ + 7, std::max(3, until - from), 6, "duty", name);
        const bool met = what.state == path::obligation_state::satisfied;
        const bool late = what.is_open() && what.due < as_of_;
        const std::string tip = name + ": " + std::string(word(met ? label::done : label::due, language_)) + " " +
                                date_text(met ? what.ended.value_or(what.due) : what.due, language_);
        into.circle(until, y_ + 10, 5, met ? "met" : late ? "late" : what.is_open() ? "open" : "meeting", tip);
        y_ += row_height;
    }

    void draw_legend(drawing& into) const {
        int x = left;
        const auto sign = [&](std::string_view css_class, label name) {
            into.circle(x, y_ + 16, 5, css_class).text(x + 10, y_ + 20, word(name, language_), "small");
            x += 110;
        };
        sign("met", label::done);
        sign("open", label::due);
        sign("late", label::late);
        sign("meeting", label::ended);
    }

    const path::case_state& case_;
    const path::service_path& path_;
    std::string_view language_;
    time::date as_of_;
    time::date first_;
    time::date last_;
    std::int64_t days_ = 30;
    int y_ = 28;
};

}  // namespace

std::string timeline(const path::case_state& of, const path::service_path& path, time::date as_of,
                     std::string_view language) {
    return timeline_drawer(of, path, as_of, language).draw();
}

}  // namespace polku::inline POLKU_V::report
