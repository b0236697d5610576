// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_REGISTER_COMMANDS_HPP
#define POLKU_PATH_REGISTER_COMMANDS_HPP

#include <polku/path/register_book.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// What may be asked of a register. Each struct is one command, `type` its name in JSON. Ids of entries are chosen by
/// the caller. `entry` is that id.

namespace polku::inline POLKU_V::path {

/// Opens a book of a register that the path's definition has. `path` is its id, `register_` that of the register.
struct open_register {
    static constexpr std::string_view type = "open_register";
    std::string path;
    std::string register_;
};
BOOST_DESCRIBE_STRUCT(open_register, (), (path, register_))

/// `about` as `register_entry` has it; left out where entries are about the programme. Without `owner` the register's
/// keeper, without `review_by` the latest day that the definition allows.
struct record_entry {
    static constexpr std::string_view type = "record_entry";
    std::string entry;
    std::optional<std::string> about;
    std::optional<std::string> owner;
    std::optional<time::date> review_by;
    register_values fields;  ///< by id, personal ones among them
};
BOOST_DESCRIBE_STRUCT(record_entry, (), (entry, about, owner, review_by, fields))

/// Changes the fields that are given, takes away those of `clear`, hands the entry to another `owner`. The day of the
/// next look stays: who changes one thing has not looked at the others.
struct amend_entry {
    static constexpr std::string_view type = "amend_entry";
    std::string entry;
    std::optional<std::string> owner;
    register_values fields;  ///< by id, personal ones among them
    std::vector<std::string> clear;
};
BOOST_DESCRIBE_STRUCT(amend_entry, (), (entry, owner, fields, clear))

/// The entry was looked at and holds.
struct confirm_entry {
    static constexpr std::string_view type = "confirm_entry";
    std::string entry;
    std::optional<time::date> review_by;  ///< the latest day that the definition allows where absent
};
BOOST_DESCRIBE_STRUCT(confirm_entry, (), (entry, review_by))

/// The entry holds no more, or never did.
struct end_entry {
    static constexpr std::string_view type = "end_entry";
    std::string entry;
    std::string reason;  ///< required
};
BOOST_DESCRIBE_STRUCT(end_entry, (), (entry, reason))

/// One of all commands to a register.
using register_command_body = std::variant<open_register, record_entry, amend_entry, confirm_entry, end_entry>;

/// A command and the day of which it tells; without `on` today.
struct register_command {
    register_command_body what;  ///< what is asked, with its members
    std::optional<time::date> on;
};

}  // namespace polku::inline POLKU_V::path

#endif
