// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_COUNTERS_HPP
#define POLKU_STORAGE_COUNTERS_HPP

#include <polku/path/event.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// @file
/// Counters that a store keeps in the transaction of the events, so that figures over all cases need no case. The store
/// adds numbers by label and day and knows nothing of what they mean.

namespace polku::inline POLKU_V::storage {

/// From `day` on there is so much more (or less) of something.
struct counter_delta {
    std::string label;       ///< what is counted, in the caller's own words; at most 2 000 bytes
    std::int64_t value = 0;  ///< where a label counts values (days of a stay), the value; else 0
    time::date day;
    std::int64_t count = 0;  ///< negative where there is less
    bool operator==(const counter_delta&) const = default;
};

/// A stream as the caller read it; version 0: it did not exist.
struct stream_version {
    path::stream_id stream;     ///< which one
    std::uint64_t version = 0;  ///< of its last event
    bool operator==(const stream_version&) const = default;
};

/// The case streams with content about a client (hex id of the client's stream), as `try_find_streams` told them for
/// that `subject`; sorted by id.
struct client_cases {
    std::string client;                    ///< 32 hexadecimal digits
    std::vector<path::stream_id> streams;  ///< sorted
};

/// What an append changes in the counters, and what that was computed from. An append whose ground has moved on is
/// refused with `store_read_moved`: read again and compute anew.
struct counter_change {
    std::uint32_t counting = 1;         ///< way of counting; a store keeps counters of one way only
    std::vector<counter_delta> deltas;  ///< what is added, by label and day
    std::vector<stream_version> read;   ///< streams beside those that the append writes to
    std::optional<client_cases> cases;  ///< of the client, when what is appended may count in each of them
};

/// A label with its sums on a day by value, lowest first; sums of zero are left out.
struct counted_label {
    std::string label;                                        ///< as it was counted
    std::vector<std::pair<std::int64_t, std::int64_t>> sums;  ///< value and sum
    bool operator==(const counted_label&) const = default;
};

/// The sums of a day, if they mean anything.
struct counters_answer {
    /// Every event of a client or a case in the store was counted as it was appended. When false the sums mean nothing
    /// (there are none), and counting anew is what helps.
    bool complete = false;
    std::uint32_t counting = 0;         ///< way of counting; 0 while nothing has been counted
    std::vector<counted_label> labels;  ///< in no particular order
};

/// One step of counting anew. The first has `number` 0: it drops all counters, and its answer is the number that the
/// further steps of this counting carry. The last has `upto`, the position of the last event that was counted: from
/// then on the counters are complete. Until then they are not, so a recount that is broken off does no harm.
struct recount_step {
    std::uint64_t number = 0;
    std::uint32_t counting = 1;         ///< way of counting, the same in all steps
    std::vector<counter_delta> deltas;  ///< to be added
    std::optional<std::uint64_t> upto;
};

}  // namespace polku::inline POLKU_V::storage

#endif
