// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_WHAT_IF_DATES_IPP
#define POLKU_IMPL_RULES_WHAT_IF_DATES_IPP

#include <polku/feel/number.hpp>
#include <polku/impl/rules/detail/what_if_dates.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

inline std::int64_t full_months(time::date from, time::date to) {
    std::int64_t months = (to.year() - from.year()) * 12 + to.month() - from.month();
    while (months > 0 && from.plus_months(months).value_or(to) > to) --months;
    return months;
}

/// Days from Monday to Friday after one day, up to another.
inline std::int64_t weekdays_between(time::date after, time::date to) {
    const std::int64_t days = to.to_days() - after.to_days();
    std::int64_t count = days / 7 * 5;
    for (std::int64_t rest = days % 7; rest > 0; --rest)
        if (to.plus_days(1 - rest).value_or(to).weekday() <= time::weekday::friday) ++count;
    return count;
}

POLKU_DECL feel::value value_on(const passing_fact& of, time::date today, time::date day) {
    const std::int64_t days = day.to_days() - today.to_days();
    if (of.from.is(feel::kind::date)) return feel::value(of.from.as_date().plus_days(days).value_or(day));
    std::int64_t steps = days;
    switch (of.each) {
        case time_step::day: break;
        case time_step::weekday: steps = weekdays_between(today, day); break;
        case time_step::month: steps = full_months(today, day); break;
        case time_step::year: steps = full_months(today, day) / 12; break;
    }
    return feel::value(feel::add(of.from.as_number(), feel::number(steps)).value_or(of.from.as_number()));
}

POLKU_DECL void add_crossings(const passing_fact& of, const feel::value& point, time::date today, time::date until,
                              std::vector<time::date>& into) {
    if (point.kind() != of.from.kind()) return;
    const auto is_past = [&](std::int64_t day, bool also_at) {
        const feel::value at = value_on(of, today, time::date::from_days(day).value_or(today));
        if (at.is(feel::kind::date)) return also_at ? at.as_date() >= point.as_date() : at.as_date() > point.as_date();
        return also_at ? at.as_number() >= point.as_number() : at.as_number() > point.as_number();
    };
    for (const bool also_at : {true, false}) {
        std::int64_t low = today.to_days();
        std::int64_t high = until.to_days();
        if (is_past(low, also_at) || !is_past(high, also_at)) continue;
        while (high - low > 1) {
            const std::int64_t middle = low + (high - low) / 2;
            (is_past(middle, also_at) ? high : low) = middle;
        }
        into.push_back(time::date::from_days(high).value_or(until));
    }
}

POLKU_DECL void sort_days(std::vector<time::date>& days) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
}

POLKU_DECL std::vector<time::date> boundaries(const pack_definition& says, bool event_moves, time::date today,
                                              time::date until) {
    std::vector<time::date> days;
    const auto add = [&](const std::optional<time::date>& day) {
        if (day && today < *day && *day <= until) days.push_back(*day);
    };
    const auto add_interval = [&](const std::optional<date_interval>& of) {
        if (!of) return;
        add(of->from);
        add(of->before);
    };
    for (const auto* list : {&says.versions, &says.variants})
        for (const pack_version& each : *list) add_interval(date_interval{each.from, each.before});
    for (const transition& each : says.transitions) {
        add_interval(each.decided);
        if (event_moves) add_interval(each.event);
    }
    for (const parameter& each : says.parameters) {
        if (each.by == date_choice::event && !event_moves) continue;
        for (const parameter_value& value : each.series) add_interval(date_interval{value.from, value.before});
    }
    sort_days(days);
    return days;
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
