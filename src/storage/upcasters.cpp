// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/upcasters.hpp>

namespace polku::inline POLKU_V::storage {

namespace {

error no_step(const path::event_envelope& event, std::uint32_t current) {
    return error(error_code::store_upcaster_missing,
                 "the event '" + event.type + "' at position " + std::to_string(event.position) +
                     " has schema version " + std::to_string(event.schema_version) + ", expected " +
                     std::to_string(current) + ", and no upcaster is registered for this step",
                 {.element = event.type});
}

}  // namespace

upcasters& upcasters::current(std::string type, std::uint32_t schema_version) {
    current_[std::move(type)] = schema_version;
    return *this;
}

upcasters& upcasters::step(std::string type, std::uint32_t schema_version, upcaster lift) {
    steps_[{std::move(type), schema_version}] = std::move(lift);
    return *this;
}

result<void> upcasters::lift(path::event_envelope& event) const {
    const auto current = current_.find(event.type);
    if (current == current_.end() || current->second == event.schema_version) return {};
    if (event.schema_version > current->second) {
        return error(error_code::store_schema_newer,
                     "the event '" + event.type + "' at position " + std::to_string(event.position) +
                         " has schema version " + std::to_string(event.schema_version) + ", this program knows up to " +
                         std::to_string(current->second) + "; use a newer version of the program",
                     {.element = event.type});
    }
    while (event.schema_version < current->second) {
        const auto step = steps_.find({event.type, event.schema_version});
        if (step == steps_.end()) return no_step(event, current->second);
        POLKU_TRY(event.parts, step->second(std::move(event.parts)));
        ++event.schema_version;
    }
    return {};
}

}  // namespace polku::inline POLKU_V::storage
