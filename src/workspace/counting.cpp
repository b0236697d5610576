// SPDX-License-Identifier: Apache-2.0
#include "counting.hpp"

#include "case_loading.hpp"

#include <polku/report/case_counts.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::detail {

namespace {

bool is_of_client(const path::event& of) { return of.stream == path::stream_kind::client; }

void add(std::vector<storage::counter_delta>& into, std::vector<storage::counter_delta> more) {
    into.insert(into.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What events change in a case that may have been opened from a snapshot. Where they reach back behind it, the case is
/// folded anew from its first event.
result<std::vector<storage::counter_delta>> deltas_of(const door_room& room, const path::stream_id& stream,
                                                      const path::service_path& path, const path::case_state& before,
                                                      const path::case_state& after,
                                                      const std::vector<path::event>& events) {
    if ((before.has_whole_history() && after.has_whole_history()) || report::counts_without_history(before, after))
        return counter_deltas(path, before, after);
    // Another writer may have come between: then the append finds one of the versions moved, and this is not used.
    POLKU_TRY(const folded_case folded, fold_case(room.store, stream, case_history::whole));
    return counter_deltas(path, folded.state, path::evolve(folded.state, events));
}

/// What events of the client change in the client's other cases.
result<bool> count_other_cases(const door_room& room, const decided_case& of, storage::counter_change& into) {
    std::vector<path::event> of_client;
    std::copy_if(of.events.begin(), of.events.end(), std::back_inserter(of_client), is_of_client);
    storage::client_cases cases{of.client, {}};
    POLKU_TRY(cases.streams, streams_about(room.store, of.client, path::stream_kind::case_));
    for (const path::stream_id& each : cases.streams) {
        if (each == of.stream) continue;
        POLKU_TRY(const folded_case folded, fold_case(room.store, each, case_history::recent));
        if (!folded.opened) continue;
        POLKU_TRY(const path::service_path path, room.path_of(folded.path_hash));
        if (report::not_countable(path)) return false;
        into.read.push_back({each, folded.state.case_version});
        POLKU_TRY(auto deltas,
                  deltas_of(room, each, path, folded.state, path::evolve(folded.state, of_client), of_client));
        add(into.deltas, std::move(deltas));
    }
    into.cases = std::move(cases);
    return true;
}

}  // namespace

std::vector<path::event> in_stored_order(const std::vector<path::event>& events) {
    std::vector<path::event> ordered = events;
    std::stable_partition(ordered.begin(), ordered.end(), [](const path::event& each) { return !is_of_client(each); });
    return ordered;
}

std::vector<storage::counter_delta> counter_deltas(const path::service_path& path, const path::case_state& before,
                                                   const path::case_state& after) {
    std::vector<storage::counter_delta> deltas;
    for (report::counted_change& each : report::counted_changes(path, before, after))
        deltas.push_back({std::move(each.label), each.value, each.day, each.count});
    return deltas;
}

result<std::optional<storage::counter_change>> try_count(const door_room& room,
                                                         const std::vector<decided_case>& decided) {
    std::optional<storage::counter_change> change(std::in_place);
    change->counting = report::counting_way;
    for (const decided_case& each : decided) {
        if (report::not_countable(each.path)) return std::optional<storage::counter_change>();
        POLKU_TRY(auto deltas, deltas_of(room, each.stream, each.path, each.before, each.after, each.events));
        add(change->deltas, std::move(deltas));
        if (std::any_of(each.events.begin(), each.events.end(), is_of_client)) {
            // Of two cases that one append changes at once, neither would see what becomes of the other.
            if (decided.size() > 1) return std::optional<storage::counter_change>();
            POLKU_TRY(const bool counted, count_other_cases(room, each, *change));
            if (!counted) return std::optional<storage::counter_change>();
        } else if (const auto client = storage::stream_id_from_hex(each.client)) {
            change->read.push_back({*client, each.client_version});
        }
    }
    return change;
}

}  // namespace polku::inline POLKU_V::detail
