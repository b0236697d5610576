// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_PLACE_DOOR_HPP
#define POLKU_SRC_WORKSPACE_PLACE_DOOR_HPP

#include "stream_doors.hpp"

#include <polku/path/places.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Place books in the store: streams of kind environment.
namespace polku::inline POLKU_V::detail {

/// A command to a place book, with what it brings about in the case that it is about.
result<storage::append_request> decide_place_command(const door_room& room, const command_envelope& asked);
result<std::vector<feel::value>> place_command_schemas();

/// The book of a stream; version 0 when there is none.
result<folded_stream<path::place_book>> try_fold_book(storage::event_store& store, const path::stream_id& id);

/// Ids of the streams that hold place books of a path (of all, when it is empty), in the order of their creation. Reads
/// the first event of each.
result<std::vector<path::stream_id>> try_find_books(storage::event_store& store, std::string_view path_id);

/// What the books have to record when a command to a case has ended a referral that waits in one of them, or the case:
/// the entries leave the waiting lists. `streams` are those of the case command; the books' are added to them.
result<void> try_leave_lists(const door_room& room, const case_command& asked,
                             std::vector<storage::stream_append>& streams);

}  // namespace polku::inline POLKU_V::detail

#endif
