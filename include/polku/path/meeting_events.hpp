// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_MEETING_EVENTS_HPP
#define POLKU_PATH_MEETING_EVENTS_HPP

#include <polku/path/network.hpp>

#include <boost/describe/class.hpp>

#include <string_view>

/// @file
/// What happened to meetings.

namespace polku::inline POLKU_V::path {

struct meeting_held {
    static constexpr std::string_view type = "meeting_held";
    path::meeting meeting;
};
BOOST_DESCRIBE_STRUCT(meeting_held, (), (meeting))

}  // namespace polku::inline POLKU_V::path

#endif
