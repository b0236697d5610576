// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_STREAM_EVENT_HPP
#define POLKU_PATH_STREAM_EVENT_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// @file
/// What events of environments, employers and programmes have in common. A case's own are in events.hpp.

namespace polku::inline POLKU_V::path {

/// Of a body that says nothing of a person: `static constexpr no_members personal{};`
using no_members = std::array<std::string_view, 0>;

/// An event as `decide_...` of such a stream makes it and `evolve_...` takes it. `Body` is a variant of described
/// structs, each with `type` (the name under which it is stored) and `personal` (names of the members that tell of the
/// person `subject`). `version` and `position` are the store's (0 before storing). `erased` is set when a part of the
/// content is gone: those members then have their defaults. `effective_date` is the day that it tells of,
/// `recorded_at_ms` when it was stored (UTC milliseconds), `actor` who did it as the host names people, `purpose` why
/// the data was touched.
template <class Body>
struct stream_event {
    Body what;              ///< the content
    std::string subject;    ///< hex id of a client's stream; empty when the event is about nobody
    std::string retention;  ///< class of the personal members
    std::uint64_t version = 0;
    std::uint64_t position = 0;
    time::date effective_date;
    std::int64_t recorded_at_ms = 0;
    std::string actor;
    std::string purpose;
    bool erased = false;
};

}  // namespace polku::inline POLKU_V::path

#endif
