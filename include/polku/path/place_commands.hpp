// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACE_COMMANDS_HPP
#define POLKU_PATH_PLACE_COMMANDS_HPP

#include <polku/path/place_terms.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What may be asked of a place book. Each struct is one command, `type` its name in JSON. Ids of reservations, offers
/// (one kind of id) and entries are chosen by the caller; `case_` is the hex id of a case's stream. `path`,
/// `environment` and `service` are ids of the definition; `reason` is required in all commands but `end_place`. `place`
/// has days, package and tasks.

namespace polku::inline POLKU_V::path {

/// Opens the book of an environment or of a service of the path: one of the two. `places` is how many there are from
/// the command's day on; without it what the definition says of the environment. `municipality` is a three-digit code;
/// without it that of the environment.
struct open_places {
    static constexpr std::string_view type = "open_places";
    std::string path;
    std::optional<std::string> environment;
    std::optional<std::string> service;
    std::optional<std::string> municipality;
    std::optional<std::int64_t> places;
};
BOOST_DESCRIBE_STRUCT(open_places, (), (path, environment, service, municipality, places))

/// Sets how many places of a kind there are from a day on, or between two days, both included.
struct set_places {
    static constexpr std::string_view type = "set_places";
    place_scope scope = place_scope::any;  ///< which places are counted
    std::optional<std::string> of;         ///< package or task
    std::int64_t places = 0;               ///< zero or more
    time::date from;                       ///< first day
    std::optional<time::date> until;       ///< last day; for good where absent
};
BOOST_DESCRIBE_STRUCT(set_places, (), (scope, of, places, from, until))

/// Nobody is taken from that day on. Open offers that reach into the closed days are withdrawn; reservations that do
/// stand, and are named in the event, until their people have been helped to another place.
struct close_places {
    static constexpr std::string_view type = "close_places";
    time::date from;                  ///< first closed day
    std::optional<time::date> until;  ///< last closed day; until reopened where absent
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(close_places, (), (from, until, reason))

/// Days from that one on are no longer closed.
struct reopen_places {
    static constexpr std::string_view type = "reopen_places";
    time::date from;  ///< first day that is open again
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reopen_places, (), (from, reason))

/// Reserves a place past the waiting list; everybody who waits and whom it would fit is named in `passes` with a
/// reason.
struct reserve_place {
    static constexpr std::string_view type = "reserve_place";
    std::string reservation;  ///< chosen by the caller
    std::string case_;
    place_terms place;  ///< days, package and tasks
    std::vector<passed_over> passes;
};
BOOST_DESCRIBE_STRUCT(reserve_place, (), (reservation, case_, place, passes))

/// Lets the person stay longer, where there is room on each further day.
struct extend_place {
    static constexpr std::string_view type = "extend_place";
    std::string reservation;  ///< its id
    time::date until;         ///< the new last day
};
BOOST_DESCRIBE_STRUCT(extend_place, (), (reservation, until))

/// The person does not come. The place is free from the command's day on.
struct release_place {
    static constexpr std::string_view type = "release_place";
    std::string reservation;  ///< its id
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(release_place, (), (reservation, reason))

/// The person has come.
struct take_place {
    static constexpr std::string_view type = "take_place";
    std::string reservation;  ///< its id
};
BOOST_DESCRIBE_STRUCT(take_place, (), (reservation))

/// The person has been there for the last time on the command's day.
struct end_place {
    static constexpr std::string_view type = "end_place";
    std::string reservation;  ///< its id
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(end_place, (), (reservation, reason))

/// Puts the person on the waiting list. `since` counts as day of joining, the command's day unless given. With a
/// referral, the referral is wait-listed by the same command.
struct join_waiting_list {
    static constexpr std::string_view type = "join_waiting_list";
    std::string entry;  ///< chosen by the caller
    std::string case_;
    std::optional<std::string> referral;  ///< id of the case's referral
    std::optional<std::string> priority;  ///< class of the definition; required where it has several
    std::optional<time::date> since;
    std::optional<place_wishes> wishes;  ///< none: any place will do
};
BOOST_DESCRIBE_STRUCT(join_waiting_list, (), (entry, case_, referral, priority, since, wishes))

/// The person waits no more; an open offer is withdrawn. `entry` is the id of the wait.
struct leave_waiting_list {
    static constexpr std::string_view type = "leave_waiting_list";
    std::string entry;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(leave_waiting_list, (), (entry, reason))

/// Offers a place to somebody who waits. It must be the first in fair order whom it fits; one who is passed over
/// otherwise is named in `passes` with a reason. `answer_by` follows from the definition unless given.
struct offer_place {
    static constexpr std::string_view type = "offer_place";
    std::string offer;  ///< chosen by the caller
    std::string entry;  ///< of the waiting list
    place_terms place;  ///< days, package and tasks
    std::optional<time::date> answer_by;
    std::vector<passed_over> passes;
};
BOOST_DESCRIBE_STRUCT(offer_place, (), (offer, entry, place, answer_by, passes))

/// The person takes the offer: the place is reserved, and the referral of the entry accepted. `offer` is its id.
struct accept_offer {
    static constexpr std::string_view type = "accept_offer";
    std::string offer;
};
BOOST_DESCRIBE_STRUCT(accept_offer, (), (offer))

/// The person does not want this place, and keeps the turn in the queue for others. `offer` is its id.
struct decline_offer {
    static constexpr std::string_view type = "decline_offer";
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(decline_offer, (), (offer, reason))

/// The place is not offered any more; the person keeps the turn. `offer` is its id.
struct withdraw_offer {
    static constexpr std::string_view type = "withdraw_offer";
    std::string offer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(withdraw_offer, (), (offer, reason))

/// Records what the passing of time has brought about by the command's day: offers that nobody answered.
struct tick_places {
    static constexpr std::string_view type = "tick_places";
};
BOOST_DESCRIBE_STRUCT(tick_places, (), ())

/// One of all commands to a place book.
using place_command_body =
    std::variant<open_places, set_places, close_places, reopen_places, reserve_place, extend_place, release_place,
                 take_place, end_place, join_waiting_list, leave_waiting_list, offer_place, accept_offer, decline_offer,
                 withdraw_offer, tick_places>;

/// A command and the day of which it tells; without `on` today. `client` is the hex id of the client of the command's
/// case, which the caller knows from the case.
struct place_command {
    place_command_body what;  ///< what is asked, with its members
    std::optional<time::date> on;
    std::string client;
};

}  // namespace polku::inline POLKU_V::path

#endif
