// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_REGISTER_DOOR_HPP
#define POLKU_SRC_WORKSPACE_REGISTER_DOOR_HPP

#include "stream_doors.hpp"

#include <polku/path/registers.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Registers in the store: streams of kind programme whose first event opens a register.
namespace polku::inline POLKU_V::detail {

result<storage::append_request> decide_register_command(const door_room& room, const command_envelope& asked);
std::vector<feel::value> register_command_schemas();
bool is_register_command(std::string_view type);
/// False for a stream that does not exist.
result<bool> try_is_register(storage::event_store& store, const path::stream_id& id);

/// One book of a register, with the newest path version that had the register when the book was written.
struct folded_register {
    path::stream_id stream;
    path::register_book book;
    std::uint64_t version = 0;
    path::hash path_hash{};
};
/// The book as it stood at the end of a day; without one as it stands. Version 0 when there is none.
result<folded_register> try_fold_register(storage::event_store& store, const path::stream_id& id,
                                          const std::optional<time::date>& as_of = {});
/// All books that were open on a day, of one path unless it is empty, in the order of their creation.
result<std::vector<folded_register>> try_fold_registers(storage::event_store& store, std::string_view path_id,
                                                        time::date as_of);

}  // namespace polku::inline POLKU_V::detail

#endif
