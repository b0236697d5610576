// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACE_BOOK_HPP
#define POLKU_PATH_PLACE_BOOK_HPP

#include <polku/path/place_terms.hpp>
#include <polku/path/service_path.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The places of one environment, or of one service, in time: how many there are, who holds them, and who waits. A fold
/// of its events (`places.hpp`).

namespace polku::inline POLKU_V::path {

/// How many places there are from a day on; none: no number was set.
struct place_change {
    time::date from;                     ///< first day
    std::optional<std::int64_t> places;  ///< zero or more
    bool operator==(const place_change&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_change, (), (from, places))

/// The numbers of one kind of place, by day of change.
struct place_limit {
    place_scope scope = place_scope::any;  ///< what is counted
    std::string of;                        ///< package or task
    std::vector<place_change> changes;     ///< sorted by day
    bool operator==(const place_limit&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_limit, (), (scope, of, changes))

/// Days on which nobody is taken; both ends included, without `until` for good.
struct place_closing {
    time::date from;  ///< first closed day
    std::optional<time::date> until;
    std::string reason;  ///< as whoever closed it put it
    bool operator==(const place_closing&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_closing, (), (from, until, reason))

/// An offer holds its place as a reservation does, so that it can be accepted. The names are `offered`, `reserved`,
/// `taken` (the person has come), `ended` (was there) and `released` (never came).
enum class reservation_state : std::uint8_t { offered, reserved, taken, ended, released };
BOOST_DESCRIBE_ENUM(reservation_state, offered, reserved, taken, ended, released)

/// One person's place. `last` is the last day on which it holds a place, where that is not the last day of its terms;
/// before the first day: it holds none.
struct place_reservation {
    std::string id;      ///< chosen by the caller; also that of the offer which it was
    std::string client;  ///< hex id of the client's stream
    std::string case_;   ///< hex id; empty when erased
    place_terms place;   ///< days, package and tasks
    reservation_state state = reservation_state::reserved;  ///< an offer that was not accepted is `released`
    std::optional<std::string> entry;                       ///< of the waiting list
    time::date made;                                        ///< effective day of the offer or reservation
    std::optional<time::date> answer_by;                    ///< last day for an answer to an offer
    std::optional<time::date> taken;                        ///< the day on which the person came
    std::optional<time::date> last;
    std::optional<std::string> reason;  ///< why it was released or ended

    /// The last day on which it holds a place, if any.
    time::date last_day() const { return last.value_or(place.until); }
    /// True on the days on which it holds a place; also after it was released, for the days before.
    bool holds_on(time::date day) const { return place.from <= day && day <= last_day(); }
    /// True for offers, reservations and places that are taken.
    bool is_open() const { return state != reservation_state::ended && state != reservation_state::released; }
    bool operator==(const place_reservation&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_reservation, (),
                      (id, client, case_, place, state, entry, made, answer_by, taken, last, reason))

/// The names are `waiting`, `offered` (an offer is open), `placed` and `left`.
enum class waiting_state : std::uint8_t { waiting, offered, placed, left };
BOOST_DESCRIBE_ENUM(waiting_state, waiting, offered, placed, left)

/// Why a place went to somebody behind: it does not fit the wishes, was declined or not answered on the same terms, or
/// a worker judged so and said why. In order: `dates`, `package`, `task`, `declined`, `no_answer`, `judged`.
enum class pass_reason : std::uint8_t { dates, package, task, declined, no_answer, judged };
BOOST_DESCRIBE_ENUM(pass_reason, dates, package, task, declined, no_answer, judged)

/// One time that the entry was passed over; `to` is the offer or reservation that went to another. It keeps its turn.
struct waiting_pass {
    std::string to;
    place_terms place;                      ///< what the other got
    pass_reason why = pass_reason::judged;  ///< why it went there
    std::optional<std::string> text;        ///< the worker's words for `judged`
    time::date on;                          ///< effective day
    bool operator==(const waiting_pass&) const = default;
};
BOOST_DESCRIBE_STRUCT(waiting_pass, (), (to, place, why, text, on))

/// One person who waits. `sequence` is the order of recording.
struct waiting_entry {
    std::string id;                       ///< chosen by the caller
    std::string client;                   ///< hex id of the client's stream
    std::string case_;                    ///< hex id; empty when erased
    std::optional<std::string> referral;  ///< the one that is wait-listed with it
    std::optional<std::string> priority;  ///< class of the definition
    std::int64_t rank = 0;                ///< of the class; lower comes first
    time::date since;                     ///< day of joining
    time::date first_from;                ///< from this day on before all whose day has not come
    std::int64_t sequence = 0;
    place_wishes wishes;                           ///< what would do
    waiting_state state = waiting_state::waiting;  ///< where the wait has come to
    std::optional<std::string> offer;              ///< open offer
    std::vector<waiting_pass> passes;              ///< each time that a place went to somebody behind
    std::optional<time::date> ended;               ///< day of placing or leaving
    std::optional<std::string> reason;             ///< why the person left

    /// True while the person is in the queue, with an open offer or without.
    bool is_open() const { return state == waiting_state::waiting || state == waiting_state::offered; }
    bool operator==(const waiting_entry&) const = default;
};
BOOST_DESCRIBE_STRUCT(waiting_entry, (),
                      (id, client, case_, referral, priority, rank, since, first_from, sequence, wishes, state, offer,
                       passes, ended, reason))

/// The book as its events tell it. Of one environment of a path, or of one service (then a waiting list for it).
struct place_book {
    std::optional<time::date> opened;             ///< absent until the book is opened
    std::string path;                             ///< id
    std::optional<std::string> environment;       ///< id; of the two, one is there
    std::optional<std::string> service;           ///< id; of the two, one is there
    std::optional<std::string> municipality;      ///< three-digit code
    std::vector<place_limit> limits;              ///< by kind of place
    std::vector<place_closing> closings;          ///< in the order of recording
    std::vector<place_reservation> reservations;  ///< also offers, and those that are over
    std::vector<waiting_entry> waiting;           ///< also those who wait no more

    /// True from the opening on.
    bool is_opened() const noexcept { return opened.has_value(); }
    bool operator==(const place_book&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_book, (),
                      (opened, path, environment, service, municipality, limits, closings, reservations, waiting))

/// Null pointer when there is none of that id; offers are found too.
POLKU_DECL const place_reservation* find_reservation(const place_book& in, std::string_view id) noexcept;
/// Null pointer when there is none of that id.
POLKU_DECL const waiting_entry* find_entry(const place_book& in, std::string_view id) noexcept;

/// Some days on end with the same numbers. Without `places` the kind of place has no limit of its own.
struct place_level {
    time::date from;   ///< first day
    time::date until;  ///< last day
    std::optional<std::int64_t> places;
    std::int64_t held = 0;  ///< places that are reserved, offered or taken
    bool operator==(const place_level&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_level, (), (from, until, places, held))

/// The numbers between two days, both included, oldest first; empty when `until` is before `from`. A book has no places
/// on days for which none were set, and none on closed days. Takes time by the reservations, not by the days.
POLKU_DECL std::vector<place_level> place_levels(const place_book& in, place_scope scope, std::string_view of,
                                                 time::date from, time::date until);

/// The first day on which a place on these terms would be one too many, and of which kind.
struct place_shortage {
    place_scope scope = place_scope::any;  ///< of this kind there is no room
    std::string of;                        ///< package or task
    time::date day;                        ///< the first such day
    std::int64_t places = 0;               ///< how many there are on that day
    std::int64_t held = 0;                 ///< how many of them are held
    bool operator==(const place_shortage&) const = default;
};
BOOST_DESCRIBE_STRUCT(place_shortage, (), (scope, of, day, places, held))
/// Empty when there is room on every day of the terms. Days on which no number was set have no places.
POLKU_DECL std::optional<place_shortage> find_shortage(const place_book& in, const place_terms& wanted);

/// How many more such places there are on every day of the terms.
POLKU_DECL std::int64_t count_free(const place_book& in, const place_terms& wanted);

/// The terms moved to the first day, not before their own, from which they find a place for as many days; none when
/// that never comes by what is known.
POLKU_DECL std::optional<place_terms> find_first_free(const place_book& in, const place_terms& wanted);

/// Those who wait for an offer, in the order in which places are offered on that day: first those whose longest wait is
/// over, by the day on which it was; then by rank, day of joining and order of recording.
POLKU_DECL std::vector<const waiting_entry*> fair_order(const place_book& in, time::date on);

/// Why a place on these terms is not for the entry; none when it fits.
POLKU_DECL std::optional<pass_reason> find_misfit(const waiting_entry& of, const place_terms& offered);

/// Reservations that reach into closed days, by first closed day: their people must be helped to another place.
POLKU_DECL std::vector<const place_reservation*> to_be_moved(const place_book& in);

/// The closed day that the terms meet first.
POLKU_DECL std::optional<time::date> find_closed_day(const place_book& in, time::date from, time::date until);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/place_book.ipp>
#endif

#endif
