// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_WAITING_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_WAITING_HPP

// Commands about reservations, the waiting list and offers.

#include <polku/impl/path/detail/place_decider.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

inline result<const place_reservation*> place_decider::find_kept(const std::string& id) const {
    const place_reservation* found = find_reservation(book_, id);
    if (!found) return refuse(error_code::unknown_record, "the book has no reservation '" + id + "'", "/reservation");
    if (found->state == reservation_state::offered)
        return refuse(error_code::record_not_open,
                      "'" + id + "' is an offer that has not been accepted; accept_offer or decline_offer answers it",
                      "/reservation");
    if (!found->is_open())
        return refuse(
            error_code::record_not_open,
            "the reservation '" + id + "' was given up; its last day was " + time::to_string(found->last_day()),
            "/reservation");
    return found;
}

/// One person holds one place of a book at a time.
inline result<void> place_decider::check_case(const std::string& case_id, const place_terms& of) const {
    for (const place_reservation& each : book_.reservations)
        if (each.is_open() && each.case_ == case_id && each.place.from <= of.until && of.from <= each.last_day())
            return refuse(error_code::duplicate_record,
                          "the case has a place on these days already: '" + each.id + "', from " +
                              time::to_string(each.place.from) + " to " + time::to_string(each.last_day()),
                          "/case");
    return {};
}

inline result<void> place_decider::handle(const reserve_place& what) {
    POLKU_CHECK(check_text(what.reservation, "reservation"));
    POLKU_CHECK(check_text(what.case_, "case"));
    if (find_reservation(book_, what.reservation))
        return refuse(error_code::duplicate_record, "the book has a reservation '" + what.reservation + "' already",
                      "/reservation");
    POLKU_CHECK(check_terms(what.place));
    POLKU_CHECK(check_case(what.case_, what.place));
    lapse_offers();
    POLKU_CHECK(check_room(what.place));
    POLKU_CHECK(pass_others(nullptr, what.reservation, what.place, what.passes));
    add(place_reserved{what.reservation, asked_.client, what.case_, what.place}, asked_.client);
    return {};
}

inline result<void> place_decider::handle(const extend_place& what) {
    POLKU_TRY(const place_reservation* found, find_kept(what.reservation));
    place_terms further = found->place;
    if (what.until <= found->place.until)
        return refuse(error_code::place_dates,
                      "the place lasts until " + time::to_string(found->place.until) +
                          " already; it cannot be extended" + " until " + time::to_string(what.until),
                      "/until");
    further.from = std::max(on_, found->place.until.plus_days(1).value_or(what.until));
    further.until = what.until;
    if (further.from != found->place.until.plus_days(1))
        return refuse(error_code::record_not_open,
                      "the place ended on " + time::to_string(found->place.until) + "; reserve a new one",
                      "/reservation");
    POLKU_CHECK(check_terms(further));
    POLKU_CHECK(check_room(further));
    add(place_extended{what.reservation, what.until});
    return {};
}

inline result<void> place_decider::handle(const release_place& what) {
    POLKU_TRY(const place_reservation* found, find_kept(what.reservation));
    POLKU_CHECK(check_text(what.reason, "reason"));
    if (found->state == reservation_state::taken)
        return refuse(
            error_code::record_not_open,
            "the person has come on " + time::to_string(found->taken.value_or(on_)) + "; end_place ends the stay",
            "/reservation");
    const time::date last = std::min(on_, found->place.until.plus_days(1).value_or(on_)).plus_days(-1).value_or(on_);
    add(place_released{what.reservation, last, what.reason}, found->client);
    return {};
}

inline result<void> place_decider::handle(const take_place& what) {
    POLKU_TRY(const place_reservation* found, find_kept(what.reservation));
    if (found->state == reservation_state::taken)
        return refuse(error_code::duplicate_record,
                      "the place was taken on " + time::to_string(found->taken.value_or(on_)), "/reservation");
    if (!found->holds_on(on_))
        return refuse(error_code::place_dates,
                      "the place is from " + time::to_string(found->place.from) + " to " +
                          time::to_string(found->last_day()) + ", so it is not taken on " + time::to_string(on_),
                      "/on");
    add(place_taken{what.reservation});
    return {};
}

inline result<void> place_decider::handle(const end_place& what) {
    POLKU_TRY(const place_reservation* found, find_kept(what.reservation));
    if (found->state != reservation_state::taken)
        return refuse(error_code::record_not_open,
                      "the person has not come yet; release_place gives the reservation up", "/reservation");
    if (on_ < found->taken.value_or(on_))
        return refuse(error_code::command_too_early,
                      "the person came on " + time::to_string(*found->taken) + ", so the stay does not end on " +
                          time::to_string(on_),
                      "/on");
    add(place_ended{what.reservation, std::min(on_, found->place.until), what.reason}, found->client);
    return {};
}

inline result<void> place_decider::handle(const join_waiting_list& what) {
    POLKU_CHECK(check_text(what.entry, "entry"));
    POLKU_CHECK(check_text(what.case_, "case"));
    if (find_entry(book_, what.entry))
        return refuse(error_code::duplicate_record, "the waiting list has an entry '" + what.entry + "' already",
                      "/entry");
    for (const waiting_entry& each : book_.waiting)
        if (each.is_open() && each.case_ == what.case_)
            return refuse(error_code::duplicate_record,
                          "the case waits here already, since " + time::to_string(each.since) + ": '" + each.id + "'",
                          "/case");
    if (book_.service && !what.referral)
        return refuse(error_code::missing_detail, "people wait for a service by a referral; name it", "/referral");
    const time::date since = what.since.value_or(on_);
    if (on_ < since)
        return refuse(
            error_code::command_in_future,
            "the day of joining, " + time::to_string(since) + ", is after the command's day, " + time::to_string(on_),
            "/since");
    const place_wishes wishes = what.wishes.value_or(place_wishes{});
    if (wishes.from && wishes.until && *wishes.until < *wishes.from)
        return refuse(error_code::place_dates, "the wishes end before they begin", "/wishes/until");
    for (const std::string& each : wishes.packages) POLKU_CHECK(check_known("package", says().packages, each));
    for (const std::string& each : wishes.tasks) POLKU_CHECK(check_known("task", says().tasks, each));
    waiting_joined joined{what.entry, asked_.client, what.case_, what.referral, what.priority, 0, since, since, wishes};
    std::string longest = "P3M";
    if (says().waiting) {
        const auto& classes = says().waiting->classes;
        // Where there is one class only, nobody needs to name it.
        if (!joined.priority && classes.size() == 1) joined.priority = classes.begin()->first;
        if (!joined.priority)
            return refuse(error_code::missing_detail, "the path has waiting classes; name one as 'priority'",
                          "/priority");
        POLKU_CHECK(check_known("waiting class", classes, *joined.priority));
        longest = classes.at(*joined.priority).max;
        joined.rank = classes.at(*joined.priority).rank;
    } else if (what.priority) {
        return refuse(error_code::unknown_path_item, "the path's definition has no waiting classes", "/priority");
    }
    const auto limit = parse_period(longest);
    joined.first_from = (limit ? time::nominal_deadline(since, *limit) : std::nullopt).value_or(since);
    add(std::move(joined), asked_.client);
    return {};
}

inline result<const waiting_entry*> place_decider::find_waiting(const std::string& id) const {
    const waiting_entry* found = find_entry(book_, id);
    if (!found) return refuse(error_code::unknown_record, "the waiting list has no entry '" + id + "'", "/entry");
    if (found->is_open()) return found;
    return refuse(error_code::record_not_open,
                  "the entry '" + id + "' ended on " + time::to_string(found->ended.value_or(on_)), "/entry");
}

inline result<void> place_decider::handle(const leave_waiting_list& what) {
    POLKU_TRY(const waiting_entry* found, find_waiting(what.entry));
    POLKU_CHECK(check_text(what.reason, "reason"));
    const std::string client = found->client;
    if (const auto offer = found->offer) add(offer_withdrawn{*offer, what.reason}, client);
    add(waiting_left{what.entry, what.reason}, client);
    return {};
}

/// Everybody who stands before the chosen one (or anywhere, when nobody in the queue was chosen) is passed over with a
/// reason that is recorded, or the place is theirs.
inline result<void> place_decider::pass_others(const waiting_entry* chosen, const std::string& to,
                                               const place_terms& place, const std::vector<passed_over>& passes) {
    const place_book before = book_;
    for (const passed_over& each : passes)
        if (!find_entry(before, each.entry))
            return refuse(error_code::unknown_record, "the waiting list has no entry '" + each.entry + "'", "/passes");
    for (const waiting_entry* each : fair_order(before, on_)) {
        if (chosen && each->id == chosen->id) break;
        std::optional<pass_reason> why = find_misfit(*each, place);
        std::optional<std::string> text;
        for (const passed_over& named : passes)
            if (!why && named.entry == each->id && !named.reason.empty()) {
                why = pass_reason::judged;
                text = named.reason;
            }
        if (!why)
            return refuse(error_code::out_of_turn,
                          "'" + each->id + "' waits since " + time::to_string(each->since) +
                              " and comes first; offer the place there, or name the entry in 'passes' with a reason",
                          chosen ? "/entry" : "/passes");
        const bool is_known = std::any_of(each->passes.begin(), each->passes.end(), [&](const waiting_pass& known) {
            return known.place == place && known.why == *why && !text;
        });
        if (!is_known) add(waiting_passed{each->id, to, place, *why, text}, each->client);
    }
    return {};
}

inline result<void> place_decider::handle(const offer_place& what) {
    POLKU_CHECK(check_text(what.offer, "offer"));
    if (find_reservation(book_, what.offer))
        return refuse(error_code::duplicate_record, "the book has an offer or reservation '" + what.offer + "' already",
                      "/offer");
    POLKU_CHECK(check_terms(what.place));
    lapse_offers();
    POLKU_TRY(const waiting_entry* found, find_waiting(what.entry));
    if (found->offer)
        return refuse(error_code::record_not_open,
                      "'" + what.entry + "' has an offer to answer already: '" + *found->offer + "'", "/entry");
    if (const auto why = find_misfit(*found, what.place)) {
        const bool was_refused = *why == pass_reason::declined || *why == pass_reason::no_answer;
        return refuse(error_code::not_offered,
                      "the place does not fit what '" + what.entry + "' waits for: " +
                          (was_refused                  ? "the same place was offered before and not accepted"
                           : *why == pass_reason::dates ? "the days"
                           : *why == pass_reason::task  ? "the tasks"
                                                        : "the package"),
                      "/place");
    }
    const waiting_entry entry = *found;
    if (!entry.case_.empty()) POLKU_CHECK(check_case(entry.case_, what.place));
    POLKU_CHECK(check_room(what.place));
    const auto within = parse_period(says().waiting ? says().waiting->within : "P14D");
    const auto usual = within ? time::nominal_deadline(on_, *within) : std::nullopt;
    const time::date answer_by = what.answer_by.value_or(std::min(usual.value_or(on_), what.place.until));
    if (answer_by < on_ || what.place.until < answer_by)
        return refuse(error_code::place_dates,
                      "an offer of " + time::to_string(on_) + " until " + time::to_string(what.place.until) +
                          " cannot be answered by " + time::to_string(answer_by),
                      "/answer_by");
    POLKU_CHECK(pass_others(&entry, what.offer, what.place, what.passes));
    add(place_offered{what.offer, what.entry, what.place, answer_by}, entry.client);
    return {};
}

inline result<const place_reservation*> place_decider::find_offer(const std::string& id) const {
    const place_reservation* found = find_reservation(book_, id);
    if (!found || !found->entry)
        return refuse(error_code::unknown_record, "the book has no offer '" + id + "'", "/offer");
    if (found->state == reservation_state::offered) return found;
    return refuse(error_code::record_not_open,
                  "the offer '" + id + "' has been answered or taken back" +
                      (found->reason ? ": " + *found->reason : std::string()),
                  "/offer");
}

inline result<void> place_decider::handle(const accept_offer& what) {
    POLKU_TRY(const place_reservation* found, find_offer(what.offer));
    if (found->answer_by && *found->answer_by < on_)
        return refuse(error_code::offer_lapsed,
                      "the offer '" + what.offer + "' had to be answered by " + time::to_string(*found->answer_by),
                      "/offer");
    add(offer_accepted{what.offer});
    return {};
}

inline result<void> place_decider::handle(const decline_offer& what) {
    POLKU_TRY(const place_reservation* found, find_offer(what.offer));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(offer_declined{what.offer, what.reason}, found->client);
    return {};
}

inline result<void> place_decider::handle(const withdraw_offer& what) {
    POLKU_TRY(const place_reservation* found, find_offer(what.offer));
    POLKU_CHECK(check_text(what.reason, "reason"));
    add(offer_withdrawn{what.offer, what.reason}, found->client);
    return {};
}

inline result<void> place_decider::handle(const tick_places&) {
    lapse_offers();
    return {};
}

inline void place_decider::lapse_offers() {
    std::vector<std::string> lapsed;
    for (const place_reservation& each : book_.reservations)
        if (each.state == reservation_state::offered && each.answer_by && *each.answer_by < on_)
            lapsed.push_back(each.id);
    for (const std::string& each : lapsed) add(offer_lapsed{each});
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
