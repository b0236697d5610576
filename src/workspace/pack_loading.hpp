// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_PACK_LOADING_HPP
#define POLKU_SRC_WORKSPACE_PACK_LOADING_HPP

#include "blob_cache.hpp"
#include "stream_doors.hpp"

#include <polku/path/pack_register.hpp>
#include <polku/rules/pack.hpp>

#include <string>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// The stream in which a store tells which rule packs it has in use.
path::stream_id pack_register_stream();
result<folded_stream<path::pack_register>> fold_packs(storage::event_store& store);

/// The rule packs that a store keeps.
class compiled_packs : public blob_cache<rules::pack> {
public:
    explicit compiled_packs(storage::event_store& store);
};

/// A pack in use, for a command to a case.
struct pack_at_hand {
    rules::pack pack;
    path::hash content{};
};
/// Error `pack_not_in_use` with those that are.
result<pack_at_hand> try_pack_in_use(const door_room& room, const std::string& id);

/// The door for commands to the register of packs.
result<storage::append_request> decide_pack_command(const door_room& room, const command_envelope& asked);
result<std::vector<feel::value>> pack_command_schemas();

}  // namespace polku::inline POLKU_V::detail

#endif
