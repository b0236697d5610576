// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACE_EVENTS_HPP
#define POLKU_PATH_PLACE_EVENTS_HPP

#include <polku/path/place_book.hpp>
#include <polku/path/stream_event.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What happened to the places of an environment or a service. Days, packages and tasks stand in the clear: a book must
/// count its places after a client has been erased. What a person wishes, and why something was done, is the person's.
/// `type` is the event's stored name, `personal` the members that tell of the person; `reservation`, `offer` and
/// `entry` are ids, `client` and `case_` hex ids of streams (the case's empty after erasure), `place` days, package and
/// tasks.

namespace polku::inline POLKU_V::path {

/// The book of an `environment` or of a `service` of the `path` was opened: ids, one of the two. `municipality` is a
/// three-digit code.
struct place_book_opened {
    static constexpr std::string_view type = "place_book_opened";
    static constexpr no_members personal{};
    std::string path;
    std::optional<std::string> environment;
    std::optional<std::string> service;
    std::optional<std::string> municipality;
};
BOOST_DESCRIBE_STRUCT(place_book_opened, (), (path, environment, service, municipality))

/// From `from` on there are `places` of the kind that `scope` and `of` (package or task) name; up to `until` where that
/// is given.
struct places_set {
    static constexpr std::string_view type = "places_set";
    static constexpr no_members personal{};
    place_scope scope = place_scope::any;
    std::string of;
    std::int64_t places = 0;
    time::date from;
    std::optional<time::date> until;
};
BOOST_DESCRIBE_STRUCT(places_set, (), (scope, of, places, from, until))

/// `to_move` names the reservations that reach into the closed days. Nobody is taken on the days `from` to `until`, for
/// good where that is absent; `reason` says why.
struct places_closed {
    static constexpr std::string_view type = "places_closed";
    static constexpr no_members personal{};
    time::date from;
    std::optional<time::date> until;
    std::string reason;
    std::vector<std::string> to_move;
};
BOOST_DESCRIBE_STRUCT(places_closed, (), (from, until, reason, to_move))

/// The days from `from` on are no longer closed; `reason` says why.
struct places_reopened {
    static constexpr std::string_view type = "places_reopened";
    static constexpr no_members personal{};
    time::date from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(places_reopened, (), (from, reason))

/// A place is kept for the client past the waiting list; where there was an offer, its acceptance says so.
struct place_reserved {
    static constexpr std::string_view type = "place_reserved";
    static constexpr std::array<std::string_view, 1> personal{"case"};
    std::string reservation;
    std::string client;
    std::string case_;
    place_terms place;
};
BOOST_DESCRIBE_STRUCT(place_reserved, (), (reservation, client, case_, place))

/// The place is held up to the day `until`.
struct place_extended {
    static constexpr std::string_view type = "place_extended";
    static constexpr no_members personal{};
    std::string reservation;
    time::date until;
};
BOOST_DESCRIBE_STRUCT(place_extended, (), (reservation, until))

/// `last`: the last day on which the place was held; before its first day when it never was. The person does not come;
/// `reason` says why.
struct place_released {
    static constexpr std::string_view type = "place_released";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string reservation;
    time::date last;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(place_released, (), (reservation, last, reason))

/// The person came on the event's day.
struct place_taken {
    static constexpr std::string_view type = "place_taken";
    static constexpr no_members personal{};
    std::string reservation;
};
BOOST_DESCRIBE_STRUCT(place_taken, (), (reservation))

/// `last` is the last day on which the person was there; `reason` may say why it ended.
struct place_ended {
    static constexpr std::string_view type = "place_ended";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string reservation;
    time::date last;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(place_ended, (), (reservation, last, reason))

/// The person waits: `since` is the day of joining, `first_from` the day from which on the longest wait is over.
/// `priority` is the class and `rank` its rank, lower first; `referral` the one wait-listed with it, `wishes` what
/// would do.
struct waiting_joined {
    static constexpr std::string_view type = "waiting_joined";
    static constexpr std::array<std::string_view, 4> personal{"case", "referral", "priority", "wishes"};
    std::string entry;
    std::string client;
    std::string case_;
    std::optional<std::string> referral;
    std::optional<std::string> priority;
    std::int64_t rank = 0;
    time::date since;
    time::date first_from;
    place_wishes wishes;
};
BOOST_DESCRIBE_STRUCT(waiting_joined, (), (entry, client, case_, referral, priority, rank, since, first_from, wishes))

/// The person waits no more; `reason` says why.
struct waiting_left {
    static constexpr std::string_view type = "waiting_left";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string entry;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(waiting_left, (), (entry, reason))

/// The place went to somebody behind the entry; `to` is the offer or reservation. `why` is the reason and `text` a
/// worker's words for it; `place` is what the other got.
struct waiting_passed {
    static constexpr std::string_view type = "waiting_passed";
    static constexpr std::array<std::string_view, 1> personal{"text"};
    std::string entry;
    std::string to;
    place_terms place;
    pass_reason why = pass_reason::judged;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(waiting_passed, (), (entry, to, place, why, text))

/// The place is held for the person until `answer_by`, the last day for an answer.
struct place_offered {
    static constexpr std::string_view type = "place_offered";
    static constexpr no_members personal{};
    std::string offer;
    std::string entry;
    place_terms place;
    time::date answer_by;
};
BOOST_DESCRIBE_STRUCT(place_offered, (), (offer, entry, place, answer_by))

/// The person took it; the place is reserved.
struct offer_accepted {
    static constexpr std::string_view type = "offer_accepted";
    static constexpr no_members personal{};
    std::string offer;
};
BOOST_DESCRIBE_STRUCT(offer_accepted, (), (offer))

/// The person does not want it and keeps the turn; `reason` says why.
struct offer_declined {
    static constexpr std::string_view type = "offer_declined";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(offer_declined, (), (offer, reason))

/// Nobody answered in time; the person keeps the turn.
struct offer_lapsed {
    static constexpr std::string_view type = "offer_lapsed";
    static constexpr no_members personal{};
    std::string offer;
};
BOOST_DESCRIBE_STRUCT(offer_lapsed, (), (offer))

/// It is not offered any more; `reason` says why.
struct offer_withdrawn {
    static constexpr std::string_view type = "offer_withdrawn";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(offer_withdrawn, (), (offer, reason))

/// One of all events of a place book.
using place_event_body =
    std::variant<place_book_opened, places_set, places_closed, places_reopened, place_reserved, place_extended,
                 place_released, place_taken, place_ended, waiting_joined, waiting_left, waiting_passed, place_offered,
                 offer_accepted, offer_declined, offer_lapsed, offer_withdrawn>;
/// An event of a place book's stream.
using place_event = stream_event<place_event_body>;

}  // namespace polku::inline POLKU_V::path

#endif
