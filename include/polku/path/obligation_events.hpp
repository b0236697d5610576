// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_OBLIGATION_EVENTS_HPP
#define POLKU_PATH_OBLIGATION_EVENTS_HPP

#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// What happened to duties. `type` is the event's stored name; `id` names the duty of this case (`joint plan 1`),
/// `obligation` its rule in the definition, `role` and `owner` roles.

namespace polku::inline POLKU_V::path {

/// A duty arose: `trigger` is the trigger of the event that opened it and `event_date` that event's day, `times` the
/// repetition (from 1). `nominal` is what the rule gives, `due` the day after rolling by `roll`.
struct obligation_opened {
    static constexpr std::string_view type = "obligation_opened";
    std::string id;
    std::string obligation;
    std::int64_t times = 1;
    std::string trigger;
    time::date event_date;
    time::date nominal;
    time::date due;
    std::string roll;
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(obligation_opened, (), (id, obligation, times, trigger, event_date, nominal, due, roll, owner))

/// Its days changed, as the event that it counts from was put right or told of an earlier day, or a fact in its due
/// date was told: `event_date`, `nominal` and `due` are the new ones.
struct obligation_redated {
    static constexpr std::string_view type = "obligation_redated";
    std::string id;
    std::string obligation;
    time::date event_date;
    time::date nominal;
    time::date due;
};
BOOST_DESCRIBE_STRUCT(obligation_redated, (), (id, obligation, event_date, nominal, due))

/// It was met on the event's day.
struct obligation_satisfied {
    static constexpr std::string_view type = "obligation_satisfied";
    std::string id;
    std::string obligation;
    std::string by;  ///< trigger, or the reason a person gave
};
BOOST_DESCRIBE_STRUCT(obligation_satisfied, (), (id, obligation, by))

/// It ended undone; `by` is the trigger that ended it, `case_closed` or `entered_in_error`.
struct obligation_ended {
    static constexpr std::string_view type = "obligation_ended";
    std::string id;
    std::string obligation;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(obligation_ended, (), (id, obligation, by))

/// Its day passed; `role`, at place `level` of the chain (from 1), is called.
struct obligation_escalated {
    static constexpr std::string_view type = "obligation_escalated";
    std::string id;
    std::string obligation;
    std::int64_t level = 1;
    std::string role;
};
BOOST_DESCRIBE_STRUCT(obligation_escalated, (), (id, obligation, level, role))

}  // namespace polku::inline POLKU_V::path

#endif
