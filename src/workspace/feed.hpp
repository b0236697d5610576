// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_FEED_HPP
#define POLKU_SRC_WORKSPACE_FEED_HPP

#include <polku/feel/value.hpp>
#include <polku/path/access.hpp>
#include <polku/storage/event_store.hpp>

#include <functional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// What a page of the feed shows of people.
struct feed_sight {
    bool personal = false;  ///< members about persons, of streams other than cases and clients
    /// What the reader may see of a case on a day; empty when the host itself reads.
    std::function<result<path::visibility>(const std::string& case_id, time::date on)> of_case;
};

/// Events as CloudEvents 1.0 (structured JSON form). What a non-disclosure order hides is left out of the data of every
/// event of a client who is under one now, unless the reader may see contacts; events of cases and clients that the
/// reader may not see are left out whole.
result<feel::value> cloud_events(storage::event_store& store, const std::vector<path::event_envelope>& events,
                                 const feed_sight& sight);

/// A moment in UTC milliseconds as an ISO date-time.
std::string timestamp(std::int64_t ms);

}  // namespace polku::inline POLKU_V::detail

#endif
