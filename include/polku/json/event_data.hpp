// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_EVENT_DATA_HPP
#define POLKU_JSON_EVENT_DATA_HPP

#include <polku/feel/value.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>

#include <string>

/// @file
/// The content of stored events of environments, employers and programmes, as one object.

namespace polku::inline POLKU_V::json {

/// What an event says. `open` has the members that tell of nobody; `whole` those about a person too: the members that
/// the type lists as `personal`, and the id of the client. `subject` is the hex id of that person's stream, empty when
/// the event is about nobody.
struct event_data {
    feel::context open;
    feel::context whole;
    std::string subject;
    bool erased = false;  ///< a part of the content is gone
};

/// True for the kinds of stream that `try_event_data` reads.
bool has_event_data(path::stream_kind kind) noexcept;

/// Error `json_invalid_value` for a type that no event of such a stream has, and those of the stored text.
result<event_data> try_event_data(const path::event_envelope& from);

}  // namespace polku::inline POLKU_V::json

#endif
