// SPDX-License-Identifier: Apache-2.0
#include <polku/path/case_on.hpp>
#include <polku/report/case_counts.hpp>

#include "case_record_parts.hpp"
#include "figure_label.hpp"
#include "situation_counter.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <set>
#include <tuple>

namespace polku::inline POLKU_V::report {

namespace {

/// Figures with their values in days, sorted, each with a count that is not zero.
struct counted_figure {
    figure of;
    std::int64_t value = 0;
    std::int64_t count = 0;
};
using level = std::vector<counted_figure>;

std::string hex_of(const path::hash& of) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : of) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// `left - right`, both sorted.
level minus(const level& left, const level& right) {
    const auto place = [](const counted_figure& of) { return std::tie(of.of, of.value); };
    level made;
    auto a = left.begin();
    auto b = right.begin();
    while (a != left.end() || b != right.end()) {
        if (b == right.end() || (a != left.end() && place(*a) < place(*b))) {
            made.push_back(*a++);
        } else if (a == left.end() || place(*b) < place(*a)) {
            made.push_back(*b++);
            made.back().count = -made.back().count;
        } else {
            if (a->count != b->count) made.push_back({a->of, a->value, a->count - b->count});
            ++a;
            ++b;
        }
    }
    return made;
}

std::optional<std::int64_t> whole_days(const figure_key& key, const feel::number& of) {
    return key.measure == "days" ? of.to_int64() : std::nullopt;
}

void add_day_after(const std::optional<time::date>& last, std::set<time::date>& into) {
    if (!last) return;
    if (const auto next = last->plus_days(1)) into.insert(*next);
}

/// Days after `on` on which the record of a case changes though nothing happens: a due day passes, a fact ceases to be
/// known, a non-disclosure order ends.
std::set<time::date> turning_days(const path::service_path& path, const path::case_state& whole,
                                  const path::case_state& of, time::date on) {
    std::set<time::date> days;
    for (const path::due_item& each : path::due(path, of, std::nullopt, on)) add_day_after(each.due, days);
    // Until its day a meeting is due then, afterwards by the day by which it is told what became of it.
    for (const path::planned_meeting& each : of.planned_meetings)
        if (each.is_open()) add_day_after(each.hold_by, days);
    for (const auto& each : of.facts) add_day_after(each.second.valid_until, days);
    for (const auto& each : whole.non_disclosures) add_day_after(each.until, days);
    return days;
}

}  // namespace

/// The record of a case on the days on which its figures change.
class case_levels {
public:
    /// Days before `from` are of no interest. `whole` is `start` with those of the events that stand; `all_stand` says
    /// that these are all of its events.
    case_levels(const path::service_path& path, const path::case_state& whole, const path::case_state& start,
                std::vector<path::event> events, bool all_stand, time::date from)
        : path_(path), whole_(whole), start_(start), events_(std::move(events)), all_stand_(all_stand), now_(start) {
        std::set<time::date> days{from};
        for (const path::event& each : events_)
            if (from < each.effective_date) days.insert(each.effective_date);
        for (auto at = days.begin(); at != days.end(); ++at) {
            go_to(*at);
            const auto next = std::next(at);
            tell(*at, next == days.end() ? std::nullopt : std::optional(*next));
        }
    }

    /// By day; what a day has holds until the next one. No record: the case was not open.
    const std::vector<std::pair<time::date, std::optional<case_record>>>& all() const { return levels_; }

    /// What `now` counts beside `before`.
    static level difference(const path::service_path& path, const case_record* before, const case_record* now) {
        const unsigned parts = before != nullptr && now != nullptr ? parts_that_differ(*before, *now) : all_parts;
        return parts == 0 ? level{} : minus(counted(path, now, parts), counted(path, before, parts));
    }

private:
    /// Folds on, or anew where an event of an earlier day was recorded later.
    void go_to(time::date day) {
        const auto is_by = [&](const path::event& each) { return each.effective_date <= day; };
        const auto end =
            static_cast<std::size_t>(std::find_if_not(events_.begin(), events_.end(), is_by) - events_.begin());
        const auto rest = events_.begin() + static_cast<std::ptrdiff_t>(end);
        const bool in_order = in_order_ && std::none_of(rest, events_.end(), is_by);
        if (in_order && end == events_.size() && all_stand_) {
            now_ = whole_;  // nothing was corrected and all has happened
        } else if (in_order) {
            for (; folded_ < end; ++folded_) now_ = path::evolve(std::move(now_), events_[folded_]);
        } else {
            now_ = start_;
            for (const path::event& each : events_)
                if (is_by(each)) now_ = path::evolve(std::move(now_), each);
        }
        in_order_ = in_order;
    }

    void tell(time::date day, const std::optional<time::date>& next) {
        levels_.emplace_back(day, record_of(now_));
        if (!levels_.back().second) return;
        tell_day(*levels_.back().second, path_, whole_, now_, day);
        for (const time::date turn : turning_days(path_, whole_, now_, day)) {
            if (turn <= day || (next && *next <= turn)) continue;
            levels_.emplace_back(turn, std::optional(levels_.back().second));
            tell_day(*levels_.back().second, path_, whole_, now_, turn);
        }
    }

    static level counted(const path::service_path& path, const case_record* record, unsigned parts) {
        if (record == nullptr) return {};
        situation_builder::counters counted;
        situation_counter(counted, *record).run(parts);
        level made;
        made.reserve(counted.counts.size() + 4 * counted.spreads.size() + 1);
        while (!counted.counts.empty()) {
            auto one = counted.counts.extract(counted.counts.begin());
            // A case has one layer, so its key is not copied.
            for (std::size_t left = one.mapped().size(); const auto& [layer, count] : one.mapped())
                made.push_back(
                    {{figure_kind::count, layer, --left == 0 ? std::move(one.key()) : one.key(), std::nullopt},
                     0,
                     count});
        }
        made.push_back({{figure_kind::path, {}, {"path", hex_of(path.content_hash()), {}, {}}, std::nullopt}, 0, 1});
        for (const auto& [key, layers] : counted.spreads) {
            for (const auto& [layer_of, values] : layers) {
                made.push_back({{figure_kind::clients, layer_of, key, std::nullopt}, 0, values.clients});
                for (const auto& [value, times] : values.times) {
                    const auto days = whole_days(key, value);
                    made.push_back({{figure_kind::value, layer_of, key, days ? std::nullopt : std::optional(value)},
                                    days.value_or(0),
                                    times});
                }
            }
        }
        std::sort(made.begin(), made.end(), [](const counted_figure& left, const counted_figure& right) {
            return std::tie(left.of, left.value) < std::tie(right.of, right.value);
        });
        return made;
    }

    const path::service_path& path_;
    const path::case_state& whole_;
    const path::case_state& start_;
    std::vector<path::event> events_;
    bool all_stand_;
    path::case_state now_;
    std::size_t folded_ = 0;
    bool in_order_ = true;
    std::vector<std::pair<time::date, std::optional<case_record>>> levels_;
};

namespace {

/// The events by which `after` is more than `before`.
std::vector<path::event> events_between(const path::case_state& before, const path::case_state& after) {
    const auto count =
        std::min(static_cast<std::size_t>(after.marks.events - before.marks.events), after.history.size());
    std::vector<path::event> made;
    made.reserve(count);
    for (std::size_t at = after.history.size() - count; at < after.history.size(); ++at)
        made.push_back(*after.history[at]);
    return made;
}

std::optional<time::date> earliest(const std::vector<path::event>& of) {
    std::optional<time::date> first;
    for (const path::event& each : of)
        if (!first || each.effective_date < *first) first = each.effective_date;
    return first;
}

/// True when `before` is all that counts until the first of the events. An order of non-disclosure and a correction
/// reach back.
bool builds_on(const path::case_state& before, const path::case_state& after, const std::optional<time::date>& first) {
    return before.marks.latest && before.non_disclosures == after.non_disclosures && !after.marks.rewritten &&
           (!first || *before.marks.latest <= *first);
}

case_levels levels_from_start(const path::service_path& path, const path::case_state& of, time::date from) {
    static const path::case_state nothing;
    std::vector<path::event> events = path::standing_events(of);
    const bool all_stand = events.size() == of.history.size();
    return case_levels(path, of, nothing, std::move(events), all_stand, from);
}

/// What takes the figures from those of one list of levels to those of the other.
std::vector<counted_change> changes_between(const path::service_path& path, const case_levels& old,
                                            const case_levels& now) {
    std::set<time::date> days;
    for (const auto& each : old.all()) days.insert(each.first);
    for (const auto& each : now.all()) days.insert(each.first);
    const auto record_on = [](const case_levels& of, std::size_t& at, time::date day) -> const case_record* {
        while (at < of.all().size() && of.all()[at].first <= day) ++at;
        return at == 0 || !of.all()[at - 1].second ? nullptr : &*of.all()[at - 1].second;
    };
    std::vector<counted_change> changes;
    std::size_t old_at = 0;
    std::size_t now_at = 0;
    level told;  // what the changes so far come to
    for (const time::date day : days) {
        const case_record* const before = record_on(old, old_at, day);
        level differs = case_levels::difference(path, before, record_on(now, now_at, day));
        for (const counted_figure& each : minus(differs, told))
            changes.push_back({figure_label{path.says().id, each.of}.text(), each.value, day, each.count});
        told = std::move(differs);
    }
    return changes;
}

}  // namespace

bool counts_without_history(const path::case_state& before, const path::case_state& after) {
    return builds_on(before, after, earliest(events_between(before, after)));
}

std::vector<counted_change> counted_changes(const path::service_path& path, const path::case_state& before,
                                            const path::case_state& after) {
    std::vector<path::event> between = events_between(before, after);
    const std::optional<time::date> first = earliest(between);
    if (!first) return {};
    if (builds_on(before, after, first)) {
        const case_levels old(path, before, before, {}, true, *first);
        return changes_between(path, old, case_levels(path, after, before, std::move(between), true, *first));
    }
    const time::date always = time::date::from_days(std::numeric_limits<std::int32_t>::min()).value_or(time::date{});
    const bool reaches_back = before.marks.events == 0 || !(before.non_disclosures == after.non_disclosures) ||
                              std::any_of(between.begin(), between.end(), [](const path::event& each) {
                                  return std::holds_alternative<path::corrected>(each.what) ||
                                         std::holds_alternative<path::entered_in_error>(each.what);
                              });
    const time::date from = reaches_back ? always : *first;
    return changes_between(path, levels_from_start(path, before, from), levels_from_start(path, after, from));
}

std::optional<std::string> not_countable(const path::service_path& path) {
    const auto is_letter = [](char of) { return std::isalnum(static_cast<unsigned char>(of)) != 0 || of == '_'; };
    for (const auto& [id, group] : path.says().target_groups) {
        if (!group.when) continue;
        for (const std::string_view word : {"today", "now"}) {
            for (std::size_t at = group.when->find(word); at != std::string::npos;
                 at = group.when->find(word, at + 1)) {
                const std::size_t end = at + word.size();
                const bool begins = at == 0 || !is_letter((*group.when)[at - 1]);
                if (begins && (end == group.when->size() || !is_letter((*group.when)[end]))) return id;
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> counted_path_version(std::string_view label) {
    const auto read = figure_label::from(label);
    if (!read || read->of.kind != figure_kind::path) return std::nullopt;
    return read->of.key.item;
}

counted_place counted_place_of(std::string_view label) {
    const auto read = figure_label::from(label);
    return read ? counted_place{read->path, read->of.layer} : counted_place{};
}

}  // namespace polku::inline POLKU_V::report
