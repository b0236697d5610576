// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EVOLVE_PLACES_IPP
#define POLKU_IMPL_PATH_EVOLVE_PLACES_IPP

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/places.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path {

namespace detail {

/// Puts a number from a day on, or between two days, over what was set before.
inline void set_number(place_limit& in, std::int64_t places, time::date from, std::optional<time::date> until) {
    const auto number_on = [&](time::date day) {
        std::optional<std::int64_t> number;
        for (const place_change& each : in.changes)
            if (each.from <= day) number = each.places;
        return number;
    };
    const auto after = until ? until->plus_days(1) : std::nullopt;
    const std::optional<std::int64_t> then = after ? number_on(*after) : std::nullopt;
    const auto is_replaced = [&](const place_change& each) {
        return from <= each.from && (!after || each.from <= *after);
    };
    in.changes.erase(std::remove_if(in.changes.begin(), in.changes.end(), is_replaced), in.changes.end());
    in.changes.push_back({from, places});
    if (after) in.changes.push_back({*after, then});
    std::sort(in.changes.begin(), in.changes.end(),
              [](const place_change& left, const place_change& right) { return left.from < right.from; });
}

/// Applies one event to a book.
class place_evolver {
public:
    place_evolver(place_book& to, const place_event& happened) : to_(to), day_(happened.effective_date) {}

    void operator()(const place_book_opened& of) const {
        to_.opened = day_;
        to_.path = of.path;
        to_.environment = of.environment;
        to_.service = of.service;
        to_.municipality = of.municipality;
    }
    void operator()(const places_set& of) const {
        const auto found = std::find_if(to_.limits.begin(), to_.limits.end(), [&](const place_limit& each) {
            return each.scope == of.scope && each.of == of.of;
        });
        place_limit& limit = found == to_.limits.end() ? to_.limits.emplace_back() : *found;
        limit.scope = of.scope;
        limit.of = of.of;
        set_number(limit, of.places, of.from, of.until);
    }
    void operator()(const places_closed& of) const { to_.closings.push_back({of.from, of.until, of.reason}); }
    void operator()(const places_reopened& of) const {
        std::vector<place_closing> kept;
        for (place_closing each : to_.closings) {
            if (of.from <= each.from) continue;
            if (!each.until || of.from <= *each.until) each.until = of.from.plus_days(-1);
            kept.push_back(std::move(each));
        }
        to_.closings = std::move(kept);
    }
    void operator()(const place_reserved& of) const {
        place_reservation made;
        made.id = of.reservation;
        made.client = of.client;
        made.case_ = of.case_;
        made.place = of.place;
        made.made = day_;
        to_.reservations.push_back(std::move(made));
    }
    void operator()(const place_extended& of) const {
        if (place_reservation* found = find_by_id(to_.reservations, of.reservation)) found->place.until = of.until;
    }
    void operator()(const place_released& of) const {
        place_reservation* found = find_by_id(to_.reservations, of.reservation);
        if (!found) return;
        found->state = reservation_state::released;
        found->last = std::min(of.last, found->place.until);
        found->reason = of.reason;
    }
    void operator()(const place_taken& of) const {
        place_reservation* found = find_by_id(to_.reservations, of.reservation);
        if (!found) return;
        found->state = reservation_state::taken;
        found->taken = day_;
    }
    void operator()(const place_ended& of) const {
        place_reservation* found = find_by_id(to_.reservations, of.reservation);
        if (!found) return;
        found->state = reservation_state::ended;
        found->last = std::min(of.last, found->place.until);
        found->reason = of.reason;
    }
    void operator()(const waiting_joined& of) const {
        waiting_entry made;
        made.id = of.entry;
        made.client = of.client;
        made.case_ = of.case_;
        made.referral = of.referral;
        made.priority = of.priority;
        made.rank = of.rank;
        made.since = of.since;
        made.first_from = of.first_from;
        made.sequence = static_cast<std::int64_t>(to_.waiting.size()) + 1;
        made.wishes = of.wishes;
        to_.waiting.push_back(std::move(made));
    }
    void operator()(const waiting_left& of) const {
        waiting_entry* found = find_by_id(to_.waiting, of.entry);
        if (!found) return;
        found->state = waiting_state::left;
        found->ended = day_;
        found->reason = of.reason;
    }
    void operator()(const waiting_passed& of) const {
        if (waiting_entry* found = find_by_id(to_.waiting, of.entry))
            found->passes.push_back({of.to, of.place, of.why, of.text, day_});
    }
    void operator()(const place_offered& of) const {
        waiting_entry* entry = find_by_id(to_.waiting, of.entry);
        place_reservation made;
        made.id = of.offer;
        made.place = of.place;
        made.state = reservation_state::offered;
        made.entry = of.entry;
        made.made = day_;
        made.answer_by = of.answer_by;
        if (entry) {
            made.client = entry->client;
            made.case_ = entry->case_;
            entry->state = waiting_state::offered;
            entry->offer = of.offer;
        }
        to_.reservations.push_back(std::move(made));
    }
    void operator()(const offer_accepted& of) const {
        place_reservation* found = find_by_id(to_.reservations, of.offer);
        if (!found) return;
        found->state = reservation_state::reserved;
        if (waiting_entry* entry = find_by_id(to_.waiting, found->entry.value_or(""))) {
            entry->state = waiting_state::placed;
            entry->offer.reset();
            entry->ended = day_;
        }
    }
    void operator()(const offer_declined& of) const { end_offer(of.offer, of.reason, pass_reason::declined); }
    void operator()(const offer_lapsed& of) const { end_offer(of.offer, std::nullopt, pass_reason::no_answer); }
    void operator()(const offer_withdrawn& of) const { end_offer(of.offer, of.reason, std::nullopt); }

private:
    /// The place is free again, and the person waits on; for the same terms only when the offer was taken back.
    void end_offer(const std::string& offer, std::optional<std::string> reason, std::optional<pass_reason> why) const {
        place_reservation* found = find_by_id(to_.reservations, offer);
        if (!found) return;
        found->state = reservation_state::released;
        found->last = std::min(day_, found->place.from).plus_days(-1).value_or(day_);
        found->reason = reason;
        waiting_entry* entry = find_by_id(to_.waiting, found->entry.value_or(""));
        if (!entry) return;
        entry->state = waiting_state::waiting;
        entry->offer.reset();
        if (why) entry->passes.push_back({offer, found->place, *why, std::move(reason), day_});
    }

    place_book& to_;
    time::date day_;
};

}  // namespace detail

POLKU_DECL place_book evolve_places(place_book before, const place_event& happened) {
    std::visit(detail::place_evolver(before, happened), happened.what);
    return before;
}

POLKU_DECL std::string_view type_of(const place_command_body& what) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what);
}

POLKU_DECL std::string_view type_of(const place_event_body& what) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what);
}

}  // namespace polku::inline POLKU_V::path

#endif
