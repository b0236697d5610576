// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_COUNTING_RULES_HPP
#define POLKU_SRC_STORAGE_COUNTING_RULES_HPP

// The rules of counting that every store keeps.

#include <polku/result.hpp>
#include <polku/storage/records.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::storage {

/// How far a store's counters go. They are complete when `counted_to` is the position of the last event: whoever
/// appends without counting, an older program too, leaves it behind.
struct counting_state {
    std::uint32_t way = 0;                  ///< 0: nothing has been counted
    std::int64_t counted_to = 0;            ///< -1 while a recount goes on
    std::optional<std::int64_t> summed_to;  ///< the sums hold all rows up to this day; empty: there are none
    std::uint64_t recount = 0;              ///< number of the last recount
};

/// Whether the append tells all that it changes in counters of this way; the first that counts chooses the way.
bool is_counted(counting_state& state, const append_request& request);

error read_moved(const append_request& of);
/// The error of a step of a recount that is not the last that was begun, or that counted other events.
error recount_conflict(const std::string& found);

/// Sums up to days that are over by more than a week: later ones change with almost every append.
std::int64_t day_to_sum_to(std::int64_t newest_ms);

}  // namespace polku::inline POLKU_V::storage

#endif
