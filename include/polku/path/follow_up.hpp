// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_FOLLOW_UP_HPP
#define POLKU_PATH_FOLLOW_UP_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace polku::inline POLKU_V::path {

/// A day on which somebody looks how it went after a placement or an exit; staying in work counts, not only entry.
struct check_point {
    std::string id;                      ///< `<about> P6M`
    std::string about;                   ///< placement id, or `exit <id>`
    time::date on;                       ///< the day that was set
    std::string owner;                   ///< role
    std::optional<time::date> done;      ///< the day on which it was looked at
    std::optional<std::string> status;   ///< `in work`, `studying`, `unemployed`, ...
    std::optional<std::string> text;     ///< in the worker's words
    std::optional<bool> support_needed;  ///< the client needs support still
    /// True until somebody has looked.
    bool is_open() const { return !done; }
    bool operator==(const check_point&) const = default;
};
BOOST_DESCRIBE_STRUCT(check_point, (), (id, about, on, owner, done, status, text, support_needed))

}  // namespace polku::inline POLKU_V::path

#endif
