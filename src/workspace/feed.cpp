// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"

#include "case_loading.hpp"
#include "command_envelope.hpp"

#include <polku/json/path_events.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace polku::inline POLKU_V::detail {

namespace {

/// Members of event contents that tell where a client lives or works, and how to reach them.
constexpr std::array<std::string_view, 9> protected_members = {
    "address", "phone", "email", "municipality", "employer", "organiser", "environment", "channel", "notes"};
/// The same where the member is a text: where a meeting is held. (The terms of a place in a book are no text.)
constexpr std::array<std::string_view, 2> protected_texts = {"place", "link"};

bool is_protected(std::string_view name, const feel::value& of) {
    const auto among = [&](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    return among(protected_members) || (of.is(feel::kind::string) && among(protected_texts));
}

feel::value without_protected(const feel::value& of) {
    if (of.is(feel::kind::list)) {
        std::vector<feel::value> items;
        for (const feel::value& each : of.as_list()) items.push_back(without_protected(each));
        return feel::value(std::move(items));
    }
    if (!of.is(feel::kind::context)) return of;
    feel::context kept;
    for (const auto& [name, value] : of.as_context()) {
        if (!is_protected(name, value)) kept.append(name, without_protected(value));
    }
    return feel::value(std::move(kept));
}

/// Tells of each client, once, whether a non-disclosure order stands on a day.
class order_lookup {
public:
    order_lookup(storage::event_store& store, time::date day) : store_(store), day_(day) {}

    result<bool> stands_for(const path::event_envelope& event) {
        POLKU_TRY(const path::stream_id client, client_of(event));
        const auto known = known_.find(client);
        if (known != known_.end()) return known->second;
        POLKU_TRY(const folded_case folded, fold_client(store_, client));
        return known_[client] = path::is_non_disclosed(folded.state, day_);
    }

private:
    result<path::stream_id> client_of(const path::event_envelope& event) {
        if (event.kind == path::stream_kind::client) return event.stream;
        const auto known = clients_.find(event.stream);
        if (known != clients_.end()) return known->second;
        POLKU_TRY(const auto first, store_.try_load(event.stream, 1, 1));
        POLKU_TRY(const path::event opening, json::try_read_event(first.front()));
        const auto* opened = std::get_if<path::case_opened>(&opening.what);
        const auto client = opened == nullptr ? std::nullopt : storage::stream_id_from_hex(opened->client);
        return clients_[event.stream] = client.value_or(path::stream_id{});
    }

    storage::event_store& store_;
    time::date day_;
    std::map<path::stream_id, path::stream_id> clients_;
    std::map<path::stream_id, bool> known_;
};

result<feel::value> cloud_event(order_lookup& orders, const path::event_envelope& event) {
    const std::string stream = storage::to_hex(event.stream.bytes);
    feel::context document{{"specversion", "1.0"},
                           {"id", stream + "/" + std::to_string(event.version)},
                           {"source", "polku"},
                           {"type", "polku." + event.type},
                           {"subject", stream},
                           {"time", timestamp(event.recorded_at_ms)},
                           {"datacontenttype", "application/json"},
                           {"position", std::to_string(event.position)},
                           {"streamversion", static_cast<std::int64_t>(event.version)},
                           {"effectivedate", event.effective_date}};
    const bool of_a_client = event.kind == path::stream_kind::client || event.kind == path::stream_kind::case_;
    if (!of_a_client) return feel::value(std::move(document));
    POLKU_TRY(const path::event content, json::try_read_event(event));
    POLKU_TRY(const bool hidden, orders.stands_for(event));
    const feel::value data = json::event_to_value(content);
    document.set("data", hidden ? without_protected(data) : data);
    if (content.erased) document.set("erased", true);
    return feel::value(std::move(document));
}

}  // namespace

std::string timestamp(std::int64_t ms) {
    const std::int64_t seconds = ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
    const auto nanoseconds = static_cast<std::int32_t>((ms - seconds * 1000) * 1'000'000);
    return time::to_string(time::at_zone({seconds, nanoseconds}, time::zone::utc(), time::builtin_zones()));
}

result<feel::value> cloud_events(storage::event_store& store, const std::vector<path::event_envelope>& events) {
    // The feed has no day of its own: what stands when its newest event was recorded, stands for all of the page.
    std::int64_t newest_ms = 0;
    for (const path::event_envelope& each : events) newest_ms = std::max(newest_ms, each.recorded_at_ms);
    order_lookup orders(store, civil_date({newest_ms / 1000, 0}));
    std::vector<feel::value> documents;
    for (const path::event_envelope& each : events) {
        POLKU_TRY(feel::value one, cloud_event(orders, each));
        documents.push_back(std::move(one));
    }
    return feel::value(std::move(documents));
}

}  // namespace polku::inline POLKU_V::detail
