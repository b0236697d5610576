// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_OBLIGATION_EVENTS_HPP
#define POLKU_PATH_OBLIGATION_EVENTS_HPP

#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// What happened to duties.

namespace polku::inline POLKU_V::path {

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

struct obligation_redated {
    static constexpr std::string_view type = "obligation_redated";
    std::string id;
    std::string obligation;
    time::date event_date;
    time::date nominal;
    time::date due;
};
BOOST_DESCRIBE_STRUCT(obligation_redated, (), (id, obligation, event_date, nominal, due))

struct obligation_satisfied {
    static constexpr std::string_view type = "obligation_satisfied";
    std::string id;
    std::string obligation;
    std::string by;  ///< trigger, or the reason a person gave
};
BOOST_DESCRIBE_STRUCT(obligation_satisfied, (), (id, obligation, by))

struct obligation_ended {
    static constexpr std::string_view type = "obligation_ended";
    std::string id;
    std::string obligation;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(obligation_ended, (), (id, obligation, by))

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
