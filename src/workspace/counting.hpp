// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_COUNTING_HPP
#define POLKU_SRC_WORKSPACE_COUNTING_HPP

#include "stream_doors.hpp"

#include <polku/path/case.hpp>
#include <polku/storage/counters.hpp>

#include <optional>
#include <string>
#include <vector>

/// What commands change in the counters of the situation picture: report says what a case counts, the store adds up.
namespace polku::inline POLKU_V::detail {

/// One command to a case, as it was decided. `events` are in the order in which they will be stored.
struct decided_case {
    path::stream_id stream;
    std::string client;
    std::uint64_t client_version = 0;
    path::service_path path;
    path::case_state before;
    path::case_state after;
    std::vector<path::event> events;
};

/// The changes of a whole append. Events of the client count in all cases of the client, so these are read too. Empty
/// when a path is not countable: the store's counters are incomplete from then on.
result<std::optional<storage::counter_change>> try_count(const door_room& room,
                                                         const std::vector<decided_case>& decided);

/// The case's events first, then the client's: the order in which one append stores them.
std::vector<path::event> in_stored_order(const std::vector<path::event>& events);

std::vector<storage::counter_delta> counter_deltas(const path::service_path& path, const path::case_state& before,
                                                   const path::case_state& after);

}  // namespace polku::inline POLKU_V::detail

#endif
