// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_FEED_HPP
#define POLKU_SRC_WORKSPACE_FEED_HPP

#include <polku/feel/value.hpp>
#include <polku/storage/event_store.hpp>

#include <vector>

namespace polku::inline POLKU_V::detail {

/// Events as CloudEvents 1.0 (structured JSON form). What a non-disclosure order hides is left out of the data of every
/// event of a client who is under one now.
result<feel::value> cloud_events(storage::event_store& store, const std::vector<path::event_envelope>& events);

/// A moment in UTC milliseconds as an ISO date-time.
std::string timestamp(std::int64_t ms);

}  // namespace polku::inline POLKU_V::detail

#endif
