// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"

#include <polku/json/path_events.hpp>
#include <polku/path/queries.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::detail {

namespace {

using envelopes = std::vector<path::event_envelope>;

result<path::case_state> fold(const envelopes& events) {
    path::case_state state;
    for (const path::event_envelope& each : events) {
        POLKU_TRY(const path::event happened, json::try_read_event(each));
        state = path::evolve(std::move(state), happened);
    }
    return state;
}

}  // namespace

result<path::stream_id> client_stream(const std::string& hex) {
    const auto id = storage::stream_id_from_hex(hex);
    if (id) return *id;
    // The text is not repeated: it may be a personal identity code that was given by mistake.
    return error(error_code::client_mismatch,
                 "the client is named by " + std::to_string(hex.size()) +
                     " characters that are no client id; it must be 32 hexadecimal digits",
                 {.pointer = "/data/client"});
}

result<folded_case> fold_client(storage::event_store& store, const path::stream_id& client) {
    POLKU_TRY(const envelopes of_client, store.try_load(client));
    folded_case folded;
    POLKU_TRY(folded.state, fold(of_client));
    if (!of_client.empty()) folded.client_version = of_client.back().version;
    return folded;
}

result<folded_case> fold_case(storage::event_store& store, const path::stream_id& case_id) {
    POLKU_TRY(envelopes events, store.try_load(case_id));
    folded_case folded;
    if (events.empty()) return folded;
    if (events.front().kind != path::stream_kind::case_)
        return error(error_code::not_found, "the stream " + storage::to_hex(case_id.bytes) + " holds no case");
    folded.opened = true;
    folded.path_hash = events.front().path_hash;
    POLKU_TRY(const path::event first, json::try_read_event(events.front()));
    if (const auto* opening = std::get_if<path::case_opened>(&first.what); opening != nullptr) {
        if (const auto client = storage::stream_id_from_hex(opening->client)) {
            POLKU_TRY(envelopes of_client, store.try_load(*client));
            if (!of_client.empty()) folded.client_version = of_client.back().version;
            const auto middle = static_cast<envelopes::difference_type>(events.size());
            events.insert(events.end(), std::make_move_iterator(of_client.begin()),
                          std::make_move_iterator(of_client.end()));
            std::inplace_merge(events.begin(), events.begin() + middle, events.end(),
                               [](const auto& left, const auto& right) { return left.position < right.position; });
        }
    }
    POLKU_TRY(folded.state, fold(events));
    return folded;
}

std::set<std::string> categories_of(const path::case_state& state) {
    std::set<std::string> categories{"case"};
    for (const auto& each : state.facts) {
        if (each.second.state == path::fact_state::known) categories.insert(each.second.category);
    }
    return categories;
}

storage::case_projection projection_of(const path::service_path& path, const path::case_state& state,
                                       time::date today) {
    storage::case_projection row;
    row.stage = state.stage ? state.stage->stage : "";
    row.municipality = path::is_non_disclosed(state, today) ? "" : state.municipality;
    row.owner_role = state.is_closed() ? "" : path::answering_role(state);
    row.status = state.is_closed() ? "closed" : "open";
    row.opened_on = state.opened;
    if (state.ending) row.closed_on = state.ending->ended;
    const std::vector<path::due_item> waiting = path::due(path, state, std::nullopt, today);
    if (!waiting.empty()) row.next_due_on = waiting.front().due;
    return row;
}

}  // namespace polku::inline POLKU_V::detail
