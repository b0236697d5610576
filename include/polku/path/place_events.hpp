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

namespace polku::inline POLKU_V::path {

struct place_book_opened {
    static constexpr std::string_view type = "place_book_opened";
    static constexpr no_members personal{};
    std::string path;
    std::optional<std::string> environment;
    std::optional<std::string> service;
    std::optional<std::string> municipality;
};
BOOST_DESCRIBE_STRUCT(place_book_opened, (), (path, environment, service, municipality))

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

/// `to_move` names the reservations that reach into the closed days.
struct places_closed {
    static constexpr std::string_view type = "places_closed";
    static constexpr no_members personal{};
    time::date from;
    std::optional<time::date> until;
    std::string reason;
    std::vector<std::string> to_move;
};
BOOST_DESCRIBE_STRUCT(places_closed, (), (from, until, reason, to_move))

struct places_reopened {
    static constexpr std::string_view type = "places_reopened";
    static constexpr no_members personal{};
    time::date from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(places_reopened, (), (from, reason))

struct place_reserved {
    static constexpr std::string_view type = "place_reserved";
    static constexpr std::array<std::string_view, 1> personal{"case"};
    std::string reservation;
    std::string client;
    std::string case_;
    place_terms place;
};
BOOST_DESCRIBE_STRUCT(place_reserved, (), (reservation, client, case_, place))

struct place_extended {
    static constexpr std::string_view type = "place_extended";
    static constexpr no_members personal{};
    std::string reservation;
    time::date until;
};
BOOST_DESCRIBE_STRUCT(place_extended, (), (reservation, until))

/// `last`: the last day on which the place was held; before its first day when it never was.
struct place_released {
    static constexpr std::string_view type = "place_released";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string reservation;
    time::date last;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(place_released, (), (reservation, last, reason))

struct place_taken {
    static constexpr std::string_view type = "place_taken";
    static constexpr no_members personal{};
    std::string reservation;
};
BOOST_DESCRIBE_STRUCT(place_taken, (), (reservation))

struct place_ended {
    static constexpr std::string_view type = "place_ended";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string reservation;
    time::date last;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(place_ended, (), (reservation, last, reason))

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

struct waiting_left {
    static constexpr std::string_view type = "waiting_left";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string entry;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(waiting_left, (), (entry, reason))

/// The place went to somebody behind the entry; `to` is the offer or reservation.
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

struct place_offered {
    static constexpr std::string_view type = "place_offered";
    static constexpr no_members personal{};
    std::string offer;
    std::string entry;
    place_terms place;
    time::date answer_by;
};
BOOST_DESCRIBE_STRUCT(place_offered, (), (offer, entry, place, answer_by))

struct offer_accepted {
    static constexpr std::string_view type = "offer_accepted";
    static constexpr no_members personal{};
    std::string offer;
};
BOOST_DESCRIBE_STRUCT(offer_accepted, (), (offer))

struct offer_declined {
    static constexpr std::string_view type = "offer_declined";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(offer_declined, (), (offer, reason))

struct offer_lapsed {
    static constexpr std::string_view type = "offer_lapsed";
    static constexpr no_members personal{};
    std::string offer;
};
BOOST_DESCRIBE_STRUCT(offer_lapsed, (), (offer))

struct offer_withdrawn {
    static constexpr std::string_view type = "offer_withdrawn";
    static constexpr std::array<std::string_view, 1> personal{"reason"};
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(offer_withdrawn, (), (offer, reason))

using place_event_body =
    std::variant<place_book_opened, places_set, places_closed, places_reopened, place_reserved, place_extended,
                 place_released, place_taken, place_ended, waiting_joined, waiting_left, waiting_passed, place_offered,
                 offer_accepted, offer_declined, offer_lapsed, offer_withdrawn>;
using place_event = stream_event<place_event_body>;

}  // namespace polku::inline POLKU_V::path

#endif
