// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_EVENTS_HPP
#define POLKU_JSON_PATH_EVENTS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/event.hpp>
#include <polku/path/events.hpp>
#include <polku/path/service_path.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// The schema version that events of a type are written with today; older ones are lifted by the store's upcasters.
std::uint32_t event_schema_version(std::string_view type) noexcept;

/// The event's content as one JSON object.
feel::value event_to_value(const path::event& of);

/// The content in parts: what says nothing of a person under subject `-` and class `none`, the rest under the client's
/// subject (the hex id of the client's stream) and the event's retention class; inputs of decisions each under the
/// class of their fact. The bytes are canonical JSON; salts and commitments are the store's to fill.
std::vector<path::event_part> event_parts(const path::event& of, std::string_view subject);

/// The envelope to append: type, schema version, dates, actor, purpose, path hash, engine version and parts. Stream,
/// version, position and command id are the store's to fill.
result<path::event_envelope> try_write_event(const path::event& of, const path::service_path& path,
                                             std::string_view subject);

/// The event of a stored envelope. Members of erased parts keep their defaults, and `erased` is set. Errors of the 8xx
/// family for content that is none of ours, `json_invalid_value` for an unknown type.
result<path::event> try_read_event(const path::event_envelope& from);

}  // namespace polku::inline POLKU_V::json

#endif
