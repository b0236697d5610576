// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_UPCASTERS_HPP
#define POLKU_STORAGE_UPCASTERS_HPP

#include <polku/path/event.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// Lifts the parts of one event from one schema version to the next. It sees bytes as they were stored and must leave
/// erased parts (no bytes) alone; it may add parts, whose commitment then is zero.
using upcaster = std::function<result<std::vector<path::event_part>>(std::vector<path::event_part>)>;

/// Which schema version of each event type is current, and the steps that lead there. What is stored never changes:
/// events are lifted as they are read, and the chain is verified over what was stored. Unknown types pass as they are.
class upcasters {
public:
    /// Says that `type` is now written with `schema_version` (from 1).
    upcasters& current(std::string type, std::uint32_t schema_version);
    /// The step from `schema_version` to the next one; a later call for the same step replaces it.
    upcasters& step(std::string type, std::uint32_t schema_version, upcaster lift);

    /// Lifts `event` to its type's current version. Errors: `store_schema_newer` when the event is newer than this
    /// program knows, `store_upcaster_missing` when a step is not registered, or what the step answers.
    result<void> lift(path::event_envelope& event) const;

private:
    std::map<std::string, std::uint32_t, std::less<>> current_;
    std::map<std::pair<std::string, std::uint32_t>, upcaster> steps_;
};

}  // namespace polku::inline POLKU_V::storage

#endif
