// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_MEETING_COMMANDS_HPP
#define POLKU_PATH_MEETING_COMMANDS_HPP

#include <polku/path/network.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about meetings.

namespace polku::inline POLKU_V::path {

struct hold_meeting {
    static constexpr std::string_view type = "hold_meeting";
    std::string meeting;
    std::string kind;
    std::vector<participant> participants;
    std::optional<bool> client_present;
    std::optional<std::string> agreed;
    std::optional<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(hold_meeting, (), (meeting, kind, participants, client_present, agreed, notes))

}  // namespace polku::inline POLKU_V::path

#endif
