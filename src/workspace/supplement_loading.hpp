// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_SUPPLEMENT_LOADING_HPP
#define POLKU_SRC_WORKSPACE_SUPPLEMENT_LOADING_HPP

#include "blob_cache.hpp"
#include "stream_doors.hpp"

#include <polku/path/supplement.hpp>
#include <polku/workspace/supplement.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// An id of 32 hexadecimal digits as a stream's; `member` is what errors name.
result<path::stream_id> supplement_stream(std::string_view id, const char* member);

result<folded_stream<path::employer_state>> fold_employer(storage::event_store& store, const path::stream_id& id);
result<folded_stream<path::programme_state>> fold_programme(storage::event_store& store, const path::stream_id& id);

/// The terms that a store keeps.
class compiled_terms : public blob_cache<path::supplement_terms> {
public:
    explicit compiled_terms(storage::event_store& store);
    using blob_cache::try_of;
    /// All that a programme has published.
    result<std::vector<path::supplement_terms>> try_of(const path::programme_state& programme);
};

// The doors of both kinds of stream, for the table of doors.
result<storage::append_request> decide_employer_command(const door_room& room, const command_envelope& asked);
result<storage::append_request> decide_programme_command(const door_room& room, const command_envelope& asked);
result<std::vector<feel::value>> employer_command_schemas();
result<std::vector<feel::value>> programme_command_schemas();

}  // namespace polku::inline POLKU_V::detail

#endif
