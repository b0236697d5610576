// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PLACE_BOOK_IPP
#define POLKU_IMPL_PATH_PLACE_BOOK_IPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/impl/path/detail/place_counts.hpp>
#include <polku/path/place_book.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace polku::inline POLKU_V::path {

namespace detail {

/// The number that is set for a day, closed days included.
inline std::optional<std::int64_t> places_on(const place_book& in, place_scope scope, std::string_view of,
                                             time::date day) {
    std::optional<std::int64_t> number;
    if (const place_limit* limit = find_limit(in, scope, of))
        for (const place_change& each : limit->changes)
            if (each.from <= day) number = each.places;
    if (scope != place_scope::any) return number;
    return is_closed_on(in, day) ? 0 : number.value_or(0);
}

/// Days on which a number may change, in one kind of place.
inline std::map<time::date, std::int64_t> changes_between(const place_book& in, place_scope scope, std::string_view of,
                                                          time::date from, time::date until) {
    std::map<time::date, std::int64_t> by_day{{from, 0}};
    const auto note = [&](std::optional<time::date> day, std::int64_t change) {
        if (!day || until < *day) return;
        by_day[std::max(*day, from)] += change;
    };
    for (const place_reservation& each : in.reservations) {
        if (!counts_in(each.place, scope, of) || each.last_day() < each.place.from || each.last_day() < from) continue;
        note(each.place.from, 1);
        if (each.place.from <= until) note(each.last_day().plus_days(1), -1);
    }
    if (const place_limit* limit = find_limit(in, scope, of))
        for (const place_change& each : limit->changes)
            if (from < each.from) note(each.from, 0);
    for (const place_closing& each : in.closings) {
        if (from < each.from) note(each.from, 0);
        const auto after = each.until ? each.until->plus_days(1) : std::nullopt;
        if (after && from < *after) note(after, 0);
    }
    return by_day;
}

/// Each kind of place that the terms take one of.
template <class Ask>
void each_kind(const place_terms& of, Ask ask) {
    ask(place_scope::any, std::string());
    if (of.package) ask(place_scope::package, *of.package);
    for (const std::string& task : of.tasks) ask(place_scope::task, task);
}

/// Days after which there may be more room than before.
inline std::set<time::date> days_of_relief(const place_book& in, time::date after) {
    std::set<time::date> days;
    const auto note = [&](std::optional<time::date> day) {
        if (day && after < *day) days.insert(*day);
    };
    for (const place_reservation& each : in.reservations) note(each.last_day().plus_days(1));
    for (const place_limit& limit : in.limits)
        for (const place_change& each : limit.changes) note(each.from);
    for (const place_closing& each : in.closings)
        if (each.until) note(each.until->plus_days(1));
    return days;
}

}  // namespace detail

POLKU_DECL const place_reservation* find_reservation(const place_book& in, std::string_view id) noexcept {
    return detail::find_by_id(in.reservations, id);
}

POLKU_DECL const waiting_entry* find_entry(const place_book& in, std::string_view id) noexcept {
    return detail::find_by_id(in.waiting, id);
}

POLKU_DECL std::vector<place_level> place_levels(const place_book& in, place_scope scope, std::string_view of,
                                                 time::date from, time::date until) {
    std::vector<place_level> levels;
    if (until < from) return levels;
    std::int64_t held = 0;
    for (const auto& [day, change] : detail::changes_between(in, scope, of, from, until)) {
        held += change;
        if (!levels.empty()) levels.back().until = day.plus_days(-1).value_or(day);
        levels.push_back({day, until, detail::places_on(in, scope, of, day), held});
    }
    return levels;
}

POLKU_DECL std::optional<place_shortage> find_shortage(const place_book& in, const place_terms& wanted) {
    std::optional<place_shortage> first;
    detail::each_kind(wanted, [&](place_scope scope, const std::string& of) {
        for (const place_level& each : place_levels(in, scope, of, wanted.from, wanted.until)) {
            if (!each.places || each.held < *each.places) continue;
            if (!first || each.from < first->day) first = place_shortage{scope, of, each.from, *each.places, each.held};
            return;
        }
    });
    return first;
}

POLKU_DECL std::int64_t count_free(const place_book& in, const place_terms& wanted) {
    std::optional<std::int64_t> least;
    detail::each_kind(wanted, [&](place_scope scope, const std::string& of) {
        for (const place_level& each : place_levels(in, scope, of, wanted.from, wanted.until))
            if (each.places) least = std::min(least.value_or(*each.places - each.held), *each.places - each.held);
    });
    return std::max<std::int64_t>(0, least.value_or(0));
}

POLKU_DECL std::optional<place_terms> find_first_free(const place_book& in, const place_terms& wanted) {
    if (wanted.until < wanted.from) return std::nullopt;
    const std::int64_t further = wanted.until.to_days() - wanted.from.to_days();
    place_terms tried = wanted;
    auto shortage = find_shortage(in, tried);
    if (!shortage) return tried;
    for (const time::date day : detail::days_of_relief(in, wanted.from)) {
        // No start up to the day of shortage avoids it.
        if (day <= shortage->day) continue;
        const auto until = day.plus_days(further);
        if (!until) return std::nullopt;
        tried.from = day;
        tried.until = *until;
        shortage = find_shortage(in, tried);
        if (!shortage) return tried;
    }
    return std::nullopt;
}

POLKU_DECL std::vector<const waiting_entry*> fair_order(const place_book& in, time::date on) {
    std::vector<const waiting_entry*> order;
    for (const waiting_entry& each : in.waiting)
        if (each.state == waiting_state::waiting) order.push_back(&each);
    const auto turn = [&](const waiting_entry& of) {
        const bool is_first = of.first_from <= on;
        return std::make_tuple(is_first ? 0 : 1, is_first ? of.first_from : time::date(), of.rank, of.since,
                               of.sequence);
    };
    std::sort(order.begin(), order.end(),
              [&](const waiting_entry* left, const waiting_entry* right) { return turn(*left) < turn(*right); });
    return order;
}

POLKU_DECL std::optional<pass_reason> find_misfit(const waiting_entry& of, const place_terms& offered) {
    const place_wishes& wishes = of.wishes;
    if ((wishes.from && offered.from < *wishes.from) || (wishes.until && *wishes.until < offered.until))
        return pass_reason::dates;
    if (!wishes.packages.empty() && !(offered.package && detail::has_text(wishes.packages, *offered.package)))
        return pass_reason::package;
    const auto& tasks = offered.tasks;
    if (!wishes.tasks.empty() && std::none_of(tasks.begin(), tasks.end(), [&](const std::string& task) {
            return detail::has_text(wishes.tasks, task);
        }))
        return pass_reason::task;
    for (const waiting_pass& each : of.passes) {
        const bool was_theirs = each.why == pass_reason::declined || each.why == pass_reason::no_answer;
        if (was_theirs && each.place == offered) return each.why;
    }
    return std::nullopt;
}

POLKU_DECL std::optional<time::date> find_closed_day(const place_book& in, time::date from, time::date until) {
    std::optional<time::date> first;
    for (const place_closing& each : in.closings) {
        if (until < each.from || (each.until && *each.until < from)) continue;
        const time::date day = std::max(each.from, from);
        if (!first || day < *first) first = day;
    }
    return first;
}

POLKU_DECL std::vector<const place_reservation*> to_be_moved(const place_book& in) {
    std::vector<std::pair<time::date, const place_reservation*>> found;
    for (const place_reservation& each : in.reservations) {
        if (!each.is_open()) continue;
        if (const auto day = find_closed_day(in, each.place.from, each.last_day())) found.emplace_back(*day, &each);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    std::vector<const place_reservation*> ordered;
    for (const auto& each : found) ordered.push_back(each.second);
    return ordered;
}

}  // namespace polku::inline POLKU_V::path

#endif
