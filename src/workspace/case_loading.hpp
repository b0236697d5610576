// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_CASE_LOADING_HPP
#define POLKU_SRC_WORKSPACE_CASE_LOADING_HPP

#include <polku/path/case.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/workspace/workspace.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::detail {

/// The streams of a case, read and folded in the order of positions. `opened` is false when the case does not exist.
struct folded_case {
    path::case_state state;
    path::hash path_hash{};  ///< the path version that the case is pinned to
    std::uint64_t client_version = 0;
    bool opened = false;
};

/// `recent`: from its snapshot where there is one. Commands that put events right need `whole`.
result<folded_case> fold_case(storage::event_store& store, const path::stream_id& case_id, case_history wanted);
/// Only the events of these types, of the case and of its client, and the opening of the case: a state with what these
/// tell, and no path.
result<folded_case> fold_case_events(storage::event_store& store, const path::stream_id& case_id,
                                     std::vector<std::string_view> types);
/// The snapshot of the case as it will be when these appends to its two streams have been stored: what a reader would
/// fold from what is stored. Empty when the case cannot be kept.
result<std::optional<storage::snapshot_append>> try_snapshot_after(const folded_case& before,
                                                                   const path::hash& path_hash,
                                                                   const std::vector<storage::stream_append>& streams);
/// For a case that is about to open: what is known of its client already.
result<folded_case> fold_client(storage::event_store& store, const path::stream_id& client);

/// All streams of a kind with content about a client (hex id of the client's stream), sorted by id.
result<std::vector<path::stream_id>> streams_about(storage::event_store& store, const std::string& client,
                                                   path::stream_kind kind);

/// What the store keeps in clear of a case. A client under a non-disclosure order has no municipality there.
storage::case_projection projection_of(const path::service_path& path, const path::case_state& state, time::date today);

/// Categories of what a case tells: `case`, and those of its facts.
std::set<std::string> categories_of(const path::case_state& state);

/// The stream of a client named in a case.
result<path::stream_id> client_stream(const std::string& hex);

}  // namespace polku::inline POLKU_V::detail

#endif
