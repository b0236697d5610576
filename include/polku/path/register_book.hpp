// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REGISTER_BOOK_HPP
#define POLKU_PATH_REGISTER_BOOK_HPP

#include <polku/feel/value.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// A register as it is kept: a fold of its events (`registers.hpp`).

namespace polku::inline POLKU_V::path {

/// What an entry tells, by the id of the field. Dates are ISO texts. Absent: not known; null: known to be none.
using register_values = std::map<std::string, feel::value>;

/// One entry. `contacts` are its personal fields; `erased` when they were told and have been destroyed.
struct register_entry {
    std::string id;          ///< chosen by whoever recorded it
    std::string about;       ///< municipality code, hex id of an employer, id of an environment; empty: the programme
    std::string owner;       ///< role
    time::date recorded;     ///< effective day of the recording
    time::date confirmed;    ///< when it was last looked at and found to hold
    time::date review_by;    ///< the last day by which it must be looked at again
    time::date changed;      ///< the newest day that a command told of
    register_values fields;  ///< without the personal ones
    register_values contacts;
    bool erased = false;
    std::optional<time::date> ended;    ///< absent while it is in force
    std::optional<std::string> reason;  ///< why it ended

    /// True until it is ended.
    bool is_in_force() const noexcept { return !ended; }
    /// True when it is in force and must be looked at again by that day.
    bool is_due_by(time::date day) const noexcept { return !ended && review_by <= day; }
    /// True when it is in force and its day has passed.
    bool is_late_on(time::date day) const noexcept { return !ended && review_by < day; }
    bool operator==(const register_entry&) const = default;
};
BOOST_DESCRIBE_STRUCT(register_entry, (),
                      (id, about, owner, recorded, confirmed, review_by, changed, fields, contacts, erased, ended,
                       reason))

/// A register of a path, or a part of one: a path may have several books of one register, as where each area keeps its
/// own.
struct register_book {
    std::optional<time::date> opened;     ///< absent until the book is opened
    std::string path;                     ///< id
    std::string register_;                ///< id of the definition's register
    std::vector<register_entry> entries;  ///< also ended ones, in the order of recording

    /// True from the opening on.
    bool is_opened() const noexcept { return opened.has_value(); }
    bool operator==(const register_book&) const = default;
};
BOOST_DESCRIBE_STRUCT(register_book, (), (opened, path, register_, entries))

/// Null pointer when there is none of that id.
POLKU_DECL const register_entry* find_entry(const register_book& in, std::string_view id) noexcept;

/// Entries in force that must be looked at again by a day, soonest first; those of one day in the order of recording.
POLKU_DECL std::vector<const register_entry*> entries_due(const register_book& in, time::date by);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/register_book.ipp>
#endif

#endif
