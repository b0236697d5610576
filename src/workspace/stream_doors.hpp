// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_STREAM_DOORS_HPP
#define POLKU_SRC_WORKSPACE_STREAM_DOORS_HPP

#include "command_envelope.hpp"

#include <polku/json/stream_documents.hpp>
#include <polku/path/service_path.hpp>
#include <polku/storage/event_store.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Commands by the kind of stream that they are to: each kind has a door that folds its stream, decides,
/// and makes the request that the store takes. A request may hold events of several streams (of an environment and of
/// the case that gets a place there): they are stored together or not at all.
namespace polku::inline POLKU_V::detail {

class compiled_packs;
class compiled_terms;
struct decided_case;

/// What a door may use of the workspace.
struct door_room {
    storage::event_store& store;
    compiled_terms& terms;  ///< of support programmes
    compiled_packs& packs;
    std::function<result<path::service_path>(const path::hash&)> path_of;          ///< of a stored case
    std::function<result<path::service_path>(const std::string&)> newest_path_of;  ///< by the path's id
    std::uint32_t snapshot_every = 0;                                              ///< as of `workspace_options`
    std::vector<decided_case>* decided = nullptr;  ///< takes the commands to cases that were decided
};

/// The request without its command id and hash, which the workspace fills in. No streams: nothing was to be stored.
struct stream_door {
    path::stream_kind kind;
    result<storage::append_request> (*decide)(const door_room&, const command_envelope&);
    /// JSON Schemas of its commands: members with the type as a constant.
    result<std::vector<feel::value>> (*command_schemas)();
};

/// The door of a kind; null pointer when nobody may send commands to such streams.
const stream_door* find_door(path::stream_kind kind) noexcept;
std::span<const stream_door> stream_doors() noexcept;

/// A stream of that kind, read and folded. `version` is 0 when it does not exist.
template <class State>
struct folded_stream {
    State state;
    std::uint64_t version = 0;
};

error wrong_kind(const path::stream_id& id, path::stream_kind wanted, path::stream_kind found);

/// `evolve` takes a state and a `stream_event<Body>`. Error `not_found` when the stream is of another kind.
template <class Body, class State, class Evolve>
result<folded_stream<State>> try_fold_stream(storage::event_store& store, const path::stream_id& id,
                                             path::stream_kind kind, Evolve&& evolve) {
    POLKU_TRY(const std::vector<path::event_envelope> events, store.try_load(id));
    folded_stream<State> folded;
    for (const path::event_envelope& each : events) {
        if (each.kind != kind) return wrong_kind(id, kind, each.kind);
        POLKU_TRY(const path::stream_event<Body> happened, json::streams::try_read_event<Body>(each));
        folded.state = evolve(std::move(folded.state), happened);
        folded.version = each.version;
    }
    return folded;
}

/// The error when the command expects another version than the stream has; none when it expects nothing.
result<void> check_expected(const command_envelope& asked, std::uint64_t version);

/// The events of one stream, as they go to the store.
template <class Body>
storage::stream_append append_of(const path::stream_id& id, path::stream_kind kind, std::uint64_t version,
                                 const std::vector<path::stream_event<Body>>& events) {
    storage::stream_append append;
    append.stream = id;
    append.kind = kind;
    append.expected_version = version;
    for (const path::stream_event<Body>& each : events) append.events.push_back(json::streams::write(each, kind));
    return append;
}

/// The events of one command to a case as the store takes them: the case's stream, and the client's where there are
/// any. The versions are those before the command.
struct case_versions {
    std::uint64_t of_case = 0;
    std::uint64_t of_client = 0;
};
result<std::vector<storage::stream_append>> try_case_streams(const path::service_path& path,
                                                             const path::stream_id& case_id, const std::string& client,
                                                             const case_versions& before,
                                                             const std::vector<path::event>& events);

/// What a command to a case stores: events of the case and of its client. `path_id` is that of an opening.
struct case_command {
    path::stream_id stream;
    path::command command;
    path::context context;
    std::string path_id;
    std::optional<std::uint64_t> expected_version;
};
/// Decides it. A door uses it for what must happen in a case together with its own events. No streams when nothing
/// follows from the command.
result<std::vector<storage::stream_append>> try_decide_case(const door_room& room, const case_command& asked);

}  // namespace polku::inline POLKU_V::detail

#endif
