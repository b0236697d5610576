// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_OBLIGATION_HPP
#define POLKU_PATH_OBLIGATION_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::path {

/// Waiting (`open`), met (`satisfied`), or over without having been met (`ended`).
enum class obligation_state : std::uint8_t { open, satisfied, ended };
BOOST_DESCRIBE_ENUM(obligation_state, open, satisfied, ended)

/// One duty of one case. `nominal` is what the rule gives, `due` the day after rolling by `roll` (Act 150/1930 section
/// 5 moves a last day that is no working day). `escalated` counts the roles of the chain that have been called.
struct obligation {
    std::string id;           ///< `joint plan 1`
    std::string obligation_;  ///< id in the definition
    std::int64_t times = 1;   ///< which repetition this is
    time::date opened;        ///< effective date of the event that opened it
    std::string opened_by;    ///< its trigger
    time::date nominal;
    time::date due;
    std::string roll;
    std::string owner;                                ///< role
    obligation_state state = obligation_state::open;  ///< open until it is met or ended
    std::optional<time::date> ended;                  ///< day on which it was met or ended
    std::int64_t escalated = 0;
    std::optional<std::string> escalated_to;  ///< the role called last
    /// True while somebody must still meet it.
    bool is_open() const { return state == obligation_state::open; }
    bool operator==(const obligation&) const = default;
};
BOOST_DESCRIBE_STRUCT(obligation, (),
                      (id, obligation_, times, opened, opened_by, nominal, due, roll, owner, state, ended, escalated,
                       escalated_to))

}  // namespace polku::inline POLKU_V::path

#endif
