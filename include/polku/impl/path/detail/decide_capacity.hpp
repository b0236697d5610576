// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_CAPACITY_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_CAPACITY_HPP

// Commands about how many places there are, and what is checked of the terms of a place.

#include <polku/impl/path/detail/place_counts.hpp>
#include <polku/impl/path/detail/place_decider.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline result<void> place_decider::handle(const open_places& what) {
    if (what.environment.has_value() == what.service.has_value())
        return refuse(error_code::missing_detail,
                      "a place book is opened for an environment or for a service; name one of the two",
                      "/environment");
    if (what.environment) POLKU_CHECK(check_known("environment", says().environments, *what.environment));
    if (what.service) POLKU_CHECK(check_known("service", says().services, *what.service));
    std::optional<std::string> municipality = what.municipality;
    std::optional<std::int64_t> places = what.places;
    if (what.environment) {
        const environment_definition& known = says().environments.at(*what.environment);
        if (municipality && known.municipality && municipality != known.municipality)
            return refuse(error_code::unknown_municipality,
                          "the environment '" + *what.environment + "' is in the municipality " + *known.municipality +
                              ", not in " + *municipality,
                          "/municipality");
        if (!municipality) municipality = known.municipality;
        if (!places) places = known.places;
    }
    if (municipality && !says().municipalities.empty())
        POLKU_CHECK(check_known("municipality", says().municipalities, *municipality));
    add(place_book_opened{says().id, what.environment, what.service, municipality});
    if (!places) return {};
    if (*places < 0)
        return refuse(error_code::invalid_argument, "there cannot be " + std::to_string(*places) + " places",
                      "/places");
    add(places_set{place_scope::any, {}, *places, on_, {}});
    return {};
}

inline result<void> place_decider::handle(const set_places& what) {
    const std::string of = what.of.value_or("");
    if (what.places < 0)
        return refuse(error_code::invalid_argument, "there cannot be " + std::to_string(what.places) + " places",
                      "/places");
    if ((what.scope == place_scope::any) != of.empty())
        return refuse(error_code::missing_detail,
                      "'of' names the package or the task that the number is for, and is left out for all places",
                      "/of");
    if (what.scope == place_scope::package) POLKU_CHECK(check_known("package", says().packages, of));
    if (what.scope == place_scope::task) POLKU_CHECK(check_known("task", says().tasks, of));
    if (what.until && *what.until < what.from)
        return refuse(error_code::place_dates,
                      "the number would hold from " + time::to_string(what.from) + " until " +
                          time::to_string(*what.until) + ", which is before it",
                      "/until");
    POLKU_CHECK(check_room_for(what.scope, of, what));
    add(places_set{what.scope, of, what.places, what.from, what.until});
    return {};
}

/// What stands reserved or offered keeps its place: a smaller number is refused with the names of those in the way.
inline result<void> place_decider::check_room_for(place_scope scope, const std::string& of,
                                                  const set_places& what) const {
    time::date until = what.until.value_or(what.from);
    if (!what.until)
        for (const place_reservation& each : book_.reservations) until = std::max(until, each.last_day());
    for (const place_level& level : place_levels(book_, scope, of, what.from, until)) {
        if (level.held <= what.places) continue;
        // Those whom a closing has to move are not in the way of what holds while it is closed.
        if (is_closed_on(book_, level.from)) continue;
        std::vector<std::string> holders;
        for (const place_reservation& each : book_.reservations)
            if (each.holds_on(level.from) && counts_in(each.place, scope, of)) holders.push_back(each.id);
        return refuse(error_code::places_in_use,
                      "on " + time::to_string(level.from) + " " + std::to_string(level.held) + " places" +
                          place_kind_text(scope, of) + " are held, by " + quoted(holders) + "; " +
                          std::to_string(what.places) + " are too few",
                      "/places");
    }
    return {};
}

inline result<void> place_decider::handle(const close_places& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    if (what.until && *what.until < what.from)
        return refuse(error_code::place_dates,
                      "the places would be closed from " + time::to_string(what.from) + " until " +
                          time::to_string(*what.until) + ", which is before it",
                      "/until");
    places_closed closed{what.from, what.until, what.reason, {}};
    std::vector<std::string> offers;
    for (const place_reservation& each : book_.reservations) {
        if (!each.is_open() || each.last_day() < what.from || (what.until && *what.until < each.place.from)) continue;
        (each.state == reservation_state::offered ? offers : closed.to_move).push_back(each.id);
    }
    for (const std::string& offer : offers)
        add(offer_withdrawn{offer, what.reason}, find_reservation(book_, offer)->client);
    add(std::move(closed));
    return {};
}

inline result<void> place_decider::handle(const reopen_places& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    if (!find_closed_day(book_, what.from, time::date::from_parts(time::date::max_year, 12, 31).value_or(what.from)))
        return refuse(error_code::record_not_open, "nothing is closed on " + time::to_string(what.from) + " or later",
                      "/from");
    add(places_reopened{what.from, what.reason});
    return {};
}

inline result<void> place_decider::check_in_force(const std::string& what, const std::optional<validity>& valid,
                                                  const place_terms& of) const {
    if (!valid || (valid->from <= of.from && (!valid->until || of.until <= *valid->until))) return {};
    const time::date day = of.from < valid->from ? of.from : std::max(of.from, *valid->until);
    const std::string ends = valid->until ? " to " + time::to_string(*valid->until) : " on";
    return refuse(error_code::path_not_in_force,
                  what + " is in force from " + time::to_string(valid->from) + ends + ", so not on all days from " +
                      time::to_string(of.from) + " to " + time::to_string(of.until),
                  "/place/" + std::string(day == of.from ? "from" : "until"));
}

inline result<void> place_decider::check_package(const std::string& id, const place_terms& of) const {
    POLKU_CHECK(check_known("package", says().packages, id));
    POLKU_CHECK(check_in_force("the package '" + id + "'", says().packages.at(id).valid, of));
    const environment_definition* where = environment();
    if (!where || where->packages.empty() || has_text(where->packages, id)) return {};
    return refuse(error_code::not_offered,
                  "the environment '" + *book_.environment + "' does not offer the package '" + id + "'; it offers " +
                      quoted(where->packages),
                  "/place/package");
}

inline result<void> place_decider::check_task(const std::string& id, const place_terms& of) const {
    POLKU_CHECK(check_known("task", says().tasks, id));
    POLKU_CHECK(check_in_force("the task '" + id + "'", says().tasks.at(id).valid, of));
    const environment_definition* where = environment();
    if (!where || where->tasks.empty() || has_text(where->tasks, id)) return {};
    return refuse(error_code::not_offered,
                  "the environment '" + *book_.environment + "' does not offer the task '" + id + "'; it offers " +
                      quoted(where->tasks),
                  "/place/tasks");
}

inline result<void> place_decider::check_terms(const place_terms& of) const {
    if (of.until < of.from)
        return refuse(error_code::place_dates,
                      "the place would be from " + time::to_string(of.from) + " until " + time::to_string(of.until) +
                          ", which is before it",
                      "/place/until");
    if (of.from < on_)
        return refuse(error_code::place_dates,
                      "the place would begin on " + time::to_string(of.from) + ", before the command's day, which is " +
                          time::to_string(on_),
                      "/place/from");
    if (book_.environment && environment())
        POLKU_CHECK(check_in_force("the environment '" + *book_.environment + "'", environment()->valid, of));
    if (of.package) POLKU_CHECK(check_package(*of.package, of));
    for (const std::string& task : of.tasks) POLKU_CHECK(check_task(task, of));
    return {};
}

inline result<void> place_decider::check_room(const place_terms& of) const {
    if (const auto closed = find_closed_day(book_, of.from, of.until)) {
        std::string why;
        for (const place_closing& each : book_.closings)
            if (each.from <= *closed && (!each.until || *closed <= *each.until)) why = each.reason;
        return refuse(error_code::places_closed,
                      "the places are closed on " + time::to_string(*closed) + " (" + why + ")",
                      "/place/" + time::to_string(*closed));
    }
    const auto shortage = find_shortage(book_, of);
    if (!shortage) return {};
    std::string message = "on " + time::to_string(shortage->day) + " all " + std::to_string(shortage->places) +
                          " places" + place_kind_text(shortage->scope, shortage->of) + " are held";
    if (const auto next = find_first_free(book_, of))
        message += "; as many days are free from " + time::to_string(next->from);
    return refuse(error_code::no_free_place, std::move(message), "/place/" + time::to_string(shortage->day));
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
