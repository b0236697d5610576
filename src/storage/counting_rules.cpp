// SPDX-License-Identifier: Apache-2.0
#include "counting_rules.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::storage {

bool is_counted(counting_state& state, const append_request& request) {
    const bool concerns = std::any_of(request.streams.begin(), request.streams.end(), [](const stream_append& each) {
        return (each.kind == path::stream_kind::case_ || each.kind == path::stream_kind::client) &&
               !each.events.empty();
    });
    if (!concerns) return true;
    if (!request.counts) return false;
    if (state.way == 0) state.way = request.counts->counting;
    return state.way == request.counts->counting;
}

error read_moved(const append_request& of) {
    return error(error_code::store_read_moved,
                 "what the command '" + of.command_id +
                     "' was counted on has moved on: another command about the same client came between; read the "
                     "client and the client's cases again and decide anew");
}

error recount_conflict(const std::string& found) {
    return error(error_code::store_version_conflict, "the recount cannot go on: " + found + "; count anew");
}

std::int64_t day_to_sum_to(std::int64_t newest_ms) {
    constexpr std::int64_t day_ms = 86'400'000;
    constexpr std::int64_t unsettled_days = 7;
    const std::int64_t day = newest_ms / day_ms - (newest_ms % day_ms < 0 ? 1 : 0);
    return day - unsettled_days;
}

}  // namespace polku::inline POLKU_V::storage
