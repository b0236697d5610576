// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"

#include "case_snapshot.hpp"

#include <polku/json/path_events.hpp>
#include <polku/path/queries.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::detail {

namespace {

using envelopes = std::vector<path::event_envelope>;

result<path::case_state> fold(path::case_state state, const envelopes& events) {
    for (const path::event_envelope& each : events) {
        POLKU_TRY(const path::event happened, json::try_read_event(each));
        state = path::evolve(std::move(state), happened);
    }
    return state;
}

/// The events of a case and those of its client, in the order in which they were stored.
envelopes merged(envelopes of_case, envelopes of_client) {
    const auto middle = static_cast<envelopes::difference_type>(of_case.size());
    of_case.insert(of_case.end(), std::make_move_iterator(of_client.begin()), std::make_move_iterator(of_client.end()));
    std::inplace_merge(of_case.begin(), of_case.begin() + middle, of_case.end(),
                       [](const auto& left, const auto& right) { return left.position < right.position; });
    return of_case;
}

bool rewrites(const envelopes& events) {
    return std::any_of(events.begin(), events.end(), [](const path::event_envelope& each) {
        return each.type == path::corrected::type || each.type == path::entered_in_error::type;
    });
}

/// Puts the case, from its snapshot and what has happened since, into `folded`; false, with nothing in it, when it must
/// be folded from its first event.
result<bool> fold_from_snapshot(storage::event_store& store, const path::stream_id& case_id, folded_case& folded) {
    // A snapshot that cannot be read is passed over: the events are there, and what ails the store shows with them.
    const auto taken = store.try_get_snapshot(case_id, storage::every_class);
    if (!taken || !*taken) return false;
    std::optional<kept_case> kept = unpack_case((*taken)->bytes);
    const auto client = kept ? storage::stream_id_from_hex(kept->state.client) : std::nullopt;
    if (!client || kept->state.case_version != (*taken)->version) return false;
    POLKU_TRY(envelopes since, store.try_load(case_id, kept->state.case_version + 1));
    POLKU_TRY(envelopes of_client, store.try_load(*client, kept->state.client_version + 1));
    // What a correction puts right may be any event, so it takes them all.
    if (rewrites(since) || rewrites(of_client)) return false;
    folded.opened = true;
    folded.path_hash = kept->path_hash;
    folded.state = std::move(kept->state);
    if (!since.empty() || !of_client.empty()) {
        POLKU_TRY(folded.state, fold(std::move(folded.state), merged(std::move(since), std::move(of_client))));
    }
    folded.client_version = folded.state.client_version;
    return true;
}

/// The events of a case that `load` answers, and those of its client.
template <class Load>
result<folded_case> fold_events(const path::stream_id& case_id, const Load& load) {
    POLKU_TRY(envelopes events, load(case_id));
    folded_case folded;
    if (events.empty()) return folded;
    if (events.front().kind != path::stream_kind::case_)
        return error(error_code::not_found, "the stream " + storage::to_hex(case_id.bytes) + " holds no case");
    folded.opened = true;
    folded.path_hash = events.front().path_hash;
    POLKU_TRY(const path::event first, json::try_read_event(events.front()));
    if (const auto* opening = std::get_if<path::case_opened>(&first.what); opening != nullptr) {
        if (const auto client = storage::stream_id_from_hex(opening->client)) {
            POLKU_TRY(envelopes of_client, load(*client));
            if (!of_client.empty()) folded.client_version = of_client.back().version;
            events = merged(std::move(events), std::move(of_client));
        }
    }
    POLKU_TRY(folded.state, fold({}, events));
    return folded;
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
    POLKU_TRY(folded.state, fold({}, of_client));
    if (!of_client.empty()) folded.client_version = of_client.back().version;
    return folded;
}

result<folded_case> fold_case(storage::event_store& store, const path::stream_id& case_id, case_history wanted) {
    if (wanted == case_history::recent) {
        folded_case folded;
        POLKU_TRY(const bool is_kept, fold_from_snapshot(store, case_id, folded));
        if (is_kept) return folded;
    }
    return fold_events(case_id, [&](const path::stream_id& of) { return store.try_load(of); });
}

result<folded_case> fold_case_events(storage::event_store& store, const path::stream_id& case_id,
                                     std::vector<std::string_view> types) {
    types.push_back(path::case_opened::type);
    return fold_events(case_id, [&](const path::stream_id& of) { return store.try_load_types(of, types); });
}

result<std::optional<storage::snapshot_append>> try_snapshot_after(const folded_case& before,
                                                                   const path::hash& path_hash,
                                                                   const std::vector<storage::stream_append>& streams) {
    path::case_state after = before.state;
    for (const storage::stream_append& each : streams) {
        POLKU_TRY(after, fold(std::move(after), each.events));
    }
    const auto client = storage::stream_id_from_hex(after.client);
    auto bytes = client ? pack_case(after, path_hash) : std::nullopt;
    if (!bytes) return std::optional<storage::snapshot_append>();
    storage::snapshot_append made;
    made.bytes = std::move(*bytes);
    made.beside = *client;
    made.beside_version = after.client_version;
    return std::optional<storage::snapshot_append>(std::move(made));
}

result<std::vector<path::stream_id>> streams_about(storage::event_store& store, const std::string& client,
                                                   path::stream_kind kind) {
    std::vector<path::stream_id> found;
    storage::stream_query query;
    query.kind = kind;
    query.subject = client;
    for (;;) {
        POLKU_TRY(const auto rows, store.try_find_streams(query));
        for (const storage::stream_row& row : rows) found.push_back(row.stream);
        if (rows.size() < query.limit) break;
        query.after = rows.back().number;
    }
    std::sort(found.begin(), found.end());
    return found;
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
