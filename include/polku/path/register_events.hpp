// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REGISTER_EVENTS_HPP
#define POLKU_PATH_REGISTER_EVENTS_HPP

#include <polku/path/register_book.hpp>
#include <polku/path/stream_event.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What happened to the entries of a register. What is told of contact persons stands under the employer whom the entry
/// is about, so that it can be erased with what else is kept of the employer; all else is about nobody. `type` is the
/// event's stored name; `personal` the members that tell of a contact person; `entry` is an id, `fields` are values by
/// field and `contacts` those of personal fields.

namespace polku::inline POLKU_V::path {

/// A book of the register `register_` of the `path` was opened; both are ids.
struct register_opened {
    static constexpr std::string_view type = "register_opened";
    static constexpr no_members personal{};
    std::string path;
    std::string register_;
};
BOOST_DESCRIBE_STRUCT(register_opened, (), (path, register_))

/// `about` is what it tells of, `owner` a role, `review_by` the day by which it must be looked at again.
struct register_entry_recorded {
    static constexpr std::string_view type = "register_entry_recorded";
    static constexpr std::array<std::string_view, 1> personal{"contacts"};
    std::string entry;
    std::string about;
    std::string owner;
    time::date review_by;
    register_values fields;
    register_values contacts;
};
BOOST_DESCRIBE_STRUCT(register_entry_recorded, (), (entry, about, owner, review_by, fields, contacts))

/// `owner` when the entry was handed over; `cleared` are the fields that were taken away.
struct register_entry_amended {
    static constexpr std::string_view type = "register_entry_amended";
    static constexpr std::array<std::string_view, 1> personal{"contacts"};
    std::string entry;
    std::optional<std::string> owner;
    register_values fields;
    register_values contacts;
    std::vector<std::string> cleared;
};
BOOST_DESCRIBE_STRUCT(register_entry_amended, (), (entry, owner, fields, contacts, cleared))

/// It was found to hold; `review_by` is the day of the next look.
struct register_entry_confirmed {
    static constexpr std::string_view type = "register_entry_confirmed";
    static constexpr no_members personal{};
    std::string entry;
    time::date review_by;
};
BOOST_DESCRIBE_STRUCT(register_entry_confirmed, (), (entry, review_by))

/// It holds no more, or never did; `reason` says why.
struct register_entry_ended {
    static constexpr std::string_view type = "register_entry_ended";
    static constexpr no_members personal{};
    std::string entry;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(register_entry_ended, (), (entry, reason))

/// One of all events of a register.
using register_event_body = std::variant<register_opened, register_entry_recorded, register_entry_amended,
                                         register_entry_confirmed, register_entry_ended>;
/// An event of a register's stream.
using register_event = stream_event<register_event_body>;

}  // namespace polku::inline POLKU_V::path

#endif
