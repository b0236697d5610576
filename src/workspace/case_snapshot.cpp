// SPDX-License-Identifier: Apache-2.0
#include "case_snapshot.hpp"

#include <polku/json/packed.hpp>
#include <polku/version.hpp>

namespace polku::inline POLKU_V::detail {

namespace {

/// Which fold and which shape the bytes are of: another version of the library may fold the same events to another
/// case, so what it kept is never taken up.
struct kept_by {
    std::uint64_t shape = json::shape_of<path::case_state>();
    std::string version = POLKU_VERSION_STRING;
    std::int64_t semantics = POLKU_ENGINE_SEMANTICS;
};

}  // namespace

std::optional<std::string> pack_case(const path::case_state& state, const path::hash& path_hash) {
    const kept_by ours;
    json::packer to;
    to.natural(ours.shape);
    to.text(ours.version);
    to.integer(ours.semantics);
    for (const std::uint8_t each : path_hash) to.byte(each);
    to.natural(state.case_version);
    to.natural(state.client_version);
    json::pack(to, state);
    if (!to.ok() || to.size() > largest_snapshot) return std::nullopt;
    return std::move(to).take();
}

std::optional<kept_case> unpack_case(std::string_view bytes) {
    if (bytes.size() > largest_snapshot) return std::nullopt;
    const kept_by ours;
    json::unpacker from(bytes);
    if (from.natural() != ours.shape || from.text() != ours.version || from.integer() != ours.semantics)
        return std::nullopt;
    std::optional<kept_case> kept(std::in_place);
    for (std::uint8_t& each : kept->path_hash) each = from.byte();
    kept->state.case_version = from.natural();
    kept->state.client_version = from.natural();
    json::unpack(from, kept->state);
    if (!from.done()) return std::nullopt;
    return kept;
}

}  // namespace polku::inline POLKU_V::detail
